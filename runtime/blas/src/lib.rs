//! The blas provider: products of matrices and vectors, by `ndarray` over OpenBLAS.
//!
//! NumPy calls OpenBLAS whatever the size and for complex numbers too. Where `ndarray` would
//! rather use loops of its own, whose bits are others, CBLAS is called directly. Dot products
//! and matrix-vector products run on one thread: they are bound by memory, and their bits must
//! not depend on how many threads there are.

mod processor;

use cblas_sys::CBLAS_LAYOUT::CblasRowMajor;
use cblas_sys::CBLAS_TRANSPOSE::{self, CblasNoTrans, CblasTrans};
use lnp_abi::DType;
use lnp_abi::provider::PROVIDER_VERSION;
use lnp_abi::provider::blas::BlasTable;
use ndarray::linalg::{general_mat_mul, general_mat_vec_mul};
use ndarray::{ArrayView1, ArrayView2, ArrayViewMut1, ArrayViewMut2, Ix2, LinalgScalar, ShapeBuilder, StrideShape};
use num_complex::Complex64;
// Links the library.
use openblas_src as _;
use std::sync::atomic::{AtomicI32, Ordering};

static TABLE: BlasTable = BlasTable {
    version: PROVIDER_VERSION,
    set_threads,
    dot,
    gemv,
    gemm,
};

static THREADS: AtomicI32 = AtomicI32::new(1);

/// `ndarray` multiplies shorter vectors itself.
const SHORTEST_DOT: i64 = 32;
/// `ndarray` multiplies matrices of no longer side itself.
const SMALL_SIDE: i64 = 7;

unsafe extern "C" {
    fn openblas_set_num_threads(n: i32);
}

/// The table of this provider.
#[unsafe(no_mangle)]
pub extern "C" fn lnp_provider() -> *const BlasTable {
    processor::choose();
    &TABLE
}

fn use_threads(n: i32) {
    static CURRENT: AtomicI32 = AtomicI32::new(0);
    if CURRENT.swap(n, Ordering::Relaxed) != n {
        // SAFETY: sets a number.
        unsafe { openblas_set_num_threads(n) };
    }
}

unsafe extern "C" fn set_threads(n: i64) {
    THREADS.store(n.clamp(1, 1024) as i32, Ordering::Relaxed);
}

const F32: i64 = DType::F32 as i64;
const F64: i64 = DType::F64 as i64;
const ONE: [f64; 2] = [1.0, 0.0];
const ZERO: [f64; 2] = [0.0, 0.0];

fn transposed(flag: u8) -> CBLAS_TRANSPOSE {
    if flag != 0 { CblasTrans } else { CblasNoTrans }
}

/// Shape and strides of a matrix that stands row-major, or as its transpose.
fn shape(rows: i64, cols: i64, trans: u8, ld: i64) -> StrideShape<Ix2> {
    let ld = ld as usize;
    (rows as usize, cols as usize).strides(if trans != 0 { (1, ld) } else { (ld, 1) })
}

/// # Safety
/// `n` live elements at a positive increment.
unsafe fn vector<'a, T>(ptr: *const u8, n: i64, inc: i64) -> ArrayView1<'a, T> {
    // SAFETY: the caller's promise.
    unsafe { ArrayView1::from_shape_ptr((n as usize).strides(inc as usize), ptr.cast()) }
}

unsafe extern "C" fn dot(dtype: i64, n: i64, x: *const u8, incx: i64, y: *const u8, incy: i64, out: *mut u8) {
    use_threads(1);
    let ndarray = n >= SHORTEST_DOT && incx > 0 && incy > 0;
    let (len, ix, iy) = (n as i32, incx as i32, incy as i32);
    // SAFETY: the runtime passes vectors of `n` elements with these increments.
    unsafe {
        match dtype {
            F32 => out.cast::<f32>().write(if ndarray {
                vector(x, n, incx).dot(&vector(y, n, incy))
            } else {
                cblas_sys::cblas_sdot(len, x.cast(), ix, y.cast(), iy)
            }),
            F64 => out.cast::<f64>().write(if ndarray {
                vector(x, n, incx).dot(&vector(y, n, incy))
            } else {
                cblas_sys::cblas_ddot(len, x.cast(), ix, y.cast(), iy)
            }),
            _ => cblas_sys::cblas_zdotu_sub(len, x.cast(), ix, y.cast(), iy, out.cast()),
        }
    }
}

