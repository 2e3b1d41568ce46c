//! Expressions.

use super::{Bail, FnLower, Res};
use crate::ast::Constant;
use crate::diag::Why;
use crate::ops::{BinOp, UnaryOp};
use crate::scope::address;
use crate::types::{FuncTy, Ty};
use crate::val::{Args, Konst, Val, dtype_of};
use crate::walk::range_of;
use crate::{builtins, numpy};
use lnp_ir::{Arg, Rt};
use rustpython_parser::ast::{self, Expr};
use std::rc::Rc;

impl<'a> FnLower<'a> {
    /// The value of an expression, natively or from CPython.
    pub fn lower_expr(&mut self, expr: &'a Expr) -> Res {
        self.locate(range_of(expr));
        let result = self.or_python(|cx| cx.expr_native(expr), |cx, ty| cx.fallback_expr(expr, ty));
        match result {
            Err(Bail::Error(diagnostic)) => {
                // Reported; the rest of the program is still looked at.
                self.diagnostics.push(*diagnostic);
                let none = self.b.call_rt(Rt::PyNone, vec![], lnp_ir::Ty::Obj);
                Ok(Val::one(Ty::Obj, none))
            }
            other => other,
        }
    }

    fn expr_native(&mut self, expr: &'a Expr) -> Res {
        match expr {
            Expr::Constant(e) => self.constant(&e.value),
            Expr::Name(e) => self.read_name(e.id.as_str()),
            Expr::BinOp(e) => {
                let a = self.lower_expr(&e.left)?;
                let b = self.lower_expr(&e.right)?;
                self.locate(range_of(expr));
                self.binary(BinOp::of(&e.op), &a, &b)
            }
            Expr::UnaryOp(e) => {
                let op = match e.op {
                    ast::UnaryOp::Not => {
                        let a = self.lower_expr(&e.operand)?;
                        self.locate(range_of(expr));
                        return match self.known_truth(&a) {
                            Some(known) => Ok(self.bool(!known)),
                            None => self.negate(&a),
                        };
                    }
                    ast::UnaryOp::USub => UnaryOp::Neg,
                    ast::UnaryOp::UAdd => UnaryOp::Pos,
                    ast::UnaryOp::Invert => UnaryOp::Invert,
                };
                let a = self.lower_expr(&e.operand)?;
                self.locate(range_of(expr));
                self.unary(op, &a)
            }
            Expr::BoolOp(e) => self.bool_op(e),
            Expr::Compare(e) => self.compare_chain(e),
            Expr::IfExp(e) => self.if_exp(e),
            Expr::Call(e) => {
                let mut val = self.call_expr(e)?;
                if val.konst == Some(Konst::Part) && !numpy::aliasing::is_held(expr) {
                    val.konst = None;
                }
                Ok(val)
            }
            Expr::Attribute(e) => {
                let recv = self.lower_expr(&e.value)?;
                self.locate(range_of(expr));
                let mut val = self.attribute(&recv, e.attr.as_str())?;
                if val.konst == Some(Konst::Part) && !numpy::aliasing::is_held(&e.value) {
                    val.konst = None;
                }
                Ok(val)
            }
            Expr::Subscript(e) => {
                let recv = self.lower_expr(&e.value)?;
                let index = self.index(&e.slice)?;
                self.locate(range_of(expr));
                self.subscript(&recv, &index)
            }
            Expr::JoinedStr(e) => self.f_string(e),
            Expr::List(e) => {
                let elems = self.elements_of(&e.elts)?;
                let ty = super::convert::common(&elems);
                Ok(Val {
                    ty: Ty::list(ty),
                    vals: vec![],
                    konst: Some(Konst::ListLit(Rc::new(elems))),
                })
            }
            Expr::Tuple(e) => Ok(Val::tuple(self.elements_of(&e.elts)?)),
            Expr::ListComp(e) => self.list_comprehension(&e.elt, &e.generators),
            Expr::Lambda(e) => self.function_value(address(e)),
            Expr::Slice(_) => self.index(expr),
            Expr::NamedExpr(e) => {
                let val = self.lower_expr(&e.value)?;
                self.assign(&e.target, &val)?;
                // The value as the variable has it: a list display is a list now.
                match &*e.target {
                    Expr::Name(name) => self.read_name(name.id.as_str()),
                    _ => Ok(val),
                }
            }
            Expr::Dict(_) => Err(self.unsupported(Why::Expression, "a dict")),
            Expr::Set(_) => Err(self.unsupported(Why::Expression, "a set")),
            Expr::SetComp(_) => Err(self.unsupported(Why::Expression, "a set comprehension")),
            Expr::DictComp(_) => Err(self.unsupported(Why::Expression, "a dict comprehension")),
            Expr::GeneratorExp(_) => Err(self.unsupported(Why::Expression, "a generator expression")),
            Expr::Starred(_) => Err(self.unsupported(Why::Expression, "a starred expression")),
            Expr::Await(_) | Expr::Yield(_) | Expr::YieldFrom(_) => {
                Err(self.unsupported(Why::WholeFunction, "a generator or coroutine"))
            }
            Expr::FormattedValue(e) => {
                let val = self.lower_expr(&e.value)?;
                self.to_str(&val)
            }
        }
    }

