//! Ends each reference's life: inserts `release` after last uses and `retain` where one
//! reference becomes two.
//!
//! Before:  %2 = view %1[…]   %3 = map fresh (%2)   return %3
//! After:   %2 = view %1[…]   release %1   %3 = map fresh (%2)   release %2   return %3
//!
//! Requires: no `retain` and no `release` in the module; all moves of code are done.
//! Ensures:  on every path that does not raise, each owned reference is released, returned
//!           or handed to a block parameter exactly once, and as early as possible.
//! Keeps:    everything else.
//!
//! Ownership: the results of instructions and the parameters of blocks own one count; the
//! function's own parameters are borrowed; constant strings are immortal. A jump hands its
//! arguments' counts to the target's parameters, a return to the caller; calls only borrow.
//! A view holds its buffer, so the base may go first; a lazy one owns nothing, and its uses
//! are its base's. A path that raises may leak: the
//! program is about to end.

use crate::{Changed, Options};
use cranelift_entity::{EntitySet, SecondaryMap};
use lnp_ir::{Arg, Block, BlockCall, Const, Func, Inst, InstData, Module, Rt, Span, Terminator, Value};

pub fn run(module: &mut Module, _opts: &Options) -> Changed {
    let mut changed = false;
    for func in module.funcs.values_mut() {
        changed |= Placer::new(func).run();
    }
    Changed::when(changed)
}

/// Who counts a reference.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Owner {
    /// No reference, or a constant string: never counted.
    #[default]
    None,
    /// The caller.
    Borrowed,
    /// The value itself.
    Owned,
}

struct Placer<'a> {
    func: &'a mut Func,
    owner: SecondaryMap<Value, Owner>,
    /// The bases of lazy views.
    bases: SecondaryMap<Value, Option<Value>>,
    /// References that each block needs from above; without its parameters.
    live_in: SecondaryMap<Block, EntitySet<Value>>,
    n_preds: SecondaryMap<Block, u32>,
    changed: bool,
}

/// A string that dies where it begins a longer one grows into that.
fn append(insts: &mut Vec<InstData>) {
    let mut at = 0;
    while at < insts.len() {
        if let Some(release) = dying_prefix(&insts[at..]) {
            insts.remove(at + release);
            if let Inst::CallRt { rt, .. } = &mut insts[at].inst {
                *rt = Rt::StrAppend;
            }
        }
        at += 1;
    }
}

/// Of a concatenation at the start of `insts`: where its first string is released right after.
fn dying_prefix(insts: &[InstData]) -> Option<usize> {
    let Inst::CallRt {
        rt: Rt::StrConcat,
        args,
    } = &insts[0].inst
    else {
        return None;
    };
    let [Arg::Slots(parts)] = &args[..] else { return None };
    let (first, rest) = parts.split_first()?;
    if rest.contains(first) {
        return None;
    }
    let releases = insts[1..]
        .iter()
        .take_while(|data| matches!(data.inst, Inst::Release(_)));
    let found = releases.into_iter().position(|data| data.inst == Inst::Release(*first));
    found.map(|at| at + 1)
}

