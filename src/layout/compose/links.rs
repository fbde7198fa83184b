//! Lists of web addresses, and QR codes.

use super::shapes::filled;
use super::{Composer, text};
use crate::base::{Abs, Path, Point, Rect};
use crate::color::Color;
use crate::diag::Span;
use crate::document::{Element, Frame, Item, Role};
use crate::layout::structure;
use crate::theme::{StyledLink, StyledLinks};
use qrcode::{Color as Module, EcLevel, QrCode};

/// Rows of the grid that the modules of a QR code take: 21 mm, which a phone reads
/// from an arm's length.
const QR_ROWS: i64 = 5;

/// Modules of white around a QR code (ISO/IEC 18004, 6.3.8).
const QUIET_ZONE: usize = 4;

/// Addresses below each other, QR codes at the right of theirs. One by itself is no
/// list.
pub(super) fn links(composer: &mut Composer<'_>, links: &StyledLinks, width: Abs) -> Frame {
    let mut frame = Frame::new(width, Abs::ZERO);
    if let Some(title) = &links.title {
        let part = text::block(composer, title, width).within(Element::new(Role::Heading(3)));
        text::append(composer, &mut frame, part);
    }
    for link in &links.items {
        let mut part = entry(composer, link, width);
        if links.items.len() > 1 {
            part = part.within(Element::new(Role::Body)).within(Element::new(Role::Entry));
        }
        text::append(composer, &mut frame, part);
    }
    frame.nodes = structure::lists(std::mem::take(&mut frame.nodes));
    frame.within(Element::new(Role::Section))
}

fn entry(composer: &mut Composer<'_>, link: &StyledLink, width: Abs) -> Frame {
    // The modules start level with the capitals of the words and end on a baseline.
    let inset = composer.page.inset();
    let side = composer.height(QR_ROWS) - inset * 2i64;
    let code = link.qr.as_ref().and_then(|address| Matrix::new(address));
    let measure = if code.is_some() { width - side - composer.page.leading } else { width };
    let mut frame = text::blocks(composer, &link.words, measure);
    frame.size.width = width;
    if let Some(code) = code {
        let module = side / code.count as i64;
        // The quiet zone hangs outside at the top and the right.
        let left = width - module * code.count as i64;
        frame.push(Point::new(left, inset), code.drawn(module, link.span));
        let tall = inset + side + module * QUIET_ZONE as i64;
        frame.size.height = frame.size.height.max(tall);
    }
    frame
}

/// A QR code.
pub(super) struct Matrix {
    modules: Vec<Module>,
    /// Modules along a side, without the quiet zone.
    count: usize,
}

impl Matrix {
    /// The code of an address; nothing if the address is too long for one.
    pub(super) fn new(address: &str) -> Option<Matrix> {
        let code = QrCode::with_error_correction_level(address, EcLevel::M).ok()?;
        let count = code.width();
        Some(Matrix { modules: code.to_colors(), count })
    }

    /// Drawn in a square, quiet zone included.
    pub(super) fn within(&self, side: Abs, span: Span) -> (Point, Item) {
        let module = side / (self.count + 2 * QUIET_ZONE) as i64;
        let quiet = module * QUIET_ZONE as i64;
        (Point::new(quiet, quiet), self.drawn(module, span))
    }

    /// Drawn without the quiet zone, by the size of a module.
    fn drawn(&self, module: Abs, span: Span) -> Item {
        let mut path = Path::default();
        for (row, modules) in self.modules.chunks(self.count).enumerate() {
            let mut column = 0;
            while column < self.count {
                let run = modules[column..].iter().take_while(|&&m| m == Module::Dark).count();
                if run > 0 {
                    let at = |index: usize| module * index as i64;
                    let area = Rect::new(at(column), at(row), module * run as i64, module);
                    path.segments.extend(Path::rect(area).segments);
                }
                column += run.max(1);
            }
        }
        filled(path, Color::BLACK, span)
    }
}
