//! Checks what every later stage relies on; reports every violation, each beside its text.
//!
//! Rules:
//! 1. *Blocks.* The first block is the entry and no one's target. Every block in the layout
//!    has a terminator; targets are in the layout; a target's arguments agree with its
//!    parameters in number and type; a branch condition is `bool`; `return` agrees with the
//!    function's results. `main` has neither parameters nor results.
//! 2. *Values.* Each is defined once, and its definition dominates every use (in blocks that
//!    can be reached).
//! 3. *Instructions.* Operand and result types agree with the operation: scalar operations
//!    with [`ScalarOp::result_dtype`], calls with the callee, runtime calls with the row of
//!    [`lnp_abi::Rt`] (`ref` stands for any reference, in the row as in the function).
//! 4. *Bodies.* Values are defined before use; dtypes agree with the operations; there is at
//!    least one result.
//! 5. *Array statements.* One input per body parameter, of its dtype. `fresh` gives one array
//!    per body result, of its dtype and the widest input's ndim; `into` and `reduce` have one
//!    body result; a reduction's axes exist and its result has the ndim that is left. Checks
//!    name inputs that exist.
//! 6. *Launches.* The kernel exists; scalar inputs are scalars, array inputs are arrays of the
//!    kernel's ndim for them, no wider than the domain; else as array statements. Nothing but
//!    launches uses a lazy view.
//! 7. *Kernels.* One input description per body parameter; no input wider than the domain.

mod inst;

use crate::{Block, Body, DType, Func, FuncId, Inst, KernelInput, Module, ScalarOp, Span, Terminator, Ty, Value};
use crate::{print_inst, print_term};
use cranelift_entity::{EntitySet, SecondaryMap};
use std::fmt;

/// A broken rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The function or kernel, and the block.
    pub place: String,
    /// The printed instruction, terminator or entity.
    pub text: String,
    pub message: String,
    pub span: Span,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}\n    {}", self.place, self.message, self.text)
    }
}

/// Every violation in a module; empty when it is sound.
pub fn verify(module: &Module) -> Vec<Violation> {
    let mut out = Vec::new();
    for (id, kernel) in module.kernels.iter() {
        let mut fail = |message: String| {
            out.push(Violation {
                place: id.to_string(),
                text: format!("kernel {id} {:?}", kernel.name),
                message,
                span: Span::default(),
            })
        };
        if kernel.inputs.len() != kernel.body.params.len() {
            fail("inputs and body parameters differ in number".to_owned());
        }
        if kernel
            .inputs
            .iter()
            .any(|i| matches!(i, KernelInput::Array { ndim } if *ndim > kernel.ndim))
        {
            fail("an input has more dimensions than the domain".to_owned());
        }
        check_body(&kernel.body, &mut fail);
    }
    for (id, func) in module.funcs.iter() {
        FuncVerifier {
            module,
            id,
            func,
            out: &mut out,
        }
        .run();
    }
    if let Some(main) = module.main {
        let bad = match module.funcs.get(main) {
            None => true,
            Some(f) => f.order.is_empty() || !f.params().is_empty() || !f.results.is_empty(),
        };
        if bad {
            out.push(Violation {
                place: "module".to_owned(),
                text: format!("main {main}"),
                message: "main must be a function without parameters and results".to_owned(),
                span: Span::default(),
            });
        }
    }
    out
}

/// Rule 4.
fn check_body(body: &Body, fail: &mut impl FnMut(String)) {
    if body.results.is_empty() {
        fail("the body has no result".to_owned());
    }
    let n_params = body.params.len();
    let n_values = n_params + body.insts.len();
    if body.results.iter().any(|r| r.0 as usize >= n_values) {
        fail("the body yields an undefined value".to_owned());
    }
    for (idx, inst) in body.insts.iter().enumerate() {
        let at = n_params + idx;
        if let Some(bad) = inst.args.iter().find(|a| a.0 as usize >= at) {
            fail(format!("${at} uses ${}, which is not defined before it", bad.0));
            continue;
        }
        let args: Vec<DType> = inst.args.iter().map(|&a| body.dtype(a)).collect();
        if let Err(message) = check_scalar(inst.op, &args, inst.dtype) {
            fail(format!("${at}: {message}"));
        }
    }
}

