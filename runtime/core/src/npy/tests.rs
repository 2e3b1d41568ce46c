//! Headers against those that NumPy 2.4.6 wrote, and files that are not what they should be.

use super::*;

fn file(header: &str) -> Vec<u8> {
    let mut out = b"\x93NUMPY\x01\x00".to_vec();
    out.extend((header.len() as u16).to_le_bytes());
    out.extend(header.bytes());
    out
}

fn message(file: &[u8]) -> String {
    match read(file).map(|(header, _)| header) {
        Err(NpyError::Value(message)) => message,
        other => format!("{other:?}"),
    }
}

#[test]
fn writes_what_numpy_writes() {
    let text = "\u{93}NUMPY\u{1}\0v\0{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }                    ";
    let expected: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let header = write_header(DType::F64, &[2, 3]);
    assert_eq!(header.len(), 128);
    assert_eq!(&header[..expected.len()], expected);
    assert!(header[expected.len()..127].iter().all(|&b| b == b' '));
    assert_eq!(header[127], b'\n');
    for (dtype, shape) in [
        (DType::Bool, vec![]),
        (DType::C128, vec![7]),
        (DType::I32, vec![0, 5, 1 << 40]),
    ] {
        let header = write_header(dtype, &shape);
        let parsed = parse_header(&header).unwrap();
        assert_eq!(
            parsed,
            Header {
                dtype,
                fortran: false,
                shape,
                data_offset: header.len()
            }
        );
        assert_eq!(header.len() % 64, 0);
    }
}

#[test]
fn reads_other_spellings() {
    let header = parse_header(&file("{\"shape\":(3L,), 'fortran_order':True,'descr':'|b1'}\n")).unwrap();
    assert_eq!(
        (header.dtype, header.fortran, header.shape),
        (DType::Bool, true, vec![3])
    );
    let mut v2 = b"\x93NUMPY\x02\x00\x36\x00\x00\x00".to_vec();
    v2.extend(b"{'descr': '<i8', 'fortran_order': False, 'shape': (), }");
    assert_eq!(
        message(&v2[..v2.len() - 1]),
        "Cannot parse header: \"{'descr': '<i8', 'fortran_order': False, 'shape': (), \""
    );
    v2[8] = 0x37;
    let header = parse_header(&v2).unwrap();
    assert_eq!(
        (header.dtype, header.n_elements(), header.data_offset),
        (DType::I64, 1, v2.len())
    );
}

#[test]
fn corrupt_files_are_told_apart() {
    let good = write_header(DType::F64, &[3]);
    assert_eq!(read(b""), Err(NpyError::Eof("No data left in file".into())));
    assert_eq!(message(&good[..7]), "EOF: reading magic string, expected 8 bytes got 7");
    assert_eq!(
        message(&good[..9]),
        "EOF: reading array header length, expected 2 bytes got 1"
    );
    assert_eq!(
        message(&good[..20]),
        "EOF: reading array header, expected 118 bytes got 10"
    );
    let short = [&good[..], &[0; 20]].concat();
    assert_eq!(
        message(&short),
        "Failed to read all data for array. Expected (3,) = 3 elements, could only read 2 elements. \
         (file seems not fully written?)"
    );
    assert!(message(b"hello").starts_with("This file contains pickled (object) data."));
    assert_eq!(
        message(b"\x93NUMPY\x04\x00"),
        "we only support format version (1,0), (2,0), and (3,0), not (4, 0)"
    );
    for (header, expected) in [
        ("{'descr': ", "Cannot parse header: \"{'descr': \""),
        ("(1, 2)", "Header is not a dictionary: (1, 2)"),
        ("{'shape': ()}", "Header does not contain the correct keys: ['shape']"),
        (
            "{'descr': '<f8', 'fortran_order': False, 'shape': 3}",
            "shape is not valid: 3",
        ),
        (
            "{'descr': '<f8', 'fortran_order': 0, 'shape': ()}",
            "fortran_order is not a valid bool: 0",
        ),
        (
            "{'descr': 5, 'fortran_order': False, 'shape': ()}",
            "descr is not a valid dtype descriptor: 5",
        ),
        (
            "{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}",
            "negative dimensions are not allowed",
        ),
    ] {
        assert_eq!(message(&file(header)), expected);
    }
}

#[test]
fn huge_shapes_do_not_overflow() {
    for shape in [
        "(99999999999999999999999999999999999999999999,)",
        "(4611686018427387904, 4)",
        "(0, 9223372036854775807)",
    ] {
        let header = format!("{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}}}");
        assert!(message(&file(&header)).starts_with("array is too big;"), "{shape}");
    }
    let nested = "(".repeat(9000);
    assert!(message(&file(&nested)).starts_with("Cannot parse header:"));
    let large = file("{'descr': '<f8', 'fortran_order': False, 'shape': (1000000, 1000000)}");
    assert!(message(&large).contains("could only read 0 elements"));
}

#[test]
fn other_dtypes_are_named() {
    for descr in [">f8", "<U3", "|O", "<f2", "<c8"] {
        let header = format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': (1,)}}");
        assert_eq!(read(&file(&header)), Err(NpyError::Unsupported(descr.into())));
    }
    let fields = file("{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (1,)}");
    assert_eq!(read(&fields), Err(NpyError::Unsupported("[('a', '<i4')]".into())));
}
