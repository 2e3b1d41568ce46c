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

/// Sums, means and, if asked for, variances over each set of axes.
fn results(view: &StridedRef, with_var: bool) -> Vec<u8> {
    let mut all = Vec::new();
    for axes in axis_sets(view.shape.len()) {
        let n_kept: usize = (0..axes.len()).filter(|&a| !axes[a]).map(|a| view.shape[a]).product();
        let mut run = |dtype: DType, f: &dyn Fn(&mut [u8])| {
            let mut out = vec![0; n_kept * dtype.size()];
            f(&mut out);
            all.extend(out);
        };
        if view.dtype != DType::I64 {
            let dtype = result_dtype(ReduceOp::Sum, view.dtype);
            run(dtype, &|out| reduce(ReduceOp::Sum, dtype, view, &axes, out).unwrap());
        }
        run(mean_dtype(view.dtype), &|out| mean(view, &axes, out).unwrap());
        if with_var && view.dtype != DType::I64 {
            run(var_dtype(view.dtype), &|out| var(view, &axes, 0.0, out).unwrap());
        }
    }
    all
}

/// A dense array of `base`'s numbers as `dtype`, whose view is passed on.
fn with_view<R>(
    base: &[f64],
    dtype: DType,
    (full, order, slices): (&[usize], char, &[Slice]),
    f: impl FnOnce(&StridedRef) -> R,
) -> R {
    let n: usize = full.iter().product();
    let data: Vec<u8> = match dtype {
        DType::F32 => base[..n].iter().flat_map(|&x| (x as f32).to_ne_bytes()).collect(),
        DType::I64 => base[..n].iter().flat_map(|&x| (x as i64).to_ne_bytes()).collect(),
        DType::C128 => base[..2 * n].iter().flat_map(|x| x.to_ne_bytes()).collect(),
        _ => base[..n].iter().flat_map(|x| x.to_ne_bytes()).collect(),
    };
    let strides = dense(full, order, dtype.size());
    let offset: isize = strides.iter().zip(slices).map(|(s, slice)| s * slice.0).sum();
    let shape: Vec<usize> = slices.iter().map(|slice| slice.1).collect();
    let strides: Vec<isize> = strides.iter().zip(slices).map(|(s, slice)| s * slice.2).collect();
    f(&StridedRef {
        dtype,
        data: &data,
        offset: offset as usize,
        shape: &shape,
        strides: &strides,
    })
}

#[test]
fn numpys_bits_for_every_layout() {
    let base = numbers(60_000);
    for (full, order, slices, hashes) in VIEWS {
        for (dtype, expected) in [DType::F64, DType::F32, DType::I64].into_iter().zip(hashes) {
            let got = with_view(&base, dtype, (full, *order, slices), |view| hash(&results(view, true)));
            assert_eq!(got, *expected, "{dtype:?} {full:?} {order} {slices:?}");
        }
    }
}

