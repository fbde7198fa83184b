//! Lines as they are set: justification, alignment, links, nothing lost.

mod text_support;

use drukklaar::base::{Abs, Em};
use drukklaar::color::Color;
use drukklaar::diag::{Code, Diagnostics};
use drukklaar::document::{GlyphKind, Item, LinkTarget};
use drukklaar::text::{Fit, Line, LineEnd, Typesetter};
use drukklaar::theme::Align;
use proptest::prelude::*;
use text_support::*;

const DUTCH: &str = "De provincie ondersteunt ondernemers in de maakindustrie met subsidies, \
    kennis en netwerken. Samen met de mkb-maakbedrijven werken we aan slimme oplossingen, \
    een sterke arbeidsmarkt en een gezonde leefomgeving voor iedereen in de regio.";

/// The ratio beyond which a line is not stretched.
const LIMIT: f64 = 3.02;

#[test]
fn justified_lines_end_exactly_at_the_measure() {
    for points in [215.0, 200.0, 232.0, 243.3] {
        let measure = Abs::pt(points);
        let lines = Builder::new(DUTCH).build().lines(measure);
        assert!(lines.len() > 3);
        let (last, rest) = lines.split_last().expect("lines");
        let mut set = 0;
        for line in rest {
            // A line that would be loose is left short instead.
            let filled = line.ratio < LIMIT;
            assert!(filled || line.ratio == LIMIT && line.width < measure, "{}", shown(line));
            assert!(!filled || line.width == measure, "{}", shown(line));
            assert_eq!(advance(line), line.width);
            set += usize::from(filled);
        }
        assert!(last.width <= measure);
        assert!(set > 1, "{set} lines fill {points} pt");
        assert!(last.last && !rest.iter().any(|line| line.last));
    }
}

#[test]
fn ragged_lines_keep_the_face_s_spaces_and_are_aligned() {
    let measure = Abs::pt(170.0);
    for (align, share) in [(Align::Left, 0), (Align::Center, 1), (Align::Right, 2)] {
        let lines = Builder::new(DUTCH).align(align).build().lines(measure);
        for line in &lines {
            assert_eq!(line.width, line.natural);
            assert!(line.width <= measure + Abs::sp(64), "{line:?}");
            let x = line.items[0].0.x;
            assert_eq!(x, (measure - line.width) * share / 2);
        }
    }
}

#[test]
fn a_run_ends_without_a_space_and_holds_its_spaces() {
    for line in Builder::new(DUTCH).build().lines(Abs::pt(150.0)) {
        let [run] = runs(&line)[..] else { panic!("one run a line: {line:?}") };
        assert!(!run.text.starts_with(' ') && !run.text.ends_with(' '), "{:?}", run.text);
        let mut end = 0;
        for glyph in &run.glyphs {
            assert_eq!(glyph.text_start, end, "clusters follow each other");
            end = glyph.text_end;
            let words = &run.text[glyph.text_start as usize..glyph.text_end as usize];
            assert_eq!(glyph.kind == GlyphKind::Space, words == " ");
        }
        assert_eq!(end as usize, run.text.len());
    }
}

#[test]
fn every_glyph_knows_its_place_in_the_file() {
    let built = Builder::new("één ").then("twee drie", style(&face("Barlow", "medium"))).build();
    let line = built.line();
    for run in runs(&line) {
        for glyph in &run.glyphs {
            let words = &run.text[glyph.text_start as usize..glyph.text_end as usize];
            assert_eq!(built.files.snippet(glyph.span), words);
        }
    }
    assert_eq!(built.files.snippet(line.span), built.text);
}

#[test]
fn runs_part_where_looks_do_and_join_where_they_do_not() {
    let plain = style(&regular());
    let red = drukklaar::theme::CharStyle { color: Color::Rgb([200, 0, 0]), ..plain.clone() };
    let line = Builder::styled("een ", plain.clone())
        .then("twee ", plain.clone())
        .then("drie", red)
        .build()
        .line();
    let texts: Vec<_> = runs(&line).iter().map(|run| run.text.as_str()).collect();
    assert_eq!(texts, ["een twee ", "drie"]);
    // The second starts where the first ends.
    let [(_, Item::Text(first)), (at, _)] = &line.items[..] else { panic!("two runs") };
    assert_eq!(at.x, first.width());
}

#[test]
fn forced_breaks_end_lines_that_are_not_justified() {
    let built = Builder::new("een twee\u{2028}drie \u{2028}\u{2028} vier").build();
    let lines = built.lines(Abs::pt(200.0));
    let texts: Vec<_> = lines.iter().map(shown).collect();
    assert_eq!(texts, ["een twee", "drie", "", "vier"]);
    let ends: Vec<_> = lines.iter().map(|line| line.end).collect();
    assert_eq!(ends, [LineEnd::Forced, LineEnd::Forced, LineEnd::Forced, LineEnd::Paragraph]);
    assert!(lines.iter().all(|line| line.width == line.natural && line.ascent > Abs::ZERO));
}

