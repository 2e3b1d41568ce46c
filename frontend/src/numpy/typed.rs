//! Functions that NumPy computes, but whose result's type is known: what follows is native.

use super::promote::{promote, result_type};
use crate::DType;
use crate::diag::Why;
use crate::lower::{FnLower, Res};
use crate::types::Ty;
use crate::val::{Args, Val, dtype_of};

/// Dtype and ndim of an array-like argument; `None` where it has none that is known.
fn kind(val: &Val) -> Option<(DType, u8)> {
    match &val.ty {
        Ty::Array(dtype, n) => Some((*dtype, *n)),
        Ty::Range => Some((DType::I64, 1)),
        Ty::List(elem) if !val.is_list_lit() => {
            let (mut leaf, mut n) = (elem.as_ref(), 1);
            while let Ty::List(inner) = leaf {
                (leaf, n) = (inner.as_ref(), n + 1);
            }
            match leaf {
                Ty::Array(dtype, m) => Some((*dtype, n + m)),
                leaf => Some((leaf.scalar_dtype()?, n)),
            }
        }
        Ty::List(_) | Ty::Tuple(_) => {
            let parts: Option<Vec<(DType, u8)>> = val.elements()?.iter().map(kind).collect();
            let parts = parts?;
            let n = parts.first()?.1;
            let dtype = parts.iter().map(|(d, _)| *d).reduce(promote)?;
            parts.iter().all(|(_, m)| *m == n).then_some((dtype, n + 1))
        }
        other => Some((other.scalar_dtype()?, 0)),
    }
}

/// An array, or a scalar when it has no dimensions.
fn result(dtype: DType, ndim: u8) -> Ty {
    match ndim {
        0 => Ty::Np(dtype),
        n => Ty::Array(dtype, n),
    }
}

/// Integers and booleans compute in float64.
fn float(dtype: DType) -> DType {
    match dtype {
        DType::Bool | DType::I32 | DType::I64 => DType::F64,
        other => other,
    }
}

fn given(args: &Args, position: usize, name: &str) -> Option<Val> {
    args.pos
        .get(position)
        .or(args.kw(name))
        .filter(|v| !v.is_none())
        .cloned()
}

fn only(args: &Args, names: &[&str]) -> bool {
    args.kw.iter().all(|(k, _)| names.contains(&k.as_str()))
}

