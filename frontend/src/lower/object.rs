//! CPython objects: boxing native values, typed results, and operations on objects.

use super::convert::sig;
use super::{FnLower, Res};
use crate::diag::Why;
use crate::ops::{BinOp, CmpOp};
use crate::types::Ty;
use crate::val::Val;
use lnp_ir::{self as ir, Arg, Rt};

impl<'a> FnLower<'a> {
    /// The value as a CPython object. Lists are copied: see [`FnLower::share`].
    pub fn to_obj(&mut self, val: &Val) -> Res {
        let val = &self.materialize(val)?;
        let one = |cx: &mut Self, rt| {
            let object = cx.b.call_rt(rt, vec![Arg::Value(val.value())], ir::Ty::Obj);
            Ok(Val::one(Ty::Obj, object))
        };
        match &val.ty {
            Ty::Obj => Ok(val.clone()),
            Ty::None => {
                let none = self.b.call_rt(Rt::PyNone, vec![], ir::Ty::Obj);
                Ok(Val::one(Ty::Obj, none))
            }
            Ty::Bool => one(self, Rt::PyFromBool),
            Ty::Int => one(self, Rt::PyFromI64),
            Ty::Float => one(self, Rt::PyFromF64),
            Ty::Complex => one(self, Rt::PyFromC128),
            Ty::Str => one(self, Rt::PyFromStr),
            Ty::Array(..) => one(self, Rt::PyFromArray),
            Ty::Rng => one(self, Rt::PyFromRng),
            Ty::Np(dtype) => {
                let args = vec![Arg::Imm(*dtype as i64), Arg::Slots(vec![val.value()])];
                Ok(self.rt(Rt::PyFromNumpy, args, Ty::Obj))
            }
            Ty::List(_) | Ty::Tuple(_) if sig(&val.ty).is_some() => {
                let args = vec![Arg::Str(sig(&val.ty).unwrap_or_default()), Arg::Slots(val.vals.clone())];
                Ok(self.rt(Rt::PyFromValue, args, Ty::Obj))
            }
            Ty::Tuple(_) => {
                let elems = val.elements().unwrap_or_default();
                self.py_display(&elems, "(", ",)")
            }
            Ty::Slice(_) => {
                let elems = val.elements().unwrap_or_default();
                self.py_display(&elems, "slice(", ")")
            }
            Ty::Range => {
                let ints: Vec<Val> = val.vals.iter().map(|&v| Val::one(Ty::Int, v)).collect();
                self.py_display(&ints, "range(", ")")
            }
            Ty::Zip(_) => {
                let elems = val.elements().unwrap_or_default();
                self.py_display(&elems, "zip(", ")")
            }
            Ty::Enumerate(inner) => {
                let start = Val::one(Ty::Int, val.vals[0]);
                let inner = Val::new((**inner).clone(), val.vals[1..].to_vec());
                self.py_display(&[inner, start], "enumerate(", ")")
            }
            Ty::Reversed(inner) => {
                let inner = Val::new((**inner).clone(), val.vals.clone());
                self.py_display(&[inner], "reversed(", ")")
            }
            Ty::Union(_) => self.each_member(val, &mut |cx, member| cx.to_obj(member)),
            Ty::Ellipsis => self.py_expr("...", &[]),
            Ty::DType(dtype) => {
                self.py_import("numpy");
                self.py_expr(&format!("numpy.dtype('{}')", dtype.numpy_name()), &[])
            }
            Ty::Module(path) | Ty::Builtin(path) => {
                let path = path.to_string();
                let text = self.py_path(&path);
                self.py_expr(&text, &[])
            }
            Ty::Method(recv, name) => {
                let recv = Val::new((**recv).clone(), val.vals.clone());
                let recv = self.share(&recv)?;
                self.py_expr(&format!("_a.{name}"), &[("_a", &recv)])
            }
            Ty::Func(func) => {
                let func = func.clone();
                self.py_function(&func, val)
            }
            Ty::Keywords(_) => Err(self.unsupported(Why::Expression, "a dict")),
            Ty::List(_) => Err(self.unsupported(Why::Mixed, "a list of these values")),
            Ty::Bottom => Err(super::Bail::Unreachable),
        }
    }

    /// The keywords of a call as the dict that the function sees.
    pub fn dict_of(&mut self, keywords: &Val) -> Res {
        let mut inputs = Vec::new();
        let mut items = Vec::new();
        for (k, (name, val)) in keywords.keywords().into_iter().enumerate() {
            items.push(format!("'{name}': _a{k}"));
            inputs.push((format!("_a{k}"), self.share(&val)?));
        }
        let inputs: Vec<(&str, &Val)> = inputs.iter().map(|(name, val)| (&**name, val)).collect();
        self.py_expr(&format!("{{{}}}", items.join(", ")), &inputs)
    }

    /// As [`FnLower::to_obj`] for CPython code that may change it. The runtime lends lists and
    /// takes their elements back; that cannot be where their type is not known yet.
    pub fn share(&mut self, val: &Val) -> Res {
        let val = self.materialize(val)?;
        match lendable(&val.ty) {
            true => self.to_obj(&val),
            false => self.hand_over(&val),
        }
    }

