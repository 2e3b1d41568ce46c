//! Random programs print the same, and fail the same, before and after the passes.
//!
//! Programs have views, aliases, copies, stores into views, loops, branches, calls with
//! aliasing arguments, and shapes that sometimes do not match.

#[path = "support/interpret.rs"]
mod interpret;

use interpret::{Stop, run};
use lnp_ir::{
    Arg, Body, BodyVal, CheckedOp, DType, FuncBuilder, FuncId, Inst, LaunchMode, Module, ReduceOp, Rt, ScalarOp,
    ShapeCheck, Span, Ty, Value, ViewDim, verify,
};
use lnp_passes::{Changed, Options, PIPELINE, run_all};
use std::collections::HashMap;

struct Rng(u64);

impl Rng {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize) % n
    }

    fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }
}

const ROW: Ty = Ty::array(DType::F64, 1);
const GRID: Ty = Ty::array(DType::F64, 2);
const ITEM: Ty = Ty::array(DType::F64, 0);

struct Maker<'a> {
    rng: &'a mut Rng,
    b: FuncBuilder,
    arrays: Vec<Value>,
    scalars: Vec<Value>,
    /// Functions, with the shapes that they give for the usual arguments.
    callees: Vec<(FuncId, [Vec<i64>; 2])>,
    /// The shape that each array will most likely have.
    shapes: HashMap<Value, Vec<i64>>,
    line: u32,
    budget: usize,
}

impl<'a> Maker<'a> {
    fn new(rng: &'a mut Rng, b: FuncBuilder, callees: Vec<(FuncId, [Vec<i64>; 2])>, line: u32, budget: usize) -> Self {
        Maker {
            rng,
            b,
            arrays: vec![],
            scalars: vec![],
            callees,
            shapes: HashMap::new(),
            line,
            budget,
        }
    }

    fn array(&mut self) -> Value {
        // Recent values more often: chains of expressions.
        let n = self.arrays.len();
        let from = if self.rng.below(2) == 0 { n.saturating_sub(4) } else { 0 };
        self.arrays[from + self.rng.below(n - from)]
    }

    fn add(&mut self, v: Value, shape: Vec<i64>) {
        self.shapes.insert(v, shape);
        self.arrays.push(v);
    }

    fn shape(&self, v: Value) -> Vec<i64> {
        self.shapes.get(&v).cloned().unwrap_or_default()
    }

    /// An array that will most likely have this shape.
    fn like(&mut self, shape: &[i64]) -> Option<Value> {
        let all: Vec<Value> = self
            .arrays
            .iter()
            .copied()
            .filter(|&v| self.shape(v) == shape)
            .collect();
        (!all.is_empty()).then(|| self.rng.pick(&all))
    }

    fn array_of(&mut self, ty: Ty) -> Option<Value> {
        let all: Vec<Value> = self.arrays.iter().copied().filter(|&v| self.b.ty(v) == ty).collect();
        (!all.is_empty()).then(|| self.rng.pick(&all))
    }

    fn ndim(&self, v: Value) -> u8 {
        match self.b.ty(v) {
            Ty::Array { ndim, .. } => ndim,
            _ => 0,
        }
    }

    fn view(&mut self, base: Value) -> Value {
        let mut ndim = 0;
        let mut dims = Vec::new();
        let mut shape = Vec::new();
        for n in self.shape(base) {
            let bounds = [
                (Some(1), Some(-1)),
                (Some(2), None),
                (None, Some(-2)),
                (Some(1), None),
                (None, Some(-1)),
                (None, None),
            ];
            let (start, stop) = self.rng.pick(&bounds);
            let kind = self.rng.below(12);
            if kind == 0 && ndim + 1 < self.ndim(base) + 1 && self.ndim(base) == 2 && dims.is_empty() {
                let index = if self.rng.below(20) == 0 {
                    9
                } else {
                    self.rng.pick(&[0, -1, 1])
                };
                dims.push(ViewDim::Index(self.b.i64(index)));
                continue;
            }
            ndim += 1;
            let at = |v: i64| if v < 0 { v + n } else { v }.clamp(0, n);
            shape.push((at(stop.unwrap_or(n)) - at(start.unwrap_or(0))).max(0));
            dims.push(match (start, stop) {
                (None, None) => ViewDim::Full,
                _ => ViewDim::Slice {
                    start: start.map(|v| self.b.i64(v)),
                    stop: stop.map(|v| self.b.i64(v)),
                    step: None,
                },
            });
        }
        let v = self.b.push1(
            Inst::View {
                base,
                dims,
                lazy: false,
            },
            Ty::array(DType::F64, ndim),
        );
        self.shapes.insert(v, shape);
        v
    }

