//! The report as data.

use super::rounded;
use super::summary::Summary;
use super::survey::{Spot, Survey};
use crate::base::Abs;
use crate::diag::{Files, Span};
use crate::document::{Copyfit, Document, Grid};
use serde::Serialize;

/// The version of the report's form; raised when a key changes its meaning or goes.
pub const VERSION: u32 = 1;

/// How a document is set. Lengths are in points (1/72 inch), rounded to 3
/// decimals; places count from the top left of the trimmed page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// [`VERSION`].
    pub version: u32,
    /// The document's title.
    pub title: String,
    /// The figures that it is judged by.
    pub summary: Summary,
    /// How it came to have its number of pages.
    pub copyfit: CopyfitReport,
    /// The pages in order.
    pub pages: Vec<PageReport>,
}

/// How a document came to have its number of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct CopyfitReport {
    /// Whether the number of pages was left to the text.
    pub free: bool,
    /// The pages that it has by itself.
    pub natural_pages: usize,
    /// The pages that were put in only to fill up.
    pub fillers: usize,
    /// Above 0, the rows that white between blocks may grow beyond the usual;
    /// below 0, titles stand closer.
    pub white_rows: i64,
    /// White added after each character, in thousandths of an em.
    pub tracking: i16,
    /// How much wider all glyphs are drawn, in thousandths.
    pub expansion: i16,
    /// How much larger the leading is, in thousandths.
    pub leading: i16,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PageReport {
    /// Its number, from 1.
    pub number: usize,
    /// Its trimmed width.
    pub width: f64,
    /// Its trimmed height.
    pub height: f64,
    /// Its baseline grid; none on cover and back page.
    pub grid: Option<GridReport>,
    /// The share of the grid's rows down to the lowest in use.
    pub filled: Option<f64>,
    /// Its columns of running text.
    pub columns: Vec<ColumnReport>,
    /// The lines that stand in no column: titles, boxes across the page,
    /// header and footer, all of a cover.
    pub other_lines: Vec<LineReport>,
}

/// The baseline grid of a page.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct GridReport {
    /// The first baseline from the page's top.
    pub first: f64,
    /// From one baseline to the next.
    pub leading: f64,
    /// How many there are.
    pub rows: i64,
}

/// A column as far as it is filled.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ColumnReport {
    /// Its number among those beside it, from 0 at the left.
    pub index: usize,
    /// Columns of one group stand side by side.
    pub group: usize,
    /// Whether the text of its group ends on this page, so that its columns
    /// are balanced.
    pub ends: bool,
    /// Its left edge.
    pub x: f64,
    /// Its top edge.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height down to its foot.
    pub height: f64,
    /// Its last row on the grid, from 0; none if it is empty.
    pub foot: Option<i64>,
    /// Its lines from top to bottom.
    pub lines: Vec<LineReport>,
}

/// A line of text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LineReport {
    /// The row of the grid that its baseline stands on, from 0; none if it
    /// stands on no row.
    pub row: Option<i64>,
    /// The left edge of its measure.
    pub x: f64,
    /// Its baseline.
    pub y: f64,
    /// The width that it was set in; none if it was set at its own width.
    pub measure: Option<f64>,
    /// Its own width, with what hangs out of the measure.
    pub width: f64,
    /// The type size of its first words.
    pub size: f64,
    /// The leading of its paragraph.
    pub leading: f64,
    /// Whether it is of the size of running text.
    pub body: bool,
    /// Whether it is flush at both sides.
    pub justified: bool,
    /// How much it stretches (above 0) or shrinks: 1 is what its spaces give
    /// easily, –1 all that they give.
    pub ratio: f64,
    /// The width of its word spaces as a share of their natural width.
    pub gap: f64,
    /// How much wider (above 0) its glyphs are drawn, in thousandths.
    pub expansion: i16,
    /// How far it hangs out of its measure.
    pub protrusion: Protrusion,
    /// Whether it ends with a hyphen.
    pub hyphen: bool,
    /// Its number in its paragraph, from 0.
    pub index: u32,
    /// How many lines its paragraph has.
    pub count: u32,
    /// How many lines more (above 0) or fewer its paragraph has than were best
    /// for it alone.
    pub variant: i8,
    /// What it costs in demerits.
    pub cost: i64,
    /// Where its words start in the author's file.
    pub place: Place,
}

