//! Types of SSA values.

use lnp_abi::{AbiTy, DType};
use std::fmt;

/// The type of an SSA value: a machine scalar or an owned reference.
///
/// Python's finer distinctions (`int` against `numpy.int64`) end in the frontend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ty {
    Scalar(DType),
    Array {
        dtype: DType,
        ndim: u8,
    },
    Str,
    List,
    Obj,
    Rng,
    /// A reference whose kind is known only at run time (a union's payload).
    Ref,
}

impl Ty {
    pub const BOOL: Ty = Ty::Scalar(DType::Bool);
    pub const I32: Ty = Ty::Scalar(DType::I32);
    pub const I64: Ty = Ty::Scalar(DType::I64);
    pub const F32: Ty = Ty::Scalar(DType::F32);
    pub const F64: Ty = Ty::Scalar(DType::F64);
    pub const C128: Ty = Ty::Scalar(DType::C128);

    pub const fn array(dtype: DType, ndim: u8) -> Ty {
        Ty::Array { dtype, ndim }
    }

    /// Whether values of this type are counted references.
    pub const fn is_ref(self) -> bool {
        !matches!(self, Ty::Scalar(_))
    }

    /// The dtype of a scalar, or of an array's elements.
    pub const fn dtype(self) -> Option<DType> {
        match self {
            Ty::Scalar(dtype) | Ty::Array { dtype, .. } => Some(dtype),
            _ => None,
        }
    }

    /// How the value crosses the ABI.
    pub const fn abi(self) -> AbiTy {
        match self {
            Ty::Scalar(DType::Bool) => AbiTy::Bool,
            Ty::Scalar(DType::I32) => AbiTy::I32,
            Ty::Scalar(DType::I64) => AbiTy::I64,
            Ty::Scalar(DType::F32) => AbiTy::F32,
            Ty::Scalar(DType::F64) => AbiTy::F64,
            Ty::Scalar(DType::C128) => AbiTy::C128,
            Ty::Array { .. } => AbiTy::Arr,
            Ty::Str => AbiTy::Str,
            Ty::List => AbiTy::List,
            Ty::Obj => AbiTy::Obj,
            Ty::Rng => AbiTy::Rng,
            Ty::Ref => AbiTy::Ref,
        }
    }
}

impl fmt::Display for Ty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Ty::Scalar(dtype) => f.write_str(dtype.ir_name()),
            Ty::Array { dtype, ndim } => write!(f, "array<{}, {ndim}>", dtype.ir_name()),
            Ty::Str => f.write_str("str"),
            Ty::List => f.write_str("list"),
            Ty::Obj => f.write_str("object"),
            Ty::Rng => f.write_str("rng"),
            Ty::Ref => f.write_str("ref"),
        }
    }
}
