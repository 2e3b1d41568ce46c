//! The host program: each IR function as one native function of the C convention.
//!
//! A function that may raise returns with the runtime's pending exception set; whoever
//! calls tests that after the call. The test and the way out are cold code: one block per
//! source line adds the traceback's frame, then all leave by returning zeros.

mod call;
mod checked;

use crate::Error;
use crate::emit::{Emit, Val};
use crate::object::{FuncFacts, Unit, machine_types, returns_by_pointer};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self as clif, BlockArg, InstBuilder, MemFlagsData, Value, types};
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext};
use cranelift_module::Module;
use lnp_abi::{ExceptionKind, SHAPE_OFFSET};
use lnp_ir::{self as ir, Const, DType, Inst, ScalarOp, Terminator, Ty};
use std::collections::{BTreeMap, BTreeSet};

/// The variable that counts the calls of recursive functions.
const DEPTH: &str = "lnp_depth";

/// Which functions may raise, and which may call themselves.
pub fn facts(module: &ir::Module) -> BTreeMap<ir::FuncId, FuncFacts> {
    let mut callees: BTreeMap<ir::FuncId, BTreeSet<ir::FuncId>> = BTreeMap::new();
    let mut raises: BTreeSet<ir::FuncId> = BTreeSet::new();
    for (id, func) in module.funcs.iter() {
        let called = callees.entry(id).or_default();
        for data in func.order.iter().flat_map(|&b| &func.blocks[b].insts) {
            let direct = match &data.inst {
                Inst::Call { func, .. } => {
                    called.insert(*func);
                    false
                }
                Inst::CallRt { rt, .. } => rt.sig().raises,
                Inst::Checked { .. } | Inst::View { .. } | Inst::Launch { .. } | Inst::Map { .. } => true,
                _ => false,
            };
            if direct {
                raises.insert(id);
            }
        }
    }
    let reachable = |from: ir::FuncId| {
        let mut seen = BTreeSet::new();
        let mut stack: Vec<ir::FuncId> = callees[&from].iter().copied().collect();
        while let Some(next) = stack.pop() {
            if seen.insert(next) {
                stack.extend(&callees[&next]);
            }
        }
        seen
    };
    let reached: BTreeMap<ir::FuncId, BTreeSet<ir::FuncId>> =
        module.funcs.keys().map(|id| (id, reachable(id))).collect();
    let recursive: BTreeSet<ir::FuncId> = module.funcs.keys().filter(|id| reached[id].contains(id)).collect();
    module
        .funcs
        .keys()
        .map(|id| {
            let facts = FuncFacts {
                raises: raises.contains(&id)
                    || recursive.contains(&id)
                    || reached[&id].iter().any(|f| raises.contains(f) || recursive.contains(f)),
                recursive: recursive.contains(&id),
            };
            (id, facts)
        })
        .collect()
}

/// Compiles a function.
pub fn define(unit: &mut Unit, module: &ir::Module, id: ir::FuncId) -> Result<(), Error> {
    let func = &module.funcs[id];
    let mut ctx = unit.module.make_context();
    ctx.func.signature = unit.user_signature(func);
    let mut builder_ctx = FunctionBuilderContext::new();
    let recursive = unit.facts[&id].recursive;
    let builder = FunctionBuilder::new(&mut ctx.func, &mut builder_ctx);
    let mut host = Host {
        e: Emit::new(unit, builder),
        module,
        func,
        recursive,
        vals: BTreeMap::new(),
        lazy: BTreeMap::new(),
        ints: BTreeMap::new(),
        blocks: BTreeMap::new(),
        results_at: None,
        unwinds: BTreeMap::new(),
        raises: BTreeMap::new(),
        areas: Vec::new(),
        results_area: None,
    };
    host.translate()
        .map_err(|e| Error::new(format!("{} (in {})", e.message, func.name)))?;
    host.e.b.seal_all_blocks();
    host.e.finalize();
    let symbol = unit.funcs[&id];
    unit.define(symbol, ctx)
}

struct Host<'u, 'f, 'm> {
    e: Emit<'u, 'f>,
    module: &'m ir::Module,
    func: &'m ir::Func,
    recursive: bool,
    vals: BTreeMap<ir::Value, Val>,
    /// Views that are left to their launches.
    lazy: BTreeMap<ir::Value, LazyView<'m>>,
    /// Values that are constant integers.
    ints: BTreeMap<ir::Value, i64>,
    blocks: BTreeMap<ir::Block, clif::Block>,
    /// Where results go when they do not fit registers.
    results_at: Option<Value>,
    /// Per source line: the block that adds the frame and leaves.
    unwinds: BTreeMap<u32, clif::Block>,
    /// Per error: the block that raises it.
    raises: BTreeMap<(u8, String, u32), clif::Block>,
    /// Stack areas for `Slots` arguments, by the argument's position among those of a call.
    areas: Vec<clif::StackSlot>,
    /// Stack area for the results of a callee that returns by pointer.
    results_area: Option<clif::StackSlot>,
}

