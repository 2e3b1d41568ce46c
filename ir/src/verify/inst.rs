//! The verifier's rules about single instructions.

use super::{check_body, check_scalar};
use crate::{
    Arg, Body, CheckedOp, DType, Func, Inst, InstData, KernelInput, LaunchMode, Module, ReduceOp, ShapeCheck, Ty,
    Value, ViewDim,
};
use lnp_abi::{AbiTy, MAX_NDIM};

/// Messages for everything that is wrong with an instruction whose operands have types.
pub(super) fn check(module: &Module, func: &Func, data: &InstData) -> Vec<String> {
    let mut out = Vec::new();
    let mut want = |ok: bool, message: &str| {
        if !ok {
            out.push(message.to_owned());
        }
    };
    let results: Vec<Ty> = data.results.iter().map(|&v| func.ty(v)).collect();
    let one = match results[..] {
        [ty] => Some(ty),
        _ => None,
    };
    let ty = |v: &Value| func.ty(*v);
    match &data.inst {
        Inst::Const(c) => want(one == Some(c.ty()), "the result is not of the constant's type"),
        Inst::Scalar { op, args } => {
            let dtypes: Vec<DType> = args.iter().filter_map(|v| scalar(ty(v))).collect();
            match one.and_then(scalar) {
                Some(result) if dtypes.len() == args.len() => {
                    if let Err(message) = check_scalar(*op, &dtypes, result) {
                        out.push(message);
                    }
                }
                _ => want(false, "operands and result must be scalars"),
            }
        }
        Inst::Checked { op, args } => {
            let operand = if *op == CheckedOp::FloatDiv { Ty::F64 } else { Ty::I64 };
            let arity = if matches!(op, CheckedOp::Neg | CheckedOp::Abs) {
                1
            } else {
                2
            };
            want(args.len() == arity, "wrong number of operands");
            want(args.iter().all(|v| ty(v) == operand), "an operand has the wrong type");
            want(one == Some(op.result()), "the result has the wrong type");
        }
        Inst::Bitcast(v) => {
            let ok = matches!((ty(v), one), (Ty::F64, Some(Ty::I64)) | (Ty::I64, Some(Ty::F64)));
            want(ok, "only f64 and i64 are each other's bits");
        }
        Inst::RefCast(v) => want(ty(v).is_ref() && one.is_some_and(Ty::is_ref), "both must be references"),
        Inst::Dim { array, axis } => {
            want(one == Some(Ty::I64), "an extent is an i64");
            want(
                matches!(ty(array), Ty::Array { ndim, .. } if *axis < ndim),
                "there is no such axis",
            );
        }
        Inst::View { base, dims, .. } => view(func, *base, dims, one, &mut want),
        Inst::Map {
            body,
            inputs,
            mode,
            checks,
        } => {
            check_body(body, &mut |message| out.push(message));
            if out.is_empty() {
                statement(func, body, inputs, mode, checks, &results, None, &mut |m| {
                    out.push(m.to_owned())
                });
            }
        }
        Inst::Launch {
            kernel,
            inputs,
            mode,
            checks,
        } => match module.kernels.get(*kernel) {
            None => want(false, "there is no such kernel"),
            Some(k) if k.inputs.len() != k.body.params.len() => {}
            Some(k) => {
                let agree = k.inputs.len() == inputs.len()
                    && k.inputs.iter().zip(inputs).all(|(input, v)| match (input, ty(v)) {
                        (KernelInput::Scalar, Ty::Scalar(_)) => true,
                        (KernelInput::Array { ndim }, Ty::Array { ndim: n, .. }) => *ndim == n,
                        _ => false,
                    });
                want(agree, "the inputs do not agree with the kernel's");
                if agree {
                    let fail = &mut |m: &str| out.push(m.to_owned());
                    statement(func, &k.body, inputs, mode, checks, &results, Some(k.ndim), fail);
                }
            }
        },
        Inst::Call { func: callee, args } => match module.funcs.get(*callee) {
            Some(callee) if !callee.order.is_empty() => {
                let params = callee.params();
                let ok = params.len() == args.len() && params.iter().zip(args).all(|(p, a)| callee.ty(*p) == ty(a));
                want(ok, "the arguments do not agree with the callee's parameters");
                want(results == callee.results, "the results do not agree with the callee's");
            }
            _ => want(false, "there is no such function"),
        },
        Inst::CallRt { rt, args } => {
            let sig = rt.sig();
            want(sig.params.len() == args.len(), "wrong number of arguments");
            for (idx, (param, arg)) in sig.params.iter().zip(args).enumerate() {
                if !accepts(module, func, *param, arg) {
                    want(false, &format!("argument {idx} is not a {param:?}"));
                }
            }
            let ok = match (sig.result, one) {
                (AbiTy::Unit, _) => results.is_empty(),
                (AbiTy::Ref, Some(ty)) => ty.is_ref(),
                (result, Some(Ty::Ref)) => is_counted(result),
                (result, Some(ty)) => ty.abi() == result,
                (_, None) => false,
            };
            want(ok, "the result does not agree with the entry's");
        }
        Inst::Retain(v) | Inst::Release(v) => {
            want(ty(v).is_ref() && results.is_empty(), "takes a reference, gives nothing");
        }
    }
    out
}

