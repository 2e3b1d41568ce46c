//! `str`, `repr`, `format`, f-strings and `%`.

use super::convert::sig;
use super::emit::arg;
use super::{FnLower, Res};
use crate::DType;
use crate::diag::Why;
use crate::types::Ty;
use crate::val::Val;
use lnp_ir::{Arg, Rt};
use rustpython_parser::ast::{self, Constant, Expr};

impl<'a> FnLower<'a> {
    /// `str(val)`.
    pub fn to_str(&mut self, val: &Val) -> Res {
        let val = self.materialize(val)?;
        self.each_member(&val, &mut |cx, v| cx.str_one(v))
    }

    fn str_one(&mut self, val: &Val) -> Res {
        let text = |cx: &mut Self, rt| Ok(cx.rt(rt, vec![arg(val)], Ty::Str));
        match &val.ty {
            Ty::Str => Ok(val.clone()),
            Ty::Bool | Ty::Np(DType::Bool) => match val.const_bool() {
                Some(v) => Ok(self.str(if v { "True" } else { "False" })),
                None => text(self, Rt::StrFromBool),
            },
            Ty::Int => match val.const_int() {
                Some(v) => Ok(self.str(&v.to_string())),
                None => text(self, Rt::StrFromI64),
            },
            Ty::Np(DType::I64 | DType::I32) => {
                let wide = self.to_dtype(val, DType::I64)?;
                Ok(self.rt(Rt::StrFromI64, vec![Arg::Value(wide)], Ty::Str))
            }
            Ty::Float | Ty::Np(DType::F64) => text(self, Rt::StrFromF64),
            Ty::Np(DType::F32) => text(self, Rt::StrFromF32),
            Ty::Complex | Ty::Np(DType::C128) => text(self, Rt::StrFromC128),
            Ty::Array(..) => text(self, Rt::StrFromArray),
            Ty::Obj => {
                let object = self.py_expr("str(_a)", &[("_a", val)])?;
                self.typed(&object, &Ty::Str)
            }
            Ty::DType(dtype) => Ok(self.str(dtype.numpy_name())),
            _ => self.repr_one(val),
        }
    }

    /// `repr(val)`.
    pub fn to_repr(&mut self, val: &Val) -> Res {
        let val = self.materialize(val)?;
        self.each_member(&val, &mut |cx, v| cx.repr_one(v))
    }

    fn repr_one(&mut self, val: &Val) -> Res {
        match &val.ty {
            Ty::None => Ok(self.str("None")),
            Ty::Ellipsis => Ok(self.str("Ellipsis")),
            Ty::Str => Ok(self.rt(Rt::ReprStr, vec![arg(val)], Ty::Str)),
            Ty::Array(..) => Ok(self.rt(Rt::ReprArray, vec![arg(val)], Ty::Str)),
            Ty::Np(DType::F32) => {
                let digits = self.str_one(val)?;
                let (open, close) = (self.str("np.float32("), self.str(")"));
                Ok(self.concat(&[open, digits, close]))
            }
            Ty::DType(dtype) => Ok(self.str(&format!("dtype('{}')", dtype.numpy_name()))),
            Ty::Range => {
                let part = |cx: &mut Self, k: usize| cx.str_one(&Val::one(Ty::Int, val.vals[k]));
                let (start, stop, step) = (part(self, 0)?, part(self, 1)?, part(self, 2)?);
                let (open, comma, close) = (self.str("range("), self.str(", "), self.str(")"));
                let short = self.concat(&[open.clone(), start.clone(), comma.clone(), stop.clone(), close.clone()]);
                let one = self.b.i64(1);
                let plain = self.b.scalar(lnp_ir::ScalarOp::Eq, &[val.vals[2], one]);
                self.choose(
                    plain,
                    |_| Ok(short),
                    |cx| Ok(cx.concat(&[open, start, comma.clone(), stop, comma, step, close])),
                )
            }
            Ty::Obj => {
                let object = self.py_expr("repr(_a)", &[("_a", val)])?;
                self.typed(&object, &Ty::Str)
            }
            Ty::Tuple(_) | Ty::List(_) if sig(&val.ty).is_some() => {
                let args = vec![Arg::Str(sig(&val.ty).unwrap_or_default()), Arg::Slots(val.vals.clone())];
                Ok(self.rt(Rt::ReprValue, args, Ty::Str))
            }
            Ty::Np(_) => {
                let args = vec![Arg::Str(sig(&val.ty).unwrap_or_default()), Arg::Slots(val.vals.clone())];
                Ok(self.rt(Rt::ReprValue, args, Ty::Str))
            }
            Ty::Tuple(_) => {
                let elems = val.elements().unwrap_or_default();
                let mut parts = vec![self.str("(")];
                for (k, elem) in elems.iter().enumerate() {
                    if k > 0 {
                        parts.push(self.str(", "));
                    }
                    parts.push(self.to_repr(elem)?);
                }
                parts.push(self.str(if elems.len() == 1 { ",)" } else { ")" }));
                Ok(self.concat(&parts))
            }
            ty if ty.is_weak() => self.str_one(val),
            Ty::Builtin(path) if !path.contains('.') && crate::builtins::is_class(path) => {
                let text = format!("<class '{path}'>");
                Ok(self.str(&text))
            }
            _ => {
                let object = self.to_obj(val)?;
                self.repr_one(&object)
            }
        }
    }

