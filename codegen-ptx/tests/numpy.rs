//! Every operation's PTX gives what NumPy gave, executed by an interpreter of PTX.
//!
//! `data/numpy.txt` was recorded by `data/record.py`. Arithmetic must match to the bit (any
//! NaN is any other); transcendental functions within a few units in the last place.

#[path = "../../runtime/cuda/examples/emulator/ops.rs"]
mod ops;
#[path = "../../runtime/cuda/examples/emulator/parse.rs"]
mod parse;
#[path = "../../runtime/cuda/examples/emulator/run.rs"]
mod run;

use lnp_abi::provider::cuda::pack_launch;
use lnp_codegen_ptx::{Options, compile_kernels};
use lnp_ir::{Body, BodyVal, DType, Kernel, KernelInput, ScalarOp};

const GRID: run::Grid = run::Grid {
    n_blocks: 2,
    block_len: 3,
};

/// A line of the recording.
struct Line {
    op: ScalarOp,
    params: Vec<DType>,
    result: DType,
    /// The parameters' elements, column by column, and the results'.
    columns: Vec<Vec<u8>>,
    expected: Vec<u8>,
    len: usize,
}

fn dtype(name: &str) -> DType {
    DType::from_ir_name(name).unwrap()
}

/// An element from hexadecimal digits, most significant first; complex parts one by one.
fn element(digits: &str) -> Vec<u8> {
    let part = |digits: &str| {
        let value = u64::from_str_radix(digits, 16).unwrap();
        value.to_le_bytes()[..digits.len() / 2].to_vec()
    };
    match digits.len() {
        32 => [part(&digits[..16]), part(&digits[16..])].concat(),
        _ => part(digits),
    }
}

fn recording() -> Vec<Line> {
    let text = include_str!("data/numpy.txt");
    text.lines()
        .map(|line| {
            let (head, cases) = line.split_once(" | ").unwrap();
            let [op, params, result] = head.split(' ').collect::<Vec<_>>()[..] else {
                panic!("{head}")
            };
            let params: Vec<DType> = params.split(',').map(dtype).collect();
            let mut columns = vec![Vec::new(); params.len()];
            let mut expected = Vec::new();
            let mut len = 0;
            for case in cases.split(' ') {
                let (inputs, output) = case.split_once('=').unwrap();
                for (column, digits) in columns.iter_mut().zip(inputs.split(',')) {
                    column.extend(element(digits));
                }
                expected.extend(element(output));
                len += 1;
            }
            let op = ScalarOp::NAMES.iter().find(|(_, name)| *name == op).unwrap().0;
            Line {
                op,
                params,
                result: dtype(result),
                columns,
                expected,
                len,
            }
        })
        .collect()
}

fn libdevice() -> Option<Vec<u8>> {
    let lib = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../.venv/lib");
    let in_package = "site-packages/nvidia/cuda_nvcc/nvvm/libdevice/libdevice.10.bc";
    std::env::var_os("LNP_LIBDEVICE")
        .map(std::path::PathBuf::from)
        .into_iter()
        .chain(
            std::fs::read_dir(lib)
                .into_iter()
                .flatten()
                .flatten()
                .map(|d| d.path().join(in_package)),
        )
        .find_map(|path| std::fs::read(path).ok())
}

/// Aligned memory that holds some bytes.
fn memory(bytes: &[u8]) -> Vec<u128> {
    let mut words = vec![0_u128; bytes.len().div_ceil(16).max(1)];
    for (idx, byte) in bytes.iter().enumerate() {
        words[idx / 16] |= u128::from(*byte) << (8 * (idx % 16));
    }
    words
}

fn bytes(words: &[u128], len: usize) -> Vec<u8> {
    words.iter().flat_map(|w| w.to_le_bytes()).take(len).collect()
}

fn kernel(name: String, ndim: u8, inputs: Vec<KernelInput>, body: Body) -> Kernel {
    Kernel {
        name,
        ndim,
        inputs,
        body,
        cost: 1,
        tile: 1,
    }
}

