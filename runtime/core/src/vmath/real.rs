//! Functions of float64 and float32: one exported pair per function.
//!
//! A SLEEF result that is zero, tiny, huge or not finite is computed again by the C library:
//! SLEEF overflows early at huge arguments, and is coarse among subnormals. The test looks
//! at the result only, so it too is the same at every width.

use super::sleef::{Function, Routine, Width};
use super::sys as libm;
use std::mem::transmute;

/// Results between these magnitudes are SLEEF's.
macro_rules! trusted {
    (f64) => {
        (1e-290f64, 1e290f64)
    };
    (f32) => {
        (1e-35f32, 1e35f32)
    };
}

/// Whether a result stays as SLEEF gave it.
macro_rules! is_trusted {
    ($ty:ident, $y:expr) => {{
        let (low, high) = trusted!($ty);
        let size = $y.abs();
        size > low && size < high
    }};
}

/// The strip loops of one dtype at one vector width. `$doubtful` gives the mask of lanes
/// whose results are not trusted.
macro_rules! wide {
    ($unary:ident, $binary:ident, $ty:ident, $lanes:literal, $feature:literal, $vector:ident, $load:ident, $store:ident,
     $doubtful:ident) => {
        /// # Safety
        /// `routine.vector` takes and gives one such vector; the processor has the feature;
        /// the pointers have `n` elements.
        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = $feature)]
        unsafe fn $unary(routine: Routine, exact: extern "C" fn($ty) -> $ty, n: usize, out: *mut $ty, a: *const $ty) {
            use std::arch::x86_64::{$load, $store, $vector};
            // SAFETY: the caller says that it is such a function.
            let f: unsafe extern "C" fn($vector) -> $vector = unsafe { transmute(routine.vector) };
            // SAFETY: `from` and `to` have whole vectors; `f` may be called here.
            let step = |to: *mut $ty, from: *const $ty| unsafe {
                let x = $load(from);
                let y = f(x);
                let doubtful = $doubtful(y);
                $store(to, y);
                if doubtful != 0 {
                    // `from` may be `to`, and is overwritten by now.
                    let mut kept = [0 as $ty; $lanes];
                    $store(kept.as_mut_ptr(), x);
                    for (lane, &x) in kept.iter().enumerate() {
                        if doubtful >> lane & 1 == 1 {
                            *to.add(lane) = exact(x);
                        }
                    }
                }
            };
            let mut i = 0;
            while i + $lanes <= n {
                // SAFETY: `i + lanes <= n`.
                unsafe { step(out.add(i), a.add(i)) };
                i += $lanes;
            }
            let rest = n - i;
            if rest > 0 {
                let mut x = [1 as $ty; $lanes];
                let at = x.as_mut_ptr();
                // SAFETY: `i + rest == n`.
                unsafe { std::ptr::copy_nonoverlapping(a.add(i), at, rest) };
                step(at, at);
                // SAFETY: as above.
                unsafe { std::ptr::copy_nonoverlapping(at, out.add(i), rest) };
            }
        }

        /// # Safety
        /// As for one operand.
        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = $feature)]
        unsafe fn $binary(
            routine: Routine,
            exact: extern "C" fn($ty, $ty) -> $ty,
            n: usize,
            out: *mut $ty,
            a: *const $ty,
            b: *const $ty,
        ) {
            use std::arch::x86_64::{$load, $store, $vector};
            // SAFETY: the caller says that it is such a function.
            let f: unsafe extern "C" fn($vector, $vector) -> $vector = unsafe { transmute(routine.vector) };
            // SAFETY: the three have whole vectors; `f` may be called here.
            let step = |to: *mut $ty, from: *const $ty, with: *const $ty| unsafe {
                let (x, z) = ($load(from), $load(with));
                let y = f(x, z);
                let doubtful = $doubtful(y);
                $store(to, y);
                if doubtful != 0 {
                    let (mut xs, mut zs) = ([0 as $ty; $lanes], [0 as $ty; $lanes]);
                    $store(xs.as_mut_ptr(), x);
                    $store(zs.as_mut_ptr(), z);
                    for lane in 0..$lanes {
                        if doubtful >> lane & 1 == 1 {
                            *to.add(lane) = exact(xs[lane], zs[lane]);
                        }
                    }
                }
            };
            let mut i = 0;
            while i + $lanes <= n {
                // SAFETY: `i + lanes <= n`.
                unsafe { step(out.add(i), a.add(i), b.add(i)) };
                i += $lanes;
            }
            let rest = n - i;
            if rest > 0 {
                let (mut x, mut z) = ([1 as $ty; $lanes], [1 as $ty; $lanes]);
                let (at, with) = (x.as_mut_ptr(), z.as_mut_ptr());
                // SAFETY: `i + rest == n`.
                unsafe { std::ptr::copy_nonoverlapping(a.add(i), at, rest) };
                // SAFETY: as above.
                unsafe { std::ptr::copy_nonoverlapping(b.add(i), with, rest) };
                step(at, at, with);
                // SAFETY: as above.
                unsafe { std::ptr::copy_nonoverlapping(at, out.add(i), rest) };
            }
        }
    };
}

