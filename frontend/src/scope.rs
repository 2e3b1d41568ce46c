//! Declarations: every function and lambda with its names, resolved as CPython resolves them.

use crate::diag::{Diagnostic, Problem, Why, nearest};
use crate::liveness::Liveness;
use crate::targets;
use crate::walk::{self, Names, range_of};
use rustpython_parser::ast::{self, Expr, Stmt};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::rc::Rc;

/// A variable: whose it is and its name. Owner 0 is the module.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    pub owner: usize,
    pub name: Rc<str>,
}

impl Key {
    pub fn new(owner: usize, name: &str) -> Key {
        Key {
            owner,
            name: name.into(),
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub enum Code<'a> {
    Module(&'a [Stmt]),
    Def(&'a ast::StmtFunctionDef),
    Lambda(&'a ast::ExprLambda),
}

#[derive(Debug)]
pub struct Param<'a> {
    pub name: &'a str,
    pub default: Option<&'a Expr>,
    pub positional: bool,
    pub keyword: bool,
}

/// The bindings of a variable, a parameter's own among them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Binds {
    pub count: usize,
    /// Where the last one stands; `usize::MAX` when no place in the text is the last: it is in a
    /// loop or a function, or the variable is deleted.
    pub last: usize,
}

/// A function, a lambda, or the module itself (number 0).
#[derive(Debug)]
pub struct Decl<'a> {
    pub name: Rc<str>,
    pub code: Code<'a>,
    pub parent: usize,
    pub params: Vec<Param<'a>>,
    /// `*args`
    pub vararg: Option<&'a str>,
    /// `**kwargs`
    pub kwarg: Option<&'a str>,
    /// `**kwargs` is only used by looking up keys and passing it on: it need not be a dict.
    pub kwarg_looked_up: bool,
    pub locals: BTreeSet<&'a str>,
    globals: BTreeSet<&'a str>,
    nonlocals: BTreeSet<&'a str>,
    /// Variables of others that it, or a function in it, reads or writes.
    pub reads: BTreeSet<Key>,
    /// Variables of others that it writes.
    pub writes: BTreeSet<Key>,
    /// Own variables that functions in it use.
    pub shared: BTreeSet<&'a str>,
    /// How its own variables are bound.
    pub binds: BTreeMap<&'a str, Binds>,
    /// Variables of comprehensions around a lambda, as its parent keeps them.
    pub each: BTreeMap<&'a str, Rc<str>>,
    /// It may be called after the expression that it stands in.
    pub kept: bool,
    /// Why it cannot be compiled natively, if so.
    pub python: Option<(Why, String, Range<usize>)>,
    pub liveness: Liveness<'a>,
    pub range: Range<usize>,
}

impl<'a> Decl<'a> {
    /// Its decorators, whose result the name stands for.
    pub fn decorators(&self) -> &'a [Expr] {
        match self.code {
            Code::Def(def) => &def.decorator_list,
            _ => &[],
        }
    }

    pub fn body(&self) -> &'a [Stmt] {
        match self.code {
            Code::Module(body) => body,
            Code::Def(def) => &def.body,
            Code::Lambda(_) => &[],
        }
    }
}

/// All declarations, and where they are in the tree (by node address).
#[derive(Debug, Default)]
pub struct Scopes<'a> {
    pub decls: Vec<Decl<'a>>,
    pub at: HashMap<usize, usize>,
    pub diagnostics: Vec<Diagnostic>,
    pub star_import: Option<Range<usize>>,
    /// Keys of the comprehension variables that lambdas use.
    pub each: BTreeSet<Rc<str>>,
    /// Module variables that code of CPython's own (methods, generators) may read at any time.
    pub visible: BTreeSet<String>,
    /// Why only CPython can run the program, and where: a call that can see or make any variable
    /// (`exec`, `eval`, `globals`, `locals`), or a changed module.
    pub reflects: Option<(String, Range<usize>)>,
}

