//! Values of the lowering: a type, the SSA values that represent it, and what is known of it
//! at compile time.

use crate::DType;
use crate::types::Ty;
use lnp_ir as ir;
use std::rc::Rc;

/// What is known of a value at compile time.
#[derive(Clone, Debug, PartialEq)]
pub enum Konst {
    Int(i64),
    Float(f64),
    Bool(bool),
    Complex(f64, f64),
    Str(Rc<str>),
    /// An int that is not negative.
    NonNegative,
    /// Of an array: NumPy lets nobody write to it.
    ReadOnly,
    /// Of an array: a copy of what is a view in NumPy, the real or imaginary part of an array.
    Part,
    /// Per element of a tuple, or per part of a slice.
    Tuple(Vec<Option<Konst>>),
    /// A list display whose list does not exist yet: `vals` is empty until
    /// `FnLower::materialize` makes it.
    ListLit(Rc<Vec<Val>>),
}

/// The value of an expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Val {
    pub ty: Ty,
    /// One per entry of `ty.repr()`.
    pub vals: Vec<ir::Value>,
    pub konst: Option<Konst>,
}

/// The values of which a value of a type consists: none of a list display, which is not made yet.
fn n_vals(ty: &Ty, konst: Option<&Konst>) -> usize {
    match (ty, konst) {
        (_, Some(Konst::ListLit(_))) => 0,
        (Ty::Tuple(tys), Some(Konst::Tuple(parts))) => {
            tys.iter().zip(parts).map(|(ty, part)| n_vals(ty, part.as_ref())).sum()
        }
        _ => ty.width(),
    }
}

impl Val {
    pub fn new(ty: Ty, vals: Vec<ir::Value>) -> Val {
        Val { ty, vals, konst: None }
    }

    /// A value represented by one SSA value.
    pub fn one(ty: Ty, value: ir::Value) -> Val {
        Val::new(ty, vec![value])
    }

    /// A value that its type says everything about: `None`, modules, dtypes, functions.
    pub fn unit(ty: Ty) -> Val {
        Val::new(ty, Vec::new())
    }

    pub fn none() -> Val {
        Val::unit(Ty::None)
    }

    pub fn builtin(path: &str) -> Val {
        Val::unit(Ty::Builtin(path.into()))
    }

    pub fn module(path: &str) -> Val {
        Val::unit(Ty::Module(path.into()))
    }

    pub fn with_konst(mut self, konst: Konst) -> Val {
        self.konst = Some(konst);
        self
    }

    /// Whether some part of it is a CPython object.
    pub fn has_obj(&self) -> bool {
        match self.elements() {
            Some(elems) => elems.iter().any(Val::has_obj),
            None => self.ty.has_obj(),
        }
    }

    pub fn is_none(&self) -> bool {
        self.ty == Ty::None
    }

    /// The only SSA value. Must not be called on tuples, units or list displays.
    pub fn value(&self) -> ir::Value {
        debug_assert_eq!(self.vals.len(), 1, "{self:?}");
        self.vals[0]
    }

    /// A tuple of values.
    pub fn tuple(elems: Vec<Val>) -> Val {
        let konst = elems.iter().any(|e| e.konst.is_some());
        Val {
            ty: Ty::Tuple(elems.iter().map(|e| e.ty.clone()).collect()),
            konst: konst.then(|| Konst::Tuple(elems.iter().map(|e| e.konst.clone()).collect())),
            vals: elems.into_iter().flat_map(|e| e.vals).collect(),
        }
    }

    /// A slice object.
    pub fn slice(parts: [Val; 3]) -> Val {
        let whole = Val::tuple(parts.to_vec());
        let [a, b, c] = parts;
        Val {
            ty: Ty::Slice(Box::new([a.ty, b.ty, c.ty])),
            ..whole
        }
    }

    /// The elements of a tuple, the three parts of a slice, the operands of a zip, or the
    /// elements of a list display; `None` for anything else.
    pub fn elements(&self) -> Option<Vec<Val>> {
        if let Some(Konst::ListLit(elems)) = &self.konst {
            return Some(elems.to_vec());
        }
        let tys: Vec<Ty> = match &self.ty {
            Ty::Tuple(tys) | Ty::Zip(tys) => tys.clone(),
            Ty::Slice(parts) => parts.to_vec(),
            _ => return None,
        };
        let mut at = 0;
        Some(
            tys.into_iter()
                .enumerate()
                .map(|(idx, ty)| {
                    let konst = match &self.konst {
                        Some(Konst::Tuple(parts)) => parts[idx].clone(),
                        _ => None,
                    };
                    let width = n_vals(&ty, konst.as_ref());
                    let vals = self.vals[at..at + width].to_vec();
                    at += width;
                    Val { ty, vals, konst }
                })
                .collect(),
        )
    }

    /// The names and values of `**kwargs`.
    pub fn keywords(&self) -> Vec<(Rc<str>, Val)> {
        let Ty::Keywords(parts) = &self.ty else {
            return Vec::new();
        };
        let whole = Val {
            ty: Ty::Tuple(parts.iter().map(|(_, t)| t.clone()).collect()),
            vals: self.vals.clone(),
            konst: self.konst.clone(),
        };
        let names = parts.iter().map(|(n, _)| n.clone());
        names.zip(whole.elements().unwrap_or_default()).collect()
    }

