//! Kernels run over random data at every length and stride, against plain evaluation.

mod support;

use lnp_codegen_cpu::{Options, TargetCpu};
use lnp_ir::{Body, BodyVal, DType, Kernel, KernelInput, Module, ScalarOp};
use support::reference::{V, eval};
use support::{Loaded, load, options};

/// A small reproducible generator.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        self.0 >> 24
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    fn float(&mut self) -> f64 {
        const SPECIAL: [f64; 12] = [
            0.0,
            -0.0,
            1.0,
            -1.0,
            2.5,
            -0.5,
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            1e300,
            3e9,
            -9.3e18,
        ];
        match self.below(5) {
            0 => SPECIAL[self.below(12) as usize],
            1 => self.below(9) as f64 - 4.0,
            _ => self.below(1 << 30) as f64 / (1 << 26) as f64 - 8.0,
        }
    }

    fn int(&mut self) -> i64 {
        match self.below(6) {
            0 => [0, -1, i64::MIN, i64::MAX, 64, 31][self.below(6) as usize],
            1 => self.next() as i64 * 12345 - 77,
            _ => self.below(13) as i64 - 6,
        }
    }

    fn value(&mut self, dtype: DType) -> V {
        match dtype {
            DType::Bool => V::B(self.below(2) == 1),
            DType::I32 => V::I32(match self.below(8) {
                0 => i32::MIN,
                _ => self.int() as i32,
            }),
            DType::I64 => V::I64(self.int()),
            DType::F32 => V::F32(self.float() as f32),
            DType::F64 => V::F64(self.float()),
            DType::C128 => V::C(self.float(), self.float()),
        }
    }
}

/// An array with room around it, walked by strides in elements.
struct Operand {
    bytes: Vec<u8>,
    offset: usize,
    strides: Vec<i64>,
    dtype: DType,
}

impl Operand {
    /// Layouts: 0 contiguous, 1 padded rows, 2 every second, 3 reversed, 4 one per row,
    /// 5 a single element, 6 one row for all, 7 transposed.
    fn new(dtype: DType, rows: i64, n: i64, layout: u64, random: &mut Random) -> Operand {
        let (row, col, offset) = match layout {
            0 => (n, 1, 0),
            1 => (n + 3, 1, 1),
            2 => (2 * n + 1, 2, 0),
            3 => (n, -1, (n - 1).max(0)),
            4 => (1, 0, 0),
            5 => (0, 0, 0),
            6 => (0, 1, 0),
            _ => (1, rows, 0),
        };
        let room = 2 * rows * (n + 3) + 8;
        let bytes = (0..room).flat_map(|_| random.value(dtype).bytes()).collect();
        let size = dtype.size() as i64;
        Operand {
            bytes,
            offset: (offset * size) as usize,
            strides: vec![row * size, col * size],
            dtype,
        }
    }

    fn at(&self, i: i64, j: i64) -> usize {
        (self.offset as i64 + i * self.strides[0] + j * self.strides[1]) as usize
    }

    fn get(&self, i: i64, j: i64) -> V {
        V::from_bytes(self.dtype, &self.bytes[self.at(i, j)..])
    }
}

fn kernel(name: &str, body: Body, scalars: &[usize]) -> Kernel {
    let inputs = (0..body.params.len())
        .map(|p| match scalars.contains(&p) {
            true => KernelInput::Scalar,
            false => KernelInput::Array { ndim: 2 },
        })
        .collect();
    Kernel {
        name: name.to_owned(),
        ndim: 2,
        inputs,
        body,
        cost: 0,
        tile: 0,
    }
}

