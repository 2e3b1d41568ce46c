//! NVIDIA's device library: found by the caller, linked as bitcode.
//!
//! Its functions ask `__nvvm_reflect` for the rounding to use. LLVM answers "do not flush
//! denormals" by itself; that square roots are to be exact it has to be told.

use inkwell::context::Context;
use inkwell::llvm_sys::support::LLVMParseCommandLineOptions;
use inkwell::memory_buffer::MemoryBuffer;
use inkwell::module::{Linkage, Module};
use std::sync::Once;

/// Tells LLVM what `__nvvm_reflect` answers. Options of LLVM are global and set once.
pub fn set_reflection() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let args = [c"lnpc".as_ptr(), c"--nvvm-reflect-add=__CUDA_PREC_SQRT=1".as_ptr()];
        // SAFETY: two NUL-terminated strings that live for the whole call; run once, before any
        // other use of LLVM's options.
        unsafe { LLVMParseCommandLineOptions(args.len() as i32, args.as_ptr(), std::ptr::null()) };
    });
}

/// Whether the module calls a function of the library.
pub fn is_needed(module: &Module<'_>) -> bool {
    module
        .get_functions()
        .any(|f| f.get_name().to_bytes().starts_with(b"__nv_") && f.count_basic_blocks() == 0)
}

/// Links the library in; its functions become internal, so that unused ones go.
pub fn link<'c>(ctx: &'c Context, module: &Module<'c>, bitcode: &[u8]) -> Result<(), String> {
    let ours: Vec<Vec<u8>> = module
        .get_functions()
        .filter(|f| f.count_basic_blocks() > 0)
        .map(|f| f.get_name().to_bytes().to_vec())
        .collect();
    let buffer = MemoryBuffer::create_from_memory_range_copy(bitcode, "libdevice");
    let library = Module::parse_bitcode_from_buffer(&buffer, ctx).map_err(|e| format!("libdevice: {e}"))?;
    // It is written for any NVPTX target, and LLVM would warn of each difference.
    library.set_triple(&module.get_triple());
    library.set_data_layout(&module.get_data_layout());
    module.link_in_module(library).map_err(|e| format!("libdevice: {e}"))?;
    for function in module.get_functions() {
        let name = function.get_name().to_bytes();
        if function.count_basic_blocks() > 0 && !ours.iter().any(|n| n == name) {
            function.set_linkage(Linkage::Internal);
        }
    }
    for global in module.get_globals() {
        if !global.is_declaration() {
            global.set_linkage(Linkage::Internal);
        }
    }
    Ok(())
}
