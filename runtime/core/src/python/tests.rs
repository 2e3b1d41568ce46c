//! The provider from compiled code's side, in a process of its own: the interpreter and the
//! runtime's host state are per process, and other tests use the latter.
//!
//! Needs `liblnp_python.so` beside the test's folder, as a build of the workspace leaves it;
//! where it was not built there is nothing to test.

use super::entries::*;
use super::*;
use crate::array::Array;
use crate::error::take_pending;
use crate::objects::{List, new_str, text};
use lnp_abi::{ArrayHeader, DType, PyUnitDesc};

const CHILD: &str = "LNP_TEST_PYTHON_CHILD";

#[test]
fn provider() {
    let exe = std::env::current_exe().unwrap();
    let Some(dir) = exe.ancestors().find(|dir| dir.join("liblnp_python.so").exists()) else {
        return;
    };
    let output = std::process::Command::new(&exe)
        .args(["--exact", "python::tests::child", "--nocapture", "--test-threads=1"])
        .env(CHILD, "1")
        .env("LNP_LIB_DIR", dir)
        .output()
        .unwrap();
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{out}\n{err}");
    // Native and Python output in the order of the program.
    assert!(out.contains("native 1\npython 2\nnative 3\n"), "{out}");
}

#[test]
fn child() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    order_of_output();
    scalars();
    namespaces();
    exceptions();
    arrays_out();
    arrays_in();
    lists_and_generators();
    assert!(take_pending().is_none());
    crate::objects::output::flush().unwrap();
    stop();
}

fn unit(kind: u64, source: &str, inputs: &[&str], outputs: &[&str]) -> &'static PyUnitDesc {
    let names = |names: &[&str]| -> *const u8 {
        let joined: String = names.iter().map(|name| format!("{name}\0")).collect();
        joined.leak().as_ptr()
    };
    let source: &'static str = source.to_owned().leak();
    Box::leak(Box::new(PyUnitDesc {
        source: source.as_ptr(),
        source_len: source.len() as u64,
        kind,
        inputs: names(inputs),
        n_inputs: inputs.len() as u64,
        outputs: names(outputs),
        n_outputs: outputs.len() as u64,
        line: 40,
    }))
}

fn run_unit(unit: &'static PyUnitDesc, inputs: &[*mut Object]) -> *mut Object {
    let slots: Vec<u64> = std::iter::once(inputs.len() as u64)
        .chain(inputs.iter().map(|&object| object as u64))
        .collect();
    // SAFETY (whole file): live objects, used as compiled code does; what is not released
    // here leaks, as the process ends.
    // SAFETY: live objects, as compiled code passes them.
    unsafe { lnp_py_run(unit, slots.as_ptr()) }
}

fn eval(source: &str, inputs: &[(&str, *mut Object)]) -> *mut Object {
    let names: Vec<&str> = inputs.iter().map(|(name, _)| *name).collect();
    let values: Vec<*mut Object> = inputs.iter().map(|(_, value)| *value).collect();
    run_unit(unit(0, source, &names, &[]), &values)
}

fn exec(source: &str, inputs: &[(&str, *mut Object)], outputs: &[&str]) -> *mut Object {
    let names: Vec<&str> = inputs.iter().map(|(name, _)| *name).collect();
    let values: Vec<*mut Object> = inputs.iter().map(|(_, value)| *value).collect();
    run_unit(unit(1, source, &names, outputs), &values)
}

fn shown(object: *mut Object) -> String {
    assert!(!object.is_null(), "{:?}", take_pending());
    repr(object.cast()).unwrap()
}

fn fails() -> Pending {
    take_pending().expect("an exception")
}

fn order_of_output() {
    let print = |s: &str| crate::objects::output::write(s).unwrap();
    print("\nnative 1\n");
    exec("print('python', 2)", &[], &[]);
    print("native 3\n");
}

fn scalars() {
    assert_eq!(shown(eval("1 +\n 2", &[])), "3");
    let x = lnp_py_from_f64(0.5);
    assert_eq!(
        shown(eval(
            "[x, n, b, c]",
            &[
                ("x", x),
                ("n", lnp_py_from_i64(-3)),
                ("b", lnp_py_from_bool(1)),
                ("c", lnp_py_from_c128(lnp_abi::Complex { re: 1.0, im: -2.0 })),
            ]
        )),
        "[0.5, -3, True, (1-2j)]"
    );
    // SAFETY: see `run_unit`.
    unsafe {
        let bits = [1, 2.5f32.to_bits() as u64];
        let scalar = lnp_py_from_numpy(DType::F32 as i64, bits.as_ptr());
        assert_eq!(shown(scalar), "np.float32(2.5)");
        assert_eq!(lnp_py_to_f64(scalar), 2.5);
        assert_eq!(lnp_py_to_i64(eval("10 ** 18", &[])), 10i64.pow(18));
        lnp_py_to_i64(eval("10 ** 19", &[]));
        assert_eq!(fails().class, "OverflowError");
        lnp_py_to_i64(x);
        assert_eq!(fails().message, "expected an int, got an object of type 'float'");
        assert_eq!(text(lnp_py_to_str(lnp_py_from_str(new_str("né")))), "né");
        assert_eq!(lnp_py_to_bool(eval("[]", &[])), 0);
        assert_eq!(
            lnp_py_to_c128(eval("3 - 1j", &[])),
            lnp_abi::Complex { re: 3.0, im: -1.0 }
        );
        assert_eq!(
            f64::from_bits(lnp_py_to_numpy(eval("2", &[]), DType::F64 as i64, 0) as u64),
            2.0
        );
    }
    assert_eq!(format(x.cast(), ".3f").unwrap(), "0.500");
    assert!(equal(x.cast(), eval("1 / 2", &[]).cast()).unwrap());
}

