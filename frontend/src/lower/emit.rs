//! Small building blocks: constants, exceptions, branches that give a value.

use super::{Bail, FnLower, Res};
use crate::types::Ty;
use crate::val::{Konst, Val};
use lnp_abi::ExceptionKind;
use lnp_ir::{self as ir, Arg, Rt};

impl<'a> FnLower<'a> {
    pub fn int(&mut self, v: i64) -> Val {
        Val::one(Ty::Int, self.b.i64(v)).with_konst(Konst::Int(v))
    }

    pub fn float(&mut self, v: f64) -> Val {
        Val::one(Ty::Float, self.b.f64(v)).with_konst(Konst::Float(v))
    }

    pub fn bool(&mut self, v: bool) -> Val {
        Val::one(Ty::Bool, self.b.bool(v)).with_konst(Konst::Bool(v))
    }

    pub fn complex(&mut self, re: f64, im: f64) -> Val {
        let value = self.b.constant(ir::Const::C128(re.to_bits(), im.to_bits()));
        Val::one(Ty::Complex, value).with_konst(Konst::Complex(re, im))
    }

    pub fn str(&mut self, v: &str) -> Val {
        Val::one(Ty::Str, self.b.str(v)).with_konst(Konst::Str(v.into()))
    }

    /// Raises an exception of a constant text; what follows is unreachable.
    ///
    /// A wrong type where the code surely runs is an error of the compilation instead.
    pub fn raise(&mut self, kind: ExceptionKind, message: &str) -> Bail {
        match kind {
            ExceptionKind::TypeError | ExceptionKind::AttributeError => self.wrong(kind, message),
            _ => self.raise_late(kind, message),
        }
    }

    /// Something that is wrong whatever the values are: an error of the compilation where the
    /// code surely runs, else an exception.
    pub fn wrong(&mut self, kind: ExceptionKind, message: &str) -> Bail {
        if self.conditional == 0 {
            let problem = crate::Problem::WrongType {
                message: message.to_owned(),
            };
            return self.error(problem, None);
        }
        self.raise_late(kind, message)
    }

    /// As [`FnLower::wrong`], of a call's arguments or an operation's operands.
    pub fn wrong_arguments(&mut self, message: String, help: Option<String>) -> Bail {
        match self.is_certain() {
            true => self.error(crate::Problem::WrongArguments { message }, help),
            false => self.raise_late(ExceptionKind::TypeError, &message),
        }
    }

    /// Raises at run time, whatever it is.
    pub fn raise_late(&mut self, kind: ExceptionKind, message: &str) -> Bail {
        let args = vec![Arg::Imm(kind as i64), Arg::Str(message.to_owned())];
        self.b.call_rt_unit(Rt::Raise, args);
        self.b.terminate(ir::Terminator::Unwind);
        Bail::Unreachable
    }

    pub fn type_error(&mut self, message: impl AsRef<str>) -> Bail {
        self.raise(ExceptionKind::TypeError, message.as_ref())
    }

    pub fn value_error(&mut self, message: impl AsRef<str>) -> Bail {
        self.raise(ExceptionKind::ValueError, message.as_ref())
    }

    /// Raises with a text made at run time.
    pub fn raise_value(&mut self, kind: ExceptionKind, message: ir::Value) -> Bail {
        self.raise_code(kind as i64, message)
    }

    pub fn raise_code(&mut self, kind: i64, message: ir::Value) -> Bail {
        let args = vec![Arg::Imm(kind), Arg::Value(message)];
        self.b.call_rt_unit(Rt::Raise, args);
        self.b.terminate(ir::Terminator::Unwind);
        Bail::Unreachable
    }

    /// Raises if `cond` holds; continues in a new block otherwise.
    pub fn raise_if(&mut self, cond: ir::Value, kind: ExceptionKind, message: &str) {
        let bad = self.b.func.new_block();
        let good = self.b.func.new_block();
        self.b.branch(cond, bad, good);
        self.b.switch_to(bad);
        let _ = self.conditionally(|cx| cx.raise(kind, message));
        self.b.switch_to(good);
    }

    /// A runtime call whose result is a value of frontend type `ty` (one SSA value).
    pub fn rt(&mut self, rt: Rt, args: Vec<Arg>, ty: Ty) -> Val {
        let result = ty.repr();
        debug_assert_eq!(result.len(), 1);
        let value = self.b.call_rt(rt, args, result[0]);
        Val::one(ty, value)
    }

    pub fn rt_unit(&mut self, rt: Rt, args: Vec<Arg>) -> Val {
        self.b.call_rt_unit(rt, args);
        Val::none()
    }

    /// `if cond: then else: other` as a value: both arms are lowered, their results joined.
    pub fn choose(
        &mut self,
        cond: ir::Value,
        then: impl FnOnce(&mut Self) -> Res,
        other: impl FnOnce(&mut Self) -> Res,
    ) -> Res {
        let (a, b) = (self.b.func.new_block(), self.b.func.new_block());
        self.b.branch(cond, a, b);
        let start = self.env.clone();
        let mut edges = Vec::new();
        self.b.switch_to(a);
        let arm = self.conditionally(then);
        self.arm(arm, &mut edges)?;
        self.b.switch_to(b);
        self.env = start;
        let arm = self.conditionally(other);
        self.arm(arm, &mut edges)?;
        match self.merge_all(edges)? {
            Some(mut vals) => Ok(vals.remove(0)),
            None => Err(Bail::Unreachable),
        }
    }

    fn arm(&mut self, result: Res, edges: &mut Vec<super::Edge>) -> Res<()> {
        match result {
            Ok(val) => {
                let val = self.materialize(&val)?;
                edges.push(self.edge(vec![val]));
                Ok(())
            }
            Err(Bail::Unreachable) => Ok(()),
            Err(bail) => Err(bail),
        }
    }
}

/// `Arg::Value` of a one-value operand.
pub fn arg(val: &Val) -> Arg {
    Arg::Value(val.value())
}
