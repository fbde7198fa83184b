//! Small documents made by hand: for each warning one that gives it and one that
//! just does not.

use super::*;
use crate::base::{Abs, Point, Rect, Size};
use crate::diag::{FileId, Files, SourceFile, Span};
use crate::document::{ColumnFacts, Frame, Grid, LineFacts};
use std::sync::Arc;

const MEASURE: f64 = 230.0;
const LEADING: f64 = 13.0;
const TOP: f64 = 60.0;

fn file() -> FileId {
    Files::new().add(Arc::new(SourceFile::new("a.toml", "x".repeat(5000))))
}

/// The left edge of a column.
fn left(column: usize) -> f64 {
    50.0 + 250.0 * column as f64
}

/// A line of running text on a row; its place in the file tells the row.
fn line(column: usize, row: i64, index: u32, count: u32) -> LineFacts {
    let at = (column as i64 * 1000 + row * 10) as usize;
    let last = index + 1 == count;
    LineFacts {
        at: Point::new(Abs::pt(left(column)), Abs::pt(TOP + LEADING * (row as f64 + 0.75))),
        measure: Abs::pt(MEASURE),
        width: Abs::pt(if last { 100.0 } else { MEASURE }),
        size: Abs::pt(9.5),
        leading: Abs::pt(LEADING),
        justified: !last,
        ratio: 0.0,
        gap: 1.0,
        expansion: 0,
        protrusion: (Abs::ZERO, Abs::ZERO),
        hyphen: false,
        index,
        count,
        variant: 0,
        cost: 0,
        span: Span::new(file(), at, at + 5),
    }
}

/// A paragraph that starts at a row of a column.
fn paragraph(column: usize, row: i64, count: u32) -> Vec<LineFacts> {
    (0..count).map(|index| line(column, row + i64::from(index), index, count)).collect()
}

/// A column of so many rows that goes on.
fn column(index: usize, rows: i64) -> ColumnFacts {
    let area = Rect::new(
        Abs::pt(left(index)),
        Abs::pt(TOP),
        Abs::pt(MEASURE),
        Abs::pt(LEADING * rows as f64),
    );
    ColumnFacts { area, index, group: 0, ends: false }
}

/// A page of 20 rows.
fn page(lines: Vec<LineFacts>, columns: Vec<ColumnFacts>) -> Page {
    Page {
        trim: Size::new(Abs::pt(600.0), Abs::pt(400.0)),
        bleed: Abs::ZERO,
        frame: Frame { lines, ..Frame::default() },
        grid: Some(Grid {
            first: Abs::pt(TOP + LEADING * 0.75),
            leading: Abs::pt(LEADING),
            rows: 20,
        }),
        columns,
        stamp: None,
    }
}

/// A page of two columns of ten rows.
fn two_columns(lines: Vec<LineFacts>) -> Page {
    page(lines, vec![column(0, 10), column(1, 10)])
}

/// The warnings on pages without headings: code and first byte of the place.
fn found(pages: &[Page]) -> Vec<(&'static str, u32)> {
    let warnings = warnings(pages, &[]);
    assert!(!warnings.has_errors());
    warnings.iter().map(|w| (w.code.as_str(), w.span.start)).collect()
}

fn message(pages: &[Page]) -> (String, String) {
    let warnings = warnings(pages, &[]);
    let warning = warnings.iter().next().unwrap();
    (warning.message.clone(), warning.hints.join("; "))
}

#[test]
fn gaps_may_reach_their_limits_and_no_further() {
    let with = |gap: f64| {
        let mut lines = paragraph(0, 0, 4);
        lines[1].gap = gap;
        two_columns(lines)
    };
    for gap in [0.75, 0.746, 1.0, 1.7, 1.704] {
        assert_eq!(found(&[with(gap)]), [], "{gap}");
    }
    for gap in [0.74, 1.71, 3.0] {
        assert_eq!(found(&[with(gap)]), [("loose-line", 10)], "{gap}");
    }
    let (words, _) = message(&[with(1.9)]);
    assert!(words.contains("1.90 times as wide as usual, 1.70 is the most"), "{words}");
    assert!(words.contains("no better break exists"), "{words}");
}

