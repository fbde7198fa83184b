//! Files made by hand, each with one thing that a screen reader has to get
//! right, read aloud.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

#[path = "read_support/made.rs"]
mod made;

use drukklaar::pdf::{self, ReadError};
use lopdf::{Dictionary, Object, Stream, dictionary};
use made::{Made, line, name, text};

/// A paragraph of the sequence 0 of a page with this content.
#[track_caller]
fn paragraph(content: &str) -> String {
    let mut made = Made::new(&[content]);
    let p = made.plain("P", vec![0.into()]);
    made.heard(vec![p])
}

#[test]
fn shows_of_all_kinds_are_read() {
    let content = line(
        "/P <</MCID 0>> BDC 12 TL (een) Tj [( tw) -200 (ee)] TJ (drie) ' 1 2 (vier) \" \
         0 -12 TD (vijf) Tj T* (zes) Tj EMC",
    );
    assert_eq!(paragraph(&content), "een twee drie vier vijf zes\n");
}

#[test]
fn a_space_is_added_between_lines_unless_the_file_spells_them_out() {
    assert_eq!(
        paragraph(&line("/P <</MCID 0>> BDC (bij) Tj 50 0 Td (een) Tj 0 -12 Td (los) Tj EMC")),
        "bijeen los\n"
    );
    assert_eq!(
        paragraph(&line(
            "/P <</MCID 0>> BDC (www.) Tj 0 -12 Td (adres.nl ) Tj 0 -12 Td (los) Tj EMC"
        )),
        "www.adres.nl los\n"
    );
}

#[test]
fn soft_hyphens_at_line_ends_are_dropped_and_hard_ones_stay() {
    let content = "BT /C 10 Tf 50 700 Td /P <</MCID 0>> BDC <0061 0002> Tj 0 -12 Td <0062 0011> Tj \
                   /F 10 Tf 0 -12 Td (mkb-toets) Tj EMC ET";
    assert_eq!(paragraph(content), "ab mkb-toets\n");
    let spelled = "/P <</MCID 0>> BDC (werk) Tj /Span <</ActualText <FEFF00AD>>> BDC (-) Tj EMC \
                   0 -12 Td (plaats) Tj EMC";
    assert_eq!(paragraph(&line(spelled)), "werkplaats\n");
}

#[test]
fn actual_text_is_read_in_place_of_a_span() {
    let content = line(
        "/P <</MCID 0>> BDC (Staal ) Tj /Span <</ActualText (en)>> BDC (&) Tj /Span \
         <</ActualText (x)>> BDC (&) Tj EMC EMC ( ijzer) Tj /Span <</ActualText ()>> BDC (!) Tj \
         EMC EMC",
    );
    assert_eq!(paragraph(&content), "Staal en ijzer\n");
    assert_eq!(
        paragraph(&line("/P <</MCID 0 /ActualText (uitgeschreven)>> BDC (u.) Tj EMC")),
        "uitgeschreven\n"
    );
}

#[test]
fn abbreviations_are_read_in_full_in_spans_and_elements() {
    let content = line(
        "/P <</MCID 0>> BDC (Het ) Tj /Span <</E (midden- en kleinbedrijf)>> BDC (mkb) Tj EMC \
         ( en de ) Tj EMC /Span <</MCID 1>> BDC (prov.) Tj EMC /P <</MCID 2>> BDC ( groeien) Tj EMC",
    );
    let mut made = Made::new(&[&content]);
    let span = made.element("Span", vec![1.into()], dictionary! { "E" => text("provincie") });
    let p = made.plain("P", vec![0.into(), span, 2.into()]);
    assert_eq!(made.heard(vec![p]), "Het midden- en kleinbedrijf en de provincie groeien\n");
}

#[test]
fn other_languages_are_told_of_spans_and_elements() {
    let content = line(
        "/P <</MCID 0>> BDC (Dit is ) Tj /Span <</Lang (en)>> BDC (smart) Tj EMC ( en ) Tj EMC \
         /Span <</MCID 1>> BDC (schlau) Tj EMC /P <</MCID 2>> BDC (.) Tj EMC",
    );
    let mut made = Made::new(&[&content]);
    let span = made.element("Span", vec![1.into()], dictionary! { "Lang" => text("de") });
    let p = made.plain("P", vec![0.into(), span, 2.into()]);
    assert_eq!(made.heard(vec![p]), "Dit is [en: smart] en [de: schlau].\n");
}

