//! Reductions of a kernel's values over axes of its domain.
//!
//! NumPy reduces an expression's temporary, a new array in K order; so the values are streamed
//! in that order and combined as NumPy combines contiguous memory. A kernel that is the
//! identity stands for the array itself, whose own layout then decides.

use super::domain::{Store, broadcast, strides_over};
use super::fold::{By, Extreme, Fold, Grouping, InOrder, TreeSum, Truth, with_fold};
use super::nest::{Call, Nest};
pub use super::reduce_shape::Shape;
use super::site::{self, Request};
use super::stream::{Scratch, Stream};
use super::{output_dtype, threads};
use crate::array::layout::{Dims, k_order};
use crate::array::{Array, OwnedArray};
use crate::dist;
use crate::error::Raise;
use crate::numeric::{self, Complex, StridedRef};
use crate::routines::rng::from_text;
use lnp_abi::{ArrayHeader, DType, LaunchSite, MAX_NDIM, ReduceOp};
use std::marker::PhantomData;

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_launch_reduce(
    site: *mut LaunchSite,
    arrays: *const u64,
    bounds: *const u64,
    scalars: *const u64,
    op: i64,
    axes: i64,
    keepdims: u8,
) -> *mut ArrayHeader {
    // SAFETY: compiled code passes a site and what belongs to it.
    let request = unsafe { Request::new(site, arrays, bounds, scalars) };
    site::finish(request.with_operands(|inputs| {
        let op = ReduceOp::ALL[op as usize];
        reduce(request.call, inputs, op, axes, keepdims != 0).map(OwnedArray::into_raw)
    }))
}

/// The result's dtype for values of `dtype`.
pub fn result_dtype(op: ReduceOp, dtype: DType) -> DType {
    numeric::result_dtype(numeric_op(op), dtype)
}

fn numeric_op(op: ReduceOp) -> numeric::ReduceOp {
    match op {
        ReduceOp::Sum => numeric::ReduceOp::Sum,
        ReduceOp::Prod => numeric::ReduceOp::Prod,
        ReduceOp::Min => numeric::ReduceOp::Min,
        ReduceOp::Max => numeric::ReduceOp::Max,
        ReduceOp::Any => numeric::ReduceOp::Any,
        ReduceOp::All => numeric::ReduceOp::All,
    }
}

/// Evaluates a kernel and reduces its values.
pub fn reduce(call: Call, inputs: &[&Array], op: ReduceOp, axes: i64, keepdims: bool) -> Result<OwnedArray, Raise> {
    let domain = broadcast(call.desc, inputs, Store::Fresh)?;
    let n = domain.n();
    let all: Vec<[i64; MAX_NDIM]> = inputs.iter().map(|a| strides_over(a, &domain)).collect();
    let order = k_order(n, all.iter().map(|s| &s[..n]));
    let axes = axes & ((1i64 << n) - 1);
    let shape = Shape {
        domain,
        order,
        axes,
        keepdims,
    };
    if matches!(op, ReduceOp::Min | ReduceOp::Max) && (0..n).any(|d| domain[d] == 0 && shape.is_reduced(d)) {
        let name = if op == ReduceOp::Min { "minimum" } else { "maximum" };
        return Err(Raise::value(format!(
            "zero-size array to reduction operation {name} which has no identity"
        )));
    }
    if dist::is_world()
        && let Some(result) = dist::reduce::reduce(call, inputs, op, &shape)?
    {
        return Ok(result);
    }
    reduce_local(call, inputs, op, &shape)
}

/// The same, when every operand is whole in this process.
pub fn reduce_local(call: Call, inputs: &[&Array], op: ReduceOp, shape: &Shape) -> Result<OwnedArray, Raise> {
    let n = shape.domain.n();
    if shape.domain.is_empty() {
        return reduce_nothing(op, output_dtype(call.desc, 0), shape);
    }
    let identity = call.desc.identity != 0 && inputs.len() == 1;
    if shape.bands().is_none() || (identity && !streams_as_is(inputs[0], shape)) {
        if identity {
            return reduce_memory(inputs[0], op, shape);
        }
        let mut temporary = None;
        super::fresh(call, inputs, Some(&shape.order[..n]), &mut |a| temporary = Some(a))?;
        let Some(temporary) = temporary else {
            return Err(Raise::value("a reduction needs one value"));
        };
        return reduce_memory(&temporary, op, shape);
    }
    let mut nest = Nest::new(&shape.domain);
    for input in inputs {
        nest.push_array(input, strides_over(input, &shape.domain));
    }
    nest.permute(&shape.order[..n]);
    let dtype = output_dtype(call.desc, 0);
    // SAFETY: the inputs are live arrays over the domain, which nothing writes meanwhile.
    let stream = unsafe { Stream::new(call, nest, dtype.size()) };
    let bands = shape.bands().unwrap_or((1, 1, 1));
    let result = Array::alloc_replicated(result_dtype(op, dtype), &shape.kept())?;
    run(&stream, op, dtype, bands, result.ptr());
    let result = shape.result(&result);
    dist::adopt(result)
}

