//! Functions: SSA with block parameters.

use crate::{Body, DType, FuncId, KernelId, PyUnitId, ReduceOp, Rt, ScalarOp, Ty};
use cranelift_entity::{PrimaryMap, SecondaryMap, entity_impl};

/// An SSA value.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Value(u32);
entity_impl!(Value, "%");

/// A basic block.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Block(u32);
entity_impl!(Block, "^b");

/// A source line, 1-based; 0 where there is none. Carried for errors and tracebacks only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    pub line: u32,
}

#[derive(Clone, Debug)]
pub struct ValueData {
    pub ty: Ty,
}

/// A constant.
#[derive(Clone, Debug, PartialEq)]
pub enum Const {
    Bool(bool),
    I32(i32),
    I64(i64),
    /// Bits, so that NaNs and signed zeros compare.
    F32(u32),
    F64(u64),
    C128(u64, u64),
    Str(String),
}

impl Const {
    pub fn ty(&self) -> Ty {
        match self {
            Const::Bool(_) => Ty::BOOL,
            Const::I32(_) => Ty::I32,
            Const::I64(_) => Ty::I64,
            Const::F32(_) => Ty::F32,
            Const::F64(_) => Ty::F64,
            Const::C128(..) => Ty::C128,
            Const::Str(_) => Ty::Str,
        }
    }
}

/// Python's own `int` arithmetic: overflow raises `OverflowError`, a zero divisor
/// `ZeroDivisionError`. (`FloatDiv` is `/` on Python floats.)
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CheckedOp {
    Add,
    Sub,
    Mul,
    Neg,
    Abs,
    FloorDiv,
    Mod,
    Shl,
    Shr,
    /// int / int → float
    TrueDiv,
    /// float / float → float
    FloatDiv,
}

impl CheckedOp {
    pub const NAMES: &'static [(CheckedOp, &'static str)] = &[
        (CheckedOp::Add, "add"),
        (CheckedOp::Sub, "sub"),
        (CheckedOp::Mul, "mul"),
        (CheckedOp::Neg, "neg"),
        (CheckedOp::Abs, "abs"),
        (CheckedOp::FloorDiv, "floordiv"),
        (CheckedOp::Mod, "mod"),
        (CheckedOp::Shl, "shl"),
        (CheckedOp::Shr, "shr"),
        (CheckedOp::TrueDiv, "truediv"),
        (CheckedOp::FloatDiv, "floatdiv"),
    ];

    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(op, _)| *op == self).expect("listed").1
    }

    pub fn result(self) -> Ty {
        match self {
            CheckedOp::TrueDiv | CheckedOp::FloatDiv => Ty::F64,
            _ => Ty::I64,
        }
    }
}

/// One item of a basic index. Covers axes of the base from the left; `NewAxis` covers none.
#[derive(Clone, Debug, PartialEq)]
pub enum ViewDim {
    /// `:`
    Full,
    /// An integer: the axis disappears. Negative counts from the end; bounds are checked.
    Index(Value),
    /// `start:stop:step` with Python's clamping. Each an i64 value.
    Slice {
        start: Option<Value>,
        stop: Option<Value>,
        step: Option<Value>,
    },
    NewAxis,
}

/// One original operation inside an array statement: the groups' shapes must broadcast.
/// A group is a bit mask over the statement's inputs. Kept through fusion so that the error
/// names the operands that the user wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShapeCheck {
    pub groups: Vec<u64>,
    pub span: Span,
}

/// What becomes of the values that a kernel or body computes.
#[derive(Clone, Debug, PartialEq)]
pub enum LaunchMode {
    /// New arrays over the inputs' broadcast domain, one per body result.
    Fresh,
    /// Into the elements of an array or view. `in_place`: an in-place operator, for the
    /// error text. The right side is evaluated as if whole before the store.
    Into { dst: Value, in_place: bool },
    /// Combined over the axes in `axes` (bit mask; of the domain), giving one array.
    /// All axes: a 0-d array.
    Reduce { op: ReduceOp, axes: u32, keepdims: bool },
}

/// An argument of a runtime call.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    Value(Value),
    Imm(i64),
    ImmBool(bool),
    /// A `Slots` argument: the values as 8-byte slots.
    Slots(Vec<Value>),
    /// Constant slots.
    ImmSlots(Vec<i64>),
    /// A constant string (an interned `str` object, not counted).
    Str(String),
    /// A Python unit's descriptor.
    Unit(PyUnitId),
}

