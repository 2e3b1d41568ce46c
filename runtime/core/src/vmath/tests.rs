//! Tests of the strip functions: the same bits at every width, length and in place.

use super::*;
use crate::vmath::sleef::Width;

/// Arguments over the whole range, the ordinary ones denser.
fn arguments(n: usize) -> Vec<f64> {
    let special = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        0.5,
        f64::NAN,
        f64::INFINITY,
        -f64::INFINITY,
        709.78,
        -745.0,
        1e300,
        -1e300,
        1e-310,
        5e-324,
        88.7,
        -103.0,
        1e38,
        1e-40,
    ];
    let mut state = 7u64;
    let mut next = || {
        state = state
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (state >> 11) as f64 / (1u64 << 53) as f64
    };
    let mut values = special.to_vec();
    while values.len() < n {
        let x = next() * 2.0 - 1.0;
        values.extend([x, x * 30.0, x * 1000.0, x * 10f64.powf(next() * 600.0 - 300.0)]);
    }
    values
}

/// All NaNs are one.
macro_rules! bits {
    ($ty:ident, $value:expr) => {{
        let value: $ty = $value;
        if value.is_nan() {
            u64::MAX
        } else {
            u64::from(value.to_bits())
        }
    }};
}

macro_rules! widths_agree {
    ($name:ident, $ty:ident, $loop:ident, $one:ident, [$($module:ident $exact:path),*]) => {
        #[test]
        fn $name() {
            let x: Vec<$ty> = arguments(20_000).into_iter().map(|v| v as $ty).collect();
            $({
                let scalar: Vec<u64> = x.iter().map(|&x| bits!($ty, $one($module::FUNCTION.at(Width::One), $exact, x))).collect();
                for width in [Width::Avx512, Width::Avx2] {
                    let routine = $module::FUNCTION.at(width);
                    let mut y = x.clone();
                    let at = y.as_mut_ptr();
                    // SAFETY: in place, on its whole length.
                    unsafe { $loop(routine, $exact, x.len() as i64, at, at) };
                    for i in 0..x.len() {
                        assert_eq!(bits!($ty, y[i]), scalar[i], "{} of {} at {width:?}", stringify!($module), x[i]);
                    }
                    for n in 0..20 {
                        let mut y = vec![7 as $ty; n + 1];
                        // SAFETY: `n` elements.
                        unsafe { $loop(routine, $exact, n as i64, y.as_mut_ptr(), x[3..].as_ptr()) };
                        for i in 0..n {
                            assert_eq!(bits!($ty, y[i]), scalar[i + 3]);
                        }
                        assert_eq!(y[n], 7 as $ty);
                    }
                }
            })*
        }
    };
}

widths_agree!(widths_agree_f64, f64, unary_f64, unary_one_f64, [
    lnp_s_cbrt_f64 libm::cbrt,
    lnp_s_log_f64 libm::log,
    lnp_s_log2_f64 libm::log2,
    lnp_s_tan_f64 libm::tan,
    lnp_s_atan_f64 libm::atan,
    lnp_s_exp_f64 libm::exp,
    lnp_s_exp2_f64 libm::exp2,
    lnp_s_expm1_f64 libm::expm1,
    lnp_s_log10_f64 libm::log10,
    lnp_s_log1p_f64 libm::log1p,
    lnp_s_asin_f64 libm::asin,
    lnp_s_acos_f64 libm::acos,
    lnp_s_sinh_f64 libm::sinh,
    lnp_s_cosh_f64 libm::cosh,
    lnp_s_tanh_f64 libm::tanh,
    lnp_s_asinh_f64 libm::asinh,
    lnp_s_acosh_f64 libm::acosh,
    lnp_s_atanh_f64 libm::atanh
]);

widths_agree!(widths_agree_f32, f32, unary_f32, unary_one_f32, [
    lnp_s_cbrt_f32 libm::cbrtf,
    lnp_s_exp_f32 libm::expf,
    lnp_s_exp2_f32 libm::exp2f,
    lnp_s_expm1_f32 libm::expm1f,
    lnp_s_log_f32 libm::logf,
    lnp_s_log2_f32 libm::log2f,
    lnp_s_log10_f32 libm::log10f,
    lnp_s_log1p_f32 libm::log1pf,
    lnp_s_sin_f32 libm::sinf,
    lnp_s_cos_f32 libm::cosf,
    lnp_s_tan_f32 libm::tanf,
    lnp_s_asin_f32 libm::asinf,
    lnp_s_acos_f32 libm::acosf,
    lnp_s_atan_f32 libm::atanf,
    lnp_s_sinh_f32 libm::sinhf,
    lnp_s_cosh_f32 libm::coshf,
    lnp_s_tanh_f32 libm::tanhf,
    lnp_s_asinh_f32 libm::asinhf,
    lnp_s_acosh_f32 libm::acoshf,
    lnp_s_atanh_f32 libm::atanhf
]);

#[test]
fn powers_agree() {
    let values = arguments(4000);
    for (i, &x) in values.iter().enumerate() {
        let z: Vec<f64> = (0..9).map(|k| values[(i * 7 + k * 131) % values.len()]).collect();
        let x = [x.abs(), x][i % 2];
        let xs = [x; 9];
        for width in [Width::Avx512, Width::Avx2] {
            let routine = lnp_s_pow_f64::FUNCTION.at(width);
            let mut y = [0.0; 9];
            // SAFETY: nine elements.
            unsafe { binary_f64(routine, libm::pow, 9, y.as_mut_ptr(), xs.as_ptr(), z.as_ptr()) };
            for k in 0..9 {
                let one = binary_one_f64(lnp_s_pow_f64::FUNCTION.at(Width::One), libm::pow, x, z[k]);
                assert_eq!(bits!(f64, y[k]), bits!(f64, one), "{x} ** {}", z[k]);
            }
        }
    }
}

#[test]
fn edges_are_the_c_librarys() {
    assert_eq!(lnp_s_exp_f64(709.782712893384), libm::exp(709.782712893384));
    assert_eq!(lnp_s_asinh_f64(1e200), libm::asinh(1e200));
    assert_eq!(lnp_s_acosh_f64(1e300), libm::acosh(1e300));
    assert_eq!(lnp_s_log1p_f64(1e308), libm::log1p(1e308));
    assert_eq!(lnp_s_exp_f64(f64::NEG_INFINITY), 0.0);
    assert!(lnp_s_tanh_f64(-0.0).is_sign_negative());
    assert_eq!(lnp_s_atan2_f64(-0.0, -1.0), -std::f64::consts::PI);
}
