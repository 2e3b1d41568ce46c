//! `lnpc`: the command that turns a NumPy program into a binary.
//!
//! Only this crate reads files, starts processes and prints. Exit codes: 0 fine, 1 the
//! program has errors, 2 wrong usage, 101 a bug in lnpc.

mod args;
mod compile;
mod explain;
mod link;
mod ptx;
mod report;

use args::Args;
use clap::Parser;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// Bytes of address space for the compiler's stack.
const STACK_SIZE: usize = 512 << 20;

fn main() -> ExitCode {
    let args = Args::parse();
    std::panic::set_hook(Box::new(|info| {
        eprintln!("lnpc: this is a bug in lnpc, not in your program: {info}");
        eprintln!("lnpc: please report it with the program that shows it");
    }));
    // Deeply nested programs recurse deeply: a stack of their size, touched only when needed.
    let compiler = std::thread::Builder::new()
        .stack_size(STACK_SIZE)
        .spawn(move || run(&args));
    match compiler.map(std::thread::JoinHandle::join) {
        Ok(Ok(code)) => code,
        Ok(Err(_)) => ExitCode::from(101),
        Err(error) => {
            eprintln!("lnpc: cannot start: {error}");
            ExitCode::from(101)
        }
    }
}

fn run(args: &Args) -> ExitCode {
    if let Some(code) = &args.explain {
        return match explain::page(code) {
            Some(page) => {
                print!("{page}");
                ExitCode::SUCCESS
            }
            None => {
                let codes: Vec<&str> = explain::codes().collect();
                eprintln!("lnpc: there is no code {code}; there are: {}", codes.join(", "));
                ExitCode::from(2)
            }
        };
    }
    if let Some(message) = args.unknown_name() {
        eprintln!("lnpc: {message}");
        return ExitCode::from(2);
    }
    if args.inputs.len() > 1 && !args.check {
        eprintln!("lnpc: several programs only with --check");
        return ExitCode::from(2);
    }
    let mut failed = false;
    for input in &args.inputs {
        let output = output_path(args, input);
        match compile::file(args, input, output.as_deref()) {
            Ok(()) => {}
            Err(compile::Failure::Reported) => failed = true,
            Err(compile::Failure::Message(message)) => {
                report::failure(args.error_format, &input.display().to_string(), &message);
                failed = true;
            }
        }
    }
    if failed {
        return ExitCode::from(1);
    }
    if args.run && !args.check {
        return run_program(args, &args.inputs[0]);
    }
    ExitCode::SUCCESS
}

/// The binary to write; none when only `--emit` or `--check` was asked for.
fn output_path(args: &Args, input: &Path) -> Option<PathBuf> {
    if args.check || (!args.emit.is_empty() && args.output.is_none() && !args.run) {
        return None;
    }
    Some(args.output.clone().unwrap_or_else(|| default_output(input)))
}

fn default_output(input: &Path) -> PathBuf {
    if input == Path::new("-") {
        return PathBuf::from("a.out");
    }
    let stem = PathBuf::from(input.file_stem().unwrap_or(input.as_os_str()));
    if stem.as_path() == input {
        PathBuf::from("a.out")
    } else {
        stem
    }
}

fn run_program(args: &Args, input: &Path) -> ExitCode {
    let output = args.output.clone().unwrap_or_else(|| default_output(input));
    let program = if output.components().count() == 1 {
        Path::new(".").join(&output)
    } else {
        output
    };
    match Command::new(&program).args(&args.run_args).status() {
        Ok(status) => ExitCode::from(status.code().map_or(1, |code| code as u8)),
        Err(error) => {
            eprintln!("lnpc: cannot run {}: {}", program.display(), link::describe(&error));
            ExitCode::from(1)
        }
    }
}
