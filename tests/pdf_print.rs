//! What makes a file fit for the printer: its condition, its plates, its marks.

mod pdf_support;

use drukklaar::assets::IccProfile;
use drukklaar::base::Path;
use drukklaar::color::{Color, PrintCondition, SpotInk, SpotName};
use drukklaar::document::{Document, Item, Marks, Slug};
use drukklaar::pdf::{self, Cache, PdfError, Profile};
use lopdf::content::Operation;
use pdf_support::*;

fn spot(tint: u16) -> Color {
    let alternate = [10_000, 4_400, 0, 0];
    let ink = SpotName::new("PANTONE 300 C").map(|name| SpotInk { name, alternate });
    ink.map_or(Color::BLACK, |ink| Color::Spot { ink, tint })
}

fn numbers(operation: &Operation) -> Vec<f32> {
    operation.operands.iter().filter_map(|o| o.as_float().ok()).collect()
}

/// The graphics state (`OP` or `KO`) in force at each `TJ` and path painted.
fn overprints(operations: &[Operation]) -> Vec<(String, bool)> {
    let mut on = false;
    let mut seen = Vec::new();
    for operation in operations {
        match operation.operator.as_str() {
            "gs" => on = operation.operands[0].as_name().is_ok_and(|name| name == b"OP"),
            "TJ" | "f" | "S" | "Do" => seen.push((operation.operator.clone(), on)),
            _ => {}
        }
    }
    seen
}

#[test]
fn the_print_file_names_its_condition_and_holds_the_profile() {
    let print = read(&sample(), Profile::Print);
    let catalog = print.pdf.catalog().unwrap();
    let intents = print.resolve(catalog.get(b"OutputIntents").unwrap()).as_array().unwrap();
    assert_eq!(intents.len(), 1);
    let intent = print.resolve(&intents[0]).as_dict().unwrap();
    let text = |key: &[u8]| intent.get(key).unwrap().as_str().unwrap().to_vec();
    assert_eq!(intent.get(b"S").unwrap().as_name().unwrap(), b"GTS_PDFX");
    assert_eq!(text(b"OutputConditionIdentifier"), b"FOGRA39");
    assert_eq!(text(b"RegistryName"), b"http://www.color.org");
    let profile = print.resolve(intent.get(b"DestOutputProfile").unwrap()).as_stream().unwrap();
    assert_eq!(profile.dict.get(b"N").unwrap().as_i64().unwrap(), 4);
    let bytes = profile.decompressed_content().unwrap();
    assert!(bytes == PrintCondition::fogra39().profile.bytes());

    let screen = read(&sample(), Profile::Screen);
    let intents = screen.pdf.catalog().unwrap().get(b"OutputIntents").unwrap();
    let intent = screen.resolve(&intents.as_array().unwrap()[0]).as_dict().unwrap();
    assert_eq!(intent.get(b"S").unwrap().as_name().unwrap(), b"GTS_PDFA1");
    assert!(screen.bytes.len() < print.bytes.len() / 4, "the screen file pays for no profile");
}

#[test]
fn info_and_metadata_of_the_print_file_agree() {
    let print = read(&sample(), Profile::Print);
    let info = print.dict(&print.pdf.trailer, &["Info"]);
    assert_eq!(info.get(b"Trapped").unwrap().as_name().unwrap(), b"False");
    assert_eq!(info.get(b"GTS_PDFXVersion").unwrap().as_str().unwrap(), b"PDF/X-4");
    assert_eq!(info.get(b"CreationDate").unwrap().as_str().unwrap(), b"D:20261101000000Z");
    let xmp = print.pdf.catalog().unwrap().get(b"Metadata").unwrap();
    let xmp = print.resolve(xmp).as_stream().unwrap();
    assert!(!xmp.dict.has(b"Filter"));
    let xmp = String::from_utf8(xmp.content.clone()).unwrap();
    for words in [
        "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>",
        "<pdf:Trapped>False</pdf:Trapped>",
        "<xmp:CreateDate>2026-11-01T00:00:00Z</xmp:CreateDate>",
        "<xmp:ModifyDate>2026-11-01T00:00:00Z</xmp:ModifyDate>",
        "<xmp:MetadataDate>2026-11-01T00:00:00Z</xmp:MetadataDate>",
        "<xmpMM:DocumentID>uuid:",
        "<xmpMM:VersionID>1</xmpMM:VersionID>",
        "<xmpMM:RenditionClass>default</xmpMM:RenditionClass>",
    ] {
        assert!(xmp.contains(words), "{words}: {xmp}");
    }
    assert!(print.pdf.trailer.has(b"ID"));
    assert_eq!(print.pdf.version, "1.6");
}

