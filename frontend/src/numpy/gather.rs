//! Masks and integer arrays as indices: gathering, scattering, and both at once.

use super::elementwise::cast;
use super::index::{Item, Plan, nonzero, view};
use super::operator::{Loop, LoopOp, binary_loop};
use super::promote::same_kind;
use super::shape::{dim, permute};
use crate::DType;
use crate::diag::Why;
use crate::lower::{FnLower, Res};
use crate::ops::BinOp;
use crate::types::Ty;
use crate::val::Val;
use lnp_abi::ExceptionKind;
use lnp_ir::{self as ir, Arg, BodyVal, Rt, ScalarOp, ViewDim};

/// Splits an index with arrays into a view and one gathering step.
pub fn advanced(cx: &mut FnLower<'_>, array: &Val, items: Vec<Item>) -> Res<Plan> {
    let n_advanced = items.iter().filter(|i| matches!(i, Item::Advanced(_))).count();
    let n_ints = items
        .iter()
        .filter(|i| matches!(i, Item::Dim(ViewDim::Index(_))))
        .count();
    if n_advanced != 1 || (n_ints > 0 && !adjacent(&items)) {
        return general(cx, array, items);
    }
    let mut dims = Vec::new();
    let mut found = None;
    let mut axis = 0u8;
    for item in items {
        match item {
            Item::Dim(d) => {
                if !matches!(d, ViewDim::Index(_)) && found.is_none() {
                    axis += 1;
                }
                dims.push(d);
            }
            Item::Advanced(idx) => {
                let n = if let Ty::Array(DType::Bool, n) = idx.ty { n } else { 1 };
                dims.extend((0..n).map(|_| ViewDim::Full));
                found = Some(idx);
            }
        }
    }
    let Some(idx) = found else {
        return Err(cx.unsupported(Why::Argument, "an index of this kind"));
    };
    let view = match dims.iter().all(|d| matches!(d, ViewDim::Full)) {
        true => array.clone(),
        false => view(cx, array, dims),
    };
    Ok(match idx.ty {
        Ty::Array(DType::Bool, _) if axis == 0 => Plan::Mask { view, mask: idx },
        Ty::Array(DType::Bool, n) => {
            let mut positions = Vec::new();
            for k in 0..n {
                check_extent(cx, &view, axis + k, &idx, k);
                positions.push(nonzero(cx, &idx, i64::from(k)));
            }
            match positions.len() {
                1 => Plan::Take {
                    view,
                    axis,
                    idx: positions.remove(0),
                },
                _ => {
                    let view = to_front(cx, &view, axis, n);
                    Plan::Gather {
                        view,
                        idx: positions,
                        at: axis,
                    }
                }
            }
        }
        _ => Plan::Take { view, axis, idx },
    })
}

/// The view with `n` axes from `axis` on moved to the front.
fn to_front(cx: &mut FnLower<'_>, array: &Val, axis: u8, n: u8) -> Val {
    let ndim = if let Ty::Array(_, ndim) = array.ty { ndim } else { 0 };
    let perm = (axis..axis + n)
        .chain(0..axis)
        .chain(axis + n..ndim)
        .map(i64::from)
        .collect();
    permute(cx, array, perm)
}

