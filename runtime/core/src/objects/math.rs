//! The `math` module: CPython's functions, bits and errors.
//!
//! Source: CPython 3.11, `mathmodule.c`.

use super::libm;
use super::list::{Data, List};
use super::math_special as special;
use super::value::Val;
use crate::error::{Raise, guard};
use crate::text::Scalar;
use lnp_abi::{ExceptionKind, INT_OVERFLOW, MathFn, MathInt};
use std::f64::consts::PI;

/// What CPython's C functions leave in `errno`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fault {
    Domain,
    Range,
}

impl From<Fault> for Raise {
    fn from(fault: Fault) -> Raise {
        match fault {
            Fault::Domain => Raise::value("math domain error"),
            Fault::Range => Raise::new(ExceptionKind::OverflowError, "math range error"),
        }
    }
}

/// `math_1`: a NaN or an infinity that the argument does not explain is an error.
fn checked1(x: f64, r: f64, can_overflow: bool) -> Result<f64, Raise> {
    if r.is_nan() && !x.is_nan() {
        return Err(Fault::Domain.into());
    }
    if r.is_infinite() && x.is_finite() {
        return Err(if can_overflow { Fault::Range } else { Fault::Domain }.into());
    }
    Ok(r)
}

pub fn math1(function: MathFn, x: f64) -> Result<f64, Raise> {
    use MathFn as F;
    let bounded = |f: fn(f64) -> f64| checked1(x, f(x), false);
    let overflowing = |f: fn(f64) -> f64| checked1(x, f(x), true);
    match function {
        F::Acos => bounded(libm::acos),
        F::Acosh => bounded(libm::acosh),
        F::Asin => bounded(libm::asin),
        F::Asinh => bounded(libm::asinh),
        F::Atan => bounded(libm::atan),
        F::Atanh => bounded(libm::atanh),
        F::Cbrt => bounded(|x| libm::cbrt(x)),
        F::Cos => bounded(libm::cos),
        F::Sin => bounded(libm::sin),
        F::Tan => bounded(libm::tan),
        F::Tanh => bounded(libm::tanh),
        F::Sqrt => bounded(f64::sqrt),
        F::Fabs => Ok(x.abs()),
        F::Log => bounded(libm::log),
        F::Log10 => bounded(libm::log10),
        F::Log2 => bounded(libm::log2),
        F::Log1p => bounded(libm::log1p),
        F::Cosh => overflowing(libm::cosh),
        F::Sinh => overflowing(libm::sinh),
        F::Exp => overflowing(libm::exp),
        F::Exp2 => overflowing(libm::exp2),
        F::Expm1 => overflowing(libm::expm1),
        F::Erf => Ok(libm::erf(x)),
        F::Erfc => Ok(libm::erfc(x)),
        F::Gamma => Ok(special::gamma(x)?),
        F::Lgamma => Ok(special::lgamma(x)?),
        F::Degrees => Ok(x * (180.0 / PI)),
        F::Radians => Ok(x * (PI / 180.0)),
        F::Ceil => Ok(x.ceil()),
        F::Floor => Ok(x.floor()),
        F::Trunc => Ok(x.trunc()),
        F::Ulp => Ok(ulp(x)),
        F::ModfFraction if x.is_infinite() => Ok(libm::copysign(0.0, x)),
        F::ModfFraction => Ok(libm::copysign(x - x.trunc(), x)),
        F::ModfWhole => Ok(x.trunc()),
        F::FrexpMantissa => Ok(libm::frexp(x).0),
        F::FrexpExponent if !x.is_finite() => Ok(0.0),
        F::FrexpExponent => Ok(libm::frexp(x).1 as f64),
        other => Err(wrong_arity(other)),
    }
}

pub fn math2(function: MathFn, x: f64, y: f64) -> Result<f64, Raise> {
    use MathFn as F;
    match function {
        F::Atan2 => Ok(libm::atan2(x, y)),
        F::Copysign => Ok(libm::copysign(x, y)),
        F::Fmod => {
            let r = libm::fmod(x, y);
            if r.is_nan() && !x.is_nan() && !y.is_nan() {
                Err(Fault::Domain.into())
            } else {
                Ok(r)
            }
        }
        F::Hypot => Ok(special::hypot(x, y)),
        F::IsClose => Ok(is_close(x, y) as u8 as f64),
        F::Ldexp => ldexp(x, y),
        F::LogBase => {
            let (numerator, denominator) = (math1(F::Log, x)?, math1(F::Log, y)?);
            if denominator == 0.0 {
                return Err(Raise::new(ExceptionKind::ZeroDivisionError, "float division by zero"));
            }
            Ok(numerator / denominator)
        }
        F::Nextafter => Ok(libm::nextafter(x, y)),
        F::Pow => pow(x, y),
        F::Remainder => {
            if !x.is_nan() && !y.is_nan() && (x.is_infinite() || y == 0.0) {
                return Err(Fault::Domain.into());
            }
            Ok(libm::remainder(x, y))
        }
        other => Err(wrong_arity(other)),
    }
}

fn wrong_arity(function: MathFn) -> Raise {
    Raise::type_(format!(
        "math.{}() called with a wrong number of arguments",
        function.name()
    ))
}

