//! Reads the PTX that LLVM writes: entries and functions as lists of decoded instructions.

use crate::ops::{Compute, ComputeCarry, compute, with_carry};
use std::collections::HashMap;

pub struct Program {
    pub functions: Vec<Function>,
    /// Function indices by name, entries among them.
    pub by_name: HashMap<String, usize>,
}

pub struct Function {
    pub code: Vec<Instruction>,
    pub n_registers: usize,
    /// Bytes of memory of one call: locals and the parameters of its own calls.
    pub frame: usize,
}

pub struct Instruction {
    /// Executes only if this predicate is not 0 (`false`: is 0).
    pub guard: Option<(usize, bool)>,
    pub action: Action,
}

pub enum Action {
    Compute(Compute, usize, [Source; 3]),
    Carry(ComputeCarry, bool, usize, [Source; 3]),
    /// Width in bytes, whether to extend the sign, destinations, address.
    Load(usize, bool, Vec<usize>, Address),
    Store(usize, Vec<Source>, Address),
    /// Low and high half of a 64-bit register.
    Unpack([Option<usize>; 2], Source),
    Pack(usize, [Source; 2]),
    Branch(usize),
    Call {
        function: String,
        results: Vec<usize>,
        params: Vec<usize>,
    },
    Return,
}

#[derive(Clone, Copy)]
pub enum Source {
    None,
    Register(usize),
    Bits(u64),
    Special(Special),
    Address(Base),
}

#[derive(Clone, Copy)]
pub enum Special {
    Tid,
    Ntid,
    Ctaid,
    Nctaid,
    Zero,
}

/// Where a named piece of memory begins.
#[derive(Clone, Copy)]
pub enum Base {
    Register(usize),
    /// Offset in the frame.
    Frame(usize),
    /// A parameter of the function, by position.
    Param(usize),
    Result,
    /// An address of the emulator's own.
    Global(u64),
}

#[derive(Clone, Copy)]
pub struct Address {
    pub base: Base,
    pub offset: i64,
}

pub fn parse(text: &str) -> Result<Program, String> {
    let text: String = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or(""))
        .collect::<Vec<_>>()
        .join("\n");
    let mut program = Program {
        functions: Vec::new(),
        by_name: HashMap::new(),
    };
    let mut globals = HashMap::new();
    let mut rest = text.as_str();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Ok(program);
        }
        if let Some(line) = [".version", ".target", ".address_size"]
            .iter()
            .find(|w| rest.starts_with(**w))
        {
            let _ = line;
            rest = rest.split_once('\n').map_or("", |(_, r)| r);
        } else if rest.starts_with(".global") || rest.starts_with(".const") {
            let (item, after) = rest.split_once(';').ok_or("unfinished global")?;
            let (name, address) = global(item)?;
            globals.insert(name, address);
            rest = after;
        } else {
            let brace = rest.find('{').unwrap_or(rest.len());
            let semicolon = rest.find(';').unwrap_or(rest.len());
            if semicolon < brace {
                // A declaration.
                rest = &rest[semicolon + 1..];
                continue;
            }
            let header = &rest[..brace];
            let end = matching(&rest[brace..])? + brace;
            let (name, function) = function(header, &rest[brace + 1..end], &globals)?;
            program.by_name.insert(name, program.functions.len());
            program.functions.push(function);
            rest = &rest[end + 1..];
        }
    }
}

/// The brace that closes the one at the start.
fn matching(text: &str) -> Result<usize, String> {
    let mut depth = 0;
    for (idx, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Ok(idx);
        }
    }
    Err("unbalanced braces".to_owned())
}

/// `.global .align 4 .b8 name[24] = {1, 2, …}`: kept for ever, aligned to 16 bytes.
fn global(item: &str) -> Result<(String, u64), String> {
    let (declaration, values) = item.split_once('=').ok_or("a global without values")?;
    let name = name_of(declaration);
    let bytes: Result<Vec<u8>, _> = values
        .trim()
        .trim_matches(['{', '}'])
        .split(',')
        .map(|v| v.trim().parse::<u8>())
        .collect();
    let bytes = bytes.map_err(|e| format!("global {name}: {e}"))?;
    let mut words = vec![0_u128; bytes.len().div_ceil(16)];
    for (idx, byte) in bytes.iter().enumerate() {
        words[idx / 16] |= u128::from(*byte) << (8 * (idx % 16));
    }
    Ok((name, words.leak().as_ptr() as u64))
}

/// The last word of a declaration, without its length.
fn name_of(declaration: &str) -> String {
    let word = declaration.split_whitespace().last().unwrap_or("");
    word.split('[').next().unwrap_or("").to_owned()
}

