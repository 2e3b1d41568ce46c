//! Operands of a launch on several ranks: what this rank's part of the domain reads, and where.

use super::local::{Local, Margins};
use super::partition::{Partition, PartitionRef, Region};
use super::plan::{Request, exchange};
use super::{gather, world};
use crate::array::affine::AffineMap;
use crate::array::buffer::{drop_storage, no_memory};
use crate::array::layout::{Dims, c_strides};
use crate::array::{Array, Buffer, Storage};
use crate::error::Raise;
use crate::launch::Hold;
use crate::launch::domain::strides_over;
use crate::launch::nest::Op;
use lnp_abi::MAX_NDIM;

/// Margins wider than this are not kept; the elements go to a window for the one launch.
const MOST_MARGIN: i64 = 8;

/// The inputs of a launch over this rank's part of its domain.
pub struct Operands {
    pub ops: Vec<Op>,
    /// Storages that the addresses lie in, held for the length of the launch.
    _holds: Vec<Hold>,
}

/// Memory that holds a box of a blocked buffer.
#[derive(Clone, Copy)]
struct Window {
    ptr: *mut u8,
    held: Region,
}

/// The part of an operand that a part of the domain touches, in the operand's own axes.
pub fn own_axes(domain_part: &Region, array: &Array) -> Region {
    let n = array.ndim();
    let d = domain_part.lo.n();
    let mut r = Region {
        lo: Dims::filled(n, 0),
        hi: Dims::filled(n, 1),
    };
    for k in 1..=n.min(d) {
        if array.shape()[n - k] != 1 {
            r.lo[n - k] = domain_part.lo[d - k];
            r.hi[n - k] = domain_part.hi[d - k];
        }
    }
    r
}

/// Address and strides, over the domain, of a view in a window, from the start of a part.
fn op_in(array: &Array, map: &AffineMap, window: &Window, part: &Region) -> Op {
    let size = array.dtype().size();
    let memory = c_strides(&window.held.extents(), size);
    let base = map.start.n();
    let mut at: i64 = (0..base).map(|k| (map.start[k] - window.held.lo[k]) * memory[k]).sum();
    let mut strides = [0; MAX_NDIM];
    let (n, d) = (array.ndim(), part.lo.n());
    for k in 1..=n.min(d) {
        let axis = n - k;
        if let Some(dim) = map.dim[axis] {
            let step = map.step[axis] * memory[dim as usize];
            at += step * part.lo[d - k];
            strides[d - k] = step;
        }
    }
    Op {
        ptr: window.ptr.wrapping_offset(at as isize),
        strides,
    }
}

/// Address and strides of an array that is whole here.
fn op_whole(array: &Array, ptr: *mut u8, part: &Region) -> Op {
    let extents = part.hi;
    let strides = strides_over(array, &extents);
    let at: i64 = (0..extents.n()).map(|d| strides[d] * part.lo[d]).sum();
    Op {
        ptr: ptr.wrapping_offset((array.offset() + at) as isize),
        strides,
    }
}

/// A blocked destination on this rank: its operand over `part`, and the box of the memory at
/// hand that the part covers.
pub fn destination(array: &Array, map: &AffineMap, part: &Region) -> Op {
    let storage = array.buffer().storage();
    let held = storage
        .local
        .as_ref()
        .map_or(Region::whole(&array.buffer().base), |l| l.held);
    op_in(array, map, &Window { ptr: storage.ptr, held }, part)
}

/// Everything that one buffer's inputs need.
struct Source<'a> {
    buffer: *mut Buffer,
    part: PartitionRef,
    need: Vec<Region>,
    inputs: Vec<(usize, &'a Array, AffineMap)>,
    window: Option<Window>,
}

/// Resolves the inputs of a launch whose part of the domain on rank r is `parts[r]`: fetches
/// what is missing. Collective.
pub fn resolve(inputs: &[&Array], parts: &[Region]) -> Result<Operands, Raise> {
    let me = &parts[world::rank()];
    let mut ops = vec![
        Op {
            ptr: std::ptr::null_mut(),
            strides: [0; MAX_NDIM]
        };
        inputs.len()
    ];
    let mut holds = Vec::new();
    let mut sources: Vec<Source> = Vec::new();
    for (i, array) in inputs.iter().enumerate() {
        let buffer = array.buffer();
        let Some(part) = &buffer.part else {
            holds.push(Hold::of(buffer.storage));
            ops[i] = op_whole(array, buffer.storage().ptr, me);
            continue;
        };
        let Some(map) = AffineMap::of(array) else {
            // No box plan can say this view: the whole buffer comes here for the one launch.
            let storage = gather(buffer)?;
            holds.push(Hold::of(storage));
            // SAFETY: the use that `gather` gave; the hold has its own.
            unsafe { drop_storage(storage) };
            // SAFETY: held.
            ops[i] = op_whole(array, unsafe { (*storage).ptr }, me);
            continue;
        };
        let need: Vec<Region> = parts
            .iter()
            .map(|p| {
                if p.is_empty() {
                    Region::empty(map.start.n())
                } else {
                    map.image(&own_axes(p, array)).0
                }
            })
            .collect();
        // Views of one buffer, and copies that still share its storage, are one source.
        match sources.iter_mut().find(|s| {
            // SAFETY: the inputs keep their buffers alive.
            unsafe { (*s.buffer).storage == buffer.storage }
        }) {
            Some(source) => {
                source
                    .need
                    .iter_mut()
                    .zip(&need)
                    .for_each(|(all, n)| *all = all.hull(n));
                source.inputs.push((i, array, map));
            }
            None => sources.push(Source {
                buffer: array.buffer_ptr(),
                part: part.clone(),
                need,
                inputs: vec![(i, array, map)],
                window: None,
            }),
        }
    }
    fetch(&mut sources, &mut holds)?;
    for source in &sources {
        let Some(window) = &source.window else { continue };
        if !me.is_empty() {
            for (i, array, map) in &source.inputs {
                ops[*i] = op_in(array, map, window, me);
            }
        }
    }
    Ok(Operands { ops, _holds: holds })
}

