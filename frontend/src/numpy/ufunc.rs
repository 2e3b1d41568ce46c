//! Universal functions by name: one row each, giving the dtype rule and the loop.

use super::elementwise::{Build, cast, const_float, const_number};
use super::operator::{self, binary_loop, float_loop};
use super::promote::{float_of, result_type};
use crate::DType;
use crate::diag::Why;
use crate::lower::{FnLower, Res};
use crate::ops::{BinOp, CmpOp, UnaryOp};
use crate::types::Ty;
use crate::val::{Args, Val, dtype_of};
use lnp_ir::{Body, BodyVal, ScalarOp};

/// The dtype rule and the loop of a ufunc.
#[derive(Clone, Copy)]
enum Rule {
    /// As the operator.
    Binary(BinOp),
    Compare(CmpOp),
    Unary(UnaryOp),
    /// One operand, float loops (integers become float64); complex too where the flag says.
    Float(ScalarOp, bool),
    /// Two operands, float loops.
    Float2(ScalarOp),
    /// Integers as they are, floats by the operation.
    Rounding(ScalarOp),
    /// Float test: false for integers.
    Test(ScalarOp),
    /// Two operands of any real dtype: operation, operation on bool.
    MinMax(ScalarOp, ScalarOp),
    /// Operands as truth values.
    Logical(ScalarOp),
    LogicalNot,
    Absolute,
    Square,
    Reciprocal,
    Sign,
    Conjugate,
    /// Degrees to radians and back: the factor is the quotient, in the type of the result.
    Scale(f64, f64),
}

