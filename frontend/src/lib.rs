//! lnp-frontend
