//! Decimal digits of binary floats: the shortest that identify a value, or a given number of them.
//!
//! Everything that prints a float starts here, so that rounding is decided in one place.
//! Rust's own conversions are exact and correctly rounded (ties to even, as in David Gay's
//! `dtoa` and NumPy's Dragon4); the one thing they settle otherwise is a tie between two
//! shortest candidates, see [`shortest`].

/// A finite float as digits: value = ±0.d₁d₂… × 10^point, with no leading zero but for 0 itself,
/// whose digits are `0` and whose point is 1 (the conventions of CPython's `dtoa`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Digits {
    pub negative: bool,
    /// ASCII digits, most significant first.
    pub digits: Vec<u8>,
    pub point: i32,
}

impl Digits {
    /// Drops trailing zeros, keeping one digit.
    pub fn trim(mut self) -> Digits {
        while self.digits.len() > 1 && self.digits.last() == Some(&b'0') {
            self.digits.pop();
        }
        self
    }

    /// How many digits stand behind the decimal point in positional notation.
    pub fn n_fractional(&self) -> usize {
        if self.is_zero() {
            0
        } else {
            (self.digits.len() as i64 - self.point as i64).max(0) as usize
        }
    }

    pub fn is_zero(&self) -> bool {
        self.digits == b"0"
    }

    /// Digits before and behind the point, both possibly empty.
    pub fn positional(&self) -> (String, String) {
        let text = |bytes: &[u8]| bytes.iter().map(|&b| b as char).collect::<String>();
        let len = self.digits.len();
        if self.point <= 0 {
            let zeros = "0".repeat(self.point.unsigned_abs() as usize);
            (String::new(), zeros + &text(&self.digits))
        } else if self.point as usize >= len {
            (
                text(&self.digits) + &"0".repeat(self.point as usize - len),
                String::new(),
            )
        } else {
            let (int, frac) = self.digits.split_at(self.point as usize);
            (text(int), text(frac))
        }
    }
}

/// Reads what Rust's `{:e}` writes: `-1.25e-3`.
fn from_exponent_form(text: &str) -> Digits {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).collect();
    let exponent: i32 = exponent.parse().unwrap_or(0);
    Digits {
        negative,
        digits,
        point: exponent + 1,
    }
}

/// The shortest digits that read back as `x`; of several, the nearest to `x`; of two equally
/// near, the even one.
pub(crate) fn shortest(x: f64) -> Digits {
    let found = from_exponent_form(&format!("{x:e}"));
    if found.digits.len() < 15 || !may_tie(x) {
        return found;
    }
    // Rust rounds a tie between two shortest candidates up, CPython and NumPy to even.
    // The correctly rounded text of the same length is the even one; it may be used
    // whenever it still reads back as x.
    let even = format!("{:.*e}", found.digits.len() - 1, x);
    if even.parse() == Ok(x) {
        from_exponent_form(&even)
    } else {
        found
    }
}

/// [`shortest`] among the floats of single precision.
pub(crate) fn shortest_f32(x: f32) -> Digits {
    let found = from_exponent_form(&format!("{x:e}"));
    if found.digits.len() < 6 || !may_tie(x as f64) {
        return found;
    }
    let even = format!("{:.*e}", found.digits.len() - 1, x);
    if even.parse() == Ok(x) {
        from_exponent_form(&even)
    } else {
        found
    }
}

/// Whether `x` can lie midway between two decimals of at most 17 digits: it must then have at
/// most 18 digits itself, so at most 26 binary places behind the point (5^26 has 19 digits).
fn may_tie(x: f64) -> bool {
    (x * (1u64 << 26) as f64).fract() == 0.0
}

/// `x` correctly rounded to `n` significant digits, `n` at least 1.
pub(crate) fn significant(x: f64, n: usize) -> Digits {
    from_exponent_form(&format!("{:.*e}", n.max(1) - 1, x))
}

/// `x` correctly rounded to `n` digits behind the point: (negative, integer digits, fraction).
pub(crate) fn fixed(x: f64, n: usize) -> (bool, String, String) {
    let text = format!("{:.*}", n, x.abs());
    match text.split_once('.') {
        Some((int, frac)) => (x.is_sign_negative(), int.to_string(), frac.to_string()),
        None => (x.is_sign_negative(), text, String::new()),
    }
}

/// `e+05`, `e-300`: sign and at least `min_digits` digits.
pub(crate) fn exponent(letter: char, exponent: i32, min_digits: usize) -> String {
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{letter}{sign}{:0min_digits$}", exponent.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_go_to_the_even_digit() {
        // 2^-44 lies midway between two 16-digit candidates; so does 2^50 + 0.5.
        assert_eq!(shortest(5.684341886080802e-14).digits, b"5684341886080802");
        assert_eq!(shortest(9007199254740993.0).digits, b"9007199254740992");
        assert_eq!(shortest(5e-324).digits, b"5");
        assert_eq!(fixed(2.5, 0).1, "2");
        assert_eq!(fixed(0.125, 2).2, "12");
    }

    #[test]
    fn zero_has_one_digit() {
        assert_eq!(
            shortest(-0.0),
            Digits {
                negative: true,
                digits: b"0".to_vec(),
                point: 1
            }
        );
        assert_eq!(shortest(0.0).positional(), ("0".into(), String::new()));
    }
}
