//! Compiles and runs one case in all its configurations.

use crate::Setup;
use crate::compare;
use crate::corpus::{Case, Expect};
use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A process that runs longer than this hangs: it is ended and reported as such.
const HANG: Duration = Duration::from_secs(180);

/// How a finished process left.
pub struct Outcome {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// A way to run a compiled program.
struct Config {
    name: &'static str,
    ranks: Option<u32>,
    threads: u32,
    tiny_tiles: bool,
}

const CONFIGS: &[Config] = &[
    Config {
        name: "1 thread",
        ranks: None,
        threads: 1,
        tiny_tiles: false,
    },
    Config {
        name: "2 threads, tiny tiles",
        ranks: None,
        threads: 2,
        tiny_tiles: true,
    },
    Config {
        name: "1 rank",
        ranks: Some(1),
        threads: 1,
        tiny_tiles: true,
    },
    Config {
        name: "2 ranks",
        ranks: Some(2),
        threads: 1,
        tiny_tiles: true,
    },
    Config {
        name: "3 ranks",
        ranks: Some(3),
        threads: 1,
        tiny_tiles: true,
    },
    Config {
        name: "4 ranks",
        ranks: Some(4),
        threads: 1,
        tiny_tiles: true,
    },
];

pub fn find_on_path(name: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|dir| dir.join(name))
        .find(|path| path.is_file())
}

/// Compiles twice, runs in every configuration, compares each output with the recorded one
/// and the outputs of different rank counts with each other.
pub fn check_program(setup: &Setup, case: &Case, dir: &Path) -> Result<(), String> {
    let Expect::Output(expected) = &case.expect else {
        unreachable!("only programs come here");
    };
    let app = compile(setup, case, dir)?;
    let mut first_of_ranks: Option<String> = None;
    for config in CONFIGS {
        if config.ranks.is_some() && (setup.mpirun.is_none() || setup.quick) {
            continue;
        }
        let outcome = run_app(setup, case, &app, config)?;
        if outcome.code != Some(0) {
            return Err(format!(
                "{}: exit code {:?}\n{}",
                config.name,
                outcome.code,
                tail(&outcome.stderr)
            ));
        }
        compare::outputs(expected, &outcome.stdout, case.rtol)
            .map_err(|message| format!("{}: {message}\n{}", config.name, tail(&outcome.stderr)))?;
        if config.ranks.is_some() {
            match &first_of_ranks {
                None => first_of_ranks = Some(outcome.stdout),
                Some(first) => compare::outputs(first, &outcome.stdout, None)
                    .map_err(|message| format!("{} against 1 rank: {message}", config.name))?,
            }
        }
    }
    Ok(())
}

/// The compiler must report every `# error` line and write nothing.
pub fn check_compile_errors(setup: &Setup, case: &Case, errors: &[(usize, String)], dir: &Path) -> Result<(), String> {
    let app = dir.join("app");
    let outcome = run(Command::new(&setup.lnpc)
        .arg(&case.path)
        .arg("-o")
        .arg(&app)
        .arg("--error-format=short"))?;
    if outcome.code != Some(1) {
        return Err(format!("exit code {:?} instead of 1\n{}", outcome.code, outcome.stderr));
    }
    if app.exists() {
        return Err("an output was written in spite of the error".to_owned());
    }
    for (line, text) in errors {
        let found = outcome
            .stderr
            .lines()
            .any(|l| l.to_lowercase().contains(&text.to_lowercase()) && l.contains(&format!(":{line}:")));
        if !found {
            return Err(format!("no `{text}` for line {line} in:\n{}", outcome.stderr));
        }
    }
    Ok(())
}

