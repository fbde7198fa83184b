//! Ways through the screen file: table of contents, outline, named places and
//! page labels, held against where the headings stand.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod pdf_support;

use drukklaar::CompileOptions;
use drukklaar::assets::Assets;
use drukklaar::document::{Document, Element, Item, LinkTarget, Node, Role};
use drukklaar::pdf::Profile;
use lopdf::{Dictionary, Object, ObjectId};
use pdf_support::{Read, read};
use std::path::Path;

/// A brochure that ships, with a table of contents of two levels.
fn with_contents(name: &str) -> Document {
    let folder = tempfile::tempdir().unwrap();
    let root = env!("CARGO_MANIFEST_DIR");
    let toml = format!("extends = '{root}/brochures/{name}.toml'\n[contents]\nlevels = 2\n");
    let path = folder.path().join("proef.toml");
    std::fs::write(&path, toml).unwrap();
    compile(&path)
}

fn compile(path: &Path) -> Document {
    let compiled = drukklaar::compile(path, &Assets::new(), CompileOptions::default());
    let found: Vec<_> = compiled.diagnostics.iter().map(|d| &d.message).collect();
    compiled.document.unwrap_or_else(|| panic!("{}: {found:?}", path.display()))
}

fn samples() -> Vec<Document> {
    ["flevoland", "noord-brabant", "specimen", "specimen-vuur"].map(with_contents).into()
}

/// The words of an element, and the page of the first.
fn words(document: &Document, element: &Element) -> (String, Option<usize>) {
    let (mut text, mut first) = (String::new(), None);
    for child in &element.children {
        match child {
            Node::Element(inner) => {
                let (inner, page) = words(document, inner);
                text.push_str(&inner);
                first = first.or(page);
            }
            Node::Items { page, range } => {
                first = first.or(Some(*page));
                for (_, item) in &document.pages[*page].frame.items[range.clone()] {
                    if let Item::Text(run) = item {
                        text.push_str(&run.text);
                    }
                }
            }
        }
    }
    (text, first)
}

/// Headings of chapters and topics in reading order, with their pages.
fn headings(document: &Document) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    document.structure.walk(&mut |element| {
        if let Role::Heading(_) = element.role {
            let (text, page) = words(document, element);
            found.push((text.trim().to_owned(), page.unwrap()));
        }
    });
    found
}

#[test]
fn entries_name_the_pages_on_which_the_headings_stand() {
    for document in samples() {
        let headings = headings(&document);
        let mut at = 0;
        let mut entries = Vec::new();
        document.structure.walk(&mut |element| {
            if element.role == Role::Reference {
                entries.push(words(&document, element).0);
            }
        });
        assert!(entries.len() > 3, "{}", document.meta.title);
        for entry in entries {
            let (title, number) = entry.trim().rsplit_once(' ').unwrap();
            let page: usize = number.parse().unwrap();
            let heading =
                headings[at..].iter().position(|found| *found == (title.to_owned(), page - 1));
            at += 1 + heading.unwrap_or_else(|| panic!("no heading “{title}” on page {page}"));
        }
    }
}

#[test]
fn entries_of_topics_stand_below_those_of_their_chapter() {
    let document = with_contents("specimen");
    let mut tables = Vec::new();
    document.structure.walk(&mut |element| {
        if element.role == Role::Contents {
            tables.push(element);
        }
    });
    let chapters = document.outline.iter().skip(1).filter(|entry| entry.level == 1);
    // The last one is the back page, which is not listed.
    assert_eq!(tables[0].children.len(), chapters.count() - 1);
    let topics = document.outline.iter().filter(|entry| entry.level == 2).count();
    assert_eq!(tables[1..].iter().map(|table| table.children.len()).sum::<usize>(), topics);
    for table in tables {
        for entry in &table.children {
            let Node::Element(entry) = entry else { panic!("{entry:?}") };
            assert_eq!(entry.role, Role::ContentsEntry);
            assert_eq!(entry.children[0].role(), Some(Role::Reference));
            for below in &entry.children[1..] {
                assert_eq!(below.role(), Some(Role::Contents));
            }
        }
    }
}

/// The page and the height above its foot that a destination leads to.
fn place(read: &Read, destination: &Object) -> (usize, f32) {
    let [page, kind, _, top, zoom] = &destination.as_array().unwrap()[..] else {
        panic!("{destination:?}")
    };
    assert_eq!(kind.as_name().unwrap(), b"XYZ");
    assert!(zoom.is_null(), "the reader's zoom stays");
    (page_index(read, page.as_reference().unwrap()), top.as_float().unwrap())
}

