//! Scalar operations with NumPy's meaning, in registers.
//!
//! Used by the host program, and lane by lane by kernels for what has no vector form.
//! Complex products are not contracted here: NumPy's and Python's scalars are not either
//! (its array loops are; see `kernel::complex`).

use crate::Error;
use crate::emit::{Emit, Val};
use crate::object::dtype_types;
use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::{InstBuilder, InstructionData, MemFlagsData, Opcode, Value, types};
use lnp_abi::DType;
use lnp_ir::ScalarOp;

/// Whether an operation on operands of a dtype is computed by the runtime: by
/// `lnp_s_<op>_<dtype>` on scalars, `lnp_v_<op>_<dtype>` on strips.
pub fn is_routine(op: ScalarOp, dtype: DType) -> bool {
    use ScalarOp::*;
    match dtype {
        DType::Bool => false,
        DType::I32 | DType::I64 => op == Pow,
        DType::F32 | DType::F64 => op.is_transcendental() || matches!(op, FloorDiv | Mod),
        DType::C128 => op.is_transcendental() || matches!(op, Sqrt | Sign | Min | Max | FMin | FMax),
    }
}

/// A failure that a verified module does not cause.
pub fn unsupported(op: ScalarOp, dtype: DType) -> Error {
    Error::new(format!("no {} of {}", op.name(), dtype.ir_name()))
}

impl Emit<'_, '_> {
    /// One operation. `operand` is the dtype of the operands (of the second for `Select`),
    /// `result` that of the result.
    pub fn scalar(&mut self, op: ScalarOp, operand: DType, result: DType, args: &[Val]) -> Result<Val, Error> {
        if op.is_const() {
            return Ok(self.scalar_const(op, result));
        }
        if op == ScalarOp::Cast {
            return Ok(self.scalar_cast(operand, result, args[0]));
        }
        if op == ScalarOp::Select {
            let cond = args[0].one();
            let pick = |e: &mut Self, a: Value, b: Value| e.b.ins().select(cond, a, b);
            return Ok(match operand {
                DType::C128 => {
                    let ((ar, ai), (br, bi)) = (args[1].two(), args[2].two());
                    Val::Two(pick(self, ar, br), pick(self, ai, bi))
                }
                _ => Val::One(pick(self, args[1].one(), args[2].one())),
            });
        }
        if op == ScalarOp::MakeComplex {
            return Ok(Val::Two(args[0].one(), args[1].one()));
        }
        if is_routine(op, operand) {
            let symbol = format!("lnp_s_{}_{}", op.name(), operand.ir_name());
            let values: Vec<Value> = args.iter().flat_map(|a| a.values()).collect();
            let results = self.call_runtime(&symbol, &values, dtype_types(result))?;
            return Ok(match results[..] {
                [re, im] => Val::Two(re, im),
                _ => Val::One(results[0]),
            });
        }
        match operand {
            DType::Bool => self.scalar_bool(op, args).map(Val::One),
            DType::I32 | DType::I64 => self.scalar_int(op, operand, args).map(Val::One),
            DType::F32 | DType::F64 => self.scalar_float(op, operand, args).map(Val::One),
            DType::C128 => self.scalar_complex(op, args),
        }
    }

    fn scalar_const(&mut self, op: ScalarOp, dtype: DType) -> Val {
        let (re, im) = match op {
            ScalarOp::ConstInt(v) => (v as f64, 0.0),
            ScalarOp::ConstFloat(bits) if dtype == DType::F32 => (f64::from(f32::from_bits(bits as u32)), 0.0),
            ScalarOp::ConstFloat(bits) => (f64::from_bits(bits), 0.0),
            ScalarOp::ConstComplex(re, im) => (f64::from_bits(re), f64::from_bits(im)),
            _ => (0.0, 0.0),
        };
        let int = match op {
            ScalarOp::ConstInt(v) => v,
            _ => re as i64,
        };
        let ty = dtype_types(dtype)[0];
        match dtype {
            DType::Bool => Val::One(self.b.ins().iconst(ty, i64::from(int != 0))),
            DType::I32 => Val::One(self.b.ins().iconst(ty, i64::from(int as i32 as u32))),
            DType::I64 => Val::One(self.b.ins().iconst(ty, int)),
            // By bits, so that a NaN keeps its payload.
            DType::F32 => match op {
                ScalarOp::ConstFloat(bits) => Val::One(self.b.ins().f32const(f32::from_bits(bits as u32))),
                _ => Val::One(self.b.ins().f32const(re as f32)),
            },
            DType::F64 => Val::One(self.b.ins().f64const(re)),
            DType::C128 => Val::Two(self.b.ins().f64const(re), self.b.ins().f64const(im)),
        }
    }

