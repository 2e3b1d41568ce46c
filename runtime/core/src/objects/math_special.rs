//! Functions that CPython computes by its own algorithms rather than the C library's:
//! `gamma`, `lgamma`, `hypot`, `fsum`. The order of operations is CPython's, so the bits are.
//!
//! Source: CPython 3.11, `mathmodule.c` (Lanczos' approximation with Boost's coefficients;
//! Shewchuk's sums).

#![allow(clippy::excessive_precision)]

use super::libm;
use super::math::Fault;
use crate::error::Raise;
use lnp_abi::ExceptionKind;
use std::f64::consts::PI;

const LANCZOS_G: f64 = 6.024680040776729583740234375;
const LANCZOS_G_MINUS_HALF: f64 = 5.524680040776729583740234375;
const LN_PI: f64 = 1.144729885849400174143427351353058711647;

const LANCZOS_NUMERATOR: [f64; 13] = [
    23531376880.410759688572007674451636754734846804940,
    42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843,
    17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708,
    1439720407.3117216736632230727949123939715485786372,
    248874557.86205415651146038641322942321632125127801,
    31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768,
    186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024,
    210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408,
];

const LANCZOS_DENOMINATOR: [f64; 13] = [
    0.0,
    39916800.0,
    120543840.0,
    150917976.0,
    105258076.0,
    45995730.0,
    13339535.0,
    2637558.0,
    357423.0,
    32670.0,
    1925.0,
    66.0,
    1.0,
];

/// Factorials that a double holds exactly: `gamma(1..=23)`.
fn exact_factorial(n: usize) -> f64 {
    (1..=n as u128).product::<u128>() as f64
}

fn lanczos_sum(x: f64) -> f64 {
    let (mut numerator, mut denominator) = (0.0, 0.0);
    let terms = LANCZOS_NUMERATOR.iter().zip(&LANCZOS_DENOMINATOR);
    if x < 5.0 {
        for (n, d) in terms.rev() {
            numerator = numerator * x + n;
            denominator = denominator * x + d;
        }
    } else {
        for (n, d) in terms {
            numerator = numerator / x + n;
            denominator = denominator / x + d;
        }
    }
    numerator / denominator
}

/// sin(πx), exact at multiples of one half.
fn sin_pi(x: f64) -> f64 {
    let y = libm::fmod(x.abs(), 2.0);
    let r = match (2.0 * y).round() as i32 {
        0 => libm::sin(PI * y),
        1 => libm::cos(PI * (y - 0.5)),
        2 => libm::sin(PI * (1.0 - y)),
        3 => -libm::cos(PI * (y - 1.5)),
        _ => libm::sin(PI * (y - 2.0)),
    };
    libm::copysign(1.0, x) * r
}

/// `math.gamma`.
pub fn gamma(x: f64) -> Result<f64, Fault> {
    if !x.is_finite() {
        return if x.is_nan() || x > 0.0 {
            Ok(x)
        } else {
            Err(Fault::Domain)
        };
    }
    if x == 0.0 {
        return Err(Fault::Domain);
    }
    if x == x.floor() {
        if x < 0.0 {
            return Err(Fault::Domain);
        }
        if x <= 23.0 {
            return Ok(exact_factorial(x as usize - 1));
        }
    }
    let size = x.abs();
    if size < 1e-20 {
        return in_range(1.0 / x);
    }
    if size > 200.0 {
        return if x < 0.0 {
            Ok(0.0 / sin_pi(x))
        } else {
            Err(Fault::Range)
        };
    }
    let y = size + LANCZOS_G_MINUS_HALF;
    // The rounding error of `y`, put back at the end.
    let z = if size > LANCZOS_G_MINUS_HALF {
        (y - size) - LANCZOS_G_MINUS_HALF
    } else {
        (y - LANCZOS_G_MINUS_HALF) - size
    };
    let z = z * LANCZOS_G / y;
    let mut r;
    if x < 0.0 {
        r = -PI / sin_pi(size) / size * libm::exp(y) / lanczos_sum(size);
        r -= z * r;
        if size < 140.0 {
            r /= libm::pow(y, size - 0.5);
        } else {
            let root = libm::pow(y, size / 2.0 - 0.25);
            r /= root;
            r /= root;
        }
    } else {
        r = lanczos_sum(size) / libm::exp(y);
        r += z * r;
        if size < 140.0 {
            r *= libm::pow(y, size - 0.5);
        } else {
            let root = libm::pow(y, size / 2.0 - 0.25);
            r *= root;
            r *= root;
        }
    }
    in_range(r)
}

