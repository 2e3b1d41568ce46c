//! Mathematical functions over strips, and their scalar twins.
//!
//! Kernels call `lnp_v_<op>_<dtype>(n, out, a[, b])` on `n` contiguous elements (`out` may be
//! an operand itself), the host program `lnp_s_<op>_<dtype>(a[, b])`. Both give the same bits
//! for the same argument, at every `n`, alignment and vector width. Nothing here touches the
//! host thread's state: workers call strips too.
//!
//! Which library computes what was chosen by the share of results that differ from
//! NumPy 2.4's (AVX-512): the C library for `sin cos tan atan log log2 hypot` of float64,
//! SLEEF elsewhere (its `finz` functions, whose bits are the same at every width), and the C
//! library for everything where SLEEF or FMA is missing.

mod complex;
mod integer;
mod modulo;
mod pack;
mod real;
mod sleef;
mod sys;
