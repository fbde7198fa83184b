//! Where paragraphs break.

mod text_support;

use drukklaar::base::{Abs, Lang};
use drukklaar::document::GlyphKind;
use drukklaar::text::LineEnd;
use drukklaar::theme::Align;
use text_support::*;

/// The word with all its hyphenation points, found by setting it so narrow
/// that it is broken at each of them.
fn hyphenated(word: &str, lang: Lang) -> String {
    let built = Builder::new(word).lang(lang).align(Align::Left).build();
    let (lines, _) = built.paragraph(Abs::pt(1.0));
    lines.iter().map(shown).collect()
}

#[test]
fn dutch_words_hyphenate() {
    for word in [
        "on-der-ne-mers",
        "pro-vin-cie",
        "maak-in-du-strie",
        "in-no-va-tie",
        "ge-meente",
        "sub-si-die",
        "ar-beids-markt",
        "ver-min-de-ren",
        "re-gel-druk",
        "be-drij-ven-ter-rein",
        "di-gi-ta-li-se-ring",
        "op-lei-ding",
        "duur-zaam-heid",
        "leef-om-ge-ving",
        "me-taal",
        "tech-nisch",
        "sa-men-wer-king",
        "eco-no-mie",
        "werk-ne-mers",
        "school",
    ] {
        assert_eq!(hyphenated(&word.replace('-', ""), Lang::Nl), word);
    }
}

#[test]
fn other_languages_have_their_own_patterns() {
    assert_eq!(hyphenated("development", Lang::En), "de-vel-op-ment");
    assert_eq!(hyphenated("Entwicklung", Lang::De), "Ent-wick-lung");
}

#[test]
fn short_words_and_short_ends_stay_whole() {
    assert_eq!(hyphenated("auto", Lang::Nl), "auto");
    assert_eq!(hyphenated("radio", Lang::Nl), "ra-dio");
    assert_eq!(hyphenated("foto’s", Lang::Nl), "foto’s");
    assert_eq!(hyphenated("MKB’er", Lang::Nl), "MKB’er");
}

#[test]
fn the_hyphen_belongs_to_the_line_and_not_to_the_word() {
    let built = Builder::new("verantwoordelijkheid").align(Align::Left).build();
    let lines = built.lines(Abs::pt(50.0));
    assert!(lines.len() > 1);
    for line in &lines[..lines.len() - 1] {
        assert!(line.hyphen);
        assert_eq!(line.end, LineEnd::Hyphen);
        let [run] = runs(line)[..] else { panic!("one run") };
        let last = run.glyphs.last().expect("glyphs");
        assert_eq!(last.kind, GlyphKind::LineEndHyphen);
        assert_eq!(&run.text[last.text_start as usize..], "-");
        assert_eq!(run.glyphs.iter().filter(|g| g.kind == GlyphKind::LineEndHyphen).count(), 1);
    }
    assert_eq!(joined(&lines), "verantwoordelijkheid");
}

#[test]
fn soft_hyphens_show_only_at_a_line_s_end() {
    let built = Builder::new("kwaliteits\u{AD}slag").unhyphenated().align(Align::Left).build();
    assert_eq!(shown(&built.line()), "kwaliteitsslag");
    let lines = built.lines(Abs::pt(50.0));
    let texts: Vec<_> = lines.iter().map(shown).collect();
    assert_eq!(texts, ["kwaliteits-", "slag"]);
    let plain = Builder::new("kwaliteitsslag").build().line();
    assert_eq!(built.line().width, plain.width);
}

#[test]
fn addresses_break_without_a_hyphen() {
    let built = Builder::new("https://www.smartindustry.nl/regio/noord-holland/projecten")
        .align(Align::Left)
        .build();
    for points in [70.0, 90.0, 120.0] {
        let (lines, _) = built.paragraph(Abs::pt(points));
        assert!(lines.len() > 1);
        assert_eq!(joined(&lines), built.text);
        for line in &lines[..lines.len() - 1] {
            assert_eq!(line.end, LineEnd::Joined, "{}", shown(line));
            assert!(!shown(line).ends_with('-'));
        }
    }
}

