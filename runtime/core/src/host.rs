//! State that only the host program's thread touches.

use std::cell::UnsafeCell;

/// A cell for the host thread alone.
///
/// Invariant of the whole runtime: entry points are called by one thread, and worker threads
/// reach no `HostCell`.
#[repr(transparent)]
pub struct HostCell<T>(UnsafeCell<T>);

// SAFETY: only the host thread uses the contents (the invariant above).
unsafe impl<T> Sync for HostCell<T> {}

impl<T> HostCell<T> {
    pub const fn new(value: T) -> HostCell<T> {
        HostCell(UnsafeCell::new(value))
    }

    /// The contents. A borrow must end before anything that may take another one is called.
    #[inline(always)]
    #[allow(clippy::mut_from_ref)]
    pub fn get(&self) -> &mut T {
        // SAFETY: one thread only, and callers keep the borrows short and disjoint.
        unsafe { &mut *self.0.get() }
    }
}

/// Makes a test the host thread: tests of host state take turns.
#[cfg(test)]
pub fn alone() -> std::sync::MutexGuard<'static, ()> {
    static HOST: std::sync::Mutex<()> = std::sync::Mutex::new(());
    HOST.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}