/// An instruction.
#[derive(Clone, Debug, PartialEq)]
pub enum Inst {
    Const(Const),
    /// A scalar operation with NumPy's meaning; never raises.
    Scalar {
        op: ScalarOp,
        args: Vec<Value>,
    },
    /// Python's arithmetic; may raise.
    Checked {
        op: CheckedOp,
        args: Vec<Value>,
    },
    /// Reinterprets 64 bits: f64 ↔ i64 (union payloads).
    Bitcast(Value),
    /// A reference as another reference type; the caller knows it is one.
    RefCast(Value),
    /// Extent of an axis: i64.
    Dim {
        array: Value,
        axis: u8,
    },
    /// A basic-index view of an array; shares its buffer.
    ///
    /// A `lazy` view is never made: launches alone use it, and each finds out where it lies,
    /// raising its error where it has one. It owns nothing and keeps its base alive.
    View {
        base: Value,
        dims: Vec<ViewDim>,
        lazy: bool,
    },
    /// High altitude: an element-wise computation. Inputs are arrays and scalars, one per
    /// body parameter.
    Map {
        body: Body,
        inputs: Vec<Value>,
        mode: LaunchMode,
        checks: Vec<ShapeCheck>,
    },
    /// Low altitude: the same by a kernel of the module. Inputs in the kernel's order.
    Launch {
        kernel: KernelId,
        inputs: Vec<Value>,
        mode: LaunchMode,
        checks: Vec<ShapeCheck>,
    },
    Call {
        func: FuncId,
        args: Vec<Value>,
    },
    CallRt {
        rt: Rt,
        args: Vec<Arg>,
    },
    /// One more owner of a reference.
    Retain(Value),
    /// One owner less. Placed by the `place` pass at the end of each value's life.
    Release(Value),
}

#[derive(Clone, Debug)]
pub struct InstData {
    pub inst: Inst,
    pub results: Vec<Value>,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub struct BlockCall {
    pub block: Block,
    pub args: Vec<Value>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Terminator {
    Jump(BlockCall),
    Branch {
        cond: Value,
        then: BlockCall,
        other: BlockCall,
    },
    Return(Vec<Value>),
    /// Leaves the function with the pending exception (after `lnp_raise`).
    Unwind,
}

#[derive(Clone, Debug, Default)]
pub struct BlockData {
    pub params: Vec<Value>,
    pub insts: Vec<InstData>,
    /// Set once the block is finished.
    pub term: Option<Terminator>,
    pub term_span: Span,
}

/// How far beyond a point the statements that read an array reach, axis by axis: the margin
/// that each part of a distributed array should have. A hint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Halo {
    pub array: Value,
    /// Elements below and above, per axis.
    pub margins: Vec<(u32, u32)>,
}

/// A function. Reference parameters are borrowed; reference results are owned by the caller.
#[derive(Clone, Debug)]
pub struct Func {
    pub name: String,
    /// The Python function's name in tracebacks (`<module>` for the program itself).
    pub display_name: String,
    pub results: Vec<Ty>,
    pub values: PrimaryMap<Value, ValueData>,
    pub blocks: PrimaryMap<Block, BlockData>,
    /// Layout order; the first is the entry, whose parameters are the function's.
    pub order: Vec<Block>,
    /// The user's name for a value, for reading the text form.
    pub names: SecondaryMap<Value, Option<String>>,
    /// Set by `partition`.
    pub halos: Vec<Halo>,
}

impl Func {
    pub fn new(name: &str, display_name: &str) -> Func {
        Func {
            name: name.to_owned(),
            display_name: display_name.to_owned(),
            results: Vec::new(),
            values: PrimaryMap::new(),
            blocks: PrimaryMap::new(),
            order: Vec::new(),
            names: SecondaryMap::new(),
            halos: Vec::new(),
        }
    }

    pub fn entry(&self) -> Block {
        self.order[0]
    }

    pub fn params(&self) -> &[Value] {
        &self.blocks[self.entry()].params
    }

    pub fn ty(&self, value: Value) -> Ty {
        self.values[value].ty
    }

    pub fn new_value(&mut self, ty: Ty) -> Value {
        self.values.push(ValueData { ty })
    }

    pub fn new_block(&mut self) -> Block {
        let block = self.blocks.push(BlockData::default());
        self.order.push(block);
        block
    }

