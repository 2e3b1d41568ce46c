//! Simplifies the body of one array statement.

use super::fold;
use crate::analysis::facts::Facts;
use crate::fuse::edit;
use lnp_ir::{Body, BodyInst, BodyVal, Const, DType, Func, LaunchMode, ScalarOp, ShapeCheck, Value};
use std::collections::HashMap;

/// Constants go into the body, equal inputs become one, the body is folded, and inputs that
/// it no longer needs go where that cannot change the domain.
pub(super) fn run(
    func: &Func,
    body: &mut Body,
    inputs: &mut Vec<Value>,
    mode: &LaunchMode,
    checks: &mut Vec<ShapeCheck>,
    facts: &mut Facts<'_>,
) -> bool {
    let mut changed = false;
    let known: Vec<Option<Const>> = inputs.iter().map(|&v| facts.consts[v].clone()).collect();
    if known.iter().any(Option::is_some) {
        changed |= constants(body, &known);
    }
    changed |= duplicates(body, inputs);
    let before = body.clone();
    *body = rebuild(body);
    if matches!(mode, LaunchMode::Reduce { .. }) && body.insts.is_empty() && !before.insts.is_empty() {
        // A sum of `x * 1.0` goes in the order of the product's array, not in that of `x`;
        // a body that only passes its input on would say otherwise.
        *body = before.clone();
    }
    changed |= *body != before;
    let used = used_params(body);
    let mut keep = vec![true; inputs.len()];
    for idx in 0..inputs.len() {
        if used[idx] {
            continue;
        }
        if !func.ty(inputs[idx]).is_ref() {
            keep[idx] = false;
            continue;
        }
        // The same array is still there under another parameter.
        let twin = (0..inputs.len()).any(|j| j != idx && keep[j] && inputs[j] == inputs[idx]);
        let rest: Vec<Value> = (0..inputs.len())
            .filter(|&j| j != idx && keep[j])
            .map(|j| inputs[j])
            .collect();
        keep[idx] = !(twin || same_domain(func, inputs, &rest, mode, facts));
    }
    if keep.iter().any(|k| !k) {
        edit::retain_inputs(body, inputs, checks, &keep);
        changed = true;
    }
    changed
}

/// Whether an array statement runs over the same domain, and raises as little, without some
/// of its inputs.
fn same_domain(func: &Func, all: &[Value], rest: &[Value], mode: &LaunchMode, facts: &mut Facts<'_>) -> bool {
    if !facts.shapes.statement_is_proved(func, all, mode) {
        return false;
    }
    matches!(mode, LaunchMode::Into { .. }) || facts.shapes.domain(func, all) == facts.shapes.domain(func, rest)
}

fn used_params(body: &Body) -> Vec<bool> {
    let mut used = vec![false; body.params.len()];
    for v in body.insts.iter().flat_map(|i| i.args.iter()).chain(&body.results) {
        if let Some(slot) = used.get_mut(v.0 as usize) {
            *slot = true;
        }
    }
    used
}

/// Replaces parameters of known value by literals.
fn constants(body: &mut Body, known: &[Option<Const>]) -> bool {
    let used = used_params(body);
    let literals: Vec<(usize, ScalarOp)> = known
        .iter()
        .enumerate()
        .filter(|(i, _)| used[*i])
        .filter_map(|(i, c)| Some((i, literal(c.as_ref()?)?)))
        .collect();
    if literals.is_empty() {
        return false;
    }
    let mut out = Body {
        params: body.params.clone(),
        ..Body::default()
    };
    let mut map: Vec<BodyVal> = (0..body.params.len() as u32).map(BodyVal).collect();
    for (idx, op) in literals {
        map[idx] = out.push(op, &[], body.params[idx]);
    }
    out.results = out.inline(body, &map);
    *body = out;
    true
}

fn literal(c: &Const) -> Option<ScalarOp> {
    Some(match c {
        Const::Bool(v) => ScalarOp::ConstInt(i64::from(*v)),
        Const::I32(v) => ScalarOp::ConstInt(i64::from(*v)),
        Const::I64(v) => ScalarOp::ConstInt(*v),
        Const::F32(bits) => ScalarOp::ConstFloat(u64::from(*bits)),
        Const::F64(bits) => ScalarOp::ConstFloat(*bits),
        Const::C128(re, im) => ScalarOp::ConstComplex(*re, *im),
        Const::Str(_) => return None,
    })
}

/// Uses of a repeated input go to its first parameter.
fn duplicates(body: &mut Body, inputs: &[Value]) -> bool {
    let first: Vec<usize> = (0..inputs.len())
        .map(|i| {
            (0..i)
                .find(|&j| inputs[j] == inputs[i] && body.params[j] == body.params[i])
                .unwrap_or(i)
        })
        .collect();
    let used = used_params(body);
    if (0..inputs.len()).all(|i| first[i] == i || !used[i]) {
        return false;
    }
    let rename = |v: &mut BodyVal| {
        if let Some(&to) = first.get(v.0 as usize) {
            *v = BodyVal(to as u32);
        }
    };
    for inst in &mut body.insts {
        inst.args.iter_mut().for_each(rename);
    }
    body.results.iter_mut().for_each(rename);
    true
}

