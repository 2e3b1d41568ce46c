//! Python's own arithmetic on 64-bit ints and floats: tests beside the operation, the
//! errors in cold blocks.

use super::Host;
use crate::Error;
use crate::emit::Val;
use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::{InstBuilder, Value, types};
use lnp_abi::ExceptionKind;
use lnp_ir::{CheckedOp, DType, ScalarOp};

const OVERFLOW: &str = "int result does not fit in 64 bits";
const ZERO_FLOORDIV: &str = "integer division or modulo by zero";
const ZERO_MOD: &str = "integer modulo by zero";
const ZERO_TRUEDIV: &str = "division by zero";
const ZERO_FLOATDIV: &str = "float division by zero";
const NEGATIVE_SHIFT: &str = "negative shift count";

/// Integers up to here are exact as floats.
const EXACT: i64 = 1 << 53;

impl Host<'_, '_, '_> {
    fn overflow_if(&mut self, cond: Value, line: u32) {
        self.raise_if(cond, ExceptionKind::OverflowError, OVERFLOW, line);
    }

    pub(super) fn checked(&mut self, op: CheckedOp, args: &[Value], line: u32) -> Result<Value, Error> {
        let a = args[0];
        let b = args.get(1).copied().unwrap_or(a);
        Ok(match op {
            CheckedOp::Add | CheckedOp::Sub | CheckedOp::Mul => {
                let (value, over) = match op {
                    CheckedOp::Add => self.e.b.ins().sadd_overflow(a, b),
                    CheckedOp::Sub => self.e.b.ins().ssub_overflow(a, b),
                    _ => self.e.b.ins().smul_overflow(a, b),
                };
                self.overflow_if(over, line);
                value
            }
            CheckedOp::Neg | CheckedOp::Abs => {
                let least = self.e.b.ins().icmp_imm_s(IntCC::Equal, a, i64::MIN);
                self.overflow_if(least, line);
                let op = if op == CheckedOp::Neg {
                    ScalarOp::Neg
                } else {
                    ScalarOp::Abs
                };
                self.int(op, &[a])?
            }
            CheckedOp::FloorDiv | CheckedOp::Mod => {
                let zero = self.e.b.ins().icmp_imm_s(IntCC::Equal, b, 0);
                let floor = op == CheckedOp::FloorDiv;
                let text = if floor { ZERO_FLOORDIV } else { ZERO_MOD };
                self.raise_if(zero, ExceptionKind::ZeroDivisionError, text, line);
                if floor {
                    let least = self.e.b.ins().icmp_imm_s(IntCC::Equal, a, i64::MIN);
                    let minus_one = self.e.b.ins().icmp_imm_s(IntCC::Equal, b, -1);
                    let over = self.e.b.ins().band(least, minus_one);
                    self.overflow_if(over, line);
                }
                let op = if floor { ScalarOp::FloorDiv } else { ScalarOp::Mod };
                self.int(op, &[a, b])?
            }
            CheckedOp::Shl => {
                self.negative_shift(b, line);
                let shifted = self.int(ScalarOp::Shl, &[a, b])?;
                let back = self.int(ScalarOp::Shr, &[shifted, b])?;
                let over = self.e.b.ins().icmp(IntCC::NotEqual, back, a);
                self.overflow_if(over, line);
                shifted
            }
            CheckedOp::Shr => {
                self.negative_shift(b, line);
                self.int(ScalarOp::Shr, &[a, b])?
            }
            CheckedOp::TrueDiv => {
                let zero = self.e.b.ins().icmp_imm_s(IntCC::Equal, b, 0);
                self.raise_if(zero, ExceptionKind::ZeroDivisionError, ZERO_TRUEDIV, line);
                self.true_division(a, b)?
            }
            CheckedOp::FloatDiv => {
                let none = self.e.b.ins().f64const(0.0);
                let zero = self.e.b.ins().fcmp(FloatCC::Equal, b, none);
                self.raise_if(zero, ExceptionKind::ZeroDivisionError, ZERO_FLOATDIV, line);
                self.e.b.ins().fdiv(a, b)
            }
        })
    }

    fn int(&mut self, op: ScalarOp, args: &[Value]) -> Result<Value, Error> {
        let args: Vec<Val> = args.iter().map(|&a| Val::One(a)).collect();
        Ok(self.e.scalar(op, DType::I64, DType::I64, &args)?.one())
    }

    fn negative_shift(&mut self, count: Value, line: u32) {
        let negative = self.e.b.ins().icmp_imm_s(IntCC::SignedLessThan, count, 0);
        self.raise_if(negative, ExceptionKind::ValueError, NEGATIVE_SHIFT, line);
    }

    /// The correctly rounded quotient of two ints. Exact operands divide as floats; others
    /// go to the runtime.
    fn true_division(&mut self, a: Value, b: Value) -> Result<Value, Error> {
        let inside = |host: &mut Self, v: Value| {
            let moved = host.e.b.ins().iadd_imm_s(v, EXACT);
            host.e
                .b
                .ins()
                .icmp_imm_s(IntCC::UnsignedLessThanOrEqual, moved, 2 * EXACT)
        };
        let (a_in, b_in) = (inside(self, a), inside(self, b));
        let exact = self.e.b.ins().band(a_in, b_in);
        let (near, far, join) = (
            self.e.b.create_block(),
            self.e.b.create_block(),
            self.e.b.create_block(),
        );
        self.e.b.set_cold_block(far);
        let result = self.e.b.append_block_param(join, types::F64);
        self.e.b.ins().brif(exact, near, &[], far, &[]);
        self.e.b.switch_to_block(near);
        let a_float = self.e.b.ins().fcvt_from_sint(types::F64, a);
        let b_float = self.e.b.ins().fcvt_from_sint(types::F64, b);
        let quotient = self.e.b.ins().fdiv(a_float, b_float);
        self.e.b.ins().jump(join, &[quotient.into()]);
        self.e.b.switch_to_block(far);
        let quotient = self.e.call_runtime("lnp_s_truediv_i64", &[a, b], &[types::F64])?[0];
        self.e.b.ins().jump(join, &[quotient.into()]);
        self.e.b.switch_to_block(join);
        Ok(result)
    }
}
