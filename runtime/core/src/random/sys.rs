//! NumPy's distributions (`libnpyrandom.a`): the C declarations, each with a safe wrapper.
//!
//! Source: `numpy/random/distributions.h` and `bitgen.h` of NumPy 2.

use super::pcg64::Pcg64;
use std::ffi::c_void;
use std::marker::PhantomData;

/// `bitgen_t`: where the C code gets its bits.
#[repr(C)]
struct Bitgen<'a> {
    state: *mut c_void,
    next_uint64: extern "C" fn(*mut c_void) -> u64,
    next_uint32: extern "C" fn(*mut c_void) -> u32,
    next_double: extern "C" fn(*mut c_void) -> f64,
    next_raw: extern "C" fn(*mut c_void) -> u64,
    bits: PhantomData<&'a mut Pcg64>,
}

impl<'a> Bitgen<'a> {
    fn over(bits: &'a mut Pcg64) -> Bitgen<'a> {
        let state: *mut Pcg64 = bits;
        Bitgen {
            state: state.cast(),
            next_uint64,
            next_uint32,
            next_double,
            next_raw: next_uint64,
            bits: PhantomData,
        }
    }
}

extern "C" fn next_uint64(state: *mut c_void) -> u64 {
    // SAFETY: `state` is the exclusively borrowed Pcg64 that `Bitgen::over` stored; the C code
    // calls back on this thread while that borrow lasts and keeps no pointer.
    unsafe { &mut *state.cast::<Pcg64>() }.next_u64()
}

extern "C" fn next_uint32(state: *mut c_void) -> u32 {
    // SAFETY: as in `next_uint64`.
    unsafe { &mut *state.cast::<Pcg64>() }.next_u32()
}

extern "C" fn next_double(state: *mut c_void) -> f64 {
    // SAFETY: as in `next_uint64`.
    unsafe { &mut *state.cast::<Pcg64>() }.next_f64()
}

/// `binomial_t`: what the binomial sampler computes once per (n, p).
#[repr(C)]
#[derive(Clone, Debug, Default)]
pub(super) struct BinomialCache {
    has_binomial: i32,
    psave: f64,
    nsave: i64,
    r: f64,
    q: f64,
    fm: f64,
    m: i64,
    rest: [f64; 10],
}

/// Declares functions that draw one value, with their wrappers.
macro_rules! draws {
    ($($name:ident = $symbol:ident($($arg:ident: $ty:ty),*) -> $ret:ty;)*) => {
        unsafe extern "C" {
            $(fn $symbol(bitgen: *mut Bitgen, $($arg: $ty),*) -> $ret;)*
        }
        $(pub(super) fn $name(bits: &mut Pcg64, $($arg: $ty),*) -> $ret {
            let mut bitgen = Bitgen::over(bits);
            // SAFETY: the declaration is NumPy's; the library reads only its arguments and
            // calls back through `bitgen`, which outlives the call.
            unsafe { $symbol(&mut bitgen, $($arg),*) }
        })*
    };
}

draws! {
    standard_exponential = random_standard_exponential() -> f64;
    standard_normal = random_standard_normal() -> f64;
    standard_gamma = random_standard_gamma(shape: f64) -> f64;
    normal = random_normal(loc: f64, scale: f64) -> f64;
    gamma = random_gamma(shape: f64, scale: f64) -> f64;
    exponential = random_exponential(scale: f64) -> f64;
    uniform = random_uniform(low: f64, range: f64) -> f64;
    beta = random_beta(a: f64, b: f64) -> f64;
    chisquare = random_chisquare(df: f64) -> f64;
    f = random_f(dfnum: f64, dfden: f64) -> f64;
    standard_cauchy = random_standard_cauchy() -> f64;
    pareto = random_pareto(a: f64) -> f64;
    weibull = random_weibull(a: f64) -> f64;
    power = random_power(a: f64) -> f64;
    laplace = random_laplace(loc: f64, scale: f64) -> f64;
    gumbel = random_gumbel(loc: f64, scale: f64) -> f64;
    logistic = random_logistic(loc: f64, scale: f64) -> f64;
    lognormal = random_lognormal(mean: f64, sigma: f64) -> f64;
    rayleigh = random_rayleigh(scale: f64) -> f64;
    standard_t = random_standard_t(df: f64) -> f64;
    wald = random_wald(mean: f64, scale: f64) -> f64;
    vonmises = random_vonmises(mu: f64, kappa: f64) -> f64;
    triangular = random_triangular(left: f64, mode: f64, right: f64) -> f64;
    poisson = random_poisson(lam: f64) -> i64;
    geometric = random_geometric(p: f64) -> i64;
    interval = random_interval(max: u64) -> u64;
    bounded_uint64 = random_bounded_uint64(off: u64, rng: u64, mask: u64, use_masked: bool) -> u64;
}

/// Declares functions that fill an array, with wrappers that take a slice.
macro_rules! fills {
    ($($name:ident = $symbol:ident($ty:ty);)*) => {
        unsafe extern "C" {
            $(fn $symbol(bitgen: *mut Bitgen, len: isize, out: *mut $ty);)*
        }
        $(pub(super) fn $name(bits: &mut Pcg64, out: &mut [$ty]) {
            let mut bitgen = Bitgen::over(bits);
            // SAFETY: the library writes `len` elements to `out`, which has as many, and calls
            // back through `bitgen`, which outlives the call.
            unsafe { $symbol(&mut bitgen, out.len() as isize, out.as_mut_ptr()) }
        })*
    };
}

fills! {
    standard_normal_fill = random_standard_normal_fill(f64);
    standard_normal_fill_f32 = random_standard_normal_fill_f(f32);
    standard_exponential_fill = random_standard_exponential_fill(f64);
    standard_exponential_fill_f32 = random_standard_exponential_fill_f(f32);
}

/// Declares fills with integers of the closed interval [off, off + rng], by Lemire's method.
macro_rules! bounded_fills {
    ($($name:ident = $symbol:ident($ty:ty);)*) => {
        unsafe extern "C" {
            $(fn $symbol(bitgen: *mut Bitgen, off: $ty, rng: $ty, len: isize, use_masked: bool, out: *mut $ty);)*
        }
        $(pub(super) fn $name(bits: &mut Pcg64, off: $ty, rng: $ty, out: &mut [$ty]) {
            let mut bitgen = Bitgen::over(bits);
            // SAFETY: the library writes `len` elements to `out`, which has as many, and calls
            // back through `bitgen`, which outlives the call.
            unsafe { $symbol(&mut bitgen, off, rng, out.len() as isize, false, out.as_mut_ptr()) }
        })*
    };
}

bounded_fills! {
    bounded_fill_u64 = random_bounded_uint64_fill(u64);
    bounded_fill_u32 = random_bounded_uint32_fill(u32);
    bounded_fill_bool = random_bounded_bool_fill(u8);
}

unsafe extern "C" {
    fn random_binomial(bitgen: *mut Bitgen, p: f64, n: i64, cache: *mut BinomialCache) -> i64;
}

pub(super) fn binomial(bits: &mut Pcg64, p: f64, n: i64, cache: &mut BinomialCache) -> i64 {
    let mut bitgen = Bitgen::over(bits);
    // SAFETY: `cache` has the layout of NumPy's `binomial_t` and is exclusively borrowed, as
    // are the bits behind `bitgen`.
    unsafe { random_binomial(&mut bitgen, p, n, cache) }
}
