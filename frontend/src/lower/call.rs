//! Calls: arguments, and who is called.

use super::{FnLower, Res};
use crate::diag::Why;
use crate::types::Ty;
use crate::val::{Args, Val};
use crate::walk::{Names, range_of};
use crate::{builtins, numpy};
use rustpython_parser::ast::{self, Expr};

/// Copies of a call for the types that its arguments may have at run time.
const MAX_COMBINATIONS: usize = 64;

impl<'a> FnLower<'a> {
    pub fn call_expr(&mut self, e: &'a ast::ExprCall) -> Res {
        let range = range_of(e);
        // A method: the receiver first, then the arguments.
        if let Expr::Attribute(attr) = &*e.func {
            let recv = self.lower_expr(&attr.value)?;
            if !matches!(recv.ty, Ty::Module(_) | Ty::Builtin(_)) {
                let recv = self.materialize(&recv)?;
                let args = self.arguments(e, method_uses_up(&recv.ty, attr, e))?;
                self.locate(range);
                // An argument may have given an empty list its element type.
                let recv = self.refreshed(&attr.value, recv);
                return self.call_method(&recv, attr.attr.as_str(), &args);
            }
            self.locate(range_of(&*e.func));
            let callee = self.or_python(
                |cx| cx.attribute(&recv, attr.attr.as_str()),
                |cx, _| {
                    let object = cx.to_obj(&recv)?;
                    cx.py_expr(&format!("_a.{}", attr.attr), &[("_a", &object)])
                },
            )?;
            let args = self.arguments(e, false)?;
            self.locate(range);
            return self.call_value(&callee, &args);
        }
        let callee = self.lower_expr(&e.func)?;
        if let (Ty::Builtin(path), [Expr::GeneratorExp(generator)], []) = (&callee.ty, &e.args[..], &e.keywords[..])
            && matches!(&**path, "any" | "all")
        {
            return self.quantified(&**path == "any", generator);
        }
        let args = self.arguments(e, uses_up(&callee.ty))?;
        self.locate(range);
        self.call_value(&callee, &args)
    }

    /// A list variable's value, read again.
    fn refreshed(&mut self, expr: &'a Expr, val: Val) -> Val {
        if let (Expr::Name(name), Ty::List(_)) = (expr, &val.ty)
            && let Some(key) = self.resolve(name.id.as_str())
            && let Some(var) = self.env.get(&key)
            && (var.val.vals == val.vals || var.val.ty == Ty::Obj)
        {
            return var.val.clone();
        }
        val
    }

    /// `uses_up`: the callee takes all elements of a generator expression before it does anything.
    fn arguments(&mut self, e: &'a ast::ExprCall, uses_up: bool) -> Res<Args> {
        let mut args = Args::default();
        for arg in &e.args {
            match arg {
                Expr::Starred(starred) => {
                    let val = self.lower_expr(&starred.value)?;
                    match val.elements() {
                        Some(elems) => args.pos.extend(elems),
                        None => return Err(self.unsupported(Why::Expression, "a call with '*'")),
                    }
                }
                Expr::GeneratorExp(generator) if uses_up => {
                    self.locate(range_of(arg));
                    args.pos.push(self.or_python(
                        |cx| cx.list_comprehension(&generator.elt, &generator.generators),
                        |cx, ty| cx.fallback_expr(arg, ty),
                    )?);
                }
                // Not by itself: the call may use it up.
                Expr::GeneratorExp(_) => return Err(self.unsupported(Why::Expression, "a generator expression")),
                other => args.pos.push(self.lower_expr(other)?),
            }
        }
        for keyword in &e.keywords {
            let Some(name) = &keyword.arg else {
                let val = self.lower_expr(&keyword.value)?;
                if let Ty::Keywords(_) = val.ty {
                    args.kw
                        .extend(val.keywords().into_iter().map(|(n, v)| (n.to_string(), v)));
                    continue;
                }
                return Err(self.unsupported(Why::Expression, "a call with '**'"));
            };
            let val = self.lower_expr(&keyword.value)?;
            args.kw.push((name.to_string(), val));
        }
        Ok(args)
    }

    /// Calls a value.
    pub fn call_value(&mut self, callee: &Val, args: &Args) -> Res {
        self.each_member(callee, &mut |cx, callee| cx.call_one(callee, args))
    }

    fn call_one(&mut self, callee: &Val, args: &Args) -> Res {
        match &callee.ty {
            Ty::Func(func) => {
                let func = func.clone();
                self.call_function(&func, callee, args)
            }
            Ty::Method(..) => self.call_bound(callee, args),
            Ty::Builtin(path) => {
                let path = path.to_string();
                self.call_builtin(&path, args)
            }
            Ty::Obj => {
                self.note_object(callee, callee);
                self.py_call_value(callee, args)
            }
            other => {
                let text = format!("'{}' object is not callable", other.python_name());
                Err(self.type_error(text))
            }
        }
    }

