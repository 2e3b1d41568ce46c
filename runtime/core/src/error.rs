//! The pending exception: what an entry point raises and compiled code tests.
//!
//! Compiled code loads the exported byte `lnp_pending` after each call that may raise. The
//! exception itself waits here, gathering traceback frames on its way out of `main`.

use crate::host::HostCell;
pub use lnp_abi::ExceptionKind;

/// An exception on its way to the caller.
#[derive(Clone, Debug, PartialEq)]
pub struct Raise {
    pub kind: ExceptionKind,
    pub message: String,
}

impl Raise {
    #[cold]
    pub fn new(kind: ExceptionKind, message: impl Into<String>) -> Raise {
        Raise {
            kind,
            message: message.into(),
        }
    }

    #[cold]
    pub fn value(message: impl Into<String>) -> Raise {
        Raise::new(ExceptionKind::ValueError, message)
    }

    #[cold]
    pub fn index(message: impl Into<String>) -> Raise {
        Raise::new(ExceptionKind::IndexError, message)
    }

    #[cold]
    pub fn type_(message: impl Into<String>) -> Raise {
        Raise::new(ExceptionKind::TypeError, message)
    }
}

/// One frame of the traceback, innermost first in [`Pending::frames`].
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    pub function: String,
    pub line: i64,
}

/// The pending exception.
#[derive(Clone, Debug, Default)]
pub struct Pending {
    /// The class as a traceback's last line names it.
    pub class: String,
    pub message: String,
    pub frames: Vec<Frame>,
    /// `SystemExit`: leave with this code, without a traceback.
    pub exit: Option<i32>,
    /// Reports of the exceptions that this one came of, rendered by CPython; shown first.
    pub prelude: String,
    /// The line inside a Python unit, or of a view left to a launch, that raised; takes the
    /// place of the statement's own line in the first frame. 0: none.
    pub unit_line: i64,
    /// A traceback already rendered by CPython, shown between the frames and the last line.
    pub detail: String,
    /// Only this rank met it (an error that the other ranks cannot know of).
    pub one_rank: bool,
}

/// Non-zero while an exception is pending; compiled code reads it.
#[unsafe(no_mangle)]
pub static lnp_pending: HostCell<u8> = HostCell::new(0);

static PENDING: HostCell<Option<Pending>> = HostCell::new(None);

/// The error at hand came of this rank's own state.
static ALONE: HostCell<bool> = HostCell::new(false);

/// Says that the other ranks may not meet the error that is about to be raised.
#[cold]
pub fn met_alone() {
    *ALONE.get() = crate::dist::is_world();
}

/// Makes an exception pending. The first one wins.
#[cold]
pub fn raise(raise: Raise) {
    let one_rank = std::mem::take(ALONE.get()) && raise.kind == ExceptionKind::ArrayMemoryError;
    set_pending(Pending {
        class: raise.kind.name().to_owned(),
        message: raise.message,
        one_rank,
        ..Pending::default()
    });
}

/// Makes an exception pending whose first frame stands at a line of its own.
#[cold]
pub fn raise_at(error: Raise, line: i64) {
    raise(error);
    if let Some(pending) = pending_mut() {
        pending.unit_line = line;
    }
}

/// Makes a fully described exception pending. The first one wins.
#[cold]
pub fn set_pending(pending: Pending) {
    if *lnp_pending.get() == 0 {
        *lnp_pending.get() = 1;
        *PENDING.get() = Some(pending);
    }
}

/// Whether an exception is pending.
#[inline]
pub fn is_pending() -> bool {
    *lnp_pending.get() != 0
}

/// The pending exception, to be added to.
pub fn pending_mut() -> Option<&'static mut Pending> {
    PENDING.get().as_mut()
}

/// Takes the pending exception away.
pub fn take_pending() -> Option<Pending> {
    *lnp_pending.get() = 0;
    PENDING.get().take()
}

/// The value an entry returns beside a pending exception.
pub trait Nothing {
    fn nothing() -> Self;
}

macro_rules! nothing {
    ($($ty:ty),*) => { $(impl Nothing for $ty { #[inline] fn nothing() -> $ty { Default::default() } })* };
}
nothing!((), u8, i32, i64, f32, f64, bool, lnp_abi::Complex);

impl<T> Nothing for *mut T {
    #[inline]
    fn nothing() -> *mut T {
        std::ptr::null_mut()
    }
}

/// Runs an entry's body; an error becomes the pending exception.
#[inline]
pub fn guard<T: Nothing>(body: impl FnOnce() -> Result<T, Raise>) -> T {
    match body() {
        Ok(value) => value,
        Err(error) => {
            raise(error);
            T::nothing()
        }
    }
}