impl Placer<'_> {
    fn new(func: &mut Func) -> Placer<'_> {
        let mut owner: SecondaryMap<Value, Owner> = SecondaryMap::new();
        let mut bases: SecondaryMap<Value, Option<Value>> = SecondaryMap::new();
        let mut n_preds: SecondaryMap<Block, u32> = SecondaryMap::new();
        for &block in &func.order {
            let data = &func.blocks[block];
            let of_params = if block == func.entry() {
                Owner::Borrowed
            } else {
                Owner::Owned
            };
            for &param in &data.params {
                owner[param] = of_params;
            }
            for inst in &data.insts {
                let uncounted = matches!(inst.inst, Inst::Const(Const::Str(_)) | Inst::View { lazy: true, .. });
                for &result in &inst.results {
                    owner[result] = if uncounted { Owner::None } else { Owner::Owned };
                }
                if let Inst::View { base, lazy: true, .. } = inst.inst {
                    bases[inst.results[0]] = Some(base);
                }
            }
            for target in data.term.iter().flat_map(|t| t.targets()) {
                n_preds[target.block] += 1;
            }
        }
        for (value, data) in func.values.iter() {
            if !data.ty.is_ref() {
                owner[value] = Owner::None;
            }
        }
        Placer {
            func,
            owner,
            bases,
            live_in: SecondaryMap::new(),
            n_preds,
            changed: false,
        }
    }

    fn run(mut self) -> bool {
        self.liveness();
        let order = self.func.order.clone();
        for &block in &order {
            self.insts(block);
        }
        // Only now: a release at the top of a block must not count as a use there.
        for &block in &order {
            self.edges(block);
        }
        for &block in &order {
            append(&mut self.func.blocks[block].insts);
        }
        self.changed
    }

    fn owned(&self, value: Value) -> bool {
        self.owner[value] == Owner::Owned
    }

    /// The reference that a use of `v` needs alive.
    fn needed(&self, v: Value) -> Value {
        self.bases[v].unwrap_or(v)
    }

    /// Backward data flow to a fixpoint.
    fn liveness(&mut self) {
        let mut again = true;
        while again {
            again = false;
            for idx in (0..self.func.order.len()).rev() {
                let block = self.func.order[idx];
                let mut live = self.live_out(block);
                for inst in self.func.blocks[block].insts.iter().rev() {
                    for &result in &inst.results {
                        live.remove(result);
                    }
                    inst.inst.for_each_operand(|v| {
                        let v = self.needed(v);
                        if self.owner[v] != Owner::None {
                            live.insert(v);
                        }
                    });
                }
                for &param in &self.func.blocks[block].params {
                    live.remove(param);
                }
                if live.iter().any(|v| !self.live_in[block].contains(v)) {
                    self.live_in[block] = live;
                    again = true;
                }
            }
        }
    }

    /// References needed after a block's last instruction, by its terminator or later.
    fn live_out(&self, block: Block) -> EntitySet<Value> {
        let mut live = EntitySet::new();
        let Some(term) = &self.func.blocks[block].term else {
            return live;
        };
        term.for_each_operand(|v| {
            if self.owner[v] != Owner::None {
                live.insert(v);
            }
        });
        for target in term.targets() {
            for v in self.live_in[target.block].iter() {
                live.insert(v);
            }
        }
        live
    }

    /// Releases what ends inside a block.
    fn insts(&mut self, block: Block) {
        let mut live = self.live_out(block);
        let insts = std::mem::take(&mut self.func.blocks[block].insts);
        // Built backwards.
        let mut out: Vec<InstData> = Vec::with_capacity(insts.len() * 2);
        for data in insts.into_iter().rev() {
            let span = data.span;
            let mut dead: Vec<Value> = Vec::new();
            let operands = data.inst.operands().into_iter().map(|v| self.needed(v));
            for v in operands.chain(data.results.iter().copied()) {
                if self.owned(v) && !live.contains(v) && !dead.contains(&v) {
                    dead.push(v);
                }
            }
            // A cast is the same reference under another type: it takes the operand's count
            // over, or needs one of its own.
            if let (Inst::RefCast(v), Some(&result)) = (&data.inst, data.results.first()) {
                let takes_over = dead.contains(v);
                dead.retain(|d| d != v);
                self.changed |= !dead.is_empty();
                out.extend(dead.iter().rev().map(|&v| inst(Inst::Release(v), span)));
                if !takes_over {
                    out.push(inst(Inst::Retain(result), span));
                    self.changed = true;
                }
            } else {
                self.changed |= !dead.is_empty();
                out.extend(dead.iter().rev().map(|&v| inst(Inst::Release(v), span)));
            }
            for &result in &data.results {
                live.remove(result);
            }
            data.inst.for_each_operand(|v| {
                let v = self.needed(v);
                if self.owner[v] != Owner::None {
                    live.insert(v);
                }
            });
            out.push(data);
        }
        for &param in self.func.blocks[block].params.iter().rev() {
            if self.owned(param) && !live.contains(param) {
                out.push(inst(Inst::Release(param), Span::default()));
                self.changed = true;
            }
        }
        out.reverse();
        self.func.blocks[block].insts = out;
    }

    /// Hands references over at a block's end, and releases what only another path needs.
    fn edges(&mut self, block: Block) {
        let span = self.func.blocks[block].term_span;
        let Some(mut term) = self.func.blocks[block].term.take() else {
            return;
        };
        match &mut term {
            Terminator::Unwind => {}
            Terminator::Return(vals) => {
                let retains = self.retains(vals, |_| false, span);
                self.func.blocks[block].insts.extend(retains);
            }
            Terminator::Jump(to) => {
                let retains = self.retains(&to.args, |v| self.live_in[to.block].contains(v), span);
                self.func.blocks[block].insts.extend(retains);
            }
            Terminator::Branch { then, other, .. } => {
                let mut live = EntitySet::new();
                for target in [&*then, &*other] {
                    for v in target.args.iter().copied().chain(self.live_in[target.block].iter()) {
                        live.insert(v);
                    }
                }
                for target in [then, other] {
                    self.branch_edge(block, target, &live, span);
                }
            }
        }
        self.func.blocks[block].term = Some(term);
    }

    fn branch_edge(&mut self, from: Block, to: &mut BlockCall, live: &EntitySet<Value>, span: Span) {
        let mut insts = self.retains(&to.args, |v| self.live_in[to.block].contains(v), span);
        let dead: Vec<Value> = live
            .iter()
            .filter(|&v| self.owned(v) && !self.live_in[to.block].contains(v) && !to.args.contains(&v))
            .collect();
        let releases = dead.into_iter().map(|v| inst(Inst::Release(v), span));
        if insts.is_empty() && self.n_preds[to.block] == 1 {
            let releases: Vec<InstData> = releases.collect();
            self.changed |= !releases.is_empty();
            self.func.blocks[to.block].insts.splice(0..0, releases);
            return;
        }
        insts.extend(releases);
        if insts.is_empty() {
            return;
        }
        self.changed = true;
        // A block of its own on the edge, next to where it starts.
        let func = &mut *self.func;
        let edge = func.new_block();
        func.order.pop();
        let at = func
            .order
            .iter()
            .position(|&b| b == from)
            .map_or(func.order.len(), |p| p + 1);
        func.order.insert(at, edge);
        let next = BlockCall {
            block: to.block,
            args: std::mem::take(&mut to.args),
        };
        to.block = edge;
        func.blocks[edge].insts = insts;
        func.blocks[edge].term = Some(Terminator::Jump(next));
        func.blocks[edge].term_span = span;
    }

    /// The retains that handing over `vals` needs: one for each count beyond those owned.
    fn retains(&self, vals: &[Value], live_after: impl Fn(Value) -> bool, span: Span) -> Vec<InstData> {
        let mut out = Vec::new();
        for (idx, &v) in vals.iter().enumerate() {
            let owns = self.owned(v) && !live_after(v) && !vals[..idx].contains(&v);
            if self.owner[v] != Owner::None && !owns {
                out.push(inst(Inst::Retain(v), span));
            }
        }
        out
    }
}

fn inst(inst: Inst, span: Span) -> InstData {
    InstData {
        inst,
        results: Vec::new(),
        span,
    }
}
