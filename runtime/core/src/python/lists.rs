//! Lists that compiled code and Python both hold: a native list and its Python twin.
//!
//! A list goes over as one Python list, always the same, for as long as both sides hold it. Only
//! one side runs at a time, so the two are made equal where the other one takes over: the twins of
//! what compiled code changed before Python runs ([`refresh`]), the native lists after
//! ([`take_back`]). A pair that one side has let go is dropped.

use super::values::{all_to_python, elements, sequence};
use super::{attempt, decref, share, table};
use crate::dist;
use crate::error::Raise;
use crate::host::HostCell;
use crate::objects::{Data, List, Val, process, release, retain};
use lnp_abi::provider::python::{PyRef, PythonTable, UNCHANGED};
use lnp_abi::{ExceptionKind, RefHeader};
use std::collections::BTreeMap;

struct Pair {
    /// Retained.
    native: *mut RefHeader,
    /// Owned; null on ranks without the interpreter.
    py: PyRef,
    /// What both held when they were last equal: natively, and as a Python tuple.
    seen: Data,
    items: PyRef,
}

struct Pairs {
    all: Vec<Pair>,
    /// Their places by native list.
    places: BTreeMap<*mut RefHeader, usize>,
    /// Pairs are being made or compared: Python does not look at lists.
    busy: bool,
}

static PAIRS: HostCell<Pairs> = HostCell::new(Pairs {
    all: Vec::new(),
    places: BTreeMap::new(),
    busy: false,
});

fn pairs() -> &'static mut Vec<Pair> {
    &mut PAIRS.get().all
}

/// The Python twin of a list: owned. Collective.
pub fn to_python(native: *mut RefHeader) -> Result<PyRef, Raise> {
    let k = match PAIRS.get().places.get(&native).copied() {
        Some(k) => k,
        None => {
            let py = sequence(&[], false)?;
            let items = sequence(&[], true)?;
            // SAFETY: a live list; held until the pair is dropped.
            unsafe { retain(native) };
            let seen = Data::default();
            let k = pairs().len();
            pairs().push(Pair {
                native,
                py,
                seen,
                items,
            });
            PAIRS.get().places.insert(native, k);
            k
        }
    };
    quietly(|| refresh_one(k))?;
    let py = pairs()[k].py;
    if let Some(table) = table() {
        // SAFETY: a live object; the caller gets a share of its own.
        unsafe { (table.incref)(py) };
    }
    Ok(py)
}

fn quietly<T>(work: impl FnOnce() -> T) -> T {
    let before = std::mem::replace(&mut PAIRS.get().busy, true);
    let done = work();
    PAIRS.get().busy = before;
    done
}

/// Shows Python what compiled code did to lists that both hold. Collective.
pub fn refresh() -> Result<(), Raise> {
    if PAIRS.get().busy || pairs().is_empty() {
        return Ok(());
    }
    quietly(|| {
        let mut k = 0;
        // A list that was put into one of them is new here.
        while k < pairs().len() {
            refresh_one(k)?;
            k += 1;
        }
        Ok(())
    })
}

fn refresh_one(k: usize) -> Result<(), Raise> {
    let pair = &mut pairs()[k];
    // SAFETY: a live list; nothing else borrows its contents here.
    let data = unsafe { List::data(pair.native.cast()) };
    let Some(first) = data.first_change(&pair.seen) else {
        return Ok(());
    };
    // Before the elements, so that a list that holds itself comes to an end.
    std::mem::replace(&mut pair.seen, data.share()).release_all();
    // SAFETY: the list's own elements, which nothing here changes.
    let refs = all_to_python((first..data.len()).map(|idx| unsafe { Val::element(data, idx) }))?;
    let py = pairs()[k].py;
    // SAFETY: a live list that long and owned items, handed over.
    attempt(|table| unsafe { (table.refill)(py, first as u64, refs.as_ptr(), refs.len() as u64) })?;
    note(k)
}

