//! Executes a parsed entry, one thread after the other.
//!
//! Every address is one of this process: device memory is ordinary memory here.

use crate::parse::{Action, Address, Base, Function, Program, Source, Special};

/// A one-dimensional launch.
#[derive(Clone, Copy)]
pub struct Grid {
    pub n_blocks: u32,
    pub block_len: u32,
}

/// One call of a function.
struct Frame<'a> {
    registers: Vec<u64>,
    memory: Vec<u128>,
    params: &'a [u64],
    result: u64,
    carry: u64,
    thread: Thread,
}

#[derive(Clone, Copy)]
struct Thread {
    grid: Grid,
    block: u32,
    idx: u32,
}

/// Runs an entry on its parameter words.
///
/// # Safety
/// The addresses among the words are those of live memory, as the entry uses them.
pub unsafe fn launch(program: &Program, entry: usize, words: &[u64], grid: Grid) -> Result<(), String> {
    for block in 0..grid.n_blocks {
        for idx in 0..grid.block_len {
            let thread = Thread { grid, block, idx };
            // SAFETY: the caller's promise.
            unsafe { call(program, &program.functions[entry], &[words.as_ptr() as u64], 0, thread)? };
        }
    }
    Ok(())
}

/// # Safety
/// As [`launch`].
unsafe fn call(
    program: &Program,
    function: &Function,
    params: &[u64],
    result: u64,
    thread: Thread,
) -> Result<(), String> {
    let mut frame = Frame {
        registers: vec![0; function.n_registers],
        memory: vec![0; function.frame.div_ceil(16)],
        params,
        result,
        carry: 0,
        thread,
    };
    let mut at = 0;
    while let Some(instruction) = function.code.get(at) {
        at += 1;
        if let Some((predicate, wanted)) = instruction.guard
            && (frame.registers[predicate] != 0) != wanted
        {
            continue;
        }
        match &instruction.action {
            Action::Branch(target) => at = *target,
            Action::Return => return Ok(()),
            Action::Call {
                function,
                results,
                params,
            } => {
                let callee = program
                    .by_name
                    .get(function)
                    .ok_or_else(|| format!("no function {function}"))?;
                let params: Vec<u64> = params.iter().map(|&p| frame.base(Base::Frame(p))).collect();
                let result = results.first().map_or(0, |&r| frame.base(Base::Frame(r)));
                // SAFETY: the caller's promise.
                unsafe { call(program, &program.functions[*callee], &params, result, thread)? };
            }
            // SAFETY: the caller's promise.
            action => unsafe { frame.execute(action) },
        }
    }
    Ok(())
}

impl Frame<'_> {
    /// # Safety
    /// As [`launch`].
    unsafe fn execute(&mut self, action: &Action) {
        match action {
            Action::Compute(function, target, [a, b, c]) => {
                self.registers[*target] = function(self.value(*a), self.value(*b), self.value(*c));
            }
            Action::Carry(function, sets, target, [a, b, c]) => {
                let (value, carry) = function(self.value(*a), self.value(*b), self.value(*c), self.carry);
                self.registers[*target] = value;
                if *sets {
                    self.carry = carry;
                }
            }
            Action::Load(width, signed, targets, address) => {
                for (k, &target) in targets.iter().enumerate() {
                    let at = self.address(*address) + (k * width) as u64;
                    // SAFETY: the caller's promise.
                    self.registers[target] = unsafe { read(at, *width, *signed) };
                }
            }
            Action::Store(width, sources, address) => {
                for (k, &source) in sources.iter().enumerate() {
                    let at = self.address(*address) + (k * width) as u64;
                    // SAFETY: the caller's promise.
                    unsafe { write(at, *width, self.value(source)) };
                }
            }
            Action::Unpack(targets, source) => {
                let value = self.value(*source);
                for (half, target) in [value & 0xffff_ffff, value >> 32].into_iter().zip(targets) {
                    if let Some(target) = target {
                        self.registers[*target] = half;
                    }
                }
            }
            Action::Pack(target, [lo, hi]) => {
                self.registers[*target] = (self.value(*lo) & 0xffff_ffff) | (self.value(*hi) << 32);
            }
            Action::Branch(_) | Action::Return | Action::Call { .. } => {}
        }
    }

    fn value(&self, source: Source) -> u64 {
        match source {
            Source::None => 0,
            Source::Register(idx) => self.registers[idx],
            Source::Bits(bits) => bits,
            Source::Special(Special::Tid) => self.thread.idx.into(),
            Source::Special(Special::Ntid) => self.thread.grid.block_len.into(),
            Source::Special(Special::Ctaid) => self.thread.block.into(),
            Source::Special(Special::Nctaid) => self.thread.grid.n_blocks.into(),
            Source::Special(Special::Zero) => 0,
            Source::Address(base) => self.base(base),
        }
    }

    fn base(&self, base: Base) -> u64 {
        match base {
            Base::Register(idx) => self.registers[idx],
            Base::Frame(offset) => self.memory.as_ptr() as u64 + offset as u64,
            Base::Param(idx) => self.params[idx],
            Base::Result => self.result,
            Base::Global(address) => address,
        }
    }

    fn address(&self, address: Address) -> u64 {
        self.base(address.base).wrapping_add_signed(address.offset)
    }
}

/// # Safety
/// `width` bytes at the address are readable.
unsafe fn read(at: u64, width: usize, signed: bool) -> u64 {
    let mut bytes = [0_u8; 8];
    // SAFETY: the caller's promise; at most 8 bytes.
    unsafe { std::ptr::copy_nonoverlapping(at as *const u8, bytes.as_mut_ptr(), width) };
    let value = u64::from_le_bytes(bytes);
    let unused = 64 - 8 * width as u32;
    match signed {
        true => (((value << unused) as i64) >> unused) as u64,
        false => value,
    }
}

/// # Safety
/// `width` bytes at the address are writable.
unsafe fn write(at: u64, width: usize, value: u64) {
    // SAFETY: the caller's promise; at most 8 bytes.
    unsafe { std::ptr::copy_nonoverlapping(value.to_le_bytes().as_ptr(), at as *mut u8, width) };
}
