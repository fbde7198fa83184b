//! Tables.

use super::shapes::line;
use super::{Composer, text};
use crate::base::{Abs, Point};
use crate::diag::{Code, Diagnostic, Span};
use crate::document::{Element, Frame, Role};
use crate::theme::StyledTable;

/// A table of a width with heading and source, its lines on the grid.
pub(super) fn table(
    composer: &mut Composer<'_>,
    table: &StyledTable,
    width: Abs,
    span: Span,
) -> Frame {
    let rule = composer.looks.table;
    let gap = composer.page.leading;
    let mut frame = Frame::new(width, Abs::ZERO);
    let mut whole = Element::new(Role::Table);
    if let Some(title) = &table.title {
        let part = text::block(composer, title, width).within(Element::new(Role::Caption));
        text::append(composer, &mut frame, part);
        whole.children.append(&mut frame.nodes);
    }
    let columns = column_widths(composer, table, width, gap, span);
    for (index, cells) in table.rows.iter().enumerate() {
        let top = frame.size.height;
        let mut rows = 1;
        let mut x = Abs::ZERO;
        let mut row = Element::new(Role::Row);
        for (column, (cell, &measure)) in cells.iter().zip(&columns).enumerate() {
            let part = text::block(composer, cell, measure);
            rows = rows.max(composer.rows(part.size.height));
            let words = frame.place_apart(Point::new(x, top), part);
            let mut cell = Element::new(Role::Cell).with(words);
            if !cell.is_empty() {
                cell.role = cell_role(index, column, cells.len());
            }
            row.children.push(cell.into());
            x += measure + gap;
        }
        whole.children.push(row.into());
        frame.size.height += composer.height(rows);
        // The row's foot is as far below the baseline as above the capitals.
        let y = frame.size.height;
        let weight = if index == 0 { rule.width * 2i64 } else { rule.width / 2 };
        let ends = (Point::new(Abs::ZERO, y), Point::new(width, y));
        frame.push(Point::ZERO, line(ends.0, ends.1, rule.color, weight.max(Abs::pt(0.25)), span));
    }
    frame.nodes.push(whole.into());
    let notes = text::notes(composer, &table.source, width);
    text::append(composer, &mut frame, notes);
    frame
}

/// What a cell with words is: the first row names the columns, the first column
/// the rows, if there is more in them.
fn cell_role(row: usize, column: usize, columns: usize) -> Role {
    match (row, column) {
        (0, _) => Role::ColumnHead,
        (_, 0) if columns > 1 => Role::RowHead,
        _ => Role::Cell,
    }
}

/// The widths of the columns: natural ones if they fit, the rest shared in
/// proportion; else something between the longest word and the natural width.
fn column_widths(
    composer: &mut Composer<'_>,
    table: &StyledTable,
    width: Abs,
    gap: Abs,
    span: Span,
) -> Vec<Abs> {
    let count = table.rows.first().map_or(0, Vec::len);
    let mut least = vec![Abs::ZERO; count];
    let mut natural = vec![Abs::ZERO; count];
    for cells in &table.rows {
        for (column, cell) in cells.iter().enumerate() {
            let (min, all) = composer.widths(cell);
            least[column] = least[column].max(min);
            natural[column] = natural[column].max(all);
        }
    }
    let room = width - gap * (count as i64 - 1);
    let (least_sum, natural_sum): (Abs, Abs) =
        (least.iter().copied().sum(), natural.iter().copied().sum());
    if least_sum > room {
        composer.report(
            Diagnostic::error(
                Code::TOO_WIDE,
                span,
                format!(
                    "the words of this table need {:.0} mm, but it has only {:.0} mm",
                    (least_sum + gap * (count as i64 - 1)).to_mm(),
                    width.to_mm()
                ),
            )
            .hint("leave out a column, use shorter words, or set `width = \"page\"`"),
        );
        // One finding for the whole table, not one a cell.
        return least;
    }
    if natural_sum <= room {
        let extra = room - natural_sum;
        return natural.iter().map(|&w| w + extra * (w / natural_sum.max(Abs::sp(1)))).collect();
    }
    let share = (room - least_sum) / (natural_sum - least_sum).max(Abs::sp(1));
    least.iter().zip(&natural).map(|(&low, &high)| low + (high - low) * share).collect()
}