fn pow(x: f64, y: f64) -> Result<f64, Raise> {
    let r = libm::pow(x, y);
    if !x.is_finite() || !y.is_finite() {
        return Ok(r);
    }
    if r.is_nan() {
        return Err(Fault::Domain.into());
    }
    if r.is_infinite() {
        return Err(if x == 0.0 { Fault::Domain } else { Fault::Range }.into());
    }
    Ok(r)
}

fn ldexp(x: f64, exponent: f64) -> Result<f64, Raise> {
    if x == 0.0 || !x.is_finite() {
        return Ok(x);
    }
    let r = libm::ldexp(x, exponent.clamp(i32::MIN as f64, i32::MAX as f64) as i32);
    if r.is_infinite() {
        Err(Fault::Range.into())
    } else {
        Ok(r)
    }
}

fn ulp(x: f64) -> f64 {
    let x = x.abs();
    if !x.is_finite() {
        return x;
    }
    let next = libm::nextafter(x, f64::INFINITY);
    if next.is_infinite() {
        x - libm::nextafter(x, f64::NEG_INFINITY)
    } else {
        next - x
    }
}

fn is_close(x: f64, y: f64) -> bool {
    if x == y {
        return true;
    }
    if x.is_infinite() || y.is_infinite() {
        return false;
    }
    let difference = (x - y).abs();
    difference <= (1e-9 * y).abs() || difference <= (1e-9 * x).abs()
}

pub fn math_int(function: MathInt, a: i64, b: i64) -> Result<i64, Raise> {
    let overflow = || Raise::new(ExceptionKind::OverflowError, INT_OVERFLOW);
    match function {
        MathInt::Factorial if a < 0 => Err(Raise::value("factorial() not defined for negative values")),
        MathInt::Factorial if a > 20 => Err(overflow()),
        MathInt::Factorial => Ok((1..=a).product()),
        MathInt::Gcd => i64::try_from(gcd(a.unsigned_abs(), b.unsigned_abs())).map_err(|_| overflow()),
        MathInt::Lcm => {
            let (a, b) = (a.unsigned_abs(), b.unsigned_abs());
            if a == 0 || b == 0 {
                return Ok(0);
            }
            let lcm = (a / gcd(a, b)).checked_mul(b);
            lcm.and_then(|n| i64::try_from(n).ok()).ok_or_else(overflow)
        }
        MathInt::Comb | MathInt::Perm if a < 0 => Err(Raise::value("n must be a non-negative integer")),
        MathInt::Comb | MathInt::Perm if b < 0 => Err(Raise::value("k must be a non-negative integer")),
        MathInt::Comb => {
            if b > a {
                return Ok(0);
            }
            let mut result: u128 = 1;
            for k in 1..=b.min(a - b) {
                // Each step is a whole binomial coefficient, so dividing is exact.
                result = result * (a - k + 1) as u128 / k as u128;
                if result > i64::MAX as u128 {
                    return Err(overflow());
                }
            }
            Ok(result as i64)
        }
        MathInt::Perm => {
            if b > a {
                return Ok(0);
            }
            let mut result: i64 = 1;
            for k in 0..b {
                result = result.checked_mul(a - k).ok_or_else(overflow)?;
            }
            Ok(result)
        }
        MathInt::Isqrt if a < 0 => Err(Raise::value("isqrt() argument must be nonnegative")),
        MathInt::Isqrt => Ok(a.isqrt()),
    }
}

fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// `math.fsum` of a list of numbers: the exact sum, rounded once.
fn fsum(data: &Data) -> Result<f64, Raise> {
    let mut numbers = Vec::with_capacity(data.len());
    for idx in 0..data.len() {
        // SAFETY: summing does not change the list.
        numbers.push(match unsafe { Val::element(data, idx) } {
            Val::Int(x) => x as f64,
            Val::Bool(x) => x as u8 as f64,
            Val::Float(x) | Val::Np(Scalar::F64(x)) => x,
            Val::Np(Scalar::F32(x)) => x as f64,
            Val::Np(Scalar::I32(x)) => x as f64,
            Val::Np(Scalar::I64(x)) => x as f64,
            other => return Err(Raise::type_(format!("must be real number, not {}", other.type_name()))),
        });
    }
    special::fsum(&numbers)
}

fn function(code: i64) -> Result<MathFn, Raise> {
    MathFn::from_code(code).ok_or_else(|| Raise::type_("unknown math function"))
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_math1(code: i64, x: f64) -> f64 {
    guard(|| math1(function(code)?, x))
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_math2(code: i64, x: f64, y: f64) -> f64 {
    guard(|| math2(function(code)?, x, y))
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_math_int(code: i64, a: i64, b: i64) -> i64 {
    guard(|| {
        math_int(
            MathInt::from_code(code).ok_or_else(|| Raise::type_("unknown math function"))?,
            a,
            b,
        )
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_math_fsum(list: *const List) -> f64 {
    // SAFETY: a live list.
    let data = unsafe { List::data(list) };
    guard(|| fsum(data))
}

#[cfg(test)]
#[path = "math_tests.rs"]
mod tests;
