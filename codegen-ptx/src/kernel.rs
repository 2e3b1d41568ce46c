//! One kernel as a PTX entry: threads stride over the flattened domain.
//!
//! ```text
//! for p in (thread, thread + n_threads, …) below n_points:
//!     index = p taken apart by the extents, last dimension fastest
//!     store body(load …)
//! ```
//!
//! Points are 32-bit and strides are read as 32 bits, so that an address costs one
//! multiply-add per dimension; the launch keeps larger domains on the host.

use inkwell::AddressSpace;
use inkwell::IntPredicate;
use inkwell::attributes::{Attribute, AttributeLoc};
use inkwell::builder::BuilderError;
use inkwell::values::{FunctionValue, IntValue, PointerValue};
use lnp_abi::provider::cuda::{MAX_LAUNCH_WORDS, launch_words};
use lnp_codegen_llvm::{Lowering, Val};
use lnp_ir as ir;
use lnp_ir::{DType, KernelInput, ScalarOp};

/// LLVM's calling convention of a PTX kernel.
const PTX_KERNEL: u32 = 71;
/// LLVM's address space of device memory.
const GLOBAL: u16 = 1;

pub enum Error {
    /// The kernel stays on the host, for this reason.
    LeftOut(String),
    Internal(String),
}

impl From<lnp_codegen_llvm::Error> for Error {
    fn from(error: lnp_codegen_llvm::Error) -> Error {
        match error {
            lnp_codegen_llvm::Error::Unsupported(..) => Error::LeftOut(error.to_string()),
            lnp_codegen_llvm::Error::Internal(text) => Error::Internal(text),
        }
    }
}

impl From<BuilderError> for Error {
    fn from(error: BuilderError) -> Error {
        Error::Internal(error.to_string())
    }
}

/// Adds the kernel's entry to the module; nothing of it stays when it cannot be lowered.
pub fn emit(lowering: &Lowering<'_, '_>, kernel: &ir::Kernel, has_libdevice: bool) -> Result<(), Error> {
    let shape = Shape::of(kernel);
    if shape.n_words() > MAX_LAUNCH_WORDS {
        return Err(Error::LeftOut("too many operands for a launch parameter".to_owned()));
    }
    if !is_ptx_name(&kernel.name) {
        return Err(Error::LeftOut("its name cannot be an entry's".to_owned()));
    }
    if !has_libdevice && let Some(op) = needs_libdevice(&kernel.body) {
        return Err(Error::LeftOut(format!(
            "{} needs libdevice, which was not found",
            op.name()
        )));
    }
    let function = declare(lowering, &kernel.name, shape.n_words());
    let built = build(lowering, kernel, &shape, function);
    if built.is_err() {
        // SAFETY: nothing refers to the entry, which was made above.
        unsafe { function.delete() };
    }
    built
}

fn is_ptx_name(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$')
}

/// The first operation of the body that calls into libdevice.
fn needs_libdevice(body: &ir::Body) -> Option<ScalarOp> {
    let needs = |inst: &&ir::BodyInst| {
        let operand = inst.args.first().map(|&a| body.dtype(a));
        match operand {
            Some(DType::F32 | DType::F64) => {
                inst.op.is_transcendental() || matches!(inst.op, ScalarOp::FloorDiv | ScalarOp::Mod)
            }
            Some(DType::C128) => inst.op == ScalarOp::Sign,
            _ => false,
        }
    };
    body.insts.iter().find(needs).map(|inst| inst.op)
}

/// Counts that place the words of the parameter.
struct Shape {
    ndim: usize,
    n_operands: usize,
    n_scalar_slots: usize,
}

impl Shape {
    fn of(kernel: &ir::Kernel) -> Shape {
        let inputs = || kernel.inputs.iter().zip(&kernel.body.params);
        Shape {
            ndim: usize::from(kernel.ndim),
            n_operands: inputs().filter(|(i, _)| !matches!(i, KernelInput::Scalar)).count() + kernel.body.results.len(),
            n_scalar_slots: inputs()
                .filter(|(i, _)| matches!(i, KernelInput::Scalar))
                .map(|(_, dtype)| if *dtype == DType::C128 { 2 } else { 1 })
                .sum(),
        }
    }

    fn n_words(&self) -> usize {
        launch_words(self.ndim, self.n_operands, self.n_scalar_slots)
    }

    fn extent(&self, dim: usize) -> usize {
        1 + 2 * dim
    }

    fn ptr(&self, operand: usize) -> usize {
        1 + 2 * self.ndim + operand
    }

    fn stride(&self, operand: usize, dim: usize) -> usize {
        self.ptr(self.n_operands) + operand * self.ndim + dim
    }

    fn scalars(&self) -> usize {
        self.ptr(self.n_operands) + self.n_operands * self.ndim
    }
}

