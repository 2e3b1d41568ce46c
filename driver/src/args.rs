//! The command line.

use crate::explain;
use clap::{Parser, ValueEnum};
use std::path::PathBuf;
use std::str::FromStr;

/// Compiles NumPy programs to native binaries.
///
/// What cannot run natively runs in an embedded CPython + NumPy, and is warned about.
#[derive(Parser, Debug)]
#[command(name = "lnpc", version, max_term_width = 100)]
pub struct Args {
    /// The program to compile; `-` reads standard input. Several with --check
    #[arg(required_unless_present = "explain")]
    pub inputs: Vec<PathBuf>,

    /// The binary to write [default: the program's name without its ending]
    #[arg(short, long)]
    pub output: Option<PathBuf>,

    /// Only look for errors; write nothing
    #[arg(long)]
    pub check: bool,

    /// What to write: hir (array statements), ir (after the passes), clif, asm, obj, ptx; each as
    /// KIND or KIND=FILE, several separated by commas. Without FILE: to standard output
    #[arg(long, value_name = "KIND[=FILE]", value_delimiter = ',')]
    pub emit: Vec<Emit>,

    /// Print the IR after a pass (`all`: after each)
    #[arg(long, value_name = "PASS")]
    pub print_after: Vec<String>,

    /// Print how long each stage takes
    #[arg(long)]
    pub time_passes: bool,

    /// Optimization: 0 none, 1 simplify, 2 and 3 fuse and place
    #[arg(short = 'O', value_name = "LEVEL", default_value_t = 2, value_parser = clap::value_parser!(u8).range(0..=3))]
    pub opt_level: u8,

    /// Make warnings errors: a code, or `fallback` for everything that runs in CPython
    #[arg(long, value_name = "CODE")]
    pub deny: Vec<String>,

    /// Show warnings that were allowed before
    #[arg(long, value_name = "CODE")]
    pub warn: Vec<String>,

    /// Do not show these warnings: a code, or `fallback`
    #[arg(long, value_name = "CODE")]
    pub allow: Vec<String>,

    /// Explain an error or warning code
    #[arg(long, value_name = "CODE")]
    pub explain: Option<String>,

    /// How errors and warnings are printed
    #[arg(long, value_enum, default_value_t = ErrorFormat::Human)]
    pub error_format: ErrorFormat,

    /// The processor to compile for: `native` or `baseline`
    #[arg(long, value_name = "CPU", default_value = "native")]
    pub target_cpu: String,

    /// The GPU to compile kernels for; `none` leaves them out
    #[arg(long, value_name = "ARCH", default_value = "sm_80")]
    pub gpu: String,

    /// Run the program after compiling it; what follows `--` are its arguments
    #[arg(long)]
    pub run: bool,

    /// Arguments of the program with --run
    #[arg(last = true)]
    pub run_args: Vec<String>,
}

impl Args {
    /// What to say about a code, a pass or a processor that does not exist.
    pub fn unknown_name(&self) -> Option<String> {
        let lists = [&self.deny, &self.warn, &self.allow];
        for code in lists.into_iter().flatten() {
            if code != "fallback" && explain::page(code).is_none() {
                let codes: Vec<&str> = explain::codes().collect();
                return Some(format!(
                    "there is no code {code}; there are: fallback, {}",
                    codes.join(", ")
                ));
            }
        }
        let is_gpu = |name: &str| {
            let number = name.strip_prefix("sm_").map(|n| n.trim_end_matches(['a', 'f']));
            name == "none" || number.is_some_and(|n| n.parse::<u16>().is_ok())
        };
        if !is_gpu(&self.gpu) {
            return Some(format!(
                "--gpu {}: there are none, sm_80, sm_90 and their like",
                self.gpu
            ));
        }
        let cpu = self.target_cpu.as_str();
        if !matches!(cpu, "native" | "baseline") {
            return Some(format!("--target-cpu {cpu}: there are native and baseline"));
        }
        let passes: Vec<&str> = lnp_passes::PIPELINE.iter().map(|(name, _)| *name).collect();
        let unknown = self
            .print_after
            .iter()
            .find(|p| *p != "all" && !passes.contains(&p.as_str()))?;
        Some(format!(
            "there is no pass {unknown}; there are: all, {}",
            passes.join(", ")
        ))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ErrorFormat {
    /// With the source line and a caret
    Human,
    /// One line each: file:line:column: severity[code]: message
    Short,
    /// One JSON object a line
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmitKind {
    Hir,
    Ir,
    Clif,
    Asm,
    Obj,
    Ptx,
}

/// One `--emit` request.
#[derive(Clone, Debug)]
pub struct Emit {
    pub kind: EmitKind,
    /// `None`: standard output.
    pub file: Option<PathBuf>,
}

impl FromStr for Emit {
    type Err = String;

    fn from_str(text: &str) -> Result<Emit, String> {
        let (kind, file) = match text.split_once('=') {
            Some((kind, file)) => (kind, Some(PathBuf::from(file))),
            None => (text, None),
        };
        let kind = match kind {
            "hir" => EmitKind::Hir,
            "ir" => EmitKind::Ir,
            "clif" => EmitKind::Clif,
            "asm" => EmitKind::Asm,
            "obj" => EmitKind::Obj,
            "ptx" => EmitKind::Ptx,
            _ => return Err(format!("`{kind}` is none of hir, ir, clif, asm, obj, ptx")),
        };
        Ok(Emit { kind, file })
    }
}
