//! Emits element-wise statements: one body over arrays and scalars, broadcast together.

use crate::DType;
use crate::diag::Why;
use crate::lower::{FnLower, Res};
use crate::types::Ty;
use crate::val::Val;
use lnp_abi::ExceptionKind;
use lnp_ir::{self as ir, Arg, Body, BodyVal, LaunchMode, Rt, ScalarOp, ShapeCheck};

/// Builds a body: the casted operands and how to combine them.
pub type Build<'b> = &'b dyn Fn(&mut Body, &[BodyVal]) -> BodyVal;

/// Casts a body value to a dtype, where it is not of it already.
pub fn cast(body: &mut Body, value: BodyVal, to: DType) -> BodyVal {
    match (body.dtype(value), to) {
        (from, to) if from == to => value,
        // As NumPy: the imaginary part is dropped.
        (DType::C128, DType::Bool) => super::ufunc::truth(body, value),
        (DType::C128, DType::F64) => body.push(ScalarOp::Re, &[value], DType::F64),
        (DType::C128, DType::F32 | DType::I32 | DType::I64) => {
            let re = body.push(ScalarOp::Re, &[value], DType::F64);
            body.push(ScalarOp::Cast, &[re], to)
        }
        _ => body.push(ScalarOp::Cast, &[value], to),
    }
}

impl<'a> FnLower<'a> {
    /// An operand of an element-wise operation: an array or scalar. 0-d arrays become scalars,
    /// list displays and lists arrays.
    pub fn operand(&mut self, val: &Val) -> Res {
        match &val.ty {
            Ty::Array(dtype, 0) => Ok(self.item(val, *dtype)),
            Ty::Array(..) | Ty::Np(_) | Ty::Bool | Ty::Int | Ty::Float | Ty::Complex => Ok(val.clone()),
            Ty::List(_) | Ty::Tuple(_) | Ty::Range => super::create::as_array(self, val, None),
            other => Err(self.unsupported(
                Why::Mixed,
                format!("NumPy has no native loop for a '{}'", other.python_name()),
            )),
        }
    }

    /// The only element of an array.
    pub fn item(&mut self, array: &Val, dtype: DType) -> Val {
        let rt = match dtype {
            DType::Bool => Rt::ItemBool,
            DType::I32 => Rt::ItemI32,
            DType::I64 => Rt::ItemI64,
            DType::F32 => Rt::ItemF32,
            DType::F64 => Rt::ItemF64,
            DType::C128 => Rt::ItemC128,
        };
        self.rt(rt, vec![Arg::Value(array.value())], Ty::Np(dtype))
    }

    /// A scalar operand as it enters a loop of dtype `dtype`: a weak Python scalar is converted
    /// first (and must fit), a NumPy scalar keeps its dtype for the body to cast.
    fn weak_scalar(&mut self, val: &Val, dtype: DType) -> Res<ir::Value> {
        match (&val.ty, dtype) {
            (Ty::Int, DType::I32) => self.int_as_i32(val),
            (Ty::Int | Ty::Float | Ty::Complex, _) if !matches!(dtype, DType::Bool) => {
                let from = val.ty.scalar_dtype().unwrap_or(dtype);
                if from == DType::C128 && dtype != DType::C128 {
                    return Ok(val.value());
                }
                Ok(self.b.cast(val.value(), dtype))
            }
            _ => Ok(val.value()),
        }
    }

    /// A Python int as an int32; raises where it does not fit.
    pub fn int_as_i32(&mut self, val: &Val) -> Res<ir::Value> {
        let narrow = self.b.cast(val.value(), DType::I32);
        let wide = self.b.cast(narrow, DType::I64);
        let lost = self.b.scalar(ScalarOp::Ne, &[wide, val.value()]);
        let (bad, good) = (self.b.func.new_block(), self.b.func.new_block());
        self.b.branch(lost, bad, good);
        self.b.switch_to(bad);
        let digits = self
            .b
            .call_rt(Rt::StrFromI64, vec![Arg::Value(val.value())], ir::Ty::Str);
        let (before, after) = (self.b.str("Python integer "), self.b.str(" out of bounds for int32"));
        let text = self.b.call_rt(
            Rt::StrConcat,
            vec![Arg::Slots(vec![before, digits, after])],
            ir::Ty::Str,
        );
        let _ = self.raise_value(ExceptionKind::OverflowError, text);
        self.b.switch_to(good);
        Ok(narrow)
    }

    /// Emits `build` over the operands, each cast to its entry in `loop_dtypes`. The result is
    /// an array, or a NumPy scalar when no operand is an array.
    pub fn elementwise(&mut self, operands: &[Val], loop_dtypes: &[DType], build: Build) -> Res {
        let (body, inputs, ndim) = self.body_over(operands, loop_dtypes, build)?;
        let dtype = body.dtype(body.results[0]);
        if ndim == 0 {
            let value = self.scalar_body(&body, &inputs);
            return Ok(Val::one(Ty::Np(dtype), value));
        }
        let checks = self.shape_checks(&inputs);
        let value = self.b.push1(
            ir::Inst::Map {
                body,
                inputs,
                mode: LaunchMode::Fresh,
                checks,
            },
            ir::Ty::array(dtype, ndim),
        );
        Ok(Val::one(Ty::Array(dtype, ndim), value))
    }

