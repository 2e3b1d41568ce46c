//! The symbolic shape of every array of a function, and of its integers.
//!
//! Block parameters start out unknown and take the shape on which all their arguments agree
//! (an optimistic fixpoint, as in sparse conditional constant propagation); where they do
//! not, each axis is a symbol of its own. A shape that agrees along the forward edge of a
//! loop cannot mention what the loop defines, so it holds in every iteration.
//!
//! What calls tell of each other is in [`calls`].

mod calls;

use super::extent::{Ext, ExtId, Extents};
use cranelift_entity::SecondaryMap;
use lnp_ir::{Arg, Const, DType, Dominators, Func, FuncId, Inst, InstData, LaunchMode, Module, Rt, Ty, Value, ViewDim};

pub(crate) use calls::ModuleShapes;
use calls::{Context, Results, Slot};

pub(crate) type Shape = Vec<ExtId>;

/// Shapes of one function's values.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shapes {
    pub exts: Extents,
    arrays: SecondaryMap<Value, Option<Shape>>,
    ints: SecondaryMap<Value, Option<ExtId>>,
}

impl Shapes {
    /// Shapes of a function on its own, for tests of passes and after edits.
    fn compute(
        module: &Module,
        id: FuncId,
        context: &Context,
        callees: &SecondaryMap<FuncId, Shapes>,
        results: &Results,
    ) -> Shapes {
        let func = &module.funcs[id];
        let mut s = Shapes::default();
        s.params(func, context);
        let doms = Dominators::new(func);
        // Each round may only lose facts about block parameters, so it ends.
        loop {
            let mut changed = false;
            for &block in doms.reverse_postorder() {
                for data in &func.blocks[block].insts {
                    s.inst(module, func, data, callees, results);
                }
                for target in func.blocks[block].term.iter().flat_map(|t| t.targets()) {
                    for (&param, &arg) in func.blocks[target.block].params.iter().zip(&target.args) {
                        changed |= s.meet(func, param, arg);
                    }
                }
            }
            if !changed {
                return s;
            }
        }
    }

    fn params(&mut self, func: &Func, context: &Context) {
        let mut slots: Vec<ExtId> = Vec::new();
        let mut next = |exts: &mut Extents, own: Ext| {
            let ext = match context.slots.get(slots.len()) {
                Some(Slot::Const(c)) => exts.constant(*c),
                Some(Slot::Same(i)) if *i < slots.len() => slots[*i],
                _ => exts.id(own),
            };
            slots.push(ext);
            ext
        };
        for &param in func.params() {
            match func.ty(param) {
                Ty::Array { ndim, .. } => {
                    let shape = (0..ndim)
                        .map(|axis| next(&mut self.exts, Ext::Axis(param, axis)))
                        .collect();
                    self.arrays[param] = Some(shape);
                }
                Ty::Scalar(DType::I64) => self.ints[param] = Some(next(&mut self.exts, Ext::Val(param))),
                _ => {}
            }
        }
    }

    /// Joins what is known of a block parameter with one argument.
    fn meet(&mut self, func: &Func, param: Value, arg: Value) -> bool {
        match func.ty(param) {
            Ty::Array { ndim, .. } => {
                let new = self.of(arg, ndim);
                let known = self.arrays[param].clone();
                let joined: Shape = match &known {
                    None => new,
                    Some(old) => (0..ndim)
                        .map(|axis| {
                            let (a, b) = (old[axis as usize], new[axis as usize]);
                            if a == b {
                                a
                            } else {
                                self.exts.id(Ext::Axis(param, axis))
                            }
                        })
                        .collect(),
                };
                let changed = known.as_ref() != Some(&joined);
                self.arrays[param] = Some(joined);
                changed
            }
            Ty::Scalar(DType::I64) => {
                let new = self.int(arg);
                let joined = match self.ints[param] {
                    None => new,
                    Some(old) if old == new => old,
                    Some(_) => self.exts.id(Ext::Val(param)),
                };
                let changed = self.ints[param] != Some(joined);
                self.ints[param] = Some(joined);
                changed
            }
            _ => false,
        }
    }

    /// The shape of an array; symbols of its own where nothing is known.
    pub(crate) fn of(&mut self, array: Value, ndim: u8) -> Shape {
        match &self.arrays[array] {
            Some(shape) if shape.len() == ndim as usize => shape.clone(),
            _ => self.own(array, ndim),
        }
    }

    fn own(&mut self, array: Value, ndim: u8) -> Shape {
        (0..ndim).map(|axis| self.exts.id(Ext::Axis(array, axis))).collect()
    }

    /// The shape of any value; a scalar has none.
    pub(crate) fn of_value(&mut self, func: &Func, v: Value) -> Shape {
        match func.ty(v) {
            Ty::Array { ndim, .. } => self.of(v, ndim),
            _ => Vec::new(),
        }
    }

    pub(crate) fn set(&mut self, array: Value, shape: Shape) {
        self.arrays[array] = Some(shape);
    }

