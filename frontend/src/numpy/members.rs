//! Every public attribute of NumPy's objects, in the catalog or not: other names are errors.

use crate::diag::{Problem, nearest};
use crate::lower::{Bail, FnLower};
use crate::types::Ty;
use lnp_abi::ExceptionKind;

const NDARRAY: &str = "T all any argmax argmin argpartition argsort astype base byteswap choose clip compress conj \
     conjugate copy ctypes cumprod cumsum data device diagonal dot dtype dump dumps fill flags flat flatten \
     getfield imag item itemsize mT max mean min nbytes ndim nonzero partition prod put ravel real repeat \
     reshape resize round searchsorted setfield setflags shape size sort squeeze std strides sum swapaxes take \
     to_device tobytes tofile tolist trace transpose var view";

/// Beyond those of arrays.
const SCALAR: &str = "as_integer_ratio is_integer hex fromhex bit_count denominator numerator";

const GENERATOR: &str = "beta binomial bit_generator bytes chisquare choice dirichlet exponential f gamma geometric \
     gumbel hypergeometric integers laplace logistic lognormal logseries multinomial \
     multivariate_hypergeometric multivariate_normal negative_binomial noncentral_chisquare noncentral_f \
     normal pareto permutation permuted poisson power random rayleigh shuffle spawn standard_cauchy \
     standard_exponential standard_gamma standard_normal standard_t triangular uniform vonmises wald weibull \
     zipf";

const DTYPE: &str = "alignment base byteorder char descr fields flags hasobject isalignedstruct isbuiltin isnative \
     itemsize kind metadata name names ndim newbyteorder num shape str subdtype type";

/// What tells whose memory an array is, or changes it: an array that crosses to CPython is a view
/// of memory that is not NumPy's, so that only a program that runs there as a whole gets this right.
const OWNERSHIP: &[&str] = &["base", "flags", "resize", "setflags"];

/// The error of an attribute that values of a type lack, or that one piece of a program in CPython
/// would get wrong; `None` where CPython may look.
pub fn refusal(cx: &mut FnLower<'_>, ty: &Ty, name: &str) -> Option<Bail> {
    let known: Vec<&str> = match ty {
        Ty::Array(..) => NDARRAY.split_whitespace().collect(),
        Ty::Np(_) => NDARRAY.split_whitespace().chain(SCALAR.split_whitespace()).collect(),
        Ty::Rng => GENERATOR.split_whitespace().collect(),
        Ty::DType(_) => DTYPE.split_whitespace().collect(),
        _ => return None,
    };
    if ty.is_array() && OWNERSHIP.contains(&name) {
        return Some(cx.give_up(&format!("ndarray.{name} tells whose memory an array is")));
    }
    if known.contains(&name) || name.starts_with('_') {
        return None;
    }
    // An archive where an array was expected: the load says so at run time.
    if ty.is_array() && matches!(name, "files" | "keys" | "items" | "values" | "close" | "get") {
        return Some(cx.give_up("an attribute of an .npz archive"));
    }
    let owner = match ty {
        Ty::Rng => "numpy.random._generator.Generator".to_owned(),
        Ty::DType(dtype) => match dtype {
            crate::DType::Bool => "numpy.dtypes.BoolDType".to_owned(),
            crate::DType::I32 => "numpy.dtypes.Int32DType".to_owned(),
            crate::DType::I64 => "numpy.dtypes.Int64DType".to_owned(),
            crate::DType::F32 => "numpy.dtypes.Float32DType".to_owned(),
            crate::DType::F64 => "numpy.dtypes.Float64DType".to_owned(),
            crate::DType::C128 => "numpy.dtypes.Complex128DType".to_owned(),
        },
        other => other.python_name(),
    };
    if cx.is_certain() {
        let help = nearest(name, known.iter().copied()).map(|n| format!("did you mean `{n}`?"));
        return Some(cx.error(
            Problem::NoAttribute {
                ty: owner,
                name: name.to_owned(),
            },
            help,
        ));
    }
    let text = format!("'{owner}' object has no attribute '{name}'");
    Some(cx.raise(ExceptionKind::AttributeError, &text))
}