fn check(loaded: &Loaded, kernel: &Kernel, rows: i64, n: i64, layouts: u64, fma: bool, random: &mut Random) {
    let mut inputs = Vec::new();
    let mut slots: Vec<u64> = Vec::new();
    let mut scalars: Vec<Option<V>> = Vec::new();
    for (p, input) in kernel.inputs.iter().enumerate() {
        let dtype = kernel.body.params[p];
        if *input == KernelInput::Scalar {
            let value = random.value(dtype);
            let mut bytes = value.bytes();
            bytes.resize(bytes.len().div_ceil(8) * 8, 0);
            slots.extend(
                bytes
                    .chunks(8)
                    .map(|c| u64::from_le_bytes(c.try_into().expect("8 bytes"))),
            );
            scalars.push(Some(value));
        } else {
            let layout = match layouts {
                0 => 0,
                1 => 1,
                _ => random.below(8),
            };
            inputs.push(Operand::new(dtype, rows, n, layout, random));
            scalars.push(None);
        }
    }
    let mut outputs: Vec<Operand> = Vec::new();
    for dtype in kernel.outputs() {
        let layout = match layouts {
            0 => 0,
            1 => 1,
            _ => [0, 1, 2, 3, 7][random.below(5) as usize],
        };
        outputs.push(Operand::new(dtype, rows, n, layout, random));
    }
    let before: Vec<Vec<u8>> = outputs.iter().map(|o| o.bytes.clone()).collect();
    let ptrs: Vec<*mut u8> =
        // SAFETY: offsets lie inside.
        inputs.iter_mut().chain(&mut outputs).map(|o| unsafe { o.bytes.as_mut_ptr().add(o.offset) }).collect();
    let strides: Vec<i64> = inputs.iter().chain(&outputs).flat_map(|o| o.strides.clone()).collect();
    // SAFETY: the operands have room for the extents.
    unsafe { loaded.kernel(&kernel.name)([rows, n].as_ptr(), ptrs.as_ptr(), strides.as_ptr(), slots.as_ptr()) };
    let mut expected = before;
    for i in 0..rows {
        for j in 0..n {
            let mut arrays = inputs.iter();
            let params: Vec<V> = scalars
                .iter()
                .map(|s| s.unwrap_or_else(|| arrays.next().expect("an input").get(i, j)))
                .collect();
            for (k, want) in eval(&kernel.body, &params, fma).into_iter().enumerate() {
                let got = outputs[k].get(i, j);
                assert!(
                    got.same(want),
                    "{} output {k} at ({i}, {j}) of ({rows}, {n}): {got:?}, not {want:?}, of {params:?}",
                    kernel.name
                );
                let at = outputs[k].at(i, j);
                let bytes = got.bytes();
                expected[k][at..at + bytes.len()].copy_from_slice(&bytes);
            }
        }
    }
    for (k, output) in outputs.iter().enumerate() {
        assert!(output.bytes == expected[k], "{} wrote beside its output", kernel.name);
    }
}

fn check_all(kernels: Vec<Kernel>, lens: &[i64]) {
    let mut module = Module::default();
    for kernel in &kernels {
        module.kernels.push(kernel.clone());
    }
    let plain = |cpu, opt_level| Options {
        opt_level,
        ..options(cpu)
    };
    for (cpu, opt_level) in [(TargetCpu::Native, 1), (TargetCpu::Baseline, 1), (TargetCpu::Native, 0)] {
        let loaded = load(&module, &plain(cpu, opt_level));
        let fma = cpu == TargetCpu::Native && std::is_x86_feature_detected!("fma");
        let mut random = Random(1);
        for kernel in &kernels {
            for &n in lens {
                for layouts in [0, 1, 2, 2] {
                    check(&loaded, kernel, 3, n, layouts, fma, &mut random);
                }
            }
        }
    }
}

fn single(op: ScalarOp, params: &[DType], result: DType) -> Kernel {
    let name = format!("{}_{}_{}", op.name(), params[0].ir_name(), result.ir_name());
    kernel(&name, Body::single(op, params, result), &[])
}

const LENS: [i64; 14] = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33, 67];

