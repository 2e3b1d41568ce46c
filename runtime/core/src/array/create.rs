//! New arrays: `empty`, `zeros`, from values, `arange`, `linspace`, `eye`.

use super::{Array, OwnedArray, slots};
use crate::error::{Raise, guard};
use lnp_abi::{ArrayHeader, DType, ExceptionKind};

/// The dtype a code names; codes come from compiled code and are right.
pub fn dtype_of(code: i64) -> DType {
    DType::from_code(code as u8).unwrap_or(DType::F64)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_array_empty(dtype: i64, shape: *const u64) -> *mut ArrayHeader {
    // SAFETY: compiled code passes extents.
    let shape = unsafe { slots(shape) };
    guard(|| Array::alloc(dtype_of(dtype), shape).map(OwnedArray::into_raw))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_array_zeros(dtype: i64, shape: *const u64) -> *mut ArrayHeader {
    // SAFETY: compiled code passes extents.
    let shape = unsafe { slots(shape) };
    guard(|| Array::zeros(dtype_of(dtype), shape).map(OwnedArray::into_raw))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_array_empty_like(dtype: i64, prototype: *mut ArrayHeader) -> *mut ArrayHeader {
    // SAFETY: compiled code passes a live array.
    let prototype = unsafe { Array::borrow(prototype) };
    guard(|| prototype.create_like(dtype_of(dtype), false).map(OwnedArray::into_raw))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_array_zeros_like(dtype: i64, prototype: *mut ArrayHeader) -> *mut ArrayHeader {
    // SAFETY: compiled code passes a live array.
    let prototype = unsafe { Array::borrow(prototype) };
    guard(|| prototype.create_like(dtype_of(dtype), true).map(OwnedArray::into_raw))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_array_from_slots(dtype: i64, shape: *const u64, values: *const u64) -> *mut ArrayHeader {
    // SAFETY: compiled code passes extents and the elements' slots.
    let (shape, values) = unsafe { (slots(shape), slots(values)) };
    let dtype = dtype_of(dtype);
    guard(|| {
        let array = Array::from_replicated(dtype, shape, |bytes| put_slots(dtype, values, bytes))?;
        Ok(array.into_raw())
    })
}

/// Stores 8-byte slots (two for a complex) as elements.
pub fn put_slots(dtype: DType, values: &[i64], bytes: &mut [u8]) {
    match dtype.size() {
        1 => bytes.iter_mut().zip(values).for_each(|(b, v)| *b = *v as u8),
        // Little-endian or not, the low half of the slot holds a 4-byte scalar.
        4 => bytes
            .chunks_exact_mut(4)
            .zip(values)
            .for_each(|(b, v)| b.copy_from_slice(&(*v as u32).to_ne_bytes())),
        _ => bytes
            .chunks_exact_mut(8)
            .zip(values)
            .for_each(|(b, v)| b.copy_from_slice(&v.to_ne_bytes())),
    }
}

/// Writes elements of a known type from a function of the position.
pub fn fill<T: Copy>(bytes: &mut [u8], value: impl Fn(i64) -> T) {
    for (i, chunk) in bytes.chunks_exact_mut(size_of::<T>()).enumerate() {
        // SAFETY: the chunk has room for one `T`, which is plain data.
        unsafe { chunk.as_mut_ptr().cast::<T>().write_unaligned(value(i as i64)) };
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_arange_int(dtype: i64, start: i64, stop: i64, step: i64) -> *mut ArrayHeader {
    let dtype = dtype_of(dtype);
    guard(|| {
        if step == 0 {
            return Err(Raise::new(ExceptionKind::ZeroDivisionError, "division by zero"));
        }
        let span = i128::from(stop) - i128::from(start);
        let step_wide = i128::from(step);
        let len = (span + step_wide - step_wide.signum()) / step_wide;
        let len = if span.signum() == step_wide.signum() { len } else { 0 };
        let len = i64::try_from(len).map_err(|_| Raise::value("Maximum allowed size exceeded"))?;
        let at = |i: i64| start.wrapping_add(i.wrapping_mul(step));
        let array = Array::from_replicated(dtype, &[len], |bytes| match dtype {
            DType::I32 => fill(bytes, |i| at(i) as i32),
            DType::F64 => fill(bytes, |i| at(i) as f64),
            DType::F32 => fill(bytes, |i| at(i) as f32),
            DType::C128 => fill(bytes, |i| [at(i) as f64, 0.0]),
            DType::Bool => fill(bytes, |i| u8::from(at(i) != 0)),
            DType::I64 => fill(bytes, at),
        })?;
        Ok(array.into_raw())
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_arange_float(dtype: i64, start: f64, stop: f64, step: f64) -> *mut ArrayHeader {
    let dtype = dtype_of(dtype);
    guard(|| {
        if step == 0.0 {
            return Err(Raise::new(ExceptionKind::ZeroDivisionError, "float division by zero"));
        }
        let len = ((stop - start) / step).ceil();
        if len.is_nan() {
            return Err(Raise::value("arange: cannot compute length"));
        }
        if len >= i64::MAX as f64 {
            return Err(Raise::value("Maximum allowed size exceeded"));
        }
        let len = (len as i64).max(0);
        let array = Array::from_replicated(dtype, &[len], |bytes| match dtype {
            // NumPy takes the first two elements and continues with their difference.
            DType::F32 => {
                let (first, next) = (start as f32, (start + step) as f32);
                let delta = next - first;
                fill(bytes, |i| match i {
                    0 => first,
                    1 => next,
                    _ => first + i as f32 * delta,
                });
            }
            DType::I64 => {
                let first = start as i64;
                let delta = ((start + step) as i64).wrapping_sub(first);
                fill(bytes, |i| first.wrapping_add(i.wrapping_mul(delta)));
            }
            DType::I32 => {
                let first = start as i32;
                let delta = ((start + step) as i32).wrapping_sub(first);
                fill(bytes, |i| first.wrapping_add((i as i32).wrapping_mul(delta)));
            }
            _ => {
                let next = start + step;
                let delta = next - start;
                let at = |i: i64| match i {
                    0 => start,
                    1 => next,
                    _ => start + i as f64 * delta,
                };
                match dtype {
                    DType::C128 => fill(bytes, |i| [at(i), 0.0]),
                    DType::Bool => fill(bytes, |i| u8::from(at(i) != 0.0)),
                    _ => fill(bytes, at),
                }
            }
        })?;
        Ok(array.into_raw())
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_linspace(start: f64, stop: f64, num: i64, endpoint: u8) -> *mut ArrayHeader {
    guard(|| {
        if num < 0 {
            return Err(Raise::value(format!("Number of samples, {num}, must be non-negative.")));
        }
        let endpoint = endpoint != 0;
        let div = if endpoint { num - 1 } else { num };
        let delta = stop - start;
        let step = delta / div as f64;
        let array = Array::from_replicated(DType::F64, &[num], |bytes| {
            if div > 0 {
                if step == 0.0 {
                    fill(bytes, |i| i as f64 / div as f64 * delta + start);
                } else {
                    fill(bytes, |i| i as f64 * step + start);
                }
            } else {
                fill(bytes, |i| i as f64 * delta + start);
            }
            if endpoint && num > 1 {
                let last = bytes.len() - 8;
                bytes[last..].copy_from_slice(&stop.to_ne_bytes());
            }
        })?;
        Ok(array.into_raw())
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_eye(dtype: i64, rows: i64, cols: i64, k: i64) -> *mut ArrayHeader {
    let dtype = dtype_of(dtype);
    guard(|| {
        let array = Array::from_replicated(dtype, &[rows, cols], |bytes| {
            bytes.fill(0);
            let mut one = [0u8; 16];
            match dtype {
                DType::Bool => one[0] = 1,
                DType::I32 => one[..4].copy_from_slice(&1i32.to_ne_bytes()),
                DType::I64 => one[..8].copy_from_slice(&1i64.to_ne_bytes()),
                DType::F32 => one[..4].copy_from_slice(&1f32.to_ne_bytes()),
                DType::F64 | DType::C128 => one[..8].copy_from_slice(&1f64.to_ne_bytes()),
            }
            let size = dtype.size();
            for i in 0..rows {
                let j = i.saturating_add(k);
                if (0..cols).contains(&j) {
                    let at = (i * cols + j) as usize * size;
                    bytes[at..at + size].copy_from_slice(&one[..size]);
                }
            }
        })?;
        Ok(array.into_raw())
    })
}
