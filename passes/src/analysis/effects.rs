//! Which arrays an instruction writes, which of its operands outlive it elsewhere, and
//! whether it is seen outside the program.
//!
//! The ABI's table says `pure`, `reads` or `writes`; most `writes` entries write something
//! other than arrays (a stream of random numbers, a list, the terminal), which matters: only
//! a write to an array may stand between a fused producer and its consumer.

use lnp_abi::{AbiTy, Effect};
use lnp_ir::Rt;

/// What a runtime entry does to arrays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ArrayWrites {
    None,
    /// The array that is argument `n`.
    Arg(usize),
    /// Any array that was ever handed out.
    Escaped,
}

pub(crate) fn array_writes(rt: Rt) -> ArrayWrites {
    use Rt::*;
    match rt {
        SetBool | SetI32 | SetI64 | SetF32 | SetF64 | SetC128 | MaskSet | GatherSet => ArrayWrites::Arg(0),
        RngShuffle => ArrayWrites::Arg(1),
        _ if rt.sig().effect != Effect::Writes => ArrayWrites::None,
        _ if keeps_to_itself(rt) => ArrayWrites::None,
        ListAppend | ListSet | ListInsert => ArrayWrites::None,
        _ => ArrayWrites::Escaped,
    }
}

/// Entries with an effect of which arrays know nothing: they neither write nor keep one.
fn keeps_to_itself(rt: Rt) -> bool {
    use Rt::*;
    matches!(
        rt,
        Print
            | PrintErr
            | SetPrintOptions
            | Input
            | Argv
            | Exit
            | ExitMessage
            | PerfCounter
            | Time
            | Sleep
            | RngNew
            | RngNewEntropy
            | RngScalar
            | RngArray
            | RngIntegersScalar
            | RngIntegersArray
            | RngPermutation
            | RngShuffle
            | RngChoice
            | NpySave
            | NpyLoad
            | Retain
            | Release
            | Raise
            | TracebackFrame
            | SetBool
            | SetI32
            | SetI64
            | SetF32
            | SetF64
            | SetC128
            | MaskSet
            | GatherSet
            | ListDelete
            | ListExtend
            | ListSort
            | ListReverse
            | PyNone
            | PyUnbound
            | PyFromI64
            | PyFromBool
            | PyFromF64
            | PyFromC128
            | PyFromNumpy
    )
}

/// Whether references among the arguments may still be held after the call.
pub(crate) fn keeps_arguments(rt: Rt) -> bool {
    rt.sig().effect == Effect::Writes && !keeps_to_itself(rt)
}

/// Where the array, list or object that an entry gives comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// No one else knows it.
    Fresh,
    /// It may be, or share the buffer of, the first argument.
    Arg0,
    Unknown,
}

pub(crate) fn origin(rt: Rt) -> Origin {
    use Rt::*;
    match rt {
        View | Transpose | BroadcastTo | Squeeze | Reshape | Ravel | Diagonal => Origin::Arg0,
        RngArray | RngIntegersArray | RngPermutation | RngChoice | NpyLoad => Origin::Fresh,
        _ => match rt.sig().result {
            AbiTy::Arr if rt.sig().effect != Effect::Writes => Origin::Fresh,
            AbiTy::Str | AbiTy::Rng => Origin::Fresh,
            _ => Origin::Unknown,
        },
    }
}

/// Entries marked `raises` that fail only where memory runs out: not an order that a
/// program can rely on.
pub(crate) fn raises_only_memory(rt: Rt) -> bool {
    use Rt::*;
    matches!(
        rt,
        ArrayEmptyLike
            | ArrayZerosLike
            | Copy
            | Roll
            | Wrap
            | Ravel
            | Flatten
            | ItemBool
            | ItemI32
            | ItemI64
            | ItemF32
            | ItemF64
            | ItemC128
            | StrFromArray
            | ReprArray
            | RngScalar
            | ListEqual
            | PyNone
            | PyFromI64
            | PyFromBool
            | PyFromF64
            | PyFromC128
    )
}

/// Whether a call is seen outside the program, or changes the state of the world or of a
/// generator: calls of which this is true keep their order.
pub(crate) fn is_observable(rt: Rt) -> bool {
    rt.sig().effect == Effect::Writes
}
