//! `dot` and `@`: BLAS for floats and complex numbers, loops for the rest.

use crate::array::layout::{Dims, shape_text_tight};
use crate::array::view::reshape;
use crate::array::{Array, LocalView, OwnedArray};
use crate::error::{Raise, guard};
use crate::host::HostCell;
use crate::launch::copy::{Order, materialize};
use crate::launch::threads;
use crate::provider;
use lnp_abi::provider::blas::BlasTable;
use lnp_abi::{ArrayHeader, DType};

static BLAS: HostCell<Option<Option<&'static BlasTable>>> = HostCell::new(None);

/// The BLAS provider, opened at its first use; without it, plain loops serve.
fn blas() -> Option<&'static BlasTable> {
    *BLAS.get().get_or_insert_with(|| {
        // SAFETY: the table of this provider.
        let table: &BlasTable = unsafe { provider::open("lnp_blas") }.ok()?;
        // SAFETY: a function of the table.
        unsafe { (table.set_threads)(threads::count() as i64) };
        Some(table)
    })
}

/// A matrix in memory: element (i, j) at `ptr + i·rs + j·cs` elements.
#[derive(Clone, Copy)]
struct Matrix {
    ptr: *const u8,
    rows: i64,
    cols: i64,
    /// Elements.
    rs: i64,
    cs: i64,
}

impl Matrix {
    /// (transposed, leading dimension) as BLAS takes it; `None`: neither rows nor columns run on.
    fn layout(&self) -> Option<(bool, i64)> {
        if (self.cs == 1 || self.cols <= 1) && (self.rs >= self.cols.max(1) || self.rows <= 1) {
            return Some((false, if self.rows <= 1 { self.cols.max(1) } else { self.rs }));
        }
        if (self.rs == 1 || self.rows <= 1) && (self.cs >= self.rows.max(1) || self.cols <= 1) {
            return Some((true, if self.cols <= 1 { self.rows.max(1) } else { self.cs }));
        }
        None
    }
}

/// Arithmetic of the plain loops.
trait Ring: Copy {
    const ZERO: Self;
    fn mul_add(self, a: Self, b: Self) -> Self;
}

impl Ring for u8 {
    const ZERO: u8 = 0;
    fn mul_add(self, a: u8, b: u8) -> u8 {
        self | (a & b)
    }
}
impl Ring for i32 {
    const ZERO: i32 = 0;
    fn mul_add(self, a: i32, b: i32) -> i32 {
        self.wrapping_add(a.wrapping_mul(b))
    }
}
impl Ring for i64 {
    const ZERO: i64 = 0;
    fn mul_add(self, a: i64, b: i64) -> i64 {
        self.wrapping_add(a.wrapping_mul(b))
    }
}
impl Ring for f32 {
    const ZERO: f32 = 0.0;
    fn mul_add(self, a: f32, b: f32) -> f32 {
        self + a * b
    }
}
impl Ring for f64 {
    const ZERO: f64 = 0.0;
    fn mul_add(self, a: f64, b: f64) -> f64 {
        self + a * b
    }
}
impl Ring for [f64; 2] {
    const ZERO: [f64; 2] = [0.0; 2];
    fn mul_add(self, a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
        [
            self[0] + (a[0] * b[0] - a[1] * b[1]),
            self[1] + (a[0] * b[1] + a[1] * b[0]),
        ]
    }
}

/// `c = a · b` by loops; `c` is row-major.
///
/// # Safety
/// The matrices are live memory of `T`; `c` overlaps neither.
unsafe fn loops<T: Ring>(a: Matrix, b: Matrix, c: *mut u8) {
    let c: *mut T = c.cast();
    let (a_ptr, b_ptr): (*const T, *const T) = (a.ptr.cast(), b.ptr.cast());
    for i in 0..a.rows {
        // SAFETY: row i of the result.
        let row = unsafe { std::slice::from_raw_parts_mut(c.offset((i * b.cols) as isize), b.cols as usize) };
        row.fill(T::ZERO);
        for k in 0..a.cols {
            // SAFETY: element (i, k) of a.
            let x = unsafe { a_ptr.offset((i * a.rs + k * a.cs) as isize).read() };
            for (j, out) in row.iter_mut().enumerate() {
                // SAFETY: element (k, j) of b.
                let y = unsafe { b_ptr.offset((k * b.rs + j as i64 * b.cs) as isize).read() };
                *out = out.mul_add(x, y);
            }
        }
    }
}

