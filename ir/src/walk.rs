//! Walks over operands and control flow: what every analysis and rewrite needs.

use crate::{Arg, Block, BlockCall, Func, Inst, LaunchMode, Terminator, Value, ViewDim};
use cranelift_entity::SecondaryMap;
use smallvec::SmallVec;

impl Inst {
    /// Calls `f` on every operand, in order.
    pub fn for_each_operand(&self, mut f: impl FnMut(Value)) {
        match self {
            Inst::Const(_) => {}
            Inst::Scalar { args, .. } | Inst::Checked { args, .. } | Inst::Call { args, .. } => {
                args.iter().copied().for_each(f);
            }
            Inst::Bitcast(v) | Inst::RefCast(v) | Inst::Retain(v) | Inst::Release(v) => f(*v),
            Inst::Dim { array, .. } => f(*array),
            Inst::View { base, dims, .. } => {
                f(*base);
                for dim in dims {
                    match dim {
                        ViewDim::Index(v) => f(*v),
                        ViewDim::Slice { start, stop, step } => {
                            [start, stop, step].into_iter().flatten().for_each(|v| f(*v));
                        }
                        ViewDim::Full | ViewDim::NewAxis => {}
                    }
                }
            }
            Inst::Map { inputs, mode, .. } | Inst::Launch { inputs, mode, .. } => {
                inputs.iter().for_each(|v| f(*v));
                if let LaunchMode::Into { dst, .. } = mode {
                    f(*dst);
                }
            }
            Inst::CallRt { args, .. } => {
                for arg in args {
                    match arg {
                        Arg::Value(v) => f(*v),
                        Arg::Slots(vals) => vals.iter().for_each(|v| f(*v)),
                        Arg::Imm(_) | Arg::ImmBool(_) | Arg::ImmSlots(_) | Arg::Str(_) | Arg::Unit(_) => {}
                    }
                }
            }
        }
    }

    /// Replaces every operand by what `f` gives for it.
    pub fn map_operands(&mut self, mut f: impl FnMut(Value) -> Value) {
        match self {
            Inst::Const(_) => {}
            Inst::Scalar { args, .. } | Inst::Checked { args, .. } | Inst::Call { args, .. } => {
                args.iter_mut().for_each(|v| *v = f(*v));
            }
            Inst::Bitcast(v) | Inst::RefCast(v) | Inst::Retain(v) | Inst::Release(v) => *v = f(*v),
            Inst::Dim { array, .. } => *array = f(*array),
            Inst::View { base, dims, .. } => {
                *base = f(*base);
                for dim in dims {
                    match dim {
                        ViewDim::Index(v) => *v = f(*v),
                        ViewDim::Slice { start, stop, step } => {
                            [start, stop, step].into_iter().flatten().for_each(|v| *v = f(*v));
                        }
                        ViewDim::Full | ViewDim::NewAxis => {}
                    }
                }
            }
            Inst::Map { inputs, mode, .. } | Inst::Launch { inputs, mode, .. } => {
                inputs.iter_mut().for_each(|v| *v = f(*v));
                if let LaunchMode::Into { dst, .. } = mode {
                    *dst = f(*dst);
                }
            }
            Inst::CallRt { args, .. } => {
                for arg in args {
                    match arg {
                        Arg::Value(v) => *v = f(*v),
                        Arg::Slots(vals) => vals.iter_mut().for_each(|v| *v = f(*v)),
                        Arg::Imm(_) | Arg::ImmBool(_) | Arg::ImmSlots(_) | Arg::Str(_) | Arg::Unit(_) => {}
                    }
                }
            }
        }
    }

    /// The operands, in order.
    pub fn operands(&self) -> SmallVec<[Value; 8]> {
        let mut out = SmallVec::new();
        self.for_each_operand(|v| out.push(v));
        out
    }
}

impl Terminator {
    /// The blocks that may come next, with their arguments.
    pub fn targets(&self) -> SmallVec<[&BlockCall; 2]> {
        match self {
            Terminator::Jump(to) => SmallVec::from_slice(&[to]),
            Terminator::Branch { then, other, .. } => SmallVec::from_slice(&[then, other]),
            Terminator::Return(_) | Terminator::Unwind => SmallVec::new(),
        }
    }

    pub fn targets_mut(&mut self) -> SmallVec<[&mut BlockCall; 2]> {
        let mut out = SmallVec::new();
        match self {
            Terminator::Jump(to) => out.push(to),
            Terminator::Branch { then, other, .. } => {
                out.push(then);
                out.push(other);
            }
            Terminator::Return(_) | Terminator::Unwind => {}
        }
        out
    }

