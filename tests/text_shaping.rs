//! Shaping of the real faces: ligatures, kerning, features, missing characters.

mod text_support;

use drukklaar::base::Abs;
use drukklaar::diag::{Code, Location, Severity};
use drukklaar::theme::CharStyle;
use text_support::*;

fn ids(text: &str, style: CharStyle) -> Vec<u16> {
    let line = Builder::styled(text, style).build().line();
    runs(&line).iter().flat_map(|run| run.glyphs.iter().map(|g| g.id)).collect()
}

#[test]
fn a_ligature_stands_for_its_letters() {
    // Barlow has a glyph for fi.
    let line = Builder::styled("fijn", style(&face("Barlow", "medium"))).build().line();
    let [run] = runs(&line)[..] else { panic!("one run") };
    assert_eq!(run.text, "fijn");
    let clusters: Vec<_> =
        run.glyphs.iter().map(|g| &run.text[g.text_start as usize..g.text_end as usize]).collect();
    assert_eq!(clusters, ["fi", "j", "n"]);
}

#[test]
fn pairs_are_kerned() {
    let width = |text| Builder::new(text).build().line().width;
    assert!(width("AV") < width("A") + width("V"));
    assert!(width("To") < width("T") + width("o"));
}

#[test]
fn features_change_glyphs() {
    let plain = style(&regular());
    let with = |tag| CharStyle { features: vec![feature(tag)], ..style(&regular()) };
    assert_ne!(ids("2024", plain.clone()), ids("2024", with(b"onum")));
    assert_ne!(ids("mkb", plain.clone()), ids("mkb", with(b"smcp")));
    let width = |text, style| Builder::styled(text, style).build().line().width;
    assert_ne!(width("1111", with(b"pnum")), width("0000", with(b"pnum")));
    assert_eq!(width("1111", with(b"tnum")), width("0000", with(b"tnum")));
}

#[test]
fn a_missing_character_is_an_error_at_its_place() {
    let built = Builder::new("eerste regel\nprijs 漢 en é").build();
    let (_, diags) = built.paragraph(Abs::pt(300.0));
    let [diag] = diags.iter().collect::<Vec<_>>()[..] else { panic!("{diags:?}") };
    assert_eq!(diag.code, Code::MISSING_GLYPH);
    assert_eq!(diag.severity, Severity::Error);
    assert!(diag.message.contains("U+6F22"), "{}", diag.message);
    assert!(!diag.hints.is_empty());
    assert_eq!(built.files.location(diag.span), Location { line: 2, column: 7 });
    assert_eq!(built.files.snippet(diag.span), "漢");
}

#[test]
fn each_stretch_of_missing_characters_is_reported() {
    let (_, diags) = Builder::new("漢 漢 漢漢").build().paragraph(Abs::pt(300.0));
    assert_eq!(diags.errors(), 3);
}

#[test]
fn a_fallback_font_sets_what_the_first_lacks_with_one_warning() {
    // Source Sans 3 has the arrow, Barlow Medium has not.
    let (barlow, source) = (face("Barlow", "medium"), regular());
    let has = |font: &drukklaar::assets::Font| font.glyph('→').is_some();
    assert!(has(&source) && !has(&barlow), "the faces suit the test");
    let look = CharStyle { fonts: vec![barlow, source], ..style(&regular()) };
    let built = Builder::styled("van →→ naar →", look).build();
    let (lines, diags) = built.paragraph(Abs::pt(300.0));
    let [diag] = diags.iter().collect::<Vec<_>>()[..] else { panic!("{diags:?}") };
    assert_eq!((diag.code, diag.severity), (Code::FONT_FALLBACK, Severity::Warning));
    assert_eq!(built.files.location(diag.span), Location { line: 1, column: 5 });
    let texts: Vec<_> = runs(&lines[0])
        .iter()
        .map(|run| (run.font.postscript_name.as_str(), run.text.as_str()))
        .collect();
    assert_eq!(
        texts,
        [
            ("Barlow-Medium", "van "),
            ("SourceSans3-Regular", "→→"),
            ("Barlow-Medium", " naar "),
            ("SourceSans3-Regular", "→"),
        ]
    );
}

#[test]
fn a_no_break_hyphen_looks_like_a_hyphen_and_stays_itself() {
    let line = Builder::styled("mkb\u{2011}er", style(&face("Barlow", "medium"))).build().line();
    assert_eq!(shown(&line), "mkb\u{2011}er");
    let plain = Builder::styled("mkb-er", style(&face("Barlow", "medium"))).build().line();
    assert_eq!(line.width, plain.width);
}

#[test]
fn letters_with_combining_marks_are_found() {
    let composed = Builder::new("één").build().line();
    let apart = Builder::new("e\u{301}e\u{301}n").build().line();
    assert_eq!(composed.width, apart.width);
    assert_eq!(shown(&apart), "e\u{301}e\u{301}n");
}
