//! `numpy.random.SeedSequence`: from entropy of any size to well-mixed state.
//!
//! Source: M. E. O'Neill's `seed_seq` design as NumPy's `bit_generator.pyx` has it, pool of
//! four 32-bit words, no spawn key.

const POOL_LEN: usize = 4;
const INIT_A: u32 = 0x43b0_d7e5;
const MULT_A: u32 = 0x931e_8875;
const INIT_B: u32 = 0x8b51_f9dd;
const MULT_B: u32 = 0x58f3_8ded;
const MIX_MULT_L: u32 = 0xca01_f9dd;
const MIX_MULT_R: u32 = 0x4973_f715;

/// Mixed entropy, from which generators draw their first state.
#[derive(Clone, Debug)]
pub struct SeedSequence {
    pool: [u32; POOL_LEN],
}

impl SeedSequence {
    /// `SeedSequence(entropy)` of a non-negative integer.
    pub fn from_int(entropy: u128) -> SeedSequence {
        SeedSequence::from_words(&int_words(entropy))
    }

    /// `SeedSequence([a, b, ...])` of non-negative integers.
    pub fn from_ints(entropy: &[u128]) -> SeedSequence {
        let words: Vec<u32> = entropy.iter().flat_map(|&int| int_words(int)).collect();
        SeedSequence::from_words(&words)
    }

    /// From 32-bit words, least significant first.
    pub fn from_words(entropy: &[u32]) -> SeedSequence {
        let mut hash_const = INIT_A;
        let mut hash = |value: u32| {
            let value = value ^ hash_const;
            hash_const = hash_const.wrapping_mul(MULT_A);
            let value = value.wrapping_mul(hash_const);
            value ^ (value >> 16)
        };
        let mut pool = [0; POOL_LEN];
        for (i, slot) in pool.iter_mut().enumerate() {
            *slot = hash(entropy.get(i).copied().unwrap_or(0));
        }
        for src in 0..POOL_LEN {
            for dst in (0..POOL_LEN).filter(|&dst| dst != src) {
                pool[dst] = mix(pool[dst], hash(pool[src]));
            }
        }
        for &word in entropy.iter().skip(POOL_LEN) {
            for slot in &mut pool {
                *slot = mix(*slot, hash(word));
            }
        }
        SeedSequence { pool }
    }

    /// `generate_state(N, uint64)`.
    pub fn state<const N: usize>(&self) -> [u64; N] {
        let mut hash_const = INIT_B;
        let mut words = self.pool.iter().cycle().map(|&word| {
            let value = word ^ hash_const;
            hash_const = hash_const.wrapping_mul(MULT_B);
            let value = value.wrapping_mul(hash_const);
            (value ^ (value >> 16)) as u64
        });
        let mut next = || words.next().unwrap_or(0);
        std::array::from_fn(|_| next() | next() << 32)
    }
}

fn mix(x: u32, y: u32) -> u32 {
    let value = MIX_MULT_L.wrapping_mul(x).wrapping_sub(MIX_MULT_R.wrapping_mul(y));
    value ^ (value >> 16)
}

/// The 32-bit digits of an integer, least significant first, at least one.
fn int_words(int: u128) -> Vec<u32> {
    let mut words = vec![int as u32];
    let mut rest = int >> 32;
    while rest != 0 {
        words.push(rest as u32);
        rest >>= 32;
    }
    words
}
