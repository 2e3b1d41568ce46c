//! The C library's mathematical functions, which CPython calls too: so the bits agree.
//!
//! Rust's `f64` methods are not used where they compute by themselves (`asinh`, …).

use std::sync::OnceLock;

mod sys {
    unsafe extern "C" {
        pub fn acos(x: f64) -> f64;
        pub fn acosh(x: f64) -> f64;
        pub fn asin(x: f64) -> f64;
        pub fn asinh(x: f64) -> f64;
        pub fn atan(x: f64) -> f64;
        pub fn atan2(y: f64, x: f64) -> f64;
        pub fn atanh(x: f64) -> f64;
        pub fn copysign(x: f64, y: f64) -> f64;
        pub fn cos(x: f64) -> f64;
        pub fn cosh(x: f64) -> f64;
        pub fn erf(x: f64) -> f64;
        pub fn erfc(x: f64) -> f64;
        pub fn exp(x: f64) -> f64;
        pub fn exp2(x: f64) -> f64;
        pub fn expm1(x: f64) -> f64;
        pub fn fmod(x: f64, y: f64) -> f64;
        pub fn hypot(x: f64, y: f64) -> f64;
        pub fn log(x: f64) -> f64;
        pub fn log10(x: f64) -> f64;
        pub fn log1p(x: f64) -> f64;
        pub fn log2(x: f64) -> f64;
        pub fn nextafter(x: f64, y: f64) -> f64;
        pub fn pow(x: f64, y: f64) -> f64;
        pub fn remainder(x: f64, y: f64) -> f64;
        pub fn sin(x: f64) -> f64;
        pub fn sinh(x: f64) -> f64;
        pub fn tan(x: f64) -> f64;
        pub fn tanh(x: f64) -> f64;
        pub fn ldexp(x: f64, exponent: i32) -> f64;
        pub fn frexp(x: f64, exponent: *mut i32) -> f64;
    }
}

macro_rules! one {
    ($($name:ident)*) => {$(
        pub fn $name(x: f64) -> f64 {
            // SAFETY: a C function of numbers, without other effects than on errno.
            unsafe { sys::$name(x) }
        }
    )*};
}

macro_rules! two {
    ($($name:ident)*) => {$(
        pub fn $name(x: f64, y: f64) -> f64 {
            // SAFETY: a C function of numbers, without other effects than on errno.
            unsafe { sys::$name(x, y) }
        }
    )*};
}

one!(acos acosh asin asinh atan atanh cos cosh erf erfc exp exp2 expm1 log log10 log1p log2 sin sinh tan tanh);
two!(atan2 copysign fmod hypot nextafter pow remainder);

/// Rust's own library has a `cbrt` too, correctly rounded, and the linker takes that one.
pub extern "C" fn cbrt(x: f64) -> f64 {
    static CBRT: OnceLock<Option<extern "C" fn(f64) -> f64>> = OnceLock::new();
    let found = CBRT.get_or_init(|| {
        // SAFETY: a C string; dynamic libraries alone are searched.
        let symbol = unsafe { libc::dlsym(libc::RTLD_DEFAULT, c"cbrt".as_ptr()) };
        // SAFETY: null, or the C library's function of this type.
        unsafe { std::mem::transmute::<*mut libc::c_void, Option<extern "C" fn(f64) -> f64>>(symbol) }
    });
    match found {
        Some(cbrt) => cbrt(x),
        None => x.cbrt(),
    }
}

pub fn ldexp(x: f64, exponent: i32) -> f64 {
    // SAFETY: a C function of numbers.
    unsafe { sys::ldexp(x, exponent) }
}

/// Mantissa in [0.5, 1) and exponent.
pub fn frexp(x: f64) -> (f64, i32) {
    let mut exponent = 0;
    // SAFETY: the pointer is to a local integer.
    let mantissa = unsafe { sys::frexp(x, &mut exponent) };
    (mantissa, exponent)
}