#[cfg(target_arch = "x86_64")]
mod doubtful {
    use std::arch::x86_64::*;

    /// Mask of the lanes outside the trusted magnitudes, NaN among them.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq")]
    pub fn f64_512(y: __m512d) -> u32 {
        let (low, high) = trusted!(f64);
        let size = _mm512_abs_pd(y);
        let above = _mm512_cmp_pd_mask::<_CMP_GT_OQ>(size, _mm512_set1_pd(low));
        let below = _mm512_cmp_pd_mask::<_CMP_LT_OQ>(size, _mm512_set1_pd(high));
        u32::from(!(above & below))
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq")]
    pub fn f32_512(y: __m512) -> u32 {
        let (low, high) = trusted!(f32);
        let size = _mm512_abs_ps(y);
        let above = _mm512_cmp_ps_mask::<_CMP_GT_OQ>(size, _mm512_set1_ps(low));
        let below = _mm512_cmp_ps_mask::<_CMP_LT_OQ>(size, _mm512_set1_ps(high));
        u32::from(!(above & below))
    }

    #[inline]
    #[target_feature(enable = "avx2,fma")]
    pub fn f64_256(y: __m256d) -> u32 {
        let (low, high) = trusted!(f64);
        let size = _mm256_andnot_pd(_mm256_set1_pd(-0.0), y);
        let above = _mm256_cmp_pd::<_CMP_GT_OQ>(size, _mm256_set1_pd(low));
        let below = _mm256_cmp_pd::<_CMP_LT_OQ>(size, _mm256_set1_pd(high));
        !_mm256_movemask_pd(_mm256_and_pd(above, below)) as u32 & 0xf
    }

    #[inline]
    #[target_feature(enable = "avx2,fma")]
    pub fn f32_256(y: __m256) -> u32 {
        let (low, high) = trusted!(f32);
        let size = _mm256_andnot_ps(_mm256_set1_ps(-0.0), y);
        let above = _mm256_cmp_ps::<_CMP_GT_OQ>(size, _mm256_set1_ps(low));
        let below = _mm256_cmp_ps::<_CMP_LT_OQ>(size, _mm256_set1_ps(high));
        !_mm256_movemask_ps(_mm256_and_ps(above, below)) as u32 & 0xff
    }
}

#[cfg(target_arch = "x86_64")]
use doubtful::{f32_256, f32_512, f64_256, f64_512};

wide!(
    unary_f64_512,
    binary_f64_512,
    f64,
    8,
    "avx512f,avx512dq",
    __m512d,
    _mm512_loadu_pd,
    _mm512_storeu_pd,
    f64_512
);
wide!(
    unary_f32_512,
    binary_f32_512,
    f32,
    16,
    "avx512f,avx512dq",
    __m512,
    _mm512_loadu_ps,
    _mm512_storeu_ps,
    f32_512
);
wide!(
    unary_f64_256,
    binary_f64_256,
    f64,
    4,
    "avx2,fma",
    __m256d,
    _mm256_loadu_pd,
    _mm256_storeu_pd,
    f64_256
);
wide!(
    unary_f32_256,
    binary_f32_256,
    f32,
    8,
    "avx2,fma",
    __m256,
    _mm256_loadu_ps,
    _mm256_storeu_ps,
    f32_256
);

/// Chooses the loop of one dtype by width; the scalar twins beside it.
macro_rules! dispatch {
    ($unary:ident, $binary:ident, $unary_one:ident, $binary_one:ident, $ty:ident,
     $unary_512:ident, $binary_512:ident, $unary_256:ident, $binary_256:ident) => {
        fn $unary_one(routine: Routine, exact: extern "C" fn($ty) -> $ty, x: $ty) -> $ty {
            if routine.width == Width::None {
                return exact(x);
            }
            // SAFETY: `one` is SLEEF's scalar function of this type.
            let f: extern "C" fn($ty) -> $ty = unsafe { transmute(routine.one) };
            let y = f(x);
            if is_trusted!($ty, y) { y } else { exact(x) }
        }

        fn $binary_one(routine: Routine, exact: extern "C" fn($ty, $ty) -> $ty, x: $ty, z: $ty) -> $ty {
            if routine.width == Width::None {
                return exact(x, z);
            }
            // SAFETY: `one` is SLEEF's scalar function of this type.
            let f: extern "C" fn($ty, $ty) -> $ty = unsafe { transmute(routine.one) };
            let y = f(x, z);
            if is_trusted!($ty, y) { y } else { exact(x, z) }
        }

        /// # Safety
        /// The pointers have `n` elements.
        unsafe fn $unary(routine: Routine, exact: extern "C" fn($ty) -> $ty, n: i64, out: *mut $ty, a: *const $ty) {
            let n = n.max(0) as usize;
            match routine.width {
                #[cfg(target_arch = "x86_64")]
                // SAFETY: `sleef` found the processor and the function.
                Width::Avx512 => unsafe { $unary_512(routine, exact, n, out, a) },
                #[cfg(target_arch = "x86_64")]
                // SAFETY: as above.
                Width::Avx2 => unsafe { $unary_256(routine, exact, n, out, a) },
                _ => {
                    for i in 0..n {
                        // SAFETY: `i < n`.
                        unsafe { out.add(i).write($unary_one(routine, exact, a.add(i).read())) };
                    }
                }
            }
        }

        /// # Safety
        /// The pointers have `n` elements.
        unsafe fn $binary(
            routine: Routine,
            exact: extern "C" fn($ty, $ty) -> $ty,
            n: i64,
            out: *mut $ty,
            a: *const $ty,
            b: *const $ty,
        ) {
            let n = n.max(0) as usize;
            match routine.width {
                #[cfg(target_arch = "x86_64")]
                // SAFETY: `sleef` found the processor and the function.
                Width::Avx512 => unsafe { $binary_512(routine, exact, n, out, a, b) },
                #[cfg(target_arch = "x86_64")]
                // SAFETY: as above.
                Width::Avx2 => unsafe { $binary_256(routine, exact, n, out, a, b) },
                _ => {
                    for i in 0..n {
                        // SAFETY: `i < n`.
                        unsafe {
                            out.add(i)
                                .write($binary_one(routine, exact, a.add(i).read(), b.add(i).read()))
                        };
                    }
                }
            }
        }
    };
}

dispatch!(
    unary_f64,
    binary_f64,
    unary_one_f64,
    binary_one_f64,
    f64,
    unary_f64_512,
    binary_f64_512,
    unary_f64_256,
    binary_f64_256
);
dispatch!(
    unary_f32,
    binary_f32,
    unary_one_f32,
    binary_one_f32,
    f32,
    unary_f32_512,
    binary_f32_512,
    unary_f32_256,
    binary_f32_256
);

macro_rules! loops {
    (unary, f64) => {
        unary_f64
    };
    (unary, f32) => {
        unary_f32
    };
    (binary, f64) => {
        binary_f64
    };
    (binary, f32) => {
        binary_f32
    };
    (unary_one, f64) => {
        unary_one_f64
    };
    (unary_one, f32) => {
        unary_one_f32
    };
    (binary_one, f64) => {
        binary_one_f64
    };
    (binary_one, f32) => {
        binary_one_f32
    };
}

macro_rules! unary_sleef {
    ($strip:ident, $scalar:ident, $ty:ident, $exact:path, [$($name:literal),*]) => {
        mod $scalar {
            pub static FUNCTION: super::Function = super::Function::new([$($name),*]);
        }

        /// # Safety
        /// `a` and `out` have `n` elements.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $strip(n: i64, out: *mut $ty, a: *const $ty) {
            // SAFETY: the caller's promise.
            unsafe { loops!(unary, $ty)($scalar::FUNCTION.get(), $exact, n, out, a) }
        }

        #[unsafe(no_mangle)]
        pub extern "C" fn $scalar(x: $ty) -> $ty {
            loops!(unary_one, $ty)($scalar::FUNCTION.get(), $exact, x)
        }
    };
}

