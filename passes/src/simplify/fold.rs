//! Constant folding and identities of scalar operations, exact to the bit.
//!
//! Not folded: transcendental functions (their bits are the runtime's), and whatever gives
//! NaN (its sign and payload are the processor's).

use lnp_ir::{CheckedOp, Const, DType, ScalarOp};

/// The result of an operation on constants.
pub(super) fn scalar(op: ScalarOp, args: &[Const], result: DType) -> Option<Const> {
    use ScalarOp::*;
    match op {
        ConstInt(v) => int_const(v, result),
        ConstFloat(bits) => match result {
            DType::F32 => Some(Const::F32(bits as u32)),
            DType::F64 => Some(Const::F64(bits)),
            _ => None,
        },
        ConstComplex(re, im) => Some(Const::C128(re, im)),
        Select => match args {
            [Const::Bool(c), a, b] => Some(if *c { a.clone() } else { b.clone() }),
            _ => None,
        },
        Cast => cast(args.first()?, result),
        Re => complex(args.first()?).map(|(re, _)| Const::F64(re)),
        Im => complex(args.first()?).map(|(_, im)| Const::F64(im)),
        MakeComplex => match args {
            [Const::F64(re), Const::F64(im)] => Some(Const::C128(*re, *im)),
            _ => None,
        },
        _ => match args {
            [Const::F64(a)] => unary_float(op, f64::from_bits(*a)).map(|r| r.const64()).unwrap_or(None),
            [Const::F32(a)] => unary_float32(op, f32::from_bits(*a)),
            [Const::F64(a), Const::F64(b)] => {
                binary_float(op, f64::from_bits(*a), f64::from_bits(*b)).and_then(|r| r.const64())
            }
            [Const::F32(a), Const::F32(b)] => binary_float32(op, f32::from_bits(*a), f32::from_bits(*b)),
            [Const::I64(a)] => unary_int(op, *a).and_then(|v| int_const(v, result)),
            [Const::I32(a)] => unary_int(op, i64::from(*a)).and_then(|v| int_const(v, result)),
            [Const::Bool(a)] => match op {
                Not => Some(Const::Bool(!a)),
                _ => None,
            },
            [Const::I64(a), Const::I64(b)] => binary_int(op, *a, *b, 64, result),
            [Const::I32(a), Const::I32(b)] => binary_int(op, i64::from(*a), i64::from(*b), 32, result),
            [Const::Bool(a), Const::Bool(b)] => match op {
                And => Some(Const::Bool(a & b)),
                Or => Some(Const::Bool(a | b)),
                Xor | Ne => Some(Const::Bool(a ^ b)),
                Eq => Some(Const::Bool(a == b)),
                _ => None,
            },
            _ => None,
        },
    }
}

fn int_const(v: i64, dtype: DType) -> Option<Const> {
    match dtype {
        DType::Bool => Some(Const::Bool(v != 0)),
        DType::I32 => Some(Const::I32(v as i32)),
        DType::I64 => Some(Const::I64(v)),
        _ => None,
    }
}

fn complex(c: &Const) -> Option<(u64, u64)> {
    match c {
        Const::C128(re, im) => Some((*re, *im)),
        _ => None,
    }
}

enum Folded {
    Float(f64),
    Bool(bool),
}

impl Folded {
    fn const64(self) -> Option<Const> {
        match self {
            Folded::Float(v) if v.is_nan() => None,
            Folded::Float(v) => Some(Const::F64(v.to_bits())),
            Folded::Bool(v) => Some(Const::Bool(v)),
        }
    }
}

fn unary_float(op: ScalarOp, a: f64) -> Option<Folded> {
    use ScalarOp::*;
    Some(match op {
        Neg => Folded::Float(-a),
        Abs => Folded::Float(a.abs()),
        Sqrt => Folded::Float(a.sqrt()),
        Floor => Folded::Float(a.floor()),
        Ceil => Folded::Float(a.ceil()),
        Trunc => Folded::Float(a.trunc()),
        Rint => Folded::Float(a.round_ties_even()),
        IsNan => Folded::Bool(a.is_nan()),
        IsInf => Folded::Bool(a.is_infinite()),
        IsFinite => Folded::Bool(a.is_finite()),
        Signbit => Folded::Bool(a.is_sign_negative()),
        _ => return None,
    })
}

/// Each of these is exact in f64, or (the square root) rounds the same twice.
fn unary_float32(op: ScalarOp, a: f32) -> Option<Const> {
    narrow(unary_float(op, f64::from(a))?)
}

fn narrow(r: Folded) -> Option<Const> {
    match r {
        Folded::Float(v) if v.is_nan() => None,
        Folded::Float(v) => Some(Const::F32((v as f32).to_bits())),
        Folded::Bool(v) => Some(Const::Bool(v)),
    }
}

