//! Kernels: each a loop nest with the ABI of `lnp_abi::KernelFn`.
//!
//! ```text
//! for outer loops                         pointers move by the outer strides
//!   all operands unit-stride inside:      the compute loop runs on the arrays themselves
//!   else, strip by strip:                 other operands are packed into scratch first,
//!     compute loop on the strip           outputs unpacked after
//! ```
//!
//! So compute loops see unit strides only. They run in 128-bit lanes, unrolled, then by
//! single chunks, then element by element with the same vector operations. A body with
//! library functions always runs in strips, cut into stages by `plan`.

mod complex;
mod lanes;
mod nest;
mod plan;
mod vector;

use crate::Error;
use crate::emit::{CONSTANT, Emit, PLAIN, Val};
use crate::object::Unit;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self as clif, BlockArg, InstBuilder, Value, types};
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext};
use cranelift_module::Module;
use lanes::Lanes;
use lnp_abi::DType;
use lnp_ir::{self as ir, Body, BodyVal, Kernel, ScalarOp};
use plan::{Plan, Source};
use std::collections::{BTreeMap, BTreeSet};

/// Bytes of all scratch of a kernel: what stays in the first-level cache.
const SCRATCH: usize = 24 * 1024;

/// Compiles a kernel.
pub fn define(unit: &mut Unit, module: &ir::Module, id: ir::KernelId) -> Result<(), Error> {
    let kernel = &module.kernels[id];
    let symbol = unit.kernels[&id];
    let mut ctx = unit.module.make_context();
    ctx.func.signature = unit.signature(&[types::I64; 4], &[]);
    let mut builder_ctx = FunctionBuilderContext::new();
    let builder = FunctionBuilder::new(&mut ctx.func, &mut builder_ctx);
    let mut nest = Nest::new(Emit::new(unit, builder), kernel);
    nest.build()
        .map_err(|e| Error::new(format!("{} (in kernel {})", e.message, kernel.name)))?;
    nest.e.b.seal_all_blocks();
    nest.e.finalize();
    unit.define(symbol, ctx)
}

/// Memory that a compute loop walks at unit stride.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Walk {
    Operand(usize),
    Temp(usize),
}

/// A kernel's code under construction.
struct Nest<'u, 'f, 'k> {
    e: Emit<'u, 'f>,
    body: &'k Body,
    ndim: usize,
    plan: Plan,
    /// Elements of a full chunk.
    width: usize,
    /// Dtypes of the operands: inputs, then outputs.
    dtypes: Vec<DType>,
    /// Elements of a strip.
    strip: usize,
    /// Strip-long scratch: one per operand, then one per temp.
    scratch: Option<clif::StackSlot>,
    scratch_at: Vec<usize>,
    /// How each operand is packed (see `nest`).
    modes: Option<clif::StackSlot>,
    strides: Value,
    extents: Vec<Value>,
    /// Scalar inputs in every lane.
    splats: BTreeMap<BodyVal, Val>,
    /// Whether the compute loops run on the arrays themselves.
    all_unit: Value,
    /// Per stage: its instructions in order.
    insts: Vec<Vec<BodyVal>>,
}

