use super::*;

fn lines(items: &[Item], measure: i64, params: &Params) -> Breaks {
    break_lines(items, Measure::Same(pt(measure)), params)
}

#[test]
fn finish_trims_fills_and_forces() {
    let mut items =
        vec![word(5), penalty(3), glue(2, 1, 1), penalty(Penalty::NEVER), glue(2, 1, 1)];
    finish(&mut items);
    assert_eq!(items, [word(5), Item::FILL, Item::FORCED]);

    let mut twice = vec![word(5), Item::FORCED];
    finish(&mut twice);
    assert_eq!(twice, [word(5), Item::FORCED, Item::FILL, Item::FORCED]);
}

#[test]
fn one_line_keeps_its_natural_width() {
    let items = paragraph(&[10, 10]);
    let breaks = lines(&items, 100, &params());
    assert_eq!(
        breaks.lines,
        [Line {
            start: 0,
            end: 3,
            break_at: 4,
            ratio: 0.0,
            natural: pt(22),
            inset: Abs::ZERO,
            hyphen: false,
            cost: 1,
            overfull: false,
            underfull: false,
            loose: false,
            third_hyphen: false,
            runt: false,
        }]
    );
    assert_eq!((breaks.cost, breaks.pass), (1, Pass::Normal));
}

#[test]
fn last_line_shrinks_if_it_must() {
    let breaks = lines(&paragraph(&[10, 10, 10]), 33, &params());
    assert_eq!(breaks.lines.len(), 1);
    assert_eq!(breaks.lines[0].ratio, -0.5);
    assert_eq!(breaks.lines[0].cost, 14 * 14);
}

#[test]
fn optimum_looks_ahead_where_first_fit_does_not() {
    // First-fit sets three words on the first line, at a ratio of –½, which
    // leaves the fourth alone on the second, 10 pt short of the measure.
    let mut items = Vec::new();
    for width in [10, 10, 4, 20, 10, 5] {
        items.extend([word(width), glue(4, 6, 2)]);
    }
    finish(&mut items);
    let measure = Measure::Same(pt(30));
    let greedy = reference::Reference { items: &items, measure, params: &params() }.first_fit();
    assert_eq!(greedy, [5, 7, 12]);
    assert_eq!(broken_at(&break_lines(&items, measure, &params())), [3, 7, 12]);
}

#[test]
fn ratios_of_stretched_and_shrunk_lines() {
    let items = [
        word(10),
        glue(2, 2, 1),
        word(10),
        Item::FORCED,
        word(10),
        glue(2, 2, 2),
        word(12),
        Item::FORCED,
        word(23),
        Item::FORCED,
    ];
    let breaks = lines(&items, 23, &params());
    let ratios: Vec<f64> = breaks.lines.iter().map(|line| line.ratio).collect();
    assert_eq!(ratios, [0.5, -0.5, 0.0]);
    assert!(breaks.lines.iter().all(|line| !line.overfull && !line.underfull));
}

#[test]
fn white_vanishes_at_both_ends() {
    let items = [
        glue(2, 1, 1),
        word(10),
        glue(2, 1, 1),
        penalty(0),
        glue(2, 1, 1),
        penalty(Penalty::NEVER),
        glue(2, 1, 1),
        word(10),
        glue(2, 1, 1),
    ];
    let breaks = lines(&items, 10, &params());
    let places: Vec<_> =
        breaks.lines.iter().map(|line| (line.start, line.end, line.break_at)).collect();
    assert_eq!(places, [(1, 2, 2), (7, 8, 9)]);
    assert!(breaks.lines.iter().all(|line| line.natural == pt(10) && line.ratio == 0.0));
}

#[test]
fn glue_behind_a_penalty_is_no_break() {
    let items = [word(10), penalty(Penalty::NEVER), glue(2, 1, 1), word(10)];
    let breaks = lines(&items, 15, &params());
    assert_eq!(broken_at(&breaks), [4]);
    assert!(breaks.lines[0].overfull);
}

