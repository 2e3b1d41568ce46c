//! Integer powers, and the exact quotient of two ints.

macro_rules! powers {
    ($($strip:ident $scalar:ident $ty:ident;)*) => {
        $(
            /// `a` to the power `b`, by squaring, wrapping. A negative exponent (an error in
            /// NumPy, which the frontend raises) gives what truncation would.
            #[unsafe(no_mangle)]
            pub extern "C" fn $scalar(a: $ty, b: $ty) -> $ty {
                if b < 0 {
                    return match a {
                        1 => 1,
                        -1 => if b & 1 == 0 { 1 } else { -1 },
                        _ => 0,
                    };
                }
                let (mut base, mut left, mut result) = (a, b, 1 as $ty);
                while left > 0 {
                    if left & 1 == 1 {
                        result = result.wrapping_mul(base);
                    }
                    base = base.wrapping_mul(base);
                    left >>= 1;
                }
                result
            }

            /// # Safety
            /// `a`, `b` and `out` have `n` elements.
            #[unsafe(no_mangle)]
            pub unsafe extern "C" fn $strip(n: i64, out: *mut $ty, a: *const $ty, b: *const $ty) {
                for i in 0..n.max(0) as usize {
                    // SAFETY: `i < n`.
                    unsafe { out.add(i).write($scalar(a.add(i).read(), b.add(i).read())) };
                }
            }
        )*
    };
}

powers! {
    lnp_v_pow_i64 lnp_s_pow_i64 i64;
    lnp_v_pow_i32 lnp_s_pow_i32 i32;
}

/// `a / b` of Python ints, correctly rounded; `b` is not zero.
#[unsafe(no_mangle)]
pub extern "C" fn lnp_s_truediv_i64(a: i64, b: i64) -> f64 {
    if b == 0 {
        return f64::NAN;
    }
    let sign = if (a < 0) != (b < 0) { -1.0 } else { 1.0 };
    let (a, b) = (u128::from(a.unsigned_abs()), u128::from(b.unsigned_abs()));
    if a == 0 {
        // Python's 0 / -5 is -0.0.
        return sign * 0.0;
    }
    // Scaled so that the quotient has 55 bits or more; what is left over only has to be
    // noticed, in the lowest bit, for the one rounding that follows.
    let bits = |v: u128| 128 - v.leading_zeros() as i32;
    let shift = (56 + bits(b) - bits(a)).max(0);
    let scaled = a << shift;
    let quotient = (scaled / b) | u128::from(scaled % b != 0);
    sign * quotient as f64 * 2f64.powi(-shift)
}

#[cfg(test)]
mod tests {
    use super::{lnp_s_pow_i64, lnp_s_truediv_i64};

    #[test]
    fn quotients_are_rounded_once() {
        // CPython's values.
        assert_eq!(lnp_s_truediv_i64(9007199254740993, 3), 3002399751580331.0);
        assert_eq!(lnp_s_truediv_i64(i64::MAX, i64::MIN), -1.0);
        assert_eq!(lnp_s_truediv_i64(i64::MIN, 1), -9.223372036854775808e18);
        assert_eq!(lnp_s_truediv_i64(9223372036854775807, 10), 9.223372036854776e17);
        assert_eq!(lnp_s_truediv_i64(1, i64::MAX), 1.0842021724855044e-19);
        assert_eq!(
            lnp_s_truediv_i64(9007199254740993, 9007199254740991),
            1.0000000000000002
        );
    }

    #[test]
    fn powers_wrap() {
        assert_eq!(lnp_s_pow_i64(3, 4), 81);
        assert_eq!(lnp_s_pow_i64(-2, 63), i64::MIN);
        assert_eq!(lnp_s_pow_i64(2, 64), 0);
        assert_eq!(lnp_s_pow_i64(7, 0), 1);
    }
}
