//! `LNP_VERIFY=1`: before each launch the ranks compare what they are about to do.

use super::world::{self, world};
use crate::array::Array;
use lnp_abi::KernelDesc;
use std::ffi::CStr;

/// Ends all ranks with a message where they part.
pub fn check(desc: &KernelDesc, inputs: &[&Array], domain: &[i64]) {
    if !world().verify {
        return;
    }
    let name = if desc.name.is_null() {
        "?".into()
    } else {
        // SAFETY: codegen emits a NUL-terminated name.
        unsafe { CStr::from_ptr(desc.name.cast()) }.to_string_lossy()
    };
    let line = if desc.n_checks > 0 {
        // SAFETY: codegen emits `n_checks` checks.
        unsafe { (*desc.checks).line }
    } else {
        0
    };
    let shapes: Vec<&[i64]> = inputs.iter().map(|a| a.shape()).collect();
    let text = format!("line {line}: kernel {name} over {domain:?} of {shapes:?}");
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    }
    let n = world::size();
    let mut all = vec![0u8; 8 * n];
    world::all_gather(&hash.to_ne_bytes(), &vec![8; n], &mut all);
    if all.chunks_exact(8).any(|other| other != hash.to_ne_bytes()) {
        eprintln!("lnpc: ranks part (LNP_VERIFY): rank {} is at {text}", world::rank());
        // Give every rank the time to say where it is.
        std::thread::sleep(std::time::Duration::from_millis(200));
        world::abort(1);
    }
}
