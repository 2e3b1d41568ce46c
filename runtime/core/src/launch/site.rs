//! Launches as compiled code states them: a site of the program, bases of operands, bounds of
//! the views of them that were never made.

use super::nest::Call;
use super::plan::Plan;
use crate::array::index::view;
use crate::array::{Array, OwnedArray, slots};
use crate::error::{Nothing, Raise, raise, raise_at};
use lnp_abi::{KernelDesc, LaunchSite, MAX_NDIM, SITE_DYNAMIC};

/// One launch.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    site: *mut LaunchSite,
    pub call: Call<'a>,
    /// One per array input, then the destination where there is one.
    pub bases: &'a [&'a Array],
    pub bounds: &'a [i64],
}

/// An error of a launch; the line where it belongs to an operand's view.
pub struct Failure {
    error: Raise,
    line: Option<i64>,
}

impl From<Raise> for Failure {
    fn from(error: Raise) -> Failure {
        Failure { error, line: None }
    }
}

impl<'a> Request<'a> {
    /// # Safety
    /// A site of the program and what compiled code passes with it (see [`LaunchSite`]): slots
    /// of live arrays, of bounds, of scalars.
    #[inline]
    pub unsafe fn new(
        site: *mut LaunchSite,
        arrays: *const u64,
        bounds: *const u64,
        scalars: *const u64,
    ) -> Request<'a> {
        // SAFETY: the caller's promise; the description is constant.
        let desc: &KernelDesc = unsafe { &*(*site).desc };
        // SAFETY: the caller's promise.
        let (arrays, bounds) = unsafe { (slots(arrays), slots(bounds)) };
        // SAFETY: slots of live arrays; a reference is a pointer, as wide as a slot.
        let bases = unsafe { std::slice::from_raw_parts(arrays.as_ptr().cast(), arrays.len()) };
        let scalars = scalars.wrapping_add(1);
        Request {
            site,
            call: Call { desc, scalars },
            bases,
            bounds,
        }
    }

    /// What earlier launches at this site found out.
    #[inline]
    pub fn plan(&self) -> Option<&'a mut Plan> {
        // SAFETY: null or what `set_plan` put there; only the host thread launches.
        unsafe { (*self.site).plan.cast::<Plan>().as_mut() }
    }

    pub fn set_plan(&self, plan: Plan) {
        let new = Box::into_raw(Box::new(plan));
        // SAFETY: the site is live and writable.
        let old = unsafe { std::mem::replace(&mut (*self.site).plan, new.cast()) };
        if !old.is_null() {
            // SAFETY: made here, and out of reach now.
            drop(unsafe { Box::from_raw(old.cast::<Plan>()) });
        }
    }

    /// Runs `body` on the operands, with views made for those that are views.
    pub fn with_operands<T>(&self, body: impl FnOnce(&[&Array]) -> Result<T, Raise>) -> Result<T, Failure> {
        // SAFETY: the site is live.
        let views = unsafe { (*self.site).views };
        if views.is_null() {
            return Ok(body(self.bases)?);
        }
        let mut at = 0;
        // SAFETY: codegen lists the views (see `LaunchSite`).
        let mut word = || unsafe {
            at += 1;
            *views.add(at - 1)
        };
        let mut operands: Vec<&Array> = self.bases.to_vec();
        let mut made: Vec<(usize, OwnedArray)> = Vec::with_capacity(operands.len());
        for _ in 0..word() {
            let (k, line, n_items) = (word() as usize, word(), word() as usize);
            let mut spec = [0i64; 4 * 2 * MAX_NDIM];
            for item in spec.chunks_exact_mut(4).take(n_items) {
                let kind = word();
                item[0] = kind & (SITE_DYNAMIC - 1);
                for (part, slot) in item[1..].iter_mut().enumerate() {
                    let value = word();
                    *slot = match kind & SITE_DYNAMIC << part {
                        0 => value,
                        _ => self.bounds[value as usize],
                    };
                }
            }
            match view(self.bases[k], &spec[..4 * n_items]) {
                Ok(view) => made.push((k, view)),
                Err(error) => {
                    let line = Some(line);
                    return Err(Failure { error, line });
                }
            }
        }
        for (k, view) in &made {
            operands[*k] = view;
        }
        Ok(body(&operands)?)
    }
}

/// A launch's result; an error becomes the pending exception.
pub fn finish<T: Nothing>(result: Result<T, Failure>) -> T {
    match result {
        Ok(value) => value,
        Err(Failure { error, line: None }) => {
            raise(error);
            T::nothing()
        }
        Err(Failure {
            error,
            line: Some(line),
        }) => {
            raise_at(error, line);
            T::nothing()
        }
    }
}
