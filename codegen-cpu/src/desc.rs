//! Static descriptions for the runtime: kernels at their launch sites, Python units, the
//! program.

use crate::object::{Pointer, Record, Unit};
use crate::{Error, Options};
use cranelift_module::DataId;
use lnp_abi::{BroadcastCheck, KernelDesc, LaunchSite, ProgramDesc, PyUnitDesc};
use lnp_ir::{self as ir, KernelInput, PyUnitKind};
use std::mem::{offset_of, size_of};

/// The `KernelDesc` of a launch: the kernel with the checks of its site.
///
/// The masks of the checks count a launch's inputs; the runtime sees arrays only, so they
/// are renumbered. A group of scalars alone has shape `()` and is dropped.
pub fn launch(
    unit: &mut Unit,
    module: &ir::Module,
    id: ir::KernelId,
    checks: &[ir::ShapeCheck],
) -> Result<DataId, Error> {
    let kernel = &module.kernels[id];
    let checks = array_checks(kernel, checks);
    let key = (id, checks);
    if let Some(&data) = unit.launches.get(&key) {
        return Ok(data);
    }
    let (arrays, slots) = inputs(kernel);
    let mut record = Record::new(size_of::<KernelDesc>());
    record.pointer(offset_of!(KernelDesc, entry), Pointer::Func(unit.kernels[&id]));
    let name = unit.c_string(&kernel.name)?;
    record.pointer(offset_of!(KernelDesc, name), Pointer::Data(name));
    record.u32(offset_of!(KernelDesc, ndim), u32::from(kernel.ndim));
    record.u32(offset_of!(KernelDesc, n_inputs), arrays.len() as u32);
    record.u32(offset_of!(KernelDesc, n_outputs), kernel.body.results.len() as u32);
    record.u32(offset_of!(KernelDesc, n_scalar_slots), slots);
    let mut dtypes: Vec<u8> = arrays.iter().map(|&(p, _)| kernel.body.params[p] as u8).collect();
    dtypes.extend(kernel.outputs().map(|d| d as u8));
    let dtypes = unit.bytes(&dtypes, 1)?;
    record.pointer(offset_of!(KernelDesc, dtypes), Pointer::Data(dtypes));
    let ndims: Vec<u8> = arrays.iter().map(|&(_, ndim)| ndim).collect();
    let ndims = unit.bytes(&ndims, 1)?;
    record.pointer(offset_of!(KernelDesc, ndims), Pointer::Data(ndims));
    if !key.1.is_empty() {
        let size = size_of::<BroadcastCheck>();
        let mut table = Record::new(size * key.1.len());
        for (i, (groups, line)) in key.1.iter().enumerate() {
            let masks: Vec<u8> = groups.iter().flat_map(|g| g.to_le_bytes()).collect();
            let masks = unit.bytes(&masks, 8)?;
            table.pointer(i * size + offset_of!(BroadcastCheck, groups), Pointer::Data(masks));
            table.u64(i * size + offset_of!(BroadcastCheck, n_groups), groups.len() as u64);
            table.u64(i * size + offset_of!(BroadcastCheck, line), u64::from(*line));
        }
        let table = unit.record(table)?;
        record.pointer(offset_of!(KernelDesc, checks), Pointer::Data(table));
    }
    record.u64(offset_of!(KernelDesc, n_checks), key.1.len() as u64);
    record.u64(offset_of!(KernelDesc, cost), u64::from(kernel.cost));
    record.u64(offset_of!(KernelDesc, tile), u64::from(kernel.tile));
    let on_gpu = unit.gpu_kernels.contains(&kernel.name);
    record.u64(offset_of!(KernelDesc, on_gpu), u64::from(on_gpu));
    let body = &kernel.body;
    let identity = arrays.len() == 1 && body.params.len() == 1 && body.results == [ir::BodyVal(0)];
    record.u64(offset_of!(KernelDesc, identity), u64::from(identity));
    let data = unit.record(record)?;
    unit.launches.insert(key, data);
    Ok(data)
}

/// The `LaunchSite` of a launch: `views` describes its operands where one is a lazy view.
pub fn site(unit: &mut Unit, desc: DataId, views: &[i64]) -> Result<DataId, Error> {
    let mut record = Record::new(size_of::<LaunchSite>());
    record.pointer(offset_of!(LaunchSite, desc), Pointer::Data(desc));
    if !views.is_empty() {
        let words: Vec<u8> = views.iter().flat_map(|w| w.to_le_bytes()).collect();
        let views = unit.bytes(&words, 8)?;
        record.pointer(offset_of!(LaunchSite, views), Pointer::Data(views));
    }
    unit.variable(record)
}

