//! A document as text, for tests that compare layouts.

use super::{Document, Item, LinkTarget};
use crate::base::{Abs, Point};
use std::fmt::Write as _;

impl Document {
    /// Every page with every item, one a line: kind, place in points from
    /// the top left of the trimmed page, and what it is. Two documents that
    /// look alike have the same dump.
    pub fn dump(&self) -> String {
        let mut out = String::new();
        for (index, page) in self.pages.iter().enumerate() {
            let (width, height) = (page.trim.width.to_mm(), page.trim.height.to_mm());
            // Writing into a `String` cannot fail.
            let _ = writeln!(out, "page {} {width:.1} x {height:.1} mm", index + 1);
            for (at, item) in &page.frame.items {
                let _ = writeln!(out, "  {} {}", place(*at), describe(item));
            }
            if let Some(stamp) = &page.stamp {
                let words = describe(&Item::Text(stamp.words.clone()));
                let _ = writeln!(out, "  {} stamp {words}", place(stamp.at));
            }
        }
        for entry in &self.outline {
            let indent = "  ".repeat(usize::from(entry.level));
            let _ = writeln!(out, "outline{indent}{} (page {})", entry.title, entry.page + 1);
        }
        out
    }
}

fn place(at: Point) -> String {
    format!("{:8.2} {:8.2}", at.x.to_pt(), at.y.to_pt())
}

fn size(width: Abs, height: Abs) -> String {
    format!("{:.2} x {:.2}", width.to_pt(), height.to_pt())
}

fn describe(item: &Item) -> String {
    match item {
        Item::Text(run) => format!(
            "text {} {:.1} w={:.2} {:?}",
            run.font.postscript_name,
            run.size.to_pt(),
            run.width().to_pt(),
            run.text
        ),
        Item::Shape(shape) => {
            let bounds = shape.path.bounds();
            format!(
                "shape {} at {}{}{}",
                size(bounds.size.width, bounds.size.height),
                place(bounds.origin).trim(),
                shape.fill.map(|fill| format!(" fill {:?}", fill.color)).unwrap_or_default(),
                shape
                    .stroke
                    .map(|s| format!(" stroke {:?} {:.2}", s.color, s.width.to_pt()))
                    .unwrap_or_default(),
            )
        }
        Item::Picture(picture) => {
            let alt = picture.alt.as_deref().unwrap_or("decorative");
            format!("picture {} {alt:?}", size(picture.size.width, picture.size.height))
        }
        Item::Link(link) => {
            let target = match &link.target {
                LinkTarget::Url(url) => url.clone(),
                LinkTarget::Place { page, at } => format!("page {} {}", page + 1, place(*at)),
            };
            format!("link {} {target}", size(link.size.width, link.size.height))
        }
    }
}
