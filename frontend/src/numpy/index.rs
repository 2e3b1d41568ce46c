//! Subscripts of arrays: basic indexing gives views and scalars, masks and integer arrays
//! gather and scatter.

use super::elementwise::cast;
use super::operator::{Loop, LoopOp, binary_loop};
use super::promote::same_kind;
use crate::DType;
use crate::diag::Why;
use crate::lower::{FnLower, Res};
use crate::ops::BinOp;
use crate::types::Ty;
use crate::val::Val;
use lnp_abi::ExceptionKind;
use lnp_ir::{self as ir, Arg, BodyVal, Rt, ScalarOp, ViewDim};

/// One item of an index, over the axes of the array.
enum Item {
    Dim(ViewDim),
    /// An integer or boolean array.
    Advanced(Val),
}

/// What an index asks for.
enum Plan {
    /// One element: an index per axis.
    Element(Vec<ir::Value>),
    /// A view.
    View(Vec<ViewDim>),
    /// `view[mask]`: the mask covers the leading axes of the view.
    Mask { view: Val, mask: Val },
    /// `take(view, idx, axis)`.
    Take { view: Val, axis: u8, idx: Val },
    /// Integer arrays on all leading axes.
    Gather { idx: Vec<Val> },
}

fn plan(cx: &mut FnLower<'_>, array: &Val, index: &Val) -> Res<Plan> {
    let Ty::Array(_, ndim) = array.ty else {
        return Err(cx.unsupported(Why::Mixed, "a subscript of something that is no array"));
    };
    let parts = match &index.ty {
        Ty::Tuple(_) => index.elements().unwrap_or_default(),
        _ => vec![index.clone()],
    };
    let mut items = Vec::new();
    let mut covered = 0usize;
    let mut ellipsis = None;
    for part in parts {
        match &part.ty {
            Ty::Ellipsis if ellipsis.is_some() => {
                return Err(cx.raise(ExceptionKind::IndexError, "an index can only have a single ellipsis ('...')"));
            }
            Ty::Ellipsis => ellipsis = Some(items.len()),
            Ty::None => items.push(Item::Dim(ViewDim::NewAxis)),
            Ty::Int | Ty::Np(DType::I32 | DType::I64) => {
                items.push(Item::Dim(ViewDim::Index(cx.to_index(&part)?)));
                covered += 1;
            }
            Ty::Slice(_) => {
                items.push(Item::Dim(slice_dim(cx, &part)?));
                covered += 1;
            }
            Ty::Array(DType::Bool, n) if *n > 0 => {
                covered += *n as usize;
                items.push(Item::Advanced(part));
            }
            Ty::Array(DType::I32 | DType::I64, _) => {
                covered += 1;
                let idx = cx.astype_if(&part, DType::I64)?;
                items.push(Item::Advanced(idx));
            }
            Ty::List(_) => {
                let idx = super::create::as_array(cx, &part, None)?;
                match idx.ty {
                    Ty::Array(DType::Bool, n) => {
                        covered += n as usize;
                        items.push(Item::Advanced(idx));
                    }
                    Ty::Array(DType::I64 | DType::I32, _) => {
                        covered += 1;
                        let idx = cx.astype_if(&idx, DType::I64)?;
                        items.push(Item::Advanced(idx));
                    }
                    _ => return Err(cx.unsupported(Why::Argument, "an index of this kind")),
                }
            }
            Ty::Float | Ty::Np(DType::F32 | DType::F64) | Ty::Str | Ty::Complex => {
                return Err(cx.wrong(
                    ExceptionKind::IndexError,
                    "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays \
                     are valid indices",
                ));
            }
            _ => return Err(cx.unsupported(Why::Argument, "an index of this kind")),
        }
    }
    if covered > ndim as usize {
        let text = format!(
            "too many indices for array: array is {ndim}-dimensional, but {covered} were indexed"
        );
        return Err(cx.raise(ExceptionKind::IndexError, &text));
    }
    let missing = ndim as usize - covered;
    let at = ellipsis.unwrap_or(items.len());
    items.splice(at..at, (0..missing).map(|_| Item::Dim(ViewDim::Full)));
    if items.iter().any(|i| matches!(i, Item::Advanced(_))) {
        return advanced(cx, array, items, ellipsis.is_some());
    }
    let dims: Vec<ViewDim> = items
        .into_iter()
        .filter_map(|i| match i {
            Item::Dim(d) => Some(d),
            Item::Advanced(_) => None,
        })
        .collect();
    let indices: Vec<ir::Value> = dims
        .iter()
        .filter_map(|d| match d {
            ViewDim::Index(v) => Some(*v),
            _ => None,
        })
        .collect();
    if indices.len() == dims.len() && indices.len() == ndim as usize && ellipsis.is_none() {
        return Ok(Plan::Element(indices));
    }
    Ok(Plan::View(dims))
}

