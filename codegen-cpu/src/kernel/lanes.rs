//! Vectors of a loop: how the elements of each dtype sit in 128-bit lanes.
//!
//! A loop works on chunks of `width` elements: the lanes of its widest dtype. Narrower
//! numbers fill the lower part of their vector. A bool is a mask as wide as the widest
//! lane, all ones or zero. A complex number is two vectors, real and imaginary.
//!
//! The remainder of a loop uses the same vectors with one element in lane 0 (`active` 1),
//! so an element's bits never depend on where it lies.

use crate::Error;
use crate::emit::{Emit, PLAIN, Val};
use crate::object::dtype_types;
use cranelift_codegen::ir::{Endianness, InstBuilder, InstructionData, MemFlagsData, Value, types};
use lnp_abi::DType;
use lnp_ir::ScalarOp;

const CASTING: MemFlagsData = MemFlagsData::new().with_endianness(Endianness::Little);

/// Bytes of the lower halves of two 64-bit lane pairs: `a[0], b[0]` and `a[1], b[1]`.
const LOW_LOW: [u8; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];
const HIGH_HIGH: [u8; 16] = [8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31];
/// 64-bit lanes to 32-bit ones.
const EVEN_32: [u8; 16] = [0, 1, 2, 3, 8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11];
/// The lowest byte of each 64-bit lane.
const LOW_BYTES: [u8; 16] = [0, 8, 0, 8, 0, 8, 0, 8, 0, 8, 0, 8, 0, 8, 0, 8];

/// The shape of a loop's chunks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lanes {
    /// Elements of a full chunk: 2, 4 or 16.
    pub width: usize,
    /// Elements that this chunk has: `width` or 1.
    pub active: usize,
}

/// The 128-bit vector of a dtype; of bool for masks, see [`Lanes::mask`].
pub fn vector(dtype: DType) -> types::Type {
    match dtype {
        DType::F64 | DType::C128 => types::F64X2,
        DType::F32 => types::F32X4,
        DType::I64 => types::I64X2,
        DType::I32 => types::I32X4,
        DType::Bool => types::I8X16,
    }
}

impl Lanes {
    /// The widest dtype decides.
    pub fn for_dtypes(dtypes: impl Iterator<Item = DType>) -> usize {
        let size = dtypes.map(|d| d.size().min(8)).max().unwrap_or(1);
        16 / size
    }

    pub fn one(self) -> Lanes {
        Lanes { active: 1, ..self }
    }

    /// The vector of bools.
    pub fn mask(self) -> types::Type {
        match self.width {
            2 => types::I64X2,
            4 => types::I32X4,
            _ => types::I8X16,
        }
    }

    pub fn of(self, dtype: DType) -> types::Type {
        match dtype {
            DType::Bool => self.mask(),
            _ => vector(dtype),
        }
    }
}

impl Emit<'_, '_> {
    /// The same bits as another 128-bit vector.
    pub fn recast(&mut self, value: Value, ty: types::Type) -> Value {
        match self.b.func.dfg.value_type(value) == ty {
            true => value,
            false => self.b.ins().bitcast(ty, CASTING, value),
        }
    }

    pub fn shuffle(&mut self, a: Value, b: Value, bytes: [u8; 16]) -> Value {
        let ty = self.b.func.dfg.value_type(a);
        let (a, b) = (self.recast(a, types::I8X16), self.recast(b, types::I8X16));
        let mask = self.b.func.dfg.immediates.push(bytes.to_vec().into());
        let shuffled = self.b.ins().shuffle(a, b, mask);
        self.recast(shuffled, ty)
    }

    pub fn vector_bytes(&mut self, ty: types::Type, bytes: [u8; 16]) -> Value {
        let constant = self.b.func.dfg.constants.insert(bytes.to_vec().into());
        self.b.ins().vconst(ty, constant)
    }

    pub fn vector_zero(&mut self, ty: types::Type) -> Value {
        self.vector_bytes(ty, [0; 16])
    }

    /// A vector with these bits in each lane.
    pub fn vector_const(&mut self, ty: types::Type, bits: u64) -> Value {
        let size = ty.lane_type().bytes() as usize;
        let lane = &bits.to_le_bytes()[..size];
        let mut bytes = [0; 16];
        for part in bytes.chunks_mut(size) {
            part.copy_from_slice(lane);
        }
        self.vector_bytes(ty, bytes)
    }

