//! The contract between compiled code and the runtime.
//!
//! A leaf crate: dtypes, the `repr(C)` structures, and the one table of runtime entry
//! points. Codegen declares its imports from the table; the runtime checks its exports
//! against it at compile time (`for_each_entry!`), so that the two cannot disagree.

mod codes;
mod dtype;
mod entries;
mod layout;
pub mod provider;

pub use codes::{INT_OVERFLOW, MathFn, MathInt, StrMethod, StrResult};
pub use dtype::DType;
pub use entries::{AbiTy, Effect, EntrySig, Rt};
pub use layout::*;

/// Errors that the runtime raises by number; the names are CPython's.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExceptionKind {
    ValueError = 0,
    IndexError = 1,
    TypeError = 2,
    ZeroDivisionError = 3,
    OverflowError = 4,
    NameError = 5,
    UnboundLocalError = 6,
    AssertionError = 7,
    MemoryError = 8,
    FileNotFoundError = 9,
    OSError = 10,
    KeyError = 11,
    AttributeError = 12,
    RuntimeError = 13,
    NotImplementedError = 14,
    StopIteration = 15,
    EOFError = 16,
    RecursionError = 17,
    ArithmeticError = 18,
    Exception = 19,
    AxisError = 20,
    PermissionError = 21,
    IsADirectoryError = 22,
    ArrayMemoryError = 23,
    /// Not Python's: the program met something that it was not compiled for. Nothing catches
    /// it; the program starts again in CPython.
    NotCompiled = 24,
}

impl ExceptionKind {
    pub const NAMES: [&'static str; 25] = [
        "ValueError",
        "IndexError",
        "TypeError",
        "ZeroDivisionError",
        "OverflowError",
        "NameError",
        "UnboundLocalError",
        "AssertionError",
        "MemoryError",
        "FileNotFoundError",
        "OSError",
        "KeyError",
        "AttributeError",
        "RuntimeError",
        "NotImplementedError",
        "StopIteration",
        "EOFError",
        "RecursionError",
        "ArithmeticError",
        "Exception",
        "numpy.exceptions.AxisError",
        "PermissionError",
        "IsADirectoryError",
        "numpy._core._exceptions._ArrayMemoryError",
        "NotCompiled",
    ];

    /// The name that a traceback's last line starts with.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// The kind with this code.
    pub fn from_code(code: u8) -> Option<ExceptionKind> {
        use ExceptionKind::*;
        const ALL: [ExceptionKind; ExceptionKind::NAMES.len()] = [
            ValueError,
            IndexError,
            TypeError,
            ZeroDivisionError,
            OverflowError,
            NameError,
            UnboundLocalError,
            AssertionError,
            MemoryError,
            FileNotFoundError,
            OSError,
            KeyError,
            AttributeError,
            RuntimeError,
            NotImplementedError,
            StopIteration,
            EOFError,
            RecursionError,
            ArithmeticError,
            Exception,
            AxisError,
            PermissionError,
            IsADirectoryError,
            ArrayMemoryError,
            NotCompiled,
        ];
        ALL.get(code as usize).copied()
    }

    pub fn from_name(name: &str) -> Option<u8> {
        Self::NAMES.iter().position(|n| *n == name).map(|i| i as u8)
    }
}

/// What a reduction combines with. The codes cross the ABI.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReduceOp {
    Sum = 0,
    Prod = 1,
    Min = 2,
    Max = 3,
    Any = 4,
    All = 5,
}

impl ReduceOp {
    pub const ALL: [ReduceOp; 6] = [
        ReduceOp::Sum,
        ReduceOp::Prod,
        ReduceOp::Min,
        ReduceOp::Max,
        ReduceOp::Any,
        ReduceOp::All,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            ReduceOp::Sum => "sum",
            ReduceOp::Prod => "prod",
            ReduceOp::Min => "min",
            ReduceOp::Max => "max",
            ReduceOp::Any => "any",
            ReduceOp::All => "all",
        }
    }
}
