//! Programs of plain Python that compile without a fallback, to IR that verifies and that is
//! the same each time.

fn compile(source: &str) -> lnp_ir::Module {
    let output = lnp_frontend::compile(source, "app.py");
    let said: Vec<String> = output.diagnostics.iter().map(|d| format!("{} {d}", d.code())).collect();
    assert!(said.is_empty(), "{said:#?}\n{source}");
    let module = output.module.expect("no errors");
    let violations: Vec<String> = lnp_ir::verify(&module)
        .iter()
        .map(|v| format!("{}: {} ({})", v.place, v.text, v.message))
        .collect();
    assert!(violations.is_empty(), "{violations:#?}\n{source}");
    let again = lnp_frontend::compile(source, "app.py").module.expect("no errors");
    assert_eq!(lnp_ir::print_module(&module), lnp_ir::print_module(&again));
    module
}

fn text(source: &str) -> String {
    lnp_ir::print_module(&compile(source))
}

#[test]
fn a_variable_that_changes_from_int_to_float_is_tagged() {
    let ir = text("x = 1\nwhile x > 0.1:\n    x = x / 3\nprint(x)\n");
    assert!(ir.contains("bitcast"), "{ir}");
}

#[test]
fn functions_are_specialized_by_types() {
    let module = compile("def f(a):\n    return a + a\n\n\nprint(f(1), f(2), f(2.5), f('x'))\n");
    assert_eq!(module.funcs.len(), 4);
}

#[test]
fn recursion_reaches_a_fixpoint() {
    compile("def f(n):\n    if n < 2:\n        return n\n    return f(n - 1) + f(n - 2)\n\n\nprint(f(20))\n");
    compile(
        "def even(n):\n    return True if n == 0 else odd(n - 1)\n\n\ndef odd(n):\n    return False if n == 0 else even(n - 1)\n\n\nprint(even(10))\n",
    );
}

#[test]
fn globals_are_bound_late_and_written_back() {
    compile("n = 1\n\n\ndef f():\n    global n\n    n += 1\n    return n\n\n\nf()\nn = 2.5\nprint(f(), n)\n");
}

#[test]
fn closures_keep_what_they_captured() {
    compile(
        "def adder(x):\n    def add(y):\n        return x + y\n    return add\n\n\nprint(adder(3)(4), adder(1.5)(2))\n",
    );
    compile(
        "def outer():\n    n = 0\n    def inc():\n        nonlocal n\n        n += 1\n    inc()\n    inc()\n    return n\n\n\nprint(outer())\n",
    );
}

#[test]
fn unbound_variables_raise_where_they_are_read() {
    let ir = text("import sys\nif len(sys.argv) > 1:\n    x = 1\nprint(x)\n");
    assert!(ir.contains("name 'x' is not defined"), "{ir}");
}

#[test]
fn lists_learn_their_element_type() {
    compile(
        "a = []\nfor i in range(3):\n    a.append((i, i * 0.5))\nprint(a, a[1][1])\nb = [[0] * 3 for _ in range(2)]\nb[1][2] = 5\nprint(b)\n",
    );
}

#[test]
fn none_is_told_apart() {
    compile(
        "import numpy as np\nstate = None\nfor i in range(3):\n    if state is None:\n        state = np.zeros(2)\n    state += i\nprint(state)\n",
    );
}

#[test]
fn text_is_formatted_natively() {
    compile(
        "n = 3\nx = 2.5\ns = 'ab'\nprint(f'{n:>{n + 3}} {x:.3f} {s!r} {n=}', '%d %s' % (n, s), '{:5.1f}|{}'.format(x, s))\n",
    );
}

#[test]
fn keyword_and_variable_arguments() {
    compile(
        "def f(a, *rest, scale=1, **more):\n    total = a\n    for r in rest:\n        total += r\n    return total * scale + more.get('b', 0)\n\n\nprint(f(1), f(1, 2, 3, scale=2), f(1, b=5))\n",
    );
}

#[test]
fn loops_with_else_break_and_continue() {
    compile(
        "for i in range(10):\n    if i == 3:\n        continue\n    if i > 5:\n        break\nelse:\n    print('all')\nprint(i)\nfor a, b in zip([1, 2], 'xy'):\n    print(a, b)\nfor k, v in enumerate(reversed([1.5, 2.5]), start=1):\n    print(k, v)\n",
    );
}

#[test]
fn every_error_is_reported() {
    let source = "print(aa)\nprint(bb)\nbreak\n";
    let output = lnp_frontend::compile(source, "app.py");
    let codes: Vec<&str> = output.diagnostics.iter().map(|d| d.code()).collect();
    assert_eq!(codes, ["E0002", "E0002", "E0003"]);
    assert!(output.module.is_none());
}

#[test]
fn a_wrong_type_that_may_not_run_is_no_error() {
    compile("import sys\nn = 3\nif len(sys.argv) > 5:\n    print('n' + n)\n");
    assert!(lnp_frontend::compile("n = 3\nprint('n' + n)\n", "app.py").has_errors());
}

#[test]
fn samples_are_native_but_for_the_plot() {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples");
    for entry in std::fs::read_dir(dir).expect("samples") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|e| e != "py") {
            continue;
        }
        let source = std::fs::read_to_string(&path).expect("a sample");
        let output = lnp_frontend::compile(&source, "app.py");
        let plot = source.find("import matplotlib").unwrap_or(source.len());
        let early: Vec<String> = output
            .diagnostics
            .iter()
            .filter(|d| d.span.start < plot)
            .map(|d| d.to_string())
            .collect();
        assert!(early.is_empty(), "{path:?}: {early:?}");
        assert!(
            lnp_ir::verify(&output.module.expect("no errors")).is_empty(),
            "{path:?}"
        );
    }
}
