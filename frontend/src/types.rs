//! The frontend's types: Python's distinctions on top of the IR's machine types.
//!
//! Every type has a fixed representation as a row of SSA values ([`Ty::repr`]): tuples and
//! closures expand into their parts, singletons take none, a union is a tag, then one
//! payload slot for each kind that its members need (`i64` bits, complex, reference).

use crate::DType;
use crate::scope::Key;
use lnp_ir as ir;
use std::rc::Rc;

/// The most members a union has before it becomes an object; more if all are arrays (of
/// several dtypes and ndims, from a file).
const MAX_UNION: usize = 24;
const MAX_ARRAY_UNION: usize = 24;

/// The static type of an expression.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ty {
    /// No value (yet): the element of an empty list, the result of a function that has not
    /// returned so far in its fixpoint.
    Bottom,
    None,
    Bool,
    Int,
    Float,
    Complex,
    Str,
    /// A NumPy scalar.
    Np(DType),
    Array(DType, u8),
    Tuple(Vec<Ty>),
    List(Box<Ty>),
    /// start, stop, step as `int`s.
    Range,
    /// start, stop, step: each `Int`, `None` or an index-like scalar.
    Slice(Box<[Ty; 3]>),
    Ellipsis,
    Func(FuncTy),
    /// An imported module by its full path: `numpy`, `numpy.random`, `math`.
    Module(Rc<str>),
    /// A catalog function or class by its full path: `numpy.sin`, `math.sqrt`, `len`.
    Builtin(Rc<str>),
    /// A method of a value, not called yet; represented as the receiver.
    Method(Box<Ty>, Rc<str>),
    /// `np.dtype('float64')` itself; the scalar classes `np.float64` are `Builtin`s.
    DType(DType),
    Rng,
    /// The `**kwargs` of a function.
    Keywords(Vec<(Rc<str>, Ty)>),
    /// Iterators; only consumed where they are made.
    Enumerate(Box<Ty>),
    Zip(Vec<Ty>),
    Reversed(Box<Ty>),
    /// A CPython object.
    Obj,
    /// One of several, known at run time by a tag: the member's position.
    Union(Vec<Ty>),
}

/// A user function with the values it captured, if it left the function it was defined in.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FuncTy {
    /// Index into the session's declarations.
    pub decl: usize,
    pub captures: Vec<(Key, Ty)>,
}

impl Ty {
    pub fn list(elem: Ty) -> Ty {
        Ty::List(Box::new(elem))
    }

    /// The SSA types that a value of this type expands to.
    pub fn repr(&self) -> Vec<ir::Ty> {
        let mut out = Vec::new();
        self.push_repr(&mut out);
        out
    }

    /// The number of SSA values of [`Ty::repr`].
    pub fn width(&self) -> usize {
        self.repr().len()
    }

    fn push_repr(&self, out: &mut Vec<ir::Ty>) {
        match self {
            Ty::Bottom | Ty::None | Ty::Ellipsis | Ty::Module(_) | Ty::Builtin(_) | Ty::DType(_) => {}
            Ty::Bool => out.push(ir::Ty::BOOL),
            Ty::Int => out.push(ir::Ty::I64),
            Ty::Float => out.push(ir::Ty::F64),
            Ty::Complex => out.push(ir::Ty::C128),
            Ty::Str => out.push(ir::Ty::Str),
            Ty::Np(dtype) => out.push(ir::Ty::Scalar(*dtype)),
            Ty::Array(dtype, ndim) => out.push(ir::Ty::array(*dtype, *ndim)),
            Ty::List(_) => out.push(ir::Ty::List),
            Ty::Rng => out.push(ir::Ty::Rng),
            Ty::Obj => out.push(ir::Ty::Obj),
            Ty::Range => out.extend([ir::Ty::I64; 3]),
            Ty::Slice(parts) => parts.iter().for_each(|t| t.push_repr(out)),
            Ty::Tuple(parts) | Ty::Zip(parts) => parts.iter().for_each(|t| t.push_repr(out)),
            Ty::Keywords(parts) => parts.iter().for_each(|(_, t)| t.push_repr(out)),
            Ty::Func(func) => func.captures.iter().for_each(|(_, t)| t.push_repr(out)),
            Ty::Method(recv, _) => recv.push_repr(out),
            Ty::Enumerate(inner) => {
                out.push(ir::Ty::I64);
                inner.push_repr(out);
            }
            Ty::Reversed(inner) => inner.push_repr(out),
            Ty::Union(members) => out.extend(UnionLayout::of(members).repr()),
        }
    }

