//! Parsing, with errors in CPython's words.

use crate::diag::{Diagnostic, Problem};
use rustpython_parser::ast::{Stmt, Suite};
use rustpython_parser::lexer::LexicalErrorType;
use rustpython_parser::{Parse, ParseErrorType};

/// The statements of a program.
pub fn parse(source: &str) -> Result<Vec<Stmt>, Diagnostic> {
    Suite::parse(source, "").map_err(|error| {
        if let Some((at, bracket)) = unclosed(source) {
            let message = format!("invalid syntax: '{bracket}' was never closed");
            return Diagnostic {
                problem: Problem::Syntax { message },
                span: at..at + 1,
                help: None,
            };
        }
        let offset = usize::from(error.offset).min(source.len());
        let (message, help) = describe(&error.error);
        Diagnostic {
            problem: Problem::Syntax { message },
            span: word_at(source, offset),
            help,
        }
    })
}

/// The innermost bracket that is still open at the end of the source.
fn unclosed(source: &str) -> Option<(usize, char)> {
    let bytes = source.as_bytes();
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'#' => at += source[at..].find('\n').unwrap_or(source.len() - at),
            quote @ (b'"' | b'\'') => {
                let triple = [quote; 3];
                let end: &[u8] = if bytes[at..].starts_with(&triple) {
                    &triple
                } else {
                    &triple[..1]
                };
                at += end.len();
                while at < bytes.len() && !bytes[at..].starts_with(end) {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                at += end.len();
                continue;
            }
            bracket @ (b'(' | b'[' | b'{') => open.push((at, bracket as char)),
            b')' | b']' | b'}' => {
                open.pop();
            }
            _ => {}
        }
        at += 1;
    }
    open.pop()
}

fn describe(error: &ParseErrorType) -> (String, Option<String>) {
    let plain = |text: &str| (text.to_owned(), None);
    match error {
        ParseErrorType::Eof => plain("unexpected end of the file"),
        ParseErrorType::UnrecognizedToken(token, expected) => match expected.as_deref() {
            Some("Indent") => (
                "expected an indented block".to_owned(),
                Some("indent the line, or write `pass`".to_owned()),
            ),
            Some(expected) => plain(&format!("invalid syntax: expected {expected}, found {}", spell(token))),
            None => plain(&format!("invalid syntax at {}", spell(token))),
        },
        ParseErrorType::ExtraToken(token) => plain(&format!("invalid syntax at {}", spell(token))),
        ParseErrorType::InvalidToken => plain("invalid syntax"),
        ParseErrorType::Lexical(lexical) => match lexical {
            LexicalErrorType::NestingError => plain("unmatched bracket"),
            LexicalErrorType::IndentationError => plain("unindent does not match any outer indentation level"),
            LexicalErrorType::TabError | LexicalErrorType::TabsAfterSpaces => {
                plain("inconsistent use of tabs and spaces in indentation")
            }
            LexicalErrorType::DefaultArgumentError => {
                plain("parameter without a default follows parameter with a default")
            }
            LexicalErrorType::DuplicateArgumentError(name) => {
                plain(&format!("duplicate argument '{name}' in function definition"))
            }
            LexicalErrorType::PositionalArgumentError => plain("positional argument follows keyword argument"),
            LexicalErrorType::UnpackedArgumentError => {
                plain("iterable argument unpacking follows keyword argument unpacking")
            }
            LexicalErrorType::DuplicateKeywordArgumentError(name) => {
                plain(&format!("keyword argument repeated: {name}"))
            }
            LexicalErrorType::UnrecognizedToken { tok } => plain(&format!("invalid character '{tok}'")),
            LexicalErrorType::LineContinuationError => plain("unexpected character after line continuation character"),
            LexicalErrorType::Eof => plain("unexpected end of the file"),
            LexicalErrorType::StringError => plain("unterminated string literal"),
            LexicalErrorType::UnicodeError => plain("invalid escape in a string literal"),
            LexicalErrorType::FStringError(error) => plain(&format!("f-string: {error}")),
            LexicalErrorType::OtherError(text) => plain(text),
        },
    }
}

fn spell(token: &rustpython_parser::Tok) -> String {
    use rustpython_parser::Tok;
    match token {
        Tok::Newline => "the end of the line".to_owned(),
        Tok::Indent => "an unexpected indent".to_owned(),
        Tok::Dedent => "the end of the block".to_owned(),
        Tok::EndOfFile => "the end of the file".to_owned(),
        other => {
            let text = other.to_string();
            if text.starts_with('\'') {
                text
            } else {
                format!("'{text}'")
            }
        }
    }
}

/// The word or character at a place, so that there is something to point at.
fn word_at(source: &str, offset: usize) -> std::ops::Range<usize> {
    let mut start = offset;
    while !source.is_char_boundary(start) {
        start -= 1;
    }
    let rest = &source[start..];
    let word: usize = rest
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .map(char::len_utf8)
        .sum();
    let one = rest.chars().next().map_or(0, char::len_utf8);
    start..start + word.max(one)
}
