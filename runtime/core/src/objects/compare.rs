//! Equality and order of values, as `==` and `<` decide them inside lists.

use super::list::{Data, List};
use super::value::Val;
use crate::array::Array;
use crate::error::Raise;
use crate::text::Scalar;
use lnp_abi::ExceptionKind;
use std::cmp::Ordering;

/// A number, for comparing across Python's and NumPy's types.
#[derive(Clone, Copy)]
enum Number {
    Int(i64),
    Float(f64),
    Complex(f64, f64),
}

fn number(value: &Val) -> Option<Number> {
    Some(match *value {
        Val::Int(x) => Number::Int(x),
        Val::Bool(x) => Number::Int(x as i64),
        Val::Float(x) => Number::Float(x),
        Val::Complex(re, im) => Number::Complex(re, im),
        Val::Np(scalar) => match scalar {
            Scalar::Bool(x) => Number::Int(x as i64),
            Scalar::I32(x) => Number::Int(x as i64),
            Scalar::I64(x) => Number::Int(x),
            Scalar::F32(x) => Number::Float(x as f64),
            Scalar::F64(x) => Number::Float(x),
            Scalar::C128(re, im) => Number::Complex(re, im),
        },
        _ => return None,
    })
}

/// `int < float` and the like, exactly: no rounding of the integer.
fn compare_int_float(x: i64, y: f64) -> Option<Ordering> {
    const TWO_63: f64 = 9_223_372_036_854_775_808.0;
    if y.is_nan() {
        return None;
    }
    if y >= TWO_63 {
        return Some(Ordering::Less);
    }
    if y < -TWO_63 {
        return Some(Ordering::Greater);
    }
    let whole = y.floor();
    Some(
        x.cmp(&(whole as i64))
            .then(if y > whole { Ordering::Less } else { Ordering::Equal }),
    )
}

fn compare_numbers(a: Number, b: Number) -> Option<Ordering> {
    match (a, b) {
        (Number::Int(x), Number::Int(y)) => Some(x.cmp(&y)),
        (Number::Float(x), Number::Float(y)) => x.partial_cmp(&y),
        (Number::Int(x), Number::Float(y)) => compare_int_float(x, y),
        (Number::Float(x), Number::Int(y)) => compare_int_float(y, x).map(Ordering::reverse),
        _ => None,
    }
}

