//! Records which Python this provider is built for, and where its library is, so that a
//! program finds that Python's packages from any directory.
//!
//! The Python is the one that pyo3 builds for: `$PYO3_PYTHON`, else `python3`.

use std::env;
use std::process::Command;

const ASK: &str = "import sys, sysconfig; print(sys.executable); print(sysconfig.get_config_var('LIBDIR') or '')";

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=PYO3_PYTHON");
    let python = env::var("PYO3_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let answer = Command::new(&python).args(["-c", ASK]).output();
    let answer = answer.ok().filter(|output| output.status.success()).unwrap_or_else(|| {
        panic!("cannot run {python}: set PYO3_PYTHON to a Python with NumPy");
    });
    let text = String::from_utf8_lossy(&answer.stdout);
    let mut lines = text.lines();
    println!("cargo:rustc-env=LNP_BUILT_FOR={}", lines.next().unwrap_or_default());
    if let Some(dir) = lines.next().filter(|dir| !dir.is_empty()) {
        println!("cargo:rustc-link-arg-cdylib=-Wl,-rpath,{dir}");
    }
}
