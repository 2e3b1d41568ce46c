//! The intermediate representation: one [`Module`], two altitudes.
//!
//! High: what the frontend makes. Typed SSA functions whose *array statements* (`map`,
//! `store`, `reduce`, `view`) carry their element-wise body inline.
//! Low: what the passes leave. The same functions, each array statement a `launch` of a
//! [`Kernel`] in the module's kernel table.
//!
//! ```text
//! module  := source* unit* kernel* func*
//! kernel  := "kernel" "@name" "(" operands ")" "{" domain, load*, scalar ops, store* "}"
//! func    := "func" "@name" "(" "%v: type"* ")" "->" types "{" block+ "}"
//! block   := "^b" "(" "%v: type"* ")" ":" inst* terminator
//! ```
//!
//! Entities sit in tables ([`cranelift_entity::PrimaryMap`]) and name each other by typed
//! ids. Nothing here reads source text; spans are line numbers in side tables.

mod body;
mod func;
mod module;
mod parse;
mod print;
mod ty;
mod verify;
mod walk;

pub use body::{Body, BodyInst, BodyVal, ScalarOp};
pub use func::{
    Arg, Block, BlockCall, BlockData, CheckedOp, Const, Func, FuncBuilder, Halo, Inst, InstData, LaunchMode,
    ShapeCheck, Span, Terminator, Value, ValueData, ViewDim,
};
pub use lnp_abi::{DType, ReduceOp, Rt};
pub use module::{FuncId, Kernel, KernelId, KernelInput, Module, PyUnit, PyUnitId, PyUnitKind};
pub use parse::{ParseError, parse_module};
pub use print::{print_func, print_inst, print_module, print_term};
pub use ty::Ty;
pub use verify::{Violation, verify};
pub use walk::Dominators;
