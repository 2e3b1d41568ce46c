//! The process as the program sees it: arguments, clocks, its own text.
//!
//! What differs between ranks is read on rank 0 and broadcast, so that all ranks take the
//! same turns.

use super::list::List;
use crate::dist;
use crate::error::{Raise, guard};
use crate::host::HostCell;
use lnp_abi::ProgramDesc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

static ARGS: HostCell<Vec<String>> = HostCell::new(Vec::new());
static PROGRAM: HostCell<Option<&'static ProgramDesc>> = HostCell::new(None);

/// Sets what `main` knows; called once, before the program runs.
pub fn init(args: Vec<String>, program: Option<&'static ProgramDesc>) {
    *ARGS.get() = args;
    *PROGRAM.get() = program;
}

/// `sys.argv`.
pub fn args() -> &'static [String] {
    ARGS.get()
}

/// The program that runs; none in unit tests.
pub fn program() -> Option<&'static ProgramDesc> {
    *PROGRAM.get()
}

/// What `read` gives on rank 0, on every rank.
pub fn from_root(read: impl FnOnce() -> Vec<u8>) -> Vec<u8> {
    if !dist::is_world() {
        return read();
    }
    let mut bytes = if dist::rank() == 0 { read() } else { Vec::new() };
    // Fails only with the world itself.
    let _ = dist::broadcast_vec(&mut bytes);
    bytes
}

/// A clock's reading on rank 0, on every rank.
fn clock_from_root(read: impl FnOnce() -> f64) -> f64 {
    if !dist::is_world() {
        return read();
    }
    let bytes = from_root(|| read().to_le_bytes().to_vec());
    <[u8; 8]>::try_from(bytes).map_or(0.0, f64::from_le_bytes)
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_argv() -> *mut List {
    List::of_strs(args().iter())
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_perf_counter() -> f64 {
    clock_from_root(|| {
        let mut now = libc::timespec { tv_sec: 0, tv_nsec: 0 };
        // SAFETY: the pointer is to a local structure.
        unsafe { libc::clock_gettime(libc::CLOCK_MONOTONIC, &mut now) };
        now.tv_sec as f64 + now.tv_nsec as f64 * 1e-9
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_time() -> f64 {
    clock_from_root(|| {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0.0, |t| t.as_secs_f64())
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_sleep(seconds: f64) {
    guard(|| {
        if seconds.is_nan() {
            return Err(Raise::value("Invalid value NaN (not a number)"));
        }
        if seconds < 0.0 {
            return Err(Raise::value("sleep length must be non-negative"));
        }
        let duration = Duration::try_from_secs_f64(seconds);
        std::thread::sleep(duration.unwrap_or(Duration::MAX));
        Ok(())
    })
}
