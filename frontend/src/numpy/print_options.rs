//! `numpy.set_printoptions`.
//!
//! The options that the runtime has are set natively, for it and for what CPython prints later.
//! Any other, or a value that is not known at compile time, is set by CPython; NumPy then prints
//! the arrays.

use crate::diag::Why;
use crate::lower::{FnLower, Res};
use crate::val::{Args, Val};
use lnp_ir::{Arg, Rt};

/// In the order of NumPy's signature and of the runtime entry's parameters.
const OPTIONS: [&str; 5] = ["precision", "threshold", "edgeitems", "linewidth", "suppress"];

pub fn call(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Option<Res> {
    (name == "set_printoptions").then(|| set(cx, args))
}

fn set(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let options = args.bind(OPTIONS).ok();
    let values = options.and_then(|options| {
        let values: Option<Vec<i64>> = options.iter().map(|option| constant(option.as_ref())).collect();
        values
    });
    let Some(values) = values else {
        return Err(cx.unsupported(Why::Argument, "numpy.set_printoptions with these options"));
    };
    Ok(cx.rt_unit(Rt::SetPrintOptions, values.into_iter().map(Arg::Imm).collect()))
}

/// An option as the runtime takes it: -1 leaves it as it is.
fn constant(option: Option<&Val>) -> Option<i64> {
    let Some(option) = option.filter(|o| !o.is_none()) else {
        return Some(-1);
    };
    match (option.const_int(), option.const_bool(), option.const_float()) {
        (Some(n), ..) => (n >= 0).then_some(n),
        (_, Some(flag), _) => Some(i64::from(flag)),
        (_, _, Some(x)) if x == f64::INFINITY => Some(i64::MAX),
        _ => None,
    }
}
