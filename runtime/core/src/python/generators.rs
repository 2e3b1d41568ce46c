//! Generators that Python and compiled code both draw from.
//!
//! A generator that went to Python has a twin there, the same object each time, for as long as
//! Python holds it: an attribute of an object may be drawn from many units later. Before each
//! unit the twin gets the state of ours where that has moved on, after it ours gets the twin's.

use super::{ask, ask_object, attempt, decref, share, start, table};
use crate::dist;
use crate::error::Raise;
use crate::host::HostCell;
use crate::objects::{release, retain};
use crate::routines::rng;
use lnp_abi::RefHeader;
use lnp_abi::provider::python::PyRef;

type State = [u64; 6];

struct Twin {
    native: *mut RefHeader,
    /// Owned; null on ranks without the interpreter.
    py: PyRef,
    /// What both were in when they were last made equal.
    state: State,
}

static TWINS: HostCell<Vec<Twin>> = HostCell::new(Vec::new());

fn state_of(rng: *mut RefHeader) -> State {
    // SAFETY: a live generator, borrowed for the line.
    let bits = unsafe { rng::bits(rng) };
    let (state, increment) = (bits.state, bits.increment);
    [
        state as u64,
        (state >> 64) as u64,
        increment as u64,
        (increment >> 64) as u64,
        bits.spare.is_some() as u64,
        bits.spare.unwrap_or(0).into(),
    ]
}

/// The `Generator` that is this one in Python. Collective.
pub fn to_python(rng: *mut RefHeader) -> Result<PyRef, Raise> {
    start()?;
    let known = TWINS.get().iter().find(|twin| twin.native == rng).map(|twin| twin.py);
    let py = match known {
        Some(py) => py,
        None => {
            let state = state_of(rng);
            // SAFETY: six words, and room for the result.
            let py = ask_object(|table, out| unsafe { (table.from_rng)(&state, out) })?;
            // SAFETY: live; held until the twin goes.
            unsafe { retain(rng) };
            TWINS.get().push(Twin { native: rng, py, state });
            py
        }
    };
    // A share for the caller.
    if let Some(table) = table() {
        // SAFETY: a live object.
        unsafe { (table.incref)(py) };
    }
    Ok(py)
}

/// Makes the twins follow, before a unit. Collective.
pub fn before_unit() -> Result<(), Raise> {
    for twin in TWINS.get() {
        let state = state_of(twin.native);
        if state != twin.state {
            // SAFETY: a live object, and six words.
            attempt(|table| unsafe { (table.set_rng)(twin.py, &state) })?;
            twin.state = state;
        }
    }
    Ok(())
}

/// Makes ours follow, after a unit, and parts from twins that Python let go of. Collective.
pub fn after_unit() -> Result<(), Raise> {
    let mut kept = Vec::new();
    for mut twin in std::mem::take(TWINS.get()) {
        // SAFETY: a live object, and room for the result.
        let taken = ask(twin.state, |table, out| unsafe { (table.to_rng)(twin.py, out) });
        if let Ok(words) = taken
            && words != twin.state
        {
            // SAFETY: a live generator, borrowed for the line.
            let bits = unsafe { rng::bits(twin.native) };
            bits.state = words[0] as u128 | (words[1] as u128) << 64;
            bits.increment = words[2] as u128 | (words[3] as u128) << 64;
            bits.spare = (words[4] != 0).then_some(words[5] as u32);
            twin.state = words;
        }
        let mut is_shared = match table() {
            // SAFETY: a live object.
            Some(table) if dist::rank() == 0 => unsafe { (table.is_shared)(twin.py) },
            _ => 0,
        };
        share(&mut is_shared);
        if is_shared != 0 && taken.is_ok() {
            kept.push(twin);
            continue;
        }
        decref(twin.py);
        // SAFETY: the share that `to_python` took.
        unsafe { release(twin.native) };
        taken?;
    }
    TWINS.get().extend(kept);
    Ok(())
}
