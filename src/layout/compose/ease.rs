//! How boxes are opened up, or images made lower, to fill a column.

use super::{Ease, w};
use crate::assets::Image;
use crate::base::Abs;
use crate::theme::{StyledArt, StyledBlock, StyledFigure, StyledKind};

/// A way to open a box.
pub(super) struct Eased {
    /// How.
    pub(super) ease: Ease,
    /// The rows that it adds to the box.
    pub(super) rows: i64,
    /// What that costs.
    pub(super) cost: i64,
}

/// Rows that the ground of a box may reach below its text, and no more than it has
/// without: beside a taller box it ends level with that, as cards do.
const BELOW: i64 = 8;

/// The ways to open a box of so many rows, beyond setting it tight.
pub(super) fn eases(block: &StyledBlock, width: Abs, leading: Abs, tight: i64) -> Vec<Eased> {
    match &block.kind {
        StyledKind::Boxed(boxed) => {
            let entries = boxed.text.iter().filter(|para| para.marker.is_some()).count() as i64;
            boxes((entries - 1).max(0), tight)
        }
        StyledKind::Figure(figure) => images(figure, width, leading),
        _ => Vec::new(),
    }
}

/// The ways to open a box with so much white between entries, lowest first: each
/// height in the way that shows least.
fn boxes(gaps: i64, tight: i64) -> Vec<Eased> {
    let opened = |rows: i64| {
        let entries = i64::from(gaps > 0 && rows >= gaps);
        let below = rows - entries * gaps;
        Eased {
            ease: Ease { entries, below, ..Ease::default() },
            rows,
            cost: entries * w::EASED_ENTRIES + w::GROWN_BOX * (below * (below + 1) / 2),
        }
    };
    (1..=gaps + BELOW.min(tight)).map(opened).filter(|eased| eased.ease.below <= BELOW).collect()
}

/// The most of a photograph's height that it may be taller or lower by: what is cut
/// off then is not missed.
const CUT: f64 = 0.05;

/// A photograph may be cut a little more at the sides, or above and below; a
/// drawing, which has something to say up to its edges, can only be smaller.
fn images(figure: &StyledFigure, width: Abs, leading: Abs) -> Vec<Eased> {
    let height = width * figure.picture.aspect;
    let cut = (height * CUT).to_sp() / leading.to_sp().max(1);
    let (low, high) = match figure.picture.art {
        StyledArt::Image(Image::Raster(_)) => (cut.min(2), cut.min(2)),
        StyledArt::Placeholder(_) => (2, 2),
        StyledArt::Image(Image::Drawing(_)) => (2, 0),
    };
    let deltas = (-low..=high).filter(|&delta| delta != 0);
    deltas
        .map(|delta| Eased {
            ease: Ease { image: delta, ..Ease::default() },
            rows: delta,
            cost: delta.abs() * w::EASED_IMAGE,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_height_of_a_box_comes_once_and_white_between_entries_first() {
        // Four gaps between entries, in a box of twelve rows.
        let ways = boxes(4, 12);
        let rows: Vec<i64> = ways.iter().map(|way| way.rows).collect();
        assert_eq!(rows, (1..=12).collect::<Vec<_>>());
        let opened = |way: &Eased| (way.ease.entries, way.ease.below);
        assert_eq!(ways.iter().map(opened).nth(3), Some((1, 0)));
        assert_eq!(ways.iter().map(opened).nth(4), Some((1, 1)));
        assert!(ways.iter().all(|way| way.rows == way.ease.entries * 4 + way.ease.below));
    }

    #[test]
    fn a_small_box_grows_no_more_than_to_twice_its_height() {
        assert_eq!(boxes(0, 3).iter().map(|way| way.rows).max(), Some(3));
    }
}
