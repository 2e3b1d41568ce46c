//! Reductions over blocked operands, with the bits of one process.
//!
//! Blocks of rows of the domain in memory order are contiguous runs of the flat sequence that
//! NumPy reduces. Kept rows are reduced where they are. A pairwise sum over everything comes
//! from the subtrees inside each run and the elements of the leaves that the cuts divide. Sums
//! along the rows' own axis pass from rank to rank, in order. Everything else is gathered.

use super::launch::{domain_parts, nest_over, partition_like};
use super::operand::resolve;
use super::partition::Partition;
use super::{gathered, verify, world};
use crate::array::layout::Dims;
use crate::array::{Array, OwnedArray};
use crate::error::Raise;
use crate::launch::fold::{By, Extreme, Fold, Grouping, InOrder, TreeSum, Truth, with_fold};
use crate::launch::nest::Call;
use crate::launch::output_dtype;
use crate::launch::reduce::{Shape, fold_columns, fold_line, reduce_local, result_dtype, run, streams_as_is};
use crate::launch::stream::{Scratch, Stream};
use crate::numeric::{Complex, Piece, pieces};
use lnp_abi::{DType, ReduceOp};
use std::marker::PhantomData;
use std::rc::Rc;

/// [`crate::launch::reduce::reduce`] on several ranks; `None`: everything is whole everywhere.
pub fn reduce(call: Call, inputs: &[&Array], op: ReduceOp, shape: &Shape) -> Result<Option<OwnedArray>, Raise> {
    verify::check(call.desc, inputs, &shape.domain);
    if !inputs.iter().any(|a| a.is_blocked()) {
        return Ok(None);
    }
    let shape = &shape.units_last();
    let n = shape.domain.n();
    let order = &shape.order[..n];
    let identity = call.desc.identity != 0 && inputs.len() == 1;
    let part = partition_like(inputs, &shape.domain, order).filter(|p| p.is_rows());
    let (Some(part), Some(bands)) = (part, shape.bands()) else {
        return gather_all(call, inputs, op, shape).map(Some);
    };
    if shape.domain.is_empty() || (identity && !streams_as_is(inputs[0], shape)) {
        return gather_all(call, inputs, op, shape).map(Some);
    }
    let parts = domain_parts(&part, order);
    let operands = resolve(inputs, &parts)?;
    let me = &parts[world::rank()];
    let mut nest = nest_over(me, &operands.ops);
    nest.permute(order);
    let dtype = output_dtype(call.desc, 0);
    // SAFETY: the operands are held, and nothing writes them meanwhile.
    let stream = unsafe { Stream::new(call, nest, dtype.size()) };
    let outer_kept = !shape.is_reduced(order[0] as usize);
    if outer_kept {
        return keep_rows(&stream, op, dtype, shape, &part, bands).map(Some);
    }
    let result = Array::alloc_replicated(result_dtype(op, dtype), &shape.kept())?;
    let job = Job {
        stream: &stream,
        part: &part,
        bands,
        out: result.ptr(),
    };
    with_fold!(op, dtype, |fold| job.rows(fold));
    Ok(Some(shape.result(&result)))
}

/// Everything comes to every rank.
fn gather_all(call: Call, inputs: &[&Array], op: ReduceOp, shape: &Shape) -> Result<OwnedArray, Raise> {
    let whole = inputs.iter().map(|a| gathered(a)).collect::<Result<Vec<_>, _>>()?;
    let whole: Vec<&Array> = whole.iter().map(|a| &**a).collect();
    reduce_local(call, &whole, op, shape)
}