macro_rules! unary_libm {
    ($strip:ident, $scalar:ident, $ty:ident, $exact:path) => {
        /// # Safety
        /// `a` and `out` have `n` elements.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $strip(n: i64, out: *mut $ty, a: *const $ty) {
            for i in 0..n.max(0) as usize {
                // SAFETY: `i < n`.
                unsafe { out.add(i).write($exact(a.add(i).read())) };
            }
        }

        #[unsafe(no_mangle)]
        pub extern "C" fn $scalar(x: $ty) -> $ty {
            $exact(x)
        }
    };
}

macro_rules! binary_sleef {
    ($strip:ident, $scalar:ident, $ty:ident, $exact:path, [$($name:literal),*]) => {
        mod $scalar {
            pub static FUNCTION: super::Function = super::Function::new([$($name),*]);
        }

        /// # Safety
        /// `a`, `b` and `out` have `n` elements.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $strip(n: i64, out: *mut $ty, a: *const $ty, b: *const $ty) {
            // SAFETY: the caller's promise.
            unsafe { loops!(binary, $ty)($scalar::FUNCTION.get(), $exact, n, out, a, b) }
        }

        #[unsafe(no_mangle)]
        pub extern "C" fn $scalar(x: $ty, y: $ty) -> $ty {
            loops!(binary_one, $ty)($scalar::FUNCTION.get(), $exact, x, y)
        }
    };
}

