//! Print files laid on sheets and read back.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail the test")]

mod impose_support;
mod pdf_support;

use drukklaar::pdf::{
    Blanks, ImposeError, ImposeOptions, PaperThickness, Profile, SheetSize, impose,
};
use impose_support::*;
use lopdf::{
    Dictionary, Document, EncryptionState, EncryptionVersion, Object, Permissions, dictionary,
};

/// A sheet for two A5 pages.
fn a4_sheet() -> ImposeOptions {
    ImposeOptions { sheet: SheetSize::mm(320.0, 230.0).unwrap(), ..ImposeOptions::default() }
}

fn refused(pdf: Document) -> ImposeError {
    impose(&bytes(pdf), &a4_sheet()).unwrap_err()
}

#[test]
fn the_pages_stand_in_the_order_that_folding_puts_right() {
    for pages in [4, 8, 12, 32] {
        let (imposed, sheets) = Sheets::of(&bytes(print_file(pages)), &a4_sheet());
        assert_eq!((imposed.pages, imposed.blanks, imposed.sheets), (pages, 0, pages / 4));
        assert_eq!(sheets.pages.len(), pages / 2);
        for side in 0..pages / 2 {
            let placed = sheets.placed(side);
            let [left, right] = &placed[..] else { panic!("{placed:?}") };
            assert!(left.trim[0] < right.trim[0]);
            assert_eq!(left.number + right.number, pages + 1, "side {side}");
            let lowest = left.number.min(right.number);
            assert_eq!(lowest, side + 1);
            assert_eq!(right.number % 2, 1);
        }
    }
}

#[test]
fn two_trims_lie_side_by_side_in_the_middle_of_the_sheet() {
    let (_, sheets) = Sheets::of(&bytes(print_file(4)), &a4_sheet());
    let (width, height) = (TRIM[2] - TRIM[0], TRIM[3] - TRIM[1]);
    let [sheet_width, sheet_height] = [320.0, 230.0].map(mm);
    let (fold, bottom) = (sheet_width / 2.0, (sheet_height - height) / 2.0);
    let trim = [fold - width, bottom, fold + width, bottom + height];
    let bleed = [trim[0] - mm(3.0), trim[1] - mm(3.0), trim[2] + mm(3.0), trim[3] + mm(3.0)];
    for side in 0..2 {
        near(sheets.corners(side, "MediaBox"), [0.0, 0.0, sheet_width, sheet_height]);
        near(sheets.corners(side, "TrimBox"), trim);
        near(sheets.corners(side, "BleedBox"), bleed);
        let placed = sheets.placed(side);
        near(placed[0].trim, [trim[0], trim[1], fold, trim[3]]);
        near(placed[1].trim, [fold, trim[1], trim[2], trim[3]]);
        // Bleed on three sides; at the fold the neighbour begins.
        near(placed[0].clip, [bleed[0], bleed[1], fold, bleed[3]]);
        near(placed[1].clip, [fold, bleed[1], bleed[2], bleed[3]]);
    }
}

#[test]
fn inner_sheets_creep_towards_the_fold_and_keep_their_bleed() {
    let paper = PaperThickness::mm(0.2).unwrap();
    let options = ImposeOptions { paper, ..a4_sheet() };
    let (_, sheets) = Sheets::of(&bytes(print_file(12)), &options);
    let fold = mm(160.0);
    let width = TRIM[2] - TRIM[0];
    for side in 0..6 {
        let creep = mm(0.2) * (side / 2) as f64;
        let [left, right] = &sheets.placed(side)[..] else { panic!() };
        near([left.trim[0], left.trim[2]], [fold - width + creep, fold + creep]);
        near([right.trim[0], right.trim[2]], [fold - creep, fold + width - creep]);
        near([left.clip[2], right.clip[0]], [fold, fold]);
        // The knife cuts where the pages end, and their bleed lies beyond it.
        let trim = sheets.corners(side, "TrimBox");
        near([trim[0], trim[2]], [left.trim[0], right.trim[2]]);
        near([left.clip[0], right.clip[2]], [trim[0] - mm(3.0), trim[2] + mm(3.0)]);
        let bleed = sheets.corners(side, "BleedBox");
        near([bleed[0], bleed[2]], [left.clip[0], right.clip[2]]);
    }
    let thick = ImposeOptions { paper: PaperThickness::mm(1.0).unwrap(), ..a4_sheet() };
    let error = impose(&bytes(print_file(160)), &thick).unwrap_err();
    assert_eq!(error, ImposeError::TooMuchCreep { sheets: 40 });
}

