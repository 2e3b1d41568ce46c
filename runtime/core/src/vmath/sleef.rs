//! SLEEF, opened when first needed, at the width that the processor has.
//!
//! Source: N. Shibata and F. Petrogalli, IEEE TPDS 31 (2020) 1316.

use libloading::Library;
use std::ffi::c_void;
use std::sync::OnceLock;

/// Vector width: how a function's strips are computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Width {
    /// No SLEEF: the C library.
    None,
    /// One element at a time.
    One,
    /// 256 bits.
    Avx2,
    /// 512 bits.
    Avx512,
}

/// One function at a width: `vector` takes and gives a whole vector (or, at `Width::One`,
/// is not used), `one` a scalar.
#[derive(Clone, Copy, Debug)]
pub struct Routine {
    pub width: Width,
    pub vector: *const c_void,
    pub one: *const c_void,
}

// SAFETY: addresses of functions, which any thread may call.
unsafe impl Send for Routine {}
// SAFETY: as above.
unsafe impl Sync for Routine {}

const ABSENT: Routine = Routine {
    width: Width::None,
    vector: std::ptr::null(),
    one: std::ptr::null(),
};

/// A function by its names at one element, 256 and 512 bits.
pub struct Function {
    names: [&'static str; 3],
    routine: OnceLock<Routine>,
}

impl Function {
    pub const fn new(names: [&'static str; 3]) -> Function {
        Function {
            names,
            routine: OnceLock::new(),
        }
    }

    pub fn get(&self) -> Routine {
        *self.routine.get_or_init(|| self.at(Width::Avx512))
    }

    /// The function at no more than `most`.
    pub fn at(&self, most: Width) -> Routine {
        let Some(library) = library() else { return ABSENT };
        let symbol = |name: &str| -> Option<*const c_void> {
            // SAFETY: only the address is taken.
            let symbol = unsafe { library.get::<*const c_void>(name.as_bytes()) }.ok()?;
            Some(*symbol)
        };
        let Some(one) = symbol(self.names[0]) else {
            return ABSENT;
        };
        let widths = [(Width::Avx512, 2), (Width::Avx2, 1)];
        for (width, at) in widths {
            if width <= most.min(processor())
                && let Some(vector) = symbol(self.names[at])
            {
                return Routine { width, vector, one };
            }
        }
        match processor() {
            // The scalar functions have the bits of the vector ones only with FMA.
            Width::None => ABSENT,
            _ => Routine {
                width: Width::One,
                vector: std::ptr::null(),
                one,
            },
        }
    }
}

fn processor() -> Width {
    #[cfg(target_arch = "x86_64")]
    {
        let fma = std::is_x86_feature_detected!("fma");
        if fma && std::is_x86_feature_detected!("avx512f") && std::is_x86_feature_detected!("avx512dq") {
            return Width::Avx512;
        }
        if fma && std::is_x86_feature_detected!("avx2") {
            return Width::Avx2;
        }
    }
    Width::None
}

fn library() -> Option<&'static Library> {
    static LIBRARY: OnceLock<Option<Library>> = OnceLock::new();
    LIBRARY
        .get_or_init(|| {
            let name = "libsleef.so.3";
            // SAFETY: a mathematical library without initializers.
            let system = unsafe { Library::new(name) };
            // SAFETY: as above.
            system
                .or_else(|_| unsafe { Library::new(crate::provider::directory().join(name)) })
                .ok()
        })
        .as_ref()
}