fn slice_dim(cx: &mut FnLower<'_>, slice: &Val) -> Res<ViewDim> {
    let parts = slice.elements().unwrap_or_default();
    if parts.iter().all(Val::is_none) {
        return Ok(ViewDim::Full);
    }
    let mut values = [None; 3];
    for (slot, part) in values.iter_mut().zip(&parts) {
        if !part.is_none() {
            *slot = Some(cx.to_index(part)?);
        }
    }
    if let Some(step) = values[2] {
        match parts[2].const_int() {
            Some(0) => return Err(cx.raise(ExceptionKind::ValueError, "slice step cannot be zero")),
            Some(1) => values[2] = None,
            Some(_) => {}
            None => {
                let zero = cx.b.i64(0);
                let is_zero = cx.b.scalar(ScalarOp::Eq, &[step, zero]);
                cx.raise_if(is_zero, ExceptionKind::ValueError, "slice step cannot be zero");
            }
        }
    }
    let [start, stop, step] = values;
    Ok(ViewDim::Slice { start, stop, step })
}

/// Splits an index with arrays into a view and one gathering step.
fn advanced(cx: &mut FnLower<'_>, array: &Val, items: Vec<Item>, _has_ellipsis: bool) -> Res<Plan> {
    let n_advanced = items.iter().filter(|i| matches!(i, Item::Advanced(_))).count();
    let n_ints = items.iter().filter(|i| matches!(i, Item::Dim(ViewDim::Index(_)))).count();
    if n_advanced == 1 {
        let mut dims = Vec::new();
        let mut found = None;
        let mut out_axis = 0u8;
        for item in &items {
            match item {
                Item::Dim(d) => {
                    if !matches!(d, ViewDim::Index(_)) && found.is_none() {
                        out_axis += 1;
                    }
                    dims.push(d.clone());
                }
                Item::Advanced(idx) => {
                    let n = match idx.ty {
                        Ty::Array(DType::Bool, n) => n,
                        _ => 1,
                    };
                    found = Some(idx.clone());
                    dims.extend((0..n).map(|_| ViewDim::Full));
                }
            }
        }
        let Some(idx) = found else {
            return Err(cx.unsupported(Why::Argument, "an index of this kind"));
        };
        // An int beside an array is an array too; apart from it, the gathered axes come first.
        if n_ints > 0 && !adjacent(&items) {
            return Err(cx.unsupported(Why::Argument, "integers and an array apart from each other in an index"));
        }
        let view = if dims.iter().all(|d| matches!(d, ViewDim::Full)) {
            array.clone()
        } else {
            view(cx, array, dims)
        };
        return Ok(match idx.ty {
            Ty::Array(DType::Bool, _) if out_axis == 0 => Plan::Mask { view, mask: idx },
            Ty::Array(DType::Bool, 1) => {
                let positions = nonzero(cx, &idx, 0);
                // The extents must match as for any mask.
                Plan::Take { view, axis: out_axis, idx: positions }
            }
            Ty::Array(DType::Bool, _) => return Err(cx.unsupported(Why::Argument, "a mask behind other axes")),
            _ => Plan::Take { view, axis: out_axis, idx },
        });
    }
    // Several integer arrays on the leading axes, whole axes behind them.
    let lead = items.iter().take_while(|i| matches!(i, Item::Advanced(_) | Item::Dim(ViewDim::Index(_)))).count();
    if !items[lead..].iter().all(|i| matches!(i, Item::Dim(ViewDim::Full))) {
        return Err(cx.unsupported(Why::Argument, "this mix of arrays and slices in an index"));
    }
    let mut idx = Vec::new();
    for item in &items[..lead] {
        match item {
            Item::Advanced(val) if matches!(val.ty, Ty::Array(DType::I64, _)) => idx.push(val.clone()),
            Item::Dim(ViewDim::Index(v)) => idx.push(Val::one(Ty::Np(DType::I64), *v)),
            _ => return Err(cx.unsupported(Why::Argument, "several masks in an index")),
        }
    }
    // Each index array broadcast to their common shape.
    let all = idx.clone();
    let mut broadcast = Vec::new();
    for k in 0..all.len() {
        let dtypes = vec![DType::I64; all.len()];
        broadcast.push(cx.elementwise(&all, &dtypes, &|_, args| args[k])?);
    }
    Ok(Plan::Gather { idx: broadcast })
}