    /// Strings one after the other; constants next to each other become one.
    pub fn concat(&mut self, parts: &[Val]) -> Val {
        let mut joined: Vec<Val> = Vec::new();
        for part in parts {
            match (joined.last().and_then(Val::const_str), part.const_str()) {
                (_, Some("")) => {}
                (Some(before), Some(text)) => {
                    let text = format!("{before}{text}");
                    joined.pop();
                    let both = self.str(&text);
                    joined.push(both);
                }
                _ => joined.push(part.clone()),
            }
        }
        match joined.len() {
            0 => self.str(""),
            1 => joined.remove(0),
            _ => {
                let slots = joined.iter().map(Val::value).collect();
                self.rt(Rt::StrConcat, vec![Arg::Slots(slots)], Ty::Str)
            }
        }
    }

    /// `format(val, spec)`.
    pub fn format(&mut self, val: &Val, spec: &Val) -> Res {
        let val = self.materialize(val)?;
        if spec.const_str() == Some("") {
            return self.each_member(&val, &mut |cx, v| match v.ty {
                // `float32.__format__` is that of the float.
                Ty::Np(DType::F32) => {
                    let wide = cx.widen(v, &Ty::Float)?;
                    cx.to_str(&wide)
                }
                // A class of the program may have a `__format__`.
                Ty::Obj => cx.format_one(v, spec),
                _ => cx.to_str(v),
            });
        }
        self.each_member(&val, &mut |cx, v| cx.format_one(v, spec))
    }

