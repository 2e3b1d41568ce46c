//! Translates a module to an object file with Cranelift.
//!
//! In:  an [`ir::Module`](lnp_ir::Module) after the passes: every array statement is a
//!      `launch` of a kernel.
//! Out: one relocatable object: the host program (`lnp_user_main` and the functions it
//!      calls), every kernel as a loop nest in 128-bit lanes (`lnp_kernel_<name>`), and the
//!      static data that describes them (`lnp_program`).
//!
//! The back end translates and never infers: a module that passed the verifier compiles.
//! Same input and options, same bytes.

mod desc;
mod emit;
mod host;
mod isa;
mod kernel;
mod object;
mod scalar;

use lnp_ir as ir;
use std::fmt;

/// The processor that the object is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum TargetCpu {
    /// The processor that compiles.
    #[default]
    Native,
    /// The least that is supported: x86-64-v2 (SSE4.2).
    Baseline,
}

/// How to compile.
#[derive(Clone, Debug)]
pub struct Options {
    pub target_cpu: TargetCpu,
    /// 0: quickest to compile; otherwise optimized.
    pub opt_level: u8,
    /// Where the runtime's providers lie; recorded in the program.
    pub lib_dir: String,
    /// The program's device code, carried as data.
    pub ptx: Option<String>,
    /// Keep each function's Cranelift IR and assembly.
    pub texts: bool,
    /// Run Cranelift's verifier.
    pub verify: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            target_cpu: TargetCpu::Native,
            opt_level: 1,
            lib_dir: String::new(),
            ptx: None,
            texts: false,
            verify: cfg!(debug_assertions),
        }
    }
}

/// One compiled function, for `--emit clif,asm`.
#[derive(Clone, Debug)]
pub struct FunctionText {
    pub name: String,
    /// Before optimization, as this crate built it.
    pub clif: String,
    /// After register allocation.
    pub asm: String,
}

/// A compiled module.
#[derive(Clone, Debug, Default)]
pub struct Output {
    /// The object file.
    pub object: Vec<u8>,
    /// Filled when [`Options::texts`] is set, in the module's order.
    pub functions: Vec<FunctionText>,
}

/// A failure of the back end: always a bug of ours, never the user's.
#[derive(Clone, Debug)]
pub struct Error {
    pub message: String,
}

impl Error {
    pub(crate) fn new(message: impl Into<String>) -> Error {
        Error {
            message: message.into(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "code generation failed: {}", self.message)
    }
}

impl std::error::Error for Error {}

/// Compiles a module.
pub fn compile(module: &ir::Module, opts: &Options) -> Result<Output, Error> {
    let mut unit = object::Unit::new(module, opts)?;
    for id in module.kernels.keys() {
        kernel::define(&mut unit, module, id)?;
    }
    for id in module.funcs.keys() {
        host::define(&mut unit, module, id)?;
    }
    desc::define_program(&mut unit, module, opts)?;
    unit.finish()
}

/// The symbol of a kernel's code.
pub fn kernel_symbol(kernel: &ir::Kernel) -> String {
    format!("lnp_kernel_{}", object::symbol_part(&kernel.name))
}
