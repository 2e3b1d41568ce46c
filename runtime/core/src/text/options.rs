//! NumPy's print options: what `numpy.set_printoptions` has set.
//!
//! Only the options that change how numbers are laid out are here; a program that sets another
//! one runs in CPython. CPython learns them before it runs anything (`python::attempt`).

use crate::error::guard;
use crate::host::HostCell;

/// The options in force.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The most digits behind the point.
    pub precision: usize,
    /// An array of more elements than this prints its edges only.
    pub threshold: usize,
    /// Elements shown at each edge of a dimension.
    pub edge_items: usize,
    pub line_width: usize,
    /// Whether small numbers do not lead to exponents.
    pub suppress: bool,
}

const DEFAULT: Options = Options {
    precision: 8,
    threshold: 1000,
    edge_items: 3,
    line_width: 75,
    suppress: false,
};

struct State {
    options: Options,
    /// Whether CPython has yet to be told.
    news: bool,
    /// Whether CPython was told anything.
    told: bool,
}

static STATE: HostCell<State> = HostCell::new(State {
    options: DEFAULT,
    news: false,
    told: false,
});

/// The options in force.
pub fn options() -> Options {
    STATE.get().options
}

/// Goes back to the options that a program starts with.
pub fn reset() {
    let state = STATE.get();
    state.news |= state.told;
    state.options = DEFAULT;
}

/// The program that tells NumPy the options, where they changed since the last call.
pub fn news() -> Option<String> {
    let state = STATE.get();
    let o = state.options;
    std::mem::take(&mut state.news).then(|| {
        state.told = true;
        let suppress = if o.suppress { "True" } else { "False" };
        format!(
            "import numpy\nnumpy.set_printoptions(precision={}, threshold={}, edgeitems={}, linewidth={}, suppress={suppress})\n",
            o.precision, o.threshold, o.edge_items, o.line_width
        )
    })
}

/// `numpy.set_printoptions`; a negative number leaves its option as it is.
#[unsafe(no_mangle)]
pub extern "C" fn lnp_set_print_options(
    precision: i64,
    threshold: i64,
    edge_items: i64,
    line_width: i64,
    suppress: i64,
) {
    guard(|| {
        let state = STATE.get();
        let o = &mut state.options;
        for (option, value) in [
            (&mut o.precision, precision),
            (&mut o.threshold, threshold),
            (&mut o.edge_items, edge_items),
            (&mut o.line_width, line_width),
        ] {
            if let Ok(value) = usize::try_from(value) {
                *option = value;
            }
        }
        if suppress >= 0 {
            o.suppress = suppress != 0;
        }
        state.news = true;
        Ok(())
    })
}