fn scalar(ty: Ty) -> Option<DType> {
    match ty {
        Ty::Scalar(dtype) => Some(dtype),
        _ => None,
    }
}

fn is_counted(ty: AbiTy) -> bool {
    matches!(
        ty,
        AbiTy::Arr | AbiTy::Str | AbiTy::List | AbiTy::Obj | AbiTy::Rng | AbiTy::Ref
    )
}

fn accepts(module: &Module, func: &Func, param: AbiTy, arg: &Arg) -> bool {
    match arg {
        Arg::Value(v) => {
            let ty = func.ty(*v);
            // What a `ref` is, only the run knows: it may be what the entry takes.
            ty.abi() == param || (param == AbiTy::Ref && ty.is_ref()) || (ty == Ty::Ref && is_counted(param))
        }
        Arg::Imm(_) => matches!(param, AbiTy::I64 | AbiTy::I32),
        Arg::ImmBool(_) => param == AbiTy::Bool,
        Arg::Slots(_) | Arg::ImmSlots(_) => param == AbiTy::Slots,
        Arg::Str(_) => matches!(param, AbiTy::Str | AbiTy::Ref | AbiTy::Data),
        Arg::Unit(unit) => param == AbiTy::Data && module.units.get(*unit).is_some(),
    }
}

fn view(func: &Func, base: Value, dims: &[ViewDim], result: Option<Ty>, want: &mut impl FnMut(bool, &str)) {
    let Ty::Array { dtype, ndim } = func.ty(base) else {
        return want(false, "the base is not an array");
    };
    let covered = dims.iter().filter(|d| !matches!(d, ViewDim::NewAxis)).count();
    let dropped = dims.iter().filter(|d| matches!(d, ViewDim::Index(_))).count();
    let added = dims.iter().filter(|d| matches!(d, ViewDim::NewAxis)).count();
    let is_int = |v: &Value| func.ty(*v) == Ty::I64;
    let ints = dims.iter().all(|d| match d {
        ViewDim::Index(v) => is_int(v),
        ViewDim::Slice { start, stop, step } => [start, stop, step].into_iter().flatten().all(is_int),
        ViewDim::Full | ViewDim::NewAxis => true,
    });
    want(ints, "an index is not an i64");
    want(covered <= ndim as usize, "more items than axes");
    let left = (ndim as usize + added).saturating_sub(dropped);
    want(left <= MAX_NDIM, "too many dimensions");
    want(
        result == Some(Ty::array(dtype, left as u8)),
        "the result has the wrong type",
    );
}

/// Rules 5 and 6, for a body that is sound. `domain` is a kernel's.
#[allow(clippy::too_many_arguments)]
fn statement(
    func: &Func,
    body: &Body,
    inputs: &[Value],
    mode: &LaunchMode,
    checks: &[ShapeCheck],
    results: &[Ty],
    domain: Option<u8>,
    fail: &mut impl FnMut(&str),
) {
    if inputs.len() != body.params.len() {
        return fail("inputs and body parameters differ in number");
    }
    let mut ndim = 0;
    for (input, dtype) in inputs.iter().zip(&body.params) {
        match func.ty(*input) {
            Ty::Scalar(d) if d == *dtype => {}
            Ty::Array { dtype: d, ndim: n } if d == *dtype => ndim = ndim.max(n),
            _ => fail("an input is neither a scalar nor an array of its parameter's dtype"),
        }
    }
    let n_inputs = inputs.len() as u32;
    if checks
        .iter()
        .flat_map(|c| &c.groups)
        .any(|mask| n_inputs < 64 && mask >> n_inputs != 0)
    {
        fail("a check names an input that does not exist");
    }
    match mode {
        LaunchMode::Fresh => {
            let want: Vec<Ty> = body.results.iter().map(|&r| Ty::array(body.dtype(r), ndim)).collect();
            if results != want {
                fail("the results must be one array per value of the body, as wide as the widest input");
            }
        }
        LaunchMode::Into { dst, .. } => {
            match func.ty(*dst) {
                Ty::Array { dtype, ndim: n } if body.results.len() == 1 && dtype == body.dtype(body.results[0]) => {
                    ndim = ndim.max(n);
                }
                _ => fail("the destination must be an array of the body's one result's dtype"),
            }
            if !results.is_empty() {
                fail("a store has no result");
            }
        }
        LaunchMode::Reduce { op, axes, keepdims } => {
            if u64::from(*axes) >> ndim != 0 {
                fail("an axis does not exist");
            }
            let left = if *keepdims {
                ndim
            } else {
                ndim.saturating_sub(axes.count_ones() as u8)
            };
            let bad = body.results.len() != 1 || {
                let dtype = body.dtype(body.results[0]);
                let logical = matches!(op, ReduceOp::Any | ReduceOp::All) && dtype != DType::Bool;
                results != [Ty::array(dtype, left)] || logical
            };
            if bad {
                fail("the result must be one array of the body's dtype over the axes that are left");
            }
        }
    }
    if domain.is_some_and(|d| d != ndim) {
        fail("the kernel's domain has another number of dimensions");
    }
}
