//! Digits of a number in a presentation type, and their padding, grouping and sign.
//!
//! [`float_text`] is CPython's `PyOS_double_to_string` without the sign; [`assemble`] is the
//! layout that `format` gives every number.

use super::digits::{self, Digits};
use super::scalar::non_finite;
use super::spec::{Grouping, Spec};

/// A presentation of floats: `e f g` (upper case too), or `r` for the shortest.
#[derive(Clone, Copy)]
pub(crate) struct FloatForm {
    pub ty: char,
    pub precision: usize,
    /// Keep the point and, for `g`, trailing zeros.
    pub alternate: bool,
    /// Have a digit behind the point where there is no exponent.
    pub dot_zero: bool,
}

/// `|x|` in the given form: `12.50`, `1e-05`, `inf`.
pub(crate) fn float_text(x: f64, form: FloatForm) -> String {
    let text = if x.is_finite() {
        finite_text(x.abs(), form)
    } else {
        non_finite(x.abs()).to_string()
    };
    if form.ty.is_ascii_uppercase() {
        text.to_ascii_uppercase()
    } else {
        text
    }
}

fn finite_text(x: f64, form: FloatForm) -> String {
    match form.ty.to_ascii_lowercase() {
        'f' => {
            let (_, int, frac) = digits::fixed(x, form.precision);
            join(&int, &frac, form.alternate)
        }
        'e' => exponent_text(&digits::significant(x, form.precision + 1), form.alternate),
        'g' => {
            let precision = form.precision.max(1);
            let digits = digits::significant(x, precision);
            let digits = if form.alternate { digits } else { digits.trim() };
            let last_point = precision as i64 - form.dot_zero as i64;
            let exponent = digits.point <= -4 || digits.point as i64 > last_point;
            if exponent {
                exponent_text(&digits, form.alternate)
            } else {
                positional_text(&digits, form)
            }
        }
        _ => {
            let digits = digits::shortest(x);
            let exponent = digits.point <= -4 || digits.point > 16;
            if exponent {
                exponent_text(&digits, form.alternate)
            } else {
                positional_text(&digits, form)
            }
        }
    }
}

fn join(int: &str, frac: &str, keep_point: bool) -> String {
    let point = if keep_point || !frac.is_empty() { "." } else { "" };
    format!("{int}{point}{frac}")
}

fn exponent_text(digits: &Digits, keep_point: bool) -> String {
    let text: String = digits.digits.iter().map(|&b| b as char).collect();
    let is_zero = digits.digits.iter().all(|&b| b == b'0');
    let exponent = if is_zero { 0 } else { digits.point - 1 };
    join(&text[..1], &text[1..], keep_point) + &digits::exponent('e', exponent, 2)
}

fn positional_text(digits: &Digits, form: FloatForm) -> String {
    let (int, frac) = digits.positional();
    let int = if int.is_empty() { "0" } else { &int };
    let frac = if frac.is_empty() && form.dot_zero { "0" } else { &frac };
    join(int, frac, form.alternate)
}

/// A number taken apart: its digits before the point, and what follows them.
pub(crate) struct Parts<'a> {
    pub negative: bool,
    pub prefix: &'a str,
    pub int_digits: &'a str,
    pub rest: &'a str,
}

/// Lays a number out as `spec` says.
pub(crate) fn assemble(parts: &Parts, spec: &Spec) -> String {
    let sign = match (parts.negative, spec.sign) {
        (true, _) => "-",
        (false, Some('+')) => "+",
        (false, Some(' ')) => " ",
        _ => "",
    };
    let other = sign.len() + parts.prefix.len() + parts.rest.chars().count();
    let zero_padded = spec.fill == '0' && spec.align == '=';
    let min_width = if zero_padded {
        spec.width.saturating_sub(other)
    } else {
        0
    };
    let digits = if parts.int_digits.is_empty() {
        String::new()
    } else {
        group(parts.int_digits, spec.grouping, min_width)
    };
    let before = format!("{sign}{}", parts.prefix);
    let n_fill = spec.width.saturating_sub(other + digits.len());
    if spec.align == '=' {
        let fill: String = std::iter::repeat_n(spec.fill, n_fill).collect();
        return format!("{before}{fill}{digits}{}", parts.rest);
    }
    pad(&format!("{before}{digits}{}", parts.rest), spec)
}

/// Pads `text` to the width: `<`, `^`, and anything else to the right.
pub(crate) fn pad(text: &str, spec: &Spec) -> String {
    let n_fill = spec.width.saturating_sub(text.chars().count());
    let n_left = match spec.align {
        '<' => 0,
        '^' => n_fill / 2,
        _ => n_fill,
    };
    let fill = |n| std::iter::repeat_n(spec.fill, n).collect::<String>();
    format!("{}{text}{}", fill(n_left), fill(n_fill - n_left))
}

/// Inserts separators, and zeros on the left up to `min_width` characters: a separator is
/// never first, so the result may be one longer.
fn group(digits: &str, grouping: Grouping, min_width: usize) -> String {
    let (separator, group_len) = match grouping {
        Grouping::None => return format!("{digits:0>min_width$}"),
        Grouping::Comma => (',', 3),
        Grouping::Underscore => ('_', 3),
        Grouping::UnderscoreFour => ('_', 4),
    };
    let mut reversed = Vec::new();
    let mut remaining = digits.bytes().rev().map(char::from).peekable();
    let mut n_remaining = digits.len() as i64;
    let mut min_width = min_width as i64;
    loop {
        let len = n_remaining.max(min_width).max(1).min(group_len);
        for _ in 0..len {
            reversed.push(remaining.next().unwrap_or('0'));
        }
        n_remaining -= len.min(n_remaining);
        min_width -= len;
        if n_remaining <= 0 && min_width <= 0 {
            break;
        }
        min_width -= 1;
        reversed.push(separator);
    }
    reversed.into_iter().rev().collect()
}
