//! The blas provider's table: the CBLAS calls that NumPy's `dot` and `matmul` make.

/// What `liblnp_blas.so` offers. `dtype` is a `DType` code: F32, F64 or C128.
#[repr(C)]
pub struct BlasTable {
    pub version: u64,
    /// How many threads a call may use.
    pub set_threads: unsafe extern "C" fn(n: i64),
    /// `out = Σ x[i] y[i]`, not conjugated; increments in elements, which may be negative
    /// with `x` and `y` then pointing at the lowest address, as BLAS has it.
    pub dot: unsafe extern "C" fn(dtype: i64, n: i64, x: *const u8, incx: i64, y: *const u8, incy: i64, out: *mut u8),
    /// `y = A x`: `A` is `rows` × `cols`, row-major with leading dimension `lda`, or, when
    /// `trans`, stored as its transpose (`cols` × `rows`).
    pub gemv: unsafe extern "C" fn(
        dtype: i64,
        trans: u8,
        rows: i64,
        cols: i64,
        a: *const u8,
        lda: i64,
        x: *const u8,
        incx: i64,
        y: *mut u8,
        incy: i64,
    ),
    /// `C = A B` with `C` `m` × `n` row-major; `trans_a` says that `A` is stored as `k` × `m`,
    /// `trans_b` that `B` is stored as `n` × `k`.
    pub gemm: unsafe extern "C" fn(
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
    ),
}
