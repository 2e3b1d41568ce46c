//! One walk over the syntax tree: which names a piece of the program loads and binds.

use rustpython_parser::ast::{self, Expr, Ranged, Stmt};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The comprehension variables around a lambda, each with the offset of the target that binds it.
pub type Each<'a> = BTreeMap<&'a str, usize>;

/// What a piece of the program does with names. Comprehension variables do not count; names
/// free in lambdas and nested functions count as loads.
#[derive(Debug, Default)]
pub struct Names<'a> {
    pub loads: Vec<(&'a str, Range<usize>)>,
    pub stores: Vec<(&'a str, Range<usize>)>,
    pub deletes: BTreeSet<&'a str>,
    /// Names of exceptions, which have no value after their handlers.
    pub unbinds: BTreeSet<&'a str>,
    pub has_yield: Option<Range<usize>>,
    /// A statement that leaves the piece: `return`, or `break`/`continue` of an outer loop.
    pub escapes: Option<&'static str>,
    /// Names that may be changed in place: method receivers, subscript targets, bare arguments.
    pub touched: BTreeSet<&'a str>,
    /// Functions and lambdas of this scope itself (not those nested in them).
    pub defs: Vec<&'a ast::StmtFunctionDef>,
    pub lambdas: Vec<(&'a ast::ExprLambda, Each<'a>)>,
    /// Lambdas, generator expressions and names of this scope that may outlive the piece: all but what is called,
    /// and arguments of calls that use them up.
    pub kept_lambdas: Vec<&'a ast::ExprLambda>,
    pub kept_generators: Vec<&'a Expr>,
    pub kept: BTreeSet<&'a str>,
    /// Names bound in a loop.
    pub looped: BTreeSet<&'a str>,
    pub star_import: Option<Range<usize>>,
    /// Names of which an attribute is assigned, with the targets.
    pub attribute_stores: Vec<(&'a str, Range<usize>)>,
    /// Names that a class body binds, and may read before that.
    pub perhaps: BTreeSet<&'a str>,
    /// Arms of branches, which may never run.
    pub arms: Vec<Range<usize>>,
    /// Bodies of `try` statements that catch a `NameError`.
    pub guarded: Vec<Range<usize>>,
    /// Where a name is only used as a dict of which some keys are looked up, by their names.
    pub lookups: BTreeSet<usize>,
    each: Vec<(&'a str, usize)>,
    /// The argument being walked is used up by its call.
    lent: bool,
    shadows: Vec<Shadow<'a>>,
    loops: usize,
    nested: usize,
}

/// Names that hide those outside.
#[derive(Debug)]
struct Shadow<'a> {
    names: BTreeSet<&'a str>,
    /// The body of a class: functions in it do not see its names.
    is_class: bool,
}

impl<'a> Shadow<'a> {
    fn of(names: BTreeSet<&'a str>) -> Shadow<'a> {
        Shadow { names, is_class: false }
    }
}

pub fn range_of(node: &impl Ranged) -> Range<usize> {
    let range = node.range();
    usize::from(range.start())..usize::from(range.end())
}

fn range_of_body(body: &[Stmt]) -> Option<Range<usize>> {
    Some(range_of(body.first()?).start..range_of(body.last()?).end)
}

/// `if __name__ == "__main__"`: what it guards runs.
fn tests_main(test: &Expr) -> bool {
    match test {
        Expr::Compare(e) => matches!(&*e.left, Expr::Name(name) if name.id.as_str() == "__name__"),
        _ => false,
    }
}

fn is_text(expr: &Expr) -> bool {
    matches!(expr, Expr::Constant(c) if matches!(c.value, ast::Constant::Str(_)))
}

fn catches_name_error(handler: &ast::ExceptHandler) -> bool {
    let ast::ExceptHandler::ExceptHandler(handler) = handler;
    let caught = |expr: &Expr| match expr {
        Expr::Name(name) => matches!(name.id.as_str(), "NameError" | "Exception" | "BaseException"),
        _ => false,
    };
    match handler.type_.as_deref() {
        None => true,
        Some(Expr::Tuple(many)) => many.elts.iter().any(caught),
        Some(one) => caught(one),
    }
}

impl<'a> Names<'a> {
    pub fn of_stmts(stmts: &'a [Stmt]) -> Names<'a> {
        let mut names = Names::default();
        names.stmts(stmts);
        names
    }

    pub fn of_stmt(stmt: &'a Stmt) -> Names<'a> {
        Self::of_stmts(std::slice::from_ref(stmt))
    }

    pub fn of_expr(expr: &'a Expr) -> Names<'a> {
        let mut names = Names::default();
        names.expr(expr);
        names
    }

    pub fn loads_set(&self) -> BTreeSet<&'a str> {
        self.loads
            .iter()
            .map(|(n, _)| *n)
            .chain(self.perhaps.iter().copied())
            .collect()
    }

    pub fn stores_set(&self) -> BTreeSet<&'a str> {
        self.stores.iter().map(|(n, _)| *n).collect()
    }

    fn is_shadowed(&self, name: &str) -> bool {
        let mut nearest = true;
        self.shadows.iter().rev().any(|shadow| {
            let counts = !shadow.is_class || nearest;
            nearest = false;
            counts && shadow.names.contains(name)
        })
    }

    fn load(&mut self, name: &'a str, range: Range<usize>) {
        if !self.is_shadowed(name) {
            self.loads.push((name, range));
        } else if self.shadows.last().is_some_and(|shadow| shadow.is_class) {
            // Before the class binds it, the name is the one outside.
            self.perhaps.insert(name);
        }
    }

    fn store(&mut self, name: &'a str, range: Range<usize>) {
        if self.nested == 0 && !self.is_shadowed(name) {
            self.stores.push((name, range));
            if self.loops > 0 {
                self.looped.insert(name);
            }
        }
    }

    fn touch(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Name(name) => {
                self.touched.insert(name.id.as_str());
            }
            Expr::Attribute(e) => self.touch(&e.value),
            Expr::Subscript(e) => self.touch(&e.value),
            Expr::Starred(e) => self.touch(&e.value),
            _ => {}
        }
    }

    /// Notes the names whose values live on in what the expression makes.
    fn keep(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Name(name) => {
                self.touched.insert(name.id.as_str());
            }
            Expr::List(e) => e.elts.iter().for_each(|e| self.keep(e)),
            Expr::Tuple(e) => e.elts.iter().for_each(|e| self.keep(e)),
            Expr::Dict(e) => e.values.iter().for_each(|e| self.keep(e)),
            Expr::IfExp(e) => [&e.body, &e.orelse].into_iter().for_each(|e| self.keep(e)),
            Expr::BoolOp(e) => e.values.iter().for_each(|e| self.keep(e)),
            _ => {}
        }
    }

    pub fn stmts(&mut self, stmts: &'a [Stmt]) {
        stmts.iter().for_each(|s| self.stmt(s));
    }

    fn exprs(&mut self, exprs: &'a [Expr]) {
        exprs.iter().for_each(|e| self.expr(e));
    }

    fn opt(&mut self, expr: &'a Option<Box<Expr>>) {
        if let Some(expr) = expr {
            self.expr(expr);
        }
    }

    /// Names that an annotation reads where it is evaluated.
    fn annotation(&mut self, expr: &'a Expr) {
        self.perhaps.extend(Names::of_expr(expr).loads_set());
    }

    fn annotations(&mut self, args: &'a ast::Arguments, returns: Option<&'a Expr>) {
        let plain = args.posonlyargs.iter().chain(&args.args).chain(&args.kwonlyargs);
        let all = plain.map(|arg| &arg.def);
        let all = all.chain(args.vararg.as_deref()).chain(args.kwarg.as_deref());
        all.filter_map(|arg| arg.annotation.as_deref())
            .chain(returns)
            .for_each(|expr| self.annotation(expr));
    }

    fn function(&mut self, args: &'a ast::Arguments, locals: BTreeSet<&'a str>, body: impl FnOnce(&mut Self)) {
        for arg in args.posonlyargs.iter().chain(&args.args).chain(&args.kwonlyargs) {
            self.opt(&arg.default);
        }
        self.shadows.push(Shadow::of(locals));
        self.nested += 1;
        let (loops, escapes) = (self.loops, self.escapes);
        let yields = self.has_yield.clone();
        body(self);
        self.loops = loops;
        self.escapes = escapes;
        self.has_yield = yields;
        self.nested -= 1;
        self.shadows.pop();
    }

    fn stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(s) => {
                if self.nested == 0 {
                    self.defs.push(s);
                }
                self.exprs(&s.decorator_list);
                self.annotations(&s.args, s.returns.as_deref());
                let locals = function_locals(&s.args, &s.body);
                self.function(&s.args, locals, |names| names.stmts(&s.body));
                self.store(s.name.as_str(), range_of(stmt));
            }
            Stmt::AsyncFunctionDef(s) => {
                self.exprs(&s.decorator_list);
                self.annotations(&s.args, s.returns.as_deref());
                let locals = function_locals(&s.args, &s.body);
                self.function(&s.args, locals, |names| names.stmts(&s.body));
                self.store(s.name.as_str(), range_of(stmt));
            }
            Stmt::ClassDef(s) => {
                self.exprs(&s.decorator_list);
                self.exprs(&s.bases);
                s.keywords.iter().for_each(|k| self.expr(&k.value));
                self.shadows.push(Shadow {
                    names: Names::of_stmts(&s.body).stores_set(),
                    is_class: true,
                });
                self.nested += 1;
                let (loops, escapes) = (self.loops, self.escapes);
                self.stmts(&s.body);
                self.loops = loops;
                self.escapes = escapes;
                self.nested -= 1;
                self.shadows.pop();
                self.store(s.name.as_str(), range_of(stmt));
            }
            Stmt::Return(s) => {
                if let Some(value) = &s.value {
                    self.keep(value);
                    self.expr(value);
                }
                self.escapes = Some("return");
            }
            Stmt::Delete(s) => {
                for target in &s.targets {
                    if let Expr::Name(name) = target {
                        self.deletes.insert(name.id.as_str());
                        self.load(name.id.as_str(), range_of(target));
                    }
                    self.expr(target);
                }
            }
            Stmt::Assign(s) => {
                self.keep(&s.value);
                self.expr(&s.value);
                self.exprs(&s.targets);
            }
            Stmt::AugAssign(s) => {
                if let Expr::Name(name) = &*s.target {
                    self.load(name.id.as_str(), range_of(&*s.target));
                }
                self.touch(&s.target);
                self.expr(&s.value);
                self.expr(&s.target);
            }
            Stmt::AnnAssign(s) => {
                self.annotation(&s.annotation);
                s.value.iter().for_each(|value| self.keep(value));
                self.opt(&s.value);
                if s.value.is_some() || !matches!(&*s.target, Expr::Name(_)) {
                    self.expr(&s.target);
                }
            }
            Stmt::For(s) => {
                self.expr(&s.iter);
                self.loops += 1;
                self.expr(&s.target);
                self.stmts(&s.body);
                self.loops -= 1;
                self.stmts(&s.orelse);
            }
            Stmt::AsyncFor(s) => {
                self.expr(&s.iter);
                self.expr(&s.target);
                self.stmts(&s.body);
                self.stmts(&s.orelse);
            }
            Stmt::While(s) => {
                self.expr(&s.test);
                self.loops += 1;
                self.stmts(&s.body);
                self.loops -= 1;
                self.stmts(&s.orelse);
            }
            Stmt::If(s) => {
                self.expr(&s.test);
                if !tests_main(&s.test) {
                    self.arms
                        .extend([&s.body, &s.orelse].into_iter().filter_map(|b| range_of_body(b)));
                }
                self.stmts(&s.body);
                self.stmts(&s.orelse);
            }
            Stmt::With(s) => self.with(&s.items, &s.body),
            Stmt::AsyncWith(s) => self.with(&s.items, &s.body),
            Stmt::Match(s) => {
                self.expr(&s.subject);
                for case in &s.cases {
                    self.pattern(&case.pattern);
                    self.opt(&case.guard);
                    self.arms.extend(range_of_body(&case.body));
                    self.stmts(&case.body);
                }
            }
            Stmt::Raise(s) => {
                self.opt(&s.exc);
                self.opt(&s.cause);
            }
            Stmt::Try(s) => self.try_stmt(&s.body, &s.handlers, &s.orelse, &s.finalbody),
            Stmt::TryStar(s) => self.try_stmt(&s.body, &s.handlers, &s.orelse, &s.finalbody),
            Stmt::Assert(s) => {
                self.expr(&s.test);
                self.opt(&s.msg);
            }
            Stmt::Import(s) => {
                for alias in &s.names {
                    let name = match &alias.asname {
                        Some(name) => name.as_str(),
                        None => alias.name.as_str().split('.').next().unwrap_or_default(),
                    };
                    self.store(name, range_of(stmt));
                }
            }
            Stmt::ImportFrom(s) => {
                for alias in &s.names {
                    if alias.name.as_str() == "*" {
                        self.star_import = Some(range_of(stmt));
                    }
                    let name = alias.asname.as_ref().unwrap_or(&alias.name);
                    self.store(name.as_str(), range_of(stmt));
                }
            }
            Stmt::Expr(s) => self.expr(&s.value),
            Stmt::Break(_) if self.loops == 0 => self.escapes = Some("break"),
            Stmt::Continue(_) if self.loops == 0 => self.escapes = Some("continue"),
            Stmt::TypeAlias(_)
            | Stmt::Global(_)
            | Stmt::Nonlocal(_)
            | Stmt::Pass(_)
            | Stmt::Break(_)
            | Stmt::Continue(_) => {}
        }
    }

    fn with(&mut self, items: &'a [ast::WithItem], body: &'a [Stmt]) {
        for item in items {
            self.expr(&item.context_expr);
            self.opt(&item.optional_vars);
        }
        self.stmts(body);
    }

    fn try_stmt(
        &mut self,
        body: &'a [Stmt],
        handlers: &'a [ast::ExceptHandler],
        orelse: &'a [Stmt],
        finalbody: &'a [Stmt],
    ) {
        self.stmts(body);
        if handlers.iter().any(catches_name_error) {
            self.guarded.extend(range_of_body(body));
        }
        for ast::ExceptHandler::ExceptHandler(handler) in handlers {
            self.arms.extend(range_of_body(&handler.body));
            self.opt(&handler.type_);
            if let Some(name) = &handler.name {
                self.store(name.as_str(), range_of(handler));
                self.unbinds.insert(name.as_str());
            }
            self.stmts(&handler.body);
        }
        self.stmts(orelse);
        self.stmts(finalbody);
    }

    fn pattern(&mut self, pattern: &'a ast::Pattern) {
        match pattern {
            ast::Pattern::MatchValue(p) => self.expr(&p.value),
            ast::Pattern::MatchSingleton(_) => {}
            ast::Pattern::MatchSequence(p) => p.patterns.iter().for_each(|p| self.pattern(p)),
            ast::Pattern::MatchMapping(p) => {
                self.exprs(&p.keys);
                p.patterns.iter().for_each(|p| self.pattern(p));
                if let Some(rest) = &p.rest {
                    self.store(rest.as_str(), range_of(pattern));
                }
            }
            ast::Pattern::MatchClass(p) => {
                self.expr(&p.cls);
                p.patterns.iter().chain(&p.kwd_patterns).for_each(|p| self.pattern(p));
            }
            ast::Pattern::MatchStar(p) => {
                if let Some(name) = &p.name {
                    self.store(name.as_str(), range_of(pattern));
                }
            }
            ast::Pattern::MatchAs(p) => {
                if let Some(inner) = &p.pattern {
                    self.pattern(inner);
                }
                if let Some(name) = &p.name {
                    self.store(name.as_str(), range_of(pattern));
                }
            }
            ast::Pattern::MatchOr(p) => p.patterns.iter().for_each(|p| self.pattern(p)),
        }
    }

    fn comprehension(&mut self, generators: &'a [ast::Comprehension], body: impl FnOnce(&mut Self)) {
        let (n_shadows, n_each) = (self.shadows.len(), self.each.len());
        for generator in generators {
            self.expr(&generator.iter);
            let mut targets = Names::default();
            targets.expr(&generator.target);
            let targets = targets.stores_set();
            let offset = range_of(&generator.target).start;
            self.each.extend(targets.iter().map(|name| (*name, offset)));
            self.shadows.push(Shadow::of(targets));
            self.exprs(&generator.ifs);
        }
        body(self);
        self.shadows.truncate(n_shadows);
        self.each.truncate(n_each);
    }

    fn lookup(&mut self, dict: &Expr) {
        if let Expr::Name(_) = dict {
            self.lookups.insert(range_of(dict).start);
        }
    }

    /// An operand of a call, used up by it or kept.
    fn operand(&mut self, expr: &'a Expr, keeps: bool) {
        self.lent = !keeps && matches!(expr, Expr::Name(_) | Expr::Lambda(_) | Expr::GeneratorExp(_));
        self.expr(expr);
        self.lent = false;
    }

    pub fn expr(&mut self, expr: &'a Expr) {
        let kept = !std::mem::take(&mut self.lent) && self.nested == 0;
        match expr {
            Expr::Name(e) => match e.ctx {
                ast::ExprContext::Load => {
                    self.load(e.id.as_str(), range_of(expr));
                    if kept {
                        self.kept.insert(e.id.as_str());
                    }
                }
                _ => self.store(e.id.as_str(), range_of(expr)),
            },
            Expr::BoolOp(e) => {
                self.arms.extend(e.values.iter().skip(1).map(range_of));
                self.exprs(&e.values);
            }
            Expr::NamedExpr(e) => {
                self.expr(&e.value);
                self.expr(&e.target);
            }
            Expr::BinOp(e) => {
                self.expr(&e.left);
                self.expr(&e.right);
            }
            Expr::UnaryOp(e) => self.expr(&e.operand),
            Expr::Lambda(e) => {
                if self.nested == 0 {
                    self.lambdas.push((e, self.each.iter().copied().collect()));
                }
                if kept {
                    self.kept_lambdas.push(e);
                }
                let locals = param_names(&e.args);
                self.function(&e.args, locals, |names| names.expr(&e.body));
            }
            Expr::IfExp(e) => {
                self.arms.extend([range_of(&*e.body), range_of(&*e.orelse)]);
                self.expr(&e.test);
                self.expr(&e.body);
                self.expr(&e.orelse);
            }
            Expr::Dict(e) => {
                self.keep(expr);
                e.keys.iter().flatten().for_each(|k| self.expr(k));
                self.exprs(&e.values);
            }
            Expr::Set(e) => self.exprs(&e.elts),
            Expr::ListComp(e) => self.comprehension(&e.generators, |names| {
                names.keep(&e.elt);
                names.expr(&e.elt);
            }),
            Expr::SetComp(e) => self.comprehension(&e.generators, |names| names.expr(&e.elt)),
            Expr::GeneratorExp(e) => {
                if kept {
                    self.kept_generators.push(expr);
                }
                self.comprehension(&e.generators, |names| names.expr(&e.elt));
            }
            Expr::DictComp(e) => self.comprehension(&e.generators, |names| {
                names.keep(&e.value);
                names.expr(&e.key);
                names.expr(&e.value);
            }),
            Expr::Await(e) => {
                self.has_yield = Some(range_of(expr));
                self.expr(&e.value);
            }
            Expr::Yield(e) => {
                self.has_yield = Some(range_of(expr));
                self.opt(&e.value);
            }
            Expr::YieldFrom(e) => {
                self.has_yield = Some(range_of(expr));
                self.expr(&e.value);
            }
            Expr::Compare(e) => {
                if let ([ast::CmpOp::In | ast::CmpOp::NotIn], true) = (&e.ops[..], is_text(&e.left)) {
                    self.lookup(&e.comparators[0]);
                }
                self.expr(&e.left);
                self.exprs(&e.comparators);
            }
            Expr::Call(e) => {
                if let Expr::Attribute(attr) = &*e.func {
                    self.touch(&attr.value);
                    if attr.attr.as_str() == "get"
                        && matches!(e.args.len(), 1 | 2)
                        && is_text(&e.args[0])
                        && e.keywords.is_empty()
                    {
                        self.lookup(&attr.value);
                    }
                }
                let spread = e.keywords.iter().filter(|k| k.arg.is_none());
                spread.for_each(|k| self.lookup(&k.value));
                self.operand(&e.func, false);
                for arg in e.args.iter().chain(e.keywords.iter().map(|k| &k.value)) {
                    self.touch(arg);
                    self.keep(arg);
                }
                let keeps = match &*e.func {
                    Expr::Name(func) => keeps_arguments(func.id.as_str()),
                    Expr::Attribute(func) => keeps_arguments(func.attr.as_str()),
                    _ => false,
                };
                e.args.iter().for_each(|a| self.operand(a, keeps));
                e.keywords.iter().for_each(|k| self.operand(&k.value, keeps));
            }
            Expr::FormattedValue(e) => {
                self.expr(&e.value);
                self.opt(&e.format_spec);
            }
            Expr::JoinedStr(e) => self.exprs(&e.values),
            Expr::Constant(_) => {}
            Expr::Attribute(e) => {
                if !matches!(e.ctx, ast::ExprContext::Load) {
                    self.touch(&e.value);
                    if let Expr::Name(name) = &*e.value {
                        self.attribute_stores.push((name.id.as_str(), range_of(expr)));
                    }
                }
                self.operand(&e.value, false);
            }
            Expr::Subscript(e) => {
                if !matches!(e.ctx, ast::ExprContext::Load) {
                    self.touch(&e.value);
                } else if is_text(&e.slice) {
                    self.lookup(&e.value);
                }
                self.expr(&e.value);
                self.expr(&e.slice);
            }
            Expr::Starred(e) => self.expr(&e.value),
            Expr::List(e) => self.exprs(&e.elts),
            Expr::Tuple(e) => self.exprs(&e.elts),
            Expr::Slice(e) => {
                self.opt(&e.lower);
                self.opt(&e.upper);
                self.opt(&e.step);
            }
        }
    }
}

