//! NumPy's print options: what `numpy.set_printoptions` has set.
//!
//! Only the options that change how numbers are laid out are here. CPython learns of them before
//! it runs anything; where it sets others itself, NumPy prints arrays (see `python`).

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

/// All options as a program starts with them, for CPython.
pub const RESET: &str = "import numpy\n\
    numpy.set_printoptions(precision=8, threshold=1000, edgeitems=3, linewidth=75, suppress=False, nanstr='nan', \
    infstr='inf', formatter=None, sign='-', floatmode='maxprec', legacy=False, override_repr=None)\n";

struct State {
    options: Options,
    /// Calls that CPython has yet to make.
    news: String,
}

static STATE: HostCell<State> = HostCell::new(State {
    options: DEFAULT,
    news: String::new(),
});

/// The options in force.
pub fn options() -> Options {
    STATE.get().options
}

/// Goes back to the options that a program starts with; CPython has them already.
pub fn reset() {
    let state = STATE.get();
    state.news.clear();
    state.options = DEFAULT;
}

/// The program that tells NumPy what was set since the last call, if anything was.
pub fn news() -> Option<String> {
    let news = &mut STATE.get().news;
    (!news.is_empty()).then(|| format!("import numpy\n{}", std::mem::take(news)))
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
        let mut told = Vec::new();
        for (name, option, value) in [
            ("precision", &mut o.precision, precision),
            ("threshold", &mut o.threshold, threshold),
            ("edgeitems", &mut o.edge_items, edge_items),
            ("linewidth", &mut o.line_width, line_width),
        ] {
            if let Ok(value) = usize::try_from(value) {
                *option = value;
                told.push(format!("{name}={value}"));
            }
        }
        if suppress >= 0 {
            o.suppress = suppress != 0;
            told.push(format!("suppress={}", if o.suppress { "True" } else { "False" }));
        }
        state.news += &format!("numpy.set_printoptions({})\n", told.join(", "));
        Ok(())
    })
}
