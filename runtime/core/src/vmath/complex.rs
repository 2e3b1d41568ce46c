//! Functions of complex numbers: NumPy's, which are the C library's but for a few of its own.

use super::sys as libm;
use lnp_abi::Complex;

const NAN: Complex = Complex {
    re: f64::NAN,
    im: f64::NAN,
};

fn complex(re: f64, im: f64) -> Complex {
    Complex { re, im }
}

fn scale(z: Complex, by: f64) -> Complex {
    complex(z.re * by, z.im * by)
}

fn mul(a: Complex, b: Complex) -> Complex {
    complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re)
}

/// Smith's quotient, as NumPy's array loops have it. Source: CACM 5 (1962) 435.
fn div(a: Complex, b: Complex) -> Complex {
    let (re_size, im_size) = (b.re.abs(), b.im.abs());
    if re_size >= im_size {
        if re_size == 0.0 && im_size == 0.0 {
            return complex(a.re / re_size, a.im / re_size);
        }
        let ratio = b.im / b.re;
        let by = 1.0 / (b.re + b.im * ratio);
        complex((a.re + a.im * ratio) * by, (a.im - a.re * ratio) * by)
    } else {
        let ratio = b.re / b.im;
        let by = 1.0 / (b.im + b.re * ratio);
        complex((a.re * ratio + a.im) * by, (a.im * ratio - a.re) * by)
    }
}

/// `npy_cpow`: small integer exponents by multiplication.
fn pow(a: Complex, b: Complex) -> Complex {
    if b.re == 0.0 && b.im == 0.0 {
        return complex(1.0, 0.0);
    }
    if a.re == 0.0 && a.im == 0.0 {
        return if b.re > 0.0 { complex(0.0, 0.0) } else { NAN };
    }
    if b.im == 0.0 && b.re == b.re.trunc() && b.re.abs() < 100.0 {
        let n = b.re as i64;
        match n {
            1 => return a,
            2 => return mul(a, a),
            3 => return mul(a, mul(a, a)),
            _ => {}
        }
        let (mut left, mut power, mut result) = (n.unsigned_abs(), a, complex(1.0, 0.0));
        loop {
            if left & 1 == 1 {
                result = mul(result, power);
            }
            left >>= 1;
            if left == 0 {
                break;
            }
            power = mul(power, power);
        }
        return if n < 0 { div(complex(1.0, 0.0), result) } else { result };
    }
    libm::cpow(a, b)
}

fn exp2(z: Complex) -> Complex {
    libm::cexp(scale(z, std::f64::consts::LN_2))
}

fn expm1(z: Complex) -> Complex {
    let half = libm::sin(z.im / 2.0);
    complex(
        libm::expm1(z.re) * libm::cos(z.im) - 2.0 * half * half,
        libm::exp(z.re) * libm::sin(z.im),
    )
}

fn log2(z: Complex) -> Complex {
    scale(libm::clog(z), std::f64::consts::LOG2_E)
}

fn log10(z: Complex) -> Complex {
    scale(libm::clog(z), std::f64::consts::LOG10_E)
}

fn log1p(z: Complex) -> Complex {
    let size = libm::hypot(z.re + 1.0, z.im);
    complex(libm::log(size), libm::atan2(z.im, z.re + 1.0))
}

fn sign(z: Complex) -> Complex {
    // Infinite beside a NaN, which then does not count.
    let size = libm::hypot(z.re, z.im);
    if size == 0.0 {
        complex(0.0, 0.0)
    } else if z.re.is_infinite() || z.im.is_infinite() {
        match (z.re.is_infinite(), z.im.is_infinite()) {
            (true, true) => NAN,
            (true, false) => complex(1f64.copysign(z.re), 0.0),
            _ => complex(0.0, 1f64.copysign(z.im)),
        }
    } else {
        complex(z.re / size, z.im / size)
    }
}

fn is_nan(z: Complex) -> bool {
    z.re.is_nan() || z.im.is_nan()
}

/// `a >= b` by the real parts, then the imaginary ones.
fn not_less(a: Complex, b: Complex) -> bool {
    (a.re > b.re && !a.im.is_nan() && !b.im.is_nan()) || (a.re == b.re && a.im >= b.im)
}

