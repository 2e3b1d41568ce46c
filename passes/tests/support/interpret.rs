//! An interpreter for the part of the IR that `same_results` makes: `f64` arrays that share
//! buffers, statements evaluated whole before they store, errors with their line.

use lnp_ir::{
    Arg, Block, Body, CheckedOp, Const, FuncId, Inst, InstData, LaunchMode, Module, Rt, ScalarOp, ShapeCheck,
    Terminator, Value, ViewDim,
};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

#[derive(Clone)]
pub struct Array {
    data: Rc<RefCell<Vec<f64>>>,
    offset: i64,
    shape: Vec<i64>,
    strides: Vec<i64>,
}

impl Array {
    fn new(shape: Vec<i64>, data: Vec<f64>) -> Array {
        let mut strides = vec![1; shape.len()];
        for i in (1..shape.len()).rev() {
            strides[i - 1] = strides[i] * shape[i];
        }
        Array {
            data: Rc::new(RefCell::new(data)),
            offset: 0,
            shape,
            strides,
        }
    }

    fn values(&self) -> Vec<f64> {
        points(&self.shape).map(|p| self.at(&p)).collect()
    }

    fn place(&self, point: &[i64]) -> usize {
        (self.offset + point.iter().zip(&self.strides).map(|(p, s)| p * s).sum::<i64>()) as usize
    }

    fn at(&self, point: &[i64]) -> f64 {
        self.data.borrow()[self.place(point)]
    }

    /// The element that broadcasting puts at a point of a wider domain.
    fn broadcast_at(&self, point: &[i64]) -> f64 {
        let skip = point.len() - self.shape.len();
        let own: Vec<i64> = point[skip..]
            .iter()
            .zip(&self.shape)
            .map(|(p, n)| if *n == 1 { 0 } else { *p })
            .collect();
        self.at(&own)
    }
}

fn points(shape: &[i64]) -> impl Iterator<Item = Vec<i64>> {
    let shape = shape.to_vec();
    let total: i64 = shape.iter().product();
    (0..total).map(move |mut k| {
        let mut p = vec![0; shape.len()];
        for i in (0..shape.len()).rev() {
            p[i] = k % shape[i];
            k /= shape[i];
        }
        p
    })
}

fn broadcast(shapes: &[Vec<i64>]) -> Option<Vec<i64>> {
    let n = shapes.iter().map(Vec::len).max().unwrap_or(0);
    let mut out = vec![1; n];
    for s in shapes {
        for (o, &e) in out[n - s.len()..].iter_mut().zip(s) {
            if *o == 1 {
                *o = e;
            } else if e != 1 && e != *o {
                return None;
            }
        }
    }
    Some(out)
}

#[derive(Clone)]
enum Val {
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    Array(Array),
}

/// What ends a run early: the error's name and line, or too many steps.
#[derive(Debug, PartialEq)]
pub enum Stop {
    Error(&'static str, u32),
    Steps,
}

pub struct Machine<'a> {
    module: &'a Module,
    pub output: Vec<String>,
    steps: u32,
}

type Env = HashMap<Value, Val>;

/// Runs `main`; what it printed, and how it ended.
pub fn run(module: &Module) -> (Vec<String>, Result<(), Stop>) {
    let mut m = Machine {
        module,
        output: Vec::new(),
        steps: 0,
    };
    let end = m.call(module.main.expect("a main function"), Vec::new()).map(|_| ());
    (m.output, end)
}

