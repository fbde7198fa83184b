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

/// Rows of the grid that a QR code takes with its quiet zone: 27 mm, which a
/// phone reads from an arm's length.
const QR_ROWS: i64 = 6;

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
    let side = composer.height(QR_ROWS);
    let code = link.qr.as_ref().and_then(|address| qr(address, side, link.span));
    let measure = if code.is_some() { width - side } else { width };
    let mut frame = text::blocks(composer, &link.words, measure);
    frame.size.width = width;
    if let Some(code) = code {
        // Its quiet zone hangs outside, so that the modules end at the
        // edge and start level with the capitals of the words.
        let quiet = side * QUIET_ZONE as i64 / (code.modules + 2 * QUIET_ZONE) as i64;
        let up = composer.page.inset() - quiet;
        frame.push(Point::new(width - side + quiet, up), code.item);
        frame.size.height = frame.size.height.max(side - quiet);
    }
    frame
}

/// A drawn QR code.
pub(super) struct Code {
    /// The drawing, quiet zone included.
    pub(super) item: Item,
    /// Modules along a side, without the quiet zone.
    modules: usize,
}

/// A QR code of an address in a square, quiet zone included; nothing if the
/// address is too long for one.
pub(super) fn qr(address: &str, side: Abs, span: Span) -> Option<Code> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M).ok()?;
    let count = code.width();
    let module = side / (count + 2 * QUIET_ZONE) as i64;
    let mut path = Path::default();
    for (row, modules) in code.to_colors().chunks(count).enumerate() {
        let mut column = 0;
        while column < count {
            let run = modules[column..].iter().take_while(|&&m| m == Module::Dark).count();
            if run > 0 {
                let at = |index: usize| module * (index + QUIET_ZONE) as i64;
                let area = Rect::new(at(column), at(row), module * run as i64, module);
                path.segments.extend(Path::rect(area).segments);
            }
            column += run.max(1);
        }
    }
    Some(Code { item: filled(path, Color::BLACK, span), modules: count })
}
