//! Assembles the PTX of a program's kernels with NVIDIA's `ptxas`, which needs no GPU.

use crate::Setup;
use crate::corpus::Case;
use crate::exec::{run, tail};
use std::path::{Path, PathBuf};
use std::process::Command;

const TARGETS: &[&str] = &["sm_80", "sm_90"];

/// `ptxas` of the project's Python environment.
pub fn find_ptxas(root: &Path) -> Option<PathBuf> {
    let lib = root.join(".venv/lib");
    std::fs::read_dir(lib)
        .ok()?
        .filter_map(Result::ok)
        .map(|python| python.path().join("site-packages/nvidia/cuda_nvcc/bin/ptxas"))
        .find(|path| path.is_file())
}

/// Every kernel of the program must be in the PTX, and `ptxas` must take it.
pub fn check(setup: &Setup, case: &Case, dir: &Path) -> Result<(), String> {
    let Some(ptxas) = &setup.ptxas else { return Ok(()) };
    for target in TARGETS {
        let file = dir.join("kernels.ptx");
        let outcome = run(Command::new(&setup.lnpc)
            .arg(&case.path)
            .arg(format!("--gpu={target}"))
            .arg(format!("--emit=ptx={}", file.display()))
            .arg("--allow=fallback"))?;
        if outcome.code != Some(0) {
            return Err(format!("{target}: lnpc: {}", tail(&outcome.stderr)));
        }
        let text = std::fs::read_to_string(&file).map_err(|e| e.to_string())?;
        if let Some(line) = text.lines().find(|l| l.starts_with("// on the host:")) {
            return Err(format!("{target}: a kernel is left out: {line}"));
        }
        if !text.contains(".entry") {
            return Err(format!("{target}: there is no kernel"));
        }
        let outcome = run(Command::new(ptxas)
            .arg(format!("--gpu-name={target}"))
            .arg(&file)
            .arg("-o")
            .arg(dir.join("kernels.cubin")))?;
        if outcome.code != Some(0) {
            return Err(format!("{target}: ptxas: {}", tail(&outcome.stderr)));
        }
    }
    Ok(())
}
