//! A stand-in for `liblnp_cuda.so` on machines without a GPU: it interprets the PTX.
//!
//! Tests put it in `LNP_LIB_DIR` under the provider's name, and a compiled program then takes
//! every step of its way to a GPU: the text, the parameter's layout, the residence of arrays.
//! "Device" memory is memory of this process that the host never uses by another address, so
//! that an element which was not moved is an element that is missing.
//!
//! `LNP_EMULATOR_LOG=1` counts what was done, on standard error at the end of the process.

mod ops;
mod parse;
mod run;

use lnp_abi::provider::PROVIDER_VERSION;
use lnp_abi::provider::cuda::CudaTable;
use parse::Program;
use run::Grid;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ffi::CStr;

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

#[unsafe(no_mangle)]
pub extern "C" fn lnp_provider() -> *const CudaTable {
    &TABLE
}

/// Few threads, so that each takes several points.
const GRID: Grid = Grid {
    n_blocks: 2,
    block_len: 3,
};
/// What device memory holds before anything is written.
const GARBAGE: u8 = 0xa5;

#[derive(Default)]
struct Emulator {
    program: Option<Program>,
    blocks: HashMap<u64, Vec<u128>>,
    message: String,
    counts: Counts,
}

#[derive(Default, Debug)]
struct Counts {
    launches: u64,
    to_device: u64,
    to_host: u64,
    allocs: u64,
}

impl Drop for Emulator {
    fn drop(&mut self) {
        if std::env::var_os("LNP_EMULATOR_LOG").is_some() {
            eprintln!("emulator: {:?}, {} blocks left", self.counts, self.blocks.len());
        }
    }
}

thread_local! {
    static STATE: RefCell<Emulator> = RefCell::new(Emulator::default());
}

fn with<T>(body: impl FnOnce(&mut Emulator) -> T) -> T {
    STATE.with_borrow_mut(body)
}

fn status(result: Result<(), String>) -> i64 {
    match result {
        Ok(()) => 0,
        Err(text) => {
            with(|state| state.message = text);
            1
        }
    }
}

unsafe extern "C" fn init(ptx: *const u8, ptx_len: u64, _local_rank: i64) -> i64 {
    // SAFETY: the caller's text.
    let text = unsafe { std::slice::from_raw_parts(ptx, ptx_len as usize) };
    status(parse::parse(&String::from_utf8_lossy(text)).map(|program| with(|state| state.program = Some(program))))
}

unsafe extern "C" fn message(buf: *mut u8, cap: u64) -> u64 {
    with(|state| {
        let len = state.message.len().min(cap as usize);
        // SAFETY: the caller's buffer.
        unsafe { std::ptr::copy_nonoverlapping(state.message.as_ptr(), buf, len) };
        state.message.len() as u64
    })
}

unsafe extern "C" fn device_name(_buf: *mut u8, _cap: u64) -> u64 {
    0
}

unsafe extern "C" fn memory(free: *mut u64, total: *mut u64) -> i64 {
    // SAFETY: the caller's places.
    unsafe { free.write(1 << 40) };
    // SAFETY: as above.
    unsafe { total.write(1 << 40) };
    0
}

unsafe extern "C" fn alloc(size: u64) -> u64 {
    with(|state| {
        state.counts.allocs += 1;
        let block = vec![u128::from_ne_bytes([GARBAGE; 16]); (size as usize).div_ceil(16).max(1)];
        let ptr = block.as_ptr() as u64;
        state.blocks.insert(ptr, block);
        ptr
    })
}

unsafe extern "C" fn free(ptr: u64) -> i64 {
    with(|state| match state.blocks.remove(&ptr) {
        Some(_) => 0,
        None => panic_on("freed what was not allocated"),
    })
}

/// A mistake of the runtime's: tests must not pass over it.
fn panic_on(text: &str) -> ! {
    eprintln!("emulator: {text}");
    std::process::abort()
}

unsafe extern "C" fn to_device(dst: u64, src: *const u8, size: u64) -> i64 {
    with(|state| state.counts.to_device += 1);
    // SAFETY: the caller's ranges.
    unsafe { std::ptr::copy_nonoverlapping(src, dst as *mut u8, size as usize) };
    0
}

unsafe extern "C" fn to_host(dst: *mut u8, src: u64, size: u64) -> i64 {
    with(|state| state.counts.to_host += 1);
    // SAFETY: the caller's ranges.
    unsafe { std::ptr::copy_nonoverlapping(src as *const u8, dst, size as usize) };
    0
}

unsafe extern "C" fn to_device_2d(
    dst: u64,
    dst_pitch: u64,
    src: *const u8,
    src_pitch: u64,
    width: u64,
    height: u64,
) -> i64 {
    for row in 0..height {
        // SAFETY: the caller's rectangles.
        unsafe {
            to_device(
                dst + row * dst_pitch,
                src.wrapping_add((row * src_pitch) as usize),
                width,
            )
        };
    }
    0
}

unsafe extern "C" fn to_host_2d(
    dst: *mut u8,
    dst_pitch: u64,
    src: u64,
    src_pitch: u64,
    width: u64,
    height: u64,
) -> i64 {
    for row in 0..height {
        // SAFETY: the caller's rectangles.
        unsafe {
            to_host(
                dst.wrapping_add((row * dst_pitch) as usize),
                src + row * src_pitch,
                width,
            )
        };
    }
    0
}

unsafe extern "C" fn copy(dst: u64, src: u64, size: u64) -> i64 {
    // SAFETY: the caller's ranges.
    unsafe { std::ptr::copy_nonoverlapping(src as *const u8, dst as *mut u8, size as usize) };
    0
}

unsafe extern "C" fn fill(dst: u64, byte: u8, size: u64) -> i64 {
    // SAFETY: the caller's range.
    unsafe { std::ptr::write_bytes(dst as *mut u8, byte, size as usize) };
    0
}

unsafe extern "C" fn kernel(name: *const u8) -> u64 {
    // SAFETY: the caller's NUL-terminated name.
    let name = unsafe { CStr::from_ptr(name.cast()) }.to_string_lossy();
    with(|state| {
        let program = state.program.as_ref()?;
        Some(*program.by_name.get(name.as_ref())? as u64 + 1)
    })
    .unwrap_or(0)
}

unsafe extern "C" fn launch(kernel: u64, words: *const u64, n_words: u64) -> i64 {
    // SAFETY: the caller's words.
    let words = unsafe { std::slice::from_raw_parts(words, n_words as usize) };
    let result = with(|state| {
        state.counts.launches += 1;
        match &state.program {
            // SAFETY: the caller's words hold live addresses.
            Some(program) => unsafe { run::launch(program, kernel as usize - 1, words, GRID) },
            None => Err("no program".to_owned()),
        }
    });
    status(result)
}

unsafe extern "C" fn synchronize() -> i64 {
    0
}
