//! Mathematical functions over strips, and their scalar twins.
//!
//! Kernels call `lnp_v_<op>_<dtype>(n, out, a[, b])` on `n` contiguous elements (`out` may be
//! an operand itself), the host program `lnp_s_<op>_<dtype>(a[, b])`. Both give the same bits
//! for the same argument, at every `n`, alignment and vector width. Nothing here touches the
//! host thread's state: workers call strips too.
//!
//! Which library computes what follows from the share of results that differ from NumPy 2.4's
//! (AVX-512) and from speed. The C library: `sin cos hypot` of float64, which then have NumPy's
//! bits and speed, and the complex functions, which have its bits. SLEEF: everything else, by
//! its `finz` functions, whose bits are the same at every width (of `log log2 tan atan`,
//! 0.4 to 1.3 % of the last bits differ where the C library would differ in less, at a third to
//! a fifth of the speed). Without SLEEF or FMA, the C library for all.

mod complex;
mod integer;
mod modulo;
mod pack;
mod real;
mod sleef;
mod sys;
mod wide;
