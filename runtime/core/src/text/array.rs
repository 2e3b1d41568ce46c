//! `str(array)` and `repr(array)`, to the character, under NumPy's print options.
//!
//! Follows `_formatArray` and `array_repr` of NumPy 2.4's `arrayprint.py`: by
//! default rows wrap at 75 columns and more than 1000 elements print as the three at each edge
//! of each dimension.

use super::elements::{self, Elements};
use super::options::options;
use super::scalar::Scalar;
use lnp_abi::DType;

/// An array to print: C-contiguous elements in native byte order.
///
/// Shapes: `data` holds `shape.iter().product()` elements of `dtype`; it need not be aligned.
/// `bool` is one byte, `C128` two `f64`.
pub struct ArrayRef<'a> {
    pub dtype: DType,
    pub shape: &'a [usize],
    pub data: &'a [u8],
}

/// `str(array)`. A 0-d array prints as its scalar.
pub fn array_str(a: &ArrayRef) -> String {
    if a.shape.is_empty() {
        return a.scalar(0).str();
    }
    a.body(" ", 0, options().line_width)
}

/// `repr(array)`: `array([1., 2.])`, with `shape=` and `dtype=` where the body does not tell them.
pub fn array_repr(a: &ArrayRef) -> String {
    const PREFIX: &str = "array(";
    let line_width = options().line_width;
    let body = a.body(", ", PREFIX.len(), line_width.saturating_sub(1));
    let mut extras = Vec::new();
    let len = a.len();
    if (len == 0 && a.shape != [0]) || len > options().threshold {
        extras.push(format!("shape={}", shape_repr(a.shape)));
    }
    let implied = !matches!(a.dtype, DType::I32 | DType::F32);
    if !implied || len == 0 {
        extras.push(format!("dtype={}", a.dtype.numpy_name()));
    }
    if extras.is_empty() {
        return format!("{PREFIX}{body})");
    }
    let text = format!("{PREFIX}{body},");
    let extras = extras.join(", ") + ")";
    let last_line = text.len() - text.rfind('\n').map_or(0, |at| at + 1);
    let spacer = if last_line + extras.len() + 1 > line_width {
        format!("\n{}", " ".repeat(PREFIX.len()))
    } else {
        " ".to_string()
    };
    text + &spacer + &extras
}

/// `repr` of a shape tuple: `()`, `(3,)`, `(2, 3)`.
pub fn shape_repr(shape: &[usize]) -> String {
    let extents: Vec<String> = shape.iter().map(usize::to_string).collect();
    match extents.as_slice() {
        [one] => format!("({one},)"),
        many => format!("({})", many.join(", ")),
    }
}

impl ArrayRef<'_> {
    fn len(&self) -> usize {
        self.shape.iter().product()
    }

    /// The bytes of element `idx`.
    fn bytes<const N: usize>(&self, idx: usize, offset: usize, size: usize) -> [u8; N] {
        let at = idx * size + offset;
        let mut bytes = [0; N];
        bytes.copy_from_slice(&self.data[at..at + N]);
        bytes
    }

    fn scalar(&self, idx: usize) -> Scalar {
        match self.dtype {
            DType::Bool => Scalar::Bool(self.data[idx] != 0),
            DType::I32 => Scalar::I32(i32::from_ne_bytes(self.bytes(idx, 0, 4))),
            DType::I64 => Scalar::I64(i64::from_ne_bytes(self.bytes(idx, 0, 8))),
            DType::F32 => Scalar::F32(f32::from_ne_bytes(self.bytes(idx, 0, 4))),
            DType::F64 => Scalar::F64(self.f64_at(idx, 0, 8)),
            DType::C128 => Scalar::C128(self.f64_at(idx, 0, 16), self.f64_at(idx, 8, 16)),
        }
    }

    fn f64_at(&self, idx: usize, offset: usize, size: usize) -> f64 {
        f64::from_ne_bytes(self.bytes(idx, offset, size))
    }

    fn pick(&self, indices: &[usize]) -> Elements {
        let at = indices.iter();
        match self.dtype {
            DType::Bool => Elements::Bool(at.map(|&i| self.data[i] != 0).collect()),
            DType::I32 => Elements::Int(at.map(|&i| i32::from_ne_bytes(self.bytes(i, 0, 4)) as i64).collect()),
            DType::I64 => Elements::Int(at.map(|&i| i64::from_ne_bytes(self.bytes(i, 0, 8))).collect()),
            DType::F32 => Elements::F32(at.map(|&i| f32::from_ne_bytes(self.bytes(i, 0, 4))).collect()),
            DType::F64 => Elements::F64(at.map(|&i| self.f64_at(i, 0, 8)).collect()),
            DType::C128 => Elements::Complex(at.map(|&i| (self.f64_at(i, 0, 16), self.f64_at(i, 8, 16))).collect()),
        }
    }

    /// `array2string(a, separator, prefix)`.
    fn body(&self, separator: &str, prefix_len: usize, line_width: usize) -> String {
        if self.len() == 0 {
            return "[]".to_string();
        }
        let summarize = self.len() > options().threshold;
        let axes: Vec<Axis> = self.shape.iter().map(|&extent| Axis::of(extent, summarize)).collect();
        let words = elements::format_elements(&self.pick(&shown_indices(self.shape, &axes)), self.shape.is_empty());
        if self.shape.is_empty() {
            return words[0].clone();
        }
        let printer = Printer {
            words: &words,
            separator,
        };
        let mut out = String::new();
        printer.print(&mut out, 0, &axes, prefix_len + 1, line_width);
        out
    }
}

