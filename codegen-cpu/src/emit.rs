//! A function under construction: Cranelift's builder with the unit's symbols at hand.

use crate::Error;
use crate::object::{Unit, dtype_types};
use cranelift_codegen::ir::{self as clif, InstBuilder, MemFlagsData, StackSlotData, StackSlotKind, Value, types};
use cranelift_frontend::FunctionBuilder;
use cranelift_module::{DataId, FuncId, Module};
use lnp_abi::DType;
use std::collections::BTreeMap;

/// A scalar, or a vector of them: complex values are two.
#[derive(Clone, Copy, Debug)]
pub enum Val {
    One(Value),
    Two(Value, Value),
}

impl Val {
    pub fn one(self) -> Value {
        match self {
            Val::One(v) | Val::Two(v, _) => v,
        }
    }

    pub fn two(self) -> (Value, Value) {
        match self {
            Val::One(v) => (v, v),
            Val::Two(re, im) => (re, im),
        }
    }

    pub fn values(self) -> impl Iterator<Item = Value> {
        let (first, second) = match self {
            Val::One(v) => (v, None),
            Val::Two(re, im) => (re, Some(im)),
        };
        [Some(first), second].into_iter().flatten()
    }
}

/// Memory that is there and may be unaligned.
pub const PLAIN: MemFlagsData = MemFlagsData::new().with_notrap();

/// Memory that nothing writes while the function runs.
pub const CONSTANT: MemFlagsData = MemFlagsData::trusted().with_readonly();

pub struct Emit<'u, 'f> {
    pub unit: &'u mut Unit,
    pub b: FunctionBuilder<'f>,
    func_refs: BTreeMap<FuncId, clif::FuncRef>,
    globals: BTreeMap<DataId, clif::GlobalValue>,
}

impl<'u, 'f> Emit<'u, 'f> {
    pub fn new(unit: &'u mut Unit, b: FunctionBuilder<'f>) -> Emit<'u, 'f> {
        Emit {
            unit,
            b,
            func_refs: BTreeMap::new(),
            globals: BTreeMap::new(),
        }
    }

    /// Calls a declared function; its results.
    pub fn call(&mut self, id: FuncId, args: &[Value]) -> Vec<Value> {
        let unit = &mut *self.unit;
        let func = *self
            .func_refs
            .entry(id)
            .or_insert_with(|| unit.module.declare_func_in_func(id, self.b.func));
        let call = self.b.ins().call(func, args);
        self.b.inst_results(call).to_vec()
    }

    /// Calls a function of the runtime by name; parameter types are the arguments'.
    pub fn call_runtime(&mut self, symbol: &str, args: &[Value], results: &[types::Type]) -> Result<Vec<Value>, Error> {
        let params: Vec<types::Type> = args.iter().map(|&a| self.b.func.dfg.value_type(a)).collect();
        let id = self.unit.import(symbol, &params, results)?;
        Ok(self.call(id, args))
    }

    /// The address of a datum.
    pub fn address(&mut self, data: DataId) -> Value {
        let unit = &mut *self.unit;
        let global = *self
            .globals
            .entry(data)
            .or_insert_with(|| unit.module.declare_data_in_func(data, self.b.func));
        self.b.ins().symbol_value(types::I64, global)
    }

    pub fn stack_slot(&mut self, bytes: usize, align_shift: u8) -> clif::StackSlot {
        self.b.create_sized_stack_slot(StackSlotData::new(
            StackSlotKind::ExplicitSlot,
            bytes as u32,
            align_shift,
        ))
    }

    pub fn iconst(&mut self, value: i64) -> Value {
        self.b.ins().iconst(types::I64, value)
    }

    /// Zero of a machine type.
    pub fn zero(&mut self, ty: types::Type) -> Value {
        match ty {
            types::F64 => self.b.ins().f64const(0.0),
            types::F32 => self.b.ins().f32const(0.0),
            _ => self.b.ins().iconst(ty, 0),
        }
    }

    /// Loads a scalar of a dtype.
    pub fn load_scalar(&mut self, dtype: DType, address: Value, offset: i32) -> Val {
        match dtype {
            DType::C128 => {
                let re = self.b.ins().load(types::F64, PLAIN, address, offset);
                let im = self.b.ins().load(types::F64, PLAIN, address, offset + 8);
                Val::Two(re, im)
            }
            _ => Val::One(self.b.ins().load(dtype_types(dtype)[0], PLAIN, address, offset)),
        }
    }

    pub fn finalize(self) {
        let config = self.unit.module.target_config();
        self.b.finalize(config);
    }
}
