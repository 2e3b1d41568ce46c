//! `cumsum` and `cumprod`: running results, in order.

use super::element::{Complex, Element, StridedRef};
use super::reduce::{ReduceOp, result_dtype};
use lnp_abi::DType;

/// Accumulates `op` (`Sum` or `Prod`) along `axis`, or along all elements in C order for `None`.
///
/// Shapes: `out` holds as many elements as `src`, in C order of its shape, of [`result_dtype`].
/// Order:  element by element.
pub fn accumulate(op: ReduceOp, src: &StridedRef, axis: Option<usize>, out: &mut [u8]) {
    let sum = op == ReduceOp::Sum;
    match (src.dtype, result_dtype(op, src.dtype)) {
        (DType::Bool, _) => integer(sum, src, axis, |x: u8| i64::from(x != 0), out),
        (DType::I32, _) => integer(sum, src, axis, |x: i32| x as i64, out),
        (DType::I64, _) => integer(sum, src, axis, |x: i64| x, out),
        (DType::F32, _) if sum => scan(src, axis, |x: f32| x, |a, b| a + b, out),
        (DType::F32, _) => scan(src, axis, |x: f32| x, |a, b| a * b, out),
        (DType::F64, _) if sum => scan(src, axis, |x: f64| x, |a, b| a + b, out),
        (DType::F64, _) => scan(src, axis, |x: f64| x, |a, b| a * b, out),
        (DType::C128, _) if sum => scan(src, axis, |x: Complex| x, |a, b| a + b, out),
        (DType::C128, _) => scan(src, axis, |x: Complex| x, |a, b| a * b, out),
    }
}

fn integer<S: Element>(sum: bool, src: &StridedRef, axis: Option<usize>, cast: impl Fn(S) -> i64, out: &mut [u8]) {
    if sum {
        scan(src, axis, cast, i64::wrapping_add, out);
    } else {
        scan(src, axis, cast, i64::wrapping_mul, out);
    }
}

fn scan<S: Element, A: Element>(
    src: &StridedRef,
    axis: Option<usize>,
    cast: impl Fn(S) -> A,
    f: impl Fn(A, A) -> A,
    out: &mut [u8],
) {
    // How many elements back the last result of the same line is, and how long a line.
    let (step, len) = match axis {
        Some(axis) => (src.shape[axis + 1..].iter().product(), src.shape[axis]),
        None => (1, src.n_elements()),
    };
    if src.n_elements() == 0 {
        return;
    }
    if let (1, Some(run)) = (step, src.run::<S>()) {
        let out = &mut out[..run.len() * A::SIZE];
        for (line, out) in run.chunks(len).zip(out.chunks_mut(len * A::SIZE)) {
            let mut acc: Option<A> = None;
            for (&x, out) in line.iter().zip(out.chunks_exact_mut(A::SIZE)) {
                let x = cast(x);
                let value = acc.map_or(x, |acc| f(acc, x));
                value.store(out);
                acc = Some(value);
            }
        }
        return;
    }
    for (idx, at) in src.offsets().enumerate() {
        let x = cast(src.load(at));
        let value = if (idx / step) % len == 0 {
            x
        } else {
            f(A::load(&out[(idx - step) * A::SIZE..(idx - step + 1) * A::SIZE]), x)
        };
        value.store(&mut out[idx * A::SIZE..(idx + 1) * A::SIZE]);
    }
}
