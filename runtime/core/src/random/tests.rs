//! Streams against NumPy's: hashes of what NumPy 2.4.6 drew for the same calls.

use super::{Continuous as C, Discrete, Generator, Pcg64, SeedSequence, default_rng};

/// FNV-1a.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, &b| {
        (h ^ b as u64).wrapping_mul(0x100_0000_01b3)
    })
}

fn bytes_of<T: Copy, const N: usize>(values: &[T], to_bytes: impl Fn(T) -> [u8; N]) -> Vec<u8> {
    values.iter().flat_map(|&x| to_bytes(x)).collect()
}

fn reals(n: usize, fill: impl FnOnce(&mut [f64])) -> Vec<u8> {
    let mut out = vec![0.0; n];
    fill(&mut out);
    bytes_of(&out, f64::to_ne_bytes)
}

fn singles(n: usize, fill: impl FnOnce(&mut [f32])) -> Vec<u8> {
    let mut out = vec![0.0; n];
    fill(&mut out);
    bytes_of(&out, f32::to_ne_bytes)
}

fn ints(n: usize, fill: impl FnOnce(&mut [i64])) -> Vec<u8> {
    let mut out = vec![0; n];
    fill(&mut out);
    bytes_of(&out, i64::to_ne_bytes)
}

fn ints32(n: usize, fill: impl FnOnce(&mut [i32])) -> Vec<u8> {
    let mut out = vec![0; n];
    fill(&mut out);
    bytes_of(&out, i32::to_ne_bytes)
}

fn cont(g: &mut Generator, n: usize, dist: C) -> Vec<u8> {
    reals(n, |out| g.continuous(dist, out).unwrap())
}

fn disc(g: &mut Generator, n: usize, dist: Discrete) -> Vec<u8> {
    ints(n, |out| g.discrete(dist, out).unwrap())
}

