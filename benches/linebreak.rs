//! Line breaking alone: `cargo bench --bench linebreak`.
//!
//! The paragraphs have the letter widths of a sans serif and the hyphenation
//! points of Dutch text, so that fonts and shaping take no part in the figures.

use divan::{Bencher, black_box};
use drukklaar::base::{Abs, Em};
use drukklaar::linebreak::{Item, Measure, Params, Penalty, break_lines, finish, variants};

fn main() {
    divan::main();
}

/// The type size, in points.
const SIZE: f64 = 9.5;

/// A column of an A4 page, in millimetres.
const COLUMN: f64 = 82.0;

/// Running text, with its hyphenation points.
const TEXT: &str = "De maak·in·du·strie is de mo·tor van de re·gi·o·na·le e·co·no·mie. \
    Wie door de pol·der rijdt, ziet het niet met·een, maar ach·ter de dij·ken wordt ge·las·t, \
    ge·freesd, ge·wal·st en ge·mon·teerd: on·der·de·len voor ma·chi·nes, voor sche·pen, voor \
    wind·mo·lens en voor zie·ken·hui·zen. De be·drij·ven die dat doen zijn vaak fa·mi·lie·be·drij·ven \
    met tien tot vijf·tig me·de·wer·kers, en ze lei·den hun vak·men·sen gro·ten·deels zelf op. \
    Dat gaat niet van·zelf. De vraag naar tech·nisch per·so·neel groeit har·der dan het aan·bod, \
    ver·gun·nin·gen la·ten lang op zich wach·ten en het stroom·net zit op veel plaat·sen vol. \
    Pro·vin·cie en ge·meen·ten kun·nen daar iets aan doen, sa·men met on·der·wijs en \
    on·der·ne·mers, door be·drij·ven·ter·rei·nen toe·komst·be·sten·dig te ma·ken en re·gels \
    een·vou·di·ger te ma·ken waar dat kan.";

/// The width of a letter in hundredths of an em.
fn letter(letter: char) -> f64 {
    let hundredths = match letter {
        'i' | 'j' | 'l' | '.' | ',' | ':' | '\'' => 25.0,
        'f' | 'r' | 't' => 34.0,
        's' | 'c' | 'z' => 45.0,
        'v' | 'x' | 'y' | 'k' | 'e' | 'a' => 50.0,
        'w' => 72.0,
        'm' => 83.0,
        'A'..='Z' => 62.0,
        _ => 54.0,
    };
    hundredths / 100.0
}

fn em(ems: f64) -> Abs {
    Em::new(ems).at(Abs::pt(SIZE))
}

/// The items of this many paragraphs' worth of text, in one paragraph.
fn items(times: usize) -> Vec<Item> {
    let hyphen =
        Item::Penalty(Penalty { cost: 50, before: em(0.31), after: Abs::ZERO, hyphen: true });
    let space = Item::Glue { width: em(0.2), stretch: em(0.07), shrink: em(0.04) };
    let mut items = Vec::new();
    for _ in 0..times {
        for word in TEXT.split_whitespace() {
            for (index, syllable) in word.split('·').enumerate() {
                if index > 0 {
                    items.push(hyphen);
                }
                let width = em(syllable.chars().map(letter).sum());
                items.push(Item::Box { width, widen: width * 0.02, narrow: width * 0.02 });
            }
            items.push(space);
        }
    }
    finish(&mut items);
    items
}

fn bench(bencher: Bencher<'_, '_>, run: impl Fn(&[Item]) + Sync, times: usize) {
    bencher.with_inputs(|| items(times)).bench_refs(|items| run(black_box(items)));
}

/// The optimum alone, for paragraphs of about 17, 68 and 272 lines.
#[divan::bench(args = [1, 4, 16])]
fn justified(bencher: Bencher<'_, '_>, times: usize) {
    let params = Params::justified(Abs::pt(SIZE));
    let measure = Measure::Same(Abs::mm(COLUMN));
    bench(bencher, |items| drop(black_box(break_lines(items, measure, &params))), times);
}

/// The optimum and its variants, which take the same pass.
#[divan::bench(args = [1, 4, 16])]
fn justified_variants(bencher: Bencher<'_, '_>, times: usize) {
    let params = Params::justified(Abs::pt(SIZE));
    let measure = Measure::Same(Abs::mm(COLUMN));
    bench(bencher, |items| drop(black_box(variants(items, measure, &params))), times);
}

/// Ragged text.
#[divan::bench]
fn ragged(bencher: Bencher<'_, '_>) {
    let params = Params::ragged(Abs::pt(SIZE));
    let measure = Measure::Same(Abs::mm(COLUMN));
    bench(bencher, |items| drop(black_box(break_lines(items, measure, &params))), 1);
}

/// A word among others that no line can hold, in a column of the usual width.
#[divan::bench(args = [1, 4])]
fn rescue_wide(bencher: Bencher<'_, '_>, times: usize) {
    let params = Params::justified(Abs::pt(SIZE));
    let measure = Measure::Same(Abs::mm(COLUMN));
    bencher
        .with_inputs(|| {
            let mut items = items(times);
            let middle = items.len() / 2;
            items.insert(middle, Item::rigid(Abs::mm(2.0 * COLUMN)));
            items
        })
        .bench_refs(|items| drop(black_box(variants(black_box(items), measure, &params))));
}

/// A column that is too narrow for the text, so that nothing holds the limits.
#[divan::bench]
fn rescue(bencher: Bencher<'_, '_>) {
    let params = Params::justified(Abs::pt(SIZE));
    let measure = Measure::Same(em(4.0));
    bench(bencher, |items| drop(black_box(variants(items, measure, &params))), 1);
}

/// Lines of two lengths in turn, so that a line's length depends on its number.
#[divan::bench]
fn lines_of_different_length(bencher: Bencher<'_, '_>) {
    let params = Params::justified(Abs::pt(SIZE));
    let lengths: Vec<Abs> = [COLUMN, COLUMN - 10.0].map(Abs::mm).repeat(20);
    bench(
        bencher,
        |items| drop(black_box(break_lines(items, Measure::PerLine(&lengths), &params))),
        1,
    );
}