#[test]
fn a_text_without_words_has_no_lines() {
    assert!(Builder::new("").build().lines(Abs::pt(100.0)).is_empty());
    assert!(Builder::new("  ").build().lines(Abs::pt(100.0)).is_empty());
}

#[test]
fn line_never_breaks() {
    let line = Builder::new("een\u{2028}twee drie").align(Align::Right).build().line();
    assert_eq!(shown(&line), "een twee drie");
    assert_eq!(line.items[0].0.x, Abs::ZERO);
}

#[test]
fn tracking_follows_every_glyph_but_the_last() {
    let plain = style(&regular());
    let tracked = drukklaar::theme::CharStyle { tracking: Em::new(0.1), ..plain.clone() };
    let narrow = Builder::styled("ab cd", plain).align(Align::Left).build();
    let wide = Builder::styled("ab cd", tracked.clone()).align(Align::Left).build();
    let extra = wide.line().width - narrow.line().width;
    assert_eq!(extra, Abs::pt(4.0));
    assert_eq!(wide.widths().1, wide.line().width);
    // No ligature, which would stand closer than the rest.
    let line = Builder::styled("fi", tracked).build().line();
    assert_eq!(runs(&line)[0].glyphs.len(), 2);
}

#[test]
fn ij_is_one_letter_to_tracking() {
    let tracked = drukklaar::theme::CharStyle { tracking: Em::new(0.1), ..style(&regular()) };
    let extra = |text: &str| {
        let narrow = Builder::new(text).build().line().width;
        Builder::styled(text, tracked.clone()).build().line().width - narrow
    };
    assert_eq!(extra("IJS"), Abs::pt(1.0));
    assert_eq!(extra("ITS"), Abs::pt(2.0));
}

#[test]
fn a_typesetter_can_go_to_another_thread() {
    fn sendable<T: Send>() {}
    sendable::<Typesetter>();
}

#[test]
fn links_cover_their_words_in_each_line() {
    let plain = style(&regular());
    let url = "https://www.flevoland.nl";
    let built = Builder::new("Lees meer bij ")
        .linked("de provincie Flevoland", plain.clone(), url)
        .then(" over subsidies.", plain)
        .build();
    let line = built.line();
    let [(at, link)] = links(&line)[..] else { panic!("one link") };
    assert_eq!(link.target, LinkTarget::Url(url.to_owned()));
    assert_eq!(link.words, "de provincie Flevoland");
    assert_eq!(built.files.snippet(link.span), "de provincie Flevoland");
    assert_eq!(at.y, -line.ascent);
    assert_eq!(link.size.height, line.ascent + line.descent);
    let [before, words, _] = runs(&line)[..] else { panic!("three runs") };
    assert_eq!(at.x, before.width());
    assert_eq!(link.size.width, words.width());

    let lines = built.lines(Abs::pt(90.0));
    let words: Vec<_> = lines.iter().flat_map(links).map(|(_, link)| link.words.as_str()).collect();
    assert!(words.len() > 1, "{words:?}");
    assert_eq!(words.concat().replace(' ', ""), "deprovincieFlevoland");
}

#[test]
fn a_word_wider_than_the_measure_is_an_error_at_its_place() {
    let built = Builder::new("Dit is 12345678901234567890 breed.").build();
    let (lines, diags) = built.paragraph(Abs::mm(20.0));
    let [diag] = diags.iter().collect::<Vec<_>>()[..] else { panic!("{diags:?}") };
    assert_eq!(diag.code, Code::TOO_WIDE);
    assert_eq!(built.files.snippet(diag.span), "12345678901234567890");
    assert!(diag.message.contains("12345678901234567890") && diag.message.contains("20.0 mm"));
    assert_eq!(joined(&lines), built.text);
}

#[test]
fn a_part_that_is_too_wide_is_shown_with_its_word() {
    let built = Builder::new("in een kwaliteits\u{AD}plan").align(Align::Left).build();
    let (_, diags) = built.paragraph(Abs::mm(12.0));
    let first = diags.iter().next().expect("an error");
    assert_eq!(built.files.snippet(first.span), "kwaliteits\u{AD}");
    assert!(first.message.contains("‘kwaliteits’, a part of ‘kwaliteitsplan’, is"), "{first:?}");
}

#[test]
fn words_of_two_looks_are_hyphenated_as_one() {
    let bold = style(&face("Source Sans 3", "semibold"));
    let built = Builder::new("een samen").then("werkings", bold).then("verband", style(&regular()));
    let built = built.align(Align::Left).build();
    let (lines, _) = built.paragraph(Abs::pt(1.0));
    let texts: Vec<_> = lines.iter().map(shown).collect();
    assert_eq!(texts, ["een", "sa-", "men-", "wer-", "kings-", "ver-", "band"]);
    let whole = built.line();
    assert_eq!(runs(&whole).len(), 3);
    assert_eq!(built.lines(built.widths().1).len(), 1);
}

