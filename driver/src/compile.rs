//! One program through the whole pipeline.

use crate::args::{Args, EmitKind};
use crate::{link, ptx, report};
use lnp_codegen_cpu as codegen;
use lnp_frontend::{Diagnostic, Problem};
use lnp_ir as ir;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

/// Why a program was not compiled.
pub enum Failure {
    /// Its diagnostics were printed.
    Reported,
    /// Something outside of it: a missing file, a broken toolchain.
    Message(String),
}

impl From<String> for Failure {
    fn from(message: String) -> Failure {
        Failure::Message(message)
    }
}

/// Times of the stages, for `--time-passes`.
struct Clock {
    stages: Vec<(String, Duration)>,
    last: Instant,
}

impl Clock {
    fn new() -> Clock {
        Clock {
            stages: Vec::new(),
            last: Instant::now(),
        }
    }

    fn stage(&mut self, name: impl Into<String>) {
        let now = Instant::now();
        self.stages.push((name.into(), now - self.last));
        self.last = now;
    }

    fn print(&self) {
        let total: Duration = self.stages.iter().map(|(_, t)| *t).sum();
        for (name, time) in self.stages.iter().chain([&("total".to_owned(), total)]) {
            eprintln!("{:>10.3} ms  {name}", time.as_secs_f64() * 1e3);
        }
    }
}

/// Compiles `input`; writes the binary to `output` if there is one, and what `--emit` asks for.
pub fn file(args: &Args, input: &Path, output: Option<&Path>) -> Result<(), Failure> {
    let mut clock = Clock::new();
    let name = if input == Path::new("-") {
        "<stdin>".to_owned()
    } else {
        input.display().to_string()
    };
    let source = read_source(input)?;
    clock.stage("read");
    let mut module = frontend(args, &name, &source)?;
    clock.stage("frontend");
    emit_text(args, EmitKind::Hir, || module.to_string())?;
    passes(args, &mut module, &mut clock)?;
    emit_text(args, EmitKind::Ir, || module.to_string())?;

    let wants = |kind| args.emit.iter().any(|e| e.kind == kind);
    let texts = wants(EmitKind::Clif) || wants(EmitKind::Asm);
    let needs_object = output.is_some() || wants(EmitKind::Obj) || texts;
    if !args.check && (needs_object || wants(EmitKind::Ptx)) {
        back_end(args, &module, output, texts, &mut clock)?;
    }
    if args.time_passes {
        clock.print();
    }
    Ok(())
}