fn page_index(read: &Read, page: ObjectId) -> usize {
    read.pdf.get_pages().values().position(|&id| id == page).unwrap()
}

fn name_of(dict: &Dictionary, key: &[u8]) -> String {
    String::from_utf8(dict.get(key).unwrap().as_name().unwrap().to_vec()).unwrap()
}

#[test]
fn destinations_lead_to_the_headings() {
    for document in samples() {
        let screen = read(&document, Profile::Screen);
        let height = document.pages[0].trim.height.to_pt() as f32;
        let expected: Vec<(usize, f32)> = document
            .outline
            .iter()
            .map(|entry| (entry.page, height - entry.at.y.to_pt() as f32))
            .collect();
        let near = |a: (usize, f32), b: (usize, f32)| a.0 == b.0 && (a.1 - b.1).abs() < 0.01;

        // The outline, chapters and topics in turn.
        let mut outline = Vec::new();
        outline_places(&screen, screen.dict(screen.catalog(), &["Outlines"]), &mut outline);
        assert_eq!(outline.len(), expected.len());
        assert!(outline.iter().zip(&expected).all(|(&a, &b)| near(a, b)), "{outline:?}");

        // The named places: every chapter, in the order of the names.
        let names = screen.dict(screen.catalog(), &["Names", "Dests"]).get(b"Names").unwrap();
        let names = names.as_array().unwrap();
        let keys: Vec<&[u8]> = names.chunks(2).map(|pair| pair[0].as_str().unwrap()).collect();
        assert!(keys.is_sorted() && keys.windows(2).all(|pair| pair[0] != pair[1]), "{keys:?}");
        let mut named: Vec<_> = names.chunks(2).map(|pair| place(&screen, &pair[1])).collect();
        named.sort_by(|a, b| (a.0, -a.1).partial_cmp(&(b.0, -b.1)).unwrap());
        let chapters = document.outline.iter().zip(&expected).filter(|(entry, _)| entry.level == 1);
        let chapters: Vec<_> = chapters.map(|(_, place)| *place).collect();
        assert_eq!(named.len(), chapters.len());
        assert!(named.iter().zip(&chapters).all(|(&a, &b)| near(a, b)), "{named:?}");

        // The links: those of the table of contents, each to its heading.
        let mut links = Vec::new();
        for (index, page) in document.pages.iter().enumerate() {
            let targets = page.frame.items.iter().filter_map(|(_, item)| match item {
                Item::Link(link) => Some(&link.target),
                _ => None,
            });
            for (annotation, target) in screen.annotations(index).into_iter().zip(targets) {
                match target {
                    LinkTarget::Url(_) => assert!(!annotation.has(b"Dest")),
                    LinkTarget::Place { .. } => {
                        assert!(!annotation.has(b"A"));
                        links.push(place(&screen, annotation.get(b"Dest").unwrap()));
                    }
                }
            }
        }
        let listed = &expected[1..expected.len() - 1];
        assert_eq!(links.len(), listed.len());
        assert!(links.iter().zip(listed).all(|(&a, &b)| near(a, b)), "{links:?}");
    }
}

fn outline_places(read: &Read, parent: &Dictionary, found: &mut Vec<(usize, f32)>) {
    let mut next = parent.get(b"First").ok();
    while let Some(item) = next {
        let item = read.resolve(item).as_dict().unwrap();
        found.push(place(read, item.get(b"Dest").unwrap()));
        outline_places(read, item, found);
        next = item.get(b"Next").ok();
    }
}

#[test]
fn the_table_of_contents_is_tagged_as_one() {
    let document = compile(Path::new("brochures/specimen.toml"));
    let screen = read(&document, Profile::Screen);
    let (mut tables, mut links) = (0, 0);
    for object in screen.pdf.objects.values() {
        let Ok(element) = object.as_dict() else { continue };
        let (Ok(kind), Ok(parent)) = (element.get(b"S"), element.get(b"P")) else { continue };
        let Ok(kind) = kind.as_name() else { continue };
        let parent = screen.resolve(parent).as_dict().unwrap();
        match kind {
            b"TOC" => {
                tables += 1;
                assert!(["Sect", "TOCI"].contains(&name_of(parent, b"S").as_str()));
            }
            b"TOCI" => assert_eq!(name_of(parent, b"S"), "TOC"),
            b"Reference" => assert_eq!(name_of(parent, b"S"), "TOCI"),
            b"Link" if parent.has(b"S") && name_of(parent, b"S") == "Reference" => {
                links += 1;
                let kids = element.get(b"K").unwrap().as_array().unwrap();
                let refers = kids.iter().filter(|kid| kid.as_dict().is_ok_and(|d| d.has(b"Obj")));
                assert_eq!(refers.count(), 1, "{kids:?}");
            }
            _ => {}
        }
    }
    assert!(tables > 1 && links > 5, "{tables} {links}");
}

