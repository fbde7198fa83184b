//! Shaping and setting of paragraphs: `cargo bench --bench text`.
//!
//! One iteration sets forty paragraphs, about as much as a brochure has.

use divan::Bencher;
use drukklaar::assets::Assets;
use drukklaar::base::{Abs, Em, Lang};
use drukklaar::color::Color;
use drukklaar::diag::{Diagnostics, Files, SourceFile, Span};
use drukklaar::source::Text;
use drukklaar::text::Typesetter;
use drukklaar::theme::{Align, CharStyle, ParaStyle, StyledRun, StyledText};
use std::sync::Arc;

fn main() {
    divan::main();
}

const SENTENCES: [&str; 8] = [
    "De provincie ondersteunt ondernemers in de maakindustrie met kennis, netwerken en geld.",
    "Samen met de mkb-maakbedrijven werken we aan slimme oplossingen voor de energietransitie.",
    "Regeldruk verminderen begint bij het schrappen van vergunningen die niemand meer nodig heeft.",
    "Vakmensen zijn schaars; scholen en bedrijven zoeken elkaar daarom al in het eerste jaar op.",
    "Kijk op www.smartindustry.nl/regio/flevoland voor de agenda van de komende maanden.",
    "Voor €\u{a0}40 miljoen kan een bedrijventerrein worden verduurzaamd, zo blijkt uit onderzoek.",
    "Circulaire product-/procesinnovatie vraagt om een lange adem en om durf van bestuurders.",
    "Wie investeert in techniek, investeert in de werkgelegenheid van de komende generatie.",
];

/// Paragraphs of five sentences each.
#[expect(clippy::expect_used, reason = "a benchmark without the face must fail")]
fn paragraphs(align: Align) -> Vec<StyledText> {
    let font = Assets::new().builtin_font("Source Sans 3", "regular").expect("a face");
    let style = Arc::new(CharStyle {
        fonts: vec![font],
        size: Abs::pt(9.5),
        color: Color::BLACK,
        features: Vec::new(),
        tracking: Em::new(0.0),
        highlight: None,
    });
    let para = Arc::new(ParaStyle {
        leading: Abs::pt(13.0),
        align,
        lang: Lang::Nl,
        hyphenate: true,
        protrusion: true,
        expansion: 20,
        initialisms: true,
    });
    let mut files = Files::new();
    let file = files.add(Arc::new(SourceFile::new("bench.toml", "")));
    (0..40)
        .map(|number| {
            let words: Vec<_> =
                (0..5).map(|sentence| SENTENCES[(number * 3 + sentence) % 8]).collect();
            let text = Text::verbatim(words.join(" "), Span::new(file, 0, 1_000_000));
            let run = StyledRun {
                text,
                style: Arc::clone(&style),
                link: None,
                voice: Default::default(),
            };
            StyledText { runs: vec![run], para: Arc::clone(&para) }
        })
        .collect()
}

fn set(typesetter: &mut Typesetter, texts: &[StyledText]) -> usize {
    let mut diags = Diagnostics::new();
    texts.iter().map(|text| typesetter.paragraph(text, Abs::mm(82.0), &mut diags).len()).sum()
}

/// Every word is shaped, since the typesetter is new.
#[divan::bench]
fn paragraphs_cold(bencher: Bencher) {
    let texts = paragraphs(Align::Justify);
    bencher.bench_local(|| set(&mut Typesetter::new(), &texts));
}

/// All words have been shaped before.
#[divan::bench(args = [Align::Justify, Align::Left])]
fn paragraphs_warm(bencher: Bencher, align: Align) {
    let texts = paragraphs(align);
    let mut typesetter = Typesetter::new();
    set(&mut typesetter, &texts);
    bencher.bench_local(|| set(&mut typesetter, &texts));
}

/// Shaping, break places and widths without breaking and setting.
#[divan::bench]
fn widths_warm(bencher: Bencher) {
    let texts = paragraphs(Align::Justify);
    let mut typesetter = Typesetter::new();
    let mut diags = Diagnostics::new();
    bencher.bench_local(move || {
        texts.iter().map(|text| typesetter.widths(text, &mut diags).1).sum::<Abs>()
    });
}

/// Two thousand different words, each shaped and measured once.
#[divan::bench]
fn distinct_words_cold(bencher: Bencher) {
    const HEADS: [&str; 12] = [
        "energie",
        "maak",
        "kennis",
        "markt",
        "water",
        "techniek",
        "onderwijs",
        "export",
        "haven",
        "streek",
        "klimaat",
        "vakmanschaps",
    ];
    const STEMS: [&str; 14] = [
        "bedrijven",
        "regeling",
        "projecten",
        "subsidie",
        "vernieuwing",
        "samenwerking",
        "opgave",
        "beleid",
        "netwerk",
        "ruimte",
        "afspraken",
        "plannen",
        "verbinding",
        "ontwikkeling",
    ];
    const TAILS: [&str; 12] = [
        "en", "s", "loket", "groep", "fonds", "team", "dag", "huis", "kaart", "jaar", "visie",
        "doel",
    ];
    let mut words = Vec::new();
    for head in HEADS {
        for stem in STEMS {
            words.extend(TAILS.map(|tail| format!("{head}{stem}{tail}")));
        }
    }
    let mut texts = paragraphs(Align::Justify);
    texts.truncate(1);
    texts[0].runs[0].text = Text::made(words.join(" "), texts[0].runs[0].text.span());
    bencher.bench_local(|| Typesetter::new().widths(&texts[0], &mut Diagnostics::new()));
}
