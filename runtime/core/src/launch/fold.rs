//! What reductions do to elements, by operation and dtype.

use crate::numeric::{Complex, Ranked, Summand, extreme, extreme_of, pairwise_sum};
use std::marker::PhantomData;

/// How freely elements may be grouped without changing a bit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Grouping {
    /// Along NumPy's pairwise tree.
    Tree,
    /// Any way, in order.
    Free,
    /// One after the other.
    Ordered,
}

/// A reduction's element-wise part.
pub trait Fold: Copy + Sync {
    type In: Copy;
    type Acc: Copy + Send + Sync;
    const GROUPING: Grouping;
    /// The value to start from; `None`: the first element.
    fn init(self) -> Option<Self::Acc>;
    fn lift(self, x: Self::In) -> Self::Acc;
    fn combine(self, a: Self::Acc, b: Self::Acc) -> Self::Acc;
    /// Reduces a non-empty run; of a tree, a subtree.
    fn run(self, xs: &[Self::In]) -> Self::Acc {
        let mut acc = self.lift(xs[0]);
        for &x in &xs[1..] {
            acc = self.combine(acc, self.lift(x));
        }
        acc
    }
    /// Reduces a leaf of the tree whose elements were lifted already.
    fn run_lifted(self, xs: &[Self::Acc]) -> Self::Acc {
        xs[1..].iter().fold(xs[0], |acc, &x| self.combine(acc, x))
    }
    /// The tree's split of `n` elements, for `Grouping::Tree`.
    fn split(self, n: usize) -> Option<usize> {
        let _ = n;
        None
    }
}

/// `sum` of floats.
pub struct TreeSum<T>(pub PhantomData<T>);

impl<T> Clone for TreeSum<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for TreeSum<T> {}

// SAFETY: holds nothing.
unsafe impl<T> Sync for TreeSum<T> {}

impl<T: Summand + Send + Sync> Fold for TreeSum<T> {
    type In = T;
    type Acc = T;
    const GROUPING: Grouping = Grouping::Tree;
    fn init(self) -> Option<T> {
        Some(T::ZERO)
    }
    #[inline]
    fn lift(self, x: T) -> T {
        x
    }
    #[inline]
    fn combine(self, a: T, b: T) -> T {
        a + b
    }
    fn run(self, xs: &[T]) -> T {
        pairwise_sum(xs)
    }
    fn run_lifted(self, xs: &[T]) -> T {
        pairwise_sum(xs)
    }
    fn split(self, n: usize) -> Option<usize> {
        crate::numeric::split(n, T::WIDTH)
    }
}

/// A reduction given by functions.
#[derive(Clone, Copy)]
pub struct By<I, A, L, C> {
    pub init: Option<A>,
    pub lift: L,
    pub combine: C,
    pub input: PhantomData<fn(I)>,
}

/// The same, of floats multiplied in order.
#[derive(Clone, Copy)]
pub struct InOrder<F>(pub F);

impl<I, A, L, C> Fold for By<I, A, L, C>
where
    I: Copy,
    A: Copy + Send + Sync,
    L: Fn(I) -> A + Copy + Sync,
    C: Fn(A, A) -> A + Copy + Sync,
{
    type In = I;
    type Acc = A;
    const GROUPING: Grouping = Grouping::Free;
    fn init(self) -> Option<A> {
        self.init
    }
    #[inline(always)]
    fn lift(self, x: I) -> A {
        (self.lift)(x)
    }
    #[inline(always)]
    fn combine(self, a: A, b: A) -> A {
        (self.combine)(a, b)
    }
}

impl<F: Fold> Fold for InOrder<F> {
    type In = F::In;
    type Acc = F::Acc;
    const GROUPING: Grouping = Grouping::Ordered;
    fn init(self) -> Option<F::Acc> {
        self.0.init()
    }
    #[inline(always)]
    fn lift(self, x: F::In) -> F::Acc {
        self.0.lift(x)
    }
    #[inline(always)]
    fn combine(self, a: F::Acc, b: F::Acc) -> F::Acc {
        self.0.combine(a, b)
    }
}

/// `max` or `min`.
pub struct Extreme<T, const MAX: bool>(pub PhantomData<fn(T)>);

impl<T, const MAX: bool> Clone for Extreme<T, MAX> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T, const MAX: bool> Copy for Extreme<T, MAX> {}

