//! Values in registers, and short names for the instructions that lowering uses.

use crate::{Error, Lowering, Result};
use inkwell::types::{FloatType, IntType};
use inkwell::values::{BasicMetadataValueEnum, BasicValueEnum, FloatValue, IntValue};
use inkwell::{FloatPredicate, IntPredicate};
use lnp_ir::DType;

/// A scalar in registers.
#[derive(Clone, Copy, Debug)]
pub enum Val<'c> {
    /// `bool` (as `i1`), `i32`, `i64`.
    Int(IntValue<'c>),
    Float(FloatValue<'c>),
    Complex(FloatValue<'c>, FloatValue<'c>),
}

impl<'c> Val<'c> {
    pub fn int(self) -> Result<IntValue<'c>> {
        match self {
            Val::Int(v) => Ok(v),
            _ => Err(Error::Internal("an integer was expected".to_owned())),
        }
    }

    pub fn float(self) -> Result<FloatValue<'c>> {
        match self {
            Val::Float(v) => Ok(v),
            _ => Err(Error::Internal("a float was expected".to_owned())),
        }
    }

    pub fn complex(self) -> Result<(FloatValue<'c>, FloatValue<'c>)> {
        match self {
            Val::Complex(re, im) => Ok((re, im)),
            _ => Err(Error::Internal("a complex was expected".to_owned())),
        }
    }
}

pub(crate) type Int<'c> = IntValue<'c>;
pub(crate) type Float<'c> = FloatValue<'c>;

impl<'c> Lowering<'_, 'c> {
    /// The register type of an integer dtype; `i1` for `bool`.
    pub fn int_type(&self, dtype: DType) -> IntType<'c> {
        match dtype {
            DType::Bool => self.ctx.bool_type(),
            DType::I32 => self.ctx.i32_type(),
            _ => self.ctx.i64_type(),
        }
    }

    pub fn float_type(&self, dtype: DType) -> FloatType<'c> {
        match dtype {
            DType::F32 => self.ctx.f32_type(),
            _ => self.ctx.f64_type(),
        }
    }

    pub(crate) fn icmp(&self, p: IntPredicate, a: Int<'c>, b: Int<'c>) -> Result<Int<'c>> {
        Ok(self.builder.build_int_compare(p, a, b, "")?)
    }

    pub(crate) fn fcmp(&self, p: FloatPredicate, a: Float<'c>, b: Float<'c>) -> Result<Int<'c>> {
        Ok(self.builder.build_float_compare(p, a, b, "")?)
    }

    pub(crate) fn is_nan(&self, a: Float<'c>) -> Result<Int<'c>> {
        self.fcmp(FloatPredicate::UNO, a, a)
    }

    pub(crate) fn and(&self, a: Int<'c>, b: Int<'c>) -> Result<Int<'c>> {
        Ok(self.builder.build_and(a, b, "")?)
    }

    pub(crate) fn or(&self, a: Int<'c>, b: Int<'c>) -> Result<Int<'c>> {
        Ok(self.builder.build_or(a, b, "")?)
    }

    pub(crate) fn xor(&self, a: Int<'c>, b: Int<'c>) -> Result<Int<'c>> {
        Ok(self.builder.build_xor(a, b, "")?)
    }

    pub(crate) fn not(&self, a: Int<'c>) -> Result<Int<'c>> {
        Ok(self.builder.build_not(a, "")?)
    }

    pub(crate) fn iadd(&self, a: Int<'c>, b: Int<'c>) -> Result<Int<'c>> {
        Ok(self.builder.build_int_add(a, b, "")?)
    }

    pub(crate) fn isub(&self, a: Int<'c>, b: Int<'c>) -> Result<Int<'c>> {
        Ok(self.builder.build_int_sub(a, b, "")?)
    }

    pub(crate) fn imul(&self, a: Int<'c>, b: Int<'c>) -> Result<Int<'c>> {
        Ok(self.builder.build_int_mul(a, b, "")?)
    }

    pub(crate) fn fadd(&self, a: Float<'c>, b: Float<'c>) -> Result<Float<'c>> {
        Ok(self.builder.build_float_add(a, b, "")?)
    }

    pub(crate) fn fsub(&self, a: Float<'c>, b: Float<'c>) -> Result<Float<'c>> {
        Ok(self.builder.build_float_sub(a, b, "")?)
    }

    pub(crate) fn fmul(&self, a: Float<'c>, b: Float<'c>) -> Result<Float<'c>> {
        Ok(self.builder.build_float_mul(a, b, "")?)
    }

    pub(crate) fn fdiv(&self, a: Float<'c>, b: Float<'c>) -> Result<Float<'c>> {
        Ok(self.builder.build_float_div(a, b, "")?)
    }

    pub(crate) fn fneg(&self, a: Float<'c>) -> Result<Float<'c>> {
        Ok(self.builder.build_float_neg(a, "")?)
    }

    /// `cond ? a : b` on integers.
    pub(crate) fn isel(&self, cond: Int<'c>, a: Int<'c>, b: Int<'c>) -> Result<Int<'c>> {
        Ok(self.builder.build_select(cond, a, b, "")?.into_int_value())
    }

    /// `cond ? a : b` on floats.
    pub(crate) fn fsel(&self, cond: Int<'c>, a: Float<'c>, b: Float<'c>) -> Result<Float<'c>> {
        Ok(self.builder.build_select(cond, a, b, "")?.into_float_value())
    }

    pub(crate) fn select(&self, cond: Int<'c>, a: Val<'c>, b: Val<'c>) -> Result<Val<'c>> {
        Ok(match (a, b) {
            (Val::Int(a), Val::Int(b)) => Val::Int(self.isel(cond, a, b)?),
            (Val::Float(a), Val::Float(b)) => Val::Float(self.fsel(cond, a, b)?),
            (Val::Complex(ar, ai), Val::Complex(br, bi)) => {
                Val::Complex(self.fsel(cond, ar, br)?, self.fsel(cond, ai, bi)?)
            }
            _ => return Err(Error::Internal("select of unlike values".to_owned())),
        })
    }

    /// Calls an LLVM intrinsic overloaded on the type of its operands, such as `llvm.fabs`.
    pub(crate) fn intrinsic(&self, name: &str, args: &[Float<'c>]) -> Result<Float<'c>> {
        let missing = || Error::Internal(format!("intrinsic {name}"));
        let intrinsic = inkwell::intrinsics::Intrinsic::find(name).ok_or_else(missing)?;
        let callee = intrinsic
            .get_declaration(self.module, &[args[0].get_type().into()])
            .ok_or_else(missing)?;
        let args: Vec<BasicMetadataValueEnum<'c>> = args.iter().map(|&a| a.into()).collect();
        match self.builder.build_call(callee, &args, "")?.try_as_basic_value().basic() {
            Some(BasicValueEnum::FloatValue(v)) => Ok(v),
            _ => Err(missing()),
        }
    }

    /// Calls an external function of floats of one type.
    pub(crate) fn call_float(&self, name: &str, args: &[Float<'c>]) -> Result<Float<'c>> {
        let ty = args[0].get_type();
        let callee = self.module.get_function(name).unwrap_or_else(|| {
            let params = vec![ty.into(); args.len()];
            self.module.add_function(name, ty.fn_type(&params, false), None)
        });
        let args: Vec<BasicMetadataValueEnum<'c>> = args.iter().map(|&a| a.into()).collect();
        match self.builder.build_call(callee, &args, "")?.try_as_basic_value().basic() {
            Some(BasicValueEnum::FloatValue(v)) => Ok(v),
            _ => Err(Error::Internal(format!("call of {name}"))),
        }
    }
}