fn declare<'c>(lowering: &Lowering<'_, 'c>, name: &str, n_words: usize) -> FunctionValue<'c> {
    let ctx = lowering.ctx;
    let params = ctx.ptr_type(AddressSpace::default());
    let function_ty = ctx.void_type().fn_type(&[params.into()], false);
    let function = lowering.module.add_function(name, function_ty, None);
    function.set_call_conventions(PTX_KERNEL);
    let words = ctx.i64_type().array_type(n_words as u32);
    let by_value = ctx.create_type_attribute(Attribute::get_named_enum_kind_id("byval"), words.into());
    let align = ctx.create_enum_attribute(Attribute::get_named_enum_kind_id("align"), 8);
    let unwinds = ctx.create_enum_attribute(Attribute::get_named_enum_kind_id("nounwind"), 0);
    function.add_attribute(AttributeLoc::Param(0), by_value);
    function.add_attribute(AttributeLoc::Param(0), align);
    function.add_attribute(AttributeLoc::Function, unwinds);
    function
}

/// Reads words of the launch parameter.
struct Params<'a, 'b, 'c> {
    lowering: &'a Lowering<'b, 'c>,
    base: PointerValue<'c>,
}

impl<'c> Params<'_, '_, 'c> {
    fn word(&self, idx: usize) -> Result<IntValue<'c>, Error> {
        self.load(idx, self.lowering.ctx.i64_type())
    }

    /// The low half of a word (the device is little-endian).
    fn low(&self, idx: usize) -> Result<IntValue<'c>, Error> {
        self.load(idx, self.lowering.ctx.i32_type())
    }

    fn load(&self, idx: usize, ty: inkwell::types::IntType<'c>) -> Result<IntValue<'c>, Error> {
        let l = self.lowering;
        let offset = l.ctx.i64_type().const_int(8 * idx as u64, false);
        let ptr = l.byte_offset(self.base, offset)?;
        Ok(l.builder.build_load(ty, ptr, "")?.into_int_value())
    }
}

fn build<'c>(
    lowering: &Lowering<'_, 'c>,
    kernel: &ir::Kernel,
    shape: &Shape,
    function: FunctionValue<'c>,
) -> Result<(), Error> {
    let (ctx, b) = (lowering.ctx, lowering.builder);
    let i32_ty = ctx.i32_type();
    let [entry, work, done] = ["entry", "point", "done"].map(|name| ctx.append_basic_block(function, name));
    let base = function.get_nth_param(0).map(|p| p.into_pointer_value());
    let base = base.ok_or_else(|| Error::Internal("the entry has no parameter".to_owned()))?;
    let params = Params { lowering, base };

    b.position_at_end(entry);
    let n_points = params.low(0)?;
    let block = special_register(lowering, "ctaid")?;
    let block_len = special_register(lowering, "ntid")?;
    let n_blocks = special_register(lowering, "nctaid")?;
    let first = b.build_int_mul(block, block_len, "")?;
    let first = b.build_int_add(first, special_register(lowering, "tid")?, "")?;
    let step = b.build_int_mul(n_blocks, block_len, "")?;
    let operands = operands(shape, &params)?;
    let scalars = scalars(lowering, kernel, shape, &params)?;
    let any = b.build_int_compare(IntPredicate::ULT, first, n_points, "")?;
    b.build_conditional_branch(any, work, done)?;

    b.position_at_end(work);
    let phi = b.build_phi(i32_ty, "p")?;
    let point = phi.as_basic_value().into_int_value();
    let index = take_apart(lowering, shape, &params, point)?;
    emit_point(lowering, kernel, &operands, &scalars, &index)?;
    // Neither the point nor the step reaches 2^31.
    let next = b.build_int_nuw_add(point, step, "")?;
    let more = b.build_int_compare(IntPredicate::ULT, next, n_points, "")?;
    let last = b
        .get_insert_block()
        .ok_or_else(|| Error::Internal("the builder has no block".to_owned()))?;
    phi.add_incoming(&[(&first, entry), (&next, last)]);
    b.build_conditional_branch(more, work, done)?;

    b.position_at_end(done);
    b.build_return(None)?;
    Ok(())
}

fn special_register<'c>(lowering: &Lowering<'_, 'c>, name: &str) -> Result<IntValue<'c>, Error> {
    let full = format!("llvm.nvvm.read.ptx.sreg.{name}.x");
    let missing = || Error::Internal(full.clone());
    let intrinsic = inkwell::intrinsics::Intrinsic::find(&full).ok_or_else(missing)?;
    let callee = intrinsic.get_declaration(lowering.module, &[]).ok_or_else(missing)?;
    let value = lowering
        .builder
        .build_call(callee, &[], "")?
        .try_as_basic_value()
        .basic();
    value.map(|v| v.into_int_value()).ok_or_else(missing)
}

/// An operand in device memory.
struct Operand<'c> {
    address: IntValue<'c>,
    /// Byte strides, 32 bits each.
    strides: Vec<IntValue<'c>>,
}

fn operands<'c>(shape: &Shape, params: &Params<'_, '_, 'c>) -> Result<Vec<Operand<'c>>, Error> {
    (0..shape.n_operands)
        .map(|k| {
            let address = params.word(shape.ptr(k))?;
            let strides: Result<Vec<_>, Error> = (0..shape.ndim).map(|d| params.low(shape.stride(k, d))).collect();
            Ok(Operand {
                address,
                strides: strides?,
            })
        })
        .collect()
}

