//! The runtime that every compiled program carries: arrays, launches, routines, distribution.
//!
//! Compiled code enters through the `lnp_*` functions of `lnp_abi`'s entry table. One thread,
//! the host program's, calls them; worker threads only ever run kernels on memory that the
//! host thread handed them. So the state here is plain cells ([`host::HostCell`]), not locks.
//!
//! For the other modules, the array interface in short (all in [`array`]):
//! - `Array::borrow(ptr: *mut ArrayHeader) -> &Array` · `dtype() shape() strides() len()`
//! - `Array::alloc(dtype, &[i64]) -> Result<OwnedArray, Raise>`: uninitialized; replicated or
//!   blocked, as the policy says · `Array::zeros`
//! - `array.replicated() -> Result<LocalView, Raise>`: `ptr() shape() strides()` of the whole
//!   array on this rank (gathered when blocked; collective)
//! - `Array::from_replicated(dtype, &[i64], |bytes: &mut [u8]| …) -> Result<OwnedArray, Raise>`:
//!   every rank computes the whole in C order; stored by policy
//! - `array.c_bytes() -> Result<Cow<[u8]>, Raise>`: the elements in C order, on every rank
//! - `array.export() -> Result<Exported, Raise>`: pointer + strides for Python, storage pinned
//!   (never moved or shared again); `array.unpin()` ends it; `array::refresh_pinned()` makes all
//!   ranks see what rank 0's interpreter wrote (call after each unit; nothing on one rank)
//! - `Array::from_foreign(ptr, dtype, shape, strides, release, context)`: wraps memory that
//!   Python owns; `release(context)` runs when the last view is gone
//! - `OwnedArray::into_raw() -> *mut ArrayHeader` hands a result to compiled code
//! - `error::Raise { kind, message }`, `error::raise(raise)` sets `lnp_pending`;
//!   `error::guard(|| -> Result<T, Raise>) -> T` wraps an entry's body.

// Entry points' duties are those of the entry table: live references, slots as counted.
#![allow(clippy::missing_safety_doc)]
// Buffers and storages are shared by counted pointers that only the host thread follows.
#![allow(clippy::mut_from_ref, clippy::not_unsafe_ptr_arg_deref)]

pub mod array;
pub mod device;
pub mod dist;
mod entry_check;
pub mod error;
pub mod host;
pub mod launch;
#[cfg(all(feature = "main", not(test)))]
mod main_entry;
pub mod npy;
pub mod numeric;
pub mod objects;
pub mod pool;
pub mod provider;
pub mod python;
pub mod random;
pub mod routines;
pub mod text;
pub mod vmath;

pub use error::Raise;
