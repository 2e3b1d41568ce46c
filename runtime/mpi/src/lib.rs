//! The mpi provider: the runtime's few messages over the `mpi` crate's MPI.
//!
//! Opened by the runtime when a launcher started the program. Called by the host thread only.

use lnp_abi::provider::PROVIDER_VERSION;
use lnp_abi::provider::mpi::{Message, MpiTable};
use mpi::environment::Universe;
use mpi::ffi;
use std::sync::Mutex;

/// Longest single message: MPI counts are 32-bit.
const MAX_COUNT: u64 = 1 << 30;
const TAG: i32 = 7;

static TABLE: MpiTable = MpiTable {
    version: PROVIDER_VERSION,
    init,
    finalize,
    rank,
    size,
    exchange,
    broadcast,
    all_gather,
    barrier,
    abort,
};

/// The table of this provider.
#[unsafe(no_mangle)]
pub extern "C" fn lnp_provider() -> *const MpiTable {
    &TABLE
}

static UNIVERSE: Mutex<Option<Universe>> = Mutex::new(None);

fn world() -> ffi::MPI_Comm {
    // SAFETY: a constant of the MPI library.
    unsafe { ffi::RSMPI_COMM_WORLD }
}

fn bytes() -> ffi::MPI_Datatype {
    // SAFETY: a constant of the MPI library.
    unsafe { ffi::RSMPI_UINT8_T }
}

unsafe extern "C" fn init() -> i32 {
    let Some((universe, _)) = mpi::initialize_with_threading(mpi::Threading::Funneled) else {
        return 1;
    };
    match UNIVERSE.lock() {
        Ok(mut slot) => {
            *slot = Some(universe);
            0
        }
        Err(_) => 1,
    }
}

unsafe extern "C" fn finalize() {
    if let Ok(mut slot) = UNIVERSE.lock() {
        // Dropping the universe finalizes MPI.
        slot.take();
    }
}

unsafe extern "C" fn rank() -> i32 {
    let mut rank = 0;
    // SAFETY: MPI is initialized (the runtime calls `init` first).
    unsafe { ffi::MPI_Comm_rank(world(), &mut rank) };
    rank
}

unsafe extern "C" fn size() -> i32 {
    let mut size = 1;
    // SAFETY: as above.
    unsafe { ffi::MPI_Comm_size(world(), &mut size) };
    size
}

/// A message's pieces of at most `MAX_COUNT` bytes.
fn pieces(message: &Message) -> impl Iterator<Item = (*mut u8, i32)> {
    let (ptr, len) = (message.ptr, message.len);
    (0..len.div_ceil(MAX_COUNT)).map(move |i| {
        let at = i * MAX_COUNT;
        (ptr.wrapping_add(at as usize), (len - at).min(MAX_COUNT) as i32)
    })
}

unsafe extern "C" fn exchange(sends: *const Message, n_sends: u64, receives: *const Message, n_receives: u64) {
    let list = |ptr: *const Message, n: u64| -> &[Message] {
        if n == 0 {
            return &[];
        }
        // SAFETY: the runtime passes `n` messages.
        unsafe { std::slice::from_raw_parts(ptr, n as usize) }
    };
    let mut requests: Vec<ffi::MPI_Request> = Vec::new();
    for message in list(receives, n_receives) {
        for (ptr, count) in pieces(message) {
            // SAFETY: a constant of the MPI library.
            let mut request = unsafe { ffi::RSMPI_REQUEST_NULL };
            // SAFETY: the memory stays valid until `MPI_Waitall` below.
            unsafe { ffi::MPI_Irecv(ptr.cast(), count, bytes(), message.peer, TAG, world(), &mut request) };
            requests.push(request);
        }
    }
    for message in list(sends, n_sends) {
        for (ptr, count) in pieces(message) {
            // SAFETY: a constant of the MPI library.
            let mut request = unsafe { ffi::RSMPI_REQUEST_NULL };
            // SAFETY: the memory stays valid until `MPI_Waitall` below.
            unsafe { ffi::MPI_Isend(ptr.cast(), count, bytes(), message.peer, TAG, world(), &mut request) };
            requests.push(request);
        }
    }
    let mut statuses: Vec<ffi::MPI_Status> = Vec::with_capacity(requests.len());
    // SAFETY: as many requests as are there, and room for as many statuses.
    unsafe { ffi::MPI_Waitall(requests.len() as i32, requests.as_mut_ptr(), statuses.as_mut_ptr()) };
}

unsafe extern "C" fn broadcast(ptr: *mut u8, len: u64, root: i32) {
    for (ptr, count) in pieces(&Message { ptr, len, peer: root }) {
        // SAFETY: the runtime passes `len` bytes of memory.
        unsafe { ffi::MPI_Bcast(ptr.cast(), count, bytes(), root, world()) };
    }
}

unsafe extern "C" fn all_gather(send: *const u8, len: u64, receive: *mut u8, lens: *const u64) {
    // SAFETY: MPI is initialized.
    let n = unsafe { size() } as usize;
    // SAFETY: the runtime passes a length for each rank.
    let lens = unsafe { std::slice::from_raw_parts(lens, n) };
    let total: u64 = lens.iter().sum();
    if total < MAX_COUNT {
        let counts: Vec<i32> = lens.iter().map(|&n| n as i32).collect();
        let mut at = 0;
        let offsets: Vec<i32> = counts
            .iter()
            .map(|&n| {
                at += n;
                at - n
            })
            .collect();
        // SAFETY: counts and offsets describe the memory that the runtime passes.
        unsafe {
            ffi::MPI_Allgatherv(
                send.cast_mut().cast(),
                len as i32,
                bytes(),
                receive.cast(),
                counts.as_ptr(),
                offsets.as_ptr(),
                bytes(),
                world(),
            )
        };
        return;
    }
    // SAFETY: MPI is initialized.
    let me = unsafe { rank() } as usize;
    let mut at = 0usize;
    for (root, &n) in lens.iter().enumerate() {
        let part = receive.wrapping_add(at);
        if root == me {
            // SAFETY: `receive` has room for all parts, `send` holds this rank's.
            unsafe { std::ptr::copy(send, part, n as usize) };
        }
        // SAFETY: this part of `receive`.
        unsafe { broadcast(part, n, root as i32) };
        at += n as usize;
    }
}

unsafe extern "C" fn barrier() {
    // SAFETY: MPI is initialized.
    unsafe { ffi::MPI_Barrier(world()) };
}

unsafe extern "C" fn abort(code: i32) {
    // SAFETY: MPI is initialized.
    unsafe { ffi::MPI_Abort(world(), code) };
}
