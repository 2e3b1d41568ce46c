//! What PTX instructions compute: plain functions of up to three registers.
//!
//! A register is 64 bits; narrower values lie in its low end. Approximate instructions give
//! the correctly rounded result or, where the device's result has fewer bits, its upper half.
//! Source: NVIDIA, "PTX ISA", chapter 9.

// "Less or unordered" is "not greater or equal".
#![allow(clippy::neg_cmp_op_on_partial_ord)]

/// The result of an instruction from the bits of its operands.
pub type Compute = fn(u64, u64, u64) -> u64;

fn f(a: u64) -> f32 {
    f32::from_bits(a as u32)
}

fn d(a: u64) -> f64 {
    f64::from_bits(a)
}

fn of(a: f32) -> u64 {
    u64::from(a.to_bits())
}

fn od(a: f64) -> u64 {
    a.to_bits()
}

/// Rounds toward zero (or, `down`, toward −∞) what was computed in more precision.
fn directed(exact: f64, down: bool) -> f32 {
    let near = exact as f32;
    let over = if down {
        f64::from(near) > exact
    } else {
        f64::from(near).abs() > exact.abs()
    };
    match over {
        false => near,
        true if near > 0.0 => near.next_down(),
        true if down => near.next_down(),
        true => near.next_up(),
    }
}

fn min_f64(a: f64, b: f64) -> f64 {
    if a == b && a == 0.0 {
        return if a.is_sign_negative() { a } else { b };
    }
    a.min(b)
}

fn max_f64(a: f64, b: f64) -> f64 {
    if a == b && a == 0.0 {
        return if a.is_sign_negative() { b } else { a };
    }
    a.max(b)
}

/// The low `n` bits, for shifts of 32-bit values.
fn low(a: u64) -> u64 {
    a & 0xffff_ffff
}

macro_rules! float_ops {
    ($op:expr, $suffix:literal, $get:ident, $put:ident) => {
        match $op.strip_suffix(concat!(".", $suffix)) {
            Some("add.rn" | "add") => Some((|a, b, _| $put($get(a) + $get(b))) as Compute),
            Some("sub.rn" | "sub") => Some(|a, b, _| $put($get(a) - $get(b))),
            Some("mul.rn" | "mul") => Some(|a, b, _| $put($get(a) * $get(b))),
            Some("div.rn" | "div.approx") => Some(|a, b, _| $put($get(a) / $get(b))),
            Some("fma.rn") => Some(|a, b, c| $put($get(a).mul_add($get(b), $get(c)))),
            Some("neg") => Some(|a, _, _| $put(-$get(a))),
            Some("abs") => Some(|a, _, _| $put($get(a).abs())),
            Some("sqrt.rn") => Some(|a, _, _| $put($get(a).sqrt())),
            Some("rcp.rn") => Some(|a, _, _| $put(1.0 / $get(a))),
            // `copysign d, a, b`: the sign of a, the rest of b.
            Some("copysign") => Some(|a, b, _| $put($get(b).copysign($get(a)))),
            Some("setp.eq") => Some(|a, b, _| u64::from($get(a) == $get(b))),
            Some("setp.ne") => Some(|a, b, _| u64::from($get(a) < $get(b) || $get(a) > $get(b))),
            Some("setp.lt") => Some(|a, b, _| u64::from($get(a) < $get(b))),
            Some("setp.le") => Some(|a, b, _| u64::from($get(a) <= $get(b))),
            Some("setp.gt") => Some(|a, b, _| u64::from($get(a) > $get(b))),
            Some("setp.ge") => Some(|a, b, _| u64::from($get(a) >= $get(b))),
            Some("setp.equ") => Some(|a, b, _| u64::from(!($get(a) < $get(b) || $get(a) > $get(b)))),
            Some("setp.neu") => Some(|a, b, _| u64::from($get(a) != $get(b))),
            Some("setp.ltu") => Some(|a, b, _| u64::from(!($get(a) >= $get(b)))),
            Some("setp.leu") => Some(|a, b, _| u64::from(!($get(a) > $get(b)))),
            Some("setp.gtu") => Some(|a, b, _| u64::from(!($get(a) <= $get(b)))),
            Some("setp.geu") => Some(|a, b, _| u64::from(!($get(a) < $get(b)))),
            Some("setp.num") => Some(|a, b, _| u64::from(!$get(a).is_nan() && !$get(b).is_nan())),
            Some("setp.nan") => Some(|a, b, _| u64::from($get(a).is_nan() || $get(b).is_nan())),
            _ => None,
        }
    };
}

