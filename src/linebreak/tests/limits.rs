//! Elastic boxes, and what lines cost that break a limit.

use super::*;

const LOOSE: i64 = 500_000_000;
const THIRD_HYPHEN: i64 = 10_000_000_000;
const RUNT: i64 = 100_000_000_000;
const OVERFULL: i64 = 1_000_000_000_000;

fn lines(items: &[Item], measure: i64, params: &Params) -> Breaks {
    break_lines(items, Measure::Same(pt(measure)), params)
}

fn breaches(breaks: &Breaks) -> Vec<(usize, Breach)> {
    breaks.breaches().collect()
}

#[test]
fn boxes_give_their_share_up_to_their_limit() {
    let items = [elastic(20, 1, 1), glue(4, 2, 1), elastic(20, 1, 1), Item::FORCED];
    let ratio = |measure| lines(&items, measure, &params()).lines[0].ratio;
    // 44 pt, of which boxes give 2 either way and the glue 2 or 1.
    assert_eq!(ratio(44), 0.0);
    assert_eq!(ratio(46), 0.5);
    assert_eq!(ratio(48), 1.0);
    // The glue alone gives 2 pt more.
    assert_eq!(ratio(50), 2.0);
    assert_eq!(ratio(41), -1.0);
    assert_eq!(broken_at(&lines(&items, 40, &params())), [1, 3]);
}

#[test]
fn boxes_may_widen_and_narrow_by_different_amounts() {
    let items = [elastic(20, 0, 3), glue(4, 2, 1), elastic(20, 1, 0), Item::FORCED];
    let ratio = |measure| lines(&items, measure, &params()).lines[0].ratio;
    // 44 pt, of which boxes give 1 more or 3 less and the glue 2 or 1.
    assert_eq!(ratio(47), 1.0);
    assert_eq!(ratio(49), 2.0);
    assert_eq!(ratio(42), -0.5);
    assert_eq!(ratio(40), -1.0);
}

#[test]
fn boxes_without_glue_give_too() {
    let items = [elastic(20, 2, 2), Item::FORCED];
    assert_eq!(lines(&items, 21, &params()).lines[0].ratio, 0.5);
    assert_eq!(lines(&items, 19, &params()).lines[0].ratio, -0.5);
    let short = &lines(&items, 23, &params()).lines[0];
    assert_eq!((short.ratio, short.loose, short.underfull), (0.0, true, true));
}

#[test]
fn boxes_are_rigid_in_ragged_text() {
    let items = [elastic(20, 5, 5), glue(4, 2, 1), word(10), Item::FORCED];
    let breaks = lines(&items, 33, &Params { runt: Abs::ZERO, ..Params::ragged(pt(10)) });
    assert_eq!(broken_at(&breaks), [1, 3]);
    assert!(breaks.lines.iter().all(|line| line.ratio == 0.0));
}

#[test]
fn last_lines_keep_their_natural_width() {
    let mut items = vec![elastic(20, 5, 5), glue(4, 2, 1), elastic(10, 5, 5)];
    finish(&mut items);
    assert_eq!(lines(&items, 38, &params()).lines[0].ratio, 0.0);
    assert_eq!(lines(&items, 29, &params()).lines[0].ratio, -5.0 / 11.0);
}

#[test]
fn break_at_a_free_penalty_is_the_break_at_the_glue_behind_it() {
    let words = [10, 8, 11, 9, 7, 12, 10];
    let (mut plain, mut hung) = (Vec::new(), Vec::new());
    let free =
        Item::Penalty(Penalty { cost: 0, before: Abs::ZERO, after: Abs::ZERO, hyphen: false });
    for width in words {
        plain.extend([word(width), glue(2, 1, 1)]);
        hung.extend([word(width), free, glue(2, 1, 1)]);
    }
    finish(&mut plain);
    finish(&mut hung);
    for params in [params(), Params { runt: Abs::ZERO, ..Params::ragged(pt(10)) }] {
        for measure in 12..50 {
            let all = variants(&plain, Measure::Same(pt(measure)), &params);
            let others = variants(&hung, Measure::Same(pt(measure)), &params);
            assert_eq!(all.len(), others.len());
            for (breaks, other) in all.iter().zip(&others) {
                let facts = |breaks: &Breaks, step: usize| -> Vec<_> {
                    let number = |item: usize| item.div_ceil(step);
                    let facts = |line: &Line| {
                        let boxes = (number(line.start), number(line.end));
                        (boxes, line.ratio.to_bits(), line.natural, line.cost)
                    };
                    breaks.lines.iter().map(facts).collect()
                };
                assert_eq!(facts(breaks, 2), facts(other, 3));
            }
        }
    }
}