    /// The bits of the integer that a constant vector has in its lanes, which are all equal.
    fn int_lane(&self, dtype: DType, vector: Value) -> Option<i64> {
        let size = match dtype {
            DType::I32 => 4,
            DType::I64 => 8,
            _ => return None,
        };
        let dfg = &self.b.func.dfg;
        let inst = dfg.value_def(vector).inst()?;
        let InstructionData::UnaryConst { constant_handle, .. } = dfg.insts[inst] else {
            return None;
        };
        let lanes = dfg.constants.get(constant_handle).as_slice();
        let lane = lanes.get(..size)?;
        if lanes.chunks(size).any(|other| other != lane) {
            return None;
        }
        let mut bytes = [0; 8];
        bytes[..size].copy_from_slice(lane);
        Some(i64::from_le_bytes(bytes))
    }

    /// A scalar in every lane.
    pub fn splat(&mut self, lanes: Lanes, dtype: DType, value: Val) -> Val {
        match value {
            Val::Two(re, im) => Val::Two(
                self.b.ins().splat(types::F64X2, re),
                self.b.ins().splat(types::F64X2, im),
            ),
            Val::One(v) if dtype == DType::Bool => {
                let lane = lanes.mask().lane_type();
                let v = match lane {
                    types::I8 => v,
                    _ => self.b.ins().uextend(lane, v),
                };
                let v = self.b.ins().ineg(v);
                Val::One(self.b.ins().splat(lanes.mask(), v))
            }
            Val::One(v) => Val::One(self.b.ins().splat(vector(dtype), v)),
        }
    }

    /// A constant in every lane.
    pub fn splat_const(&mut self, lanes: Lanes, op: ScalarOp, dtype: DType) -> Val {
        let float = |op: ScalarOp| match op {
            ScalarOp::ConstInt(v) => v as f64,
            ScalarOp::ConstFloat(bits) | ScalarOp::ConstComplex(bits, _) => f64::from_bits(bits),
            _ => 0.0,
        };
        let int = |op: ScalarOp| match op {
            ScalarOp::ConstInt(v) => v,
            op => float(op) as i64,
        };
        let bits = match (dtype, op) {
            (DType::Bool, _) => {
                if int(op) != 0 {
                    u64::MAX
                } else {
                    0
                }
            }
            (DType::I32 | DType::I64, _) => int(op) as u64,
            (DType::F32, ScalarOp::ConstFloat(bits)) => bits,
            (DType::F32, _) => u64::from((float(op) as f32).to_bits()),
            (DType::F64 | DType::C128, _) => float(op).to_bits(),
        };
        let re = self.vector_const(lanes.of(dtype), bits);
        if dtype != DType::C128 {
            return Val::One(re);
        }
        let im = match op {
            ScalarOp::ConstComplex(_, im) => im,
            _ => 0,
        };
        Val::Two(re, self.vector_const(types::F64X2, im))
    }

    /// Loads a chunk.
    pub fn load_chunk(&mut self, lanes: Lanes, dtype: DType, at: Value, offset: i32) -> Val {
        if lanes.active == 1 {
            return self.load_single(lanes, dtype, at, offset);
        }
        let ty = lanes.of(dtype);
        Val::One(match dtype {
            DType::C128 => {
                let first = self.b.ins().load(types::F64X2, PLAIN, at, offset);
                let second = self.b.ins().load(types::F64X2, PLAIN, at, offset + 16);
                let re = self.shuffle(first, second, LOW_LOW);
                let im = self.shuffle(first, second, HIGH_HIGH);
                return Val::Two(re, im);
            }
            DType::Bool => {
                let bytes = match lanes.width {
                    16 => self.b.ins().load(types::I8X16, PLAIN, at, offset),
                    4 => {
                        let word = self.b.ins().load(types::I32, PLAIN, at, offset);
                        let vector = self.b.ins().scalar_to_vector(types::I32X4, word);
                        self.recast(vector, types::I8X16)
                    }
                    _ => {
                        let word = self.b.ins().uload16(types::I32, PLAIN, at, offset);
                        let vector = self.b.ins().scalar_to_vector(types::I32X4, word);
                        self.recast(vector, types::I8X16)
                    }
                };
                let mut wide = bytes;
                while self.b.func.dfg.value_type(wide) != ty {
                    wide = self.b.ins().swiden_low(wide);
                }
                self.b.ins().ineg(wide)
            }
            _ if dtype.size() * lanes.width == 16 => self.b.ins().load(ty, PLAIN, at, offset),
            // Half a vector.
            _ => {
                let half = self.b.ins().load(types::F64, PLAIN, at, offset);
                let vector = self.b.ins().scalar_to_vector(types::F64X2, half);
                self.recast(vector, ty)
            }
        })
    }

