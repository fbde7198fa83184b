//! Pages whose best form is plain to see.

use super::replay::price;
use super::*;

/// What stands in a column: part, lines and first row.
type Stand = (usize, std::ops::Range<usize>, i64);

/// The pages of such segments, whose places are checked on the way.
fn set(stretches: &[Stretch], rows: i64) -> Pagination {
    let pagination = pages_of(stretches, rows, None).expect("there are pages");
    assert_eq!(price(stretches, rows, &pagination), pagination.cost);
    pagination
}

/// The pages of one segment.
fn flow(count: usize, rows: i64, pieces: Vec<Piece>) -> Pagination {
    set(&[Stretch::Columns(count, pieces)], rows)
}

/// What stands in a column of a page, from top to bottom.
fn column(pagination: &Pagination, page: usize, column: usize) -> Vec<Stand> {
    let here = pagination.placed.iter().filter(|at| (at.page, at.column) == (page, column));
    let stand =
        |at: &super::super::paginate::Placed| (at.what.part, at.what.lines.clone(), at.what.row);
    let mut column: Vec<Stand> = here.map(stand).collect();
    column.sort_by_key(|(_, _, row)| *row);
    column
}

/// The rows of the columns of a page.
fn heights(pagination: &Pagination, page: usize) -> Vec<i64> {
    let columns = pagination.columns.iter().filter(|column| column.page == page);
    columns.map(|column| column.rows).collect()
}

#[test]
fn white_vanishes_at_head_and_foot() {
    let found = flow(1, 4, vec![white(2), solid(4), white(2), solid(4), white(2)]);
    assert_eq!(column(&found, 0, 0), [(1, 0..1, 0)]);
    assert_eq!(column(&found, 1, 0), [(3, 0..1, 0)]);
    assert_eq!(found.filled, [4, 4]);
}

#[test]
fn of_two_whites_the_larger_stands() {
    let found = flow(1, 8, vec![solid(2), white(1), white(2), solid(2)]);
    assert_eq!(column(&found, 0, 0), [(0, 0..1, 0), (3, 0..1, 4)]);
}

#[test]
fn a_box_moves_whole() {
    let found = flow(1, 6, vec![solid(4), white(1), solid(3)]);
    assert_eq!(column(&found, 0, 0), [(0, 0..1, 0)]);
    assert_eq!(column(&found, 1, 0), [(2, 0..1, 0)]);
}

#[test]
fn what_is_taller_than_a_page_has_no_place() {
    assert!(pages_of(&[Stretch::Columns(2, vec![solid(7)])], 6, None).is_none());
}

#[test]
fn a_paragraph_may_end_on_the_next_page_but_without_widow_or_orphan() {
    let found = flow(1, 6, vec![solid(4), lines(4), solid(2)]);
    assert_eq!(column(&found, 0, 0), [(0, 0..1, 0), (1, 0..2, 4)]);
    assert_eq!(column(&found, 1, 0), [(1, 2..4, 0), (2, 0..1, 2)]);
    let found = flow(1, 6, vec![solid(5), lines(4)]);
    assert_eq!(column(&found, 1, 0), [(1, 0..4, 0)], "an orphan");
    let found = flow(1, 6, vec![solid(4), lines(3)]);
    assert_eq!(column(&found, 1, 0), [(1, 0..3, 0)], "a widow");
    assert!(found.cost < w::WIDOW_ORPHAN);
}

#[test]
fn another_setting_saves_a_widow() {
    let found = flow(2, 4, vec![text(&[(3, 0), (4, 9_000)]), white(0), lines(4)]);
    assert_eq!(found.placed[0].what.setting, 1);
    assert_eq!(heights(&found, 0), [4, 4]);
}

#[test]
fn the_rest_of_a_paragraph_keeps_the_setting_of_its_first_lines() {
    // Two settings of as many lines, of which one has its fault at another line.
    let setting = |between: Vec<i64>| Setting { rows: 1, variant: 0, cost: 0, between };
    let settings = vec![setting(vec![w::HYPHEN_AT_FOOT; 5]), setting(vec![0; 5])];
    let piece = Piece { shape: Shape::Set(settings), after: 0 };
    let found = flow(2, 4, vec![piece, solid(2)]);
    assert!(found.placed.iter().filter(|at| at.what.part == 0).all(|at| at.what.setting == 1));
}

