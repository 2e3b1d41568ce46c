//! Elements in memory and scalars in 8-byte slots.

use crate::{Lowering, Result, Val};
use inkwell::IntPredicate;
use inkwell::values::{IntValue, PointerValue};
use lnp_ir::DType;

impl<'c> Lowering<'_, 'c> {
    /// Loads an element. Views may start anywhere, but NumPy aligns what it hands over and so
    /// does the runtime: elements are naturally aligned (complex as its parts).
    pub fn load(&self, dtype: DType, ptr: PointerValue<'c>) -> Result<Val<'c>> {
        let b = self.builder;
        Ok(match dtype {
            DType::Bool => {
                let byte = b.build_load(self.ctx.i8_type(), ptr, "")?.into_int_value();
                Val::Int(self.icmp(IntPredicate::NE, byte, byte.get_type().const_zero())?)
            }
            DType::I32 | DType::I64 => Val::Int(b.build_load(self.int_type(dtype), ptr, "")?.into_int_value()),
            DType::F32 | DType::F64 => Val::Float(b.build_load(self.float_type(dtype), ptr, "")?.into_float_value()),
            DType::C128 => {
                let ty = self.ctx.f64_type();
                let re = b.build_load(ty, ptr, "")?.into_float_value();
                let im = b.build_load(ty, self.imaginary(ptr)?, "")?.into_float_value();
                Val::Complex(re, im)
            }
        })
    }

    /// Stores an element.
    pub fn store(&self, ptr: PointerValue<'c>, value: Val<'c>) -> Result<()> {
        let b = self.builder;
        match value {
            Val::Int(v) if v.get_type().get_bit_width() == 1 => {
                b.build_store(ptr, b.build_int_z_extend(v, self.ctx.i8_type(), "")?)?;
            }
            Val::Int(v) => {
                b.build_store(ptr, v)?;
            }
            Val::Float(v) => {
                b.build_store(ptr, v)?;
            }
            Val::Complex(re, im) => {
                b.build_store(ptr, re)?;
                b.build_store(self.imaginary(ptr)?, im)?;
            }
        }
        Ok(())
    }

    /// A scalar from its slot, or from two for a complex one.
    pub fn from_slots(&self, dtype: DType, slots: &[IntValue<'c>]) -> Result<Val<'c>> {
        let b = self.builder;
        let low = |v: IntValue<'c>| b.build_int_truncate(v, self.ctx.i32_type(), "");
        let double =
            |v: IntValue<'c>| -> Result<_> { Ok(b.build_bit_cast(v, self.ctx.f64_type(), "")?.into_float_value()) };
        Ok(match dtype {
            DType::Bool => {
                let byte = b.build_int_truncate(slots[0], self.ctx.i8_type(), "")?;
                Val::Int(self.icmp(IntPredicate::NE, byte, byte.get_type().const_zero())?)
            }
            DType::I32 => Val::Int(low(slots[0])?),
            DType::I64 => Val::Int(slots[0]),
            DType::F32 => {
                let float = b.build_bit_cast(low(slots[0])?, self.ctx.f32_type(), "")?;
                Val::Float(float.into_float_value())
            }
            DType::F64 => Val::Float(double(slots[0])?),
            DType::C128 => Val::Complex(double(slots[0])?, double(slots[1])?),
        })
    }

    /// The address `offset` bytes from `base`.
    pub fn byte_offset(&self, base: PointerValue<'c>, offset: IntValue<'c>) -> Result<PointerValue<'c>> {
        // SAFETY: emits address arithmetic, which executes nothing here; without `inbounds` it
        // is defined for every offset.
        Ok(unsafe { self.builder.build_gep(self.ctx.i8_type(), base, &[offset], "")? })
    }

    fn imaginary(&self, ptr: PointerValue<'c>) -> Result<PointerValue<'c>> {
        self.byte_offset(ptr, self.ctx.i64_type().const_int(8, false))
    }
}
