//! Operations on `f32` and `f64`.
//!
//! `floordiv` and `mod` are NumPy's `npy_divmod`; `min`/`max` and `fmin`/`fmax` take the second
//! operand where both compare equal, as NumPy's vector loops do.

use crate::emit::Float;
use crate::{Error, Lowering, Result, Val};
use inkwell::FloatPredicate as P;
use lnp_ir::{DType, ScalarOp};

impl<'c> Lowering<'_, 'c> {
    pub(crate) fn float_op(&self, op: ScalarOp, dtype: DType, args: &[Val<'c>]) -> Result<Val<'c>> {
        use ScalarOp::*;
        let a = args[0].float()?;
        let b = || args[1].float();
        let test = |p: P| -> Result<Val<'c>> { Ok(Val::Int(self.fcmp(p, a, args[1].float()?)?)) };
        Ok(Val::Float(match op {
            Add => self.fadd(a, b()?)?,
            Sub => self.fsub(a, b()?)?,
            Mul => self.fmul(a, b()?)?,
            Div => self.fdiv(a, b()?)?,
            FloorDiv => self.floor_div(dtype, a, b()?)?,
            Mod => self.floor_mod(dtype, a, b()?)?,
            Min => self.pick(P::OLT, a, b()?, a)?,
            Max => self.pick(P::OGT, a, b()?, a)?,
            FMin => self.pick(P::OLT, a, b()?, b()?)?,
            FMax => self.pick(P::OGT, a, b()?, b()?)?,
            Copysign => self.intrinsic("llvm.copysign", &[a, b()?])?,
            Lt => return test(P::OLT),
            Le => return test(P::OLE),
            Gt => return test(P::OGT),
            Ge => return test(P::OGE),
            Eq => return test(P::OEQ),
            Ne => return test(P::UNE),
            Neg => self.fneg(a)?,
            Abs => self.fabs(a)?,
            Sign => self.float_sign(a)?,
            Sqrt => self.intrinsic("llvm.sqrt", &[a])?,
            Floor => self.intrinsic("llvm.floor", &[a])?,
            Ceil => self.intrinsic("llvm.ceil", &[a])?,
            Trunc => self.intrinsic("llvm.trunc", &[a])?,
            Rint => self.intrinsic("llvm.rint", &[a])?,
            Re | Conj => a,
            Im => a.get_type().const_zero(),
            IsNan => return Ok(Val::Int(self.is_nan(a)?)),
            IsInf => return Ok(Val::Int(self.is_inf(a)?)),
            IsFinite => {
                let infinity = a.get_type().const_float(f64::INFINITY);
                return Ok(Val::Int(self.fcmp(P::OLT, self.fabs(a)?, infinity)?));
            }
            Signbit => return self.float_signbit(dtype, a),
            _ if op.is_transcendental() => {
                let args: Result<Vec<Float<'c>>> = args.iter().map(|v| v.float()).collect();
                self.math_call(op, dtype, &args?)?
            }
            _ => return Err(Error::Unsupported(op, dtype)),
        }))
    }

    pub(crate) fn fabs(&self, a: Float<'c>) -> Result<Float<'c>> {
        self.intrinsic("llvm.fabs", &[a])
    }

    pub(crate) fn is_inf(&self, a: Float<'c>) -> Result<crate::emit::Int<'c>> {
        self.fcmp(P::OEQ, self.fabs(a)?, a.get_type().const_float(f64::INFINITY))
    }

    /// `a` where it wins the comparison or `nan_test` is NaN, else `b`.
    fn pick(&self, wins: P, a: Float<'c>, b: Float<'c>, nan_test: Float<'c>) -> Result<Float<'c>> {
        let take_a = self.or(self.fcmp(wins, a, b)?, self.is_nan(nan_test)?)?;
        self.fsel(take_a, a, b)
    }

    /// 1, −1, 0 or NaN.
    fn float_sign(&self, a: Float<'c>) -> Result<Float<'c>> {
        let ty = a.get_type();
        let zero = ty.const_zero();
        let rest = self.fsel(self.fcmp(P::OEQ, a, zero)?, zero, a)?;
        let below = self.fsel(self.fcmp(P::OLT, a, zero)?, ty.const_float(-1.0), rest)?;
        self.fsel(self.fcmp(P::OGT, a, zero)?, ty.const_float(1.0), below)
    }

    fn float_signbit(&self, dtype: DType, a: Float<'c>) -> Result<Val<'c>> {
        let ty = match dtype {
            DType::F32 => self.ctx.i32_type(),
            _ => self.ctx.i64_type(),
        };
        let bits = self.builder.build_bit_cast(a, ty, "")?.into_int_value();
        Ok(Val::Int(self.icmp(
            inkwell::IntPredicate::SLT,
            bits,
            ty.const_zero(),
        )?))
    }

    /// C's remainder moved to the divisor's sign: (remainder, whether it moved, the raw one).
    fn divmod_parts(
        &self,
        dtype: DType,
        a: Float<'c>,
        b: Float<'c>,
    ) -> Result<(Float<'c>, crate::emit::Int<'c>, Float<'c>)> {
        let zero = b.get_type().const_zero();
        let raw = self.math_call(ScalarOp::Fmod, dtype, &[a, b])?;
        let inexact = self.fcmp(P::UNE, raw, zero)?;
        let unlike = self.xor(self.fcmp(P::OLT, b, zero)?, self.fcmp(P::OLT, raw, zero)?)?;
        let moves = self.and(inexact, unlike)?;
        let moved = self.fsel(moves, self.fadd(raw, b)?, raw)?;
        let exact_zero = self.intrinsic("llvm.copysign", &[zero, b])?;
        Ok((self.fsel(inexact, moved, exact_zero)?, moves, raw))
    }

    fn floor_mod(&self, dtype: DType, a: Float<'c>, b: Float<'c>) -> Result<Float<'c>> {
        let (modulus, _, raw) = self.divmod_parts(dtype, a, b)?;
        let by_zero = self.fcmp(P::OEQ, b, b.get_type().const_zero())?;
        self.fsel(by_zero, raw, modulus)
    }

    fn floor_div(&self, dtype: DType, a: Float<'c>, b: Float<'c>) -> Result<Float<'c>> {
        let ty = b.get_type();
        let (zero, one) = (ty.const_zero(), ty.const_float(1.0));
        let (_, moves, raw) = self.divmod_parts(dtype, a, b)?;
        let ratio = self.fdiv(a, b)?;
        let exact = self.fdiv(self.fsub(a, raw)?, b)?;
        let exact = self.fsel(moves, self.fsub(exact, one)?, exact)?;
        let floor = self.intrinsic("llvm.floor", &[exact])?;
        let above = self.fcmp(P::OGT, self.fsub(exact, floor)?, ty.const_float(0.5))?;
        let floor = self.fsel(above, self.fadd(floor, one)?, floor)?;
        let signed_zero = self.intrinsic("llvm.copysign", &[zero, ratio])?;
        let quotient = self.fsel(self.fcmp(P::UNE, exact, zero)?, floor, signed_zero)?;
        let by_zero = self.fcmp(P::OEQ, b, zero)?;
        self.fsel(by_zero, ratio, quotient)
    }
}