#[test]
fn a_heading_goes_along_with_its_text() {
    let found = flow(1, 6, vec![solid(4), white(1), heading(), lines(4)]);
    assert_eq!(column(&found, 1, 0), [(2, 0..1, 0), (3, 0..4, 1)]);
    assert!(found.cost < w::STRANDED);
}

#[test]
fn a_spanner_keeps_rows_below_it() {
    let stretches = |keep| {
        [
            Stretch::Columns(1, vec![solid(4)]),
            Stretch::Spanner(Wide { above: 1, keep, ..plate(2) }),
            Stretch::Columns(1, vec![solid(1)]),
        ]
    };
    let found = set(&stretches(2), 9);
    assert_eq!((found.placed[1].page, found.placed[1].what.row), (0, 5));
    let found = set(&stretches(3), 9);
    assert_eq!((found.placed[1].page, found.placed[1].what.row), (1, 0), "no white at the head");
}

#[test]
fn a_title_never_stays_behind() {
    let title = Stretch::Spanner(Wide { holds: true, ..plate(2) });
    let stretches =
        [Stretch::Columns(1, vec![solid(5)]), Stretch::Chapter, title, Stretch::Chapter];
    let body = Stretch::Columns(1, vec![solid(4)]);
    let stretches = [&stretches[..], &[body]].concat();
    let found = set(&stretches, 10);
    assert_eq!(found.placed.iter().map(|at| at.page).collect::<Vec<_>>(), [0, 1, 1]);
    assert!(found.cost < w::STRANDED);
}

#[test]
fn a_title_alone_at_a_page_s_head_costs_most() {
    // The text fills a page of its own: nothing better exists.
    let title = Stretch::Spanner(Wide { holds: true, ..plate(2) });
    let found = set(&[title, Stretch::Columns(1, vec![solid(6)])], 6);
    assert!(found.cost >= w::STRANDED);
}

#[test]
fn an_empty_column_is_better_than_a_title_left_alone() {
    let title = Stretch::Spanner(Wide { holds: true, ..plate(2) });
    let found = set(&[title, Stretch::Columns(2, vec![lines(1), solid(6)])], 6);
    assert_eq!(column(&found, 0, 0), [(0, 0..1, 0), (0, 0..1, 2)]);
    assert_eq!(heights(&found, 0), [1, 0]);
    assert!(found.cost < w::WIDOW_ORPHAN);
}

#[test]
fn columns_are_balanced_to_within_a_row_where_a_segment_ends() {
    for (parts, expected) in [(6, vec![3, 3]), (7, vec![4, 3]), (1, vec![1, 0])] {
        let found = flow(2, 8, (0..parts).map(|_| solid(1)).collect());
        assert_eq!(heights(&found, 0), expected);
    }
    for (parts, expected) in [(9, vec![3, 3, 3]), (8, vec![3, 3, 2]), (7, vec![3, 2, 2])] {
        let found = flow(3, 8, (0..parts).map(|_| solid(1)).collect());
        assert_eq!(heights(&found, 0), expected);
    }
}

#[test]
fn feet_are_level_on_a_page_that_goes_on() {
    let pieces = vec![solid(2), growing(1, 2), solid(2), solid(6), solid(6), solid(6)];
    let found = flow(2, 6, pieces);
    assert_eq!(column(&found, 0, 0), [(0, 0..1, 0), (2, 0..1, 4)], "the white grows");
    assert_eq!(heights(&found, 0), [6, 6]);
    assert!(found.columns.iter().filter(|column| !column.ends).all(|column| column.rows == 6));
}

#[test]
fn feet_differ_rather_than_that_a_line_stands_alone() {
    let found = flow(2, 5, vec![solid(4), lines(3), solid(5), solid(5)]);
    assert_eq!(heights(&found, 0), [4, 3]);
    assert!((w::UNEVEN..w::WIDOW_ORPHAN).contains(&found.cost));
}

#[test]
fn the_end_of_a_chapter_is_not_blown_up() {
    let pieces = [solid(3), growing(1, 3), solid(3)];
    let pieces = [&pieces[..], &[white(1)], &pieces[..]].concat();
    assert_eq!(heights(&flow(2, 16, pieces), 0), [7, 7]);
}

