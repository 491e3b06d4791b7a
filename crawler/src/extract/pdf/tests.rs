use std::io::Write;

use super::*;

fn pdf(content: &[u8], packed: bool) -> Vec<u8> {
    let mut stream = content.to_vec();
    let mut filter = "";
    if packed {
        let mut encoder =
            flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(content).unwrap();
        stream = encoder.finish().unwrap();
        filter = "/Filter /FlateDecode";
    }
    let mut file = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>\nendobj\n4 0 obj\n<< /Type /Font /Subtype /Type1 >>\nendobj\n".to_vec();
    file.extend(format!("5 0 obj\n<< /Length {} {filter} >>\nstream\n", stream.len()).bytes());
    file.extend(stream);
    file.extend(b"\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF");
    file
}

#[test]
fn text_comes_out_line_by_line_packed_or_not() {
    let content = b"BT /F1 10 Tf 14 TL 50 790 Td (Apologies for absence \\(none\\)) Tj T* [(Coun) -20 (cillor) -300 (Marsh\\222s)] TJ 0 -40 Td (Next) Tj ET";
    for packed in [false, true] {
        let lines = lines(&pdf(content, packed)).unwrap();
        assert_eq!(lines, ["Apologies for absence (none)", "Councillor Marsh’s", "", "Next"]);
    }
}

#[test]
fn a_file_without_text_gives_none() {
    assert_eq!(lines(&pdf(b"q 1 0 0 1 0 0 cm /Im0 Do Q", false)), None);
    assert_eq!(lines(b"%PDF-1.4"), None);
    assert_eq!(lines(b"not a pdf"), None);
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..600), cut in 0_usize..700) {
        let whole = pdf(&bytes, false);
        let _ = lines(&whole);
        let _ = lines(&whole[..cut.min(whole.len())]);
        let mut start = b"%PDF".to_vec();
        start.extend(&bytes);
        let _ = lines(&start);
    }
}
