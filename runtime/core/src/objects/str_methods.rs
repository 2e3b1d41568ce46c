//! `str` methods, as CPython's `unicodeobject.c` has them.
//!
//! The codes and their arguments are listed at `abi::StrMethod`. Case mapping is Unicode's
//! (Rust's tables); character classes beyond ASCII are Rust's nearest.

use super::char_class as class;
use super::string::char_index;
use crate::error::Raise;
use lnp_abi::{ExceptionKind, StrMethod};
use std::borrow::Cow;

/// Methods that give a string.
pub fn to_str(method: StrMethod, s: &str, args: &[&str], int: i64) -> Result<String, Raise> {
    use StrMethod as M;
    let first = args.first().copied();
    Ok(match method {
        M::Upper => s.to_uppercase(),
        M::Lower => s.to_lowercase(),
        M::Casefold => casefold(s),
        M::Title => title(s),
        M::Capitalize => capitalize(s),
        M::Swapcase => swapcase(s),
        M::Strip => strip(s, first, true, true).to_owned(),
        M::Lstrip => strip(s, first, true, false).to_owned(),
        M::Rstrip => strip(s, first, false, true).to_owned(),
        M::Replace => {
            let (old, new) = (first.unwrap_or(""), args.get(1).copied().unwrap_or(""));
            if int < 0 {
                s.replace(old, new)
            } else {
                s.replacen(old, new, int as usize)
            }
        }
        M::Ljust | M::Rjust | M::Center => justify(method, s, first, int)?,
        M::Zfill => zfill(s, int)?,
        M::Expandtabs => expandtabs(s, int),
        M::Removeprefix => s.strip_prefix(first.unwrap_or("")).unwrap_or(s).to_owned(),
        M::Removesuffix => s.strip_suffix(first.unwrap_or("")).unwrap_or(s).to_owned(),
        M::Chr => u32::try_from(int)
            .ok()
            .and_then(char::from_u32)
            .ok_or_else(|| Raise::value("chr() arg not in range(0x110000)"))?
            .to_string(),
        _ => return Err(mismatch(method)),
    })
}

/// Methods that give an int or a bool.
pub fn to_int(method: StrMethod, s: &str, args: &[&str]) -> Result<i64, Raise> {
    use StrMethod as M;
    let first = args.first().copied().unwrap_or("");
    let position = |offset: Option<usize>| offset.map(|offset| char_index(s, offset));
    let found = || Raise::value("substring not found");
    let all = |test: fn(char) -> bool| !s.is_empty() && s.chars().all(test);
    Ok(match method {
        M::Startswith => args.iter().any(|prefix| s.starts_with(prefix)) as i64,
        M::Endswith => args.iter().any(|suffix| s.ends_with(suffix)) as i64,
        M::Find => position(s.find(first)).unwrap_or(-1),
        M::Rfind => position(s.rfind(first)).unwrap_or(-1),
        M::Index => position(s.find(first)).ok_or_else(found)?,
        M::Rindex => position(s.rfind(first)).ok_or_else(found)?,
        M::Count if first.is_empty() => s.chars().count() as i64 + 1,
        M::Count => s.matches(first).count() as i64,
        M::Isdigit => all(class::is_digit) as i64,
        M::Isdecimal => all(class::is_decimal) as i64,
        M::Isnumeric => all(char::is_numeric) as i64,
        M::Isalpha => all(class::is_alpha) as i64,
        M::Isalnum => all(|c| class::is_alpha(c) || c.is_numeric()) as i64,
        M::Isspace => all(class::is_space) as i64,
        M::Isupper => is_cased(s, char::is_uppercase, |c| c.is_lowercase() || class::is_title(c)) as i64,
        M::Islower => is_cased(s, char::is_lowercase, |c| c.is_uppercase() || class::is_title(c)) as i64,
        M::Istitle => is_title(s) as i64,
        M::Isascii => s.is_ascii() as i64,
        M::Isidentifier => class::is_identifier(s) as i64,
        M::Isprintable => s.chars().all(class::is_printable) as i64,
        M::Ord => {
            let mut chars = s.chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) => c as i64,
                _ => {
                    let n = s.chars().count();
                    return Err(Raise::type_(format!(
                        "ord() expected a character, but string of length {n} found"
                    )));
                }
            }
        }
        _ => return Err(mismatch(method)),
    })
}