/// The rows are kept: each rank reduces its own.
fn keep_rows(
    stream: &Stream,
    op: ReduceOp,
    dtype: DType,
    shape: &Shape,
    part: &Partition,
    (outer, reduced, inner): (usize, usize, usize),
) -> Result<OwnedArray, Raise> {
    let kept = shape.kept();
    let rows = part.shape[0].max(1) as usize;
    let mine = part.region(world::rank());
    let n_mine = (mine.hi[0] - mine.lo[0]).max(0) as usize;
    // The cuts of the result are those of the domain along its first axis.
    let cuts = Partition {
        shape: kept,
        grid: {
            let mut grid = Dims::filled(kept.n(), 1);
            grid[0] = part.grid[0];
            grid
        },
        cuts: {
            let mut cuts: Vec<Vec<i64>> = kept.iter().map(|&n| vec![0, n]).collect();
            cuts[0].clone_from(&part.cuts[0]);
            cuts
        },
    };
    let result = Array::create_blocked(result_dtype(op, dtype), &kept, Rc::new(cuts), false)?;
    // Rows are the first axis, so `outer` counts them.
    let bands = (outer / rows * n_mine, reduced, inner);
    if n_mine > 0 {
        run(stream, op, dtype, bands, result.buffer().storage().ptr);
    }
    if super::partition_for(&kept).is_none() {
        super::replicate(result.buffer())?;
    }
    Ok(shape.result(&result))
}

/// A reduction whose rows are cut between ranks.
struct Job<'a> {
    stream: &'a Stream<'a>,
    part: &'a Partition,
    /// (1, reduced, inner) of the whole domain.
    bands: (usize, usize, usize),
    out: *mut u8,
}

impl Job<'_> {
    /// Elements of the flat sequence before a rank's.
    fn start(&self, rank: usize) -> usize {
        let row: i64 = self.part.shape[1..].iter().product();
        (self.part.cuts[0][rank.min(self.part.grid[0] as usize)] * row) as usize
    }

    fn rows<F: Fold>(&self, fold: F) {
        let (_, reduced, inner) = self.bands;
        let out: *mut F::Acc = self.out.cast();
        let total = reduced * inner;
        if inner == 1 && F::GROUPING == Grouping::Tree {
            let value = self.tree(fold, total);
            let value = fold.init().map_or(value, |init| fold.combine(init, value));
            // SAFETY: the one result.
            unsafe { out.write(value) };
            return;
        }
        // One value per column, from rank to rank.
        let mut acc: Vec<Option<F::Acc>> = vec![fold.init(); inner];
        let n_mine = self.stream.len();
        if F::GROUPING == Grouping::Free {
            let mut mine: Vec<Option<F::Acc>> = vec![None; inner];
            if n_mine > 0 {
                if inner == 1 {
                    mine[0] = Some(fold_line(self.stream, fold, 0, n_mine));
                } else {
                    fold_columns(self.stream, fold, n_mine / inner, inner, &mut mine);
                }
            }
            for all in exchange_all(&mine).chunks_exact(inner) {
                for (acc, value) in acc.iter_mut().zip(all) {
                    *acc = match (*acc, *value) {
                        (Some(a), Some(b)) => Some(fold.combine(a, b)),
                        (a, b) => a.or(b),
                    };
                }
            }
        } else {
            for rank in 0..world::size() {
                if self.start(rank + 1) == self.start(rank) {
                    continue;
                }
                if rank == world::rank() {
                    fold_columns(self.stream, fold, n_mine / inner, inner, &mut acc);
                }
                broadcast_values(&mut acc, rank);
            }
        }
        for (i, acc) in acc.into_iter().enumerate() {
            if let Some(acc) = acc {
                // SAFETY: one result per column.
                unsafe { out.add(i).write(acc) };
            }
        }
    }

    /// The pairwise tree over all ranks' runs.
    fn tree<F: Fold>(&self, fold: F, total: usize) -> F::Acc {
        let width = if size_of::<F::In>() == 16 { 2 } else { 1 };
        let (lo, hi) = (self.start(world::rank()), self.start(world::rank() + 1));
        // Subtrees' values, then the elements of cut leaves, in the order of the pieces.
        let mut mine: Vec<F::Acc> = Vec::new();
        let mut scratch = Scratch::new();
        for piece in pieces(total, width, lo, hi) {
            match piece {
                Piece::Subtree { start, len } => mine.push(fold_line(self.stream, fold, start - lo, len)),
                Piece::CutLeaf { from, to, .. } => {
                    // SAFETY: a part of a leaf inside this rank's run.
                    let values = unsafe { self.stream.get::<F::In>(from - lo, to - from, &mut scratch) };
                    mine.extend(values.iter().map(|&x| fold.lift(x)));
                }
            }
        }
        let count = |rank: usize| -> usize {
            pieces(total, width, self.start(rank), self.start(rank + 1))
                .iter()
                .map(|p| match p {
                    Piece::Subtree { .. } => 1,
                    Piece::CutLeaf { from, to, .. } => to - from,
                })
                .sum()
        };
        let counts: Vec<usize> = (0..world::size()).map(count).collect();
        let all = gather_values(&mine, &counts);
        let mut values = all.into_iter();
        let mut known: Vec<((usize, usize), F::Acc)> = Vec::new();
        let mut leaf: Vec<F::Acc> = Vec::new();
        for rank in 0..world::size() {
            for piece in pieces(total, width, self.start(rank), self.start(rank + 1)) {
                match piece {
                    Piece::Subtree { start, len } => known.extend(values.next().map(|v| ((start, len), v))),
                    Piece::CutLeaf { start, len, from, to } => {
                        leaf.extend(values.by_ref().take(to - from));
                        if leaf.len() == len {
                            known.push(((start, len), fold.run_lifted(&leaf)));
                            leaf.clear();
                        }
                    }
                }
            }
        }
        let mut next = known.into_iter().peekable();
        node(fold, 0, total, &mut next).unwrap_or_else(|| fold_line(self.stream, fold, 0, 1))
    }
}