/// Whether integers and the array stand side by side.
fn adjacent(items: &[Item]) -> bool {
    let is_advanced = |i: &Item| matches!(i, Item::Advanced(_) | Item::Dim(ViewDim::Index(_)));
    let first = items.iter().position(is_advanced);
    let last = items.iter().rposition(is_advanced);
    match (first, last) {
        (Some(first), Some(last)) => items[first..=last].iter().all(is_advanced),
        _ => true,
    }
}

/// A view by basic items that cover all axes.
pub fn view(cx: &mut FnLower<'_>, array: &Val, dims: Vec<ViewDim>) -> Val {
    let dtype = array.ty.dtype().unwrap_or(DType::F64);
    let ndim = dims.iter().filter(|d| !matches!(d, ViewDim::Index(_))).count() as u8;
    let inst = ir::Inst::View {
        base: array.value(),
        dims,
    };
    let value = cx.b.push1(inst, ir::Ty::array(dtype, ndim));
    Val::one(Ty::Array(dtype, ndim), value)
}

/// The positions of true elements along one axis of a mask.
pub fn nonzero(cx: &mut FnLower<'_>, mask: &Val, axis: i64) -> Val {
    cx.rt(
        Rt::NonzeroAxis,
        vec![Arg::Value(mask.value()), Arg::Imm(axis)],
        Ty::Array(DType::I64, 1),
    )
}

/// `array[index]`.
pub fn load(cx: &mut FnLower<'_>, array: &Val, index: &Val) -> Res {
    let Ty::Array(dtype, ndim) = array.ty else {
        return Err(cx.unsupported(Why::Mixed, "a subscript of a NumPy scalar"));
    };
    Ok(match plan(cx, array, index)? {
        Plan::Element(indices) => element(cx, array, dtype, indices),
        Plan::View(dims) => view(cx, array, dims),
        Plan::Mask { view, mask } => {
            let (Ty::Array(_, n), Ty::Array(_, m)) = (&view.ty, &mask.ty) else {
                return Err(cx.unsupported(Why::Mixed, "not an array"));
            };
            let ty = Ty::Array(dtype, n - m + 1);
            cx.rt(Rt::MaskGet, vec![Arg::Value(view.value()), Arg::Value(mask.value())], ty)
        }
        Plan::Take { view, axis, idx } => {
            let (Ty::Array(_, n), Ty::Array(_, m)) = (&view.ty, &idx.ty) else {
                return Err(cx.unsupported(Why::Mixed, "not an array"));
            };
            let ty = checked_ndim(cx, dtype, (n - 1 + m) as usize)?;
            let args = vec![Arg::Value(view.value()), Arg::Imm(axis as i64), Arg::Value(idx.value())];
            cx.rt(Rt::Take, args, ty)
        }
        Plan::Gather { idx } => {
            let m = match idx[0].ty {
                Ty::Array(_, m) => m,
                _ => return Err(cx.unsupported(Why::Argument, "an index of this kind")),
            };
            let ty = checked_ndim(cx, dtype, ndim as usize - idx.len() + m as usize)?;
            let slots = idx.iter().map(Val::value).collect();
            cx.rt(Rt::GatherGet, vec![Arg::Value(array.value()), Arg::Slots(slots)], ty)
        }
    })
}

