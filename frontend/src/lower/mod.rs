//! Lowering of the AST to the IR, with flow-sensitive types.
//!
//! One [`FnLower`] lowers one specialization of one function (or the module itself). It
//! walks the AST once per guess of the types at loop headers; a guess that turns out too
//! narrow is rolled back ([`FnLower::checkpoint`]) and tried again wider.
//!
//! An expression's lowering gives a [`Val`] or a [`Bail`]. `Bail::Unsupported` travels up to
//! the smallest expression or statement that can run in CPython as a whole, and what was
//! emitted for it is rolled back.

mod arith;
mod assign;
mod boolean;
mod call;
mod compare;
mod comprehension;
pub mod convert;
mod defaults;
pub mod emit;
mod expr;
mod flow;
mod func;
mod import;
mod iterate;
mod keep;
mod lists;
mod loops;
mod names;
mod object;
mod python;
mod sequence;
mod stmt;
mod text;
mod unions;

pub use arith::integer as is_integer;
pub use flow::Edge;
pub use lists::Site;

use crate::diag::{Diagnostic, Problem, Why};
use crate::scope::Key;
use crate::session::Session;
use crate::types::Ty;
use crate::val::Val;
use lnp_ir as ir;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

/// Why there is no value.
#[derive(Clone, Debug)]
pub enum Bail {
    /// Runs in CPython. With `ty`, the result is converted to that type.
    Unsupported {
        why: Why,
        reason: String,
        span: Range<usize>,
        ty: Option<Ty>,
    },
    /// The program is wrong.
    Error(Box<Diagnostic>),
    /// What follows is unreachable: an exception was raised, the function returned.
    Unreachable,
    /// The function is lowered again from its start, with more known.
    Restart,
}

pub type Res<T = Val> = Result<T, Bail>;

/// The variables in scope at one point of the flow.
pub type Env = BTreeMap<Key, Var>;

/// A variable that may be bound.
#[derive(Clone, Debug, PartialEq)]
pub struct Var {
    pub val: Val,
    /// `None`: bound for sure; else a `bool` that says whether.
    pub bound: Option<ir::Value>,
}

/// A loop being lowered.
#[derive(Debug, Default)]
pub struct LoopCtx {
    pub breaks: Vec<Edge>,
    pub continues: Vec<Edge>,
}

/// Lowers one function.
pub struct FnLower<'a> {
    pub b: ir::FuncBuilder,
    pub env: Rc<Env>,
    pub diagnostics: Vec<Diagnostic>,
    /// The source range of what is being lowered, for diagnostics.
    pub range: Range<usize>,
    pub sess: &'a Session<'a>,
    /// The declaration being lowered.
    pub decl: usize,
    /// The innermost statement being lowered.
    stmt: Option<&'a rustpython_parser::ast::Stmt>,
    loops: Vec<LoopCtx>,
    /// Ways out of the function; `vals` is the result.
    returns: Vec<Edge>,
    /// Variables of comprehensions, innermost last.
    overlay: Vec<(Rc<str>, Key)>,
    /// Lists that came in as arguments: others see what is done to them.
    foreign_lists: BTreeSet<ir::Value>,
    /// CPython was given a list that others hold.
    lends: bool,
    origins: lists::Origins,
    display_depth: usize,
    /// Variables that the functions of the unit being made may write.
    unit_writes: BTreeSet<Key>,
    /// The operands going to CPython are used up there, not kept.
    lent: bool,
    /// A constant was missing that the caller might know.
    wants_const: bool,
    /// Depth inside f-strings, whose inner ranges are not the source's.
    in_fstring: usize,
    n_temps: usize,
    /// Depth of code that may not run even if its function does.
    conditional: usize,
}

/// A state of the lowering to return to.
pub struct Checkpoint {
    block: ir::Block,
    n_insts: usize,
    n_order: usize,
    env: Rc<Env>,
    n_diagnostics: usize,
    range: Range<usize>,
    span: ir::Span,
    loops: Vec<(usize, usize)>,
    n_returns: usize,
    n_overlay: usize,
    in_fstring: usize,
}

