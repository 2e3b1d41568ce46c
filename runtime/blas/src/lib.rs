//! The blas provider: NumPy's calls into OpenBLAS.
//!
//! Dot products and matrix-vector products run on one thread: they are bound by memory, and
//! their bits must not depend on how many threads there are.

mod sys;

use lnp_abi::DType;
use lnp_abi::provider::PROVIDER_VERSION;
use lnp_abi::provider::blas::BlasTable;
use std::sync::atomic::{AtomicI32, Ordering};

static TABLE: BlasTable = BlasTable {
    version: PROVIDER_VERSION,
    set_threads,
    dot,
    gemv,
    gemm,
};

static THREADS: AtomicI32 = AtomicI32::new(1);

/// The table of this provider.
#[unsafe(no_mangle)]
pub extern "C" fn lnp_provider() -> *const BlasTable {
    &TABLE
}

fn use_threads(n: i32) {
    static CURRENT: AtomicI32 = AtomicI32::new(0);
    if CURRENT.swap(n, Ordering::Relaxed) != n {
        // SAFETY: sets a number.
        unsafe { sys::openblas_set_num_threads(n) };
    }
}

unsafe extern "C" fn set_threads(n: i64) {
    THREADS.store(n.clamp(1, 1024) as i32, Ordering::Relaxed);
}

const F32: i64 = DType::F32 as i64;
const F64: i64 = DType::F64 as i64;
const ONE: [f64; 2] = [1.0, 0.0];
const ZERO: [f64; 2] = [0.0, 0.0];

fn trans(flag: u8) -> i32 {
    if flag != 0 { sys::TRANS } else { sys::NO_TRANS }
}

unsafe extern "C" fn dot(dtype: i64, n: i64, x: *const u8, incx: i64, y: *const u8, incy: i64, out: *mut u8) {
    use_threads(1);
    let (n, incx, incy) = (n as i32, incx as i32, incy as i32);
    // SAFETY: the runtime passes vectors of `n` elements with these increments.
    unsafe {
        match dtype {
            F32 => out
                .cast::<f32>()
                .write(sys::cblas_sdot(n, x.cast(), incx, y.cast(), incy)),
            F64 => out
                .cast::<f64>()
                .write(sys::cblas_ddot(n, x.cast(), incx, y.cast(), incy)),
            _ => sys::cblas_zdotu_sub(n, x, incx, y, incy, out),
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
    // BLAS wants the shape as stored.
    let (m, n) = if trans_a != 0 { (cols, rows) } else { (rows, cols) };
    let (t, m, n, lda, incx, incy) = (trans(trans_a), m as i32, n as i32, lda as i32, incx as i32, incy as i32);
    // SAFETY: the runtime passes a matrix and vectors of these sizes.
    unsafe {
        match dtype {
            F32 => sys::cblas_sgemv(
                sys::ROW_MAJOR,
                t,
                m,
                n,
                1.0,
                a.cast(),
                lda,
                x.cast(),
                incx,
                0.0,
                y.cast(),
                incy,
            ),
            F64 => sys::cblas_dgemv(
                sys::ROW_MAJOR,
                t,
                m,
                n,
                1.0,
                a.cast(),
                lda,
                x.cast(),
                incx,
                0.0,
                y.cast(),
                incy,
            ),
            _ => sys::cblas_zgemv(
                sys::ROW_MAJOR,
                t,
                m,
                n,
                ONE.as_ptr(),
                a,
                lda,
                x,
                incx,
                ZERO.as_ptr(),
                y,
                incy,
            ),
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
    let (ta, tb) = (trans(trans_a), trans(trans_b));
    let (m, n, k, lda, ldb, ldc) = (m as i32, n as i32, k as i32, lda as i32, ldb as i32, ldc as i32);
    let order = sys::ROW_MAJOR;
    // SAFETY: the runtime passes matrices of these sizes.
    unsafe {
        match dtype {
            F32 => sys::cblas_sgemm(
                order,
                ta,
                tb,
                m,
                n,
                k,
                1.0,
                a.cast(),
                lda,
                b.cast(),
                ldb,
                0.0,
                c.cast(),
                ldc,
            ),
            F64 => sys::cblas_dgemm(
                order,
                ta,
                tb,
                m,
                n,
                k,
                1.0,
                a.cast(),
                lda,
                b.cast(),
                ldb,
                0.0,
                c.cast(),
                ldc,
            ),
            _ => sys::cblas_zgemm(
                order,
                ta,
                tb,
                m,
                n,
                k,
                ONE.as_ptr(),
                a,
                lda,
                b,
                ldb,
                ZERO.as_ptr(),
                c,
                ldc,
            ),
        }
    }
}
