//! Runs `tests/ir/*.ir`: a pass over a module, and what must be in the text it leaves.
//!
//! - `; pass: NAME` (one or more, run in order; `all` is the whole pipeline)
//! - `; check: TEXT`: a line of the result contains TEXT, after the previous check's line.
//! - `; check-not: TEXT`: no line of the result contains TEXT.
//! - `; unchanged`: the passes report `Changed::No`.
//!
//! For every file: the result is sound, text that a pass says it left alone is the same, and
//! printing and parsing the result gives it back.

// Tests read their data; the crate does not.
#![allow(clippy::disallowed_methods)]

use lnp_ir::{parse_module, print_module, verify};
use lnp_passes::{Changed, Options, run_all, run_one};
use std::path::Path;

#[test]
fn ir_files() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/ir");
    let mut files: Vec<_> = std::fs::read_dir(&dir)
        .expect("tests/ir exists")
        .map(|e| e.expect("readable").path())
        .filter(|p| p.extension().is_some_and(|e| e == "ir"))
        .collect();
    files.sort();
    assert!(!files.is_empty());
    let mut failures = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).expect("readable");
        if let Err(message) = run_file(&text) {
            failures.push(format!(
                "{}: {message}",
                file.file_name().unwrap_or_default().to_string_lossy()
            ));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

fn directives<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    text.lines()
        .filter_map(move |l| l.trim().strip_prefix("; ")?.strip_prefix(name)?.strip_prefix(':'))
        .map(str::trim)
}

fn run_file(text: &str) -> Result<(), String> {
    let mut module = parse_module(text).map_err(|e| e.to_string())?;
    let wrong = verify(&module);
    if !wrong.is_empty() {
        return Err(format!("the input is not sound: {}", wrong[0]));
    }
    let opts = Options::default();
    let mut changed = false;
    for pass in directives(text, "pass") {
        if pass == "all" {
            run_all(&mut module, &opts).map_err(|e| e.to_string())?;
            changed = true;
            continue;
        }
        let before = print_module(&module);
        let did = run_one(pass, &mut module, &opts).ok_or_else(|| format!("no pass `{pass}`"))?;
        changed |= did == Changed::Yes;
        if did == Changed::No && print_module(&module) != before {
            return Err(format!("`{pass}` changed the module and says it did not"));
        }
        let wrong = verify(&module);
        if !wrong.is_empty() {
            return Err(format!("not sound after `{pass}`: {}\n{module}", wrong[0]));
        }
    }
    let result = print_module(&module);
    let again = parse_module(&result).map_err(|e| e.to_string())?;
    if print_module(&again) != result {
        return Err("the result does not survive parsing".to_owned());
    }
    if text.lines().any(|l| l.trim() == "; unchanged") && changed {
        return Err(format!("should be unchanged, is\n{result}"));
    }
    let mut lines = result.lines();
    for want in text.lines().map(str::trim) {
        if let Some(want) = want.strip_prefix("; check:") {
            if !lines.any(|l| l.contains(want.trim())) {
                return Err(format!(
                    "`{}` is missing (after the previous check) in\n{result}",
                    want.trim()
                ));
            }
        } else if let Some(never) = want.strip_prefix("; check-not:")
            && result.contains(never.trim())
        {
            return Err(format!("`{}` should not be in\n{result}", never.trim()));
        }
    }
    Ok(())
}