#[test]
fn hyphen_adds_its_width_and_the_next_line_loses_its_own() {
    let cut = Item::Penalty(Penalty { cost: 50, before: pt(1), after: pt(-3), hyphen: true });
    let items = [word(10), cut, word(10)];
    let breaks = lines(&items, 11, &params());
    let naturals: Vec<_> = breaks.lines.iter().map(|line| (line.natural, line.hyphen)).collect();
    assert_eq!(naturals, [(pt(11), true), (pt(7), false)]);
    assert_eq!(breaks.lines[0].cost, 51 * 51);
    // The tail of a word is a runt.
    assert_eq!(breaks.lines[1].cost, 1 + 5_000 + 100_000_000_000);
    assert_eq!(breaks.pass, Pass::Rescue);
}

#[test]
fn first_pass_uses_the_hyphens_that_words_have() {
    let own = Item::Penalty(Penalty { cost: 50, before: pt(0), after: pt(0), hyphen: true });
    let mut items = vec![word(10), own, word(10), glue(2, 1, 1), word(10)];
    finish(&mut items);
    let breaks = lines(&items, 10, &patient());
    assert_eq!((broken_at(&breaks), breaks.pass), (vec![1, 3, 6], Pass::Unhyphenated));
    assert!(breaks.lines[0].hyphen);

    let must =
        Item::Penalty(Penalty { cost: Penalty::FORCED, before: pt(1), after: pt(0), hyphen: true });
    let breaks = lines(&[word(10), must, word(11)], 11, &patient());
    assert_eq!(breaks.pass, Pass::Unhyphenated);
    assert_eq!(broken_at(&breaks), [1, 3]);
}

#[test]
fn hyphens_wait_for_the_second_pass_if_there_is_a_first() {
    let mut easy =
        vec![word(10), glue(2, 1, 1), word(8), glue(2, 1, 1), word(9), hyphen(0), word(4)];
    finish(&mut easy);
    let breaks = lines(&easy, 21, &patient());
    assert_eq!((broken_at(&breaks), breaks.pass), (vec![3, 8], Pass::Unhyphenated));
    assert_eq!(lines(&easy, 21, &params()).pass, Pass::Normal);

    // Nothing but the hyphen makes the first line even.
    let mut hard = vec![word(10), glue(2, 1, 1), word(9), hyphen(0), word(4), glue(2, 1, 1)];
    hard.extend([word(3)]);
    finish(&mut hard);
    let breaks = lines(&hard, 22, &patient());
    assert_eq!((broken_at(&breaks), breaks.pass), (vec![3, 8], Pass::Normal));
}

#[test]
fn two_hyphens_in_a_row_cost_more() {
    let mut items = vec![word(10), hyphen(0), word(10), hyphen(0), word(4), glue(2, 1, 1), word(4)];
    finish(&mut items);
    let breaks = lines(&items, 11, &params());
    let costs: Vec<i64> = breaks.lines.iter().map(|line| line.cost).collect();
    assert_eq!(costs, [1, 1 + 10_000, 1 + 5_000]);
    assert_eq!((breaks.cost, breaks.pass), (15_003, Pass::Normal));
}

#[test]
fn negative_penalty_attracts() {
    let mut items = vec![word(10), glue(2, 2, 1), word(9), penalty(-40), glue(2, 2, 1), word(10)];
    finish(&mut items);
    let breaks = lines(&items, 22, &params());
    assert_eq!(broken_at(&breaks), [3, 7]);
    assert_eq!(breaks.lines[0].cost, 14 * 14 - 40 * 40);
}

#[test]
fn uneven_neighbours_cost_more() {
    let items = [
        word(10),
        glue(2, 4, 1),
        word(6),
        Item::FORCED,
        word(10),
        glue(2, 1, 4),
        word(13),
        Item::FORCED,
    ];
    // Ratios 1 and –¾ are two classes apart.
    let breaks = lines(&items, 22, &params());
    let costs: Vec<i64> = breaks.lines.iter().map(|line| line.cost).collect();
    assert_eq!(costs, [101 * 101, 43 * 43 + 10_000]);
}

