//! Every operation on every dtype, as PTX that NVIDIA's assembler accepts.
//!
//! Without `ptxas` (`LNP_PTXAS`, or the virtual environment's) the text is still made and
//! looked at; a note says that it was not assembled.

use lnp_codegen_ptx::{Options, Ptx, compile_kernels};
use lnp_ir::{Body, BodyVal, DType, Kernel, KernelInput, ScalarOp};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file of the nvcc package: by a variable, else in the project's virtual environment.
fn nvcc_file(variable: &str, relative: &str) -> Option<PathBuf> {
    if let Some(path) = std::env::var_os(variable) {
        return Some(PathBuf::from(path));
    }
    let lib = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.venv/lib");
    std::fs::read_dir(lib)
        .ok()?
        .flatten()
        .map(|python| python.path().join("site-packages/nvidia/cuda_nvcc").join(relative))
        .find(|path| path.exists())
}

fn libdevice() -> Option<Vec<u8>> {
    std::fs::read(nvcc_file("LNP_LIBDEVICE", "nvvm/libdevice/libdevice.10.bc")?).ok()
}

fn compile(kernels: &[Kernel], target: &str) -> Ptx {
    let bitcode = libdevice();
    let options = Options {
        target,
        libdevice: bitcode.as_deref(),
    };
    compile_kernels(kernels, &options).unwrap()
}

/// Runs the assembler; `Err` has its text.
fn assemble(text: &str, target: &str) -> Result<(), String> {
    let Some(ptxas) = nvcc_file("LNP_PTXAS", "bin/ptxas") else {
        println!("note: ptxas was not found, PTX was not assembled");
        return Ok(());
    };
    let dir = tempfile::tempdir().unwrap();
    let input = dir.path().join("kernels.ptx");
    std::fs::write(&input, text).unwrap();
    let output = Command::new(ptxas)
        .arg(format!("--gpu-name={target}"))
        .args(["--opt-level=0", "--output-file"])
        .arg(dir.path().join("kernels.cubin"))
        .arg(&input)
        .output()
        .unwrap();
    match output.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}

fn kernel(name: &str, ndim: u8, inputs: Vec<KernelInput>, body: Body) -> Kernel {
    Kernel {
        name: name.to_owned(),
        ndim,
        inputs,
        body,
        cost: 1,
        tile: 1024,
    }
}

fn arrays(n: usize, ndim: u8) -> Vec<KernelInput> {
    vec![KernelInput::Array { ndim }; n]
}

/// Dtypes on which an operation is defined.
fn domain(op: ScalarOp) -> &'static [DType] {
    use DType::*;
    use ScalarOp::*;
    match op {
        Pow => &[I32, I64, F32, F64],
        Fmod => &[I32, I64, F32, F64],
        _ if op.is_transcendental() => &[F32, F64],
        Sqrt | Copysign => &[F32, F64],
        Div => &[I32, I64, F32, F64, C128],
        FloorDiv | Mod => &[I32, I64, F32, F64],
        And | Or | Xor | Not => &[Bool, I32, I64],
        Shl | Shr => &[I32, I64],
        Neg => &[I32, I64, F32, F64, C128],
        Floor | Ceil | Trunc | Rint | Signbit => &[Bool, I32, I64, F32, F64],
        MakeComplex => &[F64],
        _ => &DType::ALL,
    }
}

fn every_operation() -> Vec<Kernel> {
    let mut kernels = Vec::new();
    for &(op, op_name) in ScalarOp::NAMES {
        for &dtype in domain(op) {
            let name = format!("{op_name}_{}", dtype.ir_name());
            if op == ScalarOp::Cast {
                for to in DType::ALL {
                    let body = Body::single(op, &[dtype], to);
                    kernels.push(kernel(&format!("{name}_{}", to.ir_name()), 1, arrays(1, 1), body));
                }
                continue;
            }
            let mut params = vec![dtype; op.arity()];
            if op == ScalarOp::Select {
                params[0] = DType::Bool;
            }
            let body = Body::single(op, &params, op.result_dtype(dtype).unwrap());
            kernels.push(kernel(&name, 1, arrays(op.arity(), 1), body));
        }
    }
    kernels
}

