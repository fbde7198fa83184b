use super::reference::Reference;
use super::*;
use proptest::prelude::*;
use std::ops::Range;

/// Words, spaces and hyphens as in text, with now and then something odd.
fn item() -> impl Strategy<Value = Vec<Item>> {
    let cost = prop_oneof![20 => 0..150, 1 => Just(Penalty::FORCED), 1 => Just(Penalty::NEVER)];
    let hyphen =
        (cost, 0..3_i64, -2..2_i64, any::<bool>()).prop_map(|(cost, before, after, hyphen)| {
            Item::Penalty(Penalty { cost, before: pt(before), after: pt(after), hyphen })
        });
    prop_oneof![
        12 => (1..15_i64, 0..4_i64).prop_map(|(width, stretch)| {
            vec![word(width), glue(3, stretch, stretch.min(2))]
        }),
        3 => (2..15_i64, 0..3_i64, 0..3_i64, 0..4_i64).prop_map(|(width, widen, narrow, stretch)| {
            vec![elastic(width, widen, narrow), glue(3, stretch, stretch.min(1))]
        }),
        4 => (1..9_i64, hyphen, 1..9_i64).prop_map(|(a, cut, b)| vec![word(a), cut, word(b)]),
        1 => Just(vec![glue(2, 1, 1)]),
        1 => (-200..200).prop_map(|cost| vec![penalty(cost)]),
        1 => Just(vec![penalty(Penalty::NEVER), glue(3, 2, 1)]),
        1 => Just(vec![Item::FORCED]),
        1 => Just(vec![Item::FILL]),
        1 => Just(vec![word(0)]),
        1 => Just(vec![word(40)]),
    ]
}

fn items() -> impl Strategy<Value = Vec<Item>> {
    // Short even words, so that there are many ways with as many lines.
    let even = (2..6_i64, 2..6_i64, 1..3_i64)
        .prop_map(|(width, stretch, shrink)| vec![word(width), glue(3, stretch, shrink)]);
    // One long word after the other, so that hyphens come in a row.
    let broken =
        (2..7_i64, 2..7_i64, 0..2_i64, 0..3_i64, 0..150).prop_map(|(a, b, give, stretch, cost)| {
            vec![elastic(a, give, 1), hyphen(cost), elastic(b, 1, give), glue(2, stretch, 1)]
        });
    let list = prop_oneof![
        prop::collection::vec(item(), 0..10),
        prop::collection::vec(even, 6..11),
        prop::collection::vec(broken, 3..6),
    ];
    (list, any::<bool>()).prop_map(|(items, finished)| {
        let mut items: Vec<Item> = items.concat();
        if finished {
            finish(&mut items);
        }
        items
    })
}

fn some_params() -> impl Strategy<Value = Params> {
    let demerits = prop_oneof![Just(0_u32), Just(10_000_u32), 0..3_000_u32];
    // With such prices breaches are weighed against each other and the rest.
    let price = prop_oneof![Just(0_i64), 0..100_000_i64];
    (
        prop::option::of(0..150_u32),
        prop_oneof![3 => Just(2.0), 1 => 0.0..3.0],
        prop::option::weighted(0.3, (price.clone(), price.clone(), price.clone(), price)),
        demerits.clone(),
        (demerits.clone(), 0..3_i64),
        demerits,
        0..12_i64,
        prop::option::weighted(0.3, 0..10_i64),
    )
        .prop_map(
            |(pretolerance, loose_ratio, prices, hyphens, (last, inset), fitness, runt, ragged)| {
                let usual = Params::justified(pt(10));
                let (loose_price, third_hyphen_price, runt_price, overfull_price) = prices
                    .unwrap_or((
                        usual.loose_price,
                        usual.third_hyphen_price,
                        usual.runt_price,
                        usual.overfull_price,
                    ));
                Params {
                    pretolerance,
                    wide_ratio: loose_ratio / 2.0,
                    wide_demerits: hyphens * 3,
                    inset: pt(inset),
                    loose_ratio,
                    loose_price,
                    third_hyphen_price,
                    runt_price,
                    overfull_price,
                    hyphens_demerits: hyphens,
                    final_hyphen_demerits: last / 2,
                    fitness_demerits: fitness,
                    runt: pt(runt),
                    ragged_stretch: ragged.map(pt),
                    max_ratio: if ragged.is_some() { 3.0 } else { usual.max_ratio },
                    ..usual
                }
            },
        )
}

