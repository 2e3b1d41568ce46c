//! The python provider: an embedded CPython for what lnpc does not compile.
//!
//! The runtime opens this library at the first fallback and talks to it through
//! `lnp_abi::provider::python::PythonTable`. All units of a program share the namespace of
//! `__main__`, so that what one defines the next one sees, as in `python app.py`. What is
//! easier said in Python is in `support.py` and, once an array crosses, `arrays.py`.

mod arrays;
mod convert;
mod fault;
mod interpreter;
mod unit;

use lnp_abi::provider::PROVIDER_VERSION;
use lnp_abi::provider::python::PythonTable;

static TABLE: PythonTable = PythonTable {
    version: PROVIDER_VERSION,
    start: interpreter::start,
    stop: interpreter::stop,
    fault: fault::take,
    run: unit::run,
    incref: interpreter::incref,
    decref: interpreter::decref,
    none: convert::none,
    from_i64: convert::from_i64,
    from_bool: convert::from_bool,
    from_f64: convert::from_f64,
    from_c128: convert::from_c128,
    from_str: convert::from_str,
    from_numpy: arrays::from_numpy,
    from_array: arrays::from_array,
    from_items: convert::from_items,
    from_rng: arrays::from_rng,
    to_i64: convert::to_i64,
    to_f64: convert::to_f64,
    to_bool: convert::to_bool,
    to_c128: convert::to_c128,
    to_text: convert::to_text,
    format: convert::format,
    equal: convert::equal,
    to_array: arrays::to_array,
    to_numpy: arrays::to_numpy,
    to_rng: arrays::to_rng,
    set_rng: arrays::set_rng,
    is_shared: convert::is_shared,
    n_items: convert::n_items,
    refill: convert::refill,
    items_of: convert::items_of,
    first_change: convert::first_change,
    item: convert::item,
    kind: convert::kind,
};

/// The one exported symbol.
#[unsafe(no_mangle)]
pub extern "C" fn lnp_provider() -> *const PythonTable {
    &TABLE
}