/// `c = a · b`.
///
/// # Safety
/// The matrices are live memory of that dtype; `c` overlaps neither.
unsafe fn multiply(dtype: DType, a: Matrix, b: Matrix, c: *mut u8) {
    let code = dtype as i64;
    let fits = |n: i64| n < i32::MAX as i64;
    let blas = matches!(dtype, DType::F32 | DType::F64 | DType::C128)
        .then(blas)
        .flatten()
        .filter(|_| a.cols > 0 && [a.rows, a.cols, b.cols, a.rs, a.cs, b.rs, b.cs].into_iter().all(fits));
    if let (Some(blas), Some((at, lda)), Some((bt, ldb))) = (blas, a.layout(), b.layout()) {
        // SAFETY: the layouts describe the matrices; vectors have their own strides.
        unsafe {
            if a.rows == 1 && b.cols == 1 {
                (blas.dot)(code, a.cols, a.ptr, a.cs, b.ptr, b.rs, c);
            } else if b.cols == 1 {
                (blas.gemv)(code, u8::from(at), a.rows, a.cols, a.ptr, lda, b.ptr, b.rs, c, 1);
            } else if a.rows == 1 {
                // x · B = Bᵀ · x
                (blas.gemv)(code, u8::from(!bt), b.cols, b.rows, b.ptr, ldb, a.ptr, a.cs, c, 1);
            } else {
                (blas.gemm)(
                    code,
                    u8::from(at),
                    u8::from(bt),
                    a.rows,
                    b.cols,
                    a.cols,
                    a.ptr,
                    lda,
                    b.ptr,
                    ldb,
                    c,
                    b.cols,
                );
            }
        }
        return;
    }
    // SAFETY: the caller's promise.
    unsafe {
        match dtype {
            DType::Bool => loops::<u8>(a, b, c),
            DType::I32 => loops::<i32>(a, b, c),
            DType::I64 => loops::<i64>(a, b, c),
            DType::F32 => loops::<f32>(a, b, c),
            DType::F64 => loops::<f64>(a, b, c),
            DType::C128 => loops::<[f64; 2]>(a, b, c),
        }
    }
}

/// What NumPy does with an operand that BLAS cannot take as it lies.
#[derive(Clone, Copy, PartialEq)]
enum Unfit {
    /// `dot`, and `matmul` of two matrices.
    Copied,
    /// `matmul` with a vector: plain loops over the operand where it is.
    Looped,
}

