//! `np.save` and `np.load` of `.npy` files.
//!
//! Rank 0 alone touches files; what it reads, or the error it meets, goes to every rank. A
//! file is written beside its place and renamed into it, so that a failure leaves the old one.

use crate::array::Array;
use crate::dist;
use crate::error::{ExceptionKind, Raise, guard};
use crate::npy::{self, NpyError};
use crate::objects::report::os_error;
use crate::objects::text;
use lnp_abi::{ArrayHeader, StrHeader};
use std::io::Write;
use std::path::Path;

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_npy_save(path: *const StrHeader, array: *mut ArrayHeader) {
    // SAFETY: compiled code passes a live string and a live array.
    let (path, array) = unsafe { (text(path), Array::borrow(array)) };
    guard(|| {
        let view = array.replicated()?;
        let path = if path.ends_with(".npy") {
            path.to_owned()
        } else {
            format!("{path}.npy")
        };
        on_root(|| {
            let shape: Vec<usize> = array.shape().iter().map(|&n| n as usize).collect();
            let header = npy::write_header(array.dtype(), &shape);
            write_whole(&path, &[&header, &view.c_bytes()]).map_err(|e| os_error(&e, Some(&path)))?;
            Ok(Vec::new())
        })?;
        Ok(())
    });
}

/// Replaces a file by the given parts, or leaves it as it was.
fn write_whole(path: &str, parts: &[&[u8]]) -> std::io::Result<()> {
    let target = Path::new(path);
    if let Ok(meta) = std::fs::metadata(target) {
        if meta.is_dir() {
            return Err(std::io::Error::from_raw_os_error(libc::EISDIR));
        }
        // Devices and pipes are written as they are.
        if !meta.is_file() {
            let mut file = std::fs::OpenOptions::new().write(true).open(target)?;
            return parts.iter().try_for_each(|part| file.write_all(part));
        }
        // A file that may not be written must not be replaced either.
        std::fs::OpenOptions::new().write(true).open(target)?;
    }
    let name = target
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default();
    let temporary = target.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let write = || -> std::io::Result<()> {
        let mut file = std::fs::File::create(&temporary)?;
        parts.iter().try_for_each(|part| file.write_all(part))?;
        drop(file);
        std::fs::rename(&temporary, target)
    };
    write().inspect_err(|_| {
        // Nothing is lost when there is nothing to remove.
        let _ = std::fs::remove_file(&temporary);
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_npy_load(path: *const StrHeader) -> *mut ArrayHeader {
    // SAFETY: compiled code passes a live string.
    let path = unsafe { text(path) };
    guard(|| {
        let file = on_root(|| {
            let file = std::fs::read(path).map_err(|e| os_error(&e, Some(path)))?;
            // Errors of the format are found here, so that a bad file is not sent around.
            npy::read(&file).map_err(format_error)?;
            Ok(file)
        })?;
        let (header, data) = npy::read(&file).map_err(format_error)?;
        let shape: Vec<i64> = header.shape.iter().map(|&n| n as i64).collect();
        if shape.len() > lnp_abi::MAX_NDIM {
            return Err(Raise::new(
                ExceptionKind::NotCompiled,
                "np.load of so many dimensions is not compiled",
            ));
        }
        if header.fortran {
            let reversed: Vec<i64> = shape.iter().rev().copied().collect();
            let array = Array::from_replicated(header.dtype, &reversed, |out| out.copy_from_slice(data))?;
            let order: Vec<u8> = (0..shape.len() as u8).rev().collect();
            return Ok(array.reordered(&shape, &order).into_raw());
        }
        let array = Array::from_replicated(header.dtype, &shape, |out| out.copy_from_slice(data))?;
        Ok(array.into_raw())
    })
}

fn format_error(error: NpyError) -> Raise {
    match error {
        NpyError::Value(text) => Raise::value(text),
        NpyError::Eof(text) => Raise::new(ExceptionKind::EOFError, text),
        NpyError::Unsupported(what) => {
            Raise::new(ExceptionKind::NotCompiled, format!("np.load of {what} is not compiled"))
        }
    }
}

/// Runs `work` on rank 0; its bytes or its error on every rank.
fn on_root(work: impl FnOnce() -> Result<Vec<u8>, Raise>) -> Result<Vec<u8>, Raise> {
    if !dist::is_world() {
        return work();
    }
    let mut message = Vec::new();
    if dist::rank() == 0 {
        match work() {
            Ok(bytes) => {
                message.push(0);
                message.extend(bytes);
            }
            Err(error) => {
                message.push(1 + error.kind as u8);
                message.extend(error.message.as_bytes());
            }
        }
    }
    dist::broadcast_vec(&mut message)?;
    match message.first() {
        Some(0) => {
            message.remove(0);
            Ok(message)
        }
        Some(&code) => {
            let text = String::from_utf8_lossy(&message[1..]).into_owned();
            Err(Raise {
                kind: ExceptionKind::from_code(code - 1).unwrap_or(ExceptionKind::OSError),
                message: text,
            })
        }
        None => Err(Raise::new(ExceptionKind::RuntimeError, "nothing came from rank 0")),
    }
}
