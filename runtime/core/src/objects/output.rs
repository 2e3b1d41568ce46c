//! Standard output and error, and `input`.
//!
//! Only rank 0 writes. Output is buffered as CPython's: by line on a terminal, else by block;
//! [`flush`] runs at exit, before the interpreter runs and before an error is shown.

use super::report::os_error;
use super::string::{new_str, text};
use super::{interrupt, process};
use crate::dist;
use crate::error::{Raise, guard};
use crate::host::HostCell;
use lnp_abi::{ExceptionKind, StrHeader};
use std::io::{ErrorKind, IsTerminal, Write};

const BLOCK: usize = 1 << 16;

#[derive(Default)]
struct Output {
    buffer: Vec<u8>,
    /// Whether standard output is a terminal, once known.
    terminal: Option<bool>,
    /// Bytes written since the start.
    n_written: u64,
}

static OUTPUT: HostCell<Option<Output>> = HostCell::new(None);

/// Whether this rank is the one that is seen.
pub fn shows() -> bool {
    dist::rank() == 0
}

/// Writes text to standard output.
pub fn write(text: &str) -> Result<(), Raise> {
    if !shows() {
        return Ok(());
    }
    let output = OUTPUT.get().get_or_insert_default();
    interrupt::shielded(|| output.buffer.extend_from_slice(text.as_bytes()));
    output.n_written += text.len() as u64;
    let terminal = *output.terminal.get_or_insert_with(|| std::io::stdout().is_terminal());
    if output.buffer.len() >= BLOCK || (terminal && text.contains('\n')) {
        return flush();
    }
    Ok(())
}

/// Bytes that went to standard output through [`write`] so far.
pub fn n_written() -> u64 {
    OUTPUT.get().as_ref().map_or(0, |output| output.n_written)
}

/// Hands everything written so far to the system.
///
/// A reader that went away ends the program quietly, as SIGPIPE would.
pub fn flush() -> Result<(), Raise> {
    let Some(output) = OUTPUT.get() else { return Ok(()) };
    interrupt::shielded(|| send(&mut output.buffer))
}

/// Writes the bytes of the buffer, which is empty then.
fn send(buffer: &mut Vec<u8>) -> Result<(), Raise> {
    let buffer = std::mem::take(buffer);
    let mut rest = &buffer[..];
    while !rest.is_empty() {
        // SAFETY: the pointer and length are those of a live slice.
        let n = unsafe { libc::write(libc::STDOUT_FILENO, rest.as_ptr().cast(), rest.len()) };
        if n >= 0 {
            rest = &rest[n as usize..];
            continue;
        }
        let error = std::io::Error::last_os_error();
        match error.kind() {
            ErrorKind::Interrupted if interrupt::is_pending() => return Ok(()),
            ErrorKind::Interrupted => {}
            ErrorKind::BrokenPipe => {
                // SAFETY: ends the process at once; nothing is left to flush.
                unsafe { libc::_exit(128 + libc::SIGPIPE) }
            }
            _ => return Err(os_error(&error, None)),
        }
    }
    Ok(())
}

/// For a signal handler: writes what the buffer holds, and says why the program ends.
pub fn rescue() {
    if !shows() {
        return;
    }
    let buffer = OUTPUT.get().as_ref().map_or(&[][..], |output| &output.buffer);
    for (stream, bytes) in [
        (libc::STDOUT_FILENO, buffer),
        (libc::STDERR_FILENO, b"KeyboardInterrupt\n"),
    ] {
        // SAFETY: live bytes; nobody changes the buffer any more.
        unsafe { libc::write(stream, bytes.as_ptr().cast(), bytes.len()) };
    }
}

/// Writes text to standard error at once; there is nobody to tell when that fails.
pub fn write_stderr(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_print(s: *const StrHeader) {
    // SAFETY: a live string.
    let s = unsafe { text(s) };
    guard(|| write(s))
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_flush() {
    guard(flush)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_print_err(s: *const StrHeader) {
    if shows() {
        // SAFETY: a live string.
        write_stderr(unsafe { text(s) });
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_input(prompt: *const StrHeader) -> *mut StrHeader {
    // SAFETY: a live string.
    let prompt = unsafe { text(prompt) };
    guard(|| {
        write(prompt)?;
        flush()?;
        let line = process::from_root(read_line);
        READ.get().extend_from_slice(&line);
        if line.is_empty() {
            return Err(Raise::new(ExceptionKind::EOFError, "EOF when reading a line"));
        }
        let line = String::from_utf8_lossy(&line);
        Ok(new_str(line.strip_suffix('\n').unwrap_or(&line)))
    })
}

/// What `input` has read from standard input so far.
static READ: HostCell<Vec<u8>> = HostCell::new(Vec::new());

/// Bytes that the program has read from standard input through `input`.
pub fn input_so_far() -> &'static [u8] {
    READ.get()
}

/// A line from standard input, with its end. Read byte by byte: what follows may be read by
/// the interpreter.
fn read_line() -> Vec<u8> {
    let mut line = Vec::new();
    loop {
        let mut byte = 0u8;
        // SAFETY: room for one byte.
        let n = unsafe { libc::read(libc::STDIN_FILENO, (&raw mut byte).cast(), 1) };
        match n {
            1 => line.push(byte),
            -1 if std::io::Error::last_os_error().kind() == ErrorKind::Interrupted => continue,
            _ => return line,
        }
        if byte == b'\n' {
            return line;
        }
    }
}
