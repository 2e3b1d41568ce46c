//! Scalar operations and the straight-line bodies of array statements and kernels.
//!
//! A body is SSA over scalars: parameters first, then one value per instruction.
//!
//! ```text
//! (%0: f64, %1: f64) { %2 = sub.f64 %0, %1   %3 = mul.f64 %2, %2   yield %3 }
//! ```

use crate::{DType, Ty};

/// An element-wise operation, with NumPy's meaning.
///
/// Arithmetic takes operands of one dtype, the dtype printed after the dot. Integers wrap;
/// integer division by zero gives 0; `FloorDiv`/`Mod` follow the divisor's sign; `Min`/`Max`
/// propagate NaN. Nothing is contracted or reassociated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ScalarOp {
    // Constants of the result dtype; integers and bools by value, floats by bits.
    ConstInt(i64),
    ConstFloat(u64),
    /// Real and imaginary bits.
    ConstComplex(u64, u64),
    // Binary arithmetic.
    Add,
    Sub,
    Mul,
    Div,
    FloorDiv,
    Mod,
    /// C's fmod / remainder with the dividend's sign.
    Fmod,
    Pow,
    Min,
    Max,
    /// fmin/fmax: ignore NaN.
    FMin,
    FMax,
    Atan2,
    Hypot,
    Copysign,
    // Bits; on bool the logical operations.
    And,
    Or,
    Xor,
    Shl,
    Shr,
    // Comparisons: bool result.
    Lt,
    Le,
    Gt,
    Ge,
    Eq,
    Ne,
    // Unary, same dtype.
    Neg,
    /// `abs`; of complex gives f64.
    Abs,
    Sign,
    /// Bitwise not; on bool logical not.
    Not,
    Sqrt,
    Cbrt,
    Exp,
    Exp2,
    Expm1,
    Log,
    Log2,
    Log10,
    Log1p,
    Sin,
    Cos,
    Tan,
    Asin,
    Acos,
    Atan,
    Sinh,
    Cosh,
    Tanh,
    Asinh,
    Acosh,
    Atanh,
    Floor,
    Ceil,
    Trunc,
    /// Round half to even.
    Rint,
    // Float tests: bool result.
    IsNan,
    IsInf,
    IsFinite,
    Signbit,
    // Complex.
    Re,
    Im,
    Conj,
    /// (re, im) f64 → c128
    MakeComplex,
    /// (bool, a, b)
    Select,
    /// To the result dtype, as C converts (float → int truncates); to bool: `!= 0`.
    Cast,
}

impl ScalarOp {
    /// Every operation without a payload, with its text name.
    pub const NAMES: &'static [(ScalarOp, &'static str)] = &[
        (ScalarOp::Add, "add"),
        (ScalarOp::Sub, "sub"),
        (ScalarOp::Mul, "mul"),
        (ScalarOp::Div, "div"),
        (ScalarOp::FloorDiv, "floordiv"),
        (ScalarOp::Mod, "mod"),
        (ScalarOp::Fmod, "fmod"),
        (ScalarOp::Pow, "pow"),
        (ScalarOp::Min, "min"),
        (ScalarOp::Max, "max"),
        (ScalarOp::FMin, "fmin"),
        (ScalarOp::FMax, "fmax"),
        (ScalarOp::Atan2, "atan2"),
        (ScalarOp::Hypot, "hypot"),
        (ScalarOp::Copysign, "copysign"),
        (ScalarOp::And, "and"),
        (ScalarOp::Or, "or"),
        (ScalarOp::Xor, "xor"),
        (ScalarOp::Shl, "shl"),
        (ScalarOp::Shr, "shr"),
        (ScalarOp::Lt, "lt"),
        (ScalarOp::Le, "le"),
        (ScalarOp::Gt, "gt"),
        (ScalarOp::Ge, "ge"),
        (ScalarOp::Eq, "eq"),
        (ScalarOp::Ne, "ne"),
        (ScalarOp::Neg, "neg"),
        (ScalarOp::Abs, "abs"),
        (ScalarOp::Sign, "sign"),
        (ScalarOp::Not, "not"),
        (ScalarOp::Sqrt, "sqrt"),
        (ScalarOp::Cbrt, "cbrt"),
        (ScalarOp::Exp, "exp"),
        (ScalarOp::Exp2, "exp2"),
        (ScalarOp::Expm1, "expm1"),
        (ScalarOp::Log, "log"),
        (ScalarOp::Log2, "log2"),
        (ScalarOp::Log10, "log10"),
        (ScalarOp::Log1p, "log1p"),
        (ScalarOp::Sin, "sin"),
        (ScalarOp::Cos, "cos"),
        (ScalarOp::Tan, "tan"),
        (ScalarOp::Asin, "asin"),
        (ScalarOp::Acos, "acos"),
        (ScalarOp::Atan, "atan"),
        (ScalarOp::Sinh, "sinh"),
        (ScalarOp::Cosh, "cosh"),
        (ScalarOp::Tanh, "tanh"),
        (ScalarOp::Asinh, "asinh"),
        (ScalarOp::Acosh, "acosh"),
        (ScalarOp::Atanh, "atanh"),
        (ScalarOp::Floor, "floor"),
        (ScalarOp::Ceil, "ceil"),
        (ScalarOp::Trunc, "trunc"),
        (ScalarOp::Rint, "rint"),
        (ScalarOp::IsNan, "isnan"),
        (ScalarOp::IsInf, "isinf"),
        (ScalarOp::IsFinite, "isfinite"),
        (ScalarOp::Signbit, "signbit"),
        (ScalarOp::Re, "re"),
        (ScalarOp::Im, "im"),
        (ScalarOp::Conj, "conj"),
        (ScalarOp::MakeComplex, "complex"),
        (ScalarOp::Select, "select"),
        (ScalarOp::Cast, "cast"),
    ];

    /// The operation's name before the dot; `const` for constants.
    pub fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(op, _)| *op == self)
            .map_or("const", |(_, name)| name)
    }

    pub fn is_const(self) -> bool {
        matches!(
            self,
            ScalarOp::ConstInt(_) | ScalarOp::ConstFloat(_) | ScalarOp::ConstComplex(..)
        )
    }

    pub fn is_compare(self) -> bool {
        matches!(
            self,
            ScalarOp::Lt | ScalarOp::Le | ScalarOp::Gt | ScalarOp::Ge | ScalarOp::Eq | ScalarOp::Ne
        )
    }

    /// Whether it is computed by a library routine over strips rather than by instructions.
    pub fn is_transcendental(self) -> bool {
        use ScalarOp::*;
        matches!(
            self,
            Pow | Atan2
                | Hypot
                | Fmod
                | Cbrt
                | Exp
                | Exp2
                | Expm1
                | Log
                | Log2
                | Log10
                | Log1p
                | Sin
                | Cos
                | Tan
                | Asin
                | Acos
                | Atan
                | Sinh
                | Cosh
                | Tanh
                | Asinh
                | Acosh
                | Atanh
        )
    }

    /// Number of operands.
    pub fn arity(self) -> usize {
        use ScalarOp::*;
        match self {
            ConstInt(_) | ConstFloat(_) | ConstComplex(..) => 0,
            Add | Sub | Mul | Div | FloorDiv | Mod | Fmod | Pow | Min | Max | FMin | FMax | Atan2 | Hypot
            | Copysign | And | Or | Xor | Shl | Shr | Lt | Le | Gt | Ge | Eq | Ne | MakeComplex => 2,
            Select => 3,
            _ => 1,
        }
    }

    /// The result dtype for operands of dtype `operand` (of the second operand for
    /// `Select`); `None` where only the instruction says (`Cast`, constants).
    pub fn result_dtype(self, operand: DType) -> Option<DType> {
        use ScalarOp::*;
        match self {
            ConstInt(_) | ConstFloat(_) | ConstComplex(..) | Cast => None,
            Lt | Le | Gt | Ge | Eq | Ne | IsNan | IsInf | IsFinite | Signbit => Some(DType::Bool),
            Re | Im => Some(DType::F64),
            MakeComplex => Some(DType::C128),
            Abs if operand == DType::C128 => Some(DType::F64),
            _ => Some(operand),
        }
    }
}

