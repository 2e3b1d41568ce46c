//! `print(parse(print(m))) == print(m)` for random modules, and what the parser and the
//! verifier say about bad ones.

use lnp_ir::{
    Arg, Block, BlockCall, Body, BodyVal, CheckedOp, Const, DType, Func, FuncBuilder, Inst, Kernel, KernelInput,
    LaunchMode, Module, PyUnit, PyUnitKind, ReduceOp, Rt, ScalarOp, ShapeCheck, Span, Terminator, Ty, Value, ViewDim,
    parse_module, print_module, verify,
};

struct Rng(u64);

impl Rng {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, n: usize) -> usize {
        ((self.next() >> 33) as usize) % n
    }

    fn pick<T: Clone>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())].clone()
    }

    /// A float of any kind: ordinary, tiny, infinite, NaN with a payload.
    fn float(&mut self) -> u64 {
        match self.below(3) {
            0 => (self.below(1000) as f64 / 8.0).to_bits(),
            _ => self.next(),
        }
    }
}

fn dtype(rng: &mut Rng) -> DType {
    rng.pick(&DType::ALL)
}

fn body(rng: &mut Rng) -> Body {
    let params = (0..1 + rng.below(3)).map(|_| dtype(rng)).collect();
    let mut body = Body {
        params,
        ..Body::default()
    };
    for _ in 0..rng.below(5) {
        let n = body.params.len() + body.insts.len();
        let result = dtype(rng);
        let op = match rng.below(4) {
            0 => match result {
                DType::F64 => ScalarOp::ConstFloat(rng.float()),
                DType::F32 => ScalarOp::ConstFloat(u64::from(rng.next() as u32)),
                DType::C128 => ScalarOp::ConstComplex(rng.float(), rng.float()),
                _ => ScalarOp::ConstInt(rng.next() as i64),
            },
            _ => rng.pick(ScalarOp::NAMES).0,
        };
        let args: Vec<BodyVal> = (0..op.arity()).map(|_| BodyVal(rng.below(n) as u32)).collect();
        body.push(op, &args, result);
    }
    let n = body.params.len() + body.insts.len();
    body.results = (0..1 + rng.below(2)).map(|_| BodyVal(rng.below(n) as u32)).collect();
    body
}

fn text(rng: &mut Rng) -> String {
    let chars = ['a', '"', '\\', '\n', '\t', 'é', ';', '%', '}', '\u{7f}', '0'];
    (0..rng.below(6)).map(|_| rng.pick(&chars)).collect()
}

fn mode(rng: &mut Rng, v: Value) -> LaunchMode {
    match rng.below(3) {
        0 => LaunchMode::Fresh,
        1 => LaunchMode::Into {
            dst: v,
            in_place: rng.below(2) == 0,
        },
        _ => LaunchMode::Reduce {
            op: rng.pick(&ReduceOp::ALL),
            axes: 3,
            keepdims: rng.below(2) == 0,
        },
    }
}

fn checks(rng: &mut Rng) -> Vec<ShapeCheck> {
    (0..rng.below(3))
        .map(|_| ShapeCheck {
            groups: vec![rng.next() & 7, rng.next() & 7],
            span: Span {
                line: rng.below(3) as u32,
            },
        })
        .collect()
}

fn ty(rng: &mut Rng) -> Ty {
    let dt = dtype(rng);
    let ndim = rng.below(4) as u8;
    rng.pick(&[
        Ty::Scalar(dt),
        Ty::array(dt, ndim),
        Ty::Str,
        Ty::List,
        Ty::Obj,
        Ty::Rng,
        Ty::Ref,
    ])
}

