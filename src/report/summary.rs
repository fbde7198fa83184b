//! The figures that a document is judged by.

use super::data::points;
use super::faults::{self, Fault};
use super::survey::Survey;
use super::{limits, rounded};
use crate::base::Abs;
use serde::Serialize;

/// The figures that a document is judged by.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// How many pages there are.
    pub pages: usize,
    /// Whether they make whole sheets folded once, four pages each.
    pub multiple_of_4: bool,
    /// The size of running text in points: the one that fills the greatest length.
    pub body_size: f64,
    /// How many lines there are.
    pub lines: usize,
    /// How many of them are of the size of running text.
    pub body_lines: usize,
    /// The word gaps of justified body lines; none if there is no such line.
    pub gaps: Option<Gaps>,
    /// The share of body lines in wide measures that are justified and reach their
    /// measure, the last of each paragraph left out; none if there is no such line.
    pub justified_share: Option<f64>,
    /// Justified body lines whose gaps are too wide.
    pub loose_lines: usize,
    /// Justified body lines whose gaps are too narrow.
    pub tight_lines: usize,
    /// Body lines that should be justified and stay short of their measure.
    pub short_lines: usize,
    /// Lines that end with a hyphen.
    pub hyphens: Hyphens,
    /// Last lines of body text that are too short, or half a word.
    pub runts: usize,
    /// Last lines of a paragraph alone at a column's head.
    pub widows: usize,
    /// First lines of a paragraph alone at a column's foot.
    pub orphans: usize,
    /// Headings with too little of their text below.
    pub stranded_headings: usize,
    /// Body lines on pages with a grid whose baseline is on no row of it.
    pub lines_off_grid: usize,
    /// Columns side by side that end further apart than they may.
    pub uneven_feet: Vec<UnevenFeet>,
    /// The page with a grid that is filled least; none if no page has a grid.
    pub least_filled: Option<LeastFilled>,
    /// The limits that the figures are held against.
    pub limits: Limits,
}

/// The word gaps of lines; 1 is the natural space.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Gaps {
    /// How many lines count.
    pub lines: usize,
    /// The narrowest.
    pub min: f64,
    /// The one that 50 in 100 lines do not exceed.
    pub median: f64,
    /// The one that 95 in 100 lines do not exceed.
    pub p95: f64,
    /// The widest.
    pub max: f64,
}

/// Lines that end with a hyphen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Hyphens {
    /// How many there are.
    pub lines: usize,
    /// How many follow each other at most.
    pub longest_run: usize,
    /// How many end a column while their paragraph goes on in the next.
    pub at_column_ends: usize,
}

/// Columns side by side that end further apart than they may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct UnevenFeet {
    /// The page, from 1.
    pub page: usize,
    /// The group of the columns.
    pub group: usize,
    /// How many rows they differ by.
    pub rows: i64,
    /// How many they may.
    pub limit: i64,
}

/// How full a page is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LeastFilled {
    /// The page, from 1.
    pub page: usize,
    /// The share of its rows down to the lowest in use.
    pub share: f64,
}

/// The [`limits`] as data.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Limits {
    /// See [`limits::GAP_P95`].
    pub gap_p95: f64,
    /// See [`limits::GAP_MOST`].
    pub gap_max: f64,
    /// See [`limits::GAP_LEAST`].
    pub gap_min: f64,
    /// See [`limits::JUSTIFIED_SHARE`].
    pub justified_share: f64,
    /// See [`limits::JUSTIFIED_MEASURE_MM`].
    pub justified_measure_mm: f64,
    /// See [`limits::BODY_MEASURE_MM`].
    pub body_measure_mm: f64,
    /// See [`limits::HYPHENS_IN_A_ROW`].
    pub hyphens_in_a_row: usize,
    /// See [`limits::RUNT`].
    pub runt_em: f64,
    /// See [`limits::LINES_TOGETHER`].
    pub lines_together: usize,
    /// See [`limits::FEET_APART`].
    pub feet_apart: i64,
    /// See [`limits::FULL_SHARE`].
    pub full_share: f64,
}