/// The program compiles, ends with exit code 1 and the traceback; also on two ranks.
pub fn check_run_error(setup: &Setup, case: &Case, line: usize, text: &str, dir: &Path) -> Result<(), String> {
    let app = compile(setup, case, dir)?;
    for config in [&CONFIGS[0], &CONFIGS[3]] {
        if config.ranks.is_some() && (setup.mpirun.is_none() || setup.quick) {
            continue;
        }
        let outcome = run_app(setup, case, &app, config)?;
        if outcome.code != Some(1) {
            return Err(format!(
                "{}: exit code {:?} instead of 1\n{}",
                config.name,
                outcome.code,
                tail(&outcome.stderr)
            ));
        }
        // What was printed before the error was printed.
        let before = std::fs::read_to_string(case.path.with_extension("out"))
            .map_err(|e| format!("{}: {e}", case.path.with_extension("out").display()))?;
        compare::outputs(&before, &outcome.stdout, case.rtol)
            .map_err(|message| format!("{}: {message}", config.name))?;
        if !outcome.stderr.lines().any(|l| l.starts_with(text)) {
            return Err(format!("{}: no `{text}` in:\n{}", config.name, tail(&outcome.stderr)));
        }
        let frame = outcome
            .stderr
            .lines()
            .filter(|l| l.trim_start().starts_with("File "))
            .next_back()
            .unwrap_or_default();
        if !frame.contains(&format!("line {line},")) && !frame.trim_end().ends_with(&format!("line {line}")) {
            return Err(format!("{}: innermost frame is not line {line}: {frame}", config.name));
        }
        let n_tracebacks = outcome
            .stderr
            .lines()
            .filter(|l| l.starts_with("Traceback (most"))
            .count();
        if n_tracebacks != 1 {
            return Err(format!("{}: {n_tracebacks} tracebacks instead of one", config.name));
        }
    }
    Ok(())
}

fn compile(setup: &Setup, case: &Case, dir: &Path) -> Result<PathBuf, String> {
    let app = dir.join("app");
    let again = dir.join("again.o");
    let object = dir.join("app.o");
    let mut command = Command::new(&setup.lnpc);
    command.arg(&case.path).arg("-o").arg(&app);
    command
        .arg(format!("--emit=obj={}", object.display()))
        .arg("--error-format=short");
    let outcome = run(&mut command)?;
    if outcome.code != Some(0) {
        return Err(format!("lnpc: exit code {:?}\n{}", outcome.code, tail(&outcome.stderr)));
    }
    let marks = [(&case.fallback_lines, true, "no"), (&case.native_lines, false, "a")];
    for (lines, wanted, article) in marks {
        for line in lines {
            let place = format!("{}:{line}:", case.path.display());
            let warned = |l: &str| l.starts_with(&place) && l.contains("warning[W");
            if outcome.stderr.lines().any(warned) != wanted {
                return Err(format!(
                    "{article} fallback warning for line {line} in:\n{}",
                    tail(&outcome.stderr)
                ));
            }
        }
    }
    let mut command = Command::new(&setup.lnpc);
    command.arg(&case.path).arg(format!("--emit=obj={}", again.display()));
    let outcome = run(&mut command)?;
    if outcome.code != Some(0) {
        return Err(format!(
            "lnpc --emit obj: exit code {:?}\n{}",
            outcome.code,
            tail(&outcome.stderr)
        ));
    }
    let bytes = |path: &Path| std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()));
    if bytes(&object)? != bytes(&again)? {
        return Err("two compilations gave different bytes".to_owned());
    }
    Ok(app)
}

fn run_app(setup: &Setup, case: &Case, app: &Path, config: &Config) -> Result<Outcome, String> {
    let mut command = match (config.ranks, &setup.mpirun) {
        (Some(ranks), Some(mpirun)) => {
            let mut command = Command::new(mpirun);
            command.args(["--oversubscribe", "-n", &ranks.to_string()]).arg(app);
            command
        }
        _ => Command::new(app),
    };
    command
        .args(&case.args)
        .current_dir(&setup.root)
        .env("LNP_THREADS", config.threads.to_string())
        .env("LNP_DEVICE", "cpu");
    if config.tiny_tiles {
        command.env("LNP_TILE", "4");
    }
    run(&mut command)
}

/// Runs a command to its end, output collected; ends it (and reports) when it hangs.
pub fn run(command: &mut Command) -> Result<Outcome, String> {
    let program = command.get_program().to_os_string();
    let shown = Path::new(&program).file_name().unwrap_or(OsStr::new("?")).to_owned();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| format!("{}: {e}", shown.display()))?;
    let stdout = reader(child.stdout.take());
    let stderr = reader(child.stderr.take());
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().map_err(|e| e.to_string())? {
            break status;
        }
        if start.elapsed() > HANG {
            child.kill().ok();
            child.wait().ok();
            return Err(format!("{} hangs", shown.display()));
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    Ok(Outcome {
        code: status.code(),
        stdout: stdout.join().unwrap_or_default(),
        stderr: stderr.join().unwrap_or_default(),
    })
}

fn reader(pipe: Option<impl Read + Send + 'static>) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            pipe.read_to_end(&mut bytes).ok();
        }
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// The last lines of a long text.
pub fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(12)..].join("\n")
}
