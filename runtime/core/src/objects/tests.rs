//! Lists, values and counts through the entries, as compiled code calls them.

use super::list_entries as entries;
use super::refs::{lnp_release, lnp_retain};
use super::str_entries::{lnp_str_index, lnp_str_join, lnp_str_len, lnp_str_repeat, lnp_str_slice};
use super::text_entries::{lnp_format_value, lnp_percent_format, lnp_repr_value, lnp_str_value};
use super::*;
use crate::error::{is_pending, take_pending};
use lnp_abi::{RefHeader, StrHeader};
use std::sync::MutexGuard;

/// The pending exception is the host thread's: these tests take turns at being it.
fn host() -> MutexGuard<'static, ()> {
    let guard = crate::host::alone();
    take_pending();
    guard
}

fn slots(values: &[u64]) -> Vec<u64> {
    std::iter::once(values.len() as u64)
        .chain(values.iter().copied())
        .collect()
}

fn take(s: *mut StrHeader) -> String {
    // SAFETY: an owned string, given up here.
    let copy = unsafe { text(s) }.to_owned();
    // SAFETY: as above.
    unsafe { lnp_release(s.cast()) };
    copy
}

fn count<T>(object: *mut T) -> u64 {
    // SAFETY: a live object.
    unsafe { (*object.cast::<RefHeader>()).count }
}

fn list(sig: &str, elements: &[&[u64]]) -> *mut List {
    let list = List::create(sig, elements.len()).unwrap();
    for element in elements {
        // SAFETY: a live list.
        unsafe { List::data(list) }.append(sig, element).unwrap();
    }
    list
}

fn repr(sig: &str, values: &[u64]) -> String {
    let sig = new_str(sig);
    // SAFETY: the tests pass matching slots.
    let out = take(unsafe { lnp_repr_value(sig, slots(values).as_ptr()) });
    // SAFETY: owned.
    unsafe { lnp_release(sig.cast()) };
    out
}

fn error() -> String {
    assert!(is_pending());
    let pending = take_pending().unwrap();
    format!("{}: {}", pending.class, pending.message)
}

#[test]
fn reprs() {
    let _host = host();
    let half = 0.5f64.to_bits();
    assert_eq!(
        repr("L", &[list("d", &[&[half], &[half]]) as u64]),
        "[np.float64(0.5), np.float64(0.5)]"
    );
    assert_eq!(repr("(if)", &[1, half]), "(1, 0.5)");
    assert_eq!(repr("(i)", &[1]), "(1,)");
    assert_eq!(repr("()", &[]), "()");
    assert_eq!(repr("N", &[]), "None");
    assert_eq!(repr("{iNs}", &[1, 0]), "None");
    assert_eq!(repr("c", &[half, half]), "(0.5+0.5j)");
    let s = new_str("it's");
    assert_eq!(
        repr("(s?he)", &[s as u64, 1, -3i32 as u32 as u64, 0.1f32.to_bits() as u64]),
        "(\"it's\", np.True_, np.int32(-3), np.float32(0.1))"
    );
    let inner = list("i", &[&[1], &[2]]);
    assert_eq!(
        repr("L", &[list("(iL)", &[&[7, inner as u64]]) as u64]),
        "[(7, [1, 2])]"
    );
    assert_eq!(repr("L", &[list("N", &[&[], &[]]) as u64]), "[None, None]");
    let sig = new_str("d");
    // SAFETY: matching slots.
    assert_eq!(take(unsafe { lnp_str_value(sig, slots(&[half]).as_ptr()) }), "0.5");
    // SAFETY: matching slots.
    assert_eq!(
        take(unsafe { lnp_format_value(sig, slots(&[half]).as_ptr(), new_str(".2f")) }),
        "0.50"
    );
}

#[test]
fn counts() {
    let _host = host();
    let s = new_str("x");
    let a = list("s", &[&[s as u64], &[s as u64]]);
    assert_eq!(count(s), 3);
    // SAFETY (whole test): live objects, owned as the entries' table says.
    // SAFETY: live objects, as compiled code passes them.
    unsafe {
        let b = entries::lnp_list_concat(a, a);
        assert_eq!(count(s), 7);
        let c = entries::lnp_list_slice(b, 0, 0, 0, -2);
        assert_eq!(count(s), 9);
        entries::lnp_list_delete(b, -1);
        assert_eq!(count(s), 8);
        let t = new_str("t");
        entries::lnp_list_set(c, 0, slots(&[t as u64]).as_ptr());
        assert_eq!((count(s), count(t)), (7, 2));
        entries::lnp_list_insert(c, 1, new_str("s"), slots(&[t as u64]).as_ptr());
        assert_eq!(take(lnp_str_join(new_str("-"), c)), "t-t-x");
        entries::lnp_list_extend(c, c);
        assert_eq!(entries::lnp_list_len(c), 6);
        let got = entries::lnp_list_get_ref(c, -1, 0);
        assert_eq!(got, s.cast());
        lnp_release(got);
        lnp_retain(c.cast());
        lnp_release(c.cast());
        for l in [a, b, c] {
            lnp_release(l.cast());
        }
        assert_eq!((count(s), count(t)), (1, 1));
    }
}

