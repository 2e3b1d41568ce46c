//! Prints a module in the text form that [`crate::parse_module`] reads.
//!
//! Ids are the entities' own numbers, so a dump names what a verifier or a back end names.
//! The program's source text is not part of the text form. The grammar is in `parse.rs`.

use crate::{
    Arg, Block, BlockCall, Body, BodyVal, Const, Func, FuncId, Inst, InstData, Kernel, KernelId, KernelInput,
    LaunchMode, Module, PyUnit, PyUnitKind, ScalarOp, ShapeCheck, Span, Terminator, Value, ViewDim,
};
use lnp_abi::DType;
use std::fmt::{self, Write};

/// The text of a whole module. Equal modules give equal text.
pub fn print_module(module: &Module) -> String {
    module.to_string()
}

/// The text of one function.
pub fn print_func(id: FuncId, func: &Func) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = write_func(&mut out, id, func);
    out
}

/// The text of one instruction, as it stands in its block (several lines for a `map`).
pub fn print_inst(func: &Func, data: &InstData) -> String {
    let mut out = String::new();
    let _ = write_inst(&mut out, func, data);
    out.trim().to_owned()
}

/// The text of a block's terminator.
pub fn print_term(term: Option<&Terminator>, span: Span) -> String {
    let mut out = String::new();
    let _ = write_term(&mut out, term, span);
    out.trim().to_owned()
}

impl fmt::Display for Module {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "file {}", Quoted(&self.file))?;
        for (id, unit) in self.units.iter() {
            write_unit(f, &id.to_string(), unit)?;
        }
        for (id, kernel) in self.kernels.iter() {
            write_kernel(f, id, kernel)?;
        }
        for (id, func) in self.funcs.iter() {
            write_func(f, id, func)?;
        }
        if let Some(main) = self.main {
            writeln!(f, "main {main}")?;
        }
        Ok(())
    }
}

fn write_unit(f: &mut impl Write, id: &str, unit: &PyUnit) -> fmt::Result {
    let kind = match unit.kind {
        PyUnitKind::Expr => "expr",
        PyUnitKind::Stmt => "stmt",
        PyUnitKind::Def => "def",
    };
    write!(f, "unit {id} {kind} {} (", Quoted(&unit.source))?;
    list(f, &unit.inputs, |f, n| write!(f, "{}", Quoted(n)))?;
    write!(f, ") -> (")?;
    list(f, &unit.outputs, |f, n| write!(f, "{}", Quoted(n)))?;
    writeln!(f, ") line {}", unit.line)
}

fn write_kernel(f: &mut impl Write, id: KernelId, kernel: &Kernel) -> fmt::Result {
    write!(
        f,
        "\nkernel {id} {} ndim {} cost {} tile {} (",
        Quoted(&kernel.name),
        kernel.ndim,
        kernel.cost,
        kernel.tile
    )?;
    for (idx, (input, dtype)) in kernel.inputs.iter().zip(&kernel.body.params).enumerate() {
        let sep = if idx > 0 { ", " } else { "" };
        write!(f, "{sep}${idx}: {}", dtype.ir_name())?;
        if let KernelInput::Array { ndim } = input {
            write!(f, "[{ndim}]")?;
        }
    }
    f.write_str(") {\n")?;
    write_body(f, &kernel.body, "  ")?;
    f.write_str("}\n")
}

fn write_body(f: &mut impl Write, body: &Body, indent: &str) -> fmt::Result {
    let n_params = body.params.len();
    for (idx, inst) in body.insts.iter().enumerate() {
        write!(f, "{indent}${}: {} = ", n_params + idx, inst.dtype.ir_name())?;
        write_scalar_op(f, inst.op, inst.dtype)?;
        let args: Vec<BodyVal> = inst.args.to_vec();
        if !args.is_empty() {
            f.write_char(' ')?;
            list(f, &args, |f, v| write!(f, "${}", v.0))?;
        }
        f.write_char('\n')?;
    }
    write!(f, "{indent}yield ")?;
    list(f, &body.results, |f, v| write!(f, "${}", v.0))?;
    f.write_char('\n')
}

/// The operation's name, or the constant it is.
fn write_scalar_op(f: &mut impl Write, op: ScalarOp, dtype: DType) -> fmt::Result {
    match op {
        ScalarOp::ConstInt(v) => write!(f, "literal {v}"),
        ScalarOp::ConstFloat(bits) if dtype == DType::F32 => {
            write!(f, "literal {}", Float32(bits as u32))
        }
        ScalarOp::ConstFloat(bits) => write!(f, "literal {}", Float64(bits)),
        ScalarOp::ConstComplex(re, im) => write!(f, "literal ({}, {})", Float64(re), Float64(im)),
        _ => f.write_str(op.name()),
    }
}

