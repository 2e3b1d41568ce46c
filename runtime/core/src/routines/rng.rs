//! Entries of `numpy.random.Generator`: every rank draws the same stream.

use super::gather::take;
use crate::array::{Array, OwnedArray, slots};
use crate::dist;
use crate::error::{ExceptionKind, Raise, guard};
use crate::launch::copy::assign;
use crate::random::{Continuous, Discrete, Generator, default_rng};
use crate::text::{ErrorKind, TextError};
use lnp_abi::{ArrayHeader, DType, RefHeader, RefKind};

/// A `Generator` object.
#[repr(C)]
pub struct Rng {
    head: RefHeader,
    generator: Generator,
}

/// Frees a generator whose last owner is gone.
///
/// # Safety
/// `rng` came from this module and nothing refers to it any more.
pub unsafe fn free(rng: *mut Rng) {
    // SAFETY: made by `Box::into_raw` below.
    drop(unsafe { Box::from_raw(rng) });
}

/// # Safety
/// `rng` is a live generator, and no other borrow of it exists.
unsafe fn borrow<'a>(rng: *mut Rng) -> &'a mut Generator {
    // SAFETY: the caller's promise.
    unsafe { &mut (*rng).generator }
}

/// The state of a generator, for handing it to CPython and back.
///
/// # Safety
/// `rng` is a live generator, and no other borrow of it exists.
pub unsafe fn bits<'a>(rng: *mut RefHeader) -> &'a mut crate::random::Pcg64 {
    // SAFETY: the caller's promise.
    unsafe { &mut borrow(rng.cast()).bits }
}

/// What the text helpers raise, as the runtime's error.
pub fn from_text(error: TextError) -> Raise {
    let kind = match error.kind {
        ErrorKind::ValueError => ExceptionKind::ValueError,
        ErrorKind::TypeError => ExceptionKind::TypeError,
        ErrorKind::OverflowError => ExceptionKind::OverflowError,
    };
    Raise::new(kind, error.message)
}

