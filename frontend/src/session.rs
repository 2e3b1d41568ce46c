//! What all functions of one program share while it is lowered.

use crate::diag::Diagnostic;
use crate::lower::Site;
use crate::scope::{Key, Scopes};
use crate::types::Ty;
use crate::val::Konst;
use lnp_ir as ir;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

/// Byte offset → line.
#[derive(Debug)]
pub struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    pub fn of(source: &str) -> Lines {
        let newlines = source
            .bytes()
            .enumerate()
            .filter(|(_, b)| *b == b'\n')
            .map(|(i, _)| i + 1);
        Lines {
            starts: std::iter::once(0).chain(newlines).collect(),
        }
    }

    /// The 1-based line of a byte.
    pub fn line(&self, offset: usize) -> u32 {
        self.starts.partition_point(|s| *s <= offset) as u32
    }

    /// The column (bytes from the line's start) of a byte.
    pub fn column(&self, offset: usize) -> usize {
        offset - self.starts[self.line(offset) as usize - 1]
    }
}

/// What a specialization is made for.
#[derive(Clone, Debug, PartialEq)]
pub struct SpecKey {
    pub decl: usize,
    pub args: Vec<(Ty, Option<Konst>)>,
    /// Types of what its closure captured.
    pub outer: Vec<(Key, OuterTy)>,
}

/// The state of a variable of an outer scope at a call.
#[derive(Clone, Debug, PartialEq)]
pub struct OuterTy {
    pub ty: Ty,
    pub konst: Option<Konst>,
    /// Carries a `bound` flag.
    pub flagged: bool,
}

/// What a call of a specialization gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// `None`: it never returns.
    pub result: Option<Ty>,
    pub writes: Vec<(Key, OuterTy)>,
    /// CPython may keep lists that it is given.
    pub lends: bool,
}

#[derive(Clone, Debug)]
pub enum SpecState {
    /// Being lowered, with what recursive calls may assume; `None` at first.
    Open {
        assumed: Option<Outcome>,
        recursive: bool,
    },
    Done(Outcome),
    /// Runs in CPython.
    Python,
}

#[derive(Clone, Debug)]
pub struct Spec {
    pub key: SpecKey,
    pub state: SpecState,
    pub func: Option<ir::Func>,
    pub diagnostics: Vec<Diagnostic>,
    pub wants_const: bool,
    /// Forgotten: made under an assumption that turned out wrong.
    pub stale: bool,
}

pub struct Session<'a> {
    pub source: &'a str,
    pub file: &'a str,
    pub lines: Lines,
    pub scopes: Scopes<'a>,
    /// Module variables with exactly one assignment.
    pub single: BTreeSet<String>,
    pub specs: RefCell<Vec<Spec>>,
    pub units: RefCell<Vec<ir::PyUnit>>,
    unit_index: RefCell<HashMap<String, usize>>,
    /// Element types that lists need, by where they are made.
    pub hints: RefCell<BTreeMap<Site, Ty>>,
    /// Why only CPython can run the program as a whole, if so.
    pub whole: RefCell<Option<(String, Range<usize>)>>,
}

impl<'a> Session<'a> {
    pub fn new(source: &'a str, file: &'a str, scopes: Scopes<'a>) -> Session<'a> {
        let single = single_assignments(&scopes);
        Session {
            source,
            file,
            lines: Lines::of(source),
            scopes,
            single,
            specs: RefCell::default(),
            units: RefCell::default(),
            unit_index: RefCell::default(),
            hints: RefCell::default(),
            whole: RefCell::default(),
        }
    }

    /// The unit's number; equal units are one.
    pub fn unit(&self, unit: ir::PyUnit) -> ir::PyUnitId {
        let text = format!("{unit:?}");
        let mut index = self.unit_index.borrow_mut();
        let mut units = self.units.borrow_mut();
        let idx = *index.entry(text).or_insert_with(|| {
            units.push(unit);
            units.len() - 1
        });
        ir::PyUnitId::from_u32(idx as u32)
    }

    pub fn text(&self, range: std::ops::Range<usize>) -> &'a str {
        self.source.get(range).unwrap_or_default()
    }
}

fn single_assignments(scopes: &Scopes<'_>) -> BTreeSet<String> {
    let names = crate::walk::Names::of_stmts(scopes.decls[0].body());
    let mut count: HashMap<&str, usize> = HashMap::new();
    for (name, _) in &names.stores {
        *count.entry(name).or_default() += 1;
    }
    for name in &names.deletes {
        *count.entry(name).or_default() += 1;
    }
    let written: BTreeSet<&Key> = scopes.decls[1..].iter().flat_map(|d| &d.writes).collect();
    let mut single: BTreeSet<String> = count
        .into_iter()
        .filter(|(_, n)| *n == 1)
        .map(|(name, _)| name.to_owned())
        .collect();
    single.retain(|name| !written.contains(&Key::new(0, name)));
    single
}
