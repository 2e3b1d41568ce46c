//! Functions of float64 and float32: one exported pair per function.

use super::sleef::Function;
use super::sys as libm;
use super::wide::{
    binary_f32, binary_f64, binary_one_f32, binary_one_f64, unary_f32, unary_f64, unary_one_f32, unary_one_f64,
};

macro_rules! loops {
    (unary, f64) => {
        unary_f64
    };
    (unary, f32) => {
        unary_f32
    };
    (binary, f64) => {
        binary_f64
    };
    (binary, f32) => {
        binary_f32
    };
    (unary_one, f64) => {
        unary_one_f64
    };
    (unary_one, f32) => {
        unary_one_f32
    };
    (binary_one, f64) => {
        binary_one_f64
    };
    (binary_one, f32) => {
        binary_one_f32
    };
}

/// SLEEF's names of a function at one element, 256 and 512 bits.
macro_rules! sleef_function {
    (f64, $name:literal, $accuracy:literal) => {
        super::Function::new([
            concat!("Sleef_finz_", $name, "d1_", $accuracy, "purecfma\0"),
            concat!("Sleef_finz_", $name, "d4_", $accuracy, "avx2\0"),
            concat!("Sleef_finz_", $name, "d8_", $accuracy, "avx512f\0"),
        ])
    };
    (f32, $name:literal, $accuracy:literal) => {
        super::Function::new([
            concat!("Sleef_finz_", $name, "f1_", $accuracy, "purecfma\0"),
            concat!("Sleef_finz_", $name, "f8_", $accuracy, "avx2\0"),
            concat!("Sleef_finz_", $name, "f16_", $accuracy, "avx512f\0"),
        ])
    };
}

macro_rules! unary_sleef {
    ($strip:ident, $scalar:ident, $ty:ident, $exact:path, $name:literal, $accuracy:literal) => {
        mod $scalar {
            pub static FUNCTION: super::Function = sleef_function!($ty, $name, $accuracy);
        }

        /// # Safety
        /// `a` and `out` have `n` elements.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $strip(n: i64, out: *mut $ty, a: *const $ty) {
            // SAFETY: the caller's promise.
            unsafe { loops!(unary, $ty)($scalar::FUNCTION.get(), $exact, n, out, a) }
        }

        #[unsafe(no_mangle)]
        pub extern "C" fn $scalar(x: $ty) -> $ty {
            loops!(unary_one, $ty)($scalar::FUNCTION.get(), $exact, x)
        }
    };
}

macro_rules! unary_libm {
    ($strip:ident, $scalar:ident, $ty:ident, $exact:path) => {
        /// # Safety
        /// `a` and `out` have `n` elements.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $strip(n: i64, out: *mut $ty, a: *const $ty) {
            for i in 0..n.max(0) as usize {
                // SAFETY: `i < n`.
                unsafe { out.add(i).write($exact(a.add(i).read())) };
            }
        }

        #[unsafe(no_mangle)]
        pub extern "C" fn $scalar(x: $ty) -> $ty {
            $exact(x)
        }
    };
}

macro_rules! binary_sleef {
    ($strip:ident, $scalar:ident, $ty:ident, $exact:path, $name:literal, $accuracy:literal) => {
        mod $scalar {
            pub static FUNCTION: super::Function = sleef_function!($ty, $name, $accuracy);
        }

        /// # Safety
        /// `a`, `b` and `out` have `n` elements.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $strip(n: i64, out: *mut $ty, a: *const $ty, b: *const $ty) {
            // SAFETY: the caller's promise.
            unsafe { loops!(binary, $ty)($scalar::FUNCTION.get(), $exact, n, out, a, b) }
        }

        #[unsafe(no_mangle)]
        pub extern "C" fn $scalar(x: $ty, y: $ty) -> $ty {
            loops!(binary_one, $ty)($scalar::FUNCTION.get(), $exact, x, y)
        }
    };
}

macro_rules! binary_libm {
    ($strip:ident, $scalar:ident, $ty:ident, $exact:path) => {
        /// # Safety
        /// `a`, `b` and `out` have `n` elements.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $strip(n: i64, out: *mut $ty, a: *const $ty, b: *const $ty) {
            for i in 0..n.max(0) as usize {
                // SAFETY: `i < n`.
                unsafe { out.add(i).write($exact(a.add(i).read(), b.add(i).read())) };
            }
        }

        #[unsafe(no_mangle)]
        pub extern "C" fn $scalar(x: $ty, y: $ty) -> $ty {
            $exact(x, y)
        }
    };
}

