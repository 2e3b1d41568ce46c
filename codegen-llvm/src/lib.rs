//! lnp-codegen-llvm
