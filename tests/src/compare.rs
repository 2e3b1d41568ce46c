//! Compares printed output: exact text, or text with a tolerance on its floats.

/// `Err` describes the first difference.
pub fn outputs(expected: &str, actual: &str, rtol: Option<f64>) -> Result<(), String> {
    if expected == actual {
        return Ok(());
    }
    let (mut want, mut got) = (expected.lines(), actual.lines());
    for line in 1.. {
        match (want.next(), got.next()) {
            (None, None) => break,
            (Some(w), Some(g)) if w == g || rtol.is_some_and(|rtol| close(w, g, rtol)) => {}
            (w, g) => {
                return Err(format!(
                    "output line {line} differs\n    NumPy: {}\n    lnpc:  {}",
                    w.unwrap_or("(nothing)"),
                    g.unwrap_or("(nothing)")
                ));
            }
        }
    }
    if rtol.is_none() {
        return Err("the outputs differ in line ends only".to_owned());
    }
    Ok(())
}

/// Whether two lines have equal words but for floats within `rtol`. Layout may differ, since
/// the width of a printed array follows its digits.
fn close(want: &str, got: &str, rtol: f64) -> bool {
    let split = |s: &str| -> Vec<String> {
        s.split(|c: char| c.is_whitespace() || "[](),=:%".contains(c))
            .filter(|w| !w.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (want, got) = (split(want), split(got));
    want.len() == got.len()
        && want.iter().zip(&got).all(|(w, g)| {
            w == g
                || match (w.parse::<f64>(), g.parse::<f64>()) {
                    (Ok(a), Ok(b)) => {
                        (w.contains(['.', 'e']) || g.contains(['.', 'e']))
                            && (a - b).abs() <= rtol * a.abs().max(b.abs()).max(1e-300)
                    }
                    _ => false,
                }
        })
}

#[cfg(test)]
mod tests {
    use super::outputs;

    #[test]
    fn tolerance_applies_to_floats_only() {
        assert!(outputs("x 1.0000000001\n", "x 1.0\n", Some(1e-9)).is_ok());
        assert!(outputs("x 1.1\n", "x 1.0\n", Some(1e-9)).is_err());
        assert!(outputs("x 3\n", "x 4\n", Some(1.0)).is_err());
        assert!(outputs("x 1.0000000001\n", "x 1.0\n", None).is_err());
    }
}
