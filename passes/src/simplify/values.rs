//! Folding, identities, common subexpressions and proved shape checks, in dominator order.

use super::{body, fold};
use crate::analysis::facts::{Facts, read_only};
use cranelift_entity::SecondaryMap;
use lnp_abi::Effect;
use lnp_ir::{
    Block, Const, DType, Dominators, Func, Inst, InstData, LaunchMode, ScalarOp, Terminator, Ty, Value, ViewDim,
};
use std::collections::HashMap;

/// Rewrites a function's instructions in place; what becomes redundant is left dead.
pub(super) fn run(func: &mut Func, facts: &mut Facts<'_>) -> bool {
    let doms = Dominators::new(func);
    let mut pass = Values {
        def_block: SecondaryMap::new(),
        defs: SecondaryMap::new(),
        replaced: SecondaryMap::new(),
        known: HashMap::new(),
        read_only: read_only(func),
        doms: &doms,
        facts,
        changed: false,
    };
    for &param in func.params() {
        pass.def_block[param] = Some(func.entry());
    }
    for &block in doms.reverse_postorder() {
        pass.block(func, block);
    }
    pass.changed
}

struct Values<'a, 'f> {
    /// Set as definitions are passed, so that within a block it tells what comes before.
    def_block: SecondaryMap<Value, Option<Block>>,
    /// The operation that defines a scalar.
    defs: SecondaryMap<Value, Option<(ScalarOp, Vec<Value>)>>,
    replaced: SecondaryMap<Value, Option<Value>>,
    known: HashMap<String, Vec<(Block, Vec<Value>)>>,
    read_only: SecondaryMap<Value, bool>,
    doms: &'a Dominators,
    facts: &'a mut Facts<'f>,
    changed: bool,
}

/// What an instruction turns into.
enum New {
    Value(Value),
    Const(Const),
    Inst(Inst),
}

impl Values<'_, '_> {
    fn resolve(&self, v: Value) -> Value {
        self.replaced[v].unwrap_or(v)
    }

    fn replace(&mut self, old: Value, new: Value) {
        let new = self.resolve(new);
        self.replaced[old] = Some(new);
        self.changed = true;
    }

    fn block(&mut self, func: &mut Func, block: Block) {
        for &param in &func.blocks[block].params {
            self.def_block[param] = Some(block);
        }
        let mut insts = std::mem::take(&mut func.blocks[block].insts);
        // Array statements of this block by their text, until something they read is written.
        let mut maps: Vec<(String, Vec<Value>, Vec<Value>)> = Vec::new();
        insts.retain_mut(|data| self.inst(func, block, data, &mut maps));
        func.blocks[block].insts = insts;
        if let Some(term) = &mut func.blocks[block].term {
            term.map_operands(|v| self.replaced[v].unwrap_or(v));
            self.terminator(term);
        }
    }

    fn terminator(&mut self, term: &mut Terminator) {
        if let Terminator::Branch { cond, then, other } = term {
            let taken = match self.facts.consts[*cond] {
                Some(Const::Bool(c)) => Some(if c { then.clone() } else { other.clone() }),
                _ if then == other => Some(then.clone()),
                _ => None,
            };
            if let Some(target) = taken {
                *term = Terminator::Jump(target);
                self.changed = true;
            } else if let Some((ScalarOp::Not, args)) = &self.defs[*cond] {
                *cond = args[0];
                std::mem::swap(then, other);
                self.changed = true;
            }
        }
    }