#[test]
fn labels_are_the_numbers_that_are_printed() {
    for document in samples() {
        let screen = read(&document, Profile::Screen);
        let labels = screen.dict(screen.catalog(), &["PageLabels"]).get(b"Nums").unwrap();
        let [first, numbers] = &labels.as_array().unwrap()[..] else { panic!("{labels:?}") };
        assert_eq!(first.as_i64().unwrap(), 0);
        let numbers = screen.resolve(numbers).as_dict().unwrap();
        assert_eq!(name_of(numbers, b"S"), "D");
        assert!(!numbers.has(b"P") && !numbers.has(b"St"), "{numbers:?}");
        // Decimal from 1 on: so is what stands at the foot of the pages.
        let mut printed = 0;
        for (index, page) in document.pages.iter().enumerate() {
            let foot = page.frame.nodes.iter().filter_map(|node| match node {
                Node::Element(element) if element.role == Role::Footer => Some(element),
                _ => None,
            });
            for element in foot {
                // The nodes of a page itself do not name it.
                for child in &element.children {
                    let Node::Items { range, .. } = child else { continue };
                    for (_, item) in &page.frame.items[range.clone()] {
                        let Item::Text(run) = item else { continue };
                        if let Ok(number) = run.text.trim().parse::<usize>() {
                            assert_eq!(number, index + 1, "{}", document.meta.title);
                            printed += 1;
                        }
                    }
                }
            }
        }
        assert!(printed >= document.pages.len() - 4, "{printed} of {}", document.pages.len());
    }
}

#[test]
fn the_print_file_leads_nowhere() {
    let document = compile(Path::new("brochures/specimen.toml"));
    let print = read(&document, Profile::Print);
    for key in ["Outlines", "Names", "Dests", "PageLabels", "OpenAction", "StructTreeRoot"] {
        assert!(!print.catalog().has(key.as_bytes()), "{key}");
    }
    assert!(print.pages.iter().all(|page| !page.has(b"Annots")));
    for object in print.pdf.objects.values() {
        assert!(!object.as_dict().is_ok_and(|dict| dict.has(b"Dest") || dict.has(b"URI")));
    }
}

#[test]
fn long_outlines_open_at_their_chapters() {
    let mut document = pdf_support::sample();
    let entry = document.outline[0].clone();
    let topics = |count: usize| {
        let mut all = vec![entry.clone()];
        all.extend(
            (0..count).map(|_| drukklaar::document::OutlineEntry { level: 2, ..entry.clone() }),
        );
        all.push(entry.clone());
        all
    };
    let counts = |document: &Document| {
        let screen = read(document, Profile::Screen);
        let outlines = screen.dict(screen.catalog(), &["Outlines"]);
        let first = screen.dict(outlines, &["First"]);
        [outlines, first].map(|dict| dict.get(b"Count").unwrap().as_i64().unwrap())
    };
    document.outline = topics(38);
    assert_eq!(counts(&document), [40, 38]);
    document.outline = topics(39);
    assert_eq!(counts(&document), [2, -39]);
}

/// A brochure of a TOML text.
fn brochure(toml: &str) -> Document {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("proef.toml");
    std::fs::write(&path, toml).unwrap();
    compile(&path)
}

#[test]
fn what_follows_the_contents_shares_their_page_if_a_title_parts_it() {
    let chapter = "[[chapter]]\ntitle = \"Hoofdstuk\"\ntext = \"Tekst.\"\n";
    let titled = "[intro]\ntitle = \"Vooraf\"\ntext = \"Welkom.\"\n";
    let untitled = "[intro]\ntext = \"Welkom.\"\n";
    let opening = chapter.replace("text", "new_page = true\ntext");
    for (own_page, after, pages) in [
        (false, format!("{titled}{chapter}"), 1),
        (true, format!("{titled}{chapter}"), 2),
        (false, format!("{untitled}{chapter}"), 2),
        (false, chapter.to_owned(), 1),
        (true, chapter.to_owned(), 2),
        (false, opening.clone(), 2),
        (false, format!("{titled}{opening}"), 2),
    ] {
        let toml =
            format!("[document]\ntitle = \"Proef\"\n[contents]\nown_page = {own_page}\n{after}");
        assert_eq!(brochure(&toml).pages.len(), pages, "{toml}");
    }
}