/// A view that is not made: what its launches are told of it.
#[derive(Clone, Copy)]
struct LazyView<'m> {
    /// Its place among the function's lazy views.
    order: usize,
    base: ir::Value,
    dims: &'m [ir::ViewDim],
    line: u32,
}

impl<'m> Host<'_, '_, 'm> {
    fn translate(&mut self) -> Result<(), Error> {
        let order = reverse_postorder(self.func);
        let entry = self.e.b.create_block();
        self.e.b.append_block_params_for_function_params(entry);
        self.e.b.switch_to_block(entry);
        for &block in &order {
            let data = &self.func.blocks[block];
            let target = self.e.b.create_block();
            self.blocks.insert(block, target);
            for &param in &data.params {
                let tys = machine_types(self.func.ty(param).abi());
                let values: Vec<Value> = tys.iter().map(|&ty| self.e.b.append_block_param(target, ty)).collect();
                self.bind(param, &values);
            }
            for inst in &data.insts {
                if let (Inst::Const(Const::I64(v)), [result]) = (&inst.inst, &inst.results[..]) {
                    self.ints.insert(*result, *v);
                }
            }
        }
        let mut args = self.e.b.block_params(entry).to_vec();
        if returns_by_pointer(&self.func.results) {
            self.results_at = Some(args.remove(0));
        }
        self.enter_recursive();
        let args: Vec<BlockArg> = args.into_iter().map(BlockArg::Value).collect();
        let first = self.blocks[&self.func.entry()];
        self.e.b.ins().jump(first, &args);
        for &block in &order {
            let data = &self.func.blocks[block];
            self.e.b.switch_to_block(self.blocks[&block]);
            for inst in &data.insts {
                self.e.b.set_srcloc(clif::SourceLoc::new(inst.span.line));
                self.inst(inst)?;
            }
            let term = data
                .term
                .as_ref()
                .ok_or_else(|| Error::new(format!("{block} does not end")))?;
            self.e.b.set_srcloc(clif::SourceLoc::new(data.term_span.line));
            self.terminator(term, data.term_span.line)?;
        }
        self.cold_blocks()
    }

    fn bind(&mut self, value: ir::Value, values: &[Value]) {
        let val = match *values {
            [re, im] => Val::Two(re, im),
            _ => Val::One(values[0]),
        };
        self.vals.insert(value, val);
    }

    fn val(&self, value: ir::Value) -> Result<Val, Error> {
        self.vals
            .get(&value)
            .copied()
            .ok_or_else(|| Error::new(format!("{value} is not defined before its use")))
    }

    fn one(&self, value: ir::Value) -> Result<Value, Error> {
        Ok(self.val(value)?.one())
    }

    fn dtype(&self, value: ir::Value) -> Result<DType, Error> {
        match self.func.ty(value) {
            Ty::Scalar(dtype) => Ok(dtype),
            ty => Err(Error::new(format!("{value} is {ty}, not a scalar"))),
        }
    }

    fn inst(&mut self, data: &'m ir::InstData) -> Result<(), Error> {
        let line = data.span.line;
        match &data.inst {
            Inst::Const(c) => {
                let val = self.constant(c)?;
                self.vals.insert(data.results[0], val);
            }
            Inst::Scalar { op, args } => {
                let result = self.dtype(data.results[0])?;
                let operand = match (op, &args[..]) {
                    (_, []) => result,
                    (ScalarOp::Select, [_, a, ..]) => self.dtype(*a)?,
                    (_, [a, ..]) => self.dtype(*a)?,
                };
                let args: Vec<Val> = args.iter().map(|&a| self.val(a)).collect::<Result<_, _>>()?;
                let val = self.e.scalar(*op, operand, result, &args)?;
                self.vals.insert(data.results[0], val);
            }
            Inst::Checked { op, args } => {
                let args: Vec<Value> = args.iter().map(|&a| self.one(a)).collect::<Result<_, _>>()?;
                let value = self.checked(*op, &args, line)?;
                self.vals.insert(data.results[0], Val::One(value));
            }
            Inst::Bitcast(value) => {
                let from = self.one(*value)?;
                let to = machine_types(self.func.ty(data.results[0]).abi())[0];
                let val = match self.e.b.func.dfg.value_type(from) == to {
                    true => from,
                    false => self.e.b.ins().bitcast(to, MemFlagsData::new(), from),
                };
                self.vals.insert(data.results[0], Val::One(val));
            }
            Inst::RefCast(value) => {
                let val = self.val(*value)?;
                self.vals.insert(data.results[0], val);
            }
            Inst::Dim { array, axis } => {
                let array = self.one(*array)?;
                let offset = SHAPE_OFFSET as i32 + 8 * i32::from(*axis);
                let val = self.e.b.ins().load(types::I64, MemFlagsData::trusted(), array, offset);
                self.vals.insert(data.results[0], Val::One(val));
            }
            Inst::View { base, dims, lazy: true } => {
                let view = LazyView {
                    order: self.lazy.len(),
                    base: *base,
                    dims,
                    line,
                };
                self.lazy.insert(data.results[0], view);
            }
            Inst::View { base, dims, .. } => self.view(*base, dims, data.results[0], line)?,
            Inst::Map { .. } => return Err(Error::new("an array statement was left without a kernel")),
            Inst::Launch {
                kernel,
                inputs,
                mode,
                checks,
            } => self.launch(*kernel, inputs, mode, checks, data)?,
            Inst::Call { func, args } => self.call_user(*func, args, data)?,
            Inst::CallRt { rt, args } => self.call_rt(*rt, args, data)?,
            Inst::Retain(value) => {
                let value = self.one(*value)?;
                self.e.call_runtime(ir::Rt::Retain.sig().symbol, &[value], &[])?;
            }
            Inst::Release(value) => {
                let value = self.one(*value)?;
                self.e.call_runtime(ir::Rt::Release.sig().symbol, &[value], &[])?;
            }
        }
        Ok(())
    }

