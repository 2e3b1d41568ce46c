//! `numpy.save` and `numpy.load`.

use super::create::{as_array, bind};
use crate::DType;
use crate::diag::Why;
use crate::lower::{FnLower, Res};
use crate::types::{Ty, join};
use crate::val::Args;
use lnp_abi::ExceptionKind;
use lnp_ir::{self as ir, Arg, Rt, ScalarOp};

pub fn call(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Option<Res> {
    Some(match name {
        "save" => save(cx, args),
        "load" => load(cx, args),
        _ => return None,
    })
}

fn save(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [file, arr] = bind(cx, "save", args, ["file", "arr"])?;
    let (Some(file), Some(arr)) = (file, arr) else {
        return Err(cx.unsupported(Why::Argument, "numpy.save without file and array"));
    };
    if file.ty != Ty::Str {
        return Err(cx.unsupported(Why::Argument, "numpy.save to something else than a path"));
    }
    let array = as_array(cx, &arr, None)?;
    Ok(cx.rt_unit(Rt::NpySave, vec![Arg::Value(file.value()), Arg::Value(array.value())]))
}

/// What a file may hold natively: one union member each. Anything else is refused by a message
/// that says so.
const MEMBERS: &[(DType, std::ops::RangeInclusive<u8>)] = &[
    (DType::F64, 0..=4),
    (DType::F32, 1..=3),
    (DType::I64, 0..=3),
    (DType::I32, 1..=2),
    (DType::Bool, 1..=2),
    (DType::C128, 1..=2),
];

fn load(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [file] = bind(cx, "load", args, ["file"])?;
    let Some(file) = file else {
        return Err(cx.unsupported(Why::Argument, "numpy.load without a file"));
    };
    if file.ty != Ty::Str {
        return Err(cx.unsupported(Why::Argument, "numpy.load of something else than a path"));
    }
    if file.const_str().is_some_and(|path| path.ends_with(".npz")) {
        return Err(cx.unsupported(Why::Argument, "numpy.load of an .npz archive"));
    }
    // Its real dtype and ndim are the tag's business.
    let array = cx.b.call_rt(
        Rt::NpyLoad,
        vec![Arg::Value(file.value())],
        ir::Ty::array(DType::F64, 0),
    );
    let dtype = cx.b.call_rt(Rt::ArrayDType, vec![Arg::Value(array)], ir::Ty::I64);
    let ndim = cx.b.call_rt(Rt::ArrayNdim, vec![Arg::Value(array)], ir::Ty::I64);
    let mut union = Ty::Bottom;
    for (dtype, ndims) in MEMBERS {
        for n in ndims.clone() {
            union = join(&union, &Ty::Array(*dtype, n));
        }
    }
    let Ty::Union(members) = union else {
        return Err(cx.unsupported(Why::Function, "numpy.load"));
    };
    let sixteen = cx.b.i64(16);
    let code = cx.b.scalar(ScalarOp::Mul, &[dtype, sixteen]);
    let code = cx.b.scalar(ScalarOp::Add, &[code, ndim]);
    let mut tag = cx.b.i64(-1);
    for (idx, member) in members.iter().enumerate() {
        let &Ty::Array(dtype, n) = member else { continue };
        let wanted = cx.b.i64(dtype as i64 * 16 + i64::from(n));
        let same = cx.b.scalar(ScalarOp::Eq, &[code, wanted]);
        let idx = cx.b.i64(idx as i64);
        tag = cx.b.scalar(ScalarOp::Select, &[same, idx, tag]);
    }
    let zero = cx.b.i64(0);
    let other = cx.b.scalar(ScalarOp::Lt, &[tag, zero]);
    cx.raise_if(
        other,
        ExceptionKind::NotCompiled,
        "np.load of an array of this dtype and these dimensions is not compiled",
    );
    Ok(cx.union_of_ref(&members, tag, array))
}
