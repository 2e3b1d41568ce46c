//! The `.npy` file format: headers as `numpy.save` writes them and `numpy.load` reads them.
//!
//! Source: NumPy 2.4, `numpy/lib/_format_impl.py`, whose error texts these are. The header is
//! a Python literal, which `literal` reads.

mod literal;

use crate::text::{shape_repr, str_repr};
use literal::Literal;
use lnp_abi::DType;

const MAGIC: &[u8] = b"\x93NUMPY";
/// The header is padded so that data start at a multiple of this.
const ALIGN: usize = 64;
/// Room left to write a longer first extent in place.
const GROWTH_DIGITS: usize = 21;
const MAX_HEADER: usize = 10_000;

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NpyError {
    /// `ValueError`, with NumPy's text.
    Value(String),
    /// `EOFError`: the file is empty.
    Eof(String),
    /// A valid file of something else: a dtype we do not hold (its descriptor), an archive, a pickle.
    Unsupported(String),
}

/// What a `.npy` header tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    pub dtype: DType,
    /// Data lie in column-major order.
    pub fortran: bool,
    pub shape: Vec<usize>,
    /// Where data start, in bytes from the start of the file.
    pub data_offset: usize,
}

impl Header {
    /// How many elements the array has; `parse_header` has seen to it that their bytes can be counted.
    pub fn n_elements(&self) -> usize {
        self.shape.iter().product()
    }

    /// The size of the data in bytes.
    pub fn n_bytes(&self) -> usize {
        self.n_elements() * self.dtype.size()
    }

    /// Checks that a file of `file_size` bytes holds all data.
    pub fn check_size(&self, file_size: u64) -> Result<(), NpyError> {
        let present = file_size.saturating_sub(self.data_offset as u64) / self.dtype.size() as u64;
        if present >= self.n_elements() as u64 {
            return Ok(());
        }
        Err(NpyError::Value(format!(
            "Failed to read all data for array. Expected {} = {} elements, could only read {present} elements. \
             (file seems not fully written?)",
            shape_repr(&self.shape),
            self.n_elements(),
        )))
    }
}

/// Splits the bytes of a whole file into its header and its data.
pub fn read(file: &[u8]) -> Result<(Header, &[u8]), NpyError> {
    let header = parse_header(file)?;
    header.check_size(file.len() as u64)?;
    let data = &file[header.data_offset..header.data_offset + header.n_bytes()];
    Ok((header, data))
}

/// Reads the header at the start of `file`, which may be a prefix of the file; 16 KiB suffice.
pub fn parse_header(file: &[u8]) -> Result<Header, NpyError> {
    if file.is_empty() {
        return Err(NpyError::Eof("No data left in file".to_string()));
    }
    if file.starts_with(b"PK\x03\x04") || file.starts_with(b"PK\x05\x06") {
        return Err(NpyError::Unsupported("npz archive".to_string()));
    }
    if !file.starts_with(MAGIC) {
        return Err(NpyError::Value(
            "This file contains pickled (object) data. If you trust the file you can load it unsafely using the \
             `allow_pickle=` keyword argument or `pickle.load()`."
                .to_string(),
        ));
    }
    let version = take(file, MAGIC.len(), 2, "magic string", 8)?;
    let length_size = match version {
        [1, 0] => 2,
        [2, 0] | [3, 0] => 4,
        _ => {
            let (major, minor) = (version[0], version[1]);
            return Err(NpyError::Value(format!(
                "we only support format version (1,0), (2,0), and (3,0), not ({major}, {minor})"
            )));
        }
    };
    let length = take(file, 8, length_size, "array header length", length_size)?;
    let length = length
        .iter()
        .rev()
        .fold(0usize, |value, &byte| value << 8 | byte as usize);
    if length > MAX_HEADER {
        return Err(NpyError::Value(format!(
            "Header info length ({length}) is large and may not be safe to load securely.\n\
             To allow loading, adjust `max_header_size` or fully trust the `.npy` file using `allow_pickle=True`.\n\
             For safety against large resource use or crashes, sandboxing may be necessary."
        )));
    }
    let header = take(file, 8 + length_size, length, "array header", length)?;
    let data_offset = 8 + length_size + length;
    let text = if version[0] == 3 {
        String::from_utf8_lossy(header).into_owned()
    } else {
        header.iter().map(|&byte| byte as char).collect()
    };
    interpret(&text, data_offset)
}

