//! `Generator.choice`: which indices are taken.
//!
//! Source: NumPy's `_generator.pyx`: a tail shuffle for large shares of large populations,
//! R. Floyd's set algorithm for the rest.

use super::generator::Generator;
use crate::text::TextError;

impl Generator {
    /// `choice(population, size, replace)` without `p`: indices into the population.
    ///
    /// Errors: NumPy's `ValueError` where the sample is larger than the population.
    pub fn choice(
        &mut self,
        population: usize,
        replace: bool,
        shuffle: bool,
        out: &mut [i64],
    ) -> Result<(), TextError> {
        if population == 0 && !out.is_empty() {
            return Err(TextError::value("a cannot be empty unless no samples are taken"));
        }
        if replace {
            return self.integers(0, population as i64, false, out);
        }
        if out.len() > population {
            return Err(TextError::value(
                "Cannot take a larger sample than population when replace is False",
            ));
        }
        let cutoff = if shuffle { 50 } else { 20 };
        if population > 10_000 && out.len() > population / cutoff {
            self.tail_shuffle(population, out);
        } else {
            self.floyd(population, out);
            if shuffle {
                self.shuffle_tail(out, 1);
            }
        }
        Ok(())
    }

    /// `choice(population, size, p=p)` with replacement.
    ///
    /// Errors: NumPy's, where `p` is no distribution.
    pub fn choice_weighted(&mut self, p: &[f64], out: &mut [i64]) -> Result<(), TextError> {
        let total = kahan_sum(p);
        let refused = match () {
            () if p.is_empty() && !out.is_empty() => "a cannot be empty unless no samples are taken",
            () if total.is_nan() => "Probabilities contain NaN",
            () if p.iter().any(|&x| x < 0.0) => "Probabilities are not non-negative",
            () if (total - 1.0).abs() > f64::EPSILON.sqrt() => {
                "Probabilities do not sum to 1. See Notes section of docstring for more information."
            }
            () => "",
        };
        if !refused.is_empty() {
            return Err(TextError::value(refused));
        }
        let mut cdf = Vec::with_capacity(p.len());
        let mut sum = 0.0;
        for (i, &x) in p.iter().enumerate() {
            sum = if i == 0 { x } else { sum + x };
            cdf.push(sum);
        }
        cdf.iter_mut().for_each(|x| *x /= sum);
        for x in out {
            let draw = self.bits.next_f64();
            *x = cdf.partition_point(|&edge| edge <= draw) as i64;
        }
        Ok(())
    }

    /// Shuffles only the last `out.len()` places of `0..population`, and takes them.
    fn tail_shuffle(&mut self, population: usize, out: &mut [i64]) {
        let mut indices: Vec<i64> = (0..population as i64).collect();
        let first = (population - out.len()).max(1);
        self.shuffle_tail(&mut indices, first);
        out.copy_from_slice(&indices[population - out.len()..]);
    }

    /// Shuffles the places from `first` on, exchanging each with any before it.
    fn shuffle_tail(&mut self, indices: &mut [i64], first: usize) {
        for i in (first..indices.len()).rev() {
            indices.swap(i, self.bounded(i));
        }
    }

    /// Draws distinct indices one by one, in a set with open addressing.
    fn floyd(&mut self, population: usize, out: &mut [i64]) {
        const FREE: u64 = u64::MAX;
        let n_slots = ((1.2 * out.len() as f64) as u64 + 1).next_power_of_two();
        let mask = n_slots - 1;
        let mut slots = vec![FREE; n_slots as usize];
        let first = population - out.len();
        for (k, x) in out.iter_mut().enumerate() {
            let newest = (first + k) as u64;
            let drawn = self.bounded(first + k) as u64;
            let mut slot = drawn & mask;
            while slots[slot as usize] != FREE && slots[slot as usize] != drawn {
                slot = (slot + 1) & mask;
            }
            let mut taken = drawn;
            if slots[slot as usize] != FREE {
                // `drawn` is in already: take the newest index, which cannot be.
                taken = newest;
                slot = newest & mask;
                while slots[slot as usize] != FREE {
                    slot = (slot + 1) & mask;
                }
            }
            slots[slot as usize] = taken;
            *x = taken as i64;
        }
    }
}

fn kahan_sum(values: &[f64]) -> f64 {
    let Some((&first, rest)) = values.split_first() else {
        return 0.0;
    };
    let (mut sum, mut lost) = (first, 0.0);
    for &x in rest {
        let y = x - lost;
        let t = sum + y;
        lost = (t - sum) - y;
        sum = t;
    }
    sum
}
