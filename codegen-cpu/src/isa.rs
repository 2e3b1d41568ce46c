//! The Cranelift target for the options.

use crate::{Error, Options, TargetCpu};
use cranelift_codegen::isa::OwnedTargetIsa;
use cranelift_codegen::settings::{self, Configurable};

/// Features of x86-64-v2, what the baseline has.
const BASELINE: [&str; 5] = ["has_sse3", "has_ssse3", "has_sse41", "has_sse42", "has_popcnt"];

pub fn target(opts: &Options) -> Result<OwnedTargetIsa, Error> {
    let fail = |e: &dyn std::fmt::Display| Error::new(e.to_string());
    let mut flags = settings::builder();
    let level = if opts.opt_level == 0 { "none" } else { "speed" };
    for (name, value) in [
        ("is_pic", "true"),
        ("opt_level", level),
        ("enable_verifier", if opts.verify { "true" } else { "false" }),
        ("use_colocated_libcalls", "false"),
    ] {
        flags.set(name, value).map_err(|e| fail(&e))?;
    }
    let native = opts.target_cpu == TargetCpu::Native;
    let mut builder = cranelift_native::builder_with_options(native).map_err(|e| fail(&e))?;
    if !native && cfg!(target_arch = "x86_64") {
        for feature in BASELINE {
            builder.enable(feature).map_err(|e| fail(&e))?;
        }
    }
    builder.finish(settings::Flags::new(flags)).map_err(|e| fail(&e))
}
