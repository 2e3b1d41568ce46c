//! `fmod`, `floor_divide` and `remainder` of floats, with NumPy's bits.
//!
//! Source of the adjustments: `npy_divmod` in NumPy's npymath.

use super::sys as libm;

macro_rules! modulo {
    ($ty:ident, $exact:path, $rest:ident, $floordiv:ident, $mod:ident,
     $($name:ident $strip:ident $fused:ident $of:ident;)*) => {
        /// The exact remainder with the dividend's sign. `fused` is `a·b + c` rounded once.
        #[inline(always)]
        fn $rest(a: $ty, b: $ty, fused: impl Fn($ty, $ty, $ty) -> $ty) -> $ty {
            let quotient = (a / b).trunc();
            // While the quotient is exact but for one, so is what is left over.
            if quotient.abs() < (1u64 << ($ty::MANTISSA_DIGITS - 2)) as $ty && b.abs() > $ty::MIN_POSITIVE * 1e20 && b.abs() <= $ty::MAX {
                let mut rest = fused(-quotient, b, a);
                if rest != 0.0 && (rest < 0.0) != (a < 0.0) {
                    rest += b.abs().copysign(a);
                }
                if rest == 0.0 { (0.0 as $ty).copysign(a) } else { rest }
            } else {
                $exact(a, b)
            }
        }

        #[inline(always)]
        fn $floordiv(a: $ty, b: $ty, fused: impl Fn($ty, $ty, $ty) -> $ty) -> $ty {
            if b == 0.0 {
                return a / b;
            }
            let rest = $rest(a, b, fused);
            let mut quotient = (a - rest) / b;
            if rest != 0.0 && (b < 0.0) != (rest < 0.0) {
                quotient -= 1.0;
            }
            if quotient != 0.0 {
                let floor = quotient.floor();
                if quotient - floor > 0.5 { floor + 1.0 } else { floor }
            } else {
                (0.0 as $ty).copysign(a / b)
            }
        }

        #[inline(always)]
        fn $mod(a: $ty, b: $ty, fused: impl Fn($ty, $ty, $ty) -> $ty) -> $ty {
            let rest = $rest(a, b, fused);
            if b == 0.0 {
                return rest;
            }
            if rest == 0.0 {
                (0.0 as $ty).copysign(b)
            } else if (b < 0.0) != (rest < 0.0) {
                rest + b
            } else {
                rest
            }
        }

        $(
            #[unsafe(no_mangle)]
            pub extern "C" fn $name(a: $ty, b: $ty) -> $ty {
                $of(a, b, $ty::mul_add)
            }

            /// # Safety
            /// The processor has FMA; as for the strip.
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "fma,avx2")]
            unsafe fn $fused(n: usize, out: *mut $ty, a: *const $ty, b: *const $ty) {
                for i in 0..n {
                    // SAFETY: `i < n`.
                    unsafe { out.add(i).write($of(a.add(i).read(), b.add(i).read(), |a, b, c| a.mul_add(b, c))) };
                }
            }

            /// # Safety
            /// `a`, `b` and `out` have `n` elements.
            #[unsafe(no_mangle)]
            pub unsafe extern "C" fn $strip(n: i64, out: *mut $ty, a: *const $ty, b: *const $ty) {
                let n = n.max(0) as usize;
                #[cfg(target_arch = "x86_64")]
                if std::is_x86_feature_detected!("fma") && std::is_x86_feature_detected!("avx2") {
                    // SAFETY: the caller's promise; the features are there.
                    return unsafe { $fused(n, out, a, b) };
                }
                for i in 0..n {
                    // SAFETY: `i < n`.
                    unsafe { out.add(i).write($name(a.add(i).read(), b.add(i).read())) };
                }
            }
        )*
    };
}

modulo!(f64, libm::fmod, rest_f64, floordiv_f64, mod_f64,
    lnp_s_fmod_f64 lnp_v_fmod_f64 fused_fmod_f64 rest_f64;
    lnp_s_floordiv_f64 lnp_v_floordiv_f64 fused_floordiv_f64 floordiv_f64;
    lnp_s_mod_f64 lnp_v_mod_f64 fused_mod_f64 mod_f64;
);

modulo!(f32, libm::fmodf, rest_f32, floordiv_f32, mod_f32,
    lnp_s_fmod_f32 lnp_v_fmod_f32 fused_fmod_f32 rest_f32;
    lnp_s_floordiv_f32 lnp_v_floordiv_f32 fused_floordiv_f32 floordiv_f32;
    lnp_s_mod_f32 lnp_v_mod_f32 fused_mod_f32 mod_f32;
);

#[cfg(test)]
mod tests {
    use super::{lnp_s_floordiv_f64, lnp_s_fmod_f64, lnp_s_mod_f64};
    use crate::vmath::sys;

    #[test]
    fn remainders_are_exact() {
        let mut state = 1u64;
        let mut next = || {
            state = state
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            (state >> 11) as f64 / (1u64 << 53) as f64 - 0.5
        };
        for i in 0..200_000 {
            let scale = 10f64.powi(i % 25 - 12);
            let (a, b) = (next() * scale, next() * if i % 3 == 0 { 1.0 } else { 1e-3 });
            let (a, b) = if i % 5 == 0 {
                ((a * 100.0).round(), (b * 100.0).round())
            } else {
                (a, b)
            };
            let (got, want) = (lnp_s_fmod_f64(a, b), sys::fmod(a, b));
            assert!(
                got.to_bits() == want.to_bits() || (got.is_nan() && want.is_nan()),
                "{a} {b}: {got} {want}"
            );
        }
    }

    #[test]
    fn signs_are_numpys() {
        let inf = f64::INFINITY;
        let cases = [
            (5.5, 2.0, 2.0, 1.5),
            (-5.5, 2.0, -3.0, 0.5),
            (5.5, -2.0, -3.0, -0.5),
            (-1.0, inf, -1.0, inf),
        ];
        for (a, b, quotient, rest) in cases {
            assert_eq!((lnp_s_floordiv_f64(a, b), lnp_s_mod_f64(a, b)), (quotient, rest));
        }
        assert!(lnp_s_floordiv_f64(inf, 2.0).is_nan());
        assert_eq!(lnp_s_floordiv_f64(5.0, 0.0), inf);
        assert!(lnp_s_mod_f64(5.0, 0.0).is_nan());
        assert!(lnp_s_floordiv_f64(-0.0, 3.0).is_sign_negative());
    }
}
