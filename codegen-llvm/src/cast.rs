//! Casts between dtypes, as C on x86-64 does them (which is what NumPy shows there).
//!
//! A float that no integer of the target type can hold gives that type's minimum; LLVM's own
//! conversion is undefined there and a GPU's saturates, so the range is tested explicitly.

use crate::emit::{Float, Int};
use crate::{Lowering, Result, Val};
use inkwell::{FloatPredicate, IntPredicate};
use lnp_ir::DType;

impl<'c> Lowering<'_, 'c> {
    pub(crate) fn cast(&self, value: Val<'c>, from: DType, to: DType) -> Result<Val<'c>> {
        if from == to {
            return Ok(value);
        }
        match value {
            Val::Int(v) => self.cast_int(v, from, to),
            Val::Float(v) => self.cast_float(v, to),
            Val::Complex(re, im) => match to {
                DType::Bool => {
                    let zero = re.get_type().const_zero();
                    let re = self.fcmp(FloatPredicate::UNE, re, zero)?;
                    let im = self.fcmp(FloatPredicate::UNE, im, zero)?;
                    Ok(Val::Int(self.or(re, im)?))
                }
                DType::F64 => Ok(Val::Float(re)),
                _ => self.cast_float(re, to),
            },
        }
    }

    fn cast_int(&self, v: Int<'c>, from: DType, to: DType) -> Result<Val<'c>> {
        let b = self.builder;
        Ok(match to {
            DType::Bool => Val::Int(self.icmp(IntPredicate::NE, v, v.get_type().const_zero())?),
            DType::I32 | DType::I64 => {
                let ty = self.int_type(to);
                Val::Int(match from {
                    DType::Bool => b.build_int_z_extend(v, ty, "")?,
                    DType::I32 => b.build_int_s_extend(v, ty, "")?,
                    _ => b.build_int_truncate(v, ty, "")?,
                })
            }
            DType::F32 | DType::F64 => Val::Float(self.int_to_float(v, from, to)?),
            DType::C128 => {
                let re = self.int_to_float(v, from, DType::F64)?;
                Val::Complex(re, self.ctx.f64_type().const_zero())
            }
        })
    }

    fn int_to_float(&self, v: Int<'c>, from: DType, to: DType) -> Result<Float<'c>> {
        let ty = self.float_type(to);
        Ok(match from {
            DType::Bool => self.builder.build_unsigned_int_to_float(v, ty, "")?,
            _ => self.builder.build_signed_int_to_float(v, ty, "")?,
        })
    }

    fn cast_float(&self, v: Float<'c>, to: DType) -> Result<Val<'c>> {
        Ok(match to {
            DType::Bool => Val::Int(self.fcmp(FloatPredicate::UNE, v, v.get_type().const_zero())?),
            DType::I32 | DType::I64 => Val::Int(self.float_to_int(v, to)?),
            DType::F32 | DType::F64 => Val::Float(self.float_resize(v, to)?),
            DType::C128 => {
                let re = self.float_resize(v, DType::F64)?;
                Val::Complex(re, self.ctx.f64_type().const_zero())
            }
        })
    }

    fn float_resize(&self, v: Float<'c>, to: DType) -> Result<Float<'c>> {
        let ty = self.float_type(to);
        Ok(self.builder.build_float_cast(v, ty, "")?)
    }

    fn float_to_int(&self, v: Float<'c>, to: DType) -> Result<Int<'c>> {
        let from_ty = v.get_type();
        let ty = self.int_type(to);
        let (below, limit, min) = match to {
            // Every float above i32::MIN - 1 truncates to i32::MIN or more; the same bound is
            // harmless for f32, where it rounds to i32::MIN itself and the result is equal.
            DType::I32 => (-2147483649.0, 2147483648.0, i32::MIN as u32 as u64),
            _ => (-9223372036854775808.0, 9223372036854775808.0, i64::MIN as u64),
        };
        let above = self.fcmp(FloatPredicate::OGT, v, from_ty.const_float(below))?;
        let fits = self.and(above, self.fcmp(FloatPredicate::OLT, v, from_ty.const_float(limit))?)?;
        let raw = self.builder.build_float_to_signed_int(v, ty, "")?;
        self.isel(fits, raw, ty.const_int(min, false))
    }
}