fn not_greater(a: Complex, b: Complex) -> bool {
    not_less(b, a)
}

fn max(a: Complex, b: Complex) -> Complex {
    if not_less(a, b) || is_nan(a) { a } else { b }
}

fn min(a: Complex, b: Complex) -> Complex {
    if not_greater(a, b) || is_nan(a) { a } else { b }
}

fn fmax(a: Complex, b: Complex) -> Complex {
    if not_less(a, b) || is_nan(b) { a } else { b }
}

fn fmin(a: Complex, b: Complex) -> Complex {
    if not_greater(a, b) || is_nan(b) { a } else { b }
}

macro_rules! unary {
    ($($strip:ident $scalar:ident $of:path;)*) => {
        $(
            #[unsafe(no_mangle)]
            pub extern "C" fn $scalar(z: Complex) -> Complex {
                $of(z)
            }

            /// # Safety
            /// `a` and `out` have `n` elements.
            #[unsafe(no_mangle)]
            pub unsafe extern "C" fn $strip(n: i64, out: *mut Complex, a: *const Complex) {
                for i in 0..n.max(0) as usize {
                    // SAFETY: `i < n`.
                    unsafe { out.add(i).write_unaligned($of(a.add(i).read_unaligned())) };
                }
            }
        )*
    };
}

macro_rules! binary {
    ($($strip:ident $scalar:ident $of:path;)*) => {
        $(
            #[unsafe(no_mangle)]
            pub extern "C" fn $scalar(a: Complex, b: Complex) -> Complex {
                $of(a, b)
            }

            /// # Safety
            /// `a`, `b` and `out` have `n` elements.
            #[unsafe(no_mangle)]
            pub unsafe extern "C" fn $strip(n: i64, out: *mut Complex, a: *const Complex, b: *const Complex) {
                for i in 0..n.max(0) as usize {
                    // SAFETY: `i < n`.
                    unsafe { out.add(i).write_unaligned($of(a.add(i).read_unaligned(), b.add(i).read_unaligned())) };
                }
            }
        )*
    };
}

unary! {
    lnp_v_sqrt_c128 lnp_s_sqrt_c128 libm::csqrt;
    lnp_v_exp_c128 lnp_s_exp_c128 libm::cexp;
    lnp_v_exp2_c128 lnp_s_exp2_c128 exp2;
    lnp_v_expm1_c128 lnp_s_expm1_c128 expm1;
    lnp_v_log_c128 lnp_s_log_c128 libm::clog;
    lnp_v_log2_c128 lnp_s_log2_c128 log2;
    lnp_v_log10_c128 lnp_s_log10_c128 log10;
    lnp_v_log1p_c128 lnp_s_log1p_c128 log1p;
    lnp_v_sin_c128 lnp_s_sin_c128 libm::csin;
    lnp_v_cos_c128 lnp_s_cos_c128 libm::ccos;
    lnp_v_tan_c128 lnp_s_tan_c128 libm::ctan;
    lnp_v_asin_c128 lnp_s_asin_c128 libm::casin;
    lnp_v_acos_c128 lnp_s_acos_c128 libm::cacos;
    lnp_v_atan_c128 lnp_s_atan_c128 libm::catan;
    lnp_v_sinh_c128 lnp_s_sinh_c128 libm::csinh;
    lnp_v_cosh_c128 lnp_s_cosh_c128 libm::ccosh;
    lnp_v_tanh_c128 lnp_s_tanh_c128 libm::ctanh;
    lnp_v_asinh_c128 lnp_s_asinh_c128 libm::casinh;
    lnp_v_acosh_c128 lnp_s_acosh_c128 libm::cacosh;
    lnp_v_atanh_c128 lnp_s_atanh_c128 libm::catanh;
    lnp_v_sign_c128 lnp_s_sign_c128 sign;
}

binary! {
    lnp_v_pow_c128 lnp_s_pow_c128 pow;
    lnp_v_div_c128 lnp_s_div_c128 div;
    lnp_v_min_c128 lnp_s_min_c128 min;
    lnp_v_max_c128 lnp_s_max_c128 max;
    lnp_v_fmin_c128 lnp_s_fmin_c128 fmin;
    lnp_v_fmax_c128 lnp_s_fmax_c128 fmax;
}
