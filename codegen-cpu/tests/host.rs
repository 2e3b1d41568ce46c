//! Host programs run against a stub runtime that writes down what it was asked.

mod support;

use lnp_codegen_cpu::{Options, TargetCpu, compile};
use lnp_ir::{
    Arg, Body, BodyVal, CheckedOp, Const, DType, Func, FuncBuilder, Inst, Kernel, KernelInput, LaunchMode, Module,
    ReduceOp, Rt, ScalarOp, ShapeCheck, Span, Terminator, Ty, Value, ViewDim,
};
use support::{load, options};

fn print(b: &mut FuncBuilder, value: Value) {
    let rt = match b.ty(value) {
        Ty::F64 => Rt::StrFromF64,
        Ty::BOOL => Rt::StrFromBool,
        Ty::C128 => Rt::StrFromC128,
        Ty::I64 => Rt::StrFromI64,
        _ => {
            let wide = b.cast(value, DType::F64);
            return print(b, wide);
        }
    };
    let text = b.call_rt(rt, vec![Arg::Value(value)], Ty::Str);
    b.call_rt_unit(Rt::Print, vec![Arg::Value(text)]);
}

/// Runs a main function; the log.
fn run(module: &mut Module, main: FuncBuilder) -> String {
    let id = module.funcs.push(main.func);
    module.main = Some(id);
    load(module, &options(TargetCpu::Native)).run_main()
}

fn main_builder() -> FuncBuilder {
    let mut b = FuncBuilder::new("main", "<module>");
    b.span = Span { line: 1 };
    b
}

fn finish(b: &mut FuncBuilder) {
    b.terminate(Terminator::Return(vec![]));
}

/// `def f(n): a, b, c, d = ...` gives five results of several kinds.
fn many_results() -> Func {
    let mut b = FuncBuilder::new("many", "many");
    let n = b.func.add_block_param(b.block, Ty::I64);
    let x = b.func.add_block_param(b.block, Ty::F64);
    let z = b.func.add_block_param(b.block, Ty::C128);
    let double = b.checked(CheckedOp::Add, &[n, n]);
    let flag = b.scalar(ScalarOp::Gt, &[n, double]);
    let product = b.scalar(ScalarOp::Mul, &[z, z]);
    let root = b.scalar(ScalarOp::Sqrt, &[x]);
    b.func.results = vec![Ty::I64, Ty::BOOL, Ty::C128, Ty::F64];
    b.terminate(Terminator::Return(vec![double, flag, product, root]));
    b.func
}

#[test]
fn calls_loops_and_many_results() {
    let mut module = Module::default();
    let many = module.funcs.push(many_results());
    let mut b = main_builder();
    // total = 0; for i in range(10): total += i
    let (head, body, exit) = (b.func.new_block(), b.func.new_block(), b.func.new_block());
    let zero = b.i64(0);
    b.jump(head, vec![zero, zero]);
    let i = b.func.add_block_param(head, Ty::I64);
    let total = b.func.add_block_param(head, Ty::I64);
    b.switch_to(head);
    let ten = b.i64(10);
    let more = b.scalar(ScalarOp::Lt, &[i, ten]);
    b.branch(more, body, exit);
    b.switch_to(body);
    let next_total = b.checked(CheckedOp::Add, &[total, i]);
    let one = b.i64(1);
    let next = b.checked(CheckedOp::Add, &[i, one]);
    b.jump(head, vec![next, next_total]);
    b.switch_to(exit);
    print(&mut b, total);
    let x = b.f64(2.25);
    let z = b.constant(Const::C128(1f64.to_bits(), 2f64.to_bits()));
    let results = b.push(
        Inst::Call {
            func: many,
            args: vec![total, x, z],
        },
        &[Ty::I64, Ty::BOOL, Ty::C128, Ty::F64],
    );
    for &result in &results {
        print(&mut b, result);
    }
    finish(&mut b);
    assert_eq!(run(&mut module, b), "45 90 False (-3+4j) 1.5 ");
}

#[test]
fn scalars_have_numpys_meaning() {
    let mut b = main_builder();
    let (seven, minus_two, zero) = (b.i64(7), b.i64(-2), b.i64(0));
    for (op, args) in [
        (ScalarOp::FloorDiv, [seven, minus_two]),
        (ScalarOp::Mod, [seven, minus_two]),
        (ScalarOp::Fmod, [seven, minus_two]),
        (ScalarOp::FloorDiv, [seven, zero]),
        (ScalarOp::Shl, [seven, minus_two]),
        (ScalarOp::Pow, [minus_two, seven]),
    ] {
        let v = b.scalar(op, &args);
        print(&mut b, v);
    }
    let big = b.f64(1e30);
    let cast = b.cast(big, DType::I64);
    print(&mut b, cast);
    let small = b.cast(big, DType::I32);
    print(&mut b, small);
    let (x, nan) = (b.f64(-5.5), b.f64(f64::NAN));
    let (two, less) = (b.f64(2.0), b.f64(-0.0));
    let rest = b.scalar(ScalarOp::Mod, &[x, two]);
    print(&mut b, rest);
    let max = b.scalar(ScalarOp::Max, &[two, nan]);
    print(&mut b, max);
    let max = b.scalar(ScalarOp::FMax, &[two, nan]);
    print(&mut b, max);
    let sign = b.scalar(ScalarOp::Sign, &[less]);
    print(&mut b, sign);
    let narrow = b.cast(x, DType::F32);
    let narrow = b.scalar(ScalarOp::Abs, &[narrow]);
    print(&mut b, narrow);
    finish(&mut b);
    let log = run(&mut Module::default(), b);
    let want = "-4 -1 1 0 0 -128 -9223372036854775808 -2147483648 0.5 nan 2 0 5.5 ";
    assert_eq!(log.replace("-nan", "nan"), want);
}

