//! Reductions over any layout, in NumPy's order, to the bit.
//!
//! Sums of floats are pairwise within each call of NumPy's inner loop (see `layout`), added to
//! the identity call by call; along an outer axis they, and all other operations anywhere,
//! go element by element.

use super::element::{Complex, Element, StridedRef};
use super::layout::{self, Dim};
use super::pairwise::{LEAF_LEN, Summand, pairwise_tree};
use crate::text::TextError;
use lnp_abi::DType;

/// NumPy's reductions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReduceOp {
    Sum,
    Prod,
    Min,
    Max,
    Any,
    All,
}

/// The dtype of `op` over `dtype`: sums and products of `bool` and `int32` are `int64`.
pub fn result_dtype(op: ReduceOp, dtype: DType) -> DType {
    match (op, dtype) {
        (ReduceOp::Any | ReduceOp::All, _) => DType::Bool,
        (ReduceOp::Sum | ReduceOp::Prod, DType::Bool | DType::I32) => DType::I64,
        (_, dtype) => dtype,
    }
}

/// Reduces `src` over the axes marked in `axes`.
///
/// Shapes: `out` holds the elements of the axes that are kept, in C order, of dtype `result`,
///   which is [`result_dtype`] or, for `Sum` and `Prod`, `F64` over any real dtype.
/// Order:  NumPy's for this layout.
/// Errors: `ValueError` for `Min` and `Max` of nothing; NaN propagates.
pub fn reduce(op: ReduceOp, result: DType, src: &StridedRef, axes: &[bool], out: &mut [u8]) -> Result<(), TextError> {
    use ReduceOp as Op;
    let job = Job {
        src,
        dims: layout::iteration(src.shape, src.strides, axes),
        axes,
    };
    if matches!(op, Op::Min | Op::Max) && src.n_elements() == 0 && !out.is_empty() {
        let name = if op == Op::Min { "minimum" } else { "maximum" };
        return Err(TextError::value(format!(
            "zero-size array to reduction operation {name} which has no identity"
        )));
    }
    match (op, src.dtype, result) {
        (Op::Any | Op::All, dtype, _) => match dtype {
            DType::Bool => job.truth::<bool>(op, out),
            DType::I32 => job.truth::<i32>(op, out),
            DType::I64 => job.truth::<i64>(op, out),
            DType::F32 => job.truth::<f32>(op, out),
            DType::F64 => job.truth::<f64>(op, out),
            DType::C128 => job.truth::<Complex>(op, out),
        },
        (Op::Min | Op::Max, dtype, _) => match dtype {
            DType::Bool => job.extreme::<bool>(op, out),
            DType::I32 => job.extreme::<i32>(op, out),
            DType::I64 => job.extreme::<i64>(op, out),
            DType::F32 => job.extreme::<f32>(op, out),
            DType::F64 => job.extreme::<f64>(op, out),
            DType::C128 => job.extreme::<Complex>(op, out),
        },
        (op, DType::Bool, DType::I64) => job.integer(op, |x: bool| x as i64, out),
        (op, DType::I32, DType::I64) => job.integer(op, |x: i32| x as i64, out),
        (op, DType::I64, DType::I64) => job.integer(op, |x: i64| x, out),
        (op, DType::Bool, DType::F64) => job.float(op, true, bool::to_f64, out),
        (op, DType::I32, DType::F64) => job.float(op, true, i32::to_f64, out),
        (op, DType::I64, DType::F64) => job.float(op, true, i64::to_f64, out),
        (op, DType::F32, DType::F64) => job.float(op, true, f32::to_f64, out),
        (op, DType::F64, DType::F64) => job.float(op, false, |x: f64| x, out),
        (op, DType::F32, DType::F32) => job.float(op, false, |x: f32| x, out),
        (op, DType::C128, DType::C128) => job.float(op, false, |x: Complex| x, out),
        (op, dtype, result) => unreachable!("no {op:?} of {dtype:?} in {result:?}"),
    }
    Ok(())
}

/// A float that products need a unit of.
trait Unit {
    const ONE: Self;
}
impl Unit for f32 {
    const ONE: f32 = 1.0;
}
impl Unit for f64 {
    const ONE: f64 = 1.0;
}
impl Unit for Complex {
    const ONE: Complex = Complex { re: 1.0, im: 0.0 };
}

struct Job<'a> {
    src: &'a StridedRef<'a>,
    dims: Vec<Dim>,
    axes: &'a [bool],
}

