//! The iteration domain of a launch: broadcasting, and NumPy's errors where it fails.

use crate::array::Array;
use crate::array::layout::{Dims, shape_text_tight};
use crate::error::Raise;
use lnp_abi::{BroadcastCheck, KernelDesc, MAX_NDIM};

/// What the inputs are to be stored into.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Store<'a> {
    /// New arrays, or a reduction.
    Fresh,
    /// `a[...] = value`
    Assign(&'a [i64]),
    /// `a += value`
    InPlace(&'a [i64]),
}

/// Widens `domain` so that `shape` broadcasts with it; false where it cannot.
fn widen(domain: &mut Dims, shape: &[i64]) -> bool {
    while domain.n() < shape.len() {
        domain.insert(0, 1);
    }
    let lead = domain.n() - shape.len();
    for (d, &n) in shape.iter().enumerate() {
        let have = &mut domain[lead + d];
        if *have == 1 {
            *have = n;
        } else if n != *have && n != 1 {
            return false;
        }
    }
    true
}

/// The broadcast shape of all inputs, of `ndim` dimensions at least.
pub fn broadcast(desc: &KernelDesc, inputs: &[&Array], store: Store) -> Result<Dims, Raise> {
    let ndim = inputs.iter().map(|a| a.ndim()).max().unwrap_or(0);
    let mut domain = Dims::filled(ndim, 1);
    for input in inputs {
        if !widen(&mut domain, input.shape()) {
            return Err(mismatch(desc, inputs, store));
        }
    }
    Ok(domain)
}

/// Strides of an array over a domain that it broadcasts to: 0 where it does not move.
#[inline]
pub fn strides_over(array: &Array, domain: &[i64]) -> [i64; MAX_NDIM] {
    let mut strides = [0; MAX_NDIM];
    // An array of more dimensions than the domain has extents of 1 in front.
    let n = array.ndim().min(domain.len());
    for k in 1..=n {
        let d = array.ndim() - k;
        if array.shape()[d] != 1 {
            strides[domain.len() - k] = array.strides()[d];
        }
    }
    strides
}

/// The error of the first operation, in evaluation order, whose operands do not broadcast.
#[cold]
pub fn mismatch(desc: &KernelDesc, inputs: &[&Array], store: Store) -> Raise {
    // SAFETY: codegen emits `n_checks` checks (possibly with a null pointer for none).
    let checks: &[BroadcastCheck] = unsafe { slice(desc.checks, desc.n_checks) };
    for (i, check) in checks.iter().enumerate() {
        // SAFETY: as above, for the groups of a check.
        let groups: &[u64] = unsafe { slice(check.groups, check.n_groups) };
        let mut all = Dims::EMPTY;
        let mut shapes: Vec<Dims> = Vec::new();
        let mut fits = true;
        for &mask in groups {
            let mut shape = Dims::EMPTY;
            for (k, input) in inputs.iter().enumerate() {
                if mask >> k & 1 != 0 {
                    fits &= widen(&mut shape, input.shape());
                }
            }
            fits &= widen(&mut all, &shape);
            shapes.push(shape);
        }
        if !fits {
            let last = i + 1 == checks.len();
            return operands(&shapes, if last { store } else { Store::Fresh });
        }
    }
    let shapes: Vec<Dims> = inputs.iter().map(|a| Dims::new(a.shape())).collect();
    operands(&shapes, store)
}

fn operands(shapes: &[Dims], store: Store) -> Raise {
    let mut text = "operands could not be broadcast together with shapes ".to_owned();
    for shape in shapes {
        text += &shape_text_tight(shape);
        text.push(' ');
    }
    if let Store::InPlace(out) = store {
        text += &shape_text_tight(out);
        text.push(' ');
    }
    Raise::value(text)
}

/// The error of a value whose shape `have` does not broadcast to the destination's.
#[cold]
pub fn store_mismatch(have: &[i64], store: Store) -> Raise {
    match store {
        Store::InPlace(out) => Raise::value(format!(
            "non-broadcastable output operand with shape {} doesn't match the broadcast shape {}",
            shape_text_tight(out),
            shape_text_tight(have),
        )),
        Store::Assign(out) => Raise::value(format!(
            "could not broadcast input array from shape {} into shape {}",
            // NumPy drops extents of 1 in front of what the destination has.
            shape_text_tight(
                &have[have[..have.len().saturating_sub(out.len())]
                    .iter()
                    .take_while(|&&n| n == 1)
                    .count()..]
            ),
            shape_text_tight(out),
        )),
        Store::Fresh => Raise::value("operands could not be broadcast together"),
    }
}

/// Whether a value of shape `have` can be stored into `out` (extents of 1 in front fall away
/// in an assignment).
pub fn fits_into(have: &[i64], store: Store) -> bool {
    let (out, strict) = match store {
        Store::Fresh => return true,
        Store::Assign(out) => (out, false),
        Store::InPlace(out) => (out, true),
    };
    let extra = have.len().saturating_sub(out.len());
    if extra > 0 && (strict || have[..extra].iter().any(|&n| n != 1)) {
        return false;
    }
    let have = &have[extra..];
    have.iter().rev().zip(out.iter().rev()).all(|(&h, &o)| h == o || h == 1)
}

/// # Safety
/// `len` live elements at `ptr`, or `len` is 0.
unsafe fn slice<'a, T>(ptr: *const T, len: u64) -> &'a [T] {
    if len == 0 {
        return &[];
    }
    // SAFETY: the caller's promise.
    unsafe { std::slice::from_raw_parts(ptr, len as usize) }
}