/// The length in brackets, or the size of the type.
fn size_of(declaration: &str) -> usize {
    let length = declaration
        .split_once('[')
        .and_then(|(_, r)| r.trim_end_matches(']').parse().ok());
    length.unwrap_or(16)
}

struct Names<'a> {
    registers: HashMap<String, usize>,
    memory: HashMap<String, Base>,
    labels: HashMap<String, usize>,
    globals: &'a HashMap<String, u64>,
    frame: usize,
}

fn function(header: &str, body: &str, globals: &HashMap<String, u64>) -> Result<(String, Function), String> {
    let (name, params) = signature(header)?;
    let mut names = Names {
        registers: HashMap::new(),
        memory: HashMap::from([("func_retval0".to_owned(), Base::Result)]),
        labels: HashMap::new(),
        globals,
        frame: 0,
    };
    for (idx, param) in params.into_iter().enumerate() {
        names.memory.insert(param, Base::Param(idx));
    }
    let statements = statements(body, &mut names);
    let mut code = Vec::new();
    for statement in &statements {
        let instruction = instruction(statement, &mut names).map_err(|e| format!("{name}: {statement}: {e}"))?;
        code.push(instruction);
    }
    let n_registers = names.registers.len();
    Ok((
        name,
        Function {
            code,
            n_registers,
            frame: names.frame,
        },
    ))
}

/// Name and parameter names of `.visible .entry k(params)` or `.func (result) f (params)`.
fn signature(header: &str) -> Result<(String, Vec<String>), String> {
    let open = header.rfind('(').ok_or("a function without parameters")?;
    let close = header.rfind(')').ok_or("a function without parameters")?;
    let params = header[open + 1..close]
        .split(',')
        .map(str::trim)
        .filter(|p| !p.is_empty());
    Ok((name_of(&header[..open]), params.map(name_of).collect()))
}

/// Instructions of a body; declarations and labels are entered in `names`.
fn statements(body: &str, names: &mut Names<'_>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for mut piece in body.split(';') {
        loop {
            piece = piece.trim();
            // Blocks only group: a call's, or the one around a half that is not needed.
            if let Some(after) = piece.strip_prefix('}').or_else(|| piece.strip_prefix('{')) {
                piece = after;
                continue;
            }
            match piece.split_once(':') {
                Some((label, after)) if label.starts_with('$') => {
                    names.labels.insert(label.to_owned(), found.len());
                    piece = after;
                }
                _ => break,
            }
        }
        if piece.starts_with(".local") || piece.starts_with(".param") {
            names.frame = names.frame.next_multiple_of(16);
            names.memory.insert(name_of(piece), Base::Frame(names.frame));
            names.frame += size_of(piece);
        } else if !piece.is_empty() && !piece.starts_with('.') {
            found.push(piece.to_owned());
        }
    }
    found
}

fn instruction(text: &str, names: &mut Names<'_>) -> Result<Instruction, String> {
    let (guard, text) = match text.strip_prefix('@') {
        Some(rest) => {
            let (predicate, rest) = rest.split_once(char::is_whitespace).ok_or("a guard alone")?;
            let (wanted, name) = match predicate.strip_prefix('!') {
                Some(name) => (false, name),
                None => (true, predicate),
            };
            (Some((names.register(name), wanted)), rest.trim())
        }
        None => (None, text),
    };
    let (op, args) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let args = arguments(args);
    Ok(Instruction {
        guard,
        action: action(op, &args, names)?,
    })
}

/// Splits at commas outside of brackets.
fn arguments(text: &str) -> Vec<String> {
    let (mut depth, mut found) = (0, vec![String::new()]);
    for c in text.chars() {
        match c {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth -= 1,
            _ => {}
        }
        match (c, depth) {
            (',', 0) => found.push(String::new()),
            _ => found.last_mut().into_iter().for_each(|arg| arg.push(c)),
        }
    }
    found
        .iter()
        .map(|a| a.trim().to_owned())
        .filter(|a| !a.is_empty())
        .collect()
}

fn group(text: &str) -> Vec<String> {
    let inner = text.trim().trim_matches(['{', '}', '(', ')']);
    inner
        .split(',')
        .map(|a| a.trim().to_owned())
        .filter(|a| !a.is_empty())
        .collect()
}