    pub fn add_block_param(&mut self, block: Block, ty: Ty) -> Value {
        let value = self.new_value(ty);
        self.blocks[block].params.push(value);
        value
    }
}

/// Appends instructions at the end of a current block.
///
/// Cheap to clone together with its function: the frontend retries a loop body when the
/// types at its header turn out wider.
#[derive(Clone, Debug)]
pub struct FuncBuilder {
    pub func: Func,
    pub block: Block,
    pub span: Span,
}

impl FuncBuilder {
    /// A function with an entry block, current.
    pub fn new(name: &str, display_name: &str) -> FuncBuilder {
        let mut func = Func::new(name, display_name);
        let block = func.new_block();
        FuncBuilder {
            func,
            block,
            span: Span::default(),
        }
    }

    pub fn ty(&self, value: Value) -> Ty {
        self.func.ty(value)
    }

    /// Whether the current block already ended (what follows is unreachable).
    pub fn is_terminated(&self) -> bool {
        self.func.blocks[self.block].term.is_some()
    }

    /// Appends an instruction with results of the given types.
    pub fn push(&mut self, inst: Inst, results: &[Ty]) -> Vec<Value> {
        let results: Vec<Value> = results.iter().map(|&ty| self.func.new_value(ty)).collect();
        self.func.blocks[self.block].insts.push(InstData {
            inst,
            results: results.clone(),
            span: self.span,
        });
        results
    }

    pub fn push1(&mut self, inst: Inst, result: Ty) -> Value {
        self.push(inst, &[result])[0]
    }

    pub fn constant(&mut self, c: Const) -> Value {
        let ty = c.ty();
        self.push1(Inst::Const(c), ty)
    }

    pub fn i64(&mut self, v: i64) -> Value {
        self.constant(Const::I64(v))
    }

    pub fn f64(&mut self, v: f64) -> Value {
        self.constant(Const::F64(v.to_bits()))
    }

    pub fn bool(&mut self, v: bool) -> Value {
        self.constant(Const::Bool(v))
    }

    pub fn str(&mut self, v: &str) -> Value {
        self.constant(Const::Str(v.to_owned()))
    }

    /// A scalar operation; the result dtype follows from the operands.
    pub fn scalar(&mut self, op: ScalarOp, args: &[Value]) -> Value {
        let operand = self.ty(args[usize::from(op == ScalarOp::Select)]);
        let dtype = operand.dtype().expect("scalar operand");
        let result = op.result_dtype(dtype).expect("not a cast");
        self.push1(
            Inst::Scalar {
                op,
                args: args.to_vec(),
            },
            Ty::Scalar(result),
        )
    }

    pub fn cast(&mut self, value: Value, to: DType) -> Value {
        if self.ty(value) == Ty::Scalar(to) {
            return value;
        }
        self.push1(
            Inst::Scalar {
                op: ScalarOp::Cast,
                args: vec![value],
            },
            Ty::Scalar(to),
        )
    }

    pub fn checked(&mut self, op: CheckedOp, args: &[Value]) -> Value {
        self.push1(
            Inst::Checked {
                op,
                args: args.to_vec(),
            },
            op.result(),
        )
    }

    /// A runtime call with a result of the type the caller knows.
    pub fn call_rt(&mut self, rt: Rt, args: Vec<Arg>, result: Ty) -> Value {
        self.push1(Inst::CallRt { rt, args }, result)
    }

    /// A runtime call without a result.
    pub fn call_rt_unit(&mut self, rt: Rt, args: Vec<Arg>) {
        self.push(Inst::CallRt { rt, args }, &[]);
    }

    /// Ends the current block unless it is ended already.
    pub fn terminate(&mut self, term: Terminator) {
        let span = self.span;
        let data = &mut self.func.blocks[self.block];
        if data.term.is_none() {
            data.term = Some(term);
            data.term_span = span;
        }
    }

    pub fn jump(&mut self, block: Block, args: Vec<Value>) {
        self.terminate(Terminator::Jump(BlockCall { block, args }));
    }

    pub fn branch(&mut self, cond: Value, then: Block, other: Block) {
        self.terminate(Terminator::Branch {
            cond,
            then: BlockCall {
                block: then,
                args: vec![],
            },
            other: BlockCall {
                block: other,
                args: vec![],
            },
        });
    }

    /// Makes `block` current.
    pub fn switch_to(&mut self, block: Block) {
        self.block = block;
    }
}