#[test]
fn a_page_rather_ends_short_than_with_wide_white() {
    // The tall boxes fit only the next page; white of three rows more would fill
    // each column of the first. One row more hardly shows.
    let two = || vec![solid(8), growing(1, 3), solid(8)];
    let pieces = [two(), vec![white(1)], two(), vec![white(1), solid(19), white(1), solid(19)]];
    let found = flow(2, 20, pieces.concat());
    assert_eq!(heights(&found, 0), [18, 18]);
}

#[test]
fn the_last_block_of_a_section_stays_with_it() {
    let title = Stretch::Spanner(Wide { holds: true, ..plate(2) });
    let text = Stretch::Columns(1, vec![text(&[(8, 0), (7, 1_000_000)])]);
    let body = Stretch::Columns(1, vec![lines(6)]);
    let found = set(&[text, Stretch::Spanner(plate(3)), Stretch::Chapter, title, body], 10);
    assert_eq!(found.placed[0].what.setting, 1, "the text makes room");
    assert_eq!(found.placed.iter().map(|at| at.page).collect::<Vec<_>>(), [0, 0, 1, 1]);
}

#[test]
fn three_columns_go_on_level() {
    let found = flow(3, 4, (0..20).map(|_| solid(1)).collect());
    assert_eq!(heights(&found, 0), [4, 4, 4]);
    assert_eq!(heights(&found, 1), [3, 3, 2]);
}

#[test]
fn a_float_that_fits_stays_in_its_place() {
    let found = flow(1, 10, vec![lines(2), white(1), float(3), white(1), lines(2)]);
    assert_eq!(column(&found, 0, 0), [(0, 0..2, 0), (2, 0..1, 3), (4, 0..2, 7)]);
}

#[test]
fn a_float_goes_to_the_head_of_its_column() {
    // In its place, the columns would differ by a row, which its white fills.
    let found = flow(2, 6, vec![solid(6), lines(4), float(1)]);
    assert_eq!(column(&found, 0, 1), [(2, 0..1, 0), (1, 0..4, 2)]);
}

#[test]
fn a_float_goes_to_the_foot_or_to_the_next_column() {
    // Twice two rows of white in its place are a row too many.
    let pieces = vec![float(1), solid(1), white(2), float(2), white(2), solid(1), solid(8)];
    let foot = flow(1, 8, pieces);
    let expected = [(0, 0..1, 0), (1, 0..1, 1), (5, 0..1, 4), (3, 0..1, 6)];
    assert_eq!(column(&foot, 0, 0), expected);
    // The float does not fit, what follows does.
    let late = flow(1, 6, vec![solid(3), float(4), solid(3), solid(1)]);
    assert_eq!(column(&late, 0, 0), [(0, 0..1, 0), (2, 0..1, 3)]);
    assert_eq!(column(&late, 1, 0), [(1, 0..1, 0), (3, 0..1, 5)]);
}

#[test]
fn floats_keep_their_order() {
    let found = flow(1, 6, vec![solid(3), float(4), solid(3), float(1), solid(1), solid(5)]);
    let order: Vec<usize> = (0..found.pages)
        .flat_map(|page| column(&found, page, 0))
        .map(|(part, ..)| part)
        .filter(|part| [1, 3].contains(part))
        .collect();
    assert_eq!(order, [1, 3]);
}

#[test]
fn a_new_page_starts_only_where_one_is_begun() {
    let one = || Stretch::Columns(1, vec![solid(3)]);
    let found = set(&[Stretch::NewPage, one(), Stretch::NewPage, Stretch::NewPage, one()], 6);
    assert_eq!(found.placed.iter().map(|at| at.page).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn pages_are_as_many_as_wished() {
    let stretches = [Stretch::Columns(1, (0..12).map(|_| solid(1)).collect())];
    assert_eq!(pages_of(&stretches, 8, None).map(|found| found.pages), Some(2));
    for pages in 2..=4 {
        let found = pages_of(&stretches, 8, Some(pages)).expect("there are pages");
        assert_eq!(found.pages, pages);
        assert_eq!(price(&stretches, 8, &found), found.cost);
    }
}