fn lengths() -> impl Strategy<Value = Vec<Abs>> {
    prop_oneof![
        3 => (10..60_i64).prop_map(|length| vec![pt(length)]),
        1 => prop::collection::vec((0..50_i64).prop_map(pt), 0..5),
    ]
}

/// The passes in order, as the search is to try them.
fn passes(params: &Params) -> impl Iterator<Item = Pass> {
    let first = params.pretolerance.map(|_| Pass::Unhyphenated);
    first.into_iter().chain([Pass::Normal, Pass::Rescue])
}

fn measure_of(lengths: &[Abs]) -> Measure<'_> {
    match lengths {
        [length] => Measure::Same(*length),
        _ => Measure::PerLine(lengths),
    }
}

/// The boxes among the items of a range.
fn boxes(items: &[Item], range: Range<usize>) -> Vec<usize> {
    range.filter(|&index| matches!(items[index], Item::Box { .. })).collect()
}

fn filled(items: &[Item]) -> bool {
    items.contains(&Item::FILL)
}

/// Checks what must hold of any result: all boxes in order, white only where it
/// may vanish, and lines of the length that they are said to have.
fn check(
    items: &[Item],
    measure: Measure<'_>,
    ragged: bool,
    breaks: &Breaks,
) -> Result<(), TestCaseError> {
    let mut set = Vec::new();
    let mut begin = 0;
    for (number, line) in breaks.lines.iter().enumerate() {
        prop_assert!(begin <= line.start && line.start <= line.end && line.end <= line.break_at);
        prop_assert_eq!(boxes(items, begin..line.start), Vec::<usize>::new());
        prop_assert_eq!(boxes(items, line.end..line.break_at), Vec::<usize>::new());
        set.extend(boxes(items, line.start..line.end));
        let after = begin;
        begin = line.break_at;
        // As a setter would do it.
        let mut width = line.natural;
        for item in &items[line.start..line.end] {
            width += match *item {
                Item::Box { narrow, .. } if line.ratio < 0.0 => narrow * line.ratio,
                Item::Box { widen, .. } => widen * line.ratio.min(1.0),
                Item::Glue { shrink, .. } if line.ratio < 0.0 => shrink * line.ratio,
                Item::Glue { stretch, .. } => stretch * line.ratio,
                Item::Penalty(_) => Abs::ZERO,
            };
        }
        prop_assert!(!ragged || line.inset == Abs::ZERO);
        let excess = width + line.inset - measure.of(number);
        prop_assert_eq!(excess > pt(1) / 64, line.overfull, "line {} by {:?}", number, excess);
        // A line without any box has all its white before `start`.
        let end = if line.start == line.end { after } else { line.end };
        let full = line.break_at < items.len() && !filled(&items[end..line.break_at]);
        if !ragged && full && !line.underfull {
            prop_assert!(excess >= -pt(1) / 64, "line {} by {:?}", number, excess);
        }
        prop_assert!(!(line.overfull && line.underfull));
        prop_assert!(line.loose || !line.underfull);
    }
    prop_assert_eq!(set, boxes(items, 0..items.len()));
    prop_assert!(breaks.lines.iter().map(|line| line.cost).sum::<i64>() <= breaks.cost);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, ..ProptestConfig::default() })]

    #[test]
    fn equals_the_exhaustive_search(
        items in items(),
        lengths in lengths(),
        params in some_params(),
    ) {
        let measure = measure_of(&lengths);
        let reference = Reference { items: &items, measure, params: &params };
        let breaks = break_lines(&items, measure, &params);
        let (pass, ways) = passes(&params)
            .map(|pass| (pass, reference.best(pass)))
            .find(|(_, ways)| !ways.is_empty())
            .ok_or_else(|| TestCaseError::fail("no way in any pass"))?;
        let least = ways.iter().map(|way| way.cost).min();
        prop_assert_eq!(Some(breaks.cost), least);
        prop_assert_eq!(breaks.pass, pass);
        prop_assert_eq!(reference.cost(&broken_at(&breaks), Some(pass)), Some(breaks.cost));
        check(&items, measure, params.ragged_stretch.is_some(), &breaks)?;
    }

    #[test]
    fn variants_equal_the_exhaustive_search(
        items in items(),
        lengths in lengths(),
        params in some_params(),
    ) {
        let measure = measure_of(&lengths);
        let reference = Reference { items: &items, measure, params: &params };
        let natural = break_lines(&items, measure, &params);
        let found = variants(&items, measure, &params);
        prop_assert_eq!(found.iter().min_by_key(|breaks| breaks.cost), Some(&natural));
        let count = natural.lines.len();
        let mut expected = Vec::new();
        for lines in count.saturating_sub(1)..=count + 2 {
            // Only the natural number of lines may break a limit.
            let last = if lines == count { natural.pass } else { Pass::Normal };
            let mut pass = passes(&params).filter(|&pass| natural.pass <= pass && pass <= last);
            let way = pass.find_map(|pass| {
                let way = reference.best(pass).into_iter().find(|way| way.breaks.len() == lines)?;
                let floor = if pass > natural.pass { natural.cost + 1 } else { i64::MIN };
                Some((lines, pass, way.cost.max(floor)))
            });
            expected.extend(way);
        }
        let got: Vec<_> =
            found.iter().map(|breaks| (breaks.lines.len(), breaks.pass, breaks.cost)).collect();
        prop_assert_eq!(got, expected);
        for breaks in &found {
            check(&items, measure, params.ragged_stretch.is_some(), breaks)?;
        }
    }

    #[test]
    fn breaches_are_what_they_are_said_to_be_and_the_lightest(
        items in items(),
        lengths in lengths(),
        params in some_params(),
    ) {
        let measure = measure_of(&lengths);
        let usual = Params::justified(pt(10));
        let params = Params {
            loose_price: usual.loose_price,
            third_hyphen_price: usual.third_hyphen_price,
            runt_price: usual.runt_price,
            overfull_price: usual.overfull_price,
            ..params
        };
        let reference = Reference { items: &items, measure, params: &params };
        let breaks = break_lines(&items, measure, &params);
        let mut count = [0; 4];
        for (number, breach) in breaks.breaches() {
            prop_assert!(number < breaks.lines.len());
            count[match breach {
                Breach::Overfull => 0,
                Breach::Runt => 1,
                Breach::ThirdHyphen => 2,
                Breach::Loose => 3,
            }] += 1;
        }
        prop_assert_eq!(count, reference.breaches(&broken_at(&breaks)));
        prop_assert!(breaks.pass == Pass::Rescue || count == [0; 4]);
        // In so short a text no sum of lighter breaches outweighs a graver one,
        // unless there are more than three of the lightest. How far a line sticks
        // out outweighs all but the number of lines that do.
        let lightest = reference.lightest().unwrap_or_default();
        prop_assert_eq!(count[0], lightest[0]);
        if count[0] == 0 {
            prop_assert_eq!(count[1], lightest[1]);
            if lightest[3] <= 3 {
                prop_assert_eq!(count[2], lightest[2]);
            }
        }
        prop_assert_eq!(count == [0; 4], lightest == [0; 4]);
    }

    #[test]
    fn never_dearer_than_first_fit(
        items in items(),
        lengths in lengths(),
        params in some_params(),
    ) {
        let measure = measure_of(&lengths);
        let reference = Reference { items: &items, measure, params: &params };
        let greedy = reference.first_fit();
        let greedy_cost = reference.cost(&greedy, None)
            .ok_or_else(|| TestCaseError::fail("first-fit breaks where it must not"))?;
        let breaks = break_lines(&items, measure, &params);
        // An earlier pass forgoes what first-fit may use.
        if breaks.pass == Pass::Rescue || reference.cost(&greedy, Some(breaks.pass)).is_some() {
            prop_assert!(breaks.cost <= greedy_cost, "{} > {greedy_cost}", breaks.cost);
        }
    }

    #[test]
    fn ends_whatever_the_items(
        kinds in prop::collection::vec((0..3_u8, any::<[i64; 3]>(), any::<i32>(), any::<bool>()), 0..60),
        lengths in prop::collection::vec(any::<i64>().prop_map(Abs::sp), 0..4),
        ragged in any::<bool>(),
    ) {
        let items: Vec<Item> = kinds.into_iter().map(|(kind, lengths, cost, hyphen)| {
            let [a, b, c] = lengths.map(|length| Abs::sp(length >> (cost & 63)));
            match kind {
                0 => Item::Box { width: a, widen: b, narrow: c },
                1 => Item::Glue { width: a, stretch: b, shrink: c },
                _ => Item::Penalty(Penalty { cost: cost >> (a.to_sp() & 31), before: b, after: c, hyphen }),
            }
        }).collect();
        let params = if ragged { Params::ragged(pt(10)) } else { Params::justified(pt(10)) };
        for breaks in variants(&items, Measure::PerLine(&lengths), &params) {
            let set: Vec<usize> =
                breaks.lines.iter().flat_map(|line| boxes(&items, line.start..line.end)).collect();
            prop_assert_eq!(set, boxes(&items, 0..items.len()));
        }
    }
}