/// Methods that give a list of strings.
pub fn to_list<'a>(method: StrMethod, s: &'a str, args: &[&'a str], int: i64) -> Result<Vec<&'a str>, Raise> {
    use StrMethod as M;
    let limit = if int < 0 { usize::MAX } else { int as usize };
    let first = args.first().copied();
    if first == Some("") {
        return Err(Raise::value("empty separator"));
    }
    Ok(match (method, first) {
        (M::Split, None) => split_blank(s, limit),
        (M::Split, Some(sep)) => s.splitn(limit.saturating_add(1), sep).collect(),
        (M::Rsplit, None) => rsplit_blank(s, limit),
        (M::Rsplit, Some(sep)) => reversed(s.rsplitn(limit.saturating_add(1), sep).collect()),
        (M::Splitlines, _) => split_lines(s, int != 0),
        (M::Partition, Some(sep)) => s.split_once(sep).map_or(vec![s, "", ""], |(a, b)| vec![a, sep, b]),
        (M::Rpartition, Some(sep)) => s.rsplit_once(sep).map_or(vec!["", "", s], |(a, b)| vec![a, sep, b]),
        _ => return Err(mismatch(method)),
    })
}

fn mismatch(method: StrMethod) -> Raise {
    Raise::new(
        ExceptionKind::AttributeError,
        format!("'str' method '{}' called wrongly", method.name()),
    )
}

fn reversed(mut items: Vec<&str>) -> Vec<&str> {
    items.reverse();
    items
}

fn strip<'a>(s: &'a str, chars: Option<&str>, left: bool, right: bool) -> &'a str {
    let matches = |c: char| chars.map_or_else(|| class::is_space(c), |set| set.contains(c));
    let s = if left { s.trim_start_matches(matches) } else { s };
    if right { s.trim_end_matches(matches) } else { s }
}

/// The first letter's title case: `ǆ` has a third form, a letter that expands (`ß`) keeps only
/// its first letter upper.
fn push_title(out: &mut String, c: char) {
    let digraph = match c as u32 {
        0x1c4..=0x1c6 => Some('\u{1c5}'),
        0x1c7..=0x1c9 => Some('\u{1c8}'),
        0x1ca..=0x1cc => Some('\u{1cb}'),
        0x1f1..=0x1f3 => Some('\u{1f2}'),
        _ => None,
    };
    if let Some(title) = digraph {
        out.push(title);
        return;
    }
    let mut upper = c.to_uppercase();
    out.extend(upper.next());
    upper.for_each(|c| out.extend(c.to_lowercase()));
}

fn is_cased_char(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase() || class::is_title(c)
}

fn title(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    let mut inside = false;
    // Lower-casing the whole keeps the final sigma's context.
    let lower = s.to_lowercase();
    let same_len = lower.chars().count() == s.chars().count();
    let lower: Cow<str> = if same_len { Cow::Owned(lower) } else { Cow::Borrowed(s) };
    for (c, low) in s.chars().zip(lower.chars()) {
        match (inside, same_len) {
            (false, _) => push_title(&mut out, c),
            (true, true) => out.push(low),
            (true, false) => out.extend(c.to_lowercase()),
        }
        inside = is_cased_char(c);
    }
    out
}

fn capitalize(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    let mut chars = s.chars();
    if let Some(c) = chars.next() {
        push_title(&mut out, c);
        out.push_str(&chars.as_str().to_lowercase());
    }
    out
}