/// Puts known nodes, in order from left to right, together along the tree.
fn node<F: Fold>(
    fold: F,
    start: usize,
    len: usize,
    known: &mut std::iter::Peekable<std::vec::IntoIter<((usize, usize), F::Acc)>>,
) -> Option<F::Acc> {
    if known.peek().is_some_and(|(at, _)| *at == (start, len)) {
        return known.next().map(|(_, value)| value);
    }
    let half = fold.split(len)?;
    let left = node(fold, start, half, known)?;
    let right = node(fold, start + half, len - half, known)?;
    Some(fold.combine(left, right))
}

/// The bytes of plain values.
fn bytes_of<T: Copy>(values: &[T]) -> &[u8] {
    // SAFETY: plain values; padding of an `Option` is never looked at but may travel.
    unsafe { std::slice::from_raw_parts(values.as_ptr().cast(), size_of_val(values)) }
}

/// Every rank's values, in rank order.
fn gather_values<T: Copy>(mine: &[T], counts: &[usize]) -> Vec<T> {
    let lens: Vec<u64> = counts.iter().map(|&n| (n * size_of::<T>()) as u64).collect();
    let total: usize = counts.iter().sum();
    let mut out: Vec<T> = Vec::with_capacity(total);
    // SAFETY: room for all values; every byte is written by the gather.
    let room = unsafe { std::slice::from_raw_parts_mut(out.as_mut_ptr().cast::<u8>(), total * size_of::<T>()) };
    world::all_gather(bytes_of(mine), &lens, room);
    // SAFETY: written above by ranks that run this same code.
    unsafe { out.set_len(total) };
    out
}

fn exchange_all<T: Copy>(mine: &[T]) -> Vec<T> {
    gather_values(mine, &vec![mine.len(); world::size()])
}

fn broadcast_values<T: Copy>(values: &mut [T], root: usize) {
    // SAFETY: plain values, from a rank that runs this same code.
    let bytes = unsafe { std::slice::from_raw_parts_mut(values.as_mut_ptr().cast::<u8>(), size_of_val(values)) };
    world::broadcast(bytes, root);
}
