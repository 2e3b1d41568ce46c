//! Each page of `docs/errors` shows a program that gives its code, and one without errors.

use std::path::Path;

fn blocks(page: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut inside = false;
    for line in page.lines() {
        match (inside, line) {
            (false, "```python") => {
                inside = true;
                out.push(String::new());
            }
            (true, "```") => inside = false,
            (true, text) => {
                if let Some(block) = out.last_mut() {
                    block.push_str(text);
                    block.push('\n');
                }
            }
            _ => {}
        }
    }
    out
}

#[test]
fn pages_show_their_code() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/errors");
    let mut n_pages = 0;
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(dir).expect("docs/errors") {
        let path = entry.expect("an entry").path();
        let code = path.file_stem().and_then(|s| s.to_str()).expect("a name").to_owned();
        let page = std::fs::read_to_string(&path).expect("a page");
        let blocks = blocks(&page);
        let output = lnp_frontend::compile(&blocks[0], "page.py");
        let codes: Vec<&str> = output.diagnostics.iter().map(|d| d.code()).collect();
        if !codes.contains(&code.as_str()) {
            wrong.push(format!("{code}: gives {codes:?}"));
        }
        for fixed in &blocks[1..] {
            if lnp_frontend::compile(fixed, "page.py").has_errors() {
                wrong.push(format!("{code}: the corrected program has errors"));
            }
        }
        n_pages += 1;
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let n_codes = 16 + lnp_frontend::Why::ALL.len() + 1;
    assert_eq!(n_pages, n_codes, "one page per code");
}