fn namespaces() {
    let definition = unit(
        2,
        "count = 0\ndef add(n):\n    global count\n    count += n\n    return count\n",
        &[],
        &[],
    );
    run_unit(definition, &[]);
    assert_eq!(shown(eval("add(2)", &[])), "2");
    // Definitions run once.
    run_unit(definition, &[]);
    assert_eq!(shown(eval("add(3)", &[])), "5");
    let out = exec("y = count + 1", &[], &["y", "never"]);
    // SAFETY: see `run_unit`.
    unsafe {
        assert_eq!(shown(lnp_py_item(out, 0)), "6");
        lnp_py_item(out, 1);
    }
    let pending = fails();
    assert_eq!(
        (&*pending.class, &*pending.message),
        ("NameError", "name 'never' is not defined")
    );
    assert_eq!(shown(eval("(__name__, __file__)", &[])), "('__main__', '<program>')");
}

fn exceptions() {
    exec("def f(k):\n    return 1 // k\n\nf(0)", &[], &[]);
    let pending = fails();
    assert_eq!(
        (&*pending.class, &*pending.message),
        ("ZeroDivisionError", "integer division or modulo by zero")
    );
    assert_eq!(pending.unit_line, 43);
    assert_eq!(pending.detail, "  File \"<program>\", line 41, in f\n");
    exec(
        "try:\n    {}['k']\nexcept KeyError:\n    raise ValueError('a: b')",
        &[],
        &[],
    );
    let pending = fails();
    assert_eq!((&*pending.class, &*pending.message), ("ValueError", "a: b"));
    assert_eq!(
        pending.prelude,
        "Traceback (most recent call last):\n  File \"<program>\", line 41, in <module>\nKeyError: 'k'\n\n\
         During handling of the above exception, another exception occurred:\n\n"
    );
    exec("import sys; sys.exit(3)", &[], &[]);
    assert_eq!(fails().exit, Some(3));
    exec("raise SystemExit('bye')", &[], &[]);
    let pending = fails();
    assert_eq!((pending.exit, &*pending.message), (Some(1), "bye"));
    exec("raise KeyboardInterrupt", &[], &[]);
    let pending = fails();
    assert_eq!((pending.exit, &*pending.class), (None, "KeyboardInterrupt"));
}

fn filled(shape: &[i64]) -> *mut ArrayHeader {
    let array = Array::from_replicated(DType::F64, shape, |bytes| {
        for (k, chunk) in bytes.chunks_exact_mut(8).enumerate() {
            chunk.copy_from_slice(&(k as f64).to_ne_bytes());
        }
    });
    array.unwrap().into_raw()
}

fn numbers(array: *mut ArrayHeader) -> Vec<f64> {
    assert!(!array.is_null(), "{:?}", take_pending());
    // SAFETY: see `run_unit`.
    let bytes = unsafe { Array::borrow(array) }.c_bytes().unwrap();
    bytes
        .chunks_exact(8)
        .map(|chunk| f64::from_ne_bytes(chunk.try_into().unwrap()))
        .collect()
}

fn arrays_out() {
    let a = filled(&[2, 3]);
    // SAFETY: see `run_unit`.
    let borrowed = unsafe { Array::borrow(a) };
    let column = borrowed.view(8, &[2], &[24]).into_raw();
    let (object, view) = (lnp_py_from_array(a), lnp_py_from_array(column));
    exec(
        "a[0, 0] = 10.0\nv[1] = 20.0\nsame = a[1, 1] == 20.0",
        &[("a", object), ("v", view)],
        &[],
    );
    assert_eq!(shown(eval("same", &[])), "np.True_");
    assert_eq!(numbers(a), [10.0, 1.0, 2.0, 3.0, 20.0, 5.0]);
    // What comes back is a view of the same buffer.
    // SAFETY: see `run_unit`.
    let reversed = eval("a[::-1, 1:]", &[("a", object)]);
    // SAFETY: see `run_unit`.
    let back = unsafe { lnp_py_to_array(reversed, DType::F64 as i64, 2) };
    assert_eq!(numbers(back), [20.0, 5.0, 1.0, 2.0]);
    // SAFETY: see `run_unit`.
    assert_eq!(unsafe { Array::borrow(back) }.buffer_ptr(), borrowed.buffer_ptr());
    // Pinned while Python looks, and no longer.
    assert!(borrowed.buffer().storage().pins > 0);
    // SAFETY: see `run_unit`.
    unsafe {
        free(object.cast());
        free(view.cast());
        free(reversed.cast());
    }
    exec("del a, v", &[], &[]);
    exec("pass", &[], &[]);
    assert_eq!(borrowed.buffer().storage().pins, 0);
    let empty = lnp_py_from_array(filled(&[0, 3]));
    assert_eq!(shown(eval("e.shape", &[("e", empty)])), "(0, 3)");
}