/// The body with constants folded, identities applied, equal values shared and dead ones
/// dropped.
pub(crate) fn rebuild(body: &Body) -> Body {
    let mut out = Body {
        params: body.params.clone(),
        ..Body::default()
    };
    let mut map: Vec<BodyVal> = (0..body.params.len() as u32).map(BodyVal).collect();
    let mut known: HashMap<String, BodyVal> = HashMap::new();
    for inst in &body.insts {
        let args: Vec<BodyVal> = inst.args.iter().map(|a| map[a.0 as usize]).collect();
        let (op, args) = match better(&mut out, inst, &args) {
            Better::Value(v) => {
                map.push(v);
                continue;
            }
            Better::Op(op, args) => (op, args),
        };
        let key = format!("{op:?} {args:?} {:?}", inst.dtype);
        let value = *known.entry(key).or_insert_with(|| out.push(op, &args, inst.dtype));
        map.push(value);
    }
    out.results = body.results.iter().map(|r| map[r.0 as usize]).collect();
    drop_dead(&out)
}

enum Better {
    Value(BodyVal),
    Op(ScalarOp, Vec<BodyVal>),
}

fn constant(body: &Body, v: BodyVal) -> Option<Const> {
    let def = body.def(v)?;
    if def.op.is_const() {
        fold::scalar(def.op, &[], def.dtype)
    } else {
        None
    }
}

fn better(out: &mut Body, inst: &BodyInst, args: &[BodyVal]) -> Better {
    let same_op = || Better::Op(inst.op, args.to_vec());
    if inst.op.is_const() {
        return same_op();
    }
    let consts: Vec<Option<Const>> = args.iter().map(|&a| constant(out, a)).collect();
    if let Some(all) = consts.iter().cloned().collect::<Option<Vec<Const>>>()
        && let Some(c) = fold::scalar(inst.op, &all, inst.dtype)
        && let Some(op) = literal(&c)
    {
        return Better::Op(op, Vec::new());
    }
    let operand = out.dtype(args[0]);
    let same = args.len() == 2 && args[0] == args[1];
    let inner = out.def(args[0]).cloned();
    match fold::identity(
        inst.op,
        &consts,
        inst.dtype,
        operand,
        same,
        inner.as_ref().map(|d| d.op),
    ) {
        Some(fold::Identity::Arg(i)) => return Better::Value(args[i]),
        Some(fold::Identity::Inner) => {
            if let Some(inner) = inner {
                return Better::Value(inner.args[0]);
            }
        }
        None => {}
    }
    if inst.op == ScalarOp::Select && args[1] == args[2] {
        return Better::Value(args[1]);
    }
    if inst.op == ScalarOp::Pow
        && let Some(exponent) = &consts[1]
    {
        return power(out, args[0], exponent, inst.dtype).unwrap_or_else(same_op);
    }
    same_op()
}

/// Powers that NumPy computes without `pow`.
fn power(out: &mut Body, base: BodyVal, exponent: &Const, dtype: DType) -> Option<Better> {
    let e = match exponent {
        Const::F64(bits) => f64::from_bits(*bits),
        Const::F32(bits) => f64::from(f32::from_bits(*bits)),
        Const::I64(n) => *n as f64,
        Const::I32(n) => f64::from(*n),
        _ => return None,
    };
    let one = |dtype: DType| match dtype {
        DType::F64 => ScalarOp::ConstFloat(1f64.to_bits()),
        DType::F32 => ScalarOp::ConstFloat(u64::from(1f32.to_bits())),
        _ => ScalarOp::ConstInt(1),
    };
    if dtype == DType::Bool {
        return None;
    }
    if e == 2.0 {
        Some(Better::Op(ScalarOp::Mul, vec![base, base]))
    } else if e == 1.0 {
        Some(Better::Value(base))
    } else if e == 0.0 {
        Some(Better::Op(one(dtype), Vec::new()))
    } else if e == 0.5 && dtype.is_float() {
        Some(Better::Op(ScalarOp::Sqrt, vec![base]))
    } else if e == -1.0 && dtype.is_float() {
        let one = out.push(one(dtype), &[], dtype);
        Some(Better::Op(ScalarOp::Div, vec![one, base]))
    } else {
        None
    }
}

fn drop_dead(body: &Body) -> Body {
    let n_params = body.params.len();
    let mut live = vec![false; n_params + body.insts.len()];
    for r in &body.results {
        live[r.0 as usize] = true;
    }
    for (idx, inst) in body.insts.iter().enumerate().rev() {
        if live[n_params + idx] {
            for a in &inst.args {
                live[a.0 as usize] = true;
            }
        }
    }
    let mut out = Body {
        params: body.params.clone(),
        ..Body::default()
    };
    let mut map: Vec<BodyVal> = (0..n_params as u32).map(BodyVal).collect();
    for (idx, inst) in body.insts.iter().enumerate() {
        if live[n_params + idx] {
            let args: Vec<BodyVal> = inst.args.iter().map(|a| map[a.0 as usize]).collect();
            map.push(out.push(inst.op, &args, inst.dtype));
        } else {
            map.push(BodyVal(u32::MAX));
        }
    }
    out.results = body.results.iter().map(|r| map[r.0 as usize]).collect();
    out
}
