//! Prints diagnostics: for people (miette), one line each, or as JSON lines.

use crate::args::ErrorFormat;
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, NamedSource, Report};
use std::io::{IsTerminal, Write};

/// A diagnostic as it is shown: severity after `--deny` and `--allow`.
pub struct Shown<'a> {
    pub code: &'a str,
    pub is_error: bool,
    pub message: &'a str,
    pub help: Option<&'a str>,
    /// Byte range in the source.
    pub span: std::ops::Range<usize>,
}

/// Prints one diagnostic about `file`, whose text is `source`, to standard error.
pub fn print(format: ErrorFormat, file: &str, source: &str, shown: &Shown) {
    let text = match format {
        ErrorFormat::Human => human(file, source, shown),
        ErrorFormat::Short => short(file, source, shown),
        ErrorFormat::Json => json(file, source, shown),
    };
    // A closed standard error leaves nobody to tell.
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// Prints a failure that has no place in a program: a missing file, a broken toolchain.
pub fn failure(format: ErrorFormat, file: &str, message: &str) {
    let text = match format {
        ErrorFormat::Json => {
            serde_json::json!({"file": file, "severity": "error", "code": null, "message": message}).to_string() + "\n"
        }
        _ => format!("lnpc: {message}\n"),
    };
    let _ = std::io::stderr().write_all(text.as_bytes());
}

fn severity(shown: &Shown) -> &'static str {
    if shown.is_error { "error" } else { "warning" }
}

/// 1-based line and column (in characters) of a byte offset.
fn position(source: &str, offset: usize) -> (usize, usize) {
    let offset = offset.min(source.len());
    let before = &source.as_bytes()[..offset];
    let line = before.iter().filter(|&&b| b == b'\n').count() + 1;
    let start = before.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
    let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
    (line, column)
}

fn short(file: &str, source: &str, shown: &Shown) -> String {
    let (line, column) = position(source, shown.span.start);
    format!(
        "{file}:{line}:{column}: {}[{}]: {}\n",
        severity(shown),
        shown.code,
        shown.message
    )
}

fn json(file: &str, source: &str, shown: &Shown) -> String {
    let (line, column) = position(source, shown.span.start);
    let (end_line, end_column) = position(source, shown.span.end);
    serde_json::json!({
        "file": file,
        "severity": severity(shown),
        "code": shown.code,
        "message": shown.message,
        "help": shown.help,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
    })
    .to_string()
        + "\n"
}

fn human(file: &str, source: &str, shown: &Shown) -> String {
    let start = shown.span.start.min(source.len());
    // One line at most, so that the picture stays small.
    let line_end = source[start..].find('\n').map_or(source.len(), |at| start + at);
    let end = shown.span.end.clamp(start, line_end.max(start));
    let mut diagnostic = MietteDiagnostic::new(shown.message)
        .with_code(shown.code)
        .with_severity(if shown.is_error {
            miette::Severity::Error
        } else {
            miette::Severity::Warning
        })
        .with_label(LabeledSpan::underline(start..end));
    if let Some(help) = shown.help {
        diagnostic = diagnostic.with_help(help);
    }
    let report = Report::new(diagnostic).with_source_code(NamedSource::new(file, source.to_owned()));
    let theme = if std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none() {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    let mut text = String::new();
    match GraphicalReportHandler::new_themed(theme)
        .with_links(false)
        .with_context_lines(1)
        .render_report(&mut text, report.as_ref())
    {
        Ok(()) => text + "\n",
        Err(_) => short(file, source, shown),
    }
}
