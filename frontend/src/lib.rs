//! From Python source to the IR: parse, resolve names, infer types, specialize functions,
//! and decide what runs natively and what in CPython.
//!
//! User errors come only from here; after it every value has a dtype and an ndim.

pub mod diag;
pub mod lower;
pub mod numpy;
pub mod ops;
pub mod types;
pub mod val;

pub use diag::{Diagnostic, Problem, Why};
pub use lnp_ir::DType;
pub use types::Ty;
pub use val::{Args, Konst, Val};

/// The parser's syntax tree.
pub mod ast {
    pub use rustpython_parser::ast::{Constant, Expr, Ranged, Stmt};
}
