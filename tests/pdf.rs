//! Documents written as PDF and read back.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail the test")]

mod pdf_support;

use drukklaar::base::{Abs, Lang};
use drukklaar::color::Color;
use drukklaar::document::{GlyphKind, Item, Meta};
use drukklaar::pdf::{self, PdfError, Profile};
use lopdf::Object;
use lopdf::content::Operation;
use pdf_support::*;

const BOTH: [Profile; 2] = [Profile::Print, Profile::Screen];

#[test]
fn every_font_is_embedded_once_as_a_subset() {
    for profile in BOTH {
        let read = read(&sample(), profile);
        let fonts = read.dict(&read.pages[0], &["Resources", "Font"]);
        assert_eq!(fonts.len(), 3);
        let mut programs = 0;
        for (_, font) in fonts {
            let font = read.resolve(font).as_dict().unwrap();
            let name = font.get(b"BaseFont").unwrap().as_name().unwrap();
            assert!(name[..6].iter().all(u8::is_ascii_uppercase) && name[6] == b'+');
            assert_eq!(font.get(b"Encoding").unwrap().as_name().unwrap(), b"Identity-H");
            let descendant = &font.get(b"DescendantFonts").unwrap().as_array().unwrap()[0];
            let descendant = read.resolve(descendant).as_dict().unwrap();
            assert_eq!(descendant.get(b"BaseFont").unwrap().as_name().unwrap(), name);
            let descriptor = read.dict(descendant, &["FontDescriptor"]);
            assert_eq!(descriptor.get(b"FontName").unwrap().as_name().unwrap(), name);
            let program = read.resolve(descriptor.get(b"FontFile2").unwrap());
            let data = program.as_stream().unwrap().decompressed_content().unwrap();
            let length = program.as_stream().unwrap().dict.get(b"Length1").unwrap();
            assert_eq!(length.as_i64().unwrap(), data.len() as i64);
            assert!(data.len() < 40_000, "{} bytes", data.len());
            programs += 1;
        }
        let embedded = read.pdf.objects.values().filter_map(|object| object.as_stream().ok());
        assert_eq!(embedded.filter(|stream| stream.dict.has(b"Length1")).count(), programs);
    }
}

#[test]
fn widths_are_those_of_the_font() {
    let read = read(&sample(), Profile::Screen);
    let fonts = read.dict(&read.pages[0], &["Resources", "Font"]);
    let font = read.resolve(fonts.get(b"F0").unwrap()).as_dict().unwrap();
    let descendant = &font.get(b"DescendantFonts").unwrap().as_array().unwrap()[0];
    let widths = read.resolve(descendant).as_dict().unwrap().get(b"W").unwrap();
    let [Object::Integer(0), Object::Array(widths)] = &widths.as_array().unwrap()[..] else {
        panic!("{widths:?}");
    };
    // .notdef and the letters of "Ruimte om te maken" in the order of the font.
    let medium = self::font("medium");
    let mut ids: Vec<u16> =
        "Ruimte om te maken".chars().filter_map(|c| medium.glyph(c)).chain([0]).collect();
    ids.sort_unstable();
    ids.dedup();
    let expected: Vec<i64> = ids
        .iter()
        .map(|&id| advance(&medium, id, Abs::pt(1000.0)).to_pt().round() as i64)
        .collect();
    let found: Vec<i64> = widths.iter().map(|width| width.as_i64().unwrap()).collect();
    assert_eq!(found, expected);
}

#[test]
fn the_text_can_be_read_back() {
    for profile in BOTH {
        let read = read(&sample(), profile);
        let first = read.pdf.extract_text(&[1]).unwrap();
        for words in ["Ruimte om te maken", "Eén regel, en dan ", "cursief", "nog een regel (2)."]
        {
            assert!(first.contains(words), "{first}");
        }
        assert!(read.pdf.extract_text(&[2]).unwrap().contains("Tweede bladzijde"));
    }
}

#[test]
fn a_run_is_one_operator_and_nothing_is_said_twice() {
    let read = read(&sample(), Profile::Screen);
    let operations = read.operations(0);
    assert_eq!(count(&operations, "TJ"), 4);
    assert_eq!(count(&operations, "Tj"), 0);
    assert_eq!(count(&operations, "BT"), 1);
    // Barlow, Source Sans, its italic, Source Sans again.
    assert_eq!(count(&operations, "Tf"), 4);
    assert_eq!(count(&operations, "q"), 0);
}