impl Machine<'_> {
    fn call(&mut self, id: FuncId, args: Vec<Val>) -> Result<Vec<Val>, Stop> {
        let func = &self.module.funcs[id];
        let mut env: Env = func.params().iter().copied().zip(args).collect();
        let mut block: Block = func.entry();
        loop {
            for data in &func.blocks[block].insts {
                self.steps += 1;
                if self.steps > 20_000 {
                    return Err(Stop::Steps);
                }
                let results = self.inst(&env, data)?;
                env.extend(data.results.iter().copied().zip(results));
            }
            let target = match func.blocks[block].term.as_ref().expect("terminated") {
                Terminator::Return(vals) => return Ok(vals.iter().map(|v| env[v].clone()).collect()),
                Terminator::Jump(to) => to,
                Terminator::Branch { cond, then, other } => match env[cond] {
                    Val::Bool(true) => then,
                    _ => other,
                },
                Terminator::Unwind => unreachable!("not made here"),
            };
            let args: Vec<Val> = target.args.iter().map(|v| env[v].clone()).collect();
            block = target.block;
            env.extend(func.blocks[block].params.iter().copied().zip(args));
        }
    }

    fn inst(&mut self, env: &Env, data: &InstData) -> Result<Vec<Val>, Stop> {
        let line = data.span.line;
        let int = |v: &Value| match env[v] {
            Val::Int(n) => n,
            _ => panic!("{v} is no int"),
        };
        let float = |v: &Value| match env[v] {
            Val::Float(n) => n,
            _ => panic!("{v} is no float"),
        };
        let array = |v: &Value| match &env[v] {
            Val::Array(a) => a.clone(),
            _ => panic!("{v} is no array"),
        };
        Ok(match &data.inst {
            Inst::Const(c) => vec![match c {
                Const::Bool(b) => Val::Bool(*b),
                Const::I64(n) => Val::Int(*n),
                Const::F64(bits) => Val::Float(f64::from_bits(*bits)),
                Const::Str(s) => Val::Text(s.clone()),
                other => panic!("{other:?}"),
            }],
            Inst::Scalar { op, args } => vec![match (op, &env[&args[0]]) {
                (ScalarOp::Lt, Val::Int(a)) => Val::Bool(*a < int(&args[1])),
                (ScalarOp::Lt, Val::Float(a)) => Val::Bool(*a < float(&args[1])),
                (op, Val::Float(_)) => {
                    let args: Vec<f64> = args.iter().map(float).collect();
                    Val::Float(scalar(*op, &args))
                }
                other => panic!("{:?}", other.0),
            }],
            Inst::Checked {
                op: CheckedOp::Add,
                args,
            } => vec![Val::Int(int(&args[0]) + int(&args[1]))],
            Inst::Dim { array: a, axis } => vec![Val::Int(array(a).shape[*axis as usize])],
            Inst::View { base, dims, .. } => vec![Val::Array(
                view(&array(base), dims, &int).ok_or(Stop::Error("index", line))?,
            )],
            Inst::Map {
                body,
                inputs,
                mode,
                checks,
            } => self.statement(env, body, inputs, mode, checks, line)?,
            Inst::Launch {
                kernel,
                inputs,
                mode,
                checks,
            } => self.statement(
                env,
                &self.module.kernels[*kernel].body.clone(),
                inputs,
                mode,
                checks,
                line,
            )?,
            Inst::Call { func, args } => self.call(*func, args.iter().map(|v| env[v].clone()).collect())?,
            Inst::Retain(_) | Inst::Release(_) => vec![],
            Inst::CallRt { rt, args } => {
                let val = |k: usize| match &args[k] {
                    Arg::Value(v) => env[v].clone(),
                    Arg::Imm(n) => Val::Int(*n),
                    Arg::Str(s) => Val::Text(s.clone()),
                    other => panic!("{other:?}"),
                };
                match (rt, val(0)) {
                    (Rt::Print, Val::Text(s)) => {
                        self.output.push(s);
                        vec![]
                    }
                    (Rt::StrFromArray, Val::Array(a)) => vec![Val::Text(format!("{:?} {:?}", a.shape, a.values()))],
                    (Rt::StrFromF64, Val::Float(v)) => vec![Val::Text(format!("{v:?}"))],
                    (Rt::Copy, Val::Array(a)) => vec![Val::Array(Array::new(a.shape.clone(), a.values()))],
                    (Rt::ItemF64, Val::Array(a)) => vec![Val::Float(a.at(&[]))],
                    (Rt::ArrayZeros, _) => {
                        let shape: Vec<i64> = match &args[1] {
                            Arg::Slots(vals) => vals.iter().map(int).collect(),
                            Arg::ImmSlots(vals) => vals.clone(),
                            other => panic!("{other:?}"),
                        };
                        let len = shape.iter().product::<i64>() as usize;
                        vec![Val::Array(Array::new(shape, vec![0.0; len]))]
                    }
                    (Rt::SetF64, Val::Array(a)) => {
                        let point = match &args[1] {
                            Arg::ImmSlots(vals) => vals.clone(),
                            other => panic!("{other:?}"),
                        };
                        if point.iter().zip(&a.shape).any(|(p, n)| p >= n) {
                            return Err(Stop::Error("index", line));
                        }
                        let Val::Float(v) = val(2) else { panic!("no float") };
                        let place = a.place(&point);
                        a.data.borrow_mut()[place] = v;
                        vec![]
                    }
                    _ => panic!("{rt:?}"),
                }
            }
            other => panic!("{other:?}"),
        })
    }

    fn statement(
        &self,
        env: &Env,
        body: &Body,
        inputs: &[Value],
        mode: &LaunchMode,
        checks: &[ShapeCheck],
        line: u32,
    ) -> Result<Vec<Val>, Stop> {
        let shape = |v: &Value| match &env[v] {
            Val::Array(a) => a.shape.clone(),
            _ => vec![],
        };
        for check in checks {
            let groups: Option<Vec<Vec<i64>>> = check
                .groups
                .iter()
                .map(|mask| {
                    let members: Vec<Vec<i64>> = inputs
                        .iter()
                        .enumerate()
                        .filter(|(i, _)| mask >> i & 1 != 0)
                        .map(|(_, v)| shape(v))
                        .collect();
                    broadcast(&members)
                })
                .collect();
            if groups.is_none_or(|g| broadcast(&g).is_none()) {
                return Err(Stop::Error("broadcast", check.span.line));
            }
        }
        let shapes: Vec<Vec<i64>> = inputs.iter().map(shape).collect();
        let mut domain = broadcast(&shapes).ok_or(Stop::Error("broadcast", line))?;
        if let LaunchMode::Into { dst, .. } = mode {
            let dst = shape(dst);
            if broadcast(&[domain.clone(), dst.clone()]) != Some(dst.clone()) {
                return Err(Stop::Error("store", line));
            }
            domain = dst;
        }
        let mut results = vec![Vec::new(); body.results.len()];
        for p in points(&domain) {
            let mut vals: Vec<f64> = inputs
                .iter()
                .map(|v| match &env[v] {
                    Val::Array(a) => a.broadcast_at(&p),
                    Val::Float(v) => *v,
                    _ => panic!("{v} is no input"),
                })
                .collect();
            for inst in &body.insts {
                let args: Vec<f64> = inst.args.iter().map(|a| vals[a.0 as usize]).collect();
                vals.push(match inst.op {
                    ScalarOp::ConstFloat(bits) => f64::from_bits(bits),
                    op => scalar(op, &args),
                });
            }
            for (out, r) in results.iter_mut().zip(&body.results) {
                out.push(vals[r.0 as usize]);
            }
        }
        Ok(match mode {
            LaunchMode::Fresh => results
                .into_iter()
                .map(|r| Val::Array(Array::new(domain.clone(), r)))
                .collect(),
            LaunchMode::Into { dst, .. } => {
                let Val::Array(dst) = &env[dst] else {
                    panic!("{dst} is no array")
                };
                for (p, v) in points(&domain).zip(&results[0]) {
                    let place = dst.place(&p);
                    dst.data.borrow_mut()[place] = *v;
                }
                vec![]
            }
            LaunchMode::Reduce { .. } => vec![Val::Array(Array::new(vec![], vec![results[0].iter().sum()]))],
        })
    }
}

