//! `lnp-tests`: runs the program, sample and error corpora against recorded NumPy output.
//!
//! Usage: `lnp-tests [--quick] [FILTER]...`. Each program is compiled twice (the bytes must
//! match), then run with 1 and 2 threads and on 1 to 4 ranks with tiny tiles; every run must
//! print what was recorded from CPython + NumPy (see `record.py`).

mod compare;
mod corpus;
mod exec;
mod ptx;

use corpus::Case;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Where things are, from the environment that `./x test` sets.
pub struct Setup {
    pub root: PathBuf,
    pub lnpc: PathBuf,
    pub work: PathBuf,
    /// `mpirun`, when there is one.
    pub mpirun: Option<PathBuf>,
    /// NVIDIA's assembler, when it and lnpc's PTX back end are there.
    pub ptxas: Option<PathBuf>,
    pub quick: bool,
}

fn main() -> ExitCode {
    let mut filters = Vec::new();
    let mut quick = false;
    for arg in std::env::args().skip(1) {
        match arg.as_str() {
            "--quick" => quick = true,
            _ => filters.push(arg),
        }
    }
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ is inside the project")
        .to_owned();
    let lnpc = std::env::var_os("LNPC").map_or_else(|| root.join("build/bin/lnpc"), PathBuf::from);
    let work = match tempfile::tempdir() {
        Ok(dir) => dir,
        Err(error) => {
            eprintln!("lnp-tests: no temporary directory: {error}");
            return ExitCode::FAILURE;
        }
    };
    let setup = Setup {
        work: work.path().to_owned(),
        mpirun: exec::find_on_path("mpirun"),
        ptxas: ptx::find_ptxas(&root).filter(|_| lnpc.with_file_name("lnpc-ptx").is_file()),
        root,
        lnpc,
        quick,
    };
    let mut cases = match corpus::collect(&setup.root) {
        Ok(cases) => cases,
        Err(message) => {
            eprintln!("lnp-tests: {message}");
            return ExitCode::FAILURE;
        }
    };
    if !filters.is_empty() {
        cases.retain(|case| filters.iter().any(|f| case.name.contains(f.as_str())));
    }
    if setup.mpirun.is_none() {
        println!("no mpirun: the runs on several ranks are left out");
    }
    if setup.ptxas.is_none() {
        println!("no ptxas or no lnpc-ptx: the PTX is not assembled");
    }
    run_all(&setup, &cases)
}

/// Runs the cases on two workers; prints failures as they come and the closing count.
fn run_all(setup: &Setup, cases: &[Case]) -> ExitCode {
    let next = AtomicUsize::new(0);
    let failures: Mutex<Vec<String>> = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for worker in 0..2 {
            let (next, failures) = (&next, &failures);
            scope.spawn(move || {
                loop {
                    let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) else {
                        break;
                    };
                    let dir = setup.work.join(format!("w{worker}"));
                    if let Err(message) = run_case(setup, case, &dir) {
                        println!("FAILED {}: {message}", case.name);
                        failures.lock().expect("no panic holds it").push(case.name.clone());
                    }
                }
            });
        }
    });
    let failed = failures.into_inner().expect("workers are done");
    for name in &failed {
        println!("failed: {name}");
    }
    println!("{} passed, {} failed", cases.len() - failed.len(), failed.len());
    if failed.is_empty() && !cases.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn run_case(setup: &Setup, case: &Case, dir: &Path) -> Result<(), String> {
    std::fs::remove_dir_all(dir).ok();
    std::fs::create_dir_all(dir).map_err(|e| e.to_string())?;
    match &case.expect {
        corpus::Expect::Output(_) => exec::check_program(setup, case, dir),
        corpus::Expect::CompileErrors(errors) => exec::check_compile_errors(setup, case, errors, dir),
        corpus::Expect::Ptx => ptx::check(setup, case, dir),
        corpus::Expect::RunError { line, text } => exec::check_run_error(setup, case, *line, text, dir),
    }
}