/// Several index arrays, or integers apart from one: all are broadcast together.
fn general(cx: &mut FnLower<'_>, array: &Val, items: Vec<Item>) -> Res<Plan> {
    let together = adjacent(&items);
    let mut dims = Vec::new();
    let mut idx = Vec::new();
    // Of the view: the axes that index arrays cover, and the others.
    let (mut covered, mut others) = (Vec::new(), Vec::new());
    let mut at = None;
    for item in items {
        match item {
            Item::Dim(ViewDim::Index(v)) => {
                at = at.or(Some(others.len()));
                idx.push(Val::one(Ty::Np(DType::I64), v));
                covered.push(dims.len() as i64);
                dims.push(ViewDim::Full);
            }
            Item::Dim(d) => {
                others.push(dims.len() as i64);
                dims.push(d);
            }
            Item::Advanced(val) => {
                at = at.or(Some(others.len()));
                let Ty::Array(DType::Bool, n) = val.ty else {
                    idx.push(val);
                    covered.push(dims.len() as i64);
                    dims.push(ViewDim::Full);
                    continue;
                };
                for k in 0..n {
                    idx.push(nonzero(cx, &val, i64::from(k)));
                    covered.push(dims.len() as i64);
                    dims.push(ViewDim::Full);
                }
                // The mask's extents are the array's: the axis before any new one.
                let new = dims.iter().filter(|d| matches!(d, ViewDim::NewAxis)).count() as u8;
                let first = dims.len() as u8 - n - new;
                for k in 0..n {
                    check_extent(cx, array, first + k, &val, k);
                }
            }
        }
    }
    let view = match dims.iter().all(|d| matches!(d, ViewDim::Full)) {
        true => array.clone(),
        false => view(cx, array, dims),
    };
    let view = permute(cx, &view, covered.into_iter().chain(others).collect());
    let mut broadcast = Vec::new();
    for k in 0..idx.len() {
        let dtypes = vec![DType::I64; idx.len()];
        broadcast.push(cx.elementwise(&idx, &dtypes, &|_, args| args[k])?);
    }
    let at = if together { at.unwrap_or(0) as u8 } else { 0 };
    Ok(Plan::Gather {
        view,
        idx: broadcast,
        at,
    })
}

/// Whether integers and arrays stand side by side.
fn adjacent(items: &[Item]) -> bool {
    let is_advanced = |i: &Item| matches!(i, Item::Advanced(_) | Item::Dim(ViewDim::Index(_)));
    let first = items.iter().position(is_advanced);
    let last = items.iter().rposition(is_advanced);
    match (first, last) {
        (Some(first), Some(last)) => items[first..=last].iter().all(is_advanced),
        _ => true,
    }
}

/// Raises NumPy's error where a mask's axis is not as long as the array's.
fn check_extent(cx: &mut FnLower<'_>, array: &Val, axis: u8, mask: &Val, of_mask: u8) {
    let (size, wanted) = (dim(cx, array, axis), dim(cx, mask, of_mask));
    let differs = cx.b.scalar(ScalarOp::Ne, &[size, wanted]);
    let (bad, good) = (cx.b.func.new_block(), cx.b.func.new_block());
    cx.b.branch(differs, bad, good);
    cx.b.switch_to(bad);
    let before = cx.b.str(&format!(
        "boolean index did not match indexed array along axis {axis}; size of axis is "
    ));
    let between = cx.b.str(" but size of corresponding boolean axis is ");
    let size = cx.b.call_rt(Rt::StrFromI64, vec![Arg::Value(size)], ir::Ty::Str);
    let wanted = cx.b.call_rt(Rt::StrFromI64, vec![Arg::Value(wanted)], ir::Ty::Str);
    let parts = vec![before, size, between, wanted];
    let text = cx.b.call_rt(Rt::StrConcat, vec![Arg::Slots(parts)], ir::Ty::Str);
    let _ = cx.raise_value(ExceptionKind::IndexError, text);
    cx.b.switch_to(good);
}