const TABLE: &[(&str, Rule)] = &[
    ("abs", Rule::Absolute),
    ("absolute", Rule::Absolute),
    ("fabs", Rule::Float(ScalarOp::Abs, false)),
    ("add", Rule::Binary(BinOp::Add)),
    ("subtract", Rule::Binary(BinOp::Sub)),
    ("multiply", Rule::Binary(BinOp::Mul)),
    ("divide", Rule::Binary(BinOp::Div)),
    ("true_divide", Rule::Binary(BinOp::Div)),
    ("floor_divide", Rule::Binary(BinOp::FloorDiv)),
    ("mod", Rule::Binary(BinOp::Mod)),
    ("remainder", Rule::Binary(BinOp::Mod)),
    ("power", Rule::Binary(BinOp::Pow)),
    ("pow", Rule::Binary(BinOp::Pow)),
    ("bitwise_and", Rule::Binary(BinOp::And)),
    ("bitwise_or", Rule::Binary(BinOp::Or)),
    ("bitwise_xor", Rule::Binary(BinOp::Xor)),
    ("left_shift", Rule::Binary(BinOp::Shl)),
    ("bitwise_left_shift", Rule::Binary(BinOp::Shl)),
    ("right_shift", Rule::Binary(BinOp::Shr)),
    ("bitwise_right_shift", Rule::Binary(BinOp::Shr)),
    ("matmul", Rule::Binary(BinOp::MatMul)),
    ("invert", Rule::Unary(UnaryOp::Invert)),
    ("bitwise_not", Rule::Unary(UnaryOp::Invert)),
    ("bitwise_invert", Rule::Unary(UnaryOp::Invert)),
    ("negative", Rule::Unary(UnaryOp::Neg)),
    ("positive", Rule::Unary(UnaryOp::Pos)),
    ("equal", Rule::Compare(CmpOp::Eq)),
    ("not_equal", Rule::Compare(CmpOp::Ne)),
    ("less", Rule::Compare(CmpOp::Lt)),
    ("less_equal", Rule::Compare(CmpOp::Le)),
    ("greater", Rule::Compare(CmpOp::Gt)),
    ("greater_equal", Rule::Compare(CmpOp::Ge)),
    ("sqrt", Rule::Float(ScalarOp::Sqrt, true)),
    ("cbrt", Rule::Float(ScalarOp::Cbrt, false)),
    ("exp", Rule::Float(ScalarOp::Exp, true)),
    ("exp2", Rule::Float(ScalarOp::Exp2, false)),
    ("expm1", Rule::Float(ScalarOp::Expm1, false)),
    ("log", Rule::Float(ScalarOp::Log, true)),
    ("log2", Rule::Float(ScalarOp::Log2, false)),
    ("log10", Rule::Float(ScalarOp::Log10, false)),
    ("log1p", Rule::Float(ScalarOp::Log1p, false)),
    ("sin", Rule::Float(ScalarOp::Sin, true)),
    ("cos", Rule::Float(ScalarOp::Cos, true)),
    ("tan", Rule::Float(ScalarOp::Tan, true)),
    ("arcsin", Rule::Float(ScalarOp::Asin, false)),
    ("asin", Rule::Float(ScalarOp::Asin, false)),
    ("arccos", Rule::Float(ScalarOp::Acos, false)),
    ("acos", Rule::Float(ScalarOp::Acos, false)),
    ("arctan", Rule::Float(ScalarOp::Atan, false)),
    ("atan", Rule::Float(ScalarOp::Atan, false)),
    ("sinh", Rule::Float(ScalarOp::Sinh, true)),
    ("cosh", Rule::Float(ScalarOp::Cosh, true)),
    ("tanh", Rule::Float(ScalarOp::Tanh, true)),
    ("arcsinh", Rule::Float(ScalarOp::Asinh, false)),
    ("asinh", Rule::Float(ScalarOp::Asinh, false)),
    ("arccosh", Rule::Float(ScalarOp::Acosh, false)),
    ("acosh", Rule::Float(ScalarOp::Acosh, false)),
    ("arctanh", Rule::Float(ScalarOp::Atanh, false)),
    ("atanh", Rule::Float(ScalarOp::Atanh, false)),
    ("arctan2", Rule::Float2(ScalarOp::Atan2)),
    ("atan2", Rule::Float2(ScalarOp::Atan2)),
    ("hypot", Rule::Float2(ScalarOp::Hypot)),
    ("copysign", Rule::Float2(ScalarOp::Copysign)),
    ("fmod", Rule::MinMax(ScalarOp::Fmod, ScalarOp::Fmod)),
    ("floor", Rule::Rounding(ScalarOp::Floor)),
    ("ceil", Rule::Rounding(ScalarOp::Ceil)),
    ("trunc", Rule::Rounding(ScalarOp::Trunc)),
    ("fix", Rule::Rounding(ScalarOp::Trunc)),
    ("rint", Rule::Float(ScalarOp::Rint, false)),
    ("isnan", Rule::Test(ScalarOp::IsNan)),
    ("isinf", Rule::Test(ScalarOp::IsInf)),
    ("isfinite", Rule::Test(ScalarOp::IsFinite)),
    ("signbit", Rule::Test(ScalarOp::Signbit)),
    ("minimum", Rule::MinMax(ScalarOp::Min, ScalarOp::And)),
    ("maximum", Rule::MinMax(ScalarOp::Max, ScalarOp::Or)),
    ("fmin", Rule::MinMax(ScalarOp::FMin, ScalarOp::And)),
    ("fmax", Rule::MinMax(ScalarOp::FMax, ScalarOp::Or)),
    ("logical_and", Rule::Logical(ScalarOp::And)),
    ("logical_or", Rule::Logical(ScalarOp::Or)),
    ("logical_xor", Rule::Logical(ScalarOp::Xor)),
    ("logical_not", Rule::LogicalNot),
    ("square", Rule::Square),
    ("reciprocal", Rule::Reciprocal),
    ("sign", Rule::Sign),
    ("conj", Rule::Conjugate),
    ("conjugate", Rule::Conjugate),
    ("deg2rad", Rule::Scale(std::f64::consts::PI, 180.0)),
    ("radians", Rule::Scale(std::f64::consts::PI, 180.0)),
    ("rad2deg", Rule::Scale(180.0, std::f64::consts::PI)),
    ("degrees", Rule::Scale(180.0, std::f64::consts::PI)),
];

/// Whether the catalog has this ufunc.
pub fn has(name: &str) -> bool {
    TABLE.iter().any(|(n, _)| *n == name)
}

