//! Calls: of the runtime, of the user's functions, of kernels through a launch.

use super::{Host, LazyView};
use crate::Error;
use crate::desc;
use crate::emit::Val;
use crate::object::{machine_types, returns_by_pointer};
use cranelift_codegen::ir::{self as clif, InstBuilder, MemFlagsData, Value, types};
use lnp_abi::{AbiTy, SITE_DYNAMIC};
use lnp_ir::{self as ir, Arg, KernelInput, LaunchMode, Rt, Ty, ViewDim};

/// Item kinds of a view's specification.
const WHOLE: i64 = 0;
const INDEX: i64 = 1;
const NEW_AXIS: i64 = 2;
const SLICE: i64 = 4;

/// One 8-byte slot of a `Slots` argument.
#[derive(Clone, Copy)]
enum Slot {
    Const(i64),
    Value(Value),
}

/// A word of a view item: nothing to be computed, or a value.
enum Bound {
    None(i64),
    Value(ir::Value),
}

/// A view item as the runtime takes it: its kind, and three words.
struct Item {
    kind: i64,
    bounds: [Bound; 3],
}

fn item(dim: &ViewDim) -> Item {
    let part = |value: &Option<ir::Value>, none| value.map_or(Bound::None(none), Bound::Value);
    let plain = |kind| Item {
        kind,
        bounds: [Bound::None(0), Bound::None(0), Bound::None(1)],
    };
    match dim {
        ViewDim::Full => plain(WHOLE),
        ViewDim::NewAxis => plain(NEW_AXIS),
        ViewDim::Index(at) => Item {
            kind: INDEX,
            bounds: [Bound::Value(*at), Bound::None(0), Bound::None(1)],
        },
        ViewDim::Slice { start, stop, step } => Item {
            kind: SLICE + (i64::from(start.is_some()) | i64::from(stop.is_some()) << 1),
            bounds: [part(start, 0), part(stop, 0), part(step, 1)],
        },
    }
}

/// The array operands of a launch.
#[derive(Default)]
struct Operands {
    arrays: Vec<Slot>,
    views: Vec<i64>,
    bounds: Vec<Slot>,
}