/// The elements that a plan with index arrays names.
pub fn load(cx: &mut FnLower<'_>, dtype: DType, planned: &Plan) -> Res {
    Ok(match planned {
        Plan::Mask { view, mask } => {
            let (Ty::Array(_, n), Ty::Array(_, m)) = (&view.ty, &mask.ty) else {
                return Err(cx.unsupported(Why::Mixed, "not an array"));
            };
            let ty = Ty::Array(dtype, n - m + 1);
            cx.rt(
                Rt::MaskGet,
                vec![Arg::Value(view.value()), Arg::Value(mask.value())],
                ty,
            )
        }
        Plan::Take { view, axis, idx } => {
            let (Ty::Array(_, n), Ty::Array(_, m)) = (&view.ty, &idx.ty) else {
                return Err(cx.unsupported(Why::Mixed, "not an array"));
            };
            let ty = checked_ndim(cx, dtype, (n - 1 + m) as usize)?;
            let args = vec![
                Arg::Value(view.value()),
                Arg::Imm(*axis as i64),
                Arg::Value(idx.value()),
                Arg::Imm(1),
            ];
            cx.rt(Rt::Take, args, ty)
        }
        Plan::Gather { view, idx, at } => {
            let (Ty::Array(_, n), Ty::Array(_, m)) = (&view.ty, &idx[0].ty) else {
                return Err(cx.unsupported(Why::Argument, "an index of this kind"));
            };
            let (m, ndim) = (*m, *n as usize - idx.len() + *m as usize);
            let ty = checked_ndim(cx, dtype, ndim)?;
            let slots = idx.iter().map(Val::value).collect();
            let found = cx.rt(Rt::GatherGet, vec![Arg::Value(view.value()), Arg::Slots(slots)], ty);
            let perm = (m..m + at)
                .chain(0..m)
                .chain(m + at..ndim as u8)
                .map(i64::from)
                .collect();
            permute(cx, &found, perm)
        }
        _ => return Err(cx.unsupported(Why::Argument, "an index of this kind")),
    })
}

fn checked_ndim(cx: &FnLower<'_>, dtype: DType, ndim: usize) -> Res<Ty> {
    if ndim > lnp_abi::MAX_NDIM {
        return Err(cx.unsupported(Why::DType, "more than eight dimensions"));
    }
    Ok(Ty::Array(dtype, ndim as u8))
}

/// Stores into the elements that a plan with index arrays names.
pub fn store(cx: &mut FnLower<'_>, dtype: DType, planned: &Plan, value: &Val) -> Res<()> {
    match planned {
        Plan::Mask { view, mask } if value.ty.is_scalar() && same_ndim(view, mask) => {
            masked_update(cx, view, mask, value, None)
        }
        Plan::Mask { view, mask } => {
            let value = cx.as_values(value, dtype)?;
            let args = vec![
                Arg::Value(view.value()),
                Arg::Value(mask.value()),
                Arg::Value(value.value()),
            ];
            cx.rt_unit(Rt::MaskSet, args);
            Ok(())
        }
        Plan::Take { view, axis, idx } => {
            let view = to_front(cx, view, *axis, 1);
            scatter(cx, dtype, &view, std::slice::from_ref(idx), *axis, value)
        }
        Plan::Gather { view, idx, at } => scatter(cx, dtype, view, idx, *at, value),
        _ => Err(cx.unsupported(Why::Argument, "an index of this kind")),
    }
}

fn same_ndim(view: &Val, mask: &Val) -> bool {
    matches!((&view.ty, &mask.ty), (Ty::Array(_, n), Ty::Array(_, m)) if n == m)
}

fn scatter(cx: &mut FnLower<'_>, dtype: DType, base: &Val, idx: &[Val], at: u8, value: &Val) -> Res<()> {
    let mut value = cx.as_values(value, dtype)?;
    let (Ty::Array(_, n), Ty::Array(_, m), Ty::Array(_, k)) = (&base.ty, &idx[0].ty, &value.ty) else {
        return Err(cx.unsupported(Why::Mixed, "not an array"));
    };
    let (m, k, ndim) = (*m, *k, n - idx.len() as u8 + m);
    if at > 0 && k > 0 {
        // The value's axes are in the result's order: the indices' go to the front.
        if k > ndim {
            return Err(cx.unsupported(Why::Argument, "the value has more dimensions than its destination"));
        }
        let mut dims = vec![ViewDim::NewAxis; (ndim - k) as usize];
        dims.extend((0..k).map(|_| ViewDim::Full));
        let whole = view(cx, &value, dims);
        let perm = (at..at + m).chain(0..at).chain(at + m..ndim).map(i64::from).collect();
        value = permute(cx, &whole, perm);
    }
    let slots = idx.iter().map(Val::value).collect();
    let args = vec![Arg::Value(base.value()), Arg::Slots(slots), Arg::Value(value.value())];
    cx.rt_unit(Rt::GatherSet, args);
    Ok(())
}

