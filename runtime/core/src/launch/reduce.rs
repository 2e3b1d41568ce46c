//! Reductions of a kernel's values over axes of its domain.
