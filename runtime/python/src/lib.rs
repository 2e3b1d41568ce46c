//! lnp-runtime-python
