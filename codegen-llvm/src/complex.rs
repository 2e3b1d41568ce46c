//! Operations on `c128`, as pairs of doubles.
//!
//! A product's first partial products are fused, as NumPy's array loops have them on every
//! processor with FMA. Division is Smith's algorithm as NumPy's loops have it; order is lexicographic, with NumPy's
//! treatment of NaN. Transcendental functions of complex arguments are left to the host.

use crate::emit::{Float, Int};
use crate::{Error, Lowering, Result, Val};
use inkwell::FloatPredicate as P;
use lnp_ir::{DType, ScalarOp};

type Pair<'c> = (Float<'c>, Float<'c>);

impl<'c> Lowering<'_, 'c> {
    pub(crate) fn complex_op(&self, op: ScalarOp, args: &[Val<'c>]) -> Result<Val<'c>> {
        use ScalarOp::*;
        let (ar, ai) = args[0].complex()?;
        let b = || args[1].complex();
        let complex = |(re, im): Pair<'c>| Ok(Val::Complex(re, im));
        match op {
            Add => {
                let (br, bi) = b()?;
                complex((self.fadd(ar, br)?, self.fadd(ai, bi)?))
            }
            Sub => {
                let (br, bi) = b()?;
                complex((self.fsub(ar, br)?, self.fsub(ai, bi)?))
            }
            Mul => {
                let (br, bi) = b()?;
                let re = self.intrinsic("llvm.fma", &[ar, br, self.fneg(self.fmul(ai, bi)?)?])?;
                let im = self.intrinsic("llvm.fma", &[ar, bi, self.fmul(ai, br)?])?;
                complex((re, im))
            }
            Div => complex(self.complex_div((ar, ai), b()?)?),
            Neg => complex((self.fneg(ar)?, self.fneg(ai)?)),
            Conj => complex((ar, self.fneg(ai)?)),
            Re => Ok(Val::Float(ar)),
            Im => Ok(Val::Float(ai)),
            Abs => Ok(Val::Float(self.complex_abs((ar, ai))?)),
            Sign => complex(self.complex_sign((ar, ai))?),
            Eq => {
                let (br, bi) = b()?;
                Ok(Val::Int(
                    self.and(self.fcmp(P::OEQ, ar, br)?, self.fcmp(P::OEQ, ai, bi)?)?,
                ))
            }
            Ne => {
                let (br, bi) = b()?;
                Ok(Val::Int(
                    self.or(self.fcmp(P::UNE, ar, br)?, self.fcmp(P::UNE, ai, bi)?)?,
                ))
            }
            Lt => Ok(Val::Int(self.complex_order(P::OLT, P::OLT, (ar, ai), b()?)?)),
            Le => Ok(Val::Int(self.complex_order(P::OLT, P::OLE, (ar, ai), b()?)?)),
            Gt => Ok(Val::Int(self.complex_order(P::OGT, P::OGT, (ar, ai), b()?)?)),
            Ge => Ok(Val::Int(self.complex_order(P::OGT, P::OGE, (ar, ai), b()?)?)),
            Min => self.complex_pick(P::OLT, P::OLE, args, 0),
            Max => self.complex_pick(P::OGT, P::OGE, args, 0),
            FMin => self.complex_pick(P::OLT, P::OLE, args, 1),
            FMax => self.complex_pick(P::OGT, P::OGE, args, 1),
            IsNan => Ok(Val::Int(self.complex_is_nan((ar, ai))?)),
            IsInf => Ok(Val::Int(self.or(self.is_inf(ar)?, self.is_inf(ai)?)?)),
            IsFinite => {
                let infinity = ar.get_type().const_float(f64::INFINITY);
                let re = self.fcmp(P::OLT, self.fabs(ar)?, infinity)?;
                let im = self.fcmp(P::OLT, self.fabs(ai)?, infinity)?;
                Ok(Val::Int(self.and(re, im)?))
            }
            _ => Err(Error::Unsupported(op, DType::C128)),
        }
    }

    fn complex_is_nan(&self, (re, im): Pair<'c>) -> Result<Int<'c>> {
        self.fcmp(P::UNO, re, im)
    }

    /// Lexicographic: real parts by `first` (unless an imaginary one is NaN), equal real parts
    /// by `second` on the imaginary ones.
    fn complex_order(&self, first: P, second: P, (ar, ai): Pair<'c>, (br, bi): Pair<'c>) -> Result<Int<'c>> {
        let real = self.and(self.fcmp(first, ar, br)?, self.fcmp(P::ORD, ai, bi)?)?;
        let tied = self.and(self.fcmp(P::OEQ, ar, br)?, self.fcmp(second, ai, bi)?)?;
        self.or(real, tied)
    }

    /// The first operand where it wins or operand `nan_idx` is NaN, else the second.
    fn complex_pick(&self, first: P, second: P, args: &[Val<'c>], nan_idx: usize) -> Result<Val<'c>> {
        let wins = self.complex_order(first, second, args[0].complex()?, args[1].complex()?)?;
        let nan = self.complex_is_nan(args[nan_idx].complex()?)?;
        self.select(self.or(wins, nan)?, args[0], args[1])
    }

    fn complex_div(&self, (ar, ai): Pair<'c>, (br, bi): Pair<'c>) -> Result<Pair<'c>> {
        let ty = br.get_type();
        let one = ty.const_float(1.0);
        let (abs_re, abs_im) = (self.fabs(br)?, self.fabs(bi)?);
        let by_re = self.fcmp(P::OGE, abs_re, abs_im)?;
        // Smith's two cases differ by which part of the divisor is larger; operands that only
        // change places are chosen first, so that one division sequence serves both.
        let (large, small) = (self.fsel(by_re, br, bi)?, self.fsel(by_re, bi, br)?);
        let ratio = self.fdiv(small, large)?;
        let scale = self.fdiv(one, self.fadd(large, self.fmul(small, ratio)?)?)?;
        let re_by_re = self.fadd(ar, self.fmul(ai, ratio)?)?;
        let im_by_re = self.fsub(ai, self.fmul(ar, ratio)?)?;
        let re_by_im = self.fadd(self.fmul(ar, ratio)?, ai)?;
        let im_by_im = self.fsub(self.fmul(ai, ratio)?, ar)?;
        let re = self.fmul(self.fsel(by_re, re_by_re, re_by_im)?, scale)?;
        let im = self.fmul(self.fsel(by_re, im_by_re, im_by_im)?, scale)?;
        // Both parts zero: each part over +0, so that infinities and NaN come out.
        let zero = ty.const_zero();
        let by_zero = self.and(self.fcmp(P::OEQ, abs_re, zero)?, self.fcmp(P::OEQ, abs_im, zero)?)?;
        Ok((
            self.fsel(by_zero, self.fdiv(ar, abs_re)?, re)?,
            self.fsel(by_zero, self.fdiv(ai, abs_re)?, im)?,
        ))
    }

    /// `m·sqrt(fma(r, r, 1))`, with `r` the smaller part over the larger `m`: the bits of NumPy's
    /// array loop. An infinite part gives infinity, whatever the other is.
    fn complex_abs(&self, (re, im): Pair<'c>) -> Result<Float<'c>> {
        let ty = re.get_type();
        let (zero, one, infinity) = (ty.const_zero(), ty.const_float(1.0), ty.const_float(f64::INFINITY));
        let (re, im) = (self.fabs(re)?, self.fabs(im)?);
        let less = self.fcmp(P::OLT, re, im)?;
        let (large, small) = (self.fsel(less, im, re)?, self.fsel(less, re, im)?);
        let is_zero = self.and(self.fcmp(P::OEQ, large, zero)?, self.fcmp(P::OEQ, small, zero)?)?;
        let ratio = self.fsel(is_zero, zero, self.fdiv(small, large)?)?;
        let root = self.intrinsic("llvm.fma", &[ratio, ratio, one])?;
        let modulus = self.fmul(large, self.intrinsic("llvm.sqrt", &[root])?)?;
        let infinite = self.or(self.fcmp(P::OEQ, re, infinity)?, self.fcmp(P::OEQ, im, infinity)?)?;
        self.fsel(infinite, infinity, modulus)
    }

    /// `z / |z|`; 0 for 0; an infinite part alone gives its unit; two, or a NaN, give NaN.
    fn complex_sign(&self, (re, im): Pair<'c>) -> Result<Pair<'c>> {
        let ty = re.get_type();
        let zero = ty.const_zero();
        let modulus = self.math_call(ScalarOp::Hypot, DType::F64, &[re, im])?;
        let is_zero = self.fcmp(P::OEQ, modulus, zero)?;
        let is_inf = self.is_inf(modulus)?;
        let is_nan = self.is_nan(modulus)?;
        let (re_inf, im_inf) = (self.is_inf(re)?, self.is_inf(im)?);
        let both_inf = self.and(re_inf, im_inf)?;
        let bad = self.or(is_nan, both_inf)?;
        let part = |x: Float<'c>, x_inf: Int<'c>| -> Result<Float<'c>> {
            let unit = self.intrinsic("llvm.copysign", &[ty.const_float(1.0), x])?;
            let at_inf = self.fsel(x_inf, unit, zero)?;
            let value = self.fsel(is_inf, at_inf, self.fdiv(x, modulus)?)?;
            let value = self.fsel(is_zero, zero, value)?;
            self.fsel(bad, ty.const_float(f64::NAN), value)
        };
        Ok((part(re, re_inf)?, part(im, im_inf)?))
    }
}