fn binary_float(op: ScalarOp, a: f64, b: f64) -> Option<Folded> {
    use ScalarOp::*;
    let ordered = !a.is_nan() && !b.is_nan();
    Some(match op {
        Add => Folded::Float(a + b),
        Sub => Folded::Float(a - b),
        Mul => Folded::Float(a * b),
        Div => Folded::Float(a / b),
        // Which zero is chosen is the processor's business.
        Min | FMin if ordered && a != b => Folded::Float(a.min(b)),
        Max | FMax if ordered && a != b => Folded::Float(a.max(b)),
        Copysign => Folded::Float(a.copysign(b)),
        _ => return compare(op, a, b).map(Folded::Bool),
    })
}

/// The basic operations round the same through f64 (53 >= 2 * 24 + 2 bits).
fn binary_float32(op: ScalarOp, a: f32, b: f32) -> Option<Const> {
    narrow(binary_float(op, f64::from(a), f64::from(b))?)
}

fn compare<T: PartialOrd>(op: ScalarOp, a: T, b: T) -> Option<bool> {
    use ScalarOp::*;
    Some(match op {
        Lt => a < b,
        Le => a <= b,
        Gt => a > b,
        Ge => a >= b,
        Eq => a == b,
        Ne => a != b,
        _ => return None,
    })
}

fn unary_int(op: ScalarOp, a: i64) -> Option<i64> {
    use ScalarOp::*;
    match op {
        Neg => Some(a.wrapping_neg()),
        Abs => Some(a.wrapping_abs()),
        Not => Some(!a),
        Sign => Some(a.signum()),
        _ => None,
    }
}

fn binary_int(op: ScalarOp, a: i64, b: i64, bits: i64, result: DType) -> Option<Const> {
    use ScalarOp::*;
    if let Some(v) = compare(op, a, b) {
        return Some(Const::Bool(v));
    }
    let v = match op {
        Add => a.wrapping_add(b),
        Sub => a.wrapping_sub(b),
        Mul => a.wrapping_mul(b),
        FloorDiv if b != 0 => floor_div(a, b)?,
        Mod if b != 0 => floor_mod(a, b)?,
        Min => a.min(b),
        Max => a.max(b),
        And => a & b,
        Or => a | b,
        Xor => a ^ b,
        Shl if (0..bits).contains(&b) => a.wrapping_shl(b as u32),
        Shr if (0..bits).contains(&b) => a >> b,
        _ => return None,
    };
    int_const(v, result)
}

fn floor_div(a: i64, b: i64) -> Option<i64> {
    let q = a.checked_div(b)?;
    Some(if a % b != 0 && (a % b < 0) != (b < 0) { q - 1 } else { q })
}

fn floor_mod(a: i64, b: i64) -> Option<i64> {
    let r = a.checked_rem(b)?;
    Some(if r != 0 && (r < 0) != (b < 0) { r + b } else { r })
}

fn cast(c: &Const, to: DType) -> Option<Const> {
    let from_int = |v: i64| match to {
        DType::F64 => Some(Const::F64((v as f64).to_bits())),
        DType::F32 => Some(Const::F32((v as f32).to_bits())),
        DType::C128 => Some(Const::C128((v as f64).to_bits(), 0)),
        _ => int_const(v, to),
    };
    match c {
        Const::Bool(v) => from_int(i64::from(*v)),
        Const::I32(v) => from_int(i64::from(*v)),
        Const::I64(v) => from_int(*v),
        Const::F32(bits) => from_float(f64::from(f32::from_bits(*bits)), to),
        Const::F64(bits) => from_float(f64::from_bits(*bits), to),
        Const::C128(..) | Const::Str(_) => None,
    }
}

fn from_float(v: f64, to: DType) -> Option<Const> {
    if v.is_nan() {
        return None;
    }
    match to {
        DType::Bool => Some(Const::Bool(v != 0.0)),
        DType::F64 => Some(Const::F64(v.to_bits())),
        DType::F32 => Some(Const::F32((v as f32).to_bits())),
        DType::C128 => Some(Const::C128(v.to_bits(), 0)),
        DType::I64 if v.abs() < 9e18 => Some(Const::I64(v as i64)),
        DType::I32 if v.abs() < 2e9 => Some(Const::I32(v as i32)),
        _ => None,
    }
}

/// Python's arithmetic on constants, where it does not raise.
pub(super) fn checked(op: CheckedOp, args: &[Const]) -> Option<Const> {
    // Integers up to here are exact as floats, and so is their quotient's rounding.
    const EXACT: u64 = 1 << 53;
    match (op, args) {
        (CheckedOp::FloatDiv, [Const::F64(a), Const::F64(b)]) => {
            let (a, b) = (f64::from_bits(*a), f64::from_bits(*b));
            if b == 0.0 { None } else { Folded::Float(a / b).const64() }
        }
        (CheckedOp::Neg, [Const::I64(a)]) => a.checked_neg().map(Const::I64),
        (CheckedOp::Abs, [Const::I64(a)]) => a.checked_abs().map(Const::I64),
        (_, [Const::I64(a), Const::I64(b)]) => {
            let (a, b) = (*a, *b);
            let v = match op {
                CheckedOp::Add => a.checked_add(b)?,
                CheckedOp::Sub => a.checked_sub(b)?,
                CheckedOp::Mul => a.checked_mul(b)?,
                CheckedOp::FloorDiv if b != 0 => floor_div(a, b)?,
                CheckedOp::Mod if b != 0 => floor_mod(a, b)?,
                CheckedOp::Shr if (0..64).contains(&b) => a >> b,
                CheckedOp::Shl if (0..62).contains(&b) => a.checked_mul(1 << b)?,
                CheckedOp::TrueDiv if b != 0 && a.unsigned_abs() <= EXACT && b.unsigned_abs() <= EXACT => {
                    return Some(Const::F64((a as f64 / b as f64).to_bits()));
                }
                _ => return None,
            };
            Some(Const::I64(v))
        }
        _ => None,
    }
}