#[test]
fn every_operation_assembles() {
    let kernels = every_operation();
    for target in ["sm_80", "sm_90"] {
        let ptx = compile(&kernels, target);
        if libdevice().is_some() {
            assert_eq!(ptx.left_out, [], "left out");
            assert_eq!(ptx.kernels.len(), kernels.len());
        }
        for name in &ptx.kernels {
            assert!(ptx.text.contains(&format!(".visible .entry {name}(")), "{name}");
        }
        assert_eq!(assemble(&ptx.text, target), Ok(()));
    }
}

/// `p[i+1, j] * s + p[i-1, j] - b`, in 0 to 8 dimensions.
#[test]
fn every_rank_assembles() {
    let mut kernels = Vec::new();
    for ndim in 0..=8 {
        let mut body = Body {
            params: vec![DType::F64; 4],
            ..Body::default()
        };
        let product = body.push(ScalarOp::Mul, &[BodyVal(0), BodyVal(1)], DType::F64);
        let sum = body.push(ScalarOp::Add, &[product, BodyVal(2)], DType::F64);
        let difference = body.push(ScalarOp::Sub, &[sum, BodyVal(3)], DType::F64);
        body.results = vec![difference, sum];
        let mut inputs = arrays(4, ndim);
        inputs[1] = KernelInput::Scalar;
        kernels.push(kernel(&format!("stencil{ndim}"), ndim, inputs, body));
    }
    let ptx = compile(&kernels, "sm_80");
    assert_eq!(ptx.left_out, []);
    // Bits are NumPy's only if nothing is contracted, here or by the assembler, which may join
    // whatever lacks a rounding mode.
    assert!(!ptx.text.contains("fma."), "contracted");
    assert!(ptx.text.contains("mul.rn.f64") && ptx.text.contains("add.rn.f64"));
    // A division by an extent is a multiplication.
    assert!(!ptx.text.contains("div."), "divides");
    // Text for an older architecture is what newer devices load.
    for target in ["sm_80", "sm_90"] {
        assert_eq!(assemble(&ptx.text, target), Ok(()));
    }
}

#[test]
fn scalars_of_every_dtype_assemble() {
    let inputs = DType::ALL.map(|_| KernelInput::Scalar).to_vec();
    let body = Body {
        params: DType::ALL.to_vec(),
        insts: Vec::new(),
        results: (0..6).map(BodyVal).collect(),
    };
    let ptx = compile(&[kernel("fill", 2, inputs, body)], "sm_80");
    assert_eq!(ptx.left_out, []);
    assert_eq!(assemble(&ptx.text, "sm_80"), Ok(()));
}

#[test]
fn what_has_no_device_form_is_left_out() {
    let without = Options {
        target: "sm_80",
        libdevice: None,
    };
    let complex_exp = Body::single(ScalarOp::Exp, &[DType::C128], DType::C128);
    let exp = Body::single(ScalarOp::Exp, &[DType::F64], DType::F64);
    let wide = Body {
        params: vec![DType::F64; 200],
        insts: Vec::new(),
        results: vec![BodyVal(0)],
    };
    let kernels = [
        kernel("complex_exp", 1, arrays(1, 1), complex_exp),
        kernel("exp", 1, arrays(1, 1), exp),
        kernel("wide", 3, arrays(200, 3), wide),
        kernel("odd name", 1, arrays(1, 1), Body::identity(DType::F64)),
        kernel("copy", 1, arrays(1, 1), Body::identity(DType::F64)),
    ];
    let ptx = compile_kernels(&kernels, &without).unwrap();
    assert_eq!(ptx.kernels, ["copy"]);
    let reasons: Vec<&str> = ptx.left_out.iter().map(|(_, reason)| reason.as_str()).collect();
    assert_eq!(
        reasons,
        [
            "no form of exp.c128",
            "exp needs libdevice, which was not found",
            "too many operands for a launch parameter",
            "its name cannot be an entry's",
        ]
    );
    assert_eq!(assemble(&ptx.text, "sm_80"), Ok(()));
}

#[test]
fn same_text_each_time() {
    let kernels = every_operation();
    let some = &kernels[..kernels.len() / 4];
    assert_eq!(compile(some, "sm_90").text, compile(some, "sm_90").text);
}

#[test]
fn unknown_target_is_an_error() {
    for target in ["sm_1", "gfx90a", "", "sm_x"] {
        let options = Options {
            target,
            libdevice: None,
        };
        let error = compile_kernels(&[], &options).unwrap_err();
        assert!(error.to_string().contains("unknown GPU architecture"), "{error}");
    }
}