#[test]
fn the_number_of_a_document_is_that_of_its_content() {
    let number = |document: &Document| {
        let print = read(document, Profile::Print);
        let xmp = print.pdf.catalog().unwrap().get(b"Metadata").unwrap();
        let xmp = String::from_utf8(print.resolve(xmp).as_stream().unwrap().content.clone());
        let xmp = xmp.unwrap();
        let after = xmp.split("<xmpMM:DocumentID>").nth(1).unwrap();
        after[..41].to_owned()
    };
    let mut other = sample();
    other.pages.pop();
    assert_eq!(number(&sample()), number(&sample()));
    assert_ne!(number(&sample()), number(&other));
}

#[test]
fn black_text_overprints_and_all_else_knocks_out() {
    let regular = font("regular");
    let text = |y: f64, color| (at(50.0, y), Item::Text(run(&regular, 9.5, color, "Woord")));
    let dark = Color::Cmyk([10_000, 9_000, 1_001, 2_000]);
    let items = vec![
        (at(0.0, 0.0), rect(0.0, 0.0, 300.0, 100.0, Some(BLUE))),
        text(50.0, Color::BLACK),
        text(60.0, Color::WHITE),
        text(150.0, Color::Rgb([0; 3])),
        (at(0.0, 0.0), stroked(Path::line(at(0.0, 160.0), at(99.0, 160.0)), Color::BLACK, 0.5)),
        (at(0.0, 0.0), rect(0.0, 170.0, 300.0, 100.0, Some(dark))),
        text(200.0, Color::BLACK),
    ];
    let pages = vec![page(items)];
    let print = read(&document(pages), Profile::Print);
    let found = overprints(&print.operations(0));
    let expected = [
        ("f", false),
        ("TJ", true),
        ("TJ", false),
        ("TJ", true),
        ("S", false),
        ("f", false),
        // 200.01 % below and 100 % on top would be more than the paper takes.
        ("TJ", false),
    ];
    assert_eq!(found, expected.map(|(operator, on)| (operator.to_owned(), on)));
    let states = print.dict(&print.pages[0], &["Resources", "ExtGState"]);
    for (name, on) in [("OP", true), ("KO", false)] {
        let state = print.dict(states, &[name]);
        for key in [b"OP", b"op"] {
            assert_eq!(state.get(key).unwrap().as_bool().unwrap(), on);
        }
        assert_eq!(state.get(b"OPM").unwrap().as_i64().unwrap(), 1);
    }
    let screen = read(&sample(), Profile::Screen);
    assert_eq!(count(&screen.operations(0), "gs"), 0);
}

#[test]
fn spot_inks_have_plates_of_their_own() {
    let regular = font("regular");
    let items = vec![
        (at(0.0, 0.0), rect(0.0, 0.0, 300.0, 100.0, Some(spot(2_500)))),
        (at(0.0, 0.0), stroked(Path::line(at(0.0, 160.0), at(99.0, 160.0)), spot(10_000), 0.5)),
        (at(50.0, 50.0), Item::Text(run(&regular, 9.5, spot(10_000), "Woord"))),
    ];
    let made = document(vec![page(items)]);
    let print = read(&made, Profile::Print);
    let operations = print.operations(0);
    let tints: Vec<_> = operations.iter().filter(|o| o.operator == "scn").map(numbers).collect();
    assert_eq!(tints, [[0.25], [1.0]]);
    let strokes: Vec<_> = operations.iter().filter(|o| o.operator == "SCN").map(numbers).collect();
    assert_eq!(strokes, [[1.0]]);
    let spaces = print.dict(&print.pages[0], &["Resources", "ColorSpace"]);
    assert_eq!(spaces.len(), 1);
    let (key, space) = spaces.iter().next().unwrap();
    let set = operations.iter().find(|o| o.operator == "cs").unwrap();
    assert_eq!(set.operands[0].as_name().unwrap(), &key[..]);
    let [kind, plate, alternate, tint] = &space.as_array().unwrap()[..] else {
        panic!("{space:?}")
    };
    assert_eq!(kind.as_name().unwrap(), b"Separation");
    assert_eq!(plate.as_name().unwrap(), b"PANTONE 300 C");
    assert_eq!(alternate.as_name().unwrap(), b"DeviceCMYK");
    let full = print.resolve(tint).as_dict().unwrap().get(b"C1").unwrap().as_array().unwrap();
    let full: Vec<f32> = full.iter().map(|part| part.as_float().unwrap()).collect();
    assert_eq!(full, [1.0, 0.44, 0.0, 0.0]);
    assert_eq!(count(&operations, "k"), 0, "no process inks");

    let screen = read(&made, Profile::Screen);
    assert_eq!(count(&screen.operations(0), "scn"), 0);
    assert_eq!(count(&screen.operations(0), "rg"), 2);
}

fn marked(marks: Marks) -> Document {
    let mut made = sample();
    made.print.marks = marks;
    made
}

