//! The order in which NumPy visits an array that it reduces, and how it cuts it into calls of
//! the inner loop.
//!
//! Bits of a float sum depend on both: axes are sorted by stride and coalesced, and where
//! elements must be copied (a cast, or axes that do not coalesce) they pass through a buffer
//! of 8192 elements, each fill summed by itself.
//!
//! Source: NumPy 2.4's `nditer_constr.c`: `npyiter_find_best_axis_ordering`,
//! `npyiter_coalesce_axes`, `npyiter_find_buffering_setup`, for the two operands (result,
//! source) of a reduction whose result NumPy allocates.

/// Elements in NumPy's buffer.
const BUFFER_LEN: usize = 8192;

/// One dimension of the iteration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dim {
    pub extent: usize,
    /// Bytes from one element of the source to the next.
    pub src: isize,
    /// Elements from one result to the next; 0 where reduced.
    pub out: usize,
    pub reduced: bool,
}

/// The dimensions to visit, fastest first, without those of extent 1.
pub(super) fn iteration(shape: &[usize], strides: &[isize], axes: &[bool]) -> Vec<Dim> {
    let mut dims = Vec::with_capacity(shape.len());
    let mut out = 1;
    for axis in (0..shape.len()).rev() {
        let (extent, reduced) = (shape[axis], axes[axis]);
        if extent != 1 {
            dims.push(Dim {
                extent,
                src: strides[axis],
                out: if reduced { 0 } else { out },
                reduced,
            });
        }
        if !reduced {
            out *= extent;
        }
    }
    sort(&mut dims);
    coalesce(dims)
}

/// NumPy's insertion sort, smallest stride first; a zero stride compares with nothing, and
/// equal strides keep C order.
fn sort(dims: &mut Vec<Dim>) {
    for i in 1..dims.len() {
        let mut insert_at = i;
        for j in (0..i).rev() {
            let (this, other) = (dims[i].src.unsigned_abs(), dims[j].src.unsigned_abs());
            if this == 0 || other == 0 {
                continue;
            }
            if other <= this {
                break;
            }
            insert_at = j;
        }
        let dim = dims.remove(i);
        dims.insert(insert_at, dim);
    }
}

fn coalesce(dims: Vec<Dim>) -> Vec<Dim> {
    let mut merged: Vec<Dim> = Vec::with_capacity(dims.len());
    for dim in dims {
        match merged.last_mut() {
            Some(inner)
                if inner.reduced == dim.reduced
                    && inner.src * inner.extent as isize == dim.src
                    && inner.out * inner.extent == dim.out =>
            {
                inner.extent *= dim.extent;
            }
            _ => merged.push(dim),
        }
    }
    merged
}

/// How the innermost dimensions, all reduced, are cut into calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Calls {
    /// So many innermost dimensions form a block.
    pub n_dims: usize,
    /// Elements of a block in one call; the last call of a block may have fewer.
    pub len: usize,
}

/// The calls for dimensions whose first is reduced. `cast`: the source is converted.
pub(super) fn calls(dims: &[Dim], cast: bool) -> Calls {
    let mut cost = 1 + cast as usize;
    // How many dimensions each operand steps through with one stride.
    let (mut out_single, mut src_single) = (1, 1);
    let mut reduce_dim = None;
    let mut size = dims[0].extent;
    let (mut best_dim, mut best_cost, mut best_size, mut best_core) = (0, cost, size, 1);
    for idim in 1..dims.len() {
        if reduce_dim.is_some() || (size >= BUFFER_LEN && cost > 1) {
            break;
        }
        let (inner, dim) = (&dims[idim - 1], &dims[idim]);
        // The result: its stride is 0 up to the first dimension that is kept.
        if out_single == idim && dim.reduced {
            out_single += 1;
        } else {
            if out_single == idim {
                cost += 1;
            }
            reduce_dim = Some(idim);
        }
        // The source.
        if src_single == idim {
            if inner.src * inner.extent as isize == dim.src {
                src_single += 1;
            } else if !cast {
                cost += 1;
            }
        }
        let core = size;
        size = size.saturating_mul(dim.extent);
        let limit = if cost > 1 { BUFFER_LEN } else { usize::MAX };
        if cost as f64 * best_size as f64 <= best_cost as f64 * size.min(limit) as f64 {
            (best_dim, best_cost, best_size, best_core) = (idim, cost, size, core);
        }
    }
    if reduce_dim == Some(best_dim) {
        // The iterator runs over kept elements outside; a call is one core.
        return Calls {
            n_dims: best_dim,
            len: best_core,
        };
    }
    let buffered = cast || src_single <= best_dim;
    let len = if buffered && best_size > BUFFER_LEN {
        best_core * (BUFFER_LEN / best_core)
    } else {
        best_size
    };
    Calls {
        n_dims: best_dim + 1,
        len: len.max(1),
    }
}

/// Calls `visit(src, out)` for each index of `dims`, the first fastest: the byte offset of the
/// source element and the index of its result.
pub(super) fn walk(dims: &[Dim], mut visit: impl FnMut(isize, usize)) {
    if dims.iter().any(|dim| dim.extent == 0) {
        return;
    }
    let mut index = vec![0; dims.len()];
    let (mut src, mut out) = (0isize, 0usize);
    loop {
        visit(src, out);
        let mut axis = 0;
        loop {
            let Some(dim) = dims.get(axis) else { return };
            index[axis] += 1;
            src += dim.src;
            out += dim.out;
            if index[axis] < dim.extent {
                break;
            }
            src -= dim.src * dim.extent as isize;
            out -= dim.out * dim.extent;
            index[axis] = 0;
            axis += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calls_of(shape: &[usize], strides: &[isize], axes: &[bool]) -> Calls {
        calls(&iteration(shape, strides, axes), false)
    }

    #[test]
    fn contiguous_axes_are_one_call() {
        assert_eq!(
            calls_of(&[100, 100], &[800, 8], &[true, true]),
            Calls { n_dims: 1, len: 10_000 }
        );
        assert_eq!(
            calls_of(&[100, 100], &[8, 800], &[true, true]),
            Calls { n_dims: 1, len: 10_000 }
        );
    }

    #[test]
    fn views_that_do_not_coalesce_pass_through_the_buffer() {
        assert_eq!(
            calls_of(&[98, 58], &[480, 8], &[true, true]),
            Calls { n_dims: 2, len: 5684 }
        );
        assert_eq!(
            calls_of(&[500, 98], &[800, 8], &[true, true]),
            Calls { n_dims: 2, len: 8134 }
        );
        // A row longer than half the buffer stays where it is.
        assert_eq!(
            calls_of(&[9, 5000], &[48_000, 8], &[true, true]),
            Calls { n_dims: 1, len: 5000 }
        );
    }

    #[test]
    fn rows_are_summed_one_by_one() {
        assert_eq!(
            calls_of(&[50, 100], &[800, 8], &[false, true]),
            Calls { n_dims: 1, len: 100 }
        );
    }
}