fn checked_ndim(cx: &FnLower<'_>, dtype: DType, ndim: usize) -> Res<Ty> {
    if ndim > lnp_abi::MAX_NDIM {
        return Err(cx.unsupported(Why::DType, "more than eight dimensions"));
    }
    Ok(Ty::Array(dtype, ndim as u8))
}

/// One element as a NumPy scalar.
pub fn element(cx: &mut FnLower<'_>, array: &Val, dtype: DType, indices: Vec<ir::Value>) -> Val {
    let rt = match dtype {
        DType::Bool => Rt::GetBool,
        DType::I32 => Rt::GetI32,
        DType::I64 => Rt::GetI64,
        DType::F32 => Rt::GetF32,
        DType::F64 => Rt::GetF64,
        DType::C128 => Rt::GetC128,
    };
    cx.rt(rt, vec![Arg::Value(array.value()), Arg::Slots(indices)], Ty::Np(dtype))
}

/// `array[index] = value`.
pub fn store(cx: &mut FnLower<'_>, array: &Val, index: &Val, value: &Val) -> Res<()> {
    let Ty::Array(dtype, _) = array.ty else {
        return Err(cx.unsupported(Why::Mixed, "an assignment into something that is no array"));
    };
    let planned = plan(cx, array, index)?;
    let value = cx.operand(value)?;
    store_planned(cx, array, dtype, planned, &value)
}

fn store_planned(cx: &mut FnLower<'_>, array: &Val, dtype: DType, planned: Plan, value: &Val) -> Res<()> {
    match planned {
        Plan::Element(indices) if value.ty.is_scalar() => {
            let value = cx.scalar_as(value, dtype)?;
            set_element(cx, array, dtype, indices, value);
            Ok(())
        }
        Plan::Element(indices) => {
            let dims = indices.into_iter().map(ViewDim::Index).collect();
            let dst = view(cx, array, dims);
            assign(cx, &dst, value)
        }
        Plan::View(dims) => {
            let whole = dims.iter().all(|d| matches!(d, ViewDim::Full));
            let dst = if whole { array.clone() } else { view(cx, array, dims) };
            assign(cx, &dst, value)
        }
        Plan::Mask { view, mask } if value.ty.is_scalar() => {
            let value = value.clone();
            masked_update(cx, &view, &mask, &value, None)
        }
        Plan::Mask { view, mask } => {
            let value = cx.astype_if(value, dtype)?;
            let args = vec![Arg::Value(view.value()), Arg::Value(mask.value()), Arg::Value(value.value())];
            cx.rt_unit(Rt::MaskSet, args);
            Ok(())
        }
        Plan::Take { view, axis: 0, idx } => {
            let value = cx.as_values(value, dtype)?;
            let args = vec![Arg::Value(view.value()), Arg::Slots(vec![idx.value()]), Arg::Value(value.value())];
            cx.rt_unit(Rt::GatherSet, args);
            Ok(())
        }
        Plan::Take { .. } => Err(cx.unsupported(Why::Argument, "an assignment through an index array on an inner axis")),
        Plan::Gather { idx } => {
            let value = cx.as_values(value, dtype)?;
            let slots = idx.iter().map(Val::value).collect();
            let args = vec![Arg::Value(array.value()), Arg::Slots(slots), Arg::Value(value.value())];
            cx.rt_unit(Rt::GatherSet, args);
            Ok(())
        }
    }
}