#[test]
fn every_operation() {
    use ScalarOp::*;
    let mut kernels = Vec::new();
    let compare = [Lt, Le, Gt, Ge, Eq, Ne];
    for dtype in [DType::F64, DType::F32] {
        for op in [Add, Sub, Mul, Div, Min, Max, FMin, FMax, Copysign] {
            kernels.push(single(op, &[dtype; 2], dtype));
        }
        for op in [Neg, Abs, Sign, Sqrt, Floor, Ceil, Trunc, Rint] {
            kernels.push(single(op, &[dtype], dtype));
        }
        for op in [IsNan, IsInf, IsFinite, Signbit] {
            kernels.push(single(op, &[dtype], DType::Bool));
        }
    }
    for dtype in [DType::I64, DType::I32] {
        for op in [Add, Sub, Mul, FloorDiv, Mod, Fmod, Min, Max, And, Or, Xor, Shl, Shr] {
            kernels.push(single(op, &[dtype; 2], dtype));
        }
        for op in [Neg, Abs, Sign, Not] {
            kernels.push(single(op, &[dtype], dtype));
        }
    }
    for op in [Add, Mul, And, Or, Xor, Min, Max] {
        kernels.push(single(op, &[DType::Bool; 2], DType::Bool));
    }
    kernels.push(single(Not, &[DType::Bool], DType::Bool));
    for dtype in [DType::F64, DType::F32, DType::I64, DType::I32, DType::Bool] {
        for op in compare {
            kernels.push(single(op, &[dtype; 2], DType::Bool));
        }
    }
    for op in [Add, Sub, Mul, Div] {
        kernels.push(single(op, &[DType::C128; 2], DType::C128));
    }
    for op in [Neg, Conj] {
        kernels.push(single(op, &[DType::C128], DType::C128));
    }
    for op in [Re, Im, Abs] {
        kernels.push(single(op, &[DType::C128], DType::F64));
    }
    for op in [Eq, Ne, Lt, Ge] {
        kernels.push(single(op, &[DType::C128; 2], DType::Bool));
    }
    for op in [IsNan, IsFinite] {
        kernels.push(single(op, &[DType::C128], DType::Bool));
    }
    kernels.push(single(MakeComplex, &[DType::F64; 2], DType::C128));
    for from in DType::ALL {
        for to in DType::ALL {
            kernels.push(single(Cast, &[from], to));
        }
        kernels.push(single(Select, &[DType::Bool, from, from], from));
        let mut copy = kernel(&format!("copy_{}", from.ir_name()), Body::identity(from), &[]);
        copy.name.push('x');
        kernels.push(copy);
    }
    kernels.sort_by(|a, b| a.name.cmp(&b.name));
    let mut seen = std::collections::BTreeSet::new();
    for kernel in &mut kernels {
        while !seen.insert(kernel.name.clone()) {
            kernel.name.push('_');
        }
    }
    check_all(kernels, &LENS);
}

