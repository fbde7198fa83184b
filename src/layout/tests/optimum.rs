//! The promise of pagination: nothing cheaper exists.

use super::reference::{NEVER, least};
use super::replay::price;
use super::*;
use proptest::prelude::*;

/// A paragraph in one to three ways, with hyphens and faults of lines.
fn paragraph() -> impl Strategy<Value = Piece> {
    let cost = prop_oneof![
        6 => Just(0),
        4 => 1_000_i64..90_000,
        // A runt.
        1 => Just(100_000_000_000),
    ];
    let ways = prop::collection::vec((1_usize..=5, cost, any::<u8>()), 1..=3);
    (ways, 1_i64..=2).prop_map(|(ways, rows)| {
        let natural = ways[0].0;
        let setting = |(index, (lines, cost, hyphens)): (usize, (usize, i64, u8))| {
            let lines = if index == 0 { lines } else { (natural + index).max(2) - 1 };
            let lines = if index == 2 { natural + 1 } else { lines };
            let mut between = between(lines);
            for (line, price) in between.iter_mut().enumerate() {
                *price += i64::from(hyphens >> line & 5 == 5) * w::HYPHEN_AT_FOOT;
            }
            let variant = (lines as i64 - natural as i64) as i8;
            Setting { rows, variant, cost: if index == 0 { 0 } else { cost }, between }
        };
        let shape = Shape::Set(ways.into_iter().enumerate().map(setting).collect());
        Piece { shape, after: 0 }
    })
}

fn piece() -> impl Strategy<Value = Piece> {
    let price = prop_oneof![
        5 => Just(0),
        2 => Just(w::BEFORE_BOX),
        1 => Just(w::BEFORE_LINKS),
        2 => Just(w::STRANDED),
    ];
    let shape = prop_oneof![
        5 => paragraph(),
        3 => (1_i64..=6).prop_map(solid),
        2 => (1_i64..=4).prop_map(float),
    ];
    (shape, price).prop_map(|(piece, after)| Piece { after, ..piece })
}

/// Parts with white between most of them, and at most three floats.
fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    let gap = prop::option::weighted(0.7, (1_i64..=2, 0_i64..=3));
    prop::collection::vec((piece(), gap), 1..=5).prop_map(|list| {
        let mut floats = 0;
        let mut pieces = Vec::new();
        for (piece, gap) in list {
            floats += usize::from(matches!(piece.shape, Shape::Float(_)));
            if floats > 3 {
                continue;
            }
            if let Some((rows, stretch)) = gap.filter(|_| !pieces.is_empty()) {
                pieces.push(growing(rows, stretch));
            }
            pieces.push(piece);
        }
        pieces
    })
}

fn wide() -> impl Strategy<Value = Stretch> {
    (1_i64..=3, 0_i64..=2, 0_i64..=1, 0_i64..=3, any::<bool>()).prop_map(
        |(rows, above, below, keep, holds)| {
            Stretch::Spanner(Wide { rows, above, below, keep, holds })
        },
    )
}

fn stretch() -> impl Strategy<Value = Stretch> {
    prop_oneof![
        6 => (1_usize..=2, pieces()).prop_map(|(count, pieces)| Stretch::Columns(count, pieces)),
        3 => wide(),
        1 => Just(Stretch::Chapter),
        1 => Just(Stretch::NewPage),
    ]
}

/// Several of them; something stands after each new page.
fn stretches(most: usize) -> impl Strategy<Value = Vec<Stretch>> {
    prop::collection::vec(stretch(), 1..=most).prop_map(|mut stretches| {
        let drawn = |s: &Stretch| matches!(s, Stretch::Spanner(_) | Stretch::Columns(..));
        let count = stretches.iter().rposition(drawn).map_or(0, |last| last + 1);
        stretches.truncate(count);
        if stretches.is_empty() { vec![Stretch::Spanner(plate(1))] } else { stretches }
    })
}

fn compare(stretches: &[Stretch], rows: i64, pages: Option<usize>) -> Result<(), TestCaseError> {
    let least = least(stretches, rows, pages);
    match pages_of(stretches, rows, pages) {
        None => prop_assert_eq!(least, NEVER),
        Some(found) => {
            prop_assert_eq!(found.cost, least);
            prop_assert_eq!(price(stretches, rows, &found), least);
            prop_assert!(pages.is_none_or(|pages| found.pages == pages));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn one_segment_costs_least(count in 1_usize..=2, pieces in pieces(), rows in 4_i64..=8) {
        compare(&[Stretch::Columns(count, pieces)], rows, None)?;
    }

    #[test]
    fn segments_and_spanners_cost_least(
        stretches in stretches(4),
        rows in 4_i64..=8,
    ) {
        compare(&stretches, rows, None)?;
    }

    #[test]
    fn wished_pages_cost_least(
        stretches in stretches(3),
        rows in 4_i64..=8,
        pages in 1_usize..=4,
    ) {
        let wished = pages_of(&stretches, rows, Some(pages));
        // Where the wish cannot be granted, there may be pages all the same.
        if wished.is_some_and(|found| found.pages == pages) {
            compare(&stretches, rows, Some(pages))?;
        } else {
            prop_assert_eq!(least(&stretches, rows, Some(pages)), NEVER);
        }
    }

    #[test]
    fn three_columns_cost_least(pieces in pieces(), rows in 4_i64..=6) {
        compare(&[Stretch::Columns(3, pieces)], rows, None)?;
    }
}