fn inst(rng: &mut Rng, known: &[Value], module: &Module) -> (Inst, Vec<Ty>) {
    let v = rng.pick(known);
    let w = rng.pick(known);
    let result = ty(rng);
    let some = |rng: &mut Rng| if rng.below(2) == 0 { Some(rng.pick(known)) } else { None };
    match rng.below(12) {
        0 => {
            let c = match rng.below(7) {
                0 => Const::Bool(rng.below(2) == 0),
                1 => Const::I32(rng.next() as i32),
                2 => Const::I64(rng.next() as i64),
                3 => Const::F32(rng.next() as u32),
                4 => Const::F64(rng.float()),
                5 => Const::C128(rng.float(), rng.float()),
                _ => Const::Str(text(rng)),
            };
            let ty = c.ty();
            (Inst::Const(c), vec![ty])
        }
        1 => {
            let op = rng.pick(ScalarOp::NAMES).0;
            (
                Inst::Scalar {
                    op,
                    args: vec![v; op.arity()],
                },
                vec![Ty::Scalar(dtype(rng))],
            )
        }
        2 => (
            Inst::Checked {
                op: rng.pick(CheckedOp::NAMES).0,
                args: vec![v, w],
            },
            vec![Ty::I64],
        ),
        3 => (Inst::Bitcast(v), vec![Ty::F64]),
        4 => (Inst::RefCast(v), vec![result]),
        5 => (Inst::Dim { array: v, axis: 3 }, vec![Ty::I64]),
        6 => {
            let slice = ViewDim::Slice {
                start: some(rng),
                stop: some(rng),
                step: some(rng),
            };
            let dims = vec![ViewDim::Full, slice, ViewDim::NewAxis, ViewDim::Index(w)];
            let lazy = rng.below(2) == 0;
            (Inst::View { base: v, dims, lazy }, vec![result])
        }
        7 => {
            let body = body(rng);
            let results = body.result_types().collect();
            (
                Inst::Map {
                    body,
                    inputs: vec![v, w],
                    mode: mode(rng, v),
                    checks: checks(rng),
                },
                results,
            )
        }
        8 => match module.kernels.keys().next() {
            Some(kernel) => (
                Inst::Launch {
                    kernel,
                    inputs: vec![v],
                    mode: mode(rng, w),
                    checks: checks(rng),
                },
                vec![result],
            ),
            None => (Inst::Retain(v), vec![]),
        },
        9 => {
            let unit = module.units.keys().next().map_or(Arg::Imm(-1), Arg::Unit);
            let args = vec![
                Arg::Value(v),
                Arg::Imm(rng.next() as i64),
                Arg::ImmBool(true),
                Arg::Slots(vec![v, w]),
                Arg::Slots(vec![]),
                Arg::ImmSlots(vec![1, -2]),
                Arg::ImmSlots(vec![]),
                Arg::Str(text(rng)),
                unit,
            ];
            (
                Inst::CallRt {
                    rt: rng.pick(Rt::ALL),
                    args,
                },
                vec![result],
            )
        }
        10 => match module.funcs.keys().next() {
            Some(func) => (Inst::Call { func, args: vec![v] }, vec![result, Ty::I32]),
            None => (Inst::Release(v), vec![]),
        },
        _ => (Inst::Retain(v), vec![]),
    }
}

fn func(rng: &mut Rng, module: &Module) -> Func {
    let mut b = FuncBuilder::new(&text(rng), "<module>");
    b.func.results = (0..rng.below(3)).map(|_| ty(rng)).collect();
    let entry = b.block;
    let param_ty = ty(rng);
    let mut known = vec![b.func.add_block_param(entry, param_ty)];
    b.func.names[known[0]] = Some("x_1".to_owned());
    let mut blocks: Vec<Block> = vec![entry];
    blocks.extend((0..rng.below(4)).map(|_| b.func.new_block()));
    for &block in &blocks {
        b.switch_to(block);
        if rng.below(2) == 0 {
            let ty = ty(rng);
            known.push(b.func.add_block_param(block, ty));
        }
        for _ in 0..rng.below(6) {
            // Dead values leave gaps in the numbering.
            if rng.below(5) == 0 {
                b.func.new_value(Ty::BOOL);
            }
            b.span = Span {
                line: rng.below(30) as u32,
            };
            let (inst, results) = inst(rng, &known, module);
            known.extend(b.push(inst, &results));
        }
        let target = |rng: &mut Rng| BlockCall {
            block: rng.pick(&blocks),
            args: (0..rng.below(3)).map(|_| rng.pick(&known)).collect(),
        };
        let vals: Vec<Value> = (0..rng.below(3)).map(|_| rng.pick(&known)).collect();
        match rng.below(5) {
            0 => b.terminate(Terminator::Jump(target(rng))),
            1 => b.terminate(Terminator::Branch {
                cond: known[0],
                then: target(rng),
                other: target(rng),
            }),
            2 => b.terminate(Terminator::Return(vals)),
            3 => b.terminate(Terminator::Unwind),
            _ => {}
        }
    }
    b.func
}

