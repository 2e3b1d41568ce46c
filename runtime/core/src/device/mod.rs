//! The GPU: where a storage's elements are valid, and launches that run on the device.
//!
//! Each [`Storage`] carries a [`Slot`]. Elements are valid on the host, on the device or on
//! both, and move whole storages at a time, when somebody needs them where they are not. The
//! rest of the runtime keeps three rules:
//!
//! 1. whoever reads or partly writes a storage's host memory calls [`ensure_host`] before
//!    (`Array::ptr` does);
//! 2. whoever writes it calls [`host_written`] (`Array::prepare_write` does);
//! 3. memory that others may touch at any time (Python, a foreign owner) first [`leave`]s the
//!    device, and pinned storages never go there.
//!
//! Without a device each of these is one test of a byte that is always zero.
//!
//! A launch goes to the device when one of its operands is there already, or when it is large
//! enough to be worth the way ([`MIN_POINTS`]). The device is opened by the first such launch:
//! a program of small arrays never pays for it. `LNP_DEVICE` is `cpu` (never), `gpu` (every
//! launch that can; no device is an error) or `auto`.

mod launch;
mod provider;
#[cfg(test)]
mod tests;

pub use launch::{Evaluated, Home, before_host_launch, evaluate, try_launch};
pub use provider::start;

use crate::array::Storage;
use provider::{Ready, State};

/// Points from which a launch on elements of the host goes to the device.
pub const MIN_POINTS: i64 = 1 << 18;

/// The device's side of a storage.
#[derive(Default)]
pub struct Slot {
    /// Device address; 0: none.
    ptr: u64,
    /// Bytes there.
    bytes: usize,
    /// The host's elements are old, the device's are valid.
    host_stale: bool,
    /// The device's elements are old. Never together with `host_stale`.
    device_stale: bool,
}

impl Slot {
    /// Storage that the device knows nothing of.
    pub const NONE: Slot = Slot {
        ptr: 0,
        bytes: 0,
        host_stale: false,
        device_stale: false,
    };

    /// Whether the device knows nothing of the storage.
    #[inline]
    pub fn is_none(&self) -> bool {
        self.ptr == 0
    }

    /// Whether the host's elements are old.
    #[inline]
    pub fn is_host_stale(&self) -> bool {
        self.host_stale
    }
}

/// Makes the host's elements valid.
#[inline]
pub fn ensure_host(storage: &mut Storage) {
    if storage.device.host_stale {
        fetch(storage);
    }
}

/// The host's elements changed, or are about to.
#[inline]
pub fn host_written(storage: &mut Storage) {
    debug_assert!(!storage.device.host_stale, "written before it was fetched");
    if storage.device.ptr != 0 {
        storage.device.device_stale = true;
    }
}

/// Ends the storage's life on the device: the host's elements are the only ones.
#[inline]
pub fn leave(storage: &mut Storage) {
    ensure_host(storage);
    release(&mut storage.device);
}

/// Frees the device's memory of a storage that dies.
#[inline]
pub fn release(slot: &mut Slot) {
    if slot.ptr != 0 {
        free(slot);
    }
}

/// Whether a device is in use.
#[inline]
pub fn is_on() -> bool {
    matches!(provider::state(), State::Ready(_))
}

/// Copies a storage on the device, if its valid elements are only there. `false`: the caller
/// copies the host's. Both have `bytes` bytes; what `to` held before is lost.
pub fn duplicate(from: &Storage, to: &mut Storage, bytes: usize) -> bool {
    if !from.device.host_stale {
        return false;
    }
    let ready = ready();
    let Some(ptr) = ready.alloc(bytes) else {
        return false;
    };
    if ready.copy(ptr, from.device.ptr, bytes).is_err() {
        ready.free(ptr);
        return false;
    }
    to.device = Slot {
        ptr,
        bytes,
        host_stale: true,
        device_stale: false,
    };
    true
}

/// The device, which is there because a slot points to it.
fn ready() -> &'static mut Ready {
    match provider::state() {
        State::Ready(ready) => ready,
        _ => unreachable!("a storage is on a device that was never opened"),
    }
}

/// Elements that were only on the device cannot be had.
#[cold]
fn lost(text: &str) -> ! {
    provider::fail(&format!("the GPU failed: {text}"))
}

#[cold]
fn fetch(storage: &mut Storage) {
    let slot = &mut storage.device;
    // SAFETY: the slot's bytes are the storage's; nobody else uses the host memory.
    let host = unsafe { std::slice::from_raw_parts_mut(storage.ptr, slot.bytes) };
    if let Err(text) = ready().to_host(host, slot.ptr) {
        lost(&text);
    }
    slot.host_stale = false;
}

#[cold]
fn free(slot: &mut Slot) {
    ready().free(slot.ptr);
    *slot = Slot::NONE;
}

/// Reads one element of a storage that is valid on the device only, without moving the rest.
#[cold]
pub fn peek(storage: &Storage, offset: usize, out: &mut [u8]) {
    if let Err(text) = ready().to_host(out, storage.device.ptr + offset as u64) {
        lost(&text);
    }
}

/// Writes one element of a storage that is valid on the device only.
#[cold]
pub fn poke(storage: &mut Storage, offset: usize, bytes: &[u8]) {
    if let Err(text) = ready().to_device(storage.device.ptr + offset as u64, bytes) {
        lost(&text);
    }
}
