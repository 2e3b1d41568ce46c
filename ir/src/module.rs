//! The module: tables of functions, kernels and Python units.

use crate::{Body, DType, Func};
use cranelift_entity::{PrimaryMap, entity_impl};

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FuncId(u32);
entity_impl!(FuncId, "func");

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KernelId(u32);
entity_impl!(KernelId, "kernel");

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PyUnitId(u32);
entity_impl!(PyUnitId, "unit");

/// How a kernel input varies over the iteration domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KernelInput {
    /// The same value everywhere: passed by value.
    Scalar,
    /// An array whose axes are the last `ndim` loops; an extent of 1 is broadcast (stride 0).
    Array { ndim: u8 },
}

/// A loop nest: a body evaluated at each point of a rectangular domain of `ndim` loops.
///
/// Outputs are written at the point itself. What happens to them (a fresh array, a view, a
/// reduction) is the launch's business.
#[derive(Clone, Debug, PartialEq)]
pub struct Kernel {
    pub name: String,
    pub ndim: u8,
    /// One per body parameter.
    pub inputs: Vec<KernelInput>,
    pub body: Body,
    /// Rough nanoseconds per 1024 points on one thread (set by `tile`).
    pub cost: u32,
    /// Points per tile (set by `tile`).
    pub tile: u32,
}

impl Kernel {
    /// Dtypes of the outputs.
    pub fn outputs(&self) -> impl Iterator<Item = DType> + '_ {
        self.body.results.iter().map(|&r| self.body.dtype(r))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PyUnitKind {
    /// An expression; its value is the result.
    Expr,
    /// Statements; the result is a tuple of the outputs.
    Stmt,
    /// Definitions, run once before the first unit that needs them.
    Def,
}

/// Source that the embedded CPython runs.
#[derive(Clone, Debug, PartialEq)]
pub struct PyUnit {
    pub kind: PyUnitKind,
    pub source: String,
    pub inputs: Vec<String>,
    pub outputs: Vec<String>,
    /// First line in the user's file.
    pub line: u32,
}

/// A whole program.
#[derive(Clone, Debug, Default)]
pub struct Module {
    /// The user's path as given, and the text, for tracebacks.
    pub file: String,
    pub source: String,
    pub funcs: PrimaryMap<FuncId, Func>,
    pub kernels: PrimaryMap<KernelId, Kernel>,
    pub units: PrimaryMap<PyUnitId, PyUnit>,
    /// The function that runs the program; no parameters, no results.
    pub main: Option<FuncId>,
}