fn write_func(f: &mut impl Write, id: FuncId, func: &Func) -> fmt::Result {
    write!(
        f,
        "\nfunc {id} {} {} -> (",
        Quoted(&func.name),
        Quoted(&func.display_name)
    )?;
    list(f, &func.results, |f, ty| write!(f, "{ty}"))?;
    f.write_str(") {\n")?;
    for halo in &func.halos {
        write!(f, "  halo {} (", halo.array)?;
        list(f, &halo.margins, |f, (low, high)| write!(f, "{low}:{high}"))?;
        f.write_str(")\n")?;
    }
    for &block in &func.order {
        write_block(f, func, block)?;
    }
    f.write_str("}\n")
}

fn write_block(f: &mut impl Write, func: &Func, block: Block) -> fmt::Result {
    let data = &func.blocks[block];
    write!(f, "{block}(")?;
    list(f, &data.params, |f, &v| write_def(f, func, v))?;
    f.write_str("):\n")?;
    for inst in &data.insts {
        write_inst(f, func, inst)?;
    }
    write_term(f, data.term.as_ref(), data.term_span)
}

fn write_def(f: &mut impl Write, func: &Func, value: Value) -> fmt::Result {
    write!(f, "{value}")?;
    if let Some(name) = &func.names[value] {
        f.write_char('/')?;
        for c in name.chars() {
            f.write_char(if c.is_alphanumeric() || c == '_' { c } else { '_' })?;
        }
    }
    match func.values.get(value) {
        Some(data) => write!(f, ": {}", data.ty),
        None => f.write_str(": ?"),
    }
}

fn write_inst(f: &mut impl Write, func: &Func, data: &InstData) -> fmt::Result {
    f.write_str("  ")?;
    if !data.results.is_empty() {
        list(f, &data.results, |f, &v| write_def(f, func, v))?;
        f.write_str(" = ")?;
    }
    match &data.inst {
        Inst::Const(c) => write_const(f, c)?,
        Inst::Scalar { op, args } => {
            let dtype = data
                .results
                .first()
                .and_then(|&v| func.values.get(v)?.ty.dtype())
                .unwrap_or(DType::F64);
            write_scalar_op(f, *op, dtype)?;
            if !args.is_empty() {
                f.write_char(' ')?;
                values(f, args)?;
            }
        }
        Inst::Checked { op, args } => {
            write!(f, "checked.{} ", op.name())?;
            values(f, args)?;
        }
        Inst::Bitcast(v) => write!(f, "bitcast {v}")?,
        Inst::RefCast(v) => write!(f, "refcast {v}")?,
        Inst::Dim { array, axis } => write!(f, "dim {array}, {axis}")?,
        Inst::View { base, dims, lazy } => {
            let word = if *lazy { "view lazy" } else { "view" };
            write!(f, "{word} {base}[")?;
            list(f, dims, write_view_dim)?;
            f.write_char(']')?;
        }
        Inst::Map {
            body,
            inputs,
            mode,
            checks,
        } => {
            f.write_str("map ")?;
            write_mode(f, mode)?;
            f.write_str(" (")?;
            values(f, inputs)?;
            f.write_str(") {\n    (")?;
            for (idx, dtype) in body.params.iter().enumerate() {
                let sep = if idx > 0 { ", " } else { "" };
                write!(f, "{sep}${idx}: {}", dtype.ir_name())?;
            }
            f.write_str(")\n")?;
            write_body(f, body, "    ")?;
            f.write_str("  }")?;
            write_checks(f, checks)?;
        }
        Inst::Launch {
            kernel,
            inputs,
            mode,
            checks,
        } => {
            write!(f, "launch {kernel} ")?;
            write_mode(f, mode)?;
            f.write_str(" (")?;
            values(f, inputs)?;
            f.write_char(')')?;
            write_checks(f, checks)?;
        }
        Inst::Call { func: callee, args } => {
            write!(f, "call {callee}(")?;
            values(f, args)?;
            f.write_char(')')?;
        }
        Inst::CallRt { rt, args } => {
            write!(f, "rt {}(", rt.sig().symbol)?;
            list(f, args, write_arg)?;
            f.write_char(')')?;
        }
        Inst::Retain(v) => write!(f, "retain {v}")?,
        Inst::Release(v) => write!(f, "release {v}")?,
    }
    write_span(f, data.span)?;
    f.write_char('\n')
}

fn write_term(f: &mut impl Write, term: Option<&Terminator>, span: Span) -> fmt::Result {
    f.write_str("  ")?;
    match term {
        None => f.write_str("unterminated")?,
        Some(Terminator::Jump(to)) => {
            f.write_str("jump ")?;
            write_target(f, to)?;
        }
        Some(Terminator::Branch { cond, then, other }) => {
            write!(f, "branch {cond}, ")?;
            write_target(f, then)?;
            f.write_str(", ")?;
            write_target(f, other)?;
        }
        Some(Terminator::Return(vals)) => {
            f.write_str("return")?;
            if !vals.is_empty() {
                f.write_char(' ')?;
                values(f, vals)?;
            }
        }
        Some(Terminator::Unwind) => f.write_str("unwind")?,
    }
    write_span(f, span)?;
    f.write_char('\n')
}

