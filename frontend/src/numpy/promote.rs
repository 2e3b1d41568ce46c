//! NumPy 2's promotion (NEP 50): Python scalars are weak.

use crate::DType;
use crate::types::Ty;

/// The common dtype of two dtypes (`numpy.promote_types`).
pub fn promote(a: DType, b: DType) -> DType {
    use DType::*;
    match (a, b) {
        _ if a == b => a,
        (Bool, other) | (other, Bool) => other,
        (C128, _) | (_, C128) => C128,
        (F64, _) | (_, F64) => F64,
        // An int32 has more digits than a float32.
        (F32, _) | (_, F32) => F64,
        (I64, _) | (_, I64) => I64,
        (I32, I32) => I32,
    }
}

/// The dtype an operation over these operands computes in (`numpy.result_type`); `None` when
/// it is one that compiled code does not handle (`complex64`).
pub fn result_type<'a>(operands: impl Iterator<Item = &'a Ty> + Clone) -> Option<DType> {
    let strong = operands
        .clone()
        .filter(|ty| ty.is_numpy())
        .filter_map(Ty::dtype)
        .reduce(promote);
    let weak = operands.filter(|ty| ty.is_weak());
    let Some(mut dtype) = strong else {
        return weak.filter_map(Ty::scalar_dtype).reduce(promote);
    };
    for ty in weak {
        dtype = match (ty, dtype) {
            (Ty::Int, DType::Bool) => DType::I64,
            (Ty::Float, DType::Bool | DType::I32 | DType::I64) => DType::F64,
            (Ty::Complex, DType::F32) => return None,
            (Ty::Complex, _) => DType::C128,
            _ => dtype,
        };
    }
    Some(dtype)
}

/// The float dtype of a function that has float loops only; `None` for bool (float16).
pub fn float_of(dtype: DType) -> Option<DType> {
    match dtype {
        DType::Bool => None,
        DType::I32 | DType::I64 => Some(DType::F64),
        other => Some(other),
    }
}

/// Whether an in-place result of dtype `from` may be stored in `to` (`same_kind` casting).
pub fn same_kind(from: DType, to: DType) -> bool {
    let kind = |d: DType| match d {
        DType::Bool => 0,
        DType::I32 | DType::I64 => 1,
        DType::F32 | DType::F64 => 2,
        DType::C128 => 3,
    };
    kind(from) <= kind(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_scalars_are_weak() {
        let of = |tys: &[Ty]| result_type(tys.iter());
        assert_eq!(of(&[Ty::Array(DType::F32, 1), Ty::Float]), Some(DType::F32));
        assert_eq!(of(&[Ty::Array(DType::I32, 1), Ty::Int]), Some(DType::I32));
        assert_eq!(of(&[Ty::Array(DType::I32, 1), Ty::Float]), Some(DType::F64));
        assert_eq!(of(&[Ty::Array(DType::F32, 1), Ty::Np(DType::F64)]), Some(DType::F64));
        assert_eq!(of(&[Ty::Array(DType::Bool, 1), Ty::Int]), Some(DType::I64));
        assert_eq!(of(&[Ty::Array(DType::F32, 1), Ty::Complex]), None);
        assert_eq!(
            of(&[Ty::Array(DType::I32, 1), Ty::Array(DType::F32, 2)]),
            Some(DType::F64)
        );
    }
}
