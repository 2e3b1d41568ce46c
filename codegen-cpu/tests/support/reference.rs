//! Bodies evaluated one element at a time in plain Rust: what kernels must give.

use lnp_ir::{Body, DType, ScalarOp};

/// A scalar of any dtype.
#[derive(Clone, Copy, Debug)]
pub enum V {
    B(bool),
    I32(i32),
    I64(i64),
    F32(f32),
    F64(f64),
    C(f64, f64),
}

impl V {
    pub fn dtype(self) -> DType {
        match self {
            V::B(_) => DType::Bool,
            V::I32(_) => DType::I32,
            V::I64(_) => DType::I64,
            V::F32(_) => DType::F32,
            V::F64(_) => DType::F64,
            V::C(..) => DType::C128,
        }
    }

    pub fn bytes(self) -> Vec<u8> {
        match self {
            V::B(v) => vec![u8::from(v)],
            V::I32(v) => v.to_le_bytes().to_vec(),
            V::I64(v) => v.to_le_bytes().to_vec(),
            V::F32(v) => v.to_le_bytes().to_vec(),
            V::F64(v) => v.to_le_bytes().to_vec(),
            V::C(re, im) => [re.to_le_bytes(), im.to_le_bytes()].concat(),
        }
    }

    pub fn from_bytes(dtype: DType, b: &[u8]) -> V {
        let f64_at = |i: usize| f64::from_le_bytes(b[i..i + 8].try_into().expect("8 bytes"));
        match dtype {
            DType::Bool => V::B(b[0] == 1),
            DType::I32 => V::I32(i32::from_le_bytes(b[..4].try_into().expect("4 bytes"))),
            DType::I64 => V::I64(i64::from_le_bytes(b[..8].try_into().expect("8 bytes"))),
            DType::F32 => V::F32(f32::from_le_bytes(b[..4].try_into().expect("4 bytes"))),
            DType::F64 => V::F64(f64_at(0)),
            DType::C128 => V::C(f64_at(0), f64_at(8)),
        }
    }

    /// The same bits, or both NaN.
    pub fn same(self, other: V) -> bool {
        let f = |a: f64, b: f64| a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan());
        match (self, other) {
            (V::F32(a), V::F32(b)) => a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan()),
            (V::F64(a), V::F64(b)) => f(a, b),
            (V::C(a, b), V::C(c, d)) => f(a, c) && f(b, d),
            (a, b) => a.bytes() == b.bytes(),
        }
    }
}

pub fn eval(body: &Body, params: &[V], fma: bool) -> Vec<V> {
    let mut values = params.to_vec();
    for inst in &body.insts {
        let args: Vec<V> = inst.args.iter().map(|a| values[a.0 as usize]).collect();
        values.push(op(inst.op, inst.dtype, &args, fma));
    }
    body.results.iter().map(|r| values[r.0 as usize]).collect()
}

fn op(op: ScalarOp, result: DType, args: &[V], fma: bool) -> V {
    use ScalarOp::*;
    match (op, args) {
        (ConstInt(v), _) => cast(V::I64(v), result),
        (ConstFloat(bits), _) if result == DType::F32 => V::F32(f32::from_bits(bits as u32)),
        (ConstFloat(bits), _) => V::F64(f64::from_bits(bits)),
        (ConstComplex(re, im), _) => V::C(f64::from_bits(re), f64::from_bits(im)),
        (Cast, [v]) => cast(*v, result),
        (Select, [V::B(c), a, b]) => {
            if *c {
                *a
            } else {
                *b
            }
        }
        (MakeComplex, [V::F64(re), V::F64(im)]) => V::C(*re, *im),
        (_, [V::B(a), rest @ ..]) => bools(op, *a, rest),
        (_, [V::I64(a), V::I64(b)]) => ints(op, *a, *b, 64),
        (_, [V::I64(a)]) => ints(op, *a, *a, 64),
        (_, [V::I32(a), V::I32(b)]) => narrow(ints(op, i64::from(*a), i64::from(*b), 32)),
        (_, [V::I32(a)]) => narrow(ints(op, i64::from(*a), i64::from(*a), 32)),
        (_, [V::F64(a), V::F64(b)]) => floats(op, *a, *b),
        (_, [V::F64(a)]) => floats(op, *a, *a),
        (_, [V::F32(a), V::F32(b)]) => floats32(op, *a, *b),
        (_, [V::F32(a)]) => floats32(op, *a, *a),
        (_, [V::C(a, b), V::C(c, d)]) => complexes(op, (*a, *b), (*c, *d), fma),
        (_, [V::C(a, b)]) => complexes(op, (*a, *b), (*a, *b), fma),
        _ => panic!("{op:?} of {args:?}"),
    }
}

