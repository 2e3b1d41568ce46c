//! The CUDA provider: one GPU of this process, through NVIDIA's driver interface.
//!
//! A shared library that the runtime opens when a launch is large enough for a device. It links
//! nothing of CUDA's: `libcuda` is opened here, and its absence is an ordinary failure of
//! `init`. Everything runs on one stream, in the order of the calls.
//!
//! No entry panics or prints: a failure is a status, and `message` has its text. The functions
//! expect the one thread that called `init` (CUDA's context is a thread's); another sees no
//! device.

mod device;

use device::{Device, Failure};
use lnp_abi::provider::PROVIDER_VERSION;
use lnp_abi::provider::cuda::CudaTable;
use std::cell::RefCell;
use std::ffi::CStr;
use std::panic::{AssertUnwindSafe, catch_unwind};

static TABLE: CudaTable = CudaTable {
    version: PROVIDER_VERSION,
    init,
    message,
    device_name,
    memory,
    alloc,
    free,
    to_device,
    to_host,
    to_device_2d,
    to_host_2d,
    copy,
    fill,
    kernel,
    launch,
    synchronize,
};

/// The provider's table.
#[unsafe(no_mangle)]
pub extern "C" fn lnp_provider() -> *const CudaTable {
    &TABLE
}

thread_local! {
    static DEVICE: RefCell<Option<Device>> = const { RefCell::new(None) };
    static MESSAGE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Runs `body`, turning a failure or a panic (cudarc's, where a driver lacks a symbol) into a
/// status and a message.
fn guard(body: impl FnOnce() -> Result<(), Failure>) -> i64 {
    let failure = match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => return 0,
        Ok(Err(failure)) => failure,
        Err(_) => Failure::new(-1, "the CUDA driver lacks a function that is needed"),
    };
    MESSAGE.set(failure.text);
    failure.code
}

/// Runs `body` on the device that `init` took.
fn with_device(body: impl FnOnce(&mut Device) -> Result<(), Failure>) -> i64 {
    guard(|| {
        DEVICE.with_borrow_mut(|device| match device {
            Some(device) => body(device),
            None => Err(Failure::new(-1, "no CUDA device was taken")),
        })
    })
}

/// Copies as much of `text` as fits; returns its whole length.
///
/// # Safety
/// `buf` is writable for `cap` bytes.
unsafe fn give_text(text: &str, buf: *mut u8, cap: u64) -> u64 {
    let len = text.len().min(cap as usize);
    // SAFETY: `len` bytes are readable in `text` and writable in `buf`.
    unsafe { std::ptr::copy_nonoverlapping(text.as_ptr(), buf, len) };
    text.len() as u64
}

unsafe extern "C" fn init(ptx: *const u8, ptx_len: u64, local_rank: i64) -> i64 {
    // A panic's text would go to standard error; it goes to `message` instead. The hook is this
    // library's own, since it carries its own copy of the standard library.
    std::panic::set_hook(Box::new(|_| {}));
    guard(|| {
        // SAFETY: the caller passes the text and its length.
        let ptx = unsafe { std::slice::from_raw_parts(ptx, ptx_len as usize) };
        let device = Device::open(ptx, local_rank)?;
        DEVICE.set(Some(device));
        Ok(())
    })
}

unsafe extern "C" fn message(buf: *mut u8, cap: u64) -> u64 {
    // SAFETY: the caller's buffer.
    MESSAGE.with_borrow(|text| unsafe { give_text(text, buf, cap) })
}

unsafe extern "C" fn device_name(buf: *mut u8, cap: u64) -> u64 {
    DEVICE.with_borrow(|device| match device {
        // SAFETY: the caller's buffer.
        Some(device) => unsafe { give_text(&device.name, buf, cap) },
        None => 0,
    })
}

unsafe extern "C" fn memory(free: *mut u64, total: *mut u64) -> i64 {
    with_device(|device| {
        let (free_len, total_len) = device.memory()?;
        // SAFETY: the caller passes two places to write to.
        unsafe { free.write(free_len) };
        // SAFETY: as above.
        unsafe { total.write(total_len) };
        Ok(())
    })
}

unsafe extern "C" fn alloc(size: u64) -> u64 {
    let mut ptr = 0;
    with_device(|device| {
        ptr = device.alloc(size)?;
        Ok(())
    });
    ptr
}

unsafe extern "C" fn free(ptr: u64) -> i64 {
    // SAFETY: the caller passes an address from `alloc`, once.
    with_device(|device| unsafe { device.free(ptr) })
}

unsafe extern "C" fn to_device(dst: u64, src: *const u8, size: u64) -> i64 {
    // SAFETY: the caller passes `size` bytes on both sides.
    with_device(|device| unsafe { device.to_device(dst, std::slice::from_raw_parts(src, size as usize)) })
}

unsafe extern "C" fn to_host(dst: *mut u8, src: u64, size: u64) -> i64 {
    // SAFETY: the caller passes `size` bytes on both sides.
    with_device(|device| unsafe { device.to_host(std::slice::from_raw_parts_mut(dst, size as usize), src) })
}

unsafe extern "C" fn to_device_2d(
    dst: u64,
    dst_pitch: u64,
    src: *const u8,
    src_pitch: u64,
    width: u64,
    height: u64,
) -> i64 {
    // SAFETY: the caller passes rectangles that lie in allocations.
    with_device(|device| unsafe { device.to_device_2d(dst, dst_pitch, src, src_pitch, width, height) })
}

unsafe extern "C" fn to_host_2d(
    dst: *mut u8,
    dst_pitch: u64,
    src: u64,
    src_pitch: u64,
    width: u64,
    height: u64,
) -> i64 {
    // SAFETY: the caller passes rectangles that lie in allocations.
    with_device(|device| unsafe { device.to_host_2d(dst, dst_pitch, src, src_pitch, width, height) })
}

unsafe extern "C" fn copy(dst: u64, src: u64, size: u64) -> i64 {
    // SAFETY: the caller passes device ranges of `size` bytes.
    with_device(|device| unsafe { device.copy(dst, src, size) })
}

unsafe extern "C" fn fill(dst: u64, byte: u8, size: u64) -> i64 {
    // SAFETY: the caller passes a device range of `size` bytes.
    with_device(|device| unsafe { device.fill(dst, byte, size) })
}

unsafe extern "C" fn kernel(name: *const u8) -> u64 {
    let mut handle = 0;
    with_device(|device| {
        // SAFETY: the caller passes a NUL-terminated name.
        let name = unsafe { CStr::from_ptr(name.cast()) };
        handle = device.kernel(name)?;
        Ok(())
    });
    handle
}

unsafe extern "C" fn launch(kernel: u64, words: *const u64, n_words: u64) -> i64 {
    with_device(|device| {
        // SAFETY: the caller passes `n_words` words.
        let words = unsafe { std::slice::from_raw_parts(words, n_words as usize) };
        // SAFETY: the caller made the words for this kernel, by `pack_launch`.
        unsafe { device.launch(kernel, words) }
    })
}

unsafe extern "C" fn synchronize() -> i64 {
    with_device(|device| device.synchronize())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn last_message() -> String {
        let mut buf = [0_u8; 256];
        // SAFETY: the buffer and its length.
        let len = unsafe { message(buf.as_mut_ptr(), buf.len() as u64) } as usize;
        String::from_utf8_lossy(&buf[..len.min(buf.len())]).into_owned()
    }

    /// Where there is no driver, every function fails with a status and a text. (Where there is
    /// one, `init` with a text that is no PTX fails just so.)
    #[test]
    fn absence_is_a_status() {
        let ptx = b"this is no PTX";
        // SAFETY: the text and its length.
        let status = unsafe { init(ptx.as_ptr(), ptx.len() as u64, 0) };
        assert_ne!(status, 0);
        assert!(!last_message().is_empty());
        let (mut free_len, mut total_len) = (0, 0);
        // SAFETY: no device was taken, so that nothing is dereferenced but the two places.
        unsafe {
            assert_ne!(memory(&mut free_len, &mut total_len), 0);
            assert_eq!(alloc(8), 0);
            assert_ne!(free(0), 0);
            assert_eq!(kernel(c"k".as_ptr().cast()), 0);
            assert_ne!(synchronize(), 0);
            assert_eq!(device_name([].as_mut_ptr(), 0), 0);
        }
        assert_eq!(last_message(), "no CUDA device was taken");
    }

    #[test]
    fn a_panic_is_a_status() {
        assert_eq!(guard(|| panic!("as cudarc does")), -1);
        assert!(last_message().contains("lacks a function"));
    }

    #[test]
    fn the_table_has_its_version() {
        // SAFETY: a static table.
        assert_eq!(unsafe { (*lnp_provider()).version }, PROVIDER_VERSION);
    }
}