/// Array inputs as (parameter, ndim), and how many slots the scalar ones take.
fn inputs(kernel: &ir::Kernel) -> (Vec<(usize, u8)>, u32) {
    let mut arrays = Vec::new();
    let mut slots = 0;
    for (p, input) in kernel.inputs.iter().enumerate() {
        match *input {
            KernelInput::Array { ndim } => arrays.push((p, ndim)),
            KernelInput::Scalar => slots += kernel.body.params[p].size().div_ceil(8) as u32,
        }
    }
    (arrays, slots)
}

fn array_checks(kernel: &ir::Kernel, checks: &[ir::ShapeCheck]) -> Vec<(Vec<u64>, u32)> {
    let (arrays, _) = inputs(kernel);
    let renumber = |mask: u64| -> u64 {
        arrays
            .iter()
            .enumerate()
            .filter(|(_, (p, _))| *p < 64 && mask >> p & 1 == 1)
            .fold(0, |m, (k, _)| m | 1 << k)
    };
    let mut of_arrays: Vec<(Vec<u64>, u32)> = checks
        .iter()
        .map(|check| {
            let groups: Vec<u64> = check.groups.iter().map(|&g| renumber(g)).filter(|&g| g != 0).collect();
            (groups, check.span.line)
        })
        .collect();
    // The last check keeps its place, also where it has no arrays: it is the store's.
    let last = of_arrays.pop();
    of_arrays.retain(|(groups, _)| !groups.is_empty());
    if let Some((groups, line)) = last {
        match groups.is_empty() {
            true if of_arrays.is_empty() => {}
            true => of_arrays.push((vec![0], line)),
            false => of_arrays.push((groups, line)),
        }
    }
    of_arrays
}

/// The `PyUnitDesc` of a unit.
pub fn py_unit(unit: &mut Unit, module: &ir::Module, id: ir::PyUnitId) -> Result<DataId, Error> {
    if let Some(&data) = unit.units.get(&id) {
        return Ok(data);
    }
    let source = &module.units[id];
    let names = |names: &[String]| -> Vec<u8> { names.iter().flat_map(|n| n.bytes().chain([0])).collect() };
    let mut record = Record::new(size_of::<PyUnitDesc>());
    let text = unit.c_string(&source.source)?;
    record.pointer(offset_of!(PyUnitDesc, source), Pointer::Data(text));
    record.u64(offset_of!(PyUnitDesc, source_len), source.source.len() as u64);
    let kind = match source.kind {
        PyUnitKind::Expr => 0,
        PyUnitKind::Stmt => 1,
        PyUnitKind::Def => 2,
    };
    record.u64(offset_of!(PyUnitDesc, kind), kind);
    let inputs = unit.bytes(&names(&source.inputs), 1)?;
    record.pointer(offset_of!(PyUnitDesc, inputs), Pointer::Data(inputs));
    record.u64(offset_of!(PyUnitDesc, n_inputs), source.inputs.len() as u64);
    let outputs = unit.bytes(&names(&source.outputs), 1)?;
    record.pointer(offset_of!(PyUnitDesc, outputs), Pointer::Data(outputs));
    record.u64(offset_of!(PyUnitDesc, n_outputs), source.outputs.len() as u64);
    record.u64(offset_of!(PyUnitDesc, line), u64::from(source.line));
    let data = unit.record(record)?;
    unit.units.insert(id, data);
    Ok(data)
}

/// `lnp_program`, and what else the runtime reads of every program.
pub fn define_program(unit: &mut Unit, module: &ir::Module, opts: &Options) -> Result<(), Error> {
    let mut record = Record::new(size_of::<ProgramDesc>());
    let file = unit.c_string(&module.file)?;
    record.pointer(offset_of!(ProgramDesc, file), Pointer::Data(file));
    let source = unit.c_string(&module.source)?;
    record.pointer(offset_of!(ProgramDesc, source), Pointer::Data(source));
    record.u64(offset_of!(ProgramDesc, source_len), module.source.len() as u64);
    if let Some(ptx) = &opts.ptx {
        let text = unit.c_string(ptx)?;
        record.pointer(offset_of!(ProgramDesc, ptx), Pointer::Data(text));
        record.u64(offset_of!(ProgramDesc, ptx_len), ptx.len() as u64);
    }
    let lib_dir = unit.c_string(&opts.lib_dir)?;
    record.pointer(offset_of!(ProgramDesc, lib_dir), Pointer::Data(lib_dir));
    unit.export_record("lnp_program", record)?;
    unit.recursion_limit()?;
    Ok(())
}
