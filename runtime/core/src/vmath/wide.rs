//! The strip loops over SLEEF's functions, at each vector width, and their scalar twins.
//!
//! A SLEEF result that is zero, tiny, huge or not finite is computed again by the C library:
//! SLEEF overflows early at huge arguments, and is coarse among subnormals. The test looks
//! at the result only, so it too is the same at every width.

use super::sleef::{Routine, Width};
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
        pub fn $unary_one(routine: Routine, exact: extern "C" fn($ty) -> $ty, x: $ty) -> $ty {
            if routine.width == Width::None {
                return exact(x);
            }
            // SAFETY: `one` is SLEEF's scalar function of this type.
            let f: extern "C" fn($ty) -> $ty = unsafe { transmute(routine.one) };
            let y = f(x);
            if is_trusted!($ty, y) { y } else { exact(x) }
        }

        pub fn $binary_one(routine: Routine, exact: extern "C" fn($ty, $ty) -> $ty, x: $ty, z: $ty) -> $ty {
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
        pub unsafe fn $unary(routine: Routine, exact: extern "C" fn($ty) -> $ty, n: i64, out: *mut $ty, a: *const $ty) {
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
        pub unsafe fn $binary(
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
