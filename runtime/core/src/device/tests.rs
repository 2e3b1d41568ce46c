//! Random programs give the same elements with a device and without one.
//!
//! The device is a table whose memory is its own, so that an element that nobody moved is
//! garbage; its launches take the packed words apart and call the kernel's host code.

use super::provider::{Ready, State, state};
use crate::array::{Array, OwnedArray};
use crate::host::alone;
use crate::launch::copy::{Order, assign, materialize};
use crate::launch::domain::Store;
use crate::launch::nest::Call;
use crate::launch::{fresh, into};
use lnp_abi::provider::PROVIDER_VERSION;
use lnp_abi::provider::cuda::CudaTable;
use lnp_abi::{ArrayHeader, DType, KernelDesc, LaunchSite, MAX_NDIM};
use std::cell::RefCell;
use std::collections::HashMap;
use std::ffi::CStr;

unsafe extern "C" {
    fn lnp_get_f64(array: *mut ArrayHeader, index: *const u64) -> f64;
    fn lnp_set_f64(array: *mut ArrayHeader, index: *const u64, value: f64);
    fn lnp_copy(array: *mut ArrayHeader, order: i64) -> *mut ArrayHeader;
    fn lnp_launch_reduce(
        site: *mut LaunchSite,
        arrays: *const u64,
        bounds: *const u64,
        scalars: *const u64,
        op: i64,
        axes: i64,
        keepdims: u8,
    ) -> *mut ArrayHeader;
}

const ROWS: i64 = 6;
const COLS: i64 = 7;

/// `a + s·b` over two loops.
unsafe extern "C" fn axpy(extents: *const i64, ptrs: *const *mut u8, strides: *const i64, scalars: *const u64) {
    // SAFETY: the kernel ABI, for two loops, three operands and one scalar.
    unsafe {
        let s = f64::from_bits(*scalars);
        for i in 0..*extents {
            for j in 0..*extents.add(1) {
                let at = |k: usize| -> *mut f64 {
                    let offset = i * *strides.add(2 * k) + j * *strides.add(2 * k + 1);
                    (*ptrs.add(k)).offset(offset as isize).cast()
                };
                *at(2) = *at(0) + s * *at(1);
            }
        }
    }
}

fn desc(on_gpu: u64) -> KernelDesc {
    KernelDesc {
        entry: axpy,
        name: c"axpy".as_ptr().cast(),
        ndim: 2,
        n_inputs: 2,
        n_outputs: 1,
        n_scalar_slots: 1,
        dtypes: [DType::F64 as u8; 3].as_ptr(),
        ndims: [2u8; 2].as_ptr(),
        checks: std::ptr::null(),
        n_checks: 0,
        cost: 1000,
        tile: 1024,
        on_gpu,
        identity: 0,
    }
}

#[derive(Default)]
struct Fake {
    blocks: HashMap<u64, Vec<u64>>,
    launches: usize,
    to_device: usize,
    to_host: usize,
}

thread_local! {
    static FAKE: RefCell<Fake> = RefCell::new(Fake::default());
}

unsafe extern "C" fn init(_: *const u8, _: u64, _: i64) -> i64 {
    0
}
unsafe extern "C" fn text(_: *mut u8, _: u64) -> u64 {
    0
}
unsafe extern "C" fn memory(_: *mut u64, _: *mut u64) -> i64 {
    0
}
unsafe extern "C" fn alloc(size: u64) -> u64 {
    FAKE.with_borrow_mut(|fake| {
        let block = vec![f64::NAN.to_bits(); (size as usize).div_ceil(8).max(1)];
        let ptr = block.as_ptr() as u64;
        fake.blocks.insert(ptr, block);
        ptr
    })
}
unsafe extern "C" fn free(ptr: u64) -> i64 {
    FAKE.with_borrow_mut(|fake| i64::from(fake.blocks.remove(&ptr).is_none()))
}
unsafe extern "C" fn to_device(dst: u64, src: *const u8, size: u64) -> i64 {
    FAKE.with_borrow_mut(|fake| fake.to_device += 1);
    // SAFETY: the caller's ranges.
    unsafe { std::ptr::copy_nonoverlapping(src, dst as *mut u8, size as usize) };
    0
}
unsafe extern "C" fn to_host(dst: *mut u8, src: u64, size: u64) -> i64 {
    FAKE.with_borrow_mut(|fake| fake.to_host += 1);
    // SAFETY: the caller's ranges.
    unsafe { std::ptr::copy_nonoverlapping(src as *const u8, dst, size as usize) };
    0
}
unsafe extern "C" fn to_device_2d(_: u64, _: u64, _: *const u8, _: u64, _: u64, _: u64) -> i64 {
    1
}
unsafe extern "C" fn to_host_2d(_: *mut u8, _: u64, _: u64, _: u64, _: u64, _: u64) -> i64 {
    1
}
unsafe extern "C" fn copy(dst: u64, src: u64, size: u64) -> i64 {
    // SAFETY: the caller's ranges.
    unsafe { std::ptr::copy_nonoverlapping(src as *const u8, dst as *mut u8, size as usize) };
    0
}
unsafe extern "C" fn fill(_: u64, _: u8, _: u64) -> i64 {
    1
}

