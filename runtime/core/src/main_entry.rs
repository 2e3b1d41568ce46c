//! The C `main` of a compiled program.

use crate::dist::world;
use crate::objects;
use lnp_abi::ProgramDesc;
use std::ffi::{CStr, c_char, c_int};

unsafe extern "C" {
    /// The program's description, in the object file that codegen wrote.
    static lnp_program: ProgramDesc;
    /// The program.
    fn lnp_user_main();
}

#[unsafe(no_mangle)]
unsafe extern "C" fn main(argc: c_int, argv: *const *const c_char) -> c_int {
    let args = (0..argc as usize)
        .map(|i| {
            // SAFETY: C's `main` gets `argc` strings.
            unsafe { CStr::from_ptr(*argv.add(i)) }.to_string_lossy().into_owned()
        })
        .collect();
    // SAFETY: constant data of the program's object file.
    let program: &'static ProgramDesc = unsafe { &*&raw const lnp_program };
    objects::process::init(args, Some(program));
    objects::interrupt::install();
    if let Err(message) = world::init() {
        eprintln!("{message}");
        return 1;
    }
    // SAFETY: as above: the description lives as long as the process.
    if let Err(reason) = unsafe { crate::device::start(program) } {
        eprintln!("LNP_DEVICE=gpu: {reason}");
        world::abort(1);
    }
    // SAFETY: the program's only entry; the runtime is ready.
    unsafe { lnp_user_main() };
    let code = objects::report::finish();
    world::finish();
    code
}