fn action(op: &str, args: &[String], names: &mut Names<'_>) -> Result<Action, String> {
    let arg = |k: usize| args.get(k).map(String::as_str).ok_or("too few operands");
    match op {
        "bra" | "bra.uni" => {
            let label = arg(0)?;
            return Ok(Action::Branch(*names.labels.get(label).ok_or("no such label")?));
        }
        "ret" | "exit" => return Ok(Action::Return),
        "call" | "call.uni" => return call(args, names),
        "mov.b64" if arg(0)?.starts_with('{') => {
            let halves = group(arg(0)?);
            let half = |k: usize| halves.get(k).filter(|h| *h != "_");
            let targets = [half(0), half(1)].map(|h| h.map(|h| names.register(h)));
            return Ok(Action::Unpack(targets, names.source(arg(1)?)?));
        }
        "mov.b64" if arg(1)?.starts_with('{') => {
            let halves = group(arg(1)?);
            let [lo, hi] = halves.as_slice() else {
                return Err("two halves expected".to_owned());
            };
            let halves = [names.source(lo)?, names.source(hi)?];
            return Ok(Action::Pack(names.register(arg(0)?), halves));
        }
        _ => {}
    }
    if op.starts_with("ld.") || op.starts_with("st.") {
        let ty = op.rsplit('.').next().unwrap_or("");
        let bits: usize = ty[1..].parse().map_err(|_| "a type without width")?;
        return Ok(if op.starts_with("ld.") {
            let targets = group(arg(0)?).iter().map(|t| names.register(t)).collect();
            Action::Load(bits / 8, ty.starts_with('s'), targets, names.address(arg(1)?)?)
        } else {
            let sources: Result<Vec<Source>, String> = group(arg(1)?).iter().map(|s| names.source(s)).collect();
            Action::Store(bits / 8, sources?, names.address(arg(0)?)?)
        });
    }
    let target = names.register(arg(0)?);
    let mut sources = [Source::None; 3];
    for (source, text) in sources.iter_mut().zip(&args[1..]) {
        *source = names.source(text)?;
    }
    if let Some(function) = with_carry(op) {
        return Ok(Action::Carry(function, op.contains(".cc"), target, sources));
    }
    let function = compute(op).ok_or("an instruction that the emulator lacks")?;
    Ok(Action::Compute(function, target, sources))
}

/// `call (results), name, (params)`, the results and parameters pieces of the frame.
fn call(args: &[String], names: &Names<'_>) -> Result<Action, String> {
    let frame = |text: &String| -> Result<Vec<usize>, String> {
        let offset = |name: &String| match names.memory.get(name) {
            Some(Base::Frame(offset)) => Ok(*offset),
            _ => Err(format!("{name} is not in the frame")),
        };
        group(text).iter().map(offset).collect()
    };
    match args {
        [results, function, params] if results.starts_with('(') => Ok(Action::Call {
            function: function.clone(),
            results: frame(results)?,
            params: frame(params)?,
        }),
        _ => Err("a call without results".to_owned()),
    }
}

impl Names<'_> {
    fn register(&mut self, name: &str) -> usize {
        let next = self.registers.len();
        *self.registers.entry(name.to_owned()).or_insert(next)
    }

    fn memory(&self, name: &str) -> Option<Base> {
        let global = || self.globals.get(name).map(|&address| Base::Global(address));
        self.memory.get(name).copied().or_else(global)
    }

    fn source(&mut self, text: &str) -> Result<Source, String> {
        let hex = |digits: &str| u64::from_str_radix(digits, 16).map_err(|e| e.to_string());
        Ok(match text {
            "%tid.x" => Source::Special(Special::Tid),
            "%ntid.x" => Source::Special(Special::Ntid),
            "%ctaid.x" => Source::Special(Special::Ctaid),
            "%nctaid.x" => Source::Special(Special::Nctaid),
            // Which of a frame's addresses is the stack's, nobody asks here.
            "%SP" | "%SPL" => Source::Register(self.register(text)),
            "RZ" => Source::Special(Special::Zero),
            _ if text.starts_with("0f") => Source::Bits(hex(&text[2..])?),
            _ if text.starts_with("0d") => Source::Bits(hex(&text[2..])?),
            _ if text.starts_with("0x") => Source::Bits(hex(&text[2..])?),
            _ if text.starts_with(|c: char| c.is_ascii_digit() || c == '-') => {
                let value: i128 = text.trim_end_matches('U').parse().map_err(|e| format!("{text}: {e}"))?;
                Source::Bits(value as u64)
            }
            _ => match self.memory(text) {
                Some(base) => Source::Address(base),
                None => Source::Register(self.register(text)),
            },
        })
    }

    fn address(&mut self, text: &str) -> Result<Address, String> {
        let inner = text.trim().trim_matches(['[', ']']);
        let (name, offset) = match inner.split_once('+') {
            Some((name, offset)) => (name.trim(), offset.trim().parse::<i64>().map_err(|e| e.to_string())?),
            None => (inner.trim(), 0),
        };
        let base = match self.memory(name) {
            Some(base) => base,
            None => Base::Register(self.register(name)),
        };
        Ok(Address { base, offset })
    }
}
