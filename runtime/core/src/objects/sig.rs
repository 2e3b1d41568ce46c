//! Signatures: how a Python value lies in 8-byte slots.
//!
//! | text | value | slots |
//! |---|---|---|
//! | `i` `b` `f` | `int`, `bool`, `float` | 1 |
//! | `c` | `complex` | 2 |
//! | `s` | `str` | 1 |
//! | `N` | `None` | 0 |
//! | `?` `h` `l` `e` `d` `C` | NumPy scalar: bool, int32, int64, float32, float64, complex128 | 1 (`C` 2) |
//! | `a` `L` `o` `r` | array, list, CPython object, `Generator` | 1 |
//! | `(…)` | tuple of these | their sum |
//! | `{…}` | one of these alternatives | a tag (its position) + the widest |
//!
//! `L` may carry its element's signature in angle brackets; a list knows it anyway. Narrow
//! scalars use the low bits of their slot, and what the rest holds does not matter.

use lnp_abi::{DType, RefHeader};
use std::fmt::{self, Write};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sig {
    Int,
    Bool,
    Float,
    Complex,
    Str,
    None,
    Np(DType),
    Array,
    List,
    Object,
    Rng,
    Tuple(Vec<Sig>),
    Union(Vec<Sig>),
}

impl Sig {
    /// The signature that `text` is, `None` where it is not exactly one.
    pub fn parse(text: &str) -> Option<Sig> {
        match <[Sig; 1]>::try_from(Sig::parse_all(text)?) {
            Ok([sig]) => Some(sig),
            Err(_) => None,
        }
    }

    /// Signatures one after the other.
    pub fn parse_all(text: &str) -> Option<Vec<Sig>> {
        let mut rest = text.bytes();
        let sigs = parse_until(&mut rest, None)?;
        Some(sigs)
    }

    /// Slots that a value takes.
    pub fn width(&self) -> usize {
        match self {
            Sig::None => 0,
            Sig::Complex | Sig::Np(DType::C128) => 2,
            Sig::Tuple(items) => items.iter().map(Sig::width).sum(),
            Sig::Union(items) => 1 + items.iter().map(Sig::width).max().unwrap_or(0),
            _ => 1,
        }
    }

    pub fn is_ref(&self) -> bool {
        matches!(self, Sig::Str | Sig::Array | Sig::List | Sig::Object | Sig::Rng)
    }

    /// Whether values may hold references.
    pub fn has_refs(&self) -> bool {
        match self {
            Sig::Tuple(items) | Sig::Union(items) => items.iter().any(Sig::has_refs),
            other => other.is_ref(),
        }
    }

    /// The alternative that a tag names; a union of one value has no other.
    pub fn alternative(items: &[Sig], tag: u64) -> &Sig {
        // A tag outside the table can only come from miscompiled code: read as `None`,
        // which touches no memory.
        items.get(tag as usize).unwrap_or(&Sig::None)
    }

    /// Calls `f` with each reference in a value's slots.
    pub fn for_each_ref(&self, slots: &[u64], f: &mut dyn FnMut(*mut RefHeader)) {
        match self {
            Sig::Tuple(items) => {
                let mut at = 0;
                for item in items {
                    let width = item.width();
                    if item.has_refs() {
                        item.for_each_ref(&slots[at..at + width], f);
                    }
                    at += width;
                }
            }
            Sig::Union(items) => {
                let item = Sig::alternative(items, slots[0]);
                item.for_each_ref(&slots[1..1 + item.width()], f);
            }
            sig if sig.is_ref() => f(slots[0] as *mut RefHeader),
            _ => {}
        }
    }
}

impl fmt::Display for Sig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = match self {
            Sig::Int => 'i',
            Sig::Bool => 'b',
            Sig::Float => 'f',
            Sig::Complex => 'c',
            Sig::Str => 's',
            Sig::None => 'N',
            Sig::Np(DType::Bool) => '?',
            Sig::Np(DType::I32) => 'h',
            Sig::Np(DType::I64) => 'l',
            Sig::Np(DType::F32) => 'e',
            Sig::Np(DType::F64) => 'd',
            Sig::Np(DType::C128) => 'C',
            Sig::Array => 'a',
            Sig::List => 'L',
            Sig::Object => 'o',
            Sig::Rng => 'r',
            Sig::Tuple(items) => return write_items(f, '(', items, ')'),
            Sig::Union(items) => return write_items(f, '{', items, '}'),
        };
        f.write_char(letter)
    }
}

fn write_items(f: &mut fmt::Formatter<'_>, open: char, items: &[Sig], close: char) -> fmt::Result {
    f.write_char(open)?;
    items.iter().try_for_each(|item| write!(f, "{item}"))?;
    f.write_char(close)
}

fn parse_until(rest: &mut std::str::Bytes, close: Option<u8>) -> Option<Vec<Sig>> {
    let mut sigs = Vec::new();
    loop {
        let Some(c) = rest.next() else {
            return if close.is_none() { Some(sigs) } else { None };
        };
        if Some(c) == close {
            return Some(sigs);
        }
        sigs.push(match c {
            b'i' => Sig::Int,
            b'b' => Sig::Bool,
            b'f' => Sig::Float,
            b'c' => Sig::Complex,
            b's' => Sig::Str,
            b'N' => Sig::None,
            b'?' => Sig::Np(DType::Bool),
            b'h' => Sig::Np(DType::I32),
            b'l' => Sig::Np(DType::I64),
            b'e' => Sig::Np(DType::F32),
            b'd' => Sig::Np(DType::F64),
            b'C' => Sig::Np(DType::C128),
            b'a' => Sig::Array,
            b'L' => {
                if rest.clone().next() == Some(b'<') {
                    rest.next();
                    parse_until(rest, Some(b'>'))?;
                }
                Sig::List
            }
            b'o' => Sig::Object,
            b'r' => Sig::Rng,
            b'(' => Sig::Tuple(parse_until(rest, Some(b')'))?),
            b'{' => Sig::Union(parse_until(rest, Some(b'}'))?),
            _ => return None,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths() {
        for (text, width) in [
            ("i", 1),
            ("c", 2),
            ("N", 0),
            ("C", 2),
            ("()", 0),
            ("(ifc)", 4),
            ("{if(sd)N}", 3),
            ("L<(ii)>", 1),
        ] {
            assert_eq!(Sig::parse(text).map(|s| s.width()), Some(width), "{text}");
        }
        for text in ["", "ii", "(i", "i)", "x", "L<i"] {
            assert_eq!(Sig::parse(text), None, "{text}");
        }
        assert_eq!(Sig::parse_all("iL(N)s").map(|s| s.len()), Some(4));
    }

    #[test]
    fn references() {
        let sig = Sig::parse("(i{sf}a)").unwrap();
        let mut seen = Vec::new();
        sig.for_each_ref(&[1, 0, 16, 32], &mut |p| seen.push(p as u64));
        sig.for_each_ref(&[1, 1, 16, 32], &mut |p| seen.push(p as u64));
        assert_eq!(seen, [16, 32, 32]);
    }
}