    /// Whether to keep the instruction.
    fn inst(
        &mut self,
        func: &mut Func,
        block: Block,
        data: &mut InstData,
        maps: &mut Vec<(String, Vec<Value>, Vec<Value>)>,
    ) -> bool {
        data.inst.map_operands(|v| self.replaced[v].unwrap_or(v));
        match self.better(func, block, data) {
            Some(New::Value(v)) => {
                self.replace(data.results[0], v);
                return false;
            }
            Some(New::Const(c)) => {
                self.facts.consts[data.results[0]] = Some(c.clone());
                data.inst = Inst::Const(c);
                self.changed = true;
            }
            Some(New::Inst(inst)) => {
                data.inst = inst;
                self.changed = true;
            }
            None => {}
        }
        if let Inst::Map {
            body,
            inputs,
            mode,
            checks,
        } = &mut data.inst
        {
            self.changed |= body::run(func, body, inputs, mode, checks, self.facts);
            let shapes: Vec<_> = inputs.iter().map(|&v| self.facts.shapes.of_value(func, v)).collect();
            let before = checks.len();
            // The last check of `a op= b` is the one whose error names the destination.
            let own = match mode {
                LaunchMode::Into { in_place: true, .. } => checks.last().cloned(),
                _ => None,
            };
            checks.retain(|check| {
                let groups: Vec<_> = check
                    .groups
                    .iter()
                    .map(|mask| {
                        let members = (0..inputs.len()).filter(|i| mask >> i & 1 != 0);
                        members.fold(Vec::new(), |sum, i| self.facts.shapes.broadcast(&sum, &shapes[i]))
                    })
                    .collect();
                !self.facts.shapes.broadcast_is_proved(&groups)
            });
            if let Some(own) = own.filter(|own| !checks.is_empty() && checks.last() != Some(own)) {
                checks.push(own);
            }
            self.changed |= checks.len() != before;
        }
        if self.reuse(func, block, data, maps) {
            return false;
        }
        for &result in &data.results {
            self.def_block[result] = Some(block);
        }
        if let Inst::Scalar { op, args } = &data.inst {
            self.defs[data.results[0]] = Some((*op, args.clone()));
        }
        true
    }

    /// Replaces an instruction's results by those of an equal one; whether it did.
    fn reuse(
        &mut self,
        func: &Func,
        block: Block,
        data: &InstData,
        maps: &mut Vec<(String, Vec<Value>, Vec<Value>)>,
    ) -> bool {
        if let Inst::Map { inputs, mode, .. } = &data.inst {
            let fresh = !matches!(mode, LaunchMode::Into { .. });
            // Two values that become one array: nobody may write either.
            if fresh && data.results.iter().all(|&r| self.read_only[r]) {
                let key = key(func, data);
                if let Some((_, results, _)) = maps.iter().find(|(k, ..)| *k == key) {
                    let results = results.clone();
                    for (&old, new) in data.results.iter().zip(results) {
                        self.replace(old, new);
                    }
                    return true;
                }
                maps.push((key, data.results.clone(), inputs.clone()));
                return false;
            }
        }
        let Facts { aliases, summaries, .. } = &*self.facts;
        maps.retain(|(_, _, inputs)| {
            inputs
                .iter()
                .all(|&v| !func.ty(v).is_ref() || !aliases.may_write(&data.inst, v, summaries))
        });
        if !is_repeatable(&data.inst) {
            return false;
        }
        let key = key(func, data);
        let known = self.known.entry(key).or_default();
        if let Some((_, results)) = known.iter().find(|(b, _)| self.doms.dominates(*b, block)) {
            let results = results.clone();
            for (&old, new) in data.results.iter().zip(results) {
                self.replace(old, new);
            }
            return true;
        }
        known.push((block, data.results.clone()));
        false
    }

    fn constant(&self, v: Value) -> Option<Const> {
        self.facts.consts[v].clone()
    }

