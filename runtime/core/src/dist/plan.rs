//! The exchange planner: from partitions and needed regions to messages.
//!
//! A request says what box of a blocked buffer each rank needs. The elements of a box live in
//! the blocks that it cuts; everyone knows all blocks and all needs, so both ends of each
//! message agree on it without talking. All requests of a launch travel together: at most one
//! message from each rank to each other rank.

use super::partition::{Partition, Region};
use super::{copy_box, world};
use lnp_abi::provider::mpi::Message;

/// What every rank needs of one buffer.
pub struct Request<'a> {
    pub part: &'a Partition,
    /// The box that rank r needs.
    pub need: Vec<Region>,
    /// Bytes of an element.
    pub size: usize,
    /// This rank's block: its memory holds the box `from_held`.
    pub from: *const u8,
    pub from_held: Region,
    /// Where this rank wants its box: memory that holds `to_held`.
    pub to: *mut u8,
    pub to_held: Region,
}

impl Request<'_> {
    /// The box that travels from one rank to another.
    fn piece(&self, from: usize, to: usize) -> Region {
        self.part.region(from).intersect(&self.need[to])
    }

    fn bytes(&self, piece: &Region) -> usize {
        if piece.is_empty() { 0 } else { piece.len() * self.size }
    }
}

/// Moves what every rank needs and does not own. What a rank needs of its own block is copied
/// where the target is other memory.
pub fn exchange(requests: &[Request]) {
    let me = world::rank();
    let mut out: Vec<(usize, Vec<u8>)> = Vec::new();
    let mut incoming: Vec<(usize, Vec<u8>)> = Vec::new();
    for peer in (0..world::size()).filter(|&peer| peer != me) {
        let mut packed = Vec::new();
        let mut expected = 0;
        for q in requests {
            let piece = q.piece(me, peer);
            let bytes = q.bytes(&piece);
            if bytes > 0 {
                let at = packed.len();
                packed.resize(at + bytes, 0u8);
                copy_box(&piece, q.size, q.from, &q.from_held, packed[at..].as_mut_ptr(), &piece);
            }
            expected += q.bytes(&q.piece(peer, me));
        }
        if !packed.is_empty() {
            out.push((peer, packed));
        }
        if expected > 0 {
            incoming.push((peer, vec![0u8; expected]));
        }
    }
    let message = |(peer, bytes): &(usize, Vec<u8>)| Message {
        ptr: bytes.as_ptr().cast_mut(),
        len: bytes.len() as u64,
        peer: *peer as i32,
    };
    let sends: Vec<Message> = out.iter().map(message).collect();
    let receives: Vec<Message> = incoming.iter().map(message).collect();
    world::exchange(&sends, &receives);
    for (peer, bytes) in &incoming {
        let mut at = 0;
        for q in requests {
            let piece = q.piece(*peer, me);
            let n = q.bytes(&piece);
            if n > 0 {
                copy_box(&piece, q.size, bytes[at..].as_ptr(), &piece, q.to, &q.to_held);
                at += n;
            }
        }
    }
    for q in requests {
        if !std::ptr::eq(q.from, q.to) {
            copy_box(&q.piece(me, me), q.size, q.from, &q.from_held, q.to, &q.to_held);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array::layout::Dims;

    /// Pieces cover each needed element exactly once, for many partitions and needs.
    #[test]
    fn pieces_cover_needs_once() {
        for shape in [vec![7, 5], vec![2, 9], vec![1, 1], vec![12], vec![3, 2, 4]] {
            let shape = Dims::new(&shape);
            for ranks in 1..7 {
                let part = Partition::balanced(&shape, ranks);
                let whole = Region::whole(&shape);
                let mut need = whole;
                for d in 0..shape.n() {
                    need.lo[d] = shape[d] / 3;
                    need.hi[d] = (shape[d] + 2) / 2;
                }
                for need in [whole, need, Region::empty(shape.n())] {
                    let q = Request {
                        part: &part,
                        need: vec![need; ranks],
                        size: 8,
                        from: std::ptr::null(),
                        from_held: whole,
                        to: std::ptr::null_mut(),
                        to_held: whole,
                    };
                    let total: usize = (0..ranks).map(|r| q.bytes(&q.piece(r, 0))).sum();
                    assert_eq!(total, q.bytes(&need));
                }
                let owned: usize = (0..ranks).map(|r| part.region(r).len()).sum();
                assert_eq!(owned, shape.len());
                let mut index = Dims::filled(shape.n(), 0);
                for _ in 0..shape.len() {
                    let owner = part.region(part.owner(&index));
                    assert!((0..shape.n()).all(|d| owner.lo[d] <= index[d] && index[d] < owner.hi[d]));
                    for d in (0..shape.n()).rev() {
                        index[d] += 1;
                        if index[d] < shape[d] {
                            break;
                        }
                        index[d] = 0;
                    }
                }
            }
        }
    }
}
