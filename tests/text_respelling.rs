//! Dutch words whose letters change where they are broken: what a line shows,
//! and what its text says.

mod text_support;

use drukklaar::base::{Abs, Em, Lang};
use drukklaar::document::{Glyph, GlyphKind, GlyphRun};
use drukklaar::text::Line;
use drukklaar::theme::{Align, CharStyle};
use text_support::*;

/// The numbers of a line's glyphs.
fn ids(line: &Line) -> Vec<u16> {
    runs(line).iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.id).collect()
}

/// The numbers of the glyphs of a text set as it is.
fn ids_of(text: &str, style: &CharStyle) -> Vec<u16> {
    ids(&Builder::styled(text, style.clone()).build().line())
}

/// The words of each glyph of a line.
fn clusters(line: &Line) -> Vec<String> {
    let words =
        |run: &GlyphRun, g: &Glyph| run.text[g.text_start as usize..g.text_end as usize].to_owned();
    runs(line).into_iter().flat_map(|run| run.glyphs.iter().map(move |g| words(run, g))).collect()
}

/// A word set so narrow that it is broken at each of its places.
fn broken(word: &str, style: &CharStyle) -> (Built, Vec<Line>) {
    let built = Builder::styled(word, style.clone()).align(Align::Left).build();
    let lines = built.paragraph(Abs::pt(1.0)).0;
    (built, lines)
}

#[test]
fn lines_show_the_new_letters_and_keep_the_old_text() {
    let style = style(&regular());
    // The word, what its lines show, and the words of the glyphs at the break.
    let cases = [
        ("reëel", ["re-", "eel"], "e", "ë"),
        ("ree\u{308}el", ["re-", "eel"], "e", "e\u{308}"),
        ("zeeën", ["zee-", "en"], "e", "ë"),
        ("taxietje", ["taxi-", "tje"], "ie", "t"),
        ("omaatjes", ["oma-", "tjes"], "aa", "t"),
        ("baby’tje", ["baby-", "tje"], "y’", "t"),
        ("baby'tje", ["baby-", "tje"], "y'", "t"),
        ("be\u{AD}ëdigen", ["be-", "edigen"], "e", "ë"),
        ("überhaupt", ["über-", "haupt"], "r", "h"),
    ];
    for (word, expected, last, first) in cases {
        let (built, lines) = broken(word, &style);
        assert_eq!(lines.len(), 2, "{word}");
        for (line, set) in lines.iter().zip(expected) {
            assert_eq!(ids(line), ids_of(set, &style), "{word}: {set}");
        }
        let before = clusters(&lines[0]);
        assert_eq!(before[before.len() - 2..], [last, "-"], "{word}");
        assert_eq!(clusters(&lines[1])[0], first, "{word}");
        assert_eq!(joined(&lines), word.replace('\u{AD}', ""), "{word}");
        for line in &lines {
            for run in runs(line) {
                for glyph in run.glyphs.iter().filter(|g| g.kind == GlyphKind::Plain) {
                    let words = &run.text[glyph.text_start as usize..glyph.text_end as usize];
                    let place = built.files.snippet(glyph.span).replace('\u{AD}', "");
                    assert_eq!(place, words, "{word}");
                }
            }
        }
    }
}

#[test]
fn a_word_may_change_at_both_ends_of_a_line() {
    let style = style(&regular());
    let built = Builder::styled("aloëetje", style.clone()).align(Align::Left).build();
    let lines = built.paragraph(Abs::pt(1.0)).0;
    let set: Vec<_> = lines.iter().map(ids).collect();
    // The *ë* between two breaks has one *e* of the word.
    assert_eq!(set, ["alo-", "e-", "tje"].map(|piece| ids_of(piece, &style)));
    assert_eq!(joined(&lines), "aloëetje");
}