impl Host<'_, '_, '_> {
    /// A stack area of at least `n` slots after the count, for the call's `k`-th `Slots`.
    fn area(&mut self, k: usize, n: usize) -> clif::StackSlot {
        while self.areas.len() <= k {
            let slot = self.e.stack_slot(16, 3);
            self.areas.push(slot);
        }
        let slot = self.areas[k];
        let size = &mut self.e.b.func.sized_stack_slots[slot].size;
        *size = (*size).max(8 * (n as u32 + 1));
        slot
    }

    /// The address of a `Slots` argument: on the stack, or in constant data.
    fn slots(&mut self, k: usize, slots: &[Slot]) -> Result<Value, Error> {
        let constants: Option<Vec<i64>> = slots
            .iter()
            .map(|s| match s {
                Slot::Const(v) => Some(*v),
                Slot::Value(_) => None,
            })
            .collect();
        if let Some(constants) = constants {
            let data = self.e.unit.slots(&constants)?;
            return Ok(self.e.address(data));
        }
        let area = self.area(k, slots.len());
        let count = self.e.iconst(slots.len() as i64);
        self.e.b.ins().stack_store(types::I64, count, area, 0);
        for (i, slot) in slots.iter().enumerate() {
            let value = match *slot {
                Slot::Const(v) => self.e.iconst(v),
                Slot::Value(v) => v,
            };
            self.e.b.ins().stack_store(types::I64, value, area, 8 * (i as i32 + 1));
        }
        Ok(self.e.b.ins().stack_addr(types::I64, area, 0))
    }

    /// A value as 8-byte slots.
    fn value_slots(&mut self, value: ir::Value) -> Result<Vec<Slot>, Error> {
        if let Some(&v) = self.ints.get(&value) {
            return Ok(vec![Slot::Const(v)]);
        }
        let values: Vec<Value> = self.val(value)?.values().collect();
        Ok(values
            .into_iter()
            .map(|v| {
                let ty = self.e.b.func.dfg.value_type(v);
                Slot::Value(match ty {
                    types::I8 => self.e.b.ins().uextend(types::I64, v),
                    types::I32 => self.e.b.ins().sextend(types::I64, v),
                    types::F32 => {
                        let bits = self.e.b.ins().bitcast(types::I32, MemFlagsData::new(), v);
                        self.e.b.ins().uextend(types::I64, bits)
                    }
                    _ => v,
                })
            })
            .collect())
    }

    fn all_slots(&mut self, values: &[ir::Value]) -> Result<Vec<Slot>, Error> {
        let mut slots = Vec::new();
        for &value in values {
            slots.extend(self.value_slots(value)?);
        }
        Ok(slots)
    }

    pub(super) fn call_rt(&mut self, rt: Rt, args: &[Arg], data: &ir::InstData) -> Result<(), Error> {
        let sig = rt.sig();
        if args.len() != sig.params.len() {
            return Err(Error::new(format!(
                "{} takes {} arguments",
                sig.symbol,
                sig.params.len()
            )));
        }
        let mut values = Vec::new();
        let mut n_slots = 0;
        for (arg, &ty) in args.iter().zip(sig.params) {
            if matches!(arg, Arg::Slots(_) | Arg::ImmSlots(_)) || ty == AbiTy::Slots {
                n_slots += 1;
            }
            self.argument(arg, ty, n_slots, &mut values)?;
        }
        let results = self.e.call_runtime(sig.symbol, &values, machine_types(sig.result))?;
        if sig.raises {
            self.check_pending(data.span.line)?;
        }
        if let Some(&result) = data.results.first() {
            let wanted = machine_types(self.func.ty(result).abi());
            if wanted.len() != results.len() {
                return Err(Error::new(format!("{} gives no {}", sig.symbol, self.func.ty(result))));
            }
            let results: Vec<Value> = results
                .iter()
                .zip(wanted)
                .map(|(&v, &ty)| self.as_type(v, ty))
                .collect();
            self.bind(result, &results);
        }
        Ok(())
    }

    /// An integer in the width that is wanted.
    fn as_type(&mut self, value: Value, ty: types::Type) -> Value {
        let have = self.e.b.func.dfg.value_type(value);
        if have == ty || !have.is_int() || !ty.is_int() {
            value
        } else if have.bits() > ty.bits() {
            self.e.b.ins().ireduce(ty, value)
        } else if have == types::I8 {
            self.e.b.ins().uextend(ty, value)
        } else {
            self.e.b.ins().sextend(ty, value)
        }
    }

    fn argument(&mut self, arg: &Arg, ty: AbiTy, n_slots: usize, out: &mut Vec<Value>) -> Result<(), Error> {
        let wanted = machine_types(ty);
        match arg {
            Arg::Value(value) if ty == AbiTy::Slots => {
                let slots = self.value_slots(*value)?;
                out.push(self.slots(n_slots - 1, &slots)?);
            }
            Arg::Value(value) => {
                let values: Vec<Value> = self.val(*value)?.values().collect();
                if values.len() != wanted.len() {
                    return Err(Error::new(format!("{value} does not fit a parameter")));
                }
                for (value, &ty) in values.into_iter().zip(wanted) {
                    let value = self.as_type(value, ty);
                    out.push(value);
                }
            }
            Arg::Imm(v) => {
                let value = match wanted[0] {
                    types::F64 => self.e.b.ins().f64const(*v as f64),
                    types::F32 => self.e.b.ins().f32const(*v as f32),
                    types::I8 => self.e.b.ins().iconst(types::I8, i64::from(*v != 0)),
                    types::I32 => self.e.b.ins().iconst(types::I32, i64::from(*v as i32 as u32)),
                    _ => self.e.iconst(*v),
                };
                out.push(value);
            }
            Arg::ImmBool(v) => out.push(self.e.b.ins().iconst(wanted[0], i64::from(*v))),
            Arg::Slots(values) => {
                let slots = self.all_slots(values)?;
                out.push(self.slots(n_slots - 1, &slots)?);
            }
            Arg::ImmSlots(values) => {
                let data = self.e.unit.slots(values)?;
                out.push(self.e.address(data));
            }
            Arg::Str(text) => {
                let data = match ty {
                    AbiTy::Data => self.e.unit.c_string(text)?,
                    _ => self.e.unit.string(text)?,
                };
                out.push(self.e.address(data));
            }
            Arg::Unit(id) => {
                let data = desc::py_unit(self.e.unit, self.module, *id)?;
                out.push(self.e.address(data));
            }
        }
        Ok(())
    }

    pub(super) fn view(
        &mut self,
        base: ir::Value,
        dims: &[ViewDim],
        result: ir::Value,
        line: u32,
    ) -> Result<(), Error> {
        let mut slots = Vec::new();
        for item in dims.iter().map(item) {
            slots.push(Slot::Const(item.kind));
            for bound in item.bounds {
                slots.push(match bound {
                    Bound::None(word) => Slot::Const(word),
                    Bound::Value(value) => self.value_slots(value)?[0],
                });
            }
        }
        let base = self.one(base)?;
        let spec = self.slots(0, &slots)?;
        let results = self
            .e
            .call_runtime(Rt::View.sig().symbol, &[base, spec], &[types::I64])?;
        self.check_pending(line)?;
        self.bind(result, &results);
        Ok(())
    }

    /// The operands of a launch as slots of arrays; what the site says of those that are lazy
    /// views; and the bounds of these that are not constant.
    fn operands(&mut self, operands: &[ir::Value]) -> Result<Operands, Error> {
        let mut out = Operands::default();
        let mut views: Vec<(usize, LazyView)> = Vec::new();
        for (k, operand) in operands.iter().enumerate() {
            let view = self.lazy.get(operand).copied();
            out.arrays.extend(self.value_slots(view.map_or(*operand, |v| v.base))?);
            views.extend(view.map(|view| (k, view)));
        }
        if views.is_empty() {
            return Ok(out);
        }
        views.sort_by_key(|(_, view)| view.order);
        out.views.push(views.len() as i64);
        for (k, view) in views {
            out.views
                .extend([k as i64, i64::from(view.line), view.dims.len() as i64]);
            for item in view.dims.iter().map(item) {
                let at = out.views.len();
                out.views.push(item.kind);
                for (part, bound) in item.bounds.into_iter().enumerate() {
                    let word = match bound {
                        Bound::None(word) => word,
                        Bound::Value(value) => match self.value_slots(value)?[0] {
                            Slot::Const(word) => word,
                            slot => {
                                out.views[at] |= SITE_DYNAMIC << part;
                                out.bounds.push(slot);
                                out.bounds.len() as i64 - 1
                            }
                        },
                    };
                    out.views.push(word);
                }
            }
        }
        Ok(out)
    }

    pub(super) fn call_user(&mut self, id: ir::FuncId, args: &[ir::Value], data: &ir::InstData) -> Result<(), Error> {
        let callee = &self.module.funcs[id];
        let mut values = Vec::new();
        let by_pointer = returns_by_pointer(&callee.results);
        let tys: Vec<types::Type> = callee
            .results
            .iter()
            .flat_map(|ty| machine_types(ty.abi()))
            .copied()
            .collect();
        if by_pointer {
            let slot = match self.results_area {
                Some(slot) => slot,
                None => *self.results_area.insert(self.e.stack_slot(8, 3)),
            };
            let size = &mut self.e.b.func.sized_stack_slots[slot].size;
            *size = (*size).max(8 * tys.len() as u32);
            values.push(self.e.b.ins().stack_addr(types::I64, slot, 0));
        }
        for &arg in args {
            values.extend(self.val(arg)?.values());
        }
        let target = self.e.unit.funcs[&id];
        let mut results = self.e.call(target, &values);
        if self.e.unit.facts[&id].raises {
            self.check_pending(data.span.line)?;
        }
        if let (true, Some(slot)) = (by_pointer, self.results_area) {
            let at = self.e.b.ins().stack_addr(types::I64, slot, 0);
            results = tys
                .iter()
                .enumerate()
                .map(|(i, &ty)| self.e.b.ins().load(ty, MemFlagsData::trusted(), at, 8 * i as i32))
                .collect();
        }
        let mut rest = &results[..];
        for &result in &data.results {
            let n = machine_types(self.func.ty(result).abi()).len();
            if rest.len() < n {
                return Err(Error::new(format!("a call of {} gives too few results", callee.name)));
            }
            self.bind(result, &rest[..n]);
            rest = &rest[n..];
        }
        Ok(())
    }

    pub(super) fn launch(
        &mut self,
        id: ir::KernelId,
        inputs: &[ir::Value],
        mode: &LaunchMode,
        checks: &[ir::ShapeCheck],
        data: &ir::InstData,
    ) -> Result<(), Error> {
        let kernel = &self.module.kernels[id];
        if inputs.len() != kernel.inputs.len() {
            return Err(Error::new(format!(
                "a launch of {} has {} inputs",
                kernel.name,
                inputs.len()
            )));
        }
        let (mut operands, mut scalars) = (Vec::new(), Vec::new());
        for (p, (&input, kind)) in inputs.iter().zip(&kernel.inputs).enumerate() {
            match kind {
                KernelInput::Array { .. } => operands.push(input),
                KernelInput::Scalar if self.func.ty(input) != Ty::Scalar(kernel.body.params[p]) => {
                    return Err(Error::new(format!(
                        "input {p} of {} is {}, not {}",
                        kernel.name,
                        self.func.ty(input),
                        kernel.body.params[p].ir_name()
                    )));
                }
                KernelInput::Scalar => scalars.extend(self.value_slots(input)?),
            }
        }
        if let LaunchMode::Into { dst, .. } = *mode {
            operands.push(dst);
        }
        let operands = self.operands(&operands)?;
        let desc = desc::launch(self.e.unit, self.module, id, checks)?;
        let site = desc::site(self.e.unit, desc, &operands.views)?;
        let site = self.e.address(site);
        let arrays = self.slots(0, &operands.arrays)?;
        let bounds = self.slots(1, &operands.bounds)?;
        let scalars = self.slots(2, &scalars)?;
        let line = data.span.line;
        match *mode {
            LaunchMode::Fresh => {
                let n = data.results.len();
                let area = self.area(3, n);
                let count = self.e.iconst(n as i64);
                self.e.b.ins().stack_store(types::I64, count, area, 0);
                let outs = self.e.b.ins().stack_addr(types::I64, area, 0);
                let args = [site, arrays, bounds, scalars, outs];
                self.e.call_runtime(Rt::LaunchFresh.sig().symbol, &args, &[])?;
                self.check_pending(line)?;
                for (i, &result) in data.results.iter().enumerate() {
                    let at = self.e.b.ins().stack_addr(types::I64, area, 0);
                    let offset = 8 * (i as i32 + 1);
                    let value = self.e.b.ins().load(types::I64, MemFlagsData::trusted(), at, offset);
                    self.vals.insert(result, Val::One(value));
                }
            }
            LaunchMode::Into { in_place, .. } => {
                let in_place = self.e.b.ins().iconst(types::I8, i64::from(in_place));
                let args = [site, arrays, bounds, scalars, in_place];
                self.e.call_runtime(Rt::LaunchInto.sig().symbol, &args, &[])?;
                self.check_pending(line)?;
            }
            LaunchMode::Reduce { op, axes, keepdims } => {
                let all = (1u64 << kernel.ndim) - 1;
                let axes = match u64::from(axes) & all == all {
                    true => -1,
                    false => i64::from(axes),
                };
                let op = self.e.iconst(op as i64);
                let axes = self.e.iconst(axes);
                let keepdims = self.e.b.ins().iconst(types::I8, i64::from(keepdims));
                let args = [site, arrays, bounds, scalars, op, axes, keepdims];
                let results = self
                    .e
                    .call_runtime(Rt::LaunchReduce.sig().symbol, &args, &[types::I64])?;
                self.check_pending(line)?;
                self.bind(data.results[0], &results);
            }
        }
        Ok(())
    }
}