/// `math.lgamma`.
pub fn lgamma(x: f64) -> Result<f64, Fault> {
    if !x.is_finite() {
        return Ok(if x.is_nan() { x } else { f64::INFINITY });
    }
    if x == x.floor() && x <= 2.0 {
        return if x <= 0.0 { Err(Fault::Domain) } else { Ok(0.0) };
    }
    let size = x.abs();
    if size < 1e-20 {
        return Ok(-libm::log(size));
    }
    let mut r = libm::log(lanczos_sum(size)) - LANCZOS_G;
    r += (size - 0.5) * (libm::log(size + LANCZOS_G - 0.5) - 1.0);
    if x < 0.0 {
        r = LN_PI - libm::log(sin_pi(size).abs()) - libm::log(size) - r;
    }
    in_range(r)
}

fn in_range(r: f64) -> Result<f64, Fault> {
    if r.is_infinite() { Err(Fault::Range) } else { Ok(r) }
}

/// Adds to a sum that stays above each term, keeping the rounding error.
struct Sum {
    total: f64,
    errors: [f64; 3],
}

impl Sum {
    fn add(&mut self, x: f64, slot: usize) {
        let old = self.total;
        self.total += x;
        self.errors[slot] += (old - self.total) + x;
    }

    fn excess(&self) -> f64 {
        self.total - 1.0 + (self.errors[0] + self.errors[1] + self.errors[2])
    }
}

/// Halves of 26 bits whose sum is `x`.
fn split(x: f64) -> (f64, f64) {
    let t = x * 134217729.0;
    let high = t - (t - x);
    (high, x - high)
}

/// `math.hypot(x, y)`: `vector_norm` of two components.
pub fn hypot(x: f64, y: f64) -> f64 {
    let (x, y) = (x.abs(), y.abs());
    if x.is_infinite() || y.is_infinite() {
        return f64::INFINITY;
    }
    if x.is_nan() || y.is_nan() {
        return f64::NAN;
    }
    let max = x.max(y);
    if max == 0.0 {
        return 0.0;
    }
    let (_, exponent) = libm::frexp(max);
    if exponent < -1023 {
        // The scale would overflow.
        let (mut total, mut error) = (1.0, 0.0);
        for v in [x, y] {
            let term = (v / max) * (v / max);
            let old: f64 = total;
            total += term;
            error += (old - total) + term;
        }
        return max * (total - 1.0 + error).sqrt();
    }
    let scale = libm::ldexp(1.0, -exponent);
    let mut sum = Sum {
        total: 1.0,
        errors: [0.0; 3],
    };
    for v in [x, y] {
        let (high, low) = split(v * scale);
        sum.add(high * high, 0);
        sum.add(2.0 * high * low, 1);
        sum.errors[2] += low * low;
    }
    let h = sum.excess().sqrt();
    let (high, low) = split(h);
    sum.add(-high * high, 0);
    sum.add(-2.0 * high * low, 1);
    sum.add(-low * low, 2);
    (h + sum.excess() / (2.0 * h)) / scale
}

/// `math.fsum`.
pub fn fsum(numbers: &[f64]) -> Result<f64, Raise> {
    // Non-overlapping partial sums, in growing order.
    let mut partials: Vec<f64> = Vec::new();
    let (mut special_sum, mut infinite_sum) = (0.0, 0.0);
    for &number in numbers {
        let mut x = number;
        let mut kept = 0;
        for j in 0..partials.len() {
            let mut y = partials[j];
            if x.abs() < y.abs() {
                std::mem::swap(&mut x, &mut y);
            }
            let high = x + y;
            let low = y - (high - x);
            if low != 0.0 {
                partials[kept] = low;
                kept += 1;
            }
            x = high;
        }
        partials.truncate(kept);
        if x == 0.0 {
            continue;
        }
        if x.is_finite() {
            partials.push(x);
            continue;
        }
        if number.is_finite() {
            return Err(Raise::new(
                ExceptionKind::OverflowError,
                "intermediate overflow in fsum",
            ));
        }
        if number.is_infinite() {
            infinite_sum += number;
        }
        special_sum += number;
        partials.clear();
    }
    if special_sum != 0.0 {
        let inconsistent = f64::is_nan(infinite_sum);
        return if inconsistent {
            Err(Raise::value("-inf + inf in fsum"))
        } else {
            Ok(special_sum)
        };
    }
    let Some(mut high) = partials.pop() else { return Ok(0.0) };
    let mut low = 0.0;
    while let Some(y) = partials.pop() {
        let x = high;
        high = x + y;
        low = y - (high - x);
        if low != 0.0 {
            break;
        }
    }
    // A remainder of exactly half a unit rounds the way the rest points.
    if let Some(&next) = partials.last()
        && ((low < 0.0 && next < 0.0) || (low > 0.0 && next > 0.0))
    {
        let y = low * 2.0;
        let x = high + y;
        if y == x - high {
            high = x;
        }
    }
    Ok(high)
}
