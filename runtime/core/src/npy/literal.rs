//! The Python literals that `.npy` headers are made of: what `ast.literal_eval` would give.

use crate::text::str_repr;

/// The Python literals that headers are made of.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Literal {
    Str(String),
    /// Digits as written, sign included: they may be of any length.
    Int(String),
    /// `True`, `False` or `None`.
    Name(&'static str),
    Seq {
        tuple: bool,
        items: Vec<Literal>,
    },
    Dict(Vec<(Literal, Literal)>),
}

impl Literal {
    pub(super) fn parse(text: &str) -> Option<Literal> {
        let mut rest = text;
        let literal = Literal::read(&mut rest, 0)?;
        rest.trim().is_empty().then_some(literal)
    }

    fn read(rest: &mut &str, depth: usize) -> Option<Literal> {
        const MAX_DEPTH: usize = 32;
        *rest = rest.trim_start();
        let first = rest.chars().next().filter(|_| depth < MAX_DEPTH)?;
        match first {
            '{' => {
                *rest = &rest[1..];
                let mut entries = Vec::new();
                while !eat(rest, '}') {
                    let key = Literal::read(rest, depth + 1)?;
                    eat(rest, ':').then_some(())?;
                    entries.push((key, Literal::read(rest, depth + 1)?));
                    if !eat(rest, ',') {
                        eat(rest, '}').then_some(())?;
                        break;
                    }
                }
                Some(Literal::Dict(entries))
            }
            '(' | '[' => {
                let close = if first == '(' { ')' } else { ']' };
                *rest = &rest[1..];
                let (mut items, mut comma) = (Vec::new(), true);
                while !eat(rest, close) {
                    comma.then_some(())?;
                    items.push(Literal::read(rest, depth + 1)?);
                    comma = eat(rest, ',');
                }
                // (x) without a comma is x itself.
                if close == ')' && items.len() == 1 && !comma {
                    return items.pop();
                }
                Some(Literal::Seq {
                    tuple: close == ')',
                    items,
                })
            }
            '\'' | '"' => {
                let (body, after) = rest[1..].split_once(first)?;
                let plain = !body.contains(['\\', '\n']);
                *rest = after;
                plain.then(|| Literal::Str(body.to_string()))
            }
            '0'..='9' | '-' | '+' => {
                let signed = &rest[(!first.is_ascii_digit()) as usize..];
                let n_digits = signed.bytes().take_while(u8::is_ascii_digit).count();
                let digits = &signed[..n_digits];
                *rest = &signed[n_digits..];
                // Python 2 wrote long integers with an L.
                *rest = rest.strip_prefix('L').unwrap_or(rest);
                let bare = digits.trim_start_matches('0');
                let octal = digits.starts_with('0') && !bare.is_empty();
                let sign = if first == '-' && !bare.is_empty() { "-" } else { "" };
                let bare = if bare.is_empty() { "0" } else { bare };
                (n_digits > 0 && !octal).then(|| Literal::Int(format!("{sign}{bare}")))
            }
            _ => ["True", "False", "None"].into_iter().find_map(|name| {
                let after = rest.strip_prefix(name)?;
                *rest = after;
                Some(Literal::Name(name))
            }),
        }
    }

    /// A tuple of integers; those beyond 128 bits count as too large ones.
    pub(super) fn extents(&self) -> Option<Vec<i128>> {
        let Literal::Seq { tuple: true, items } = self else {
            return None;
        };
        let extent = |item: &Literal| match item {
            Literal::Int(digits) if digits.starts_with('-') => Some(digits.parse().unwrap_or(i128::MIN)),
            Literal::Int(digits) => Some(digits.parse().unwrap_or(i128::MAX)),
            Literal::Name("True") => Some(1),
            Literal::Name("False") => Some(0),
            _ => None,
        };
        items.iter().map(extent).collect()
    }

    /// `repr(literal)`.
    pub(super) fn repr(&self) -> String {
        let list = |items: &[Literal]| items.iter().map(Literal::repr).collect::<Vec<_>>().join(", ");
        match self {
            Literal::Str(text) => str_repr(text),
            Literal::Int(digits) => digits.clone(),
            Literal::Name(name) => name.to_string(),
            Literal::Seq { tuple: true, items } if items.len() == 1 => {
                format!("({},)", items[0].repr())
            }
            Literal::Seq { tuple: true, items } => format!("({})", list(items)),
            Literal::Seq { tuple: false, items } => format!("[{}]", list(items)),
            Literal::Dict(entries) => {
                let entries = entries
                    .iter()
                    .map(|(key, value)| format!("{}: {}", key.repr(), value.repr()));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
            }
        }
    }
}

/// Consumes `c`, blanks before it skipped, if it is next.
fn eat(rest: &mut &str, c: char) -> bool {
    *rest = rest.trim_start();
    match rest.strip_prefix(c) {
        Some(after) => {
            *rest = after;
            true
        }
        None => false,
    }
}