#[test]
fn all_lengths() {
    let stencil = {
        let mut body = Body {
            params: vec![DType::F64; 5],
            ..Body::default()
        };
        let a = body.push(ScalarOp::Add, &[BodyVal(0), BodyVal(1)], DType::F64);
        let b = body.push(ScalarOp::Add, &[a, BodyVal(2)], DType::F64);
        let c = body.push(ScalarOp::Add, &[b, BodyVal(3)], DType::F64);
        let d = body.push(ScalarOp::Mul, &[c, BodyVal(4)], DType::F64);
        body.results.push(d);
        kernel("stencil", body, &[4])
    };
    let mixed = {
        // where(i32 > 2 and flag, f32 as f64 * s, i64 as f64), and the condition.
        let mut body = Body {
            params: vec![DType::I32, DType::Bool, DType::F32, DType::I64, DType::F64, DType::Bool],
            ..Body::default()
        };
        let two = body.push(ScalarOp::ConstInt(2), &[], DType::I32);
        let above = body.push(ScalarOp::Gt, &[BodyVal(0), two], DType::Bool);
        let both = body.push(ScalarOp::And, &[above, BodyVal(1)], DType::Bool);
        let both = body.push(ScalarOp::Xor, &[both, BodyVal(5)], DType::Bool);
        let wide = body.push(ScalarOp::Cast, &[BodyVal(2)], DType::F64);
        let scaled = body.push(ScalarOp::Mul, &[wide, BodyVal(4)], DType::F64);
        let int = body.push(ScalarOp::Cast, &[BodyVal(3)], DType::F64);
        let chosen = body.push(ScalarOp::Select, &[both, scaled, int], DType::F64);
        let narrow = body.push(ScalarOp::Cast, &[chosen], DType::F32);
        body.results = vec![chosen, both, narrow];
        kernel("mixed", body, &[4, 5])
    };
    let staged = {
        // exp(a * b) + sin(exp(a * b)) ** 1.5 - a, and a * b.
        let mut body = Body {
            params: vec![DType::F64, DType::F64, DType::C128],
            ..Body::default()
        };
        let product = body.push(ScalarOp::Mul, &[BodyVal(0), BodyVal(1)], DType::F64);
        let exp = body.push(ScalarOp::Exp, &[product], DType::F64);
        let sin = body.push(ScalarOp::Sin, &[exp], DType::F64);
        let power = body.push(ScalarOp::ConstFloat(1.5f64.to_bits()), &[], DType::F64);
        let raised = body.push(ScalarOp::Pow, &[sin, power], DType::F64);
        let sum = body.push(ScalarOp::Add, &[exp, raised], DType::F64);
        let less = body.push(ScalarOp::Sub, &[sum, BodyVal(0)], DType::F64);
        let re = body.push(ScalarOp::Re, &[BodyVal(2)], DType::F64);
        let last = body.push(ScalarOp::Mul, &[less, re], DType::F64);
        body.results = vec![last, product];
        kernel("staged", body, &[2])
    };
    let mut kernels = vec![stencil, mixed, staged];
    kernels.push(single(ScalarOp::Exp, &[DType::F64], DType::F64));
    kernels.push(single(ScalarOp::Exp, &[DType::F32], DType::F32));
    kernels.push(single(ScalarOp::Fmod, &[DType::F64; 2], DType::F64));
    kernels.push(single(ScalarOp::Mod, &[DType::F64; 2], DType::F64));
    let mut squared = Body {
        params: vec![DType::I64, DType::I64],
        ..Body::default()
    };
    let two = squared.push(ScalarOp::ConstInt(2), &[], DType::I64);
    let power = squared.push(ScalarOp::Pow, &[BodyVal(0), two], DType::I64);
    let shifted = squared.push(ScalarOp::Shr, &[power, two], DType::I64);
    let sum = squared.push(ScalarOp::Add, &[shifted, BodyVal(1)], DType::I64);
    squared.results.push(sum);
    kernels.push(kernel("squared", squared, &[1]));
    let mut lens: Vec<i64> = (0..=67).collect();
    lens.extend([511, 512, 513, 1300]);
    check_all(kernels, &lens);
}

/// A body of random operations; every stage boundary and dtype mix turns up.
fn random_body(random: &mut Random, n_insts: u64) -> Body {
    use ScalarOp::*;
    let n_params = 2 + random.below(5);
    let mut body = Body {
        params: (0..n_params).map(|_| DType::ALL[random.below(6) as usize]).collect(),
        ..Body::default()
    };
    for _ in 0..n_insts {
        let n_values = (body.params.len() + body.insts.len()) as u64;
        let a = BodyVal(random.below(n_values) as u32);
        let dtype = body.dtype(a);
        let same: Vec<BodyVal> = (0..n_values as u32)
            .map(BodyVal)
            .filter(|&v| body.dtype(v) == dtype)
            .collect();
        let b = same[random.below(same.len() as u64) as usize];
        let bools: Vec<BodyVal> = (0..n_values as u32)
            .map(BodyVal)
            .filter(|&v| body.dtype(v) == DType::Bool)
            .collect();
        match random.below(8) {
            0 => {
                let to = DType::ALL[random.below(6) as usize];
                body.push(Cast, &[a], to);
            }
            1 if !bools.is_empty() => {
                let cond = bools[random.below(bools.len() as u64) as usize];
                body.push(Select, &[cond, a, b], dtype);
            }
            2 if dtype != DType::C128 => {
                body.push([Lt, Ge, Eq, Ne][random.below(4) as usize], &[a, b], DType::Bool);
            }
            3 => {
                let op = [ConstInt(3), ConstInt(-2), ConstInt(0)][random.below(3) as usize];
                body.push(op, &[], dtype);
            }
            4 if dtype == DType::F64 => {
                match random.below(4) {
                    0 => body.push(Exp, &[a], dtype),
                    1 => body.push(Sin, &[a], dtype),
                    2 => body.push(Mod, &[a, b], dtype),
                    _ => body.push(MakeComplex, &[a, b], DType::C128),
                };
            }
            4 if dtype == DType::F32 => {
                body.push(Exp, &[a], dtype);
            }
            _ => {
                let ops: &[ScalarOp] = match dtype {
                    DType::Bool => &[And, Or, Xor, Eq],
                    DType::I32 | DType::I64 => &[Add, Sub, Mul, FloorDiv, Mod, Min, Max, Xor, Shl, Shr],
                    DType::F32 | DType::F64 => &[Add, Sub, Mul, Div, Min, Max, FMax, Copysign],
                    DType::C128 => &[Add, Sub, Mul, Div],
                };
                body.push(ops[random.below(ops.len() as u64) as usize], &[a, b], dtype);
            }
        }
    }
    let n_values = (body.params.len() + body.insts.len()) as u32;
    body.results = vec![BodyVal(n_values - 1)];
    for _ in 0..random.below(3) {
        body.results.push(BodyVal(random.below(u64::from(n_values)) as u32));
    }
    body
}

