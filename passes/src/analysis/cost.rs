//! Rough costs of scalar operations, in units of an addition on one lane.

use lnp_ir::{Body, BodyInst, DType, ScalarOp};

/// The cost of one instruction at one point.
pub(crate) fn inst(inst: &BodyInst) -> u32 {
    use ScalarOp::*;
    let wide = if inst.dtype == DType::C128 { 4 } else { 1 };
    wide * match inst.op {
        ConstInt(_) | ConstFloat(_) | ConstComplex(..) | Re | Im | Conj | MakeComplex => 0,
        Div | Sqrt if inst.dtype == DType::F32 => 3,
        Div | Sqrt => 5,
        FloorDiv | Mod if inst.dtype.is_int() => 12,
        FloorDiv | Mod => 20,
        Pow | Atan2 | Fmod | Hypot => 60,
        op if op.is_transcendental() => 30,
        Cast => 1,
        _ => 1,
    }
}

/// The cost of a body at one point, without its loads and stores.
pub(crate) fn body(body: &Body) -> u32 {
    body.insts.iter().map(inst).sum()
}

/// Whether computing a body twice is cheaper than writing its result and reading it back.
pub(crate) fn is_cheap(b: &Body) -> bool {
    body(b) <= 8
}
