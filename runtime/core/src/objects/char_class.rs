//! Python's character classes over Rust's Unicode tables.

/// `str.isspace` and what `split` and `strip` take for blanks.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\x1c'..='\x1f').contains(&c)
}

pub fn is_line_end(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\x0b' | '\x0c' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Letters. Unicode's *Alphabetic*, less the letter-like numbers, which Python leaves out.
pub fn is_alpha(c: char) -> bool {
    c.is_alphabetic() && !c.is_numeric()
}

/// First code points of the runs of ten decimal digits.
const DIGIT_ZEROS: [u32; 37] = [
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0,
    0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620,
    0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
];

pub fn is_decimal(c: char) -> bool {
    let code = c as u32;
    DIGIT_ZEROS.iter().any(|&zero| (zero..zero + 10).contains(&code)) || (0x1d7ce..0x1d800).contains(&code)
}

/// Decimal digits, superscripts and circled digits.
pub fn is_digit(c: char) -> bool {
    is_decimal(c) || matches!(c, '²' | '³' | '¹' | '⁰' | '⁴'..='⁹' | '₀'..='₉' | '①'..='⑨' | '⑴'..='⑼' | '⒈'..='⒐')
}

/// Letters in title case.
pub fn is_title(c: char) -> bool {
    matches!(
        c as u32,
        0x1c5 | 0x1c8 | 0x1cb | 0x1f2 | 0x1f88..=0x1f8f | 0x1f98..=0x1f9f | 0x1fa8..=0x1faf | 0x1fbc | 0x1fcc | 0x1ffc
    )
}

pub fn is_identifier(s: &str) -> bool {
    let mut chars = s.chars();
    let start = |c: char| c == '_' || c.is_alphabetic();
    chars.next().is_some_and(start) && chars.all(|c| start(c) || c.is_alphanumeric())
}

/// What `repr` shows as it is: the blank is the only printable space.
pub fn is_printable(c: char) -> bool {
    // The same test as `str_repr`'s, which escapes what is not printable.
    if c.is_ascii() {
        return (' '..='~').contains(&c);
    }
    let mut buffer = [0; 4];
    !crate::text::str_repr(c.encode_utf8(&mut buffer)).contains('\\')
}