    /// Of a `range`: which of start, stop and step are known.
    pub fn elements_of_range(&self) -> Option<[Option<i64>; 3]> {
        let Some(Konst::Tuple(parts)) = &self.konst else {
            return None;
        };
        let known = |k: usize| match parts.get(k) {
            Some(Some(Konst::Int(v))) => Some(*v),
            _ => None,
        };
        Some([known(0), known(1), known(2)])
    }

    /// What follows the first `n` SSA values, as a value of another type: the operand of an
    /// iterator.
    pub fn rest(&self, ty: Ty, n: usize) -> Val {
        Val {
            ty,
            vals: self.vals[n..].to_vec(),
            konst: self.konst.clone(),
        }
    }

    /// What is known of the memory of an array, which a function that gets it has to know.
    pub fn aliasing(&self) -> Option<Konst> {
        self.konst
            .clone()
            .filter(|konst| matches!(konst, Konst::ReadOnly | Konst::Part))
    }

    pub fn const_int(&self) -> Option<i64> {
        match self.konst {
            Some(Konst::Int(v)) => Some(v),
            Some(Konst::Bool(v)) => Some(v as i64),
            _ => None,
        }
    }

    pub fn is_non_negative(&self) -> bool {
        self.konst == Some(Konst::NonNegative) || self.const_int().is_some_and(|v| v >= 0)
    }

    pub fn const_bool(&self) -> Option<bool> {
        match self.konst {
            Some(Konst::Bool(v)) => Some(v),
            _ => None,
        }
    }

    pub fn const_float(&self) -> Option<f64> {
        match self.konst {
            Some(Konst::Float(v)) => Some(v),
            Some(Konst::Int(v)) => Some(v as f64),
            Some(Konst::Bool(v)) => Some(v as i64 as f64),
            _ => None,
        }
    }

    pub fn const_str(&self) -> Option<&str> {
        match &self.konst {
            Some(Konst::Str(v)) => Some(v),
            _ => None,
        }
    }

    /// An axis or shape given as one int or a tuple/list of ints, all known.
    pub fn const_ints(&self) -> Option<Vec<i64>> {
        match self.const_int() {
            Some(v) => Some(vec![v]),
            None => self.elements()?.iter().map(Val::const_int).collect(),
        }
    }

    /// Whether it is a list display that no list was made for.
    pub fn is_list_lit(&self) -> bool {
        matches!(self.konst, Some(Konst::ListLit(_)))
    }
}

/// The arguments of a call, already evaluated.
#[derive(Clone, Debug, Default)]
pub struct Args {
    pub pos: Vec<Val>,
    pub kw: Vec<(String, Val)>,
}

impl Args {
    /// Binds the arguments to parameter names; `None` where one is not given. `Err` names the
    /// first keyword that the signature lacks, or is empty when there are too many.
    pub fn bind<const N: usize>(&self, names: [&str; N]) -> Result<[Option<Val>; N], String> {
        let mut out: [Option<Val>; N] = std::array::from_fn(|_| None);
        if self.pos.len() > N {
            return Err(String::new());
        }
        for (slot, val) in out.iter_mut().zip(&self.pos) {
            *slot = Some(val.clone());
        }
        for (name, val) in &self.kw {
            match names.iter().position(|n| n == name) {
                Some(idx) if out[idx].is_none() => out[idx] = Some(val.clone()),
                _ => return Err(name.clone()),
            }
        }
        Ok(out)
    }

    pub fn kw(&self, name: &str) -> Option<&Val> {
        self.kw.iter().find(|(n, _)| n == name).map(|(_, v)| v)
    }

    pub fn only(val: Val) -> Args {
        Args {
            pos: vec![val],
            kw: Vec::new(),
        }
    }
}

/// The dtype that a value names when used as a `dtype=` argument: `np.float64`, `float`,
/// `"float64"`, `np.dtype(...)`. `None` for dtypes that compiled code does not handle.
pub fn dtype_of(val: &Val) -> Option<DType> {
    match &val.ty {
        Ty::DType(dtype) => Some(*dtype),
        Ty::Builtin(path) => dtype_named(path.strip_prefix("numpy.").unwrap_or(path)),
        Ty::Str => dtype_named(val.const_str()?),
        _ => None,
    }
}

fn dtype_named(name: &str) -> Option<DType> {
    Some(match name {
        "bool" | "bool_" | "?" => DType::Bool,
        "int32" | "intc" | "i4" | "<i4" | "i" => DType::I32,
        "int" | "int64" | "int_" | "intp" | "i8" | "<i8" | "long" | "longlong" | "l" => DType::I64,
        "float32" | "single" | "f4" | "<f4" | "f" => DType::F32,
        "float" | "float64" | "double" | "f8" | "<f8" | "d" => DType::F64,
        "complex" | "complex128" | "cdouble" | "c16" | "<c16" | "D" => DType::C128,
        _ => return None,
    })
}