#[test]
fn box_wider_than_the_measure_stands_alone() {
    let items = paragraph(&[10, 10, 50, 10, 10]);
    let breaks = lines(&items, 22, &params());
    assert_eq!(broken_at(&breaks), [3, 5, 10]);
    assert_eq!(breaks.overfull().map(|line| line.start).collect::<Vec<_>>(), [4]);
    assert_eq!(breaks.pass, Pass::Rescue);
}

#[test]
fn forced_breaks_are_kept_even_in_a_row() {
    let items = [word(5), Item::FILL, Item::FORCED, Item::FILL, Item::FORCED, word(5)];
    let breaks = lines(&items, 20, &params());
    let places: Vec<_> =
        breaks.lines.iter().map(|line| (line.start, line.end, line.break_at)).collect();
    assert_eq!(places, [(0, 1, 2), (4, 4, 4), (5, 6, 6)]);
    assert_eq!(breaks.lines[1].natural, Abs::ZERO);
}

#[test]
fn white_inside_that_fills_takes_the_rest() {
    let items = [word(5), Item::FILL, word(5), Item::FORCED];
    let breaks = lines(&items, 20, &params());
    assert_eq!(broken_at(&breaks), [3]);
    assert_eq!(Abs::HUGE * breaks.lines[0].ratio, pt(10));
    assert!(!breaks.lines[0].underfull);
}

#[test]
fn paragraph_without_content_has_no_lines() {
    for items in [&[][..], &[glue(2, 1, 1)], &[penalty(0), glue(2, 1, 1), hyphen(3)]] {
        let breaks = lines(items, 20, &params());
        assert_eq!((breaks.lines.len(), breaks.cost), (0, 0), "{items:?}");
        assert_eq!(variants(items, Measure::Same(pt(20)), &params()).len(), 1);
    }
    let mut finished = Vec::new();
    finish(&mut finished);
    assert_eq!(lines(&finished, 20, &params()).lines.len(), 1);
}

#[test]
fn ragged_lines_have_rigid_spaces() {
    let ragged = Params { runt: Abs::ZERO, ..Params::ragged(pt(10)) };
    let breaks = lines(&paragraph(&[10, 10, 10, 10]), 33, &ragged);
    // Three words are 34 pt, and spaces do not shrink.
    assert_eq!(broken_at(&breaks), [3, 8]);
    assert!(breaks.lines.iter().all(|line| line.ratio == 0.0 && !line.underfull));
    // 11 pt of white on a stretch of 20 pt.
    assert_eq!(breaks.lines[0].cost, 18 * 18);
    assert_eq!(breaks.lines[1].cost, 1);
}

#[test]
fn lines_of_different_length() {
    let items = paragraph(&[10, 10, 10, 10, 10, 10]);
    let lengths = [pt(10), pt(22), pt(34)];
    let breaks = break_lines(&items, Measure::PerLine(&lengths), &params());
    assert_eq!(broken_at(&breaks), [1, 5, 12]);
    let last_holds = break_lines(&items, Measure::PerLine(&lengths[..2]), &params());
    assert_eq!(broken_at(&last_holds), [1, 5, 9, 12]);
    let none = break_lines(&items, Measure::PerLine(&[]), &params());
    assert_eq!(none.overfull().count(), 6);
}

#[test]
fn variants_are_in_order_and_the_natural_is_cheapest() {
    let mut items = Vec::new();
    for _ in 0..40 {
        items.extend([word(10), glue(4, 4, 2)]);
    }
    finish(&mut items);
    let params = Params { loose_ratio: 4.0, ..params() };
    let measure = Measure::Same(pt(80));
    let all = variants(&items, measure, &params);
    let natural = break_lines(&items, measure, &params);
    let counts: Vec<usize> = all.iter().map(|breaks| breaks.lines.len()).collect();
    let count = natural.lines.len();
    assert_eq!(counts, [count, count + 1, count + 2]);
    assert_eq!(all.iter().min_by_key(|breaks| breaks.cost), Some(&natural));
    assert!(all[1].cost < all[2].cost);
}

