//! Which array values of a function may share a buffer, and what calls do to arrays.
//!
//! Values fall into classes (a view with its base, a block parameter with all its
//! arguments). Two classes may share a buffer only if both were seen by someone else:
//! parameters of the function, elements of lists, objects, and whatever was handed out.
//! Flow-insensitive: what escapes anywhere counts as escaped everywhere.

use super::effects::{self, ArrayWrites, Origin};
use cranelift_entity::{EntityRef, PrimaryMap, SecondaryMap};
use lnp_ir::{Arg, Func, FuncId, Inst, InstData, LaunchMode, Module, Terminator, Value};

/// Bits of a function's parameters; functions with more are taken to do anything.
const MAX_PARAMS: usize = 63;

/// What a call of a function does, as far as passes care.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Summary {
    /// Parameters whose elements are written.
    pub writes: u64,
    /// Arrays that are not parameters are written: elements of lists, Python's.
    pub writes_other: bool,
    /// Parameters that may be held after the call (also through the result's list).
    pub keeps: u64,
    /// Has an effect outside the program, or on lists and generators.
    pub observable: bool,
    pub raises: bool,
    /// Of each result: the parameters whose buffer it may share; `None`: anything.
    pub results: Vec<Option<u64>>,
}

impl Summary {
    fn worst(n_results: usize) -> Summary {
        Summary {
            writes: u64::MAX,
            writes_other: true,
            keeps: u64::MAX,
            observable: true,
            raises: true,
            results: vec![None; n_results],
        }
    }
}

/// Summaries of all functions: the least fixpoint over the call graph.
pub(crate) struct Summaries(SecondaryMap<FuncId, Summary>);

impl Summaries {
    pub(crate) fn new(module: &Module) -> Summaries {
        let mut all = Summaries(SecondaryMap::new());
        for (id, func) in module.funcs.iter() {
            all.0[id].results = vec![Some(0); func.results.len()];
            if func.params().len() > MAX_PARAMS {
                all.0[id] = Summary::worst(func.results.len());
            }
        }
        loop {
            let mut changed = false;
            for (id, func) in module.funcs.iter() {
                if func.params().len() > MAX_PARAMS {
                    continue;
                }
                let new = summarize(func, &all);
                if all.0[id] != new {
                    all.0[id] = new;
                    changed = true;
                }
            }
            if !changed {
                return all;
            }
        }
    }

    pub(crate) fn of(&self, func: FuncId) -> &Summary {
        &self.0[func]
    }
}

fn summarize(func: &Func, all: &Summaries) -> Summary {
    let aliases = Aliases::new(func, all);
    let mut s = Summary {
        results: vec![Some(0); func.results.len()],
        ..Summary::default()
    };
    for &block in &func.order {
        let data = &func.blocks[block];
        for inst in &data.insts {
            for &v in &aliases.written(&inst.inst, all).values {
                s.writes |= aliases.params(v);
                s.writes_other |= aliases.has_other(v);
            }
            if aliases.written(&inst.inst, all).escaped {
                // A parameter may be among what was handed out: the caller knows which
                // of its arrays were, and `keeps` names those handed out here.
                s.writes_other = true;
            }
            match &inst.inst {
                Inst::Call { func, .. } => {
                    s.observable |= all.of(*func).observable;
                    s.raises |= all.of(*func).raises;
                }
                Inst::CallRt { rt, .. } => {
                    s.observable |= effects::is_observable(*rt);
                    s.raises |= rt.sig().raises && !effects::raises_only_memory(*rt);
                }
                // Conservative: shapes are not known here.
                Inst::Checked { .. } | Inst::View { .. } | Inst::Map { .. } | Inst::Launch { .. } => s.raises = true,
                _ => {}
            }
            for v in aliases.kept(&inst.inst, all) {
                s.keeps |= aliases.params(v);
            }
        }
        match &data.term {
            Some(Terminator::Return(vals)) => {
                for (idx, (result, &v)) in s.results.iter_mut().zip(vals).enumerate() {
                    // One buffer behind two results, or handed out before: not the caller's
                    // alone.
                    let twice = func.ty(v).is_ref()
                        && vals
                            .iter()
                            .enumerate()
                            .any(|(i, &w)| i != idx && aliases.find(w) == aliases.find(v));
                    if aliases.has_other(v) || aliases.class(v).kept || twice {
                        *result = None;
                    } else if let Some(mask) = result {
                        *mask |= aliases.params(v);
                    }
                }
            }
            Some(Terminator::Unwind) => s.raises = true,
            _ => {}
        }
    }
    s
}

#[derive(Clone, Copy, Default)]
struct Class {
    /// Someone outside this function may know the buffer.
    shared: bool,
    /// This function handed it out.
    kept: bool,
    /// It may be something that is neither fresh nor a parameter.
    other: bool,
    params: u64,
}

/// What an instruction writes.
#[derive(Default)]
pub(crate) struct Written {
    pub values: Vec<Value>,
    /// Also any array that was handed out.
    pub escaped: bool,
}

/// Alias classes of one function.
pub(crate) struct Aliases {
    parent: PrimaryMap<Value, Value>,
    class: SecondaryMap<Value, Class>,
}

