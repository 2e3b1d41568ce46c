//! (to be written by the objects helper) Objects of the embedded CPython.

use crate::Raise;
use lnp_abi::RefHeader;

pub unsafe fn free(_object: *mut RefHeader) {}
pub fn equal<T>(_a: *mut T, _b: *mut T) -> Result<bool, Raise> { Ok(false) }
pub fn str<T>(_a: *mut T) -> Result<String, Raise> { Ok(String::new()) }
pub fn repr<T>(_a: *mut T) -> Result<String, Raise> { Ok(String::new()) }
pub fn format<T>(_a: *mut T, _s: &str) -> Result<String, Raise> { Ok(String::new()) }
