//! Operations on chunks: NumPy's meaning in 128-bit lanes.
//!
//! What has no vector form goes lane by lane through the scalar operations.

use super::lanes::{Lanes, vector};
use crate::Error;
use crate::emit::{Emit, Val};
use crate::scalar::{float_cc, int_cc, unsupported};
use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::{InstBuilder, Value, types};
use lnp_abi::DType;
use lnp_ir::ScalarOp;

impl Emit<'_, '_> {
    /// One operation on chunks. `shift` is the count where a shift's is constant.
    pub fn chunk(
        &mut self,
        lanes: Lanes,
        op: ScalarOp,
        operands: &[DType],
        result: DType,
        args: &[Val],
        shift: Option<i64>,
    ) -> Result<Val, Error> {
        let dtype = operands[usize::from(op == ScalarOp::Select)];
        let scalar = |e: &mut Self| e.by_lanes(lanes, op, operands, result, args);
        match op {
            ScalarOp::Cast => return self.chunk_cast(lanes, operands[0], result, args[0]),
            ScalarOp::Select => {
                let cond = args[0].one();
                return Ok(match (args[1], args[2]) {
                    (Val::Two(ar, ai), Val::Two(br, bi)) => Val::Two(
                        self.blend(lanes, dtype, cond, ar, br),
                        self.blend(lanes, dtype, cond, ai, bi),
                    ),
                    (a, b) => Val::One(self.blend(lanes, dtype, cond, a.one(), b.one())),
                });
            }
            ScalarOp::MakeComplex => return Ok(Val::Two(args[0].one(), args[1].one())),
            _ => {}
        }
        match dtype {
            DType::Bool => self.chunk_bool(lanes, op, args).map(Val::One),
            DType::I32 | DType::I64 => match self.chunk_int(lanes, op, dtype, args, shift) {
                Some(value) => Ok(Val::One(value)),
                None => scalar(self),
            },
            DType::F32 | DType::F64 => self.chunk_float(lanes, op, dtype, args).map(Val::One),
            DType::C128 => self.chunk_complex(lanes, op, args),
        }
    }

    /// `cond ? a : b`; `cond` is the loop's mask.
    pub fn blend(&mut self, lanes: Lanes, dtype: DType, cond: Value, a: Value, b: Value) -> Value {
        let mask = self.mask_for(lanes, dtype, cond);
        self.blend_exact(mask, a, b)
    }

    /// The same with a mask of the operands' own lanes.
    pub fn blend_exact(&mut self, mask: Value, a: Value, b: Value) -> Value {
        let ty = self.b.func.dfg.value_type(a);
        let mask = self.recast(mask, ty);
        self.b.ins().bitselect(mask, a, b)
    }

    fn chunk_bool(&mut self, lanes: Lanes, op: ScalarOp, args: &[Val]) -> Result<Value, Error> {
        use ScalarOp::*;
        let a = args[0].one();
        let b = args.get(1).map_or(a, |v| v.one());
        Ok(match op {
            Add | Or | Max | FMax => self.b.ins().bor(a, b),
            Mul | And | Min | FMin => self.b.ins().band(a, b),
            Sub | Xor | Ne => self.b.ins().bxor(a, b),
            Eq => {
                let x = self.b.ins().bxor(a, b);
                self.b.ins().bnot(x)
            }
            Lt | Le | Gt | Ge => {
                let (below, above) = if matches!(op, Lt | Le) { (a, b) } else { (b, a) };
                let flipped = self.b.ins().bnot(below);
                match op {
                    Lt | Gt => self.b.ins().band(flipped, above),
                    _ => self.b.ins().bor(flipped, above),
                }
            }
            Not => self.b.ins().bnot(a),
            Abs | Sign | Floor | Ceil | Trunc | Rint | Conj => a,
            IsFinite => self.vector_bytes(lanes.mask(), [0xff; 16]),
            IsNan | IsInf | Signbit => self.vector_zero(lanes.mask()),
            _ => return Err(unsupported(op, DType::Bool)),
        })
    }

