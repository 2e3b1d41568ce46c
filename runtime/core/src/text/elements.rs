//! How NumPy formats the elements of an array: one width, one notation for all of them.
//!
//! Follows `IntegerFormat`, `FloatingFormat`, `BoolFormat` and `ComplexFloatingFormat` of
//! NumPy's `arrayprint.py` in the mode `maxprec`.

use super::digits::{self, Digits};
use super::options::options;
use super::scalar::{bool_str, non_finite};

/// The elements to print, in order.
pub(crate) enum Elements {
    Bool(Vec<bool>),
    Int(Vec<i64>),
    F32(Vec<f32>),
    F64(Vec<f64>),
    Complex(Vec<(f64, f64)>),
}

/// Formats all elements, each in the array's common width. `zero_dim`: of a 0-d array.
pub(crate) fn format_elements(elements: &Elements, zero_dim: bool) -> Vec<String> {
    match elements {
        Elements::Bool(values) => {
            let width = if zero_dim { 0 } else { 5 };
            values.iter().map(|&x| format!("{:>width$}", bool_str(x))).collect()
        }
        Elements::Int(values) => {
            let texts: Vec<String> = values.iter().map(i64::to_string).collect();
            let width = texts.iter().map(String::len).max().unwrap_or(0);
            texts.into_iter().map(|text| format!("{text:>width$}")).collect()
        }
        Elements::F32(values) => format_floats(values, false),
        Elements::F64(values) => format_floats(values, false),
        Elements::Complex(values) => {
            let re: Vec<f64> = values.iter().map(|z| z.0).collect();
            let im: Vec<f64> = values.iter().map(|z| z.1).collect();
            let parts = format_floats(&re, false).into_iter().zip(format_floats(&im, true));
            parts.map(|(re, im)| re + &put_j(&im)).collect()
        }
    }
}

/// The `j` stands before the padding of the imaginary part.
fn put_j(im: &str) -> String {
    let body = im.trim_end();
    format!("{body}j{}", &im[body.len()..])
}

/// The two float types, as far as printing sees them.
trait Real: Copy {
    /// From where on an array prints with exponents: 10^min(8, decimal precision).
    const EXPONENT_FROM: f64;
    fn wide(self) -> f64;
    fn negated(self) -> Self;
    fn shortest(self) -> Digits;
    /// Whether `max`, `min` (positive) want the exponent form, compared in the type itself.
    fn wants_exponent(max: Self, min: Self, suppress: bool) -> bool;
}

impl Real for f64 {
    const EXPONENT_FROM: f64 = 1e8;
    fn wide(self) -> f64 {
        self
    }
    fn negated(self) -> f64 {
        -self
    }
    fn shortest(self) -> Digits {
        digits::shortest(self)
    }
    fn wants_exponent(max: f64, min: f64, suppress: bool) -> bool {
        max >= Self::EXPONENT_FROM || !suppress && (min < 0.0001 || max / min > 1000.0)
    }
}

impl Real for f32 {
    const EXPONENT_FROM: f64 = 1e6;
    fn wide(self) -> f64 {
        self as f64
    }
    fn negated(self) -> f32 {
        -self
    }
    fn shortest(self) -> Digits {
        digits::shortest_f32(self)
    }
    fn wants_exponent(max: f32, min: f32, suppress: bool) -> bool {
        max >= Self::EXPONENT_FROM as f32 || !suppress && (min < 0.0001 || max / min > 1000.0)
    }
}

fn format_floats<T: Real>(values: &[T], plus: bool) -> Vec<String> {
    let layout = FloatLayout::of(values, plus);
    values.iter().map(|&x| layout.format(x)).collect()
}

/// What the elements of one array (or one part of a complex array) share.
struct FloatLayout {
    /// Width before the point, sign included.
    pad_left: usize,
    /// Width behind the point, the exponent included.
    pad_right: usize,
    /// Digits behind the point and digits of the exponent, in the exponent form.
    exponent: Option<(usize, usize)>,
    plus: bool,
}