    /// A body over one to three inputs, with their check.
    fn map(&mut self, inputs: Vec<Value>, mode: LaunchMode) -> Inst {
        let mut body = Body {
            params: vec![DType::F64; inputs.len()],
            ..Body::default()
        };
        let mut last = BodyVal(0);
        for i in 1..inputs.len() {
            let op = self.rng.pick(&[ScalarOp::Add, ScalarOp::Sub, ScalarOp::Mul]);
            last = body.push(op, &[last, BodyVal(i as u32)], DType::F64);
        }
        match self.rng.below(6) {
            0 => last = body.push(ScalarOp::Tanh, &[last], DType::F64),
            1 => last = body.push(ScalarOp::Neg, &[last], DType::F64),
            _ => {}
        }
        body.results = vec![last];
        let groups: Vec<u64> = (0..inputs.len())
            .filter(|&i| self.b.ty(inputs[i]).is_ref())
            .map(|i| 1 << i)
            .collect();
        let checks = if groups.len() > 1 {
            vec![ShapeCheck {
                groups,
                span: Span { line: self.line },
            }]
        } else {
            vec![]
        };
        Inst::Map {
            body,
            inputs,
            mode,
            checks,
        }
    }

    /// Operands for a statement over this shape, or that of one of them.
    fn inputs(&mut self, shape: Option<Vec<i64>>) -> Vec<Value> {
        let first = shape.and_then(|s| self.like(&s)).unwrap_or_else(|| self.array());
        let shape = self.shape(first);
        let mut out = vec![first];
        for _ in 0..self.rng.below(3) {
            let next = match self.rng.below(40) {
                0 => self.array(),
                1..=8 if !self.scalars.is_empty() => self.rng.pick(&self.scalars),
                9..=12 if shape.len() == 2 => self.like(&shape[1..]).unwrap_or(first),
                _ => self.like(&shape).unwrap_or(first),
            };
            out.push(next);
        }
        out
    }

    fn statement(&mut self, depth: usize) {
        self.line += 1;
        self.b.span = Span { line: self.line };
        match self.rng.below(24) {
            0..=4 => {
                let base = self.array();
                let v = self.view(base);
                self.arrays.push(v);
            }
            5..=11 => {
                let inputs = self.inputs(None);
                let ndim = inputs.iter().map(|&v| self.ndim(v)).max().unwrap_or(0);
                let widest = inputs
                    .iter()
                    .copied()
                    .max_by_key(|&v| self.ndim(v))
                    .unwrap_or(inputs[0]);
                let shape = self.shape(widest);
                let inst = self.map(inputs, LaunchMode::Fresh);
                let v = self.b.push1(inst, Ty::array(DType::F64, ndim));
                self.add(v, shape);
            }
            12..=15 => {
                let base = self.array();
                let dst = if self.rng.below(3) == 0 { base } else { self.view(base) };
                let ndim = self.ndim(dst);
                let shape = self.shape(dst);
                let mut inputs = self.inputs(Some(shape.clone()));
                // Mostly none that does not fit.
                if self.rng.below(20) > 0 {
                    inputs.retain(|&v| self.ndim(v) == 0 || shape.ends_with(&self.shape(v)));
                }
                inputs.retain(|&v| self.ndim(v) <= ndim);
                let update = self.rng.below(2) == 0;
                if update || inputs.is_empty() {
                    inputs.insert(0, dst);
                }
                let inst = self.map(inputs, LaunchMode::Into { dst, in_place: update });
                self.b.push(inst, &[]);
            }
            16 => {
                let v = self.array();
                let ty = self.b.ty(v);
                let copy = self.b.call_rt(Rt::Copy, vec![Arg::Value(v), Arg::Imm(0)], ty);
                let shape = self.shape(v);
                self.add(copy, shape);
            }
            17 => {
                let v = self.array();
                let axes = (1 << self.ndim(v)) - 1;
                let inst = self.map(
                    vec![v],
                    LaunchMode::Reduce {
                        op: ReduceOp::Sum,
                        axes,
                        keepdims: false,
                    },
                );
                let item = self.b.push1(inst, ITEM);
                let s = self.b.call_rt(Rt::ItemF64, vec![Arg::Value(item)], Ty::F64);
                let small = self.b.f64(0.125);
                let s = self.b.scalar(ScalarOp::Mul, &[s, small]);
                self.scalars.push(s);
            }
            18 => {
                let v = self.array();
                self.print(v);
            }
            19 => {
                let v = self.array();
                let value = self.b.f64(self.line as f64);
                let point = vec![self.rng.below(2) as i64; self.ndim(v) as usize];
                if self.rng.below(20) > 0 && self.shape(v).iter().any(|n| *n < 2) {
                    return;
                }
                self.b
                    .call_rt_unit(Rt::SetF64, vec![Arg::Value(v), Arg::ImmSlots(point), Arg::Value(value)]);
            }
            20 if !self.callees.is_empty() => {
                let at = self.rng.below(self.callees.len());
                let (callee, shapes) = self.callees[at].clone();
                let odd = self.rng.below(20) == 0;
                let a = if odd { self.array_of(ROW) } else { self.like(&[5]) };
                if let (Some(a), Some(b), Some(c)) = (a, self.like(&[5]), self.like(&[4, 5])) {
                    let call = Inst::Call {
                        func: callee,
                        args: vec![a, b, c],
                    };
                    let results = self.b.push(call, &[ROW, GRID]);
                    for (v, shape) in results.into_iter().zip(shapes) {
                        self.add(v, shape);
                    }
                }
            }
            21 if depth > 0 => self.loop_(depth - 1),
            22 if depth > 0 && !self.scalars.is_empty() => self.branch(depth - 1),
            _ => {}
        }
    }

