//! Evenly spaced numbers, unit matrices and grids of coordinates.

use super::create::{alloc, as_array, bind, copy_of, dims, dtype_arg, shape_arg};
use super::elementwise::cast;
use super::promote::promote;
use crate::DType;
use crate::diag::Why;
use crate::lower::{FnLower, Res};
use crate::types::Ty;
use crate::val::{Args, Val};
use lnp_ir::{self as ir, Arg, Rt};

/// Calls one of these functions; `None` when it is none of them.
pub fn call(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Option<Res> {
    Some(match name {
        "arange" => arange(cx, args),
        "linspace" => linspace(cx, args),
        "eye" | "identity" => eye(cx, name, args),
        "meshgrid" => meshgrid(cx, args),
        "indices" => indices(cx, args),
        _ => return None,
    })
}

fn arange(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [a, b, step, dtype] = bind(cx, "arange", args, ["start", "stop", "step", "dtype"])?;
    let (start, stop) = match (a, b) {
        (Some(a), Some(b)) if !b.is_none() => (a, b),
        (Some(stop), _) | (None, Some(stop)) => (cx.int(0), stop),
        (None, None) => return Err(cx.unsupported(Why::Argument, "numpy.arange without arguments")),
    };
    let step = match step {
        Some(s) if !s.is_none() => s,
        _ => cx.int(1),
    };
    let parts = [start, stop, step];
    if !parts.iter().all(|p| p.ty.is_scalar()) {
        return Err(cx.unsupported(Why::Argument, "numpy.arange of something else than numbers"));
    }
    // NumPy promotes from the default integer on.
    let own = parts
        .iter()
        .filter_map(|p| p.ty.scalar_dtype())
        .fold(DType::I64, promote);
    let wanted = dtype_arg(cx, &dtype, own)?;
    match (own, wanted) {
        (DType::I32 | DType::I64, _) => {
            let mut call = vec![Arg::Imm(DType::I64 as i64)];
            for part in &parts {
                call.push(Arg::Value(cx.to_index(part)?));
            }
            let array = cx.rt(Rt::ArangeInt, call, Ty::Array(DType::I64, 1));
            as_array(cx, &array, Some(wanted))
        }
        (DType::F64 | DType::F32, DType::F64) => {
            let mut call = vec![Arg::Imm(DType::F64 as i64)];
            for part in &parts {
                call.push(Arg::Value(cx.to_dtype(part, DType::F64)?));
            }
            Ok(cx.rt(Rt::ArangeFloat, call, Ty::Array(DType::F64, 1)))
        }
        (DType::F64, DType::F32) => {
            // NumPy fills in the dtype itself: start + i * (second - start), in float32.
            let mut call = vec![Arg::Imm(DType::F64 as i64)];
            for part in &parts {
                call.push(Arg::Value(cx.to_dtype(part, DType::F64)?));
            }
            let numbers = call.clone();
            let wide = cx.rt(Rt::ArangeFloat, call, Ty::Array(DType::F64, 1));
            let n = dims(cx, &wide, 1)[0];
            let places = super::triangle::counter(cx, n);
            let (Arg::Value(start), Arg::Value(step)) = (&numbers[1], &numbers[3]) else {
                return Err(cx.unsupported(Why::DType, "numpy.arange of these dtypes"));
            };
            let second = cx.b.scalar(ir::ScalarOp::Add, &[*start, *step]);
            let (start, second) = (cx.b.cast(*start, DType::F32), cx.b.cast(second, DType::F32));
            let step = cx.b.scalar(ir::ScalarOp::Sub, &[second, start]);
            let [start, step] = [start, step].map(|v| Val::one(Ty::Np(DType::F32), v));
            cx.elementwise(&[places, start, step], &[DType::F32; 3], &|body, args| {
                let offset = body.push(ir::ScalarOp::Mul, &[args[0], args[2]], DType::F32);
                body.push(ir::ScalarOp::Add, &[args[1], offset], DType::F32)
            })
        }
        _ => Err(cx.typed_fallback(Ty::Array(wanted, 1), Why::DType, "numpy.arange of these dtypes")),
    }
}

fn linspace(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [start, stop, num, endpoint, retstep, dtype] = bind(
        cx,
        "linspace",
        args,
        ["start", "stop", "num", "endpoint", "retstep", "dtype"],
    )?;
    let (Some(start), Some(stop)) = (start, stop) else {
        return Err(cx.unsupported(Why::Argument, "numpy.linspace without its ends"));
    };
    if super::reduce::flag(cx, &retstep, "retstep")? {
        let array = Ty::Array(dtype_arg(cx, &dtype, DType::F64)?, 1);
        let ty = Ty::Tuple(vec![array, Ty::Np(DType::F64)]);
        return Err(match start.ty.is_scalar() && stop.ty.is_scalar() {
            true => cx.typed_fallback(ty, Why::Argument, "argument 'retstep' of numpy.linspace"),
            false => cx.unsupported(Why::Argument, "argument 'retstep' of numpy.linspace"),
        });
    }
    let ends = [start, stop];
    if ends
        .iter()
        .any(|v| !v.ty.is_scalar() || v.ty.dtype() == Some(DType::C128))
    {
        return Err(cx.unsupported(Why::Argument, "numpy.linspace between arrays"));
    }
    let num = match num {
        Some(n) => cx.to_index(&n)?,
        None => cx.b.i64(50),
    };
    let endpoint = match endpoint {
        Some(e) => cx.to_dtype(&e, DType::Bool)?,
        None => cx.b.bool(true),
    };
    let start = cx.to_dtype(&ends[0], DType::F64)?;
    let stop = cx.to_dtype(&ends[1], DType::F64)?;
    let call = vec![
        Arg::Value(start),
        Arg::Value(stop),
        Arg::Value(num),
        Arg::Value(endpoint),
    ];
    let array = cx.rt(Rt::Linspace, call, Ty::Array(DType::F64, 1));
    match dtype_arg(cx, &dtype, DType::F64)? {
        DType::F64 => Ok(array),
        // NumPy floors before it converts to integers.
        to @ (DType::I32 | DType::I64) => cx.elementwise(&[array], &[DType::F64], &|body, args| {
            let floor = body.push(ir::ScalarOp::Floor, args, DType::F64);
            cast(body, floor, to)
        }),
        to => as_array(cx, &array, Some(to)),
    }
}

fn eye(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Res {
    let (n, m, k, dtype) = if name == "identity" {
        let [n, dtype] = bind(cx, name, args, ["n", "dtype"])?;
        (n, None, None, dtype)
    } else {
        let [n, m, k, dtype] = bind(cx, name, args, ["N", "M", "k", "dtype"])?;
        (n, m, k, dtype)
    };
    let Some(n) = n else {
        return Err(cx.unsupported(Why::Argument, format!("numpy.{name} without a size")));
    };
    let dtype = dtype_arg(cx, &dtype, DType::F64)?;
    let rows = cx.to_index(&n)?;
    let columns = match m {
        Some(m) if !m.is_none() => cx.to_index(&m)?,
        _ => rows,
    };
    let k = match k {
        Some(k) => cx.to_index(&k)?,
        None => cx.b.i64(0),
    };
    let call = vec![
        Arg::Imm(dtype as i64),
        Arg::Value(rows),
        Arg::Value(columns),
        Arg::Value(k),
    ];
    Ok(cx.rt(Rt::Eye, call, Ty::Array(dtype, 2)))
}

/// `numpy.indices`: per axis a grid of positions, stacked.
fn indices(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [shape, dtype] = bind(cx, "indices", args, ["dimensions", "dtype"])?;
    let Some(shape) = shape else {
        return Err(cx.unsupported(Why::Argument, "numpy.indices without a shape"));
    };
    let dtype = dtype_arg(cx, &dtype, DType::I64)?;
    let shape = shape_arg(cx, &shape)?;
    let n = shape.len();
    if n == 0 || n + 1 > lnp_abi::MAX_NDIM {
        return Err(cx.unsupported(Why::Argument, "numpy.indices of this shape"));
    }
    let count = cx.b.i64(n as i64);
    let whole = [vec![count], shape.clone()].concat();
    let grids = alloc(cx, Rt::ArrayEmpty, dtype, whole);
    for (axis, &extent) in shape.iter().enumerate() {
        let places = super::triangle::counter(cx, extent);
        let items = (0..n)
            .map(|d| {
                if d == axis {
                    ir::ViewDim::Full
                } else {
                    ir::ViewDim::NewAxis
                }
            })
            .collect();
        let places = super::index::view(cx, &places, items);
        let at = cx.b.i64(axis as i64);
        let mut items = vec![ir::ViewDim::Index(at)];
        items.extend((0..n).map(|_| ir::ViewDim::Full));
        let grid = super::index::view(cx, &grids, items);
        super::index::assign(cx, &grid, &places)?;
    }
    Ok(grids)
}

/// `numpy.meshgrid`: a tuple of grids; 'xy' swaps the first two axes.
fn meshgrid(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let mut swap = true;
    let mut sparse = false;
    for (key, val) in &args.kw {
        match (key.as_str(), val.const_str(), val.const_bool()) {
            ("indexing", Some("xy"), _) => swap = true,
            ("indexing", Some("ij"), _) => swap = false,
            ("sparse", _, Some(v)) => sparse = v,
            ("copy", _, Some(true)) => {}
            _ => return Err(cx.unsupported(Why::Argument, format!("argument '{key}' of numpy.meshgrid"))),
        }
    }
    let n = args.pos.len();
    if n == 0 || n > lnp_abi::MAX_NDIM {
        return Err(cx.unsupported(Why::Argument, "numpy.meshgrid of so many arrays"));
    }
    let mut shaped = Vec::new();
    for (idx, val) in args.pos.iter().enumerate() {
        let array = as_array(cx, val, None)?;
        if !matches!(array.ty, Ty::Array(_, 1)) {
            return Err(cx.unsupported(Why::Argument, "numpy.meshgrid of arrays that are not 1-D"));
        }
        let axis = match (idx, swap && n > 1) {
            (0, true) => 1,
            (1, true) => 0,
            _ => idx,
        };
        let dims = (0..n)
            .map(|d| {
                if d == axis {
                    ir::ViewDim::Full
                } else {
                    ir::ViewDim::NewAxis
                }
            })
            .collect();
        shaped.push(super::index::view(cx, &array, dims));
    }
    let mut grids = Vec::new();
    for k in 0..n {
        if sparse {
            grids.push(copy_of(cx, &shaped[k], 0));
            continue;
        }
        let dtypes: Vec<DType> = shaped.iter().filter_map(|s| s.ty.dtype()).collect();
        let dtype = dtypes[k];
        grids.push(cx.elementwise(&shaped, &dtypes, &|body, args| cast(body, args[k], dtype))?);
    }
    Ok(Val::tuple(grids))
}