#[test]
fn the_announcements_are_in_the_language_of_the_file() {
    for (lang, told) in [
        ("nl", "titel: geen\ntaal: nl\nkop 2: Een\nlijst met 1 onderdeel\n  •\n"),
        ("en-GB", "title: none\nlanguage: en-GB\nheading 2: Een\nlist with 1 item\n  •\n"),
        ("de", "Titel: keine\nSprache: de\nÜberschrift 2: Een\nListe mit 1 Eintrag\n  •\n"),
        ("fr", "title: none\nlanguage: fr\nheading 2: Een\nlist with 1 item\n  •\n"),
    ] {
        let mut made = Made::new(&[&line("/H2 <</MCID 0>> BDC (Een) Tj EMC")]);
        made.catalog().set("Lang", text(lang));
        let heading = made.plain("H2", vec![0.into()]);
        let entry = made.plain("LI", vec![]);
        let list = made.plain("L", vec![entry]);
        let heard = pdf::read_aloud(&made.bytes(vec![heading, list])).unwrap();
        assert_eq!(heard.to_string(), told);
    }
}

#[test]
fn the_title_comes_first() {
    let mut made = Made::new(&[&line("/P <</MCID 0>> BDC (Een) Tj EMC")]);
    let info = made.pdf.add_object(dictionary! { "Title" => text("Boek – één") });
    made.pdf.trailer.set("Info", info);
    let p = made.plain("P", vec![0.into()]);
    let heard = pdf::read_aloud(&made.bytes(vec![p])).unwrap();
    assert_eq!(heard.to_string(), "titel: Boek – één\ntaal: nl-NL\nEen\n");
}

#[test]
fn the_description_of_a_figure_is_read_and_not_what_is_in_it() {
    let content = line(
        "/Figure <</MCID 0>> BDC (binnen) Tj EMC /Figure <</MCID 1>> BDC (etiket) Tj EMC /Figure \
         <</MCID 2>> BDC EMC /Caption <</MCID 3>> BDC (Onderschrift) Tj EMC",
    );
    let mut made = Made::new(&[&content]);
    let described =
        made.element("Figure", vec![0.into()], dictionary! { "Alt" => text("Een dijk") });
    let labelled = made.plain("Figure", vec![1.into()]);
    let mute = made.plain("Figure", vec![2.into()]);
    let caption = made.plain("Caption", vec![3.into()]);
    assert_eq!(
        made.heard(vec![described, labelled, mute, caption]),
        "afbeelding: Een dijk\nafbeelding: etiket\nafbeelding zonder beschrijving\n\
         bijschrift: Onderschrift\n"
    );
}

#[test]
fn a_paragraph_goes_on_on_another_page() {
    let first = line("/P <</MCID 0>> BDC (Van blad) Tj EMC");
    let second = line("/P <</MCID 0>> BDC (tot blad) Tj EMC");
    let mut made = Made::new(&[&first, &second]);
    let other = dictionary! { "Type" => name("MCR"), "Pg" => made.pages[1], "MCID" => 0 };
    let p = made.plain("P", vec![0.into(), other.into()]);
    let bytes = made.bytes(vec![p]);
    let reading = pdf::read_aloud(&bytes).unwrap();
    assert_eq!(reading.announcements[0].text(), "Van blad tot blad");
    assert_eq!(reading.announcements[0].page, Some(1));
}

#[test]
fn types_of_the_files_own_are_mapped() {
    let content = line("/Kop <</MCID 0>> BDC (Titel) Tj EMC /Rest <</MCID 1>> BDC (Rest) Tj EMC");
    let mut made = Made::new(&[&content]);
    let root = made.root;
    let map = dictionary! {
        "Kop" => name("Koptekst"), "Koptekst" => name("H1"), "Rest" => name("Rust"),
        "Rust" => name("Rest"), "P" => name("H6"),
    };
    made.pdf.get_dictionary_mut(root).unwrap().set("RoleMap", map);
    let heading = made.plain("Kop", vec![0.into()]);
    // Goes round in a circle: a group.
    let rest = made.plain("Rest", vec![1.into()]);
    assert_eq!(made.heard(vec![heading, rest]), "kop 1: Titel\nRest\n");
}

#[test]
fn artifacts_are_never_read() {
    let content = line(
        "/Artifact BMC (kopregel) Tj EMC /Artifact <</Type /Pagination>> BDC (7) Tj EMC \
         /P <</MCID 0>> BDC (wel) Tj /Artifact BMC (niet) Tj EMC ( dit) Tj EMC \
         /Artifact BMC /P <</MCID 1>> BDC (ook niet) Tj EMC EMC",
    );
    let mut made = Made::new(&[&content]);
    let p = made.plain("P", vec![0.into(), 1.into()]);
    let hidden = made.plain("Artifact", vec![0.into()]);
    assert_eq!(made.heard(vec![p, hidden]), "wel dit\n");
}

