//! Whether there is a device, and the provider that reaches it.

use crate::host::HostCell;
use lnp_abi::provider::PROVIDER_VERSION;
use lnp_abi::provider::cuda::{CudaTable, MAX_LAUNCH_POINTS};
use lnp_abi::{KernelDesc, ProgramDesc};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

const LIBRARY: &str = "liblnp_cuda.so";

pub(super) enum State {
    /// No device, or none wanted.
    Off,
    /// Not looked for yet.
    Unopened(Program),
    Ready(Ready),
    /// Demanded, of a program that has no code for one: an error of the first launch.
    Lacking,
}

/// What opening needs of the program.
#[derive(Clone, Copy)]
pub(super) struct Program {
    ptx: &'static [u8],
    lib_dir: Option<&'static Path>,
}

/// A device with the program's kernels.
pub(super) struct Ready {
    table: &'static CudaTable,
    /// Handles by descriptor; 0: not in the PTX.
    kernels: HashMap<*const KernelDesc, u64>,
    /// `LNP_DEVICE=gpu`.
    pub demanded: bool,
    /// The launch's parameter, kept for its memory.
    pub words: Vec<u64>,
    /// The most points of one launch.
    pub max_points: i64,
}

static STATE: HostCell<State> = HostCell::new(State::Off);

#[inline]
pub(super) fn state() -> &'static mut State {
    STATE.get()
}

/// Reads the policy; called once, before the program runs. An error names the reason why a
/// demanded device is not to be had.
///
/// # Safety
/// The descriptor is the program's own: its pointers live for ever.
pub unsafe fn start(program: &ProgramDesc) -> Result<(), String> {
    if program.ptx.is_null() || program.ptx_len == 0 {
        if policy().as_deref() == Some("gpu") {
            *state() = State::Lacking;
        }
        return Ok(());
    }
    // SAFETY: the descriptor's text and its length.
    let ptx = unsafe { std::slice::from_raw_parts(program.ptx, program.ptx_len as usize) };
    let lib_dir = match program.lib_dir.is_null() {
        true => None,
        // SAFETY: NUL-terminated.
        false => unsafe { std::ffi::CStr::from_ptr(program.lib_dir.cast()) }
            .to_str()
            .ok()
            .map(Path::new),
    };
    let program = Program { ptx, lib_dir };
    match policy().as_deref() {
        Some("cpu") => {}
        // Blocks and their halos live on the host: `dist` does not ask where they are valid.
        Some("gpu") if crate::dist::is_world() => {
            return Err("a program of several ranks runs on the host".to_owned());
        }
        Some("gpu") => *state() = State::Ready(open(program, true)?),
        _ if crate::dist::is_world() => {}
        _ => *state() = State::Unopened(program),
    }
    Ok(())
}

fn policy() -> Option<String> {
    Some(std::env::var("LNP_DEVICE").ok()?.trim().to_ascii_lowercase())
}

/// The device, opened if it was not yet; after a failure it is off for good.
#[cold]
pub(super) fn open_now() -> bool {
    if let State::Unopened(program) = *state() {
        *state() = match open(program, false) {
            Ok(ready) => State::Ready(ready),
            Err(_) => State::Off,
        };
    }
    matches!(state(), State::Ready(_))
}

fn open(program: Program, demanded: bool) -> Result<Ready, String> {
    let table = load(program)?;
    // SAFETY: the program's text; the provider reads it during the call.
    let status = unsafe { (table.init)(program.ptx.as_ptr(), program.ptx.len() as u64, local_rank()) };
    let ready = Ready::new(table, demanded);
    ready.check(status)?;
    Ok(ready)
}

