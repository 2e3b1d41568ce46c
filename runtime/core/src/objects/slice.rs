//! `start:stop:step` over a sequence, clamped as CPython clamps it.

use crate::error::Raise;

/// First position, distance and number of the elements that a slice selects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    pub start: i64,
    pub step: i64,
    pub count: usize,
}

/// `flags`: 1 has a start, 2 has a stop; `step` is 1 where none is written.
///
/// Source: `PySlice_AdjustIndices` in CPython's `sliceobject.c`.
pub fn resolve(len: usize, flags: i64, start: i64, stop: i64, step: i64) -> Result<Range, Raise> {
    if step == 0 {
        return Err(Raise::value("slice step cannot be zero"));
    }
    let len = len as i64;
    let (lowest, highest) = if step < 0 { (-1, len - 1) } else { (0, len) };
    let clamp = |x: i64| if x < 0 { (x + len).max(lowest) } else { x.min(highest) };
    let start = match (flags & 1 != 0, step < 0) {
        (true, _) => clamp(start),
        (false, true) => len - 1,
        (false, false) => 0,
    };
    let stop = match (flags & 2 != 0, step < 0) {
        (true, _) => clamp(stop),
        (false, true) => -1,
        (false, false) => len,
    };
    let distance = if step < 0 { start - stop } else { stop - start };
    let count = if distance <= 0 {
        0
    } else {
        (distance - 1) as u64 / step.unsigned_abs() + 1
    };
    Ok(Range {
        start,
        step,
        count: count as usize,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selected(len: usize, flags: i64, start: i64, stop: i64, step: i64) -> Vec<i64> {
        let r = resolve(len, flags, start, stop, step).unwrap();
        (0..r.count as i64).map(|k| r.start + k * r.step).collect()
    }

    #[test]
    fn as_cpython() {
        assert_eq!(selected(5, 0, 0, 0, 1), [0, 1, 2, 3, 4]);
        assert_eq!(selected(5, 0, 0, 0, -1), [4, 3, 2, 1, 0]);
        assert_eq!(selected(5, 3, -100, 100, 2), [0, 2, 4]);
        assert_eq!(selected(5, 3, 100, -100, -2), [4, 2, 0]);
        assert_eq!(selected(5, 1, -2, 0, 1), [3, 4]);
        assert_eq!(selected(5, 2, 0, -2, 1), [0, 1, 2]);
        assert_eq!(selected(5, 3, 3, 1, 1), [0i64; 0]);
        assert_eq!(selected(0, 0, 0, 0, -1), [0i64; 0]);
        assert_eq!(selected(3, 0, 0, 0, i64::MIN), [2]);
        assert_eq!(selected(3, 0, 0, 0, i64::MAX), [0]);
        assert!(resolve(3, 0, 0, 0, 0).is_err());
    }
}