    fn elements_of(&mut self, elts: &'a [Expr]) -> Res<Vec<Val>> {
        let mut out = Vec::new();
        for elt in elts {
            if let Expr::Starred(starred) = elt {
                let inner = self.lower_expr(&starred.value)?;
                match inner.elements() {
                    Some(elems) => out.extend(elems),
                    None => return Err(self.unsupported(Why::Expression, "unpacking a sequence of unknown length")),
                }
            } else {
                let elem = self.lower_expr(elt)?;
                if elem.ty.is_iterator() {
                    return Err(self.unsupported(Why::Expression, "an iterator kept in a sequence"));
                }
                out.push(elem);
            }
        }
        Ok(out)
    }

    pub fn constant(&mut self, value: &Constant) -> Res {
        Ok(match value {
            Constant::None => Val::none(),
            Constant::Bool(v) => self.bool(*v),
            Constant::Str(v) => self.str(v),
            Constant::Int(v) => match v.to_string().parse::<i64>() {
                Ok(v) => self.int(v),
                Err(_) => return Err(self.unsupported(Why::BigInt, "an integer beyond 64 bits")),
            },
            Constant::Float(v) => self.float(*v),
            Constant::Complex { real, imag } => self.complex(*real, *imag),
            Constant::Ellipsis => Val::unit(Ty::Ellipsis),
            Constant::Tuple(elems) => {
                let mut out = Vec::new();
                for elem in elems {
                    out.push(self.constant(elem)?);
                }
                Val::tuple(out)
            }
            Constant::Bytes(_) => return Err(self.unsupported(Why::Expression, "a bytes literal")),
        })
    }

