//! Scalar bodies as LLVM IR: the one lowering that every LLVM target shares.
//!
//! [`Lowering::body`] emits an [`ir::Body`] at the builder's position; the loop nest around it
//! and the addresses belong to the target (`codegen-ptx`: a grid-stride loop).
//! No instruction carries a fast-math or contraction flag, so every target rounds after each
//! operation as NumPy does. The meaning of each operation is that of [`ir::ScalarOp`].
//!
//! `bool` is `i1` in registers and a byte in memory; `c128` is a pair of doubles.

mod cast;
mod complex;
mod emit;
mod float;
mod int;
mod math;
mod memory;

pub use emit::Val;
pub use math::MathLib;

use inkwell::builder::{Builder, BuilderError};
use inkwell::context::Context;
use inkwell::module::Module;
use lnp_ir as ir;
use lnp_ir::{DType, ScalarOp};

/// Why a body could not be lowered.
#[derive(Debug)]
pub enum Error {
    /// The target has no form of this operation for this dtype.
    Unsupported(ScalarOp, DType),
    /// LLVM refused, or the body is not well typed: a bug of ours.
    Internal(String),
}

impl From<BuilderError> for Error {
    fn from(error: BuilderError) -> Error {
        Error::Internal(error.to_string())
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::Unsupported(op, dtype) => write!(f, "no form of {}.{}", op.name(), dtype.ir_name()),
            Error::Internal(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for Error {}

pub type Result<T> = std::result::Result<T, Error>;

/// Emits scalar code into a module at a builder's position.
pub struct Lowering<'a, 'c> {
    pub ctx: &'c Context,
    pub module: &'a Module<'c>,
    pub builder: &'a Builder<'c>,
    /// Where `exp`, `fmod` and their like come from.
    pub math: MathLib,
}

impl<'c> Lowering<'_, 'c> {
    /// Emits `body` for the given parameter values; returns its results.
    pub fn body(&self, body: &ir::Body, params: &[Val<'c>]) -> Result<Vec<Val<'c>>> {
        let mut values = params.to_vec();
        for inst in &body.insts {
            let args: Vec<Val<'c>> = inst.args.iter().map(|a| values[a.0 as usize]).collect();
            // The operand dtype decides the operation; of `select`, the chosen values'.
            let operand_idx = usize::from(inst.op == ScalarOp::Select);
            let operand = inst.args.get(operand_idx).map_or(inst.dtype, |&a| body.dtype(a));
            values.push(self.inst(inst.op, operand, inst.dtype, &args)?);
        }
        Ok(body.results.iter().map(|r| values[r.0 as usize]).collect())
    }

    /// One operation on operands of dtype `operand`.
    fn inst(&self, op: ScalarOp, operand: DType, result: DType, args: &[Val<'c>]) -> Result<Val<'c>> {
        match op {
            ScalarOp::ConstInt(_) | ScalarOp::ConstFloat(_) | ScalarOp::ConstComplex(..) => self.constant(op, result),
            ScalarOp::Select => self.select(args[0].int()?, args[1], args[2]),
            ScalarOp::Cast => self.cast(args[0], operand, result),
            ScalarOp::MakeComplex => Ok(Val::Complex(args[0].float()?, args[1].float()?)),
            _ => match operand {
                DType::Bool => self.bool_op(op, args),
                DType::I32 | DType::I64 => self.int_op(op, operand, args),
                DType::F32 | DType::F64 => self.float_op(op, operand, args),
                DType::C128 => self.complex_op(op, args),
            },
        }
    }

    fn constant(&self, op: ScalarOp, dtype: DType) -> Result<Val<'c>> {
        let double = |bits: u64| self.ctx.f64_type().const_float(f64::from_bits(bits));
        Ok(match (op, dtype) {
            (ScalarOp::ConstInt(v), DType::Bool) => Val::Int(self.ctx.bool_type().const_int(u64::from(v != 0), false)),
            (ScalarOp::ConstInt(v), DType::I32 | DType::I64) => {
                Val::Int(self.int_type(dtype).const_int(v as u64, true))
            }
            (ScalarOp::ConstFloat(bits), DType::F64) => Val::Float(double(bits)),
            (ScalarOp::ConstFloat(bits), DType::F32) => {
                let value = f32::from_bits(bits as u32);
                Val::Float(self.ctx.f32_type().const_float(f64::from(value)))
            }
            (ScalarOp::ConstComplex(re, im), DType::C128) => Val::Complex(double(re), double(im)),
            _ => return Err(Error::Internal(format!("constant of dtype {}", dtype.ir_name()))),
        })
    }
}