    fn format_one(&mut self, val: &Val, spec: &Val) -> Res {
        if let Ty::Array(dtype, 0) = val.ty {
            let element = self.item(val, dtype);
            return self.format_one(&element, spec);
        }
        let codes = match &val.ty {
            Ty::Int | Ty::Np(DType::I64 | DType::I32) => "bcdoxXneEfFgG%",
            Ty::Float | Ty::Np(DType::F64) => "eEfFgGn%",
            Ty::Str => "s",
            _ => "",
        };
        // What ends in a letter that is no code of the type is wrong whatever the value is.
        let last = spec
            .const_str()
            .and_then(|s| s.chars().last())
            .filter(char::is_ascii_alphabetic);
        if let (Some(code), false) = (last, codes.is_empty() || codes.contains(last.unwrap_or('s'))) {
            let name = val.ty.python_name();
            let short = name.rsplit('.').next().unwrap_or(&name);
            let short = if matches!(val.ty, Ty::Np(DType::F64)) {
                "numpy.float64"
            } else {
                short
            };
            let text = format!("Unknown format code '{code}' for object of type '{short}'");
            return Err(self.wrong(lnp_abi::ExceptionKind::ValueError, &text));
        }
        let mut call = |rt, value| Ok(self.rt(rt, vec![Arg::Value(value), arg(spec)], Ty::Str));
        match &val.ty {
            Ty::Int => call(Rt::FormatI64, val.value()),
            Ty::Bool => call(Rt::FormatBool, val.value()),
            Ty::Float | Ty::Np(DType::F64) => call(Rt::FormatF64, val.value()),
            Ty::Complex | Ty::Np(DType::C128) => call(Rt::FormatC128, val.value()),
            Ty::Str => call(Rt::FormatStr, val.value()),
            Ty::Np(DType::I64 | DType::I32) => {
                let wide = self.to_dtype(val, DType::I64)?;
                Ok(self.rt(Rt::FormatI64, vec![Arg::Value(wide), arg(spec)], Ty::Str))
            }
            Ty::Np(DType::F32) => {
                let wide = self.to_dtype(val, DType::F64)?;
                Ok(self.rt(Rt::FormatF64, vec![Arg::Value(wide), arg(spec)], Ty::Str))
            }
            Ty::Obj => {
                let object = self.py_expr("format(_a, _b)", &[("_a", val), ("_b", spec)])?;
                self.typed(&object, &Ty::Str)
            }
            Ty::None | Ty::List(_) | Ty::Tuple(_) | Ty::Array(..) | Ty::Range if spec.const_str().is_some() => {
                let text = format!(
                    "unsupported format string passed to {}.__format__",
                    val.ty.python_name()
                );
                Err(self.type_error(text))
            }
            _ => {
                let object = self.to_obj(val)?;
                self.format_one(&object, spec)
            }
        }
    }

    pub fn f_string(&mut self, expr: &'a ast::ExprJoinedStr) -> Res {
        self.in_fstring += 1;
        let text = self.f_string_parts(&expr.values);
        self.in_fstring -= 1;
        text
    }

    fn f_string_parts(&mut self, values: &'a [Expr]) -> Res {
        let mut parts = Vec::new();
        for value in values {
            let part = match value {
                Expr::Constant(e) => match &e.value {
                    Constant::Str(text) => self.str(text),
                    _ => continue,
                },
                Expr::FormattedValue(e) => {
                    let val = self.lower_expr(&e.value)?;
                    let val = match e.conversion {
                        ast::ConversionFlag::None => val,
                        ast::ConversionFlag::Str => self.to_str(&val)?,
                        ast::ConversionFlag::Repr => self.to_repr(&val)?,
                        ast::ConversionFlag::Ascii => {
                            return Err(self.unsupported(Why::Expression, "the conversion '!a'"));
                        }
                    };
                    let spec = match &e.format_spec {
                        Some(spec) => self.lower_expr(spec)?,
                        None => self.str(""),
                    };
                    self.format(&val, &spec)?
                }
                other => {
                    let val = self.lower_expr(other)?;
                    self.to_str(&val)?
                }
            };
            parts.push(part);
        }
        Ok(self.concat(&parts))
    }

    /// `format % args`.
    pub fn percent_format(&mut self, format: &Val, args: &Val) -> Res {
        let args = self.materialize(args)?;
        if args.ty.has_obj() || format.ty == Ty::Obj {
            return self.py_binary(crate::ops::BinOp::Mod, format, &args, false);
        }
        let elems = match &args.ty {
            Ty::Tuple(_) => args.elements().unwrap_or_default(),
            _ => vec![args],
        };
        self.each_member_of(&elems, &mut |cx, elems| {
            let mut sigs = String::new();
            let mut slots = Vec::new();
            for elem in elems {
                let elem = match &elem.ty {
                    Ty::Np(DType::F32) => cx.widen(elem, &Ty::Np(DType::F64))?,
                    _ => elem.clone(),
                };
                match sig(&elem.ty) {
                    Some(s) => sigs += &s,
                    None => return Err(cx.unsupported(Why::Expression, "'%' with this value")),
                }
                slots.extend(elem.vals);
            }
            Ok(cx.rt(
                Rt::PercentFormat,
                vec![arg(format), Arg::Str(sigs), Arg::Slots(slots)],
                Ty::Str,
            ))
        })
    }
}