#[test]
fn titles_in_the_contents_keep_neither_links_nor_line_breaks() {
    let title = "Een [lange](https://example.nl) titel\\\\\\nover *vakmanschap*";
    let document = brochure(&format!(
        "[document]\ntitle = \"Proef\"\n[contents]\n[[chapter]]\ntitle = \"{title}\"\ntext = \"Tekst.\"\n"
    ));
    let links: Vec<_> = document.pages[0]
        .frame
        .items
        .iter()
        .filter_map(|(_, item)| match item {
            Item::Link(link) => Some(link),
            _ => None,
        })
        .collect();
    let [entry, heading] = links[..] else { panic!("{links:?}") };
    let words = "Een lange titel over vakmanschap";
    assert_eq!(entry.words, words);
    assert_eq!(entry.target, LinkTarget::Place { page: 0, at: document.outline[1].at });
    assert_eq!(document.outline[1].title, words);
    assert_eq!(heading.target, LinkTarget::Url("https://example.nl".to_owned()));
    // In its column the title has room on one line, whatever the heading does.
    assert_eq!(entry.size.height.to_pt().round() as i64, 13);
}

#[test]
fn title_author_and_language_of_the_author_are_those_of_the_file() {
    for lang in ["nl", "en", "de"] {
        let document = brochure(&format!(
            "language = \"{lang}\"\n[document]\ntitle = \"Één & ander\"\nauthor = \"Müller & Zn.\"\n\
             subject = \"Wie & wat\"\nkeywords = [\"één\", \"a & b\"]\n\
             [[chapter]]\ntitle = \"K\"\ntext = \"T.\"\n"
        ));
        for profile in Profile::ALL {
            let file = read(&document, profile);
            let info = file.resolve(file.pdf.trailer.get(b"Info").unwrap()).as_dict().unwrap();
            let said = |key: &[u8]| lopdf::decode_text_string(info.get(key).unwrap()).unwrap();
            assert_eq!(said(b"Title"), "Één & ander");
            assert_eq!(said(b"Author"), "Müller & Zn.");
            assert_eq!(said(b"Subject"), "Wie & wat");
            assert_eq!(said(b"Keywords"), "één, a & b");
            assert_eq!(file.catalog().get(b"Lang").unwrap().as_str().unwrap(), lang.as_bytes());
        }
    }
}

/// Who goes from link to link hears the whole words at each area of a link that
/// goes on in another line.
#[test]
fn areas_of_a_link_say_all_of_its_words() {
    let document = brochure(
        "language = \"nl\"\n[document]\ntitle = \"Proef\"\n[[chapter]]\ntitle = \"Adressen\"\n\
         text = \"Zie [een verwijzing met zo veel woorden dat zij op een regel van deze kolom \
         geen plaats heeft en doorloopt tot op de derde](https://www.example.nl/a) of \
         [www.example.nl/een/lang/adres/dat-over-de-regel-gaat-en-verder](https://www.example.nl/b).\"\n",
    );
    let file = read(&document, Profile::Screen);
    let mut said = std::collections::BTreeMap::<String, Vec<String>>::new();
    for object in file.pdf.objects.values() {
        let Ok(link) = object.as_dict() else { continue };
        let Ok(Object::Dictionary(action)) = link.get(b"A") else { continue };
        let Ok(address) = action.get(b"URI").and_then(Object::as_str) else { continue };
        let words = lopdf::decode_text_string(link.get(b"Contents").unwrap()).unwrap();
        said.entry(String::from_utf8(address.to_vec()).unwrap()).or_default().push(words);
    }
    let [(_, words), (_, address)] = &said.iter().collect::<Vec<_>>()[..] else {
        panic!("{said:?}")
    };
    let whole = "een verwijzing met zo veel woorden dat zij op een regel van deze kolom geen plaats \
                 heeft en doorloopt tot op de derde";
    assert!(words.len() > 1 && words.iter().all(|said| said == whole), "{words:?}");
    let whole = "www.example.nl/een/lang/adres/dat-over-de-regel-gaat-en-verder";
    assert!(address.len() > 1 && address.iter().all(|said| said == whole), "{address:?}");
}
