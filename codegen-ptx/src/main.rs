//! `lnpc-ptx`: the text of an IR module on standard input, PTX on standard output.
//!
//! A process of its own, so that `lnpc` need not load LLVM; see the crate's documentation.
//! The first lines of the output are comments that list the kernels and, for each that stays
//! on the host, the reason. Errors go to standard error, with exit code 1.

use lnp_codegen_ptx::{Options, compile};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "usage: lnpc-ptx [--target sm_80] < module.ir > module.ptx";
const DEFAULT_TARGET: &str = "sm_80";

fn main() -> ExitCode {
    match run(std::env::args().skip(1)) {
        Ok(text) => match std::io::stdout().lock().write_all(text.as_bytes()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        },
        Err(message) => {
            eprintln!("lnpc-ptx: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(mut args: impl Iterator<Item = String>) -> Result<String, String> {
    let mut target = DEFAULT_TARGET.to_owned();
    while let Some(arg) = args.next() {
        target = match arg.strip_prefix("--target") {
            Some("") => args.next().ok_or(USAGE)?,
            Some(value) if value.starts_with('=') => value[1..].to_owned(),
            _ => return Err(USAGE.to_owned()),
        };
    }
    let mut text = String::new();
    std::io::stdin()
        .lock()
        .read_to_string(&mut text)
        .map_err(|e| format!("standard input: {e}"))?;
    let module = lnp_ir::parse_module(&text).map_err(|e| e.to_string())?;
    let libdevice = find_libdevice().and_then(|path| std::fs::read(path).ok());
    let options = Options {
        target: &target,
        libdevice: libdevice.as_deref(),
    };
    let ptx = compile(&module, &options).map_err(|e| e.to_string())?;
    if ptx.kernels.is_empty() {
        return Ok(String::new());
    }
    let mut out = String::new();
    for name in &ptx.kernels {
        out.push_str(&format!("// kernel {name}\n"));
    }
    for (name, reason) in &ptx.left_out {
        out.push_str(&format!("// on the host: {name}: {reason}\n"));
    }
    out.push_str(&ptx.text);
    Ok(out)
}

/// libdevice: by `LNP_LIBDEVICE`, in a CUDA toolkit, or as the PyPI package
/// `nvidia-cuda-nvcc-cu12` of the active virtual environment or of one above this program.
fn find_libdevice() -> Option<PathBuf> {
    const IN_TOOLKIT: &str = "nvvm/libdevice/libdevice.10.bc";
    if let Some(path) = std::env::var_os("LNP_LIBDEVICE") {
        return Some(PathBuf::from(path));
    }
    let toolkits = ["CUDA_HOME", "CUDA_PATH"].into_iter().filter_map(std::env::var_os);
    let toolkits = toolkits.map(PathBuf::from).chain([PathBuf::from("/usr/local/cuda")]);
    let exe = std::env::current_exe().ok().and_then(|exe| exe.canonicalize().ok());
    let above = exe
        .iter()
        .flat_map(|exe| exe.ancestors().skip(1))
        .map(|dir| dir.join(".venv"));
    let environments = std::env::var_os("VIRTUAL_ENV")
        .map(PathBuf::from)
        .into_iter()
        .chain(above);
    environments
        .flat_map(|environment| nvcc_packages(&environment))
        .chain(toolkits)
        .map(|root| root.join(IN_TOOLKIT))
        .find(|path| path.is_file())
}

/// Where a virtual environment has the nvcc package, for each of its Pythons.
fn nvcc_packages(environment: &Path) -> Vec<PathBuf> {
    let pythons = std::fs::read_dir(environment.join("lib"))
        .into_iter()
        .flatten()
        .flatten();
    let mut roots: Vec<PathBuf> = pythons
        .map(|python| python.path().join("site-packages/nvidia/cuda_nvcc"))
        .collect();
    roots.sort();
    roots
}
