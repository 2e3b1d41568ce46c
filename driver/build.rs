//! Collects `docs/errors/*.md` into one table for `--explain`.

use std::fmt::Write;
use std::path::Path;

fn main() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/errors");
    println!("cargo:rerun-if-changed={}", docs.display());
    let mut files: Vec<_> = std::fs::read_dir(&docs)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .collect();
    files.sort();
    let mut table = String::from("pub const PAGES: &[(&str, &str)] = &[\n");
    for file in files {
        let path = file.canonicalize().expect("listed just now");
        let code = file.file_stem().expect("has an ending").to_string_lossy().into_owned();
        writeln!(table, "    ({code:?}, include_str!({path:?})),").expect("a String takes all");
    }
    table.push_str("];\n");
    let out = std::env::var("OUT_DIR").expect("cargo sets it");
    std::fs::write(Path::new(&out).join("pages.rs"), table).expect("OUT_DIR is writable");
}
