//! The exception that a text operation raises: CPython's kind and CPython's words.

/// Which Python exception class to raise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    ValueError,
    TypeError,
    OverflowError,
}

/// A Python exception to be: its class and its text, to the character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextError {
    pub kind: ErrorKind,
    pub message: String,
}

impl TextError {
    pub(crate) fn value(message: impl Into<String>) -> TextError {
        TextError {
            kind: ErrorKind::ValueError,
            message: message.into(),
        }
    }

    pub(crate) fn type_(message: impl Into<String>) -> TextError {
        TextError {
            kind: ErrorKind::TypeError,
            message: message.into(),
        }
    }

    pub(crate) fn overflow(message: impl Into<String>) -> TextError {
        TextError {
            kind: ErrorKind::OverflowError,
            message: message.into(),
        }
    }
}

impl std::fmt::Display for TextError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}: {}", self.kind, self.message)
    }
}

impl std::error::Error for TextError {}