#[test]
fn what_the_structure_does_not_lead_to_is_not_read() {
    let content = line(
        "(los) Tj /P <</MCID 0>> BDC (wel) Tj EMC /P <</MCID 1>> BDC (vergeten) Tj EMC /P BMC \
         (naamloos) Tj EMC",
    );
    assert_eq!(paragraph(&content), "wel\n");
}

#[test]
fn lists_have_labels_and_lists_in_them() {
    let words = ["1.", "Lever aan.", "2.", "Kies:", "tekeningen", "foto's"];
    let shows: Vec<String> = words
        .iter()
        .enumerate()
        .map(|(at, words)| format!("/X <</MCID {at}>> BDC ({words}) Tj EMC 0 -12 Td"))
        .collect();
    let mut made = Made::new(&[&line(&shows.join(" "))]);
    let mark = |at: i64| vec![Object::Integer(at)];
    let entry = |made: &mut Made, label: Option<i64>, inner: Vec<Object>| {
        let body = made.plain("LBody", inner);
        let mut kids = Vec::new();
        if let Some(label) = label {
            kids.push(made.plain("Lbl", mark(label)));
        }
        kids.push(body);
        made.plain("LI", kids)
    };
    let first = made.plain("P", mark(1));
    let first = entry(&mut made, Some(0), vec![first]);
    let inner = [4, 5].map(|at| entry(&mut made, None, mark(at)));
    let inner = made.plain("L", inner.to_vec());
    let second = made.plain("P", mark(3));
    let second = entry(&mut made, Some(2), vec![second, inner]);
    let list = made.plain("L", vec![first, second]);
    assert_eq!(
        made.heard(vec![list]),
        "lijst met 2 onderdelen\n\
         \x20 1. Lever aan.\n\
         \x20 2. Kies:\n\
         \x20 lijst met 2 onderdelen\n\
         \x20   • tekeningen\n\
         \x20   • foto's\n"
    );
}

#[test]
fn cells_are_counted_over_spans() {
    let shows: String = (0..6).map(|at| format!("/X <</MCID {at}>> BDC (c{at}) Tj EMC ")).collect();
    let mut made = Made::new(&[&line(&shows)]);
    let mark = |at: i64| vec![Object::Integer(at)];
    let caption = made.plain("Caption", mark(0));
    let wide = dictionary! { "A" => dictionary! { "O" => name("Table"), "ColSpan" => 2 } };
    let high =
        dictionary! { "A" => vec![dictionary! { "O" => name("Table"), "RowSpan" => 2 }.into()] };
    let head = [made.element("TH", mark(1), high), made.element("TH", mark(2), wide)];
    let head = made.plain("TR", head.to_vec());
    let head = made.plain("THead", vec![head]);
    let row = [made.plain("TD", mark(3)), made.plain("TD", vec![])];
    let row = made.plain("TR", row.to_vec());
    let last = [made.plain("TH", mark(4)), made.plain("TD", mark(5))];
    let last = made.plain("TR", last.to_vec());
    let body = made.plain("TBody", vec![row, last]);
    let table = made.plain("Table", vec![caption, head, body]);
    assert_eq!(
        made.heard(vec![table]),
        "tabel met 3 rijen en 3 kolommen\n\
         \x20 bijschrift: c0\n\
         \x20 rij 1, kolom 1 (kop): c1\n\
         \x20 rij 1, kolom 2 (kop): c2\n\
         \x20 rij 2, kolom 2: c3\n\
         \x20 rij 2, kolom 3: leeg\n\
         \x20 rij 3, kolom 1 (kop): c4\n\
         \x20 rij 3, kolom 2: c5\n"
    );
}