#[test]
fn forms_show_what_lies_in_the_bleed_and_no_page_marks() {
    let (_, sheets) = Sheets::of(&bytes(print_file(4)), &a4_sheet());
    let bleed = [TRIM[0] - mm(3.0), TRIM[1] - mm(3.0), TRIM[2] + mm(3.0), TRIM[3] + mm(3.0)];
    for (side, key) in [(0, b"P4"), (0, b"P1"), (1, b"P2"), (1, b"P3")] {
        let form = sheets.form(side, key);
        near(numbers(form.dict.get(b"BBox").unwrap()), bleed);
        // Both streams, in order, with white where one was cut from the other.
        let content = content(form);
        assert!(content.starts_with("q 0 0 0 1 k ") && content.contains("q 1 0 0\n1 0 0 cm"));
        // The page's mark is in the content, but outside the box.
        let corner = TRIM[0] - mm(12.0);
        assert!(content.contains(&format!("k {corner} {corner} 20 20 re f")));
        assert!(corner + 20.0 < bleed[0]);
    }
}

#[test]
fn marks_lie_outside_the_bleed_in_the_colour_of_all_plates() {
    let options = ImposeOptions { color_bar: true, slug: "proef.print.pdf".into(), ..a4_sheet() };
    let (_, sheets) = Sheets::of(&bytes(print_file(4)), &options);
    let resources = sheets.pages[0].get(b"Resources").unwrap().as_dict().unwrap();
    let spaces = resources.get(b"ColorSpace").unwrap().as_dict().unwrap();
    let space = spaces.get(b"Registration").unwrap().as_reference().unwrap();
    let space = sheets.pdf.get_object(space).unwrap().as_array().unwrap();
    assert_eq!(space[0].as_name().unwrap(), b"Separation");
    assert_eq!(space[1].as_name().unwrap(), b"All");
    assert_eq!(space[2].as_name().unwrap(), b"DeviceCMYK");
    let bleed = sheets.corners(0, "BleedBox");
    let mut lines = 0;
    let mut pen = [0.0; 2];
    for operation in sheets.operations(0).iter().skip_while(|o| o.operator != "CS") {
        let numbers: Vec<f64> =
            operation.operands.iter().filter_map(|n| n.as_float().ok()).map(f64::from).collect();
        match operation.operator.as_str() {
            "m" => pen = [numbers[0], numbers[1]],
            "l" if lines < 8 => {
                lines += 1;
                let end = [numbers[0], numbers[1]];
                for [x, y] in [pen, end] {
                    let inside = x > bleed[0] && x < bleed[2] && y > bleed[1] && y < bleed[3];
                    assert!(!inside, "{x} {y}");
                }
            }
            "rg" | "RG" | "g" | "G" | "sh" => panic!("{operation:?}"),
            _ => {}
        }
    }
    assert_eq!(lines, 8);
    let plain = Sheets::of(&bytes(print_file(4)), &a4_sheet()).1;
    let patches = |sheets: &Sheets| {
        sheets.operations(0).iter().filter(|operation| operation.operator == "k").count()
    };
    assert_eq!((patches(&plain), patches(&sheets)), (0, 12));
}

