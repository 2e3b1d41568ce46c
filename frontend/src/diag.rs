//! What the frontend tells the user: one enum, one variant per documented code.
//!
//! Errors are `E…`, fallbacks to CPython are warnings `W01…`, other warnings `W02…`;
//! `docs/errors/<code>.md` explains each with a short program.

use std::fmt;
use std::ops::Range;

/// A problem in the user's program.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Problem {
    #[error("{message}")]
    Syntax { message: String },
    #[error("name '{name}' is not defined")]
    UndefinedName { name: String },
    /// In a branch that may never be taken, as those for other versions of Python.
    #[error("name '{name}' is not defined: a NameError if this is reached")]
    UndefinedInArm { name: String },
    #[error("'break' outside loop")]
    BreakOutsideLoop,
    #[error("'continue' not properly in loop")]
    ContinueOutsideLoop,
    #[error("'return' outside function")]
    ReturnOutsideFunction,
    #[error("{message}")]
    WrongArguments { message: String },
    #[error("module '{module}' has no attribute '{name}'")]
    NoModuleAttribute { module: String, name: String },
    #[error("'{ty}' object has no attribute '{name}'")]
    NoAttribute { ty: String, name: String },
    #[error("cannot import name '{name}' from '{module}'")]
    NoImport { module: String, name: String },
    #[error("'{what}' outside function")]
    OutsideFunction { what: &'static str },
    #[error("name '{name}' is {how} before global declaration")]
    GlobalAfterUse { name: String, how: &'static str },
    #[error("name '{name}' is parameter and global")]
    GlobalParameter { name: String },
    #[error("no binding for nonlocal '{name}' found")]
    NoNonlocal { name: String },
    /// An operation that raises `TypeError` or `AttributeError` whenever it is reached.
    #[error("{message}")]
    WrongType { message: String },
    #[error("cannot assign to {what}")]
    AssignTo { what: &'static str },
    #[error("No module named '{name}'")]
    NoModule { name: String },
    /// Something that runs in CPython.
    #[error("{reason}")]
    Fallback { why: Why, reason: String },
}

/// Why a piece of the program runs in CPython.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Why {
    /// A statement that is not compiled: `with`, `try`, `class`, …
    Statement,
    /// An expression that is not compiled: a dict, a set, a generator, …
    Expression,
    /// A function of NumPy or the standard library that the catalog lacks.
    Function,
    /// A known function with an argument that is not compiled.
    Argument,
    /// A package that is not compiled.
    Package,
    /// An operation on a value that is a CPython object already.
    Object,
    /// A list, tuple or operation that mixes types in a way that has no native form.
    Mixed,
    /// A number beyond 64 bits.
    BigInt,
    /// A whole function that runs in CPython.
    WholeFunction,
    /// The whole program.
    WholeProgram,
    /// A dtype outside the compiled set.
    DType,
}

impl Why {
    pub const ALL: [Why; 11] = [
        Why::Statement,
        Why::Expression,
        Why::Function,
        Why::Argument,
        Why::Package,
        Why::Object,
        Why::Mixed,
        Why::BigInt,
        Why::WholeFunction,
        Why::WholeProgram,
        Why::DType,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Why::Statement => "W0101",
            Why::Expression => "W0102",
            Why::Function => "W0103",
            Why::Argument => "W0104",
            Why::Package => "W0105",
            Why::Object => "W0106",
            Why::Mixed => "W0107",
            Why::BigInt => "W0108",
            Why::WholeFunction => "W0109",
            Why::WholeProgram => "W0110",
            Why::DType => "W0111",
        }
    }
}

impl Problem {
    pub fn code(&self) -> &'static str {
        match self {
            Problem::Syntax { .. } => "E0001",
            Problem::UndefinedName { .. } => "E0002",
            Problem::BreakOutsideLoop => "E0003",
            Problem::ContinueOutsideLoop => "E0004",
            Problem::ReturnOutsideFunction => "E0005",
            Problem::WrongArguments { .. } => "E0006",
            Problem::NoModuleAttribute { .. } => "E0007",
            Problem::NoAttribute { .. } => "E0008",
            Problem::NoImport { .. } => "E0009",
            Problem::OutsideFunction { .. } => "E0010",
            Problem::GlobalAfterUse { .. } => "E0011",
            Problem::GlobalParameter { .. } => "E0012",
            Problem::NoNonlocal { .. } => "E0013",
            Problem::WrongType { .. } => "E0014",
            Problem::AssignTo { .. } => "E0015",
            Problem::NoModule { .. } => "E0016",
            Problem::UndefinedInArm { .. } => "W0201",
            Problem::Fallback { why, .. } => why.code(),
        }
    }

    pub fn is_error(&self) -> bool {
        !matches!(self, Problem::Fallback { .. } | Problem::UndefinedInArm { .. })
    }
}

/// A problem, where it is, and what to do about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    pub problem: Problem,
    /// Bytes of the source.
    pub span: Range<usize>,
    pub help: Option<String>,
}

impl Diagnostic {
    pub fn code(&self) -> &'static str {
        self.problem.code()
    }

    pub fn is_error(&self) -> bool {
        self.problem.is_error()
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(f)
    }
}

impl std::error::Error for Diagnostic {}

impl miette::Diagnostic for Diagnostic {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.problem.code()))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.is_error() {
            true => miette::Severity::Error,
            false => miette::Severity::Warning,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|h| Box::new(h) as Box<dyn fmt::Display>)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = miette::LabeledSpan> + '_>> {
        let label = match &self.problem {
            Problem::Fallback { .. } => "runs in CPython",
            _ => "here",
        };
        Some(Box::new(std::iter::once(miette::LabeledSpan::new(
            Some(label.to_owned()),
            self.span.start,
            self.span.len().max(1),
        ))))
    }
}

/// The candidate nearest to a misspelt name, if one is near enough to be what was meant.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (name.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter(|c| *c != name)
        .map(|c| (edit_distance(name, c), c))
        .filter(|(d, _)| *d <= limit)
        .min()
        .map(|(_, c)| c)
}

/// Damerau's distance with adjacent transpositions.
fn edit_distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let swap = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + swap);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}