/// Calls a ufunc by name; `None` when the table lacks it.
pub fn call(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Option<Res> {
    let rule = TABLE.iter().find(|(n, _)| *n == name)?.1;
    Some(call_rule(cx, name, rule, args))
}

fn arity(rule: Rule) -> usize {
    match rule {
        Rule::Binary(_) | Rule::Compare(_) | Rule::Float2(_) | Rule::MinMax(..) | Rule::Logical(_) => 2,
        _ => 1,
    }
}

fn call_rule(cx: &mut FnLower<'_>, name: &str, rule: Rule, args: &Args) -> Res {
    let arity = arity(rule);
    if args.pos.len() < arity || args.pos.len() > arity + 1 {
        return Err(cx.unsupported(Why::Argument, format!("numpy.{name} with {} arguments", args.pos.len())));
    }
    let mut out = args.pos.get(arity).cloned().filter(|v| !v.is_none());
    let mut dtype = None;
    for (key, val) in &args.kw {
        match key.as_str() {
            "out" if val.is_none() => {}
            "out" => out = Some(val.clone()),
            "dtype" if val.is_none() => {}
            "dtype" => match dtype_of(val) {
                Some(d) => dtype = Some(d),
                None => return Err(cx.unsupported(Why::DType, "a dtype that is not compiled")),
            },
            other => {
                return Err(super::create::wrong_keyword(
                    cx,
                    name,
                    other,
                    &["out", "where", "dtype"],
                ));
            }
        }
    }
    let mut operands = Vec::new();
    for val in &args.pos[..arity] {
        operands.push(cx.operand(val)?);
    }
    if let Some(dtype) = dtype {
        // Computing in a wider dtype is casting the operands first.
        for val in &mut operands {
            *val = cx.astype(val, dtype)?;
        }
    }
    match out {
        None => apply(cx, rule, &operands),
        Some(out) => apply_into(cx, name, rule, &operands, &out),
    }
}

/// The dtypes of the loop's operands and its body.
type Picked<'b> = (Vec<DType>, Box<dyn Fn(&mut Body, &[BodyVal]) -> BodyVal + 'b>);

fn apply(cx: &mut FnLower<'_>, rule: Rule, operands: &[Val]) -> Res {
    match rule {
        Rule::Binary(op) => operator::binary(cx, op, &operands[0], &operands[1]),
        Rule::Compare(op) => operator::compare(cx, op, &operands[0], &operands[1]),
        Rule::Unary(op) => operator::unary(cx, op, &operands[0]),
        _ => {
            let (dtypes, build) = pick(cx, rule, operands)?;
            cx.elementwise(operands, &dtypes, &*build)
        }
    }
}

fn apply_into(cx: &mut FnLower<'_>, name: &str, rule: Rule, operands: &[Val], out: &Val) -> Res {
    let (Ty::Array(to, ndim), false) = (&out.ty, matches!(rule, Rule::Binary(BinOp::MatMul))) else {
        return Err(cx.unsupported(Why::Argument, format!("argument 'out' of numpy.{name}")));
    };
    let n = operands
        .iter()
        .map(|v| if let Ty::Array(_, n) = v.ty { n } else { 0 })
        .max();
    let (dtypes, build): Picked = match rule {
        Rule::Binary(op) => {
            let picked = binary_loop(cx, op, &operands[0], &operands[1])?;
            (
                vec![picked.dtype; 2],
                Box::new(move |body, args| match picked.op {
                    operator::LoopOp::One(op) if op.arity() == 1 => picked.op.build(body, &args[..1]),
                    op => op.build(body, args),
                }),
            )
        }
        Rule::Compare(_) | Rule::Unary(_) => {
            return Err(cx.unsupported(Why::Argument, format!("argument 'out' of numpy.{name}")));
        }
        _ => pick(cx, rule, operands)?,
    };
    let result = dtypes[0];
    if !super::promote::same_kind(result, *to) || n.is_some_and(|n| n > *ndim) {
        return Err(cx.unsupported(Why::Argument, "NumPy refuses to store the result in `out`"));
    }
    cx.elementwise_into(out, true, operands, &dtypes, &*build)?;
    Ok(out.clone())
}

