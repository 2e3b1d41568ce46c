//! Kernels as PTX text.
//!
//! [`compile`] turns every kernel of a module into an entry `.visible .entry NAME` with one
//! by-value parameter, whose words are laid out in [`lnp_abi::provider::cuda`]. A kernel that
//! has no form on the device (or whose mathematics needs a libdevice that is not there) is left
//! out, with the reason; the program then runs it on the host.
//!
//! The text names its own architecture, and drivers translate it for any newer one, so a single
//! text for `sm_80` serves an A100 and an H100.
//!
//! This crate carries LLVM, whose loading alone takes 0.1 s; `lnpc` therefore runs it as a
//! process of its own (`lnpc-ptx`), beside its own code generation.

mod kernel;
mod libdevice;

use inkwell::OptimizationLevel;
use inkwell::context::Context;
use inkwell::passes::PassBuilderOptions;
use inkwell::targets::{CodeModel, FileType, InitializationConfig, RelocMode, Target, TargetMachine, TargetTriple};
use lnp_codegen_llvm::{Lowering, MathLib};
use lnp_ir as ir;
use std::fmt;

/// What to compile for, and with.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// An architecture of NVIDIA's, such as `sm_80`.
    pub target: &'a str,
    /// The bitcode of libdevice, if it was found.
    pub libdevice: Option<&'a [u8]>,
}

/// The text, and what is in it.
#[derive(Clone, Debug)]
pub struct Ptx {
    pub text: String,
    /// Names of the kernels in the text.
    pub kernels: Vec<String>,
    /// Names of those that stay on the host, with the reason.
    pub left_out: Vec<(String, String)>,
}

#[derive(Debug)]
pub enum Error {
    /// LLVM does not know the architecture.
    Target(String),
    /// A bug of ours, or a libdevice of another kind.
    Internal(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Target(name) => write!(
                f,
                "unknown GPU architecture `{name}`: sm_80, sm_90 and their like are known"
            ),
            Error::Internal(text) => write!(f, "PTX generation failed: {text}"),
        }
    }
}

impl std::error::Error for Error {}

/// Compiles every kernel of the module, and the copies that the runtime launches by itself.
/// A module without kernels gives no text.
pub fn compile(module: &ir::Module, options: &Options<'_>) -> Result<Ptx, Error> {
    let copies = runtime_copies();
    let copies = if module.kernels.is_empty() { &[] } else { &copies[..] };
    compile_kernels(copies.iter().chain(module.kernels.values()), options)
}

/// The runtime's kernels that copy elements of 1, 4, 8 and 16 bytes (`launch/copy.rs` there).
fn runtime_copies() -> [ir::Kernel; 4] {
    use ir::DType;
    [DType::Bool, DType::I32, DType::I64, DType::C128].map(|dtype| ir::Kernel {
        name: format!("lnp_copy_{}", dtype.size()),
        ndim: lnp_abi::MAX_NDIM as u8,
        inputs: vec![ir::KernelInput::Array {
            ndim: lnp_abi::MAX_NDIM as u8,
        }],
        body: ir::Body::identity(dtype),
        cost: 0,
        tile: 0,
    })
}

/// [`compile`] for kernels that are not in a module, and no others.
pub fn compile_kernels<'a>(
    kernels: impl IntoIterator<Item = &'a ir::Kernel>,
    options: &Options<'_>,
) -> Result<Ptx, Error> {
    let machine = target_machine(options.target)?;
    let ctx = Context::create();
    let module = ctx.create_module("lnp");
    module.set_triple(&machine.get_triple());
    module.set_data_layout(&machine.get_target_data().get_data_layout());

    let builder = ctx.create_builder();
    let lowering = Lowering {
        ctx: &ctx,
        module: &module,
        builder: &builder,
        math: MathLib::Libdevice,
    };
    let mut ptx = Ptx {
        text: String::new(),
        kernels: Vec::new(),
        left_out: Vec::new(),
    };
    for kernel in kernels {
        match kernel::emit(&lowering, kernel, options.libdevice.is_some()) {
            Ok(()) => ptx.kernels.push(kernel.name.clone()),
            Err(kernel::Error::LeftOut(reason)) => ptx.left_out.push((kernel.name.clone(), reason)),
            Err(kernel::Error::Internal(text)) => return Err(Error::Internal(format!("{}: {text}", kernel.name))),
        }
    }
    if let Some(bitcode) = options.libdevice
        && libdevice::is_needed(&module)
    {
        libdevice::link(&ctx, &module, bitcode).map_err(Error::Internal)?;
    }
    if !ptx.kernels.is_empty() {
        ptx.text = emit(&module, &machine)?;
    }
    Ok(ptx)
}

fn target_machine(cpu: &str) -> Result<TargetMachine, Error> {
    let is_sm = cpu.strip_prefix("sm_").is_some_and(|n| {
        n.trim_end_matches(['a', 'f'])
            .parse::<u32>()
            .is_ok_and(|n| (50..1000).contains(&n))
    });
    if !is_sm {
        return Err(Error::Target(cpu.to_owned()));
    }
    Target::initialize_nvptx(&InitializationConfig::default());
    libdevice::set_reflection();
    let triple = TargetTriple::create("nvptx64-nvidia-cuda");
    let target = Target::from_triple(&triple).map_err(|e| Error::Internal(e.to_string()))?;
    target
        .create_target_machine(
            &triple,
            cpu,
            "",
            OptimizationLevel::Default,
            RelocMode::Default,
            CodeModel::Default,
        )
        .ok_or_else(|| Error::Target(cpu.to_owned()))
}

/// Optimizes and prints. `globaldce` first: libdevice is large, a program needs little of it.
fn emit(module: &inkwell::module::Module<'_>, machine: &TargetMachine) -> Result<String, Error> {
    let internal = |text: String| Error::Internal(text);
    module.verify().map_err(|e| internal(e.to_string()))?;
    let options = PassBuilderOptions::create();
    options.set_loop_unrolling(false);
    module
        .run_passes("globaldce,default<O2>", machine, options)
        .map_err(|e| internal(e.to_string()))?;
    let buffer = machine
        .write_to_memory_buffer(module, FileType::Assembly)
        .map_err(|e| internal(e.to_string()))?;
    let text = buffer.as_slice();
    let text = text.strip_suffix(&[0]).unwrap_or(text);
    String::from_utf8(text.to_vec()).map_err(|e| internal(e.to_string()))
}
