//! `--explain CODE`: prints the page of an error or warning from `docs/errors`.

include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// The page of a code, in any letter case.
pub fn page(code: &str) -> Option<&'static str> {
    PAGES
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(code))
        .map(|(_, page)| *page)
}

/// All codes that have a page.
pub fn codes() -> impl Iterator<Item = &'static str> {
    PAGES.iter().map(|(name, _)| *name)
}