#[test]
fn protrusion_at_glue_shifts_the_ends_and_drops_the_white() {
    let hang = Item::Penalty(Penalty { cost: 0, before: pt(-2), after: pt(-1), hyphen: false });
    let items = [word(10), hang, glue(3, 1, 1), word(10), Item::FILL, Item::FORCED];
    let breaks = lines(&items, 9, &params());
    let facts: Vec<_> = breaks
        .lines
        .iter()
        .map(|line| (line.start, line.end, line.break_at, line.natural))
        .collect();
    assert_eq!(facts, [(0, 1, 1, pt(8)), (3, 4, 5, pt(9))]);
    // In one line the penalty adds nothing.
    assert_eq!(lines(&items, 23, &params()).lines[0].natural, pt(23));
}

#[test]
fn loose_line_has_a_price_that_rises_with_the_excess() {
    let items = paragraph(&[10, 10, 30]);
    let breaks = lines(&items, 30, &params());
    assert_eq!(breaks.pass, Pass::Rescue);
    assert_eq!(breaches(&breaks), [(0, Breach::Loose)]);
    // Ratio 8, so an excess of 6, and 8 of 30 stay empty.
    let rise = (LOOSE as f64 * (4.0 * 36.0 / 44.0 + 8.0 * 64.0 / 900.0)) as i64;
    assert!((breaks.cost - LOOSE - rise) / 1_000_000 < 250, "{}", breaks.cost);
    let closer = lines(&paragraph(&[10, 13, 30]), 30, &params());
    assert_eq!(closer.pass, Pass::Rescue);
    assert!(closer.cost < breaks.cost);
    // Within the limit there is none.
    let within = lines(&paragraph(&[10, 16, 30]), 30, &params());
    assert_eq!((within.pass, breaches(&within)), (Pass::Normal, vec![]));
    assert_eq!(within.lines[0].ratio, 2.0);
}

#[test]
fn two_lines_just_beyond_the_limit_are_better_than_one_with_holes() {
    // With the fourth word the first line is perfect, and the second one gapes.
    let breaks = lines(&paragraph(&[10, 10, 11, 3, 14, 14, 39]), 40, &params());
    let ratios: Vec<f64> = breaks.lines.iter().map(|line| line.ratio).collect();
    assert_eq!(ratios, [2.5, 2.5, 0.0]);
}

#[test]
fn glue_is_not_stretched_beyond_the_maximum() {
    let items = paragraph(&[10, 10, 30]);
    let breaks = lines(&items, 30, &params());
    assert_eq!(breaks.lines[0].ratio, 3.02);
    assert!(breaks.lines[0].underfull);
    assert_eq!(breaks.underfull().count(), 1);
    let wide = lines(&items, 30, &Params { max_ratio: 8.0, ..params() });
    assert_eq!((wide.lines[0].ratio, wide.lines[0].underfull), (8.0, false));
    assert!(wide.lines[0].loose);
}

#[test]
fn line_without_glue_that_stays_short_is_loose_within_bounds() {
    let cost = |width| lines(&paragraph(&[width, 30, 30]), 30, &params()).lines[0].cost;
    assert!(cost(30) == 1);
    let (short, shorter) = (cost(25), cost(10));
    assert!(5 * LOOSE < short && short < shorter && shorter < 11 * LOOSE, "{short} {shorter}");
}

#[test]
fn loose_lines_are_dearer_the_more_of_them_is_empty() {
    // With the third word the first line is perfect, and the fourth, the shortest,
    // would stand alone, since the next one leaves it no room.
    let breaks = lines(&paragraph(&[12, 12, 14, 3, 38, 40]), 40, &params());
    let starts: Vec<usize> = breaks.lines.iter().map(|line| line.start).collect();
    assert_eq!(starts, [0, 2, 8, 10]);
}

#[test]
fn third_hyphen_in_a_row_has_a_price() {
    let mut items = Vec::new();
    for _ in 0..4 {
        items.extend([word(10), hyphen(0)]);
    }
    items.extend([word(4), glue(2, 1, 1), word(4)]);
    finish(&mut items);
    let breaks = lines(&items, 11, &params());
    assert_eq!(breaks.pass, Pass::Rescue);
    assert_eq!(breaches(&breaks), [(2, Breach::ThirdHyphen), (3, Breach::ThirdHyphen)]);
    assert_eq!(breaks.cost, 2 * THIRD_HYPHEN + 3 * 10_000 + 5_000 + 5);
}