#[test]
fn marks_stand_outside_the_bleed_in_the_colour_of_all_plates() {
    let slug = Slug { font: font("regular"), name: "flevoland".to_owned(), span: span() };
    let made = marked(Marks {
        crop: true,
        bleed: true,
        registration: true,
        color_bar: true,
        slug: Some(slug),
    });
    let print = read(&made, Profile::Print);
    let page = &print.pages[0];
    let [media, bleed, trim] = ["MediaBox", "BleedBox", "TrimBox"].map(|key| print.corners(0, key));
    let near = |a: f32, b: f64| (f64::from(a) - b).abs() < 0.002;
    for side in 0..4 {
        let outwards = if side < 2 { -1.0 } else { 1.0 };
        assert!(near(bleed[side], f64::from(trim[side]) + outwards * 8.504));
        assert!(near(media[side], f64::from(bleed[side]) + outwards * 31.181));
    }
    let spaces = print.dict(page, &["Resources", "ColorSpace"]);
    let all = spaces.get(b"All").unwrap().as_array().unwrap();
    assert_eq!(all[1].as_name().unwrap(), b"All");
    let operations = print.operations(0);
    let start = operations.iter().position(|o| {
        o.operator == "CS" && o.operands[0].as_name().is_ok_and(|name| name == b"All")
    });
    let mut lines = 0;
    for operation in &operations[start.unwrap()..] {
        if let "m" | "l" | "c" = operation.operator.as_str() {
            let [.., x, y] = numbers(operation)[..] else { panic!("{operation:?}") };
            let inside = x > bleed[0] && x < bleed[2] && y > bleed[1] && y < bleed[3];
            assert!(!inside, "{operation:?} lies in {bleed:?}");
            lines += 1;
        }
    }
    assert!(lines > 60, "{lines}");
    let text = print.pdf.extract_text(&[1]).unwrap();
    assert!(text.contains("flevoland · 1/2 · 2026-11-01"), "{text}");
    assert!(!print.operations(0).iter().any(|o| o.operator == "rg"));
}

#[test]
fn without_marks_the_medium_ends_with_the_bleed() {
    let print = read(&sample(), Profile::Print);
    assert_eq!(print.corners(0, "MediaBox"), print.corners(0, "BleedBox"));
    let screen = read(&marked(Marks { crop: true, ..Marks::default() }), Profile::Screen);
    assert!(!screen.pages[0].has(b"BleedBox"));
    assert_eq!(screen.corners(0, "MediaBox")[..2], [0.0, 0.0]);
}

#[test]
fn large_black_areas_take_the_rich_black() {
    let area = |side: f64| (at(0.0, 0.0), rect(0.0, 0.0, side, side, Some(Color::BLACK)));
    let mut made = document(vec![page(vec![area(28.0), area(29.0)])]);
    made.print.rich_black = Some(Color::Cmyk([6_000, 4_000, 4_000, 10_000]));
    let print = read(&made, Profile::Print);
    let fills: Vec<_> =
        print.operations(0).iter().filter(|o| o.operator == "k").map(numbers).collect();
    assert_eq!(fills, [[0.0, 0.0, 0.0, 1.0], [0.6, 0.4, 0.4, 1.0]]);
}

#[test]
fn another_press_gives_another_file_and_a_broken_profile_none() {
    let mut low = sample();
    low.print.condition.ink_limit = 20_000;
    low.pages[0].frame.items[0].1 = rect(-8.6, -8.6, 300.0, 200.0, Some(Color::Rgb([20, 0, 10])));
    let cache = Cache::new();
    let files = pdf::write_all(&low, &[Profile::Print], &cache).unwrap();
    let pdf = lopdf::Document::load_mem(&files[0]).unwrap();
    let content = pdf.get_and_decode_page_content(pdf.get_pages()[&1]).unwrap();
    let ink: f32 =
        numbers(content.operations.iter().find(|o| o.operator == "k").unwrap()).iter().sum();
    assert!(ink > 1.5 && ink <= 2.0, "{ink}");

    low.print.condition.profile = IccProfile::new(b"no profile".as_slice());
    let error = pdf::write_all(&low, &[Profile::Print], &cache).unwrap_err();
    assert!(matches!(error, PdfError::Profile(_)), "{error}");
}

#[test]
fn overprint_ends_before_images() {
    let regular = font("regular");
    let items = vec![
        (at(50.0, 50.0), Item::Text(run(&regular, 9.5, Color::BLACK, "Woord"))),
        (at(0.0, 0.0), stroked(Path::line(at(0.0, 60.0), at(9.0, 60.0)), spot(0), 0.5)),
    ];
    let print = read(&document(vec![page(items)]), Profile::Print);
    let found = overprints(&print.operations(0));
    assert_eq!(found, [("TJ".to_owned(), true), ("S".to_owned(), false)]);
    // No ink at all is the paper, which no plate prints.
    assert_eq!(count(&print.operations(0), "SCN"), 0);
}