/// Whether a function or method of CPython's keeps the functions that it is given.
pub fn keeps_arguments(name: &str) -> bool {
    const KEEPERS: &str = "append appendleft insert extend add setdefault update push put register partial \
        vectorize frompyfunc connect bind setattr __setitem__";
    KEEPERS.split_whitespace().any(|keeper| keeper == name)
}

pub fn param_names(args: &ast::Arguments) -> BTreeSet<&str> {
    let positional = args.posonlyargs.iter().chain(&args.args).chain(&args.kwonlyargs);
    positional
        .map(|a| a.def.arg.as_str())
        .chain(args.vararg.iter().map(|a| a.arg.as_str()))
        .chain(args.kwarg.iter().map(|a| a.arg.as_str()))
        .collect()
}

/// The names that a function's annotations read where it is defined.
pub fn annotation_names(def: &ast::StmtFunctionDef) -> BTreeSet<&str> {
    let mut names = Names::default();
    names.annotations(&def.args, def.returns.as_deref());
    names.perhaps
}

/// Parameters and bound names, less those declared `global` or `nonlocal`.
pub fn function_locals<'a>(args: &'a ast::Arguments, body: &'a [Stmt]) -> BTreeSet<&'a str> {
    let mut locals = Names::of_stmts(body).stores_set();
    locals.extend(param_names(args));
    let (globals, nonlocals) = declared(body);
    locals.retain(|n| !globals.contains(n) && !nonlocals.contains(n));
    locals
}

