//! The passes: from the frontend's module to the one that back ends translate.
//!
//! In:  typed SSA functions whose array statements carry their bodies (`map`), without
//!      reference counting.
//! Out: the same functions; every array statement is a `launch` of a kernel; every owned
//!      reference is released exactly once on every path that does not raise.
//!
//! [`PIPELINE`] is the whole order. The module is verified after each pass.

mod analysis;
mod defer;
mod fuse;
mod inline;
mod outline;
mod partition;
mod place;
mod reuse;
mod simplify;
mod tile;
mod wrap;

use lnp_ir::{Module, Violation, verify};
use std::fmt;
use std::time::{Duration, Instant};

/// Whether a pass changed the module. `No` promises the same printed text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    No,
    Yes,
}

impl Changed {
    pub(crate) fn when(changed: bool) -> Changed {
        if changed { Changed::Yes } else { Changed::No }
    }
}

/// What steers the passes.
#[derive(Clone, Debug)]
pub struct Options {
    /// `-O0` to `-O3`. At 0 only what code generation needs.
    pub level: u8,
}

impl Default for Options {
    fn default() -> Options {
        Options { level: 2 }
    }
}

/// A pass.
pub type Pass = fn(&mut Module, &Options) -> Changed;

/// Every pass, in order.
pub const PIPELINE: &[(&str, Pass)] = &[
    // First, so that the rest sees functions at their smallest and knows more shapes.
    ("simplify", simplify::run),
    // Before fusion, which stops at calls.
    ("inline", inline::run),
    // Arguments in place of parameters: constants to fold, shapes that are now known.
    ("simplify", simplify::run),
    // Wants equal inputs to be one value and shapes to be known.
    ("fuse", fuse::run),
    // Views and extents of what was fused away, and fused bodies.
    ("simplify", simplify::run),
    // Wants the statements that read rolled arrays; views must be there before their uses are counted.
    ("wrap", wrap::run),
    // A statement in place cannot be fused any more.
    ("reuse", reuse::run),
    // Each `map` becomes a launch; nothing later looks into functions' bodies.
    ("outline", outline::run),
    // Wants kernels, which alone can take a view that was never made.
    ("defer", defer::run),
    // After all that makes, moves or drops uses of references.
    ("place", place::run),
    // Hints: of arrays, then of kernels.
    ("partition", partition::run),
    ("tile", tile::run),
];

/// What one pass did.
#[derive(Clone, Debug)]
pub struct PassReport {
    pub name: &'static str,
    pub changed: Changed,
    pub time: Duration,
}

/// What all passes did, in order.
#[derive(Clone, Debug, Default)]
pub struct Report {
    pub passes: Vec<PassReport>,
}

/// A pass left a module that breaks the IR's rules: a bug of lnpc.
#[derive(Clone, Debug)]
pub struct Error {
    /// The pass, or `frontend` for the module that came in.
    pub pass: &'static str,
    pub violations: Vec<Violation>,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the module is not sound after `{}`", self.pass)?;
        for violation in &self.violations {
            write!(f, "\n  {violation}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

/// Runs [`PIPELINE`].
pub fn run_all(module: &mut Module, opts: &Options) -> Result<Report, Error> {
    run_all_with(module, opts, &mut |_, _| {})
}

/// Runs [`PIPELINE`]; `after` sees the module after each pass.
pub fn run_all_with(
    module: &mut Module,
    opts: &Options,
    after: &mut dyn FnMut(&'static str, &Module),
) -> Result<Report, Error> {
    check(module, "frontend")?;
    let mut report = Report::default();
    for &(name, pass) in PIPELINE {
        let start = Instant::now();
        let changed = pass(module, opts);
        let time = start.elapsed();
        report.passes.push(PassReport { name, changed, time });
        after(name, module);
        check(module, name)?;
    }
    Ok(report)
}

/// Runs one pass by its name; `None` where there is none of that name.
pub fn run_one(name: &str, module: &mut Module, opts: &Options) -> Option<Changed> {
    let (_, pass) = PIPELINE.iter().find(|(n, _)| *n == name)?;
    Some(pass(module, opts))
}

fn check(module: &Module, pass: &'static str) -> Result<(), Error> {
    let violations = verify(module);
    if violations.is_empty() {
        Ok(())
    } else {
        Err(Error { pass, violations })
    }
}