#[test]
fn one_line_in_twenty_may_be_wide() {
    let with = |gaps: &[f64]| {
        // Two paragraphs with nine and eleven justified lines.
        let mut lines = paragraph(0, 0, 10);
        lines.extend(paragraph(1, 0, 12));
        for (line, &gap) in lines.iter_mut().zip(gaps) {
            line.gap = gap;
        }
        page(lines, vec![column(0, 12), column(1, 12)])
    };
    let gaps = |page: Page| -> Vec<u32> {
        found(&[page]).into_iter().filter(|(code, _)| *code == "loose-line").map(|f| f.1).collect()
    };
    assert_eq!(gaps(with(&[1.0, 1.69])), [] as [u32; 0]);
    assert_eq!(gaps(with(&[1.35, 1.69, 1.354])), [] as [u32; 0]);
    // The widest of two; of three one has a limit of its own.
    assert_eq!(gaps(with(&[1.4, 1.69])), [10]);
    assert_eq!(gaps(with(&[1.4, 1.69, 1.8])), [20, 10]);
    let (words, _) = message(&[with(&[1.4, 1.69])]);
    assert!(
        words.contains("1.69 times as wide as usual, 2 of 20 lines have more than 1.35, 1 may")
    );
}

#[test]
fn gaps_count_in_running_text_only() {
    let mut lines = paragraph(0, 0, 4);
    // A ragged line, one in a narrow measure and a caption.
    lines[0].gap = 3.0;
    lines[0].justified = false;
    lines[1].gap = 3.0;
    lines[1].measure = Abs::mm(39.0);
    lines[1].width = lines[1].measure;
    lines[2].gap = 3.0;
    lines[2].size = Abs::pt(7.0);
    assert_eq!(found(&[two_columns(lines)]), []);
}

#[test]
fn a_justified_line_reaches_its_measure() {
    let mut lines = paragraph(0, 0, 3);
    // What hangs out of the measure belongs to the width.
    lines[0].protrusion = (Abs::pt(0.5), Abs::pt(1.5));
    lines[0].width = Abs::pt(MEASURE + 1.8);
    assert_eq!(found(&[two_columns(lines.clone())]), []);
    lines[0].width = Abs::pt(MEASURE - 8.0);
    assert_eq!(found(&[two_columns(lines.clone())]), [("loose-line", 0)]);
    let (words, hint) = message(&[two_columns(lines)]);
    assert!(words.contains("ends 3.5 mm before the column's edge"), "{words}");
    assert!(hint.contains("character"), "{hint}");
}

#[test]
fn two_hyphens_in_a_row_are_fine_and_three_are_not() {
    let mut lines = paragraph(0, 0, 6);
    for line in &mut lines[1..3] {
        line.hyphen = true;
    }
    assert_eq!(found(&[two_columns(lines.clone())]), []);
    lines[3].hyphen = true;
    assert_eq!(found(&[two_columns(lines.clone())]), [("hyphens-in-a-row", 30)]);
    lines[4].hyphen = true;
    assert_eq!(found(&[two_columns(lines.clone())])[0], ("hyphens-in-a-row", 40));
    let (words, _) = message(&[two_columns(lines)]);
    assert!(words.starts_with("4 lines in a row on page 1 end with a hyphen, 2 is"), "{words}");
    // Those of two paragraphs do not add up.
    let mut lines = [paragraph(0, 0, 3), paragraph(0, 3, 3)].concat();
    for at in [0, 1, 3, 4] {
        lines[at].hyphen = true;
    }
    // Tails of one word would be runts; without glyphs a line has no spaces.
    let found = found(&[two_columns(lines)]);
    assert!(found.iter().all(|(code, _)| *code == "runt"), "{found:?}");
}

#[test]
fn hyphens_are_counted_across_columns() {
    let mut lines = [paragraph(0, 7, 6)].concat();
    for (row, line) in lines[3..].iter_mut().enumerate() {
        line.at = Point::new(Abs::pt(left(1)), Abs::pt(TOP + LEADING * (row as f64 + 0.75)));
    }
    for line in &mut lines[1..4] {
        line.hyphen = true;
    }
    let expected = [("hyphens-in-a-row", 100), ("hyphen-at-column-end", 90)];
    assert_eq!(found(&[two_columns(lines.clone())]), expected);
    lines[2].hyphen = false;
    assert_eq!(found(&[two_columns(lines)]), []);
}

#[test]
fn a_paragraph_runs_on_behind_header_and_box() {
    let all = paragraph(0, 7, 6);
    let header = LineFacts { measure: Abs::ZERO, size: Abs::pt(8.0), ..line(0, -4, 0, 1) };
    let mut first = vec![header];
    first.extend_from_slice(&all[..3]);
    first[3].hyphen = true;
    let mut second = vec![header];
    second.extend(paragraph(0, 0, 3).into_iter().map(|l| LineFacts { size: Abs::pt(8.0), ..l }));
    second.extend(
        all[3..]
            .iter()
            .zip(3..)
            .map(|(facts, row)| LineFacts { at: line(0, row, 0, 1).at, ..*facts }),
    );
    let columns = || vec![column(0, 10)];
    let pages = [page(first, columns()), page(second, columns())];
    assert_eq!(found(&pages), [("hyphen-at-column-end", 90)]);
}