    /// The value of what stands between the brackets of a subscript.
    pub fn index(&mut self, expr: &'a Expr) -> Res {
        match expr {
            Expr::Slice(e) => {
                let mut part = |e: &'a Option<Box<Expr>>| match e {
                    Some(e) => {
                        let val = self.lower_expr(e)?;
                        self.slice_bound(val)
                    }
                    None => Ok(Val::none()),
                };
                let parts = [part(&e.lower)?, part(&e.upper)?, part(&e.step)?];
                Ok(Val::slice(parts))
            }
            Expr::Tuple(e) => {
                let mut parts = Vec::new();
                for elt in &e.elts {
                    parts.push(self.index(elt)?);
                }
                Ok(Val::tuple(parts))
            }
            other => self.lower_expr(other),
        }
    }

    /// A bound of a slice; one of several integer types is an `int`.
    fn slice_bound(&mut self, val: Val) -> Res {
        let Ty::Union(members) = &val.ty else {
            return Ok(val);
        };
        if members.contains(&Ty::None) {
            return Err(self.unsupported(Why::Mixed, "a bound of a slice that is None or a number"));
        }
        let value = self.to_index(&val)?;
        Ok(Val::one(Ty::Int, value))
    }

    /// A function or lambda as a value.
    pub fn function_value(&mut self, node: usize) -> Res {
        match self.sess.scopes.at.get(&node) {
            Some(&decl) => {
                self.define_defaults(decl)?;
                Ok(Val::unit(Ty::Func(FuncTy { decl, captures: vec![] })))
            }
            None => Err(self.unsupported(Why::Expression, "this function")),
        }
    }

    pub fn subscript(&mut self, recv: &Val, index: &Val) -> Res {
        // A display indexed by a constant is its element.
        if let (Some(elems), Some(k)) = (recv.elements().filter(|_| recv.is_list_lit()), index.const_int()) {
            let at = if k < 0 { k + elems.len() as i64 } else { k };
            if let Some(elem) = usize::try_from(at).ok().and_then(|at| elems.get(at)) {
                return Ok(elem.clone());
            }
        }
        let recv = self.materialize(recv)?;
        if index.has_obj() && !matches!(recv.ty, Ty::Obj) {
            self.note_object(index, index);
            return self.py_expr("_a[_b]", &[("_a", &recv), ("_b", index)]);
        }
        self.each_member_of(&[recv, index.clone()], &mut |cx, ops| {
            cx.subscript_one(&ops[0], &ops[1])
        })
    }

    fn subscript_one(&mut self, recv: &Val, index: &Val) -> Res {
        match &recv.ty {
            Ty::Obj => {
                self.note_object(recv, index);
                self.py_expr("_a[_b]", &[("_a", recv), ("_b", index)])
            }
            Ty::Array(..) | Ty::Np(_) => {
                let result = numpy::subscript(self, recv, index);
                result.unwrap_or_else(|| Err(self.unsupported(Why::Function, "this kind of index")))
            }
            Ty::Tuple(_) => self.tuple_subscript(recv, index),
            Ty::List(_) => self.list_subscript(recv, index),
            Ty::Str => self.str_subscript(recv, index),
            Ty::Keywords(_) if index.const_str().is_some() => {
                let found = recv
                    .keywords()
                    .into_iter()
                    .find(|(n, _)| Some(&**n) == index.const_str());
                match found {
                    Some((_, val)) => Ok(val),
                    None => {
                        let text = format!("'{}'", index.const_str().unwrap_or_default());
                        Err(self.raise(lnp_abi::ExceptionKind::KeyError, &text))
                    }
                }
            }
            Ty::Range => self.range_subscript(recv, index),
            Ty::Int | Ty::Float | Ty::Bool | Ty::Complex | Ty::None | Ty::Func(_) => {
                let text = format!("'{}' object is not subscriptable", recv.ty.python_name());
                Err(self.type_error(text))
            }
            _ => Err(self.unsupported(Why::Expression, "subscripting this value")),
        }
    }

    pub fn attribute(&mut self, recv: &Val, name: &str) -> Res {
        let recv = self.materialize(recv)?;
        self.each_member(&recv, &mut |cx, recv| cx.attribute_one(recv, name))
    }

    fn attribute_one(&mut self, recv: &Val, name: &str) -> Res {
        match &recv.ty {
            Ty::Obj => {
                self.note_object(recv, recv);
                self.py_expr(&format!("_a.{name}"), &[("_a", recv)])
            }
            Ty::Module(path) => {
                let path = path.to_string();
                self.module_attribute(&path, name)
            }
            Ty::Builtin(path) if path.starts_with("sys.") => {
                let path = path.to_string();
                match builtins::sys::attribute(self, &path, name) {
                    Some(result) => result,
                    None => Err(self.unsupported(Why::Function, format!("{path}.{name}"))),
                }
            }
            Ty::Builtin(path) if name == "__name__" => {
                let short = path.rsplit('.').next().unwrap_or(path).to_owned();
                // Aliases of a class have its name, but for `longlong`, which is one of its own.
                match (path.starts_with("numpy."), dtype_of(recv)) {
                    (false, _) => Ok(self.str(&short)),
                    (true, Some(dtype)) if short != "longlong" => Ok(self.str(dtype.numpy_name())),
                    _ => Err(self.unsupported(Why::Function, format!("{path}.__name__"))),
                }
            }
            Ty::Builtin(path) if path.starts_with("numpy.") => {
                let path = path.to_string();
                match numpy::module_attribute(self, &path, name) {
                    Some(result) => result,
                    None => Err(self.unsupported(Why::Function, format!("{path}.{name}"))),
                }
            }
            Ty::Array(..) | Ty::Np(_) | Ty::DType(_) | Ty::Rng => match numpy::attribute(self, recv, name) {
                Some(result) => result,
                None => Err(match numpy::members::refusal(self, &recv.ty, name) {
                    Some(bail) => bail,
                    None => self.unsupported(Why::Function, format!("the attribute '{name}' of an array")),
                }),
            },
            Ty::Complex if name == "real" || name == "imag" => {
                let op = if name == "real" {
                    lnp_ir::ScalarOp::Re
                } else {
                    lnp_ir::ScalarOp::Im
                };
                Ok(Val::one(Ty::Float, self.b.scalar(op, &[recv.value()])))
            }
            Ty::Float | Ty::Int | Ty::Bool if name == "real" => Ok(recv.clone()),
            Ty::Float if name == "imag" => Ok(self.float(0.0)),
            Ty::Int | Ty::Bool if name == "imag" => Ok(self.int(0)),
            Ty::Range if matches!(name, "start" | "stop" | "step") => {
                let k = ["start", "stop", "step"].iter().position(|n| *n == name).unwrap_or(0);
                Ok(Val::one(Ty::Int, recv.vals[k]))
            }
            Ty::Func(func) if name == "__name__" => {
                let name = self.sess.scopes.decls[func.decl].name.clone();
                Ok(self.str(&name))
            }
            Ty::Func(_) if !name.starts_with("__") => Err(self.give_up("an attribute of a function")),
            Ty::Str
            | Ty::List(_)
            | Ty::Tuple(_)
            | Ty::Int
            | Ty::Float
            | Ty::Complex
            | Ty::Bool
            | Ty::None
            | Ty::Range => builtins::methods::attribute(self, recv, name),
            _ => Err(self.unsupported(Why::Expression, format!("the attribute '{name}'"))),
        }
    }

    /// The method object's receiver and name, called.
    pub fn call_bound(&mut self, method: &Val, args: &Args) -> Res {
        let Ty::Method(recv, name) = &method.ty else {
            return Err(self.unsupported(Why::Expression, "this call"));
        };
        let recv = Val::new((**recv).clone(), method.vals.clone());
        let name = name.clone();
        self.call_method(&recv, &name, args)
    }

    pub fn str_len(&mut self, val: &Val) -> lnp_ir::Value {
        self.b
            .call_rt(Rt::StrLen, vec![Arg::Value(val.value())], lnp_ir::Ty::I64)
    }
}