unsafe extern "C" fn gemv(
    dtype: i64,
    trans_a: u8,
    rows: i64,
    cols: i64,
    a: *const u8,
    lda: i64,
    x: *const u8,
    incx: i64,
    y: *mut u8,
    incy: i64,
) {
    use_threads(1);
    unsafe fn real<T: LinalgScalar>(a: ArrayView2<T>, x: ArrayView1<T>, y: *mut u8, incy: i64) {
        // SAFETY: the runtime passes a result of as many elements as `a` has rows.
        let mut y = unsafe { ArrayViewMut1::from_shape_ptr(a.nrows().strides(incy as usize), y.cast()) };
        general_mat_vec_mul(T::one(), &a, &x, T::zero(), &mut y);
    }
    let layout = shape(rows, cols, trans_a, lda);
    // SAFETY: the runtime passes a matrix and vectors of these sizes.
    unsafe {
        match dtype {
            F32 => real::<f32>(
                ArrayView2::from_shape_ptr(layout, a.cast()),
                vector(x, cols, incx),
                y,
                incy,
            ),
            F64 => real::<f64>(
                ArrayView2::from_shape_ptr(layout, a.cast()),
                vector(x, cols, incx),
                y,
                incy,
            ),
            _ => {
                // BLAS wants the shape as stored.
                let (m, n) = if trans_a != 0 { (cols, rows) } else { (rows, cols) };
                cblas_sys::cblas_zgemv(
                    CblasRowMajor,
                    transposed(trans_a),
                    m as i32,
                    n as i32,
                    &ONE,
                    a.cast(),
                    lda as i32,
                    x.cast(),
                    incx as i32,
                    &ZERO,
                    y.cast(),
                    incy as i32,
                );
            }
        }
    }
}

unsafe extern "C" fn gemm(
    dtype: i64,
    trans_a: u8,
    trans_b: u8,
    m: i64,
    n: i64,
    k: i64,
    a: *const u8,
    lda: i64,
    b: *const u8,
    ldb: i64,
    c: *mut u8,
    ldc: i64,
) {
    use_threads(THREADS.load(Ordering::Relaxed));
    if m.max(n).max(k) > SMALL_SIDE {
        unsafe fn product<T: LinalgScalar>(layouts: [StrideShape<Ix2>; 3], a: *const u8, b: *const u8, c: *mut u8) {
            let [la, lb, lc] = layouts;
            // SAFETY: the runtime passes matrices of these layouts; `c` overlaps neither.
            let (a, b, mut c) = unsafe {
                (
                    ArrayView2::<T>::from_shape_ptr(la, a.cast()),
                    ArrayView2::<T>::from_shape_ptr(lb, b.cast()),
                    ArrayViewMut2::<T>::from_shape_ptr(lc, c.cast()),
                )
            };
            general_mat_mul(T::one(), &a, &b, T::zero(), &mut c);
        }
        let layouts = [
            shape(m, k, trans_a, lda),
            shape(k, n, trans_b, ldb),
            shape(m, n, 0, ldc),
        ];
        // SAFETY: the runtime's matrices, of the dtype it says.
        unsafe {
            match dtype {
                F32 => product::<f32>(layouts, a, b, c),
                F64 => product::<f64>(layouts, a, b, c),
                _ => product::<Complex64>(layouts, a, b, c),
            }
        }
        return;
    }
    let (ta, tb) = (transposed(trans_a), transposed(trans_b));
    let (m, n, k, lda, ldb, ldc) = (m as i32, n as i32, k as i32, lda as i32, ldb as i32, ldc as i32);
    macro_rules! call {
        ($gemm:ident, $one:expr, $zero:expr) => {
            cblas_sys::$gemm(
                CblasRowMajor,
                ta,
                tb,
                m,
                n,
                k,
                $one,
                a.cast(),
                lda,
                b.cast(),
                ldb,
                $zero,
                c.cast(),
                ldc,
            )
        };
    }
    // SAFETY: the runtime passes matrices of these sizes.
    unsafe {
        match dtype {
            F32 => call!(cblas_sgemm, 1.0, 0.0),
            F64 => call!(cblas_dgemm, 1.0, 0.0),
            _ => call!(cblas_zgemm, &ONE, &ZERO),
        }
    }
}