impl Aliases {
    pub(crate) fn new(func: &Func, summaries: &Summaries) -> Aliases {
        let mut a = Aliases {
            parent: func.values.keys().collect(),
            class: SecondaryMap::new(),
        };
        for &block in &func.order {
            let data = &func.blocks[block];
            for inst in &data.insts {
                a.join_results(inst, summaries);
            }
            for target in data.term.iter().flat_map(|t| t.targets()) {
                for (&param, &arg) in func.blocks[target.block].params.iter().zip(&target.args) {
                    if func.ty(param).is_ref() {
                        a.union(param, arg);
                    }
                }
            }
        }
        for (idx, &param) in func.params().iter().enumerate() {
            let class = a.class_mut(param);
            class.shared = true;
            class.params |= 1 << idx.min(63);
        }
        for &block in &func.order {
            for inst in &func.blocks[block].insts {
                for v in a.kept(&inst.inst, summaries) {
                    let class = a.class_mut(v);
                    class.shared = true;
                    class.kept = true;
                }
            }
        }
        a
    }

    fn join_results(&mut self, data: &InstData, summaries: &Summaries) {
        match &data.inst {
            Inst::View { base, .. } => self.union(data.results[0], *base),
            Inst::RefCast(v) => self.union(data.results[0], *v),
            Inst::Call { func, args } => {
                for (&result, origin) in data.results.iter().zip(&summaries.of(*func).results) {
                    match origin {
                        None => self.set_unknown(result),
                        Some(mask) => {
                            for (idx, &arg) in args.iter().enumerate() {
                                if mask >> idx.min(63) & 1 != 0 {
                                    self.union(result, arg);
                                }
                            }
                        }
                    }
                }
            }
            Inst::CallRt { rt, args } => {
                for &result in &data.results {
                    match (effects::origin(*rt), args.first()) {
                        (Origin::Fresh, _) => {}
                        (Origin::Arg0, Some(Arg::Value(v))) => self.union(result, *v),
                        _ => self.set_unknown(result),
                    }
                }
            }
            _ => {}
        }
    }

    fn set_unknown(&mut self, v: Value) {
        let class = self.class_mut(v);
        class.shared = true;
        class.other = true;
    }

    fn find(&self, mut v: Value) -> Value {
        while self.parent[v] != v {
            v = self.parent[v];
        }
        v
    }

    fn union(&mut self, a: Value, b: Value) {
        let (a, b) = (self.find(a), self.find(b));
        if a == b {
            return;
        }
        // The lower number stays the root: chains stay short enough in practice.
        let (root, child) = if a.index() < b.index() { (a, b) } else { (b, a) };
        self.parent[child] = root;
        let c = self.class[child];
        let r = &mut self.class[root];
        r.shared |= c.shared;
        r.kept |= c.kept;
        r.other |= c.other;
        r.params |= c.params;
    }

    fn class_mut(&mut self, v: Value) -> &mut Class {
        let root = self.find(v);
        &mut self.class[root]
    }

    fn class(&self, v: Value) -> Class {
        self.class[self.find(v)]
    }

    fn params(&self, v: Value) -> u64 {
        self.class(v).params
    }

    fn has_other(&self, v: Value) -> bool {
        self.class(v).other
    }

    /// Whether two arrays may share a buffer.
    pub(crate) fn may_alias(&self, a: Value, b: Value) -> bool {
        self.find(a) == self.find(b) || (self.class(a).shared && self.class(b).shared)
    }

    /// Whether an instruction may write the buffer of `v`.
    pub(crate) fn may_write(&self, inst: &Inst, v: Value, summaries: &Summaries) -> bool {
        let written = self.written(inst, summaries);
        written.values.iter().any(|&w| self.may_alias(v, w)) || (written.escaped && self.class(v).shared)
    }

    /// The arrays that an instruction writes.
    pub(crate) fn written(&self, inst: &Inst, summaries: &Summaries) -> Written {
        let mut out = Written::default();
        match inst {
            Inst::Map {
                mode: LaunchMode::Into { dst, .. },
                ..
            }
            | Inst::Launch {
                mode: LaunchMode::Into { dst, .. },
                ..
            } => {
                out.values.push(*dst);
            }
            Inst::Call { func, args } => {
                let s = summaries.of(*func);
                out.escaped = s.writes_other;
                out.values = args
                    .iter()
                    .enumerate()
                    .filter(|(i, _)| s.writes >> (*i).min(63) & 1 != 0)
                    .map(|(_, v)| *v)
                    .collect();
            }
            Inst::CallRt { rt, args } => match effects::array_writes(*rt) {
                ArrayWrites::None => {}
                ArrayWrites::Escaped => out.escaped = true,
                ArrayWrites::Arg(n) => match args.get(n) {
                    Some(Arg::Value(v)) => out.values.push(*v),
                    _ => out.escaped = true,
                },
            },
            _ => {}
        }
        out
    }

    /// References that may be held elsewhere after an instruction.
    fn kept(&self, inst: &Inst, summaries: &Summaries) -> Vec<Value> {
        match inst {
            Inst::Call { func, args } => {
                let s = summaries.of(*func);
                args.iter()
                    .enumerate()
                    .filter(|(i, _)| s.keeps >> (*i).min(63) & 1 != 0)
                    .map(|(_, v)| *v)
                    .collect()
            }
            Inst::CallRt { rt, .. } if effects::keeps_arguments(*rt) => inst.operands().to_vec(),
            _ => Vec::new(),
        }
    }
}