#[test]
fn colours_are_of_the_profiles_space_alone() {
    let foreign = |profile| match profile {
        Profile::Print => ["rg", "RG", "g", "G", "cs", "CS", "sc", "scn"],
        Profile::Screen => ["k", "K", "g", "G", "cs", "CS", "sc", "scn"],
    };
    for profile in BOTH {
        let read = read(&sample(), profile);
        for page in 0..2 {
            for operation in read.operations(page) {
                assert!(!foreign(profile).contains(&operation.operator.as_str()), "{operation:?}");
            }
        }
    }
    let print = read(&sample(), Profile::Print);
    let fills: Vec<Vec<f32>> = print
        .operations(0)
        .iter()
        .filter(|operation| operation.operator == "k")
        .map(|operation| operation.operands.iter().map(|o| o.as_float().unwrap()).collect())
        .collect();
    assert_eq!(fills[1], [0.0; 4], "white is no ink");
    assert_eq!(fills[2], [0.0, 0.0, 0.0, 1.0], "black is black ink alone");
    let second = print.operations(1);
    let ink = second.iter().find(|operation| operation.operator == "k").unwrap();
    let inks: Vec<f32> = ink.operands.iter().map(|o| o.as_float().unwrap()).collect();
    assert_eq!(inks, [1.0, 0.6, 0.0, 0.1255], "inks of the author stay as they are");
}