fn scalars<'c>(
    lowering: &Lowering<'_, 'c>,
    kernel: &ir::Kernel,
    shape: &Shape,
    params: &Params<'_, '_, 'c>,
) -> Result<Vec<Val<'c>>, Error> {
    let mut slot = shape.scalars();
    let mut values = Vec::new();
    for (input, &dtype) in kernel.inputs.iter().zip(&kernel.body.params) {
        if matches!(input, KernelInput::Scalar) {
            let mut slots = vec![params.word(slot)?];
            if dtype == DType::C128 {
                slots.push(params.word(slot + 1)?);
            }
            slot += slots.len();
            values.push(lowering.from_slots(dtype, &slots)?);
        }
    }
    Ok(values)
}

/// The index of a point, by the dividers that the launch carries.
fn take_apart<'c>(
    lowering: &Lowering<'_, 'c>,
    shape: &Shape,
    params: &Params<'_, '_, 'c>,
    point: IntValue<'c>,
) -> Result<Vec<IntValue<'c>>, Error> {
    let (ctx, b) = (lowering.ctx, lowering.builder);
    let i64_ty = ctx.i64_type();
    let thirty_two = i64_ty.const_int(32, false);
    let mut index = vec![point; shape.ndim];
    let mut rest = point;
    for dim in (1..shape.ndim).rev() {
        let extent = params.low(shape.extent(dim))?;
        let divider = params.word(shape.extent(dim) + 1)?;
        let magic = b.build_and(divider, i64_ty.const_int(0xffff_ffff, false), "")?;
        let shift = b.build_right_shift(divider, thirty_two, false, "")?;
        let shift = b.build_int_truncate(shift, ctx.i32_type(), "")?;
        let product = b.build_int_mul(b.build_int_z_extend(rest, i64_ty, "")?, magic, "")?;
        let high = b.build_right_shift(product, thirty_two, false, "")?;
        let high = b.build_int_truncate(high, ctx.i32_type(), "")?;
        let quotient = b.build_right_shift(b.build_int_add(high, rest, "")?, shift, false, "")?;
        index[dim] = b.build_int_sub(rest, b.build_int_mul(quotient, extent, "")?, "")?;
        rest = quotient;
    }
    if let Some(outermost) = index.first_mut() {
        *outermost = rest;
    }
    Ok(index)
}

fn emit_point<'c>(
    lowering: &Lowering<'_, 'c>,
    kernel: &ir::Kernel,
    operands: &[Operand<'c>],
    scalars: &[Val<'c>],
    index: &[IntValue<'c>],
) -> Result<(), Error> {
    let (mut operands, mut scalars) = (operands.iter(), scalars.iter());
    let short = || Error::Internal("fewer inputs than parameters".to_owned());
    let mut values = Vec::with_capacity(kernel.body.params.len());
    for (input, &dtype) in kernel.inputs.iter().zip(&kernel.body.params) {
        values.push(match input {
            KernelInput::Scalar => *scalars.next().ok_or_else(short)?,
            KernelInput::Array { .. } => {
                let operand = operands.next().ok_or_else(short)?;
                lowering.load(dtype, address(lowering, operand, index)?)?
            }
        });
    }
    for value in lowering.body(&kernel.body, &values)? {
        let operand = operands.next().ok_or_else(short)?;
        lowering.store(address(lowering, operand, index)?, value)?;
    }
    Ok(())
}

fn address<'c>(
    lowering: &Lowering<'_, 'c>,
    operand: &Operand<'c>,
    index: &[IntValue<'c>],
) -> Result<PointerValue<'c>, Error> {
    let (ctx, b) = (lowering.ctx, lowering.builder);
    let (i32_ty, i64_ty) = (ctx.i32_type(), ctx.i64_type());
    // Written as an instruction: from a product of extended values LLVM hoists the extensions
    // out of the loop, and the assembler then multiplies all 64 bits, three times the work.
    let ty = i64_ty.fn_type(&[i32_ty.into(), i32_ty.into(), i64_ty.into()], false);
    let multiply_add = ctx.create_inline_asm(
        ty,
        "mad.wide.s32 $0, $1, $2, $3;".to_owned(),
        "=l,r,r,l".to_owned(),
        false,
        false,
        None,
        false,
    );
    let mut address = operand.address;
    for (&idx, &stride) in index.iter().zip(&operand.strides) {
        let args = [idx.into(), stride.into(), address.into()];
        let sum = b
            .build_indirect_call(ty, multiply_add, &args, "")?
            .try_as_basic_value()
            .basic();
        address = sum
            .map(|v| v.into_int_value())
            .ok_or_else(|| Error::Internal("an address has no value".to_owned()))?;
    }
    Ok(b.build_int_to_ptr(address, ctx.ptr_type(AddressSpace::from(GLOBAL)), "")?)
}
