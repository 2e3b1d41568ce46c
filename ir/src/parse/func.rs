//! Functions of the text form.

use super::lex::Token;
use super::{Parser, Res};
use crate::{
    Arg, Block, BlockCall, BlockData, CheckedOp, Const, Func, FuncId, Halo, Inst, InstData, KernelId, LaunchMode,
    Module, PyUnitId, ReduceOp, Rt, ScalarOp, ShapeCheck, Span, Terminator, Ty, Value, ValueData, ViewDim,
};
use cranelift_entity::EntityRef;
use lnp_abi::DType;

impl Parser<'_> {
    pub(super) fn func(&mut self, module: &mut Module) -> Res<()> {
        let idx = self.id("func")?;
        let name = self.string()?;
        let display_name = self.string()?;
        let mut func = Func::new(&name, &display_name);
        self.expect("->")?;
        func.results = self.parens(Parser::ty)?;
        self.expect("{")?;
        while self.eat_word("halo") {
            let array = self.value()?;
            let margins = self.parens(|p| {
                let low = p.int()? as u32;
                p.expect(":")?;
                Ok((low, p.int()? as u32))
            })?;
            func.halos.push(Halo { array, margins });
        }
        while !self.eat("}") {
            self.block(&mut func)?;
        }
        self.place::<FuncId, _>(&mut module.funcs, idx, func)
    }

    fn block(&mut self, func: &mut Func) -> Res<()> {
        let block = self.block_id()?;
        while func.blocks.len() <= block.index() {
            func.blocks.push(BlockData::default());
        }
        if func.order.contains(&block) {
            return Err(self.error(format!("{block} is defined twice")));
        }
        func.order.push(block);
        let params = self.parens(|p| p.def(func))?;
        func.blocks[block].params = params;
        self.expect(":")?;
        loop {
            if let Some(term) = self.terminator()? {
                let span = self.span()?;
                let data = &mut func.blocks[block];
                (data.term, data.term_span) = (term, span);
                return Ok(());
            }
            let data = self.inst(func)?;
            func.blocks[block].insts.push(data);
        }
    }

    /// A terminator, if one comes next; `Some(None)` is a block without one.
    fn terminator(&mut self) -> Res<Option<Option<Terminator>>> {
        let term = match self.peek_word() {
            "jump" => {
                self.lex.next();
                Terminator::Jump(self.target()?)
            }
            "branch" => {
                self.lex.next();
                let cond = self.value()?;
                self.expect(",")?;
                let then = self.target()?;
                self.expect(",")?;
                let other = self.target()?;
                Terminator::Branch { cond, then, other }
            }
            "return" => {
                self.lex.next();
                Terminator::Return(self.values()?)
            }
            "unwind" => {
                self.lex.next();
                Terminator::Unwind
            }
            "unterminated" => {
                self.lex.next();
                return Ok(Some(None));
            }
            _ => return Ok(None),
        };
        Ok(Some(Some(term)))
    }

    fn target(&mut self) -> Res<BlockCall> {
        let block = self.block_id()?;
        let args = self.parens(Parser::value)?;
        Ok(BlockCall { block, args })
    }

    fn inst(&mut self, func: &mut Func) -> Res<InstData> {
        let mut results = Vec::new();
        if matches!(self.lex.peek(), Token::Value(..)) {
            loop {
                results.push(self.def(func)?);
                if !self.eat(",") {
                    break;
                }
            }
            self.expect("=")?;
        }
        let inst = self.operation(results.first().map(|&v| func.ty(v)))?;
        let span = self.span()?;
        Ok(InstData { inst, results, span })
    }

    fn operation(&mut self, result: Option<Ty>) -> Res<Inst> {
        let name = self.word()?;
        if let Some(op) = name.strip_prefix("checked.") {
            let op = CheckedOp::NAMES.iter().find(|(_, n)| *n == op);
            let (op, _) = *op.ok_or_else(|| self.error(format!("unknown operation `{name}`")))?;
            return Ok(Inst::Checked {
                op,
                args: self.values()?,
            });
        }
        Ok(match name.as_str() {
            "const" => Inst::Const(self.constant(result)?),
            "bitcast" => Inst::Bitcast(self.value()?),
            "refcast" => Inst::RefCast(self.value()?),
            "retain" => Inst::Retain(self.value()?),
            "release" => Inst::Release(self.value()?),
            "dim" => {
                let array = self.value()?;
                self.expect(",")?;
                Inst::Dim {
                    array,
                    axis: self.int()? as u8,
                }
            }
            "view" => {
                let lazy = self.eat_word("lazy");
                let base = self.value()?;
                let dims = self.delimited("[", "]", Parser::view_dim)?;
                Inst::View { base, dims, lazy }
            }
            "map" => {
                let mode = self.mode()?;
                let inputs = self.parens(Parser::value)?;
                self.expect("{")?;
                let params = self.parens(|p| {
                    p.body_val()?;
                    p.expect(":")?;
                    p.dtype()
                })?;
                let body = self.body(params)?;
                self.expect("}")?;
                let checks = self.checks()?;
                Inst::Map {
                    body,
                    inputs,
                    mode,
                    checks,
                }
            }
            "launch" => {
                let kernel = KernelId::new(self.id("kernel")?);
                let mode = self.mode()?;
                let inputs = self.parens(Parser::value)?;
                let checks = self.checks()?;
                Inst::Launch {
                    kernel,
                    inputs,
                    mode,
                    checks,
                }
            }
            "call" => {
                let func = FuncId::new(self.id("func")?);
                let args = self.parens(Parser::value)?;
                Inst::Call { func, args }
            }
            "rt" => {
                let symbol = self.word()?;
                let rt =
                    Rt::from_symbol(&symbol).ok_or_else(|| self.error(format!("unknown runtime entry `{symbol}`")))?;
                let args = self.parens(Parser::arg)?;
                Inst::CallRt { rt, args }
            }
            "" => return Err(self.unexpected("an instruction")),
            _ => {
                let dtype = match result {
                    Some(Ty::Scalar(dtype)) => dtype,
                    _ => DType::F64,
                };
                let op: ScalarOp = self.scalar_op(&name, dtype)?;
                let args = if op.is_const() { Vec::new() } else { self.values()? };
                Inst::Scalar { op, args }
            }
        })
    }

    fn mode(&mut self) -> Res<LaunchMode> {
        Ok(match self.word()?.as_str() {
            "fresh" => LaunchMode::Fresh,
            "into" => LaunchMode::Into {
                dst: self.value()?,
                in_place: false,
            },
            "update" => LaunchMode::Into {
                dst: self.value()?,
                in_place: true,
            },
            "reduce" => {
                let name = self.word()?;
                let op = ReduceOp::ALL.into_iter().find(|op| op.name() == name);
                let op = op.ok_or_else(|| self.error(format!("unknown reduction `{name}`")))?;
                self.keyword("axes")?;
                let axes = self.int()? as u32;
                LaunchMode::Reduce {
                    op,
                    axes,
                    keepdims: self.eat_word("keepdims"),
                }
            }
            other => return Err(self.error(format!("unknown mode `{other}`"))),
        })
    }

    fn checks(&mut self) -> Res<Vec<ShapeCheck>> {
        let mut checks = Vec::new();
        while self.eat_word("check") {
            let groups = self.parens(|p| {
                let members = p.delimited("{", "}", Parser::int)?;
                let mut mask = 0u64;
                for m in members {
                    if !(0..64).contains(&m) {
                        return Err(p.error(format!("a check names input {m}")));
                    }
                    mask |= 1 << m;
                }
                Ok(mask)
            })?;
            checks.push(ShapeCheck {
                groups,
                span: self.span()?,
            });
        }
        if !checks.is_empty() {
            self.keyword("end")?;
        }
        Ok(checks)
    }

    fn view_dim(&mut self) -> Res<ViewDim> {
        if self.eat(":") {
            return Ok(ViewDim::Full);
        }
        if self.eat_word("newaxis") {
            return Ok(ViewDim::NewAxis);
        }
        if !self.eat_word("slice") {
            return Ok(ViewDim::Index(self.value()?));
        }
        let parts = self.parens(|p| if p.eat_word("_") { Ok(None) } else { p.value().map(Some) })?;
        match parts[..] {
            [start, stop, step] => Ok(ViewDim::Slice { start, stop, step }),
            _ => Err(self.error("a slice has start, stop and step".to_owned())),
        }
    }

    fn arg(&mut self) -> Res<Arg> {
        Ok(match self.lex.peek() {
            Token::Value(..) => Arg::Value(self.value()?),
            Token::Number(_) => Arg::Imm(self.int()?),
            Token::Str(_) => Arg::Str(self.string()?),
            Token::Punct("[") => Arg::Slots(self.delimited("[", "]", Parser::value)?),
            Token::Punct("#[") => Arg::ImmSlots(self.delimited("#[", "]", Parser::int)?),
            Token::Word("true") => {
                self.lex.next();
                Arg::ImmBool(true)
            }
            Token::Word("false") => {
                self.lex.next();
                Arg::ImmBool(false)
            }
            Token::Word(_) => Arg::Unit(PyUnitId::new(self.id("unit")?)),
            _ => return Err(self.unexpected("an argument")),
        })
    }

    fn constant(&mut self, ty: Option<Ty>) -> Res<Const> {
        Ok(match ty {
            Some(Ty::Scalar(DType::Bool)) => match self.word()?.as_str() {
                "true" => Const::Bool(true),
                "false" => Const::Bool(false),
                other => return Err(self.error(format!("`{other}` is not a bool"))),
            },
            Some(Ty::Scalar(DType::I32)) => {
                let v = self.int()?;
                Const::I32(i32::try_from(v).map_err(|_| self.error(format!("{v} is no i32")))?)
            }
            Some(Ty::Scalar(DType::I64)) => Const::I64(self.int()?),
            Some(Ty::Scalar(DType::F32)) => Const::F32(self.f32_bits()?),
            Some(Ty::Scalar(DType::F64)) => Const::F64(self.f64_bits()?),
            Some(Ty::Scalar(DType::C128)) => {
                let (re, im) = self.complex_bits()?;
                Const::C128(re, im)
            }
            _ => Const::Str(self.string()?),
        })
    }

    fn def(&mut self, func: &mut Func) -> Res<Value> {
        let Token::Value(n, name) = *self.lex.peek() else {
            return Err(self.unexpected("a value"));
        };
        self.lex.next();
        self.expect(":")?;
        let ty = self.ty()?;
        let value = Value::new(n as usize);
        while func.values.len() <= value.index() {
            // A gap in the numbering; nothing defines or uses these.
            func.values.push(ValueData { ty: Ty::BOOL });
        }
        func.values[value] = ValueData { ty };
        if let Some(name) = name {
            func.names[value] = Some(name.to_owned());
        }
        Ok(value)
    }

    fn value(&mut self) -> Res<Value> {
        match *self.lex.peek() {
            Token::Value(n, _) => {
                self.lex.next();
                Ok(Value::new(n as usize))
            }
            _ => Err(self.unexpected("a value")),
        }
    }

    /// Values up to the end of an operand list; none where the next token is no value, or
    /// starts the next instruction (`%1: type = …`).
    fn values(&mut self) -> Res<Vec<Value>> {
        let mut vals = Vec::new();
        let starts_def = matches!(self.lex.peek2(), Token::Punct(":"));
        if !matches!(self.lex.peek(), Token::Value(..)) || starts_def {
            return Ok(vals);
        }
        loop {
            vals.push(self.value()?);
            if !self.eat(",") {
                return Ok(vals);
            }
        }
    }

    fn block_id(&mut self) -> Res<Block> {
        match *self.lex.peek() {
            Token::Block(n) => {
                self.lex.next();
                Ok(Block::new(n as usize))
            }
            _ => Err(self.unexpected("a block")),
        }
    }

    fn span(&mut self) -> Res<Span> {
        let line = if self.eat("!") { self.int()? as u32 } else { 0 };
        Ok(Span { line })
    }
}
