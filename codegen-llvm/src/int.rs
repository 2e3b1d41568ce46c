//! Integer and boolean operations.
//!
//! Arithmetic wraps. A zero divisor gives 0, and the one quotient that overflows wraps; both
//! are kept away from LLVM's `sdiv`, where they are undefined, by replacing the divisor with 1
//! or by negating.

use crate::emit::Int;
use crate::{Error, Lowering, Result, Val};
use inkwell::IntPredicate as P;
use inkwell::values::{FunctionValue, IntValue};
use lnp_ir::{DType, ScalarOp};

impl<'c> Lowering<'_, 'c> {
    /// An operation whose operands are `bool`.
    pub(crate) fn bool_op(&self, op: ScalarOp, args: &[Val<'c>]) -> Result<Val<'c>> {
        use ScalarOp::*;
        let a = args[0].int()?;
        let b = || args[1].int();
        Ok(Val::Int(match op {
            Add | Or | Max | FMax => self.or(a, b()?)?,
            Mul | And | Min | FMin => self.and(a, b()?)?,
            Sub | Xor | Ne => self.xor(a, b()?)?,
            Eq => self.not(self.xor(a, b()?)?)?,
            Lt => self.icmp(P::ULT, a, b()?)?,
            Le => self.icmp(P::ULE, a, b()?)?,
            Gt => self.icmp(P::UGT, a, b()?)?,
            Ge => self.icmp(P::UGE, a, b()?)?,
            Not => self.not(a)?,
            Abs | Sign | Floor | Ceil | Trunc | Rint | Re | Conj => a,
            IsNan | IsInf | Signbit | Im => self.ctx.bool_type().const_zero(),
            IsFinite => self.ctx.bool_type().const_int(1, false),
            _ => return Err(Error::Unsupported(op, DType::Bool)),
        }))
    }

    /// An operation whose operands are `i32` or `i64`.
    pub(crate) fn int_op(&self, op: ScalarOp, dtype: DType, args: &[Val<'c>]) -> Result<Val<'c>> {
        use ScalarOp::*;
        let a = args[0].int()?;
        let b = || args[1].int();
        let zero = self.int_type(dtype).const_zero();
        Ok(Val::Int(match op {
            Add => self.iadd(a, b()?)?,
            Sub => self.isub(a, b()?)?,
            Mul => self.imul(a, b()?)?,
            Div => self.int_quotient(a, b()?)?,
            Fmod => self.int_remainder(a, b()?)?,
            FloorDiv => self.int_floor_div(a, b()?)?,
            Mod => self.int_floor_mod(a, b()?)?,
            Pow => self.int_pow(dtype, a, b()?)?,
            Min | FMin => self.isel(self.icmp(P::SLE, a, b()?)?, a, b()?)?,
            Max | FMax => self.isel(self.icmp(P::SGE, a, b()?)?, a, b()?)?,
            And => self.and(a, b()?)?,
            Or => self.or(a, b()?)?,
            Xor => self.xor(a, b()?)?,
            Shl => {
                let (amount, fits) = self.shift_amount(b()?)?;
                self.isel(fits, self.builder.build_left_shift(a, amount, "")?, zero)?
            }
            Shr => {
                let (amount, fits) = self.shift_amount(b()?)?;
                let sign = self.sign_mask(a)?;
                self.isel(fits, self.builder.build_right_shift(a, amount, true, "")?, sign)?
            }
            Lt => self.icmp(P::SLT, a, b()?)?,
            Le => self.icmp(P::SLE, a, b()?)?,
            Gt => self.icmp(P::SGT, a, b()?)?,
            Ge => self.icmp(P::SGE, a, b()?)?,
            Eq => self.icmp(P::EQ, a, b()?)?,
            Ne => self.icmp(P::NE, a, b()?)?,
            Neg => self.isub(zero, a)?,
            Abs => self.isel(self.icmp(P::SLT, a, zero)?, self.isub(zero, a)?, a)?,
            Sign => {
                let positive = self
                    .builder
                    .build_int_z_extend(self.icmp(P::SGT, a, zero)?, a.get_type(), "")?;
                self.or(positive, self.sign_mask(a)?)?
            }
            Not => self.not(a)?,
            Floor | Ceil | Trunc | Rint | Re | Conj => a,
            Im => zero,
            IsNan | IsInf => self.ctx.bool_type().const_zero(),
            IsFinite => self.ctx.bool_type().const_int(1, false),
            Signbit => self.icmp(P::SLT, a, zero)?,
            _ => return Err(Error::Unsupported(op, dtype)),
        }))
    }

    /// All ones where `a` is negative, else 0.
    fn sign_mask(&self, a: Int<'c>) -> Result<Int<'c>> {
        let last = a
            .get_type()
            .const_int(u64::from(a.get_type().get_bit_width()) - 1, false);
        Ok(self.builder.build_right_shift(a, last, true, "")?)
    }

    /// The shift amount made safe, and whether it was below the width (a negative one is not).
    fn shift_amount(&self, b: Int<'c>) -> Result<(Int<'c>, Int<'c>)> {
        let width = u64::from(b.get_type().get_bit_width());
        let fits = self.icmp(P::ULT, b, b.get_type().const_int(width, false))?;
        let amount = self.and(b, b.get_type().const_int(width - 1, false))?;
        Ok((amount, fits))
    }

    /// A divisor that neither is zero nor overflows, and the tests for 0 and −1.
    fn safe_divisor(&self, b: Int<'c>) -> Result<(Int<'c>, Int<'c>, Int<'c>)> {
        let is_zero = self.icmp(P::EQ, b, b.get_type().const_zero())?;
        let is_minus_one = self.icmp(P::EQ, b, b.get_type().const_all_ones())?;
        let divisor = self.isel(self.or(is_zero, is_minus_one)?, b.get_type().const_int(1, false), b)?;
        Ok((divisor, is_zero, is_minus_one))
    }

    /// `a / b` toward zero; `b == 0` gives 0.
    fn int_quotient(&self, a: Int<'c>, b: Int<'c>) -> Result<Int<'c>> {
        let zero = b.get_type().const_zero();
        let (divisor, is_zero, is_minus_one) = self.safe_divisor(b)?;
        let quotient = self.builder.build_int_signed_div(a, divisor, "")?;
        let quotient = self.isel(is_minus_one, self.isub(zero, a)?, quotient)?;
        self.isel(is_zero, zero, quotient)
    }

    /// The remainder with the dividend's sign; `b == 0` gives 0 (as `a % 1` does).
    fn int_remainder(&self, a: Int<'c>, b: Int<'c>) -> Result<Int<'c>> {
        let (divisor, _, _) = self.safe_divisor(b)?;
        Ok(self.builder.build_int_signed_rem(a, divisor, "")?)
    }

    /// Whether a remainder is non-zero and its sign is not the divisor's.
    fn needs_floor(&self, remainder: Int<'c>, b: Int<'c>) -> Result<Int<'c>> {
        let zero = b.get_type().const_zero();
        let inexact = self.icmp(P::NE, remainder, zero)?;
        let unlike = self.icmp(P::SLT, self.xor(remainder, b)?, zero)?;
        self.and(inexact, unlike)
    }

    fn int_floor_div(&self, a: Int<'c>, b: Int<'c>) -> Result<Int<'c>> {
        let quotient = self.int_quotient(a, b)?;
        let down = self.needs_floor(self.int_remainder(a, b)?, b)?;
        let one = b.get_type().const_int(1, false);
        self.isel(down, self.isub(quotient, one)?, quotient)
    }

    fn int_floor_mod(&self, a: Int<'c>, b: Int<'c>) -> Result<Int<'c>> {
        let remainder = self.int_remainder(a, b)?;
        let up = self.needs_floor(remainder, b)?;
        self.isel(up, self.iadd(remainder, b)?, remainder)
    }

    /// `a ** b` by squaring, wrapping. A negative exponent (an error in NumPy, which the
    /// frontend raises) gives what truncation would: 0, but for 1 and −1.
    fn int_pow(&self, dtype: DType, a: Int<'c>, b: Int<'c>) -> Result<Int<'c>> {
        let callee = self.int_pow_function(dtype)?;
        let call = self.builder.build_call(callee, &[a.into(), b.into()], "")?;
        let value = call.try_as_basic_value().basic();
        value
            .map(|v| v.into_int_value())
            .ok_or_else(|| Error::Internal("integer power".to_owned()))
    }

    /// The module's power routine for a dtype, made at its first use.
    fn int_pow_function(&self, dtype: DType) -> Result<FunctionValue<'c>> {
        let name = format!("lnp_ipow_{}", dtype.ir_name());
        if let Some(found) = self.module.get_function(&name) {
            return Ok(found);
        }
        let ty = self.int_type(dtype);
        let linkage = Some(inkwell::module::Linkage::Internal);
        let function = self
            .module
            .add_function(&name, ty.fn_type(&[ty.into(), ty.into()], false), linkage);
        let param = |k: u32| -> Result<IntValue<'c>> {
            let value = function.get_nth_param(k);
            value
                .map(|v| v.into_int_value())
                .ok_or_else(|| Error::Internal("parameter".to_owned()))
        };
        let (base, exponent) = (param(0)?, param(1)?);
        let inner = Lowering {
            ctx: self.ctx,
            module: self.module,
            builder: &self.ctx.create_builder(),
            math: self.math,
        };
        let (zero, one) = (ty.const_zero(), ty.const_int(1, false));
        let [entry, head, step, done] =
            ["entry", "head", "step", "done"].map(|name| self.ctx.append_basic_block(function, name));
        let builder = inner.builder;
        builder.position_at_end(entry);
        let negative = inner.icmp(P::SLT, exponent, zero)?;
        let is_unit = inner.icmp(P::ULE, inner.iadd(base, one)?, ty.const_int(2, false))?;
        let is_unit = inner.and(is_unit, inner.icmp(P::NE, base, zero)?)?;
        let is_odd = inner.icmp(P::NE, inner.and(exponent, one)?, zero)?;
        let of_unit = inner.isel(is_odd, base, one)?;
        let start = inner.isel(negative, inner.isel(is_unit, of_unit, zero)?, one)?;
        let count = inner.isel(negative, zero, exponent)?;
        builder.build_unconditional_branch(head)?;
        builder.position_at_end(head);
        let phis = [
            builder.build_phi(ty, "")?,
            builder.build_phi(ty, "")?,
            builder.build_phi(ty, "")?,
        ];
        let [power, square, left] = phis.map(|phi| phi.as_basic_value().into_int_value());
        builder.build_conditional_branch(inner.icmp(P::NE, left, zero)?, step, done)?;
        builder.position_at_end(step);
        let odd = inner.icmp(P::NE, inner.and(left, one)?, zero)?;
        let next = [
            inner.isel(odd, inner.imul(power, square)?, power)?,
            inner.imul(square, square)?,
            builder.build_right_shift(left, one, false, "")?,
        ];
        builder.build_unconditional_branch(head)?;
        for ((phi, first), next) in phis.iter().zip([start, base, count]).zip(&next) {
            phi.add_incoming(&[(&first, entry), (next, step)]);
        }
        builder.position_at_end(done);
        builder.build_return(Some(&power))?;
        Ok(function)
    }
}