    fn print(&mut self, v: Value) {
        let text = self.b.call_rt(Rt::StrFromArray, vec![Arg::Value(v)], Ty::Str);
        self.b.call_rt_unit(Rt::Print, vec![Arg::Value(text)]);
    }

    fn statements(&mut self, n: usize, depth: usize) {
        for _ in 0..n {
            if self.budget > 0 {
                self.budget -= 1;
                self.statement(depth);
            }
        }
    }

    /// `for i in range(0..3)` with one array that each round may rebind.
    fn loop_(&mut self, depth: usize) {
        let (header, body, exit) = (
            self.b.func.new_block(),
            self.b.func.new_block(),
            self.b.func.new_block(),
        );
        let carried = self.array();
        let shape = self.shape(carried);
        let ty = self.b.ty(carried);
        let zero = self.b.i64(0);
        let n = self.rng.below(4) as i64;
        let n = self.b.i64(n);
        self.b.jump(header, vec![zero, carried]);
        let i = self.b.func.add_block_param(header, Ty::I64);
        let x = self.b.func.add_block_param(header, ty);
        self.b.switch_to(header);
        let more = self.b.scalar(ScalarOp::Lt, &[i, n]);
        self.b.branch(more, body, exit);
        self.b.switch_to(body);
        let (n_arrays, n_scalars) = (self.arrays.len(), self.scalars.len());
        self.add(x, shape.clone());
        let count = 1 + self.rng.below(8);
        self.statements(count, depth);
        let next = if self.rng.below(10) == 0 {
            self.array_of(ty)
        } else {
            self.like(&shape)
        }
        .unwrap_or(x);
        let one = self.b.i64(1);
        let i = self.b.checked(CheckedOp::Add, &[i, one]);
        self.b.jump(header, vec![i, next]);
        self.arrays.truncate(n_arrays);
        self.scalars.truncate(n_scalars);
        self.b.switch_to(exit);
        self.add(x, shape);
    }

    fn branch(&mut self, depth: usize) {
        let (then, other, join) = (
            self.b.func.new_block(),
            self.b.func.new_block(),
            self.b.func.new_block(),
        );
        let zero = self.b.f64(0.5);
        let s = self.rng.pick(&self.scalars);
        let cond = self.b.scalar(ScalarOp::Lt, &[s, zero]);
        let ty = self.rng.pick(&[ROW, GRID]);
        let shape = if ty == ROW { vec![5] } else { vec![4, 5] };
        let result = self.b.func.add_block_param(join, ty);
        self.b.branch(cond, then, other);
        for block in [then, other] {
            self.b.switch_to(block);
            let (n_arrays, n_scalars) = (self.arrays.len(), self.scalars.len());
            let count = self.rng.below(5);
            self.statements(count, depth);
            let v = self.like(&shape).expect("there is one from the start");
            self.b.jump(join, vec![v]);
            self.arrays.truncate(n_arrays);
            self.scalars.truncate(n_scalars);
        }
        self.b.switch_to(join);
        self.add(result, shape);
    }
}