#[test]
fn hyphens_of_words_count_and_a_forced_line_ends_the_row() {
    let own = Item::Penalty(Penalty { cost: 0, before: pt(0), after: pt(0), hyphen: true });
    let row = [word(11), own, word(10), hyphen(0)];
    let mut items = [&row[..], &row[..], &[word(11)]].concat();
    finish(&mut items);
    let breaks = lines(&items, 11, &params());
    let third: Vec<bool> = breaks.lines.iter().map(|line| line.third_hyphen).collect();
    assert_eq!(third, [false, false, true, true, false]);

    let rest = [word(4), glue(2, 1, 1), word(4), Item::FILL, Item::FORCED];
    let items = [&row[..], &rest[..], &row[..], &rest[..]].concat();
    assert_eq!(breaches(&lines(&items, 11, &params())), []);
}

#[test]
fn search_sees_the_third_hyphen_coming() {
    // Lines are perfect with hyphens; to stop takes a line at a ratio of 2.
    let mut items = vec![word(10)];
    for _ in 0..5 {
        items.extend([glue(2, 4, 1), word(2), glue(2, 4, 1), word(5), hyphen(0), word(10)]);
    }
    finish(&mut items);
    let free = Params { hyphens_demerits: 0, ..params() };
    let breaks = lines(&items, 22, &free);
    assert_eq!((breaks.pass, breaches(&breaks)), (Pass::Normal, vec![]));
    let hyphens: Vec<bool> = breaks.lines.iter().map(|line| line.hyphen).collect();
    assert_eq!(hyphens, [true, true, false, false, false, false]);
    assert_eq!(breaks.lines[2].ratio, 2.0);
}

#[test]
fn short_last_line_is_a_runt_unless_it_is_the_only_one() {
    let runt = Params { runt: pt(10), ..params() };
    let breaks = lines(&paragraph(&[20, 5]), 20, &runt);
    assert_eq!(breaks.lines.iter().map(|line| line.cost).collect::<Vec<_>>(), [1, RUNT + 1]);
    assert_eq!((breaks.pass, breaches(&breaks)), (Pass::Rescue, vec![(1, Breach::Runt)]));
    assert_eq!(lines(&paragraph(&[5]), 20, &runt).pass, Pass::Normal);
    assert_eq!(lines(&paragraph(&[20, 10]), 20, &runt).pass, Pass::Normal);
    let mut items = vec![word(20), Item::FILL, Item::FORCED, word(5)];
    finish(&mut items);
    assert_eq!(lines(&items, 20, &runt).cost, 2);
}

#[test]
fn tail_of_a_word_is_a_runt_however_long() {
    let mut items = vec![word(10), glue(2, 1, 1), word(7), hyphen(0), word(15)];
    finish(&mut items);
    let breaks = lines(&items, 20, &params());
    assert_eq!((broken_at(&breaks), breaches(&breaks)), (vec![3, 6], vec![(1, Breach::Runt)]));
    // Rather a word more on the last line, if the spaces allow it.
    let mut items = vec![word(7), glue(2, 5, 1), word(7), glue(2, 1, 1), word(2), hyphen(0)];
    items.extend([word(9)]);
    finish(&mut items);
    let breaks = lines(&items, 21, &params());
    assert_eq!((broken_at(&breaks), breaches(&breaks)), (vec![3, 8], vec![]));
}

#[test]
fn gaps_yield_before_hyphens_and_hyphens_before_runts() {
    let prices = Params::justified(pt(10));
    // Even three lines without glue, the dearest loose ones.
    assert!(3 * 6 * prices.loose_price < prices.third_hyphen_price);
    assert!(9 * prices.third_hyphen_price < prices.runt_price);
    assert!(9 * prices.runt_price < prices.overfull_price);

    // The last word alone is a runt; to take one more down leaves a loose line.
    let runt = Params { runt: pt(12), ..params() };
    let breaks = lines(&paragraph(&[10, 8, 10, 8]), 32, &runt);
    assert_eq!((broken_at(&breaks), breaches(&breaks)), (vec![3, 8], vec![(0, Breach::Loose)]));

    // Two loose lines weigh less than a hyphen too many.
    let mut items = Vec::new();
    for _ in 0..2 {
        items.extend([word(10), hyphen(0)]);
    }
    items.extend([word(4), glue(1, 1, 0), word(5), hyphen(0), word(4), glue(2, 1, 1), word(5)]);
    finish(&mut items);
    let breaks = lines(&items, 11, &params());
    assert_eq!(breaches(&breaks), [(2, Breach::Loose), (3, Breach::Loose)]);
}