fn scalar(op: ScalarOp, args: &[f64]) -> f64 {
    match (op, args) {
        (ScalarOp::Add, [a, b]) => a + b,
        (ScalarOp::Sub, [a, b]) => a - b,
        (ScalarOp::Mul, [a, b]) => a * b,
        (ScalarOp::Neg, [a]) => -a,
        (ScalarOp::Tanh, [a]) => a.tanh(),
        _ => panic!("{op:?}"),
    }
}

/// `None` where an index is out of bounds.
fn view(base: &Array, dims: &[ViewDim], int: &dyn Fn(&Value) -> i64) -> Option<Array> {
    let mut out = Array {
        data: base.data.clone(),
        offset: base.offset,
        shape: vec![],
        strides: vec![],
    };
    let mut axis = 0;
    for dim in dims {
        if *dim == ViewDim::NewAxis {
            out.shape.push(1);
            out.strides.push(0);
            continue;
        }
        let (n, s) = (base.shape[axis], base.strides[axis]);
        axis += 1;
        match dim {
            ViewDim::Index(v) => {
                let i = int(v);
                if !(-n..n).contains(&i) {
                    return None;
                }
                out.offset += s * if i < 0 { i + n } else { i };
            }
            ViewDim::Slice { start, stop, step } => {
                assert!(step.is_none());
                let clamp = |v: &Option<Value>, absent: i64| match v {
                    None => absent,
                    Some(v) => {
                        let i = int(v);
                        (if i < 0 { i + n } else { i }).clamp(0, n)
                    }
                };
                let (a, b) = (clamp(start, 0), clamp(stop, n));
                out.offset += s * a;
                out.shape.push((b - a).max(0));
                out.strides.push(s);
            }
            _ => {
                out.shape.push(n);
                out.strides.push(s);
            }
        }
    }
    out.shape.extend(&base.shape[axis..]);
    out.strides.extend(&base.strides[axis..]);
    Some(out)
}