fn program(rng: &mut Rng) -> Module {
    let mut module = Module::default();
    let mut callees = Vec::new();
    for _ in 0..2 {
        let mut b = FuncBuilder::new("helper", "helper");
        b.func.results = vec![ROW, GRID];
        let entry = b.block;
        let params = [ROW, ROW, GRID].map(|ty| b.func.add_block_param(entry, ty));
        let mut m = Maker::new(rng, b, callees.clone(), 100, 25);
        for (v, shape) in params.into_iter().zip([vec![5], vec![5], vec![4, 5]]) {
            m.add(v, shape);
        }
        let n = 1 + m.rng.below(10);
        m.statements(n, 1);
        let results = vec![
            m.array_of(ROW).expect("a parameter"),
            m.array_of(GRID).expect("a parameter"),
        ];
        let shapes = [m.shape(results[0]), m.shape(results[1])];
        m.b.terminate(lnp_ir::Terminator::Return(results));
        let func = m.b.func;
        callees.push((module.funcs.push(func), shapes));
    }
    let b = FuncBuilder::new("main", "<module>");
    let mut m = Maker::new(rng, b, callees, 0, 60);
    let scale = m.b.f64(0.25);
    m.scalars.push(scale);
    for ty in [ROW, GRID, ROW, GRID] {
        let n = m.b.i64(5);
        let extents = if ty == ROW { vec![n] } else { vec![m.b.i64(4), n] };
        let shape = if ty == ROW { vec![5] } else { vec![4, 5] };
        let v = m.b.call_rt(
            Rt::ArrayZeros,
            vec![Arg::Imm(DType::F64 as i64), Arg::Slots(extents)],
            ty,
        );
        for k in 0..3 {
            let value = m.b.f64(0.5 + f64::from(k));
            let point = vec![k as i64; m.ndim(v) as usize];
            m.b.call_rt_unit(Rt::SetF64, vec![Arg::Value(v), Arg::ImmSlots(point), Arg::Value(value)]);
        }
        m.add(v, shape);
    }
    m.statements(25, 2);
    for v in m.arrays.clone() {
        m.print(v);
    }
    m.b.terminate(lnp_ir::Terminator::Return(vec![]));
    let func = m.b.func;
    module.main = Some(module.funcs.push(func));
    module
}

#[test]
fn programs_mean_the_same_after_the_passes() {
    let mut rng = Rng(0x9E37_79B9_7F4A_7C15);
    let (mut errors, mut full) = (0, 0);
    for round in 0..1500 {
        let module = program(&mut rng);
        assert!(
            verify(&module).is_empty(),
            "round {round}: {}\n{module}",
            verify(&module)[0]
        );
        let want = run(&module);
        if want.1 == Err(Stop::Steps) {
            continue;
        }
        errors += u32::from(want.1.is_err());
        full += u32::from(want.1.is_ok());
        let mut after = module.clone();
        if let Err(e) = run_all(&mut after, &Options::default()) {
            panic!("round {round}: {e}\n{module}");
        }
        let got = run(&after);
        if got == want {
            continue;
        }
        // Which pass it was.
        let mut step = module.clone();
        for (name, pass) in PIPELINE {
            let before = step.clone();
            pass(&mut step, &Options::default());
            let now = run(&step);
            assert!(
                now == want,
                "round {round}, {name}:\n{:?}\n{:?}\nbefore\n{before}\nafter\n{step}",
                want,
                now
            );
        }
    }
    assert!(errors > 50 && full > 200, "{errors} {full}");
}

#[test]
fn unchanged_means_the_same_text() {
    let mut rng = Rng(77);
    for _ in 0..100 {
        let mut module = program(&mut rng);
        for (name, pass) in PIPELINE {
            let before = module.to_string();
            if pass(&mut module, &Options::default()) == Changed::No {
                assert_eq!(module.to_string(), before, "{name}");
            }
        }
    }
}
