//! Every stage of the teaching programs, as reviewed snapshots: what the frontend says, the
//! module it makes, and the module after the passes.

use std::fmt::Write;
use std::path::{Path, PathBuf};

fn programs() -> Vec<PathBuf> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("teaching");
    let mut files: Vec<PathBuf> = std::fs::read_dir(dir)
        .expect("tests/teaching is there")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|e| e == "py"))
        .collect();
    files.sort();
    files
}

#[test]
fn stages_of_the_teaching_programs() {
    let programs = programs();
    assert!(programs.len() >= 20);
    for path in programs {
        let name = path.file_stem().expect("a file").to_string_lossy().into_owned();
        let source = std::fs::read_to_string(&path).expect("readable");
        let output = lnp_frontend::compile(&source, &format!("{name}.py"));
        let mut text = String::new();
        for diagnostic in &output.diagnostics {
            writeln!(
                text,
                "{} {:?} {diagnostic}{}",
                diagnostic.code(),
                &source[diagnostic.span.clone()],
                diagnostic.help.as_ref().map_or(String::new(), |h| format!(" ({h})"))
            )
            .expect("a String takes all");
        }
        if let Some(mut module) = output.module {
            write!(text, "--- frontend\n{module}").expect("a String takes all");
            lnp_passes::run_all(&mut module, &lnp_passes::Options::default()).expect("the module is sound");
            write!(text, "--- passes\n{module}").expect("a String takes all");
        }
        insta::assert_snapshot!(name, text);
    }
}