/// Whether NumPy reduces this array in the order in which its elements stream.
pub fn streams_as_is(array: &Array, shape: &Shape) -> bool {
    let strides = strides_over(array, &shape.domain);
    let n = shape.domain.n();
    let wide = |axis: usize| shape.domain[axis] != 1;
    if (0..n).any(|axis| wide(axis) && strides[axis] == 0) {
        return false;
    }
    // Reduced axes must be one axis, or run on in memory.
    let mut last: Option<usize> = None;
    for &axis in shape.order[..n].iter().rev() {
        let axis = axis as usize;
        if !shape.is_reduced(axis) || !wide(axis) {
            continue;
        }
        if last.is_some_and(|inner| strides[axis] != strides[inner] * shape.domain[inner]) {
            return false;
        }
        last = Some(axis);
    }
    true
}

/// Results of no elements: what each reduction starts from.
fn reduce_nothing(op: ReduceOp, dtype: DType, shape: &Shape) -> Result<OwnedArray, Raise> {
    let result = Array::alloc_replicated(result_dtype(op, dtype), &shape.kept())?;
    with_fold!(op, dtype, |fold| fill_init(fold, result.ptr(), result.len()));
    dist::adopt(shape.result(&result))
}

/// Sets `len` new results to the fold's start.
fn fill_init<F: Fold>(fold: F, out: *mut u8, len: usize) {
    let out = Out(out.cast());
    for (i, init) in (0..len).zip(std::iter::repeat(fold.init())) {
        if let Some(init) = init {
            // SAFETY: one of the new array's elements.
            unsafe { out.set(i, init) };
        }
    }
}

/// Reduces an array in the order of its own layout.
fn reduce_memory(array: &Array, op: ReduceOp, shape: &Shape) -> Result<OwnedArray, Raise> {
    let dtype = array.dtype();
    let result = result_dtype(op, dtype);
    let mut kept = Dims::EMPTY;
    let mut out_shape = Dims::EMPTY;
    for axis in 0..shape.domain.n() {
        if !shape.is_reduced(axis) {
            kept.push(shape.domain[axis]);
            out_shape.push(shape.domain[axis]);
        } else if shape.keepdims {
            out_shape.push(1);
        }
    }
    let view = array.replicated()?;
    let flags: Vec<bool> = (0..shape.domain.n()).map(|axis| shape.is_reduced(axis)).collect();
    let mut out = vec![0u8; kept.len() * result.size()];
    with_strided(&view, |src| {
        numeric::reduce(numeric_op(op), result, src, &flags, &mut out)
    })
    .map_err(from_text)?;
    Array::from_replicated(result, &out_shape, |bytes| bytes.copy_from_slice(&out))
}

/// Hands a whole array to `numeric` as bytes, offset and strides.
pub fn with_strided<R>(view: &crate::array::LocalView, f: impl FnOnce(&StridedRef) -> R) -> R {
    let shape: Vec<usize> = view.shape().iter().map(|&n| n as usize).collect();
    let strides: Vec<isize> = view.strides().iter().map(|&s| s as isize).collect();
    let (mut lo, mut hi) = (0isize, view.dtype().size() as isize);
    for (&n, &s) in shape.iter().zip(&strides) {
        let reach = n.saturating_sub(1) as isize * s;
        lo += reach.min(0);
        hi += reach.max(0);
    }
    let empty = view.len() == 0;
    let data: &[u8] = if empty {
        &[]
    } else {
        // SAFETY: from the lowest to the highest byte of elements that `view` keeps alive.
        unsafe { std::slice::from_raw_parts(view.ptr().offset(lo), (hi - lo) as usize) }
    };
    let offset = if empty { 0 } else { -lo as usize };
    f(&StridedRef {
        dtype: view.dtype(),
        data,
        offset,
        shape: &shape,
        strides: &strides,
    })
}