    /// `None`: lane by lane.
    fn chunk_int(
        &mut self,
        lanes: Lanes,
        op: ScalarOp,
        dtype: DType,
        args: &[Val],
        shift: Option<i64>,
    ) -> Option<Value> {
        use ScalarOp::*;
        let a = args[0].one();
        let b = args.get(1).map_or(a, |v| v.one());
        let ty = vector(dtype);
        if let Some(cc) = int_cc(op) {
            let mask = self.b.ins().icmp(cc, a, b);
            return Some(self.mask_from(lanes, dtype, mask));
        }
        Some(match op {
            Add => self.b.ins().iadd(a, b),
            Sub => self.b.ins().isub(a, b),
            Mul => self.b.ins().imul(a, b),
            Min | FMin | Max | FMax => {
                let cc = match op {
                    Min | FMin => IntCC::SignedLessThan,
                    _ => IntCC::SignedGreaterThan,
                };
                let mask = self.b.ins().icmp(cc, a, b);
                self.blend_exact(mask, a, b)
            }
            And => self.b.ins().band(a, b),
            Or => self.b.ins().bor(a, b),
            Xor => self.b.ins().bxor(a, b),
            Shl | Shr => {
                let width = i64::from(ty.lane_bits());
                let count = shift?;
                let inside = (0..width).contains(&count);
                match (op, inside) {
                    (Shl, true) => self.b.ins().ishl_imm_u(a, count),
                    (Shl, false) => self.vector_zero(ty),
                    (_, true) => self.b.ins().sshr_imm_u(a, count),
                    (_, false) => {
                        let zero = self.vector_zero(ty);
                        self.b.ins().icmp(IntCC::SignedLessThan, a, zero)
                    }
                }
            }
            Neg => self.b.ins().ineg(a),
            Abs => {
                let zero = self.vector_zero(ty);
                let negative = self.b.ins().icmp(IntCC::SignedLessThan, a, zero);
                let flipped = self.b.ins().bxor(a, negative);
                self.b.ins().isub(flipped, negative)
            }
            Sign => {
                let zero = self.vector_zero(ty);
                let below = self.b.ins().icmp(IntCC::SignedLessThan, a, zero);
                let above = self.b.ins().icmp(IntCC::SignedGreaterThan, a, zero);
                self.b.ins().isub(below, above)
            }
            Not => self.b.ins().bnot(a),
            Floor | Ceil | Trunc | Rint | Conj => a,
            IsFinite => self.vector_bytes(lanes.mask(), [0xff; 16]),
            IsNan | IsInf => self.vector_zero(lanes.mask()),
            Signbit => {
                let zero = self.vector_zero(ty);
                let mask = self.b.ins().icmp(IntCC::SignedLessThan, a, zero);
                self.mask_from(lanes, dtype, mask)
            }
            _ => return None,
        })
    }

    /// A float in every lane.
    fn float_lanes(&mut self, dtype: DType, value: f64) -> Value {
        let bits = match dtype {
            DType::F32 => u64::from((value as f32).to_bits()),
            _ => value.to_bits(),
        };
        self.vector_const(vector(dtype), bits)
    }

    pub(super) fn chunk_float(
        &mut self,
        lanes: Lanes,
        op: ScalarOp,
        dtype: DType,
        args: &[Val],
    ) -> Result<Value, Error> {
        use ScalarOp::*;
        let a = args[0].one();
        let b = args.get(1).map_or(a, |v| v.one());
        let ints = match dtype {
            DType::F32 => types::I32X4,
            _ => types::I64X2,
        };
        if let Some(cc) = float_cc(op) {
            let mask = self.b.ins().fcmp(cc, a, b);
            return Ok(self.mask_from(lanes, dtype, mask));
        }
        Ok(match op {
            Add => self.b.ins().fadd(a, b),
            Sub => self.b.ins().fsub(a, b),
            Mul => self.b.ins().fmul(a, b),
            Div => self.b.ins().fdiv(a, b),
            // The machine's min and max: the second of equal values or when one is NaN; so
            // only a NaN in the first is left to see to.
            Min | Max => {
                let less = match op {
                    Min => self.b.ins().fcmp(FloatCC::LessThan, a, b),
                    _ => self.b.ins().fcmp(FloatCC::LessThan, b, a),
                };
                let chosen = self.blend_exact(less, a, b);
                let nan = self.b.ins().fcmp(FloatCC::Unordered, a, a);
                self.blend_exact(nan, a, chosen)
            }
            FMin | FMax => {
                let first = match op {
                    FMin => self.b.ins().fcmp(FloatCC::LessThanOrEqual, a, b),
                    _ => self.b.ins().fcmp(FloatCC::LessThanOrEqual, b, a),
                };
                let nan = self.b.ins().fcmp(FloatCC::Unordered, b, b);
                let chosen = self.blend_exact(first, a, b);
                self.blend_exact(nan, a, chosen)
            }
            Copysign => {
                let sign = self.float_lanes(dtype, -0.0);
                self.blend_exact(sign, b, a)
            }
            Neg => self.b.ins().fneg(a),
            Abs => self.b.ins().fabs(a),
            Sign => {
                let zero = self.vector_zero(vector(dtype));
                let above = self.b.ins().fcmp(FloatCC::LessThan, zero, a);
                let below = self.b.ins().fcmp(FloatCC::LessThan, a, zero);
                let nan = self.b.ins().fcmp(FloatCC::Unordered, a, a);
                let (one, minus) = (self.float_lanes(dtype, 1.0), self.float_lanes(dtype, -1.0));
                let rest = self.blend_exact(nan, a, zero);
                let rest = self.blend_exact(below, minus, rest);
                self.blend_exact(above, one, rest)
            }
            Sqrt => self.b.ins().sqrt(a),
            Floor => self.b.ins().floor(a),
            Ceil => self.b.ins().ceil(a),
            Trunc => self.b.ins().trunc(a),
            Rint => self.b.ins().nearest(a),
            IsNan => {
                let mask = self.b.ins().fcmp(FloatCC::Unordered, a, a);
                self.mask_from(lanes, dtype, mask)
            }
            IsInf | IsFinite => {
                let size = self.b.ins().fabs(a);
                let inf = self.float_lanes(dtype, f64::INFINITY);
                let cc = if op == IsInf { FloatCC::Equal } else { FloatCC::LessThan };
                let mask = self.b.ins().fcmp(cc, size, inf);
                self.mask_from(lanes, dtype, mask)
            }
            Signbit => {
                let bits = self.recast(a, ints);
                let zero = self.vector_zero(ints);
                let mask = self.b.ins().icmp(IntCC::SignedLessThan, bits, zero);
                self.mask_from(lanes, dtype, mask)
            }
            Conj => a,
            _ => return Err(unsupported(op, dtype)),
        })
    }

