//! Providers: shared libraries that the runtime opens the first time it needs them.

use crate::objects::process;
use libloading::os::unix::{Library, RTLD_LAZY, RTLD_LOCAL, Symbol};
use lnp_abi::provider::PROVIDER_VERSION;
use std::ffi::CStr;
use std::path::PathBuf;

/// Where providers lie: `LNP_LIB_DIR`, else beside the runtime that was linked.
pub fn directory() -> PathBuf {
    if let Some(dir) = std::env::var_os("LNP_LIB_DIR") {
        return dir.into();
    }
    let Some(program) = process::program() else {
        return PathBuf::new();
    };
    if program.lib_dir.is_null() {
        return PathBuf::new();
    }
    // SAFETY: codegen emits a NUL-terminated path.
    let dir = unsafe { CStr::from_ptr(program.lib_dir.cast()) };
    PathBuf::from(dir.to_string_lossy().into_owned())
}

/// Opens `lib<name>.so` and returns its table, whose first field is the version. The library
/// stays open.
///
/// # Safety
/// `T` is the table of that provider.
pub unsafe fn open<T>(name: &str) -> Result<&'static T, String> {
    // SAFETY: the caller's promise.
    unsafe { open_with(name, RTLD_LAZY | RTLD_LOCAL) }
}

/// As [`open`]; `flags` are `dlopen`'s.
///
/// # Safety
/// `T` is the table of that provider.
pub unsafe fn open_with<T>(name: &str, flags: i32) -> Result<&'static T, String> {
    let path = directory().join(format!(
        "{}{name}{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    ));
    // SAFETY: our own library, whose initializers do nothing unusual.
    let library = unsafe { Library::open(Some(&path), flags) }.map_err(|e| {
        let hint = match path.exists() {
            true => "",
            false => " (LNP_LIB_DIR names the folder of lnpc's libraries, if that was moved)",
        };
        format!("cannot open {}: {e}{hint}", path.display())
    })?;
    // SAFETY: every provider exports this function with this type.
    let entry: Symbol<unsafe extern "C" fn() -> *const T> =
        unsafe { library.get(b"lnp_provider\0") }.map_err(|e| format!("{} is no provider: {e}", path.display()))?;
    // SAFETY: as above.
    let table = unsafe { entry() };
    std::mem::forget(library);
    // SAFETY: a provider's table lives as long as the library and starts with its version.
    let version = unsafe { *table.cast::<u64>() };
    if version != PROVIDER_VERSION {
        return Err(format!(
            "{} has version {version}, the program wants {PROVIDER_VERSION}",
            path.display()
        ));
    }
    // SAFETY: a non-null static of the provider.
    Ok(unsafe { &*table })
}