macro_rules! binary_libm {
    ($strip:ident, $scalar:ident, $ty:ident, $exact:path) => {
        /// # Safety
        /// `a`, `b` and `out` have `n` elements.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $strip(n: i64, out: *mut $ty, a: *const $ty, b: *const $ty) {
            for i in 0..n.max(0) as usize {
                // SAFETY: `i < n`.
                unsafe { out.add(i).write($exact(a.add(i).read(), b.add(i).read())) };
            }
        }

        #[unsafe(no_mangle)]
        pub extern "C" fn $scalar(x: $ty, y: $ty) -> $ty {
            $exact(x, y)
        }
    };
}

unary_sleef!(
    lnp_v_cbrt_f64,
    lnp_s_cbrt_f64,
    f64,
    libm::cbrt,
    [
        "Sleef_finz_cbrtd1_u10purecfma\0",
        "Sleef_finz_cbrtd4_u10avx2\0",
        "Sleef_finz_cbrtd8_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_exp_f64,
    lnp_s_exp_f64,
    f64,
    libm::exp,
    [
        "Sleef_finz_expd1_u10purecfma\0",
        "Sleef_finz_expd4_u10avx2\0",
        "Sleef_finz_expd8_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_exp2_f64,
    lnp_s_exp2_f64,
    f64,
    libm::exp2,
    [
        "Sleef_finz_exp2d1_u10purecfma\0",
        "Sleef_finz_exp2d4_u10avx2\0",
        "Sleef_finz_exp2d8_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_expm1_f64,
    lnp_s_expm1_f64,
    f64,
    libm::expm1,
    [
        "Sleef_finz_expm1d1_u10purecfma\0",
        "Sleef_finz_expm1d4_u10avx2\0",
        "Sleef_finz_expm1d8_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_log_f64,
    lnp_s_log_f64,
    f64,
    libm::log,
    [
        "Sleef_finz_logd1_u10purecfma\0",
        "Sleef_finz_logd4_u10avx2\0",
        "Sleef_finz_logd8_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_log2_f64,
    lnp_s_log2_f64,
    f64,
    libm::log2,
    [
        "Sleef_finz_log2d1_u10purecfma\0",
        "Sleef_finz_log2d4_u10avx2\0",
        "Sleef_finz_log2d8_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_log10_f64,
    lnp_s_log10_f64,
    f64,
    libm::log10,
    [
        "Sleef_finz_log10d1_u10purecfma\0",
        "Sleef_finz_log10d4_u10avx2\0",
        "Sleef_finz_log10d8_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_log1p_f64,
    lnp_s_log1p_f64,
    f64,
    libm::log1p,
    [
        "Sleef_finz_log1pd1_u10purecfma\0",
        "Sleef_finz_log1pd4_u10avx2\0",
        "Sleef_finz_log1pd8_u10avx512f\0"
    ]
);
unary_libm!(lnp_v_sin_f64, lnp_s_sin_f64, f64, libm::sin);
unary_libm!(lnp_v_cos_f64, lnp_s_cos_f64, f64, libm::cos);
unary_sleef!(
    lnp_v_tan_f64,
    lnp_s_tan_f64,
    f64,
    libm::tan,
    [
        "Sleef_finz_tand1_u10purecfma\0",
        "Sleef_finz_tand4_u10avx2\0",
        "Sleef_finz_tand8_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_asin_f64,
    lnp_s_asin_f64,
    f64,
    libm::asin,
    [
        "Sleef_finz_asind1_u10purecfma\0",
        "Sleef_finz_asind4_u10avx2\0",
        "Sleef_finz_asind8_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_acos_f64,
    lnp_s_acos_f64,
    f64,
    libm::acos,
    [
        "Sleef_finz_acosd1_u10purecfma\0",
        "Sleef_finz_acosd4_u10avx2\0",
        "Sleef_finz_acosd8_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_atan_f64,
    lnp_s_atan_f64,
    f64,
    libm::atan,
    [
        "Sleef_finz_atand1_u10purecfma\0",
        "Sleef_finz_atand4_u10avx2\0",
        "Sleef_finz_atand8_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_sinh_f64,
    lnp_s_sinh_f64,
    f64,
    libm::sinh,
    [
        "Sleef_finz_sinhd1_u10purecfma\0",
        "Sleef_finz_sinhd4_u10avx2\0",
        "Sleef_finz_sinhd8_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_cosh_f64,
    lnp_s_cosh_f64,
    f64,
    libm::cosh,
    [
        "Sleef_finz_coshd1_u10purecfma\0",
        "Sleef_finz_coshd4_u10avx2\0",
        "Sleef_finz_coshd8_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_tanh_f64,
    lnp_s_tanh_f64,
    f64,
    libm::tanh,
    [
        "Sleef_finz_tanhd1_u10purecfma\0",
        "Sleef_finz_tanhd4_u10avx2\0",
        "Sleef_finz_tanhd8_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_asinh_f64,
    lnp_s_asinh_f64,
    f64,
    libm::asinh,
    [
        "Sleef_finz_asinhd1_u10purecfma\0",
        "Sleef_finz_asinhd4_u10avx2\0",
        "Sleef_finz_asinhd8_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_acosh_f64,
    lnp_s_acosh_f64,
    f64,
    libm::acosh,
    [
        "Sleef_finz_acoshd1_u10purecfma\0",
        "Sleef_finz_acoshd4_u10avx2\0",
        "Sleef_finz_acoshd8_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_atanh_f64,
    lnp_s_atanh_f64,
    f64,
    libm::atanh,
    [
        "Sleef_finz_atanhd1_u10purecfma\0",
        "Sleef_finz_atanhd4_u10avx2\0",
        "Sleef_finz_atanhd8_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_cbrt_f32,
    lnp_s_cbrt_f32,
    f32,
    libm::cbrtf,
    [
        "Sleef_finz_cbrtf1_u10purecfma\0",
        "Sleef_finz_cbrtf8_u10avx2\0",
        "Sleef_finz_cbrtf16_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_exp_f32,
    lnp_s_exp_f32,
    f32,
    libm::expf,
    [
        "Sleef_finz_expf1_u10purecfma\0",
        "Sleef_finz_expf8_u10avx2\0",
        "Sleef_finz_expf16_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_exp2_f32,
    lnp_s_exp2_f32,
    f32,
    libm::exp2f,
    [
        "Sleef_finz_exp2f1_u10purecfma\0",
        "Sleef_finz_exp2f8_u10avx2\0",
        "Sleef_finz_exp2f16_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_expm1_f32,
    lnp_s_expm1_f32,
    f32,
    libm::expm1f,
    [
        "Sleef_finz_expm1f1_u10purecfma\0",
        "Sleef_finz_expm1f8_u10avx2\0",
        "Sleef_finz_expm1f16_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_log_f32,
    lnp_s_log_f32,
    f32,
    libm::logf,
    [
        "Sleef_finz_logf1_u10purecfma\0",
        "Sleef_finz_logf8_u10avx2\0",
        "Sleef_finz_logf16_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_log2_f32,
    lnp_s_log2_f32,
    f32,
    libm::log2f,
    [
        "Sleef_finz_log2f1_u10purecfma\0",
        "Sleef_finz_log2f8_u10avx2\0",
        "Sleef_finz_log2f16_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_log10_f32,
    lnp_s_log10_f32,
    f32,
    libm::log10f,
    [
        "Sleef_finz_log10f1_u10purecfma\0",
        "Sleef_finz_log10f8_u10avx2\0",
        "Sleef_finz_log10f16_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_log1p_f32,
    lnp_s_log1p_f32,
    f32,
    libm::log1pf,
    [
        "Sleef_finz_log1pf1_u10purecfma\0",
        "Sleef_finz_log1pf8_u10avx2\0",
        "Sleef_finz_log1pf16_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_sin_f32,
    lnp_s_sin_f32,
    f32,
    libm::sinf,
    [
        "Sleef_finz_sinf1_u10purecfma\0",
        "Sleef_finz_sinf8_u10avx2\0",
        "Sleef_finz_sinf16_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_cos_f32,
    lnp_s_cos_f32,
    f32,
    libm::cosf,
    [
        "Sleef_finz_cosf1_u10purecfma\0",
        "Sleef_finz_cosf8_u10avx2\0",
        "Sleef_finz_cosf16_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_tan_f32,
    lnp_s_tan_f32,
    f32,
    libm::tanf,
    [
        "Sleef_finz_tanf1_u10purecfma\0",
        "Sleef_finz_tanf8_u10avx2\0",
        "Sleef_finz_tanf16_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_asin_f32,
    lnp_s_asin_f32,
    f32,
    libm::asinf,
    [
        "Sleef_finz_asinf1_u35purecfma\0",
        "Sleef_finz_asinf8_u35avx2\0",
        "Sleef_finz_asinf16_u35avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_acos_f32,
    lnp_s_acos_f32,
    f32,
    libm::acosf,
    [
        "Sleef_finz_acosf1_u35purecfma\0",
        "Sleef_finz_acosf8_u35avx2\0",
        "Sleef_finz_acosf16_u35avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_atan_f32,
    lnp_s_atan_f32,
    f32,
    libm::atanf,
    [
        "Sleef_finz_atanf1_u35purecfma\0",
        "Sleef_finz_atanf8_u35avx2\0",
        "Sleef_finz_atanf16_u35avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_sinh_f32,
    lnp_s_sinh_f32,
    f32,
    libm::sinhf,
    [
        "Sleef_finz_sinhf1_u10purecfma\0",
        "Sleef_finz_sinhf8_u10avx2\0",
        "Sleef_finz_sinhf16_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_cosh_f32,
    lnp_s_cosh_f32,
    f32,
    libm::coshf,
    [
        "Sleef_finz_coshf1_u10purecfma\0",
        "Sleef_finz_coshf8_u10avx2\0",
        "Sleef_finz_coshf16_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_tanh_f32,
    lnp_s_tanh_f32,
    f32,
    libm::tanhf,
    [
        "Sleef_finz_tanhf1_u10purecfma\0",
        "Sleef_finz_tanhf8_u10avx2\0",
        "Sleef_finz_tanhf16_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_asinh_f32,
    lnp_s_asinh_f32,
    f32,
    libm::asinhf,
    [
        "Sleef_finz_asinhf1_u10purecfma\0",
        "Sleef_finz_asinhf8_u10avx2\0",
        "Sleef_finz_asinhf16_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_acosh_f32,
    lnp_s_acosh_f32,
    f32,
    libm::acoshf,
    [
        "Sleef_finz_acoshf1_u10purecfma\0",
        "Sleef_finz_acoshf8_u10avx2\0",
        "Sleef_finz_acoshf16_u10avx512f\0"
    ]
);
unary_sleef!(
    lnp_v_atanh_f32,
    lnp_s_atanh_f32,
    f32,
    libm::atanhf,
    [
        "Sleef_finz_atanhf1_u10purecfma\0",
        "Sleef_finz_atanhf8_u10avx2\0",
        "Sleef_finz_atanhf16_u10avx512f\0"
    ]
);

binary_sleef!(
    lnp_v_pow_f64,
    lnp_s_pow_f64,
    f64,
    libm::pow,
    [
        "Sleef_finz_powd1_u10purecfma\0",
        "Sleef_finz_powd4_u10avx2\0",
        "Sleef_finz_powd8_u10avx512f\0"
    ]
);
binary_sleef!(
    lnp_v_atan2_f64,
    lnp_s_atan2_f64,
    f64,
    libm::atan2,
    [
        "Sleef_finz_atan2d1_u10purecfma\0",
        "Sleef_finz_atan2d4_u10avx2\0",
        "Sleef_finz_atan2d8_u10avx512f\0"
    ]
);
binary_libm!(lnp_v_hypot_f64, lnp_s_hypot_f64, f64, libm::hypot);
binary_sleef!(
    lnp_v_pow_f32,
    lnp_s_pow_f32,
    f32,
    libm::powf,
    [
        "Sleef_finz_powf1_u10purecfma\0",
        "Sleef_finz_powf8_u10avx2\0",
        "Sleef_finz_powf16_u10avx512f\0"
    ]
);
binary_sleef!(
    lnp_v_atan2_f32,
    lnp_s_atan2_f32,
    f32,
    libm::atan2f,
    [
        "Sleef_finz_atan2f1_u35purecfma\0",
        "Sleef_finz_atan2f8_u35avx2\0",
        "Sleef_finz_atan2f16_u35avx512f\0"
    ]
);
binary_sleef!(
    lnp_v_hypot_f32,
    lnp_s_hypot_f32,
    f32,
    libm::hypotf,
    [
        "Sleef_finz_hypotf1_u05purecfma\0",
        "Sleef_finz_hypotf8_u05avx2\0",
        "Sleef_finz_hypotf16_u05avx512f\0"
    ]
);

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
