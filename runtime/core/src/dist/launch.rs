//! Launches over blocked operands.

use crate::array::layout::Dims;
use crate::array::{Array, OwnedArray};
use crate::error::Raise;
use crate::launch::nest::Call;

pub fn fresh(
    _call: Call,
    _inputs: &[&Array],
    _domain: &Dims,
    _order: &[u8],
    _emit: &mut dyn FnMut(OwnedArray),
) -> Result<bool, Raise> {
    Ok(false)
}

pub fn into(_call: Call, _inputs: &[&Array], _dst: &Array) -> Result<bool, Raise> {
    Ok(false)
}
