//! Lists: elements of one signature, each a fixed number of slots.
//!
//! The list owns its elements' references. A list made without a signature takes that of the
//! first elements it gets.

use super::refs::{release, retain};
use super::sig::Sig;
use crate::error::Raise;
use lnp_abi::{ExceptionKind, RefHeader, RefKind};
use std::cell::UnsafeCell;

/// A list object. Compiled code holds it by pointer, in several places at once, so its
/// contents are only reached through [`List::data`] for the length of one operation.
#[repr(C)]
pub struct List {
    head: RefHeader,
    data: UnsafeCell<Data>,
}

/// What a list holds.
#[derive(Debug, Default)]
pub struct Data {
    sig_text: String,
    sig: Option<Sig>,
    width: usize,
    has_refs: bool,
    /// Elements; apart from `slots`, since an element may take no slot at all.
    len: usize,
    slots: Vec<u64>,
}

impl List {
    /// A new list, owned by the caller. `sig` may be empty; then the first elements set it.
    pub fn create(sig: &str, n_expected: usize) -> Result<*mut List, Raise> {
        let mut data = Data::default();
        data.adopt(sig)?;
        // A hint only: what is really needed grows by itself.
        data.slots.reserve(n_expected.min(1 << 16) * data.width);
        Ok(List::from_data(data))
    }

    /// A list of strings.
    pub fn of_strs<T: AsRef<str>>(items: impl Iterator<Item = T>) -> *mut List {
        let slots: Vec<u64> = items.map(|s| super::string::new_str(s.as_ref()) as u64).collect();
        let len = slots.len();
        List::from_data(Data {
            sig_text: "s".to_owned(),
            sig: Some(Sig::Str),
            width: 1,
            has_refs: true,
            len,
            slots,
        })
    }

    pub fn from_data(data: Data) -> *mut List {
        Box::into_raw(Box::new(List {
            head: RefHeader {
                count: 1,
                kind: RefKind::List,
            },
            data: UnsafeCell::new(data),
        }))
    }

    /// The contents, for the length of one operation.
    ///
    /// # Safety
    /// `list` is a live list, and no other borrow of its contents is in use.
    #[allow(clippy::mut_from_ref)]
    pub unsafe fn data<'a>(list: *const List) -> &'a mut Data {
        // SAFETY: the caller's promise: live and not borrowed elsewhere.
        unsafe { &mut *(*list).data.get() }
    }

    /// Frees a list whose last owner is gone, and gives up its elements.
    ///
    /// # Safety
    /// `list` came from this type and nothing refers to it any more.
    pub(super) unsafe fn free(list: *mut List) {
        // SAFETY: made by `Box::into_raw`.
        let list = unsafe { Box::from_raw(list) };
        list.data.into_inner().release_all();
    }
}

impl Data {
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The elements' signature; `None` for a list that never had an element.
    pub fn sig(&self) -> Option<&Sig> {
        self.sig.as_ref()
    }

    /// Element `idx`'s slots; `idx < len`.
    pub fn slots(&self, idx: usize) -> &[u64] {
        &self.slots[idx * self.width..(idx + 1) * self.width]
    }

    /// All elements' slots, in order.
    pub fn all_slots(&self) -> &[u64] {
        &self.slots
    }

    pub(super) fn all_slots_mut(&mut self) -> &mut [u64] {
        &mut self.slots
    }

    /// Appends an element and takes a share of its references.
    pub fn append(&mut self, sig: &str, slots: &[u64]) -> Result<(), Raise> {
        self.adopt(sig)?;
        let element = self.checked(slots)?;
        self.slots.extend_from_slice(element);
        self.len += 1;
        self.retain_at(self.len - 1);
        Ok(())
    }

    pub fn insert(&mut self, idx: i64, sig: &str, slots: &[u64]) -> Result<(), Raise> {
        self.adopt(sig)?;
        let len = self.len as i64;
        let idx = if idx < 0 { (idx + len).max(0) } else { idx.min(len) } as usize;
        let element = self.checked(slots)?.to_vec();
        let at = idx * self.width;
        self.slots.splice(at..at, element);
        self.len += 1;
        self.retain_at(idx);
        Ok(())
    }

    pub fn set(&mut self, idx: i64, slots: &[u64]) -> Result<(), Raise> {
        let idx = self.position(idx, "list assignment index out of range")?;
        let element = self.checked(slots)?;
        // The new one first: it may be held by the old one alone.
        retain_slots(self.sig.as_ref(), self.has_refs, element);
        let old = self.slots(idx).to_vec();
        let at = idx * self.width;
        self.slots[at..at + element.len()].copy_from_slice(element);
        release_slots(self.sig.as_ref(), self.has_refs, &old);
        Ok(())
    }

    pub fn delete(&mut self, idx: i64) -> Result<(), Raise> {
        let idx = self.position(idx, "list assignment index out of range")?;
        let at = idx * self.width;
        let old: Vec<u64> = self.slots.drain(at..at + self.width).collect();
        self.len -= 1;
        release_slots(self.sig.as_ref(), self.has_refs, &old);
        Ok(())
    }

    /// Appends the elements of `other` from `start`, `step` apart, `count` of them.
    pub fn extend_from(&mut self, other: &Data, start: i64, step: i64, count: usize) -> Result<(), Raise> {
        if other.sig.is_some() {
            self.adopt(&other.sig_text)?;
        }
        self.reserve(count)?;
        let first_new = self.len;
        if step == 1 {
            let at = start as usize * self.width;
            self.slots.extend_from_slice(&other.slots[at..at + count * self.width]);
        } else {
            for k in 0..count as i64 {
                self.slots.extend_from_slice(other.slots((start + k * step) as usize));
            }
        }
        self.len += count;
        if self.has_refs {
            (first_new..self.len).for_each(|idx| self.retain_at(idx));
        }
        Ok(())
    }