/// The same calls as NumPy made, in order, each giving its array's bytes.
fn steps(g: &mut Generator) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    all.push(reals(5, |out| g.random(out)));
    all.push(singles(3, |out| g.random_f32(out)));
    all.push(reals(100, |out| g.standard_normal(out)));
    all.push(singles(7, |out| g.standard_normal_f32(out)));
    all.push(ints(9, |out| g.integers(0, 10, false, out).unwrap()));
    all.push(reals(2, |out| g.random(out)));
    all.push(ints(9, |out| g.integers(-5, 1 << 40, true, out).unwrap()));
    all.push(ints(5, |out| g.integers(0, 1 << 32, false, out).unwrap()));
    all.push(ints(5, |out| g.integers(i64::MIN, i64::MAX, true, out).unwrap()));
    all.push(ints32(300, |out| g.integers_i32(-7, 100, false, out).unwrap()));
    let mut flags = vec![false; 77];
    g.integers_bool(0, 2, false, &mut flags).unwrap();
    all.push(bytes_of(&flags, |x| [x as u8]));
    all.push(ints(5, |out| g.integers(0, 1, false, out).unwrap()));
    all.push(reals(50, |out| g.standard_exponential(out)));
    all.push(singles(5, |out| g.standard_exponential_f32(out)));
    for (n, dist) in [
        (20, C::Normal { loc: 1.5, scale: 2.5 }),
        (20, C::Uniform { low: -3.0, high: 7.0 }),
        (20, C::Exponential { scale: 2.5 }),
        (20, C::StandardGamma { shape: 0.5 }),
        (20, C::Gamma { shape: 3.0, scale: 2.0 }),
        (20, C::Beta { a: 0.5, b: 0.7 }),
        (5, C::Beta { a: 2.0, b: 3.0 }),
        (5, C::Chisquare { df: 3.0 }),
        (5, C::F { dfnum: 3.0, dfden: 4.0 }),
        (5, C::StandardCauchy),
        (5, C::Pareto { a: 3.0 }),
        (5, C::Weibull { a: 2.0 }),
        (5, C::Power { a: 2.0 }),
        (5, C::Laplace { loc: 1.0, scale: 2.0 }),
        (5, C::Gumbel { loc: 1.0, scale: 2.0 }),
        (5, C::Logistic { loc: 1.0, scale: 2.0 }),
        (5, C::Lognormal { mean: 0.5, sigma: 0.25 }),
        (5, C::Rayleigh { scale: 2.0 }),
        (5, C::StandardT { df: 4.0 }),
        (5, C::Wald { mean: 1.0, scale: 2.0 }),
        (5, C::Vonmises { mu: 1.0, kappa: 2.0 }),
        (
            5,
            C::Triangular {
                left: -1.0,
                mode: 0.5,
                right: 2.0,
            },
        ),
    ] {
        all.push(cont(g, n, dist));
    }
    for (n, dist) in [
        (30, Discrete::Poisson { lam: 3.0 }),
        (30, Discrete::Poisson { lam: 50.0 }),
        (20, Discrete::Binomial { n: 10, p: 0.3 }),
        (20, Discrete::Binomial { n: 1000, p: 0.6 }),
        (9, Discrete::Geometric { p: 0.1 }),
    ] {
        all.push(disc(g, n, dist));
    }
    all.push(ints(50, |out| g.permutation(out)));
    all.push(ints(1, |out| g.permutation(out)));
    all.push(ints32(3, |out| g.integers_i32(0, 3, false, out).unwrap()));
    for (n, population, replace, shuffle) in [
        (9, 20, true, true),
        (9, 20, false, true),
        (20, 20, false, false),
        (300, 10001, false, true),
        (50, 20000, false, true),
        (600, 10001, false, false),
    ] {
        all.push(ints(n, |out| g.choice(population, replace, shuffle, out).unwrap()));
    }
    all.push(ints(30, |out| g.choice_weighted(&[0.1, 0.2, 0.3, 0.4], out).unwrap()));
    all.push(ints(40, |out| g.permutation(out)));
    let mut rows: Vec<i64> = (0..30).collect();
    g.shuffle(30, |i, j| rows.swap(i, j));
    let mut list: Vec<i64> = (0..25).collect();
    g.shuffle(25, |i, j| list.swap(i, j));
    rows.extend(list);
    all.push(bytes_of(&rows, i64::to_ne_bytes));
    all.push(singles(2, |out| g.random_f32(out)));
    all.push(reals(1, |out| g.random(out)));
    all
}

#[test]
fn every_method_gives_numpys_numbers() {
    const STEPS: [u64; 55] = [
        0x07874ceddc6c2e37,
        0x5e0f4127a0f8052b,
        0x841aca27e6ab52a8,
        0x70edff2fe15ec63c,
        0xf793179db84e94c4,
        0x0d9f900ece0e5c73,
        0x5ab547fb0816fb50,
        0xf64ceed3db521dcf,
        0x236896251a1fa73a,
        0x64828afb4dbf9a6d,
        0xce740a3208d4f7c6,
        0x40d69e0cf0f65c45,
        0xefb3d28fee25084c,
        0x2ce29f9c2be83e1a,
        0xfee1be7a43e43394,
        0x80c634e25e3e9912,
        0x21baee5219e062f1,
        0x1ac9e182c982c89f,
        0xd1f5657e66b0485e,
        0xbb5fbd50d4acc94e,
        0x54226be61b7cfc22,
        0x81fb51c279c46ac9,
        0x412b480c41ac6ed6,
        0x7de4fa8888bba388,
        0xdc52a5e1b3cb881f,
        0xda17efba356d7f7b,
        0x6cf0ed1de05ffb48,
        0x18623fbdf0fe41ef,
        0x296839c8f0c94108,
        0x9e7f9753f560be0f,
        0x4e5b72397a132b41,
        0xffcb78cd84ff7f4a,
        0xd4a44daa15314f3e,
        0x7ff54b68127251ae,
        0x0f4fbdf8f15a89e8,
        0xd748ccdd9c4d3343,
        0xe7f4cd67ad4b9a01,
        0x6092a80b6f73b7e8,
        0x6974fcfcdae8f226,
        0xddaa5fa0dae3dac8,
        0x70b007cf074d5fc0,
        0xdd90153d17ca5e44,
        0xa8c7f832281a39c5,
        0xf26292e3dcb93c46,
        0x569f8ebc1d676568,
        0xe0cb023f2cec88de,
        0x023af134995011a5,
        0x555bab5e4c360833,
        0xa50fb9dd9611d6dc,
        0xe21ab06ae9a873b1,
        0x8afdb17df736c867,
        0xc7c3f230e99af1a5,
        0x98b67aef35debc9c,
        0x34aeb497c33365c1,
        0x9b3e8c4d662ddf6f,
    ];
    let drawn = steps(&mut default_rng(42));
    assert_eq!(drawn.len(), STEPS.len());
    for (i, (bytes, expected)) in drawn.iter().zip(STEPS).enumerate() {
        assert_eq!(hash(bytes), expected, "step {i}");
    }
}

