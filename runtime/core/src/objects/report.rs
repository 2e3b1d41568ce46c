//! Raising from compiled code, and the report of an exception that nothing caught.
//!
//! The report is CPython's, without the carets under the source line:
//!
//! ```text
//! Traceback (most recent call last):
//!   File "app.py", line 9, in <module>
//!     print(f(3))
//!   File "app.py", line 5, in f
//!     return a[k]
//! IndexError: index 3 is out of bounds for axis 0 with size 3
//! ```

use super::string::text;
use super::{interrupt, output, process};
use crate::dist::world;
use crate::error::{self, Frame, Pending, Raise};
use lnp_abi::{ExceptionKind, ProgramDesc, StrHeader};
use std::ffi::{CStr, c_char};
use std::fmt::Write;

/// How often CPython shows one frame in a row before it only counts it.
const SHOWN_REPEATS: usize = 3;

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_raise(kind: i64, message: *const StrHeader) {
    // SAFETY: a live string.
    let message = unsafe { text(message) };
    let name = usize::try_from(kind).ok().and_then(|k| ExceptionKind::NAMES.get(k));
    error::set_pending(Pending {
        class: name.unwrap_or(&"Exception").to_string(),
        message: message.to_owned(),
        ..Pending::default()
    });
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_traceback_frame(function: *const c_char, line: i64) {
    let Some(pending) = error::pending_mut() else { return };
    // SAFETY: compiled code passes a NUL-terminated constant.
    let function = unsafe { CStr::from_ptr(function) }.to_string_lossy().into_owned();
    let line = match std::mem::take(&mut pending.unit_line) {
        0 => line,
        inside => inside,
    };
    pending.frames.push(Frame { function, line });
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_exit(code: i64) {
    // The process keeps the low byte, as `exit` does.
    error::set_pending(Pending {
        exit: Some(code as i32),
        class: "SystemExit".to_owned(),
        ..Pending::default()
    });
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_exit_message(message: *const StrHeader) {
    // SAFETY: a live string.
    let message = unsafe { text(message) }.to_owned();
    error::set_pending(Pending {
        exit: Some(1),
        class: "SystemExit".to_owned(),
        message,
        ..Pending::default()
    });
}

/// Ends the program's run: shows the pending exception, if any, on standard error, flushes
/// standard output and returns the exit code.
pub fn finish() -> i32 {
    let mut pending = error::take_pending();
    let flushed = output::flush();
    if let Some(reason) = pending.take_if(|p| p.class == ExceptionKind::NotCompiled.name()) {
        crate::python::restart(&reason);
        pending = error::take_pending();
    }
    if let Some(pending) = &pending {
        if pending.one_rank {
            world::end_all(|| output::write_stderr(&render(pending)));
        }
        if output::shows() {
            output::write_stderr(&render(pending));
        }
    }
    crate::python::stop();
    match pending {
        Some(pending) => {
            if pending.class == "KeyboardInterrupt" {
                interrupt::end();
            }
            pending.exit.unwrap_or(1)
        }
        None => match flushed {
            Ok(()) => 0,
            Err(error) => {
                output::write_stderr(&format!("{}: {}\n", error.kind.name(), error.message));
                120
            }
        },
    }
}

/// The report of an exception; of `sys.exit(message)` the message alone.
pub fn render(pending: &Pending) -> String {
    let mut out = String::new();
    if pending.exit.is_some() {
        if !pending.message.is_empty() {
            out.push_str(&pending.message);
            out.push('\n');
        }
        return out;
    }
    out.push_str(&pending.prelude);
    out.push_str("Traceback (most recent call last):\n");
    let frames: Vec<&Frame> = pending.frames.iter().rev().collect();
    let mut at = 0;
    while at < frames.len() {
        let n = frames[at..].iter().take_while(|frame| **frame == frames[at]).count();
        for frame in &frames[at..at + n.min(SHOWN_REPEATS)] {
            push_frame(&mut out, frame);
        }
        if n > SHOWN_REPEATS {
            let more = n - SHOWN_REPEATS;
            let plural = if more == 1 { "" } else { "s" };
            // Writing to a String cannot fail.
            let _ = writeln!(out, "  [Previous line repeated {more} more time{plural}]");
        }
        at += n;
    }
    out.push_str(&pending.detail);
    out.push_str(&pending.class);
    if !pending.message.is_empty() {
        out.push_str(": ");
        out.push_str(&pending.message);
    }
    out.push('\n');
    out
}

fn push_frame(out: &mut String, frame: &Frame) {
    let program = process::program();
    let file = program.map_or("<program>", |program| program_file(program));
    let _ = writeln!(out, "  File \"{file}\", line {}, in {}", frame.line, frame.function);
    let source = program.map_or("", |program| program_source(program));
    let line = source
        .lines()
        .nth((frame.line - 1).max(0) as usize)
        .map_or("", str::trim);
    if !line.is_empty() {
        let _ = writeln!(out, "    {line}");
    }
}

/// The user's path, as given to `lnpc`.
pub fn program_file(program: &'static ProgramDesc) -> &'static str {
    if program.file.is_null() {
        return "<program>";
    }
    // SAFETY: a NUL-terminated constant of the object file.
    unsafe { CStr::from_ptr(program.file.cast()) }
        .to_str()
        .unwrap_or("<program>")
}

/// The program's text.
pub fn program_source(program: &'static ProgramDesc) -> &'static str {
    if program.source.is_null() {
        return "";
    }
    // SAFETY: a constant of the object file, of that length.
    let bytes = unsafe { std::slice::from_raw_parts(program.source, program.source_len as usize) };
    std::str::from_utf8(bytes).unwrap_or("")
}

/// An operating system's error as Python raises it: `[Errno 28] No space left on device`.
pub fn os_error(error: &std::io::Error, path: Option<&str>) -> Raise {
    use std::io::ErrorKind;
    let kind = match error.kind() {
        ErrorKind::NotFound => ExceptionKind::FileNotFoundError,
        ErrorKind::PermissionDenied => ExceptionKind::PermissionError,
        ErrorKind::IsADirectory => ExceptionKind::IsADirectoryError,
        _ => ExceptionKind::OSError,
    };
    let mut message = match error.raw_os_error() {
        Some(code) => {
            let text = error.to_string();
            let text = text.split(" (os error").next().unwrap_or_default();
            format!("[Errno {code}] {text}")
        }
        None => error.to_string(),
    };
    if let Some(path) = path {
        let _ = write!(message, ": {}", crate::text::str_repr(path));
    }
    Raise::new(kind, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traceback() {
        let frame = |line| Frame {
            function: "f".to_owned(),
            line,
        };
        let mut frames = vec![frame(1)];
        frames.extend((0..5).map(|_| frame(2)));
        let pending = Pending {
            class: "ValueError".to_owned(),
            message: "bad".to_owned(),
            frames,
            ..Pending::default()
        };
        let line = "  File \"<program>\", line 2, in f\n".repeat(3);
        assert_eq!(
            render(&pending),
            format!(
                "Traceback (most recent call last):\n{line}  [Previous line repeated 2 more times]\n  \
                 File \"<program>\", line 1, in f\nValueError: bad\n"
            )
        );
        let bare = Pending {
            class: "MemoryError".to_owned(),
            ..Pending::default()
        };
        assert_eq!(render(&bare), "Traceback (most recent call last):\nMemoryError\n");
        let exit = Pending {
            exit: Some(1),
            message: "bye".to_owned(),
            ..Pending::default()
        };
        assert_eq!(render(&exit), "bye\n");
    }
}