/// Reduces a stream of (outer, reduced, inner) values over the middle; `out` has room for
/// outer × inner results.
pub fn run(stream: &Stream, op: ReduceOp, dtype: DType, bands: (usize, usize, usize), out: *mut u8) {
    with_fold!(op, dtype, |fold| run_fold(stream, fold, bands, out));
}

struct Out<A>(*mut A);

// SAFETY: workers write disjoint results.
unsafe impl<A> Sync for Out<A> {}

impl<A> Out<A> {
    /// # Safety
    /// Result `i` exists and nobody else touches it.
    unsafe fn set(&self, i: usize, value: A) {
        // SAFETY: the caller's promise.
        unsafe { self.0.add(i).write(value) };
    }
}

fn finish<F: Fold>(fold: F, value: F::Acc) -> F::Acc {
    fold.init().map_or(value, |init| fold.combine(init, value))
}

fn run_fold<F: Fold>(stream: &Stream, fold: F, (outer, reduced, inner): (usize, usize, usize), out: *mut u8) {
    let out = Out(out.cast::<F::Acc>());
    let chunk = stream.chunk();
    let parallel =
        threads::count() > 1 && (threads::forced_tile().is_some() || stream.cost() >= threads::MIN_PARALLEL_NS);
    let each = |n: usize, work: &(dyn Fn(usize) + Sync)| {
        if parallel {
            threads::for_each(n, work)
        } else {
            (0..n).for_each(work)
        }
    };
    if inner == 1 && reduced > chunk / 2 {
        for k in 0..outer {
            let value = line(stream, fold, k * reduced, reduced, parallel);
            // SAFETY: one result per line.
            unsafe { out.set(k, finish(fold, value)) };
        }
    } else if inner == 1 {
        let rows = (chunk / reduced).min(outer).max(1);
        each(outer.div_ceil(rows), &|batch| {
            let first = batch * rows;
            let n = rows.min(outer - first);
            let mut scratch = Scratch::new();
            // SAFETY: rows of the stream, no more than a chunk.
            let values = unsafe { stream.get::<F::In>(first * reduced, n * reduced, &mut scratch) };
            for (k, row) in values.chunks_exact(reduced).enumerate() {
                // SAFETY: one result per row.
                unsafe { out.set(first + k, finish(fold, fold.run(row))) };
            }
        });
    } else {
        columns(stream, fold, (outer, reduced, inner), &out, parallel, &each);
    }
}

/// Reduces a line that is longer than a chunk.
fn line<F: Fold>(stream: &Stream, fold: F, start: usize, len: usize, parallel: bool) -> F::Acc {
    let chunk = stream.chunk();
    let piece = |at: usize, n: usize| -> F::Acc {
        // SAFETY: the line lies in the stream.
        if let Some(values) = unsafe { stream.in_memory::<F::In>(at, n) } {
            return fold.run(values);
        }
        let mut scratch = Scratch::new();
        // SAFETY: as above; at most a chunk.
        let mut get = |at, n| fold.run(unsafe { stream.get::<F::In>(at, n, &mut scratch) });
        if F::GROUPING == Grouping::Tree {
            return tree(fold, at, n, chunk, &mut get);
        }
        let mut acc = get(at, n.min(chunk));
        let mut done = n.min(chunk);
        while done < n {
            let m = (n - done).min(chunk);
            acc = match F::GROUPING {
                Grouping::Ordered => extend(stream, fold, acc, at + done, m),
                _ => fold.combine(acc, get(at + done, m)),
            };
            done += m;
        }
        acc
    };
    if !parallel || F::GROUPING == Grouping::Ordered {
        return piece(start, len);
    }
    // Parts whose bounds depend on the length alone.
    let part = threads::forced_tile()
        .map_or((len / (threads::count() * 4)).max(chunk), |t| t as usize)
        .max(1);
    let mut parts = Vec::new();
    if F::GROUPING == Grouping::Tree {
        collect(fold, start, len, part, &mut parts);
    } else {
        parts.extend((0..len).step_by(part).map(|at| (start + at, part.min(len - at))));
    }
    let mut values: Vec<Option<F::Acc>> = vec![None; parts.len()];
    let slots = Out(values.as_mut_ptr());
    threads::for_each(parts.len(), &|i| {
        let (at, n) = parts[i];
        // SAFETY: slot `i` is this call's.
        unsafe { slots.set(i, Some(piece(at, n))) };
    });
    let mut values = values.into_iter().flatten();
    if F::GROUPING == Grouping::Tree {
        return tree(fold, start, len, part, &mut |at, n| {
            values.next().unwrap_or_else(|| piece(at, n))
        });
    }
    let first = values.next().unwrap_or_else(|| piece(start, 1));
    values.fold(first, |a, b| fold.combine(a, b))
}