/// What an operation on partly known operands is equal to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Identity {
    /// The operand of this index.
    Arg(usize),
    /// The second operand of the operation that defines operand 0 (undoing it).
    Inner,
}

/// An identity that keeps every bit; `args` are the constants among the operands, `same`
/// tells that both operands are one value, `inner` the operation that defines operand 0.
pub(super) fn identity(
    op: ScalarOp,
    args: &[Option<Const>],
    dtype: DType,
    operand: DType,
    same: bool,
    inner: Option<ScalarOp>,
) -> Option<Identity> {
    use ScalarOp::*;
    let is_int = |c: &Option<Const>, v: i64| match c {
        Some(Const::I64(n)) => *n == v,
        Some(Const::I32(n)) => i64::from(*n) == v,
        _ => false,
    };
    let is_float = |c: &Option<Const>, v: f64| match c {
        Some(Const::F64(bits)) => *bits == v.to_bits(),
        Some(Const::F32(bits)) => *bits == (v as f32).to_bits(),
        _ => false,
    };
    let arg = |i: usize| args.get(i).unwrap_or(&None);
    match op {
        Cast if dtype == operand => Some(Identity::Arg(0)),
        Neg | Not if inner == Some(op) => Some(Identity::Inner),
        Abs if inner == Some(Abs) => Some(Identity::Arg(0)),
        Add | Or | Xor if is_int(arg(1), 0) => Some(Identity::Arg(0)),
        Add | Or | Xor if is_int(arg(0), 0) => Some(Identity::Arg(1)),
        Sub | Shl | Shr if is_int(arg(1), 0) => Some(Identity::Arg(0)),
        Mul if is_int(arg(1), 1) || is_float(arg(1), 1.0) => Some(Identity::Arg(0)),
        Mul if is_int(arg(0), 1) || is_float(arg(0), 1.0) => Some(Identity::Arg(1)),
        FloorDiv if is_int(arg(1), 1) => Some(Identity::Arg(0)),
        Div if is_float(arg(1), 1.0) => Some(Identity::Arg(0)),
        // x + 0.0 is not x for x = -0.0; these two are.
        Sub if is_float(arg(1), 0.0) => Some(Identity::Arg(0)),
        Add if is_float(arg(1), -0.0) => Some(Identity::Arg(0)),
        Add if is_float(arg(0), -0.0) => Some(Identity::Arg(1)),
        And | Or if same => Some(Identity::Arg(0)),
        Select => match arg(0) {
            Some(Const::Bool(true)) => Some(Identity::Arg(1)),
            Some(Const::Bool(false)) => Some(Identity::Arg(2)),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{checked, scalar};
    use lnp_ir::{CheckedOp, Const, DType, ScalarOp};

    fn f(v: f64) -> Const {
        Const::F64(v.to_bits())
    }

    #[test]
    fn folds_as_numpy_computes() {
        let i = Const::I64;
        assert_eq!(scalar(ScalarOp::FloorDiv, &[i(-7), i(2)], DType::I64), Some(i(-4)));
        assert_eq!(scalar(ScalarOp::Mod, &[i(-7), i(2)], DType::I64), Some(i(1)));
        assert_eq!(scalar(ScalarOp::Mod, &[i(7), i(-2)], DType::I64), Some(i(-1)));
        assert_eq!(scalar(ScalarOp::FloorDiv, &[i(1), i(0)], DType::I64), None);
        let wrapped = scalar(ScalarOp::Add, &[Const::I32(i32::MAX), Const::I32(1)], DType::I32);
        assert_eq!(wrapped, Some(Const::I32(i32::MIN)));
        assert_eq!(scalar(ScalarOp::Div, &[f(0.0), f(0.0)], DType::F64), None);
        assert_eq!(scalar(ScalarOp::Rint, &[f(2.5)], DType::F64), Some(f(2.0)));
        assert_eq!(scalar(ScalarOp::Sin, &[f(0.0)], DType::F64), None);
    }

    #[test]
    fn leaves_what_raises() {
        let i = Const::I64;
        assert_eq!(checked(CheckedOp::Add, &[i(i64::MAX), i(1)]), None);
        assert_eq!(checked(CheckedOp::FloatDiv, &[f(1.0), f(0.0)]), None);
        assert_eq!(checked(CheckedOp::TrueDiv, &[i(1), i(4)]), Some(f(0.25)));
        assert_eq!(checked(CheckedOp::FloorDiv, &[i(i64::MIN), i(-1)]), None);
    }
}