    /// The dtype this scalar computes with in NumPy (`int` → int64, …).
    pub fn scalar_dtype(&self) -> Option<DType> {
        match self {
            Ty::Bool => Some(DType::Bool),
            Ty::Int => Some(DType::I64),
            Ty::Float => Some(DType::F64),
            Ty::Complex => Some(DType::C128),
            Ty::Np(dtype) => Some(*dtype),
            _ => None,
        }
    }

    /// Dtype of a scalar or of an array's elements.
    pub fn dtype(&self) -> Option<DType> {
        match self {
            Ty::Array(dtype, _) => Some(*dtype),
            other => other.scalar_dtype(),
        }
    }

    /// `bool`, `int`, `float` or `complex` of Python itself: weak in NumPy's promotion.
    pub fn is_weak(&self) -> bool {
        matches!(self, Ty::Bool | Ty::Int | Ty::Float | Ty::Complex)
    }

    pub fn is_scalar(&self) -> bool {
        self.scalar_dtype().is_some()
    }

    pub fn is_array(&self) -> bool {
        matches!(self, Ty::Array(..))
    }

    /// Whether NumPy's rules decide operations on it.
    pub fn is_numpy(&self) -> bool {
        matches!(self, Ty::Array(..) | Ty::Np(_))
    }

    pub fn is_iterator(&self) -> bool {
        matches!(self, Ty::Enumerate(_) | Ty::Zip(_) | Ty::Reversed(_))
    }

    /// Whether some part of it is a CPython object.
    pub fn has_obj(&self) -> bool {
        match self {
            Ty::Obj => true,
            Ty::Tuple(parts) | Ty::Zip(parts) | Ty::Union(parts) => parts.iter().any(Ty::has_obj),
            Ty::List(inner) | Ty::Enumerate(inner) | Ty::Reversed(inner) | Ty::Method(inner, _) => inner.has_obj(),
            _ => false,
        }
    }

    /// What `type(x).__name__` says, for messages.
    pub fn python_name(&self) -> String {
        match self {
            Ty::Bottom | Ty::Obj | Ty::Union(_) => "object".into(),
            Ty::None => "NoneType".into(),
            Ty::Bool => "bool".into(),
            Ty::Int => "int".into(),
            Ty::Float => "float".into(),
            Ty::Complex => "complex".into(),
            Ty::Str => "str".into(),
            Ty::Np(dtype) => np_scalar_name(*dtype).into(),
            Ty::Array(..) => "numpy.ndarray".into(),
            Ty::Tuple(_) => "tuple".into(),
            Ty::List(_) => "list".into(),
            Ty::Range => "range".into(),
            Ty::Slice(_) => "slice".into(),
            Ty::Ellipsis => "ellipsis".into(),
            Ty::Func(_) => "function".into(),
            Ty::Module(_) => "module".into(),
            Ty::Builtin(_) | Ty::Method(..) => "builtin_function_or_method".into(),
            Ty::DType(_) => "dtype".into(),
            Ty::Rng => "Generator".into(),
            Ty::Keywords(_) => "dict".into(),
            Ty::Enumerate(_) => "enumerate".into(),
            Ty::Zip(_) => "zip".into(),
            Ty::Reversed(_) => "reversed".into(),
        }
    }
}