fn narrow(v: V) -> V {
    match v {
        V::I64(v) => V::I32(v as i32),
        v => v,
    }
}

fn bools(op: ScalarOp, a: bool, rest: &[V]) -> V {
    use ScalarOp::*;
    let b = match rest {
        [V::B(b)] => *b,
        _ => a,
    };
    V::B(match op {
        Add | Or | Max => a | b,
        Mul | And | Min => a & b,
        Xor | Ne => a ^ b,
        Eq => a == b,
        Lt => !a & b,
        Le => !a | b,
        Gt => a & !b,
        Ge => a | !b,
        Not => !a,
        _ => panic!("{op:?} of bools"),
    })
}

fn ints(op: ScalarOp, a: i64, b: i64, width: u32) -> V {
    use ScalarOp::*;
    let floor = |a: i64, b: i64| {
        let q = a.wrapping_div(b);
        if a.wrapping_rem(b) != 0 && (a < 0) != (b < 0) {
            q - 1
        } else {
            q
        }
    };
    V::I64(match op {
        Add => a.wrapping_add(b),
        Sub => a.wrapping_sub(b),
        Mul => a.wrapping_mul(b),
        FloorDiv => {
            if b == 0 {
                0
            } else {
                floor(a, b)
            }
        }
        Mod => {
            if b == 0 {
                0
            } else {
                a.wrapping_sub(floor(a, b).wrapping_mul(b))
            }
        }
        Fmod => {
            if b == 0 {
                0
            } else {
                a.wrapping_rem(b)
            }
        }
        Pow => (0..b).fold(1i64, |r, _| r.wrapping_mul(a)),
        Min => a.min(b),
        Max => a.max(b),
        And => a & b,
        Or => a | b,
        Xor => a ^ b,
        Shl => {
            if (0..i64::from(width)).contains(&b) {
                a << b
            } else {
                0
            }
        }
        Shr => {
            if (0..i64::from(width)).contains(&b) {
                a >> b
            } else {
                a >> 63
            }
        }
        Neg => a.wrapping_neg(),
        Abs => a.wrapping_abs(),
        Sign => a.signum(),
        Not => !a,
        Lt => return V::B(a < b),
        Le => return V::B(a <= b),
        Gt => return V::B(a > b),
        Ge => return V::B(a >= b),
        Eq => return V::B(a == b),
        Ne => return V::B(a != b),
        Signbit => return V::B(a < 0),
        _ => panic!("{op:?} of ints"),
    })
}

macro_rules! floats {
    ($name:ident, $wrap:path, $ty:ident) => {
        fn $name(op: ScalarOp, a: $ty, b: $ty) -> V {
            use ScalarOp::*;
            $wrap(match op {
                Add => a + b,
                Sub => a - b,
                Mul => a * b,
                Div => a / b,
                Fmod => a % b,
                Mod => {
                    let r = a % b;
                    if b == 0.0 {
                        r
                    } else if r == 0.0 {
                        (0.0 as $ty).copysign(b)
                    } else if (b < 0.0) != (r < 0.0) {
                        r + b
                    } else {
                        r
                    }
                }
                Pow => a.powf(b),
                Exp => a.exp(),
                Sin => a.sin(),
                Min => {
                    if a < b || a.is_nan() {
                        a
                    } else {
                        b
                    }
                }
                Max => {
                    if a > b || a.is_nan() {
                        a
                    } else {
                        b
                    }
                }
                FMin => {
                    if a <= b || b.is_nan() {
                        a
                    } else {
                        b
                    }
                }
                FMax => {
                    if a >= b || b.is_nan() {
                        a
                    } else {
                        b
                    }
                }
                Copysign => a.copysign(b),
                Neg => -a,
                Abs => a.abs(),
                Sign => {
                    if a > 0.0 {
                        1.0
                    } else if a < 0.0 {
                        -1.0
                    } else if a.is_nan() {
                        a
                    } else {
                        0.0
                    }
                }
                Sqrt => a.sqrt(),
                Floor => a.floor(),
                Ceil => a.ceil(),
                Trunc => a.trunc(),
                Rint => a.round_ties_even(),
                Lt => return V::B(a < b),
                Le => return V::B(a <= b),
                Gt => return V::B(a > b),
                Ge => return V::B(a >= b),
                Eq => return V::B(a == b),
                Ne => return V::B(a != b),
                IsNan => return V::B(a.is_nan()),
                IsInf => return V::B(a.is_infinite()),
                IsFinite => return V::B(a.is_finite()),
                Signbit => return V::B(a.is_sign_negative()),
                _ => panic!("{op:?} of floats"),
            })
        }
    };
}