/// Hands a function whose result's type is known to CPython; `None` when it is not known.
pub fn call(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Option<Res> {
    let ty = match name.strip_prefix("random.") {
        Some(name) => legacy_random(name, args),
        None => linear_algebra(name, args)
            .or_else(|| transform(name, args))
            .or_else(|| other(name, args)),
    }?;
    Some(Err(cx.typed_fallback(
        ty,
        Why::Function,
        format!("numpy.{name} runs in CPython"),
    )))
}

fn linear_algebra(name: &str, args: &Args) -> Option<Ty> {
    let name = name.strip_prefix("linalg.")?;
    let plain = args.kw.is_empty() && args.pos.len() == 1;
    let (d, n) = kind(args.pos.first()?)?;
    let f = float(d);
    Some(match name {
        "solve" => {
            let (b, m) = kind(args.pos.get(1)?)?;
            Ty::Array(float(promote(d, b)), if m == 1 { n - 1 } else { n.max(m) })
        }
        "inv" | "cholesky" | "pinv" if n >= 2 => Ty::Array(f, n),
        "det" if n >= 2 => result(f, n - 2),
        "slogdet" if n == 2 && f.is_float() => Ty::Tuple(vec![Ty::Np(f); 2]),
        "eigvalsh" if n >= 2 && f.is_float() => Ty::Array(f, n - 1),
        "eigh" if n >= 2 && f.is_float() => Ty::Tuple(vec![Ty::Array(f, n - 1), Ty::Array(f, n)]),
        "svd" if plain && n == 2 && f.is_float() => Ty::Tuple(vec![Ty::Array(f, 2), Ty::Array(f, 1), Ty::Array(f, 2)]),
        "svdvals" if n == 2 && f.is_float() => Ty::Array(f, 1),
        "qr" if plain && n >= 2 => Ty::Tuple(vec![Ty::Array(f, n); 2]),
        "matrix_rank" if n == 2 => Ty::Np(DType::I64),
        "matrix_power" if n == 2 && d != DType::Bool => {
            // A negative power is one of the inverse.
            let power = args.pos.get(1)?.const_int()?;
            Ty::Array(if power < 0 { f } else { d }, 2)
        }
        "cond" if n == 2 && f.is_float() => Ty::Np(f),
        _ => return None,
    })
}

fn transform(name: &str, args: &Args) -> Option<Ty> {
    let name = name.strip_prefix("fft.")?;
    let (d, n) = kind(args.pos.first()?)?;
    // Of float32 they are complex64.
    let single = d == DType::F32;
    Some(match name {
        "fft" | "ifft" | "fftn" | "ifftn" if !single && n >= 1 => Ty::Array(DType::C128, n),
        "fft2" | "ifft2" if !single && n >= 2 => Ty::Array(DType::C128, n),
        "rfft" | "rfft2" | "rfftn" if !single && d != DType::C128 && n >= 1 => Ty::Array(DType::C128, n),
        "irfft" | "irfft2" | "irfftn" if !single && n >= 1 => Ty::Array(DType::F64, n),
        "fftfreq" | "rfftfreq" if n == 0 => Ty::Array(DType::F64, 1),
        "fftshift" | "ifftshift" if n >= 1 => Ty::Array(d, n),
        _ => return None,
    })
}

/// `numpy.random.*` of the module's own generator.
fn legacy_random(name: &str, args: &Args) -> Option<Ty> {
    let sized = |position: usize| -> Option<Option<u8>> {
        let Some(size) = given(args, position, "size") else {
            return Some(None);
        };
        match &size.ty {
            Ty::Int | Ty::Np(DType::I32 | DType::I64) => Some(Some(1)),
            Ty::Tuple(_) | Ty::List(_) => Some(Some(size.elements()?.len() as u8)),
            _ => None,
        }
    };
    let scalars = args
        .pos
        .iter()
        .chain(args.kw.iter().map(|(_, v)| v))
        .all(|v| kind(v).is_some_and(|(_, n)| n == 0));
    let float = |n: Option<u8>| match n {
        None => Ty::Float,
        Some(n) => Ty::Array(DType::F64, n),
    };
    // Parameters that are arrays decide the shape.
    let numbers = |count: usize| (0..count).all(|k| args.pos.get(k).is_none_or(|v| v.ty.is_scalar()));
    Some(match name {
        "seed" if args.kw.is_empty() => Ty::None,
        "rand" | "randn" if scalars && args.kw.is_empty() => match args.pos.len() as u8 {
            0 => Ty::Float,
            n => Ty::Array(DType::F64, n),
        },
        "random" | "random_sample" | "ranf" | "sample" | "standard_normal" | "standard_exponential" => float(sized(0)?),
        "uniform" | "normal" | "laplace" | "gumbel" | "logistic" | "lognormal"
            if numbers(2) && only(args, &["size"]) =>
        {
            float(sized(2)?)
        }
        "exponential" | "rayleigh" if numbers(1) && only(args, &["size"]) => float(sized(1)?),
        "randint" if numbers(2) && only(args, &["size"]) && sized(2)?.is_some() => Ty::Array(DType::I64, sized(2)??),
        "poisson" if numbers(1) && only(args, &["size"]) && sized(1)?.is_some() => Ty::Array(DType::I64, sized(1)??),
        "permutation" => match kind(args.pos.first()?)? {
            (DType::I64 | DType::I32, 0) => Ty::Array(DType::I64, 1),
            (_, 0) => return None,
            (d, n) => Ty::Array(d, n),
        },
        "shuffle" => Ty::None,
        "choice" => match (kind(args.pos.first()?)?, sized(1)?) {
            ((DType::I64 | DType::I32, 0), Some(n)) => Ty::Array(DType::I64, n),
            ((d, 1), Some(n)) => Ty::Array(d, n),
            _ => return None,
        },
        _ => return None,
    })
}

fn other(name: &str, args: &Args) -> Option<Ty> {
    let first = args.pos.first()?;
    let a = || kind(first);
    let b = || kind(args.pos.get(1)?);
    let no_kw = args.kw.is_empty();
    let two_floats = || {
        let operands = [&args.pos.first()?.ty, &args.pos.get(1)?.ty];
        let n = a()?.1.max(b()?.1);
        let plain = operands.iter().all(|ty| ty.is_scalar() || ty.is_array());
        let common = plain.then(|| result_type(operands.into_iter()))??;
        (common != DType::Bool).then_some((common, n))
    };
    Some(match name {
        "interp" => match (a()?, kind(args.pos.get(2)?)?.0) {
            (_, DType::C128) => return None,
            ((_, n), _) => result(DType::F64, n),
        },
        "convolve" | "correlate" => match (a()?, b()?) {
            ((d, 1), (e, 1)) => Ty::Array(promote(d, e), 1),
            _ => return None,
        },
        "searchsorted" | "digitize" => {
            let n = if name == "digitize" { a()?.1 } else { b()?.1 };
            result(DType::I64, n)
        }
        "histogram" if only(args, &["bins", "range", "density"]) && !matches!(a()?.0, DType::F32 | DType::C128) => {
            let density = given(args, 3, "density").map_or(Some(false), |d| d.const_bool())?;
            let edges = match given(args, 1, "bins") {
                None => DType::F64,
                Some(bins) => match kind(&bins)? {
                    (_, 0) => DType::F64,
                    (d, _) => d,
                },
            };
            let counts = if density { DType::F64 } else { DType::I64 };
            Ty::Tuple(vec![Ty::Array(counts, 1), Ty::Array(edges, 1)])
        }
        "polyfit" if no_kw && args.pos.len() == 3 && args.pos[2].ty.is_scalar() => match (a()?, b()?) {
            ((d, 1), (e, 1)) if d != DType::C128 && e != DType::C128 => Ty::Array(DType::F64, 1),
            _ => return None,
        },
        "polyval" => match (a()?, b()?) {
            ((d, 1), (e, n)) if d != DType::Bool && e != DType::Bool => result(promote(d, e), n),
            _ => return None,
        },
        "cross" if no_kw => match (a()?, b()?) {
            ((d, n @ 1..), (e, m @ 1..)) => Ty::Array(promote(d, e), n.max(m)),
            _ => return None,
        },
        "kron" => match (a()?, b()?) {
            ((d, n @ 1..), (e, m @ 1..)) => Ty::Array(promote(d, e), n.max(m)),
            _ => return None,
        },
        "einsum" if no_kw => {
            let subscripts = first.const_str()?;
            if subscripts.contains('.') {
                return None;
            }
            let operands: Option<Vec<DType>> = args.pos[1..].iter().map(|v| kind(v).map(|k| k.0)).collect();
            let dtype = operands?.into_iter().reduce(promote)?;
            let letters: Vec<char> = subscripts.chars().filter(|c| c.is_alphabetic()).collect();
            let n = match subscripts.split_once("->") {
                Some((_, out)) => out.chars().filter(|c| c.is_alphabetic()).count(),
                None => letters
                    .iter()
                    .filter(|c| letters.iter().filter(|d| d == c).count() == 1)
                    .count(),
            };
            result(dtype, n as u8)
        }
        "tensordot" => {
            let ((d, n), (e, m)) = (a()?, b()?);
            let axes = match given(args, 2, "axes") {
                None => 2,
                Some(axes) => match axes.const_int() {
                    Some(k) => k,
                    None => match axes.elements()?.first()? {
                        one if one.const_int().is_some() => 1,
                        list => list.elements()?.len() as i64,
                    },
                },
            };
            let left = i64::from(n) + i64::from(m) - 2 * axes;
            // Without dimensions it is a 0-d array.
            Ty::Array(promote(d, e), u8::try_from(left).ok()?)
        }
        "isin" if a()?.1 > 0 => Ty::Array(DType::Bool, a()?.1),
        "intersect1d" | "union1d" | "setxor1d" if no_kw => Ty::Array(promote(a()?.0, b()?.0), 1),
        "setdiff1d" => Ty::Array(a()?.0, 1),
        "partition" if given(args, 2, "axis").is_none() => Ty::Array(a()?.0, a()?.1),
        "argpartition" if given(args, 2, "axis").is_none() => Ty::Array(DType::I64, a()?.1),
        "insert" | "delete" => {
            let position = if name == "insert" { 3 } else { 2 };
            let n = if given(args, position, "axis").is_some() {
                a()?.1
            } else {
                1
            };
            Ty::Array(a()?.0, n)
        }
        "pad" => Ty::Array(a()?.0, a()?.1),
        "rot90" => Ty::Array(a()?.0, a()?.1),
        "unwrap" if a()?.0 == DType::F64 => Ty::Array(DType::F64, a()?.1),
        "logaddexp" | "logaddexp2" | "heaviside" | "nextafter" if no_kw => match two_floats()? {
            (DType::C128, _) => return None,
            (d, n) => result(float(d), n),
        },
        "float_power" if no_kw => match two_floats()? {
            (DType::C128, n) => result(DType::C128, n),
            (_, n) => result(DType::F64, n),
        },
        "gcd" | "lcm" if no_kw => match two_floats()? {
            (d @ (DType::I32 | DType::I64), n) => result(d, n),
            _ => return None,
        },
        "sinc" | "i0" | "spacing" if no_kw && a()?.0 != DType::Bool && a()?.0 != DType::C128 => {
            result(float(a()?.0), a()?.1)
        }
        "modf" if no_kw && a()?.0 != DType::Bool && a()?.0 != DType::C128 => {
            Ty::Tuple(vec![result(float(a()?.0), a()?.1); 2])
        }
        "frexp" if no_kw && a()?.0 != DType::Bool && a()?.0 != DType::C128 => {
            let (d, n) = a()?;
            Ty::Tuple(vec![result(float(d), n), result(DType::I32, n)])
        }
        "ediff1d" if no_kw && args.pos.len() == 1 && a()?.0 != DType::Bool => Ty::Array(a()?.0, 1),
        "hamming" | "hanning" | "blackman" | "bartlett" | "kaiser" => Ty::Array(DType::F64, 1),
        "logspace" | "geomspace" if only(args, &["num", "endpoint", "base"]) && a()?.1 == 0 && b()?.1 == 0 => {
            if a()?.0 == DType::C128 || b()?.0 == DType::C128 {
                return None;
            }
            Ty::Array(DType::F64, 1)
        }
        "cov" | "corrcoef" if only(args, &["rowvar", "bias", "ddof"]) => {
            let rows = a()?.1 == 2 || (args.pos.len() == 2 && a()?.1 == 1 && b()?.1 == 1);
            let real = a()?.0 != DType::C128 && a()?.0 != DType::F32;
            let plain = args.pos.len() == 1 || b()?.0 != DType::C128;
            (rows && real && plain && args.pos.len() <= 2).then_some(Ty::Array(DType::F64, 2))?
        }
        "tril_indices" | "triu_indices" | "tril_indices_from" | "triu_indices_from" | "diag_indices_from" => {
            Ty::Tuple(vec![Ty::Array(DType::I64, 1); 2])
        }
        "diag_indices" if no_kw && args.pos.len() == 1 => Ty::Tuple(vec![Ty::Array(DType::I64, 1); 2]),
        "frombuffer" | "fromfile" | "fromiter" => {
            let dtype = match given(args, 1, "dtype") {
                Some(d) => dtype_of(&d)?,
                None => DType::F64,
            };
            Ty::Array(dtype, 1)
        }
        _ => return None,
    })
}
