//! Cuts a body into stages around its strip routines.
//!
//! A routine works on whole strips, so what it reads must be in memory for the strip, and
//! what reads its result comes in a later stage:
//!
//! ```text
//! %2 = mul %0, %1          stage 0: %2 -> temp 0
//! %3 = exp %2              between: exp(temp 0) -> temp 1
//! %4 = add %3, %0          stage 1: reads temp 1 and operand 0, stores the output
//! ```
//!
//! Outputs are stored in the last stage only, because an output may be, element for
//! element, the memory of an input that a later stage reads.

use crate::scalar::is_routine;
use lnp_abi::DType;
use lnp_ir::{Body, BodyVal, Kernel, KernelInput, ScalarOp};
use std::collections::{BTreeMap, BTreeSet};

/// Where a value comes from in a stage that does not compute it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// An array operand, by its number in the kernel's ABI.
    Operand(usize),
    /// A scalar input, by its first slot.
    Scalar(usize),
    /// A constant.
    Const,
    /// Computed by an instruction; the stage is in `Plan::stage`.
    Inst,
}

/// A call of a strip routine after a stage.
#[derive(Clone, Debug)]
pub struct Routine {
    pub value: BodyVal,
    pub op: ScalarOp,
    /// The dtype of its operands.
    pub operand: DType,
    pub args: Vec<BodyVal>,
    /// It writes the output of this number directly.
    pub direct: Option<usize>,
}

#[derive(Debug)]
pub struct Plan {
    pub source: Vec<Source>,
    /// The stage that computes an instruction's value; for a routine, the first that may
    /// read its result.
    pub stage: Vec<usize>,
    /// Values that a stage computes and must leave in memory.
    pub saves: Vec<Vec<BodyVal>>,
    /// Routines between stage `s` and `s + 1`.
    pub routines: Vec<Vec<Routine>>,
    /// Number of the strip-long scratch of a value.
    pub temps: BTreeMap<BodyVal, usize>,
    pub temp_dtypes: Vec<DType>,
    /// Scalars and constants that a routine reads: temps filled once.
    pub fills: Vec<BodyVal>,
    pub n_stages: usize,
    /// Array operands: (dtype, body parameter); then outputs.
    pub inputs: Vec<(DType, usize)>,
    pub outputs: Vec<(DType, BodyVal)>,
}

impl Plan {
    pub fn new(kernel: &Kernel) -> Plan {
        let body = &kernel.body;
        let n_params = body.params.len();
        let mut source = Vec::new();
        let mut inputs = Vec::new();
        let mut slot = 0;
        for (p, input) in kernel.inputs.iter().enumerate() {
            match input {
                KernelInput::Scalar => {
                    source.push(Source::Scalar(slot));
                    slot += body.params[p].size().div_ceil(8);
                }
                KernelInput::Array { .. } => {
                    source.push(Source::Operand(inputs.len()));
                    inputs.push((body.params[p], p));
                }
            }
        }
        let mut stage = vec![0; n_params];
        for inst in &body.insts {
            source.push(if inst.op.is_const() {
                Source::Const
            } else {
                Source::Inst
            });
            let after = inst.args.iter().map(|a| stage[a.0 as usize]).max().unwrap_or(0);
            let step = usize::from(routine_operand(body, inst.op, &inst.args).is_some());
            stage.push(after + step);
        }
        let needed = needed(body);
        let outputs: Vec<(DType, BodyVal)> = body.results.iter().map(|&r| (body.dtype(r), r)).collect();
        let n_stages = 1 + needed.iter().map(|v| stage[v.0 as usize]).max().unwrap_or(0);
        let mut plan = Plan {
            source,
            stage,
            saves: vec![Vec::new(); n_stages],
            routines: vec![Vec::new(); n_stages],
            temps: BTreeMap::new(),
            temp_dtypes: Vec::new(),
            fills: Vec::new(),
            n_stages,
            inputs,
            outputs,
        };
        plan.place(body, &needed);
        plan
    }

