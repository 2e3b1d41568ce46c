//! `repr(str)`: CPython's choice of quotes and escapes.

/// `repr(text)`: single quotes unless the text holds some and no double quote; what Unicode
/// calls unprintable is escaped as `\n`, `\x1f`, `\u200b` or `\U000e0001`.
pub fn str_repr(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    let mut out = String::with_capacity(text.len() + 2);
    out.push(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => {
                out.push('\\');
                out.push(c);
            }
            c if is_printable(c) => out.push(c),
            c => match c as u32 {
                n @ 0..=0xff => out.push_str(&format!("\\x{n:02x}")),
                n @ 0x100..=0xffff => out.push_str(&format!("\\u{n:04x}")),
                n => out.push_str(&format!("\\U{n:08x}")),
            },
        }
    }
    out.push(quote);
    out
}

/// `str.isprintable` of one character: no control, format, surrogate, private, unassigned
/// or separator character but the blank.
fn is_printable(c: char) -> bool {
    if c.is_ascii() {
        return (' '..='\x7e').contains(&c);
    }
    // Rust's escape_debug leaves exactly the printable characters alone, by the same
    // categories; only the first character of a string is also escaped for being a combining
    // one, hence the leading letter.
    let mut buffer = [0u8; 5];
    buffer[0] = b'a';
    let n_bytes = c.encode_utf8(&mut buffer[1..]).len();
    let text = std::str::from_utf8(&buffer[..=n_bytes]).unwrap_or("");
    text.escape_debug().eq(text.chars())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_escapes() {
        for (text, repr) in [
            ("a", "'a'"),
            ("it's", "\"it's\""),
            ("it's \"so\"", "'it\\'s \"so\"'"),
            ("a\tb\\\n\r\0\x1f\x7f", "'a\\tb\\\\\\n\\r\\x00\\x1f\\x7f'"),
            (
                "é\u{301}\u{a0}\u{ad}\u{200b}\u{3000}",
                "'é\u{301}\\xa0\\xad\\u200b\\u3000'",
            ),
            ("\u{e0001}\u{1f600}", "'\\U000e0001\u{1f600}'"),
        ] {
            assert_eq!(str_repr(text), repr);
        }
    }
}