    fn scalar_bool(&mut self, op: ScalarOp, args: &[Val]) -> Result<Value, Error> {
        use ScalarOp::*;
        let a = args[0].one();
        let b = args.get(1).map_or(a, |v| v.one());
        let not = |e: &mut Self, v: Value| e.b.ins().bxor_imm_s(v, 1);
        Ok(match op {
            Add | Or | Max | FMax => self.b.ins().bor(a, b),
            Mul | And | Min | FMin => self.b.ins().band(a, b),
            Sub | Xor | Ne => self.b.ins().bxor(a, b),
            Eq => {
                let x = self.b.ins().bxor(a, b);
                not(self, x)
            }
            Lt | Le | Gt | Ge => {
                let (below, above) = if matches!(op, Lt | Le) { (a, b) } else { (b, a) };
                let flipped = not(self, below);
                match op {
                    Lt | Gt => self.b.ins().band(flipped, above),
                    _ => self.b.ins().bor(flipped, above),
                }
            }
            Not => not(self, a),
            Abs | Sign | Floor | Ceil | Trunc | Rint | Conj => a,
            IsFinite => self.b.ins().iconst(types::I8, 1),
            IsNan | IsInf | Signbit => self.b.ins().iconst(types::I8, 0),
            _ => return Err(unsupported(op, DType::Bool)),
        })
    }

    fn scalar_int(&mut self, op: ScalarOp, dtype: DType, args: &[Val]) -> Result<Value, Error> {
        use ScalarOp::*;
        let a = args[0].one();
        let b = args.get(1).map_or(a, |v| v.one());
        let ty = dtype_types(dtype)[0];
        let width = i64::from(ty.bits());
        if let Some(cc) = int_cc(op) {
            return Ok(self.b.ins().icmp(cc, a, b));
        }
        Ok(match op {
            Add => self.b.ins().iadd(a, b),
            Sub => self.b.ins().isub(a, b),
            Mul => self.b.ins().imul(a, b),
            FloorDiv | Mod | Fmod => self.int_division(op, ty, a, b),
            Min | FMin => self.b.ins().smin(a, b),
            Max | FMax => self.b.ins().smax(a, b),
            And => self.b.ins().band(a, b),
            Or => self.b.ins().bor(a, b),
            Xor => self.b.ins().bxor(a, b),
            Shl => {
                let inside = self.b.ins().icmp_imm_s(IntCC::UnsignedLessThan, b, width);
                let shifted = self.b.ins().ishl(a, b);
                let zero = self.zero(ty);
                self.b.ins().select(inside, shifted, zero)
            }
            Shr => {
                let inside = self.b.ins().icmp_imm_s(IntCC::UnsignedLessThan, b, width);
                let shifted = self.b.ins().sshr(a, b);
                let sign = self.b.ins().sshr_imm_u(a, width - 1);
                self.b.ins().select(inside, shifted, sign)
            }
            Neg => self.b.ins().ineg(a),
            Abs => {
                let negative = self.b.ins().icmp_imm_s(IntCC::SignedLessThan, a, 0);
                let flipped = self.b.ins().ineg(a);
                self.b.ins().select(negative, flipped, a)
            }
            Sign => {
                let above = self.b.ins().icmp_imm_s(IntCC::SignedGreaterThan, a, 0);
                let above = self.b.ins().uextend(ty, above);
                let below = self.b.ins().sshr_imm_u(a, width - 1);
                self.b.ins().bor(above, below)
            }
            Not => self.b.ins().bnot(a),
            Floor | Ceil | Trunc | Rint | Conj => a,
            IsFinite => self.b.ins().iconst(types::I8, 1),
            IsNan | IsInf => self.b.ins().iconst(types::I8, 0),
            Signbit => self.b.ins().icmp_imm_s(IntCC::SignedLessThan, a, 0),
            _ => return Err(unsupported(op, dtype)),
        })
    }