pub fn address<T>(node: &T) -> usize {
    node as *const T as usize
}

impl<'a> Scopes<'a> {
    pub fn of(body: &'a [Stmt]) -> Scopes<'a> {
        let mut scopes = Scopes::default();
        scopes.declare(Code::Module(body), 0, walk::Each::new(), false);
        // Names that functions make global exist in the module too.
        let made: BTreeSet<&str> = scopes.decls[1..]
            .iter()
            .flat_map(|d| d.globals.iter().copied())
            .collect();
        scopes.decls[0].locals.extend(made);
        scopes.resolve_all();
        for idx in 0..scopes.decls.len() {
            let decl = &scopes.decls[idx];
            let liveness = Liveness::of(decl.body(), &decl.shared);
            scopes.decls[idx].liveness = liveness;
        }
        scopes.check_placement(body, false, false);
        walk::each_stmt(body, &mut |stmt| {
            if let Stmt::Nonlocal(_) = stmt {
                let message = "nonlocal declaration not allowed at module level".to_owned();
                scopes.diagnostics.push(Diagnostic {
                    problem: Problem::Syntax { message },
                    span: range_of(stmt),
                    help: None,
                });
            }
        });
        scopes.find_visible(body);
        scopes
    }

    fn find_visible(&mut self, body: &'a [Stmt]) {
        let mut pending: Vec<&str> = Vec::new();
        walk::each_stmt(body, &mut |stmt| {
            if let Stmt::ClassDef(_) = stmt {
                pending.extend(Names::of_stmt(stmt).loads_set());
            }
        });
        let python = self.decls.iter().filter(|d| d.python.is_some());
        let python: Vec<String> = python
            .flat_map(|d| &d.reads)
            .filter(|k| k.owner == 0)
            .map(|k| k.name.to_string())
            .collect();
        let mut pending: Vec<String> = pending.into_iter().map(str::to_owned).chain(python).collect();
        while let Some(name) = pending.pop() {
            if !self.decls[0].locals.contains(name.as_str()) || !self.visible.insert(name.clone()) {
                continue;
            }
            let called = self.decls[1..].iter().filter(|d| d.parent == 0 && *d.name == *name);
            pending.extend(
                called
                    .flat_map(|d| &d.reads)
                    .filter(|k| k.owner == 0)
                    .map(|k| k.name.to_string()),
            );
        }
    }

    fn declare(&mut self, code: Code<'a>, parent: usize, around: walk::Each<'a>, kept: bool) {
        let idx = self.decls.len();
        let mut names = Names::default();
        let (name, args, range) = match code {
            Code::Module(body) => {
                names.stmts(body);
                ("<module>", None, 0..0)
            }
            Code::Def(def) => {
                names.stmts(&def.body);
                self.at.insert(address(def), idx);
                (def.name.as_str(), Some(&*def.args), range_of(def))
            }
            Code::Lambda(lambda) => {
                names.expr(&lambda.body);
                self.at.insert(address(lambda), idx);
                ("<lambda>", Some(&*lambda.args), range_of(lambda))
            }
        };
        let body = match code {
            Code::Def(def) => &def.body[..],
            _ => &[],
        };
        let (globals, nonlocals) = walk::declared(body);
        let mut locals = names.stores_set();
        if let Some(args) = args {
            locals.extend(walk::param_names(args));
        }
        locals.retain(|n| !globals.contains(n) && !nonlocals.contains(n));
        self.star_import = self.star_import.take().or(names.star_import.clone());
        let binds = binds(&names, args);
        let each: BTreeMap<&str, Rc<str>> = around.iter().map(|(name, at)| (*name, each_name(*at, name))).collect();
        let python = match code {
            Code::Module(_) => None,
            Code::Def(def) => python_reason(def, &names),
            Code::Lambda(_) => names
                .has_yield
                .clone()
                .map(|r| (Why::WholeFunction, "a generator".to_owned(), r)),
        };
        let kwarg = args.and_then(|a| a.kwarg.as_ref()).map(|a| a.arg.as_str());
        let mut kwarg_uses = names.loads.iter().filter(|(name, _)| Some(*name) == kwarg);
        let kwarg_looked_up = kwarg_uses.all(|(_, at)| names.lookups.contains(&at.start));
        self.decls.push(Decl {
            name: name.into(),
            code,
            parent,
            params: args.map(params).unwrap_or_default(),
            vararg: args.and_then(|a| a.vararg.as_ref()).map(|a| a.arg.as_str()),
            kwarg,
            kwarg_looked_up,
            locals,
            globals,
            nonlocals,
            reads: BTreeSet::new(),
            writes: BTreeSet::new(),
            shared: BTreeSet::new(),
            binds,
            each,
            kept,
            python,
            liveness: Liveness::default(),
            range,
        });
        for def in &names.defs {
            self.declare(Code::Def(def), idx, walk::Each::new(), true);
        }
        for (lambda, around) in names.lambdas {
            let kept = names.kept_lambdas.iter().any(|kept| std::ptr::eq(*kept, lambda));
            self.declare(Code::Lambda(lambda), idx, around, kept);
        }
        // Default values belong to the scope around; their lambdas are found there.
    }

    /// The variable that `name` means inside `decl`; `None` for a builtin or nothing at all.
    pub fn resolve(&self, decl: usize, name: &str) -> Option<Key> {
        let mut at = decl;
        let this = &self.decls[decl];
        if this.globals.contains(name) {
            return Some(Key::new(0, name));
        }
        let mut skip = this.nonlocals.contains(name);
        loop {
            let scope = &self.decls[at];
            if at != decl && scope.globals.contains(name) {
                return Some(Key::new(0, name));
            }
            if !skip && scope.locals.contains(name) {
                return Some(Key::new(at, name));
            }
            skip = false;
            if at == 0 {
                return None;
            }
            if let Some(each) = scope.each.get(name) {
                let (owner, name) = (scope.parent, each.clone());
                return Some(Key { owner, name });
            }
            at = scope.parent;
        }
    }

    fn resolve_all(&mut self) {
        let compiled = self.compiled_modules();
        for idx in 0..self.decls.len() {
            let mut names = Names::default();
            match self.decls[idx].code {
                Code::Module(body) => names.stmts(body),
                Code::Def(def) => names.stmts(&def.body),
                Code::Lambda(lambda) => names.expr(&lambda.body),
            }
            // `Names` counts what nested functions load; their own pass reports those.
            let mut own = BTreeSet::new();
            for (name, range) in &names.loads {
                let inside_nested = self.decls.iter().skip(1).enumerate().any(|(other, d)| {
                    other + 1 != idx && d.parent == idx && d.range.contains(&range.start) && !in_defaults(d, range)
                });
                let reflection = matches!(*name, "exec" | "eval" | "globals" | "locals");
                if reflection && self.reflects.is_none() && self.resolve(idx, name).is_none() {
                    self.reflects = Some((format!("'{name}' can reach any variable"), range.clone()));
                }
                match self.resolve(idx, name) {
                    Some(key) if key.owner != idx => {
                        own.insert(key);
                    }
                    Some(_) => {}
                    None if inside_nested || is_builtin(name) || self.star_import.is_some() => {}
                    None if names.guarded.iter().any(|r| r.contains(&range.start)) => {}
                    None => {
                        let known = self.visible(idx);
                        let help = nearest(name, known.iter().copied()).map(|n| format!("did you mean `{n}`?"));
                        let name = (*name).to_owned();
                        self.diagnostics.push(Diagnostic {
                            problem: match names.arms.iter().any(|r| r.contains(&range.start)) {
                                true => Problem::UndefinedInArm { name },
                                false => Problem::UndefinedName { name },
                            },
                            span: range.clone(),
                            help,
                        });
                    }
                }
            }
            let perhaps = names.perhaps.iter().filter_map(|name| self.resolve(idx, name));
            own.extend(perhaps.filter(|key| key.owner != idx));
            let deleted = names
                .deletes
                .iter()
                .find(|name| self.decls[idx].globals.contains(*name));
            if let (Some(name), None, true) = (deleted, &self.reflects, idx != 0) {
                let reason = format!("a function deletes the global variable '{name}'");
                self.reflects = Some((reason, self.decls[idx].range.clone()));
            }
            for (name, range) in &names.attribute_stores {
                if compiled.contains(name) && self.reflects.is_none() {
                    self.reflects = Some((
                        format!("an attribute of the module '{name}' is assigned"),
                        range.clone(),
                    ));
                }
            }
            let stores = names.stores_set();
            let writes: BTreeSet<Key> = stores
                .iter()
                .filter_map(|n| self.resolve(idx, n))
                .filter(|k| k.owner != idx)
                .collect();
            own.extend(writes.iter().cloned());
            self.decls[idx].reads = own;
            self.decls[idx].writes = writes;
        }
        if self.reflects.is_some() {
            // Any name may be made at run time.
            self.diagnostics.retain(|d| {
                !matches!(
                    d.problem,
                    Problem::UndefinedName { .. } | Problem::UndefinedInArm { .. }
                )
            });
        }
        // A function needs what the functions in it need.
        for idx in (1..self.decls.len()).rev() {
            let reads = self.decls[idx].reads.clone();
            let writes = self.decls[idx].writes.clone();
            let parent = self.decls[idx].parent;
            if parent != 0 {
                let up =
                    |keys: &BTreeSet<Key>| -> Vec<Key> { keys.iter().filter(|k| k.owner != parent).cloned().collect() };
                let (more_reads, more_writes) = (up(&reads), up(&writes));
                self.decls[parent].reads.extend(more_reads);
                self.decls[parent].writes.extend(more_writes);
            }
        }
        for idx in 1..self.decls.len() {
            for key in self.decls[idx].writes.clone() {
                if let Some(binds) = self.decls[key.owner].binds.get_mut(&*key.name) {
                    binds.last = usize::MAX;
                }
            }
            for key in self.decls[idx].reads.clone() {
                if is_each(&key.name) {
                    self.each.insert(key.name.clone());
                }
                let owner = &mut self.decls[key.owner];
                if let Some(name) = owner.locals.iter().copied().find(|n| **n == *key.name) {
                    owner.shared.insert(name);
                }
            }
        }
    }

    /// Names that stand for modules whose functions are compiled.
    fn compiled_modules(&self) -> BTreeSet<&'a str> {
        const COMPILED: [&str; 5] = ["numpy", "math", "sys", "time", "builtins"];
        let mut out = BTreeSet::new();
        for decl in &self.decls {
            walk::each_stmt(decl.body(), &mut |stmt| {
                if let Stmt::Import(s) = stmt {
                    let names = s.names.iter().filter(|alias| COMPILED.contains(&alias.name.as_str()));
                    out.extend(names.map(|alias| alias.asname.as_ref().unwrap_or(&alias.name).as_str()));
                }
            });
        }
        out
    }

