//! Triangles and diagonals of matrices.

use super::create::{as_array, bind, dtype_arg};
use super::elementwise::const_number;
use super::index::{assign, view};
use super::shape::dim;
use crate::DType;
use crate::diag::Why;
use crate::lower::{FnLower, Res};
use crate::types::Ty;
use crate::val::{Args, Konst, Val};
use lnp_ir::{self as ir, Arg, Rt, ScalarOp, ViewDim};

pub fn call(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Option<Res> {
    Some(match name {
        "tri" => tri(cx, args),
        "tril" | "triu" => triangle(cx, name, args),
        "diagonal" => diagonal(cx, args),
        "diag" => diag(cx, args),
        "fill_diagonal" => fill_diagonal(cx, args),
        _ => return None,
    })
}

/// `arange(n)` as int64.
pub fn counter(cx: &mut FnLower<'_>, n: ir::Value) -> Val {
    let (zero, one) = (cx.b.i64(0), cx.b.i64(1));
    let call = vec![
        Arg::Imm(DType::I64 as i64),
        Arg::Value(zero),
        Arg::Value(n),
        Arg::Value(one),
    ];
    cx.rt(Rt::ArangeInt, call, Ty::Array(DType::I64, 1))
}

fn offset(cx: &mut FnLower<'_>, k: Option<Val>) -> Res<ir::Value> {
    match k {
        Some(k) => cx.to_index(&k),
        None => Ok(cx.b.i64(0)),
    }
}

/// Row numbers as a column, column numbers, and the diagonal's offset.
fn grid(cx: &mut FnLower<'_>, rows: ir::Value, columns: ir::Value, k: ir::Value) -> [Val; 3] {
    let (i, j) = (counter(cx, rows), counter(cx, columns));
    let i = view(cx, &i, vec![ViewDim::Full, ViewDim::NewAxis]);
    [i, j, Val::one(Ty::Np(DType::I64), k)]
}

fn tri(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [n, m, k, dtype] = bind(cx, "tri", args, ["N", "M", "k", "dtype"])?;
    let Some(n) = n else {
        return Err(cx.unsupported(Why::Argument, "numpy.tri without a size"));
    };
    let dtype = dtype_arg(cx, &dtype, DType::F64)?;
    let rows = cx.to_index(&n)?;
    let columns = match m.filter(|m| !m.is_none()) {
        Some(m) => cx.to_index(&m)?,
        None => rows,
    };
    let k = offset(cx, k)?;
    let operands = grid(cx, rows, columns, k);
    cx.elementwise(&operands, &[DType::I64; 3], &|body, args| {
        let edge = body.push(ScalarOp::Add, &[args[0], args[2]], DType::I64);
        let below = body.push(ScalarOp::Le, &[args[1], edge], DType::Bool);
        super::elementwise::cast(body, below, dtype)
    })
}

fn triangle(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Res {
    let [m, k] = bind(cx, name, args, ["m", "k"])?;
    let Some(m) = m else {
        return Err(cx.unsupported(Why::Argument, format!("numpy.{name} without an array")));
    };
    let array = as_array(cx, &m, None)?;
    let Ty::Array(dtype, ndim @ 2..) = array.ty else {
        return Err(cx.unsupported(Why::Argument, format!("numpy.{name} of an array that is not 2-D")));
    };
    let (rows, columns) = (dim(cx, &array, ndim - 2), dim(cx, &array, ndim - 1));
    let k = offset(cx, k)?;
    let [i, j, k] = grid(cx, rows, columns, k);
    let upper = name == "triu";
    let dtypes = [dtype, DType::I64, DType::I64, DType::I64];
    cx.elementwise(&[array, i, j, k], &dtypes, &|body, args| {
        let edge = body.push(ScalarOp::Add, &[args[1], args[3]], DType::I64);
        let op = if upper { ScalarOp::Ge } else { ScalarOp::Le };
        let inside = body.push(op, &[args[2], edge], DType::Bool);
        let zero = const_number(body, 0, dtype);
        body.push(ScalarOp::Select, &[inside, args[0], zero], dtype)
    })
}

fn diagonal(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [a, k] = bind(cx, "diagonal", args, ["a", "offset"])?;
    let Some(a) = a else {
        return Err(cx.unsupported(Why::Argument, "numpy.diagonal without an array"));
    };
    let array = as_array(cx, &a, None)?;
    let Ty::Array(from, 2) = array.ty else {
        return Err(cx.unsupported(Why::Argument, "numpy.diagonal of an array that is not 2-D"));
    };
    let k = offset(cx, k)?;
    Ok(diagonal_of(cx, &array, k, from).with_konst(Konst::ReadOnly))
}

/// The diagonal of a matrix: a view.
fn diagonal_of(cx: &mut FnLower<'_>, matrix: &Val, k: ir::Value, dtype: DType) -> Val {
    cx.rt(
        Rt::Diagonal,
        vec![Arg::Value(matrix.value()), Arg::Value(k)],
        Ty::Array(dtype, 1),
    )
}

/// `numpy.diag`: the diagonal of a matrix (a view), or a matrix of a diagonal.
fn diag(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [v, k] = bind(cx, "diag", args, ["v", "k"])?;
    let Some(v) = v else {
        return Err(cx.unsupported(Why::Argument, "numpy.diag without an array"));
    };
    let array = as_array(cx, &v, None)?;
    let k = offset(cx, k)?;
    match array.ty {
        Ty::Array(from, 2) => Ok(diagonal_of(cx, &array, k, from).with_konst(Konst::ReadOnly)),
        Ty::Array(from, 1) => {
            let n = dim(cx, &array, 0);
            let magnitude = cx.b.scalar(ScalarOp::Abs, &[k]);
            let side = cx.b.scalar(ScalarOp::Add, &[n, magnitude]);
            let matrix = super::create::alloc(cx, Rt::ArrayZeros, from, vec![side, side]);
            let diagonal = diagonal_of(cx, &matrix, k, from);
            assign(cx, &diagonal, &array)?;
            Ok(matrix)
        }
        _ => Err(cx.unsupported(Why::Argument, "numpy.diag of this array")),
    }
}

fn fill_diagonal(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [a, val] = bind(cx, "fill_diagonal", args, ["a", "val"])?;
    let (Some(a), Some(val)) = (a, val) else {
        return Err(cx.unsupported(Why::Argument, "numpy.fill_diagonal without a value"));
    };
    let (Ty::Array(from, 2), true) = (&a.ty, val.ty.is_scalar()) else {
        return Err(cx.unsupported(Why::Argument, "numpy.fill_diagonal of this array or value"));
    };
    let k = cx.b.i64(0);
    let diagonal = diagonal_of(cx, &a, k, *from);
    assign(cx, &diagonal, &val)?;
    Ok(Val::none())
}