macro_rules! int_ops {
    ($op:expr, $suffix:literal, $ty:ty, $bits:ty, $wide:ty) => {
        match $op.strip_suffix(concat!(".", $suffix)) {
            Some("add") => Some((|a, b, _| (a as $ty).wrapping_add(b as $ty) as $bits as u64) as Compute),
            Some("sub") => Some(|a, b, _| (a as $ty).wrapping_sub(b as $ty) as $bits as u64),
            Some("mul.lo") => Some(|a, b, _| (a as $ty).wrapping_mul(b as $ty) as $bits as u64),
            Some("mul.hi") => {
                Some(|a, b, _| ((a as $ty as $wide * (b as $ty as $wide)) >> <$bits>::BITS) as $bits as u64)
            }
            Some("mad.lo") => Some(|a, b, c| (a as $ty).wrapping_mul(b as $ty).wrapping_add(c as $ty) as $bits as u64),
            Some("div") => Some(|a, b, _| (a as $ty).checked_div(b as $ty).unwrap_or(<$ty>::MAX) as $bits as u64),
            Some("rem") => Some(|a, b, _| (a as $ty).checked_rem(b as $ty).unwrap_or(0) as $bits as u64),
            Some("neg") => Some(|a, _, _| (0 as $ty).wrapping_sub(a as $ty) as $bits as u64),
            Some("min") => Some(|a, b, _| (a as $ty).min(b as $ty) as $bits as u64),
            Some("max") => Some(|a, b, _| (a as $ty).max(b as $ty) as $bits as u64),
            Some("shr") => Some(|a, b, _| ((a as $ty as $wide) >> low(b).min(<$bits>::BITS as u64)) as $bits as u64),
            Some("setp.eq") => Some(|a, b, _| u64::from(a as $ty == b as $ty)),
            Some("setp.ne") => Some(|a, b, _| u64::from(a as $ty != b as $ty)),
            Some("setp.lt") => Some(|a, b, _| u64::from((a as $ty) < b as $ty)),
            Some("setp.le") => Some(|a, b, _| u64::from((a as $ty) <= b as $ty)),
            Some("setp.gt") => Some(|a, b, _| u64::from((a as $ty) > b as $ty)),
            Some("setp.ge") => Some(|a, b, _| u64::from((a as $ty) >= b as $ty)),
            _ => None,
        }
    };
}

macro_rules! bit_ops {
    ($op:expr, $suffix:literal, $bits:ty) => {
        match $op.strip_suffix(concat!(".", $suffix)) {
            Some("and") => Some((|a, b, _| (a & b) as $bits as u64) as Compute),
            Some("or") => Some(|a, b, _| (a | b) as $bits as u64),
            Some("xor") => Some(|a, b, _| (a ^ b) as $bits as u64),
            Some("not") => Some(|a, _, _| !a as $bits as u64),
            Some("shl") => Some(|a, b, _| {
                if low(b) < <$bits>::BITS as u64 {
                    (a << low(b)) as $bits as u64
                } else {
                    0
                }
            }),
            Some("clz") => Some(|a, _, _| u64::from((a as $bits).leading_zeros())),
            Some("popc") => Some(|a, _, _| u64::from((a as $bits).count_ones())),
            Some("brev") => Some(|a, _, _| (a as $bits).reverse_bits() as u64),
            Some("setp.eq") => Some(|a, b, _| u64::from(a as $bits == b as $bits)),
            Some("setp.ne") => Some(|a, b, _| u64::from(a as $bits != b as $bits)),
            _ => None,
        }
    };
}

/// The function of an opcode, or `None` if the emulator lacks it.
pub fn compute(op: &str) -> Option<Compute> {
    special(op)
        .or_else(|| float_ops!(op, "f64", d, od))
        .or_else(|| float_ops!(op, "f32", f, of))
        .or_else(|| int_ops!(op, "s64", i64, u64, i128))
        .or_else(|| int_ops!(op, "u64", u64, u64, u128))
        .or_else(|| int_ops!(op, "s32", i32, u32, i64))
        .or_else(|| int_ops!(op, "u32", u32, u32, u64))
        .or_else(|| int_ops!(op, "s16", i16, u16, i64))
        .or_else(|| int_ops!(op, "u16", u16, u16, u64))
        .or_else(|| bit_ops!(op, "b64", u64))
        .or_else(|| bit_ops!(op, "b32", u32))
        .or_else(|| bit_ops!(op, "b16", u16))
        .or_else(|| convert(op))
}