/// Notes what the twin holds.
fn note(k: usize) -> Result<(), Raise> {
    let py = pairs()[k].py;
    let mut items: PyRef = std::ptr::null_mut();
    let out = &raw mut items;
    // SAFETY: a live list, and room for the result.
    attempt(|table| unsafe { (table.items_of)(py, out) })?;
    decref(std::mem::replace(&mut pairs()[k].items, items));
    Ok(())
}

/// Takes back what Python did to lists that both hold. Collective. `wanted`: false after an
/// exception, when nothing reads the values any more.
pub fn take_back(wanted: bool) -> Result<(), Raise> {
    if pairs().is_empty() {
        return Ok(());
    }
    quietly(|| {
        if wanted {
            let changes = ask_each(|table, pair| {
                // SAFETY: a live list and a live tuple.
                unsafe { (table.first_change)(pair.py, pair.items) }
            });
            for (k, first) in changes.into_iter().enumerate().filter(|(_, first)| *first != UNCHANGED) {
                take(k, first as usize)?;
            }
        }
        drop_let_go();
        Ok(())
    })
}

/// A number for each pair, found out on rank 0. Collective.
fn ask_each(question: impl Fn(&PythonTable, &Pair) -> u64) -> Vec<u64> {
    let bytes = process::from_root(|| match table() {
        Some(table) => pairs()
            .iter()
            .flat_map(|pair| question(table, pair).to_le_bytes())
            .collect(),
        None => Vec::new(),
    });
    bytes
        .as_chunks()
        .0
        .iter()
        .map(|&word| u64::from_le_bytes(word))
        .collect()
}

/// Takes the items of a twin from the first one that changed.
fn take(k: usize, first: usize) -> Result<(), Raise> {
    let (native, py) = (pairs()[k].native, pairs()[k].py);
    // SAFETY: a live list; nothing else borrows its contents here.
    let data = unsafe { List::data(native.cast()) };
    let Some(sig) = data.sig().cloned() else {
        return Err(Raise::new(
            ExceptionKind::NotCompiled,
            "CPython filled a list that never had an element",
        ));
    };
    let taken = elements(&sig, py, first);
    note(k)?;
    data.replace_from(first, taken?);
    let seen = data.share();
    std::mem::replace(&mut pairs()[k].seen, seen).release_all();
    Ok(())
}

/// Drops the pairs that only one side holds; the lists in them may be next.
fn drop_let_go() {
    loop {
        let held = ask_each(|table, pair| {
            // SAFETY: a live object.
            unsafe { (table.is_shared)(pair.py) }.into()
        });
        let (kept, dropped): (Vec<_>, Vec<_>) = std::mem::take(pairs())
            .into_iter()
            .zip(held)
            // SAFETY: a live list.
            .partition(|(pair, held)| *held != 0 && unsafe { (*pair.native).count } > 1);
        *pairs() = kept.into_iter().map(|(pair, _)| pair).collect();
        if dropped.is_empty() {
            return;
        }
        let places = pairs().iter().enumerate().map(|(k, pair)| (pair.native, k));
        PAIRS.get().places = places.collect();
        for (mut pair, _) in dropped {
            decref(pair.items);
            decref(pair.py);
            pair.seen.release_all();
            // SAFETY: the share that the pair took.
            unsafe { release(pair.native) };
        }
    }
}

/// The native list whose twin this is, retained. Collective.
pub fn known(py: PyRef) -> Result<*mut RefHeader, Raise> {
    let mut found = -1;
    if dist::rank() == 0 {
        found = pairs().iter().position(|pair| pair.py == py).map_or(-1, |k| k as i64);
    }
    share(&mut found);
    let Some(pair) = usize::try_from(found).ok().and_then(|k| pairs().get(k)) else {
        return Err(Raise::new(
            ExceptionKind::NotCompiled,
            "CPython put a list of its own into a list of lists",
        ));
    };
    // SAFETY: live; one more owner.
    unsafe { retain(pair.native) };
    Ok(pair.native)
}
