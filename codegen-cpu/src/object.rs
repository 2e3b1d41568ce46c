//! The object file under construction: symbols, signatures, static data.

use crate::{Error, FunctionText, Options, Output, isa};
use cranelift_codegen::Context;
use cranelift_codegen::ir::{AbiParam, Signature, types};
use cranelift_codegen::isa::CallConv;
use cranelift_codegen::print_errors::pretty_error;
use cranelift_module::{DataDescription, DataId, FuncId, Linkage, Module, default_libcall_names};
use cranelift_object::{ObjectBuilder, ObjectModule};
use lnp_abi::{AbiTy, DType, IMMORTAL, RefHeader, RefKind, StrHeader};
use lnp_ir as ir;
use std::collections::{BTreeMap, BTreeSet};
use std::mem::{offset_of, size_of};

/// What may be an immediate value, machine value by machine value.
pub fn machine_types(ty: AbiTy) -> &'static [types::Type] {
    match ty {
        AbiTy::Unit => &[],
        AbiTy::Bool => &[types::I8],
        AbiTy::I32 => &[types::I32],
        AbiTy::F32 => &[types::F32],
        AbiTy::F64 => &[types::F64],
        AbiTy::C128 => &[types::F64, types::F64],
        _ => &[types::I64],
    }
}

/// Machine values of a scalar dtype.
pub fn dtype_types(dtype: DType) -> &'static [types::Type] {
    machine_types(ir::Ty::Scalar(dtype).abi())
}

/// A name with only the characters that a symbol may have.
pub fn symbol_part(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '_' })
        .collect()
}

/// Whether results come back through a pointer passed first: more than two integers or
/// floats do not fit the registers of the C calling convention.
pub fn returns_by_pointer(results: &[ir::Ty]) -> bool {
    let all = results.iter().flat_map(|ty| machine_types(ty.abi()));
    let (mut ints, mut floats) = (0, 0);
    for ty in all {
        if ty.is_float() {
            floats += 1;
        } else {
            ints += 1;
        }
    }
    ints > 2 || floats > 2
}

/// A kernel with the checks of a launch: each its groups and line.
pub type LaunchSite = (ir::KernelId, Vec<(Vec<u64>, u32)>);

/// A pointer inside static data.
pub enum Pointer {
    Data(DataId),
    Func(FuncId),
}

pub struct Unit {
    pub module: ObjectModule,
    pub texts: Vec<FunctionText>,
    want_texts: bool,
    /// Names of functions with an entry in the program's PTX.
    pub gpu_kernels: BTreeSet<String>,
    pub kernels: BTreeMap<ir::KernelId, FuncId>,
    pub funcs: BTreeMap<ir::FuncId, FuncId>,
    pub facts: BTreeMap<ir::FuncId, FuncFacts>,
    imports: BTreeMap<String, FuncId>,
    import_data: BTreeMap<String, DataId>,
    bytes: BTreeMap<(Vec<u8>, u64), DataId>,
    strings: BTreeMap<String, DataId>,
    pub launches: BTreeMap<LaunchSite, DataId>,
    pub units: BTreeMap<ir::PyUnitId, DataId>,
    n_data: usize,
}

/// What callers need to know of a function.
#[derive(Clone, Copy, Debug)]
pub struct FuncFacts {
    /// It may leave with a pending exception.
    pub raises: bool,
    /// It may call itself, directly or not: its depth is counted.
    pub recursive: bool,
}

impl Unit {
    pub fn new(module: &ir::Module, opts: &Options) -> Result<Unit, Error> {
        let isa = isa::target(opts)?;
        let builder = ObjectBuilder::new(isa, "lnp_program", default_libcall_names()).map_err(module_error)?;
        let mut unit = Unit {
            module: ObjectModule::new(builder),
            texts: Vec::new(),
            want_texts: opts.texts,
            gpu_kernels: opts.ptx.as_deref().map(ptx_entries).unwrap_or_default(),
            kernels: BTreeMap::new(),
            funcs: BTreeMap::new(),
            facts: crate::host::facts(module),
            imports: BTreeMap::new(),
            import_data: BTreeMap::new(),
            bytes: BTreeMap::new(),
            strings: BTreeMap::new(),
            launches: BTreeMap::new(),
            units: BTreeMap::new(),
            n_data: 0,
        };
        unit.declare_all(module)?;
        Ok(unit)
    }

    fn declare_all(&mut self, module: &ir::Module) -> Result<(), Error> {
        for (id, kernel) in module.kernels.iter() {
            let sig = self.signature(&[types::I64; 4], &[]);
            let func = self
                .module
                .declare_function(&crate::kernel_symbol(kernel), Linkage::Export, &sig)
                .map_err(module_error)?;
            if self.kernels.values().any(|&f| f == func) {
                return Err(Error::new(format!("two kernels named {}", kernel.name)));
            }
            self.kernels.insert(id, func);
        }
        let mut taken = BTreeSet::new();
        for (id, func) in module.funcs.iter() {
            let is_main = module.main == Some(id);
            let mut name = format!("lnp_fn_{}", symbol_part(&func.name));
            if !taken.insert(name.clone()) {
                name = format!("{name}.{}", taken.len());
                taken.insert(name.clone());
            }
            let (name, linkage) = match is_main {
                true => ("lnp_user_main".to_owned(), Linkage::Export),
                false => (name, Linkage::Local),
            };
            let sig = self.user_signature(func);
            let declared = self
                .module
                .declare_function(&name, linkage, &sig)
                .map_err(module_error)?;
            self.funcs.insert(id, declared);
        }
        Ok(())
    }

