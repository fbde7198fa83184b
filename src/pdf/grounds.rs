//! How much ink lies under a place of a page, as far as it matters to black
//! text: whether there is room for black ink on top.

use super::ops::Paint;
use crate::base::{Abs, Rect};

/// A full plate of ink, in hundredths of a percent.
const FULL: u32 = 10_000;

/// What has been painted on a page so far, from back to front.
#[derive(Debug, Default)]
pub(super) struct Grounds {
    areas: Vec<Ground>,
}

/// A painted area.
#[derive(Debug)]
struct Ground {
    /// The upright rectangle about it.
    area: Rect,
    /// The most ink that may be in it.
    ink: u32,
    /// Whether it hides all that lies below.
    solid: bool,
}

impl Grounds {
    /// Adds an area with the most ink that may be in it; a solid one fills its
    /// rectangle and hides what lies below.
    pub(super) fn add(&mut self, area: Rect, ink: u32, solid: bool) {
        self.areas.push(Ground { area, ink, solid });
    }

    /// Whether black text in `area` may print over what lies below, so that no
    /// place gets more ink than `limit`. Where it may not, it must knock out.
    pub(super) fn takes_black(&self, area: Rect, limit: u16) -> bool {
        self.under(area) + FULL <= u32::from(limit)
    }

    /// The most ink that may lie anywhere under an area.
    fn under(&self, area: Rect) -> u32 {
        let mut most = 0;
        for ground in self.areas.iter().rev().filter(|ground| meet(&ground.area, &area)) {
            most = most.max(ground.ink);
            if ground.solid && holds(&ground.area, &area) {
                break;
            }
        }
        most
    }
}

/// All ink of a paint, in hundredths of a percent.
pub(super) fn ink(paint: Paint) -> u32 {
    match paint {
        Paint::Rgb(_) => 0,
        Paint::Cmyk(inks) => inks.into_iter().map(u32::from).sum(),
        Paint::Spot { tint, .. } => tint.into(),
        // Marks stand outside the bleed.
        Paint::Registration => 0,
        // Only drawings have gradients, and those count as a whole.
        Paint::Pattern(_) => 0,
    }
}

fn meet(a: &Rect, b: &Rect) -> bool {
    let overlap = |from: Abs, to: Abs| from < to;
    overlap(a.left().max(b.left()), a.right().min(b.right()))
        && overlap(a.top().max(b.top()), a.bottom().min(b.bottom()))
}

fn holds(outer: &Rect, inner: &Rect) -> bool {
    outer.left() <= inner.left()
        && outer.right() >= inner.right()
        && outer.top() <= inner.top()
        && outer.bottom() >= inner.bottom()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x: f64, y: f64, width: f64, height: f64) -> Rect {
        let [x, y, width, height] = [x, y, width, height].map(Abs::pt);
        Rect::new(x, y, width, height)
    }

    #[test]
    fn black_goes_over_what_leaves_room_for_it() {
        let mut grounds = Grounds::default();
        let word = rect(10.0, 10.0, 30.0, 10.0);
        assert!(grounds.takes_black(word, 30_000));
        grounds.add(rect(0.0, 0.0, 100.0, 100.0), 20_000, true);
        assert!(grounds.takes_black(word, 30_000));
        grounds.add(rect(20.0, 0.0, 100.0, 100.0), 20_001, true);
        assert!(!grounds.takes_black(word, 30_000), "dark under a part of it");
        assert!(grounds.takes_black(rect(0.0, 0.0, 9.0, 9.0), 30_000), "beside it");
        grounds.add(rect(0.0, 0.0, 100.0, 100.0), 0, true);
        assert!(grounds.takes_black(word, 30_000), "covered by paper");
        grounds.add(rect(0.0, 0.0, 100.0, 100.0), 20_001, true);
        grounds.add(rect(0.0, 0.0, 100.0, 100.0), 0, false);
        assert!(!grounds.takes_black(word, 30_000), "a ring of paper");
    }
}