#[test]
fn print_has_boxes_and_bleed_and_the_screen_has_the_page_alone() {
    let print = read(&sample(), Profile::Print);
    for key in ["MediaBox", "CropBox", "BleedBox"] {
        assert_eq!(print.corners(0, key), [0.0, 0.0, 612.283, 858.898], "{key}");
    }
    assert_eq!(print.corners(0, "TrimBox"), [8.504, 8.504, 603.78, 850.394]);
    let screen = read(&sample(), Profile::Screen);
    assert_eq!(screen.corners(0, "MediaBox"), [0.0, 0.0, 595.276, 841.89]);
    for key in ["TrimBox", "BleedBox", "CropBox"] {
        assert!(!screen.pages[0].has(key.as_bytes()), "{key}");
    }
    assert_eq!((print.pdf.version.as_str(), screen.pdf.version.as_str()), ("1.6", "1.7"));
    // The same rectangle, from the corner of the bleed and of the page.
    let corner = |read: &Read| {
        let operations = read.operations(0);
        let rect = operations.into_iter().find(|operation| operation.operator == "re").unwrap();
        rect.operands.iter().map(|o| o.as_float().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(corner(&print)[..1], [-0.096]);
    assert_eq!(corner(&screen)[..1], [-8.6]);
}

#[test]
fn links_are_in_the_screen_file_alone_and_end_at_the_page() {
    let print = read(&sample(), Profile::Print);
    assert!(print.annotations(0).is_empty() && print.annotations(1).is_empty());
    let screen = read(&sample(), Profile::Screen);
    let first = screen.annotations(0);
    assert_eq!(first.len(), 1);
    let uri = screen.dict(first[0], &["A"]).get(b"URI").unwrap().as_str().unwrap();
    assert_eq!(uri, b"https://www.metaalunie.nl/%C3%A9%C3%A9n");
    assert_eq!(first[0].get(b"F").unwrap().as_i64().unwrap(), 4);
    assert_eq!(first[0].get(b"Contents").unwrap().as_str().unwrap(), b"de verwijzing");
    let second = screen.annotations(1);
    assert_eq!(second.len(), 1, "the one beyond the page is left out");
    let area = second[0].get(b"Rect").unwrap().as_array().unwrap();
    assert_eq!(area[2].as_float().unwrap(), 595.276, "clipped to the page");
}

#[test]
fn title_language_dates_and_headings_are_in_the_catalog() {
    for profile in BOTH {
        let read = read(&sample(), profile);
        let catalog = read.catalog();
        assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"nl");
        let preferences = read.dict(catalog, &["ViewerPreferences"]);
        assert!(preferences.get(b"DisplayDocTitle").unwrap().as_bool().unwrap());
        let metadata = read.resolve(catalog.get(b"Metadata").unwrap()).as_stream().unwrap();
        assert!(!metadata.dict.has(b"Filter"));
        let xmp = std::str::from_utf8(&metadata.content).unwrap();
        assert!(xmp.contains("Ruimte om te maken – één</rdf:li>"), "{xmp}");
        let info = read.resolve(read.pdf.trailer.get(b"Info").unwrap()).as_dict().unwrap();
        let title = info.get(b"Title").unwrap().as_str().unwrap();
        assert_eq!(&title[..4], [0xFE, 0xFF, 0, b'R']);
        assert_eq!(info.get(b"ModDate").unwrap().as_str().unwrap(), b"D:20261101000000Z");

        // Headings to jump to are no use on a press.
        assert_eq!(catalog.has(b"Outlines"), profile == Profile::Screen);
        if profile == Profile::Print {
            continue;
        }
        let outlines = read.dict(catalog, &["Outlines"]);
        assert_eq!(outlines.get(b"Count").unwrap().as_i64().unwrap(), 4);
        let first = read.dict(outlines, &["First"]);
        assert_eq!(first.get(b"Title").unwrap().as_str().unwrap(), b"Eerste");
        assert_eq!(first.get(b"Count").unwrap().as_i64().unwrap(), 2);
        let nested = read.dict(first, &["First", "Next"]);
        let page = nested.get(b"Dest").unwrap().as_array().unwrap()[0].as_reference().unwrap();
        assert_eq!(Some(&page), read.pdf.get_pages().get(&2));
        assert_eq!(read.dict(first, &["Next"]).get(b"Title").unwrap().as_str().unwrap(), b"Tweede");
    }
}

#[test]
fn the_table_of_objects_is_compressed_and_leads_to_all_of_them() {
    for profile in BOTH {
        let bytes = write(&sample(), profile);
        let table = bytes.windows(10).rposition(|part| part == b"/Type/XRef").unwrap();
        let head = String::from_utf8_lossy(&bytes[table..]);
        let head = head.split("stream").next().unwrap();
        assert!(head.contains("/Filter/FlateDecode") && head.contains("/Predictor 12"), "{head}");
        let pdf = lopdf::Document::load_mem(&bytes).unwrap();
        let size = pdf.trailer.get(b"Size").unwrap().as_i64().unwrap();
        // Number 0 is that of no object.
        assert!((1..size as u32).all(|number| pdf.has_object((number, 0))), "{size}");
    }
}

#[test]
fn nothing_is_written_that_nothing_refers_to() {
    for profile in BOTH {
        let mut read = read(&sample(), profile);
        read.pdf.objects.retain(|_, object| {
            let kind = object.type_name().unwrap_or_default();
            kind != b"ObjStm" && kind != b"XRef"
        });
        assert!(read.pdf.prune_objects().is_empty());
    }
}

#[test]
fn equal_documents_give_equal_bytes_on_all_threads() {
    for profile in BOTH {
        let first = write(&sample(), profile);
        let others: Vec<_> =
            (0..2).map(|_| std::thread::spawn(move || write(&sample(), profile))).collect();
        for other in others {
            assert!(other.join().unwrap() == first);
        }
        let all = pdf::write_all(&sample(), &BOTH, &CACHE).unwrap();
        assert!(all.contains(&first));
    }
}

#[test]
fn the_identifier_depends_on_the_content() {
    let id = |read: &Read| read.pdf.trailer.get(b"ID").unwrap().as_array().unwrap().clone();
    let mut other = sample();
    other.meta.title.push('!');
    let (a, b) = (read(&sample(), Profile::Screen), read(&other, Profile::Screen));
    assert_eq!(id(&a)[0], id(&a)[1]);
    assert_ne!(id(&a), id(&b));
    assert_ne!(id(&a)[0].as_str().unwrap(), [0; 16]);
}

/// The ToUnicode map of the first font.
fn unicode_map(read: &Read) -> String {
    let fonts = read.dict(&read.pages[0], &["Resources", "Font"]);
    let font = read.resolve(fonts.get(b"F0").unwrap()).as_dict().unwrap();
    let map = read.resolve(font.get(b"ToUnicode").unwrap()).as_stream().unwrap();
    String::from_utf8(map.decompressed_content().unwrap()).unwrap()
}

/// The spans of the first page that have a text of their own.
fn spelled(read: &Read) -> impl Iterator<Item = Operation> {
    read.operations(0).into_iter().filter(|operation| {
        operation.operator == "BDC" && operation.operands[0].as_name().unwrap() == b"Span"
    })
}

#[test]
fn a_ligature_reads_as_its_letters() {
    let font = font("regular");
    let mut run = run(&font, 10.0, Color::BLACK, "fi");
    run.glyphs.truncate(1);
    run.glyphs[0].text_end = 2;
    let items = vec![(at(0.0, 50.0), Item::Text(run))];
    let read = read(&document(vec![page(items)]), Profile::Screen);
    assert!(unicode_map(&read).contains("<0001> <00660069>"));
    assert_eq!(spelled(&read).count(), 0);
}

/// Spans with a text of their own are poorly read in elements, so there are as few
/// as can be.
#[test]
fn a_glyph_with_a_second_text_gets_a_code_of_its_own() {
    let font = font("regular");
    let lower = run(&font, 10.0, Color::BLACK, "a");
    // A small capital may stand for both.
    let mut upper = run(&font, 10.0, Color::BLACK, "A");
    upper.glyphs[0].id = lower.glyphs[0].id;
    let items = vec![(at(0.0, 50.0), Item::Text(lower)), (at(0.0, 70.0), Item::Text(upper))];
    let read = read(&document(vec![page(items)]), Profile::Screen);
    let map = unicode_map(&read);
    assert!(map.contains("<0001> <0061>\n<0002> <0041>"), "{map}");
    assert_eq!(spelled(&read).count(), 0);
    assert_eq!(read.pdf.extract_text(&[1]).unwrap().split_whitespace().collect::<String>(), "aA");
}

#[test]
fn a_cluster_of_two_glyphs_reads_as_its_text() {
    let font = font("regular");
    let mut run = run(&font, 10.0, Color::BLACK, "eé");
    let mark = run.glyphs[1].id;
    run.glyphs[1].id = run.glyphs[0].id;
    let mut second = run.glyphs[1];
    (second.id, second.text_start) = (mark, second.text_end);
    run.glyphs.push(second);
    let items = vec![(at(0.0, 50.0), Item::Text(run))];
    let read = read(&document(vec![page(items)]), Profile::Screen);
    let map = unicode_map(&read);
    assert!(map.contains("<0065>") && map.contains("<200B>"), "{map}");
    let marked = spelled(&read).next().unwrap();
    let actual = marked.operands[1].as_dict().unwrap().get(b"ActualText").unwrap();
    assert_eq!(actual.as_str().unwrap(), [0xFE, 0xFF, 0, 0xE9]);
}

#[test]
fn a_hyphen_at_a_lines_end_reads_as_a_soft_one_and_others_as_they_are() {
    let font = font("regular");
    let mut run = run(&font, 10.0, Color::BLACK, "a-f-");
    run.text.truncate(3);
    run.glyphs[3].kind = GlyphKind::LineEndHyphen;
    (run.glyphs[3].text_start, run.glyphs[3].text_end) = (3, 3);
    let items = vec![(at(0.0, 50.0), Item::Text(run))];
    let read = read(&document(vec![page(items)]), Profile::Screen);
    let map = unicode_map(&read);
    assert!(map.contains("<002D>") && map.contains("<00AD>"), "{map}");
    assert_eq!(spelled(&read).count(), 0);
    assert_eq!(read.pdf.extract_text(&[1]).unwrap().trim(), "a-f\u{AD}");
    // Both codes lead to the same glyph.
    let fonts = read.dict(&read.pages[0], &["Resources", "Font"]);
    let font = read.resolve(fonts.get(b"F0").unwrap()).as_dict().unwrap();
    let descendant = &font.get(b"DescendantFonts").unwrap().as_array().unwrap()[0];
    let codes = read.resolve(descendant).as_dict().unwrap().get(b"CIDToGIDMap").unwrap();
    let codes = read.resolve(codes).as_stream().unwrap().decompressed_content().unwrap();
    let [.., high, low] = codes[..] else { panic!("{codes:?}") };
    let soft = usize::from(u16::from_be_bytes([high, low]));
    assert!(soft > 0 && soft < codes.len() / 2 - 1);
}

#[test]
fn odd_documents_do_no_harm() {
    for profile in BOTH {
        assert!(write(&document(Vec::new()), profile).starts_with(b"%PDF-1."));
        assert_eq!(read(&document(vec![page(Vec::new())]), profile).pages.len(), 1);
        let mut empty = run(&font("regular"), 10.0, Color::BLACK, "");
        empty.size = Abs::ZERO;
        let items =
            vec![(at(0.0, 0.0), Item::Text(empty)), (at(0.0, 0.0), rect(0., 0., 0., 0., None))];
        let read = read(&document(vec![page(items)]), profile);
        assert!(read.operations(0).iter().all(|o| matches!(o.operator.as_str(), "BDC" | "EMC")));
    }
    let mut beyond = run(&font("regular"), 10.0, Color::BLACK, "a");
    beyond.glyphs[0].id = u16::MAX;
    let document = document(vec![page(vec![(at(0.0, 0.0), Item::Text(beyond))])]);
    let options = pdf::PdfOptions { profile: Profile::Screen, cache: &CACHE };
    assert!(matches!(
        pdf::write(&document, &options),
        Err(PdfError::NoSuchGlyph { glyph: u16::MAX, .. })
    ));
}

/// What stands in an XMP packet between the tags of a property, its entries if it
/// is a list.
fn property(xmp: &str, tag: &str) -> Option<Vec<String>> {
    let (_, rest) = xmp.split_once(&format!("<{tag}>"))?;
    let (value, _) = rest.split_once(&format!("</{tag}>")).unwrap();
    let entries = value.split("</rdf:li>").filter_map(|part| {
        let (_, entry) = part.split_once("<rdf:li")?;
        Some(entry.split_once('>').unwrap().1)
    });
    let mut entries: Vec<&str> = entries.collect();
    if entries.is_empty() {
        entries.push(value);
    }
    let plain = |words: &str| words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    Some(entries.into_iter().map(plain).collect())
}

#[test]
fn info_and_xmp_say_the_same() {
    let words = [
        (
            "Ruimte & <vorm> – één",
            "Metaalunie & zonen",
            "Wat “kan”\tde provincie?",
            ["a & b", "Köln"],
        ),
        ("Plain (ASCII)", "O'Neill \\ Co", "&amp; is no &", ["x", "één, twee"]),
        ("Bel\u{7} en\u{1b} \u{fffe}teken 😀", "", "", ["", "nul\u{0}"]),
    ];
    for (title, author, subject, keywords) in words {
        for lang in Lang::ALL {
            for profile in BOTH {
                let mut document = sample();
                document.meta = Meta {
                    title: title.to_owned(),
                    author: author.to_owned(),
                    subject: subject.to_owned(),
                    keywords: keywords.map(str::to_owned).into(),
                    lang,
                    ..document.meta
                };
                let read = read(&document, profile);
                let catalog = read.catalog();
                let stream = read.resolve(catalog.get(b"Metadata").unwrap()).as_stream().unwrap();
                let xmp = std::str::from_utf8(&stream.content).unwrap();
                let info = read.resolve(read.pdf.trailer.get(b"Info").unwrap()).as_dict().unwrap();
                let said = |key: &str| {
                    let value = info.get(key.as_bytes()).ok()?;
                    Some(lopdf::decode_text_string(value).unwrap())
                };
                let one = |tag: &str| {
                    let mut found = property(xmp, tag)?;
                    assert_eq!(found.len(), 1, "{tag}");
                    found.pop()
                };
                assert_eq!(said("Title"), one("dc:title"));
                assert_eq!(said("Author"), one("dc:creator"));
                assert_eq!(said("Subject"), one("dc:description"));
                assert_eq!(said("Keywords"), one("pdf:Keywords"));
                assert_eq!(said("Keywords"), property(xmp, "dc:subject").map(|all| all.join(", ")));
                assert_eq!(said("Creator"), one("xmp:CreatorTool"));
                assert_eq!(said("Producer"), one("pdf:Producer"));
                assert_eq!(said("CreationDate").as_deref(), Some("D:20261101000000Z"));
                assert_eq!(one("xmp:CreateDate").as_deref(), Some("2026-11-01T00:00:00Z"));
                assert_eq!(one("xmp:ModifyDate"), one("xmp:CreateDate"));
                assert_eq!(said("ModDate"), said("CreationDate"));
                // The words are those of the author, but for what XML cannot say.
                let sayable =
                    |c: &char| !matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{fffe}');
                let title: String = title.chars().filter(sayable).collect();
                assert_eq!(said("Title"), Some(title));
                assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), lang.tag().as_bytes());
                assert_eq!(one("dc:language").as_deref(), Some(lang.tag()));
            }
        }
    }
}
