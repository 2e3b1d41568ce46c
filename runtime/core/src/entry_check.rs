//! Holds the runtime's exports to the entry table, at compile time.
//!
//! Every row of the table names a function of one of the modules below; its parameters and its
//! result must cross the ABI as the row says. A row without a function, or with another
//! signature, does not compile.

use lnp_abi::{ArrayHeader, Complex, for_each_entry};

// The functions go by the table's names alone; so this one file takes modules whole.
use crate::array::{create::*, element::*, index::*, view::*};
use crate::launch::{lnp_launch_fresh, lnp_launch_into, reduce::lnp_launch_reduce};
use crate::objects::{
    list_entries::*, math::*, number::*, output::*, process::*, refs::*, report::*, str_entries::*, text_entries::*,
};
use crate::python::entries::*;
use crate::routines::{files::*, from_list::*, gather::*, join::*, linalg::*, order::*, rng::*};
use crate::text::options::lnp_set_print_options;

/// The table's types, as types.
mod row {
    pub struct Unit;
    pub struct Bool;
    pub struct I32;
    pub struct I64;
    pub struct F32;
    pub struct F64;
    pub struct C128;
    pub struct Arr;
    pub struct Str;
    pub struct List;
    pub struct Obj;
    pub struct Rng;
    pub struct Ref;
    pub struct Slots;
    pub struct Data;
}

/// A Rust type that crosses the ABI as the table's type `T`.
trait Crosses<T> {}

macro_rules! crosses {
    ($($ty:ty: $row:ident),*) => { $(impl Crosses<row::$row> for $ty {})* };
}
crosses!(
    (): Unit, u8: Bool, i32: I32, i64: I64, f32: F32, f64: F64, Complex: C128,
    *mut ArrayHeader: Arr, *const ArrayHeader: Arr, *const u64: Slots, *mut u64: Slots
);

macro_rules! pointers {
    ($($row:ident),*) => { $(
        impl<T> Crosses<row::$row> for *mut T {}
        impl<T> Crosses<row::$row> for *const T {}
    )* };
}
pointers!(Str, List, Obj, Rng, Ref, Data);

/// A function whose parameters and result cross as the table's.
trait Matches<P, R> {}

macro_rules! matches {
    ($($a:ident: $p:ident),*) => {
        impl<$($a: Crosses<$p>, $p,)* Out: Crosses<R>, R> Matches<($($p,)*), R>
            for unsafe extern "C" fn($($a),*) -> Out {}
    };
}
matches!();
matches!(A: P);
matches!(A: P, B: Q);
matches!(A: P, B: Q, C: S);
matches!(A: P, B: Q, C: S, D: T);
matches!(A: P, B: Q, C: S, D: T, E: U);
matches!(A: P, B: Q, C: S, D: T, E: U, F: V);
matches!(A: P, B: Q, C: S, D: T, E: U, F: V, G: W);

const fn check<F: Matches<P, R> + Copy, P, R>(_: F) {}

macro_rules! any {
    ($param:ident) => {
        _
    };
}

macro_rules! check_all {
    ($($variant:ident $symbol:ident ($($param:ident),*) -> $result:ident, $raises:ident, $effect:ident;)*) => {
        $(const _: () = check::<_, ($(row::$param,)*), row::$result>(
            $symbol as unsafe extern "C" fn($(any!($param)),*) -> _,
        );)*
    };
}
for_each_entry!(check_all);
