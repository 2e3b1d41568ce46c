//! The `repr(C)` structures that compiled code and the runtime share.

/// The most dimensions a native array has; programs with more run in CPython.
pub const MAX_NDIM: usize = 8;

/// A complex scalar as it crosses the ABI: two `f64` registers.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Complex {
    pub re: f64,
    pub im: f64,
}

/// What a reference points to. The first field of every reference-counted object.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefKind {
    Array = 0,
    Str = 1,
    List = 2,
    Object = 3,
    Generator = 4,
}

/// The head of every reference-counted object.
///
/// Counts are not atomic: only the host program's thread touches them.
#[repr(C)]
pub struct RefHeader {
    pub count: u64,
    pub kind: RefKind,
}

/// A `str`: immutable UTF-8. Constants are emitted by codegen with an immortal count.
#[repr(C)]
pub struct StrHeader {
    pub head: RefHeader,
    /// Bytes at `data`.
    pub len: u64,
    /// Code points: Python's `len`.
    pub n_chars: u64,
    pub data: *const u8,
    /// Bytes that the allocation has for the text; of no meaning where the string is a constant.
    pub room: u64,
}

/// The least count of an object that is never freed; retain and release leave it alone.
pub const IMMORTAL: u64 = 1 << 62;

/// An array or a view of one: what `array<dtype, ndim>` points to.
///
/// `offset` and `strides` are bytes, relative to element 0 of the *global* C-contiguous
/// base buffer, exactly as NumPy's would be in one process. Compiled code reads `shape`
/// directly (see [`SHAPE_OFFSET`]); the rest belongs to the runtime.
#[repr(C)]
pub struct ArrayHeader {
    pub head: RefHeader,
    pub dtype: u8,
    pub ndim: u8,
    pub offset: i64,
    pub shape: [i64; MAX_NDIM],
    pub strides: [i64; MAX_NDIM],
}

/// Byte offset of `ArrayHeader::shape`.
pub const SHAPE_OFFSET: usize = std::mem::offset_of!(ArrayHeader, shape);

/// A compiled kernel over one sub-domain.
///
/// `extents[d]` points along loop dimension `d`; operand `k` (inputs first, then outputs)
/// starts at `ptrs[k]` and moves `strides[k * ndim + d]` bytes per step of dimension `d`
/// (0 where it is broadcast). `scalars` holds the scalar inputs as 8-byte slots in order,
/// a complex one takes two. The kernel touches nothing else.
pub type KernelFn =
    unsafe extern "C" fn(extents: *const i64, ptrs: *const *mut u8, strides: *const i64, scalars: *const u64);

/// One original element-wise operation inside a fused kernel, for NumPy's error text.
///
/// Each group is a bit mask over the kernel's array inputs (operands `0..n_inputs`; scalars
/// have no bit, so a group of scalars only is 0); the shape of a group is the broadcast of its
/// members' shapes. The groups' shapes must broadcast together. Checks stand in evaluation
/// order: the last one is the statement's outermost operation.
#[repr(C)]
pub struct BroadcastCheck {
    pub groups: *const u64,
    pub n_groups: u64,
    pub line: u64,
}

/// Static description of a kernel, emitted by codegen beside its code.
#[repr(C)]
pub struct KernelDesc {
    pub entry: KernelFn,
    /// NUL-terminated; also the entry name in the program's PTX.
    pub name: *const u8,
    pub ndim: u32,
    pub n_inputs: u32,
    pub n_outputs: u32,
    pub n_scalar_slots: u32,
    /// `n_inputs + n_outputs` dtype codes.
    pub dtypes: *const u8,
    /// `n_inputs` operand ndims; an operand of fewer dims than the domain aligns right.
    pub ndims: *const u8,
    pub checks: *const BroadcastCheck,
    pub n_checks: u64,
    /// Rough nanoseconds per 1024 points on one thread: decides when threads pay.
    pub cost: u64,
    /// Points per tile proposed by the `tile` pass.
    pub tile: u64,
    /// Non-zero when the program's PTX has this kernel.
    pub on_gpu: u64,
    /// Non-zero when the kernel's only output is its only input, unchanged (`Body::identity`):
    /// a reduction then reads that array itself, in the order of its own layout.
    pub identity: u64,
}

/// A launch in the program: static, but for the plan that the runtime keeps there.
///
/// An operand (the array inputs, then the destination where there is one) may be a view that
/// was never made; the launch is passed its base. `views` is null where no operand is one.
/// Else it holds the number of views, and each in the order of the program: the operand, the
/// line that an error in the view is reported for, the number of items, then four words per
/// item as `lnp_view` takes them. A flag [`SITE_DYNAMIC`]` << k` in an item's first word says
/// that its word `k + 1` is the index of a value among the launch's bounds.
#[repr(C)]
pub struct LaunchSite {
    pub desc: *const KernelDesc,
    pub views: *const i64,
    /// Null at first; the runtime's own.
    pub plan: *mut u8,
}

/// The first of the three flags of a [`LaunchSite`]'s view items.
pub const SITE_DYNAMIC: i64 = 1 << 8;

/// A piece of Python source that the embedded interpreter runs.
#[repr(C)]
pub struct PyUnitDesc {
    /// UTF-8, `source_len` bytes, already dedented.
    pub source: *const u8,
    pub source_len: u64,
    /// 0: an expression, whose value is the result. 1: statements; the result is a tuple of
    /// the outputs' values. 2: definitions, run once, that later units may name.
    pub kind: u64,
    /// NUL-separated names, as many as inputs are passed.
    pub inputs: *const u8,
    pub n_inputs: u64,
    pub outputs: *const u8,
    pub n_outputs: u64,
    /// First line in the user's file, so that tracebacks name it.
    pub line: u64,
}

/// What the object file tells the runtime about the program.
#[repr(C)]
pub struct ProgramDesc {
    /// NUL-terminated path as given to `lnpc`.
    pub file: *const u8,
    /// The program text, for tracebacks.
    pub source: *const u8,
    pub source_len: u64,
    /// PTX text, or null.
    pub ptx: *const u8,
    pub ptx_len: u64,
    /// NUL-terminated directory of the providers, beside the runtime that was linked.
    pub lib_dir: *const u8,
}