/// Whether an operation on these dtypes gives this one.
fn check_scalar(op: ScalarOp, args: &[DType], result: DType) -> Result<(), String> {
    if args.len() != op.arity() {
        return Err(format!(
            "`{}` takes {} operands, not {}",
            op.name(),
            op.arity(),
            args.len()
        ));
    }
    let ok = match op {
        ScalarOp::ConstInt(_) => matches!(result, DType::Bool | DType::I32 | DType::I64),
        ScalarOp::ConstFloat(_) => result.is_float(),
        ScalarOp::ConstComplex(..) => result == DType::C128,
        ScalarOp::Cast => true,
        ScalarOp::Select => args[0] == DType::Bool && args[1] == args[2] && result == args[1],
        ScalarOp::Re | ScalarOp::Im => args[0] == DType::C128 && result == DType::F64,
        ScalarOp::MakeComplex => args == [DType::F64, DType::F64] && result == DType::C128,
        _ => args.iter().all(|a| *a == args[0]) && op.result_dtype(args[0]) == Some(result),
    };
    if ok {
        return Ok(());
    }
    let args: Vec<&str> = args.iter().map(|d| d.ir_name()).collect();
    Err(format!(
        "`{}` of ({}) cannot give {}",
        op.name(),
        args.join(", "),
        result.ir_name()
    ))
}

struct FuncVerifier<'a> {
    module: &'a Module,
    id: FuncId,
    func: &'a Func,
    out: &'a mut Vec<Violation>,
}

