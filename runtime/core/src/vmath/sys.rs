//! The C library's mathematical functions.

pub use crate::objects::libm::cbrt;
use lnp_abi::Complex;

macro_rules! declare {
    ($($name:ident($($arg:ident: $ty:ty),*) -> $result:ty;)*) => {
        // Other modules declare some of these as unsafe; the signatures agree.
        #[allow(clashing_extern_declarations)]
        unsafe extern "C" {
            $(pub safe fn $name($($arg: $ty),*) -> $result;)*
        }
    };
}

declare! {
    exp(x: f64) -> f64;
    exp2(x: f64) -> f64;
    expm1(x: f64) -> f64;
    log(x: f64) -> f64;
    log2(x: f64) -> f64;
    log10(x: f64) -> f64;
    log1p(x: f64) -> f64;
    sin(x: f64) -> f64;
    cos(x: f64) -> f64;
    tan(x: f64) -> f64;
    asin(x: f64) -> f64;
    acos(x: f64) -> f64;
    atan(x: f64) -> f64;
    sinh(x: f64) -> f64;
    cosh(x: f64) -> f64;
    tanh(x: f64) -> f64;
    asinh(x: f64) -> f64;
    acosh(x: f64) -> f64;
    atanh(x: f64) -> f64;
    pow(x: f64, y: f64) -> f64;
    atan2(x: f64, y: f64) -> f64;
    hypot(x: f64, y: f64) -> f64;
    fmod(x: f64, y: f64) -> f64;

    cbrtf(x: f32) -> f32;
    expf(x: f32) -> f32;
    exp2f(x: f32) -> f32;
    expm1f(x: f32) -> f32;
    logf(x: f32) -> f32;
    log2f(x: f32) -> f32;
    log10f(x: f32) -> f32;
    log1pf(x: f32) -> f32;
    sinf(x: f32) -> f32;
    cosf(x: f32) -> f32;
    tanf(x: f32) -> f32;
    asinf(x: f32) -> f32;
    acosf(x: f32) -> f32;
    atanf(x: f32) -> f32;
    sinhf(x: f32) -> f32;
    coshf(x: f32) -> f32;
    tanhf(x: f32) -> f32;
    asinhf(x: f32) -> f32;
    acoshf(x: f32) -> f32;
    atanhf(x: f32) -> f32;
    powf(x: f32, y: f32) -> f32;
    atan2f(x: f32, y: f32) -> f32;
    hypotf(x: f32, y: f32) -> f32;
    fmodf(x: f32, y: f32) -> f32;

    // C's `double complex` is passed as two registers, as `Complex` is.
    cexp(z: Complex) -> Complex;
    clog(z: Complex) -> Complex;
    csqrt(z: Complex) -> Complex;
    cpow(z: Complex, w: Complex) -> Complex;
    csin(z: Complex) -> Complex;
    ccos(z: Complex) -> Complex;
    ctan(z: Complex) -> Complex;
    casin(z: Complex) -> Complex;
    cacos(z: Complex) -> Complex;
    catan(z: Complex) -> Complex;
    csinh(z: Complex) -> Complex;
    ccosh(z: Complex) -> Complex;
    ctanh(z: Complex) -> Complex;
    casinh(z: Complex) -> Complex;
    cacosh(z: Complex) -> Complex;
    catanh(z: Complex) -> Complex;
}