    fn constant(&mut self, c: &Const) -> Result<Val, Error> {
        let ins = self.e.b.ins();
        Ok(match c {
            Const::Bool(v) => Val::One(ins.iconst(types::I8, i64::from(*v))),
            Const::I32(v) => Val::One(ins.iconst(types::I32, i64::from(*v as u32))),
            Const::I64(v) => Val::One(ins.iconst(types::I64, *v)),
            Const::F32(bits) => Val::One(ins.f32const(f32::from_bits(*bits))),
            Const::F64(bits) => Val::One(ins.f64const(f64::from_bits(*bits))),
            Const::C128(re, im) => Val::Two(
                self.e.b.ins().f64const(f64::from_bits(*re)),
                self.e.b.ins().f64const(f64::from_bits(*im)),
            ),
            Const::Str(text) => {
                let data = self.e.unit.string(text)?;
                Val::One(self.e.address(data))
            }
        })
    }

    fn block_call(&self, call: &ir::BlockCall) -> Result<(clif::Block, Vec<BlockArg>), Error> {
        let mut args = Vec::new();
        for &arg in &call.args {
            args.extend(self.val(arg)?.values().map(BlockArg::Value));
        }
        Ok((self.blocks[&call.block], args))
    }

    fn terminator(&mut self, term: &Terminator, line: u32) -> Result<(), Error> {
        match term {
            Terminator::Jump(call) => {
                let (block, args) = self.block_call(call)?;
                self.e.b.ins().jump(block, &args);
            }
            Terminator::Branch { cond, then, other } => {
                let cond = self.one(*cond)?;
                let (then, then_args) = self.block_call(then)?;
                let (other, other_args) = self.block_call(other)?;
                self.e.b.ins().brif(cond, then, &then_args, other, &other_args);
            }
            Terminator::Return(values) => {
                let mut flat = Vec::new();
                for &value in values {
                    flat.extend(self.val(value)?.values());
                }
                self.leave_recursive();
                match self.results_at {
                    Some(at) => {
                        for (i, &value) in flat.iter().enumerate() {
                            self.e.b.ins().store(MemFlagsData::trusted(), value, at, 8 * i as i32);
                        }
                        self.e.b.ins().return_(&[]);
                    }
                    None => {
                        self.e.b.ins().return_(&flat);
                    }
                }
            }
            Terminator::Unwind => {
                let block = self.unwind(line);
                self.e.b.ins().jump(block, &[]);
            }
        }
        Ok(())
    }

    /// Counts the call of a recursive function; too deep is CPython's error, not a crash.
    fn enter_recursive(&mut self) {
        if !self.recursive {
            return;
        }
        let Ok(counter) = self.e.unit.counter(DEPTH) else {
            return;
        };
        let at = self.e.address(counter);
        let depth = self.e.b.ins().load(types::I64, MemFlagsData::trusted(), at, 0);
        let deeper = self.e.b.ins().iadd_imm_s(depth, 1);
        self.e.b.ins().store(MemFlagsData::trusted(), deeper, at, 0);
        let Ok(limit) = self.e.unit.recursion_limit() else {
            return;
        };
        let limit = self.e.address(limit);
        let limit = self.e.b.ins().load(types::I64, MemFlagsData::trusted(), limit, 0);
        let too_deep = self.e.b.ins().icmp(IntCC::SignedGreaterThanOrEqual, deeper, limit);
        let line = self.func.blocks[self.func.entry()]
            .insts
            .first()
            .map_or(0, |i| i.span.line);
        self.raise_if(
            too_deep,
            ExceptionKind::RecursionError,
            "maximum recursion depth exceeded",
            line,
        );
    }