fn read_source(input: &Path) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let shown = input.display();
    if input == Path::new("-") {
        std::io::stdin()
            .read_to_end(&mut bytes)
            .map_err(|e| format!("cannot read standard input: {}", link::describe(&e)))?;
    } else {
        bytes = std::fs::read(input).map_err(|e| format!("cannot read {shown}: {}", link::describe(&e)))?;
    }
    let text = String::from_utf8(bytes).map_err(|e| {
        let line = e.as_bytes()[..e.utf8_error().valid_up_to()]
            .iter()
            .filter(|&&b| b == b'\n')
            .count()
            + 1;
        format!("{shown}: line {line} is not UTF-8")
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Runs the frontend and prints its diagnostics, errors and warnings as `--deny`, `--warn` and
/// `--allow` have them.
fn frontend(args: &Args, name: &str, source: &str) -> Result<ir::Module, Failure> {
    let result = lnp_frontend::compile(source, name);
    let mut failed = false;
    for diagnostic in &result.diagnostics {
        let denied = listed(&args.deny, diagnostic);
        if !diagnostic.is_error() && !denied && listed(&args.allow, diagnostic) && !listed(&args.warn, diagnostic) {
            continue;
        }
        let is_error = diagnostic.is_error() || denied;
        failed |= is_error;
        report::print(
            args.error_format,
            name,
            source,
            &report::Shown {
                code: diagnostic.code(),
                is_error,
                message: &diagnostic.to_string(),
                help: diagnostic.help.as_deref(),
                span: diagnostic.span.clone(),
            },
        );
    }
    match result.module {
        Some(module) if !failed => Ok(module),
        _ => Err(Failure::Reported),
    }
}

/// Whether a diagnostic is in a list of codes; `fallback` stands for all fallbacks.
fn listed(codes: &[String], diagnostic: &Diagnostic) -> bool {
    codes.iter().any(|code| {
        code.eq_ignore_ascii_case(diagnostic.code())
            || (code == "fallback" && matches!(diagnostic.problem, Problem::Fallback { .. }))
    })
}

fn passes(args: &Args, module: &mut ir::Module, clock: &mut Clock) -> Result<(), Failure> {
    let options = lnp_passes::Options { level: args.opt_level };
    let report = lnp_passes::run_all_with(module, &options, &mut |name, module| {
        if args.print_after.iter().any(|p| p == name || p == "all") {
            println!("; after {name}\n{module}");
        }
    })
    .map_err(|error| format!("this is a bug in lnpc: {error}"))?;
    for pass in &report.passes {
        clock.stages.push((format!("pass {}", pass.name), pass.time));
    }
    clock.last = Instant::now();
    Ok(())
}

fn back_end(
    args: &Args,
    module: &ir::Module,
    output: Option<&Path>,
    texts: bool,
    clock: &mut Clock,
) -> Result<(), Failure> {
    let wants_ptx = args.emit.iter().any(|e| e.kind == EmitKind::Ptx);
    let pending = match args.gpu.as_str() {
        "none" => None,
        _ if module.kernels.is_empty() => None,
        target => ptx::start(module.to_string(), target),
    };
    if wants_ptx && pending.is_none() {
        return Err(
            "no PTX: lnpc-ptx was not built (it needs LLVM 22), the program has no kernels, or --gpu is none"
                .to_owned()
                .into(),
        );
    }
    let lib_dir = link::lib_dir();
    let ptx = match pending.map(ptx::Pending::finish) {
        None => None,
        Some(Ok(text)) => Some(text),
        Some(Err(message)) if wants_ptx => return Err(format!("lnpc-ptx failed: {message}").into()),
        // The program runs on the CPU all the same.
        Some(Err(message)) => {
            eprintln!("lnpc: no GPU code, lnpc-ptx failed: {message}");
            None
        }
    };
    clock.stage("ptx");
    emit_text(args, EmitKind::Ptx, || ptx.clone().unwrap_or_default())?;
    if output.is_none() && !texts && !args.emit.iter().any(|e| e.kind == EmitKind::Obj) {
        return Ok(());
    }
    let options = codegen::Options {
        target_cpu: match args.target_cpu.as_str() {
            "native" => codegen::TargetCpu::Native,
            "baseline" => codegen::TargetCpu::Baseline,
            other => return Err(format!("--target-cpu {other}: there are native and baseline").into()),
        },
        opt_level: args.opt_level,
        lib_dir: lib_dir.as_ref().map(|d| d.display().to_string()).unwrap_or_default(),
        ptx,
        texts,
        ..codegen::Options::default()
    };
    let compiled = codegen::compile(module, &options).map_err(|error| format!("this is a bug in lnpc: {error}"))?;
    clock.stage("codegen");
    let joined = |text: fn(&codegen::FunctionText) -> &str| {
        let parts: Vec<String> = compiled
            .functions
            .iter()
            .map(|f| format!("; {}\n{}", f.name, text(f)))
            .collect();
        parts.join("\n")
    };
    emit_text(args, EmitKind::Clif, || joined(|f| &f.clif))?;
    emit_text(args, EmitKind::Asm, || joined(|f| &f.asm))?;
    emit(args, EmitKind::Obj, || compiled.object.clone())?;
    if let Some(output) = output {
        link::link(&compiled.object, &lib_dir?, output)?;
        clock.stage("link");
    }
    Ok(())
}

fn emit_text(args: &Args, kind: EmitKind, text: impl Fn() -> String) -> Result<(), Failure> {
    emit(args, kind, || text().into_bytes())
}

/// Writes what `--emit` asks for of one kind.
fn emit(args: &Args, kind: EmitKind, bytes: impl Fn() -> Vec<u8>) -> Result<(), Failure> {
    for request in args.emit.iter().filter(|e| e.kind == kind) {
        let bytes = bytes();
        match &request.file {
            None => std::io::stdout()
                .write_all(&bytes)
                .or_else(|e| {
                    if e.kind() == std::io::ErrorKind::BrokenPipe {
                        Ok(())
                    } else {
                        Err(e)
                    }
                })
                .map_err(|e| format!("cannot write standard output: {}", link::describe(&e)))?,
            Some(path) => write_whole(path, &bytes)?,
        }
    }
    Ok(())
}

/// Replaces a file by a complete new one, or leaves it as it was.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let directory = path
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let failed = |e: &std::io::Error| format!("cannot write {}: {}", path.display(), link::describe(e));
    // A device or a pipe is written to, never replaced.
    if link::is_special(path) {
        return Ok(std::fs::write(path, bytes).map_err(|e| failed(&e))?);
    }
    // As the user's umask has it, not private as temporary files are.
    let mut file = tempfile::Builder::new()
        .permissions(std::fs::Permissions::from_mode(0o666))
        .tempfile_in(directory)
        .map_err(|e| failed(&e))?;
    file.write_all(bytes).map_err(|e| failed(&e))?;
    file.persist(path).map_err(|e| failed(&e.error))?;
    Ok(())
}