#[test]
fn a_last_line_has_four_ems() {
    let with = |ems: f64| {
        let mut lines = paragraph(0, 0, 2);
        lines[1].width = Abs::pt(9.5 * ems);
        two_columns(lines)
    };
    assert_eq!(found(&[with(4.0)]), []);
    assert_eq!(found(&[with(3.9)]), [("runt", 10)]);
    let (words, hint) = message(&[with(2.0)]);
    assert!(words.contains("is 2.0 em long, 4.0 em is the least"), "{words}");
    assert!(hint.contains("shorten the paragraph by about"), "{hint}");
    // A single line is no runt, nor is a short label.
    let mut lines = paragraph(0, 0, 1);
    lines[0].width = Abs::pt(10.0);
    assert_eq!(found(&[two_columns(lines)]), []);
    let mut lines = paragraph(0, 0, 2);
    lines[1].width = Abs::pt(10.0);
    for line in &mut lines {
        line.measure = Abs::mm(39.0);
    }
    lines[0].width = Abs::mm(39.0);
    assert_eq!(found(&[two_columns(lines)]), []);
}

#[test]
fn the_tail_of_a_word_is_no_last_line() {
    let mut lines = paragraph(0, 0, 3);
    lines[1].hyphen = true;
    // Without glyphs the last line has no spaces: it is one word.
    assert_eq!(found(&[two_columns(lines.clone())]), [("runt", 20)]);
    let (words, _) = message(&[two_columns(lines)]);
    assert!(words.contains("only the end of a hyphenated word"), "{words}");
}

/// A paragraph of which so many of its lines stand in the first column.
fn parted(count: u32, first: usize) -> Vec<LineFacts> {
    let mut lines = paragraph(0, 10 - first as i64, count);
    for (row, line) in lines[first..].iter_mut().enumerate() {
        line.at = Point::new(Abs::pt(left(1)), Abs::pt(TOP + LEADING * (row as f64 + 0.75)));
    }
    lines
}

#[test]
fn two_lines_of_a_paragraph_stand_together() {
    assert_eq!(found(&[two_columns(parted(4, 2))]), []);
    assert_eq!(found(&[two_columns(parted(4, 3))]), [("widow", 100)]);
    assert_eq!(found(&[two_columns(parted(4, 1))]), [("orphan", 90)]);
    assert_eq!(found(&[two_columns(parted(2, 1))]), [("orphan", 90), ("widow", 100)]);
}

#[test]
fn columns_end_level_where_text_goes_on() {
    let with = |rows: [i64; 2], ends: bool| {
        let lines = [paragraph(0, 0, rows[0] as u32), paragraph(1, 0, rows[1] as u32)].concat();
        let column = |index: usize| ColumnFacts { ends, ..column(index, rows[index]) };
        page(lines, vec![column(0), column(1)])
    };
    for (rows, ends) in [([10, 10], false), ([10, 10], true), ([10, 9], true), ([9, 10], true)] {
        assert_eq!(found(&[with(rows, ends)]), [], "{rows:?} {ends}");
    }
    assert_eq!(found(&[with([10, 9], false)]), [("uneven-columns", 90)]);
    assert_eq!(found(&[with([8, 10], true)]), [("uneven-columns", 1090)]);
    let (words, hint) = message(&[with([10, 7], true)]);
    assert!(words.contains("end 3 lines apart, 1 line is the most"), "{words}");
    assert!(hint.contains("by 2 lines"), "{hint}");
}

#[test]
fn columns_of_different_groups_are_not_compared() {
    let lines = [paragraph(0, 0, 9), paragraph(1, 0, 4)].concat();
    let other = ColumnFacts { group: 1, ..column(1, 4) };
    assert_eq!(found(&[page(lines, vec![column(0, 9), other])]), []);
}

#[test]
fn a_page_that_goes_on_is_not_nearly_empty() {
    let filled = |rows: i64| page(paragraph(0, 0, rows as u32), vec![column(0, rows)]);
    assert_eq!(found(&[filled(8), filled(20)]), []);
    assert_eq!(found(&[filled(7), filled(20)]), [("nearly-empty-page", 60)]);
    let (words, _) = message(&[filled(7), filled(20)]);
    assert!(words.starts_with("page 1 is 35% full, 40% is the least"), "{words}");
    // The last page of all and one before a back page.
    assert_eq!(found(&[filled(20), filled(7)]), []);
    let back = Page { grid: None, ..filled(1) };
    assert_eq!(found(&[filled(7), back]), []);
}