    /// Every name that could be written where `name` stands.
    fn visible(&self, decl: usize) -> Vec<&'a str> {
        let mut out: Vec<&str> = Vec::new();
        let mut at = decl;
        loop {
            out.extend(self.decls[at].locals.iter().copied());
            if at == 0 {
                break;
            }
            at = self.decls[at].parent;
        }
        out.extend(BUILTINS.split_whitespace());
        out
    }

    /// `break`, `continue`, `return`, `yield` and `global` where they may not stand.
    fn check_placement(&mut self, body: &'a [Stmt], in_loop: bool, in_function: bool) {
        for stmt in body {
            let problem = match stmt {
                Stmt::Break(_) if !in_loop => Some(Problem::BreakOutsideLoop),
                Stmt::Continue(_) if !in_loop => Some(Problem::ContinueOutsideLoop),
                Stmt::Return(_) if !in_function => Some(Problem::ReturnOutsideFunction),
                _ => None,
            };
            if let Some(problem) = problem {
                self.diagnostics.push(Diagnostic {
                    problem,
                    span: range_of(stmt),
                    help: None,
                });
            }
            for (problem, span) in targets::problems(stmt) {
                let help = matches!((stmt, &problem), (Stmt::Assign(_), Problem::AssignTo { .. }))
                    .then(|| "maybe you meant '==' instead of '='?".to_owned());
                self.diagnostics.push(Diagnostic { problem, span, help });
            }
            match stmt {
                Stmt::For(s) => {
                    self.check_placement(&s.body, true, in_function);
                    self.check_placement(&s.orelse, in_loop, in_function);
                }
                Stmt::While(s) => {
                    self.check_placement(&s.body, true, in_function);
                    self.check_placement(&s.orelse, in_loop, in_function);
                }
                Stmt::AsyncFor(s) => self.check_placement(&s.body, true, in_function),
                Stmt::FunctionDef(s) => {
                    self.check_globals(&s.args, &s.body);
                    self.check_nonlocals(address(s), &s.body);
                    self.check_placement(&s.body, false, true);
                }
                Stmt::AsyncFunctionDef(s) => self.check_placement(&s.body, false, true),
                Stmt::ClassDef(s) => self.check_placement(&s.body, false, false),
                other => {
                    let outside = !in_function && sub_bodies_empty(other);
                    if let Some(span) = Names::of_stmt(other).has_yield.filter(|_| outside) {
                        let problem = Problem::OutsideFunction { what: "yield" };
                        self.diagnostics.push(Diagnostic {
                            problem,
                            span,
                            help: None,
                        });
                    }
                    for part in walk::sub_bodies(other) {
                        self.check_placement(part, in_loop, in_function);
                    }
                }
            }
        }
    }

    fn check_nonlocals(&mut self, node: usize, body: &'a [Stmt]) {
        let Some(&decl) = self.at.get(&node) else { return };
        let mut missing = Vec::new();
        walk::each_stmt(body, &mut |stmt| {
            if let Stmt::Nonlocal(s) = stmt {
                let unbound = s
                    .names
                    .iter()
                    .filter(|n| self.resolve(decl, n.as_str()).is_none_or(|k| k.owner == 0));
                missing.extend(unbound.map(|n| (n.to_string(), range_of(stmt))));
            }
        });
        self.diagnostics
            .extend(missing.into_iter().map(|(name, span)| Diagnostic {
                problem: Problem::NoNonlocal { name },
                span,
                help: None,
            }));
    }

    fn check_globals(&mut self, args: &'a ast::Arguments, body: &'a [Stmt]) {
        let params = walk::param_names(args);
        let names = Names::of_stmts(body);
        let mut found = Vec::new();
        walk::each_stmt(body, &mut |stmt| {
            let Stmt::Global(s) = stmt else { return };
            let span = range_of(stmt);
            for name in &s.names {
                let name = name.as_str();
                let before =
                    |uses: &[(&str, Range<usize>)]| uses.iter().any(|(n, r)| *n == name && r.start < span.start);
                let problem = if params.contains(name) {
                    Problem::GlobalParameter { name: name.to_owned() }
                } else if before(&names.stores) {
                    Problem::GlobalAfterUse {
                        name: name.to_owned(),
                        how: "assigned to",
                    }
                } else if before(&names.loads) {
                    Problem::GlobalAfterUse {
                        name: name.to_owned(),
                        how: "used",
                    }
                } else {
                    continue;
                };
                let help = Some("put the `global` statement at the top of the function".to_owned());
                found.push(Diagnostic {
                    problem,
                    span: span.clone(),
                    help,
                });
            }
        });
        self.diagnostics.extend(found);
    }
}

