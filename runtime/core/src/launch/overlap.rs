//! Whether two operands meet in memory.
//!
//! The points of an operand are `ptr + Σ i[d]·stride[d]`. Two operands share a byte when
//! `Σ s·x = delta` has a solution in bounded integers `x`, which is searched for along the
//! strides from large to small; views of one array nest, so there is little to search.

use super::nest::Op;
use lnp_abi::MAX_NDIM;

/// How an output and an input of the same points lie to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlap {
    None,
    /// Point for point the same element.
    Same,
    Some,
}

/// Steps of the search before it gives up and says yes.
const BUDGET: u32 = 200;

/// Compares an output with an input over `extents`.
pub fn overlap(extents: &[i64], out: &Op, out_size: usize, input: &Op, in_size: usize) -> Overlap {
    let (a, b) = (span(extents, out, out_size), span(extents, input, in_size));
    if a.1 <= b.0 || b.1 <= a.0 {
        return Overlap::None;
    }
    let n = extents.len();
    let same = out.ptr == input.ptr
        && out_size == in_size
        && (0..n).all(|d| extents[d] == 1 || (out.strides[d] == input.strides[d] && out.strides[d] != 0));
    if same {
        return Overlap::Same;
    }
    // Terms (stride, least x, most x) with positive strides; same strides merged.
    let mut terms: [(i64, i64, i64); 2 * MAX_NDIM + 1] = [(0, 0, 0); 2 * MAX_NDIM + 1];
    let mut n_terms = 0;
    let mut add = |stride: i64, lo: i64, hi: i64| {
        let (stride, lo, hi) = if stride < 0 {
            (-stride, -hi, -lo)
        } else {
            (stride, lo, hi)
        };
        if stride == 0 || lo == hi {
            return;
        }
        match terms[..n_terms].iter_mut().find(|t| t.0 == stride) {
            Some(term) => {
                term.1 += lo;
                term.2 += hi;
            }
            None => {
                terms[n_terms] = (stride, lo, hi);
                n_terms += 1;
            }
        }
    };
    for d in 0..n {
        add(out.strides[d], 0, extents[d] - 1);
        add(input.strides[d], -(extents[d] - 1), 0);
    }
    // Bytes of an element.
    add(1, -(in_size as i64 - 1), out_size as i64 - 1);
    let terms = &mut terms[..n_terms];
    terms.sort_unstable_by_key(|t| std::cmp::Reverse(t.0));
    let delta = (input.ptr as i64).wrapping_sub(out.ptr as i64);
    let mut budget = BUDGET;
    if solvable(terms, delta, &mut budget) {
        Overlap::Some
    } else {
        Overlap::None
    }
}

/// First byte and the byte after the last.
fn span(extents: &[i64], op: &Op, size: usize) -> (i64, i64) {
    let (mut lo, mut hi) = (op.ptr as i64, op.ptr as i64 + size as i64);
    for (&n, &s) in extents.iter().zip(&op.strides) {
        let reach = (n - 1) * s;
        lo += reach.min(0);
        hi += reach.max(0);
    }
    (lo, hi)
}

fn solvable(terms: &[(i64, i64, i64)], delta: i64, budget: &mut u32) -> bool {
    let Some((&(stride, lo, hi), rest)) = terms.split_first() else {
        return delta == 0;
    };
    let (rest_lo, rest_hi) = rest
        .iter()
        .fold((0i64, 0i64), |acc, t| (acc.0 + t.0 * t.1, acc.1 + t.0 * t.2));
    // delta - rest must be reachable: stride·x in [delta - rest_hi, delta - rest_lo].
    let from = lo.max(-(rest_hi - delta).div_euclid(stride));
    let to = hi.min((delta - rest_lo).div_euclid(stride));
    for x in from..=to {
        if *budget == 0 {
            return true;
        }
        *budget -= 1;
        if solvable(rest, delta - stride * x, budget) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn op(at: i64, strides: &[i64]) -> Op {
        let mut s = [0; MAX_NDIM];
        s[..strides.len()].copy_from_slice(strides);
        Op {
            ptr: (1_000_000 + at) as *mut u8,
            strides: s,
        }
    }

    fn brute(extents: &[i64], a: &Op, b: &Op, size: i64) -> bool {
        let points = |o: &Op| -> Vec<i64> {
            let mut all = vec![o.ptr as i64];
            for (d, &n) in extents.iter().enumerate() {
                all = all
                    .iter()
                    .flat_map(|p| (0..n).map(move |i| p + i * o.strides[d]))
                    .collect();
            }
            all
        };
        let pb = points(b);
        points(a).iter().any(|x| pb.iter().any(|y| (x - y).abs() < size))
    }

    #[test]
    fn agrees_with_enumeration() {
        let extents = [3i64, 4];
        let mut n_some = 0;
        for at in (-300..300).step_by(4) {
            for (sa, sb) in [
                ([80, 8], [80, 8]),
                ([160, 8], [80, 16]),
                ([80, -8], [80, 8]),
                ([8, 80], [80, 8]),
                ([40, 8], [0, 8]),
            ] {
                let (a, b) = (op(0, &sa), op(at, &sb));
                let want = brute(&extents, &a, &b, 8);
                let got = overlap(&extents, &a, 8, &b, 8);
                assert_eq!(want, got != Overlap::None, "{at} {sa:?} {sb:?}");
                n_some += u32::from(want);
            }
        }
        assert!(n_some > 100);
        assert_eq!(
            overlap(&extents, &op(0, &[80, 8]), 8, &op(0, &[80, 8]), 8),
            Overlap::Same
        );
        // Columns of one array: the spans meet, the elements do not.
        assert_eq!(overlap(&[5], &op(72, &[80]), 8, &op(64, &[80]), 8), Overlap::None);
    }
}