unary_sleef!(lnp_v_cbrt_f64, lnp_s_cbrt_f64, f64, libm::cbrt, "cbrt", "u10");
unary_sleef!(lnp_v_exp_f64, lnp_s_exp_f64, f64, libm::exp, "exp", "u10");
unary_sleef!(lnp_v_exp2_f64, lnp_s_exp2_f64, f64, libm::exp2, "exp2", "u10");
unary_sleef!(lnp_v_expm1_f64, lnp_s_expm1_f64, f64, libm::expm1, "expm1", "u10");
unary_sleef!(lnp_v_log_f64, lnp_s_log_f64, f64, libm::log, "log", "u10");
unary_sleef!(lnp_v_log2_f64, lnp_s_log2_f64, f64, libm::log2, "log2", "u10");
unary_sleef!(lnp_v_log10_f64, lnp_s_log10_f64, f64, libm::log10, "log10", "u10");
unary_sleef!(lnp_v_log1p_f64, lnp_s_log1p_f64, f64, libm::log1p, "log1p", "u10");
unary_libm!(lnp_v_sin_f64, lnp_s_sin_f64, f64, libm::sin);
unary_libm!(lnp_v_cos_f64, lnp_s_cos_f64, f64, libm::cos);
unary_sleef!(lnp_v_tan_f64, lnp_s_tan_f64, f64, libm::tan, "tan", "u10");
unary_sleef!(lnp_v_asin_f64, lnp_s_asin_f64, f64, libm::asin, "asin", "u10");
unary_sleef!(lnp_v_acos_f64, lnp_s_acos_f64, f64, libm::acos, "acos", "u10");
unary_sleef!(lnp_v_atan_f64, lnp_s_atan_f64, f64, libm::atan, "atan", "u10");
unary_sleef!(lnp_v_sinh_f64, lnp_s_sinh_f64, f64, libm::sinh, "sinh", "u10");
unary_sleef!(lnp_v_cosh_f64, lnp_s_cosh_f64, f64, libm::cosh, "cosh", "u10");
unary_sleef!(lnp_v_tanh_f64, lnp_s_tanh_f64, f64, libm::tanh, "tanh", "u10");
unary_sleef!(lnp_v_asinh_f64, lnp_s_asinh_f64, f64, libm::asinh, "asinh", "u10");
unary_sleef!(lnp_v_acosh_f64, lnp_s_acosh_f64, f64, libm::acosh, "acosh", "u10");
unary_sleef!(lnp_v_atanh_f64, lnp_s_atanh_f64, f64, libm::atanh, "atanh", "u10");
unary_sleef!(lnp_v_cbrt_f32, lnp_s_cbrt_f32, f32, libm::cbrtf, "cbrt", "u10");
unary_sleef!(lnp_v_exp_f32, lnp_s_exp_f32, f32, libm::expf, "exp", "u10");
unary_sleef!(lnp_v_exp2_f32, lnp_s_exp2_f32, f32, libm::exp2f, "exp2", "u10");
unary_sleef!(lnp_v_expm1_f32, lnp_s_expm1_f32, f32, libm::expm1f, "expm1", "u10");
unary_sleef!(lnp_v_log_f32, lnp_s_log_f32, f32, libm::logf, "log", "u10");
unary_sleef!(lnp_v_log2_f32, lnp_s_log2_f32, f32, libm::log2f, "log2", "u10");
unary_sleef!(lnp_v_log10_f32, lnp_s_log10_f32, f32, libm::log10f, "log10", "u10");
unary_sleef!(lnp_v_log1p_f32, lnp_s_log1p_f32, f32, libm::log1pf, "log1p", "u10");
unary_sleef!(lnp_v_sin_f32, lnp_s_sin_f32, f32, libm::sinf, "sin", "u10");
unary_sleef!(lnp_v_cos_f32, lnp_s_cos_f32, f32, libm::cosf, "cos", "u10");
unary_sleef!(lnp_v_tan_f32, lnp_s_tan_f32, f32, libm::tanf, "tan", "u10");
unary_sleef!(lnp_v_asin_f32, lnp_s_asin_f32, f32, libm::asinf, "asin", "u35");
unary_sleef!(lnp_v_acos_f32, lnp_s_acos_f32, f32, libm::acosf, "acos", "u35");
unary_sleef!(lnp_v_atan_f32, lnp_s_atan_f32, f32, libm::atanf, "atan", "u35");
unary_sleef!(lnp_v_sinh_f32, lnp_s_sinh_f32, f32, libm::sinhf, "sinh", "u10");
unary_sleef!(lnp_v_cosh_f32, lnp_s_cosh_f32, f32, libm::coshf, "cosh", "u10");
unary_sleef!(lnp_v_tanh_f32, lnp_s_tanh_f32, f32, libm::tanhf, "tanh", "u10");
unary_sleef!(lnp_v_asinh_f32, lnp_s_asinh_f32, f32, libm::asinhf, "asinh", "u10");
unary_sleef!(lnp_v_acosh_f32, lnp_s_acosh_f32, f32, libm::acoshf, "acosh", "u10");
unary_sleef!(lnp_v_atanh_f32, lnp_s_atanh_f32, f32, libm::atanhf, "atanh", "u10");

binary_sleef!(lnp_v_pow_f64, lnp_s_pow_f64, f64, libm::pow, "pow", "u10");
binary_sleef!(lnp_v_atan2_f64, lnp_s_atan2_f64, f64, libm::atan2, "atan2", "u10");
binary_libm!(lnp_v_hypot_f64, lnp_s_hypot_f64, f64, libm::hypot);
binary_sleef!(lnp_v_pow_f32, lnp_s_pow_f32, f32, libm::powf, "pow", "u10");
binary_sleef!(lnp_v_atan2_f32, lnp_s_atan2_f32, f32, libm::atan2f, "atan2", "u35");
binary_sleef!(lnp_v_hypot_f32, lnp_s_hypot_f32, f32, libm::hypotf, "hypot", "u05");

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
