//! `format(value, spec)` as CPython's `__format__` methods do it, for every presentation type.
//!
//! Source: CPython 3.11, `Python/formatter_unicode.c`. A NumPy scalar formats as the Python
//! value it holds.

use super::error::TextError;
use super::number::{FloatForm, Parts, assemble, float_text, pad};
use super::scalar::{Scalar, bool_str, complex_repr, float_repr};
use super::spec::{self, Grouping, Spec, unknown_type};

/// A value to format. `Repr` is any other object, by its texts and its type's name
/// (`list`, `NoneType`, `numpy.ndarray`).
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    Int(i64),
    Float(f64),
    Complex(f64, f64),
    Bool(bool),
    Str(&'a str),
    Np(Scalar),
    Repr {
        str: &'a str,
        repr: &'a str,
        type_name: &'a str,
    },
}

/// `format(value, spec)`.
///
/// Errors: `ValueError`, `TypeError` or `OverflowError` with CPython's text.
pub fn format(value: &Value, spec: &str) -> Result<String, TextError> {
    let value = match *value {
        Value::Np(Scalar::Bool(x)) => Value::Bool(x),
        Value::Np(Scalar::I32(x)) => Value::Int(x as i64),
        Value::Np(Scalar::I64(x)) => Value::Int(x),
        Value::Np(Scalar::F32(x)) => Value::Float(x as f64),
        Value::Np(Scalar::F64(x)) => Value::Float(x),
        Value::Np(Scalar::C128(re, im)) => Value::Complex(re, im),
        other => other,
    };
    if spec.is_empty() {
        return Ok(plain(&value));
    }
    match value {
        Value::Int(x) => format_int(x, spec, "int"),
        Value::Bool(x) => format_int(x as i64, spec, "bool"),
        Value::Float(x) => format_float(x, &spec::parse(spec, "float", '>')?, "float"),
        Value::Complex(re, im) => format_complex(re, im, spec),
        Value::Str(text) => format_str(text, spec),
        Value::Repr { type_name, .. } => Err(TextError::type_(format!(
            "unsupported format string passed to {type_name}.__format__"
        ))),
        Value::Np(_) => unreachable!("NumPy scalars are unwrapped above"),
    }
}

fn plain(value: &Value) -> String {
    match *value {
        Value::Int(x) => x.to_string(),
        Value::Float(x) => float_repr(x),
        Value::Complex(re, im) => complex_repr(re, im),
        Value::Bool(x) => bool_str(x).to_string(),
        Value::Str(text) => text.to_string(),
        Value::Np(scalar) => scalar.str(),
        Value::Repr { str, .. } => str.to_string(),
    }
}

fn format_str(text: &str, spec: &str) -> Result<String, TextError> {
    let spec = spec::parse(spec, "str", '<')?;
    match spec.ty {
        None | Some('s') => {}
        Some(ty) => return Err(unknown_type(ty, "str")),
    }
    let refused = match () {
        () if spec.sign == Some(' ') => "Space not allowed in string format specifier",
        () if spec.sign.is_some() => "Sign not allowed in string format specifier",
        () if spec.no_negative_zero => "Negative zero coercion (z) not allowed in string format specifier",
        () if spec.alternate => "Alternate form (#) not allowed in string format specifier",
        () if spec.align == '=' => "'=' alignment not allowed in string format specifier",
        () => "",
    };
    if !refused.is_empty() {
        return Err(TextError::value(refused));
    }
    let text = match spec.precision.and_then(|n| text.char_indices().nth(n)) {
        Some((end, _)) => &text[..end],
        None => text,
    };
    Ok(pad(text, &spec))
}

fn format_int(x: i64, spec: &str, type_name: &str) -> Result<String, TextError> {
    let spec = spec::parse(spec, type_name, '>')?;
    let ty = spec.ty.unwrap_or('d');
    if matches!(ty, 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%') {
        return format_float(x as f64, &spec, type_name);
    }
    if !matches!(ty, 'b' | 'c' | 'd' | 'o' | 'x' | 'X' | 'n') {
        return Err(unknown_type(ty, type_name));
    }
    if spec.precision.is_some() {
        return Err(TextError::value("Precision not allowed in integer format specifier"));
    }
    if spec.no_negative_zero {
        return Err(TextError::value(
            "Negative zero coercion (z) not allowed in integer format specifier",
        ));
    }
    if ty == 'c' {
        return format_char(x, &spec);
    }
    let magnitude = x.unsigned_abs();
    let (prefix, digits) = radix_digits(magnitude, ty);
    let prefix = if spec.alternate { prefix } else { "" };
    Ok(assemble(
        &Parts {
            negative: x < 0,
            prefix,
            int_digits: &digits,
            rest: "",
        },
        &spec,
    ))
}