    /// Floor division, its remainder, or C's remainder. A zero divisor gives 0; the least
    /// integer by −1 wraps.
    fn int_division(&mut self, op: ScalarOp, ty: types::Type, a: Value, b: Value) -> Value {
        if !matches!(self.int_const(b), None | Some(0 | -1)) {
            // The back end divides by constants without a division.
            return self.plain_division(op, ty, a, b);
        }
        let by_zero = self.b.ins().icmp_imm_s(IntCC::Equal, b, 0);
        let by_minus_one = self.b.ins().icmp_imm_s(IntCC::Equal, b, -1);
        let special = self.b.ins().bor(by_zero, by_minus_one);
        let one = self.b.ins().iconst(ty, 1);
        let zero = self.zero(ty);
        let divisor = self.b.ins().select(special, one, b);
        let result = self.plain_division(op, ty, a, divisor);
        if op != ScalarOp::FloorDiv {
            return result;
        }
        let negated = self.b.ins().ineg(a);
        let result = self.b.ins().select(by_minus_one, negated, result);
        self.b.ins().select(by_zero, zero, result)
    }

    /// The value of an integer constant.
    fn int_const(&self, v: Value) -> Option<i64> {
        let dfg = &self.b.func.dfg;
        match dfg.insts[dfg.value_def(v).inst()?] {
            InstructionData::UnaryImm {
                opcode: Opcode::Iconst,
                imm,
            } if dfg.value_type(v) == types::I32 => Some(i64::from(imm.bits() as i32)),
            InstructionData::UnaryImm {
                opcode: Opcode::Iconst,
                imm,
            } => Some(imm.bits()),
            _ => None,
        }
    }

    /// As [`Emit::int_division`] by what is neither 0 nor −1.
    fn plain_division(&mut self, op: ScalarOp, ty: types::Type, a: Value, divisor: Value) -> Value {
        let quotient = self.b.ins().sdiv(a, divisor);
        let product = self.b.ins().imul(quotient, divisor);
        let remainder = self.b.ins().isub(a, product);
        if op == ScalarOp::Fmod {
            return remainder;
        }
        // Towards minus infinity when the signs differ and something is left.
        let signs = self.b.ins().bxor(remainder, divisor);
        let differ = self.b.ins().icmp_imm_s(IntCC::SignedLessThan, signs, 0);
        let left = self.b.ins().icmp_imm_s(IntCC::NotEqual, remainder, 0);
        let adjust = self.b.ins().band(differ, left);
        if op == ScalarOp::Mod {
            let moved = self.b.ins().iadd(remainder, divisor);
            return self.b.ins().select(adjust, moved, remainder);
        }
        let adjust = self.b.ins().uextend(ty, adjust);
        self.b.ins().isub(quotient, adjust)
    }

    fn float_const(&mut self, ty: types::Type, value: f64) -> Value {
        match ty {
            types::F32 => self.b.ins().f32const(value as f32),
            _ => self.b.ins().f64const(value),
        }
    }