#[test]
fn lines_that_would_gape_stay_short() {
    let measure = Abs::pt(140.0);
    let lines = Builder::new("de provinciaal hoofdstructuurvisieontwikkeling")
        .unhyphenated()
        .build()
        .lines(measure);
    let line = &lines[0];
    let [run] = runs(line)[..] else { panic!("one run") };
    let space = run.glyphs.iter().find(|g| g.kind == GlyphKind::Space).expect("a space");
    assert!(line.width < measure && line.ratio > 1.0, "{line:?}");
    assert!(space.advance < Abs::pt(10.0), "{space:?}");
}

#[test]
fn the_natural_width_fits_on_one_line_and_the_least_width_holds_every_part() {
    let built = Builder::new(DUTCH).align(Align::Left).build();
    let (least, natural) = built.widths();
    assert_eq!(built.lines(natural).len(), 1);
    assert!(built.paragraph(least).1.is_empty());
    let codes: Vec<_> = built.paragraph(least - Abs::pt(0.5)).1.iter().map(|d| d.code).collect();
    assert!(codes.contains(&Code::TOO_WIDE));
}

#[test]
fn the_order_of_work_does_not_show() {
    let texts = [DUTCH, "Regeldruk verminderen", "affiniteit met de provincie"];
    let built: Vec<_> = texts.iter().map(|text| Builder::new(text).build()).collect();
    let alone: Vec<_> = built.iter().map(|b| format!("{:?}", b.lines(Abs::pt(120.0)))).collect();
    let mut typesetter = Typesetter::new();
    for index in [2, 0, 1, 0, 2] {
        let mut diags = Diagnostics::new();
        let lines = typesetter.paragraph(&built[index].styled, Abs::pt(120.0), &mut diags);
        assert_eq!(format!("{lines:?}"), alone[index]);
    }
}

/// Words as they occur in Dutch, with all that may stand around them.
fn words() -> impl Strategy<Value = Vec<String>> {
    let syllable = prop::sample::select(vec![
        "ver", "ant", "woor", "de", "lijk", "heid", "ge", "mee", "schap", "on", "der", "ne",
        "mers", "fi", "nan", "ciën", "ij", "ffe", "ë", "aan", "té", "AV", "To", "coö", "autootje",
        "baby", "cafeetje",
    ]);
    let word = prop::collection::vec(syllable, 1..7).prop_map(|s| s.concat());
    let end = prop::sample::select(vec!["", "", "", ",", ".", "!", "’s", "’tje", "-"]);
    let whole = (word.clone(), word, 0..9u8, end).prop_map(|(a, b, kind, end)| match kind {
        0 => format!("{a}-{b}{end}"),
        1 => format!("{a}\u{AD}{b}{end}"),
        2 => format!("{a}/{b}{end}"),
        3 => format!("‘{a}’{end}"),
        4 => format!("({a}{end})"),
        5 => format!("https://www.{a}.nl/{b}"),
        6 => format!("€\u{A0}40\u{A0}{a}"),
        _ => format!("{a}{end}"),
    });
    prop::collection::vec(whole, 1..60)
}

