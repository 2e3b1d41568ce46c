//! The python provider's table.
