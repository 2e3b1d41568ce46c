//! Text as Python and NumPy write and read it: `str` and `repr` of arrays and scalars,
//! `format` and `%`, `int(text)`, `float(text)` and decimal rounding.
//!
//! Pure functions of their arguments; what Python would raise comes back as a [`TextError`].

mod array;
mod digits;
mod elements;
mod error;
mod format;
mod number;
pub mod options;
mod parse;
mod percent;
mod quote;
mod round;
mod scalar;
mod spec;

pub use array::{ArrayRef, array_repr, array_str, shape_repr};
pub use error::{ErrorKind, TextError};
pub use format::{Value, format};
pub use parse::{parse_float, parse_int};
pub use percent::percent_format;
pub use quote::str_repr;
pub use round::round_half_even;
pub use scalar::{Scalar, bool_str, complex_repr, float_repr, float32_str, int_str, push_float_repr};

#[cfg(test)]
mod tests;
