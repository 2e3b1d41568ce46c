//! Codes that entry points taking a "method" or "function" argument understand.
//!
//! One enum per family; a discriminant crosses the ABI as an `I64` immediate. `from_name` maps
//! Python's spelling to the code, so that the frontend's catalog needs no second list.

/// What a string method gives back, hence which entry runs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StrResult {
    /// `lnp_str_method_str`
    Str,
    /// `lnp_str_method_i64`
    Int,
    /// `lnp_str_method_i64`: 0 or 1
    Bool,
    /// `lnp_str_method_list`: a list of `s`; `partition` too (three elements, in Python a tuple)
    List,
}

macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $code:literal $text:literal,)* }) => {
        $(#[$meta])*
        #[repr(i64)]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($variant = $code),* }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// Python's name of it.
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $text),* }
            }

            pub fn from_name(name: &str) -> Option<$name> {
                Self::ALL.iter().copied().find(|c| c.name() == name)
            }

            pub fn from_code(code: i64) -> Option<$name> {
                Self::ALL.iter().copied().find(|c| *c as i64 == code)
            }
        }
    };
}

codes! {
    /// Methods of `str`, and the builtins `chr` and `ord`.
    ///
    /// Arguments: the string, a `Slots` of string arguments, one integer.
    ///
    /// | methods | string arguments | integer |
    /// |---|---|---|
    /// | `strip` `lstrip` `rstrip` | none, or the characters | - |
    /// | `replace` | old, new | count, -1: all |
    /// | `ljust` `rjust` `center` | none, or the fill character | width |
    /// | `zfill`, `expandtabs` | - | width, tab size (Python's default is 8) |
    /// | `removeprefix` `removesuffix` | the affix | - |
    /// | `startswith` `endswith` | the affixes of which any may match (a tuple in Python) | - |
    /// | `find` `rfind` `index` `rindex` `count` | the text looked for | - |
    /// | `split` `rsplit` | none, or the separator | maxsplit, -1: no limit |
    /// | `splitlines` | - | keepends |
    /// | `partition` `rpartition` | the separator | - |
    /// | `chr` | - (the string is ignored) | the code point |
    /// | `ord`, and all others | - | - |
    StrMethod {
        Upper = 0 "upper",
        Lower = 1 "lower",
        Title = 2 "title",
        Capitalize = 3 "capitalize",
        Swapcase = 4 "swapcase",
        Casefold = 5 "casefold",
        Strip = 6 "strip",
        Lstrip = 7 "lstrip",
        Rstrip = 8 "rstrip",
        Replace = 9 "replace",
        Ljust = 10 "ljust",
        Rjust = 11 "rjust",
        Center = 12 "center",
        Zfill = 13 "zfill",
        Expandtabs = 14 "expandtabs",
        Removeprefix = 15 "removeprefix",
        Removesuffix = 16 "removesuffix",
        Chr = 17 "chr",
        Startswith = 20 "startswith",
        Endswith = 21 "endswith",
        Find = 22 "find",
        Rfind = 23 "rfind",
        Index = 24 "index",
        Rindex = 25 "rindex",
        Count = 26 "count",
        Isdigit = 27 "isdigit",
        Isdecimal = 28 "isdecimal",
        Isnumeric = 29 "isnumeric",
        Isalpha = 30 "isalpha",
        Isalnum = 31 "isalnum",
        Isspace = 32 "isspace",
        Isupper = 33 "isupper",
        Islower = 34 "islower",
        Istitle = 35 "istitle",
        Isascii = 36 "isascii",
        Isidentifier = 37 "isidentifier",
        Isprintable = 38 "isprintable",
        Ord = 39 "ord",
        Split = 50 "split",
        Rsplit = 51 "rsplit",
        Splitlines = 52 "splitlines",
        Partition = 53 "partition",
        Rpartition = 54 "rpartition",
    }
}

impl StrMethod {
    pub fn result(self) -> StrResult {
        use StrMethod::*;
        match self {
            Find | Rfind | Index | Rindex | Count | Ord => StrResult::Int,
            Split | Rsplit | Splitlines | Partition | Rpartition => StrResult::List,
            _ if (self as i64) < Startswith as i64 => StrResult::Str,
            _ => StrResult::Bool,
        }
    }