    fn scalar_float(&mut self, op: ScalarOp, dtype: DType, args: &[Val]) -> Result<Value, Error> {
        use ScalarOp::*;
        let a = args[0].one();
        let b = args.get(1).map_or(a, |v| v.one());
        let ty = dtype_types(dtype)[0];
        if let Some(cc) = float_cc(op) {
            return Ok(self.b.ins().fcmp(cc, a, b));
        }
        Ok(match op {
            Add => self.b.ins().fadd(a, b),
            Sub => self.b.ins().fsub(a, b),
            Mul => self.b.ins().fmul(a, b),
            Div => self.b.ins().fdiv(a, b),
            // NaN wins; of equal values the second, which the sign of zero shows.
            Min | Max => {
                let cc = if op == Min {
                    FloatCC::LessThan
                } else {
                    FloatCC::GreaterThan
                };
                let first = self.b.ins().fcmp(cc, a, b);
                let nan = self.b.ins().fcmp(FloatCC::Unordered, a, a);
                let chosen = self.b.ins().select(first, a, b);
                self.b.ins().select(nan, a, chosen)
            }
            FMin | FMax => {
                let cc = match op {
                    FMin => FloatCC::LessThanOrEqual,
                    _ => FloatCC::GreaterThanOrEqual,
                };
                let first = self.b.ins().fcmp(cc, a, b);
                let nan = self.b.ins().fcmp(FloatCC::Unordered, b, b);
                let chosen = self.b.ins().select(first, a, b);
                self.b.ins().select(nan, a, chosen)
            }
            Copysign => self.b.ins().fcopysign(a, b),
            Neg => self.b.ins().fneg(a),
            Abs => self.b.ins().fabs(a),
            Sign => {
                let (zero, one) = (self.float_const(ty, 0.0), self.float_const(ty, 1.0));
                let minus = self.float_const(ty, -1.0);
                let above = self.b.ins().fcmp(FloatCC::GreaterThan, a, zero);
                let below = self.b.ins().fcmp(FloatCC::LessThan, a, zero);
                let nan = self.b.ins().fcmp(FloatCC::Unordered, a, a);
                let rest = self.b.ins().select(nan, a, zero);
                let rest = self.b.ins().select(below, minus, rest);
                self.b.ins().select(above, one, rest)
            }
            Sqrt => self.b.ins().sqrt(a),
            Floor => self.b.ins().floor(a),
            Ceil => self.b.ins().ceil(a),
            Trunc => self.b.ins().trunc(a),
            Rint => self.b.ins().nearest(a),
            IsNan => self.b.ins().fcmp(FloatCC::Unordered, a, a),
            IsInf | IsFinite => {
                let size = self.b.ins().fabs(a);
                let inf = self.float_const(ty, f64::INFINITY);
                let cc = if op == IsInf { FloatCC::Equal } else { FloatCC::LessThan };
                self.b.ins().fcmp(cc, size, inf)
            }
            Signbit => {
                let bits = self.b.ins().bitcast(ty.as_int(), MemFlagsData::new(), a);
                self.b.ins().icmp_imm_s(IntCC::SignedLessThan, bits, 0)
            }
            Conj => a,
            _ => return Err(unsupported(op, dtype)),
        })
    }

    fn scalar_complex(&mut self, op: ScalarOp, args: &[Val]) -> Result<Val, Error> {
        use ScalarOp::*;
        let (ar, ai) = args[0].two();
        let (br, bi) = args.get(1).map_or((ar, ai), |v| v.two());
        Ok(match op {
            Add => Val::Two(self.b.ins().fadd(ar, br), self.b.ins().fadd(ai, bi)),
            Sub => Val::Two(self.b.ins().fsub(ar, br), self.b.ins().fsub(ai, bi)),
            Mul => {
                let (rr, ii) = (self.b.ins().fmul(ar, br), self.b.ins().fmul(ai, bi));
                let (ri, ir) = (self.b.ins().fmul(ar, bi), self.b.ins().fmul(ai, br));
                Val::Two(self.b.ins().fsub(rr, ii), self.b.ins().fadd(ri, ir))
            }
            Div => {
                let values = [ar, ai, br, bi];
                let result = self.call_runtime("lnp_s_div_c128", &values, &[types::F64; 2])?;
                Val::Two(result[0], result[1])
            }
            Neg => Val::Two(self.b.ins().fneg(ar), self.b.ins().fneg(ai)),
            Conj => Val::Two(ar, self.b.ins().fneg(ai)),
            Re => Val::One(ar),
            Im => Val::One(ai),
            Abs => Val::One(self.call_runtime("lnp_s_hypot_f64", &[ar, ai], &[types::F64])?[0]),
            Eq | Ne => {
                let cc = if op == Eq { FloatCC::Equal } else { FloatCC::NotEqual };
                let (re, im) = (self.b.ins().fcmp(cc, ar, br), self.b.ins().fcmp(cc, ai, bi));
                Val::One(match op {
                    Eq => self.b.ins().band(re, im),
                    _ => self.b.ins().bor(re, im),
                })
            }
            // By the real parts, then the imaginary ones; NumPy's rule for NaN.
            Lt | Le | Gt | Ge => {
                let strict = if matches!(op, Lt | Le) {
                    FloatCC::LessThan
                } else {
                    FloatCC::GreaterThan
                };
                let cc = float_cc(op).unwrap_or(strict);
                let re = self.b.ins().fcmp(strict, ar, br);
                let ordered = self.b.ins().fcmp(FloatCC::Ordered, ai, bi);
                let re = self.b.ins().band(re, ordered);
                let same = self.b.ins().fcmp(FloatCC::Equal, ar, br);
                let im = self.b.ins().fcmp(cc, ai, bi);
                let im = self.b.ins().band(same, im);
                Val::One(self.b.ins().bor(re, im))
            }
            IsNan | IsInf | IsFinite => {
                let re = self.scalar_float(op, DType::F64, &[Val::One(ar)])?;
                let im = self.scalar_float(op, DType::F64, &[Val::One(ai)])?;
                Val::One(match op {
                    IsFinite => self.b.ins().band(re, im),
                    _ => self.b.ins().bor(re, im),
                })
            }
            _ => return Err(unsupported(op, DType::C128)),
        })
    }