/// The string that a body begins with.
pub fn docstring(body: &[Stmt]) -> Option<&str> {
    let Some(Stmt::Expr(first)) = body.first() else {
        return None;
    };
    match &*first.value {
        Expr::Constant(c) => c.value.as_str().map(String::as_str),
        _ => None,
    }
}

/// The key of a comprehension's variable that a lambda in it uses: one for each target.
pub fn each_name(offset: usize, name: &str) -> Rc<str> {
    format!(".each.{offset}.{name}").into()
}

fn is_each(name: &str) -> bool {
    name.starts_with(".each.")
}

/// The user's name of a variable, and where the comprehension binds it if one does.
pub fn each_parts(name: &str) -> (&str, Option<usize>) {
    match name.strip_prefix(".each.").and_then(|rest| rest.split_once('.')) {
        Some((offset, name)) => (name, offset.parse().ok()),
        None => (name, None),
    }
}

fn binds<'a>(names: &Names<'a>, args: Option<&'a ast::Arguments>) -> BTreeMap<&'a str, Binds> {
    let mut out: BTreeMap<&str, Binds> = BTreeMap::new();
    for param in args.map(walk::param_names).unwrap_or_default() {
        out.entry(param).or_default().count += 1;
    }
    for (name, range) in &names.stores {
        let binds = out.entry(name).or_default();
        binds.count += 1;
        binds.last = binds.last.max(range.start);
    }
    for name in names.looped.iter().chain(&names.deletes) {
        out.entry(name).or_default().last = usize::MAX;
    }
    out
}

