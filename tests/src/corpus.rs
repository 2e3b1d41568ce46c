//! The corpora: which programs there are and what each is to print.

use std::path::{Path, PathBuf};

/// What a case must show.
pub enum Expect {
    /// Standard output, recorded from CPython + NumPy.
    Output(String),
    /// `# error: "text"` lines of a program that must not compile: (line, text).
    CompileErrors(Vec<(usize, String)>),
    /// `# error-at-run-time: "text"`: the traceback's innermost line and last text.
    RunError { line: usize, text: String },
    /// All kernels of the program as PTX, accepted by `ptxas` for each target.
    Ptx,
}

/// One program under test.
pub struct Case {
    /// Path from the project's root, without the ending.
    pub name: String,
    pub path: PathBuf,
    pub args: Vec<String>,
    /// Tolerance on floats in the output; `None` demands equal text.
    pub rtol: Option<f64>,
    pub expect: Expect,
    /// Lines marked `# expect: fallback`: each must be warned about.
    pub fallback_lines: Vec<usize>,
    /// Lines marked `# expect: native`: none may be warned about.
    pub native_lines: Vec<usize>,
}

/// Reads all corpora below the project's root, sorted by name.
pub fn collect(root: &Path) -> Result<Vec<Case>, String> {
    let mut cases = Vec::new();
    for path in python_files(&root.join("tests/programs"))? {
        let text = read(&path)?;
        let output = read(&path.with_extension("out"))?;
        cases.push(case(root, &path, &text, Expect::Output(output), None));
    }
    let args = read(&root.join("tests/samples/args.txt"))?;
    for line in args.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')) {
        let (name, command) = line.split_once(':').ok_or("args.txt: a line is `name: script args`")?;
        let mut words = command.split_whitespace().map(str::to_owned);
        let path = root.join("samples").join(words.next().unwrap_or_default());
        let text = read(&path)?;
        let output = read(&root.join("tests/samples").join(format!("{name}.out")))?;
        cases.push(case(root, &path, &text, Expect::Output(output), Some(words.collect())));
    }
    for path in python_files(&root.join("samples"))? {
        let text = read(&path)?;
        let mut ptx = case(root, &path, &text, Expect::Ptx, None);
        ptx.name = format!("ptx/{}", ptx.name);
        cases.push(ptx);
    }
    for path in python_files(&root.join("tests/errors"))? {
        let text = read(&path)?;
        let expect = error_expectation(&path, &text)?;
        cases.push(case(root, &path, &text, expect, None));
    }
    Ok(cases)
}

fn case(root: &Path, path: &Path, text: &str, expect: Expect, args: Option<Vec<String>>) -> Case {
    let head = || text.lines().take_while(|l| l.starts_with('#'));
    let marked = |mark: &str| -> Vec<usize> {
        let lines = text.lines().enumerate().filter(|(_, l)| l.contains(mark));
        lines.map(|(idx, _)| idx + 1).collect()
    };
    let directive = |key: &str| head().find_map(|l| l.trim_start_matches('#').trim().strip_prefix(key).map(str::trim));
    Case {
        name: path
            .strip_prefix(root)
            .unwrap_or(path)
            .with_extension("")
            .display()
            .to_string(),
        path: path.to_owned(),
        args: args.unwrap_or_else(|| {
            directive("args:").map_or_else(Vec::new, |a| a.split_whitespace().map(str::to_owned).collect())
        }),
        rtol: directive("rtol=").and_then(|v| v.parse().ok()),
        expect,
        fallback_lines: marked("# expect: fallback"),
        native_lines: marked("# expect: native"),
    }
}

fn error_expectation(path: &Path, text: &str) -> Result<Expect, String> {
    let quoted = |line: &str, key: &str| -> Option<String> {
        let rest = line.split_once(key)?.1;
        let start = rest.find('"')? + 1;
        let end = rest.rfind('"')?;
        (end > start).then(|| rest[start..end].to_owned())
    };
    for (idx, line) in text.lines().enumerate() {
        if let Some(text) = quoted(line, "# error-at-run-time:") {
            return Ok(Expect::RunError { line: idx + 1, text });
        }
    }
    let errors: Vec<(usize, String)> = text
        .lines()
        .enumerate()
        .filter_map(|(idx, line)| quoted(line, "# error:").map(|text| (idx + 1, text)))
        .collect();
    if errors.is_empty() {
        return Err(format!("{}: no `# error` directive", path.display()));
    }
    Ok(Expect::CompileErrors(errors))
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

fn python_files(dir: &Path) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    let mut pending = vec![dir.to_owned()];
    while let Some(dir) = pending.pop() {
        for entry in std::fs::read_dir(&dir).map_err(|e| format!("{}: {e}", dir.display()))? {
            let path = entry.map_err(|e| e.to_string())?.path();
            if path.is_dir() {
                pending.push(path);
            } else if path.extension().is_some_and(|e| e == "py") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