#[test]
fn no_break_spaces_never_break_but_stretch() {
    let text = "aan € 40 miljoen of 06 - 531 03 896 en 3439 NJ";
    let text = text
        .replace("€ 40 m", "€\u{A0}40\u{A0}m")
        .replace("06 - 531 03 896", "06\u{A0}-\u{A0}531\u{A0}03\u{A0}896")
        .replace("3439 NJ", "3439\u{A0}NJ");
    for points in 20..150 {
        let (lines, _) =
            Builder::new(&text).unhyphenated().build().paragraph(Abs::pt(points.into()));
        for line in &lines {
            let shown = shown(line);
            for whole in
                // Where nothing else fits, the word itself is hyphenated.
                [
                    "€\u{A0}40\u{A0}mil",
                    "06\u{A0}-\u{A0}531\u{A0}03\u{A0}896",
                    "3439\u{A0}NJ",
                ]
            {
                let first = whole.split('\u{A0}').next().expect("a part");
                assert!(!shown.contains(first) || shown.contains(whole), "{shown}");
            }
        }
    }
    let lines = Builder::new("een\u{A0}twee drie vier vijf zes").build().lines(Abs::pt(62.0));
    let [run] = runs(&lines[0])[..] else { panic!("one run") };
    let spaces: Vec<_> =
        run.glyphs.iter().filter(|g| g.kind == GlyphKind::Space).map(|g| g.advance).collect();
    assert!(spaces.len() > 1);
    let (least, most) = (spaces.iter().min(), spaces.iter().max());
    assert!(most.zip(least).is_some_and(|(most, least)| *most - *least <= Abs::sp(1)));
}

#[test]
fn widths_at_a_break_are_those_of_the_pieces_set_apart() {
    // The patterns part these in the middle of a kerned pair or a ligature.
    for (word, size) in [("AVATAR\u{AD}TAVAT", 55.0), ("f\u{AD}ijnstoffen", 6.0)] {
        let built = Builder::styled(word, style(&face("Barlow", "medium")))
            .align(Align::Left)
            .unhyphenated()
            .build();
        let lines = built.paragraph(Abs::pt(size)).0;
        assert_eq!(lines.len(), 2);
        for line in &lines {
            let alone = Builder::styled(&shown(line), style(&face("Barlow", "medium")));
            assert_eq!(alone.build().line().width, line.width);
        }
        let (least, _) = built.widths();
        let widest = lines.iter().map(|line| line.width).max();
        assert_eq!(Some(least), widest);
    }
}

/// The words of each line.
fn ends(built: &Built, measure: Abs) -> Vec<String> {
    built.lines(measure).iter().map(shown).collect()
}

#[test]
fn hyphens_beside_that_of_an_initialism_are_as_cheap_as_others_if_the_house_says_so() {
    let text = "In onze provincie werken de vele mkb-maakbedrijven samen aan slimme oplossingen \
        voor de toekomst, en daar hebben andere mkb-maakbedrijven ook iets aan.";
    let beside = |lines: &[String]| lines.iter().any(|line| line.ends_with("mkb-maak-"));
    // Ragged, as spaces that must be even leave little choice.
    let builder = || Builder::new(text).align(Align::Left);
    let found = (240..1200).filter_map(|measure| {
        let measure = Abs::pt(f64::from(measure) / 4.0);
        let dear = ends(&builder().build(), measure);
        let cheap = ends(&builder().initialisms_as_others().build(), measure);
        (dear != cheap).then(|| (beside(&dear), beside(&cheap)))
    });
    let found: Vec<_> = found.collect();
    assert!(found.contains(&(false, true)), "{found:?}");
    assert!(!found.contains(&(true, false)), "{found:?}");
}
