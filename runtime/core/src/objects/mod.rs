//! Python objects and scalars outside arrays: strings, lists, numbers, `math`, output, errors.
//!
//! Everything here is counted by [`retain`]/[`release`] and entered through the `lnp_*`
//! functions of the entry table. For the other modules:
//! - `new_str(&str) -> *mut StrHeader` (owned), `text(*const StrHeader) -> &str`
//! - [`List`]: `List::create(sig, n)`, `List::data(list)` with `len() sig() slots(i) append(…)`
//! - [`Sig`], [`Val`]: values in slots by signature ([`sig`] has the table), [`read_slots`]
//! - `process::{init, args, program, from_root}`, `output::{write, flush, write_stderr}`,
//!   `report::{finish, render, os_error}`

// What each entry's arguments must be is said once, at the head of `lnp_abi`'s table.
#![allow(clippy::missing_safety_doc)]

mod char_class;
mod compare;
pub mod interrupt;
pub(crate) mod libm;
mod list;
pub(crate) mod list_entries;
pub(crate) mod math;
mod math_special;
pub(crate) mod number;
pub mod output;
pub mod process;
pub(crate) mod refs;
pub mod report;
mod sig;
mod slice;
mod slots;
pub(crate) mod str_entries;
mod str_methods;
mod string;
pub(crate) mod text_entries;
mod value;

pub use list::{Data, List};
pub use refs::{release, retain};
pub use sig::Sig;
pub use slots::read as read_slots;
pub use string::{new_str, text};
pub use value::{Val, scalar};

#[cfg(test)]
mod tests;
