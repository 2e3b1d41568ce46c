//! Kernels for the processor at hand, where OpenBLAS does not know it.
//!
//! An OpenBLAS that is older than the processor takes its plainest kernels (`Prescott`, of
//! 2004), four times slower than those for AVX-512. `OPENBLAS_CORETYPE`
//! names others, but is read once, while the library loads; its own functions read it again.

use std::ffi::{CStr, c_char, c_void};

/// What OpenBLAS calls processors without AVX2.
const PLAIN: [&str; 6] = ["Prescott", "Core2", "Penryn", "Dunnington", "Nehalem", "Generic"];

unsafe extern "C" {
    fn openblas_get_corename() -> *const c_char;
}

/// A function of OpenBLAS that not every build exports.
fn optional(name: &CStr) -> Option<unsafe extern "C" fn()> {
    // SAFETY: looks a symbol up among the loaded libraries.
    let found: *mut c_void = unsafe { libc::dlsym(libc::RTLD_DEFAULT, name.as_ptr()) };
    // SAFETY: null, or one of the two functions below, which take and give nothing.
    unsafe { std::mem::transmute::<*mut c_void, Option<unsafe extern "C" fn()>>(found) }
}

/// Chooses again, if the user has not. Called once, before any other use of the library.
#[cfg(target_arch = "x86_64")]
pub fn choose() {
    const VARIABLE: &str = "OPENBLAS_CORETYPE";
    // SAFETY: a constant string of the library.
    let name = unsafe { CStr::from_ptr(openblas_get_corename()) }.to_string_lossy();
    let has_avx2 = std::is_x86_feature_detected!("avx2") && std::is_x86_feature_detected!("fma");
    let has_avx512 = std::is_x86_feature_detected!("avx512f")
        && std::is_x86_feature_detected!("avx512cd")
        && std::is_x86_feature_detected!("avx512bw")
        && std::is_x86_feature_detected!("avx512dq")
        && std::is_x86_feature_detected!("avx512vl");
    if !has_avx2 || !PLAIN.contains(&&*name) || std::env::var_os(VARIABLE).is_some() {
        return;
    }
    let (Some(quit), Some(init)) = (optional(c"gotoblas_dynamic_quit"), optional(c"gotoblas_dynamic_init")) else {
        return;
    };
    // SAFETY: the host thread is alone with the environment: workers do not look at it. The
    // variable is gone again before NumPy's own OpenBLAS may load.
    unsafe { std::env::set_var(VARIABLE, if has_avx512 { "SkylakeX" } else { "Haswell" }) };
    // SAFETY: no product is being computed.
    unsafe { quit() };
    // SAFETY: as above.
    unsafe { init() };
    // SAFETY: as for `set_var`.
    unsafe { std::env::remove_var(VARIABLE) };
}

#[cfg(not(target_arch = "x86_64"))]
pub fn choose() {}