#[test]
fn spot_colours_overprint_fonts_layers_and_output_intent_survive() {
    let (_, sheets) = Sheets::of(&bytes(print_file(8)), &a4_sheet());
    let pdf = &sheets.pdf;
    let mut shared = Vec::new();
    for (side, key) in [(0, b"P8"), (3, b"P5")] {
        let resources = sheets.form(side, key).dict.get(b"Resources").unwrap();
        shared.push(resources.as_reference().unwrap());
        let resources = pdf.dereference(resources).unwrap().1.as_dict().unwrap();
        let part = |group: &str, key: &str| {
            let group = resources.get(group.as_bytes()).unwrap().as_dict().unwrap();
            let id = group.get(key.as_bytes()).unwrap().as_reference().unwrap();
            pdf.get_object(id).unwrap().clone()
        };
        let spot = part("ColorSpace", "Spot");
        assert_eq!(spot.as_array().unwrap()[1].as_name().unwrap(), b"PANTONE 300 C");
        let state = part("ExtGState", "Over");
        assert_eq!(state.as_dict().unwrap().get(b"OPM").unwrap().as_i64().unwrap(), 1);
        let font = part("Font", "F0");
        assert_eq!(
            font.as_dict().unwrap().get(b"BaseFont").unwrap().as_name().unwrap(),
            b"ABCDEF+Test"
        );
    }
    assert_eq!(shared[0], shared[1]);
    let streams = || pdf.objects.values().filter_map(|object| object.as_stream().ok());
    assert_eq!(streams().filter(|stream| stream.content == b"font").count(), 1);
    let catalog = pdf.catalog().unwrap();
    let intent = catalog.get(b"OutputIntents").unwrap().as_array().unwrap()[0].as_dict().unwrap();
    assert_eq!(intent.get(b"S").unwrap().as_name().unwrap(), b"GTS_PDFX");
    let profile = intent.get(b"DestOutputProfile").unwrap().as_reference().unwrap();
    let profile = pdf.get_object(profile).unwrap().as_stream().unwrap();
    assert_eq!(profile.content, b"prtrCMYK");
    let layers = catalog.get(b"OCProperties").unwrap().as_dict().unwrap();
    let off = layers.get(b"D").unwrap().as_dict().unwrap().get(b"OFF").unwrap();
    let layer = pdf.get_dictionary(off.as_array().unwrap()[0].as_reference().unwrap()).unwrap();
    assert_eq!(layer.get(b"Name").unwrap().as_str().unwrap(), b"Stanslijn");
    let info = pdf.trailer.get(b"Info").unwrap().as_reference().unwrap();
    let info = pdf.get_dictionary(info).unwrap();
    assert_eq!(info.get(b"Title").unwrap().as_str().unwrap(), b"Proef");
    let metadata = catalog.get(b"Metadata").unwrap().as_reference().unwrap();
    let metadata = pdf.get_object(metadata).unwrap().as_stream().unwrap();
    let xmp = String::from_utf8(metadata.content.clone()).unwrap();
    assert!(xmp.contains(">PDF/X-4<") && !xmp.contains("uuid:0<"), "{xmp}");
    assert_eq!(pdf.version, "1.6");
}

#[test]
fn what_belongs_to_pages_and_what_is_unused_is_left_out() {
    let (_, sheets) = Sheets::of(&bytes(print_file(4)), &a4_sheet());
    let mut keys: Vec<String> = sheets
        .pdf
        .catalog()
        .unwrap()
        .iter()
        .map(|(key, _)| String::from_utf8_lossy(key).into_owned())
        .collect();
    keys.sort();
    assert_eq!(keys, ["Lang", "Metadata", "OCProperties", "OutputIntents", "Pages", "Type"]);
    let types: Vec<&[u8]> =
        sheets.pdf.objects.values().filter_map(|object| object.type_name().ok()).collect();
    for gone in ["Unused", "Annot", "Outlines", "StructTreeRoot"] {
        assert!(!types.contains(&gone.as_bytes()), "{gone}");
    }
    assert_eq!(types.iter().filter(|kind| **kind == b"Page").count(), 2);
    assert_eq!(types.iter().filter(|kind| **kind == b"Pages").count(), 1);
    for page in &sheets.pages {
        assert!(!page.has(b"Annots") && !page.has(b"StructParents"));
    }
}