#[test]
fn checked_arithmetic_raises_with_a_frame() {
    let least = i64::MIN;
    let cases: [(CheckedOp, &[i64], &str); 16] = [
        (
            CheckedOp::Add,
            &[i64::MAX, 1],
            "raise 4: int result does not fit in 64 bits",
        ),
        (
            CheckedOp::Sub,
            &[least, 1],
            "raise 4: int result does not fit in 64 bits",
        ),
        (
            CheckedOp::Mul,
            &[1 << 40, 1 << 40],
            "raise 4: int result does not fit in 64 bits",
        ),
        (CheckedOp::Neg, &[least], "raise 4: int result does not fit in 64 bits"),
        (CheckedOp::Abs, &[least], "raise 4: int result does not fit in 64 bits"),
        (CheckedOp::Shl, &[1, 63], "raise 4: int result does not fit in 64 bits"),
        (CheckedOp::Shl, &[1, -1], "raise 0: negative shift count"),
        (
            CheckedOp::FloorDiv,
            &[least, -1],
            "raise 4: int result does not fit in 64 bits",
        ),
        (
            CheckedOp::FloorDiv,
            &[5, 0],
            "raise 3: integer division or modulo by zero",
        ),
        (CheckedOp::Mod, &[5, 0], "raise 3: integer modulo by zero"),
        (CheckedOp::TrueDiv, &[5, 0], "raise 3: division by zero"),
        (CheckedOp::Mul, &[-(1 << 32), 1 << 31], "-9223372036854775808 "),
        (CheckedOp::Shl, &[-1, 63], "-9223372036854775808 "),
        (CheckedOp::Shr, &[-5, 70], "-1 "),
        (CheckedOp::Mod, &[least, -1], "0 "),
        (CheckedOp::TrueDiv, &[9007199254740993, 3], "3002399751580331 "),
    ];
    for (op, args, want) in cases {
        let mut b = main_builder();
        b.span = Span { line: 7 };
        let args: Vec<Value> = args.iter().map(|&v| b.i64(v)).collect();
        let value = b.checked(op, &args);
        print(&mut b, value);
        finish(&mut b);
        let want = match want.starts_with("raise") {
            true => format!("{want}\nframe <module>:7\n"),
            false => want.to_owned(),
        };
        assert_eq!(run(&mut Module::default(), b), want, "{op:?}");
    }
    let mut b = main_builder();
    let (x, zero) = (b.f64(1.0), b.f64(-0.0));
    b.checked(CheckedOp::FloatDiv, &[x, zero]);
    finish(&mut b);
    let log = run(&mut Module::default(), b);
    assert_eq!(log, "raise 3: float division by zero\nframe <module>:1\n");
}

#[test]
fn exceptions_pass_through_calls() {
    let mut module = Module::default();
    let mut inner = FuncBuilder::new("inner", "inner");
    inner.span = Span { line: 3 };
    inner.call_rt_unit(Rt::Raise, vec![Arg::Imm(0), Arg::Str("bad Größe".to_owned())]);
    inner.func.results = vec![Ty::F64; 4];
    inner.terminate(Terminator::Unwind);
    let inner = module.funcs.push(inner.func);
    let mut b = main_builder();
    b.span = Span { line: 9 };
    let results = b.push(
        Inst::Call {
            func: inner,
            args: vec![],
        },
        &[Ty::F64; 4],
    );
    print(&mut b, results[0]);
    finish(&mut b);
    let log = run(&mut module, b);
    assert_eq!(log, "raise 0: bad Größe\nframe inner:3\nframe <module>:9\n");
}

#[test]
fn endless_recursion_is_an_error() {
    let mut module = Module::default();
    let mut f = FuncBuilder::new("f", "f");
    f.span = Span { line: 2 };
    let n = f.func.add_block_param(f.block, Ty::I64);
    f.func.results = vec![Ty::I64];
    let one = f.i64(1);
    let next = f.scalar(ScalarOp::Add, &[n, one]);
    let id = module.funcs.next_key();
    let result = f.push1(
        Inst::Call {
            func: id,
            args: vec![next],
        },
        Ty::I64,
    );
    f.terminate(Terminator::Return(vec![result]));
    module.funcs.push(f.func);
    let mut b = main_builder();
    let zero = b.i64(0);
    b.push(
        Inst::Call {
            func: id,
            args: vec![zero],
        },
        &[Ty::I64],
    );
    finish(&mut b);
    let log = run(&mut module, b);
    assert!(log.starts_with("raise 17: maximum recursion depth exceeded\nframe f:2\n"));
    assert_eq!(log.matches("frame f:2\n").count(), 1000);
    assert!(log.ends_with("frame <module>:1\n"));
}

