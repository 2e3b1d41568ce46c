//! String methods against what CPython 3.11 gave.

use super::*;
use StrMethod as M;

fn s(method: M, text: &str, args: &[&str], int: i64) -> String {
    to_str(method, text, args, int).unwrap()
}

#[test]
fn strings() {
    assert_eq!(s(M::Title, "hello wORLD's 3rd", &[], 0), "Hello World'S 3Rd");
    assert_eq!(s(M::Capitalize, "ßA ÉÀ", &[], 0), "Ssa éà");
    assert_eq!(s(M::Swapcase, "aBc1É", &[], 0), "AbC1é");
    assert_eq!(s(M::Strip, " \t a b\n\x1c", &[], 0), "a b");
    assert_eq!(s(M::Lstrip, "xxyabx", &["xy"], 0), "abx");
    assert_eq!(s(M::Rstrip, "xxyabx", &["xy"], 0), "xxyab");
    assert_eq!(s(M::Replace, "aaa", &["a", "bc"], 2), "bcbca");
    assert_eq!(s(M::Replace, "abc", &["", "-"], -1), "-a-b-c-");
    assert_eq!(s(M::Replace, "abc", &["", "-"], 2), "-a-bc");
    assert_eq!(s(M::Center, "ab", &[], 5), "  ab ");
    assert_eq!(s(M::Center, "abc", &["*"], 6), "*abc**");
    assert_eq!(s(M::Ljust, "é", &["."], 3), "é..");
    assert_eq!(s(M::Rjust, "é", &[], 3), "  é");
    assert_eq!(s(M::Zfill, "-42", &[], 6), "-00042");
    assert_eq!(s(M::Expandtabs, "a\tbc\t\nd\t", &[], 4), "a   bc  \nd   ");
    assert_eq!(s(M::Removesuffix, "file.py", &[".py"], 0), "file");
    assert_eq!(s(M::Chr, "", &[], 233), "é");
    assert_eq!(
        to_str(M::Chr, "", &[], -1).unwrap_err().message,
        "chr() arg not in range(0x110000)"
    );
    assert_eq!(
        to_str(M::Center, "a", &["ab"], 9).unwrap_err().message,
        "The fill character must be exactly one character long"
    );
}

#[test]
fn numbers_and_tests() {
    let i = |method, text, args: &[&str]| to_int(method, text, args).unwrap();
    assert_eq!(i(M::Find, "éaé", &["a"]), 1);
    assert_eq!(i(M::Rfind, "abab", &["b"]), 3);
    assert_eq!(i(M::Rfind, "abab", &[""]), 4);
    assert_eq!(i(M::Find, "abc", &["x"]), -1);
    assert_eq!(
        to_int(M::Index, "abc", &["x"]).unwrap_err().message,
        "substring not found"
    );
    assert_eq!(i(M::Count, "aaaa", &["aa"]), 2);
    assert_eq!(i(M::Count, "éé", &[""]), 3);
    assert_eq!(i(M::Startswith, "abc", &["x", "ab"]), 1);
    assert_eq!(i(M::Endswith, "abc", &["b"]), 0);
    for (method, yes, no) in [
        (M::Isdigit, "12²", "1.2"),
        (M::Isdecimal, "12٣", "²"),
        (M::Isalpha, "abcé", "a1"),
        (M::Isalnum, "a1é", "a b"),
        (M::Isspace, " \t\x1f", ""),
        (M::Isupper, "AB1", "12"),
        (M::Islower, "ab1", "aB"),
        (M::Istitle, "Hello World 3", "HEllo"),
        (M::Isidentifier, "_a1", "1a"),
        (M::Isprintable, "", "a\n"),
        (M::Isascii, "", "é"),
    ] {
        assert_eq!(i(method, yes, &[]), 1, "{method:?} {yes:?}");
        assert_eq!(i(method, no, &[]), 0, "{method:?} {no:?}");
    }
    assert_eq!(i(M::Ord, "é", &[]), 233);
    assert_eq!(
        to_int(M::Ord, "ab", &[]).unwrap_err().message,
        "ord() expected a character, but string of length 2 found"
    );
}

#[test]
fn lists() {
    let l = |method, text, args: &[&'static str], int| to_list(method, text, args, int).unwrap();
    assert_eq!(l(M::Split, "  a b  c ", &[], -1), ["a", "b", "c"]);
    assert_eq!(l(M::Split, "  a b  c ", &[], 1), ["a", "b  c "]);
    assert_eq!(l(M::Split, "", &[], -1), [""; 0]);
    assert_eq!(l(M::Split, "", &[","], -1), [""]);
    assert_eq!(l(M::Split, "a,b,,c", &[","], 2), ["a", "b", ",c"]);
    assert_eq!(l(M::Rsplit, " a b  c ", &[], 1), [" a b", "c"]);
    assert_eq!(l(M::Rsplit, "a,b,c", &[","], 1), ["a,b", "c"]);
    assert_eq!(l(M::Splitlines, "a\r\nb\n\nc\x0cd", &[], 0), ["a", "b", "", "c", "d"]);
    assert_eq!(l(M::Splitlines, "a\r\nb\n", &[], 1), ["a\r\n", "b\n"]);
    assert_eq!(l(M::Partition, "a=b=c", &["="], 0), ["a", "=", "b=c"]);
    assert_eq!(l(M::Rpartition, "abc", &["="], 0), ["", "", "abc"]);
    assert_eq!(
        to_list(M::Split, "a", &[""], -1).unwrap_err().message,
        "empty separator"
    );
}