#[test]
fn variant_may_be_shorter() {
    // Five perfect lines and a word, or five lines with a tight one among them.
    let mut items = Vec::new();
    for _ in 0..21 {
        items.extend([word(10), glue(5, 5, 4)]);
    }
    finish(&mut items);
    let measure = Measure::Same(pt(55));
    let all = variants(&items, measure, &params());
    let counts: Vec<usize> = all.iter().map(|breaks| breaks.lines.len()).collect();
    let natural = break_lines(&items, measure, &params()).lines.len();
    assert!(counts.contains(&(natural - 1)), "{counts:?} about {natural}");
}

#[test]
fn absurd_lengths_do_not_overflow() {
    let most = Abs::sp(i64::MAX);
    let least = Abs::sp(i64::MIN);
    let cut =
        |before, after| Item::Penalty(Penalty { cost: i32::MIN + 1, before, after, hyphen: true });
    let items = [
        Item::Box { width: most, widen: most, narrow: most },
        Item::Glue { width: least, stretch: least, shrink: least },
        Item::Box { width: least, widen: least, narrow: least },
        cut(most, least),
        Item::rigid(most),
        cut(least, most),
        Item::Glue { width: most, stretch: most, shrink: most },
        Item::rigid(most),
    ];
    for measure in [most, least, Abs::ZERO] {
        for params in [Params::justified(most), Params::ragged(least)] {
            let breaks = break_lines(&items, Measure::Same(measure), &params);
            assert_eq!(breaks.lines.last().map(|line| line.end), Some(items.len()));
        }
    }
}

#[test]
fn sums_do_not_overflow() {
    let items = vec![Item::rigid(Abs::sp(i64::MAX)); 40_000];
    assert!(lines(&items, 10, &params()).lines[0].overfull);
}

#[test]
fn sums_keep_their_precision_over_many_forced_breaks() {
    let mut items = [word(5), Item::FILL, Item::FORCED].repeat(5_000);
    items.extend([word(10), glue(2, 2, 1), word(10), Item::FORCED]);
    let breaks = lines(&items, 24, &params());
    assert_eq!(breaks.lines.last().map(|line| line.ratio), Some(1.0));
}

#[test]
fn variant_of_a_later_pass_costs_more_than_the_natural_break() {
    // One line at a ratio of –1; perfect ones if the word were hyphenated.
    let mut items = vec![word(10), glue(2, 1, 2), word(9), hyphen(0), word(1)];
    items.extend([penalty(Penalty::NEVER), glue(1, 0, 0), word(1)]);
    finish(&mut items);
    let all = variants(&items, Measure::Same(pt(22)), &patient());
    let found: Vec<_> = all.iter().map(|breaks| (breaks.pass, breaks.cost)).collect();
    assert_eq!(found, [(Pass::Unhyphenated, 101 * 101), (Pass::Normal, 101 * 101 + 1)]);
    assert_eq!(all[1].lines.iter().map(|line| line.cost).sum::<i64>(), 1 + 5_001);
}

#[test]
fn long_paragraphs_stay_linear_in_memory() {
    let mut items = Vec::new();
    for index in 0..20_000 {
        items.extend([word(3 + index % 11), glue(2, 1, 1)]);
    }
    finish(&mut items);
    let all = variants(&items, Measure::Same(pt(60)), &params());
    assert!(all.iter().all(|breaks| breaks.lines.len() > 2_000));
}

#[test]
fn rigid_line_that_fits_to_the_point_is_found_behind_white() {
    let items = [
        penalty(Penalty::NEVER),
        glue(3, 2, 1),
        word(4),
        glue(3, 0, 0),
        word(3),
        glue(3, 0, 0),
        word(1),
    ];
    let strict = Params { pretolerance: Some(6), ..patient() };
    let breaks = lines(&items, 10, &strict);
    assert_eq!((broken_at(&breaks), breaks.pass), (vec![5, 7], Pass::Unhyphenated));
}