/// Distance in units in the last place; 0 for NaN and NaN.
fn ulps(dtype: DType, got: &[u8], want: &[u8]) -> u64 {
    let order = |bits: i64, min: i64| if bits < 0 { min.wrapping_sub(bits) } else { bits };
    match dtype {
        DType::F64 => {
            let (a, b) = (
                f64::from_le_bytes(got.try_into().unwrap()),
                f64::from_le_bytes(want.try_into().unwrap()),
            );
            match a.is_nan() || b.is_nan() {
                true => u64::from(a.is_nan() != b.is_nan()) * u64::MAX,
                false if a == 0.0 && b == 0.0 => u64::from(a.is_sign_negative() != b.is_sign_negative()),
                false => order(a.to_bits() as i64, i64::MIN).abs_diff(order(b.to_bits() as i64, i64::MIN)),
            }
        }
        DType::F32 => {
            let (a, b) = (
                f32::from_le_bytes(got.try_into().unwrap()),
                f32::from_le_bytes(want.try_into().unwrap()),
            );
            match a.is_nan() || b.is_nan() {
                true => u64::from(a.is_nan() != b.is_nan()) * u64::MAX,
                false if a == 0.0 && b == 0.0 => u64::from(a.is_sign_negative() != b.is_sign_negative()),
                false => {
                    let min = i64::from(i32::MIN);
                    order(i64::from(a.to_bits() as i32), min).abs_diff(order(i64::from(b.to_bits() as i32), min))
                }
            }
        }
        DType::C128 => {
            let part = |k: usize| ulps(DType::F64, &got[8 * k..8 * k + 8], &want[8 * k..8 * k + 8]);
            part(0).max(part(1))
        }
        _ => u64::from(got != want) * u64::MAX,
    }
}

#[test]
fn operations_agree_with_numpy() {
    let bitcode = libdevice();
    let lines = recording();
    let kernels: Vec<Kernel> = lines
        .iter()
        .enumerate()
        .map(|(idx, line)| {
            let inputs = vec![KernelInput::Array { ndim: 1 }; line.params.len()];
            kernel(
                format!("k{idx}"),
                1,
                inputs,
                Body::single(line.op, &line.params, line.result),
            )
        })
        .collect();
    let options = Options {
        target: "sm_80",
        libdevice: bitcode.as_deref(),
    };
    let ptx = compile_kernels(&kernels, &options).unwrap();
    let program = parse::parse(&ptx.text).unwrap();
    let mut differences = Vec::new();
    for (idx, line) in lines.iter().enumerate() {
        let Some(&entry) = program.by_name.get(&format!("k{idx}")) else {
            assert!(bitcode.is_none(), "{:?}", line.op);
            continue;
        };
        let inputs: Vec<Vec<u128>> = line.columns.iter().map(|c| memory(c)).collect();
        let output = memory(&vec![0; line.expected.len()]);
        let ptrs: Vec<u64> = inputs.iter().chain([&output]).map(|m| m.as_ptr() as u64).collect();
        let strides: Vec<i64> = line
            .params
            .iter()
            .chain([&line.result])
            .map(|d| d.size() as i64)
            .collect();
        let mut words = Vec::new();
        assert!(pack_launch(&mut words, &[line.len as i64], &ptrs, &strides, &[]));
        // SAFETY: the addresses are of the memory above, which outlives the call.
        unsafe { run::launch(&program, entry, &words, GRID) }.unwrap();
        let size = line.result.size();
        let got = bytes(&output, line.expected.len());
        let is_hypot = line.params[0] == DType::C128 && line.op == ScalarOp::Sign;
        let limit = match line.op.is_transcendental() || is_hypot {
            true if line.params[0] == DType::F32 => 8,
            true => 4,
            false => 0,
        };
        for k in 0..line.len {
            let (got, want) = (&got[k * size..][..size], &line.expected[k * size..][..size]);
            let far = ulps(line.result, got, want);
            if far > limit {
                let inputs: Vec<String> = line
                    .columns
                    .iter()
                    .zip(&line.params)
                    .map(|(c, d)| show(*d, &c[k * d.size()..]))
                    .collect();
                differences.push(format!(
                    "{}.{}({}): {} instead of {}",
                    line.op.name(),
                    line.params.last().unwrap().ir_name(),
                    inputs.join(", "),
                    show(line.result, got),
                    show(line.result, want),
                ));
            }
        }
    }
    assert!(
        differences.is_empty(),
        "{} differ:\n{}",
        differences.len(),
        differences.join("\n")
    );
}