fn new_rng(seed: u128) -> *mut Rng {
    let head = RefHeader {
        count: 1,
        kind: RefKind::Generator,
    };
    Box::into_raw(Box::new(Rng {
        head,
        generator: default_rng(seed),
    }))
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_rng_new(seed: i64) -> *mut Rng {
    guard(|| {
        let seed = u128::try_from(seed).map_err(|_| Raise::value("expected non-negative integer"))?;
        Ok(new_rng(seed))
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_rng_new_entropy() -> *mut Rng {
    guard(|| {
        let mut bytes = [0u8; 16];
        // SAFETY: the buffer has 16 bytes; up to 256 are always given whole.
        let got = unsafe { libc::getrandom(bytes.as_mut_ptr().cast(), bytes.len(), 0) };
        if got != 16 {
            return Err(Raise::new(ExceptionKind::OSError, "no entropy available"));
        }
        dist::broadcast_memory(bytes.as_mut_ptr(), bytes.len());
        Ok(new_rng(u128::from_ne_bytes(bytes)))
    })
}

fn continuous(kind: i64, p: f64, q: f64) -> Continuous {
    match kind {
        1 => Continuous::StandardNormal,
        2 => Continuous::StandardExponential,
        3 => Continuous::Uniform { low: p, high: q },
        4 => Continuous::Normal { loc: p, scale: q },
        5 => Continuous::Exponential { scale: p },
        _ => Continuous::Uniform { low: 0.0, high: 1.0 },
    }
}

fn draw(rng: &mut Generator, kind: i64, p: f64, q: f64, out: &mut [f64]) -> Result<(), TextError> {
    match kind {
        0 => rng.random(out),
        1 => rng.standard_normal(out),
        2 => rng.standard_exponential(out),
        _ => rng.continuous(continuous(kind, p, q), out)?,
    }
    Ok(())
}

/// The elements of a byte slice that `from_replicated` gave.
fn elements<T>(bytes: &mut [u8]) -> &mut [T] {
    let len = bytes.len() / size_of::<T>();
    if len == 0 {
        return &mut [];
    }
    // SAFETY: fresh array storage is aligned to 64 bytes; any bits are valid for plain data.
    unsafe { std::slice::from_raw_parts_mut(bytes.as_mut_ptr().cast(), len) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_rng_scalar(rng: *mut Rng, kind: i64, p: f64, q: f64) -> f64 {
    // SAFETY: compiled code passes a live generator.
    let rng = unsafe { borrow(rng) };
    guard(|| {
        if kind == 6 {
            let mut out = [0i64];
            rng.discrete(Discrete::Poisson { lam: p }, &mut out)
                .map_err(from_text)?;
            return Ok(out[0] as f64);
        }
        let mut out = [0.0];
        draw(rng, kind, p, q, &mut out).map_err(from_text)?;
        Ok(out[0])
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_rng_array(
    rng: *mut Rng,
    kind: i64,
    p: f64,
    q: f64,
    dtype: i64,
    shape: *const u64,
) -> *mut ArrayHeader {
    // SAFETY: compiled code passes a live generator and extents.
    let (rng, shape) = unsafe { (borrow(rng), slots(shape)) };
    guard(|| {
        let mut result = Ok(());
        let dtype = if kind == 6 {
            DType::I64
        } else {
            crate::array::dtype_of(dtype)
        };
        let array = Array::from_replicated(dtype, shape, |bytes| {
            result = match (kind, dtype) {
                (6, _) => rng.discrete(Discrete::Poisson { lam: p }, elements(bytes)),
                (0, DType::F32) => Ok(rng.random_f32(elements(bytes))),
                (1, DType::F32) => Ok(rng.standard_normal_f32(elements(bytes))),
                (2, DType::F32) => Ok(rng.standard_exponential_f32(elements(bytes))),
                _ => draw(rng, kind, p, q, elements(bytes)),
            };
        })?;
        result.map_err(from_text)?;
        Ok(array.into_raw())
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_rng_integers_scalar(rng: *mut Rng, low: i64, high: i64, endpoint: u8) -> i64 {
    // SAFETY: compiled code passes a live generator.
    let rng = unsafe { borrow(rng) };
    guard(|| {
        let mut out = [0i64];
        rng.integers(low, high, endpoint != 0, &mut out).map_err(from_text)?;
        Ok(out[0])
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_rng_integers_array(
    rng: *mut Rng,
    low: i64,
    high: i64,
    endpoint: u8,
    dtype: i64,
    shape: *const u64,
) -> *mut ArrayHeader {
    // SAFETY: compiled code passes a live generator and extents.
    let (rng, shape) = unsafe { (borrow(rng), slots(shape)) };
    guard(|| {
        let endpoint = endpoint != 0;
        let mut result = Ok(());
        let dtype = crate::array::dtype_of(dtype);
        let array = Array::from_replicated(dtype, shape, |bytes| {
            result = match dtype {
                DType::I32 => rng.integers_i32(low, high, endpoint, elements(bytes)),
                DType::Bool => {
                    let mut drawn = vec![false; bytes.len()];
                    let result = rng.integers_bool(low, high, endpoint, &mut drawn);
                    bytes.iter_mut().zip(drawn).for_each(|(b, d)| *b = u8::from(d));
                    result
                }
                _ => rng.integers(low, high, endpoint, elements(bytes)),
            };
        })?;
        result.map_err(from_text)?;
        Ok(array.into_raw())
    })
}

fn index_array(indices: &[i64]) -> Result<OwnedArray, Raise> {
    Array::from_replicated(DType::I64, &[indices.len() as i64], |bytes| {
        elements(bytes).copy_from_slice(indices);
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_rng_permutation(rng: *mut Rng, n: i64) -> *mut ArrayHeader {
    // SAFETY: compiled code passes a live generator.
    let rng = unsafe { borrow(rng) };
    guard(|| {
        if n < 0 {
            return Err(Raise::value("negative dimensions are not allowed"));
        }
        let mut out = vec![0; n as usize];
        rng.permutation(&mut out);
        index_array(&out).map(OwnedArray::into_raw)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_rng_shuffle(rng: *mut Rng, array: *mut ArrayHeader) {
    // SAFETY: compiled code passes a live generator and a live array.
    let (rng, array) = unsafe { (borrow(rng), Array::borrow(array)) };
    guard(|| {
        let Some(&n) = array.shape().first() else {
            return Err(Raise::type_("Cannot shuffle a 0-d array"));
        };
        let mut order = vec![0; n as usize];
        rng.permutation(&mut order);
        let shuffled = take(array, 0, &*index_array(&order)?)?;
        assign(array, &shuffled)
    });
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_rng_choice(rng: *mut Rng, population: i64, size: i64, replace: u8) -> *mut ArrayHeader {
    // SAFETY: compiled code passes a live generator.
    let rng = unsafe { borrow(rng) };
    guard(|| {
        if population < 0 || size < 0 {
            return Err(Raise::value("negative dimensions are not allowed"));
        }
        let mut out = vec![0; size as usize];
        rng.choice(population as usize, replace != 0, true, &mut out)
            .map_err(from_text)?;
        index_array(&out).map(OwnedArray::into_raw)
    })
}