/// 1: `axpy`; 8: the runtime's copy of 8-byte elements.
unsafe extern "C" fn kernel(name: *const u8) -> u64 {
    // SAFETY: the caller's NUL-terminated name.
    match unsafe { CStr::from_ptr(name.cast()) }.to_bytes() {
        b"axpy" => 1,
        b"lnp_copy_8" => 8,
        _ => 0,
    }
}

unsafe extern "C" fn launch(kernel: u64, words: *const u64, n_words: u64) -> i64 {
    FAKE.with_borrow_mut(|fake| fake.launches += 1);
    // SAFETY: the caller's words.
    let words = unsafe { std::slice::from_raw_parts(words, n_words as usize) };
    let copy = crate::launch::copy::identity_call(DType::F64).desc;
    let (entry, ndim, n_ops) = match kernel {
        1 => (axpy as lnp_abi::KernelFn, 2, 3),
        _ => (copy.entry, MAX_NDIM, 2),
    };
    let extents: Vec<i64> = (0..ndim).map(|d| words[1 + 2 * d] as i64).collect();
    let (ptrs, rest) = words[1 + 2 * ndim..].split_at(n_ops);
    let (strides, scalars) = rest.split_at(n_ops * ndim);
    // SAFETY: the words are of this kernel.
    unsafe {
        entry(
            extents.as_ptr(),
            ptrs.as_ptr().cast(),
            strides.as_ptr().cast(),
            scalars.as_ptr(),
        )
    };
    0
}

unsafe extern "C" fn synchronize() -> i64 {
    0
}

static TABLE: CudaTable = CudaTable {
    version: PROVIDER_VERSION,
    init,
    message: text,
    device_name: text,
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

/// A small generator of its own, so that both runs draw the same program.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, n: i64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        ((self.0 >> 33) % n as u64) as i64
    }
}

/// A `rows × cols` view of an array, shifted and perhaps with reversed rows.
fn view(dice: &mut Dice, array: &Array, rows: i64, cols: i64) -> OwnedArray {
    let (i, j) = (dice.roll(ROWS - rows + 1), dice.roll(COLS - cols + 1));
    let (down, right) = (array.strides()[0], array.strides()[1]);
    match dice.roll(4) {
        0 => array.view(
            array.offset() + (i + rows - 1) * down + j * right,
            &[rows, cols],
            &[-down, right],
        ),
        _ => array.view(array.offset() + i * down + j * right, &[rows, cols], &[down, right]),
    }
}

fn raw(array: &OwnedArray) -> *mut ArrayHeader {
    let array: &Array = array;
    std::ptr::from_ref(array).cast_mut().cast()
}

fn matrix(seed: i64) -> OwnedArray {
    Array::from_replicated(DType::F64, &[ROWS, COLS], |bytes| {
        for (k, element) in bytes.chunks_exact_mut(8).enumerate() {
            element.copy_from_slice(&((seed * 100 + k as i64) as f64 / 8.0).to_le_bytes());
        }
    })
    .unwrap()
}

