//! Where transcendental functions come from, by target.

use crate::emit::Float;
use crate::{Error, Lowering, Result};
use lnp_ir::{DType, ScalarOp};

/// A library of scalar functions over `f32` and `f64`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MathLib {
    /// NVIDIA's device library: `__nv_exp`, `__nv_expf`.
    Libdevice,
    /// C's: `exp`, `expf`.
    Libm,
    /// The runtime's host scalars: `lnp_s_exp_f64`, `lnp_s_exp_f32`.
    Runtime,
}

impl MathLib {
    /// The symbol of an operation, or `None` where the library lacks it.
    pub fn symbol(self, op: ScalarOp, dtype: DType) -> Option<String> {
        if !op.is_transcendental() || !dtype.is_float() {
            return None;
        }
        // The operations are named as C names its functions.
        let c_name = op.name();
        let suffix = if dtype == DType::F32 { "f" } else { "" };
        Some(match self {
            MathLib::Libdevice => format!("__nv_{c_name}{suffix}"),
            MathLib::Libm => format!("{c_name}{suffix}"),
            MathLib::Runtime => format!("lnp_s_{}_{}", op.name(), dtype.ir_name()),
        })
    }
}

impl<'c> Lowering<'_, 'c> {
    pub(crate) fn math_call(&self, op: ScalarOp, dtype: DType, args: &[Float<'c>]) -> Result<Float<'c>> {
        let symbol = self.math.symbol(op, dtype).ok_or(Error::Unsupported(op, dtype))?;
        self.call_float(&symbol, args)
    }
}