#[test]
fn overfull_is_dearer_than_all_else_and_the_least_is_taken() {
    let breaks = lines(&paragraph(&[10, 50]), 30, &params());
    assert_eq!(breaches(&breaks), [(0, Breach::Loose), (1, Breach::Overfull)]);
    let excess = |width| lines(&paragraph(&[width]), 30, &params()).cost;
    assert!(OVERFULL < excess(31) && excess(31) < excess(45) && excess(45) < excess(60));
    assert_eq!(excess(60), excess(1_000));
}

#[test]
fn ragged_text_has_no_loose_lines_but_the_other_limits() {
    let ragged = Params { runt: pt(10), ..Params::ragged(pt(1)) };
    let gaping = lines(&paragraph(&[5, 50, 15]), 50, &ragged);
    assert_eq!((gaping.pass, breaches(&gaping)), (Pass::Rescue, vec![]));

    let runt = lines(&paragraph(&[20, 20, 5]), 42, &ragged);
    assert_eq!((broken_at(&runt), breaches(&runt)), (vec![1, 6], vec![]));

    let mut items = vec![word(10), hyphen(0), word(10), hyphen(0), word(10), hyphen(0)];
    items.extend([word(2), glue(2, 0, 0), word(7)]);
    finish(&mut items);
    let row = lines(&items, 11, &ragged);
    assert_eq!((row.pass, breaches(&row)), (Pass::Rescue, vec![(2, Breach::ThirdHyphen)]));
}

#[test]
fn variants_break_no_limit_and_a_rescue_has_none() {
    let breaks = variants(&paragraph(&[10, 10, 30]), Measure::Same(pt(30)), &params());
    assert_eq!(breaks.len(), 1);
    assert_eq!(breaks[0].pass, Pass::Rescue);

    let mut items = Vec::new();
    for index in 0..60 {
        items.extend([word(8 + index * 7 % 5), glue(4, 2, 1)]);
    }
    finish(&mut items);
    let all = variants(&items, Measure::Same(pt(90)), &params());
    assert!(all.len() > 1);
    assert!(all.iter().all(|breaks| breaks.breaches().next().is_none()));
}

#[test]
fn costs_of_thousands_of_hopeless_lines_stay_in_order() {
    let most = Params {
        loose_price: i64::MAX,
        third_hyphen_price: i64::MAX,
        runt_price: i64::MAX,
        overfull_price: i64::MAX,
        line_cost: u32::MAX,
        ..Params::justified(pt(10))
    };
    let items = paragraph(&vec![50; 10_000]);
    assert_eq!(lines(&items, 20, &most).lines.len(), 10_000);
    let breaks = lines(&items, 20, &params());
    assert!(breaks.cost > 10_000 * OVERFULL);
    assert_eq!(breaks.lines.iter().map(|line| line.cost).sum::<i64>(), breaks.cost);
}

#[test]
fn lines_end_off_their_measure_rather_than_wide() {
    let params = Params { inset: pt(2), ..params() };
    // 24 pt with a glue that gives 2 at a ratio of 1 and 3.23 just below wide.
    let items = [word(10), glue(4, 2, 1), word(10), Item::FORCED];
    let line = |measure| lines(&items, measure, &params).lines[0].clone();
    assert_eq!((line(27).inset, line(27).ratio), (Abs::ZERO, 1.5));
    let short = line(28);
    assert!(short.inset > pt(0) && short.inset < pt(1), "{:?}", short.inset);
    assert!(short.ratio < params.wide_ratio && short.ratio > params.wide_ratio - 0.03);
    // No further than allowed: 2 of 6 pt, so that the glue takes 4.
    assert_eq!((line(30).inset, line(30).ratio), (pt(2), 2.0));
    // What is beyond the measure by a little is not overfull.
    let over = line(22);
    assert_eq!((over.inset, over.ratio, over.overfull), (pt(-1), -1.0, false));
    assert!(over.cost > line(23).cost);
    assert_eq!(lines(&items, 20, &params).lines.len(), 2);
    // Ragged lines end where they end.
    let ragged = Params { inset: pt(2), runt: Abs::ZERO, ..Params::ragged(pt(10)) };
    assert_eq!(lines(&items, 28, &ragged).lines[0].inset, Abs::ZERO);
    assert_eq!(lines(&items, 23, &ragged).lines.len(), 2);
}