    pub fn signature(&self, params: &[types::Type], results: &[types::Type]) -> Signature {
        // The C convention leaves the upper bits of narrow integers open; C compilers rely
        // on their extension all the same.
        let param = |&ty: &types::Type| match ty {
            types::I8 => AbiParam::new(ty).uext(),
            types::I32 => AbiParam::new(ty).sext(),
            _ => AbiParam::new(ty),
        };
        let mut sig = Signature::new(CallConv::triple_default(self.module.isa().triple()));
        sig.params.extend(params.iter().map(param));
        sig.returns.extend(results.iter().map(|&ty| AbiParam::new(ty)));
        sig
    }

    /// The signature of a user's function.
    pub fn user_signature(&self, func: &ir::Func) -> Signature {
        let flat = |ty: &ir::Ty| machine_types(ty.abi()).iter().copied();
        let mut params: Vec<types::Type> = Vec::new();
        let by_pointer = returns_by_pointer(&func.results);
        if by_pointer {
            params.push(types::I64);
        }
        params.extend(func.params().iter().flat_map(|&p| flat(&func.ty(p))));
        let results: Vec<types::Type> = match by_pointer {
            true => Vec::new(),
            false => func.results.iter().flat_map(flat).collect(),
        };
        self.signature(&params, &results)
    }

    /// A function of the runtime.
    pub fn import(&mut self, symbol: &str, params: &[types::Type], results: &[types::Type]) -> Result<FuncId, Error> {
        if let Some(&id) = self.imports.get(symbol) {
            return Ok(id);
        }
        let sig = self.signature(params, results);
        let id = self
            .module
            .declare_function(symbol, Linkage::Import, &sig)
            .map_err(module_error)?;
        self.imports.insert(symbol.to_owned(), id);
        Ok(id)
    }

    /// A variable of the runtime.
    pub fn import_data(&mut self, symbol: &str) -> Result<DataId, Error> {
        if let Some(&id) = self.import_data.get(symbol) {
            return Ok(id);
        }
        let id = self
            .module
            .declare_data(symbol, Linkage::Import, true, false)
            .map_err(module_error)?;
        self.import_data.insert(symbol.to_owned(), id);
        Ok(id)
    }

    /// A zeroed 8-byte variable of the program.
    pub fn counter(&mut self, name: &str) -> Result<DataId, Error> {
        if let Some(&id) = self.import_data.get(name) {
            return Ok(id);
        }
        let id = self
            .module
            .declare_data(name, Linkage::Local, true, false)
            .map_err(module_error)?;
        let mut data = DataDescription::new();
        data.define_zeroinit(8);
        data.set_align(8);
        self.module.define_data(id, &data).map_err(module_error)?;
        self.import_data.insert(name.to_owned(), id);
        Ok(id)
    }

    /// How deep recursive functions may nest: an exported variable, 1000 at first as in
    /// CPython, so that the runtime can raise it (`sys.setrecursionlimit`).
    pub fn recursion_limit(&mut self) -> Result<DataId, Error> {
        const NAME: &str = "lnp_recursion_limit";
        if let Some(&id) = self.import_data.get(NAME) {
            return Ok(id);
        }
        let id = self
            .module
            .declare_data(NAME, Linkage::Export, true, false)
            .map_err(module_error)?;
        self.fill(id, 1000i64.to_le_bytes().to_vec(), 8, &[])?;
        self.import_data.insert(NAME.to_owned(), id);
        Ok(id)
    }

    /// Read-only bytes; equal contents share a place.
    pub fn bytes(&mut self, contents: &[u8], align: u64) -> Result<DataId, Error> {
        if let Some(&id) = self.bytes.get(&(contents.to_vec(), align)) {
            return Ok(id);
        }
        let id = self.data(contents.to_vec(), align, &[], false)?;
        self.bytes.insert((contents.to_vec(), align), id);
        Ok(id)
    }

    /// Read-only bytes with a NUL after them.
    pub fn c_string(&mut self, text: &str) -> Result<DataId, Error> {
        let mut contents = text.as_bytes().to_vec();
        contents.push(0);
        self.bytes(&contents, 1)
    }

    /// Constant `Slots`: the count, then the slots.
    pub fn slots(&mut self, slots: &[i64]) -> Result<DataId, Error> {
        let mut contents = (slots.len() as i64).to_le_bytes().to_vec();
        contents.extend(slots.iter().flat_map(|s| s.to_le_bytes()));
        self.bytes(&contents, 8)
    }

