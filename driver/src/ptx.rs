//! Gets the kernels' PTX from `lnpc-ptx`, a separate program so that lnpc itself does not pay
//! for loading LLVM.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// A running `lnpc-ptx`; it works while the CPU code is generated.
pub struct Pending(Child);

/// Starts `lnpc-ptx` on a module's text. `None` when it was not built.
pub fn start(ir_text: String, target: &str) -> Option<Pending> {
    let exe = std::env::current_exe().ok()?.canonicalize().ok()?;
    let program: PathBuf = exe.parent()?.join("lnpc-ptx");
    if !program.is_file() {
        return None;
    }
    let mut child = Command::new(program)
        .arg("--target")
        .arg(target)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    let mut stdin = child.stdin.take()?;
    // A child that ends early closes the pipe; its exit code tells.
    std::thread::spawn(move || stdin.write_all(ir_text.as_bytes()).ok());
    Some(Pending(child))
}

impl Pending {
    /// The PTX text, or what `lnpc-ptx` said went wrong.
    pub fn finish(self) -> Result<String, String> {
        let output = self.0.wait_with_output().map_err(|e| e.to_string())?;
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        } else {
            Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
        }
    }
}
