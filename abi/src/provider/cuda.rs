//! The cuda provider's table, and how a launch's parameters are laid out for PTX.
//!
//! A kernel's PTX entry takes one by-value parameter of 8-byte words:
//!
//! ```text
//! word 0             number of points, below 2^31
//! 2 per dimension    extent, then the divider of that extent (`divider`)
//! 1 per operand      device address (inputs, then outputs)
//! ndim per operand   byte strides, operand-major, each within 32 bits signed
//! scalar slots       as in `KernelFn`
//! ```
//!
//! The grid and the block are one-dimensional and of any size: threads stride over the points
//! in C order of the extents, so neighbouring threads take neighbouring innermost indices.

/// The most words a launch may have: a kernel's parameters are limited to 4 KiB.
pub const MAX_LAUNCH_WORDS: usize = 512;

/// The most points of a launch.
pub const MAX_LAUNCH_POINTS: i64 = 0x7fff_ffff;

/// How many words a launch of this form has.
pub const fn launch_words(ndim: usize, n_operands: usize, n_scalar_slots: usize) -> usize {
    1 + 2 * ndim + n_operands + n_operands * ndim + n_scalar_slots
}

/// The constants that turn a division of `n < 2^31` by `extent` into a multiplication:
/// `n / extent == (mulhi(n, low half) + n) >> high half`, in 32-bit unsigned arithmetic.
///
/// Source: Granlund and Montgomery, PLDI 1994, figure 4.1, for 31-bit dividends.
pub const fn divider(extent: u32) -> u64 {
    if extent < 2 {
        return 1;
    }
    let shift = 32 - (extent - 1).leading_zeros();
    let magic = ((1_u64 << 32) * ((1_u64 << shift) - extent as u64)) / extent as u64 + 1;
    (magic & 0xffff_ffff) | ((shift as u64) << 32)
}

/// Fills `words` with a launch's parameter. `false` if the launch does not fit the form: too
/// many points, a stride beyond 32 bits, or more than [`MAX_LAUNCH_WORDS`].
pub fn pack_launch(words: &mut Vec<u64>, extents: &[i64], ptrs: &[u64], strides: &[i64], scalars: &[u64]) -> bool {
    let n_points = extents.iter().try_fold(1_i64, |n, &e| n.checked_mul(e));
    let Some(n_points @ 0..=MAX_LAUNCH_POINTS) = n_points else {
        return false;
    };
    if launch_words(extents.len(), ptrs.len(), scalars.len()) > MAX_LAUNCH_WORDS
        || strides.iter().any(|&s| i32::try_from(s).is_err())
    {
        return false;
    }
    words.clear();
    words.push(n_points as u64);
    for &extent in extents {
        // An extent above the number of points occurs only beside an extent of 0.
        words.extend([extent as u64, divider(extent as u32)]);
    }
    words.extend_from_slice(ptrs);
    words.extend(strides.iter().map(|&s| s as u64));
    words.extend_from_slice(scalars);
    true
}

/// What `liblnp_cuda.so` offers. No function panics or prints; an `i64` status is 0 for success,
/// else a CUDA error number (−1 where CUDA gave none), and `message` then has the text.
///
/// Calls come from one thread. Copies and launches are ordered on one stream; copies to the
/// host have ended when they return, the rest may still run until `synchronize`.
#[repr(C)]
pub struct CudaTable {
    /// [`super::PROVIDER_VERSION`].
    pub version: u64,
    /// Takes the device for this process (`local_rank` modulo their number) and loads the
    /// program's PTX (UTF-8, not NUL-terminated). Call once, first.
    pub init: unsafe extern "C" fn(ptx: *const u8, ptx_len: u64, local_rank: i64) -> i64,
    /// Copies the text of the last failure (at most `cap` bytes); its whole length.
    pub message: unsafe extern "C" fn(buf: *mut u8, cap: u64) -> u64,
    /// The device's name, as `message` gives texts.
    pub device_name: unsafe extern "C" fn(buf: *mut u8, cap: u64) -> u64,
    /// Bytes of device memory: free and in all.
    pub memory: unsafe extern "C" fn(free: *mut u64, total: *mut u64) -> i64,
    /// A device address, or 0.
    pub alloc: unsafe extern "C" fn(size: u64) -> u64,
    /// Gives an allocation back; pending work on it ends first.
    pub free: unsafe extern "C" fn(ptr: u64) -> i64,
    pub to_device: unsafe extern "C" fn(dst: u64, src: *const u8, size: u64) -> i64,
    pub to_host: unsafe extern "C" fn(dst: *mut u8, src: u64, size: u64) -> i64,
    /// `height` rows of `width` bytes, the rows `pitch` bytes apart.
    pub to_device_2d:
        unsafe extern "C" fn(dst: u64, dst_pitch: u64, src: *const u8, src_pitch: u64, width: u64, height: u64) -> i64,
    pub to_host_2d:
        unsafe extern "C" fn(dst: *mut u8, dst_pitch: u64, src: u64, src_pitch: u64, width: u64, height: u64) -> i64,
    /// Device to device.
    pub copy: unsafe extern "C" fn(dst: u64, src: u64, size: u64) -> i64,
    /// Fills with a byte.
    pub fill: unsafe extern "C" fn(dst: u64, byte: u8, size: u64) -> i64,
    /// The handle of a kernel (NUL-terminated name), or 0 if the PTX lacks it.
    pub kernel: unsafe extern "C" fn(name: *const u8) -> u64,
    /// Starts a kernel on a parameter made by [`pack_launch`]; `words` may be freed at once.
    pub launch: unsafe extern "C" fn(kernel: u64, words: *const u64, n_words: u64) -> i64,
    pub synchronize: unsafe extern "C" fn() -> i64,
}

#[cfg(test)]
mod tests {
    use super::{divider, pack_launch};

    #[test]
    fn dividers_divide() {
        for extent in (1..3000_u32).chain([0x7fff_ffff, 0x4000_0000, 0x4000_0001, 65_537, 1_000_003]) {
            let word = divider(extent);
            let (magic, shift) = (word & 0xffff_ffff, (word >> 32) as u32);
            for n in [
                0,
                1,
                extent - 1,
                extent,
                extent + 1,
                12_345,
                0x7fff_fffe,
                0x7fff_ffff_u32,
            ] {
                let n = n.min(0x7fff_ffff);
                let high = ((u64::from(n) * magic) >> 32) as u32;
                assert_eq!((high + n) >> shift, n / extent, "{n} / {extent}");
            }
        }
    }

    #[test]
    fn packs_or_refuses() {
        let mut words = Vec::new();
        assert!(pack_launch(&mut words, &[3, 4], &[100, 200], &[32, 8, 32, 8], &[7]));
        assert_eq!(words[..2], [12, 3]);
        assert_eq!(words[5..], [100, 200, 32, 8, 32, 8, 7]);
        assert!(!pack_launch(&mut words, &[1 << 16, 1 << 15], &[0], &[0, 0], &[]));
        assert!(!pack_launch(&mut words, &[2], &[0], &[1 << 31], &[]));
    }
}