impl FloatLayout {
    fn of<T: Real>(values: &[T], plus: bool) -> FloatLayout {
        let is_finite = |x: &&T| x.wide().is_finite();
        let mut extremes: Option<(T, T)> = None;
        for &x in values.iter().filter(is_finite).filter(|x| x.wide() != 0.0) {
            let (max, min) = extremes.get_or_insert((x, x));
            if x.wide().abs() > max.wide().abs() {
                *max = x;
            }
            if x.wide().abs() < min.wide().abs() {
                *min = x;
            }
        }
        let exponent = extremes.is_some_and(|(max, min)| wants_exponent(max, min));
        let mut layout = FloatLayout {
            pad_left: 0,
            pad_right: 0,
            exponent: exponent.then_some((0, 0)),
            plus,
        };
        for &x in values.iter().filter(is_finite) {
            layout.widen(x);
        }
        if let Some((precision, exponent_digits)) = layout.exponent {
            layout.pad_right = exponent_digits + 2 + precision;
        }
        if values.iter().any(|x| !x.wide().is_finite()) {
            let negative = values.iter().any(|x| x.wide() == f64::NEG_INFINITY);
            let inf_width = 3 + (plus || negative) as usize;
            layout.pad_left = layout.pad_left.max(inf_width.saturating_sub(layout.pad_right + 1));
            layout.pad_left = layout.pad_left.max(3usize.saturating_sub(layout.pad_right + 1));
        }
        layout
    }

    /// Makes room for `x`, finite.
    fn widen<T: Real>(&mut self, x: T) {
        let signed = (self.plus || x.wide().is_sign_negative()) as usize;
        if let Some((precision, exponent_digits)) = &mut self.exponent {
            let digits = cut_significant(x);
            let written = digits::exponent('e', digits.point - 1, 2).len() - 2;
            *precision = (*precision).max(digits.digits.len() - 1);
            *exponent_digits = (*exponent_digits).max(written);
            self.pad_left = self.pad_left.max(1 + signed);
        } else {
            let (_, int, frac) = cut_fraction(x);
            self.pad_left = self.pad_left.max(int.len() + signed);
            self.pad_right = self.pad_right.max(frac.len());
        }
    }

    fn format<T: Real>(&self, x: T) -> String {
        let wide = x.wide();
        if !wide.is_finite() {
            let sign = if self.plus && (wide.is_nan() || wide > 0.0) {
                "+"
            } else {
                ""
            };
            let text = format!("{sign}{}", non_finite(wide));
            let width = self.pad_left + self.pad_right + 1;
            return format!("{text:>width$}");
        }
        let sign = match (wide.is_sign_negative(), self.plus) {
            (true, _) => "-",
            (false, true) => "+",
            (false, false) => "",
        };
        let pad_left = self.pad_left;
        let Some((precision, exponent_digits)) = self.exponent else {
            let (_, int, frac) = cut_fraction(x);
            let left = format!("{sign}{int}");
            let pad_right = self.pad_right;
            return format!("{left:>pad_left$}.{frac:<pad_right$}");
        };
        let shortest = x.shortest();
        let digits = if shortest.digits.len() == precision + 1 {
            shortest
        } else {
            digits::significant(wide, precision + 1)
        };
        let text: String = digits.digits.iter().map(|&b| b as char).collect();
        let left = format!("{sign}{}", &text[..1]);
        let exponent = if digits.is_zero() || wide == 0.0 {
            0
        } else {
            digits.point - 1
        };
        format!(
            "{left:>pad_left$}.{}{}",
            &text[1..],
            digits::exponent('e', exponent, exponent_digits)
        )
    }
}

fn wants_exponent<T: Real>(max: T, min: T) -> bool {
    // The signs do not matter: compare magnitudes.
    T::wants_exponent(magnitude(max), magnitude(min), options().suppress)
}

fn magnitude<T: Real>(x: T) -> T {
    if x.wide().is_sign_negative() { x.negated() } else { x }
}

/// At most `precision` digits behind the point in exponent form, trailing zeros dropped.
fn cut_significant<T: Real>(x: T) -> Digits {
    let precision = options().precision;
    let digits = x.shortest();
    let digits = if digits.digits.len() > precision + 1 {
        digits::significant(x.wide(), precision + 1)
    } else {
        digits
    };
    digits.trim()
}

/// At most `precision` digits behind the point, trailing zeros dropped.
fn cut_fraction<T: Real>(x: T) -> (bool, String, String) {
    let precision = options().precision;
    let digits = x.shortest();
    let (negative, int, frac) = if digits.n_fractional() > precision {
        digits::fixed(x.wide(), precision)
    } else {
        let (int, frac) = digits.positional();
        (digits.negative, int, frac)
    };
    let int = if int.is_empty() { "0".to_string() } else { int };
    (negative, int, frac.trim_end_matches('0').to_string())
}