    /// An immortal `str` object.
    pub fn string(&mut self, text: &str) -> Result<DataId, Error> {
        if let Some(&id) = self.strings.get(text) {
            return Ok(id);
        }
        let chars = self.c_string(text)?;
        let mut record = Record::new(size_of::<StrHeader>());
        record.u64(offset_of!(StrHeader, head) + offset_of!(RefHeader, count), IMMORTAL);
        record.u8(
            offset_of!(StrHeader, head) + offset_of!(RefHeader, kind),
            RefKind::Str as u8,
        );
        record.u64(offset_of!(StrHeader, len), text.len() as u64);
        record.u64(offset_of!(StrHeader, n_chars), text.chars().count() as u64);
        record.pointer(offset_of!(StrHeader, data), Pointer::Data(chars));
        let id = self.record(record)?;
        self.strings.insert(text.to_owned(), id);
        Ok(id)
    }

    /// Read-only data with pointers in it.
    pub fn record(&mut self, record: Record) -> Result<DataId, Error> {
        self.data(record.bytes, 8, &record.pointers, false)
    }

    /// Data with pointers in it that the runtime may change.
    pub fn variable(&mut self, record: Record) -> Result<DataId, Error> {
        self.data(record.bytes, 8, &record.pointers, true)
    }

    fn data(
        &mut self,
        contents: Vec<u8>,
        align: u64,
        pointers: &[(usize, Pointer)],
        writable: bool,
    ) -> Result<DataId, Error> {
        let name = format!("lnp_data_{}", self.n_data);
        self.n_data += 1;
        let id = self
            .module
            .declare_data(&name, Linkage::Local, writable, false)
            .map_err(module_error)?;
        self.fill(id, contents, align, pointers)?;
        Ok(id)
    }

    /// A described symbol that the runtime sees.
    pub fn export_record(&mut self, name: &str, record: Record) -> Result<DataId, Error> {
        let id = self
            .module
            .declare_data(name, Linkage::Export, false, false)
            .map_err(module_error)?;
        self.fill(id, record.bytes, 8, &record.pointers)?;
        Ok(id)
    }

    fn fill(&mut self, id: DataId, contents: Vec<u8>, align: u64, pointers: &[(usize, Pointer)]) -> Result<(), Error> {
        let mut data = DataDescription::new();
        // An object without bytes would have no address of its own.
        let contents = if contents.is_empty() { vec![0] } else { contents };
        data.define(contents.into_boxed_slice());
        data.set_align(align);
        for (offset, pointer) in pointers {
            match *pointer {
                Pointer::Data(target) => {
                    let value = self.module.declare_data_in_data(target, &mut data);
                    data.write_data_addr(*offset as u32, value, 0);
                }
                Pointer::Func(target) => {
                    let func = self.module.declare_func_in_data(target, &mut data);
                    data.write_function_addr(*offset as u32, func);
                }
            }
        }
        self.module.define_data(id, &data).map_err(module_error)
    }

    /// Compiles a function that was built.
    pub fn define(&mut self, id: FuncId, mut ctx: Context) -> Result<(), Error> {
        let clif = self.want_texts.then(|| ctx.func.display().to_string());
        ctx.set_disasm(self.want_texts);
        if let Err(error) = self.module.define_function(id, &mut ctx) {
            return Err(match error {
                cranelift_module::ModuleError::Compilation(e) => Error::new(pretty_error(&ctx.func, e)),
                other => module_error(other),
            });
        }
        if let Some(clif) = clif {
            let name = self
                .module
                .declarations()
                .get_function_decl(id)
                .linkage_name(id)
                .into_owned();
            let asm = ctx.compiled_code().and_then(|c| c.vcode.clone()).unwrap_or_default();
            self.texts.push(FunctionText { name, clif, asm });
        }
        Ok(())
    }

    pub fn finish(self) -> Result<Output, Error> {
        let product = self.module.finish();
        Ok(Output {
            object: product.emit().map_err(|e| Error::new(e.to_string()))?,
            functions: self.texts,
        })
    }
}

/// A structure in static data, field by field.
pub struct Record {
    bytes: Vec<u8>,
    pointers: Vec<(usize, Pointer)>,
}

impl Record {
    pub fn new(size: usize) -> Record {
        Record {
            bytes: vec![0; size],
            pointers: Vec::new(),
        }
    }

    pub fn u8(&mut self, offset: usize, value: u8) {
        self.bytes[offset] = value;
    }

    pub fn u32(&mut self, offset: usize, value: u32) {
        self.bytes[offset..offset + 4].copy_from_slice(&value.to_le_bytes());
    }

    pub fn u64(&mut self, offset: usize, value: u64) {
        self.bytes[offset..offset + 8].copy_from_slice(&value.to_le_bytes());
    }

    pub fn pointer(&mut self, offset: usize, value: Pointer) {
        self.pointers.push((offset, value));
    }
}

pub fn module_error(error: cranelift_module::ModuleError) -> Error {
    Error::new(error.to_string())
}

/// Names of the entry points of a PTX text.
fn ptx_entries(ptx: &str) -> BTreeSet<String> {
    ptx.split(".entry")
        .skip(1)
        .filter_map(|rest| {
            let name: String = rest
                .trim_start()
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '$'))
                .collect();
            (!name.is_empty()).then_some(name)
        })
        .collect()
}