/// How far a line hangs out of its measure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Protrusion {
    /// At the left.
    pub left: f64,
    /// At the right.
    pub right: f64,
}

/// A place in the author's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file, with `/` between folders.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

impl CopyfitReport {
    fn new(fit: Copyfit) -> CopyfitReport {
        CopyfitReport {
            free: fit.asked.is_none(),
            natural_pages: fit.natural,
            fillers: fit.fillers,
            white_rows: fit.white,
            tracking: fit.tracking,
            expansion: fit.expansion,
            leading: fit.leading,
        }
    }
}

impl Report {
    /// The report on a document.
    pub fn new(document: &Document) -> Report {
        let survey = Survey::new(&document.pages, &document.outline);
        let pages = (0..document.pages.len()).map(|page| page_report(&survey, document, page));
        Report {
            version: VERSION,
            title: document.meta.title.clone(),
            summary: Summary::new(&survey),
            copyfit: CopyfitReport::new(document.copyfit),
            pages: pages.collect(),
        }
    }

    /// The report as JSON with a line end; the same document gives the same bytes.
    ///
    /// # Errors
    /// None that is known: the report has nothing that JSON cannot say. The
    /// words of the writer are passed on all the same.
    pub fn to_json(&self) -> Result<Vec<u8>, String> {
        let mut bytes = serde_json::to_vec_pretty(self).map_err(|error| error.to_string())?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

fn page_report(survey: &Survey<'_>, document: &Document, number: usize) -> PageReport {
    let page = &document.pages[number];
    let line = |line: &Spot<'_>| line_report(survey, document, line);
    let columns = page.columns.iter().enumerate().map(|(index, column)| {
        let height = column.area.size.height;
        // A column ends at the foot of a row; half a leading above is in the row.
        let last = |grid: Grid| {
            let from = (column.area.bottom() - grid.leading / 2 - grid.first).to_sp();
            let step = grid.leading.to_sp().max(1);
            (from + step / 2).div_euclid(step)
        };
        ColumnReport {
            index: column.index,
            group: column.group,
            ends: column.ends,
            x: points(column.area.left()),
            y: points(column.area.top()),
            width: points(column.area.size.width),
            height: points(height),
            foot: page.grid.filter(|_| height > Abs::ZERO).map(last),
            lines: survey.column_lines(number, index).into_iter().map(line).collect(),
        }
    });
    let others = survey.lines.iter().filter(|l| l.page == number && l.column.is_none());
    PageReport {
        number: number + 1,
        width: points(page.trim.width),
        height: points(page.trim.height),
        grid: page.grid.map(|grid| GridReport {
            first: points(grid.first),
            leading: points(grid.leading),
            rows: grid.rows,
        }),
        filled: survey.filled(number).map(|share| rounded(share, 4)),
        columns: columns.collect(),
        other_lines: others.map(line).collect(),
    }
}

fn line_report(survey: &Survey<'_>, document: &Document, line: &Spot<'_>) -> LineReport {
    let facts = line.facts;
    let grid = document.pages[line.page].grid;
    let row = grid.and_then(|grid| {
        let row = grid.row_of(facts.at.y)?;
        (0..grid.rows).contains(&row).then_some(row)
    });
    LineReport {
        row,
        x: points(facts.at.x),
        y: points(facts.at.y),
        measure: (facts.measure > Abs::ZERO).then(|| points(facts.measure)),
        width: points(facts.width),
        size: points(facts.size),
        leading: points(facts.leading),
        body: survey.has_body_size(line),
        justified: facts.justified,
        ratio: rounded(facts.ratio, 4),
        gap: rounded(facts.gap, 4),
        expansion: facts.expansion,
        protrusion: Protrusion {
            left: points(facts.protrusion.0),
            right: points(facts.protrusion.1),
        },
        hyphen: facts.hyphen,
        index: facts.index,
        count: facts.count,
        variant: facts.variant,
        cost: facts.cost,
        place: place(&document.files, facts.span),
    }
}

fn place(files: &Files, span: Span) -> Place {
    let at = files.location(span);
    Place { file: files.get(span.file).name().to_owned(), line: at.line, column: at.column }
}

/// A length in points, as reports give it.
pub(super) fn points(length: Abs) -> f64 {
    rounded(length.to_pt(), 3)
}
