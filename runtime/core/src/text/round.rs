//! `round(x, ndigits)` of Python floats: correctly rounded in decimal, ties to even.

/// `round(x, n_digits)` as CPython's `float.__round__` does it: the decimal nearest to the
/// exact value of `x`, then the float nearest to that.
///
/// Errors: none here; an infinite result of a finite `x` is CPython's
/// `OverflowError: rounded value too large to represent`.
pub fn round_half_even(x: f64, n_digits: i64) -> f64 {
    if !x.is_finite() || x == 0.0 || n_digits > 323 {
        return x;
    }
    if n_digits < -308 {
        return 0.0 * x;
    }
    if n_digits >= 0 {
        return format!("{:.*}", n_digits as usize, x).parse().unwrap_or(x);
    }
    round_left_of_point(x, n_digits.unsigned_abs() as usize)
}

/// Rounds to a multiple of 10^`n`, `n` at least 1, on the exact decimal expansion.
fn round_left_of_point(x: f64, n: usize) -> f64 {
    let whole = x.abs().trunc();
    let text = format!("{whole:.0}");
    let inexact = whole != x.abs();
    if n > text.len() {
        return 0.0 * x;
    }
    let (kept, dropped) = text.split_at(text.len() - n);
    let first = dropped.as_bytes()[0];
    let rest = inexact || dropped.bytes().skip(1).any(|b| b != b'0');
    let odd = kept.as_bytes().last().is_some_and(|b| b % 2 == 1);
    let up = first > b'5' || (first == b'5' && (rest || odd));
    let mut digits: Vec<u8> = kept.bytes().collect();
    if up {
        increment(&mut digits);
    }
    let digits: String = digits.iter().map(|&b| b as char).collect();
    let digits = if digits.is_empty() { "0" } else { &digits };
    let rounded: f64 = format!("{digits}e{n}").parse().unwrap_or(f64::INFINITY);
    rounded.copysign(x)
}

fn increment(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit != b'9' {
            *digit += 1;
            return;
        }
        *digit = b'0';
    }
    digits.insert(0, b'1');
}

#[cfg(test)]
mod tests {
    use super::round_half_even;

    #[test]
    fn as_cpython() {
        for (x, n, expected) in [
            (2.5, 0, 2.0),
            (3.5, 0, 4.0),
            (2.675, 2, 2.67),
            (0.125, 2, 0.12),
            (25.0, -1, 20.0),
            (35.0, -1, 40.0),
            (25.000000001, -1, 30.0),
            (-96.0, -2, -100.0),
            (50.0, -2, 0.0),
            (51.0, -2, 100.0),
            (1234.5, -5, 0.0),
            (1e22, -3, 1e22),
            (1.5e300, -300, 2e300),
        ] {
            assert_eq!(round_half_even(x, n), expected, "round({x}, {n})");
        }
        assert!(round_half_even(-0.4, 0).is_sign_negative());
        assert!(round_half_even(1.7e308, -308).is_infinite());
        assert_eq!(round_half_even(1e-5, 400), 1e-5);
    }
}