impl FuncVerifier<'_> {
    fn fail(&mut self, block: Option<Block>, text: String, span: Span, message: String) {
        let place = match block {
            Some(block) => format!("{} {:?} {block}", self.id, self.func.name),
            None => format!("{} {:?}", self.id, self.func.name),
        };
        self.out.push(Violation {
            place,
            text,
            message,
            span,
        });
    }

    fn run(&mut self) {
        let func = self.func;
        if func.order.is_empty() {
            self.fail(
                None,
                String::new(),
                Span::default(),
                "the function has no block".to_owned(),
            );
            return;
        }
        let before = self.out.len();
        self.structure();
        if self.out.len() == before {
            // Without sound blocks there is no dominance to speak of.
            self.definitions();
            self.lazy_views();
        }
        for &block in &func.order {
            for data in &func.blocks[block].insts {
                // An operand that no one defines has no type to check.
                if operands(data).all(|v| func.values.get(v).is_some()) {
                    for message in inst::check(self.module, func, data) {
                        self.fail(Some(block), print_inst(func, data), data.span, message);
                    }
                }
            }
        }
    }

    /// Rule 1.
    fn structure(&mut self) {
        let func = self.func;
        let mut in_layout = EntitySet::new();
        for &block in &func.order {
            if func.blocks.get(block).is_none() || !in_layout.insert(block) {
                self.fail(
                    None,
                    block.to_string(),
                    Span::default(),
                    "listed twice or missing".to_owned(),
                );
                return;
            }
        }
        for &block in &func.order {
            let data = &func.blocks[block];
            let mut messages = Vec::new();
            match &data.term {
                None => messages.push("the block has no terminator".to_owned()),
                Some(Terminator::Return(vals)) => {
                    let types: Vec<Option<Ty>> = vals.iter().map(|&v| self.ty(v)).collect();
                    if types.len() != func.results.len() || types.iter().zip(&func.results).any(|(t, r)| *t != Some(*r))
                    {
                        messages.push("does not agree with the function's results".to_owned());
                    }
                }
                Some(Terminator::Branch { cond, .. }) if self.ty(*cond) != Some(Ty::BOOL) => {
                    messages.push("the condition is not a bool".to_owned());
                }
                Some(_) => {}
            }
            for target in data.term.iter().flat_map(targets) {
                if !in_layout.contains(target.block) {
                    messages.push(format!("{} does not exist", target.block));
                    continue;
                }
                if target.block == func.entry() {
                    messages.push("the entry cannot be a target".to_owned());
                }
                let params = &func.blocks[target.block].params;
                if params.len() != target.args.len() {
                    messages.push(format!(
                        "{} takes {} arguments, not {}",
                        target.block,
                        params.len(),
                        target.args.len()
                    ));
                }
                for (&param, &arg) in params.iter().zip(&target.args) {
                    if self.ty(arg) != self.ty(param) {
                        messages.push(format!("{arg} does not have the type of {param}"));
                    }
                }
            }
            for message in messages {
                self.fail(
                    Some(block),
                    print_term(data.term.as_ref(), data.term_span),
                    data.term_span,
                    message,
                );
            }
        }
    }

    /// Rule 6, of lazy views.
    fn lazy_views(&mut self) {
        let func = self.func;
        let mut lazy: EntitySet<Value> = EntitySet::new();
        let all = || {
            func.order
                .iter()
                .flat_map(|&b| func.blocks[b].insts.iter().map(move |i| (b, i)))
        };
        for (_, data) in all() {
            if matches!(data.inst, Inst::View { lazy: true, .. }) {
                data.results.iter().for_each(|&v| {
                    lazy.insert(v);
                });
            }
        }
        for (block, data) in all() {
            if !matches!(data.inst, Inst::Launch { .. }) && operands(data).any(|v| lazy.contains(v)) {
                let message = "only launches use lazy views".to_owned();
                self.fail(Some(block), print_inst(func, data), data.span, message);
            }
        }
        for &block in &func.order {
            let data = &func.blocks[block];
            if let Some(term) = &data.term
                && term.operands().into_iter().any(|v| lazy.contains(v))
            {
                let message = "only launches use lazy views".to_owned();
                let text = print_term(Some(term), data.term_span);
                self.fail(Some(block), text, data.term_span, message);
            }
        }
    }

    fn ty(&self, value: Value) -> Option<Ty> {
        self.func.values.get(value).map(|d| d.ty)
    }

    /// Rule 2: by the set of values that are defined on every path, block by block.
    fn definitions(&mut self) {
        let func = self.func;
        let mut defined: SecondaryMap<Value, bool> = SecondaryMap::new();
        for &block in &func.order {
            let data = &func.blocks[block];
            let defs = data.params.iter().chain(data.insts.iter().flat_map(|i| &i.results));
            for &value in defs {
                if self.ty(value).is_none() || std::mem::replace(&mut defined[value], true) {
                    self.fail(
                        Some(block),
                        value.to_string(),
                        Span::default(),
                        "defined twice".to_owned(),
                    );
                }
            }
        }
        let doms = crate::Dominators::new(func);
        let mut available: SecondaryMap<Value, Option<Block>> = SecondaryMap::new();
        for &block in &func.order {
            for &value in func.blocks[block].params.iter() {
                available[value] = Some(block);
            }
            for inst in &func.blocks[block].insts {
                for &value in &inst.results {
                    available[value] = Some(block);
                }
            }
        }
        for &block in &func.order {
            if !doms.is_reachable(block) {
                continue;
            }
            let data = &func.blocks[block];
            let mut here: SecondaryMap<Value, bool> = SecondaryMap::new();
            for &p in &data.params {
                here[p] = true;
            }
            let ok = |here: &SecondaryMap<Value, bool>, value: Value| match available[value] {
                None => false,
                Some(b) if b == block => here[value],
                Some(b) => doms.dominates(b, block),
            };
            for inst in &data.insts {
                let bad: Vec<Value> = operands(inst).filter(|&v| !ok(&here, v)).collect();
                for value in bad {
                    let message = format!("{value} is not defined here");
                    self.fail(Some(block), print_inst(func, inst), inst.span, message);
                }
                for &result in &inst.results {
                    here[result] = true;
                }
            }
            if let Some(term) = &data.term {
                let bad: Vec<Value> = term.operands().into_iter().filter(|&v| !ok(&here, v)).collect();
                for value in bad {
                    let message = format!("{value} is not defined here");
                    self.fail(
                        Some(block),
                        print_term(Some(term), data.term_span),
                        data.term_span,
                        message,
                    );
                }
            }
        }
    }
}

fn operands(data: &crate::InstData) -> impl Iterator<Item = Value> {
    data.inst.operands().into_iter()
}

fn targets(term: &Terminator) -> impl Iterator<Item = &crate::BlockCall> {
    term.targets().into_iter()
}
