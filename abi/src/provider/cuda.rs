//! The cuda provider's table.