    /// An integer value as an extent.
    pub(crate) fn int(&mut self, v: Value) -> ExtId {
        match self.ints[v] {
            Some(ext) => ext,
            None => self.exts.id(Ext::Val(v)),
        }
    }

    /// The constant that an integer is known to be.
    pub(crate) fn int_const(&mut self, v: Value) -> Option<i64> {
        let ext = self.int(v);
        self.exts.as_const(ext)
    }

    fn inst(
        &mut self,
        module: &Module,
        func: &Func,
        data: &InstData,
        callees: &SecondaryMap<FuncId, Shapes>,
        results: &Results,
    ) {
        if let Inst::Call { func: callee, args } = &data.inst {
            self.call(func, data, (*callee, &module.funcs[*callee]), args, callees, results);
            return;
        }
        let Some(&result) = data.results.first() else {
            return;
        };
        match func.ty(result) {
            Ty::Scalar(DType::I64) => {
                let ext = match &data.inst {
                    Inst::Const(Const::I64(v)) => self.exts.constant(*v),
                    Inst::Dim { array, axis } => {
                        let Ty::Array { ndim, .. } = func.ty(*array) else {
                            return;
                        };
                        self.of(*array, ndim)[*axis as usize]
                    }
                    Inst::CallRt { rt: Rt::Len, args } => match args[..] {
                        [Arg::Value(a)] => match self.of_value(func, a).first() {
                            Some(&ext) => ext,
                            None => return,
                        },
                        _ => return,
                    },
                    _ => self.exts.id(Ext::Val(result)),
                };
                self.ints[result] = Some(ext);
            }
            Ty::Array { ndim, .. } => {
                for &r in &data.results {
                    let shape = self.array(func, &data.inst).filter(|s| s.len() == ndim as usize);
                    self.arrays[r] = Some(match shape {
                        Some(shape) => shape,
                        None => self.own(r, ndim),
                    });
                }
            }
            _ => {}
        }
    }

    fn array(&mut self, func: &Func, inst: &Inst) -> Option<Shape> {
        match inst {
            Inst::View { base, dims, .. } => {
                let shape = self.of_value(func, *base);
                Some(self.view(&shape, dims))
            }
            Inst::RefCast(v) if matches!(func.ty(*v), Ty::Array { .. }) => Some(self.of_value(func, *v)),
            Inst::Map { inputs, mode, .. } | Inst::Launch { inputs, mode, .. } => {
                let domain = self.domain(func, inputs);
                match mode {
                    LaunchMode::Reduce { axes, keepdims, .. } => {
                        let one = self.exts.constant(1);
                        let gone = |axis: usize| axes >> axis & 1 != 0;
                        let axes = domain.into_iter().enumerate();
                        Some(if *keepdims {
                            axes.map(|(i, e)| if gone(i) { one } else { e }).collect()
                        } else {
                            axes.filter(|(i, _)| !gone(*i)).map(|(_, e)| e).collect()
                        })
                    }
                    _ => Some(domain),
                }
            }
            Inst::CallRt { rt, args } => self.runtime(func, *rt, args),
            _ => None,
        }
    }

    /// The shape that the inputs of an array statement broadcast to.
    pub(crate) fn domain(&mut self, func: &Func, inputs: &[Value]) -> Shape {
        let mut domain: Shape = Vec::new();
        for &input in inputs {
            let shape = self.of_value(func, input);
            domain = self.broadcast(&domain, &shape);
        }
        domain
    }

    pub(crate) fn broadcast(&mut self, a: &Shape, b: &Shape) -> Shape {
        let n = a.len().max(b.len());
        let one = self.exts.constant(1);
        (0..n)
            .map(|axis| {
                let at = |s: &Shape| (axis + s.len()).checked_sub(n).map_or(one, |i| s[i]);
                self.exts.broadcast(at(a), at(b))
            })
            .collect()
    }

    /// The shape of a basic-index view.
    pub(crate) fn view(&mut self, base: &Shape, dims: &[ViewDim]) -> Shape {
        let mut out = Shape::new();
        let mut axis = 0;
        for dim in dims {
            match dim {
                ViewDim::NewAxis => out.push(self.exts.constant(1)),
                ViewDim::Full => {
                    out.extend(base.get(axis));
                    axis += 1;
                }
                ViewDim::Index(_) => axis += 1,
                ViewDim::Slice { start, stop, step } => {
                    let parts = [start, stop, step].map(|p| p.map(|v| self.int(v)));
                    if let Some(&ext) = base.get(axis) {
                        out.push(self.exts.slice(ext, parts));
                    }
                    axis += 1;
                }
            }
        }
        out.extend(base.iter().skip(axis));
        out
    }

