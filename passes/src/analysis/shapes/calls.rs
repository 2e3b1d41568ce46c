//! What calls tell of shapes: results in terms of parameters, from the callees up; equalities
//! among parameters, from `main` down.

use super::{Ext, ExtId, Extents, Shape, Shapes};
use cranelift_entity::SecondaryMap;
use lnp_ir::{DType, Func, FuncId, Inst, InstData, Module, Terminator, Ty, Value};
use std::collections::HashMap;

/// What a function's callers know of its parameters: slots (array axes and `i64`s) of one
/// number are equal; a slot may be a constant.
#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    pub(super) slots: Vec<Slot>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Slot {
    /// Equal to the slot of this index (its own where nothing is known).
    Same(usize),
    Const(i64),
}

/// Shapes of all functions.
pub(crate) struct ModuleShapes {
    funcs: SecondaryMap<FuncId, Shapes>,
}

/// Of each result: its shape over the callee's table, where leaves are parameters.
pub(super) type Results = SecondaryMap<FuncId, Vec<Option<Shape>>>;

impl ModuleShapes {
    pub(crate) fn new(module: &Module) -> ModuleShapes {
        let order = callees_first(module);
        let mut results: Results = SecondaryMap::new();
        let mut funcs: SecondaryMap<FuncId, Shapes> = SecondaryMap::new();
        for &id in &order {
            let shapes = Shapes::compute(module, id, &Context::default(), &funcs, &results);
            results[id] = result_shapes(&module.funcs[id], &shapes);
            funcs[id] = shapes;
        }
        // Callers first: what they all agree on. Within recursion a caller may come later;
        // then nothing is assumed.
        let mut contexts: SecondaryMap<FuncId, Vec<Vec<ExtKey>>> = SecondaryMap::new();
        let mut seen: SecondaryMap<FuncId, bool> = SecondaryMap::new();
        let mut late: SecondaryMap<FuncId, bool> = SecondaryMap::new();
        for &id in order.iter().rev() {
            seen[id] = true;
            for_each_call(&module.funcs[id], |callee, _| late[callee] |= seen[callee]);
        }
        for &id in order.iter().rev() {
            let context = if late[id] {
                Context::default()
            } else {
                agree(&contexts[id])
            };
            if !context.slots.is_empty() {
                // Results stay those of the first round. Their callees' tables are still
                // those of the first round too: callers come first.
                let shapes = Shapes::compute(module, id, &context, &funcs, &results);
                funcs[id] = shapes;
            }
            let shapes = &mut funcs[id];
            for_each_call(&module.funcs[id], |callee, args| {
                let key = call_key(&module.funcs[id], shapes, args);
                contexts[callee].push(key);
            });
        }
        ModuleShapes { funcs }
    }

    pub(crate) fn take(&mut self, func: FuncId) -> Shapes {
        std::mem::take(&mut self.funcs[func])
    }
}

/// A slot's extent at a call: constants compare across callers, others within one call.
type ExtKey = (Option<i64>, ExtId);

fn call_key(caller: &Func, shapes: &mut Shapes, args: &[Value]) -> Vec<ExtKey> {
    let mut key = Vec::new();
    for &arg in args {
        match caller.ty(arg) {
            Ty::Array { ndim, .. } => {
                for ext in shapes.of(arg, ndim) {
                    key.push((shapes.exts.as_const(ext), ext));
                }
            }
            Ty::Scalar(DType::I64) => {
                let ext = shapes.int(arg);
                key.push((shapes.exts.as_const(ext), ext));
            }
            _ => {}
        }
    }
    key
}

fn agree(calls: &[Vec<ExtKey>]) -> Context {
    let Some(first) = calls.first() else {
        return Context::default();
    };
    let slots = (0..first.len())
        .map(|i| {
            let constant = first[i].0.filter(|c| calls.iter().all(|k| k[i].0 == Some(*c)));
            match constant {
                Some(c) => Slot::Const(c),
                None => Slot::Same((0..=i).find(|&j| calls.iter().all(|k| k[j].1 == k[i].1)).unwrap_or(i)),
            }
        })
        .collect();
    Context { slots }
}

fn for_each_call<'a>(func: &'a Func, mut f: impl FnMut(FuncId, &'a [Value])) {
    for &block in &func.order {
        for data in &func.blocks[block].insts {
            if let Inst::Call { func, args } = &data.inst {
                f(*func, args);
            }
        }
    }
}

