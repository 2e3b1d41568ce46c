//! Links NumPy's own distributions (`libnpyrandom.a`, BSD-3, carried by the NumPy wheel), so
//! that `Generator` gives NumPy's numbers.
//!
//! The library is found by asking a Python for its NumPy: `$LNP_PYTHON`, else the
//! workspace's `.venv`, else `python3`.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

const ASK: &str = "import os, numpy; print(os.path.join(os.path.dirname(numpy.__file__), 'random', 'lib'))";

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=LNP_PYTHON");
    let candidates = pythons();
    for python in &candidates {
        let Some(dir) = ask(python) else { continue };
        let library = dir.join("libnpyrandom.a");
        if library.is_file() {
            println!("cargo:rerun-if-changed={}", library.display());
            println!("cargo:rustc-link-search=native={}", dir.display());
            println!("cargo:rustc-link-lib=static:+bundle=npyrandom");
            println!("cargo:rustc-link-lib=m");
            return;
        }
    }
    let tried: Vec<String> = candidates.iter().map(|python| python.display().to_string()).collect();
    panic!(
        "no Python with NumPy 2 (its wheel carries libnpyrandom.a) was found; tried {}. \
         Set LNP_PYTHON to one, or make .venv at the root of the repository.",
        tried.join(", ")
    );
}

/// The interpreters to ask, in order; a set `LNP_PYTHON` is the only one.
fn pythons() -> Vec<PathBuf> {
    if let Some(python) = env::var_os("LNP_PYTHON").filter(|python| !python.is_empty()) {
        return vec![PathBuf::from(python)];
    }
    let manifest = env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    let venvs = Path::new(&manifest).ancestors().map(|dir| dir.join(".venv/bin/python"));
    let venv = venvs.into_iter().find(|python| python.exists());
    venv.into_iter().chain([PathBuf::from("python3")]).collect()
}

fn ask(python: &Path) -> Option<PathBuf> {
    let output = Command::new(python).args(["-c", ASK]).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    (output.status.success() && !text.trim().is_empty()).then(|| PathBuf::from(text.trim()))
}
