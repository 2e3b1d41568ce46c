//! Memory for array elements: size-class free lists that keep warm pages.
//!
//! First touching a page costs far more than computing on it, so freed storage is kept and
//! handed out again, the most recently freed first. Small blocks come from 64-byte classes,
//! large ones straight from the kernel in classes of an eighth of a power of two. The start of
//! a large block is moved by a varying number of cache lines, so that arrays of equal size do
//! not compete for the same cache sets.

use crate::host::HostCell;
use std::alloc::Layout;

/// A block of memory of some size class.
#[derive(Clone, Copy, Debug)]
pub struct Block {
    pub ptr: *mut u8,
    /// Usable bytes.
    pub bytes: usize,
    class: u16,
    /// Bytes between the mapping's start and `ptr` (large blocks).
    shift: u16,
}

const SMALL_LIMIT: usize = 1 << 16;
const LINE: usize = 64;
/// 16 classes of 64 bytes, then 8 per power of two from 1024 to 2^63.
const N_CLASSES: usize = 16 + 53 * CLASSES_PER_DOUBLING;
const CLASSES_PER_DOUBLING: usize = 8;

/// Classes of up to [`SMALL_BYTES`], the smallest first.
pub const N_SMALL: usize = 16 + 6 * 8;
pub const SMALL_BYTES: usize = SMALL_LIMIT;

/// The class of a block of at most [`SMALL_BYTES`].
#[inline]
pub fn small_class(bytes: usize) -> usize {
    class_of(bytes).0
}

impl Block {
    /// The class, if it is one of the first [`N_SMALL`].
    #[inline]
    pub fn small_class(&self) -> Option<usize> {
        Some(self.class as usize).filter(|&class| class < N_SMALL)
    }
}

struct Pool {
    free: [Vec<Block>; N_CLASSES],
    /// Bytes of large blocks in the free lists.
    cached: usize,
    /// Large bytes in use, and the most there ever were.
    live: usize,
    peak: usize,
    color: usize,
}

static POOL: HostCell<Pool> = HostCell::new(Pool {
    free: [const { Vec::new() }; N_CLASSES],
    cached: 0,
    live: 0,
    peak: 0,
    color: 0,
});

/// Class index and bytes of the smallest class that holds `bytes`.
#[inline]
fn class_of(bytes: usize) -> (usize, usize) {
    if bytes <= 1024 {
        let k = bytes.div_ceil(LINE).max(1);
        return (k - 1, k * LINE);
    }
    let exp = (usize::BITS - 1 - (bytes - 1).leading_zeros()) as usize;
    let step = 1usize << (exp - 3);
    let k = (bytes - (1 << exp)).div_ceil(step);
    // k is 1..=8: an eighth above the power of two below.
    (16 + (exp - 10) * 8 + k - 1, (1 << exp) + k * step)
}

/// Takes a block of at least `bytes`. `None`: the system has no more memory.
#[inline]
pub fn take(bytes: usize) -> Option<Block> {
    if bytes > isize::MAX as usize / 2 {
        return None;
    }
    let (class, size) = class_of(bytes);
    if size <= SMALL_LIMIT {
        return POOL.get().free[class].pop().or_else(|| take_small(class, size));
    }
    take_again(class).or_else(|| take_large(class, size))
}

/// Takes a block whose first `bytes` are zero.
pub fn take_zeroed(bytes: usize) -> Option<Block> {
    if bytes > isize::MAX as usize / 2 {
        return None;
    }
    let (class, size) = class_of(bytes);
    let used = match size <= SMALL_LIMIT {
        true => take(bytes),
        false => take_again(class),
    };
    let Some(block) = used else {
        // Fresh mappings are zero already.
        return take_large(class, size);
    };
    // SAFETY: the block has at least `bytes` bytes and nobody else uses it.
    unsafe { block.ptr.write_bytes(0, bytes) };
    Some(block)
}

