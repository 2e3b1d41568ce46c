//! The thread pool: started at the first launch that pays for it.

use crate::objects::output;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Work shorter than this runs on the host thread.
pub const MIN_PARALLEL_NS: i64 = 40_000;
/// A tile should take at least this long.
pub const MIN_TILE_NS: i64 = 15_000;

struct Settings {
    threads: usize,
    tile: Option<i64>,
}

fn settings() -> &'static Settings {
    static SETTINGS: OnceLock<Settings> = OnceLock::new();
    SETTINGS.get_or_init(|| {
        let number = |name: &str| {
            let text = std::env::var(name).ok()?;
            let number = text.trim().parse::<usize>().ok().filter(|&n| n > 0);
            if number.is_none() && name.starts_with("LNP_") && output::shows() {
                output::write_stderr(&format!("{name}={text}: ignored, it is no number from 1 on\n"));
            }
            number
        };
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        Settings {
            threads: number("LNP_THREADS")
                .or_else(|| number("OMP_NUM_THREADS"))
                .unwrap_or_else(cores)
                .min(1024),
            tile: number("LNP_TILE").map(|n| n as i64),
        }
    })
}

/// Threads that a launch may use, the host thread among them.
pub fn count() -> usize {
    settings().threads
}

/// Points per tile that `LNP_TILE` asks for, whatever would pay.
#[inline]
pub fn forced_tile() -> Option<i64> {
    settings().tile
}

fn pool() -> Option<&'static rayon::ThreadPool> {
    static POOL: OnceLock<Option<rayon::ThreadPool>> = OnceLock::new();
    POOL.get_or_init(|| {
        rayon::ThreadPoolBuilder::new()
            .num_threads(count().checked_sub(1).filter(|&n| n > 0)?)
            .thread_name(|i| format!("lnp-{}", i + 1))
            .build()
            .ok()
    })
    .as_ref()
}

/// Calls `work(i)` once for each `i < n`, in any order, on all threads; returns when all are
/// done. Without a pool, on this thread alone.
pub fn for_each(n: usize, work: &(dyn Fn(usize) + Sync)) {
    let next = AtomicUsize::new(0);
    let turn = || {
        loop {
            let i = next.fetch_add(1, Ordering::Relaxed);
            if i >= n {
                return;
            }
            work(i);
        }
    };
    match pool() {
        Some(pool) if n > 1 => pool.in_place_scope(|scope| {
            for _ in 1..count().min(n) {
                scope.spawn(|_| turn());
            }
            turn();
        }),
        _ => turn(),
    }
}