/// The names in `global` and in `nonlocal` statements of a body.
pub fn declared(body: &[Stmt]) -> (BTreeSet<&str>, BTreeSet<&str>) {
    let mut globals = BTreeSet::new();
    let mut nonlocals = BTreeSet::new();
    each_stmt(body, &mut |stmt| match stmt {
        Stmt::Global(s) => globals.extend(s.names.iter().map(|n| n.as_str())),
        Stmt::Nonlocal(s) => nonlocals.extend(s.names.iter().map(|n| n.as_str())),
        _ => {}
    });
    (globals, nonlocals)
}

/// Visits every statement of a body, nested ones too, but not those of nested functions
/// and classes.
pub fn each_stmt<'a>(body: &'a [Stmt], visit: &mut impl FnMut(&'a Stmt)) {
    for stmt in body {
        visit(stmt);
        for part in sub_bodies(stmt) {
            each_stmt(part, visit);
        }
    }
}

/// The bodies within a compound statement, functions and classes excepted.
pub fn sub_bodies(stmt: &Stmt) -> Vec<&[Stmt]> {
    match stmt {
        Stmt::For(s) => vec![&s.body, &s.orelse],
        Stmt::AsyncFor(s) => vec![&s.body, &s.orelse],
        Stmt::While(s) => vec![&s.body, &s.orelse],
        Stmt::If(s) => vec![&s.body, &s.orelse],
        Stmt::With(s) => vec![&s.body],
        Stmt::AsyncWith(s) => vec![&s.body],
        Stmt::Match(s) => s.cases.iter().map(|c| &c.body[..]).collect(),
        Stmt::Try(s) => try_bodies(&s.body, &s.handlers, &s.orelse, &s.finalbody),
        Stmt::TryStar(s) => try_bodies(&s.body, &s.handlers, &s.orelse, &s.finalbody),
        _ => Vec::new(),
    }
}

fn try_bodies<'a>(
    body: &'a [Stmt],
    handlers: &'a [ast::ExceptHandler],
    orelse: &'a [Stmt],
    finalbody: &'a [Stmt],
) -> Vec<&'a [Stmt]> {
    let mut out = vec![body];
    out.extend(handlers.iter().map(|ast::ExceptHandler::ExceptHandler(h)| &h.body[..]));
    out.extend([orelse, finalbody]);
    out
}
