//! Nanoseconds per point of a few kernels: `cargo run --release --example kernel_speed`.
//! With `asm NAME`, the assembly of one.

#[path = "../tests/support/mod.rs"]
mod support;

use lnp_codegen_cpu::TargetCpu;
use lnp_ir::{Body, BodyVal, DType, Kernel, KernelInput, Module, ScalarOp};
use std::time::Instant;
use support::{load, options};

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

/// `(a + b + c + d) * 0.25`
fn stencil(dtype: DType) -> Body {
    let mut body = Body {
        params: vec![dtype; 4],
        ..Body::default()
    };
    let sum = body.push(ScalarOp::Add, &[BodyVal(0), BodyVal(1)], dtype);
    let sum = body.push(ScalarOp::Add, &[sum, BodyVal(2)], dtype);
    let sum = body.push(ScalarOp::Add, &[sum, BodyVal(3)], dtype);
    let bits = if dtype == DType::F32 {
        u64::from(0.25f32.to_bits())
    } else {
        0.25f64.to_bits()
    };
    let quarter = body.push(ScalarOp::ConstFloat(bits), &[], dtype);
    let out = body.push(ScalarOp::Mul, &[sum, quarter], dtype);
    body.results.push(out);
    body
}

/// `((e + w) * s + (n + m) * t) / r - b`, the pressure sweep of a channel flow.
fn pressure() -> Body {
    let f = DType::F64;
    let mut body = Body {
        params: vec![f; 8],
        ..Body::default()
    };
    let x = body.push(ScalarOp::Add, &[BodyVal(0), BodyVal(1)], f);
    let x = body.push(ScalarOp::Mul, &[x, BodyVal(5)], f);
    let y = body.push(ScalarOp::Add, &[BodyVal(2), BodyVal(3)], f);
    let y = body.push(ScalarOp::Mul, &[y, BodyVal(6)], f);
    let sum = body.push(ScalarOp::Add, &[x, y], f);
    let quotient = body.push(ScalarOp::Div, &[sum, BodyVal(7)], f);
    let out = body.push(ScalarOp::Sub, &[quotient, BodyVal(4)], f);
    body.results.push(out);
    body
}

fn main() {
    let mut module = Module::default();
    let f = DType::F64;
    module.kernels.push(kernel("stencil", stencil(f), &[]));
    module.kernels.push(kernel("stencil32", stencil(DType::F32), &[]));
    module.kernels.push(kernel("pressure", pressure(), &[5, 6, 7]));
    module
        .kernels
        .push(kernel("add", Body::single(ScalarOp::Add, &[f, f], f), &[]));
    module.kernels.push(kernel("copy", Body::identity(f), &[]));
    module
        .kernels
        .push(kernel("less", Body::single(ScalarOp::Lt, &[f, f], DType::Bool), &[]));
    module.kernels.push(kernel(
        "int",
        Body::single(ScalarOp::Add, &[DType::I64, DType::I64], DType::I64),
        &[],
    ));
    module.kernels.push(kernel(
        "cmul",
        Body::single(ScalarOp::Mul, &[DType::C128; 2], DType::C128),
        &[],
    ));
    let mut wide = Body {
        params: vec![f; 16],
        ..Body::default()
    };
    let mut sum = BodyVal(0);
    for p in 1..16 {
        let op = if p % 2 == 0 { ScalarOp::Add } else { ScalarOp::Mul };
        sum = wide.push(op, &[sum, BodyVal(p)], f);
    }
    wide.results.push(sum);
    module.kernels.push(kernel("wide16", wide, &[]));
    let start = Instant::now();
    let loaded = load(&module, &options(TargetCpu::Native));
    println!(
        "compiled, linked and loaded in {:.0} ms",
        start.elapsed().as_secs_f64() * 1e3
    );
    let args: Vec<String> = std::env::args().collect();
    if let [_, _, name] = &args[..] {
        let text = loaded.output.functions.iter().find(|t| t.name.ends_with(name.as_str()));
        println!("{}", text.map_or("", |t| &t.asm));
        return;
    }
    for (rows, n) in [(39usize, 39usize), (1022, 1022)] {
        let pitch = n + 2;
        let operands: Vec<Vec<f64>> = (0..17)
            .map(|k| {
                (0..2 * (rows + 2) * pitch)
                    .map(|i| (i * (k + 3) % 97) as f64 + 1.0)
                    .collect()
            })
            .collect();
        for (_, kernel) in module.kernels.iter() {
            let dtypes: Vec<DType> = kernel
                .body
                .params
                .iter()
                .zip(&kernel.inputs)
                .filter(|(_, k)| **k != KernelInput::Scalar)
                .map(|(d, _)| *d)
                .chain(kernel.outputs())
                .collect();
            let mut line = format!("{rows:5} x {n:5} {:10}", kernel.name);
            for layout in ["interior", "broadcast", "strided"] {
                let mut ptrs = Vec::new();
                let mut strides = Vec::new();
                for (k, dtype) in dtypes.iter().enumerate() {
                    let size = dtype.size();
                    // Shifted windows of one array, but for the last.
                    let array = if kernel.name == "wide16" || kernel.name == "add" {
                        k
                    } else {
                        k / (dtypes.len() - 1)
                    };
                    let shift = [1, 2 * pitch + 1, pitch, pitch + 2, pitch + 1][k % 5];
                    ptrs.push(
                        operands[array]
                            .as_ptr()
                            .cast::<u8>()
                            .cast_mut()
                            .wrapping_add(shift * size),
                    );
                    let (row, col) = match (layout, k) {
                        ("broadcast", 0) => (size, 0),
                        ("strided", 1) => (size, if n > 100 { size * 2 } else { pitch * size }),
                        _ => (pitch * size, size),
                    };
                    strides.extend([row as i64, col as i64]);
                }
                let slots = [2.0f64.to_bits(), 3.0f64.to_bits(), 7.0f64.to_bits()];
                let f = loaded.kernel(&kernel.name);
                // SAFETY: the windows lie inside the arrays.
                let run = || unsafe {
                    f(
                        [rows as i64, n as i64].as_ptr(),
                        ptrs.as_ptr(),
                        strides.as_ptr(),
                        slots.as_ptr(),
                    )
                };
                let times = 20_000_000 / (rows * n) + 1;
                let mut best = f64::MAX;
                for _ in 0..5 {
                    let start = Instant::now();
                    for _ in 0..times {
                        run();
                    }
                    best = best.min(start.elapsed().as_secs_f64() / (times * rows * n) as f64);
                }
                line += &format!("  {layout} {:.3} ns", best * 1e9);
            }
            println!("{line}");
        }
    }
}
