//! The world of ranks: MPI when a launcher started the program, else this process alone.

use crate::host::HostCell;
use crate::provider;
use lnp_abi::provider::mpi::{Message, MpiTable};

/// Arrays of fewer elements are replicated: moving them costs more than computing them twice.
const BLOCKED_FROM: usize = 1 << 15;

pub(super) struct World {
    pub rank: usize,
    pub size: usize,
    /// Arrays of at least so many elements are blocked.
    pub threshold: usize,
    /// `LNP_VERIFY`: compare what the ranks are about to do.
    pub verify: bool,
    mpi: Option<&'static MpiTable>,
}

static WORLD: HostCell<World> = HostCell::new(World {
    rank: 0,
    size: 1,
    threshold: usize::MAX,
    verify: false,
    mpi: None,
});

pub(super) fn world() -> &'static mut World {
    WORLD.get()
}

/// Whether there is more than one rank.
#[inline]
pub fn is_world() -> bool {
    WORLD.get().size > 1
}

#[inline]
pub fn rank() -> usize {
    WORLD.get().rank
}

#[inline]
pub fn size() -> usize {
    WORLD.get().size
}

/// How many processes the launcher says it started; 0: a launcher that does not say.
fn launched() -> Option<usize> {
    let number = |name: &str| std::env::var(name).ok().and_then(|v| v.trim().parse::<usize>().ok());
    let set = |name: &str| std::env::var_os(name).is_some();
    number("OMPI_COMM_WORLD_SIZE")
        .or_else(|| number("PMI_SIZE"))
        .or_else(|| {
            if set("PMIX_RANK") {
                Some(number("SLURM_NTASKS").unwrap_or(0))
            } else {
                None
            }
        })
        .or_else(|| {
            if set("PMI_RANK") || set("PMI_FD") {
                Some(number("SLURM_NTASKS").unwrap_or(0))
            } else {
                None
            }
        })
}

/// Joins the launcher's world, if there is one.
pub fn init() -> Result<(), String> {
    let Some(n) = launched().filter(|&n| n != 1) else {
        return Ok(());
    };
    // SAFETY: the table of this provider.
    let mpi: &MpiTable =
        unsafe { provider::open("lnp_mpi") }.map_err(|e| format!("lnpc: started by an MPI launcher, but {e}"))?;
    // SAFETY: called once, before any other function of the table.
    if unsafe { (mpi.init)() } != 0 {
        return Err("lnpc: MPI could not be initialized".to_owned());
    }
    // SAFETY: initialized.
    let (rank, size) = unsafe { ((mpi.rank)() as usize, (mpi.size)() as usize) };
    if n > 0 && size != n {
        return Err(format!(
            "lnpc: the launcher started {n} processes, but MPI sees {size}: \
             the launcher and the MPI library of the program do not belong together"
        ));
    }
    let tile = std::env::var("LNP_TILE")
        .ok()
        .and_then(|v| v.trim().parse::<usize>().ok());
    let world = WORLD.get();
    world.rank = rank;
    world.size = size;
    world.threshold = tile.map_or(BLOCKED_FROM, |t| t.max(2));
    world.verify = std::env::var_os("LNP_VERIFY").is_some_and(|v| !v.is_empty() && v != "0");
    world.mpi = Some(mpi);
    Ok(())
}

/// Leaves the world.
pub fn finish() {
    if let Some(mpi) = WORLD.get().mpi.take() {
        // SAFETY: initialized in `init`, and the last use.
        unsafe { (mpi.finalize)() };
    }
}

/// Ends every rank after this one's report. What ended it may have met others too: the lowest
/// such rank reports, the others are gone by the time they would.
pub fn end_all(report: impl FnOnce()) -> ! {
    std::thread::sleep(std::time::Duration::from_millis(100) * rank().min(20) as u32);
    report();
    abort(1)
}

/// Ends every rank.
pub fn abort(code: i32) -> ! {
    if let Some(mpi) = WORLD.get().mpi {
        // SAFETY: initialized in `init`.
        unsafe { (mpi.abort)(code) };
    }
    std::process::exit(code)
}

fn mpi() -> Option<&'static MpiTable> {
    WORLD.get().mpi
}

/// Sends and receives; messages between two ranks match in order.
pub(super) fn exchange(sends: &[Message], receives: &[Message]) {
    if let Some(mpi) = mpi() {
        // SAFETY: the messages name live memory of this rank.
        unsafe {
            (mpi.exchange)(
                sends.as_ptr(),
                sends.len() as u64,
                receives.as_ptr(),
                receives.len() as u64,
            )
        };
    }
}

/// Makes every rank's memory equal to the root's.
pub(super) fn broadcast(bytes: &mut [u8], root: usize) {
    if let Some(mpi) = mpi() {
        // SAFETY: the slice's memory.
        unsafe { (mpi.broadcast)(bytes.as_mut_ptr(), bytes.len() as u64, root as i32) };
    }
}

/// Every rank's bytes, in rank order. `lens` are the ranks' lengths, known to all; `out` has
/// room for them.
pub(super) fn all_gather(send: &[u8], lens: &[u64], out: &mut [u8]) {
    match mpi() {
        // SAFETY: the memory that the lengths describe.
        Some(mpi) => unsafe { (mpi.all_gather)(send.as_ptr(), send.len() as u64, out.as_mut_ptr(), lens.as_ptr()) },
        None => out.copy_from_slice(send),
    }
}