impl Job<'_> {
    fn truth<S: Element>(&self, op: ReduceOp, out: &mut [u8]) {
        let all = op == ReduceOp::All;
        fill(out, all);
        self.fold(|x: S| x.is_truthy(), |a, b| if all { a & b } else { a | b }, out);
    }

    fn integer<S: Element>(&self, op: ReduceOp, cast: impl Fn(S) -> i64, out: &mut [u8]) {
        if op == ReduceOp::Sum {
            fill(out, 0i64);
            self.fold(cast, i64::wrapping_add, out);
        } else {
            fill(out, 1i64);
            self.fold(cast, i64::wrapping_mul, out);
        }
    }

    fn extreme<S: Element>(&self, op: ReduceOp, out: &mut [u8]) {
        // The first of the elements is the first result; meeting it again changes nothing.
        let kept: Vec<Dim> = self.kept_dims();
        layout::walk(&kept, |at, idx| store(out, idx, self.src.load::<S>(at)));
        let prefer = |a: S, b: S| {
            if op == ReduceOp::Max { b.less(a) } else { a.less(b) }
        };
        // Of equals (the two zeros) the later one stays.
        self.fold(
            |x: S| x,
            |a, b| {
                if a.is_nan() || (!b.is_nan() && prefer(a, b)) {
                    a
                } else {
                    b
                }
            },
            out,
        );
    }

    fn float<S: Element, A>(&self, op: ReduceOp, casts: bool, cast: impl Fn(S) -> A + Copy, out: &mut [u8])
    where
        A: Element + Summand + Unit + std::ops::Mul<Output = A>,
    {
        if op != ReduceOp::Sum {
            fill(out, A::ONE);
            self.fold(cast, |a, b| a * b, out);
            return;
        }
        fill(out, A::ZERO);
        if self.dims.first().is_some_and(|dim| dim.reduced) {
            self.sum_calls(casts, cast, out);
        } else {
            self.fold(cast, |a, b| a + b, out);
        }
    }

    /// The axes that are kept, in C order of the results, at index 0 of the others.
    fn kept_dims(&self) -> Vec<Dim> {
        let mut out = 1;
        let mut dims = Vec::new();
        for axis in (0..self.axes.len()).rev().filter(|&axis| !self.axes[axis]) {
            let extent = self.src.shape[axis];
            dims.push(Dim {
                extent,
                src: self.src.strides[axis],
                out,
                reduced: false,
            });
            out *= extent;
        }
        dims
    }

    /// Element by element, in the order of iteration.
    fn fold<S: Element, A: Element>(&self, cast: impl Fn(S) -> A, f: impl Fn(A, A) -> A, out: &mut [u8]) {
        let scalar = [Dim {
            extent: 1,
            src: 0,
            out: 0,
            reduced: true,
        }];
        let dims = if self.dims.is_empty() {
            &scalar[..]
        } else {
            &self.dims[..]
        };
        let inner = dims[0];
        if inner.extent == 0 {
            return;
        }
        layout::walk(&dims[1..], |src, idx| {
            if inner.reduced {
                let mut value: A = fetch(out, idx);
                for k in 0..inner.extent {
                    value = f(value, cast(self.src.load(src + k as isize * inner.src)));
                }
                store(out, idx, value);
            } else {
                for k in 0..inner.extent {
                    let idx = idx + k * inner.out;
                    let value = f(fetch(out, idx), cast(self.src.load(src + k as isize * inner.src)));
                    store(out, idx, value);
                }
            }
        });
    }

    /// Pairwise within each call of NumPy's inner loop.
    fn sum_calls<S: Element, A: Element + Summand>(&self, casts: bool, cast: impl Fn(S) -> A, out: &mut [u8]) {
        let calls = layout::calls(&self.dims, casts);
        let (block, outer) = self.dims.split_at(calls.n_dims);
        let block_len: usize = block.iter().map(|dim| dim.extent).product();
        let mut buffer = Vec::new();
        layout::walk(outer, |src, idx| {
            let mut value: A = fetch(out, idx);
            if let [run] = block {
                for start in (0..run.extent).step_by(calls.len) {
                    let len = calls.len.min(run.extent - start);
                    let at = src + start as isize * run.src;
                    value = value + self.strided_sum(at, run.src, len, &cast);
                }
            } else {
                // The block passes through the buffer in the order of iteration.
                buffer.clear();
                buffer.reserve(calls.len.min(block_len));
                layout::walk(block, |at, _| {
                    buffer.push(cast(self.src.load(src + at)));
                    if buffer.len() == calls.len {
                        value = value + super::pairwise::pairwise_sum(&buffer);
                        buffer.clear();
                    }
                });
                if !buffer.is_empty() {
                    value = value + super::pairwise::pairwise_sum(&buffer);
                }
            }
            store(out, idx, value);
        });
    }

    /// The pairwise sum of `len` elements, `stride` bytes apart.
    fn strided_sum<S: Element, A: Summand>(&self, at: isize, stride: isize, len: usize, cast: &impl Fn(S) -> A) -> A {
        let mut leaf = [A::ZERO; LEAF_LEN];
        pairwise_tree(len, LEAF_LEN / A::WIDTH, &mut |start, n| {
            let first = at + start as isize * stride;
            if stride == S::SIZE as isize {
                let begin = self.src.offset.wrapping_add_signed(first);
                let bytes = &self.src.data[begin..begin + n * S::SIZE];
                leaf.iter_mut()
                    .zip(bytes.chunks_exact(S::SIZE))
                    .for_each(|(x, b)| *x = cast(S::load(b)));
            } else {
                let loaded = (0..n).map(|k| cast(self.src.load(first + k as isize * stride)));
                leaf.iter_mut().zip(loaded).for_each(|(x, y)| *x = y);
            }
            A::leaf(&leaf[..n])
        })
    }
}

fn fill<A: Element>(out: &mut [u8], value: A) {
    out.chunks_exact_mut(A::SIZE).for_each(|bytes| value.store(bytes));
}

#[inline]
fn fetch<A: Element>(out: &[u8], idx: usize) -> A {
    A::load(&out[idx * A::SIZE..(idx + 1) * A::SIZE])
}

#[inline]
fn store<A: Element>(out: &mut [u8], idx: usize, value: A) {
    value.store(&mut out[idx * A::SIZE..(idx + 1) * A::SIZE]);
}
