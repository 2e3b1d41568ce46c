//! `int(text, base)` and `float(text)`: what CPython reads, and its words when it cannot.

use super::error::TextError;
use super::quote::str_repr;

/// `int(text, base)`, base 0 or 2 to 36.
///
/// Errors: `ValueError` with CPython's text; `OverflowError` for a number that no 64-bit
/// integer holds (CPython would return a big one).
pub fn parse_int(text: &str, base: u32) -> Result<i64, TextError> {
    if base == 1 || base > 36 {
        return Err(TextError::value("int() base must be >= 2 and <= 36, or 0"));
    }
    let invalid = || {
        TextError::value(format!(
            "invalid literal for int() with base {base}: {}",
            clipped_repr(text)
        ))
    };
    let body = text.trim();
    let (negative, body) = split_sign(body);
    let (radix, body, prefixed) = split_base(body, base);
    // An underscore may follow a prefix or part two digits.
    let body = if prefixed {
        body.strip_prefix('_').unwrap_or(body)
    } else {
        body
    };
    let mut value: Option<i64> = Some(0);
    let mut after_digit = false;
    let mut n_digits = 0;
    for c in body.chars() {
        if c == '_' && after_digit {
            after_digit = false;
            continue;
        }
        let digit = digit_value(c).filter(|&d| d < radix).ok_or_else(invalid)? as i64;
        // Counting downwards holds the smallest integer too.
        value = value
            .and_then(|v| v.checked_mul(radix as i64))
            .and_then(|v| v.checked_sub(digit));
        after_digit = true;
        n_digits += 1;
    }
    if n_digits == 0 || !after_digit {
        return Err(invalid());
    }
    // With base 0, "010" is refused as an old octal: only zeros may start with a zero.
    if base_zero_octal(text, base, prefixed) && value != Some(0) {
        return Err(invalid());
    }
    let value = if negative {
        value
    } else {
        value.and_then(i64::checked_neg)
    };
    value.ok_or_else(|| TextError::overflow(format!("integer {} does not fit in 64 bits", clipped_repr(text))))
}

/// `float(text)`: decimal forms, `inf`, `infinity`, `nan` in any case, single underscores
/// between digits, blanks around.
pub fn parse_float(text: &str) -> Result<f64, TextError> {
    let invalid = || TextError::value(format!("could not convert string to float: {}", str_repr(text)));
    let ascii: String = text.trim().chars().map(ascii_digit).collect();
    let bytes = ascii.as_bytes();
    let is_digit_at = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let mut plain = String::with_capacity(bytes.len());
    for (i, &b) in bytes.iter().enumerate() {
        if b == b'_' {
            if i == 0 || !is_digit_at(i - 1) || !is_digit_at(i + 1) {
                return Err(invalid());
            }
        } else if b.is_ascii() {
            plain.push(b as char);
        } else {
            return Err(invalid());
        }
    }
    // Rust reads the same grammar (inf, infinity and nan included), correctly rounded.
    plain.parse().map_err(|_| invalid())
}

fn base_zero_octal(text: &str, base: u32, prefixed: bool) -> bool {
    let (_, body) = split_sign(text.trim());
    base == 0 && !prefixed && body.starts_with('0')
}

fn split_sign(text: &str) -> (bool, &str) {
    match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    }
}

/// The base in force, what follows the prefix, and whether there was one.
fn split_base(body: &str, base: u32) -> (u32, &str, bool) {
    let prefix_base = match body.get(..2) {
        Some("0x" | "0X") => 16,
        Some("0o" | "0O") => 8,
        Some("0b" | "0B") => 2,
        _ => 0,
    };
    if prefix_base != 0 && (base == 0 || base == prefix_base) {
        (prefix_base, &body[2..], true)
    } else {
        (if base == 0 { 10 } else { base }, body, false)
    }
}

fn digit_value(c: char) -> Option<u32> {
    ascii_digit(c).to_digit(36)
}

/// Decimal digits of the common scripts read as ASCII ones, as in Python.
fn ascii_digit(c: char) -> char {
    const ZEROS: [u32; 12] = [
        0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xe50, 0xed0, 0xff10,
    ];
    let code = c as u32;
    if code < 0x660 {
        return c;
    }
    match ZEROS.iter().find(|&&zero| (zero..zero + 10).contains(&code)) {
        Some(zero) => char::from(b'0' + (code - zero) as u8),
        None => c,
    }
}

/// `%.200R`.
fn clipped_repr(text: &str) -> String {
    let repr = str_repr(text);
    match repr.char_indices().nth(200) {
        Some((end, _)) => repr[..end].to_string(),
        None => repr,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ints() {
        for (text, base, value) in [
            (" 42\n", 10, 42),
            ("-1_000", 10, -1000),
            ("0x_ff", 16, 255),
            ("0xff", 0, 255),
            ("z", 36, 35),
            ("0b101", 0, 5),
            ("0_0", 0, 0),
            ("-9223372036854775808", 10, i64::MIN),
            ("0b1", 16, 177),
        ] {
            assert_eq!(parse_int(text, base), Ok(value), "{text}");
        }
        for text in ["", " ", "1__0", "_1", "1_", "0x", "1.5", "--1", "+ 1", "0b1"] {
            let error = parse_int(text, 10).unwrap_err();
            assert_eq!(
                error.message,
                format!("invalid literal for int() with base 10: '{text}'")
            );
        }
        assert!(parse_int("010", 0).is_err());
        assert_eq!(
            parse_int("9223372036854775808", 10).unwrap_err().kind,
            crate::text::ErrorKind::OverflowError
        );
    }

    #[test]
    fn floats() {
        for (text, value) in [
            ("1.5", 1.5),
            (" -1e3\n", -1000.0),
            (".5", 0.5),
            ("5.", 5.0),
            ("1_0.0_1", 10.01),
            ("+Infinity", f64::INFINITY),
        ] {
            assert_eq!(parse_float(text), Ok(value));
        }
        assert!(parse_float("-nan").unwrap().is_nan());
        for text in [
            "", "1e", "_1", "1_", "1__0", "1e_5", "0x10", "1 2", "infin", ".", "1_.5",
        ] {
            let error = parse_float(text).unwrap_err();
            assert_eq!(error.message, format!("could not convert string to float: '{text}'"));
        }
    }
}