    /// Emits `build` over the operands into the elements of `dst`, cast to its dtype.
    pub fn elementwise_into(
        &mut self,
        dst: &Val,
        in_place: bool,
        operands: &[Val],
        loop_dtypes: &[DType],
        build: Build,
    ) -> Res<()> {
        let (mut body, inputs, ndim) = self.body_over(operands, loop_dtypes, build)?;
        let Ty::Array(dtype, dst_ndim) = dst.ty else {
            return Err(self.unsupported(Why::Mixed, "the destination is no array"));
        };
        if ndim > dst_ndim {
            return Err(self.unsupported(Why::Argument, "the value has more dimensions than its destination"));
        }
        let result = body.results[0];
        body.results[0] = cast(&mut body, result, dtype);
        let checks = self.shape_checks(&inputs);
        let mode = LaunchMode::Into {
            dst: dst.value(),
            in_place,
        };
        self.b.push(
            ir::Inst::Map {
                body,
                inputs,
                mode,
                checks,
            },
            &[],
        );
        Ok(())
    }

    /// Emits a reduction of `build` over the operands along the axes of `mask` (all: a 0-d
    /// array, given as a NumPy scalar unless `keepdims`).
    pub fn reduction(&mut self, op: ir::ReduceOp, array: &Val, mask: u32, keepdims: bool, loop_dtype: DType) -> Res {
        let Ty::Array(_, ndim) = array.ty else {
            return Err(self.unsupported(Why::Mixed, "the operand is no array"));
        };
        let (body, inputs, _) = self.body_over(std::slice::from_ref(array), &[loop_dtype], &|_, args| args[0])?;
        let left = if keepdims { ndim } else { ndim - mask.count_ones() as u8 };
        let mode = LaunchMode::Reduce {
            op,
            axes: mask,
            keepdims,
        };
        let value = self.b.push1(
            ir::Inst::Map {
                body,
                inputs,
                mode,
                checks: Vec::new(),
            },
            ir::Ty::array(loop_dtype, left),
        );
        let result = Val::one(Ty::Array(loop_dtype, left), value);
        if left == 0 && !keepdims {
            return Ok(self.item(&result, loop_dtype));
        }
        Ok(result)
    }

    fn body_over(&mut self, operands: &[Val], loop_dtypes: &[DType], build: Build) -> Res<(Body, Vec<ir::Value>, u8)> {
        let mut body = Body::default();
        let mut inputs = Vec::new();
        let mut ndim = 0;
        for (val, &dtype) in operands.iter().zip(loop_dtypes) {
            let value = match val.ty {
                Ty::Array(_, n) => {
                    ndim = ndim.max(n);
                    val.value()
                }
                _ => self.weak_scalar(val, dtype)?,
            };
            let param = self
                .b
                .ty(value)
                .dtype()
                .ok_or_else(|| self.unsupported(Why::Mixed, "not a number"))?;
            body.params.push(param);
            inputs.push(value);
        }
        let args: Vec<BodyVal> = loop_dtypes
            .iter()
            .enumerate()
            .map(|(idx, &dtype)| (BodyVal(idx as u32), dtype))
            .map(|(value, dtype)| cast(&mut body, value, dtype))
            .collect();
        let result = build(&mut body, &args);
        body.results.push(result);
        Ok((body, inputs, ndim))
    }

    /// The body on scalars: straight host code.
    fn scalar_body(&mut self, body: &Body, inputs: &[ir::Value]) -> ir::Value {
        let mut values = inputs.to_vec();
        for inst in &body.insts {
            let args: Vec<ir::Value> = inst.args.iter().map(|a| values[a.0 as usize]).collect();
            let value = match inst.op {
                ScalarOp::ConstInt(v) => self.b.constant(match inst.dtype {
                    DType::Bool => ir::Const::Bool(v != 0),
                    DType::I32 => ir::Const::I32(v as i32),
                    _ => ir::Const::I64(v),
                }),
                ScalarOp::ConstFloat(bits) => self.b.constant(match inst.dtype {
                    DType::F32 => ir::Const::F32(bits as u32),
                    _ => ir::Const::F64(bits),
                }),
                ScalarOp::ConstComplex(re, im) => self.b.constant(ir::Const::C128(re, im)),
                op => self.b.push1(ir::Inst::Scalar { op, args }, ir::Ty::Scalar(inst.dtype)),
            };
            values.push(value);
        }
        values[body.results[0].0 as usize]
    }

    /// One check over all array inputs, when there are two or more.
    fn shape_checks(&self, inputs: &[ir::Value]) -> Vec<ShapeCheck> {
        let groups: Vec<u64> = inputs
            .iter()
            .enumerate()
            .filter(|(_, v)| matches!(self.b.ty(**v), ir::Ty::Array { .. }))
            .map(|(idx, _)| 1 << idx)
            .collect();
        match groups.len() {
            0 | 1 => Vec::new(),
            _ => vec![ShapeCheck {
                groups,
                span: self.b.span,
            }],
        }
    }
}

/// A float constant of dtype F32 or F64 in a body.
pub fn const_float(body: &mut Body, v: f64, dtype: DType) -> BodyVal {
    let bits = match dtype {
        DType::F32 => u64::from((v as f32).to_bits()),
        _ => v.to_bits(),
    };
    body.push(ScalarOp::ConstFloat(bits), &[], dtype)
}

/// The constant `v` in any dtype.
pub fn const_number(body: &mut Body, v: i64, dtype: DType) -> BodyVal {
    match dtype {
        DType::F32 | DType::F64 => const_float(body, v as f64, dtype),
        DType::C128 => body.push(ScalarOp::ConstComplex((v as f64).to_bits(), 0), &[], dtype),
        _ => body.push(ScalarOp::ConstInt(v), &[], dtype),
    }
}
