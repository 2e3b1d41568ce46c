//! The mpi provider's table: the few collective and point-to-point operations that the
//! runtime's exchange planner needs. All lengths are bytes.

/// One side of a message: `len` bytes at `ptr`, to or from rank `peer`.
///
/// Between two ranks messages of one exchange are matched in the order of the lists.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Message {
    pub ptr: *mut u8,
    pub len: u64,
    pub peer: i32,
}

/// What `liblnp_mpi.so` offers.
#[repr(C)]
pub struct MpiTable {
    pub version: u64,
    /// Initializes MPI; 0 on success.
    pub init: unsafe extern "C" fn() -> i32,
    pub finalize: unsafe extern "C" fn(),
    pub rank: unsafe extern "C" fn() -> i32,
    pub size: unsafe extern "C" fn() -> i32,
    /// Posts all receives and sends, returns when all are complete.
    pub exchange: unsafe extern "C" fn(sends: *const Message, n_sends: u64, receives: *const Message, n_receives: u64),
    pub broadcast: unsafe extern "C" fn(ptr: *mut u8, len: u64, root: i32),
    /// `lens` has one entry per rank; `receive` gets the parts in rank order.
    pub all_gather: unsafe extern "C" fn(send: *const u8, len: u64, receive: *mut u8, lens: *const u64),
    pub barrier: unsafe extern "C" fn(),
    /// Ends every process of the world with this exit code.
    pub abort: unsafe extern "C" fn(code: i32),
}