fn module(rng: &mut Rng) -> Module {
    let mut m = Module {
        file: text(rng),
        ..Module::default()
    };
    for _ in 0..rng.below(2) {
        m.units.push(PyUnit {
            kind: rng.pick(&[PyUnitKind::Expr, PyUnitKind::Stmt, PyUnitKind::Def]),
            source: text(rng),
            inputs: vec![text(rng), "b".to_owned()],
            outputs: vec![],
            line: 7,
        });
    }
    for _ in 0..rng.below(3) {
        let body = body(rng);
        m.kernels.push(Kernel {
            name: "k".to_owned(),
            ndim: 2,
            inputs: body
                .params
                .iter()
                .map(|_| rng.pick(&[KernelInput::Scalar, KernelInput::Array { ndim: 2 }]))
                .collect(),
            body,
            cost: 5,
            tile: 1024,
        });
    }
    for _ in 0..rng.below(3) {
        let f = func(rng, &m);
        m.funcs.push(f);
    }
    m.main = m.funcs.keys().next();
    m
}

#[test]
fn text_survives_parsing() {
    let mut rng = Rng(0x9E37_79B9_7F4A_7C15);
    for round in 0..3000 {
        let m = module(&mut rng);
        let text = print_module(&m);
        let back = parse_module(&text).unwrap_or_else(|e| panic!("round {round}: {e}\n{text}"));
        assert_eq!(print_module(&back), text, "round {round}");
        // The verifier must hold out against anything that can be built.
        verify(&m);
    }
}

#[test]
fn truncated_text_is_an_error_not_a_panic() {
    let mut rng = Rng(42);
    for _ in 0..50 {
        let text = print_module(&module(&mut rng));
        let cuts: Vec<usize> = text.char_indices().map(|(i, _)| i).filter(|i| i % 7 == 0).collect();
        for cut in cuts {
            let _ = parse_module(&text[..cut]);
        }
    }
}

#[test]
fn errors_name_their_line() {
    let e = parse_module("func func0 \"f\" \"f\" -> () {\n^b0():\n  frobnicate %1\n}").unwrap_err();
    assert_eq!((e.line, e.message.as_str()), (3, "unknown operation `frobnicate`"));
    let e = parse_module("file \"a\n\"").unwrap_err();
    assert_eq!((e.line, e.message.as_str()), (1, "unfinished string"));
}

/// Messages of the violations in one function's text.
fn violations(blocks: &str) -> Vec<String> {
    let text = format!("func func0 \"f\" \"f\" -> () {{\n{blocks}\n}}");
    let module = parse_module(&text).unwrap_or_else(|e| panic!("{e}\n{text}"));
    verify(&module).into_iter().map(|v| v.message).collect()
}

#[test]
fn the_verifier_sees_every_violation() {
    let got = violations(
        "^b0(%0: f64, %1: i64):\n  %2: f64 = add %0, %1\n  %3: bool = lt %0, %0\n  %4: f64 = add %3, %0\n  return",
    );
    assert_eq!(
        got,
        [
            "`add` of (f64, i64) cannot give f64",
            "`add` of (bool, f64) cannot give f64"
        ]
    );
    let got = violations(
        "^b0(%0: bool):\n  branch %0, ^b1(), ^b2()\n^b1():\n  %1: f64 = const 1.0\n  jump ^b2()\n^b2():\n  %2: f64 = neg %1\n  return",
    );
    assert_eq!(got, ["%1 is not defined here"]);
    let got = violations("^b0(%0: f64):\n  jump ^b1(%0)\n^b1(%1: i64):\n  jump ^b0(%1)");
    assert_eq!(got.len(), 3, "{got:?}");
    let got = violations(
        "^b0(%0: array<f64, 2>):\n  %1: array<f64, 1> = view %0[:, newaxis]\n  %2: i64 = dim %0, 2\n  return",
    );
    assert_eq!(got, ["the result has the wrong type", "there is no such axis"]);
    let got = violations("^b0(%0: array<f64, 2>):\n  %1: array<f64, 1> = rt lnp_copy(%0)\n  rt lnp_print(5)\n  return");
    assert_eq!(got, ["wrong number of arguments", "argument 0 is not a Str"]);
    let got = violations(
        "^b0(%0: array<f64, 2>):\n  %1: array<f64, 2> = map reduce sum axes 1 (%0) { ($0: f64)\n yield $0 } check({0}, {1}) end\n  return",
    );
    assert_eq!(got.len(), 2, "{got:?}");
    assert_eq!(violations("^b0():\n  unterminated"), ["the block has no terminator"]);
}
