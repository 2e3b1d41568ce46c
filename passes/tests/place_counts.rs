//! `place` against an interpreter that counts: random functions, random paths; every object
//! ends with the count its owner expects, and none is used after its last release.

use lnp_ir::{Arg, BlockCall, CheckedOp};
use lnp_ir::{Block, Const, Func, FuncBuilder, FuncId, Inst, Module, Rt, ScalarOp, Terminator, Ty, Value, verify};
use lnp_passes::{Options, run_one};
use std::collections::HashMap;

/// xorshift64*: the tests need variety, not quality.
struct Rng(u64);

impl Rng {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize) % n
    }
}

/// A function of blocks 0..n that jump forward and back; a counter bounds nothing here, the
/// interpreter stops by itself.
fn random_func(rng: &mut Rng) -> Func {
    let mut b = FuncBuilder::new("f", "f");
    let entry = b.block;
    b.func.results = vec![Ty::List, Ty::List];
    let n_blocks = 2 + rng.below(6);
    let mut blocks = vec![entry];
    blocks.extend((1..n_blocks).map(|_| b.func.new_block()));
    for (idx, &block) in blocks.iter().enumerate() {
        let n = if idx == 0 { 2 } else { rng.below(3) };
        for _ in 0..n {
            b.func.add_block_param(block, Ty::List);
        }
    }
    // What is defined in the entry dominates everything.
    let mut global: Vec<Value> = b.func.params().to_vec();
    for (idx, &block) in blocks.iter().enumerate() {
        b.switch_to(block);
        let mut known = global.clone();
        known.extend(b.func.blocks[block].params.clone());
        let pick = |rng: &mut Rng, known: &[Value]| known[rng.below(known.len())];
        for _ in 0..rng.below(4) {
            let v = pick(rng, &known);
            match rng.below(5) {
                0 => known.push(b.call_rt(Rt::ListNew, vec![Arg::Str("i".into()), Arg::Imm(0)], Ty::List)),
                1 => {
                    let w = pick(rng, &known);
                    known.push(b.call_rt(Rt::ListConcat, vec![Arg::Value(v), Arg::Value(w)], Ty::List));
                }
                2 => known.push(b.push1(Inst::RefCast(v), Ty::List)),
                3 => b.call_rt_unit(Rt::ListReverse, vec![Arg::Value(v)]),
                _ => {
                    b.constant(Const::Str("s".into()));
                }
            }
        }
        if idx == 0 {
            global = known.clone();
        }
        let target = |rng: &mut Rng, func: &Func, known: &[Value]| -> BlockCall {
            let block = blocks[1 + rng.below(n_blocks - 1)];
            let args = func.blocks[block].params.iter().map(|_| pick(rng, known)).collect();
            BlockCall { block, args }
        };
        match rng.below(4) {
            0 | 1 => {
                let zero = b.i64(0);
                let x = b.checked(CheckedOp::Neg, &[zero]);
                let cond = b.scalar(ScalarOp::Eq, &[x, zero]);
                let then = target(rng, &b.func, &known);
                let other = target(rng, &b.func, &known);
                b.terminate(Terminator::Branch { cond, then, other });
            }
            2 => {
                let to = target(rng, &b.func, &known);
                b.terminate(Terminator::Jump(to));
            }
            _ => {
                let vals = vec![pick(rng, &known), pick(rng, &known)];
                b.terminate(Terminator::Return(vals));
            }
        }
    }
    b.func
}

/// Runs a function on a random path; panics where a count is wrong.
fn interpret(func: &Func, rng: &mut Rng) {
    const OWNED_BY_CALLER: i64 = 1;
    let mut counts: Vec<i64> = Vec::new();
    let mut env: HashMap<Value, usize> = HashMap::new();
    for &param in func.params() {
        counts.push(OWNED_BY_CALLER);
        env.insert(param, counts.len() - 1);
    }
    let n_params = counts.len();
    let mut block: Block = func.entry();
    for _ in 0..60 {
        let data = &func.blocks[block];
        for inst in &data.insts {
            inst.inst.for_each_operand(|v| {
                if let Some(&obj) = env.get(&v)
                    && func.ty(v).is_ref()
                {
                    assert!(counts[obj] > 0, "{v} is used after its release");
                }
            });
            match &inst.inst {
                Inst::Retain(v) => counts[env[v]] += 1,
                Inst::Release(v) => counts[env[v]] -= 1,
                Inst::RefCast(v) => {
                    let obj = env[v];
                    env.insert(inst.results[0], obj);
                }
                Inst::Const(Const::Str(_)) => {}
                _ => {
                    for &r in &inst.results {
                        if func.ty(r).is_ref() {
                            counts.push(1);
                            env.insert(r, counts.len() - 1);
                        }
                    }
                }
            }
        }
        let to = match data.term.as_ref().expect("terminated") {
            Terminator::Jump(to) => to,
            Terminator::Branch { then, other, .. } => [then, other][rng.below(2)],
            Terminator::Return(vals) => {
                for v in vals {
                    counts[env[v]] -= 1;
                }
                for (obj, count) in counts.iter().enumerate() {
                    let want = if obj < n_params { OWNED_BY_CALLER } else { 0 };
                    assert_eq!(*count, want, "object {obj} ends with a wrong count");
                }
                return;
            }
            Terminator::Unwind => return,
        };
        let args: Vec<usize> = to.args.iter().map(|v| env[v]).collect();
        block = to.block;
        for (&param, obj) in func.blocks[block].params.iter().zip(args) {
            env.insert(param, obj);
        }
    }
}

#[test]
fn counts_agree_on_random_paths() {
    let mut rng = Rng(0x9E37_79B9_7F4A_7C15);
    for round in 0..2000 {
        let mut module = Module::default();
        let id: FuncId = module.funcs.push(random_func(&mut rng));
        assert!(verify(&module).is_empty(), "round {round}: {}", verify(&module)[0]);
        let before = module.to_string();
        run_one("place", &mut module, &Options::default());
        assert!(verify(&module).is_empty(), "round {round}: {}", verify(&module)[0]);
        let result = std::panic::catch_unwind(|| {
            let mut rng = Rng(round + 1);
            for _ in 0..20 {
                interpret(&module.funcs[id], &mut rng);
            }
        });
        assert!(result.is_ok(), "round {round}: before\n{before}\nafter\n{module}");
    }
}