#[test]
fn mixed_streams_of_many_seeds() {
    const STREAMS: [(u128, u64); 15] = [
        (0, 0xd0d153ba5cff8a89),
        (1, 0xcd57e5dc60233316),
        (2, 0xb93efd4454eacee7),
        (3, 0xc60795b9c8fd2ed2),
        (7, 0xb1ecfccee0a87658),
        (12345, 0x8aef3297a791d9e7),
        (2147483648, 0x35fd4bbd714cec26),
        (4294967295, 0x71799423975adb2b),
        (4294967296, 0x51add53bfbaaca0f),
        (9223372036854775807, 0x6bcf737bd27e5dee),
        (18446744073709551615, 0xd4cc58b70fce2665),
        (18446744073709551616, 0xb08781063c39e666),
        (1267650600228229401496703205393, 0x4eafe23fb8038589),
        (340282366920938463463374607431768211455, 0xcb1a8cd861ff940c),
        (987654321, 0xc3efabc9a363109a),
    ];
    for (seed, expected) in STREAMS {
        let bytes = steps(&mut default_rng(seed)).concat();
        assert_eq!(hash(&bytes), expected, "seed {seed}");
    }
}

#[test]
fn a_list_of_integers_seeds() {
    let seed = SeedSequence::from_ints(&[1, 1 << 40, 3, 4, 5, 6]);
    let mut g = Generator::over(Pcg64::new(&seed));
    assert_eq!(hash(&reals(10, |out| g.random(out))), 0x3239269d7067be63);
}

#[test]
fn numpys_objections() {
    let mut g = default_rng(0);
    let mut out = [0i64; 4];
    let text = |r: Result<(), crate::text::TextError>| r.unwrap_err().message;
    assert_eq!(text(g.integers(5, 5, false, &mut out)), "low >= high");
    assert_eq!(text(g.integers(5, 4, true, &mut out)), "low > high");
    assert_eq!(
        text(g.integers_i32(0, (1 << 31) + 1, false, &mut [0])),
        "high is out of bounds for int32"
    );
    assert_eq!(
        text(g.integers_bool(-1, 2, false, &mut [false])),
        "low is out of bounds for bool"
    );
    assert_eq!(text(C::Normal { loc: 0.0, scale: -0.0 }.check()), "scale < 0");
    assert_eq!(text(C::Beta { a: 0.0, b: 1.0 }.check()), "a <= 0");
    assert_eq!(text(C::Uniform { low: 1.0, high: 0.0 }.check()), "high - low < 0");
    assert_eq!(text(Discrete::Poisson { lam: 1e20 }.check()), "lam value too large");
    assert_eq!(text(Discrete::Binomial { n: -1, p: 0.5 }.check()), "n < 0");
    assert_eq!(
        text(g.choice(3, false, true, &mut out)),
        "Cannot take a larger sample than population when replace is False"
    );
}