#[test]
fn random_bodies() {
    let mut random = Random(42);
    let mut kernels = Vec::new();
    for k in 0..60 {
        let n_insts = 1 + k % 25;
        let body = random_body(&mut random, n_insts);
        let scalars: Vec<usize> = (1..body.params.len()).filter(|_| random.below(4) == 0).collect();
        kernels.push(kernel(&format!("random{k}"), body, &scalars));
    }
    check_all(kernels, &[0, 1, 2, 3, 5, 8, 19, 67, 600]);
}

#[test]
fn in_place_and_without_loops() {
    let mut body = Body {
        params: vec![DType::F64],
        ..Body::default()
    };
    let exp = body.push(ScalarOp::Exp, &[BodyVal(0)], DType::F64);
    let sum = body.push(ScalarOp::Add, &[exp, BodyVal(0)], DType::F64);
    body.results.push(sum);
    let mut module = Module::default();
    let mut point = kernel("point", body.clone(), &[]);
    (point.ndim, point.inputs) = (0, vec![KernelInput::Array { ndim: 0 }]);
    module.kernels.push(point);
    let mut row = kernel("row", body.clone(), &[]);
    (row.ndim, row.inputs) = (1, vec![KernelInput::Array { ndim: 1 }]);
    module.kernels.push(row);
    let loaded = load(&module, &options(TargetCpu::Native));
    let mut data: Vec<f64> = (0..1000).map(|i| f64::from(i) / 300.0).collect();
    let want: Vec<f64> = data.iter().map(|x| x.exp() + x).collect();
    let at = data.as_mut_ptr().cast::<u8>();
    // SAFETY: 1000 elements, in place.
    unsafe { loaded.kernel("row")([1000].as_ptr(), [at, at].as_ptr(), [8, 8].as_ptr(), std::ptr::null()) };
    assert_eq!(data, want);
    // SAFETY: one element.
    unsafe { loaded.kernel("point")(std::ptr::null(), [at, at].as_ptr(), std::ptr::null(), std::ptr::null()) };
    assert_eq!(data[0], want[0].exp() + want[0]);
    assert_eq!(data[1], want[1]);
}

#[test]
fn the_same_bytes_again() {
    let mut module = Module::default();
    module.kernels.push(single(ScalarOp::Exp, &[DType::F64], DType::F64));
    module
        .kernels
        .push(single(ScalarOp::Add, &[DType::C128; 2], DType::C128));
    let opts = options(TargetCpu::Baseline);
    let compile = || lnp_codegen_cpu::compile(&module, &opts).expect("compiles");
    let (first, second) = (compile(), compile());
    assert!(first.object == second.object);
    assert!(first.functions[0].clif.contains("function") && first.functions[0].asm.contains("block0"));
}