/// The limits that are in force.
const LIMITS: Limits = Limits {
    gap_p95: limits::GAP_P95,
    gap_max: limits::GAP_MOST,
    gap_min: limits::GAP_LEAST,
    justified_share: limits::JUSTIFIED_SHARE,
    justified_measure_mm: limits::JUSTIFIED_MEASURE_MM,
    body_measure_mm: limits::BODY_MEASURE_MM,
    hyphens_in_a_row: limits::HYPHENS_IN_A_ROW,
    runt_em: limits::RUNT.get(),
    lines_together: limits::LINES_TOGETHER,
    feet_apart: limits::FEET_APART,
    full_share: limits::FULL_SHARE,
};

impl Summary {
    pub(super) fn new(survey: &Survey<'_>) -> Summary {
        let found = faults::find(survey);
        let of = |kind: fn(&Fault) -> bool| found.iter().filter(|fault| kind(fault)).count();
        let body = || survey.lines.iter().filter(|line| survey.has_body_size(line));
        let runs = survey.paragraphs.iter().flat_map(|p| faults::hyphen_runs(survey, p));
        let off_grid = body().filter(|line| {
            let grid = survey.pages[line.page].grid;
            grid.is_some_and(|grid| grid.row_of(line.facts.at.y).is_none())
        });
        Summary {
            pages: survey.pages.len(),
            multiple_of_4: survey.pages.len().is_multiple_of(4),
            body_size: points(survey.body),
            lines: survey.lines.len(),
            body_lines: body().count(),
            gaps: gaps(survey),
            justified_share: justified_share(survey),
            loose_lines: of(|fault| matches!(fault, Fault::Loose(..))),
            tight_lines: of(|fault| matches!(fault, Fault::Tight(..))),
            short_lines: of(|fault| matches!(fault, Fault::Short(..))),
            hyphens: Hyphens {
                lines: survey.lines.iter().filter(|line| line.facts.hyphen).count(),
                longest_run: runs.map(|(_, length)| length).max().unwrap_or(0),
                at_column_ends: of(|fault| matches!(fault, Fault::HyphenAtFoot(..))),
            },
            runts: of(|fault| matches!(fault, Fault::Runt(..) | Fault::Stub(..))),
            widows: of(|fault| matches!(fault, Fault::Widow(..))),
            orphans: of(|fault| matches!(fault, Fault::Orphan(..))),
            stranded_headings: of(|fault| matches!(fault, Fault::Stranded(..))),
            lines_off_grid: off_grid.count(),
            uneven_feet: found
                .iter()
                .filter_map(|fault| match fault {
                    Fault::Uneven(feet) => Some(UnevenFeet {
                        page: feet.page + 1,
                        group: feet.group,
                        rows: feet.rows,
                        limit: feet.most,
                    }),
                    _ => None,
                })
                .collect(),
            least_filled: least_filled(survey),
            limits: LIMITS,
        }
    }
}

/// The gaps of justified body lines, in which there are spaces.
fn gaps(survey: &Survey<'_>) -> Option<Gaps> {
    let spaced = survey.justified().filter(|(_, line)| line.words.spaces > 0);
    let mut gaps: Vec<f64> = spaced.map(|(_, line)| line.facts.gap).collect();
    gaps.sort_by(f64::total_cmp);
    // The nearest rank: the least gap that so many in 100 lines do not exceed.
    let rank = |share: usize| gaps.get((gaps.len() * share).div_ceil(100).max(1) - 1).copied();
    Some(Gaps {
        lines: gaps.len(),
        min: rounded(*gaps.first()?, 4),
        median: rounded(rank(50)?, 4),
        p95: rounded(rank(95)?, 4),
        max: rounded(*gaps.last()?, 4),
    })
}

fn justified_share(survey: &Survey<'_>) -> Option<f64> {
    let wide = Abs::mm(limits::JUSTIFIED_MEASURE_MM);
    let lines = survey.lines.iter().filter(|line| {
        survey.has_body_size(line) && line.facts.measure >= wide && !line.facts.is_last()
    });
    let (mut all, mut justified) = (0_u32, 0_u32);
    for line in lines {
        all += 1;
        justified += u32::from(line.facts.justified && line.short().is_none());
    }
    (all > 0).then(|| rounded(f64::from(justified) / f64::from(all), 4))
}

fn least_filled(survey: &Survey<'_>) -> Option<LeastFilled> {
    let shares = (0..survey.pages.len()).filter_map(|page| Some((page, survey.filled(page)?)));
    let least = shares.min_by(|a, b| a.1.total_cmp(&b.1));
    least.map(|(page, share)| LeastFilled { page: page + 1, share: rounded(share, 4) })
}