impl<'a> FnLower<'a> {
    pub fn new(sess: &'a Session<'a>, decl: usize, name: &str) -> FnLower<'a> {
        FnLower {
            b: ir::FuncBuilder::new(name, &sess.scopes.decls[decl].name),
            env: Rc::default(),
            diagnostics: Vec::new(),
            range: 0..0,
            sess,
            decl,
            stmt: None,
            loops: Vec::new(),
            returns: Vec::new(),
            overlay: Vec::new(),
            foreign_lists: BTreeSet::new(),
            lends: false,
            origins: lists::Origins::default(),
            display_depth: 0,
            unit_writes: BTreeSet::new(),
            lent: false,
            wants_const: false,
            in_fstring: 0,
            n_temps: 0,
            conditional: 0,
        }
    }

    /// Only the current block may be appended to between this and the rollback.
    pub fn checkpoint(&self) -> Checkpoint {
        Checkpoint {
            block: self.b.block,
            n_insts: self.b.func.blocks[self.b.block].insts.len(),
            n_order: self.b.func.order.len(),
            env: self.env.clone(),
            n_diagnostics: self.diagnostics.len(),
            range: self.range.clone(),
            span: self.b.span,
            loops: self.loops.iter().map(|l| (l.breaks.len(), l.continues.len())).collect(),
            n_returns: self.returns.len(),
            n_overlay: self.overlay.len(),
            in_fstring: self.in_fstring,
        }
    }

    pub fn rollback(&mut self, to: &Checkpoint) {
        let data = &mut self.b.func.blocks[to.block];
        data.insts.truncate(to.n_insts);
        data.term = None;
        self.b.func.order.truncate(to.n_order);
        self.b.block = to.block;
        self.env = to.env.clone();
        self.diagnostics.truncate(to.n_diagnostics);
        self.range = to.range.clone();
        self.b.span = to.span;
        self.loops.truncate(to.loops.len());
        for (ctx, (breaks, continues)) in self.loops.iter_mut().zip(&to.loops) {
            ctx.breaks.truncate(*breaks);
            ctx.continues.truncate(*continues);
        }
        self.returns.truncate(to.n_returns);
        self.overlay.truncate(to.n_overlay);
        self.in_fstring = to.in_fstring;
    }

    /// Sets what errors and instructions refer to.
    pub fn locate(&mut self, range: Range<usize>) {
        // Ranges inside f-strings are relative to something else: keep the outer one.
        if self.in_fstring == 0 {
            self.b.span = ir::Span {
                line: self.sess.lines.line(range.start),
            };
            self.range = range;
        }
    }

    /// This cannot be compiled: the enclosing expression runs in CPython.
    pub fn unsupported(&self, why: Why, reason: impl Into<String>) -> Bail {
        Bail::Unsupported {
            why,
            reason: reason.into(),
            span: self.range.clone(),
            ty: None,
        }
    }

    /// Only CPython can run the program, as a whole.
    pub fn give_up(&self, reason: &str) -> Bail {
        let mut whole = self.sess.whole.borrow_mut();
        whole.get_or_insert_with(|| (reason.to_owned(), self.range.clone()));
        self.unsupported(Why::WholeProgram, reason)
    }

    /// The enclosing expression runs in CPython, and its result is known to be a `ty`.
    pub fn typed_fallback(&self, ty: Ty, why: Why, reason: impl Into<String>) -> Bail {
        Bail::Unsupported {
            why,
            reason: reason.into(),
            span: self.range.clone(),
            ty: Some(ty),
        }
    }

    /// The program is wrong.
    pub fn error(&self, problem: Problem, help: Option<String>) -> Bail {
        Bail::Error(Box::new(Diagnostic {
            problem,
            span: self.range.clone(),
            help,
        }))
    }

    /// Notes that something runs in CPython; said once per source line.
    pub fn warn(&mut self, why: Why, reason: impl Into<String>, span: Range<usize>) {
        let diagnostic = Diagnostic {
            problem: Problem::Fallback {
                why,
                reason: reason.into(),
            },
            span,
            help: None,
        };
        self.diagnostics.push(diagnostic);
    }

    /// An argument that has to be known at compile time and is not: a caller that passed a
    /// constant retries with the constant known; otherwise CPython runs it.
    pub fn need_const(&mut self, what: &str) -> Bail {
        self.wants_const = true;
        self.unsupported(Why::Argument, format!("{what} is not known at compile time"))
    }

    /// Lowers what may not run.
    pub fn conditionally<T>(&mut self, lower: impl FnOnce(&mut Self) -> T) -> T {
        self.conditional += 1;
        let done = lower(self);
        self.conditional -= 1;
        done
    }

    /// Whether what is lowered runs if its function does.
    pub fn is_certain(&self) -> bool {
        self.conditional == 0
    }

    pub fn is_dead(&self) -> bool {
        self.b.is_terminated()
    }

    fn temp_key(&mut self, what: &str) -> Key {
        self.n_temps += 1;
        Key::new(self.decl, &format!(".{what}{}", self.n_temps))
    }
}