    /// As [`FnLower::to_obj`], for good: a list's variables become the object, so that CPython
    /// may put anything into it.
    pub fn hand_over(&mut self, val: &Val) -> Res {
        let val = self.materialize(val)?;
        let object = self.to_obj(&val)?;
        let Some(list) = self.list_to_give(&val)? else {
            return Ok(object);
        };
        // What was lent stays the list's: a copy is CPython's own.
        let object = self.py_expr("list(_a)", &[("_a", &object)])?;
        self.rebind_list(list, &object);
        Ok(object)
    }

    /// The list of a value that becomes CPython's for good. One that others hold too stays the
    /// program's: the runtime keeps the two equal, and refuses what does not fit.
    pub fn list_to_give(&mut self, val: &Val) -> Res<Option<ir::Value>> {
        let (Ty::List(_), [list]) = (&val.ty, &val.vals[..]) else {
            return Ok(None);
        };
        if !lendable(&val.ty) {
            self.own_list(*list)?;
        }
        if self.own_list(*list).is_ok() && self.is_own_list(val) {
            return Ok(Some(*list));
        }
        self.lends = true;
        self.list_of_objects(val)?;
        Ok(None)
    }

    fn py_display(&mut self, elems: &[Val], open: &str, close: &str) -> Res {
        let names: Vec<String> = (0..elems.len()).map(|k| format!("_a{k}")).collect();
        let inputs: Vec<(&str, &Val)> = names.iter().map(String::as_str).zip(elems).collect();
        let source = match elems.len() {
            0 => format!("{open}{}", close.trim_start_matches(',')),
            _ => format!("{open}{}{close}", names.join(", ")),
        };
        self.py_expr(&source, &inputs)
    }

    /// The expression for a catalog path, its module imported.
    pub fn py_path(&mut self, path: &str) -> String {
        if let Some((module, _)) = path.split_once('.') {
            let module = module.to_owned();
            self.py_import(&module);
        } else if matches!(path, "numpy" | "math" | "sys" | "time") {
            self.py_import(path);
        }
        path.to_owned()
    }

    /// A CPython object as a value of a native type, checked at run time.
    pub fn typed(&mut self, val: &Val, ty: &Ty) -> Res {
        if val.ty != Ty::Obj {
            return Ok(val.clone());
        }
        let object = Arg::Value(val.value());
        match ty {
            Ty::Obj => Ok(val.clone()),
            Ty::None => Ok(Val::none()),
            Ty::Bool => Ok(self.rt(Rt::PyToBool, vec![object], Ty::Bool)),
            Ty::Int => Ok(self.rt(Rt::PyToI64, vec![object], Ty::Int)),
            Ty::Float => Ok(self.rt(Rt::PyToF64, vec![object], Ty::Float)),
            Ty::Complex => Ok(self.rt(Rt::PyToC128, vec![object], Ty::Complex)),
            Ty::Str => Ok(self.rt(Rt::PyToStr, vec![object], Ty::Str)),
            Ty::Array(dtype, ndim) => {
                let args = vec![object, Arg::Imm(*dtype as i64), Arg::Imm(*ndim as i64)];
                Ok(self.rt(Rt::PyToArray, args, ty.clone()))
            }
            Ty::Np(dtype) => {
                let (python, rt) = match dtype {
                    lnp_ir::DType::Bool => (Ty::Bool, Rt::PyToBool),
                    lnp_ir::DType::I32 | lnp_ir::DType::I64 => (Ty::Int, Rt::PyToI64),
                    lnp_ir::DType::F32 | lnp_ir::DType::F64 => (Ty::Float, Rt::PyToF64),
                    lnp_ir::DType::C128 => (Ty::Complex, Rt::PyToC128),
                };
                let wide = self.rt(rt, vec![object], python);
                self.widen(&wide, ty)
            }
            Ty::Tuple(tys) => {
                let mut elems = Vec::new();
                for (k, ty) in tys.iter().enumerate() {
                    let args = vec![object.clone(), Arg::Imm(k as i64)];
                    let item = self.rt(Rt::PyItem, args, Ty::Obj);
                    elems.push(self.typed(&item, ty)?);
                }
                Ok(Val::tuple(elems))
            }
            _ => Ok(val.clone()),
        }
    }

    /// An operation of which some operand is an object, or that has no native form.
    pub fn py_binary(&mut self, op: BinOp, a: &Val, b: &Val, inplace: bool) -> Res {
        let symbol = match op {
            BinOp::Pow => "**",
            other => other.symbol(),
        };
        self.note_object(a, b);
        if inplace {
            let a = self.hand_over(a)?;
            let source = format!("_a {symbol}= _b");
            return self.py_stmt_value(&source, &[("_a", &a), ("_b", b)], "_a");
        }
        self.py_expr(&format!("_a {symbol} _b"), &[("_a", a), ("_b", b)])
    }

    pub fn py_compare(&mut self, op: CmpOp, a: &Val, b: &Val) -> Res {
        self.note_object(a, b);
        self.py_expr(&format!("_a {} _b", op.symbol()), &[("_a", a), ("_b", b)])
    }

    /// Says that an object takes part.
    pub fn note_object(&mut self, a: &Val, b: &Val) {
        if a.has_obj() || b.has_obj() {
            self.warn(Why::Object, "an operation on a CPython object", self.range.clone());
        }
    }
}

/// Whether the runtime knows the type of every list in it.
pub(super) fn lendable(ty: &Ty) -> bool {
    match ty {
        Ty::List(elem) => **elem != Ty::Bottom && lendable(elem),
        _ => true,
    }
}
