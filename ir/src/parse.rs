//! Reads the text form of a module, as `print.rs` writes it.
//!
//! ```text
//! module   := "file" STR unit* kernel* func* ("main" FUNC)?
//! unit     := "unit" UNIT ("expr" | "stmt" | "def") STR "(" STR,* ")" "->" "(" STR,* ")" "line" INT
//! kernel   := "kernel" KERNEL STR "ndim" INT "cost" INT "tile" INT
//!             "(" ($N ":" dtype ("[" INT "]")?),* ")" "{" body "}"
//! body     := ($N ":" dtype "=" (OP $N,* | "literal" number))* "yield" $N,*
//! func     := "func" FUNC STR STR "->" "(" type,* ")" "{" halo* block* "}"
//! halo     := "halo" %N "(" (INT ":" INT),* ")"
//! block    := ^bN "(" def,* ")" ":" inst* terminator
//! def      := %N ("/" NAME)? ":" type               // NAME: what the user calls it
//! inst     := (def,* "=")? operation span?
//! operation := "const" constant | OP %N,* | "literal" number | "checked." OP %N,*
//!   | "bitcast" %N | "refcast" %N | "dim" %N "," INT | "view" "lazy"? %N "[" dim,* "]"
//!   | "map" mode "(" %N,* ")" "{" "(" ($N ":" dtype),* ")" body "}" checks?
//!   | "launch" KERNEL mode "(" %N,* ")" checks?
//!   | "call" FUNC "(" %N,* ")" | "rt" SYMBOL "(" arg,* ")" | "retain" %N | "release" %N
//! mode     := "fresh" | "into" %N | "update" %N | "reduce" OP "axes" INT "keepdims"?
//! checks   := ("check" "(" ("{" INT,* "}"),* ")" span?)+ "end"    // sets of input indices
//! dim      := ":" | %N | "newaxis" | "slice" "(" (%N | "_"),* ")" // start, stop, step
//! arg      := %N | INT | "true" | "false" | "[" %N,* "]" | "#[" INT,* "]" | STR | UNIT
//! terminator := ("jump" target | "branch" %N "," target "," target | "return" %N,*
//!   | "unwind" | "unterminated") span?
//! target   := ^bN "(" %N,* ")"
//! span     := "!" INT                                             // line of the program
//! type     := dtype | "array" "<" dtype "," INT ">" | "str" | "list" | "object" | "rng" | "ref"
//! number   := INT | decimal | "0x" bits of a float that is not finite | "(" number "," number ")"
//! ```
//!
//! `;` starts a comment. Ids may come in any order and leave gaps. What is read is not
//! verified.

mod func;
mod lex;

use crate::{
    Body, BodyVal, DType, FuncId, Kernel, KernelId, KernelInput, Module, PyUnit, PyUnitId, PyUnitKind, ScalarOp, Ty,
};
use cranelift_entity::{EntityRef, PrimaryMap};
use lex::{Lexer, Token};
use std::fmt;

/// What is wrong with a text, and on which of its lines (1-based).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    pub line: u32,
    pub message: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for ParseError {}

/// Reads a module; the inverse of [`crate::print_module`].
pub fn parse_module(text: &str) -> Result<Module, ParseError> {
    let mut p = Parser { lex: Lexer::new(text)? };
    let mut module = Module::default();
    loop {
        match p.word()?.as_str() {
            "file" => module.file = p.string()?,
            "unit" => p.unit(&mut module)?,
            "kernel" => p.kernel(&mut module)?,
            "func" => p.func(&mut module)?,
            "main" => module.main = Some(FuncId::new(p.id("func")?)),
            "" => return Ok(module),
            other => return Err(p.error(format!("expected a unit, kernel or func, found `{other}`"))),
        }
    }
}

/// No id may be larger: a typing error must not allocate a table of gigabytes.
const MAX_ID: usize = 1 << 22;

struct Parser<'a> {
    lex: Lexer<'a>,
}

type Res<T> = Result<T, ParseError>;