/// One random program on three arrays; what it saw and what it left.
fn program(seed: u64, n_steps: usize) -> Vec<f64> {
    let mut dice = Dice(seed);
    let mut arrays = [matrix(1), matrix(2), matrix(3)];
    let mut seen = Vec::new();
    for _ in 0..n_steps {
        let (x, y, z) = (dice.roll(3) as usize, dice.roll(3) as usize, dice.roll(3) as usize);
        let scalar = (dice.roll(5) as f64 - 2.0) / 4.0;
        let scalars = [scalar.to_bits()];
        let desc = desc(u64::from(dice.roll(4) > 0));
        let call = Call {
            desc: &desc,
            scalars: scalars.as_ptr(),
        };
        match dice.roll(10) {
            0..=2 => {
                let mut result = None;
                fresh(call, &[&arrays[x], &arrays[y]], None, &mut |a| result = Some(a)).unwrap();
                arrays[z] = result.unwrap();
            }
            3 | 4 => {
                let (rows, cols) = (1 + dice.roll(ROWS), 1 + dice.roll(COLS));
                let a = view(&mut dice, &arrays[x], rows, cols);
                let b = view(&mut dice, &arrays[y], rows, cols);
                let dst = view(&mut dice, &arrays[z], rows, cols);
                into(call, &[&a, &b], &dst, Store::Assign(dst.shape())).unwrap();
            }
            5 => {
                // SAFETY: a live array and an index in it.
                seen.push(unsafe { lnp_get_f64(raw(&arrays[x]), [2, 3, 4].as_ptr()) });
                // SAFETY: as above.
                unsafe { lnp_set_f64(raw(&arrays[y]), [2, 1, dice.roll(COLS) as u64].as_ptr(), scalar) };
            }
            6 => {
                // SAFETY: a live array; the copy is owned.
                arrays[z] = unsafe { OwnedArray::from_raw(lnp_copy(raw(&arrays[x]), 0)) };
            }
            7 => {
                let inputs = [2, raw(&arrays[x]) as u64, raw(&arrays[y]) as u64];
                let slots = [1, scalars[0]];
                let mut site = LaunchSite {
                    desc: &desc,
                    views: std::ptr::null(),
                    plan: std::ptr::null_mut(),
                };
                // SAFETY: live arrays and as many scalars as the kernel has.
                let sum =
                    unsafe { lnp_launch_reduce(&mut site, inputs.as_ptr(), [0].as_ptr(), slots.as_ptr(), 0, -1, 0) };
                // SAFETY: an owned array of no dimensions.
                let sum = unsafe { OwnedArray::from_raw(sum) };
                // SAFETY: its only element.
                seen.push(unsafe { sum.ptr().cast::<f64>().read() });
            }
            8 => {
                // As Python does: look, write, go.
                let exported = arrays[x].export().unwrap();
                // SAFETY: the first element of a live array.
                unsafe { *exported.ptr.cast::<f64>() += 1.0 };
                arrays[x].unpin();
            }
            _ => {
                let part = view(&mut dice, &arrays[x], 2, 3);
                let other = materialize(&part, Order::K).unwrap();
                assign(&view(&mut dice, &arrays[y], 2, 3), &other).unwrap();
                // As an in-place routine does.
                arrays[z].prepare_write().unwrap();
                // SAFETY: the first element of a live array that was readied.
                unsafe { *arrays[z].ptr().cast::<f64>() -= 0.5 };
            }
        }
    }
    for array in &arrays {
        let bytes = array.c_bytes().unwrap();
        seen.extend(bytes.chunks_exact(8).map(|b| f64::from_le_bytes(b.try_into().unwrap())));
    }
    seen
}

#[test]
fn residence_changes_nothing() {
    let _host = alone();
    for seed in 0..400 {
        *state() = State::Off;
        let expected = program(seed, 25);
        // Launches whole, in parts, and only where arrays are there already (never, here).
        for (demanded, max_points) in [(true, i64::MAX), (true, 10), (false, i64::MAX)] {
            let mut ready = Ready::new(&TABLE, demanded);
            ready.max_points = max_points;
            *state() = State::Ready(ready);
            let got = program(seed, 25);
            assert_eq!(got, expected, "program {seed}");
            let (launches, left) = FAKE.with_borrow(|fake| (fake.launches, fake.blocks.len()));
            assert!(!demanded || launches > 0);
            assert_eq!(left, 0, "device memory stays behind after program {seed}");
        }
    }
    *state() = State::Off;
}

/// A chain of launches moves its inputs once and its result once.
#[test]
fn chains_stay_on_the_device() {
    let _host = alone();
    *state() = State::Ready(Ready::new(&TABLE, true));
    FAKE.set(Fake::default());
    let desc = desc(1);
    let scalars = [0.5_f64.to_bits()];
    let call = Call {
        desc: &desc,
        scalars: scalars.as_ptr(),
    };
    let (a, mut b) = (matrix(1), matrix(2));
    for _ in 0..10 {
        let mut result = None;
        fresh(call, &[&a, &b], None, &mut |r| result = Some(r)).unwrap();
        b = result.unwrap();
        // `b[1:-1, 1:-1] = a[...] + s·b[shifted]`: reads and writes overlap.
        let shifted = b.view(0, &[ROWS - 2, COLS - 2], b.strides());
        let inside = b.view(b.strides()[0] + 8, &[ROWS - 2, COLS - 2], b.strides());
        let other = a.view(0, &[ROWS - 2, COLS - 2], a.strides());
        into(call, &[&other, &shifted], &inside, Store::Assign(inside.shape())).unwrap();
    }
    let moved = FAKE.with_borrow(|fake| (fake.to_device, fake.to_host));
    assert_eq!(moved, (2, 0));
    let _ = b.c_bytes().unwrap();
    assert_eq!(FAKE.with_borrow(|fake| fake.to_host), 1);
    drop((a, b));
    *state() = State::Off;
}

#[test]
fn without_a_device_nothing_is_asked() {
    let _host = alone();
    *state() = State::Off;
    FAKE.set(Fake::default());
    program(1, 50);
    assert_eq!(FAKE.with_borrow(|fake| (fake.launches, fake.to_device)), (0, 0));
}
