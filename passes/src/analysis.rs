//! What the passes know about a module: effects, aliases, symbolic shapes.
//!
//! An analysis is a snapshot; a pass that edits a function asks anew.

pub(crate) mod alias;
pub(crate) mod cost;
pub(crate) mod effects;
pub(crate) mod extent;
pub(crate) mod facts;
pub(crate) mod shapes;