    fn better(&mut self, func: &Func, block: Block, data: &InstData) -> Option<New> {
        match &data.inst {
            Inst::Scalar { op, args } => {
                let Ty::Scalar(dtype) = func.ty(data.results[0]) else {
                    return None;
                };
                let consts: Vec<Option<Const>> = args.iter().map(|&v| self.constant(v)).collect();
                if let Some(all) = consts.iter().cloned().collect::<Option<Vec<Const>>>()
                    && let Some(c) = fold::scalar(*op, &all, dtype)
                {
                    return Some(New::Const(c));
                }
                let operand = args.first().and_then(|&v| func.ty(v).dtype())?;
                let same = args.len() == 2 && args[0] == args[1];
                let inner = self.defs[args[0]].as_ref();
                match fold::identity(*op, &consts, dtype, operand, same, inner.map(|d| d.0)) {
                    Some(fold::Identity::Arg(i)) => return Some(New::Value(args[i])),
                    Some(fold::Identity::Inner) => return Some(New::Value(inner?.1[0])),
                    None => {}
                }
                if same && operand.is_int() {
                    let c = match op {
                        ScalarOp::Eq | ScalarOp::Le | ScalarOp::Ge => true,
                        ScalarOp::Ne | ScalarOp::Lt | ScalarOp::Gt => false,
                        _ => return None,
                    };
                    return Some(New::Const(Const::Bool(c)));
                }
                // A bool made an integer only to be tested.
                if *op == ScalarOp::Cast
                    && dtype == DType::Bool
                    && let Some((ScalarOp::Cast, inner)) = &self.defs[args[0]]
                    && func.ty(inner[0]) == Ty::BOOL
                {
                    return Some(New::Value(inner[0]));
                }
                None
            }
            Inst::Checked { op, args } => {
                let consts: Option<Vec<Const>> = args.iter().map(|&v| self.constant(v)).collect();
                fold::checked(*op, &consts?).map(New::Const)
            }
            Inst::Bitcast(v) => match self.constant(*v)? {
                Const::F64(bits) => Some(New::Const(Const::I64(bits as i64))),
                Const::I64(n) => Some(New::Const(Const::F64(n as u64))),
                _ => None,
            },
            Inst::RefCast(v) if func.ty(*v) == func.ty(data.results[0]) => Some(New::Value(*v)),
            Inst::Dim { .. }
            | Inst::CallRt {
                rt: lnp_ir::Rt::Len, ..
            } => self.dim(block, data),
            Inst::View { base, dims, .. } => self.view(func, *base, dims),
            _ => None,
        }
    }

    /// An extent by its canonical spelling, where that is defined here.
    fn dim(&mut self, block: Block, data: &InstData) -> Option<New> {
        use crate::analysis::extent::Ext;
        let result = data.results[0];
        let ext = self.facts.shapes.int(result);
        match *self.facts.shapes.exts.get(ext) {
            Ext::Const(v) => Some(New::Const(Const::I64(v))),
            Ext::Val(v) if v != result && self.is_defined(v, block) => Some(New::Value(v)),
            Ext::Axis(array, axis) if self.is_defined(array, block) => {
                let inst = Inst::Dim {
                    array: self.resolve(array),
                    axis,
                };
                (inst != data.inst).then_some(New::Inst(inst))
            }
            _ => None,
        }
    }

    fn is_defined(&self, v: Value, block: Block) -> bool {
        self.def_block[self.resolve(v)].is_some_and(|b| self.doms.dominates(b, block))
    }

    /// The whole of an array is the array; a bound that changes nothing goes.
    fn view(&mut self, func: &Func, base: Value, dims: &[ViewDim]) -> Option<New> {
        if !dims.is_empty() && dims.iter().all(|d| *d == ViewDim::Full) {
            // `a[:]` is another handle of the same elements; only its identity differs, and
            // nothing here can see that.
            return Some(New::Value(base));
        }
        let is = |v: &Option<Value>, n: i64| v.is_some_and(|v| self.facts.consts[v] == Some(Const::I64(n)));
        let new: Vec<ViewDim> = dims
            .iter()
            .map(|d| match d {
                ViewDim::Slice { start, stop, step } => {
                    let step = if is(step, 1) { None } else { *step };
                    let start = if step.is_none() && is(start, 0) { None } else { *start };
                    if start.is_none() && stop.is_none() && step.is_none() {
                        ViewDim::Full
                    } else {
                        ViewDim::Slice {
                            start,
                            stop: *stop,
                            step,
                        }
                    }
                }
                other => other.clone(),
            })
            .collect();
        let _ = func;
        (new != dims).then_some(New::Inst(Inst::View {
            base,
            dims: new,
            lazy: false,
        }))
    }
}

/// Whether two equal ones give the same, wherever the first dominates the second.
fn is_repeatable(inst: &Inst) -> bool {
    match inst {
        Inst::Const(_)
        | Inst::Scalar { .. }
        | Inst::Checked { .. }
        | Inst::Bitcast(_)
        | Inst::RefCast(_)
        | Inst::Dim { .. }
        | Inst::View { .. } => true,
        Inst::CallRt { rt, .. } => rt.sig().effect == Effect::Pure,
        _ => false,
    }
}

fn key(func: &Func, data: &InstData) -> String {
    let types: Vec<Ty> = data.results.iter().map(|&v| func.ty(v)).collect();
    format!("{types:?} {:?}", data.inst)
}