#[test]
fn numpys_bits_around_its_buffers_length() {
    let base = numbers(240_000);
    // Integers whose sums no double holds.
    let big: Vec<f64> = base.iter().map(|x| x * 1e12).collect();
    for (full, order, slices, hashes) in LONG_VIEWS {
        for (dtype, expected) in [DType::F64, DType::F32, DType::I64, DType::C128]
            .into_iter()
            .zip(hashes)
        {
            let base = if dtype == DType::I64 { &big } else { &base };
            let got = with_view(base, dtype, (full, *order, slices), |view| hash(&results(view, false)));
            assert_eq!(got, *expected, "{dtype:?} {full:?} {order} {slices:?}");
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

/// The same, with a hash for complex128 too: rows and blocks about as long as NumPy's buffer
/// or half of it.
type LongView = (&'static [usize], char, &'static [Slice], [u64; 4]);

#[rustfmt::skip]
const LONG_VIEWS: &[LongView] = &[
    (&[3, 9000], 'C', &[(0, 3, 1), (1, 8999, 1)], [0x6ec005d8aecfc861, 0x787937b3ab00b91a, 0xb87e7bd432dff6c3, 0x9f27c8f0bbf51050]),
    (&[2, 60, 150], 'C', &[(1, 1, 1), (0, 60, 1), (0, 149, 1)], [0x0b0cb2b4e9b03f65, 0xe9c8c339005c6005, 0x2ee5ea9e2e5a8649, 0x54c8842d64d1f2f9]),
    (&[4, 60, 150], 'C', &[(1, 3, 1), (0, 60, 1), (0, 149, 1)], [0x454a4c5b2e8c903d, 0xb8f8363f9950bb94, 0x7584e4837728b3a3, 0x66189e9b927e784c]),
    (&[6, 4095], 'C', &[(1, 4, 1), (1, 4094, 1)], [0xfdda677ee84c3d6c, 0x8bfd5b895ce6de20, 0x7836993422a01042, 0x8516d974abe66a5f]),
    (&[6, 4097], 'C', &[(0, 6, 1), (1, 4096, 1)], [0x6ef79ea55c04aac1, 0xb4197970d2f1eca0, 0xf564d1f1cc9ca7b1, 0xb69dca42abc5900e]),
    (&[6, 4098], 'C', &[(0, 6, 1), (1, 4097, 1)], [0x71ca97d7e33465bf, 0xebf432b39194de1a, 0x0c363165a4256aac, 0xd999500111ecab53]),
    (&[3, 8193], 'F', &[(0, 3, 1), (0, 8192, 1)], [0xb23df4da1be151d0, 0xb5b627228342f838, 0xc85179f4023fb190, 0x1dd54a8892b3739e]),
    (&[3, 8193], 'C', &[(2, 3, -1), (1, 8192, 1)], [0xa6e0ec5f34ab0e94, 0xc68cc337424d1a75, 0xc4b737c5eaaf5469, 0x1522fa004ae31292]),
    (&[9001, 4], 'F', &[(0, 4500, 2), (1, 3, 1)], [0xf581ba6c22f56c56, 0xe247bc57f8498f54, 0xe404f8c9459cea6d, 0x7db8aead314809d3]),
    (&[30000, 3], 'C', &[(0, 30000, 1), (2, 2, -2)], [0x18e377a5e7cc2ece, 0xd1fe487e032b3ccc, 0xa096f2267602b259, 0x010d93ac5aae2dd2]),
    (&[3, 3, 8194], 'C', &[(0, 3, 1), (1, 2, 1), (0, 8193, 1)], [0xd6a8c4c89cb5a363, 0x36390b74314834a7, 0xb7a467877e6a7574, 0x9cf600275f5065e4]),
    (&[5, 5, 4096], 'C', &[(1, 4, 1), (0, 5, 1), (4095, 4096, -1)], [0x7a85a028d0d2ba74, 0x6c8e59930c217449, 0x9c3c5025ec4c4b6e, 0xc948559d3e5adee0]),
    (&[2, 4097, 12], 'F', &[(0, 2, 1), (0, 4096, 1), (1, 11, 1)], [0xab7f3a6e8e0c83df, 0x06f374752a6815eb, 0x0812e8b7988455f6, 0x9371e76579d39b52]),
    (&[1000, 10, 3], 'C', &[(999, 1000, -1), (8, 8, -1), (0, 3, 1)], [0xea85b69e9bf73f06, 0xeb7479b32e179886, 0xcb33a05015db3ce4, 0x41974ae2d46609f3]),
    (&[3, 5, 130, 61], 'C', &[(0, 3, 1), (0, 3, 2), (1, 129, 1), (0, 60, 1)], [0xea3f602ef402decf, 0x83b61524b88ba2f1, 0x1ec7700e62478e65, 0x9a7dadc1d8903378]),
    (&[3, 5, 130, 61], 'F', &[(0, 2, 2), (0, 5, 1), (0, 129, 1), (60, 61, -1)], [0xe76a0e0412e00021, 0xd92a107dd42c422f, 0xb93e80280660ba61, 0x12cbdee32e7bba68]),
];