fn write_target(f: &mut impl Write, to: &BlockCall) -> fmt::Result {
    write!(f, "{}(", to.block)?;
    values(f, &to.args)?;
    f.write_char(')')
}

fn write_mode(f: &mut impl Write, mode: &LaunchMode) -> fmt::Result {
    match mode {
        LaunchMode::Fresh => f.write_str("fresh"),
        LaunchMode::Into { dst, in_place: false } => write!(f, "into {dst}"),
        LaunchMode::Into { dst, in_place: true } => write!(f, "update {dst}"),
        LaunchMode::Reduce { op, axes, keepdims } => {
            write!(f, "reduce {} axes {axes}", op.name())?;
            if *keepdims {
                f.write_str(" keepdims")?;
            }
            Ok(())
        }
    }
}

fn write_checks(f: &mut impl Write, checks: &[ShapeCheck]) -> fmt::Result {
    for check in checks {
        f.write_str(" check(")?;
        list(f, &check.groups, |f, &mask| {
            let members: Vec<u32> = (0..64).filter(|bit| mask >> bit & 1 != 0).collect();
            f.write_char('{')?;
            list(f, &members, |f, bit| write!(f, "{bit}"))?;
            f.write_char('}')
        })?;
        f.write_char(')')?;
        write_span(f, check.span)?;
    }
    if !checks.is_empty() {
        f.write_str(" end")?;
    }
    Ok(())
}

fn write_view_dim(f: &mut impl Write, dim: &ViewDim) -> fmt::Result {
    match dim {
        ViewDim::Full => f.write_char(':'),
        ViewDim::Index(v) => write!(f, "{v}"),
        ViewDim::NewAxis => f.write_str("newaxis"),
        ViewDim::Slice { start, stop, step } => {
            f.write_str("slice(")?;
            list(f, &[start, stop, step], |f, part| match part {
                Some(v) => write!(f, "{v}"),
                None => f.write_char('_'),
            })?;
            f.write_char(')')
        }
    }
}

fn write_arg(f: &mut impl Write, arg: &Arg) -> fmt::Result {
    match arg {
        Arg::Value(v) => write!(f, "{v}"),
        Arg::Imm(v) => write!(f, "{v}"),
        Arg::ImmBool(v) => write!(f, "{v}"),
        Arg::Slots(vals) => {
            f.write_char('[')?;
            values(f, vals)?;
            f.write_char(']')
        }
        Arg::ImmSlots(vals) => {
            f.write_str("#[")?;
            list(f, vals, |f, v| write!(f, "{v}"))?;
            f.write_char(']')
        }
        Arg::Str(s) => write!(f, "{}", Quoted(s)),
        Arg::Unit(unit) => write!(f, "{unit}"),
    }
}

fn write_const(f: &mut impl Write, c: &Const) -> fmt::Result {
    f.write_str("const ")?;
    match c {
        Const::Bool(v) => write!(f, "{v}"),
        Const::I32(v) => write!(f, "{v}"),
        Const::I64(v) => write!(f, "{v}"),
        Const::F32(bits) => write!(f, "{}", Float32(*bits)),
        Const::F64(bits) => write!(f, "{}", Float64(*bits)),
        Const::C128(re, im) => write!(f, "({}, {})", Float64(*re), Float64(*im)),
        Const::Str(s) => write!(f, "{}", Quoted(s)),
    }
}

fn write_span(f: &mut impl Write, span: Span) -> fmt::Result {
    if span.line != 0 {
        write!(f, " !{}", span.line)?;
    }
    Ok(())
}

fn values(f: &mut impl Write, vals: &[Value]) -> fmt::Result {
    list(f, vals, |f, v| write!(f, "{v}"))
}

fn list<W: Write, T>(f: &mut W, items: &[T], mut item: impl FnMut(&mut W, &T) -> fmt::Result) -> fmt::Result {
    for (idx, it) in items.iter().enumerate() {
        if idx > 0 {
            f.write_str(", ")?;
        }
        item(f, it)?;
    }
    Ok(())
}

/// A float that reads back to the same bits: shortest decimal digits, or the bits of what
/// is not finite.
struct Float64(u64);

impl fmt::Display for Float64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let v = f64::from_bits(self.0);
        if v.is_finite() {
            write!(f, "{v:?}")
        } else {
            write!(f, "{:#018x}", self.0)
        }
    }
}

struct Float32(u32);

impl fmt::Display for Float32 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let v = f32::from_bits(self.0);
        if v.is_finite() {
            write!(f, "{v:?}")
        } else {
            write!(f, "{:#010x}", self.0)
        }
    }
}

/// A string in quotes, on one line: `\"`, `\\`, `\n`, and `\u{…}` for other control characters.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for c in self.0.chars() {
            match c {
                '"' => f.write_str("\\\"")?,
                '\\' => f.write_str("\\\\")?,
                '\n' => f.write_str("\\n")?,
                c if c.is_control() => write!(f, "\\u{{{:x}}}", c as u32)?,
                c => f.write_char(c)?,
            }
        }
        f.write_char('"')
    }
}