/// How one dimension is shown: all of it, or its edges with dots between.
#[derive(Clone, Copy)]
struct Axis {
    n_shown: usize,
    /// The index of the word before which dots stand; out of reach where all is shown.
    dots_at: usize,
}

impl Axis {
    fn of(extent: usize, summarize: bool) -> Axis {
        let edge = options().edge_items;
        match summarize && extent > 2 * edge {
            true => Axis {
                n_shown: 2 * edge,
                dots_at: edge,
            },
            false => Axis {
                n_shown: extent,
                dots_at: usize::MAX,
            },
        }
    }
}

/// The flat indices of the elements shown, in order.
fn shown_indices(shape: &[usize], axes: &[Axis]) -> Vec<usize> {
    let mut indices = vec![0];
    for (&extent, axis) in shape.iter().zip(axes) {
        let along = (0..axis.n_shown).map(|k| {
            let skipped = if k >= axis.dots_at { extent - axis.n_shown } else { 0 };
            k + skipped
        });
        let along: Vec<usize> = along.collect();
        indices = indices
            .iter()
            .flat_map(|&base| along.iter().map(move |k| base * extent + k))
            .collect();
    }
    indices
}

/// Lays out formatted elements, all of one width or not, in brackets.
struct Printer<'a> {
    words: &'a [String],
    separator: &'a str,
}

impl Printer<'_> {
    /// Prints the sub-array that starts at word `first`. `indent`: the columns before its
    /// opening bracket's content; `width`: the columns it may fill.
    fn print(&self, out: &mut String, first: usize, axes: &[Axis], indent: usize, width: usize) {
        out.push('[');
        match axes {
            [row] => self.print_row(out, first, *row, indent, width.saturating_sub(1)),
            [axis, inner @ ..] => {
                let step: usize = inner.iter().map(|axis| axis.n_shown).product();
                let line_sep = format!("{}{}", self.separator.trim_end(), "\n".repeat(inner.len()));
                for k in 0..axis.n_shown {
                    if k > 0 {
                        out.push_str(&line_sep);
                        push_blanks(out, indent);
                    }
                    if k == axis.dots_at {
                        out.push_str("...");
                        out.push_str(&line_sep);
                        push_blanks(out, indent);
                    }
                    self.print(out, first + k * step, inner, indent + 1, width.saturating_sub(1));
                }
            }
            [] => {}
        }
        out.push(']');
    }

    fn print_row(&self, out: &mut String, first: usize, row: Axis, indent: usize, width: usize) {
        // `column`: how long the current line is, as NumPy counts it, indentation included.
        let mut column = indent;
        let extend = |out: &mut String, column: &mut usize, word: &str| {
            // A line is not wrapped if that would not help.
            if *column + word.len() > width && *column > indent {
                out.truncate(out.trim_end().len());
                out.push('\n');
                push_blanks(out, indent);
                *column = indent;
            }
            out.push_str(word);
            *column += word.len();
        };
        for k in 0..row.n_shown {
            if k > 0 {
                out.push_str(self.separator);
                column += self.separator.len();
            }
            if k == row.dots_at {
                extend(out, &mut column, "...");
                out.push_str(self.separator);
                column += self.separator.len();
            }
            extend(out, &mut column, &self.words[first + k]);
        }
    }
}

fn push_blanks(out: &mut String, n: usize) {
    out.extend(std::iter::repeat_n(' ', n));
}