/// Anything an author may paste, with much of what this module treats specially.
fn any_text() -> impl Strategy<Value = String> {
    let special = prop::sample::select(vec![
        "\u{AD}",
        "\u{200B}",
        "\u{A0}",
        "\u{2028}",
        "\u{202F}",
        "\u{2011}",
        "\u{200D}",
        "\u{301}",
        " ",
        " ",
        "  ",
        "\n",
        "-",
        "–",
        "/",
        "https://",
        "www.",
        "@",
        ".",
        ".nl",
        "(",
        "’",
        "fi",
        "IJ",
        "漢",
        "é",
        "e\u{301}",
        "👍🏽",
        "\u{5D0}",
        "straatjes",
        "\u{308}",
        "coe",
        "reëel",
        "aloëetje",
        "lobby’tje",
        "'tje",
        "verantwoordelijkheid",
        "\u{FEFF}",
    ]);
    let piece = prop_oneof![4 => special.prop_map(str::to_owned), 1 => any::<String>()];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() })]

    #[test]
    fn nothing_is_lost_or_moved(words in words(), measure in 60.0..300.0f64, justify: bool) {
        let text = words.join(" ");
        let align = if justify { Align::Justify } else { Align::Left };
        let built = Builder::new(&text).align(align).build();
        let (lines, _) = built.paragraph(Abs::pt(measure));
        prop_assert_eq!(joined(&lines), text.replace('\u{AD}', ""));
        for line in &lines {
            prop_assert_eq!(line.width, advance(line));
            prop_assert_eq!(runs(line).len(), 1);
            let spaced = shown(line).contains([' ', '\u{A0}']);
            let stretched = line.ratio < LIMIT && line.ratio > -1.0;
            if justify && spaced && stretched && line.end != LineEnd::Paragraph {
                prop_assert_eq!(line.width, Abs::pt(measure), "{}", shown(line));
            }
        }
    }

    #[test]
    fn any_text_is_set(text in any_text(), points in -10.0..200.0f64, kind in 0..4usize) {
        let align = [Align::Justify, Align::Left, Align::Center, Align::Right][kind];
        let built = Builder::new(&text).align(align).build();
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let (lines, _) = built.paragraph(Abs::pt(points));
        prop_assert_eq!(letters(&joined(&lines)), letters(&text));
        for line in &lines {
            for run in runs(line) {
                let mut end = 0;
                for glyph in &run.glyphs {
                    prop_assert_eq!(glyph.text_start, end);
                    end = glyph.text_end;
                }
                prop_assert_eq!(end as usize, run.text.len());
            }
        }
        built.widths();
    }

    #[test]
    fn looks_change_anywhere(words in words(), cuts in prop::collection::vec(0..400usize, 0..6), tracked: bool) {
        let text = words.join(" ");
        let mut cuts: Vec<_> = cuts.into_iter().filter(|&at| text.is_char_boundary(at)).collect();
        cuts.extend([0, text.len()]);
        cuts.sort_unstable();
        let mut bold = style(&face("Barlow", "semibold"));
        bold.tracking = Em::new(if tracked { 0.05 } else { 0.0 });
        let mut builder = Builder::new("");
        for (index, cut) in cuts.windows(2).enumerate() {
            let look = if index % 2 == 0 { style(&regular()) } else { bold.clone() };
            builder = builder.then(&text[cut[0]..cut[1]], look);
        }
        let built = builder.align(Align::Left).build();
        let measure = Abs::pt(160.0);
        let (lines, diags) = built.paragraph(measure);
        prop_assert_eq!(joined(&lines), text.replace('\u{AD}', ""));
        for line in &lines {
            // Rounding is a few scaled points for each part of the line.
            prop_assert!(!diags.is_empty() || line.width <= measure + Abs::sp(64), "{line:?}");
        }
        let (least, natural) = built.widths();
        let (lines, diags) = built.paragraph(least);
        prop_assert!(diags.is_empty(), "{diags:?}");
        let widest = lines.iter().map(|line| line.width).max().unwrap_or_default();
        prop_assert!(widest <= least + Abs::sp(64));
        prop_assert!((built.line().width - natural).abs() <= Abs::sp(64));
    }
}

/// What makes copy fit changes letters alone: gaps keep their limits, and lines
/// their measure.
#[test]
fn fitting_copy_leaves_the_spaces_alone() {
    let measure = Abs::pt(232.0);
    let mut built = Builder::new(DUTCH);
    (built.para.protrusion, built.para.expansion) = (true, 20);
    let built = built.build();
    for (tracking, expansion) in [(10, 20), (-10, -20), (5, 0)] {
        let mut setter = Typesetter::new();
        setter.fit(Fit { tracking: Em::new(f64::from(tracking) / 1000.0), expansion });
        let lines = setter.paragraph(&built.styled, measure, &mut Diagnostics::new());
        for line in lines.iter().filter(|line| line.facts.justified) {
            let hang = line.facts.protrusion.0 + line.facts.protrusion.1;
            let off = (line.width - measure - hang).abs();
            assert!(line.ratio >= LIMIT || off <= Abs::pt(0.901), "{}", shown(line));
            // Source Sans 3's space is a fifth of an em.
            for run in runs(line) {
                assert!(run.expansion.abs() <= 20, "{}", run.expansion);
                for space in run.glyphs.iter().filter(|g| g.kind == GlyphKind::Space) {
                    let gap = space.advance.to_pt() / 2.0;
                    assert!((0.755..1.705).contains(&gap), "{gap}: {}", shown(line));
                }
            }
        }
        let mut plain = Typesetter::new();
        plain.fit(Fit::default());
        let text = Builder::new("een twee").align(Align::Left).build();
        let line = |setter: &mut Typesetter| setter.line(&text.styled, &mut Diagnostics::new());
        let (fitted, plain) = (line(&mut setter), line(&mut plain));
        let space = |line: &Line| {
            let run = runs(line)[0];
            let space = run.glyphs.iter().find(|g| g.kind == GlyphKind::Space);
            space.expect("a space").advance
        };
        assert_eq!(space(&fitted), space(&plain));
        assert_eq!(fitted.width > plain.width, tracking > 0);
    }
}
