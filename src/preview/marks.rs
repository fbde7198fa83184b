//! The grid and the frames of a page, drawn over it.

use super::canvas::{Canvas, Ink, Line, PixelBox, rectangle};
use crate::base::{Abs, Path, Point, Rect, Transform};
use crate::document::{Item, Page};

const CYAN: [u8; 3] = [0, 160, 220];
const MAGENTA: [u8; 3] = [230, 0, 126];

/// Draws the baseline grid across the page. A line's upper edge is the baseline.
pub(super) fn grid(canvas: &mut Canvas<'_>, page: &Page) {
    let Some(grid) = page.grid else { return };
    let right = page.trim.width.to_pt() * canvas.scale;
    // As fine as can be seen at any resolution.
    let height = (0.25 * canvas.scale).max(1.0);
    for row in 0..grid.rows {
        let y = (grid.first + grid.leading * row).to_pt() * canvas.scale;
        // On whole pixels, so that every line looks like the others.
        let y = y.round();
        if y >= canvas.bounds()[3] {
            break;
        }
        fill(canvas, [0.0, y, right, y + height], Ink { rgb: CYAN, opacity: 0.5 });
    }
}

/// Draws the edges of columns, pictures and links, the text area and the trim.
pub(super) fn frames(canvas: &mut Canvas<'_>, page: &Page) {
    let trim = Rect { origin: Point::ZERO, size: page.trim };
    outline(canvas, canvas.pixel_box(trim), 1.0, &[]);
    if let Some(area) = text_area(page) {
        let dashes = [6.0, 3.0];
        outline(canvas, canvas.pixel_box(area), 0.6, &dashes);
    }
    for column in &page.columns {
        let area = canvas.pixel_box(column.area);
        fill(canvas, area, Ink { rgb: MAGENTA, opacity: 0.07 });
        outline(canvas, area, 1.0, &[]);
    }
    for (at, item) in &page.frame.items {
        match item {
            Item::Picture(picture) => {
                let area = canvas.pixel_box(Rect { origin: *at, size: picture.size });
                outline(canvas, area, 1.0, &[]);
                diagonals(canvas, area);
            }
            Item::Link(link) => {
                let area = canvas.pixel_box(Rect { origin: *at, size: link.size });
                outline(canvas, area, 0.6, &[1.5, 1.5]);
            }
            Item::Text(_) | Item::Shape(_) => {}
        }
    }
}

/// The rectangle within the margins: as wide as all columns together, from the
/// top of the highest to the last line of the grid.
fn text_area(page: &Page) -> Option<Rect> {
    let areas = || page.columns.iter().map(|column| column.area);
    let left = areas().map(|area| area.left()).min()?;
    let right = areas().map(|area| area.right()).max()?;
    let top = areas().map(|area| area.top()).min()?;
    let filled = areas().map(|area| area.bottom()).max()?;
    let foot = page.grid.map(|grid| grid.first + grid.leading * (grid.rows - 1).max(0));
    let bottom = foot.map_or(filled, |foot| foot.max(filled));
    Some(Rect::new(left, top, right - left, bottom - top))
}

/// Draws a line of `width` half points, but at least a pixel wide, inside the
/// whole pixels that an area covers, so that it is as sharp on all sides. Dashes
/// are in points.
fn outline(canvas: &mut Canvas<'_>, area: PixelBox, width: f64, dashes: &[f64]) {
    let width = (width * 0.5 * canvas.scale).max(1.0);
    let half = width / 2.0;
    let [left, top, right, bottom] = area;
    let (left, top) = (left.floor() + half, top.floor() + half);
    let (right, bottom) = (right.ceil() - half, bottom.ceil() - half);
    let mut line = Line::plain(width);
    if !dashes.is_empty() {
        let dashes: Vec<f64> = dashes.iter().map(|dash| dash * canvas.scale).collect();
        line = line.dashed(&dashes, 0.0);
    }
    draw(canvas, &rectangle([left, top, right, bottom]), &line, 0.8);
}

fn diagonals(canvas: &mut Canvas<'_>, area: PixelBox) {
    let [left, top, right, bottom] = area.map(Abs::pt);
    for (from, to) in [(top, bottom), (bottom, top)] {
        let path = Path::line(Point::new(left, from), Point::new(right, to));
        draw(canvas, &path, &Line::plain(1.0), 0.4);
    }
}

/// Draws along an outline in pixels.
fn draw(canvas: &mut Canvas<'_>, path: &Path, line: &Line, opacity: f64) {
    canvas.stroke(path, Transform::IDENTITY, Ink { rgb: MAGENTA, opacity }, line, None);
}

/// Fills an area in pixels.
pub(super) fn fill(canvas: &mut Canvas<'_>, area: PixelBox, ink: Ink) {
    canvas.fill(&rectangle(area), Transform::IDENTITY, ink, false, None);
}