    pub fn for_each_operand(&self, mut f: impl FnMut(Value)) {
        match self {
            Terminator::Branch { cond, .. } => f(*cond),
            Terminator::Return(vals) => vals.iter().for_each(|v| f(*v)),
            Terminator::Jump(_) | Terminator::Unwind => {}
        }
        for target in self.targets() {
            target.args.iter().for_each(|v| f(*v));
        }
    }

    /// Replaces every operand by what `f` gives for it.
    pub fn map_operands(&mut self, mut f: impl FnMut(Value) -> Value) {
        match self {
            Terminator::Branch { cond, .. } => *cond = f(*cond),
            Terminator::Return(vals) => vals.iter_mut().for_each(|v| *v = f(*v)),
            Terminator::Jump(_) | Terminator::Unwind => {}
        }
        for target in self.targets_mut() {
            target.args.iter_mut().for_each(|v| *v = f(*v));
        }
    }

    /// The operands: condition or results, then the targets' arguments.
    pub fn operands(&self) -> SmallVec<[Value; 8]> {
        let mut out = SmallVec::new();
        self.for_each_operand(|v| out.push(v));
        out
    }
}

/// The dominator tree of the blocks that the entry reaches.
///
/// Source: Cooper, Harvey, Kennedy, "A simple, fast dominance algorithm" (2001).
pub struct Dominators {
    /// Reachable blocks in reverse postorder.
    rpo: Vec<Block>,
    /// Position in `rpo` plus one; 0 where not reachable.
    number: SecondaryMap<Block, u32>,
    /// Immediate dominator, by position in `rpo`; the entry's is itself.
    idom: Vec<u32>,
    preds: SecondaryMap<Block, Vec<Block>>,
}

impl Dominators {
    /// Every target must be a block of the function.
    pub fn new(func: &Func) -> Dominators {
        let mut postorder = Vec::new();
        let mut preds: SecondaryMap<Block, Vec<Block>> = SecondaryMap::new();
        let mut seen: SecondaryMap<Block, bool> = SecondaryMap::new();
        let succs = |b: Block| -> SmallVec<[Block; 2]> {
            func.blocks[b]
                .term
                .iter()
                .flat_map(|t| t.targets())
                .map(|t| t.block)
                .collect()
        };
        let mut stack = vec![(func.entry(), 0)];
        seen[func.entry()] = true;
        while let Some((block, next)) = stack.pop() {
            let succ = succs(block);
            if next == 0 {
                for &s in &succ {
                    preds[s].push(block);
                }
            }
            match succ.get(next) {
                None => postorder.push(block),
                Some(&s) => {
                    stack.push((block, next + 1));
                    if !std::mem::replace(&mut seen[s], true) {
                        stack.push((s, 0));
                    }
                }
            }
        }
        postorder.reverse();
        let rpo = postorder;
        let mut number: SecondaryMap<Block, u32> = SecondaryMap::new();
        for (idx, &block) in rpo.iter().enumerate() {
            number[block] = idx as u32 + 1;
        }
        const NONE: u32 = u32::MAX;
        let mut idom = vec![NONE; rpo.len()];
        idom[0] = 0;
        let mut changed = true;
        while changed {
            changed = false;
            for (idx, &block) in rpo.iter().enumerate().skip(1) {
                let mut new = NONE;
                for &pred in &preds[block] {
                    let mut p = number[pred] - 1;
                    if idom[p as usize] == NONE {
                        continue;
                    }
                    if new == NONE {
                        new = p;
                        continue;
                    }
                    while p != new {
                        while p > new {
                            p = idom[p as usize];
                        }
                        while new > p {
                            new = idom[new as usize];
                        }
                    }
                }
                if idom[idx] != new {
                    idom[idx] = new;
                    changed = true;
                }
            }
        }
        Dominators {
            rpo,
            number,
            idom,
            preds,
        }
    }

    /// Reachable blocks, each after its immediate dominator.
    pub fn reverse_postorder(&self) -> &[Block] {
        &self.rpo
    }

    pub fn is_reachable(&self, block: Block) -> bool {
        self.number[block] != 0
    }

    /// Reachable predecessors; one entry per edge.
    pub fn preds(&self, block: Block) -> &[Block] {
        &self.preds[block]
    }

    /// The immediate dominator; `None` for the entry and for what is not reachable.
    pub fn idom(&self, block: Block) -> Option<Block> {
        match self.number[block] {
            0 | 1 => None,
            n => Some(self.rpo[self.idom[n as usize - 1] as usize]),
        }
    }

    /// Whether every path from the entry to `b` passes through `a` (a block dominates itself).
    pub fn dominates(&self, a: Block, b: Block) -> bool {
        let (a, mut b) = (self.number[a], self.number[b]);
        if a == 0 || b == 0 {
            return false;
        }
        while b > a {
            b = self.idom[b as usize - 1] + 1;
        }
        a == b
    }
}