fn arrays_in() {
    // SAFETY (whole function): see `run_unit`.
    // SAFETY: live objects, as compiled code passes them.
    unsafe {
        let out = exec(
            "import numpy as np\nm = np.arange(6.0).reshape(2, 3)\nt = m.T\nw = m[1:]",
            &[],
            &["m", "t", "w"],
        );
        let take = |k, ndim| lnp_py_to_array(lnp_py_item(out, k), DType::F64 as i64, ndim);
        let (m, t, w) = (take(0, 2), take(1, 2), take(2, 2));
        assert_eq!(numbers(t), [0.0, 3.0, 1.0, 4.0, 2.0, 5.0]);
        // One owner, one buffer.
        assert_eq!(Array::borrow(m).buffer_ptr(), Array::borrow(w).buffer_ptr());
        // Written natively, seen in Python, and the other way round.
        *Array::borrow(w).ptr().cast::<f64>() = 30.0;
        assert_eq!(shown(eval("float(m[1, 0])", &[])), "30.0");
        exec("m[0, 0] = -1", &[], &[]);
        assert_eq!(numbers(t)[0], -1.0);
        exec("del m, t, w", &[], &[]);
        assert_eq!(numbers(m)[3], 30.0);
        lnp_py_to_array(eval("np.zeros(3)", &[]), DType::I64 as i64, 1);
        assert_eq!(
            fails().message,
            "expected an array of int64 with 1 dimension, got one of float64 with 1 dimension"
        );
        lnp_py_to_array(eval("[1]", &[]), DType::I64 as i64, 2);
        assert_eq!(
            fails().message,
            "expected an array of int64 with 2 dimensions, got an object of type 'list'"
        );
        assert_eq!(
            numbers(lnp_py_to_array(eval("np.float64(2)", &[]), DType::F64 as i64, 0)),
            [2.0]
        );
        assert_eq!(
            numbers(lnp_py_to_array(
                eval("np.broadcast_to(3.0, 2)", &[]),
                DType::F64 as i64,
                1
            )),
            [3.0, 3.0]
        );
    }
}

fn lists_and_generators() {
    // SAFETY (whole function): see `run_unit`.
    // SAFETY: live objects, as compiled code passes them.
    unsafe {
        let list = List::create("i", 0).unwrap();
        List::data(list).append("i", &[4]).unwrap();
        let outer = List::create("L", 0).unwrap();
        List::data(outer).append("L", &[list as u64]).unwrap();
        let slots = [3, outer as u64, new_str("k") as u64, 7];
        let value = lnp_py_from_value(new_str("(Lsi)"), slots.as_ptr());
        assert_eq!(shown(value), "([[4]], 'k', 7)");
        exec("v[0][0].append(5)\nv[0].append(v[0][0])", &[("v", value)], &[]);
        let show = |list: *mut List| crate::objects::Val::List(list).repr().unwrap();
        assert_eq!(show(list), "[4, 5]");
        assert_eq!(show(outer), "[[4, 5], [4, 5]]");
        let slots = [1, list as u64];
        exec(
            "v.append('x')",
            &[("v", lnp_py_from_value(new_str("L"), slots.as_ptr()))],
            &[],
        );
        assert_eq!(
            fails().message,
            "CPython put 'x' into a list whose elements have another type"
        );
        let made = lnp_py_to_list(eval("[(1, 'a'), (2, None)]", &[]), new_str("(i{sN})"));
        assert_eq!(show(made), "[(1, 'a'), (2, None)]");
        lnp_py_to_list(eval("[1, 2.0]", &[]), new_str("i"));
        assert_eq!(fails().class, "NotCompiled");

        let rng = crate::routines::rng::lnp_rng_new(7);
        let draw = || crate::routines::rng::lnp_rng_scalar(rng, 0, 0.0, 0.0);
        let first = draw();
        let drawn = exec("x = r.random()", &[("r", lnp_py_from_rng(rng.cast()))], &["x"]);
        let expected = "[float(q) for q in np.random.default_rng(7).random(3)]";
        let drawn = [first, lnp_py_to_f64(lnp_py_item(drawn, 0)), draw()];
        assert_eq!(shown(eval(expected, &[])), format!("{drawn:?}"));
    }
}