#[test]
fn transparency_keeps_its_group_and_gives_sheets_one() {
    let mut pdf = print_file(4);
    let group = || {
        dictionary! {
            "S" => name("Transparency"), "CS" => name("DeviceGray"), "K" => true,
        }
    };
    change_page(&mut pdf, 2, |page| page.set("Group", group()));
    let (_, sheets) = Sheets::of(&bytes(pdf), &a4_sheet());
    let form = sheets.form(1, b"P2").dict.get(b"Group").unwrap().as_dict().unwrap();
    assert_eq!(form.get(b"CS").unwrap().as_name().unwrap(), b"DeviceGray");
    assert!(form.get(b"K").unwrap().as_bool().unwrap());
    assert!(form.get(b"I").unwrap().as_bool().unwrap());
    assert!(!sheets.form(1, b"P3").dict.has(b"Group"));
    for page in &sheets.pages {
        let group = page.get(b"Group").unwrap().as_dict().unwrap();
        assert_eq!(group.get(b"CS").unwrap().as_name().unwrap(), b"DeviceCMYK");
    }
    let (_, opaque) = Sheets::of(&bytes(print_file(4)), &a4_sheet());
    assert!(opaque.pages.iter().all(|page| !page.has(b"Group")));
}

#[test]
fn turned_pages_stand_upright_on_the_sheet() {
    let mut pdf = print_file(4);
    for number in 1..=4 {
        change_page(&mut pdf, number, |page| page.set("Rotate", 90));
    }
    // The pages are A5 across now, 210 by 148 mm.
    let options = ImposeOptions::default();
    let (_, sheets) = Sheets::of(&bytes(pdf), &options);
    let (width, height) = (TRIM[3] - TRIM[1], TRIM[2] - TRIM[0]);
    let trim = sheets.corners(0, "TrimBox");
    near([trim[2] - trim[0], trim[3] - trim[1]], [2.0 * width, height]);
    let placed = sheets.placed(0);
    near(placed[0].trim, [trim[0], trim[1], mm(225.0), trim[3]]);
    near(placed[1].trim, [mm(225.0), trim[1], trim[2], trim[3]]);
    // Some pages turned and others not are pages of different sizes.
    let mut mixed = print_file(4);
    change_page(&mut mixed, 3, |page| page.set("Rotate", 270));
    assert!(matches!(refused(mixed), ImposeError::Sizes { page: 3, .. }));
    let mut half = print_file(4);
    change_page(&mut half, 3, |page| page.set("Rotate", 180));
    let (_, half) = Sheets::of(&bytes(half), &a4_sheet());
    let [left, right] = &half.placed(1)[..] else { panic!() };
    near([left.trim[2], left.trim[1]], [right.trim[0], right.trim[1]]);
}

#[test]
fn pages_that_do_not_fill_the_sheets_need_blanks() {
    let source = bytes(print_file(6));
    let error = impose(&source, &a4_sheet()).unwrap_err();
    assert_eq!(error, ImposeError::PageCount { pages: 6, missing: 2 });
    for (blanks, expected) in [
        (Blanks::End, [vec![1], vec![2], vec![6, 3], vec![4, 5]]),
        (Blanks::BeforeLast, [vec![6, 1], vec![2], vec![3], vec![4, 5]]),
    ] {
        let options = ImposeOptions { blanks: Some(blanks), ..a4_sheet() };
        let (imposed, sheets) = Sheets::of(&source, &options);
        assert_eq!((imposed.pages, imposed.blanks, imposed.sheets), (6, 2, 2));
        let found: Vec<Vec<usize>> = (0..4).map(|side| sheets.numbers(side)).collect();
        assert_eq!(found, expected);
    }
    let full = ImposeOptions { blanks: Some(Blanks::End), ..a4_sheet() };
    assert_eq!(impose(&bytes(print_file(8)), &full).unwrap().blanks, 0);
}