/// `array[index] op= value` through index arrays: reads, computes, and writes back.
pub fn update(cx: &mut FnLower<'_>, op: BinOp, dtype: DType, planned: &Plan, value: &Val) -> Res<()> {
    if let Plan::Mask { view, mask } = planned
        && value.ty.is_scalar()
        && same_ndim(view, mask)
        && op != BinOp::MatMul
    {
        let picked = binary_loop(cx, op, view, value)?;
        let result = picked.result();
        if !same_kind(result, dtype) {
            return Err(cx.unsupported(Why::Argument, "NumPy refuses to store the result in place"));
        }
        return masked_update(cx, view, mask, value, Some(&picked));
    }
    let old = load(cx, dtype, planned)?;
    let new = super::operator::binary(cx, op, &old, value)?;
    // The operator works in place on what was read: its type and shape stay.
    let fits = matches!((&old.ty, &new.ty), (Ty::Array(_, n), Ty::Array(_, m)) if n == m);
    if !fits || !same_kind(new.ty.dtype().unwrap_or(dtype), dtype) {
        return Err(cx.unsupported(Why::Argument, "NumPy refuses to store the result in place"));
    }
    store(cx, dtype, planned, &new)
}

/// `view[mask] = value` or `view[mask] op= value` for a scalar: element by element where the
/// shapes are equal; otherwise the runtime decides (and raises NumPy's error).
fn masked_update(cx: &mut FnLower<'_>, view: &Val, mask: &Val, value: &Val, op: Option<&Loop>) -> Res<()> {
    let (Ty::Array(dtype, n), Ty::Array(_, m)) = (view.ty.clone(), mask.ty.clone()) else {
        return Err(cx.unsupported(Why::Mixed, "not an array"));
    };
    let value = match op {
        None => {
            let v = cx.scalar_as(value, dtype)?;
            Val::one(Ty::Np(dtype), v)
        }
        Some(_) => value.clone(),
    };
    if n != m {
        return Err(cx.unsupported(Why::Mixed, "a mask of fewer dimensions"));
    }
    let same = cx.b.call_rt(
        Rt::SameShape,
        vec![Arg::Value(view.value()), Arg::Value(mask.value())],
        ir::Ty::BOOL,
    );
    let (good, bad) = (cx.b.func.new_block(), cx.b.func.new_block());
    cx.b.branch(same, good, bad);
    // MaskGet raises for every mask whose shape is not the array's.
    cx.b.switch_to(bad);
    let args = vec![Arg::Value(view.value()), Arg::Value(mask.value())];
    cx.rt(Rt::MaskGet, args, Ty::Array(dtype, 1));
    cx.b.jump(good, Vec::new());
    cx.b.switch_to(good);
    let loop_dtype = op.map_or(dtype, |l| l.dtype);
    let loop_op = op.map(|l| l.op);
    cx.elementwise_into(
        view,
        true,
        &[mask.clone(), view.clone(), value],
        &[DType::Bool, dtype, loop_dtype],
        &|body, args| {
            let new = match loop_op {
                None => args[2],
                Some(op) => {
                    let old = cast(body, args[1], loop_dtype);
                    let operands: &[BodyVal] = match op {
                        LoopOp::One(op) if op.arity() == 2 => &[old, args[2]],
                        _ => &[old],
                    };
                    let new = op.build(body, operands);
                    cast(body, new, dtype)
                }
            };
            body.push(ScalarOp::Select, &[args[0], new, args[1]], dtype)
        },
    )
}