/// Continues a fold over the next values, one after the other.
fn extend<F: Fold>(stream: &Stream, fold: F, acc: F::Acc, at: usize, n: usize) -> F::Acc {
    let mut scratch = Scratch::new();
    // SAFETY: at most a chunk of the stream.
    let values = unsafe { stream.get::<F::In>(at, n, &mut scratch) };
    values.iter().fold(acc, |acc, &x| fold.combine(acc, fold.lift(x)))
}

/// Evaluates a fold's tree from ranges of at most `most`.
fn tree<F: Fold>(fold: F, at: usize, n: usize, most: usize, eval: &mut dyn FnMut(usize, usize) -> F::Acc) -> F::Acc {
    match fold.split(n).filter(|_| n > most) {
        None => eval(at, n),
        Some(half) => {
            let left = tree(fold, at, half, most, eval);
            fold.combine(left, tree(fold, at + half, n - half, most, eval))
        }
    }
}

/// The ranges that [`tree`] evaluates, from left to right.
fn collect<F: Fold>(fold: F, at: usize, n: usize, most: usize, out: &mut Vec<(usize, usize)>) {
    match fold.split(n).filter(|_| n > most) {
        None => out.push((at, n)),
        Some(half) => {
            collect(fold, at, half, most, out);
            collect(fold, at + half, n - half, most, out);
        }
    }
}

/// [`line`] on as many threads as pay.
pub fn fold_line<F: Fold>(stream: &Stream, fold: F, start: usize, len: usize) -> F::Acc {
    let parallel = threads::count() > 1
        && len > stream.chunk()
        && (threads::forced_tile().is_some() || stream.cost() >= threads::MIN_PARALLEL_NS);
    line(stream, fold, start, len, parallel)
}

/// Adds rows to what there is of each column, in order.
pub fn fold_columns<F: Fold>(stream: &Stream, fold: F, rows: usize, inner: usize, acc: &mut [Option<F::Acc>]) {
    let mut scratch = Scratch::new();
    let chunk = stream.chunk();
    for r in 0..rows {
        for first in (0..inner).step_by(chunk) {
            let n = chunk.min(inner - first);
            // SAFETY: a part of a row, at most a chunk.
            let row = unsafe { stream.get::<F::In>(r * inner + first, n, &mut scratch) };
            for (acc, &x) in acc[first..].iter_mut().zip(row) {
                let x = fold.lift(x);
                *acc = Some(acc.map_or(x, |acc| fold.combine(acc, x)));
            }
        }
    }
}

/// Reduces the middle of three bands: rows are combined element by element, in order.
fn columns<F: Fold>(
    stream: &Stream,
    fold: F,
    (outer, reduced, inner): (usize, usize, usize),
    out: &Out<F::Acc>,
    parallel: bool,
    each: &dyn Fn(usize, &(dyn Fn(usize) + Sync)),
) {
    let chunk = stream.chunk();
    let mut width = inner.min(chunk);
    if parallel && outer < threads::count() * 2 {
        width = width.min((inner / (threads::count() * 2)).max(64));
    }
    let segments = inner.div_ceil(width);
    each(outer * segments, &|unit| {
        let (k, first) = (unit / segments, unit % segments * width);
        let n = width.min(inner - first);
        let mut scratch = Scratch::new();
        let mut acc: Vec<F::Acc> = Vec::with_capacity(n);
        // Whole rows can be evaluated several at a time.
        let rows = if n == inner { (chunk / inner).max(1) } else { 1 };
        let mut r = 0;
        while r < reduced {
            let take = rows.min(reduced - r);
            let at = (k * reduced + r) * inner + first;
            // SAFETY: part of a row, or whole rows, at most a chunk.
            let values = unsafe { stream.get::<F::In>(at, take * n, &mut scratch) };
            for row in values.chunks_exact(n) {
                if acc.is_empty() {
                    acc.extend(row.iter().map(|&x| finish(fold, fold.lift(x))));
                    continue;
                }
                for (acc, &x) in acc.iter_mut().zip(row) {
                    *acc = fold.combine(*acc, fold.lift(x));
                }
            }
            r += take;
        }
        for (j, acc) in acc.into_iter().enumerate() {
            // SAFETY: one result per column and outer index.
            unsafe { out.set(k * inner + first + j, acc) };
        }
    });
}
