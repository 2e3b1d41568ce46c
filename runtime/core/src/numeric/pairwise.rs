//! NumPy's pairwise summation: one fixed tree over `n` elements, whoever evaluates it.
//!
//! A node of more than 128 numbers splits at `n/2 - (n/2) % 8`; a leaf has eight
//! accumulators. The tree depends on `n` alone, so tiles, threads and ranks may each evaluate
//! the subtrees they hold, with the same bits. `np.sum` adds the tree's value to 0.0.
//!
//! Source: Higham, SIAM J. Sci. Comput. 14 (1993) 783; NumPy's `loops_utils.h.src`.

use super::element::Complex;
use std::ops::Add;

/// Numbers in a leaf, at most; a complex element is two numbers.
pub const LEAF_LEN: usize = 128;

/// An element that sums pairwise.
pub trait Summand: Copy + Add<Output = Self> {
    /// Numbers in an element.
    const WIDTH: usize;
    const ZERO: Self;
    const NEGATIVE_ZERO: Self;
    /// Sums a leaf: at most `LEAF_LEN / WIDTH` elements.
    fn leaf(a: &[Self]) -> Self;
}

/// Where a node of `n` elements of `width` numbers splits; `None` for a leaf.
#[inline]
pub fn split(n: usize, width: usize) -> Option<usize> {
    let numbers = n * width;
    if numbers <= LEAF_LEN {
        return None;
    }
    let half = numbers / 2;
    Some((half - half % 8) / width)
}

/// Sums contiguous elements in NumPy's tree.
pub fn pairwise_sum<T: Summand>(a: &[T]) -> T {
    match split(a.len(), T::WIDTH) {
        None => T::leaf(a),
        Some(at) => pairwise_sum(&a[..at]) + pairwise_sum(&a[at..]),
    }
}

/// [`pairwise_sum`] of doubles.
pub fn pairwise_sum_f64(a: &[f64]) -> f64 {
    pairwise_sum(a)
}

/// [`pairwise_sum`] of single-precision floats, summed in single precision.
pub fn pairwise_sum_f32(a: &[f32]) -> f32 {
    pairwise_sum(a)
}

/// [`pairwise_sum`] of complex numbers.
pub fn pairwise_sum_c128(a: &[Complex]) -> Complex {
    pairwise_sum(a)
}

/// Evaluates the tree over `n` elements from ranges of at most `max_len`: `eval(start, len)`
/// gives the pairwise sum of that range, each range being a subtree.
///
/// Order:  `eval` is called on ranges from left to right.
/// Errors: none; `max_len` below a leaf's length counts as a leaf's.
pub fn pairwise_tree<T: Summand>(n: usize, max_len: usize, eval: &mut dyn FnMut(usize, usize) -> T) -> T {
    fn node<T: Summand>(start: usize, n: usize, max_len: usize, eval: &mut dyn FnMut(usize, usize) -> T) -> T {
        match split(n, T::WIDTH).filter(|_| n > max_len) {
            None => eval(start, n),
            Some(at) => {
                let left = node(start, at, max_len, eval);
                left + node(start + at, n - at, max_len, eval)
            }
        }
    }
    node(0, n, max_len, eval)
}

/// A part of the tree that a range of elements takes part in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A whole node inside the range: its pairwise sum is all that others need.
    Subtree { start: usize, len: usize },
    /// A leaf that an edge of the range cuts: others need the elements `from..to` as they are.
    CutLeaf {
        start: usize,
        len: usize,
        from: usize,
        to: usize,
    },
}

/// The maximal subtrees inside `lo..hi` of the tree over `n` elements, and the leaves that its
/// edges cut (at most two), from left to right.
pub fn pieces(n: usize, width: usize, lo: usize, hi: usize) -> Vec<Piece> {
    fn node(start: usize, len: usize, width: usize, lo: usize, hi: usize, out: &mut Vec<Piece>) {
        let (from, to) = (start.max(lo), (start + len).min(hi));
        if from >= to {
            return;
        }
        if (from, to) == (start, start + len) {
            out.push(Piece::Subtree { start, len });
            return;
        }
        match split(len, width) {
            None => out.push(Piece::CutLeaf { start, len, from, to }),
            Some(at) => {
                node(start, at, width, lo, hi, out);
                node(start + at, len - at, width, lo, hi, out);
            }
        }
    }
    let mut out = Vec::new();
    node(0, n, width, lo, hi, &mut out);
    out
}