/// Whether `a == b` is true.
///
/// Errors: an array's `==` that has no truth value.
pub fn equal(a: &Val, b: &Val) -> Result<bool, Raise> {
    if let (Some(x), Some(y)) = (number(a), number(b)) {
        return Ok(match (x, y) {
            (Number::Complex(re, im), Number::Complex(re2, im2)) => re == re2 && im == im2,
            (Number::Complex(re, im), real) | (real, Number::Complex(re, im)) => {
                im == 0.0 && compare_numbers(Number::Float(re), real) == Some(Ordering::Equal)
            }
            _ => compare_numbers(x, y) == Some(Ordering::Equal),
        });
    }
    match (a, b) {
        (Val::Str(x), Val::Str(y)) => Ok(x == y),
        (Val::None, Val::None) => Ok(true),
        (Val::Tuple(x), Val::Tuple(y)) => {
            if x.len() != y.len() {
                return Ok(false);
            }
            for (x, y) in x.iter().zip(y) {
                if !elements_equal(x, y)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        (Val::List(x), Val::List(y)) if x == y => Ok(true),
        // SAFETY: live lists, and comparing changes none.
        (Val::List(x), Val::List(y)) => lists_equal(unsafe { List::data(*x) }, unsafe { List::data(*y) }),
        (Val::Array(x), Val::Array(y)) if x == y => Ok(true),
        (Val::Object(x), Val::Object(y)) => crate::python::equal(*x, *y),
        (Val::Object(x), other) | (other, Val::Object(x)) => crate::python::equal_to(*x, other),
        (Val::Array(x), other) | (other, Val::Array(x)) => array_equal(*x, other),
        (Val::Rng(x), Val::Rng(y)) => Ok(x == y),
        _ => Ok(false),
    }
}

/// [`equal`] of elements, of which one and the same object is equal to itself, even a NaN. Numbers
/// have no identity here: CPython tells.
pub fn elements_equal(a: &Val, b: &Val) -> Result<bool, Raise> {
    if is_nan(a) && is_nan(b) {
        return Err(Raise::new(
            ExceptionKind::NotCompiled,
            "NaN is compared with NaN, perhaps the same object",
        ));
    }
    equal(a, b)
}

fn is_nan(value: &Val) -> bool {
    match number(value) {
        Some(Number::Float(x)) => x.is_nan(),
        Some(Number::Complex(re, im)) => re.is_nan() || im.is_nan(),
        _ => false,
    }
}

pub fn lists_equal(x: &Data, y: &Data) -> Result<bool, Raise> {
    if x.len() != y.len() {
        return Ok(false);
    }
    for idx in 0..x.len() {
        // SAFETY: neither list changes meanwhile.
        let (a, b) = unsafe { (Val::element(x, idx), Val::element(y, idx)) };
        if !elements_equal(&a, &b)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// `bool(array == other)`, which needs a result of one element.
fn array_equal(array: *mut lnp_abi::ArrayHeader, other: &Val) -> Result<bool, Raise> {
    // SAFETY: lists and compiled code hold live arrays.
    let array = unsafe { Array::borrow(array) };
    let n = match other {
        // SAFETY: as above.
        Val::Array(other) => array.len().max(unsafe { Array::borrow(*other) }.len()),
        _ => array.len(),
    };
    if n != 1 {
        return Err(Raise::value(
            "The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()",
        ));
    }
    let element = |array: &Array| -> Result<Scalar, Raise> {
        let mut bytes = [0u8; 16];
        let source = array.c_bytes()?;
        bytes[..source.len().min(16)].copy_from_slice(&source[..source.len().min(16)]);
        let slot = |k: usize| u64::from_le_bytes(std::array::from_fn(|i| bytes[8 * k + i]));
        Ok(super::value::scalar(array.dtype(), &[slot(0), slot(1)]))
    };
    let x = Val::Np(element(array)?);
    match other {
        // SAFETY: as above.
        Val::Array(other) => equal(&x, &Val::Np(element(unsafe { Array::borrow(*other) })?)),
        other => equal(&x, other),
    }
}

/// Whether `a < b`.
///
/// Errors: `TypeError` for values without an order.
pub fn less(a: &Val, b: &Val) -> Result<bool, Raise> {
    if let (Some(x), Some(y)) = (number(a), number(b))
        && !matches!((x, y), (Number::Complex(..), _) | (_, Number::Complex(..)))
    {
        return Ok(compare_numbers(x, y) == Some(Ordering::Less));
    }
    match (a, b) {
        (Val::Str(x), Val::Str(y)) => Ok(x < y),
        (Val::Tuple(x), Val::Tuple(y)) => {
            for (x, y) in x.iter().zip(y) {
                if !elements_equal(x, y)? {
                    return less(x, y);
                }
            }
            Ok(x.len() < y.len())
        }
        (Val::List(x), Val::List(y)) => {
            // SAFETY: live lists, and comparing changes none.
            let (x, y) = unsafe { (List::data(*x), List::data(*y)) };
            for idx in 0..x.len().min(y.len()) {
                // SAFETY: as above.
                let (a, b) = unsafe { (Val::element(x, idx), Val::element(y, idx)) };
                if !equal(&a, &b)? {
                    return less(&a, &b);
                }
            }
            Ok(x.len() < y.len())
        }
        _ => Err(Raise::type_(format!(
            "'<' not supported between instances of '{}' and '{}'",
            a.type_name(),
            b.type_name()
        ))),
    }
}

/// Sorts a list as `list.sort(reverse=…)`: stable, both ways.
pub fn sort(data: &mut Data, reverse: bool) -> Result<(), Raise> {
    use super::sig::Sig;
    // Reversing before and after keeps equal elements in their order.
    if reverse {
        data.reverse();
    }
    match data.sig() {
        Some(Sig::Int) => data.all_slots_mut().sort_by_key(|&bits| bits as i64),
        Some(Sig::Float) if data.all_slots().iter().all(|&bits| !f64::from_bits(bits).is_nan()) => {
            data.all_slots_mut().sort_by(|&x, &y| {
                f64::from_bits(x)
                    .partial_cmp(&f64::from_bits(y))
                    .unwrap_or(Ordering::Equal)
            })
        }
        _ => {
            let order = {
                // SAFETY: the list does not change until the order is known.
                let values: Vec<Val> = (0..data.len()).map(|idx| unsafe { Val::element(data, idx) }).collect();
                let mut order: Vec<usize> = (0..values.len()).collect();
                merge_sort(&mut order, &mut |&x, &y| less(&values[x], &values[y]))?;
                order
            };
            data.permute(&order);
        }
    }
    if reverse {
        data.reverse();
    }
    Ok(())
}

type Less<'a> = dyn FnMut(&usize, &usize) -> Result<bool, Raise> + 'a;

/// A stable sort that bears an order which is none (NaN): short runs as CPython's binary
/// insertion sort does them, so that those lists come out as there.
fn merge_sort(items: &mut [usize], less: &mut Less) -> Result<(), Raise> {
    let n = items.len();
    if n < 64 {
        return insertion_sort(items, less);
    }
    let (left, right) = items.split_at_mut(n / 2);
    merge_sort(left, less)?;
    merge_sort(right, less)?;
    let mut merged = Vec::with_capacity(n);
    let (mut i, mut j) = (0, 0);
    while i < left.len() && j < right.len() {
        if less(&right[j], &left[i])? {
            merged.push(right[j]);
            j += 1;
        } else {
            merged.push(left[i]);
            i += 1;
        }
    }
    merged.extend_from_slice(&left[i..]);
    merged.extend_from_slice(&right[j..]);
    items.copy_from_slice(&merged);
    Ok(())
}

fn insertion_sort(items: &mut [usize], less: &mut Less) -> Result<(), Raise> {
    if items.len() < 2 {
        return Ok(());
    }
    // CPython's count_run: the ordered prefix stays, a strictly descending one is turned.
    let mut run = 2;
    let descending = less(&items[1], &items[0])?;
    while run < items.len() && less(&items[run], &items[run - 1])? == descending {
        run += 1;
    }
    if descending {
        items[..run].reverse();
    }
    for k in run..items.len() {
        let pivot = items[k];
        let (mut low, mut high) = (0, k);
        while low < high {
            let middle = low + (high - low) / 2;
            if less(&pivot, &items[middle])? {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        items.copy_within(low..k, low + 1);
        items[low] = pivot;
    }
    Ok(())
}
