//! `lnp-bench`: times programs against CPython + NumPy, interleaved, as ratios.
//!
//! Usage: `lnp-bench [--runs N] [FILTER]...`. Each row is one program with its arguments: the
//! median wall time of the whole process for NumPy and for the compiled binary on one
//! thread (and on all threads), run in turn, and the median of the ratios pair by pair. The
//! start-up of each side (an empty program) is measured too, and shown as its own row.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

/// (row name, script from the root, arguments)
const ROWS: &[(&str, &str, &[&str])] = &[
    ("start-up", "benches/programs/empty.py", &[]),
    (
        "c = a + b, 10 elements, x 1M",
        "benches/programs/small_add.py",
        &["1000000"],
    ),
    (
        "channel flow 41x41",
        "samples/channel_flow.py",
        &["41", "41", "--no-plot"],
    ),
    (
        "channel flow 1024x1024, 5 steps",
        "samples/channel_flow.py",
        &["1024", "1024", "5", "--no-plot"],
    ),
    ("heat 2-D 1000x1000", "samples/heat2d.py", &["1000", "1000", "200"]),
    ("wave 3-D 128", "samples/wave3d.py", &["128", "60"]),
    ("Black-Scholes 4M", "samples/black_scholes.py", &["4000000"]),
    ("Jacobi and CG", "samples/jacobi_cg.py", &[]),
    ("k-means", "samples/kmeans.py", &[]),
    ("Mandelbrot", "samples/mandelbrot.py", &[]),
    ("Life", "samples/life.py", &[]),
    ("shallow water", "samples/shallow_water.py", &[]),
];

fn main() -> ExitCode {
    let mut runs = 5usize;
    let mut filters = Vec::new();
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        if arg == "--runs" {
            match args.next().and_then(|n| n.parse().ok()) {
                Some(n) => runs = n,
                None => {
                    eprintln!("lnp-bench: --runs takes a number");
                    return ExitCode::from(2);
                }
            }
        } else {
            filters.push(arg.to_lowercase());
        }
    }
    match run(runs.max(1), &filters) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("lnp-bench: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(runs: usize, filters: &[String]) -> Result<(), String> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("benches/ is inside the project")
        .to_owned();
    let python = root.join(".venv/bin/python");
    let work = tempfile::tempdir().map_err(|e| e.to_string())?;
    let n_threads = std::thread::available_parallelism().map_or(1, |n| n.get());
    println!(
        "{:34} {:>11} {:>11} {:>8} {:>14} {:>8}",
        "",
        "NumPy",
        "1 thread",
        "ratio",
        format!("{n_threads} threads"),
        "ratio"
    );
    for (name, script, args) in ROWS {
        if !filters.is_empty() && !filters.iter().any(|f| name.to_lowercase().contains(f.as_str())) {
            continue;
        }
        let script = root.join(script);
        let app = work.path().join("app");
        compile(&root, &script, &app)?;
        let mut samples: Vec<[f64; 3]> = Vec::new();
        for _ in 0..runs {
            samples.push([
                time(Command::new(&python).arg(&script).args(*args), work.path())?,
                time(Command::new(&app).args(*args).env("LNP_THREADS", "1"), work.path())?,
                time(
                    Command::new(&app).args(*args).env("LNP_THREADS", n_threads.to_string()),
                    work.path(),
                )?,
            ]);
        }
        let column = |f: &dyn Fn(&[f64; 3]) -> f64| median(samples.iter().map(f).collect());
        println!(
            "{:34} {:>9.1}ms {:>9.1}ms {:>7.1}x {:>12.1}ms {:>7.1}x",
            name,
            column(&|s| s[0]),
            column(&|s| s[1]),
            column(&|s| s[0] / s[1]),
            column(&|s| s[2]),
            column(&|s| s[0] / s[2]),
        );
    }
    Ok(())
}

fn compile(root: &Path, script: &Path, app: &Path) -> Result<(), String> {
    let status = Command::new(root.join("build/bin/lnpc"))
        .arg(script)
        .arg("-o")
        .arg(app)
        .arg("--allow=fallback")
        .status()
        .map_err(|e| format!("build/bin/lnpc: {e}; run ./x build first"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("lnpc failed on {}", script.display()))
    }
}

/// Milliseconds of one run of the whole process.
fn time(command: &mut Command, dir: &Path) -> Result<f64, String> {
    let shown = format!("{:?}", command.get_program());
    command
        .current_dir(dir)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .env("OMP_NUM_THREADS", "1")
        .env("OPENBLAS_NUM_THREADS", "1");
    let start = Instant::now();
    let status = command.status().map_err(|e| format!("{shown}: {e}"))?;
    let elapsed = start.elapsed().as_secs_f64() * 1e3;
    if status.success() {
        Ok(elapsed)
    } else {
        Err(format!("{shown} ended with {status}"))
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