floats!(floats, V::F64, f64);
floats!(floats32, V::F32, f32);

fn complexes(op: ScalarOp, (ar, ai): (f64, f64), (br, bi): (f64, f64), fma: bool) -> V {
    use ScalarOp::*;
    let fused = |a: f64, b: f64, c: f64| if fma { a.mul_add(b, c) } else { a * b + c };
    let both = |f: fn(f64, f64) -> f64| V::C(f(ar, br), f(ai, bi));
    match op {
        Add => both(|a, b| a + b),
        Sub => both(|a, b| a - b),
        Mul => V::C(fused(ar, br, -(ai * bi)), fused(ar, bi, ai * br)),
        Div => {
            if br.abs() >= bi.abs() {
                if br == 0.0 && bi == 0.0 {
                    return V::C(ar / br.abs(), ai / br.abs());
                }
                let (rat, scl) = (bi / br, 1.0 / (br + bi * (bi / br)));
                V::C((ar + ai * rat) * scl, (ai - ar * rat) * scl)
            } else {
                let (rat, scl) = (br / bi, 1.0 / (bi + br * (br / bi)));
                V::C((ar * rat + ai) * scl, (ai * rat - ar) * scl)
            }
        }
        Abs => {
            let (large, small) = (ar.abs().max(ai.abs()), ar.abs().min(ai.abs()));
            if ar.is_infinite() || ai.is_infinite() {
                return V::F64(f64::INFINITY);
            }
            if ar.is_nan() || ai.is_nan() {
                return V::F64(f64::NAN);
            }
            let ratio = if large == 0.0 { 0.0 } else { small / large };
            V::F64(large * fused(ratio, ratio, 1.0).sqrt())
        }
        Neg => V::C(-ar, -ai),
        Conj => V::C(ar, -ai),
        Re => V::F64(ar),
        Im => V::F64(ai),
        Eq => V::B(ar == br && ai == bi),
        Ne => V::B(ar != br || ai != bi),
        Lt => V::B((ar < br && !ai.is_nan() && !bi.is_nan()) || (ar == br && ai < bi)),
        Ge => V::B((ar > br && !ai.is_nan() && !bi.is_nan()) || (ar == br && ai >= bi)),
        IsNan => V::B(ar.is_nan() || ai.is_nan()),
        IsFinite => V::B(ar.is_finite() && ai.is_finite()),
        _ => panic!("{op:?} of complexes"),
    }
}

pub fn cast(v: V, to: DType) -> V {
    let int = |f: f64, least: i64, limit: f64| {
        if f >= -limit - 1.0 && f < limit && f.trunc() >= -limit {
            f.trunc() as i64
        } else {
            least
        }
    };
    let f = match v {
        V::B(b) => f64::from(u8::from(b)),
        V::I32(i) => f64::from(i),
        V::I64(i) => i as f64,
        V::F32(f) => f64::from(f),
        V::F64(f) | V::C(f, _) => f,
    };
    let i = match v {
        V::B(b) => Some(i64::from(b)),
        V::I32(i) => Some(i64::from(i)),
        V::I64(i) => Some(i),
        _ => None,
    };
    match to {
        DType::Bool => V::B(match v {
            V::C(re, im) => re != 0.0 || im != 0.0,
            _ => f != 0.0,
        }),
        DType::I32 => V::I32(i.unwrap_or_else(|| int(f, i64::from(i32::MIN), 2147483648.0)) as i32),
        DType::I64 => V::I64(i.unwrap_or_else(|| int(f, i64::MIN, 9223372036854775808.0))),
        DType::F32 => V::F32(match v {
            V::I64(i) => i as f32,
            V::F32(f) => f,
            _ => f as f32,
        }),
        DType::F64 => V::F64(f),
        DType::C128 => match v {
            V::C(..) => v,
            _ => V::C(f, 0.0),
        },
    }
}
