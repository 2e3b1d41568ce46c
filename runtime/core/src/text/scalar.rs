//! `str` and `repr` of scalars: Python's `bool int float complex` and NumPy's scalar types.
//!
//! A NumPy scalar prints as its value under `str` and with its type under `repr`
//! (`np.float64(0.5)`), since NumPy 2.

use super::digits::{self, Digits};

/// A NumPy scalar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scalar {
    Bool(bool),
    I32(i32),
    I64(i64),
    F32(f32),
    F64(f64),
    C128(f64, f64),
}

/// `repr(float)`, which is also `str(float)` and `str(np.float64)`.
pub fn float_repr(x: f64) -> String {
    let mut out = String::new();
    push_float_repr(&mut out, x);
    out
}

/// Appends `repr(x)`: the form for callers that print many.
pub fn push_float_repr(out: &mut String, x: f64) {
    if !x.is_finite() {
        out.push_str(non_finite(x));
    } else {
        push_digits(out, &digits::shortest(x), 16, true);
    }
}

/// `str(np.float32)`: the shortest digits of single precision, exponent form from 10⁶ on.
pub fn float32_str(x: f32) -> String {
    let mut out = String::new();
    if !x.is_finite() {
        out.push_str(non_finite(x as f64));
        return out;
    }
    let digits = digits::shortest_f32(x);
    // NumPy compares in double precision, so float32(1e-4) is below 1e-4.
    let magnitude = (x as f64).abs();
    if magnitude == 0.0 || (1e-4..1e6).contains(&magnitude) {
        push_positional(&mut out, &digits, true);
    } else {
        push_exponent(&mut out, &digits);
    }
    out
}

pub fn int_str(x: i64) -> String {
    x.to_string()
}

pub fn bool_str(x: bool) -> &'static str {
    if x { "True" } else { "False" }
}

/// `str(complex)` and `repr(complex)`: `1j`, `(1+2j)`, `(-0-1j)`, `(nan+infj)`.
pub fn complex_repr(re: f64, im: f64) -> String {
    let mut out = String::new();
    if re == 0.0 && re.is_sign_positive() {
        push_part(&mut out, im, false);
        out.push('j');
    } else {
        out.push('(');
        push_part(&mut out, re, false);
        push_part(&mut out, im, true);
        out.push_str("j)");
    }
    out
}

impl Scalar {
    /// `str(scalar)`.
    pub fn str(self) -> String {
        match self {
            Scalar::Bool(x) => bool_str(x).to_string(),
            Scalar::I32(x) => x.to_string(),
            Scalar::I64(x) => x.to_string(),
            Scalar::F32(x) => float32_str(x),
            Scalar::F64(x) => float_repr(x),
            Scalar::C128(re, im) => complex_repr(re, im),
        }
    }

    /// `repr(scalar)`: `np.True_`, `np.int64(3)`, `np.float64(0.5)`, `np.complex128(1+2j)`.
    pub fn repr(self) -> String {
        let name = match self {
            Scalar::Bool(x) => return format!("np.{}_", bool_str(x)),
            Scalar::I32(_) => "int32",
            Scalar::I64(_) => "int64",
            Scalar::F32(_) => "float32",
            Scalar::F64(_) => "float64",
            Scalar::C128(..) => "complex128",
        };
        let text = self.str();
        let bare = text
            .strip_prefix('(')
            .and_then(|t| t.strip_suffix(')'))
            .unwrap_or(&text);
        format!("np.{name}({bare})")
    }

    /// The type's name as `type(x).__module__ + '.' + type(x).__name__`.
    pub fn type_name(self) -> &'static str {
        match self {
            Scalar::Bool(_) => "numpy.bool",
            Scalar::I32(_) => "numpy.int32",
            Scalar::I64(_) => "numpy.int64",
            Scalar::F32(_) => "numpy.float32",
            Scalar::F64(_) => "numpy.float64",
            Scalar::C128(..) => "numpy.complex128",
        }
    }
}

pub(crate) fn non_finite(x: f64) -> &'static str {
    if x.is_nan() {
        "nan"
    } else if x > 0.0 {
        "inf"
    } else {
        "-inf"
    }
}

/// One part of a complex number: no `.0`, and a sign when asked.
fn push_part(out: &mut String, x: f64, signed: bool) {
    if signed && (x.is_nan() || x.is_sign_positive()) {
        out.push('+');
    }
    if x.is_finite() {
        push_digits(out, &digits::shortest(x), 16, false);
    } else {
        out.push_str(non_finite(x));
    }
}

/// Positional for −4 < point ≤ `last_point`, else with an exponent.
fn push_digits(out: &mut String, digits: &Digits, last_point: i32, dot_zero: bool) {
    if digits.point <= -4 || digits.point > last_point {
        push_exponent(out, digits);
    } else {
        push_positional(out, digits, dot_zero);
    }
}

fn push_positional(out: &mut String, digits: &Digits, dot_zero: bool) {
    let (int, frac) = digits.positional();
    if digits.negative {
        out.push('-');
    }
    out.push_str(if int.is_empty() { "0" } else { &int });
    if !frac.is_empty() {
        out.push('.');
        out.push_str(&frac);
    } else if dot_zero {
        out.push_str(".0");
    }
}

fn push_exponent(out: &mut String, digits: &Digits) {
    if digits.negative {
        out.push('-');
    }
    out.push(digits.digits[0] as char);
    if digits.digits.len() > 1 {
        out.push('.');
        out.extend(digits.digits[1..].iter().map(|&b| b as char));
    }
    out.push_str(&digits::exponent('e', digits.point - 1, 2));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_floats() {
        for (x, text) in [
            (1e16, "1e+16"),
            (9999999999999998.0, "9999999999999998.0"),
            (1e-5, "1e-05"),
            (0.0001, "0.0001"),
            (-0.0, "-0.0"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
            (f64::NAN, "nan"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1.7976931348623157e308, "1.7976931348623157e+308"),
            (123456789.0, "123456789.0"),
        ] {
            assert_eq!(float_repr(x), text);
        }
    }

    #[test]
    fn numpy_scalars() {
        assert_eq!(Scalar::F32(0.1).repr(), "np.float32(0.1)");
        assert_eq!(Scalar::F32(16777216.0).str(), "1.6777216e+07");
        assert_eq!(Scalar::F32(999999.9).str(), "999999.9");
        assert_eq!(Scalar::F32(1e-4).str(), "1e-04");
        assert_eq!(Scalar::C128(1.0, 2.0).repr(), "np.complex128(1+2j)");
        assert_eq!(Scalar::C128(0.0, -1.0).repr(), "np.complex128(-1j)");
        assert_eq!(Scalar::Bool(true).repr(), "np.True_");
    }

    #[test]
    fn python_complex() {
        assert_eq!(complex_repr(1.0, 2.0), "(1+2j)");
        assert_eq!(complex_repr(0.0, 1.0), "1j");
        assert_eq!(complex_repr(-0.0, -1.0), "(-0-1j)");
        assert_eq!(complex_repr(f64::NAN, f64::INFINITY), "(nan+infj)");
        assert_eq!(complex_repr(1e16, 1e-5), "(1e+16+1e-05j)");
    }
}
