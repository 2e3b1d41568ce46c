//! Prints the diagnostics and the IR of a program: `dump FILE.py`.

fn main() {
    let path = std::env::args().nth(1).unwrap_or_default();
    let source = std::fs::read_to_string(&path).unwrap_or_default();
    let output = lnp_frontend::compile(&source, &path);
    for d in &output.diagnostics {
        let line = source[..d.span.start.min(source.len())].matches('\n').count() + 1;
        println!(
            "{path}:{line}: {} {d}{}",
            d.code(),
            d.help.as_ref().map(|h| format!(" ({h})")).unwrap_or_default()
        );
    }
    if let Some(module) = &output.module {
        let quiet = std::env::args().nth(2).is_some();
        if !quiet {
            println!("{}", lnp_ir::print_module(module));
        }
        let violations = lnp_ir::verify(module);
        for v in &violations {
            println!("NOT VERIFIED {}: {} -- {}", v.place, v.text, v.message);
        }
        if violations.is_empty() {
            println!("verified");
        }
    }
}