/// The header that `numpy.save` writes for a C-contiguous array.
pub fn write_header(dtype: DType, shape: &[usize]) -> Vec<u8> {
    let mut header = format!(
        "{{'descr': '{}', 'fortran_order': False, 'shape': {}, }}",
        descr(dtype),
        shape_repr(shape)
    );
    if let Some(first) = shape.first() {
        let n_blanks = GROWTH_DIGITS.saturating_sub(first.to_string().len());
        header.push_str(&" ".repeat(n_blanks));
    }
    let unpadded = MAGIC.len() + 4 + header.len() + 1;
    header.push_str(&" ".repeat(ALIGN - unpadded % ALIGN));
    header.push('\n');
    let mut out = MAGIC.to_vec();
    out.extend([1, 0]);
    out.extend((header.len() as u16).to_le_bytes());
    out.extend(header.bytes());
    out
}

/// `dtype.str`.
pub fn descr(dtype: DType) -> &'static str {
    match dtype {
        DType::Bool => "|b1",
        DType::I32 => "<i4",
        DType::I64 => "<i8",
        DType::F32 => "<f4",
        DType::F64 => "<f8",
        DType::C128 => "<c16",
    }
}

/// `len` bytes at `start`; the error counts from `expected` bytes wanted in all.
fn take<'a>(file: &'a [u8], start: usize, len: usize, what: &str, expected: usize) -> Result<&'a [u8], NpyError> {
    file.get(start..start + len).ok_or_else(|| {
        let got = file.len() - start + (expected - len);
        NpyError::Value(format!("EOF: reading {what}, expected {expected} bytes got {got}"))
    })
}

fn interpret(text: &str, data_offset: usize) -> Result<Header, NpyError> {
    let value = |message: String| NpyError::Value(message);
    let literal = Literal::parse(text).ok_or_else(|| value(format!("Cannot parse header: {}", str_repr(text))))?;
    let Literal::Dict(entries) = &literal else {
        return Err(value(format!("Header is not a dictionary: {}", literal.repr())));
    };
    let mut keys: Vec<String> = entries.iter().map(|(key, _)| key.repr()).collect();
    keys.sort();
    keys.dedup();
    if keys != ["'descr'", "'fortran_order'", "'shape'"] {
        return Err(value(format!(
            "Header does not contain the correct keys: [{}]",
            keys.join(", ")
        )));
    }
    // As in Python, the last of several equal keys counts.
    let entry = |name: &str| {
        let mut found = &Literal::Name("None");
        for (key, literal) in entries {
            if *key == Literal::Str(name.to_string()) {
                found = literal;
            }
        }
        found
    };
    let shape = entry("shape");
    let extents = shape
        .extents()
        .ok_or_else(|| value(format!("shape is not valid: {}", shape.repr())))?;
    let fortran = match entry("fortran_order") {
        Literal::Name("True") => true,
        Literal::Name("False") => false,
        other => {
            return Err(value(format!("fortran_order is not a valid bool: {}", other.repr())));
        }
    };
    let dtype = match entry("descr") {
        Literal::Str(descr) => dtype_of(descr).ok_or_else(|| NpyError::Unsupported(descr.clone()))?,
        Literal::Seq { .. } => return Err(NpyError::Unsupported(entry("descr").repr())),
        other => {
            return Err(value(format!(
                "descr is not a valid dtype descriptor: {}",
                other.repr()
            )));
        }
    };
    let shape = checked_shape(&extents, dtype)?;
    Ok(Header {
        dtype,
        fortran,
        shape,
        data_offset,
    })
}

fn dtype_of(descr: &str) -> Option<DType> {
    Some(match descr {
        "|b1" => DType::Bool,
        "<i4" => DType::I32,
        "<i8" => DType::I64,
        "<f4" => DType::F32,
        "<f8" => DType::F64,
        "<c16" => DType::C128,
        _ => return None,
    })
}

/// Extents whose product of bytes fits an `isize`, as NumPy demands (zeros left out).
fn checked_shape(extents: &[i128], dtype: DType) -> Result<Vec<usize>, NpyError> {
    if extents.iter().any(|&extent| extent < 0) {
        return Err(NpyError::Value("negative dimensions are not allowed".to_string()));
    }
    if extents.len() > 64 {
        let n = extents.len();
        return Err(NpyError::Value(format!(
            "maximum supported dimension for an ndarray is currently 64, found {n}"
        )));
    }
    let mut n_bytes = Some(dtype.size() as i128);
    for &extent in extents.iter().filter(|&&extent| extent > 0) {
        n_bytes = n_bytes
            .and_then(|n| n.checked_mul(extent))
            .filter(|&n| n <= isize::MAX as i128);
    }
    if n_bytes.is_none() {
        return Err(NpyError::Value(
            "array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size.".to_string(),
        ));
    }
    Ok(extents.iter().map(|&extent| extent as usize).collect())
}

#[cfg(test)]
mod tests;