/// `numpy.float64` and the like, as error messages spell them.
pub fn np_scalar_name(dtype: DType) -> &'static str {
    match dtype {
        DType::Bool => "numpy.bool",
        DType::I32 => "numpy.int32",
        DType::I64 => "numpy.int64",
        DType::F32 => "numpy.float32",
        DType::F64 => "numpy.float64",
        DType::C128 => "numpy.complex128",
    }
}

/// Where each kind of payload of a union sits in its representation.
#[derive(Clone, Copy, Debug, Default)]
pub struct UnionLayout {
    pub bits: Option<usize>,
    pub complex: Option<usize>,
    pub reference: Option<usize>,
}

/// Which payload slot a union's member uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payload {
    Nothing,
    Bits,
    Complex,
    Reference,
}

impl UnionLayout {
    pub fn of(members: &[Ty]) -> UnionLayout {
        let mut layout = UnionLayout::default();
        let mut next = 1;
        let mut place = |slot: &mut Option<usize>, wanted: bool| {
            if wanted {
                *slot = Some(next);
                next += 1;
            }
        };
        let has = |kind| members.iter().any(|m| payload(m) == Some(kind));
        place(&mut layout.bits, has(Payload::Bits));
        place(&mut layout.complex, has(Payload::Complex));
        place(&mut layout.reference, has(Payload::Reference));
        layout
    }

    fn repr(self) -> Vec<ir::Ty> {
        let mut out = vec![ir::Ty::I64];
        out.extend(self.bits.map(|_| ir::Ty::I64));
        out.extend(self.complex.map(|_| ir::Ty::C128));
        out.extend(self.reference.map(|_| ir::Ty::Ref));
        out
    }
}

/// The payload slot of a union member; `None` for types that no union holds.
pub fn payload(ty: &Ty) -> Option<Payload> {
    match ty {
        Ty::None | Ty::Module(_) | Ty::Builtin(_) | Ty::DType(_) => Some(Payload::Nothing),
        Ty::Func(func) if func.captures.is_empty() => Some(Payload::Nothing),
        Ty::Bool | Ty::Int | Ty::Float => Some(Payload::Bits),
        Ty::Np(DType::C128) | Ty::Complex => Some(Payload::Complex),
        Ty::Np(_) => Some(Payload::Bits),
        Ty::Str | Ty::Array(..) | Ty::List(_) | Ty::Rng | Ty::Obj => Some(Payload::Reference),
        _ => None,
    }
}

/// The type of a value that is an `a` on one path and a `b` on another.
pub fn join(a: &Ty, b: &Ty) -> Ty {
    if a == b {
        return a.clone();
    }
    match (a, b) {
        (Ty::Bottom, other) | (other, Ty::Bottom) => other.clone(),
        (Ty::Obj, _) | (_, Ty::Obj) => Ty::Obj,
        (Ty::Tuple(x), Ty::Tuple(y)) if x.len() == y.len() => {
            Ty::Tuple(x.iter().zip(y).map(|(p, q)| join(p, q)).collect())
        }
        // Lists share one pointer: the element types must agree, or one list be empty.
        (Ty::List(x), Ty::List(y)) if **x == Ty::Bottom || **y == Ty::Bottom => Ty::list(join(x, y)),
        _ => {
            let mut members: Vec<Ty> = Vec::new();
            for ty in [a, b] {
                match ty {
                    Ty::Union(parts) => members.extend(parts.iter().cloned()),
                    other => members.push(other.clone()),
                }
            }
            members.sort();
            members.dedup();
            let n_lists = members.iter().filter(|m| matches!(m, Ty::List(_))).count();
            let limit = match members.iter().all(Ty::is_array) {
                true => MAX_ARRAY_UNION,
                false => MAX_UNION,
            };
            if members.len() > limit || n_lists > 1 || members.iter().any(|m| payload(m).is_none()) {
                Ty::Obj
            } else {
                Ty::Union(members)
            }
        }
    }
}