/// The prefix and digits of an integer in type `b o x X`, else decimal.
pub(super) fn radix_digits(magnitude: u64, ty: char) -> (&'static str, String) {
    match ty {
        'b' => ("0b", format!("{magnitude:b}")),
        'o' => ("0o", format!("{magnitude:o}")),
        'x' => ("0x", format!("{magnitude:x}")),
        'X' => ("0X", format!("{magnitude:X}")),
        _ => ("", magnitude.to_string()),
    }
}

fn format_char(x: i64, spec: &Spec) -> Result<String, TextError> {
    if spec.sign.is_some() {
        return Err(TextError::value("Sign not allowed with integer format specifier 'c'"));
    }
    if spec.alternate {
        return Err(TextError::value(
            "Alternate form (#) not allowed with integer format specifier 'c'",
        ));
    }
    let text = char_of(x)?.to_string();
    Ok(assemble(
        &Parts {
            negative: false,
            prefix: "",
            int_digits: "",
            rest: &text,
        },
        spec,
    ))
}

/// `chr(x)` for `%c` and `c`; a lone surrogate, which no Rust string holds, becomes U+FFFD.
pub(super) fn char_of(x: i64) -> Result<char, TextError> {
    if !(0..0x110000).contains(&x) {
        return Err(TextError::overflow("%c arg not in range(0x110000)"));
    }
    Ok(char::from_u32(x as u32).unwrap_or(char::REPLACEMENT_CHARACTER))
}

fn float_form(spec: &Spec, default_precision: usize, dot_zero: bool, type_name: &str) -> Result<FloatForm, TextError> {
    let mut ty = match spec.ty {
        None => 'r',
        Some('n') => 'g',
        Some('%') if type_name != "complex" => 'f',
        Some(ty @ ('e' | 'E' | 'f' | 'F' | 'g' | 'G')) => ty,
        Some(ty) => return Err(unknown_type(ty, type_name)),
    };
    if spec.precision.is_some_and(|n| n > i32::MAX as usize) {
        return Err(TextError::value("precision too big"));
    }
    if ty == 'r' && spec.precision.is_some() {
        ty = 'g';
    }
    let precision = spec.precision.unwrap_or(default_precision);
    Ok(FloatForm {
        ty,
        precision,
        alternate: spec.alternate,
        dot_zero: dot_zero && spec.ty.is_none(),
    })
}

fn format_float(x: f64, spec: &Spec, type_name: &str) -> Result<String, TextError> {
    let form = float_form(spec, 6, true, type_name)?;
    let percent = spec.ty == Some('%');
    let mut text = float_text(if percent { x * 100.0 } else { x }, form);
    if percent {
        text.push('%');
    }
    Ok(assemble_float(is_negative(x), &text, spec))
}

fn is_negative(x: f64) -> bool {
    x.is_sign_negative() && !x.is_nan()
}

fn assemble_float(negative: bool, text: &str, spec: &Spec) -> String {
    let mantissa = text.split(['e', 'E']).next().unwrap_or("");
    let is_zero = !text.contains(['n', 'N']) && !mantissa.contains(|c| ('1'..='9').contains(&c));
    let negative = negative && !(spec.no_negative_zero && is_zero);
    let n_int = text.bytes().take_while(u8::is_ascii_digit).count();
    let (int_digits, rest) = text.split_at(n_int);
    assemble(
        &Parts {
            negative,
            prefix: "",
            int_digits,
            rest,
        },
        spec,
    )
}

fn format_complex(re: f64, im: f64, spec: &str) -> Result<String, TextError> {
    let spec = spec::parse(spec, "complex", '>')?;
    let form = float_form(&spec, 6, false, "complex")?;
    if spec.fill == '0' {
        return Err(TextError::value(
            "Zero padding is not allowed in complex format specifier",
        ));
    }
    if spec.align == '=' {
        return Err(TextError::value(
            "'=' alignment flag is not allowed in complex format specifier",
        ));
    }
    let bare = spec.ty.is_none();
    let skip_re = bare && re == 0.0 && re.is_sign_positive();
    // The parts are padded together, below.
    let part = |x: f64, sign: Option<char>| {
        let unpadded = Spec {
            width: 0,
            fill: ' ',
            align: '<',
            sign,
            ..spec.clone()
        };
        assemble_float(is_negative(x), &float_text(x, form), &unpadded)
    };
    let text = if skip_re {
        part(im, spec.sign) + "j"
    } else {
        let both = part(re, spec.sign) + &part(im, Some('+')) + "j";
        if bare { format!("({both})") } else { both }
    };
    Ok(pad(
        &text,
        &Spec {
            grouping: Grouping::None,
            ..spec
        },
    ))
}
