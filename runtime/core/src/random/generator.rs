//! `numpy.random.Generator` over PCG64: NumPy's own numbers, bit for bit.
//!
//! Methods fill slices in C order, as NumPy fills an array; a slice of one is NumPy's
//! `size=None`. State passes from call to call as in NumPy, the spare 32 bits included.

use super::dist::{Continuous, Discrete};
use super::pcg64::Pcg64;
use super::seed::SeedSequence;
use super::sys::{self, BinomialCache};
use crate::text::TextError;

/// A stream of random numbers.
#[derive(Clone, Debug)]
pub struct Generator {
    pub bits: Pcg64,
    binomial: BinomialCache,
}

/// `np.random.default_rng(seed)` of a non-negative integer. For `seed=None`, pass entropy.
pub fn default_rng(seed: u128) -> Generator {
    Generator::new(&SeedSequence::from_int(seed))
}

impl Generator {
    pub fn new(seed: &SeedSequence) -> Generator {
        Generator::over(Pcg64::new(seed))
    }

    /// Continues the given stream.
    pub fn over(bits: Pcg64) -> Generator {
        Generator {
            bits,
            binomial: BinomialCache::default(),
        }
    }

    /// `random(size)`: uniform in [0, 1); element `i` is draw `i`, so parts of a large array
    /// can be filled by generators [advanced](Pcg64::advance) to their place.
    pub fn random(&mut self, out: &mut [f64]) {
        for x in out {
            *x = self.bits.next_f64();
        }
    }

    /// `random(size, dtype=float32)`.
    pub fn random_f32(&mut self, out: &mut [f32]) {
        for x in out {
            *x = self.bits.next_f32();
        }
    }

    /// `standard_normal(size)`.
    pub fn standard_normal(&mut self, out: &mut [f64]) {
        sys::standard_normal_fill(&mut self.bits, out);
    }

    /// `standard_normal(size, dtype=float32)`.
    pub fn standard_normal_f32(&mut self, out: &mut [f32]) {
        sys::standard_normal_fill_f32(&mut self.bits, out);
    }

    /// `standard_exponential(size)`.
    pub fn standard_exponential(&mut self, out: &mut [f64]) {
        sys::standard_exponential_fill(&mut self.bits, out);
    }

    /// `standard_exponential(size, dtype=float32)`.
    pub fn standard_exponential_f32(&mut self, out: &mut [f32]) {
        sys::standard_exponential_fill_f32(&mut self.bits, out);
    }

    /// Any continuous distribution: `normal`, `uniform`, `gamma`, …
    ///
    /// Errors: NumPy's, before anything is drawn.
    pub fn continuous(&mut self, dist: Continuous, out: &mut [f64]) -> Result<(), TextError> {
        dist.check()?;
        for x in out {
            *x = dist.draw(&mut self.bits);
        }
        Ok(())
    }

    /// Any discrete distribution: `poisson`, `binomial`, …
    ///
    /// Errors: NumPy's, before anything is drawn.
    pub fn discrete(&mut self, dist: Discrete, out: &mut [i64]) -> Result<(), TextError> {
        dist.check()?;
        for x in out {
            *x = dist.draw(&mut self.bits, &mut self.binomial);
        }
        Ok(())
    }

    /// `integers(low, high, size, endpoint=endpoint)`, dtype `int64`.
    pub fn integers(&mut self, low: i64, high: i64, endpoint: bool, out: &mut [i64]) -> Result<(), TextError> {
        if out.is_empty() {
            return Ok(());
        }
        let last = last_of(low, high, endpoint, i64::MIN, i64::MAX, "int64")?;
        // NumPy draws unsigned numbers; adding their offset wraps to the signed ones.
        let (off, range) = (low as u64, last.wrapping_sub(low) as u64);
        let mut buffer = [0u64; 256];
        for chunk in out.chunks_mut(buffer.len()) {
            let drawn = &mut buffer[..chunk.len()];
            sys::bounded_fill_u64(&mut self.bits, off, range, drawn);
            chunk.iter_mut().zip(drawn).for_each(|(x, draw)| *x = *draw as i64);
        }
        Ok(())
    }

    /// `integers(…, dtype=int32)`.
    pub fn integers_i32(&mut self, low: i64, high: i64, endpoint: bool, out: &mut [i32]) -> Result<(), TextError> {
        if out.is_empty() {
            return Ok(());
        }
        let last = last_of(low, high, endpoint, i32::MIN as i64, i32::MAX as i64, "int32")?;
        let (off, range) = (low as u32, (last - low) as u32);
        let mut buffer = [0u32; 256];
        for chunk in out.chunks_mut(buffer.len()) {
            let drawn = &mut buffer[..chunk.len()];
            sys::bounded_fill_u32(&mut self.bits, off, range, drawn);
            chunk.iter_mut().zip(drawn).for_each(|(x, draw)| *x = *draw as i32);
        }
        Ok(())
    }

    /// `integers(…, dtype=bool)`: 32 of them from one 32-bit draw, anew in each call.
    pub fn integers_bool(&mut self, low: i64, high: i64, endpoint: bool, out: &mut [bool]) -> Result<(), TextError> {
        if out.is_empty() {
            return Ok(());
        }
        let last = last_of(low, high, endpoint, 0, 1, "bool")?;
        let mut drawn = vec![0u8; out.len()];
        sys::bounded_fill_bool(&mut self.bits, low as u8, (last - low) as u8, &mut drawn);
        out.iter_mut().zip(drawn).for_each(|(x, draw)| *x = draw != 0);
        Ok(())
    }

    /// Calls `swap(i, j)` for each exchange of `shuffle(x)`, `len` being the extent of the axis
    /// that is shuffled or the length of a list.
    pub fn shuffle(&mut self, len: usize, mut swap: impl FnMut(usize, usize)) {
        for i in (1..len).rev() {
            swap(i, sys::interval(&mut self.bits, i as u64) as usize);
        }
    }

    /// `permutation(len)`; for an array, the indices to take.
    pub fn permutation(&mut self, out: &mut [i64]) {
        (0..).zip(out.iter_mut()).for_each(|(i, x)| *x = i);
        self.shuffle(out.len(), |i, j| out.swap(i, j));
    }

    /// Uniform in [0, last], by Lemire's method (`shuffle` takes the older masked rejection).
    pub(super) fn bounded(&mut self, last: usize) -> usize {
        sys::bounded_uint64(&mut self.bits, 0, last as u64, 0, false) as usize
    }
}

/// The last integer of the interval, or NumPy's objection.
fn last_of(low: i64, high: i64, endpoint: bool, min: i64, max: i64, dtype: &str) -> Result<i64, TextError> {
    let last = high as i128 - !endpoint as i128;
    let refused = match () {
        () if low < min => format!("low is out of bounds for {dtype}"),
        () if last > max as i128 => format!("high is out of bounds for {dtype}"),
        () if low as i128 > last => format!("low {} high", if endpoint { ">" } else { ">=" }),
        () => return Ok(last as i64),
    };
    Err(TextError::value(refused))
}