#[test]
fn links_say_where_they_lead() {
    let shows: String = ["Zie ", "de site", " of ", "blad 2", ".", "los"]
        .iter()
        .enumerate()
        .map(|(at, words)| format!("/X <</MCID {at}>> BDC ({words}) Tj EMC "))
        .collect();
    let mut made = Made::new(&[&line(&shows), ""]);
    let reference = |made: &mut Made, more: Dictionary| -> Object {
        let mut link = dictionary! { "Type" => name("Annot"), "Subtype" => name("Link") };
        link.extend(&more);
        let link = made.pdf.add_object(link);
        dictionary! { "Type" => name("OBJR"), "Obj" => link }.into()
    };
    let site = dictionary! { "S" => name("URI"), "URI" => Object::string_literal("https://a.nl") };
    let site = dictionary! { "A" => site, "Contents" => text("de site van A") };
    let site = reference(&mut made, site);
    let destination = vec![made.pages[1].into(), name("Fit")];
    let names = dictionary! { "Names" => vec![text("blad"), Object::Array(destination)] };
    let names = made.pdf.add_object(dictionary! { "Kids" => vec![names.into()] });
    made.catalog().set("Names", dictionary! { "Dests" => names });
    let page = reference(&mut made, dictionary! { "Dest" => text("blad") });
    let first = made.plain("Link", vec![1.into(), site.clone()]);
    let second = made.plain("Link", vec![3.into(), page]);
    let p = made.plain("P", vec![0.into(), first, 2.into(), second, 4.into()]);
    let wordless = made.plain("Link", vec![site]);
    let alone = made.plain("P", vec![wordless]);
    assert_eq!(
        made.heard(vec![p, alone]),
        "Zie [koppeling: de site (https://a.nl)] of [koppeling: blad 2 (pagina 2)].\n\
         koppeling: de site van A (https://a.nl)\n"
    );
}

#[test]
fn forms_are_read_where_they_are_drawn_or_by_their_own_sequences() {
    let content = line("/P <</MCID 0>> BDC (voor ) Tj ET /X Do BT /F 10 Tf ( na) Tj EMC");
    let mut made = Made::new(&[&content]);
    let form = |more: Dictionary, content: String| {
        let mut dict = dictionary! { "Type" => name("XObject"), "Subtype" => name("Form") };
        dict.extend(&more);
        Stream::new(dict, content.into_bytes())
    };
    let plain = made.pdf.add_object(form(Dictionary::new(), line("(in de vorm) Tj")));
    made.set_resource("XObject", "X", plain.into());
    let p = made.plain("P", vec![0.into()]);
    assert_eq!(made.heard(vec![p]), "voor in de vorm na\n");

    let mut made = Made::new(&["/X Do /X Do"]);
    let own = form(dictionary! { "StructParents" => 1 }, line("/P <</MCID 0>> BDC (eigen) Tj EMC"));
    let own = made.pdf.add_object(own);
    made.set_resource("XObject", "X", own.into());
    let mark = dictionary! { "Type" => name("MCR"), "Stm" => own, "MCID" => 0 };
    let p = made.plain("P", vec![mark.into()]);
    let none = made.plain("P", vec![0.into()]);
    assert_eq!(made.heard(vec![p, none]), "eigen\n");
}

#[test]
fn codes_of_two_bytes_become_letters_ligatures_and_soft_hyphens() {
    let content = "BT /C 10 Tf /P <</MCID 0>> BDC <00010061> Tj [<0010>-20<0011 0062 0002>] TJ \
                   0 -12 Td <0063> Tj EMC ET";
    assert_eq!(paragraph(content), "fiaĲ bc\n");
}

#[test]
fn property_lists_may_have_names() {
    let mut made = Made::new(&[&line("/P /Lijst BDC (genoemd) Tj EMC")]);
    let list = made.pdf.add_object(dictionary! { "MCID" => 4 });
    made.set_resource("Properties", "Lijst", list.into());
    let p = made.plain("P", vec![4.into()]);
    assert_eq!(made.heard(vec![p]), "genoemd\n");
}

#[test]
fn words_without_known_characters_are_an_error_only_where_they_are_read() {
    let content = "BT /M 10 Tf /P <</MCID 0>> BDC <0041> Tj EMC /Figure <</MCID 1>> BDC <0041> Tj \
                   EMC /P <</MCID 2 /ActualText (wel)>> BDC <0041> Tj EMC ET";
    let mut made = Made::new(&[content]);
    let figure = made.element("Figure", vec![1.into()], dictionary! { "Alt" => text("Een A") });
    let spelled = made.plain("P", vec![2.into()]);
    assert_eq!(made.heard(vec![figure.clone(), spelled]), "afbeelding: Een A\nwel\n");
    let p = made.plain("P", vec![0.into()]);
    let error = pdf::read_aloud(&made.bytes(vec![figure, p])).unwrap_err();
    let unknown = ReadError::UnknownText { font: "ABCDEF+Stom".to_owned(), page: 1 };
    assert_eq!(error, unknown);
    assert!(error.to_string().contains("neither a ToUnicode map nor"), "{error}");
}
