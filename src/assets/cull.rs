//! Leaving out what lies outside a drawing's edges or clips, which artwork often
//! has in plenty: it would cost room in every file and is never seen.
//!
//! Outlines are looked at one by one within a path. That is exact: an outline
//! does not wind about places outside the rectangle around it, so filling
//! inside the edges stays the same without it.

use super::drawing::{DrawingClip, DrawingNode, DrawingShape};
use crate::base::{Abs, Path, Rect, Segment, Size, Transform};

/// An upright rectangle: left, top, right, bottom.
type Edges = [f64; 4];

/// Leaves out of `nodes` what cannot be seen in a drawing of a size, whose units
/// `base` brings to points. `base` only scales and shifts.
pub(super) fn cull(
    nodes: Vec<DrawingNode>,
    size: Size,
    base: Transform,
    clips: &[DrawingClip],
) -> Vec<DrawingNode> {
    let view = [
        (0.0 - base.e) / base.a,
        (0.0 - base.f) / base.d,
        (size.width.to_pt() - base.e) / base.a,
        (size.height.to_pt() - base.f) / base.d,
    ];
    let clips: Vec<Edges> = clips.iter().map(|clip| edges(clip.path.bounds())).collect();
    seen(nodes, view, &clips)
}

fn seen(nodes: Vec<DrawingNode>, view: Edges, clips: &[Edges]) -> Vec<DrawingNode> {
    nodes
        .into_iter()
        .filter_map(|node| match node {
            DrawingNode::Shape(shape) => shape_seen(shape, view, clips).map(DrawingNode::Shape),
            DrawingNode::Group(mut group) => {
                group.nodes = seen(group.nodes, view, clips);
                (!group.nodes.is_empty()).then_some(DrawingNode::Group(group))
            }
            text @ DrawingNode::Text(_) => Some(text),
        })
        .collect()
}

fn shape_seen(mut shape: DrawingShape, view: Edges, clips: &[Edges]) -> Option<DrawingShape> {
    let within = shape
        .clips
        .iter()
        .filter_map(|&clip| clips.get(clip))
        .fold(view, |a, b| [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])]);
    let reach = shape.stroke.as_ref().map_or(0.0, |stroke| stroke.reach());
    let mut segments = Vec::with_capacity(shape.path.segments.len());
    for outline in outlines(&shape.path.segments) {
        let path = Path { segments: outline.to_vec() };
        let bounds = path.bounds().outset(Abs::pt(reach));
        if meet(moved(edges(bounds), shape.transform), within) {
            segments.extend(path.segments);
        }
    }
    shape.path.segments = segments;
    (!shape.path.segments.is_empty()).then_some(shape)
}

/// The outlines of a path, each from its start on. What stands before the first
/// start belongs to the first.
fn outlines(segments: &[Segment]) -> impl Iterator<Item = &[Segment]> {
    let mut rest = segments;
    std::iter::from_fn(move || {
        let (_, after) = rest.split_first()?;
        let next = after.iter().position(|segment| matches!(segment, Segment::Move(_)));
        let (outline, others) = rest.split_at(next.map_or(rest.len(), |next| next + 1));
        rest = others;
        Some(outline)
    })
}

fn edges(rect: Rect) -> Edges {
    [rect.left(), rect.top(), rect.right(), rect.bottom()].map(Abs::to_pt)
}

/// The edges about a rectangle that has been moved.
fn moved([left, top, right, bottom]: Edges, map: Transform) -> Edges {
    let corners = [(left, top), (right, top), (left, bottom), (right, bottom)];
    corners
        .map(|(x, y)| map.apply(x, y))
        .into_iter()
        .fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |[l, t, r, b], (x, y)| {
            [l.min(x), t.min(y), r.max(x), b.max(y)]
        })
}

/// Whether two rectangles touch. A straight line's has no area.
fn meet(a: Edges, b: Edges) -> bool {
    a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets::Image;

    fn outlines_of(body: &str) -> Vec<usize> {
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='100' height='50' \
             viewBox='0 0 100 50'>{body}</svg>"
        );
        let Ok(Image::Drawing(drawing)) = Image::parse(svg.into_bytes()) else { panic!() };
        let count = |node: &DrawingNode| match node {
            DrawingNode::Shape(shape) => outlines(&shape.path.segments).count(),
            _ => panic!("{node:?}"),
        };
        drawing.nodes.iter().map(count).collect()
    }

    #[test]
    fn outlines_outside_are_left_out_one_by_one() {
        let inside = "M1 1h5v5h-5z";
        assert_eq!(outlines_of(&format!("<path d='{inside}M101 1h5v5h-5zM1 60h5v5h-5z'/>")), [1]);
        assert_eq!(outlines_of(&format!("<path d='{inside}M98 1h5v5h-5z'/>")), [2]);
        let other = "<path d='M-20 0h5v5h-5z'/>";
        assert_eq!(outlines_of(&format!("{other}<path d='{inside}'/>")), [1]);
        // One that goes all about the drawing is seen in it.
        assert_eq!(outlines_of("<path d='M-9 -9h200v200h-200z'/>"), [1]);
    }

    #[test]
    fn lines_reach_further_than_their_outlines() {
        let line = |width: f64| {
            format!("<path d='M0 0L9 9M0 -4H100' stroke='red' stroke-width='{width}'/>")
        };
        assert_eq!(outlines_of(&line(1.0)), [1]);
        assert_eq!(outlines_of(&line(9.0)), [2]);
    }

    #[test]
    fn transforms_and_clips_count() {
        let moved = "<g transform='translate(200 0)'><path d='M-150 1h5v5h-5zM1 1h5v5h-5z'/></g>";
        assert_eq!(outlines_of(moved), [1]);
        let clipped = "<clipPath id='c'><path d='M0 0h10v10h-10z'/></clipPath>\
            <path clip-path='url(#c)' d='M1 1h5v5h-5zM40 1h5v5h-5z'/>";
        assert_eq!(outlines_of(clipped), [1]);
    }
}
