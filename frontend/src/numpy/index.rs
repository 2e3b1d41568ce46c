//! Subscripts of arrays: what an index asks for; basic indexing gives views and scalars.
//! Masks and integer arrays are `gather`'s.

use super::aliasing::{Write, check_write, inherit};
use super::elementwise::cast;
use super::gather;
use crate::DType;
use crate::diag::Why;
use crate::lower::{FnLower, Res};
use crate::ops::BinOp;
use crate::types::Ty;
use crate::val::Val;
use lnp_abi::ExceptionKind;
use lnp_ir::{self as ir, Arg, Rt, ScalarOp, ViewDim};

/// One item of an index, over the axes of the array.
pub enum Item {
    Dim(ViewDim),
    /// An integer or boolean array.
    Advanced(Val),
}

/// What an index asks for.
pub enum Plan {
    /// One element: an index per axis.
    Element(Vec<ir::Value>),
    /// A view.
    View(Vec<ViewDim>),
    /// `view[mask]`: the mask covers the leading axes of the view.
    Mask { view: Val, mask: Val },
    /// `take(view, idx, axis)`.
    Take { view: Val, axis: u8, idx: Val },
    /// Integer arrays, already broadcast, on the leading axes of the view; their axes come
    /// behind the first `at` other axes in the result.
    Gather { view: Val, idx: Vec<Val>, at: u8 },
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
                return Err(cx.raise(
                    ExceptionKind::IndexError,
                    "an index can only have a single ellipsis ('...')",
                ));
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
            Ty::Array(from @ (DType::I32 | DType::I64), 0) => {
                let item = cx.item(&part, *from);
                items.push(Item::Dim(ViewDim::Index(cx.to_index(&item)?)));
                covered += 1;
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
        let text = format!("too many indices for array: array is {ndim}-dimensional, but {covered} were indexed");
        return Err(cx.raise(ExceptionKind::IndexError, &text));
    }
    let missing = ndim as usize - covered;
    let at = ellipsis.unwrap_or(items.len());
    items.splice(at..at, (0..missing).map(|_| Item::Dim(ViewDim::Full)));
    if items.iter().any(|i| matches!(i, Item::Advanced(_))) {
        return gather::advanced(cx, array, items);
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

/// A view by basic items that cover all axes.
pub fn view(cx: &mut FnLower<'_>, array: &Val, dims: Vec<ViewDim>) -> Val {
    let dtype = array.ty.dtype().unwrap_or(DType::F64);
    let ndim = dims.iter().filter(|d| !matches!(d, ViewDim::Index(_))).count() as u8;
    let inst = ir::Inst::View {
        base: array.value(),
        dims,
        lazy: false,
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
    let Ty::Array(dtype, _) = array.ty else {
        return Err(cx.unsupported(Why::Mixed, "a subscript of a NumPy scalar"));
    };
    match plan(cx, array, index)? {
        Plan::Element(indices) => Ok(element(cx, array, dtype, indices)),
        Plan::View(dims) => Ok(inherit(array, view(cx, array, dims), false)),
        planned => gather::load(cx, dtype, &planned),
    }
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
        planned => gather::store(cx, dtype, &planned, value),
    }
}

/// `array.real[index] op= value`, `array.imag[index] op= value` of complex numbers.
pub fn store_part(
    cx: &mut FnLower<'_>,
    array: &Val,
    name: &str,
    index: &Val,
    op: Option<BinOp>,
    value: &Val,
) -> Res<()> {
    let Ty::Array(DType::C128, _) = array.ty else {
        return Err(cx.unsupported(Why::Statement, "assigning to a part of reals"));
    };
    let planned = plan(cx, array, index)?;
    let old = match &planned {
        Plan::Element(indices) => element(cx, array, DType::C128, indices.clone()),
        Plan::View(dims) => view(cx, array, dims.clone()),
        planned => gather::load(cx, DType::C128, planned)?,
    };
    let mut value = cx.operand(value)?;
    if let Some(op) = op {
        let part = super::parts::call(cx, name, &crate::val::Args::only(old.clone())).unwrap_or(Ok(old.clone()))?;
        value = super::operator::binary(cx, op, &part, &value)?;
    }
    if matches!(planned, Plan::View(_)) {
        return super::parts::assign(cx, &old, name, &value);
    }
    let from = value.ty.dtype().unwrap_or(DType::F64);
    if from == DType::C128 {
        return Err(cx.unsupported(Why::DType, "complex numbers assigned to a part"));
    }
    let new = cx.elementwise(&[old, value], &[DType::C128, from], &|body, args| {
        super::parts::replaced(body, name, args[0], args[1])
    })?;
    store_planned(cx, array, DType::C128, planned, &new)
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
    cx.rt_unit(
        rt,
        vec![Arg::Value(array.value()), Arg::Slots(indices), Arg::Value(value)],
    );
}

/// `array[index] op= value`.
pub fn update(cx: &mut FnLower<'_>, op: BinOp, array: &Val, index: &Val, value: &Val) -> Res<()> {
    let Ty::Array(dtype, _) = array.ty else {
        return Err(cx.unsupported(Why::Mixed, "an assignment into something that is no array"));
    };
    let planned = plan(cx, array, index)?;
    let write = match planned {
        Plan::View(_) => Write::InPlace,
        _ => Write::Assignment,
    };
    check_write(cx, array, write)?;
    match planned {
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
        planned => {
            let value = cx.operand(value)?;
            gather::update(cx, op, dtype, &planned, &value)
        }
    }
}

impl<'a> FnLower<'a> {
    /// An array of a dtype: the same one when it is of it already.
    pub fn astype_if(&mut self, val: &Val, dtype: DType) -> Res {
        if val.ty.dtype() == Some(dtype) {
            Ok(val.clone())
        } else {
            self.astype_any(val, dtype)
        }
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
                let wide = self
                    .b
                    .call_rt(Rt::IntFromFloat, vec![Arg::Value(val.value())], ir::Ty::I64);
                Ok(self.b.cast(wide, dtype))
            }
            (DType::I64, DType::I32) if val.ty == Ty::Int => self.int_as_i32(val),
            _ => Ok(self.b.cast(val.value(), dtype)),
        }
    }

    /// Values to scatter: an array of the dtype; a scalar becomes a 0-d array.
    pub fn as_values(&mut self, val: &Val, dtype: DType) -> Res {
        if val.ty.is_array() {
            return self.astype_if(val, dtype);
        }
        let value = self.scalar_as(val, dtype)?;
        Ok(super::create::zero_dim(self, value, dtype))
    }
}
