//! The format-spec mini-language: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`.
//!
//! Source: CPython 3.11, `Python/formatter_unicode.c`, whose order of checks this keeps.

use super::error::TextError;

/// How integer digits are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grouping {
    None,
    Comma,
    Underscore,
    /// Every four digits, in binary, octal and hexadecimal.
    UnderscoreFour,
}

/// A parsed spec. `ty` is `None` where the text names no presentation type.
#[derive(Clone, Debug)]
pub(crate) struct Spec {
    pub fill: char,
    pub align: char,
    pub sign: Option<char>,
    pub no_negative_zero: bool,
    pub alternate: bool,
    pub width: usize,
    pub grouping: Grouping,
    pub precision: Option<usize>,
    pub ty: Option<char>,
}

/// Parses `text` for an object of type `type_name`, aligned to `default_align` unless it says so.
pub(crate) fn parse(text: &str, type_name: &str, default_align: char) -> Result<Spec, TextError> {
    let chars: Vec<char> = text.chars().collect();
    let at = |pos: usize| chars.get(pos).copied();
    let is_align = |c: Option<char>| matches!(c, Some('<' | '>' | '=' | '^'));
    let mut spec = Spec {
        fill: ' ',
        align: default_align,
        sign: None,
        no_negative_zero: false,
        alternate: false,
        width: 0,
        grouping: Grouping::None,
        precision: None,
        ty: None,
    };
    let mut pos = 0;
    let (mut fill_given, mut align_given) = (false, false);
    if is_align(at(1)) {
        (spec.fill, spec.align) = (chars[0], chars[1]);
        (fill_given, align_given) = (true, true);
        pos = 2;
    } else if is_align(at(0)) {
        spec.align = chars[0];
        align_given = true;
        pos = 1;
    }
    if matches!(at(pos), Some(' ' | '+' | '-')) {
        spec.sign = at(pos);
        pos += 1;
    }
    if at(pos) == Some('z') {
        spec.no_negative_zero = true;
        pos += 1;
    }
    if at(pos) == Some('#') {
        spec.alternate = true;
        pos += 1;
    }
    if !fill_given && at(pos) == Some('0') {
        spec.fill = '0';
        if !align_given && default_align == '>' {
            spec.align = '=';
        }
        pos += 1;
    }
    spec.width = parse_number(&chars, &mut pos)?.unwrap_or(0);
    if at(pos) == Some(',') {
        spec.grouping = Grouping::Comma;
        pos += 1;
    }
    let both = || TextError::value("Cannot specify both ',' and '_'.");
    if at(pos) == Some('_') {
        if spec.grouping != Grouping::None {
            return Err(both());
        }
        spec.grouping = Grouping::Underscore;
        pos += 1;
    }
    if at(pos) == Some(',') && spec.grouping == Grouping::Underscore {
        return Err(both());
    }
    if at(pos) == Some('.') {
        pos += 1;
        spec.precision = parse_number(&chars, &mut pos)?;
        if spec.precision.is_none() {
            return Err(TextError::value("Format specifier missing precision"));
        }
    }
    if chars.len() - pos > 1 {
        return Err(TextError::value(format!(
            "Invalid format specifier '{text}' for object of type '{type_name}'"
        )));
    }
    spec.ty = at(pos);
    check_grouping(&mut spec, default_align)?;
    Ok(spec)
}

/// `Unknown format code 'q' for object of type 'int'`.
pub(crate) fn unknown_type(ty: char, type_name: &str) -> TextError {
    TextError::value(format!(
        "Unknown format code {} for object of type '{type_name}'",
        quoted(ty)
    ))
}

fn check_grouping(spec: &mut Spec, default_align: char) -> Result<(), TextError> {
    let separator = match spec.grouping {
        Grouping::None => return Ok(()),
        Grouping::Comma => ',',
        _ => '_',
    };
    // Text, which is aligned left, has presentation type `s`.
    let ty = spec.ty.or((default_align == '<').then_some('s'));
    match ty {
        None | Some('d' | 'e' | 'f' | 'g' | 'E' | 'G' | '%' | 'F') => Ok(()),
        Some('b' | 'o' | 'x' | 'X') if separator == '_' => {
            spec.grouping = Grouping::UnderscoreFour;
            Ok(())
        }
        Some(ty) => Err(TextError::value(format!(
            "Cannot specify '{separator}' with {}.",
            quoted(ty)
        ))),
    }
}

fn quoted(ty: char) -> String {
    if (33..128).contains(&(ty as u32)) {
        format!("'{ty}'")
    } else {
        format!("'\\x{:x}'", ty as u32)
    }
}

fn parse_number(chars: &[char], pos: &mut usize) -> Result<Option<usize>, TextError> {
    let start = *pos;
    let mut value: i64 = 0;
    while let Some(digit) = chars.get(*pos).and_then(|c| c.to_digit(10)) {
        value = value
            .checked_mul(10)
            .and_then(|v| v.checked_add(digit as i64))
            .ok_or_else(|| TextError::value("Too many decimal digits in format string"))?;
        *pos += 1;
    }
    Ok((*pos > start).then_some(value as usize))
}
