//! The `lnpc-ptx` command as `lnpc` runs it.

use lnp_ir::{Body, DType, Kernel, KernelInput, Module, ScalarOp};
use std::io::Write;
use std::process::{Command, Output, Stdio};

fn run(args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_lnpc-ptx"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its arguments does not read.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn module() -> Module {
    let mut module = Module::default();
    for (name, op, dtype) in [("k0", ScalarOp::Sqrt, DType::F64), ("k1", ScalarOp::Exp, DType::C128)] {
        module.kernels.push(Kernel {
            name: name.to_owned(),
            ndim: 2,
            inputs: vec![KernelInput::Array { ndim: 1 }],
            body: Body::single(op, &[dtype], dtype),
            cost: 1,
            tile: 1,
        });
    }
    module
}

#[test]
fn reads_ir_and_writes_ptx() {
    let text = lnp_ir::print_module(&module());
    for target in ["sm_80", "sm_90"] {
        let output = run(&["--target", target], &text);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let ptx = String::from_utf8(output.stdout).unwrap();
        assert!(ptx.contains("// kernel k0\n// on the host: k1: no form of exp.c128\n"));
        // The runtime's own copies are always there.
        for size in [1, 4, 8, 16] {
            assert!(ptx.contains(&format!(".visible .entry lnp_copy_{size}(")));
        }
        assert!(ptx.contains(&format!(".target {target}")));
        assert!(ptx.contains(".visible .entry k0("));
    }
}

#[test]
fn refuses_with_a_line_and_exit_code_1() {
    let text = lnp_ir::print_module(&module());
    for (args, input, expected) in [
        (
            &["--target", "sm_1"][..],
            text.as_str(),
            "unknown GPU architecture `sm_1`",
        ),
        (&["--target"], &text, "usage:"),
        (&["x"], &text, "usage:"),
        (&[], "nonsense", "lnpc-ptx: "),
    ] {
        let output = run(args, input);
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty());
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.contains(expected), "{error}");
    }
}