/// `dst[...] = value`.
pub fn assign(cx: &mut FnLower<'_>, dst: &Val, value: &Val) -> Res<()> {
    let Ty::Array(dtype, _) = dst.ty else {
        return Err(cx.unsupported(Why::Mixed, "not an array"));
    };
    let value = match &value.ty {
        Ty::Array(..) => value.clone(),
        // A scalar is converted once, not per element.
        _ => {
            let v = cx.scalar_as(value, dtype)?;
            Val::one(Ty::Np(dtype), v)
        }
    };
    let from = value.ty.dtype().unwrap_or(dtype);
    cx.elementwise_into(dst, false, &[value], &[from], &|body, args| cast(body, args[0], dtype))
}

fn set_element(cx: &mut FnLower<'_>, array: &Val, dtype: DType, indices: Vec<ir::Value>, value: ir::Value) {
    let rt = match dtype {
        DType::Bool => Rt::SetBool,
        DType::I32 => Rt::SetI32,
        DType::I64 => Rt::SetI64,
        DType::F32 => Rt::SetF32,
        DType::F64 => Rt::SetF64,
        DType::C128 => Rt::SetC128,
    };
    cx.rt_unit(rt, vec![Arg::Value(array.value()), Arg::Slots(indices), Arg::Value(value)]);
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
        if op.is_some() {
            return Err(cx.unsupported(Why::Argument, "an in-place operator through a mask of fewer dimensions"));
        }
        let value = cx.as_values(&value, dtype)?;
        let args = vec![Arg::Value(view.value()), Arg::Value(mask.value()), Arg::Value(value.value())];
        cx.rt_unit(Rt::MaskSet, args);
        return Ok(());
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

/// `array[index] op= value`.
pub fn update(cx: &mut FnLower<'_>, op: BinOp, array: &Val, index: &Val, value: &Val) -> Res<()> {
    let Ty::Array(dtype, _) = array.ty else {
        return Err(cx.unsupported(Why::Mixed, "an assignment into something that is no array"));
    };
    match plan(cx, array, index)? {
        Plan::Element(indices) => {
            let old = element(cx, array, dtype, indices.clone());
            let new = super::operator::binary(cx, op, &old, value)?;
            if !new.ty.is_scalar() {
                return Err(cx.unsupported(Why::Argument, "an array stored into one element"));
            }
            let new = cx.scalar_as(&new, dtype)?;
            set_element(cx, array, dtype, indices, new);
            Ok(())
        }
        Plan::View(dims) => {
            let whole = dims.iter().all(|d| matches!(d, ViewDim::Full));
            let dst = if whole { array.clone() } else { view(cx, array, dims) };
            super::operator::inplace(cx, op, &dst, value).map(|_| ())
        }
        Plan::Mask { view, mask } => {
            let value = cx.operand(value)?;
            let same_rank = matches!((&view.ty, &mask.ty), (Ty::Array(_, n), Ty::Array(_, m)) if n == m);
            if value.ty.is_scalar() && same_rank && op != BinOp::MatMul {
                let picked = binary_loop(cx, op, &view, &value)?;
                if !same_kind(picked.dtype, dtype) {
                    return Err(cx.unsupported(Why::Argument, "NumPy refuses to store the result in place"));
                }
                return masked_update(cx, &view, &mask, &value, Some(&picked));
            }
            update_gathered(cx, op, array, dtype, Plan::Mask { view, mask }, &value)
        }
        planned => {
            let value = cx.operand(value)?;
            update_gathered(cx, op, array, dtype, planned, &value)
        }
    }
}

/// Reads through an index array, computes, and writes back.
fn update_gathered(
    cx: &mut FnLower<'_>,
    op: BinOp,
    array: &Val,
    dtype: DType,
    planned: Plan,
    value: &Val,
) -> Res<()> {
    let (rt, base, mut args, ndim) = match &planned {
        Plan::Mask { view, mask } => (Rt::MaskGet, view.clone(), vec![Arg::Value(mask.value())], 1),
        Plan::Take { view, axis, idx } => (
            Rt::Take,
            view.clone(),
            vec![Arg::Imm(*axis as i64), Arg::Value(idx.value())],
            match (&view.ty, &idx.ty) {
                (Ty::Array(_, n), Ty::Array(_, m)) => n - 1 + m,
                _ => 1,
            },
        ),
        Plan::Gather { idx } => (
            Rt::GatherGet,
            array.clone(),
            vec![Arg::Slots(idx.iter().map(Val::value).collect())],
            match (&array.ty, &idx[0].ty) {
                (Ty::Array(_, n), Ty::Array(_, m)) => n - idx.len() as u8 + m,
                _ => 1,
            },
        ),
        _ => return Err(cx.unsupported(Why::Argument, "an index of this kind")),
    };
    if let (Plan::Mask { view, mask }, (Ty::Array(_, n), Ty::Array(_, m))) =
        (&planned, (&base.ty, mask_ty(&planned)))
        && n != m
    {
        let _ = (view, mask);
        return Err(cx.unsupported(Why::Argument, "an in-place operator through a mask of fewer dimensions"));
    }
    args.insert(0, Arg::Value(base.value()));
    let old = cx.rt(rt, args, Ty::Array(dtype, ndim));
    let new = super::operator::binary(cx, op, &old, value)?;
    if !same_kind(new.ty.dtype().unwrap_or(dtype), dtype) {
        return Err(cx.unsupported(Why::Argument, "NumPy refuses to store the result in place"));
    }
    store_planned(cx, array, dtype, planned, &new)
}

fn mask_ty(planned: &Plan) -> &Ty {
    match planned {
        Plan::Mask { mask, .. } => &mask.ty,
        _ => &Ty::None,
    }
}

impl<'a> FnLower<'a> {
    /// An array of a dtype: the same one when it is of it already.
    pub fn astype_if(&mut self, val: &Val, dtype: DType) -> Res {
        if val.ty.dtype() == Some(dtype) { Ok(val.clone()) } else { self.astype(val, dtype) }
    }

    /// A scalar as a dtype, as assignment into an array converts it.
    pub fn scalar_as(&mut self, val: &Val, dtype: DType) -> Res<ir::Value> {
        let Some(from) = val.ty.scalar_dtype() else {
            return Err(self.unsupported(Why::Mixed, format!("a '{}' stored into an array", val.ty.python_name())));
        };
        match (from, dtype) {
            (DType::C128, to) if to != DType::C128 => {
                Err(self.unsupported(Why::Mixed, "a complex number stored into a real array"))
            }
            // Python's int and float conversions raise where C's would not.
            (DType::F64, DType::I32 | DType::I64) if val.ty == Ty::Float => {
                let wide = self.b.call_rt(Rt::IntFromFloat, vec![Arg::Value(val.value())], ir::Ty::I64);
                Ok(self.b.cast(wide, dtype))
            }
            (DType::I64, DType::I32) if val.ty == Ty::Int => {
                self.int_as_i32(val)
            }
            _ => Ok(self.b.cast(val.value(), dtype)),
        }
    }

    /// Values to scatter: an array of the dtype; a scalar becomes a 0-d array.
    fn as_values(&mut self, val: &Val, dtype: DType) -> Res {
        if val.ty.is_array() {
            return self.astype_if(val, dtype);
        }
        let value = self.scalar_as(val, dtype)?;
        Ok(super::create::zero_dim(self, value, dtype))
    }
}
