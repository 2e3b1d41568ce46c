//! Tokens of the text form.

use super::{MAX_ID, ParseError};
use std::fmt;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'a> {
    Word(&'a str),
    Number(&'a str),
    Str(String),
    /// `%N` or `%N/name`.
    Value(u32, Option<&'a str>),
    BodyVal(u32),
    Block(u32),
    Punct(&'static str),
    End,
}

impl fmt::Display for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Token::Word(w) => write!(f, "`{w}`"),
            Token::Number(n) => write!(f, "`{n}`"),
            Token::Str(s) => write!(f, "the string {s:?}"),
            Token::Value(n, _) => write!(f, "`%{n}`"),
            Token::BodyVal(n) => write!(f, "`${n}`"),
            Token::Block(n) => write!(f, "`^b{n}`"),
            Token::Punct(p) => write!(f, "`{p}`"),
            Token::End => f.write_str("the end of the text"),
        }
    }
}

const PUNCTS: &[&str] = &["->", "#[", "(", ")", "[", "]", "{", "}", "<", ">", ",", ":", "=", "!"];

/// The tokens of a text, with one token of lookahead.
pub(super) struct Lexer<'a> {
    tokens: Vec<(Token<'a>, u32)>,
    pos: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Result<Lexer<'a>, ParseError> {
        let mut tokens = Vec::new();
        let mut rest = text;
        let mut line = 1;
        while let Some(c) = rest.chars().next() {
            if c == '\n' {
                line += 1;
                rest = &rest[1..];
            } else if c.is_whitespace() {
                rest = &rest[c.len_utf8()..];
            } else if c == ';' {
                rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
            } else {
                let (token, len) = token(rest).map_err(|message| ParseError { line, message })?;
                tokens.push((token, line));
                rest = &rest[len..];
            }
        }
        tokens.push((Token::End, line));
        Ok(Lexer { tokens, pos: 0 })
    }

    pub(super) fn peek(&self) -> &Token<'a> {
        &self.tokens[self.pos].0
    }

    /// The token after the next one.
    pub(super) fn peek2(&self) -> &Token<'a> {
        &self.tokens[(self.pos + 1).min(self.tokens.len() - 1)].0
    }

    pub(super) fn next(&mut self) {
        // The last token is `End`, and stays.
        self.pos = (self.pos + 1).min(self.tokens.len() - 1);
    }

    pub(super) fn line(&self) -> u32 {
        self.tokens[self.pos].1
    }
}

fn prefix_len(text: &str, ok: impl Fn(char) -> bool) -> usize {
    text.find(|c| !ok(c)).unwrap_or(text.len())
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The first token of a text that starts with one, and its size.
fn token(text: &str) -> Result<(Token<'_>, usize), String> {
    let first = text.chars().next().unwrap_or(' ');
    if first == '"' {
        return string(text);
    }
    if let Some(rest) = text.strip_prefix('%') {
        let (n, digits) = number(rest)?;
        if let Some(name) = rest[digits..].strip_prefix('/') {
            let len = prefix_len(name, is_name);
            return Ok((Token::Value(n, Some(&name[..len])), digits + len + 2));
        }
        return Ok((Token::Value(n, None), digits + 1));
    }
    if let Some(rest) = text.strip_prefix('$') {
        let (n, digits) = number(rest)?;
        return Ok((Token::BodyVal(n), digits + 1));
    }
    if let Some(rest) = text.strip_prefix("^b") {
        let (n, digits) = number(rest)?;
        return Ok((Token::Block(n), digits + 2));
    }
    if let Some(p) = PUNCTS.iter().find(|p| text.starts_with(**p)) {
        return Ok((Token::Punct(p), p.len()));
    }
    let signed = text.strip_prefix('-').unwrap_or(text);
    if signed.starts_with(|c: char| c.is_ascii_digit()) {
        let mut len = text.len() - signed.len();
        let mut last = ' ';
        for c in signed.chars() {
            // A sign belongs to the number only right after the exponent's letter.
            let sign_ok = (c == '-' || c == '+') && (last == 'e' || last == 'E') && !signed.starts_with("0x");
            if !(c.is_ascii_alphanumeric() || c == '.' || sign_ok) {
                break;
            }
            last = c;
            len += c.len_utf8();
        }
        return Ok((Token::Number(&text[..len]), len));
    }
    if is_name(first) {
        let len = prefix_len(text, |c| is_name(c) || c == '.');
        return Ok((Token::Word(&text[..len]), len));
    }
    Err(format!("unexpected character `{first}`"))
}

fn number(text: &str) -> Result<(u32, usize), String> {
    let digits = prefix_len(text, |c| c.is_ascii_digit());
    match text[..digits].parse::<u32>() {
        Ok(n) if (n as usize) < MAX_ID => Ok((n, digits)),
        _ => Err("expected a small number".to_owned()),
    }
}

fn string(text: &str) -> Result<(Token<'_>, usize), String> {
    let mut out = String::new();
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Ok((Token::Str(out), at + 1)),
            '\n' => break,
            '\\' => match chars.next().map(|(_, c)| c) {
                Some('n') => out.push('\n'),
                Some('u') => {
                    let hex: String = chars
                        .by_ref()
                        .map(|(_, c)| c)
                        .skip(1)
                        .take_while(|c| *c != '}')
                        .collect();
                    let code = u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32);
                    out.push(code.ok_or("bad escape in a string")?);
                }
                Some(c @ ('"' | '\\')) => out.push(c),
                _ => return Err("bad escape in a string".to_owned()),
            },
            c => out.push(c),
        }
    }
    Err("unfinished string".to_owned())
}
