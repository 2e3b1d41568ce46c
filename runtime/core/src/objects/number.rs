//! Arithmetic of Python's own numbers where it differs from the machine's.
//!
//! Source: CPython 3.11, `floatobject.c`, `complexobject.c`. Where CPython's result would have
//! another type than the static one (a negative int power, a root of a negative number), an
//! error says so: never another number.

use super::libm;
use crate::error::{Raise, guard};
use crate::text::round_half_even;
use lnp_abi::{Complex, ExceptionKind, INT_OVERFLOW};

fn zero_division(text: &str) -> Raise {
    Raise::new(ExceptionKind::ZeroDivisionError, text)
}

fn overflow(text: &str) -> Raise {
    Raise::new(ExceptionKind::OverflowError, text)
}

/// `base ** exponent` of ints.
pub fn int_pow(base: i64, exponent: i64) -> Result<i64, Raise> {
    if exponent < 0 {
        return Err(if base == 0 {
            zero_division("0.0 cannot be raised to a negative power")
        } else {
            Raise::new(ExceptionKind::NotCompiled, "an int to a negative power is a float")
        });
    }
    match base {
        0 => return Ok((exponent == 0) as i64),
        1 => return Ok(1),
        -1 => return Ok(if exponent % 2 == 0 { 1 } else { -1 }),
        _ => {}
    }
    u32::try_from(exponent)
        .ok()
        .and_then(|n| base.checked_pow(n))
        .ok_or_else(|| overflow(INT_OVERFLOW))
}

/// `x ** y` of floats.
pub fn float_pow(x: f64, y: f64) -> Result<f64, Raise> {
    if x == 0.0 && y < 0.0 && y.is_finite() {
        return Err(zero_division("0.0 cannot be raised to a negative power"));
    }
    if x < 0.0 && x.is_finite() && y.is_finite() && y != y.floor() {
        return Err(Raise::new(
            ExceptionKind::NotCompiled,
            "a negative float to a fractional power is complex",
        ));
    }
    let r = libm::pow(x, y);
    if r.is_infinite() && x.is_finite() && y.is_finite() {
        return Err(overflow("(34, 'Numerical result out of range')"));
    }
    Ok(r)
}

/// `x // y` and `x % y`, y not zero.
fn float_divmod(x: f64, y: f64) -> (f64, f64) {
    let mut remainder = libm::fmod(x, y);
    let mut quotient = (x - remainder) / y;
    if remainder == 0.0 {
        remainder = libm::copysign(0.0, y);
    } else if (y < 0.0) != (remainder < 0.0) {
        remainder += y;
        quotient -= 1.0;
    }
    let floor = if quotient == 0.0 {
        libm::copysign(0.0, x / y)
    } else {
        let floor = quotient.floor();
        if quotient - floor > 0.5 { floor + 1.0 } else { floor }
    };
    (floor, remainder)
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_int_pow(base: i64, exponent: i64) -> i64 {
    guard(|| int_pow(base, exponent))
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_float_pow(x: f64, y: f64) -> f64 {
    guard(|| float_pow(x, y))
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_float_floordiv(x: f64, y: f64) -> f64 {
    guard(|| match y {
        0.0 => Err(zero_division("float floor division by zero")),
        _ => Ok(float_divmod(x, y).0),
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_float_mod(x: f64, y: f64) -> f64 {
    guard(|| match y {
        0.0 => Err(zero_division("float modulo")),
        _ => Ok(float_divmod(x, y).1),
    })
}

fn complex_mul(a: Complex, b: Complex) -> Complex {
    Complex {
        re: a.re * b.re - a.im * b.im,
        im: a.re * b.im + a.im * b.re,
    }
}

/// Smith's division, as `_Py_c_quot`.
fn complex_div(a: Complex, b: Complex) -> Option<Complex> {
    if b.re.abs() >= b.im.abs() {
        if b.re == 0.0 {
            return None;
        }
        let ratio = b.im / b.re;
        let denominator = b.re + b.im * ratio;
        Some(Complex {
            re: (a.re + a.im * ratio) / denominator,
            im: (a.im - a.re * ratio) / denominator,
        })
    } else if b.im.abs() >= b.re.abs() {
        let ratio = b.re / b.im;
        let denominator = b.re * ratio + b.im;
        Some(Complex {
            re: (a.re * ratio + a.im) / denominator,
            im: (a.im * ratio - a.re) / denominator,
        })
    } else {
        Some(Complex {
            re: f64::NAN,
            im: f64::NAN,
        })
    }
}

/// `a ** b` of complex numbers.
pub fn complex_pow(a: Complex, b: Complex) -> Result<Complex, Raise> {
    let domain = || zero_division("0.0 to a negative or complex power");
    let small_int = b.im == 0.0 && b.re == b.re.floor() && b.re.abs() <= 100.0;
    let r = if small_int {
        let power = complex_int_power(a, b.re.abs() as u32);
        if b.re > 0.0 {
            power
        } else {
            complex_div(Complex { re: 1.0, im: 0.0 }, power).ok_or_else(domain)?
        }
    } else if a.re == 0.0 && a.im == 0.0 {
        if b.im != 0.0 || b.re < 0.0 {
            return Err(domain());
        }
        Complex { re: 0.0, im: 0.0 }
    } else {
        let modulus = libm::hypot(a.re, a.im);
        let angle = libm::atan2(a.im, a.re);
        let mut length = libm::pow(modulus, b.re);
        let mut phase = angle * b.re;
        if b.im != 0.0 {
            length *= libm::exp(-angle * b.im);
            phase += b.im * libm::log(modulus);
        }
        Complex {
            re: length * libm::cos(phase),
            im: length * libm::sin(phase),
        }
    };
    if r.re.is_infinite() || r.im.is_infinite() {
        return Err(overflow("complex exponentiation"));
    }
    Ok(r)
}

fn complex_int_power(a: Complex, n: u32) -> Complex {
    let mut result = Complex { re: 1.0, im: 0.0 };
    let mut power = a;
    let mut bit = 1;
    while n >= bit {
        if n & bit != 0 {
            result = complex_mul(result, power);
        }
        bit <<= 1;
        power = complex_mul(power, power);
    }
    result
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_complex_div(a: Complex, b: Complex) -> Complex {
    guard(|| complex_div(a, b).ok_or_else(|| zero_division("complex division by zero")))
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_complex_pow(a: Complex, b: Complex) -> Complex {
    guard(|| complex_pow(a, b))
}

/// A whole float as an int.
fn whole_to_int(x: f64) -> Result<i64, Raise> {
    const TWO_63: f64 = 9_223_372_036_854_775_808.0;
    if x.is_nan() {
        return Err(Raise::value("cannot convert float NaN to integer"));
    }
    if x.is_infinite() {
        return Err(overflow("cannot convert float infinity to integer"));
    }
    if (-TWO_63..TWO_63).contains(&x) {
        Ok(x as i64)
    } else {
        Err(overflow(INT_OVERFLOW))
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_int_from_float(x: f64) -> i64 {
    guard(|| whole_to_int(x.trunc()))
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_round_to_int(x: f64) -> i64 {
    guard(|| whole_to_int(x.round_ties_even()))
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_round_digits(x: f64, digits: i64) -> f64 {
    guard(|| {
        let r = round_half_even(x, digits);
        if r.is_infinite() && x.is_finite() {
            return Err(overflow("rounded value too large to represent"));
        }
        Ok(r)
    })
}

#[cfg(test)]
#[path = "number_tests.rs"]
mod tests;