#[test]
fn the_same_input_gives_the_same_bytes_and_other_input_another_identifier() {
    let source = bytes(print_file(8));
    let first = impose(&source, &a4_sheet()).unwrap().bytes;
    assert_eq!(first, impose(&source, &a4_sheet()).unwrap().bytes);
    let identifier = |bytes: &[u8]| {
        let pdf = Document::load_mem(bytes).unwrap();
        let ids = pdf.trailer.get(b"ID").unwrap().as_array().unwrap().clone();
        assert_eq!(ids[0], ids[1]);
        ids[0].as_str().unwrap().to_vec()
    };
    let named = ImposeOptions { slug: "proef".to_owned(), ..a4_sheet() };
    let other = impose(&source, &named).unwrap().bytes;
    assert_ne!(identifier(&first), identifier(&other));
    assert_eq!(identifier(&first).len(), 16);
    assert_ne!(identifier(&first), [0; 16]);
}

#[test]
fn files_that_cannot_be_imposed_are_refused_for_their_own_reason() {
    let mut untrimmed = print_file(4);
    for number in [1, 3, 4] {
        change_page(&mut untrimmed, number, |page| {
            page.remove(b"TrimBox");
        });
    }
    assert_eq!(refused(untrimmed), ImposeError::NoTrimBox(vec![1, 3, 4]));

    let mut large = print_file(4);
    change_page(&mut large, 2, |page| page.set("UserUnit", 2));
    assert_eq!(refused(large), ImposeError::UserUnit { page: 2 });

    let mut cut = print_file(4);
    let beyond = [TRIM[0] - 20.0, TRIM[1], TRIM[2], TRIM[3]].map(|n| Object::Real(n as f32));
    change_page(&mut cut, 4, |page| page.set("TrimBox", beyond.to_vec()));
    assert_eq!(refused(cut), ImposeError::WrongBoxes { page: 4 });

    let mut wide = print_file(4);
    let wider = [TRIM[0] - 2.0, TRIM[1], TRIM[2], TRIM[3]].map(|n| Object::Real(n as f32));
    change_page(&mut wide, 3, |page| page.set("TrimBox", wider.to_vec()));
    let ImposeError::Sizes { page: 3, .. } = refused(wide) else { panic!() };

    let small = ImposeOptions { sheet: SheetSize::mm(297.0, 210.0).unwrap(), ..a4_sheet() };
    let error = impose(&bytes(print_file(4)), &small).unwrap_err();
    let ImposeError::SheetTooSmall { needed, .. } = error else { panic!("{error}") };
    near([needed.width.to_mm(), needed.height.to_mm()], [314.0, 228.0]);

    let mut empty = print_file(4);
    let root = empty.catalog().unwrap().get(b"Pages").unwrap().as_reference().unwrap();
    empty.get_dictionary_mut(root).unwrap().set("Kids", Vec::<Object>::new());
    assert_eq!(refused(empty), ImposeError::NoPages);
}

/// The catalog of a file, to be changed.
fn catalog(pdf: &mut Document) -> &mut Dictionary {
    let root = pdf.trailer.get(b"Root").unwrap().as_reference().unwrap();
    pdf.get_dictionary_mut(root).unwrap()
}

/// The sheets would claim what the file cannot keep.
#[test]
fn a_pdf_x_that_names_no_press_is_refused() {
    let version = || "PDF/X-4".to_owned();
    let mut bare = print_file(4);
    catalog(&mut bare).remove(b"OutputIntents");
    let error = refused(bare.clone());
    assert_eq!(error, ImposeError::NoOutputIntent { version: version() });
    assert!(error.hint().is_some_and(|hint| hint.contains("export it as PDF/X-4 again")));
    let intent = |kind: &str| {
        dictionary! { "Type" => name("OutputIntent"), "S" => name(kind) }
    };
    for (kind, error) in [
        ("GTS_PDFA1", ImposeError::NoOutputIntent { version: version() }),
        ("GTS_PDFX", ImposeError::NoOutputProfile { version: version() }),
    ] {
        let mut other = bare.clone();
        catalog(&mut other).set("OutputIntents", vec![Object::Dictionary(intent(kind))]);
        assert_eq!(refused(other), error);
    }
    // What claims nothing promises nothing.
    catalog(&mut bare).remove(b"Metadata");
    impose(&bytes(bare.clone()), &a4_sheet()).unwrap();
    let info = bare.trailer.get(b"Info").unwrap().as_reference().unwrap();
    let old = Object::string_literal("PDF/X-3:2003");
    bare.get_dictionary_mut(info).unwrap().set("GTS_PDFXVersion", old);
    let version = "PDF/X-3:2003".to_owned();
    assert_eq!(refused(bare), ImposeError::NoOutputIntent { version });
}