    fn chunk_cast(&mut self, lanes: Lanes, from: DType, to: DType, value: Val) -> Result<Val, Error> {
        use DType::{Bool, C128, F32, F64, I32, I64};
        if from == to {
            return Ok(value);
        }
        let a = value.one();
        if to == C128 {
            let re = self.chunk_cast(lanes, from, F64, value)?.one();
            return Ok(Val::Two(re, self.vector_zero(types::F64X2)));
        }
        if from == C128 && to == Bool {
            let (re, im) = value.two();
            let zero = self.vector_zero(types::F64X2);
            let re = self.b.ins().fcmp(FloatCC::NotEqual, re, zero);
            let im = self.b.ins().fcmp(FloatCC::NotEqual, im, zero);
            return Ok(Val::One(self.b.ins().bor(re, im)));
        }
        if from == C128 {
            return self.chunk_cast(lanes, F64, to, Val::One(a));
        }
        if from == Bool {
            let mask = self.mask_for(lanes, to, a);
            let one = match to {
                F32 | F64 => self.float_lanes(to, 1.0),
                _ => self.vector_const(vector(to), 1),
            };
            let mask = self.recast(mask, vector(to));
            return Ok(Val::One(self.b.ins().band(mask, one)));
        }
        let x86 = cfg!(target_arch = "x86_64");
        Ok(Val::One(match (from, to) {
            (F32 | F64, Bool) => {
                let zero = self.vector_zero(vector(from));
                let mask = self.b.ins().fcmp(FloatCC::NotEqual, a, zero);
                self.mask_from(lanes, from, mask)
            }
            (_, Bool) => {
                let zero = self.vector_zero(vector(from));
                let mask = self.b.ins().icmp(IntCC::NotEqual, a, zero);
                self.mask_from(lanes, from, mask)
            }
            (I32, I64) => self.b.ins().swiden_low(a),
            (I64, I32) => self.narrow_64(a),
            (I32, F64) => {
                let wide = self.b.ins().swiden_low(a);
                self.b.ins().fcvt_from_sint(types::F64X2, wide)
            }
            (I64, F64) => self.b.ins().fcvt_from_sint(types::F64X2, a),
            (I32, F32) => self.b.ins().fcvt_from_sint(types::F32X4, a),
            (F32, F64) => self.b.ins().fvpromote_low(a),
            (F64, F32) => self.b.ins().fvdemote(a),
            (F32, I32) if x86 => self.b.ins().x86_cvtt2dq(types::I32X4, a),
            (F64, I32) if x86 => {
                let wide = self.b.ins().x86_cvtt2dq(types::I64X2, a);
                let zero = self.vector_zero(types::I64X2);
                self.b.ins().snarrow(wide, zero)
            }
            _ => return self.by_lanes(lanes, ScalarOp::Cast, &[from], to, &[value]),
        }))
    }
}