    fn place(&mut self, body: &Body, needed: &BTreeSet<BodyVal>) {
        let last = self.n_stages - 1;
        let mut saved = BTreeSet::new();
        let direct = self.direct_output(body);
        for &value in needed {
            let Some(inst) = body.def(value) else { continue };
            let at = self.stage[value.0 as usize];
            let routine = routine_operand(body, inst.op, &inst.args);
            if let Some(operand) = routine {
                let direct = (direct == Some(value)).then_some(0);
                self.routines[at - 1].push(Routine {
                    value,
                    op: inst.op,
                    operand,
                    args: inst.args.to_vec(),
                    direct,
                });
                if direct.is_none() {
                    self.temp(body, value);
                }
            }
            for &arg in &inst.args {
                // A routine's operands must be in memory; another's only when they come
                // from an earlier stage.
                if routine.is_some() || self.stage[arg.0 as usize] < at {
                    saved.extend(self.need_in_memory(body, arg, routine.is_some()));
                }
            }
        }
        for &result in &body.results {
            if self.stage[result.0 as usize] < last {
                saved.extend(self.need_in_memory(body, result, false));
            }
        }
        for value in saved {
            self.saves[self.stage[value.0 as usize]].push(value);
        }
        // The direct one last: until then inputs are intact.
        for routines in &mut self.routines {
            routines.sort_by_key(|r| r.direct.is_some());
        }
    }

    /// Sees to it that a value is in memory; the value, if a stage has to save it.
    fn need_in_memory(&mut self, body: &Body, value: BodyVal, for_routine: bool) -> Option<BodyVal> {
        let idx = value.0 as usize;
        match self.source[idx] {
            Source::Operand(_) => None,
            Source::Scalar(_) | Source::Const => {
                if for_routine && !self.temps.contains_key(&value) {
                    self.temp(body, value);
                    self.fills.push(value);
                }
                None
            }
            Source::Inst => {
                let inst = body.def(value)?;
                if routine_operand(body, inst.op, &inst.args).is_some() {
                    return None;
                }
                self.temp(body, value);
                Some(value)
            }
        }
    }

    fn temp(&mut self, body: &Body, value: BodyVal) {
        if !self.temps.contains_key(&value) {
            self.temps.insert(value, self.temp_dtypes.len());
            self.temp_dtypes.push(body.dtype(value));
        }
    }

    /// The output that its routine can write by itself: the only one, computed last.
    fn direct_output(&self, body: &Body) -> Option<BodyVal> {
        let [result] = body.results[..] else { return None };
        let inst = body.def(result)?;
        routine_operand(body, inst.op, &inst.args)?;
        (self.stage[result.0 as usize] == self.n_stages - 1).then_some(result)
    }

    /// Whether the last stage has nothing to do.
    pub fn last_is_direct(&self) -> bool {
        self.routines.iter().flatten().any(|r| r.direct.is_some())
    }

    pub fn is_strip_only(&self) -> bool {
        self.n_stages > 1
    }
}

/// The operand dtype when an operation is a strip routine.
fn routine_operand(body: &Body, op: ScalarOp, args: &[BodyVal]) -> Option<DType> {
    let operand = body.dtype(*args.first()?);
    // A cast or select is none, whatever its operands are.
    (!matches!(op, ScalarOp::Cast | ScalarOp::Select) && is_routine(op, operand)).then_some(operand)
}

/// Values that a result depends on.
fn needed(body: &Body) -> BTreeSet<BodyVal> {
    let mut needed: BTreeSet<BodyVal> = BTreeSet::new();
    let mut stack = body.results.clone();
    while let Some(value) = stack.pop() {
        if needed.insert(value)
            && let Some(inst) = body.def(value)
        {
            stack.extend(&inst.args);
        }
    }
    needed
}