fn sub_bodies_empty(stmt: &Stmt) -> bool {
    walk::sub_bodies(stmt).is_empty()
}

fn in_defaults(decl: &Decl<'_>, range: &Range<usize>) -> bool {
    decl.params
        .iter()
        .filter_map(|p| p.default)
        .any(|d| range_of(d).contains(&range.start))
}

fn params(args: &ast::Arguments) -> Vec<Param<'_>> {
    let mut out = Vec::new();
    let groups = [
        (&args.posonlyargs, true, false),
        (&args.args, true, true),
        (&args.kwonlyargs, false, true),
    ];
    for (group, positional, keyword) in groups {
        for arg in group {
            out.push(Param {
                name: arg.def.arg.as_str(),
                default: arg.default.as_deref(),
                positional,
                keyword,
            });
        }
    }
    out
}

fn python_reason(def: &ast::StmtFunctionDef, names: &Names<'_>) -> Option<(Why, String, Range<usize>)> {
    let name = def.name.as_str();
    if let Some(range) = &names.has_yield {
        return Some((Why::WholeFunction, format!("'{name}' is a generator"), range.clone()));
    }
    if let Some(decorator) = def.decorator_list.first() {
        return Some((
            Why::WholeFunction,
            format!("'{name}' has a decorator"),
            range_of(decorator),
        ));
    }
    None
}

pub fn is_builtin(name: &str) -> bool {
    BUILTINS.split_whitespace().any(|b| b == name)
}

const BUILTINS: &str = "__name__ __file__ __doc__ __builtins__ __import__ __debug__ __build_class__ __spec__ \
ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError \
BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError \
ConnectionResetError DeprecationWarning EOFError Ellipsis EncodingWarning EnvironmentError Exception ExceptionGroup \
False FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError ImportError \
ImportWarning IndentationError IndexError InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError \
MemoryError ModuleNotFoundError NameError None NotADirectoryError NotImplemented NotImplementedError OSError \
OverflowError PendingDeprecationWarning PermissionError ProcessLookupError RecursionError ReferenceError \
ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError \
SystemExit TabError TimeoutError True TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError \
UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError abs aiter all anext any ascii \
bin bool breakpoint bytearray bytes callable chr classmethod compile complex copyright credits delattr dict dir \
divmod enumerate eval exec exit filter float format frozenset getattr globals hasattr hash help hex id input int \
isinstance issubclass iter len license list locals map max memoryview min next object oct open ord pow print \
property quit range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip";
