//! Sums, means and variances over many layouts against the bits that NumPy 2.4.6 gave.

use super::{ReduceOp, StridedRef, mean, mean_dtype, reduce, result_dtype, var, var_dtype};
use lnp_abi::DType;

/// The numbers that NumPy was given.
fn numbers(n: usize) -> Vec<f64> {
    let mut state = 1u64;
    let mut next = || {
        state = state
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (state >> 11) as f64 / 1e12 - 3000.0
    };
    (0..n).map(|_| next()).collect()
}

/// Byte strides of a dense array in C (`'C'`) or Fortran order.
fn dense(shape: &[usize], order: char, item: usize) -> Vec<isize> {
    let axes: Vec<usize> = if order == 'C' {
        (0..shape.len()).rev().collect()
    } else {
        (0..shape.len()).collect()
    };
    let mut strides = vec![0; shape.len()];
    let mut step = item as isize;
    for axis in axes {
        strides[axis] = step;
        step *= shape[axis] as isize;
    }
    strides
}

/// Subsets of `n` axes as NumPy's test enumerated them: by size, then lexicographically.
fn axis_sets(n: usize) -> Vec<Vec<bool>> {
    let mut sets: Vec<Vec<usize>> = (1..1usize << n)
        .map(|mask| (0..n).filter(|axis| mask >> axis & 1 == 1).collect())
        .collect();
    sets.sort_by_key(|set| (set.len(), set.clone()));
    sets.into_iter()
        .map(|set| (0..n).map(|axis| set.contains(&axis)).collect())
        .collect()
}

fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, &b| {
        (h ^ b as u64).wrapping_mul(0x100_0000_01b3)
    })
}

fn results(view: &StridedRef) -> Vec<u8> {
    let mut all = Vec::new();
    for axes in axis_sets(view.shape.len()) {
        let n_kept: usize = (0..axes.len())
            .filter(|&a| !axes[a])
            .map(|a| view.shape[a])
            .product();
        let mut run = |dtype: DType, f: &dyn Fn(&mut [u8])| {
            let mut out = vec![0; n_kept * dtype.size()];
            f(&mut out);
            all.extend(out);
        };
        if view.dtype != DType::I64 {
            let dtype = result_dtype(ReduceOp::Sum, view.dtype);
            run(dtype, &|out| {
                reduce(ReduceOp::Sum, dtype, view, &axes, out).unwrap()
            });
        }
        run(mean_dtype(view.dtype), &|out| {
            mean(view, &axes, out).unwrap()
        });
        if view.dtype != DType::I64 {
            run(var_dtype(view.dtype), &|out| {
                var(view, &axes, 0.0, out).unwrap()
            });
        }
    }
    all
}

#[test]
fn numpys_bits_for_every_layout() {
    let base = numbers(60_000);
    for (full, order, slices, hashes) in VIEWS {
        let n: usize = full.iter().product();
        for (dtype, expected) in [DType::F64, DType::F32, DType::I64].into_iter().zip(hashes) {
            let data: Vec<u8> = match dtype {
                DType::F32 => base[..n]
                    .iter()
                    .flat_map(|&x| (x as f32).to_ne_bytes())
                    .collect(),
                DType::I64 => base[..n]
                    .iter()
                    .flat_map(|&x| (x as i64).to_ne_bytes())
                    .collect(),
                _ => base[..n].iter().flat_map(|x| x.to_ne_bytes()).collect(),
            };
            let strides = dense(full, *order, dtype.size());
            let offset: isize = strides
                .iter()
                .zip(*slices)
                .map(|(s, slice)| s * slice.0)
                .sum();
            let shape: Vec<usize> = slices.iter().map(|slice| slice.1).collect();
            let strides: Vec<isize> = strides
                .iter()
                .zip(*slices)
                .map(|(s, slice)| s * slice.2)
                .collect();
            let view = StridedRef {
                dtype,
                data: &data,
                offset: offset as usize,
                shape: &shape,
                strides: &strides,
            };
            assert_eq!(
                hash(&results(&view)),
                *expected,
                "{dtype:?} {full:?} {order} {slices:?}"
            );
        }
    }
}

#[test]
fn nothing_has_no_extreme() {
    let view = StridedRef {
        dtype: DType::F64,
        data: &[],
        offset: 0,
        shape: &[0, 3],
        strides: &[24, 8],
    };
    let mut out = [0; 24];
    let error = reduce(ReduceOp::Min, DType::F64, &view, &[true, false], &mut out).unwrap_err();
    assert_eq!(
        error.message,
        "zero-size array to reduction operation minimum which has no identity"
    );
    assert!(reduce(ReduceOp::Max, DType::F64, &view, &[false, true], &mut []).is_ok());
    reduce(ReduceOp::Prod, DType::F64, &view, &[true, false], &mut out).unwrap();
    assert_eq!(out[..8], 1.0f64.to_ne_bytes());
}

