//! The least and the greatest of elements, as `numpy.minimum` and `numpy.maximum` see them: a
//! NaN wins, and of equals the later.
//!
//! A run is searched in lanes, whose result is the same value; only where a NaN or zeros of
//! both signs are among the elements does their order decide, and they are gone through again.

use super::element::Complex;

/// Lanes of a search: as many comparisons as fit the processor's registers at once.
const LANES: usize = 16;

/// Elements with an order.
pub trait Ranked: Copy {
    fn is_nan(self) -> bool;
    fn below(self, other: Self) -> bool;
    /// Whether equal elements may differ in their bits (zeros).
    fn is_ambiguous(self) -> bool;
}

macro_rules! ranked_int {
    ($($ty:ty),*) => { $(impl Ranked for $ty {
        #[inline(always)]
        fn is_nan(self) -> bool { false }
        #[inline(always)]
        fn below(self, other: $ty) -> bool { self < other }
        #[inline(always)]
        fn is_ambiguous(self) -> bool { false }
    })* };
}
ranked_int!(u8, i32, i64);

macro_rules! ranked_float {
    ($($ty:ty),*) => { $(impl Ranked for $ty {
        #[inline(always)]
        #[allow(clippy::eq_op)]
        fn is_nan(self) -> bool { self != self }
        #[inline(always)]
        fn below(self, other: $ty) -> bool { self < other }
        #[inline(always)]
        fn is_ambiguous(self) -> bool { self == 0.0 }
    })* };
}
ranked_float!(f32, f64);

impl Ranked for Complex {
    fn is_nan(self) -> bool {
        self.re.is_nan() || self.im.is_nan()
    }
    fn below(self, other: Complex) -> bool {
        self.re < other.re || (self.re == other.re && self.im < other.im)
    }
    fn is_ambiguous(self) -> bool {
        self.re == 0.0 || self.im == 0.0
    }
}

/// The smaller or larger of two; NaN wins, of equals the later.
#[inline(always)]
pub fn extreme<T: Ranked>(max: bool, a: T, b: T) -> T {
    // Without branches, so that columns are compared in lanes.
    if a.is_nan() | (!b.is_nan() & beats(max, a, b)) {
        a
    } else {
        b
    }
}

#[inline(always)]
fn beats<T: Ranked>(max: bool, a: T, b: T) -> bool {
    if max { b.below(a) } else { a.below(b) }
}

/// [`extreme`] of a run that is not empty, from left to right.
pub fn extreme_of<T: Ranked>(max: bool, xs: &[T]) -> T {
    let found = if max {
        search::<T, true>(xs)
    } else {
        search::<T, false>(xs)
    };
    match found {
        Some(value) if !value.is_ambiguous() => value,
        _ => xs[1..].iter().fold(xs[0], |a, &b| extreme(max, a, b)),
    }
}

/// The value of the extreme; `None` where a NaN is among the elements.
fn search<T: Ranked, const MAX: bool>(xs: &[T]) -> Option<T> {
    let mut best = [xs[0]; LANES];
    let mut nan = [false; LANES];
    let (chunks, rest) = xs.as_chunks::<LANES>();
    for chunk in chunks {
        for k in 0..LANES {
            best[k] = if beats(MAX, chunk[k], best[k]) {
                chunk[k]
            } else {
                best[k]
            };
            nan[k] |= chunk[k].is_nan();
        }
    }
    let any = nan.contains(&true) || rest.iter().any(|x| x.is_nan());
    let all = best.iter().chain(rest);
    (!any).then(|| all.fold(xs[0], |a, &b| if beats(MAX, b, a) { b } else { a }))
}

/// Where the first NaN is, or else the first extreme, in a run that is not empty.
pub fn first_extreme<T: Ranked>(max: bool, xs: &[T]) -> usize {
    let found = if max {
        search::<T, true>(xs)
    } else {
        search::<T, false>(xs)
    };
    let first = match found {
        Some(value) => position(xs, |x| !beats(max, value, x) & !x.is_nan()),
        None => position(xs, |x| x.is_nan()),
    };
    first.unwrap_or(0)
}

/// The first element that is wanted, looked for in whole chunks first.
fn position<T: Copy>(xs: &[T], is_wanted: impl Fn(T) -> bool) -> Option<usize> {
    const CHUNK: usize = 4 * LANES;
    let has_one = |chunk: &[T]| chunk.iter().fold(false, |any, &x| any | is_wanted(x));
    let chunk = xs.chunks(CHUNK).position(has_one)?;
    let start = chunk * CHUNK;
    xs[start..].iter().position(|&x| is_wanted(x)).map(|at| start + at)
}

/// For each column of `rows`: the row of its first NaN, or else of its first extreme. `out` has a
/// place for each column; `rows` holds at least one row.
pub fn first_extremes<T: Ranked>(max: bool, rows: &[T], out: &mut [i64]) {
    if max {
        first_extremes_of::<T, true>(rows, out)
    } else {
        first_extremes_of::<T, false>(rows, out)
    }
}

fn first_extremes_of<T: Ranked, const MAX: bool>(rows: &[T], out: &mut [i64]) {
    let mut rows = rows.chunks_exact(out.len()).zip(0..);
    let Some((first, _)) = rows.next() else { return };
    let mut best = first.to_vec();
    out.fill(0);
    for (row, number) in rows {
        for ((x, best), at) in row.iter().zip(&mut best).zip(&mut *out) {
            let takes = !best.is_nan() & (x.is_nan() | beats(MAX, *x, *best));
            *best = if takes { *x } else { *best };
            *at = if takes { number } else { *at };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_agree_with_one_after_the_other() {
        let mut state = 7u64;
        let mut dice = |n: u64| {
            state = state
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            (state >> 33) % n
        };
        let values = [0.0, -0.0, 1.5, -1.5, 2.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN];
        for round in 0..3000 {
            let n = 1 + dice(70) as usize;
            let most = if round % 3 == 0 { 8 } else { 5 };
            let xs: Vec<f64> = (0..n).map(|_| values[dice(most) as usize]).collect();
            for max in [true, false] {
                let want = xs[1..].iter().fold(xs[0], |a, &b| extreme(max, a, b));
                assert_eq!(extreme_of(max, &xs).to_bits(), want.to_bits(), "{xs:?}");
                let at = xs.iter().position(|x| x.is_nan() || (!want.is_nan() && *x == want));
                assert_eq!(Some(first_extreme(max, &xs)), at, "{xs:?}");
            }
            let width = 1 + dice(4) as usize;
            let rows = &xs[..n / width * width];
            for max in [true, false] {
                let mut at = vec![7; width];
                first_extremes(max, rows, &mut at);
                for (column, &at) in at.iter().enumerate().filter(|_| !rows.is_empty()) {
                    let column: Vec<f64> = rows.iter().skip(column).step_by(width).copied().collect();
                    assert_eq!(at, first_extreme(max, &column) as i64, "{column:?}");
                }
            }
            let ints: Vec<i64> = xs.iter().map(|&x| x as i64).collect();
            assert_eq!(extreme_of(true, &ints), *ints.iter().max().unwrap());
            assert_eq!(extreme_of(false, &ints), *ints.iter().min().unwrap());
        }
    }
}