    fn load_single(&mut self, lanes: Lanes, dtype: DType, at: Value, offset: i32) -> Val {
        match dtype {
            DType::C128 => {
                let re = self.b.ins().load(types::F64, PLAIN, at, offset);
                let im = self.b.ins().load(types::F64, PLAIN, at, offset + 8);
                Val::Two(
                    self.b.ins().scalar_to_vector(types::F64X2, re),
                    self.b.ins().scalar_to_vector(types::F64X2, im),
                )
            }
            DType::Bool => {
                let byte = self.b.ins().load(types::I8, PLAIN, at, offset);
                Val::One(self.single(lanes, dtype, byte))
            }
            _ => {
                let value = self.b.ins().load(dtype_types(dtype)[0], PLAIN, at, offset);
                Val::One(self.single(lanes, dtype, value))
            }
        }
    }

    /// A scalar in lane 0; a bool as its mask.
    fn single(&mut self, lanes: Lanes, dtype: DType, value: Value) -> Value {
        if dtype != DType::Bool {
            return self.b.ins().scalar_to_vector(vector(dtype), value);
        }
        let mask = lanes.mask();
        if mask == types::I64X2 {
            let wide = self.b.ins().uextend(types::I64, value);
            let wide = self.b.ins().ineg(wide);
            return self.b.ins().scalar_to_vector(mask, wide);
        }
        let wide = self.b.ins().uextend(types::I32, value);
        let wide = self.b.ins().ineg(wide);
        let vector = self.b.ins().scalar_to_vector(types::I32X4, wide);
        self.recast(vector, mask)
    }

    /// Stores a chunk.
    pub fn store_chunk(&mut self, lanes: Lanes, dtype: DType, value: Val, at: Value, offset: i32) {
        if lanes.active == 1 {
            match value {
                Val::Two(re, im) => {
                    for (part, moved) in [(re, 0), (im, 8)] {
                        let part = self.b.ins().extractlane(part, 0);
                        self.b.ins().store(PLAIN, part, at, offset + moved);
                    }
                }
                Val::One(v) => {
                    let v = self.extract(dtype, v, 0);
                    self.b.ins().store(PLAIN, v, at, offset);
                }
            }
            return;
        }
        let v = value.one();
        match dtype {
            DType::C128 => {
                let (re, im) = value.two();
                let first = self.shuffle(re, im, LOW_LOW);
                let second = self.shuffle(re, im, HIGH_HIGH);
                self.b.ins().store(PLAIN, first, at, offset);
                self.b.ins().store(PLAIN, second, at, offset + 16);
            }
            DType::Bool => self.store_mask(lanes, v, at, offset),
            _ if dtype.size() * lanes.width == 16 => {
                self.b.ins().store(PLAIN, v, at, offset);
            }
            _ => {
                let vector = self.recast(v, types::F64X2);
                let half = self.b.ins().extractlane(vector, 0);
                self.b.ins().store(PLAIN, half, at, offset);
            }
        }
    }

