//! From Python source to the IR: parse, resolve names, infer types, specialize functions,
//! and decide what runs natively and what in CPython.
//!
//! ```text
//! source → syntax tree → declarations (`scope`) → typed IR (`lower`) → module (`assemble`)
//! ```
//!
//! User errors come only from here; after it every value has a dtype and an ndim.

mod assemble;
pub mod builtins;
pub mod diag;
mod liveness;
pub mod lower;
pub mod numpy;
pub mod ops;
mod scope;
mod session;
mod syntax;
mod targets;
pub mod types;
pub mod val;
mod walk;

pub use diag::{Diagnostic, Problem, Why};
pub use lnp_ir::DType;
pub use types::Ty;
pub use val::{Args, Konst, Val};

use lnp_ir as ir;
use lower::{Bail, FnLower};
use scope::Scopes;
use session::{Session, SpecState};
use std::collections::BTreeSet;

/// Times that the program is lowered again because a list needs a wider element type.
const MAX_RESTARTS: usize = 64;

/// The parser's syntax tree.
pub mod ast {
    pub use rustpython_parser::ast::{Constant, Expr, Ranged, Stmt};
}

/// What comes of a program.
#[derive(Debug, Default)]
pub struct Output {
    /// `None` when there are errors.
    pub module: Option<ir::Module>,
    /// Errors and fallbacks in the order of the source.
    pub diagnostics: Vec<Diagnostic>,
}

impl Output {
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Compiles a program. `file` is the path as the user gave it, for tracebacks.
pub fn compile(source: &str, file: &str) -> Output {
    let body = match syntax::parse(source) {
        Ok(body) => body,
        Err(diagnostic) => {
            return Output {
                module: None,
                diagnostics: vec![diagnostic],
            };
        }
    };
    let scopes = Scopes::of(&body);
    let mut diagnostics = scopes.diagnostics.clone();
    let sess = Session::new(source, file, scopes);
    let (main, more) = lower_program(&sess);
    diagnostics.extend(more);
    let diagnostics = tidy(&sess, diagnostics);
    let failed = diagnostics.iter().any(Diagnostic::is_error);
    Output {
        module: (!failed).then(|| assemble::module(&sess, main)),
        diagnostics,
    }
}

fn lower_program(sess: &Session<'_>) -> (ir::Func, Vec<Diagnostic>) {
    let mut cx = FnLower::new(sess, 0, "main");
    let mut n_restarts = 0;
    let ended = if let Some(span) = sess.scopes.star_import.clone() {
        cx.locate(span);
        Err(cx.unsupported(Why::WholeProgram, "an import of all names"))
    } else if let Some((reason, span)) = sess.scopes.reflects.clone() {
        cx.locate(span);
        Err(cx.unsupported(Why::WholeProgram, reason))
    } else {
        loop {
            let ended = cx.lower_stmts(sess.scopes.decls[0].body());
            if !matches!(ended, Err(Bail::Restart)) || n_restarts == MAX_RESTARTS {
                break ended;
            }
            n_restarts += 1;
            cx = FnLower::new(sess, 0, "main");
        }
    };
    let whole = sess.whole.borrow().clone();
    let ended = match whole {
        Some((reason, span)) => {
            cx.locate(span);
            Err(cx.unsupported(Why::WholeProgram, reason))
        }
        None => ended,
    };
    match ended {
        Ok(()) => cx.b.terminate(ir::Terminator::Return(vec![])),
        Err(Bail::Unreachable | Bail::Restart) => {}
        Err(Bail::Error(diagnostic)) => cx.diagnostics.push(*diagnostic),
        Err(Bail::Unsupported { reason, span, .. }) => {
            let errors: Vec<Diagnostic> = cx.diagnostics.into_iter().filter(Diagnostic::is_error).collect();
            cx = FnLower::new(sess, 0, "main");
            cx.diagnostics = errors;
            cx.fallback_program();
            cx.b.terminate(ir::Terminator::Return(vec![]));
            cx.warn(
                Why::WholeProgram,
                format!("the whole program runs in CPython: {reason}"),
                span,
            );
        }
    }
    let mut diagnostics = cx.diagnostics;
    diagnostics.extend(reached(sess, &cx.b.func));
    (cx.b.func, diagnostics)
}

/// Diagnostics of the specializations that the program uses, and errors of all.
fn reached(sess: &Session<'_>, main: &ir::Func) -> Vec<Diagnostic> {
    let specs = sess.specs.borrow();
    let mut pending = assemble::callees(main);
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    // Functions that run in CPython are called by their text.
    pending.extend(
        specs
            .iter()
            .enumerate()
            .filter(|(_, s)| !s.stale && (matches!(s.state, SpecState::Python) || has_errors(&s.diagnostics)))
            .map(|(idx, _)| idx),
    );
    while let Some(idx) = pending.pop() {
        if seen.insert(idx) {
            out.extend(specs[idx].diagnostics.iter().cloned());
            if let Some(func) = &specs[idx].func {
                pending.extend(assemble::callees(func));
            }
        }
    }
    out
}

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(Diagnostic::is_error)
}

/// In the order of the source, each said once; fallbacks once per line.
fn tidy(sess: &Session<'_>, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by_key(|d| (d.span.start, d.span.end, d.code()));
    let mut lines = BTreeSet::new();
    let mut errors = BTreeSet::new();
    // What follows from an error is no news.
    let failed = has_errors(&diagnostics);
    let noise = |d: &Diagnostic| {
        matches!(
            d.problem,
            Problem::Fallback {
                why: Why::Object | Why::Mixed,
                ..
            }
        )
    };
    diagnostics.retain(|d| !(failed && noise(d)));
    let is_syntax = |d: &Diagnostic| matches!(d.problem, Problem::Syntax { .. } | Problem::AssignTo { .. });
    if diagnostics.iter().any(is_syntax) {
        // A program that is none has no names.
        diagnostics.retain(|d| {
            !matches!(
                d.problem,
                Problem::UndefinedName { .. } | Problem::UndefinedInArm { .. }
            )
        });
    }
    diagnostics.retain(|d| match d.is_error() {
        true => errors.insert((d.span.start, d.to_string())),
        false => lines.insert((
            sess.lines.line(d.span.start),
            matches!(d.problem, Problem::Fallback { .. }),
        )),
    });
    diagnostics
}