    /// Appends the list's own first `count` elements again.
    pub fn extend_self(&mut self, count: usize) -> Result<(), Raise> {
        self.reserve(count)?;
        let first_new = self.len;
        self.slots.extend_from_within(..count * self.width);
        self.len += count;
        if self.has_refs {
            (first_new..self.len).for_each(|idx| self.retain_at(idx));
        }
        Ok(())
    }

    pub fn reverse(&mut self) {
        if self.width == 1 {
            self.slots.reverse();
        } else {
            let order: Vec<usize> = (0..self.len).rev().collect();
            self.permute(&order);
        }
    }

    /// No elements yet, of a known signature.
    pub fn of_sig(sig: &Sig) -> Data {
        Data {
            sig_text: sig.to_string(),
            sig: Some(sig.clone()),
            width: sig.width(),
            has_refs: sig.has_refs(),
            ..Data::default()
        }
    }

    /// Appends an element whose references the list takes over.
    pub fn push_owned(&mut self, slots: &[u64]) {
        debug_assert_eq!(slots.len(), self.width);
        self.slots.extend_from_slice(slots);
        self.len += 1;
    }

    /// Another owner of the same elements.
    pub fn share(&self) -> Data {
        let shared = Data {
            sig_text: self.sig_text.clone(),
            sig: self.sig.clone(),
            slots: self.slots.clone(),
            ..*self
        };
        (0..shared.len).for_each(|idx| shared.retain_at(idx));
        shared
    }

    /// The first element in which two lists differ (equal numbers, the very same objects), or
    /// where the shorter one ends; `None` where they hold the same.
    pub fn first_change(&self, other: &Data) -> Option<usize> {
        if self.sig != other.sig {
            return (self.len + other.len > 0).then_some(0);
        }
        if self.len == other.len && self.slots == other.slots {
            return None;
        }
        let shorter = self.len.min(other.len);
        Some(
            (0..shorter)
                .find(|&idx| self.slots(idx) != other.slots(idx))
                .unwrap_or(shorter),
        )
    }

    /// Takes another list's elements instead of its own from `first` on.
    pub fn replace_from(&mut self, first: usize, mut other: Data) {
        let mut rest = Data {
            sig: self.sig.clone(),
            width: self.width,
            has_refs: self.has_refs,
            len: self.len - first,
            slots: self.slots.split_off(first * self.width),
            ..Data::default()
        };
        self.slots.append(&mut other.slots);
        self.len = first + std::mem::take(&mut other.len);
        rest.release_all();
    }

    /// Reorders the elements: element `k` becomes what was at `order[k]`.
    pub(super) fn permute(&mut self, order: &[usize]) {
        let mut slots = Vec::with_capacity(self.slots.len());
        for &idx in order {
            slots.extend_from_slice(self.slots(idx));
        }
        self.slots = slots;
    }

    /// The position that an index names, negative ones counted from the end.
    pub fn position(&self, idx: i64, message: &str) -> Result<usize, Raise> {
        let len = self.len as i64;
        let at = if idx < 0 { idx + len } else { idx };
        if (0..len).contains(&at) {
            Ok(at as usize)
        } else {
            Err(Raise::new(ExceptionKind::IndexError, message))
        }
    }

    /// Takes a signature if there is none yet; another one than the list's is refused.
    fn adopt(&mut self, sig: &str) -> Result<(), Raise> {
        if sig.is_empty() || (self.sig.is_some() && self.sig_text == sig) {
            return Ok(());
        }
        let parsed = Sig::parse(sig);
        if let (Some(old), Some(new)) = (&self.sig, &parsed) {
            if old == new {
                return Ok(());
            }
            return Err(Raise::new(
                ExceptionKind::NotCompiled,
                "a list got elements of types that do not go together",
            ));
        }
        let Some(parsed) = parsed else {
            return Err(Raise::new(ExceptionKind::TypeError, format!("bad signature '{sig}'")));
        };
        self.width = parsed.width();
        self.has_refs = parsed.has_refs();
        self.sig = Some(parsed);
        self.sig_text = sig.to_owned();
        Ok(())
    }

    fn checked<'a>(&self, slots: &'a [u64]) -> Result<&'a [u64], Raise> {
        slots
            .get(..self.width)
            .ok_or_else(|| Raise::new(ExceptionKind::TypeError, "list element of another type"))
    }

    fn reserve(&mut self, count: usize) -> Result<(), Raise> {
        let extra = count.checked_mul(self.width);
        extra
            .and_then(|extra| self.slots.try_reserve(extra).ok())
            .ok_or_else(|| Raise::new(ExceptionKind::MemoryError, ""))
    }

    fn retain_at(&self, idx: usize) {
        retain_slots(self.sig.as_ref(), self.has_refs, self.slots(idx));
    }

    /// Gives up all elements.
    pub fn release_all(&mut self) {
        if self.has_refs {
            for idx in 0..self.len {
                release_slots(self.sig.as_ref(), true, self.slots(idx));
            }
        }
        self.slots.clear();
        self.len = 0;
    }
}

fn retain_slots(sig: Option<&Sig>, has_refs: bool, slots: &[u64]) {
    if has_refs && let Some(sig) = sig {
        sig.for_each_ref(slots, &mut |p| {
            // SAFETY: the signature says that this slot holds a live reference or null.
            unsafe { retain(p) }
        });
    }
}

fn release_slots(sig: Option<&Sig>, has_refs: bool, slots: &[u64]) {
    if has_refs && let Some(sig) = sig {
        sig.for_each_ref(slots, &mut |p| {
            // SAFETY: the list owned this reference.
            unsafe { release(p) }
        });
    }
}
