//! `text % arguments`: printf-style formatting of Python strings.
//!
//! Source: CPython 3.11, `PyUnicode_Format` in `Objects/unicodeobject.c`.

use super::error::TextError;
use super::format::{Value, char_of, format, radix_digits};
use super::number::{FloatForm, float_text};
use super::quote::str_repr;
use super::scalar::{Scalar, complex_repr, float_repr};

/// `text % (args...)`.
///
/// Errors: `TypeError`, `ValueError` or `OverflowError` with CPython's text.
pub fn percent_format(text: &str, args: &[Value]) -> Result<String, TextError> {
    let chars: Vec<char> = text.chars().collect();
    let mut reader = Reader {
        chars: &chars,
        pos: 0,
        args: args.iter(),
    };
    let mut out = String::with_capacity(text.len() + 16);
    while let Some(c) = reader.chars.get(reader.pos) {
        reader.pos += 1;
        if *c == '%' {
            reader.directive(&mut out)?
        } else {
            out.push(*c)
        }
    }
    if reader.args.next().is_some() {
        return Err(TextError::type_("not all arguments converted during string formatting"));
    }
    Ok(out)
}

#[derive(Default)]
struct Flags {
    left: bool,
    plus: bool,
    blank: bool,
    alternate: bool,
    zero: bool,
}

struct Reader<'a> {
    chars: &'a [char],
    pos: usize,
    args: std::slice::Iter<'a, Value<'a>>,
}

impl<'a> Reader<'a> {
    fn directive(&mut self, out: &mut String) -> Result<(), TextError> {
        if self.peek() == Some('(') {
            return Err(TextError::type_("format requires a mapping"));
        }
        if self.peek() == Some('%') {
            self.pos += 1;
            out.push('%');
            return Ok(());
        }
        let mut flags = self.flags();
        let width = self.number("width too big")?;
        if width < 0 {
            flags.left = true;
        }
        let width = width.unsigned_abs() as usize;
        let mut precision = None;
        if self.peek() == Some('.') {
            self.pos += 1;
            precision = Some(self.number("precision too big")?.max(0) as usize);
        }
        if matches!(self.peek(), Some('h' | 'l' | 'L')) {
            self.pos += 1;
        }
        let ty = self.peek().ok_or_else(|| TextError::value("incomplete format"))?;
        self.pos += 1;
        let value = self.next_arg()?;
        match ty {
            's' | 'r' | 'a' => {
                let text = text_of(value, ty)?;
                let n_chars = precision.unwrap_or(usize::MAX);
                let text: String = text.chars().take(n_chars).collect();
                push_padded(out, &text, width, flags.left);
            }
            'c' => push_padded(out, &char_text(value)?, width, flags.left),
            'd' | 'i' | 'u' | 'o' | 'x' | 'X' => {
                let (negative, prefix, digits) = int_digits(value, ty)?;
                let digits = format!("{digits:0>0$}", precision.unwrap_or(0));
                let prefix = if flags.alternate { prefix } else { "" };
                push_number(out, negative, prefix, &digits, width, &flags);
            }
            'e' | 'E' | 'f' | 'F' | 'g' | 'G' => {
                let x = float_of(value)?;
                let precision = precision.unwrap_or(6);
                let form = FloatForm {
                    ty,
                    precision,
                    alternate: flags.alternate,
                    dot_zero: false,
                };
                let negative = x.is_sign_negative() && !x.is_nan();
                push_number(out, negative, "", &float_text(x, form), width, &flags);
            }
            _ => {
                let code = ty as u32;
                let shown = if (31..=126).contains(&code) { ty } else { '?' };
                return Err(TextError::value(format!(
                    "unsupported format character '{shown}' (0x{code:x}) at index {}",
                    self.pos - 1
                )));
            }
        }
        Ok(())
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.pos).copied()
    }

    fn flags(&mut self) -> Flags {
        let mut flags = Flags::default();
        while let Some(c) = self.peek() {
            match c {
                '-' => flags.left = true,
                '+' => flags.plus = true,
                ' ' => flags.blank = true,
                '#' => flags.alternate = true,
                '0' => flags.zero = true,
                _ => break,
            }
            self.pos += 1;
        }
        flags
    }

    /// A width or precision: digits, or `*` for the next argument.
    fn number(&mut self, too_big: &str) -> Result<i64, TextError> {
        if self.peek() == Some('*') {
            self.pos += 1;
            return match *self.next_arg()? {
                Value::Int(x) => Ok(x),
                Value::Bool(x) => Ok(x as i64),
                _ => Err(TextError::type_("* wants int")),
            };
        }
        let mut value: i64 = 0;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
            value = value
                .checked_mul(10)
                .and_then(|v| v.checked_add(digit as i64))
                .ok_or_else(|| TextError::value(too_big))?;
            self.pos += 1;
        }
        Ok(value)
    }

    fn next_arg(&mut self) -> Result<&'a Value<'a>, TextError> {
        self.args
            .next()
            .ok_or_else(|| TextError::type_("not enough arguments for format string"))
    }
}

