//! x

pub(crate) mod edit;