/// Brings the needed boxes of all sources here, in one exchange.
fn fetch(sources: &mut [Source], holds: &mut Vec<Hold>) -> Result<(), Raise> {
    let mut requests = Vec::new();
    for source in sources.iter_mut() {
        // SAFETY: the launch's inputs keep their buffers alive.
        let buffer = unsafe { &mut *source.buffer };
        let size = buffer.dtype.size();
        let margins = margins(&source.part, &source.need);
        let storage = buffer.storage();
        let Some(local) = storage.local.as_deref_mut() else {
            continue;
        };
        holds.push(Hold::of(buffer.storage));
        match margins {
            Some(wanted) if local.valid.cover(&wanted) => {
                source.window = Some(Window {
                    ptr: storage.ptr,
                    held: local.held,
                });
            }
            Some(wanted) => {
                if !local.margins.cover(&wanted) {
                    let wide = local.margins.max(&wanted);
                    widen(buffer, &source.part, &wide)?;
                }
                let storage = buffer.storage();
                let Some(local) = storage.local.as_deref_mut() else {
                    continue;
                };
                let need = (0..world::size()).map(|r| local.margins.around(&source.part.region(r), &source.part.shape));
                source.need = need.collect();
                local.valid = local.margins;
                source.window = Some(Window {
                    ptr: storage.ptr,
                    held: local.held,
                });
                requests.push((
                    size,
                    Window {
                        ptr: storage.ptr,
                        held: local.held,
                    },
                    &*source,
                ));
            }
            None => {
                let need = source.need[world::rank()];
                let Some(temporary) = Storage::new(need.len() * size, false) else {
                    return Err(no_memory(buffer.dtype, &need.extents()));
                };
                holds.push(Hold::of(temporary));
                // SAFETY: just made; the hold keeps it alive.
                let ptr = unsafe { (*temporary).ptr };
                // SAFETY: the use of its making.
                unsafe { drop_storage(temporary) };
                source.window = Some(Window { ptr, held: need });
                requests.push((
                    size,
                    Window {
                        ptr: storage.ptr,
                        held: local.held,
                    },
                    &*source,
                ));
            }
        }
    }
    let requests: Vec<Request> = requests
        .into_iter()
        .filter_map(|(size, from, source)| {
            let to = source.window?;
            Some(Request {
                part: &source.part,
                need: source.need.clone(),
                size,
                from: from.ptr,
                from_held: from.held,
                to: to.ptr,
                to_held: to.held,
            })
        })
        .collect();
    if !requests.is_empty() {
        exchange(&requests);
    }
    Ok(())
}

/// The halo widths that serve every rank's need; `None`: they would be too wide, or a rank
/// without a block needs elements. The same on every rank.
fn margins(part: &Partition, need: &[Region]) -> Option<Margins> {
    let mut m = Margins::NONE;
    for (rank, need) in need.iter().enumerate() {
        if need.is_empty() {
            continue;
        }
        let own = part.region(rank);
        if own.is_empty() {
            return None;
        }
        for d in 0..part.shape.n() {
            m.lo[d] = m.lo[d].max(own.lo[d] - need.lo[d]);
            m.hi[d] = m.hi[d].max(need.hi[d] - own.hi[d]);
        }
    }
    (0..part.shape.n())
        .all(|d| m.lo[d] <= MOST_MARGIN && m.hi[d] <= MOST_MARGIN)
        .then_some(m)
}

/// Gives a blocked storage room for wider margins. Its elements move, for all its buffers.
fn widen(buffer: &mut Buffer, part: &Partition, margins: &Margins) -> Result<(), Raise> {
    let size = buffer.dtype.size();
    let local = Local::new(part, margins);
    let Some(wide) = Storage::new(local.len() * size, false) else {
        return Err(no_memory(buffer.dtype, &local.extents()));
    };
    // SAFETY: just made.
    let to = unsafe { &mut *wide };
    let storage = buffer.storage();
    if let Some(old) = &storage.local {
        super::copy_box(&old.own, size, storage.ptr, &old.held, to.ptr, &local.held);
    }
    to.local = Some(Box::new(local));
    storage.swap_memory(to);
    // SAFETY: the use of its making; it has the old memory now.
    unsafe { drop_storage(wide) };
    Ok(())
}