fn show(dtype: DType, bytes: &[u8]) -> String {
    let word = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap());
    match dtype {
        DType::Bool => bytes[0].to_string(),
        DType::I32 => i32::from_le_bytes(bytes[..4].try_into().unwrap()).to_string(),
        DType::I64 => (word(0) as i64).to_string(),
        DType::F32 => format!("{:?}", f32::from_le_bytes(bytes[..4].try_into().unwrap())),
        DType::F64 => format!("{:?}", f64::from_bits(word(0))),
        DType::C128 => format!("{:?}{:+?}j", f64::from_bits(word(0)), f64::from_bits(word(8))),
    }
}

/// A five-operand kernel over strided, broadcast and reversed operands of 1 to 4 dimensions,
/// with scalars of every dtype, against loops.
#[test]
fn every_point_reads_and_writes_its_own_elements() {
    for ndim in 1..=4_usize {
        let extents: Vec<i64> = [3, 5, 2, 7][..ndim].to_vec();
        let n_points: i64 = extents.iter().product();
        let mut body = Body {
            params: vec![DType::F64, DType::C128, DType::I64, DType::Bool, DType::F64],
            ..Body::default()
        };
        let factor = body.push(ScalarOp::Im, &[BodyVal(1)], DType::F64);
        let scaled = body.push(ScalarOp::Mul, &[BodyVal(0), factor], DType::F64);
        let whole = body.push(ScalarOp::Cast, &[BodyVal(2)], DType::F64);
        let sum = body.push(ScalarOp::Add, &[scaled, whole], DType::F64);
        let result = body.push(ScalarOp::Select, &[BodyVal(3), sum, BodyVal(4)], DType::F64);
        body.results = vec![result, sum];
        let array = KernelInput::Array { ndim: ndim as u8 };
        let inputs = vec![
            array,
            KernelInput::Scalar,
            KernelInput::Scalar,
            array,
            KernelInput::Scalar,
        ];
        let kernel = kernel("k".to_owned(), ndim as u8, inputs, body);
        let options = Options {
            target: "sm_80",
            libdevice: None,
        };
        let ptx = compile_kernels([&kernel], &options).unwrap();
        let program = parse::parse(&ptx.text).unwrap();

        // In: every second element, last dimension first; a mask broadcast along dimension 0.
        // Out: one C order, one backwards.
        let a: Vec<f64> = (0..2 * n_points).map(|v| v as f64 + 0.25).collect();
        let mask: Vec<u8> = (0..n_points).map(|v| u8::from(v % 3 != 1)).collect();
        let c_order = |unit: i64| -> Vec<i64> {
            (0..ndim)
                .map(|d| unit * extents[d + 1..].iter().product::<i64>())
                .collect()
        };
        let f_order: Vec<i64> = (0..ndim).map(|d| 16 * extents[..d].iter().product::<i64>()).collect();
        let mut mask_strides = c_order(1);
        mask_strides[0] = 0;
        let backwards: Vec<i64> = c_order(-8);
        let mut out = vec![-1.0_f64; n_points as usize];
        let mut out_back = vec![-1.0_f64; n_points as usize];
        let ptrs = [
            a.as_ptr() as u64,
            mask.as_ptr() as u64,
            out.as_mut_ptr() as u64,
            out_back.as_mut_ptr() as u64 + 8 * (n_points as u64 - 1),
        ];
        let strides = [f_order.clone(), mask_strides.clone(), c_order(8), backwards].concat();
        let scalars = [1.0_f64.to_bits(), 3.0_f64.to_bits(), -2_i64 as u64, 9.5_f64.to_bits()];
        let mut words = Vec::new();
        assert!(pack_launch(&mut words, &extents, &ptrs, &strides, &scalars));
        // SAFETY: the addresses are of the vectors above.
        unsafe { run::launch(&program, program.by_name["k"], &words, GRID) }.unwrap();

        for point in 0..n_points {
            let mut rest = point;
            let mut index = vec![0; ndim];
            for d in (0..ndim).rev() {
                index[d] = rest % extents[d];
                rest /= extents[d];
            }
            let at = |strides: &[i64]| -> usize { index.iter().zip(strides).map(|(i, s)| i * s).sum::<i64>() as usize };
            let sum = a[at(&f_order) / 8] * 3.0 - 2.0;
            let value = if mask[at(&mask_strides)] != 0 { sum } else { 9.5 };
            assert_eq!(out[point as usize], value, "{ndim} {index:?}");
            assert_eq!(out_back[(n_points - 1 - point) as usize], sum, "{ndim} {index:?}");
        }
    }
}