fn pick<'b>(cx: &mut FnLower<'_>, rule: Rule, operands: &[Val]) -> Res<Picked<'b>> {
    let no_loop = |cx: &FnLower<'_>| cx.unsupported(Why::DType, "no native loop for these dtypes");
    let Some(common) = result_type(operands.iter().map(|v| &v.ty)) else {
        return Err(no_loop(cx));
    };
    let n = operands.len();
    let one = |dtype: DType, op: ScalarOp| -> Picked<'b> {
        let result = op.result_dtype(dtype).unwrap_or(dtype);
        (vec![dtype; n], Box::new(move |body, args| body.push(op, args, result)))
    };
    Ok(match rule {
        Rule::Float(op, complex) => match float_of(common) {
            Some(DType::C128) if !complex => return Err(no_loop(cx)),
            Some(dtype) => one(dtype, op),
            None => return Err(no_loop(cx)),
        },
        Rule::Float2(op) => one(float_loop(cx, &operands[0], &operands[1])?, op),
        Rule::Rounding(op) => match common {
            DType::F32 | DType::F64 => one(common, op),
            DType::I32 | DType::I64 => (vec![common], Box::new(|_, args| args[0])),
            _ => return Err(no_loop(cx)),
        },
        Rule::Test(op) => match common {
            DType::C128 if op == ScalarOp::Signbit => return Err(no_loop(cx)),
            DType::C128 => (
                vec![common],
                Box::new(move |body, args| {
                    let re = body.push(ScalarOp::Re, args, DType::F64);
                    let im = body.push(ScalarOp::Im, args, DType::F64);
                    let re = body.push(op, &[re], DType::Bool);
                    let im = body.push(op, &[im], DType::Bool);
                    let both = if op == ScalarOp::IsFinite {
                        ScalarOp::And
                    } else {
                        ScalarOp::Or
                    };
                    body.push(both, &[re, im], DType::Bool)
                }),
            ),
            DType::F32 => one(DType::F32, op),
            _ => one(DType::F64, op),
        },
        Rule::MinMax(op, on_bool) => match common {
            DType::Bool if op == ScalarOp::Fmod => return Err(no_loop(cx)),
            DType::Bool => one(common, on_bool),
            DType::C128 => return Err(no_loop(cx)),
            _ => one(common, op),
        },
        Rule::Logical(op) => (
            operands.iter().map(|v| v.ty.dtype().unwrap_or(DType::Bool)).collect(),
            Box::new(move |body, args| {
                let a = truth(body, args[0]);
                let b = truth(body, args[1]);
                body.push(op, &[a, b], DType::Bool)
            }),
        ),
        Rule::LogicalNot => (
            vec![common],
            Box::new(|body, args| {
                let a = truth(body, args[0]);
                body.push(ScalarOp::Not, &[a], DType::Bool)
            }),
        ),
        Rule::Absolute => match common {
            DType::Bool => (vec![common], Box::new(|_, args| args[0])),
            _ => one(common, ScalarOp::Abs),
        },
        Rule::Square if common == DType::Bool => return Err(no_loop(cx)),
        Rule::Square => (
            vec![common],
            Box::new(move |body, args| body.push(ScalarOp::Mul, &[args[0], args[0]], common)),
        ),
        Rule::Reciprocal => match common {
            DType::F32 | DType::F64 => (
                vec![common],
                Box::new(move |body, args| {
                    let one = const_number(body, 1, common);
                    body.push(ScalarOp::Div, &[one, args[0]], common)
                }),
            ),
            _ => return Err(no_loop(cx)),
        },
        Rule::Sign if matches!(common, DType::Bool | DType::C128) => return Err(no_loop(cx)),
        Rule::Sign => one(common, ScalarOp::Sign),
        Rule::Conjugate => match common {
            DType::C128 => one(common, ScalarOp::Conj),
            DType::Bool => return Err(no_loop(cx)),
            _ => (vec![common], Box::new(|_, args| args[0])),
        },
        Rule::Scale(to, from) => match float_of(common) {
            Some(dtype @ (DType::F32 | DType::F64)) => (
                vec![dtype],
                Box::new(move |body, args| {
                    let factor = match dtype {
                        DType::F32 => f64::from(to as f32 / from as f32),
                        _ => to / from,
                    };
                    let factor = const_float(body, factor, dtype);
                    body.push(ScalarOp::Mul, &[args[0], factor], dtype)
                }),
            ),
            _ => return Err(no_loop(cx)),
        },
        Rule::Binary(_) | Rule::Compare(_) | Rule::Unary(_) => return Err(no_loop(cx)),
    })
}

/// A value's truth: `!= 0`.
pub fn truth(body: &mut Body, value: BodyVal) -> BodyVal {
    match body.dtype(value) {
        DType::Bool => value,
        DType::C128 => {
            let zero = const_number(body, 0, DType::C128);
            body.push(ScalarOp::Ne, &[value, zero], DType::Bool)
        }
        _ => cast(body, value, DType::Bool),
    }
}

impl<'a> FnLower<'a> {
    /// A copy cast to a dtype; scalars become NumPy scalars.
    pub fn astype(&mut self, val: &Val, dtype: DType) -> Res {
        let from = val.ty.dtype().unwrap_or(dtype);
        let build: Build = &|body, args| cast(body, args[0], dtype);
        // The loop runs in the source's dtype, the body casts: no weak-scalar conversion.
        self.elementwise(std::slice::from_ref(val), &[from], build)
    }
}
