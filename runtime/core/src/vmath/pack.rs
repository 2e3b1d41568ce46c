//! Strided elements into a strip and back.

/// The element of `SIZE` bytes, at any alignment.
type Bytes<const SIZE: usize> = [u8; SIZE];

/// # Safety
/// `from` has an element at each of `n` steps of `stride` bytes; `to` has `n` elements.
unsafe fn pack<const SIZE: usize>(n: i64, to: *mut u8, from: *const u8, stride: i64) {
    let to = to.cast::<Bytes<SIZE>>();
    if stride == 0 {
        if n > 0 {
            // SAFETY: `from` has an element.
            let value = unsafe { from.cast::<Bytes<SIZE>>().read() };
            for i in 0..n as usize {
                // SAFETY: `i < n`.
                unsafe { to.add(i).write(value) };
            }
        }
        return;
    }
    for i in 0..n {
        // SAFETY: the caller's promise, for step `i`.
        unsafe {
            let value = from.offset((i * stride) as isize).cast::<Bytes<SIZE>>().read();
            to.add(i as usize).write(value);
        }
    }
}

/// # Safety
/// `to` has room for an element at each of `n` steps; `from` has `n` elements.
unsafe fn unpack<const SIZE: usize>(n: i64, to: *mut u8, stride: i64, from: *const u8) {
    let from = from.cast::<Bytes<SIZE>>();
    for i in 0..n {
        // SAFETY: the caller's promise, for step `i`.
        unsafe {
            let value = from.add(i as usize).read();
            to.offset((i * stride) as isize).cast::<Bytes<SIZE>>().write(value);
        }
    }
}

macro_rules! export {
    ($($pack:ident $unpack:ident $size:literal;)*) => {
        $(
            /// Gathers `n` elements that lie `stride` bytes apart (0: one, repeated).
            ///
            /// # Safety
            /// `from` has an element at each step, `to` room for `n`.
            #[unsafe(no_mangle)]
            pub unsafe extern "C" fn $pack(n: i64, to: *mut u8, from: *const u8, stride: i64) {
                // SAFETY: the caller's promise.
                unsafe { pack::<$size>(n, to, from, stride) }
            }

            /// Scatters `n` elements `stride` bytes apart.
            ///
            /// # Safety
            /// `to` has room at each step, `from` has `n` elements.
            #[unsafe(no_mangle)]
            pub unsafe extern "C" fn $unpack(n: i64, to: *mut u8, stride: i64, from: *const u8) {
                // SAFETY: the caller's promise.
                unsafe { unpack::<$size>(n, to, stride, from) }
            }
        )*
    };
}

export! {
    lnp_pack_1 lnp_unpack_1 1;
    lnp_pack_4 lnp_unpack_4 4;
    lnp_pack_8 lnp_unpack_8 8;
    lnp_pack_16 lnp_unpack_16 16;
}