fn swapcase(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    for c in s.chars() {
        if c.is_uppercase() {
            out.extend(c.to_lowercase());
        } else if c.is_lowercase() {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
    }
    out
}

/// Unicode's full folding for the letters where it is not lower case: those whose upper case
/// expands, and the final sigma.
fn casefold(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    for c in s.chars() {
        match c {
            'ß' | 'ẞ' => out.push_str("ss"),
            'ς' => out.push('σ'),
            'µ' => out.push('μ'),
            'ſ' => out.push('s'),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// No character of the other case, and at least one of this.
fn is_cased(s: &str, wanted: fn(char) -> bool, other: fn(char) -> bool) -> bool {
    !s.chars().any(other) && s.chars().any(wanted)
}

fn is_title(s: &str) -> bool {
    let (mut seen, mut inside) = (false, false);
    for c in s.chars() {
        if c.is_uppercase() || class::is_title(c) {
            if inside {
                return false;
            }
            (seen, inside) = (true, true);
        } else if c.is_lowercase() {
            if !inside {
                return false;
            }
        } else {
            inside = false;
        }
    }
    seen
}

fn justify(method: StrMethod, s: &str, fill: Option<&str>, width: i64) -> Result<String, Raise> {
    let mut fills = fill.unwrap_or(" ").chars();
    let (Some(fill), None) = (fills.next(), fills.next()) else {
        return Err(Raise::type_("The fill character must be exactly one character long"));
    };
    let n = s.chars().count() as i64;
    if width <= n {
        return Ok(s.to_owned());
    }
    let pad = width - n;
    let left = match method {
        StrMethod::Ljust => 0,
        StrMethod::Rjust => pad,
        // CPython's centre leans left for an odd width.
        _ => pad / 2 + (pad & width & 1),
    };
    let mut out = reserve(s.len() as i64 + pad)?;
    out.extend(std::iter::repeat_n(fill, left as usize));
    out.push_str(s);
    out.extend(std::iter::repeat_n(fill, (pad - left) as usize));
    Ok(out)
}

fn zfill(s: &str, width: i64) -> Result<String, Raise> {
    let n = s.chars().count() as i64;
    if width <= n {
        return Ok(s.to_owned());
    }
    let mut out = reserve(s.len() as i64 + width - n)?;
    let sign = s.starts_with(['+', '-']) as usize;
    out.push_str(&s[..sign]);
    out.extend(std::iter::repeat_n('0', (width - n) as usize));
    out.push_str(&s[sign..]);
    Ok(out)
}

fn reserve(n: i64) -> Result<String, Raise> {
    let mut out = String::new();
    out.try_reserve(n.max(0) as usize)
        .map_err(|_| Raise::new(ExceptionKind::MemoryError, ""))?;
    Ok(out)
}

fn expandtabs(s: &str, size: i64) -> String {
    let mut out = String::with_capacity(s.len());
    let mut column = 0;
    for c in s.chars() {
        match c {
            '\t' if size > 0 => {
                let n = size - column % size;
                out.extend(std::iter::repeat_n(' ', n as usize));
                column += n;
            }
            '\t' => {}
            c => {
                column = if matches!(c, '\n' | '\r') { 0 } else { column + 1 };
                out.push(c);
            }
        }
    }
    out
}

fn split_blank(s: &str, limit: usize) -> Vec<&str> {
    let mut items = Vec::new();
    let mut rest = s.trim_start_matches(class::is_space);
    while !rest.is_empty() && items.len() < limit {
        let end = rest.find(class::is_space).unwrap_or(rest.len());
        items.push(&rest[..end]);
        rest = rest[end..].trim_start_matches(class::is_space);
    }
    if !rest.is_empty() {
        items.push(rest);
    }
    items
}

fn rsplit_blank(s: &str, limit: usize) -> Vec<&str> {
    let mut items = Vec::new();
    let mut rest = s.trim_end_matches(class::is_space);
    while !rest.is_empty() && items.len() < limit {
        let start = rest
            .char_indices()
            .rev()
            .find(|&(_, c)| class::is_space(c))
            .map_or(0, |(offset, c)| offset + c.len_utf8());
        items.push(&rest[start..]);
        rest = rest[..start].trim_end_matches(class::is_space);
    }
    if !rest.is_empty() {
        items.push(rest);
    }
    reversed(items)
}

fn split_lines(s: &str, keep_ends: bool) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = s;
    while !rest.is_empty() {
        let (end, next) = match rest.find(class::is_line_end) {
            None => (rest.len(), rest.len()),
            Some(end) if rest[end..].starts_with("\r\n") => (end, end + 2),
            Some(end) => (end, end + rest[end..].chars().next().map_or(1, char::len_utf8)),
        };
        lines.push(&rest[..if keep_ends { next } else { end }]);
        rest = &rest[next..];
    }
    lines
}

#[cfg(test)]
#[path = "str_tests.rs"]
mod tests;