#[test]
fn arrays_views_and_launches() {
    let mut module = Module::default();
    let mut body = Body {
        params: vec![DType::F64, DType::C128, DType::I32, DType::F64],
        ..Body::default()
    };
    let sum = body.push(ScalarOp::Add, &[BodyVal(0), BodyVal(3)], DType::F64);
    let re = body.push(ScalarOp::Re, &[BodyVal(1)], DType::F64);
    let out = body.push(ScalarOp::Mul, &[sum, re], DType::F64);
    body.results = vec![out, sum];
    let kernel = module.kernels.push(Kernel {
        name: "k0".to_owned(),
        ndim: 2,
        inputs: vec![
            KernelInput::Array { ndim: 2 },
            KernelInput::Scalar,
            KernelInput::Scalar,
            KernelInput::Array { ndim: 1 },
        ],
        body,
        cost: 5,
        tile: 6,
    });
    let mut b = main_builder();
    let array = Ty::array(DType::F64, 2);
    let a = b.call_rt(Rt::ArrayEmpty, vec![Arg::Imm(4), Arg::ImmSlots(vec![11, 22])], array);
    let extent = b.push1(Inst::Dim { array: a, axis: 1 }, Ty::I64);
    print(&mut b, extent);
    let (one, minus) = (b.i64(1), b.i64(-1));
    let slice = ViewDim::Slice {
        start: Some(one),
        stop: Some(minus),
        step: None,
    };
    let fixed = Inst::View {
        base: a,
        dims: vec![slice, ViewDim::NewAxis, ViewDim::Full],
        lazy: false,
    };
    b.push1(fixed.clone(), array);
    let moving = Inst::View {
        base: a,
        dims: vec![ViewDim::Index(extent)],
        lazy: false,
    };
    let row = b.push1(moving.clone(), Ty::array(DType::F64, 1));
    let lazy = |mut inst: Inst| {
        if let Inst::View { lazy, .. } = &mut inst {
            *lazy = true;
        }
        inst
    };
    let late = b.push1(lazy(moving), Ty::array(DType::F64, 1));
    let inner = b.push1(lazy(fixed.clone()), array);
    let z = b.constant(Const::C128(1f64.to_bits(), 0));
    let n = b.constant(Const::I32(-5));
    let checks = vec![ShapeCheck {
        groups: vec![0b0001, 0b1010, 0b0100],
        span: Span { line: 12 },
    }];
    let launch = |mode| Inst::Launch {
        kernel,
        inputs: vec![a, z, n, row],
        mode,
        checks: checks.clone(),
    };
    b.push(launch(LaunchMode::Fresh), &[array, array]);
    b.push(launch(LaunchMode::Into { dst: a, in_place: true }), &[]);
    let deferred = Inst::Launch {
        kernel,
        inputs: vec![a, z, n, late],
        mode: LaunchMode::Into {
            dst: inner,
            in_place: false,
        },
        checks: checks.clone(),
    };
    b.push(deferred, &[]);
    let reduce = LaunchMode::Reduce {
        op: ReduceOp::Max,
        axes: 0b11,
        keepdims: true,
    };
    b.push(launch(reduce), &[array]);
    b.push(Inst::Release(a), &[]);
    finish(&mut b);
    let id = module.funcs.push(b.func);
    module.main = Some(id);
    let opts = Options {
        ptx: Some(".visible .entry k0(".to_owned()),
        ..options(TargetCpu::Native)
    };
    let log = load(&module, &opts).run_main();
    let k0 = |arrays| format!("k0 ndim 2 in 2 out 2 slots 3/3 arrays {arrays} gpu 1 d4 d4 d4 d4 check@12,1,2");
    let expected = [
        "22 view 7 1 -1 1 2 0 0 1 0 0 0 1".to_owned(),
        "view 1 22 0 1".to_owned(),
        format!("fresh {}", k0(2)),
        format!("in-place {}", k0(3)),
        format!(
            "into {} view 1@1,257,0,0,1 view 2@1,7,1,-1,1,2,0,0,1,0,0,0,1 bound 22",
            k0(3)
        ),
        format!("reduce {}", k0(2)),
        "op 3 axes -1 keep 1".to_owned(),
        "release".to_owned(),
    ];
    assert_eq!(log.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn a_map_that_was_left_is_our_error() {
    let mut module = Module::default();
    let mut b = main_builder();
    let x = b.f64(1.0);
    let map = Inst::Map {
        body: Body::identity(DType::F64),
        inputs: vec![x],
        mode: LaunchMode::Fresh,
        checks: vec![],
    };
    b.push(map, &[Ty::array(DType::F64, 0)]);
    finish(&mut b);
    let id = module.funcs.push(b.func);
    module.main = Some(id);
    let error = compile(&module, &Options::default()).expect_err("no kernel");
    assert!(error.to_string().contains("without a kernel"));
}