impl Parser<'_> {
    fn error(&self, message: String) -> ParseError {
        ParseError {
            line: self.lex.line(),
            message,
        }
    }

    fn unit(&mut self, module: &mut Module) -> Res<()> {
        let idx = self.id("unit")?;
        let kind = match self.word()?.as_str() {
            "expr" => PyUnitKind::Expr,
            "stmt" => PyUnitKind::Stmt,
            "def" => PyUnitKind::Def,
            other => return Err(self.error(format!("unknown kind of unit `{other}`"))),
        };
        let source = self.string()?;
        let inputs = self.parens(Parser::string)?;
        self.expect("->")?;
        let outputs = self.parens(Parser::string)?;
        self.keyword("line")?;
        let line = self.int()? as u32;
        let unit = PyUnit {
            kind,
            source,
            inputs,
            outputs,
            line,
        };
        self.place::<PyUnitId, _>(&mut module.units, idx, unit)
    }

    fn kernel(&mut self, module: &mut Module) -> Res<()> {
        let idx = self.id("kernel")?;
        let name = self.string()?;
        self.keyword("ndim")?;
        let ndim = self.int()? as u8;
        self.keyword("cost")?;
        let cost = self.int()? as u32;
        self.keyword("tile")?;
        let tile = self.int()? as u32;
        let mut inputs = Vec::new();
        let params = self.parens(|p| {
            p.body_val()?;
            p.expect(":")?;
            let dtype = p.dtype()?;
            inputs.push(if p.eat("[") {
                let ndim = p.int()? as u8;
                p.expect("]")?;
                KernelInput::Array { ndim }
            } else {
                KernelInput::Scalar
            });
            Ok(dtype)
        })?;
        self.expect("{")?;
        let body = self.body(params)?;
        self.expect("}")?;
        let kernel = Kernel {
            name,
            ndim,
            inputs,
            body,
            cost,
            tile,
        };
        self.place::<KernelId, _>(&mut module.kernels, idx, kernel)
    }

    /// Puts an entity that the text numbers `idx`; units, kernels and functions come in
    /// order, without gaps.
    fn place<K: EntityRef, T>(&mut self, table: &mut PrimaryMap<K, T>, idx: usize, item: T) -> Res<()> {
        if idx != table.len() {
            return Err(self.error(format!("expected number {}, found {idx}", table.len())));
        }
        table.push(item);
        Ok(())
    }

    fn body(&mut self, params: Vec<DType>) -> Res<Body> {
        let mut body = Body {
            params,
            ..Body::default()
        };
        while !self.eat_word("yield") {
            let value = self.body_val()?;
            let next = body.params.len() + body.insts.len();
            if value.0 as usize != next {
                return Err(self.error(format!("expected ${next}, found ${}", value.0)));
            }
            self.expect(":")?;
            let dtype = self.dtype()?;
            self.expect("=")?;
            let name = self.word()?;
            let op = self.scalar_op(&name, dtype)?;
            let mut args = Vec::new();
            if !op.is_const() {
                args.push(self.body_val()?);
                while self.eat(",") {
                    args.push(self.body_val()?);
                }
            }
            if let Some(bad) = args.iter().find(|a| a.0 as usize >= next) {
                return Err(self.error(format!("${} is used before it is defined", bad.0)));
            }
            body.push(op, &args, dtype);
        }
        if matches!(self.lex.peek(), Token::BodyVal(_)) {
            loop {
                let value = self.body_val()?;
                if value.0 as usize >= body.params.len() + body.insts.len() {
                    return Err(self.error(format!("${} is not defined", value.0)));
                }
                body.results.push(value);
                if !self.eat(",") {
                    break;
                }
            }
        }
        Ok(body)
    }

    /// The operation that `name` means for a result of `dtype`; reads a literal's number.
    fn scalar_op(&mut self, name: &str, dtype: DType) -> Res<ScalarOp> {
        if name != "literal" {
            return ScalarOp::NAMES
                .iter()
                .find(|(_, n)| *n == name)
                .map(|(op, _)| *op)
                .ok_or_else(|| self.error(format!("unknown operation `{name}`")));
        }
        Ok(match dtype {
            DType::Bool | DType::I32 | DType::I64 => ScalarOp::ConstInt(self.int()?),
            DType::F32 => ScalarOp::ConstFloat(self.f32_bits()?.into()),
            DType::F64 => ScalarOp::ConstFloat(self.f64_bits()?),
            DType::C128 => {
                let (re, im) = self.complex_bits()?;
                ScalarOp::ConstComplex(re, im)
            }
        })
    }

    fn dtype(&mut self) -> Res<DType> {
        let name = self.word()?;
        DType::from_ir_name(&name).ok_or_else(|| self.error(format!("unknown dtype `{name}`")))
    }

    fn ty(&mut self) -> Res<Ty> {
        let name = self.word()?;
        Ok(match name.as_str() {
            "array" => {
                self.expect("<")?;
                let dtype = self.dtype()?;
                self.expect(",")?;
                let ndim = self.int()? as u8;
                self.expect(">")?;
                Ty::Array { dtype, ndim }
            }
            "str" => Ty::Str,
            "list" => Ty::List,
            "object" => Ty::Obj,
            "rng" => Ty::Rng,
            "ref" => Ty::Ref,
            _ => match DType::from_ir_name(&name) {
                Some(dtype) => Ty::Scalar(dtype),
                None => return Err(self.error(format!("unknown type `{name}`"))),
            },
        })
    }

    // Tokens.

    fn eat(&mut self, punct: &str) -> bool {
        let hit = matches!(self.lex.peek(), Token::Punct(p) if *p == punct);
        if hit {
            self.lex.next();
        }
        hit
    }

    fn expect(&mut self, punct: &str) -> Res<()> {
        if self.eat(punct) {
            Ok(())
        } else {
            Err(self.unexpected(&format!("`{punct}`")))
        }
    }

    fn unexpected(&self, wanted: &str) -> ParseError {
        self.error(format!("expected {wanted}, found {}", self.lex.peek()))
    }

    /// The next word; empty at the end of the text.
    fn word(&mut self) -> Res<String> {
        match self.lex.peek() {
            Token::Word(w) => {
                let w = (*w).to_owned();
                self.lex.next();
                Ok(w)
            }
            Token::End => Ok(String::new()),
            _ => Err(self.unexpected("a word")),
        }
    }

    fn peek_word(&self) -> &str {
        match self.lex.peek() {
            Token::Word(w) => w,
            _ => "",
        }
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let hit = self.peek_word() == word;
        if hit {
            self.lex.next();
        }
        hit
    }

    fn keyword(&mut self, word: &str) -> Res<()> {
        if self.eat_word(word) {
            Ok(())
        } else {
            Err(self.unexpected(&format!("`{word}`")))
        }
    }

    /// An entity written as `prefix` and a number.
    fn id(&mut self, prefix: &str) -> Res<usize> {
        let word = self.word()?;
        word.strip_prefix(prefix)
            .and_then(|n| n.parse().ok())
            .filter(|&n| n < MAX_ID)
            .ok_or_else(|| self.error(format!("expected `{prefix}` and a number, found `{word}`")))
    }

    fn body_val(&mut self) -> Res<BodyVal> {
        match *self.lex.peek() {
            Token::BodyVal(n) => {
                self.lex.next();
                Ok(BodyVal(n))
            }
            _ => Err(self.unexpected("a value of the body")),
        }
    }

    fn string(&mut self) -> Res<String> {
        match self.lex.peek() {
            Token::Str(s) => {
                let s = s.clone();
                self.lex.next();
                Ok(s)
            }
            _ => Err(self.unexpected("a string")),
        }
    }

    fn number(&mut self) -> Res<String> {
        match self.lex.peek() {
            Token::Number(n) => {
                let n = (*n).to_owned();
                self.lex.next();
                Ok(n)
            }
            _ => Err(self.unexpected("a number")),
        }
    }

    fn int(&mut self) -> Res<i64> {
        let text = self.number()?;
        text.parse()
            .map_err(|_| self.error(format!("`{text}` is not an integer")))
    }

    fn f64_bits(&mut self) -> Res<u64> {
        let text = self.number()?;
        let bits = match text.strip_prefix("0x") {
            Some(hex) => u64::from_str_radix(hex, 16).ok(),
            None => text.parse::<f64>().ok().map(f64::to_bits),
        };
        bits.ok_or_else(|| self.error(format!("`{text}` is not a float")))
    }

    fn f32_bits(&mut self) -> Res<u32> {
        let text = self.number()?;
        let bits = match text.strip_prefix("0x") {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => text.parse::<f32>().ok().map(f32::to_bits),
        };
        bits.ok_or_else(|| self.error(format!("`{text}` is not a float")))
    }

    fn complex_bits(&mut self) -> Res<(u64, u64)> {
        self.expect("(")?;
        let re = self.f64_bits()?;
        self.expect(",")?;
        let im = self.f64_bits()?;
        self.expect(")")?;
        Ok((re, im))
    }

    /// Items between `open` and `close`, with commas between them.
    fn delimited<T>(&mut self, open: &str, close: &str, mut item: impl FnMut(&mut Self) -> Res<T>) -> Res<Vec<T>> {
        self.expect(open)?;
        let mut items = Vec::new();
        if self.eat(close) {
            return Ok(items);
        }
        loop {
            items.push(item(self)?);
            if self.eat(close) {
                return Ok(items);
            }
            self.expect(",")?;
        }
    }

    fn parens<T>(&mut self, item: impl FnMut(&mut Self) -> Res<T>) -> Res<Vec<T>> {
        self.delimited("(", ")", item)
    }
}