fn special(op: &str) -> Option<Compute> {
    Some(match op {
        "mov.u32" | "mov.b32" | "mov.b64" | "mov.u64" | "mov.b16" | "mov.pred" | "mov.f64" | "mov.f32" => |a, _, _| a,
        "and.pred" => |a, b, _| a & b,
        "or.pred" => |a, b, _| a | b,
        "xor.pred" => |a, b, _| a ^ b,
        "not.pred" => |a, _, _| a ^ 1,
        "selp.b16" | "selp.b32" | "selp.b64" | "selp.f32" | "selp.f64" | "selp.s32" | "selp.u32" | "selp.s64"
        | "selp.u64" => |a, b, c| if c != 0 { a } else { b },
        "mad.wide.s32" => |a, b, c| (i64::from(a as i32) * i64::from(b as i32)).wrapping_add(c as i64) as u64,
        "mul.wide.s32" => |a, b, _| (i64::from(a as i32) * i64::from(b as i32)) as u64,
        "mul.wide.u32" => |a, b, _| u64::from(a as u32) * u64::from(b as u32),
        "abs.s32" => |a, _, _| u64::from((a as i32).unsigned_abs()),
        "abs.s64" => |a, _, _| (a as i64).unsigned_abs(),
        "bfe.u32" => |a, b, c| {
            let (start, len) = (b as u32 & 0xff, c as u32 & 0xff);
            let shifted = if start < 32 { a as u32 >> start } else { 0 };
            u64::from(if len < 32 { shifted & ((1 << len) - 1) } else { shifted })
        },
        "shf.l.wrap.b32" => |a, b, c| {
            let both = (low(b) << 32) | low(a);
            low((both << (c & 31)) >> 32)
        },
        "shf.r.wrap.b32" => |a, b, c| low(((low(b) << 32) | low(a)) >> (c & 31)),
        "min.f64" => |a, b, _| od(min_f64(d(a), d(b))),
        "max.f64" => |a, b, _| od(max_f64(d(a), d(b))),
        "min.f32" => |a, b, _| of(min_f64(f(a).into(), f(b).into()) as f32),
        "max.f32" => |a, b, _| of(max_f64(f(a).into(), f(b).into()) as f32),
        "add.rz.f32" => |a, b, _| of(directed(f64::from(f(a)) + f64::from(f(b)), false)),
        "mul.rz.f32" => |a, b, _| of(directed(f64::from(f(a)) * f64::from(f(b)), false)),
        "fma.rz.f32" => |a, b, c| of(directed(f64::from(f(a)).mul_add(f(b).into(), f(c).into()), false)),
        "fma.rm.f32" => |a, b, c| of(directed(f64::from(f(a)).mul_add(f(b).into(), f(c).into()), true)),
        "rcp.approx.ftz.f64" => |a, _, _| od(1.0 / d(a)) & !0xffff_ffff,
        "rsqrt.approx.ftz.f64" => |a, _, _| od(1.0 / d(a).sqrt()) & !0xffff_ffff,
        "rcp.approx.ftz.f32" | "rcp.approx.f32" => |a, _, _| of(1.0 / f(a)),
        "rsqrt.approx.ftz.f32" | "rsqrt.approx.f32" => |a, _, _| of((1.0 / f64::from(f(a)).sqrt()) as f32),
        "ex2.approx.ftz.f32" | "ex2.approx.f32" => |a, _, _| of(f64::from(f(a)).exp2() as f32),
        "lg2.approx.ftz.f32" | "lg2.approx.f32" => |a, _, _| of(f64::from(f(a)).log2() as f32),
        _ => return None,
    })
}

