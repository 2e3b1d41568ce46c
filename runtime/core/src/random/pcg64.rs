//! PCG64 (XSL-RR 128/64), NumPy's default bit generator.
//!
//! Source: M. E. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good
//! Algorithms for Random Number Generation", 2014; jumping ahead: F. Brown, 1994.

use super::seed::SeedSequence;

const MULTIPLIER: u128 = 0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645;

/// State of the stream. A clone continues alike, so `advance` on clones splits a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pcg64 {
    pub state: u128,
    pub increment: u128,
    /// The unused upper half of the last 64-bit draw made for 32 bits.
    pub spare: Option<u32>,
}

impl Pcg64 {
    /// `PCG64(seed_sequence)`.
    pub fn new(seed: &SeedSequence) -> Pcg64 {
        let [state_high, state_low, seq_high, seq_low] = seed.state::<4>();
        let join = |high: u64, low: u64| (high as u128) << 64 | low as u128;
        let increment = join(seq_high, seq_low) << 1 | 1;
        let mut pcg = Pcg64 {
            state: 0,
            increment,
            spare: None,
        };
        pcg.step();
        pcg.state = pcg.state.wrapping_add(join(state_high, state_low));
        pcg.step();
        pcg
    }

    #[inline]
    fn step(&mut self) {
        self.state = self.state.wrapping_mul(MULTIPLIER).wrapping_add(self.increment);
    }

    #[inline]
    pub fn next_u64(&mut self) -> u64 {
        self.step();
        let folded = (self.state >> 64) as u64 ^ self.state as u64;
        folded.rotate_right((self.state >> 122) as u32)
    }

    /// The lower half of a draw first, its upper half the next time.
    #[inline]
    pub fn next_u32(&mut self) -> u32 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        let draw = self.next_u64();
        self.spare = Some((draw >> 32) as u32);
        draw as u32
    }

    /// Uniform in [0, 1), 53 bits, one 64-bit draw.
    #[inline]
    pub fn next_f64(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
    }

    /// Uniform in [0, 1), 24 bits, one 32-bit draw.
    #[inline]
    pub fn next_f32(&mut self) -> f32 {
        (self.next_u32() >> 8) as f32 * (1.0 / 16_777_216.0)
    }

    /// Skips `n` 64-bit draws, as `PCG64.advance(n)`: O(log n), and the spare half is dropped.
    pub fn advance(&mut self, n: u128) {
        let (mut factor, mut addend) = (MULTIPLIER, self.increment);
        let (mut total_factor, mut total_addend) = (1u128, 0u128);
        let mut rest = n;
        while rest > 0 {
            if rest & 1 == 1 {
                total_factor = total_factor.wrapping_mul(factor);
                total_addend = total_addend.wrapping_mul(factor).wrapping_add(addend);
            }
            addend = factor.wrapping_add(1).wrapping_mul(addend);
            factor = factor.wrapping_mul(factor);
            rest >>= 1;
        }
        self.state = total_factor.wrapping_mul(self.state).wrapping_add(total_addend);
        self.spare = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advancing_is_drawing() {
        for n in [0u32, 1, 2, 7, 1000, 4097] {
            let mut slow = Pcg64::new(&SeedSequence::from_int(7));
            let mut fast = slow.clone();
            for _ in 0..n {
                slow.next_u64();
            }
            fast.advance(n as u128);
            assert_eq!(slow, fast);
        }
    }
}
