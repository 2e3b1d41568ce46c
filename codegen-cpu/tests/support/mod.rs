//! Builds a module into a shared library with a stub runtime, and loads it.

#![allow(dead_code)]
// Tests write files.
#![allow(clippy::disallowed_methods)]

pub mod reference;

use libloading::Library;
use lnp_codegen_cpu::{Options, Output, TargetCpu, compile};
use lnp_ir as ir;
use std::process::Command;

pub struct Loaded {
    pub library: Library,
    pub output: Output,
    _dir: tempfile::TempDir,
}

pub fn options(target_cpu: TargetCpu) -> Options {
    Options {
        target_cpu,
        lib_dir: "/nowhere".to_owned(),
        verify: true,
        texts: true,
        ..Options::default()
    }
}

pub fn load(module: &ir::Module, opts: &Options) -> Loaded {
    let output = compile(module, opts).unwrap_or_else(|e| panic!("{e}"));
    let dir = tempfile::tempdir().expect("a temporary directory");
    let (object, stub, library) = (
        dir.path().join("k.o"),
        dir.path().join("stub.c"),
        dir.path().join("k.so"),
    );
    std::fs::write(&object, &output.object).expect("written");
    std::fs::write(&stub, include_str!("stub.c")).expect("written");
    let status = Command::new("cc")
        .arg(format!("-DSHAPE_OFFSET={}", lnp_abi::SHAPE_OFFSET))
        .args(["-shared", "-fPIC", "-O1", "-w", "-o"])
        .args([&library, &stub, &object])
        .arg("-lm")
        .status()
        .expect("a C compiler");
    assert!(status.success());
    // SAFETY: the library has no initializers.
    let library = unsafe { Library::new(&library) }.expect("loads");
    Loaded {
        library,
        output,
        _dir: dir,
    }
}

pub type KernelFn = unsafe extern "C" fn(*const i64, *const *mut u8, *const i64, *const u64);

impl Loaded {
    pub fn kernel(&self, name: &str) -> KernelFn {
        let symbol = format!("lnp_kernel_{name}\0");
        // SAFETY: kernels have this type.
        unsafe { *self.library.get::<KernelFn>(symbol.as_bytes()).expect("exported") }
    }

    /// Runs `lnp_user_main`; what the stub wrote down.
    pub fn run_main(&self) -> String {
        // SAFETY: the program's main, and a character array of the stub.
        unsafe {
            let main = self
                .library
                .get::<extern "C" fn()>(b"lnp_user_main\0")
                .expect("exported");
            main();
            let log = self
                .library
                .get::<*const std::ffi::c_char>(b"lnp_log\0")
                .expect("exported");
            std::ffi::CStr::from_ptr(log.into_raw().into_raw().cast())
                .to_string_lossy()
                .into_owned()
        }
    }
}
