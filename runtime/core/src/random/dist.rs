//! The distributions of `Generator`, their parameters and what NumPy refuses.
//!
//! An enum value names a distribution with scalar parameters; `check` gives NumPy's own
//! `ValueError` text, `draw` one sample.

use super::pcg64::Pcg64;
use super::sys::{self, BinomialCache};
use crate::text::TextError;

/// Distributions over the reals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Continuous {
    Uniform { low: f64, high: f64 },
    StandardNormal,
    Normal { loc: f64, scale: f64 },
    StandardExponential,
    Exponential { scale: f64 },
    StandardGamma { shape: f64 },
    Gamma { shape: f64, scale: f64 },
    Beta { a: f64, b: f64 },
    Chisquare { df: f64 },
    F { dfnum: f64, dfden: f64 },
    StandardCauchy,
    Pareto { a: f64 },
    Weibull { a: f64 },
    Power { a: f64 },
    Laplace { loc: f64, scale: f64 },
    Gumbel { loc: f64, scale: f64 },
    Logistic { loc: f64, scale: f64 },
    Lognormal { mean: f64, sigma: f64 },
    Rayleigh { scale: f64 },
    StandardT { df: f64 },
    Wald { mean: f64, scale: f64 },
    Vonmises { mu: f64, kappa: f64 },
    Triangular { left: f64, mode: f64, right: f64 },
}

/// Distributions over the integers, drawn as `int64`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Discrete {
    Poisson { lam: f64 },
    Binomial { n: i64, p: f64 },
    Geometric { p: f64 },
}

impl Continuous {
    /// NumPy's objection to the parameters, if any.
    pub fn check(self) -> Result<(), TextError> {
        use Continuous as C;
        match self {
            C::Uniform { low, high } => {
                let range = high - low;
                if !range.is_finite() {
                    return Err(TextError::overflow("high - low range exceeds valid bounds"));
                }
                non_negative("high - low", range)
            }
            C::StandardNormal | C::StandardExponential | C::StandardCauchy => Ok(()),
            C::Normal { scale, .. }
            | C::Exponential { scale }
            | C::Laplace { scale, .. }
            | C::Gumbel { scale, .. }
            | C::Logistic { scale, .. }
            | C::Rayleigh { scale } => non_negative("scale", scale),
            C::StandardGamma { shape } => non_negative("shape", shape),
            C::Gamma { shape, scale } => non_negative("shape", shape).and(non_negative("scale", scale)),
            C::Beta { a, b } => positive("a", a).and(positive("b", b)),
            C::Chisquare { df } | C::StandardT { df } => positive("df", df),
            C::F { dfnum, dfden } => positive("dfnum", dfnum).and(positive("dfden", dfden)),
            C::Pareto { a } | C::Power { a } => positive("a", a),
            C::Weibull { a } => non_negative("a", a),
            C::Lognormal { sigma, .. } => non_negative("sigma", sigma),
            C::Wald { mean, scale } => positive("mean", mean).and(positive("scale", scale)),
            C::Vonmises { kappa, .. } => non_negative("kappa", kappa),
            C::Triangular { left, mode, right } => {
                let refused = match () {
                    () if left > mode => "left > mode",
                    () if mode > right => "mode > right",
                    () if left == right => "left == right",
                    () => return Ok(()),
                };
                Err(TextError::value(refused))
            }
        }
    }

    /// One sample; the parameters have been checked.
    pub fn draw(self, bits: &mut Pcg64) -> f64 {
        use Continuous as C;
        match self {
            C::Uniform { low, high } => sys::uniform(bits, low, high - low),
            C::StandardNormal => sys::standard_normal(bits),
            C::Normal { loc, scale } => sys::normal(bits, loc, scale),
            C::StandardExponential => sys::standard_exponential(bits),
            C::Exponential { scale } => sys::exponential(bits, scale),
            C::StandardGamma { shape } => sys::standard_gamma(bits, shape),
            C::Gamma { shape, scale } => sys::gamma(bits, shape, scale),
            C::Beta { a, b } => sys::beta(bits, a, b),
            C::Chisquare { df } => sys::chisquare(bits, df),
            C::F { dfnum, dfden } => sys::f(bits, dfnum, dfden),
            C::StandardCauchy => sys::standard_cauchy(bits),
            C::Pareto { a } => sys::pareto(bits, a),
            C::Weibull { a } => sys::weibull(bits, a),
            C::Power { a } => sys::power(bits, a),
            C::Laplace { loc, scale } => sys::laplace(bits, loc, scale),
            C::Gumbel { loc, scale } => sys::gumbel(bits, loc, scale),
            C::Logistic { loc, scale } => sys::logistic(bits, loc, scale),
            C::Lognormal { mean, sigma } => sys::lognormal(bits, mean, sigma),
            C::Rayleigh { scale } => sys::rayleigh(bits, scale),
            C::StandardT { df } => sys::standard_t(bits, df),
            C::Wald { mean, scale } => sys::wald(bits, mean, scale),
            C::Vonmises { mu, kappa } => sys::vonmises(bits, mu, kappa),
            C::Triangular { left, mode, right } => sys::triangular(bits, left, mode, right),
        }
    }
}

impl Discrete {
    /// NumPy's objection to the parameters, if any.
    pub fn check(self) -> Result<(), TextError> {
        match self {
            Discrete::Poisson { lam } => {
                // The largest 64-bit integer less ten of its square roots, as NumPy computes it.
                let max = i64::MAX as f64 - (i64::MAX as f64).sqrt() * 10.0;
                match () {
                    () if lam.is_nan() || lam < 0.0 => Err(TextError::value("lam < 0 or lam is NaN")),
                    () if lam > max => Err(TextError::value("lam value too large")),
                    () => Ok(()),
                }
            }
            Discrete::Binomial { n, p } => {
                if !(0.0..=1.0).contains(&p) {
                    return Err(TextError::value("p < 0, p > 1 or p is NaN"));
                }
                if n < 0 { Err(TextError::value("n < 0")) } else { Ok(()) }
            }
            Discrete::Geometric { p } => {
                let inside = p > 0.0 && p <= 1.0;
                if inside {
                    Ok(())
                } else {
                    Err(TextError::value("p <= 0, p > 1 or p contains NaNs"))
                }
            }
        }
    }

    /// One sample; the parameters have been checked.
    pub(super) fn draw(self, bits: &mut Pcg64, cache: &mut BinomialCache) -> i64 {
        match self {
            Discrete::Poisson { lam } => sys::poisson(bits, lam),
            Discrete::Binomial { n, p } => sys::binomial(bits, p, n, cache),
            Discrete::Geometric { p } => sys::geometric(bits, p),
        }
    }
}

fn non_negative(name: &str, x: f64) -> Result<(), TextError> {
    if !x.is_nan() && x.is_sign_negative() {
        Err(TextError::value(format!("{name} < 0")))
    } else {
        Ok(())
    }
}

fn positive(name: &str, x: f64) -> Result<(), TextError> {
    if x <= 0.0 {
        Err(TextError::value(format!("{name} <= 0")))
    } else {
        Ok(())
    }
}
