//! What may be said of one instruction: does it raise, is it seen outside.

use super::alias::{Aliases, Summaries};
use super::effects;
use super::shapes::Shapes;
use cranelift_entity::SecondaryMap;
use lnp_abi::Effect;
use lnp_ir::{Arg, CheckedOp, Const, Func, Inst, InstData, LaunchMode, Rt, Ty, Value, ViewDim};

/// Constants by value.
pub(crate) fn constants(func: &Func) -> SecondaryMap<Value, Option<Const>> {
    let mut out: SecondaryMap<Value, Option<Const>> = SecondaryMap::new();
    for &block in &func.order {
        for data in &func.blocks[block].insts {
            if let Inst::Const(c) = &data.inst {
                out[data.results[0]] = Some(c.clone());
            }
        }
    }
    out
}

/// All that the passes know of one function.
pub(crate) struct Facts<'a> {
    pub summaries: &'a Summaries,
    pub aliases: Aliases,
    pub shapes: Shapes,
    pub consts: SecondaryMap<Value, Option<Const>>,
}

/// Elements that an allocation surely has room for.
const SURELY_FITS: i64 = 1 << 24;

impl<'a> Facts<'a> {
    pub(crate) fn new(func: &Func, summaries: &'a Summaries, shapes: Shapes) -> Facts<'a> {
        Facts {
            summaries,
            aliases: Aliases::new(func, summaries),
            shapes,
            consts: constants(func),
        }
    }

    fn is_nonzero(&self, v: Value) -> bool {
        match &self.consts[v] {
            Some(Const::I64(n)) => *n != 0,
            Some(Const::F64(bits)) => f64::from_bits(*bits) != 0.0,
            _ => false,
        }
    }

    /// Whether an instruction may end the program with an exception (other than for want of
    /// memory).
    pub(crate) fn raises(&mut self, func: &Func, data: &InstData) -> bool {
        match &data.inst {
            Inst::Const(_)
            | Inst::Scalar { .. }
            | Inst::Bitcast(_)
            | Inst::RefCast(_)
            | Inst::Dim { .. }
            | Inst::Retain(_)
            | Inst::Release(_) => false,
            Inst::Checked { op, args } => match op {
                CheckedOp::FloatDiv | CheckedOp::TrueDiv => !self.is_nonzero(args[1]),
                CheckedOp::Mod => !self.is_nonzero(args[1]),
                CheckedOp::FloorDiv => !self.is_nonzero(args[1]) || self.consts[args[1]] == Some(Const::I64(-1)),
                _ => true,
            },
            Inst::View { base, dims, .. } => !self.view_is_safe(func, *base, dims),
            Inst::Map { inputs, mode, .. } | Inst::Launch { inputs, mode, .. } => {
                !self.shapes.statement_is_proved(func, inputs, mode)
            }
            Inst::Call { func, .. } => self.summaries.of(*func).raises,
            Inst::CallRt {
                rt: Rt::ArrayEmpty | Rt::ArrayZeros,
                args,
            } => !self.extents_are_lengths(func, args.get(1)),
            Inst::CallRt { rt, .. } => rt.sig().raises && !effects::raises_only_memory(*rt),
        }
    }

    /// A view that cannot raise: slices with a step that is not zero, indices in bounds.
    pub(crate) fn view_is_safe(&mut self, func: &Func, base: Value, dims: &[ViewDim]) -> bool {
        let shape = self.shapes.of_value(func, base);
        let mut axis = 0;
        for dim in dims {
            match dim {
                ViewDim::NewAxis => continue,
                ViewDim::Full => {}
                ViewDim::Slice { step: None, .. } => {}
                ViewDim::Slice { step: Some(step), .. } => {
                    if !self.is_nonzero(*step) {
                        return false;
                    }
                }
                ViewDim::Index(v) => {
                    let index = self.shapes.int_const(*v);
                    let extent = shape.get(axis).and_then(|&e| self.shapes.exts.as_const(e));
                    match (index, extent) {
                        (Some(i), Some(n)) if -n <= i && i < n => {}
                        _ => return false,
                    }
                }
            }
            axis += 1;
        }
        true
    }

    /// Extents that are lengths of something, so not negative, or constants of an array that
    /// every machine has room for.
    fn extents_are_lengths(&mut self, _func: &Func, arg: Option<&Arg>) -> bool {
        match arg {
            Some(Arg::ImmSlots(vals)) => {
                vals.iter().all(|v| *v >= 0)
                    && vals
                        .iter()
                        .try_fold(1i64, |n, &v| n.checked_mul(v))
                        .is_some_and(|n| n <= SURELY_FITS)
            }
            Some(Arg::Slots(vals)) => {
                let mut n_known = Some(1i64);
                vals.iter().all(|&v| {
                    let ext = self.shapes.int(v);
                    let known = self.shapes.exts.as_const(ext).unwrap_or(1);
                    n_known = n_known.and_then(|n| n.checked_mul(known));
                    self.shapes.is_length(ext)
                }) && n_known.is_some_and(|n| n <= SURELY_FITS)
            }
            _ => false,
        }
    }

    /// Whether an instruction must stay, and keep its order among others of its kind.
    pub(crate) fn observable(&self, data: &InstData) -> bool {
        match &data.inst {
            Inst::CallRt { rt, .. } => effects::is_observable(*rt),
            Inst::Call { func, .. } => self.summaries.of(*func).observable,
            _ => false,
        }
    }

    /// Whether an instruction may go when no one uses its results.
    pub(crate) fn removable(&mut self, func: &Func, data: &InstData) -> bool {
        match &data.inst {
            // Calls may not return.
            Inst::Call { .. } | Inst::Retain(_) | Inst::Release(_) => false,
            Inst::CallRt { rt, .. } if rt.sig().effect == Effect::Writes => false,
            Inst::Map { .. } | Inst::Launch { .. } if data.results.is_empty() => false,
            _ => !self.raises(func, data),
        }
    }
}

/// Whether a value is an array.
pub(crate) fn is_array(func: &Func, v: Value) -> bool {
    matches!(func.ty(v), Ty::Array { .. })
}

/// Array values whose every use only reads them: two such values may become one array.
pub(crate) fn read_only(func: &Func) -> SecondaryMap<Value, bool> {
    let mut out = SecondaryMap::with_default(true);
    for &block in &func.order {
        for data in &func.blocks[block].insts {
            match &data.inst {
                Inst::Dim { .. } | Inst::Scalar { .. } | Inst::Checked { .. } => {}
                Inst::Map { mode, .. } | Inst::Launch { mode, .. } => {
                    if let LaunchMode::Into { dst, .. } = mode {
                        out[*dst] = false;
                    }
                }
                Inst::CallRt { rt, args } if rt.sig().effect != Effect::Writes => {
                    // A view, or whatever else gives a reference, may be written in turn.
                    let gives = matches!(effects::origin(*rt), effects::Origin::Fresh);
                    let scalar = data.results.iter().all(|&r| !func.ty(r).is_ref());
                    if !(gives || scalar) {
                        for arg in args {
                            if let Arg::Value(v) = arg {
                                out[*v] = false;
                            }
                        }
                    }
                }
                inst => inst.for_each_operand(|v| out[v] = false),
            }
        }
        if let Some(term) = &func.blocks[block].term {
            term.for_each_operand(|v| out[v] = false);
        }
    }
    out
}