#[test]
fn a_line_that_is_not_broken_there_keeps_the_spelling() {
    let style = style(&regular());
    for word in ["reëel", "cafeetje", "baby’tje"] {
        let built = Builder::styled(word, style.clone()).build();
        let lines = built.lines(Abs::pt(200.0));
        assert_eq!(lines.len(), 1);
        assert_eq!(ids(&lines[0]), ids_of(word, &style));
    }
    let (_, lines) = broken("cafeetje", &style);
    let set: Vec<_> = lines.iter().map(ids).collect();
    assert_eq!(set, ["ca-", "fé-", "tje"].map(|piece| ids_of(piece, &style)));
    assert_eq!(shown(&lines[1]), "fee-");
}

#[test]
fn widths_are_those_of_the_letters_set() {
    let plain = style(&face("Barlow", "medium"));
    let tracked = CharStyle { tracking: Em::new(0.1), ..plain.clone() };
    for style in [plain, tracked] {
        for word in ["taxietje", "baby’tje", "omaatje", "aloëetje", "reëel"] {
            let (built, lines) = broken(word, &style);
            let set = ["taxi-", "baby-", "oma-", "alo-", "e-", "re-", "eel", "tje"];
            for line in &lines {
                let same = set.iter().find(|set| ids_of(set, &style) == ids(line));
                let alone = Builder::styled(same.expect("a piece"), style.clone());
                assert_eq!(alone.build().line().width, line.width, "{word}");
            }
            // The line breaker's widths are those that are set.
            let widest = lines.iter().map(|line| line.width).max();
            assert_eq!(Some(built.widths().0), widest, "{word}");
        }
    }
}

#[test]
fn justified_lines_with_new_letters_end_at_the_measure() {
    let text = "De coöperatie wil de geïnvesteerde middelen voor de reïntegratie van cliënten \
        beëindigen en de financiële variëteit van de industriële coördinatie recreëren, zoals \
        de geïnteresseerde patiënten in het cafeetje van de coöperatieve provinciën beïnvloeden.";
    let mut changed = 0;
    for points in 90..170 {
        let measure = Abs::pt(f64::from(points));
        let built = Builder::new(text).build();
        let lines = built.paragraph(measure).0;
        assert_eq!(joined(&lines), text);
        for pair in lines.windows(2) {
            changed += usize::from(clusters(&pair[1])[0].starts_with(['ë', 'ï', 'ö']));
            if pair[0].ratio < 3.02 && pair[0].ratio > -1.0 && shown(&pair[0]).contains(' ') {
                assert_eq!(pair[0].width, measure, "{}", shown(&pair[0]));
            }
        }
    }
    assert!(changed > 0, "no line starts with a letter that lost its trema");
}

#[test]
fn letters_of_two_looks_do_not_change() {
    // The doubled vowel is half bold: the word has no place there.
    let bold = style(&face("Source Sans 3", "semibold"));
    let plain = style(&regular());
    let built = Builder::styled("cafe", plain.clone()).then("etje", bold.clone());
    let lines = built.align(Align::Left).build().paragraph(Abs::pt(1.0)).0;
    assert_eq!(lines.iter().map(shown).collect::<Vec<_>>(), ["ca-", "feetje"]);
    // Here all that changes is bold.
    let built = Builder::styled("ge", plain.clone()).then("coördineerd", bold.clone());
    let lines = built.align(Align::Left).build().paragraph(Abs::pt(1.0)).0;
    assert_eq!(lines.iter().map(shown).collect::<Vec<_>>().concat(), "ge-co-ör-di-neerd");
    assert_eq!(ids(&lines[2]), ids_of("or-", &bold));
}

#[test]
fn other_languages_keep_their_letters() {
    for lang in [Lang::En, Lang::De] {
        let style = style(&regular());
        for word in ["coördination", "reëel", "cafeetje", "baby’tje", "co\u{AD}ördination"] {
            let built = Builder::styled(word, style.clone()).lang(lang).align(Align::Left).build();
            let lines = built.paragraph(Abs::pt(1.0)).0;
            for line in &lines {
                assert_eq!(ids(line), ids_of(&shown(line), &style), "{word}");
            }
        }
    }
}