/// All functions, each after those it calls where there is no recursion.
fn callees_first(module: &Module) -> Vec<FuncId> {
    let mut order = Vec::new();
    let mut seen: SecondaryMap<FuncId, bool> = SecondaryMap::new();
    fn visit(module: &Module, id: FuncId, seen: &mut SecondaryMap<FuncId, bool>, order: &mut Vec<FuncId>) {
        if std::mem::replace(&mut seen[id], true) {
            return;
        }
        for_each_call(&module.funcs[id], |callee, _| visit(module, callee, seen, order));
        order.push(id);
    }
    for id in module.funcs.keys() {
        visit(module, id, &mut seen, &mut order);
    }
    order
}

/// The returned shapes, where all returns agree on what only parameters determine.
fn result_shapes(func: &Func, shapes: &Shapes) -> Vec<Option<Shape>> {
    let mut out: Vec<Option<Option<Shape>>> = vec![None; func.results.len()];
    for &block in &func.order {
        if let Some(Terminator::Return(vals)) = &func.blocks[block].term {
            for (slot, &v) in out.iter_mut().zip(vals) {
                let shape = match func.ty(v) {
                    Ty::Array { .. } => shapes.arrays[v].clone(),
                    _ => None,
                };
                match slot {
                    None => *slot = Some(shape),
                    Some(known) if *known != shape => *slot = Some(None),
                    Some(_) => {}
                }
            }
        }
    }
    out.into_iter().map(Option::flatten).collect()
}

impl Shapes {
    /// The shapes that a call gives.
    pub(super) fn call(
        &mut self,
        func: &Func,
        data: &InstData,
        (callee, target): (FuncId, &Func),
        args: &[Value],
        callees: &SecondaryMap<FuncId, Shapes>,
        results: &Results,
    ) {
        for (&result, shape) in data.results.iter().zip(&results[callee]) {
            if let Ty::Array { ndim, .. } = func.ty(result) {
                let translated = shape.as_ref().map(|shape| {
                    self.import(func, &callees[callee].exts, shape, args, &|leaf| {
                        param_slot(target, leaf)
                    })
                });
                let shape = match translated {
                    Some(parts) => (0..ndim)
                        .zip(parts)
                        .map(|(axis, part)| part.unwrap_or_else(|| self.exts.id(Ext::Axis(result, axis))))
                        .collect(),
                    None => self.own(result, ndim),
                };
                self.arrays[result] = Some(shape);
            }
        }
    }

    /// A callee's result shape in this function's terms.
    fn import(
        &mut self,
        func: &Func,
        from: &Extents,
        shape: &Shape,
        args: &[Value],
        slot: &dyn Fn(&Ext) -> Option<ParamSlot>,
    ) -> Vec<Option<ExtId>> {
        // Leaves need `self`, so they are looked up beforehand.
        let mut leaves: HashMap<ParamSlot, ExtId> = HashMap::new();
        for (idx, &arg) in args.iter().enumerate() {
            match func.ty(arg) {
                Ty::Array { ndim, .. } => {
                    for (axis, ext) in self.of(arg, ndim).into_iter().enumerate() {
                        leaves.insert((idx, Some(axis as u8)), ext);
                    }
                }
                Ty::Scalar(DType::I64) => {
                    let ext = self.int(arg);
                    leaves.insert((idx, None), ext);
                }
                _ => {}
            }
        }
        let mut leaf = |ext: &Ext| slot(ext).and_then(|key| leaves.get(&key).copied());
        shape
            .iter()
            .map(|&id| from.translate(id, &mut self.exts, &mut leaf))
            .collect()
    }
}

/// An argument by its index, and which of its axes, if it is an array.
type ParamSlot = (usize, Option<u8>);

/// The argument that a leaf over the callee's parameters stands for.
fn param_slot(callee: &Func, leaf: &Ext) -> Option<ParamSlot> {
    let (value, axis) = match leaf {
        Ext::Axis(v, axis) => (*v, Some(*axis)),
        Ext::Val(v) => (*v, None),
        _ => return None,
    };
    let idx = callee.params().iter().position(|p| *p == value)?;
    Some((idx, axis))
}
