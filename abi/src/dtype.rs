//! Element types: the closed set of dtypes that compiled code handles.
//!
//! Everything else NumPy knows (`uint8`, `complex64`, strings, …) stays in CPython.

/// The dtype of an array element or of a NumPy scalar.
///
/// The discriminant is part of the ABI: it is what descriptors and entry points carry.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DType {
    Bool = 0,
    I32 = 1,
    I64 = 2,
    F32 = 3,
    F64 = 4,
    C128 = 5,
}

impl DType {
    pub const ALL: [DType; 6] = [DType::Bool, DType::I32, DType::I64, DType::F32, DType::F64, DType::C128];

    /// Bytes of one element.
    pub const fn size(self) -> usize {
        match self {
            DType::Bool => 1,
            DType::I32 | DType::F32 => 4,
            DType::I64 | DType::F64 => 8,
            DType::C128 => 16,
        }
    }

    /// The name in the IR's text form.
    pub const fn ir_name(self) -> &'static str {
        match self {
            DType::Bool => "bool",
            DType::I32 => "i32",
            DType::I64 => "i64",
            DType::F32 => "f32",
            DType::F64 => "f64",
            DType::C128 => "c128",
        }
    }

    /// NumPy's name (`dtype.name`).
    pub const fn numpy_name(self) -> &'static str {
        match self {
            DType::Bool => "bool",
            DType::I32 => "int32",
            DType::I64 => "int64",
            DType::F32 => "float32",
            DType::F64 => "float64",
            DType::C128 => "complex128",
        }
    }

    pub fn from_ir_name(name: &str) -> Option<DType> {
        DType::ALL.into_iter().find(|d| d.ir_name() == name)
    }

    pub fn from_code(code: u8) -> Option<DType> {
        DType::ALL.get(code as usize).copied()
    }

    pub const fn is_float(self) -> bool {
        matches!(self, DType::F32 | DType::F64)
    }

    pub const fn is_int(self) -> bool {
        matches!(self, DType::I32 | DType::I64)
    }
}
