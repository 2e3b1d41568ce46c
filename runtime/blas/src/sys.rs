//! The CBLAS functions of OpenBLAS that the provider calls.

// Links the library.
use openblas_src as _;

pub const ROW_MAJOR: i32 = 101;
pub const NO_TRANS: i32 = 111;
pub const TRANS: i32 = 112;

unsafe extern "C" {
    pub fn openblas_set_num_threads(n: i32);
    pub fn cblas_sdot(n: i32, x: *const f32, incx: i32, y: *const f32, incy: i32) -> f32;
    pub fn cblas_ddot(n: i32, x: *const f64, incx: i32, y: *const f64, incy: i32) -> f64;
    pub fn cblas_zdotu_sub(n: i32, x: *const u8, incx: i32, y: *const u8, incy: i32, out: *mut u8);
    pub fn cblas_sgemv(
        order: i32,
        trans: i32,
        m: i32,
        n: i32,
        alpha: f32,
        a: *const f32,
        lda: i32,
        x: *const f32,
        incx: i32,
        beta: f32,
        y: *mut f32,
        incy: i32,
    );
    pub fn cblas_dgemv(
        order: i32,
        trans: i32,
        m: i32,
        n: i32,
        alpha: f64,
        a: *const f64,
        lda: i32,
        x: *const f64,
        incx: i32,
        beta: f64,
        y: *mut f64,
        incy: i32,
    );
    pub fn cblas_zgemv(
        order: i32,
        trans: i32,
        m: i32,
        n: i32,
        alpha: *const f64,
        a: *const u8,
        lda: i32,
        x: *const u8,
        incx: i32,
        beta: *const f64,
        y: *mut u8,
        incy: i32,
    );
    pub fn cblas_sgemm(
        order: i32,
        trans_a: i32,
        trans_b: i32,
        m: i32,
        n: i32,
        k: i32,
        alpha: f32,
        a: *const f32,
        lda: i32,
        b: *const f32,
        ldb: i32,
        beta: f32,
        c: *mut f32,
        ldc: i32,
    );
    pub fn cblas_dgemm(
        order: i32,
        trans_a: i32,
        trans_b: i32,
        m: i32,
        n: i32,
        k: i32,
        alpha: f64,
        a: *const f64,
        lda: i32,
        b: *const f64,
        ldb: i32,
        beta: f64,
        c: *mut f64,
        ldc: i32,
    );
    pub fn cblas_zgemm(
        order: i32,
        trans_a: i32,
        trans_b: i32,
        m: i32,
        n: i32,
        k: i32,
        alpha: *const f64,
        a: *const u8,
        lda: i32,
        b: *const u8,
        ldb: i32,
        beta: *const f64,
        c: *mut u8,
        ldc: i32,
    );
}