/// An axis of a view: first index, extent, step.
type Slice = (isize, usize, isize);

/// Array shape and order, the view of it, and the hashes for float64, float32 and int64.
type View = (&'static [usize], char, &'static [Slice], [u64; 3]);

#[rustfmt::skip]
const VIEWS: &[View] = &[
    (&[1000], 'C', &[(0, 1000, 1)], [0x1cb1e376d127c75e, 0x6dded9ec1ccf35ef, 0x3081a661499433fc]),
    (&[20000], 'C', &[(0, 20000, 1)], [0xd2ae0d2bcb5b5ea3, 0xb054b70b35f48310, 0xa4604361e6446534]),
    (&[20000], 'C', &[(19999, 20000, -1)], [0xd2ae0d2bcb5b5ea3, 0xb054b70b35f48310, 0xa4604361e6446534]),
    (&[20000], 'C', &[(1, 6000, 3)], [0x5bff18ee2eb8cca8, 0xeb7baf848f92991c, 0xf3ba653093b3a3b8]),
    (&[7], 'C', &[(0, 7, 1)], [0x60f0b03c5d7060aa, 0xe377672411b9d749, 0x0cd61396a6878b97]),
    (&[8], 'C', &[(0, 8, 1)], [0xcaa391d66d413883, 0x16afebf5525a0b5a, 0xa2467205e5a11bfc]),
    (&[100, 100], 'C', &[(0, 100, 1), (0, 100, 1)], [0xe804565c6688f314, 0x3b86751f8702f2c4, 0x3ce707943b5b90f2]),
    (&[100, 100], 'F', &[(0, 100, 1), (0, 100, 1)], [0xe130071a44eaf280, 0x914ed75171f4d8a4, 0x5c388748f5972646]),
    (&[100, 100], 'C', &[(1, 98, 1), (1, 98, 1)], [0xfb40cac26474dcd1, 0x38c71915aca8ee49, 0xaa58a630a3900d2a]),
    (&[100, 100], 'F', &[(1, 98, 1), (1, 98, 1)], [0x37423d904e512009, 0xc7cd0a9dbc542575, 0xeda5ec78f3dfcef2]),
    (&[200, 300], 'C', &[(1, 198, 1), (1, 298, 1)], [0x6141c11628f8ba1a, 0x146049d2e0a18c44, 0x7e7a0f77d8b87d18]),
    (&[200, 300], 'C', &[(199, 200, -1), (0, 150, 2)], [0x4e70a70a88a339dd, 0xadf3bdc47df49dbb, 0x500f9d863b9388fc]),
    (&[9, 5000], 'C', &[(0, 9, 1), (1, 4998, 1)], [0x8cb50df98dd2427e, 0xf0d5d9badca7395b, 0xc24c0daf412ddf6d]),
    (&[3, 9000], 'C', &[(0, 3, 1), (0, 8999, 1)], [0xd2556c40d7973a22, 0x0c2b7b9c0a53c93c, 0x5f15591e1e47c2e8]),
    (&[5000, 9], 'C', &[(0, 5000, 1), (1, 7, 1)], [0xe7c33a0b381b1fb6, 0x2be4c843d6ecae00, 0xfafe54b554561180]),
    (&[20, 30, 40], 'C', &[(0, 20, 1), (0, 30, 1), (0, 40, 1)], [0x5c25af2f579539ed, 0x2e2a4bfd45234754, 0x3e008d8f115e2360]),
    (&[20, 30, 40], 'C', &[(0, 20, 1), (1, 28, 1), (1, 38, 1)], [0x1b895e7b86df32ba, 0x55176d494a134a18, 0x42da97ca3abc166c]),
    (&[20, 30, 40], 'F', &[(0, 20, 1), (1, 28, 1), (39, 20, -2)], [0xf2e4a6ce7c268903, 0x93b037c9c8420471, 0xdddca1db96aadebf]),
    (&[2, 129, 128], 'C', &[(0, 2, 1), (0, 129, 1), (0, 127, 1)], [0xfd8d395ffeda30e8, 0x70e6a304220fdb1a, 0x2b0d6c20b97812d1]),
    (&[6, 8, 9, 10], 'C', &[(1, 4, 1), (0, 8, 1), (0, 5, 2), (9, 10, -1)], [0x11a801aea626fbb1, 0x1f3207e377008ea9, 0x8880ed240ca4c0a8]),
    (&[40, 1, 200], 'C', &[(0, 40, 1), (0, 1, 1), (0, 199, 1)], [0xa4ebb6b3191bbb25, 0xf06ea44479472971, 0x38a35ab9b5e107b1]),
];
