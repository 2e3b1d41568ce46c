//! Links an object file with the runtime into a binary, by the system's C compiler.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The directory with `liblnp_runtime.a` and the providers: `LNP_LIB_DIR`, else `lib` beside
/// the command's `bin`, else the command's own directory (a cargo target directory).
pub fn lib_dir() -> Result<PathBuf, String> {
    let mut tried = Vec::new();
    let exe = std::env::current_exe().ok().and_then(|p| p.canonicalize().ok());
    let candidates = [
        std::env::var_os("LNP_LIB_DIR").map(PathBuf::from),
        exe.as_ref().and_then(|p| Some(p.parent()?.parent()?.join("lib"))),
        exe.as_ref().and_then(|p| Some(p.parent()?.to_owned())),
    ];
    for dir in candidates.into_iter().flatten() {
        if dir.join("liblnp_runtime.a").is_file() {
            return Ok(dir);
        }
        tried.push(dir.display().to_string());
    }
    Err(format!(
        "the runtime liblnp_runtime.a is not in {}; build it with `./x build` or set LNP_LIB_DIR",
        tried.join(" or ")
    ))
}

/// Whether a path is a device, a pipe or a socket, which is written to and never replaced.
pub fn is_special(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|m| !m.is_file() && !m.is_dir())
}

/// Links `object` into `output`. The file that was there before stays until the new one is
/// complete.
pub fn link(object: &[u8], lib_dir: &Path, output: &Path) -> Result<(), String> {
    let elsewhere = std::env::temp_dir();
    let directory = match output.parent() {
        _ if is_special(output) => &elsewhere,
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    if output.is_dir() {
        return Err(format!("cannot write {}: it is a directory", output.display()));
    }
    let work = tempfile::Builder::new()
        .prefix(".lnpc-")
        .tempdir_in(directory)
        .map_err(|e| format!("cannot write {}: {}", output.display(), describe(&e)))?;
    let object_file = work.path().join("app.o");
    let linked = work.path().join("app");
    std::fs::write(&object_file, object).map_err(|e| format!("cannot write {}: {e}", object_file.display()))?;

    let compiler = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
    let mut command = Command::new(&compiler);
    command
        .arg(&object_file)
        .arg(lib_dir.join("liblnp_runtime.a"))
        .arg("-o")
        .arg(&linked)
        .args(["-Wl,--gc-sections", "-Wl,--as-needed", "-lm", "-lpthread", "-ldl"]);
    if let Some(linker) = fast_linker() {
        command.arg(format!("-fuse-ld={linker}"));
    }
    let result = command.output().map_err(|e| {
        format!(
            "cannot run the C compiler {}: {e}; install one (Debian: build-essential) or set CC",
            Path::new(&compiler).display()
        )
    })?;
    if !result.status.success() {
        return Err(format!(
            "linking failed, which is a bug in lnpc or a broken C toolchain; the linker said:\n{}",
            String::from_utf8_lossy(&result.stderr)
        ));
    }
    let put = match is_special(output) {
        true => std::fs::read(&linked).and_then(|bytes| std::fs::write(output, bytes)),
        false => std::fs::rename(&linked, output),
    };
    put.map_err(|e| format!("cannot write {}: {}", output.display(), describe(&e)))
}

/// A linker faster than GNU ld, when there is one on the path.
fn fast_linker() -> Option<&'static str> {
    let path = std::env::var_os("PATH")?;
    [("mold", "mold"), ("ld.lld", "lld")]
        .into_iter()
        .find(|(program, _)| std::env::split_paths(&path).any(|dir| dir.join(program).is_file()))
        .map(|(_, name)| name)
}

/// The operating system's reason, without Rust's `(os error N)`.
pub fn describe(error: &std::io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(end) => text[..end].to_lowercase(),
        None => text,
    }
}