    fn runtime(&mut self, func: &Func, rt: Rt, args: &[Arg]) -> Option<Shape> {
        let array = |s: &mut Self, idx: usize| match args.get(idx) {
            Some(Arg::Value(v)) => Some(s.of_value(func, *v)),
            _ => None,
        };
        match rt {
            Rt::ArrayEmpty | Rt::ArrayZeros | Rt::ArrayFromSlots => self.slots(args.get(1)?),
            Rt::RngArray | Rt::RngIntegersArray => self.slots(args.get(5)?),
            Rt::Linspace => Some(vec![self.scalar(args.get(2)?)?]),
            Rt::Eye => Some(vec![self.scalar(args.get(1)?)?, self.scalar(args.get(2)?)?]),
            Rt::RngPermutation => Some(vec![self.scalar(args.get(1)?)?]),
            Rt::ArrayEmptyLike | Rt::ArrayZerosLike => array(self, 1),
            Rt::Copy | Rt::Roll | Rt::Sort | Rt::ArgSort => array(self, 0),
            Rt::Wrap => {
                let Some(Arg::ImmSlots(widths)) = args.get(1) else {
                    return None;
                };
                let widths: Vec<i64> = widths.chunks_exact(2).map(|pair| pair[0] + pair[1]).collect();
                let shape = array(self, 0)?;
                Some(shape.iter().zip(widths).map(|(&e, k)| self.exts.plus(e, k)).collect())
            }
            Rt::BroadcastTo => self.slots(args.get(1)?),
            Rt::Scan => {
                let shape = array(self, 0)?;
                let flat = !matches!(args.get(1), Some(Arg::Imm(axis)) if *axis >= 0);
                (!flat || shape.len() == 1).then_some(shape)
            }
            Rt::Flatten | Rt::Ravel => array(self, 0).filter(|s| s.len() == 1),
            Rt::Transpose => {
                let shape = array(self, 0)?;
                let Some(Arg::ImmSlots(perm)) = args.get(1) else {
                    return None;
                };
                if perm.len() != shape.len() {
                    return None;
                }
                perm.iter()
                    .map(|&p| shape.get(usize::try_from(p).ok()?).copied())
                    .collect()
            }
            Rt::Matmul | Rt::Dot => {
                let (a, b) = (array(self, 0)?, array(self, 1)?);
                match (a.len(), b.len()) {
                    (2, 2) => Some(vec![a[0], b[1]]),
                    (2, 1) => Some(vec![a[0]]),
                    (1, 2) => Some(vec![b[1]]),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Extents given as slots.
    fn slots(&mut self, arg: &Arg) -> Option<Shape> {
        match arg {
            Arg::Slots(vals) => Some(vals.iter().map(|&v| self.int(v)).collect()),
            Arg::ImmSlots(vals) => Some(vals.iter().map(|&v| self.exts.constant(v)).collect()),
            _ => None,
        }
    }

    fn scalar(&mut self, arg: &Arg) -> Option<ExtId> {
        match arg {
            Arg::Value(v) => Some(self.int(*v)),
            Arg::Imm(v) => Some(self.exts.constant(*v)),
            _ => None,
        }
    }

    /// Whether an integer is known to be the length of something.
    pub(crate) fn is_length(&self, ext: ExtId) -> bool {
        match self.exts.get(ext) {
            Ext::Const(v) => *v >= 0,
            Ext::Val(_) => false,
            Ext::Axis(..) | Ext::Minus(..) | Ext::Plus(..) | Ext::Slice(..) | Ext::Broadcast(_) => true,
        }
    }

    /// Whether these shapes are known to broadcast together.
    pub(crate) fn broadcast_is_proved(&mut self, shapes: &[Shape]) -> bool {
        let n = shapes.iter().map(Vec::len).max().unwrap_or(0);
        let one = self.exts.constant(1);
        (0..n).all(|from_right| {
            let mut common = None;
            shapes
                .iter()
                .all(|s| match s.len().checked_sub(from_right + 1).map(|i| s[i]) {
                    None => true,
                    Some(ext) if ext == one => true,
                    Some(ext) => *common.get_or_insert(ext) == ext,
                })
        })
    }

    /// Whether an array statement is known not to fail.
    pub(crate) fn statement_is_proved(&mut self, func: &Func, inputs: &[Value], mode: &LaunchMode) -> bool {
        let mut shapes: Vec<Shape> = inputs.iter().map(|&v| self.of_value(func, v)).collect();
        match mode {
            LaunchMode::Into { dst, .. } => {
                let dst = self.of_value(func, *dst);
                let one = self.exts.constant(1);
                shapes.iter().all(|s| {
                    s.len() <= dst.len() && s.iter().rev().zip(dst.iter().rev()).all(|(e, d)| e == d || *e == one)
                })
            }
            LaunchMode::Fresh => self.broadcast_is_proved(&shapes),
            LaunchMode::Reduce { op, .. } => {
                // min and max of nothing raise.
                shapes.retain(|s| !s.is_empty());
                matches!(
                    op,
                    lnp_ir::ReduceOp::Sum | lnp_ir::ReduceOp::Prod | lnp_ir::ReduceOp::Any | lnp_ir::ReduceOp::All
                ) && self.broadcast_is_proved(&shapes)
            }
        }
    }
}