impl<'u, 'f, 'k> Nest<'u, 'f, 'k> {
    fn new(e: Emit<'u, 'f>, kernel: &'k Kernel) -> Nest<'u, 'f, 'k> {
        let plan = Plan::new(kernel);
        let body = &kernel.body;
        let dtypes: Vec<DType> = plan
            .inputs
            .iter()
            .map(|i| i.0)
            .chain(plan.outputs.iter().map(|o| o.0))
            .collect();
        let insts = stage_insts(body, &plan);
        let used = used_dtypes(body, &plan, &insts);
        let width = Lanes::for_dtypes(used.into_iter().chain(dtypes.iter().copied()));
        let sizes: Vec<usize> = dtypes.iter().chain(&plan.temp_dtypes).map(|d| d.size()).collect();
        let per_element: usize = sizes.iter().sum::<usize>().max(1);
        let strip = (SCRATCH / per_element).clamp(64, 512) & !15;
        let mut scratch_at = Vec::new();
        let mut at = 0;
        for size in sizes {
            scratch_at.push(at);
            at += strip * size;
        }
        Nest {
            e,
            body,
            ndim: usize::from(kernel.ndim),
            plan,
            width,
            dtypes,
            strip,
            scratch: None,
            scratch_at,
            modes: None,
            strides: Value::from_u32(0),
            extents: Vec::new(),
            splats: BTreeMap::new(),
            all_unit: Value::from_u32(0),
            insts,
        }
    }

    fn lanes(&self) -> Lanes {
        Lanes {
            width: self.width,
            active: self.width,
        }
    }

    /// The strip-long scratch of an operand or temp.
    fn scratch_address(&mut self, walk: Walk) -> Value {
        let number = match walk {
            Walk::Operand(k) => k,
            Walk::Temp(t) => self.dtypes.len() + t,
        };
        let bytes = self.strip
            * (self.dtypes.iter().chain(&self.plan.temp_dtypes))
                .map(|d| d.size())
                .sum::<usize>();
        let slot = match self.scratch {
            Some(slot) => slot,
            None => *self.scratch.insert(self.e.stack_slot(bytes, 6)),
        };
        let offset = self.scratch_at[number] as i32;
        self.e.b.ins().stack_addr(types::I64, slot, offset)
    }

    /// The stages over `m` elements; operand `k` at `at[k]`, unit stride.
    fn compute(&mut self, at: &[Value], m: Value) -> Result<(), Error> {
        for stage in 0..self.plan.n_stages {
            self.stage_loop(stage, at, m)?;
            for routine in self.plan.routines[stage].clone() {
                let out = match routine.direct {
                    Some(output) => at[self.plan.inputs.len() + output],
                    None => self.scratch_address(Walk::Temp(self.plan.temps[&routine.value])),
                };
                let mut args = vec![m, out];
                for &arg in &routine.args {
                    args.push(match self.plan.source[arg.0 as usize] {
                        Source::Operand(k) => at[k],
                        _ => self.scratch_address(Walk::Temp(self.plan.temps[&arg])),
                    });
                }
                let symbol = format!("lnp_v_{}_{}", routine.op.name(), routine.operand.ir_name());
                self.e.call_runtime(&symbol, &args, &[])?;
            }
        }
        Ok(())
    }

    /// What a stage leaves in memory: (value, where).
    fn stores(&self, stage: usize) -> Vec<(BodyVal, Walk)> {
        let mut stores: Vec<(BodyVal, Walk)> = self.plan.saves[stage]
            .iter()
            .map(|&v| (v, Walk::Temp(self.plan.temps[&v])))
            .collect();
        if stage + 1 == self.plan.n_stages && !self.plan.last_is_direct() {
            let outputs = self.plan.outputs.iter().enumerate();
            stores.extend(outputs.map(|(i, &(_, v))| (v, Walk::Operand(self.plan.inputs.len() + i))));
        }
        stores
    }

    /// The loop of a stage: unrolled chunks, single chunks, single elements.
    fn stage_loop(&mut self, stage: usize, at: &[Value], m: Value) -> Result<(), Error> {
        let stores = self.stores(stage);
        if stores.is_empty() {
            return Ok(());
        }
        let lanes = self.lanes();
        let unroll = self.unroll(stage);
        let mut from = self.e.iconst(0);
        let mut steps = vec![(lanes, unroll)];
        if unroll > 1 {
            steps.push((lanes, 1));
        }
        steps.push((lanes.one(), 1));
        for (lanes, unroll) in steps {
            let step = (lanes.active * unroll) as i64;
            let end = match step {
                1 => m,
                _ => self.e.b.ins().band_imm_s(m, -step),
            };
            let (head, exit) = (self.e.b.create_block(), self.e.b.create_block());
            let i = self.e.b.append_block_param(head, types::I64);
            let done = self.e.b.append_block_param(exit, types::I64);
            let any = self.e.b.ins().icmp(IntCC::SignedLessThan, from, end);
            self.e.b.ins().brif(any, head, &[from.into()], exit, &[from.into()]);
            self.e.b.switch_to_block(head);
            let mut bases = BTreeMap::new();
            for u in 0..unroll {
                self.chunk(stage, &stores, lanes, (i, u * lanes.active), at, &mut bases)?;
            }
            let next = self.e.b.ins().iadd_imm_s(i, step);
            let more = self.e.b.ins().icmp(IntCC::SignedLessThan, next, end);
            self.e.b.ins().brif(more, head, &[next.into()], exit, &[next.into()]);
            self.e.b.switch_to_block(exit);
            from = done;
        }
        Ok(())
    }

    /// More copies for short bodies; long ones have enough work in flight.
    fn unroll(&self, stage: usize) -> usize {
        let cost: usize = self.insts[stage]
            .iter()
            .filter_map(|&v| self.body.def(v))
            .map(|inst| match inst.op {
                ScalarOp::FloorDiv | ScalarOp::Mod | ScalarOp::Fmod => 20,
                _ if inst.dtype == DType::C128 => 4,
                _ => 1,
            })
            .sum();
        match cost {
            0..=12 => 4,
            13..=32 => 2,
            _ => 1,
        }
    }

    /// One chunk at element `index.0 + index.1`.
    fn chunk(
        &mut self,
        stage: usize,
        stores: &[(BodyVal, Walk)],
        lanes: Lanes,
        index: (Value, usize),
        at: &[Value],
        bases: &mut BTreeMap<Walk, Value>,
    ) -> Result<(), Error> {
        let mut values: BTreeMap<BodyVal, Val> = BTreeMap::new();
        for inst_idx in 0..self.insts[stage].len() {
            let value = self.insts[stage][inst_idx];
            let Some(inst) = self.body.def(value) else { continue };
            let mut args = Vec::with_capacity(inst.args.len());
            for &arg in &inst.args {
                args.push(self.operand(arg, lanes, index, at, bases, &mut values));
            }
            let operands: Vec<DType> = inst.args.iter().map(|&a| self.body.dtype(a)).collect();
            let shift = inst
                .args
                .get(1)
                .and_then(|&a| self.body.def(a))
                .and_then(|d| match d.op {
                    ScalarOp::ConstInt(v) => Some(v),
                    _ => None,
                });
            let result = self.e.chunk(lanes, inst.op, &operands, inst.dtype, &args, shift)?;
            values.insert(value, result);
        }
        for &(value, walk) in stores {
            let dtype = self.body.dtype(value);
            let result = self.operand(value, lanes, index, at, bases, &mut values);
            let (base, offset) = self.element(walk, dtype, index, at, bases);
            self.e.store_chunk(lanes, dtype, result, base, offset);
        }
        Ok(())
    }

    /// A value in a chunk: computed already, invariant, or loaded.
    fn operand(
        &mut self,
        value: BodyVal,
        lanes: Lanes,
        index: (Value, usize),
        at: &[Value],
        bases: &mut BTreeMap<Walk, Value>,
        values: &mut BTreeMap<BodyVal, Val>,
    ) -> Val {
        if let Some(&val) = values.get(&value) {
            return val;
        }
        let dtype = self.body.dtype(value);
        let walk = match self.plan.source[value.0 as usize] {
            Source::Operand(k) => Walk::Operand(k),
            Source::Scalar(_) => return self.splats[&value],
            Source::Const => {
                let op = self.body.def(value).map_or(ScalarOp::ConstInt(0), |d| d.op);
                return self.e.splat_const(lanes, op, dtype);
            }
            Source::Inst => Walk::Temp(self.plan.temps[&value]),
        };
        let (base, offset) = self.element(walk, dtype, index, at, bases);
        let val = self.e.load_chunk(lanes, dtype, base, offset);
        values.insert(value, val);
        val
    }

    /// Where an element lies: an address and a constant offset.
    fn element(
        &mut self,
        walk: Walk,
        dtype: DType,
        (i, moved): (Value, usize),
        at: &[Value],
        bases: &mut BTreeMap<Walk, Value>,
    ) -> (Value, i32) {
        let size = dtype.size();
        let base = match bases.get(&walk) {
            Some(&base) => base,
            None => {
                let start = match walk {
                    Walk::Operand(k) => at[k],
                    Walk::Temp(_) => self.scratch_address(walk),
                };
                let scaled = match size {
                    1 => i,
                    _ => self.e.b.ins().ishl_imm_u(i, i64::from(size.trailing_zeros())),
                };
                let base = self.e.b.ins().iadd(start, scaled);
                bases.insert(walk, base);
                base
            }
        };
        (base, (moved * size) as i32)
    }
}

/// Per stage, the instructions that its stores need, in order; no constants, no routines.
fn stage_insts(body: &Body, plan: &Plan) -> Vec<Vec<BodyVal>> {
    let mut all = Vec::new();
    for stage in 0..plan.n_stages {
        let mut stack = plan.saves[stage].clone();
        if stage + 1 == plan.n_stages {
            stack.extend(plan.outputs.iter().map(|o| o.1));
        }
        let mut seen = BTreeSet::new();
        while let Some(value) = stack.pop() {
            let idx = value.0 as usize;
            let Some(inst) = body.def(value) else { continue };
            let loaded = plan.stage[idx] != stage || plan.source[idx] == Source::Const;
            let routine = plan.routines.iter().flatten().any(|r| r.value == value);
            if loaded || routine || !seen.insert(value) {
                continue;
            }
            stack.extend(&inst.args);
        }
        all.push(seen.into_iter().collect());
    }
    all
}

/// Dtypes of all that compute loops touch.
fn used_dtypes(body: &Body, plan: &Plan, insts: &[Vec<BodyVal>]) -> Vec<DType> {
    let mut dtypes = plan.temp_dtypes.clone();
    for &value in insts.iter().flatten() {
        dtypes.push(body.dtype(value));
        if let Some(inst) = body.def(value) {
            dtypes.extend(inst.args.iter().map(|&a| body.dtype(a)));
        }
    }
    dtypes
}