#[test]
fn list_errors() {
    let _host = host();
    let a = list("i", &[&[1]]);
    // SAFETY (whole test): live objects.
    // SAFETY: live objects, as compiled code passes them.
    unsafe {
        entries::lnp_list_get_i64(a, 5, 0);
        assert_eq!(error(), "IndexError: list index out of range");
        entries::lnp_list_get_i64(a, 5, 256);
        assert_eq!(error(), "IndexError: pop index out of range");
        entries::lnp_list_get_i64(list("i", &[]), -1, 256);
        assert_eq!(error(), "IndexError: pop from empty list");
        entries::lnp_list_set(a, -2, slots(&[1]).as_ptr());
        assert_eq!(error(), "IndexError: list assignment index out of range");
        entries::lnp_list_append(a, new_str("s"), slots(&[0]).as_ptr());
        assert!(error().starts_with("NotCompiled"));
        entries::lnp_list_repeat(a, i64::MAX);
        assert_eq!(error(), "MemoryError: ");
        lnp_str_repeat(new_str("ab"), i64::MAX);
        assert_eq!(error(), "MemoryError: ");
        entries::lnp_list_sort(list("c", &[&[0, 0], &[0, 0]]), 0);
        assert_eq!(
            error(),
            "TypeError: '<' not supported between instances of 'complex' and 'complex'"
        );
    }
}

#[test]
fn sorting_and_finding() {
    let _host = host();
    let ints = |values: &[i64]| {
        let elements: Vec<[u64; 1]> = values.iter().map(|&x| [x as u64]).collect();
        list("i", &elements.iter().map(|e| &e[..]).collect::<Vec<_>>())
    };
    let show = |l: *mut List| repr("L", &[l as u64]);
    // SAFETY (whole test): live objects.
    // SAFETY: live objects, as compiled code passes them.
    unsafe {
        let a = ints(&[3, -1, 2]);
        entries::lnp_list_sort(a, 0);
        assert_eq!(show(a), "[-1, 2, 3]");
        entries::lnp_list_sort(a, 1);
        assert_eq!(show(a), "[3, 2, -1]");
        assert_eq!(entries::lnp_list_find(a, slots(&[2]).as_ptr()), 1);
        assert_eq!(entries::lnp_list_find(a, slots(&[7]).as_ptr()), -1);
        assert_eq!(entries::lnp_list_equal(a, ints(&[3, 2, -1])), 1);
        assert_eq!(
            entries::lnp_list_equal(
                a,
                list("f", &[&[3f64.to_bits()], &[2f64.to_bits()], &[(-1f64).to_bits()]])
            ),
            1
        );
        // Stable, also in reverse: by the first item alone the order stays.
        let pairs = list("(ii)", &[&[2, 1], &[1, 2], &[2, 0], &[1, 1]]);
        entries::lnp_list_sort(pairs, 1);
        assert_eq!(show(pairs), "[(2, 1), (2, 0), (1, 2), (1, 1)]");
        let floats = list("f", &[&[2f64.to_bits()], &[f64::NAN.to_bits()], &[1f64.to_bits()]]);
        entries::lnp_list_sort(floats, 0);
        assert_eq!(show(floats), "[2.0, nan, 1.0]");
        let words = list(
            "s",
            &["b", "é", "a", "Z"]
                .map(|w| [new_str(w) as u64])
                .iter()
                .map(|e| &e[..])
                .collect::<Vec<_>>(),
        );
        entries::lnp_list_sort(words, 0);
        assert_eq!(show(words), "['Z', 'a', 'b', 'é']");
        let many: Vec<i64> = (0..500).map(|k| k * 7919 % 503).collect();
        let l = list(
            "h",
            &many
                .iter()
                .map(|&x| [x as u64])
                .collect::<Vec<_>>()
                .iter()
                .map(|e| &e[..])
                .collect::<Vec<_>>(),
        );
        entries::lnp_list_sort(l, 0);
        let sorted: Vec<u64> = List::data(l).all_slots().to_vec();
        assert!(sorted.is_sorted());
    }
}

#[test]
fn string_entries() {
    let _host = host();
    let s = new_str("aéb");
    // SAFETY (whole test): live objects.
    // SAFETY: live objects, as compiled code passes them.
    unsafe {
        assert_eq!(lnp_str_len(s), 3);
        assert_eq!(take(lnp_str_index(s, -2)), "é");
        lnp_str_index(s, 3);
        assert_eq!(error(), "IndexError: string index out of range");
        assert_eq!(take(lnp_str_slice(s, 0, 0, 0, -1)), "béa");
        assert_eq!(take(lnp_str_slice(s, 1, 1, 0, 1)), "éb");
        lnp_str_slice(s, 0, 0, 0, 0);
        assert_eq!(error(), "ValueError: slice step cannot be zero");
        let out = lnp_percent_format(
            new_str("%d %s %r %.2f"),
            new_str("i(is)sf"),
            slots(&[3, 1, s as u64, s as u64, 0.125f64.to_bits()]).as_ptr(),
        );
        assert_eq!(take(out), "3 (1, 'aéb') 'aéb' 0.12");
        lnp_percent_format(new_str("%d"), new_str("s"), slots(&[s as u64]).as_ptr());
        assert_eq!(error(), "TypeError: %d format: a real number is required, not str");
    }
}
