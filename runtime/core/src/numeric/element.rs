//! Array elements as bytes, and memory as NumPy addresses it: an offset and byte strides.

use lnp_abi::DType;

/// A strided view of elements in native byte order.
///
/// Shapes: `strides` in bytes, one for each of `shape`, of any sign; `offset` is where the
/// element of index (0, 0, …) starts in `data`. Every element must lie inside `data`.
#[derive(Clone, Copy, Debug)]
pub struct StridedRef<'a> {
    pub dtype: DType,
    pub data: &'a [u8],
    pub offset: usize,
    pub shape: &'a [usize],
    pub strides: &'a [isize],
}

impl StridedRef<'_> {
    pub fn n_elements(&self) -> usize {
        self.shape.iter().product()
    }

    /// Loads the element `at` bytes from the first.
    #[inline]
    pub(super) fn load<T: Element>(&self, at: isize) -> T {
        let start = self.offset.wrapping_add_signed(at);
        T::load(&self.data[start..start + T::SIZE])
    }

    /// The elements, where they lie one after the other and aligned.
    pub(super) fn run<T: Element>(&self) -> Option<&[T]> {
        let mut step = T::SIZE as isize;
        for (&extent, &stride) in self.shape.iter().zip(self.strides).rev() {
            if extent != 1 && stride != step {
                return None;
            }
            step *= extent as isize;
        }
        let bytes = self.data.get(self.offset..self.offset + self.n_elements() * T::SIZE)?;
        // SAFETY: memory of elements of this type, which have no invalid bits (`bool` is read
        // as bytes).
        let (before, run, after) = unsafe { bytes.align_to::<T>() };
        (before.is_empty() && after.is_empty()).then_some(run)
    }

    /// The byte offset of each element from the first, in C order.
    pub(super) fn offsets(&self) -> impl Iterator<Item = isize> + use<> {
        offsets(self.shape, self.strides)
    }
}

/// Where each element of a shape lies, in C order.
pub(super) fn offsets(shape: &[usize], strides: &[isize]) -> impl Iterator<Item = isize> + use<> {
    let dims: Vec<(usize, isize)> = shape.iter().copied().zip(strides.iter().copied()).collect();
    let mut index = vec![0; dims.len()];
    let mut at = 0;
    (0..shape.iter().product()).map(move |_| {
        let here = at;
        for (index, &(extent, stride)) in index.iter_mut().zip(&dims).rev() {
            *index += 1;
            at += stride;
            if *index < extent {
                break;
            }
            at -= stride * extent as isize;
            *index = 0;
        }
        here
    })
}

/// A pair of `f64`, as NumPy's `complex128`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[repr(C)]
pub struct Complex {
    pub re: f64,
    pub im: f64,
}

impl std::ops::Add for Complex {
    type Output = Complex;
    fn add(self, other: Complex) -> Complex {
        Complex {
            re: self.re + other.re,
            im: self.im + other.im,
        }
    }
}

impl std::ops::Mul for Complex {
    type Output = Complex;
    fn mul(self, other: Complex) -> Complex {
        Complex {
            re: self.re * other.re - self.im * other.im,
            im: self.re * other.im + self.im * other.re,
        }
    }
}

/// What memory holds.
pub(super) trait Element: Copy {
    const SIZE: usize;
    fn load(bytes: &[u8]) -> Self;
    fn store(self, bytes: &mut [u8]);
    fn to_f64(self) -> f64;
    fn is_truthy(self) -> bool;
    fn is_nan(self) -> bool;
    /// Whether `self` orders before `other`; complex numbers by real part, then imaginary.
    fn less(self, other: Self) -> bool;
}

macro_rules! real_element {
    ($ty:ty, $is_nan:expr) => {
        impl Element for $ty {
            const SIZE: usize = size_of::<$ty>();
            #[inline]
            fn load(bytes: &[u8]) -> $ty {
                let mut copy = [0; size_of::<$ty>()];
                copy.copy_from_slice(bytes);
                <$ty>::from_ne_bytes(copy)
            }
            #[inline]
            fn store(self, bytes: &mut [u8]) {
                bytes.copy_from_slice(&self.to_ne_bytes());
            }
            fn to_f64(self) -> f64 {
                self as f64
            }
            fn is_truthy(self) -> bool {
                self != 0 as $ty
            }
            fn is_nan(self) -> bool {
                $is_nan(self)
            }
            fn less(self, other: $ty) -> bool {
                self < other
            }
        }
    };
}

real_element!(u8, |_| false);
real_element!(i32, |_| false);
real_element!(i64, |_| false);
real_element!(f32, f32::is_nan);
real_element!(f64, f64::is_nan);

impl Element for bool {
    const SIZE: usize = 1;
    #[inline]
    fn load(bytes: &[u8]) -> bool {
        bytes[0] != 0
    }
    #[inline]
    fn store(self, bytes: &mut [u8]) {
        bytes[0] = self as u8;
    }
    fn to_f64(self) -> f64 {
        self as u8 as f64
    }
    fn is_truthy(self) -> bool {
        self
    }
    fn is_nan(self) -> bool {
        false
    }
    fn less(self, other: bool) -> bool {
        !self && other
    }
}

impl Element for Complex {
    const SIZE: usize = 16;
    #[inline]
    fn load(bytes: &[u8]) -> Complex {
        Complex {
            re: f64::load(&bytes[..8]),
            im: f64::load(&bytes[8..]),
        }
    }
    #[inline]
    fn store(self, bytes: &mut [u8]) {
        self.re.store(&mut bytes[..8]);
        self.im.store(&mut bytes[8..]);
    }
    fn to_f64(self) -> f64 {
        self.re
    }
    fn is_truthy(self) -> bool {
        self.re != 0.0 || self.im != 0.0
    }
    fn is_nan(self) -> bool {
        self.re.is_nan() || self.im.is_nan()
    }
    fn less(self, other: Complex) -> bool {
        self.re < other.re || (self.re == other.re && self.im < other.im)
    }
}
