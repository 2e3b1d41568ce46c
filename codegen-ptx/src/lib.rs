//! lnp-codegen-ptx
