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
    let list =
        prop_oneof![prop::collection::vec(item(), 0..10), prop::collection::vec(even, 6..11),];
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
    (
        prop::option::of(0..150_u32),
        prop_oneof![Just(200_u32), 0..100_u32, 0..1_000_u32, Just(20_000_u32)],
        0..20_i64,
        demerits.clone(),
        demerits.clone(),
        demerits,
        0..12_i64,
        prop::option::weighted(0.3, 0..10_i64),
    )
        .prop_map(
            |(pretolerance, tolerance, emergency, hyphens, last, fitness, runt, ragged)| Params {
                pretolerance,
                tolerance,
                emergency_stretch: pt(emergency),
                hyphens_demerits: hyphens,
                final_hyphen_demerits: last / 2,
                fitness_demerits: fitness,
                runt: pt(runt),
                ragged_stretch: ragged.map(pt),
                ..Params::justified(pt(10))
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
    first.into_iter().chain([Pass::Hyphenated, Pass::Emergency, Pass::Rescue])
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

/// Checks what must hold of any result: all boxes in order, white only where it
/// may vanish, and lines of the length that they are said to have.
fn check(items: &[Item], measure: Measure<'_>, breaks: &Breaks) -> Result<(), TestCaseError> {
    let mut set = Vec::new();
    let mut begin = 0;
    for (number, line) in breaks.lines.iter().enumerate() {
        prop_assert!(begin <= line.start && line.start <= line.end && line.end <= line.break_at);
        prop_assert_eq!(boxes(items, begin..line.start), Vec::<usize>::new());
        prop_assert_eq!(boxes(items, line.end..line.break_at), Vec::<usize>::new());
        set.extend(boxes(items, line.start..line.end));
        begin = line.break_at;
        let (mut stretch, mut shrink) = (Abs::ZERO, Abs::ZERO);
        for item in &items[line.start..line.end] {
            if let Item::Glue { stretch: more, shrink: less, .. } = item {
                stretch += *more;
                shrink += *less;
            }
        }
        let give = if line.ratio < 0.0 { shrink } else { stretch };
        let excess = line.natural + give * line.ratio - measure.of(number);
        prop_assert_eq!(excess > pt(1) / 64, line.overfull, "line {} by {:?}", number, excess);
        prop_assert!(!(line.overfull && line.underfull));
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
        check(&items, measure, &breaks)?;
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
            let pass = passes(&params).filter(|&pass| {
                pass == natural.pass || (pass > natural.pass && pass < Pass::Rescue)
            });
            let way = pass.into_iter().find_map(|pass| {
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
            check(&items, measure, breaks)?;
        }
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
                0 => Item::Box { width: a },
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