    /// Stores a mask as bytes 0 and 1.
    fn store_mask(&mut self, lanes: Lanes, mask: Value, at: Value, offset: i32) {
        let bytes = match lanes.width {
            16 => mask,
            4 => {
                let halves = self.b.ins().snarrow(mask, mask);
                self.b.ins().snarrow(halves, halves)
            }
            _ => {
                let bytes = self.recast(mask, types::I8X16);
                self.shuffle(bytes, bytes, LOW_BYTES)
            }
        };
        let ones = self.b.ins().ineg(bytes);
        match lanes.width {
            16 => {
                self.b.ins().store(PLAIN, ones, at, offset);
            }
            4 => {
                let words = self.recast(ones, types::I32X4);
                let word = self.b.ins().extractlane(words, 0);
                self.b.ins().store(PLAIN, word, at, offset);
            }
            _ => {
                let words = self.recast(ones, types::I16X8);
                let word = self.b.ins().extractlane(words, 0);
                self.b.ins().store(PLAIN, word, at, offset);
            }
        }
    }

    /// One lane as a scalar of the dtype.
    pub fn extract(&mut self, dtype: DType, value: Value, lane: u8) -> Value {
        if let Some(v) = self.int_lane(dtype, value) {
            return self.b.ins().iconst(dtype_types(dtype)[0], v);
        }
        let scalar = self.b.ins().extractlane(value, lane);
        if dtype != DType::Bool {
            return scalar;
        }
        let byte = match self.b.func.dfg.value_type(scalar) {
            types::I8 => scalar,
            _ => self.b.ins().ireduce(types::I8, scalar),
        };
        self.b.ins().band_imm_s(byte, 1)
    }

    /// A mask for lanes of a dtype: its elements may be narrower than the loop's bools.
    pub fn mask_for(&mut self, lanes: Lanes, dtype: DType, mask: Value) -> Value {
        if dtype == DType::Bool || dtype.size().min(8) * lanes.width == 16 {
            return mask;
        }
        let bytes = self.recast(mask, types::I8X16);
        let narrow = self.shuffle(bytes, bytes, EVEN_32);
        self.recast(narrow, types::I32X4)
    }

    /// The loop's mask of a comparison of lanes of a dtype.
    pub fn mask_from(&mut self, lanes: Lanes, dtype: DType, mask: Value) -> Value {
        if dtype == DType::Bool || dtype.size().min(8) * lanes.width == 16 {
            return mask;
        }
        self.b.ins().swiden_low(mask)
    }

    /// 64-bit lanes cut to 32 bits.
    pub fn narrow_64(&mut self, value: Value) -> Value {
        let bytes = self.recast(value, types::I8X16);
        let narrow = self.shuffle(bytes, bytes, EVEN_32);
        self.recast(narrow, types::I32X4)
    }

    /// Computes an operation lane by lane.
    pub fn by_lanes(
        &mut self,
        lanes: Lanes,
        op: ScalarOp,
        operands: &[DType],
        result: DType,
        args: &[Val],
    ) -> Result<Val, Error> {
        let operand = operands[usize::from(op == ScalarOp::Select)];
        let mut out: Option<Vec<Value>> = None;
        for lane in 0..lanes.active as u8 {
            let mut scalars = Vec::new();
            for (&arg, &dtype) in args.iter().zip(operands) {
                scalars.push(match arg {
                    Val::One(v) => Val::One(self.extract(dtype, v, lane)),
                    Val::Two(re, im) => Val::Two(self.extract(dtype, re, lane), self.extract(dtype, im, lane)),
                });
            }
            let value = self.scalar(op, operand, result, &scalars)?;
            let parts: Vec<Value> = value.values().collect();
            out = Some(match out {
                None => parts.iter().map(|&v| self.single(lanes, result, v)).collect(),
                Some(vectors) => {
                    let mut next = Vec::new();
                    for (&v, vector) in parts.iter().zip(vectors) {
                        let v = match result {
                            DType::Bool => {
                                let lane_ty = lanes.mask().lane_type();
                                let wide = match lane_ty {
                                    types::I8 => v,
                                    _ => self.b.ins().uextend(lane_ty, v),
                                };
                                self.b.ins().ineg(wide)
                            }
                            _ => v,
                        };
                        next.push(self.b.ins().insertlane(vector, v, lane));
                    }
                    next
                }
            });
        }
        let vectors = out.unwrap_or_default();
        match vectors[..] {
            [re, im] => Ok(Val::Two(re, im)),
            [v] => Ok(Val::One(v)),
            _ => Err(Error::new("a chunk without lanes")),
        }
    }
}