/// The value of the tree over `n` elements from the values of some of its nodes: `known(start,
/// len)` gives a node's value where it is at hand. `None` if a leaf is missing.
pub fn combine<T: Summand>(n: usize, known: &mut dyn FnMut(usize, usize) -> Option<T>) -> Option<T> {
    fn node<T: Summand>(start: usize, n: usize, known: &mut dyn FnMut(usize, usize) -> Option<T>) -> Option<T> {
        if let Some(value) = known(start, n) {
            return Some(value);
        }
        let at = split(n, T::WIDTH)?;
        let left = node(start, at, known)?;
        Some(left + node(start + at, n - at, known)?)
    }
    node(0, n, known)
}

macro_rules! real_summand {
    ($ty:ty) => {
        impl Summand for $ty {
            const WIDTH: usize = 1;
            const ZERO: $ty = 0.0;
            const NEGATIVE_ZERO: $ty = -0.0;
            #[inline]
            fn leaf(a: &[$ty]) -> $ty {
                if a.len() < 8 {
                    return a.iter().fold(-0.0, |sum, &x| sum + x);
                }
                let (blocks, tail) = a.as_chunks::<8>();
                let mut r = blocks[0];
                for block in &blocks[1..] {
                    for (sum, &x) in r.iter_mut().zip(block) {
                        *sum += x;
                    }
                }
                let sum = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
                tail.iter().fold(sum, |sum, &x| sum + x)
            }
        }
    };
}

real_summand!(f32);
real_summand!(f64);

impl Summand for Complex {
    const WIDTH: usize = 2;
    const ZERO: Complex = Complex { re: 0.0, im: 0.0 };
    const NEGATIVE_ZERO: Complex = Complex { re: -0.0, im: -0.0 };
    fn leaf(a: &[Complex]) -> Complex {
        if a.len() < 4 {
            return a.iter().fold(Complex::NEGATIVE_ZERO, |sum, &x| sum + x);
        }
        let (blocks, tail) = a.as_chunks::<4>();
        let mut r = blocks[0];
        for block in &blocks[1..] {
            for (sum, &x) in r.iter_mut().zip(block) {
                *sum = *sum + x;
            }
        }
        let sum = (r[0] + r[1]) + (r[2] + r[3]);
        tail.iter().fold(sum, |sum, &x| sum + x)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(n: usize) -> Vec<f64> {
        // A linear congruence: no two partial sums alike.
        let mut state = 1u64;
        let mut next = || {
            state = state
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            (state >> 11) as f64 / 1e12 - 3000.0
        };
        (0..n).map(|_| next()).collect()
    }

    #[test]
    fn tiles_and_ranks_have_the_bits_of_the_whole() {
        for n in [0, 1, 7, 8, 9, 127, 128, 129, 136, 1000, 8191, 8192, 8193, 100_003] {
            let a = numbers(n);
            let whole = pairwise_sum_f64(&a);
            for max_len in [1, 128, 1000, 8192] {
                let tiled = pairwise_tree(n, max_len, &mut |start, len| {
                    assert!(len <= max_len.max(LEAF_LEN));
                    pairwise_sum_f64(&a[start..start + len])
                });
                assert_eq!(tiled.to_bits(), whole.to_bits());
            }
            for n_ranks in [1, 2, 3, 7, 64] {
                assert_eq!(by_ranks(&a, n_ranks).to_bits(), whole.to_bits(), "{n} on {n_ranks}");
            }
        }
    }

    /// Each rank gives its pieces; one combines them.
    fn by_ranks(a: &[f64], n_ranks: usize) -> f64 {
        let n = a.len();
        let mut known = std::collections::BTreeMap::new();
        let mut cut: std::collections::BTreeMap<(usize, usize), Vec<f64>> = Default::default();
        for rank in 0..n_ranks {
            let (lo, hi) = (n * rank / n_ranks, n * (rank + 1) / n_ranks);
            for piece in pieces(n, 1, lo, hi) {
                match piece {
                    Piece::Subtree { start, len } => {
                        known.insert((start, len), pairwise_sum_f64(&a[start..start + len]));
                    }
                    Piece::CutLeaf { start, len, from, to } => {
                        cut.entry((start, len)).or_default().extend(&a[from..to]);
                    }
                }
            }
        }
        for (node, elements) in cut {
            assert_eq!(node.1, elements.len());
            known.insert(node, pairwise_sum_f64(&elements));
        }
        if n == 0 {
            return pairwise_sum_f64(a);
        }
        combine(n, &mut |start, len| known.get(&(start, len)).copied()).unwrap()
    }
}