fn text_of(value: &Value, ty: char) -> Result<String, TextError> {
    let text = match (ty, value) {
        ('s', Value::Np(scalar)) => scalar.str(),
        ('s', _) => format(value, "")?,
        (_, Value::Str(text)) => str_repr(text),
        (_, Value::Repr { repr, .. }) => repr.to_string(),
        (_, Value::Np(scalar)) => scalar.repr(),
        (_, Value::Float(x)) => float_repr(*x),
        (_, Value::Complex(re, im)) => complex_repr(*re, *im),
        (_, Value::Int(_) | Value::Bool(_)) => format(value, "")?,
    };
    Ok(if ty == 'a' { ascii(&text) } else { text })
}

/// Escapes what `ascii()` escapes.
fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c as u32 {
            0..=0x7f => out.push(c),
            n @ 0x80..=0xff => out.push_str(&format!("\\x{n:02x}")),
            n @ 0x100..=0xffff => out.push_str(&format!("\\u{n:04x}")),
            n => out.push_str(&format!("\\U{n:08x}")),
        }
    }
    out
}

fn char_text(value: &Value) -> Result<String, TextError> {
    match *value {
        Value::Str(text) if text.chars().count() == 1 => Ok(text.to_string()),
        Value::Int(x) | Value::Np(Scalar::I64(x)) => Ok(char_of(x)?.to_string()),
        Value::Np(Scalar::I32(x)) => Ok(char_of(x as i64)?.to_string()),
        Value::Bool(x) => Ok(char_of(x as i64)?.to_string()),
        _ => Err(TextError::type_("%c requires int or char")),
    }
}

/// Sign, prefix and digits of an integer directive's argument; `%d` truncates a float.
fn int_digits(value: &Value, ty: char) -> Result<(bool, &'static str, String), TextError> {
    let decimal = matches!(ty, 'd' | 'i' | 'u');
    let of_int = |x: i64| {
        let (prefix, digits) = radix_digits(x.unsigned_abs(), ty);
        Ok((x < 0, prefix, digits))
    };
    match *value {
        Value::Int(x) | Value::Np(Scalar::I64(x)) => of_int(x),
        Value::Np(Scalar::I32(x)) => of_int(x as i64),
        Value::Bool(x) => of_int(x as i64),
        Value::Np(Scalar::Bool(x)) if decimal => of_int(x as i64),
        Value::Float(x) | Value::Np(Scalar::F64(x) | Scalar::C128(x, _)) if decimal => truncated(x),
        Value::Np(Scalar::F32(x)) if decimal => truncated(x as f64),
        _ => {
            let wanted = if decimal { "a real number" } else { "an integer" };
            Err(TextError::type_(format!(
                "%{ty} format: {wanted} is required, not {}",
                type_name(value)
            )))
        }
    }
}

fn truncated(x: f64) -> Result<(bool, &'static str, String), TextError> {
    if x.is_nan() {
        return Err(TextError::value("cannot convert float NaN to integer"));
    }
    if x.is_infinite() {
        return Err(TextError::overflow("cannot convert float infinity to integer"));
    }
    let whole = x.trunc();
    Ok((whole < 0.0, "", format!("{:.0}", whole.abs())))
}

fn float_of(value: &Value) -> Result<f64, TextError> {
    match *value {
        Value::Float(x) | Value::Np(Scalar::F64(x) | Scalar::C128(x, _)) => Ok(x),
        Value::Int(x) | Value::Np(Scalar::I64(x)) => Ok(x as f64),
        Value::Np(Scalar::I32(x)) => Ok(x as f64),
        Value::Np(Scalar::F32(x)) => Ok(x as f64),
        Value::Bool(x) | Value::Np(Scalar::Bool(x)) => Ok(x as u8 as f64),
        _ => Err(TextError::type_(format!(
            "must be real number, not {}",
            type_name(value)
        ))),
    }
}

fn type_name<'a>(value: &Value<'a>) -> &'a str {
    match value {
        Value::Int(_) => "int",
        Value::Float(_) => "float",
        Value::Complex(..) => "complex",
        Value::Bool(_) => "bool",
        Value::Str(_) => "str",
        Value::Np(scalar) => scalar.type_name(),
        Value::Repr { type_name, .. } => type_name,
    }
}

fn push_padded(out: &mut String, text: &str, width: usize, left: bool) {
    let blanks = " ".repeat(width.saturating_sub(text.chars().count()));
    let (before, after) = if left {
        ("", blanks.as_str())
    } else {
        (blanks.as_str(), "")
    };
    out.push_str(before);
    out.push_str(text);
    out.push_str(after);
}

fn push_number(out: &mut String, negative: bool, prefix: &str, digits: &str, width: usize, flags: &Flags) {
    let sign = match negative {
        true => "-",
        false if flags.plus => "+",
        false if flags.blank => " ",
        false => "",
    };
    if flags.zero && !flags.left {
        let n_zeros = width.saturating_sub(sign.len() + prefix.len() + digits.len());
        out.push_str(&format!("{sign}{prefix}{}{digits}", "0".repeat(n_zeros)));
    } else {
        push_padded(out, &format!("{sign}{prefix}{digits}"), width, flags.left);
    }
}