impl<T: Ranked + Send + Sync, const MAX: bool> Fold for Extreme<T, MAX> {
    type In = T;
    type Acc = T;
    const GROUPING: Grouping = Grouping::Free;
    fn init(self) -> Option<T> {
        None
    }
    #[inline(always)]
    fn lift(self, x: T) -> T {
        x
    }
    #[inline(always)]
    fn combine(self, a: T, b: T) -> T {
        extreme(MAX, a, b)
    }
    fn run(self, xs: &[T]) -> T {
        extreme_of(MAX, xs)
    }
}

/// What `any` and `all` take for true.
pub trait Truth: Copy {
    fn truth(self) -> bool;
}

macro_rules! truth {
    ($($ty:ty),*) => { $(impl Truth for $ty {
        #[inline]
        fn truth(self) -> bool { self != 0 as $ty }
    })* };
}
truth!(u8, i32, i64, f32, f64);

impl Truth for Complex {
    fn truth(self) -> bool {
        self.re != 0.0 || self.im != 0.0
    }
}

/// Calls a generic function with the fold of an operation over a dtype.
macro_rules! with_fold {
    ($op:expr, $dtype:expr, |$fold:ident| $body:expr) => {{
        macro_rules! by {
            ($in:ty, $init:expr, $lift:expr, $combine:expr) => {{
                let $fold = By {
                    init: $init,
                    lift: $lift,
                    combine: $combine,
                    input: PhantomData::<fn($in)>,
                };
                $body
            }};
        }
        macro_rules! extremes {
            ($in:ty, $max:expr) => {{
                let $fold = Extreme::<$in, $max>(PhantomData);
                $body
            }};
        }
        macro_rules! each {
            ($mac:ident, $arg:expr) => {
                match $dtype {
                    DType::Bool => $mac!(u8, $arg),
                    DType::I32 => $mac!(i32, $arg),
                    DType::I64 => $mac!(i64, $arg),
                    DType::F32 => $mac!(f32, $arg),
                    DType::F64 => $mac!(f64, $arg),
                    DType::C128 => $mac!(Complex, $arg),
                }
            };
        }
        macro_rules! any {
            ($in:ty, $arg:expr) => {
                by!($in, Some(0u8), |x: $in| u8::from(x.truth()), |a: u8, b: u8| a | b)
            };
        }
        macro_rules! all {
            ($in:ty, $arg:expr) => {
                by!($in, Some(1u8), |x: $in| u8::from(x.truth()), |a: u8, b: u8| a & b)
            };
        }
        macro_rules! in_order {
            ($in:ty, $one:expr) => {{
                let $fold = InOrder(By {
                    init: Some($one),
                    lift: |x: $in| x,
                    combine: |a: $in, b: $in| a * b,
                    input: PhantomData::<fn($in)>,
                });
                $body
            }};
        }
        macro_rules! tree {
            ($in:ty) => {{
                let $fold = TreeSum::<$in>(PhantomData);
                $body
            }};
        }
        match ($op, $dtype) {
            (ReduceOp::Sum, DType::F32) => tree!(f32),
            (ReduceOp::Sum, DType::F64) => tree!(f64),
            (ReduceOp::Sum, DType::C128) => tree!(Complex),
            (ReduceOp::Sum, DType::Bool) => by!(u8, Some(0i64), |x: u8| i64::from(x), i64::wrapping_add),
            (ReduceOp::Sum, DType::I32) => by!(i32, Some(0i64), |x: i32| i64::from(x), i64::wrapping_add),
            (ReduceOp::Sum, DType::I64) => by!(i64, Some(0i64), |x: i64| x, i64::wrapping_add),
            (ReduceOp::Prod, DType::F32) => in_order!(f32, 1.0f32),
            (ReduceOp::Prod, DType::F64) => in_order!(f64, 1.0f64),
            (ReduceOp::Prod, DType::C128) => in_order!(Complex, Complex { re: 1.0, im: 0.0 }),
            (ReduceOp::Prod, DType::Bool) => by!(u8, Some(1i64), |x: u8| i64::from(x), i64::wrapping_mul),
            (ReduceOp::Prod, DType::I32) => by!(i32, Some(1i64), |x: i32| i64::from(x), i64::wrapping_mul),
            (ReduceOp::Prod, DType::I64) => by!(i64, Some(1i64), |x: i64| x, i64::wrapping_mul),
            (ReduceOp::Min, _) => each!(extremes, false),
            (ReduceOp::Max, _) => each!(extremes, true),
            (ReduceOp::Any, _) => each!(any, ()),
            (ReduceOp::All, _) => each!(all, ()),
        }
    }};
}
pub(crate) use with_fold;
