//! `mean`, `var` and `std`, by NumPy's recipes.
//!
//! mean = sum / n, integers summed in double precision, `float32` in single. var = the sum of
//! squared differences from the mean, over `n - ddof`; the differences lie in a new array
//! whose axes are ordered as those of the source, and are summed in that order.
//!
//! Source: NumPy 2.4, `numpy/_core/_methods.py`.

use super::element::{Complex, Element, StridedRef, offsets};
use super::reduce::{ReduceOp, reduce};
use crate::text::TextError;
use lnp_abi::DType;

/// The dtype of `mean`.
pub fn mean_dtype(dtype: DType) -> DType {
    match dtype {
        DType::F32 | DType::C128 => dtype,
        _ => DType::F64,
    }
}

/// The dtype of `var` and `std`: real.
pub fn var_dtype(dtype: DType) -> DType {
    if dtype == DType::F32 { DType::F32 } else { DType::F64 }
}

/// `mean` over the marked axes; `out` holds the kept ones in C order, of [`mean_dtype`].
///
/// Errors: none; the mean of nothing is NaN (NumPy also warns).
pub fn mean(src: &StridedRef, axes: &[bool], out: &mut [u8]) -> Result<(), TextError> {
    reduce(ReduceOp::Sum, mean_dtype(src.dtype), src, axes, out)?;
    divide(mean_dtype(src.dtype), n_reduced(src, axes) as f64, out);
    Ok(())
}

/// `var` over the marked axes with `ddof` degrees of freedom taken off; `out` as for
/// [`mean`], of [`var_dtype`].
pub fn var(src: &StridedRef, axes: &[bool], ddof: f64, out: &mut [u8]) -> Result<(), TextError> {
    let mean_dtype = mean_dtype(src.dtype);
    let n_kept: usize = (0..axes.len()).filter(|&a| !axes[a]).map(|a| src.shape[a]).product();
    let mut means = vec![0; n_kept * mean_dtype.size()];
    mean(src, axes, &mut means)?;
    let squares = Squares::of(src, axes, &means);
    let view = StridedRef {
        dtype: var_dtype(src.dtype),
        data: &squares.data,
        offset: 0,
        shape: src.shape,
        strides: &squares.strides,
    };
    reduce(ReduceOp::Sum, view.dtype, &view, axes, out)?;
    divide(view.dtype, (n_reduced(src, axes) as f64 - ddof).max(0.0), out);
    Ok(())
}

/// `std`: the square root of [`var`].
pub fn std(src: &StridedRef, axes: &[bool], ddof: f64, out: &mut [u8]) -> Result<(), TextError> {
    var(src, axes, ddof, out)?;
    if var_dtype(src.dtype) == DType::F32 {
        out.chunks_exact_mut(4)
            .for_each(|bytes| f32::load(bytes).sqrt().store(bytes));
    } else {
        out.chunks_exact_mut(8)
            .for_each(|bytes| f64::load(bytes).sqrt().store(bytes));
    }
    Ok(())
}

fn n_reduced(src: &StridedRef, axes: &[bool]) -> usize {
    (0..axes.len()).filter(|&a| axes[a]).map(|a| src.shape[a]).product()
}

fn divide(dtype: DType, n: f64, out: &mut [u8]) {
    match dtype {
        // NumPy divides in double precision here; the quotient rounds alike.
        DType::F32 => out
            .chunks_exact_mut(4)
            .for_each(|b| ((f32::load(b) as f64 / n) as f32).store(b)),
        // Complex division by n + 0j, R. L. Smith's way: by the reciprocal.
        DType::C128 => out
            .chunks_exact_mut(8)
            .for_each(|b| (f64::load(b) * (1.0 / n)).store(b)),
        _ => out.chunks_exact_mut(8).for_each(|b| (f64::load(b) / n).store(b)),
    }
}

/// Squared differences from the means, dense, with axes ordered as in the source.
struct Squares {
    data: Vec<u8>,
    strides: Vec<isize>,
}

impl Squares {
    fn of(src: &StridedRef, axes: &[bool], means: &[u8]) -> Squares {
        let item = var_dtype(src.dtype).size();
        let strides = dense_strides(src.shape, src.strides, item as isize);
        let mut squares = Squares {
            data: vec![0; src.n_elements() * item],
            strides,
        };
        match src.dtype {
            DType::F32 => squares.fill(src, axes, |x: f32, at| {
                let d = x - f32::load(&means[at * 4..at * 4 + 4]);
                d * d
            }),
            DType::C128 => squares.fill(src, axes, |x: Complex, at| {
                let mean = Complex::load(&means[at * 16..at * 16 + 16]);
                let (re, im) = (x.re - mean.re, x.im - mean.im);
                re * re + im * im
            }),
            DType::F64 => squares.fill_real::<f64>(src, axes, means),
            DType::I64 => squares.fill_real::<i64>(src, axes, means),
            DType::I32 => squares.fill_real::<i32>(src, axes, means),
            DType::Bool => squares.fill_real::<bool>(src, axes, means),
        }
        squares
    }

    fn fill_real<S: Element>(&mut self, src: &StridedRef, axes: &[bool], means: &[u8]) {
        self.fill(src, axes, |x: S, at| {
            let d = x.to_f64() - f64::load(&means[at * 8..at * 8 + 8]);
            d * d
        });
    }

    /// Stores `square(element, index of its mean)` for every element.
    fn fill<S: Element, A: Element>(&mut self, src: &StridedRef, axes: &[bool], square: impl Fn(S, usize) -> A) {
        let mut mean_strides = vec![0; axes.len()];
        let mut step = 1;
        for axis in (0..axes.len()).rev().filter(|&axis| !axes[axis]) {
            mean_strides[axis] = step;
            step *= src.shape[axis] as isize;
        }
        let places = src
            .offsets()
            .zip(offsets(src.shape, &self.strides))
            .zip(offsets(src.shape, &mean_strides));
        for ((at, to), mean) in places {
            let value = square(src.load(at), mean as usize);
            value.store(&mut self.data[to as usize..to as usize + A::SIZE]);
        }
    }
}

/// Strides of a dense array whose axes are ordered as `strides` orders them (`order='K'`).
fn dense_strides(shape: &[usize], strides: &[isize], item: isize) -> Vec<isize> {
    let mut order: Vec<usize> = (0..shape.len()).rev().collect();
    // Insertion, as NumPy sorts: zero strides and single extents keep their places.
    for i in 1..order.len() {
        let mut insert_at = i;
        for j in (0..i).rev() {
            let size = |k: usize| {
                if shape[order[k]] == 1 {
                    0
                } else {
                    strides[order[k]].unsigned_abs()
                }
            };
            if size(i) == 0 || size(j) == 0 {
                continue;
            }
            if size(j) <= size(i) {
                break;
            }
            insert_at = j;
        }
        let axis = order.remove(i);
        order.insert(insert_at, axis);
    }
    let mut dense = vec![0; shape.len()];
    let mut step = item;
    for axis in order {
        dense[axis] = step;
        step *= shape[axis] as isize;
    }
    dense
}