/// A large free block of the class, or of the next one that has one, up to twice its size: warm
/// pages are worth more than a close fit.
fn take_again(class: usize) -> Option<Block> {
    let pool = POOL.get();
    let classes = class..=(class + CLASSES_PER_DOUBLING).min(N_CLASSES - 1);
    let block = pool.free[classes].iter_mut().find_map(Vec::pop)?;
    pool.cached -= block.bytes;
    pool.live += block.bytes;
    pool.peak = pool.peak.max(pool.live);
    Some(block)
}

/// Gives a block back.
#[inline]
pub fn give(block: Block) {
    let pool = POOL.get();
    if block.bytes > SMALL_LIMIT {
        pool.live -= block.bytes;
        // Keep as much as the program once used at the same time, and some to spare.
        if pool.cached + pool.live + block.bytes > pool.peak + (64 << 20) {
            unmap(block);
            return;
        }
        pool.cached += block.bytes;
    }
    pool.free[block.class as usize].push(block);
}

#[cold]
fn take_small(class: usize, size: usize) -> Option<Block> {
    // Carve a slab so that neighbours in time are neighbours in memory.
    let n = (SMALL_LIMIT / size).clamp(1, 32);
    let layout = Layout::from_size_align(size * n, LINE).ok()?;
    // SAFETY: the layout's size is not zero.
    let slab = unsafe { std::alloc::alloc(layout) };
    if slab.is_null() {
        return None;
    }
    let block = |i: usize| Block {
        ptr: slab.wrapping_add(i * size),
        bytes: size,
        class: class as u16,
        shift: 0,
    };
    let free = &mut POOL.get().free[class];
    free.extend((1..n).rev().map(block));
    Some(block(0))
}

#[cold]
fn take_large(class: usize, size: usize) -> Option<Block> {
    let shift = {
        let pool = POOL.get();
        pool.color = (pool.color + 5) % 32;
        pool.color * LINE
    };
    let ptr = map(size + shift).or_else(|| {
        drop_cache();
        map(size + shift)
    })?;
    let pool = POOL.get();
    pool.live += size;
    pool.peak = pool.peak.max(pool.live);
    Some(Block {
        ptr: ptr.wrapping_add(shift),
        bytes: size,
        class: class as u16,
        shift: shift as u16,
    })
}

fn map(bytes: usize) -> Option<*mut u8> {
    // SAFETY: an anonymous mapping at an address of the kernel's choice.
    let ptr = unsafe {
        libc::mmap(
            std::ptr::null_mut(),
            bytes,
            libc::PROT_READ | libc::PROT_WRITE,
            libc::MAP_PRIVATE | libc::MAP_ANONYMOUS,
            -1,
            0,
        )
    };
    if ptr == libc::MAP_FAILED {
        return None;
    }
    #[cfg(target_os = "linux")]
    if bytes >= 4 << 20 {
        // SAFETY: advice on the mapping just made; failure is harmless.
        unsafe { libc::madvise(ptr, bytes, libc::MADV_HUGEPAGE) };
    }
    Some(ptr.cast())
}

fn unmap(block: Block) {
    let shift = block.shift as usize;
    // SAFETY: the mapping was made by `take_large` with this start and length.
    unsafe { libc::munmap(block.ptr.wrapping_sub(shift).cast(), block.bytes + shift) };
}

/// Returns every cached large block to the system.
fn drop_cache() {
    let pool = POOL.get();
    for list in &mut pool.free {
        if list.first().is_some_and(|b| b.bytes > SMALL_LIMIT) {
            list.drain(..).for_each(unmap);
        }
    }
    pool.cached = 0;
}

#[cfg(test)]
mod tests {
    use super::class_of;

    #[test]
    fn classes_hold_what_they_are_asked_for() {
        let mut last = 0;
        for bytes in (1..5000).chain((2..60).map(|k| (1usize << 12) * k - 1)) {
            let (class, size) = class_of(bytes);
            assert!(
                size >= bytes && size <= (bytes + 63).max(bytes + bytes / 8 + 64),
                "{bytes} {size}"
            );
            assert_eq!(class_of(size), (class, size), "{bytes}");
            assert!(size % 64 == 0);
            assert!(class >= last);
            last = class;
        }
    }
}