    /// C's conversion, as x86 does it: a float outside the integer's range (or NaN) gives
    /// the least integer.
    pub fn scalar_cast(&mut self, from: DType, to: DType, value: Val) -> Val {
        if from == to {
            return value;
        }
        let a = value.one();
        let to_ty = dtype_types(to)[0];
        if to == DType::C128 {
            let re = self.scalar_cast(from, DType::F64, value).one();
            return Val::Two(re, self.b.ins().f64const(0.0));
        }
        if from == DType::C128 {
            if to == DType::Bool {
                let (re, im) = value.two();
                let zero = self.b.ins().f64const(0.0);
                let re = self.b.ins().fcmp(FloatCC::NotEqual, re, zero);
                let im = self.b.ins().fcmp(FloatCC::NotEqual, im, zero);
                return Val::One(self.b.ins().bor(re, im));
            }
            return self.scalar_cast(DType::F64, to, Val::One(a));
        }
        Val::One(match (from, to) {
            (DType::F32 | DType::F64, DType::Bool) => {
                let zero = self.zero(dtype_types(from)[0]);
                self.b.ins().fcmp(FloatCC::NotEqual, a, zero)
            }
            (_, DType::Bool) => self.b.ins().icmp_imm_s(IntCC::NotEqual, a, 0),
            (DType::Bool, DType::I32 | DType::I64) => self.b.ins().uextend(to_ty, a),
            (DType::Bool, _) => {
                let int = self.b.ins().uextend(types::I32, a);
                self.b.ins().fcvt_from_sint(to_ty, int)
            }
            (DType::I32, DType::I64) => self.b.ins().sextend(to_ty, a),
            (DType::I64, DType::I32) => self.b.ins().ireduce(to_ty, a),
            (DType::I32 | DType::I64, _) => self.b.ins().fcvt_from_sint(to_ty, a),
            (DType::F32, DType::F64) => self.b.ins().fpromote(to_ty, a),
            (DType::F64, DType::F32) => self.b.ins().fdemote(to_ty, a),
            (_, _) => {
                let bits = to_ty.bits();
                let limit = self.float_const(dtype_types(from)[0], 2f64.powi(bits as i32 - 1));
                let inside = self.b.ins().fcmp(FloatCC::LessThan, a, limit);
                let converted = self.b.ins().fcvt_to_sint_sat(to_ty, a);
                let least = match to {
                    DType::I32 => i64::from(i32::MIN as u32),
                    _ => i64::MIN,
                };
                let least = self.b.ins().iconst(to_ty, least);
                // f32 below −2³¹ − 1 and the like saturate to the least integer already.
                self.b.ins().select(inside, converted, least)
            }
        })
    }
}

/// The condition of a comparison of signed integers.
pub fn int_cc(op: ScalarOp) -> Option<IntCC> {
    Some(match op {
        ScalarOp::Lt => IntCC::SignedLessThan,
        ScalarOp::Le => IntCC::SignedLessThanOrEqual,
        ScalarOp::Gt => IntCC::SignedGreaterThan,
        ScalarOp::Ge => IntCC::SignedGreaterThanOrEqual,
        ScalarOp::Eq => IntCC::Equal,
        ScalarOp::Ne => IntCC::NotEqual,
        _ => return None,
    })
}

/// The condition of a comparison of floats; only `Ne` holds for NaN.
pub fn float_cc(op: ScalarOp) -> Option<FloatCC> {
    Some(match op {
        ScalarOp::Lt => FloatCC::LessThan,
        ScalarOp::Le => FloatCC::LessThanOrEqual,
        ScalarOp::Gt => FloatCC::GreaterThan,
        ScalarOp::Ge => FloatCC::GreaterThanOrEqual,
        ScalarOp::Eq => FloatCC::Equal,
        ScalarOp::Ne => FloatCC::NotEqual,
        _ => return None,
    })
}
