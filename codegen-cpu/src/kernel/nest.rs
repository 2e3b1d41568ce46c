//! The loops around the compute loops: rows, strips, packing.
//!
//! An operand that is not unit-stride inside has a mode, which says when its scratch must
//! be filled anew: every strip (it is strided), the first strip of a row (it is broadcast
//! along the row), or the very first strip (no loop moves it).

use super::{BlockArg, CONSTANT, Error, IntCC, Nest, PLAIN, Source, Walk};

use cranelift_codegen::ir::{InstBuilder, Value, types};
use lnp_abi::DType;

const IN_PLACE: i64 = 0;
const EACH_STRIP: i64 = 1;
const EACH_ROW: i64 = 2;
const ONCE: i64 = 4;

impl Nest<'_, '_, '_> {
    pub(super) fn build(&mut self) -> Result<(), Error> {
        let entry = self.e.b.create_block();
        self.e.b.append_block_params_for_function_params(entry);
        self.e.b.switch_to_block(entry);
        let params = self.e.b.block_params(entry).to_vec();
        let (extents, ptrs, scalars) = (params[0], params[1], params[3]);
        self.strides = params[2];
        let (work, out) = (self.e.b.create_block(), self.e.b.create_block());
        let mut empty = self.e.b.ins().iconst(types::I8, 0);
        for d in 0..self.ndim {
            let extent = self.e.b.ins().load(types::I64, CONSTANT, extents, 8 * d as i32);
            let none = self.e.b.ins().icmp_imm_s(IntCC::SignedLessThanOrEqual, extent, 0);
            empty = self.e.b.ins().bor(empty, none);
            self.extents.push(extent);
        }
        if self.ndim == 0 {
            let one = self.e.iconst(1);
            self.extents.push(one);
        }
        self.e.b.ins().brif(empty, out, &[], work, &[]);
        self.e.b.switch_to_block(work);
        self.scalars(scalars)?;
        let ptrs: Vec<Value> = (0..self.dtypes.len())
            .map(|k| self.e.b.ins().load(types::I64, CONSTANT, ptrs, 8 * k as i32))
            .collect();
        self.modes();
        let zero = self.e.iconst(0);
        self.rows(0, &ptrs, zero)?;
        self.e.b.ins().jump(out, &[]);
        self.e.b.switch_to_block(out);
        self.e.b.ins().return_(&[]);
        Ok(())
    }

    fn n(&self) -> Value {
        self.extents[self.extents.len() - 1]
    }

    fn size(&self, k: usize) -> i64 {
        self.dtypes[k].size() as i64
    }

    /// Bytes per step of a loop.
    fn stride(&mut self, k: usize, d: usize) -> Value {
        if self.ndim == 0 {
            let size = self.size(k);
            return self.e.iconst(size);
        }
        let offset = 8 * (k * self.ndim + d) as i32;
        self.e.b.ins().load(types::I64, CONSTANT, self.strides, offset)
    }

    /// Scalar inputs into lanes, and into memory for the routines that read them.
    fn scalars(&mut self, slots: Value) -> Result<(), Error> {
        let lanes = self.lanes();
        for p in 0..self.body.params.len() {
            let value = lnp_ir::BodyVal(p as u32);
            if let Source::Scalar(slot) = self.plan.source[p] {
                let dtype = self.body.params[p];
                let scalar = self.e.load_scalar(dtype, slots, 8 * slot as i32);
                let splat = self.e.splat(lanes, dtype, scalar);
                self.splats.insert(value, splat);
            }
        }
        for value in self.plan.fills.clone() {
            let dtype = self.body.dtype(value);
            let from = match (self.plan.source[value.0 as usize], self.body.def(value)) {
                (Source::Scalar(slot), _) => self.e.b.ins().iadd_imm_s(slots, 8 * slot as i64),
                (_, Some(inst)) => {
                    let constant = self.e.scalar(inst.op, dtype, dtype, &[])?;
                    let cell = self.e.stack_slot(16, 4);
                    let cell = self.e.b.ins().stack_addr(types::I64, cell, 0);
                    for (i, part) in constant.values().enumerate() {
                        self.e.b.ins().store(PLAIN, part, cell, 8 * i as i32);
                    }
                    cell
                }
                _ => continue,
            };
            let to = self.scratch_address(Walk::Temp(self.plan.temps[&value]));
            let strip = self.e.iconst(self.strip as i64);
            let m = self.n();
            let m = self.e.b.ins().smin(m, strip);
            let zero = self.e.iconst(0);
            self.pack(dtype, m, to, from, zero)?;
        }
        Ok(())
    }

    fn pack(&mut self, dtype: DType, m: Value, to: Value, from: Value, stride: Value) -> Result<(), Error> {
        let symbol = format!("lnp_pack_{}", dtype.size());
        self.e.call_runtime(&symbol, &[m, to, from, stride], &[])?;
        Ok(())
    }

    /// Finds out whether all operands are unit-stride inside, and else each one's mode.
    fn modes(&mut self) {
        let last = self.extents.len() - 1;
        let n = self.n();
        let mut all = self.e.b.ins().iconst(types::I8, 1);
        for k in 0..self.dtypes.len() {
            let stride = self.stride(k, last);
            let size = self.size(k);
            let unit = self.e.b.ins().icmp_imm_s(IntCC::Equal, stride, size);
            all = self.e.b.ins().band(all, unit);
        }
        // A single element has no stride to speak of.
        let single = self.e.b.ins().icmp_imm_s(IntCC::Equal, n, 1);
        self.all_unit = self.e.b.ins().bor(all, single);
        let slot = self.e.stack_slot(8 * self.dtypes.len(), 3);
        self.modes = Some(slot);
        let (mixed, ready) = (self.e.b.create_block(), self.e.b.create_block());
        self.e.b.ins().brif(self.all_unit, ready, &[], mixed, &[]);
        self.e.b.switch_to_block(mixed);
        for k in 0..self.dtypes.len() {
            let inner = self.stride(k, last);
            let mut moved = self.e.iconst(0);
            for d in 0..last {
                let stride = self.stride(k, d);
                let many = self.e.b.ins().icmp_imm_s(IntCC::NotEqual, self.extents[d], 1);
                let zero = self.e.iconst(0);
                let stride = self.e.b.ins().select(many, stride, zero);
                moved = self.e.b.ins().bor(moved, stride);
            }
            let still = self.e.b.ins().icmp_imm_s(IntCC::Equal, moved, 0);
            let (once, row) = (self.e.iconst(ONCE), self.e.iconst(EACH_ROW));
            let broadcast = self.e.b.ins().select(still, once, row);
            let is_broadcast = self.e.b.ins().icmp_imm_s(IntCC::Equal, inner, 0);
            let each = self.e.iconst(EACH_STRIP);
            let mode = self.e.b.ins().select(is_broadcast, broadcast, each);
            let size = self.size(k);
            let unit = self.e.b.ins().icmp_imm_s(IntCC::Equal, inner, size);
            let place = self.e.iconst(IN_PLACE);
            let mode = self.e.b.ins().select(unit, place, mode);
            self.e.b.ins().stack_store(types::I64, mode, slot, 8 * k as i32);
        }
        self.e.b.ins().jump(ready, &[]);
        self.e.b.switch_to_block(ready);
    }

    /// The loop of dimension `d` and those inside it. `first` is zero in the first row.
    fn rows(&mut self, d: usize, ptrs: &[Value], first: Value) -> Result<(), Error> {
        if d + 1 == self.extents.len() {
            return self.row(ptrs, first);
        }
        let (head, exit) = (self.e.b.create_block(), self.e.b.create_block());
        let idx = self.e.b.append_block_param(head, types::I64);
        let here: Vec<Value> = ptrs
            .iter()
            .map(|_| self.e.b.append_block_param(head, types::I64))
            .collect();
        let zero = self.e.iconst(0);
        let args = block_args(&[&[zero], ptrs]);
        self.e.b.ins().jump(head, &args);
        self.e.b.switch_to_block(head);
        let first = self.e.b.ins().bor(first, idx);
        self.rows(d + 1, &here, first)?;
        let mut moved = Vec::new();
        for (k, &ptr) in here.iter().enumerate() {
            let stride = self.stride(k, d);
            moved.push(self.e.b.ins().iadd(ptr, stride));
        }
        let next = self.e.b.ins().iadd_imm_s(idx, 1);
        let more = self.e.b.ins().icmp(IntCC::SignedLessThan, next, self.extents[d]);
        let args = block_args(&[&[next], &moved]);
        self.e.b.ins().brif(more, head, &args, exit, &[]);
        self.e.b.switch_to_block(exit);
        Ok(())
    }

    /// The innermost dimension: at once, or in strips.
    fn row(&mut self, ptrs: &[Value], first: Value) -> Result<(), Error> {
        let n = self.n();
        let strips = self.plan.is_strip_only();
        let (strip, compute) = (self.e.b.create_block(), self.e.b.create_block());
        let (after, done) = (self.e.b.create_block(), self.e.b.create_block());
        let start = self.e.b.append_block_param(strip, types::I64);
        let from = self.e.b.append_block_param(compute, types::I64);
        let m = self.e.b.append_block_param(compute, types::I64);
        let at: Vec<Value> = ptrs
            .iter()
            .map(|_| self.e.b.append_block_param(compute, types::I64))
            .collect();
        let zero = self.e.iconst(0);
        if strips {
            self.e.b.ins().jump(strip, &[zero.into()]);
        } else {
            let args = block_args(&[&[zero, n], ptrs]);
            let zero = [zero.into()];
            self.e.b.ins().brif(self.all_unit, compute, &args, strip, &zero);
        }
        self.e.b.switch_to_block(strip);
        let rest = self.e.b.ins().isub(n, start);
        let most = self.e.iconst(self.strip as i64);
        let len = self.e.b.ins().smin(rest, most);
        if strips {
            // All in place: no packing to think of.
            let (plain, mixed) = (self.e.b.create_block(), self.e.b.create_block());
            self.e.b.ins().brif(self.all_unit, plain, &[], mixed, &[]);
            self.e.b.switch_to_block(plain);
            let mut places = Vec::new();
            for (k, &ptr) in ptrs.iter().enumerate() {
                places.push(self.place(k, ptr, start));
            }
            let args = block_args(&[&[start, len], &places]);
            self.e.b.ins().jump(compute, &args);
            self.e.b.switch_to_block(mixed);
        }
        let places = self.pack_strip(ptrs, start, len, first)?;
        let args = block_args(&[&[start, len], &places]);
        self.e.b.ins().jump(compute, &args);

        self.e.b.switch_to_block(compute);
        self.compute(&at, m)?;
        if strips {
            self.e.b.ins().jump(after, &[]);
        } else {
            self.e.b.ins().brif(self.all_unit, done, &[], after, &[]);
        }
        self.e.b.switch_to_block(after);
        self.unpack_strip(ptrs, from, m)?;
        let next = self.e.b.ins().iadd(from, m);
        let more = self.e.b.ins().icmp(IntCC::SignedLessThan, next, n);
        self.e.b.ins().brif(more, strip, &[next.into()], done, &[]);
        self.e.b.switch_to_block(done);
        Ok(())
    }

    /// Where a unit-stride operand's strip starts.
    fn place(&mut self, k: usize, ptr: Value, start: Value) -> Value {
        let size = self.size(k);
        let moved = self.e.b.ins().imul_imm_s(start, size);
        self.e.b.ins().iadd(ptr, moved)
    }

    fn mode(&mut self, k: usize) -> Value {
        match self.modes {
            Some(slot) => self.e.b.ins().stack_load(types::I64, types::I64, slot, 8 * k as i32),
            None => self.e.iconst(IN_PLACE),
        }
    }

    /// Packs what must be packed; where each operand's strip lies then.
    fn pack_strip(&mut self, ptrs: &[Value], start: Value, len: Value, first: Value) -> Result<Vec<Value>, Error> {
        let last = self.extents.len() - 1;
        let row_start = self.e.b.ins().icmp_imm_s(IntCC::Equal, start, 0);
        let earlier = self.e.b.ins().bor(start, first);
        let very_first = self.e.b.ins().icmp_imm_s(IntCC::Equal, earlier, 0);
        let row_start = self.e.b.ins().uextend(types::I64, row_start);
        let row_start = self.e.b.ins().ishl_imm_u(row_start, EACH_ROW.trailing_zeros() as i64);
        let very_first = self.e.b.ins().uextend(types::I64, very_first);
        let very_first = self.e.b.ins().ishl_imm_u(very_first, ONCE.trailing_zeros() as i64);
        let state = self.e.b.ins().bor(row_start, very_first);
        let state = self.e.b.ins().bor_imm_s(state, EACH_STRIP);
        let mut places = Vec::new();
        for (k, &ptr) in ptrs.iter().enumerate() {
            let mode = self.mode(k);
            let scratch = self.scratch_address(Walk::Operand(k));
            if k < self.plan.inputs.len() {
                let (pack, next) = (self.e.b.create_block(), self.e.b.create_block());
                let now = self.e.b.ins().band(mode, state);
                self.e.b.ins().brif(now, pack, &[], next, &[]);
                self.e.b.switch_to_block(pack);
                let stride = self.stride(k, last);
                let moved = self.e.b.ins().imul(start, stride);
                let from = self.e.b.ins().iadd(ptr, moved);
                self.pack(self.dtypes[k], len, scratch, from, stride)?;
                self.e.b.ins().jump(next, &[]);
                self.e.b.switch_to_block(next);
            }
            let in_place = self.place(k, ptr, start);
            places.push(self.e.b.ins().select(mode, scratch, in_place));
        }
        Ok(places)
    }

    fn unpack_strip(&mut self, ptrs: &[Value], start: Value, len: Value) -> Result<(), Error> {
        let last = self.extents.len() - 1;
        let (mixed, end) = (self.e.b.create_block(), self.e.b.create_block());
        self.e.b.ins().brif(self.all_unit, end, &[], mixed, &[]);
        self.e.b.switch_to_block(mixed);
        for (k, &ptr) in ptrs.iter().enumerate().skip(self.plan.inputs.len()) {
            let (unpack, next) = (self.e.b.create_block(), self.e.b.create_block());
            let mode = self.mode(k);
            self.e.b.ins().brif(mode, unpack, &[], next, &[]);
            self.e.b.switch_to_block(unpack);
            let stride = self.stride(k, last);
            let moved = self.e.b.ins().imul(start, stride);
            let to = self.e.b.ins().iadd(ptr, moved);
            let from = self.scratch_address(Walk::Operand(k));
            let symbol = format!("lnp_unpack_{}", self.dtypes[k].size());
            self.e.call_runtime(&symbol, &[len, to, stride, from], &[])?;
            self.e.b.ins().jump(next, &[]);
            self.e.b.switch_to_block(next);
        }
        self.e.b.ins().jump(end, &[]);
        self.e.b.switch_to_block(end);
        Ok(())
    }
}

fn block_args(parts: &[&[Value]]) -> Vec<BlockArg> {
    parts
        .iter()
        .flat_map(|p| p.iter())
        .map(|&v| BlockArg::Value(v))
        .collect()
}