    fn leave_recursive(&mut self) {
        if !self.recursive {
            return;
        }
        let Ok(counter) = self.e.unit.counter(DEPTH) else {
            return;
        };
        let at = self.e.address(counter);
        let depth = self.e.b.ins().load(types::I64, MemFlagsData::trusted(), at, 0);
        let depth = self.e.b.ins().iadd_imm_s(depth, -1);
        self.e.b.ins().store(MemFlagsData::trusted(), depth, at, 0);
    }

    /// The block that leaves the function with the pending exception, from a line.
    fn unwind(&mut self, line: u32) -> clif::Block {
        if let Some(&block) = self.unwinds.get(&line) {
            return block;
        }
        let block = self.e.b.create_block();
        self.e.b.set_cold_block(block);
        self.unwinds.insert(line, block);
        block
    }

    /// Goes on in a new block unless `cond` holds; then raises.
    fn raise_if(&mut self, cond: Value, kind: ExceptionKind, message: &str, line: u32) {
        let key = (kind as u8, message.to_owned(), line);
        let raise = match self.raises.get(&key) {
            Some(&block) => block,
            None => {
                let block = self.e.b.create_block();
                self.e.b.set_cold_block(block);
                self.raises.insert(key, block);
                block
            }
        };
        let next = self.e.b.create_block();
        self.e.b.ins().brif(cond, raise, &[], next, &[]);
        self.e.b.switch_to_block(next);
    }

    /// After something that may raise: leaves when an exception is pending.
    fn check_pending(&mut self, line: u32) -> Result<(), Error> {
        let pending = self.e.unit.import_data("lnp_pending")?;
        let at = self.e.address(pending);
        let flag = self.e.b.ins().load(types::I8, MemFlagsData::trusted(), at, 0);
        let unwind = self.unwind(line);
        let next = self.e.b.create_block();
        self.e.b.ins().brif(flag, unwind, &[], next, &[]);
        self.e.b.switch_to_block(next);
        Ok(())
    }

    fn cold_blocks(&mut self) -> Result<(), Error> {
        for ((kind, message, line), block) in std::mem::take(&mut self.raises) {
            let unwind = self.unwind(line);
            self.e.b.switch_to_block(block);
            let kind = self.e.iconst(i64::from(kind));
            let text = self.e.unit.string(&message)?;
            let text = self.e.address(text);
            self.e.call_runtime(ir::Rt::Raise.sig().symbol, &[kind, text], &[])?;
            self.e.b.ins().jump(unwind, &[]);
        }
        if self.unwinds.is_empty() {
            return Ok(());
        }
        let leave = self.e.b.create_block();
        self.e.b.set_cold_block(leave);
        for (line, block) in std::mem::take(&mut self.unwinds) {
            self.e.b.switch_to_block(block);
            let name = self.e.unit.c_string(&self.func.display_name)?;
            let name = self.e.address(name);
            let line = self.e.iconst(i64::from(line));
            self.e
                .call_runtime(ir::Rt::TracebackFrame.sig().symbol, &[name, line], &[])?;
            self.e.b.ins().jump(leave, &[]);
        }
        self.e.b.switch_to_block(leave);
        self.leave_recursive();
        let zeros: Vec<Value> = match self.results_at {
            Some(_) => Vec::new(),
            None => {
                let tys: Vec<types::Type> = self
                    .func
                    .results
                    .iter()
                    .flat_map(|ty| machine_types(ty.abi()))
                    .copied()
                    .collect();
                tys.into_iter().map(|ty| self.e.zero(ty)).collect()
            }
        };
        self.e.b.ins().return_(&zeros);
        Ok(())
    }
}

/// Blocks that can be reached, each after one of its predecessors: definitions come before
/// uses.
fn reverse_postorder(func: &ir::Func) -> Vec<ir::Block> {
    let successors = |block: ir::Block| -> Vec<ir::Block> {
        match &func.blocks[block].term {
            Some(Terminator::Jump(call)) => vec![call.block],
            Some(Terminator::Branch { then, other, .. }) => vec![other.block, then.block],
            _ => Vec::new(),
        }
    };
    let mut order = Vec::new();
    let mut seen = BTreeSet::from([func.entry()]);
    let mut stack = vec![(func.entry(), successors(func.entry()))];
    while let Some((block, rest)) = stack.last_mut() {
        match rest.pop() {
            Some(next) => {
                if seen.insert(next) {
                    stack.push((next, successors(next)));
                }
            }
            None => {
                order.push(*block);
                stack.pop();
            }
        }
    }
    order.reverse();
    order
}