    /// Calls a function of the catalog, or what the catalog lacks in CPython.
    fn call_builtin(&mut self, path: &str, args: &Args) -> Res {
        self.or_python(
            |cx| {
                if let (Some(known), false) = (numpy::keywords::of(path), args.kw.is_empty())
                    && let Some((name, _)) = args.kw.iter().find(|(n, _)| !known.contains(&n.as_str()))
                {
                    let short = path.rsplit('.').next().unwrap_or(path);
                    let text = format!("{short}() got an unexpected keyword argument '{name}'");
                    return Err(cx.type_error(text));
                }
                if path.starts_with("numpy.") && args_have_obj(args) {
                    return Err(cx.unsupported(Why::Object, format!("{path} of a CPython object")));
                }
                // Each argument by itself is made text.
                if path == "print" && !args.kw.iter().any(|(_, val)| matches!(val.ty, Ty::Union(_))) {
                    return builtins::call(cx, path, args);
                }
                cx.each_args(args, &mut |cx, args| match path.starts_with("numpy.") {
                    true => match numpy::call(cx, path, args) {
                        Some(result) => result,
                        None => Err(cx.unsupported(Why::Function, path)),
                    },
                    false => builtins::call(cx, path, args),
                })
            },
            |cx, ty| {
                let text = cx.py_path(path);
                let object = cx.py_call_text(&text, None, args)?;
                match ty {
                    Some(ty) => cx.typed(&object, ty),
                    None => Ok(object),
                }
            },
        )
    }

    /// Runs `op` with each union among the arguments replaced by its members.
    pub fn each_args(&mut self, args: &Args, op: &mut dyn FnMut(&mut Self, &Args) -> Res) -> Res {
        let all: Vec<Val> = args.pos.iter().chain(args.kw.iter().map(|(_, v)| v)).cloned().collect();
        let n_pos = args.pos.len();
        let n_types = |val: &Val| {
            if let Ty::Union(members) = &val.ty {
                members.len()
            } else {
                1
            }
        };
        if all
            .iter()
            .map(n_types)
            .try_fold(1usize, usize::checked_mul)
            .is_none_or(|n| n > MAX_COMBINATIONS)
        {
            return Err(self.unsupported(Why::Mixed, "a call with arguments of many types each"));
        }
        self.each_member_of(&all, &mut |cx, vals| {
            let kw = args
                .kw
                .iter()
                .zip(&vals[n_pos..])
                .map(|((n, _), v)| (n.clone(), v.clone()));
            let args = Args {
                pos: vals[..n_pos].to_vec(),
                kw: kw.collect(),
            };
            op(cx, &args)
        })
    }

    pub fn call_method(&mut self, recv: &Val, name: &str, args: &Args) -> Res {
        let recv = self.materialize(recv)?;
        self.each_member(&recv, &mut |cx, recv| cx.call_method_one(recv, name, args))
    }

    fn call_method_one(&mut self, recv: &Val, name: &str, args: &Args) -> Res {
        if recv.ty == Ty::Obj {
            if name == "resize" {
                return Err(self.give_up("an array whose memory may not be NumPy's is resized"));
            }
            self.note_object(recv, recv);
            return self.py_call_text(&format!("_f.{name}"), Some(recv), args);
        }
        if let Ty::Keywords(_) = recv.ty {
            let wanted = args.pos.first().and_then(Val::const_str);
            if let ("get", [_, rest @ ..], Some(wanted)) = (name, &args.pos[..], wanted) {
                let found = recv.keywords().into_iter().find(|(n, _)| **n == *wanted);
                return Ok(match (found, rest.first()) {
                    (Some((_, val)), _) => val,
                    (None, Some(default)) => default.clone(),
                    (None, None) => Val::none(),
                });
            }
        }
        let recv = recv.clone();
        let list_of_objects = matches!(recv.ty, Ty::List(_));
        self.or_python(
            |cx| {
                if args_have_obj(args) && !list_of_objects && recv.ty != Ty::Str {
                    return Err(cx.unsupported(Why::Object, format!("'{name}' with a CPython object")));
                }
                if list_of_objects {
                    return builtins::methods::call(cx, &recv, name, args);
                }
                cx.each_args(args, &mut |cx, args| match recv.ty {
                    Ty::Array(..) | Ty::Np(_) | Ty::Rng | Ty::DType(_) => match numpy::method(cx, &recv, name, args) {
                        Some(result) => result,
                        None => Err(match numpy::members::refusal(cx, &recv.ty, name) {
                            Some(bail) => bail,
                            None => cx.unsupported(Why::Function, format!("the method '{name}'")),
                        }),
                    },
                    _ => builtins::methods::call(cx, &recv, name, args),
                })
            },
            |cx, ty| {
                let object = cx.py_call_text(&format!("_f.{name}"), Some(&recv), args)?;
                match ty {
                    Some(ty) => cx.typed(&object, ty),
                    None => Ok(object),
                }
            },
        )
    }
}

/// Whether a function takes all elements of an argument at once: a list does for a generator.
fn uses_up(ty: &Ty) -> bool {
    const EAGER: &str = "sum min max sorted list tuple set frozenset dict";
    matches!(ty, Ty::Builtin(path) if EAGER.split(' ').any(|name| name == &**path))
}

/// As [`uses_up`], of a method. A list that is extended may be read by the generator.
fn method_uses_up(recv: &Ty, attr: &ast::ExprAttribute, e: &ast::ExprCall) -> bool {
    match (recv, attr.attr.as_str()) {
        (Ty::Str, "join") => true,
        (Ty::List(_), "extend") => match &*attr.value {
            Expr::Name(list) => !e
                .args
                .iter()
                .any(|arg| Names::of_expr(arg).loads_set().contains(list.id.as_str())),
            _ => false,
        },
        _ => false,
    }
}

fn args_have_obj(args: &Args) -> bool {
    args.pos.iter().chain(args.kw.iter().map(|(_, v)| v)).any(Val::has_obj)
}