fn load(program: Program) -> Result<&'static CudaTable, String> {
    let dir = std::env::var_os("LNP_LIB_DIR").map(PathBuf::from);
    let dir = dir
        .or_else(|| program.lib_dir.map(Path::to_path_buf))
        .unwrap_or_default();
    let path = dir.join(LIBRARY);
    // SAFETY: runs the library's initializers; it is ours.
    let library = unsafe { libloading::Library::new(&path) }.map_err(|e| format!("{}: {e}", path.display()))?;
    // SAFETY: what every provider exports.
    let entry = unsafe { library.get::<unsafe extern "C" fn() -> *const CudaTable>(b"lnp_provider\0") };
    let entry = *entry.map_err(|e| e.to_string())?;
    // Stays open: the table is in it.
    std::mem::forget(library);
    // SAFETY: a provider's table is static.
    let table = unsafe { &*entry() };
    match table.version == PROVIDER_VERSION {
        true => Ok(table),
        false => Err(format!("{} is of another version of lnpc", path.display())),
    }
}

/// This process's number among those on its machine, as the launchers tell it.
fn local_rank() -> i64 {
    [
        "OMPI_COMM_WORLD_LOCAL_RANK",
        "MPI_LOCALRANKID",
        "PMI_LOCAL_RANK",
        "MV2_COMM_WORLD_LOCAL_RANK",
        "SLURM_LOCALID",
    ]
    .iter()
    .find_map(|name| std::env::var(name).ok()?.trim().parse().ok())
    .unwrap_or(0)
}

/// The program cannot go on: what is there only on the device is lost, or a demand not met.
#[cold]
pub(super) fn fail(text: &str) -> ! {
    eprintln!("{text}");
    crate::dist::world::abort(1)
}

impl Ready {
    pub fn new(table: &'static CudaTable, demanded: bool) -> Ready {
        Ready {
            table,
            kernels: HashMap::new(),
            demanded,
            words: Vec::new(),
            max_points: MAX_LAUNCH_POINTS,
        }
    }

    fn check(&self, status: i64) -> Result<(), String> {
        if status == 0 {
            return Ok(());
        }
        let mut text = vec![0_u8; 512];
        // SAFETY: the buffer and its length.
        let len = unsafe { (self.table.message)(text.as_mut_ptr(), text.len() as u64) } as usize;
        text.truncate(len);
        Err(String::from_utf8_lossy(&text).into_owned())
    }

    /// Device memory, or `None` when it is full.
    pub fn alloc(&self, bytes: usize) -> Option<u64> {
        // SAFETY: a plain request.
        let ptr = unsafe { (self.table.alloc)(bytes as u64) };
        (ptr != 0).then_some(ptr)
    }

    pub fn free(&self, ptr: u64) {
        // SAFETY: from `alloc`, freed once by the slot's owner. A failure leaks.
        unsafe { (self.table.free)(ptr) };
    }

    pub fn to_host(&self, dst: &mut [u8], src: u64) -> Result<(), String> {
        // SAFETY: the caller's device range has as many bytes.
        self.check(unsafe { (self.table.to_host)(dst.as_mut_ptr(), src, dst.len() as u64) })
    }

    pub fn to_device(&self, dst: u64, src: &[u8]) -> Result<(), String> {
        // SAFETY: the caller's device range has as many bytes.
        self.check(unsafe { (self.table.to_device)(dst, src.as_ptr(), src.len() as u64) })
    }

    pub fn copy(&self, dst: u64, src: u64, bytes: usize) -> Result<(), String> {
        // SAFETY: the caller's device ranges have as many bytes.
        self.check(unsafe { (self.table.copy)(dst, src, bytes as u64) })
    }

    /// The kernel's handle, or `None` when the device's code lacks it.
    pub fn kernel(&mut self, desc: &KernelDesc) -> Option<u64> {
        let table = self.table;
        let handle = *self.kernels.entry(desc).or_insert_with(|| {
            // SAFETY: the descriptor's NUL-terminated name.
            unsafe { (table.kernel)(desc.name) }
        });
        (handle != 0).then_some(handle)
    }

    /// Starts a kernel on the packed `words`.
    pub fn launch(&self, kernel: u64) -> Result<(), String> {
        // SAFETY: the words were packed for this kernel; their addresses are live on the device.
        self.check(unsafe { (self.table.launch)(kernel, self.words.as_ptr(), self.words.len() as u64) })
    }
}