/// Operand geometry in elements: replicated here, and copied, if it is to be, where its last two
/// axes run neither in rows nor in columns.
fn operand(array: &Array, unfit: Unfit) -> Result<LocalView, Raise> {
    let size = array.dtype().size() as i64;
    let n = array.ndim();
    let usable = array.strides().iter().all(|s| s % size == 0 && *s >= 0)
        && match n {
            0 | 1 => array.strides().iter().all(|&s| s > 0),
            _ => array.strides()[n - 1] == size || array.strides()[n - 2] == size,
        };
    if usable || unfit == Unfit::Looped {
        array.replicated()
    } else {
        materialize(array, Order::C)?.replicated()
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_matmul(a: *mut ArrayHeader, b: *mut ArrayHeader) -> *mut ArrayHeader {
    // SAFETY: compiled code passes live arrays of one dtype.
    let (a, b) = unsafe { (Array::borrow(a), Array::borrow(b)) };
    guard(|| matmul(a, b, Unfit::Looped).map(OwnedArray::into_raw))
}

/// `vectors`: what to do with unfit operands when one side has a single row or column.
fn matmul(a: &Array, b: &Array, vectors: Unfit) -> Result<OwnedArray, Raise> {
    for (k, x) in [a, b].into_iter().enumerate() {
        if x.ndim() == 0 {
            return Err(Raise::value(format!(
                "matmul: Input operand {k} does not have enough dimensions (has 0, gufunc core with signature \
                 (n?,k),(k,m?)->(n?,m?) requires 1)"
            )));
        }
    }
    let k = a.shape()[a.ndim() - 1];
    let b_core = if b.ndim() == 1 { 0 } else { b.ndim() - 2 };
    if b.shape()[b_core] != k {
        return Err(Raise::value(format!(
            "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature \
             (n?,k),(k,m?)->(n?,m?) (size {} is different from {k})",
            b.shape()[b_core]
        )));
    }
    let a_batch = &a.shape()[..a.ndim().saturating_sub(2)];
    let b_batch = &b.shape()[..b.ndim().saturating_sub(2)];
    let Some(batch) = broadcast(a_batch, b_batch) else {
        let remapped = |shape: &[i64], batch: &[i64]| {
            let items: String = batch.iter().map(|n| format!("{n},")).collect();
            let core = if shape.len() > 1 { "newaxis,newaxis" } else { "newaxis" };
            format!("{}->({items}{core})", shape_text_tight(shape))
        };
        let core: Vec<String> = [
            (a.ndim() > 1).then(|| a.shape()[a.ndim() - 2]),
            (b.ndim() > 1).then(|| b.shape()[b.ndim() - 1]),
        ]
        .into_iter()
        .flatten()
        .map(|n| n.to_string())
        .collect();
        return Err(Raise::value(format!(
            "operands could not be broadcast together with remapped shapes [original->remapped]: {} {}  and requested shape ({})",
            remapped(a.shape(), a_batch),
            remapped(b.shape(), b_batch),
            core.join(",")
        )));
    };
    let rows = if a.ndim() > 1 {
        Some(a.shape()[a.ndim() - 2])
    } else {
        None
    };
    let cols = if b.ndim() > 1 {
        Some(b.shape()[b.ndim() - 1])
    } else {
        None
    };
    let mut shape = batch;
    rows.into_iter().chain(cols).for_each(|n| shape.push(n));
    let (m, n) = (rows.unwrap_or(1), cols.unwrap_or(1));
    let unfit = if m == 1 || n == 1 { vectors } else { Unfit::Copied };
    let (av, bv) = (operand(a, unfit)?, operand(b, unfit)?);
    let dtype = a.dtype();
    let size = dtype.size() as i64;
    Array::from_replicated(dtype, &shape, |out| {
        let part = (m * n * size) as usize;
        if part == 0 {
            return;
        }
        let e = |s: i64| s / size;
        let mut index = Dims::filled(batch.n(), 0);
        for out in out.chunks_exact_mut(part) {
            let at = |view: &LocalView, own: &[i64]| -> i64 {
                let lead = batch.n() - own.len();
                (0..own.len())
                    .filter(|&d| own[d] != 1)
                    .map(|d| index[lead + d] * view.strides()[d])
                    .sum()
            };
            let s = av.strides();
            let (rs, cs) = if a.ndim() > 1 {
                (e(s[a.ndim() - 2]), e(s[a.ndim() - 1]))
            } else {
                (k, e(s[0]))
            };
            let left = Matrix {
                ptr: av.ptr().wrapping_offset(at(&av, a_batch) as isize),
                rows: m,
                cols: k,
                rs,
                cs,
            };
            let s = bv.strides();
            let (rs, cs) = if b.ndim() > 1 {
                (e(s[b.ndim() - 2]), e(s[b.ndim() - 1]))
            } else {
                (e(s[0]), 1)
            };
            let right = Matrix {
                ptr: bv.ptr().wrapping_offset(at(&bv, b_batch) as isize),
                rows: k,
                cols: n,
                rs,
                cs,
            };
            // SAFETY: matrices of the operands' memory; the result is new.
            unsafe { multiply(dtype, left, right, out.as_mut_ptr()) };
            for d in (0..batch.n()).rev() {
                index[d] += 1;
                if index[d] < batch[d] {
                    break;
                }
                index[d] = 0;
            }
        }
    })
}

fn broadcast(a: &[i64], b: &[i64]) -> Option<Dims> {
    let n = a.len().max(b.len());
    let mut out = Dims::filled(n, 1);
    for shape in [a, b] {
        for (d, &extent) in shape.iter().enumerate() {
            let have = &mut out[n - shape.len() + d];
            if *have == 1 {
                *have = extent;
            } else if extent != 1 && extent != *have {
                return None;
            }
        }
    }
    Some(out)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_dot(a: *mut ArrayHeader, b: *mut ArrayHeader) -> *mut ArrayHeader {
    // SAFETY: compiled code passes live arrays of one dtype.
    let (a, b) = unsafe { (Array::borrow(a), Array::borrow(b)) };
    guard(|| dot(a, b).map(OwnedArray::into_raw))
}

fn dot(a: &Array, b: &Array) -> Result<OwnedArray, Raise> {
    if a.ndim() == 0 || b.ndim() == 0 {
        // A product by a scalar: one column times one element.
        let (scalar, other) = if a.ndim() == 0 { (a, b) } else { (b, a) };
        let column = reshape(&*materialize(other, Order::C)?, &[other.len() as i64, 1])?;
        let one = reshape(scalar, &[1, 1])?;
        let product = matmul(&column, &one, Unfit::Copied)?;
        return reshape(&product, other.shape());
    }
    let k = a.shape()[a.ndim() - 1];
    let b_core = if b.ndim() == 1 { 0 } else { b.ndim() - 2 };
    if b.shape()[b_core] != k {
        return Err(Raise::value(format!(
            "shapes {} and {} not aligned: {k} (dim {}) != {} (dim {b_core})",
            shape_text_tight(a.shape()),
            shape_text_tight(b.shape()),
            a.ndim() - 1,
            b.shape()[b_core],
        )));
    }
    if a.ndim() <= 2 && b.ndim() <= 2 {
        return matmul(a, b, Unfit::Copied);
    }
    // Every row of a with every column of b: two matrices.
    let mut shape = Dims::new(&a.shape()[..a.ndim() - 1]);
    let rows = shape.len() as i64;
    let left = reshape(a, &[rows, k])?;
    let mut order: Vec<usize> = vec![b_core];
    order.extend((0..b.ndim()).filter(|&d| d != b_core));
    let strides: Vec<i64> = order.iter().map(|&d| b.strides()[d]).collect();
    let extents: Vec<i64> = order.iter().map(|&d| b.shape()[d]).collect();
    extents[1..].iter().for_each(|&n| shape.push(n));
    let cols = extents[1..].iter().product();
    let right = reshape(&*b.view(b.offset(), &extents, &strides), &[k, cols])?;
    reshape(&*matmul(&left, &right, Unfit::Copied)?, &shape)
}
