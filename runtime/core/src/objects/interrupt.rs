//! Ctrl-C: what was printed so far appears, then the process ends by the signal, as CPython's
//! does. While the interpreter runs, the signal is its own: a `KeyboardInterrupt`.

use super::output;
use crate::host::HostCell;
use std::sync::atomic::{AtomicBool, Ordering};

/// Held while the output buffer changes, and for good by a handler that ends the process.
static CHANGING: AtomicBool = AtomicBool::new(false);
/// A signal came while the buffer changed.
static PENDING: AtomicBool = AtomicBool::new(false);
/// The interpreter's handler, once it runs.
static PYTHON: HostCell<Option<libc::sigaction>> = HostCell::new(None);

/// Installs the handler, unless whoever started the program has the signal ignored.
pub fn install() {
    if current().sa_sigaction == libc::SIG_DFL {
        set(&own());
    }
}

/// The interpreter started, and installed its handler: it is for [`in_python`] alone.
pub fn interpreter_started() {
    let action = current();
    if action.sa_sigaction != own().sa_sigaction && action.sa_sigaction != libc::SIG_IGN {
        *PYTHON.get() = Some(action);
        set(&own());
    }
}

/// Runs the interpreter.
pub fn in_python<T>(run: impl FnOnce() -> T) -> T {
    let Some(python) = PYTHON.get() else { return run() };
    set(python);
    let done = run();
    set(&own());
    done
}

/// Ends the process by the signal, after the report of a `KeyboardInterrupt`.
pub fn end() {
    // SAFETY: these may be called at any time; the default action ends the process.
    unsafe {
        libc::signal(libc::SIGINT, libc::SIG_DFL);
        libc::kill(libc::getpid(), libc::SIGINT);
    }
}

fn current() -> libc::sigaction {
    // SAFETY: a plain C structure, for which zeros are a value; the call fills it.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        libc::sigaction(libc::SIGINT, std::ptr::null(), &raw mut action);
        action
    }
}

fn own() -> libc::sigaction {
    // SAFETY: a plain C structure, for which zeros are a value: no flags, no signals masked.
    let mut action: libc::sigaction = unsafe { std::mem::zeroed() };
    action.sa_sigaction = on_interrupt as extern "C" fn(libc::c_int) as usize;
    action
}

fn set(action: &libc::sigaction) {
    // SAFETY: a handler that does only what signal handlers may, or the interpreter's.
    unsafe { libc::sigaction(libc::SIGINT, action, std::ptr::null_mut()) };
}

/// Runs what changes the output buffer; a signal waits for its end.
pub fn shielded<T>(change: impl FnOnce() -> T) -> T {
    while CHANGING.swap(true, Ordering::Acquire) {
        std::thread::yield_now();
    }
    let done = change();
    CHANGING.store(false, Ordering::Release);
    if PENDING.load(Ordering::Relaxed) {
        on_interrupt(libc::SIGINT);
    }
    done
}

/// Whether a signal waits for what is running under [`shielded`].
pub fn is_pending() -> bool {
    PENDING.load(Ordering::Relaxed)
}

extern "C" fn on_interrupt(_: libc::c_int) {
    // The first signal waits for the buffer, a second one does not.
    if CHANGING.swap(true, Ordering::Acquire) && !PENDING.swap(true, Ordering::Relaxed) {
        return;
    }
    output::rescue();
    end();
}

#[cfg(test)]
mod tests {
    use super::{end, install, output};
    use std::os::unix::process::ExitStatusExt;
    use std::process::Command;

    const CHILD: &str = "LNP_TEST_INTERRUPTED";

    /// What runs in a process of its own: it prints, and is interrupted.
    #[test]
    fn interrupted() {
        if std::env::var_os(CHILD).is_none() {
            return;
        }
        let _host = crate::host::alone();
        install();
        output::write("so far\n").expect("a buffer");
        // SAFETY: the handler is installed.
        unsafe { libc::raise(libc::SIGINT) };
        // Not reached.
        output::write("more\n").expect("a buffer");
        end();
    }

    #[test]
    fn a_signal_shows_what_was_printed_and_ends_the_process() {
        let child = Command::new(std::env::current_exe().expect("this program"))
            .args([
                "--exact",
                "objects::interrupt::tests::interrupted",
                "--nocapture",
                "--test-threads=1",
            ])
            .env(CHILD, "1")
            .output()
            .expect("a process");
        assert_eq!(child.status.signal(), Some(libc::SIGINT));
        let printed = String::from_utf8_lossy(&child.stdout);
        assert!(printed.contains("so far\n") && !printed.contains("more"), "{printed}");
        assert!(String::from_utf8_lossy(&child.stderr).contains("KeyboardInterrupt"));
    }
}