fn convert(op: &str) -> Option<Compute> {
    Some(match op.strip_prefix("cvt.")? {
        "u64.u32" | "u32.u64" | "s32.s64" | "s64.u32" | "u32.u32" => |a, _, _| low(a),
        "s64.s32" => |a, _, _| i64::from(a as i32) as u64,
        "u16.u32" | "u32.u16" | "u16.u64" | "u64.u16" => |a, _, _| a & 0xffff,
        "s32.s16" => |a, _, _| u64::from(i32::from(a as i16) as u32),
        "s16.s8" => |a, _, _| u64::from(i16::from(a as i8) as u16),
        "s64.s8" => |a, _, _| i64::from(a as i8) as u64,
        "s64.s16" => |a, _, _| i64::from(a as i16) as u64,
        "u16.u16" | "s16.s16" => |a, _, _| a & 0xffff,
        "s32.s8" => |a, _, _| u64::from(i32::from(a as i8) as u32),
        "u16.u8" | "u32.u8" | "u64.u8" => |a, _, _| a & 0xff,
        "rn.f64.s64" => |a, _, _| od(a as i64 as f64),
        "rn.f64.u64" => |a, _, _| od(a as f64),
        "rn.f64.s32" => |a, _, _| od(f64::from(a as i32)),
        "rn.f64.u32" => |a, _, _| od(f64::from(a as u32)),
        "rn.f64.u16" => |a, _, _| od(f64::from(a as u16)),
        "rn.f32.s64" => |a, _, _| of(a as i64 as f32),
        "rn.f32.u64" => |a, _, _| of(a as f32),
        "rn.f32.s32" => |a, _, _| of(a as i32 as f32),
        "rn.f32.u32" => |a, _, _| of(a as u32 as f32),
        "rn.f32.u16" => |a, _, _| of(f32::from(a as u16)),
        "rn.f32.f64" => |a, _, _| of(d(a) as f32),
        "f64.f32" => |a, _, _| od(f64::from(f(a))),
        "rzi.s64.f64" => |a, _, _| d(a) as i64 as u64,
        "rzi.s64.f32" => |a, _, _| f(a) as i64 as u64,
        "rzi.s32.f64" => |a, _, _| u64::from(d(a) as i32 as u32),
        "rzi.s32.f32" => |a, _, _| u64::from(f(a) as i32 as u32),
        "rzi.u32.f32" => |a, _, _| u64::from(f(a) as u32),
        "rzi.u32.f64" => |a, _, _| u64::from(d(a) as u32),
        "rni.s32.f64" => |a, _, _| u64::from(d(a).round_ties_even() as i32 as u32),
        "rni.s32.f32" => |a, _, _| u64::from(f(a).round_ties_even() as i32 as u32),
        "rzi.f64.f64" => |a, _, _| od(d(a).trunc()),
        "rmi.f64.f64" => |a, _, _| od(d(a).floor()),
        "rpi.f64.f64" => |a, _, _| od(d(a).ceil()),
        "rni.f64.f64" => |a, _, _| od(d(a).round_ties_even()),
        "rzi.f32.f32" => |a, _, _| of(f(a).trunc()),
        "rmi.f32.f32" => |a, _, _| of(f(a).floor()),
        "rpi.f32.f32" => |a, _, _| of(f(a).ceil()),
        "rni.f32.f32" => |a, _, _| of(f(a).round_ties_even()),
        "sat.f32.f32" => |a, _, _| of(if f(a).is_nan() { 0.0 } else { f(a).clamp(0.0, 1.0) }),
        _ => return None,
    })
}

/// `(result, carry out)` of up to three registers and the carry flag.
pub type ComputeCarry = fn(u64, u64, u64, u64) -> (u64, u64);

/// 32-bit arithmetic with the carry flag.
pub fn with_carry(op: &str) -> Option<ComputeCarry> {
    Some(match op.strip_suffix(".u32")? {
        "add.cc" => |a, b, _, _| split(low(a) + low(b)),
        "addc" | "addc.cc" => |a, b, _, carry| split(low(a) + low(b) + carry),
        // The flag of a subtraction is its borrow.
        "sub.cc" => |a, b, _, _| borrow(low(a).wrapping_sub(low(b))),
        "subc" | "subc.cc" => |a, b, _, carry| borrow(low(a).wrapping_sub(low(b)).wrapping_sub(carry)),
        "mad.lo.cc" => |a, b, c, _| split(low(low(a) * low(b)) + low(c)),
        "madc.lo" | "madc.lo.cc" => |a, b, c, carry| split(low(low(a) * low(b)) + low(c) + carry),
        "madc.hi" | "madc.hi.cc" => |a, b, c, carry| split(((low(a) * low(b)) >> 32) + low(c) + carry),
        "mad.hi.cc" => |a, b, c, _| split(((low(a) * low(b)) >> 32) + low(c)),
        _ => return None,
    })
}

fn split(wide: u64) -> (u64, u64) {
    (low(wide), wide >> 32)
}

fn borrow(wide: u64) -> (u64, u64) {
    (low(wide), u64::from(wide >> 32 != 0))
}
