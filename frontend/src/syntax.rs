//! Parsing, with errors in CPython's words.

use crate::diag::{Diagnostic, Problem};
use rustpython_parser::ast::{Stmt, Suite};
use rustpython_parser::lexer::LexicalErrorType;
use rustpython_parser::{Parse, ParseErrorType};

/// The statements of a program.
pub fn parse(source: &str) -> Result<Vec<Stmt>, Diagnostic> {
    Suite::parse(source, "").map_err(|error| {
        let offset = usize::from(error.offset).min(source.len());
        if let Some((at, message)) = first_slip(source, offset) {
            return Diagnostic {
                problem: Problem::Syntax { message },
                span: word_at(source, at),
                help: None,
            };
        }
        let (message, help) = describe(&error.error);
        Diagnostic {
            problem: Problem::Syntax { message },
            span: word_at(source, offset),
            help,
        }
    })
}

/// What a tokenizer sees before the parser's error at `offset`: a string or bracket without its
/// end, brackets that do not match, a `print` statement.
fn first_slip(source: &str, offset: usize) -> Option<(usize, String)> {
    let bytes = source.as_bytes();
    let mut open: Vec<(usize, u8)> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'#' => at += source[at..].find('\n').unwrap_or(source.len() - at),
            b'"' | b'\'' => {
                let (end, kind) = string_end(bytes, at);
                match end {
                    Some(end) => at = end,
                    None if at <= offset => return Some((at, format!("unterminated {kind} literal"))),
                    None => break,
                }
                continue;
            }
            bracket @ (b'(' | b'[' | b'{') => open.push((at, bracket)),
            close @ (b')' | b']' | b'}') => match open.pop() {
                _ if at > offset => break,
                None => return Some((at, format!("unmatched '{}'", close as char))),
                Some((_, bracket)) if closing(bracket) != close => {
                    let (close, bracket) = (close as char, bracket as char);
                    let message =
                        format!("closing parenthesis '{close}' does not match opening parenthesis '{bracket}'");
                    return Some((at, message));
                }
                Some(_) => {}
            },
            _ => {}
        }
        at += 1;
    }
    // An error on the bracket's own line is something else.
    if let Some(&(at, bracket)) = open.last()
        && at < offset
        && source[at..offset].contains('\n')
    {
        return Some((at, format!("invalid syntax: '{}' was never closed", bracket as char)));
    }
    let start = source[..offset].rfind('\n').map_or(0, |newline| newline + 1);
    let before = source[start..offset].trim();
    if before == "print" {
        let at = start + source[start..].find("print").unwrap_or(0);
        let message = "missing parentheses in call to 'print', did you mean print(...)?";
        return Some((at, message.to_owned()));
    }
    None
}

fn closing(bracket: u8) -> u8 {
    match bracket {
        b'(' => b')',
        b'[' => b']',
        _ => b'}',
    }
}

/// Behind the end of the string that starts at a quote, if it has one, and what it is called.
fn string_end(bytes: &[u8], at: usize) -> (Option<usize>, &'static str) {
    let triple = [bytes[at]; 3];
    let is_triple = bytes[at..].starts_with(&triple);
    let quotes = if is_triple { &triple[..] } else { &triple[..1] };
    let kind = if is_triple { "triple-quoted string" } else { "string" };
    let mut at = at + quotes.len();
    while at < bytes.len() {
        if bytes[at..].starts_with(quotes) {
            return (Some(at + quotes.len()), kind);
        }
        match bytes[at] {
            b'\n' if !is_triple => return (None, kind),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    (None, kind)
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