#[test]
fn an_encrypted_file_is_refused_with_and_without_a_password() {
    for user in ["", "geheim"] {
        let mut pdf = print_file(4);
        let id = || Object::string_literal("0123456789abcdef");
        pdf.trailer.set("ID", vec![id(), id()]);
        let version = EncryptionVersion::V2 {
            document: &pdf,
            owner_password: "baas",
            user_password: user,
            key_length: 128,
            permissions: Permissions::all(),
        };
        let state = EncryptionState::try_from(version).unwrap();
        pdf.encrypt(&state).unwrap();
        assert_eq!(refused(pdf), ImposeError::Encrypted, "{user:?}");
    }
}

#[test]
fn damaged_files_are_refused() {
    for source in [&b""[..], b"kind = \"brochure\"", &[0xFF; 4096]] {
        assert_eq!(impose(source, &a4_sheet()), Err(ImposeError::NoPdf));
    }
    let error = impose(b"%PDF-1.6\n", &a4_sheet()).unwrap_err();
    assert!(matches!(error, ImposeError::Damaged(_)), "{error}");
    let whole = bytes(print_file(4));
    let error = impose(&whole[..whole.len() / 2], &a4_sheet()).unwrap_err();
    assert!(matches!(error, ImposeError::Damaged(_)), "{error}");
    // An object that something needs and that is not there.
    let mut lacking = print_file(4);
    let font = lacking
        .objects
        .iter()
        .find(|(_, object)| object.type_name().is_ok_and(|kind| kind == b"FontDescriptor"))
        .map(|(&id, _)| id)
        .unwrap();
    lacking.objects.remove(&font);
    let error = refused(lacking);
    assert!(error.to_string().contains(&format!("object {}", font.0)), "{error}");
    // A page tree that leads back to itself.
    let mut circular = print_file(4);
    let root = circular.catalog().unwrap().get(b"Pages").unwrap().as_reference().unwrap();
    let kids = vec![Object::Reference(root)];
    circular.get_dictionary_mut(root).unwrap().set("Kids", kids);
    assert!(matches!(refused(circular), ImposeError::Damaged(_)));
}

#[test]
fn a_file_of_this_program_goes_onto_sheets() {
    let mut document = pdf_support::sample();
    document.pages.extend(pdf_support::sample().pages);
    let print = pdf_support::write(&document, Profile::Print);
    let imposed = impose(&print, &ImposeOptions::default()).unwrap();
    assert_eq!((imposed.pages, imposed.sheets), (4, 1));
    let (before, after) =
        (Document::load_mem(&print).unwrap(), Document::load_mem(&imposed.bytes).unwrap());
    let fonts = |pdf: &Document| {
        let streams = pdf.objects.values().filter_map(|object| object.as_stream().ok());
        let mut fonts: Vec<_> = streams
            .filter(|stream| stream.dict.has(b"Length1"))
            .map(|stream| stream.content.clone())
            .collect();
        fonts.sort();
        fonts
    };
    assert_eq!(fonts(&before), fonts(&after));
    assert_eq!(fonts(&after).len(), 3);
    // The screen file does not say where it is cut.
    let screen = pdf_support::write(&document, Profile::Screen);
    let error = impose(&screen, &ImposeOptions::default()).unwrap_err();
    assert_eq!(error, ImposeError::NoTrimBox(vec![1, 2, 3, 4]));
}