    /// Least and most string arguments.
    pub fn n_str_args(self) -> (usize, usize) {
        use StrMethod::*;
        match self {
            Strip | Lstrip | Rstrip | Ljust | Rjust | Center | Split | Rsplit => (0, 1),
            Replace => (2, 2),
            Removeprefix | Removesuffix | Find | Rfind | Index | Rindex | Count | Partition | Rpartition => (1, 1),
            Startswith | Endswith => (1, usize::MAX),
            _ => (0, 0),
        }
    }

    /// The integer argument where Python's call may leave it out; `None`: it must be given.
    /// Methods without one pass 0.
    pub fn default_int(self) -> Option<i64> {
        use StrMethod::*;
        match self {
            Ljust | Rjust | Center | Zfill | Chr => None,
            Replace | Split | Rsplit => Some(-1),
            Expandtabs => Some(8),
            _ => Some(0),
        }
    }

    pub fn takes_int(self) -> bool {
        use StrMethod::*;
        matches!(
            self,
            Replace | Ljust | Rjust | Center | Zfill | Expandtabs | Split | Rsplit | Splitlines | Chr
        )
    }
}

codes! {
    /// Functions of `math` over floats: codes below 100 take one argument (`lnp_math1`), the
    /// others two (`lnp_math2`). Integers are converted by the caller.
    ///
    /// `floor`, `ceil`, `trunc` give a whole float, which `lnp_int_from_float` turns into the
    /// int that Python returns (its errors for inf and nan are theirs). `modf` and `frexp`
    /// return pairs, so each half has a code; the exponent comes as a float. `ldexp` takes its
    /// exponent as a float. `isclose` (default tolerances) gives 0.0 or 1.0.
    MathFn {
        Acos = 0 "acos",
        Acosh = 1 "acosh",
        Asin = 2 "asin",
        Asinh = 3 "asinh",
        Atan = 4 "atan",
        Atanh = 5 "atanh",
        Cbrt = 6 "cbrt",
        Ceil = 7 "ceil",
        Cos = 8 "cos",
        Cosh = 9 "cosh",
        Degrees = 10 "degrees",
        Erf = 11 "erf",
        Erfc = 12 "erfc",
        Exp = 13 "exp",
        Exp2 = 14 "exp2",
        Expm1 = 15 "expm1",
        Fabs = 16 "fabs",
        Floor = 17 "floor",
        Gamma = 18 "gamma",
        Lgamma = 19 "lgamma",
        Log = 20 "log",
        Log10 = 21 "log10",
        Log1p = 22 "log1p",
        Log2 = 23 "log2",
        Radians = 24 "radians",
        Sin = 25 "sin",
        Sinh = 26 "sinh",
        Sqrt = 27 "sqrt",
        Tan = 28 "tan",
        Tanh = 29 "tanh",
        Trunc = 30 "trunc",
        Ulp = 31 "ulp",
        ModfFraction = 32 "modf[0]",
        ModfWhole = 33 "modf[1]",
        FrexpMantissa = 34 "frexp[0]",
        FrexpExponent = 35 "frexp[1]",
        Atan2 = 100 "atan2",
        Copysign = 101 "copysign",
        Fmod = 102 "fmod",
        Hypot = 103 "hypot",
        IsClose = 104 "isclose",
        Ldexp = 105 "ldexp",
        LogBase = 106 "log(x, base)",
        Nextafter = 107 "nextafter",
        Pow = 108 "pow",
        Remainder = 109 "remainder",
    }
}

impl MathFn {
    pub fn arity(self) -> usize {
        if (self as i64) < 100 { 1 } else { 2 }
    }
}

codes! {
    /// Functions of `math` over ints (`lnp_math_int`); the second argument is 0 where there
    /// is none. `perm(n)` is `factorial(n)`.
    MathInt {
        Factorial = 0 "factorial",
        Gcd = 1 "gcd",
        Lcm = 2 "lcm",
        Comb = 3 "comb",
        Perm = 4 "perm",
        Isqrt = 5 "isqrt",
    }
}

impl MathInt {
    pub fn arity(self) -> usize {
        match self {
            MathInt::Factorial | MathInt::Isqrt => 1,
            _ => 2,
        }
    }
}

/// The text of the `OverflowError` for an `int` that leaves 64 bits.
pub const INT_OVERFLOW: &str = "integer overflow: the result does not fit in 64 bits";