/// A value of a body: a parameter (`0..params.len()`) or, after those, an instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BodyVal(pub u32);

/// One instruction of a body.
#[derive(Clone, Debug, PartialEq)]
pub struct BodyInst {
    pub op: ScalarOp,
    pub args: smallvec::SmallVec<[BodyVal; 3]>,
    /// The result's dtype.
    pub dtype: DType,
}

/// A straight-line scalar program: the element-wise part of an array statement.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    pub params: Vec<DType>,
    pub insts: Vec<BodyInst>,
    pub results: Vec<BodyVal>,
}

impl Body {
    /// The body that yields its only parameter.
    pub fn identity(dtype: DType) -> Body {
        Body {
            params: vec![dtype],
            insts: Vec::new(),
            results: vec![BodyVal(0)],
        }
    }

    /// The body of a single operation over parameters of the given dtypes.
    pub fn single(op: ScalarOp, params: &[DType], result: DType) -> Body {
        let mut body = Body {
            params: params.to_vec(),
            ..Body::default()
        };
        let args: Vec<BodyVal> = (0..params.len() as u32).map(BodyVal).collect();
        let value = body.push(op, &args, result);
        body.results.push(value);
        body
    }

    /// Appends an instruction and returns its value.
    pub fn push(&mut self, op: ScalarOp, args: &[BodyVal], dtype: DType) -> BodyVal {
        self.insts.push(BodyInst {
            op,
            args: args.iter().copied().collect(),
            dtype,
        });
        BodyVal((self.params.len() + self.insts.len() - 1) as u32)
    }

    /// The dtype of a value.
    pub fn dtype(&self, value: BodyVal) -> DType {
        let idx = value.0 as usize;
        match idx.checked_sub(self.params.len()) {
            None => self.params[idx],
            Some(inst) => self.insts[inst].dtype,
        }
    }

    /// The instruction that defines a value, unless it is a parameter.
    pub fn def(&self, value: BodyVal) -> Option<&BodyInst> {
        (value.0 as usize)
            .checked_sub(self.params.len())
            .map(|idx| &self.insts[idx])
    }

    /// Appends `other`'s instructions with its parameters replaced by `args`; returns its
    /// results as values of `self`.
    pub fn inline(&mut self, other: &Body, args: &[BodyVal]) -> Vec<BodyVal> {
        debug_assert_eq!(other.params.len(), args.len());
        let base = (self.params.len() + self.insts.len()) as u32;
        let n_params = other.params.len() as u32;
        let map = |v: BodyVal| {
            if v.0 < n_params {
                args[v.0 as usize]
            } else {
                BodyVal(base + v.0 - n_params)
            }
        };
        for inst in &other.insts {
            self.insts.push(BodyInst {
                op: inst.op,
                args: inst.args.iter().map(|&a| map(a)).collect(),
                dtype: inst.dtype,
            });
        }
        other.results.iter().map(|&r| map(r)).collect()
    }

    /// Types of the results as scalars.
    pub fn result_types(&self) -> impl Iterator<Item = Ty> + '_ {
        self.results.iter().map(|&r| Ty::Scalar(self.dtype(r)))
    }
}