#[test]
fn a_chapter_on_a_new_page_leaves_the_one_before_empty() {
    // The title stands across the page, above the columns.
    let title = LineFacts { size: Abs::pt(20.0), measure: Abs::pt(500.0), ..line(0, 0, 0, 1) };
    let mut below = column(0, 17);
    below.area.origin.y += Abs::pt(LEADING * 3.0);
    let lines = [vec![title], paragraph(0, 3, 17)].concat();
    let pages = [page(paragraph(0, 0, 3), vec![column(0, 3)]), page(lines, vec![below])];
    let heading = |level: u8| OutlineEntry {
        level,
        title: "Kop".to_owned(),
        page: 1,
        at: Point::new(Abs::pt(left(0)), Abs::pt(TOP)),
        span: title.span,
    };
    assert!(warnings(&pages, &[heading(1)]).is_empty());
    assert_eq!(warnings(&pages, &[heading(2)]).warnings(), 1);
}

#[test]
fn two_lines_stand_below_a_heading() {
    let with = |below: u32, ends: bool| {
        let title = LineFacts { size: Abs::pt(12.0), ..line(0, 0, 0, 1) };
        let mut lines = vec![title];
        lines.extend(paragraph(0, 1, below));
        let rows = 1 + i64::from(below);
        let page = page(lines, vec![ColumnFacts { ends, ..column(0, rows) }]);
        let heading = OutlineEntry {
            level: 2,
            title: "Kop".to_owned(),
            page: 0,
            at: Point::new(Abs::pt(left(0)), Abs::pt(TOP)),
            span: page.frame.lines[0].span,
        };
        let warnings = warnings(&[page], &[heading]);
        warnings.iter().map(|warning| warning.code.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(with(2, false), [""; 0]);
    assert_eq!(with(1, false), ["stranded-heading"]);
    assert_eq!(with(0, false), ["stranded-heading"]);
    // A text of a single line at the end has no second one.
    assert_eq!(with(1, true), [""; 0]);
    assert_eq!(with(0, true), ["stranded-heading"]);
}

#[test]
fn a_line_that_stays_short_is_not_justified() {
    let mut lines = paragraph(0, 0, 5);
    lines[1].width = Abs::pt(MEASURE - 2.0);
    let pages = [two_columns(lines)];
    let summary = Summary::new(&Survey::new(&pages, &[]));
    assert_eq!((summary.short_lines, summary.justified_share), (1, Some(0.75)));
}

#[test]
fn the_summary_counts_what_is_warned_of() {
    let mut lines = [parted(4, 1), paragraph(1, 3, 5)].concat();
    lines[5].gap = 2.0;
    lines[6].gap = 0.5;
    lines[7].gap = 1.2;
    lines[5].hyphen = true;
    lines[8].width = Abs::pt(20.0);
    let mut off = line(1, 9, 0, 1);
    off.at.y += Abs::pt(2.0);
    lines.push(off);
    let pages = [page(lines, vec![column(0, 10), ColumnFacts { ends: false, ..column(1, 9) }])];
    let summary = Summary::new(&Survey::new(&pages, &[]));
    assert_eq!((summary.pages, summary.multiple_of_4), (1, false));
    assert_eq!((summary.lines, summary.body_lines, summary.body_size), (10, 10, 9.5));
    assert_eq!((summary.loose_lines, summary.tight_lines, summary.short_lines), (1, 1, 0));
    assert_eq!(summary.hyphens, Hyphens { lines: 1, longest_run: 1, at_column_ends: 0 });
    assert_eq!((summary.orphans, summary.widows, summary.runts), (1, 0, 1));
    assert_eq!(summary.lines_off_grid, 1);
    let uneven = UnevenFeet { page: 1, group: 0, rows: 1, limit: 0 };
    assert_eq!(summary.uneven_feet, [uneven]);
    assert_eq!(summary.justified_share, Some(1.0));
    assert_eq!(summary.least_filled, Some(LeastFilled { page: 1, share: 0.5 }));
    // No line has glyphs, hence none has spaces.
    assert_eq!(summary.gaps, None);
}

#[test]
fn numbers_are_rounded_without_a_negative_zero() {
    assert_eq!(rounded(1.23456, 3), 1.235);
    assert!(rounded(-0.0001, 3).is_sign_positive());
    assert_eq!(rounded(-2.5001, 2), -2.5);
}
