//! The module from what was lowered: what the program reaches, numbered in the order in which
//! it is reached, each function with its reachable blocks only.

use crate::session::Session;
use lnp_ir::{Arg, Block, Func, FuncId, Inst, LaunchMode, Module, PyUnitId, Terminator, Value, ViewDim};
use std::collections::HashMap;

/// Maps the specializations' and units' numbers of the session to the module's.
struct Numbers {
    funcs: HashMap<u32, FuncId>,
    order: Vec<u32>,
    units: HashMap<u32, PyUnitId>,
    unit_order: Vec<u32>,
}

pub fn module(sess: &Session<'_>, main: Func) -> Module {
    let specs = sess.specs.borrow();
    let mut numbers = Numbers {
        funcs: HashMap::new(),
        order: Vec::new(),
        units: HashMap::new(),
        unit_order: Vec::new(),
    };
    let mut module = Module {
        file: sess.file.to_owned(),
        source: sess.source.to_owned(),
        ..Module::default()
    };
    let main = compact(&main, &mut numbers);
    let main_id = module.funcs.push(main);
    let mut done = 0;
    while done < numbers.order.len() {
        let spec = &specs[numbers.order[done] as usize];
        done += 1;
        let func = match &spec.func {
            Some(func) => compact(func, &mut numbers),
            // Never returns nor is called: a placeholder keeps the numbers right.
            None => Func::new("missing", "missing"),
        };
        module.funcs.push(func);
    }
    let units = sess.units.borrow();
    for idx in &numbers.unit_order {
        module.units.push(units[*idx as usize].clone());
    }
    module.main = Some(main_id);
    module
}

/// The specializations that a lowered function calls, itself excluded.
pub fn callees(func: &Func) -> Vec<usize> {
    let mut out = Vec::new();
    for block in &func.order {
        for inst in &func.blocks[*block].insts {
            if let Inst::Call { func, .. } = &inst.inst {
                out.push(func.as_u32() as usize);
            }
        }
    }
    out
}

impl Numbers {
    fn func(&mut self, id: FuncId) -> FuncId {
        let old = id.as_u32();
        if let Some(new) = self.funcs.get(&old) {
            return *new;
        }
        self.order.push(old);
        // Number 0 is the program itself.
        let new = FuncId::from_u32(self.order.len() as u32);
        self.funcs.insert(old, new);
        new
    }

    fn unit(&mut self, id: PyUnitId) -> PyUnitId {
        let old = id.as_u32();
        if let Some(new) = self.units.get(&old) {
            return *new;
        }
        let new = PyUnitId::from_u32(self.unit_order.len() as u32);
        self.unit_order.push(old);
        self.units.insert(old, new);
        new
    }
}

/// Copies a function without its unreachable blocks and unused numbers.
fn compact(func: &Func, numbers: &mut Numbers) -> Func {
    let order = reachable(func);
    let mut out = Func::new(&func.name, &func.display_name);
    out.results = func.results.clone();
    let mut values: HashMap<Value, Value> = HashMap::new();
    let mut blocks: HashMap<Block, Block> = HashMap::new();
    for &block in &order {
        let new = out.new_block();
        blocks.insert(block, new);
    }
    for &block in &order {
        let data = &func.blocks[block];
        let new = blocks[&block];
        for &param in &data.params {
            let value = out.add_block_param(new, func.ty(param));
            out.names[value] = func.names[param].clone();
            values.insert(param, value);
        }
        for inst in &data.insts {
            for &result in &inst.results {
                let value = out.new_value(func.ty(result));
                out.names[value] = func.names[result].clone();
                values.insert(result, value);
            }
        }
    }
    let value = |v: Value| values.get(&v).copied().unwrap_or(v);
    for &block in &order {
        let data = &func.blocks[block];
        let target = &mut out.blocks[blocks[&block]];
        for inst in &data.insts {
            let mut inst = inst.clone();
            inst.results.iter_mut().for_each(|v| *v = value(*v));
            rename(&mut inst.inst, &value, numbers);
            target.insts.push(inst);
        }
        let mut term = data.term.clone().unwrap_or(Terminator::Unwind);
        match &mut term {
            Terminator::Jump(call) => {
                call.block = blocks[&call.block];
                call.args.iter_mut().for_each(|v| *v = value(*v));
            }
            Terminator::Branch { cond, then, other } => {
                *cond = value(*cond);
                for call in [then, other] {
                    call.block = blocks[&call.block];
                    call.args.iter_mut().for_each(|v| *v = value(*v));
                }
            }
            Terminator::Return(vals) => vals.iter_mut().for_each(|v| *v = value(*v)),
            Terminator::Unwind => {}
        }
        target.term = Some(term);
        target.term_span = data.term_span;
    }
    out
}

fn rename(inst: &mut Inst, value: &dyn Fn(Value) -> Value, numbers: &mut Numbers) {
    let all = |vals: &mut Vec<Value>| vals.iter_mut().for_each(|v| *v = value(*v));
    match inst {
        Inst::Const(_) => {}
        Inst::Scalar { args, .. } | Inst::Checked { args, .. } => all(args),
        Inst::Bitcast(v) | Inst::RefCast(v) | Inst::Retain(v) | Inst::Release(v) => *v = value(*v),
        Inst::Dim { array, .. } => *array = value(*array),
        Inst::View { base, dims, .. } => {
            *base = value(*base);
            for dim in dims {
                match dim {
                    ViewDim::Full | ViewDim::NewAxis => {}
                    ViewDim::Index(v) => *v = value(*v),
                    ViewDim::Slice { start, stop, step } => {
                        for v in [start, stop, step].into_iter().flatten() {
                            *v = value(*v);
                        }
                    }
                }
            }
        }
        Inst::Map { inputs, mode, .. } | Inst::Launch { inputs, mode, .. } => {
            all(inputs);
            if let LaunchMode::Into { dst, .. } = mode {
                *dst = value(*dst);
            }
        }
        Inst::Call { func, args } => {
            *func = numbers.func(*func);
            all(args);
        }
        Inst::CallRt { args, .. } => {
            for arg in args {
                match arg {
                    Arg::Value(v) => *v = value(*v),
                    Arg::Slots(vals) => all(vals),
                    Arg::Unit(unit) => *unit = numbers.unit(*unit),
                    Arg::Imm(_) | Arg::ImmBool(_) | Arg::ImmSlots(_) | Arg::Str(_) => {}
                }
            }
        }
    }
}

/// Blocks that control reaches, in layout order.
fn reachable(func: &Func) -> Vec<Block> {
    let mut seen = std::collections::HashSet::new();
    let mut pending = vec![func.entry()];
    while let Some(block) = pending.pop() {
        if !seen.insert(block) {
            continue;
        }
        match &func.blocks[block].term {
            Some(Terminator::Jump(call)) => pending.push(call.block),
            Some(Terminator::Branch { then, other, .. }) => pending.extend([then.block, other.block]),
            _ => {}
        }
    }
    func.order.iter().copied().filter(|b| seen.contains(b)).collect()
}
