//! SVG files, flattened to shapes.
//!
//! What cannot be drawn exactly is an error that names it; nothing is dropped
//! in silence. usvg resolves styles, units, `use` and basic shapes. It computes
//! in 32-bit floats and takes the sine of a `rotate` from the platform; rounding
//! places to thousandths of a point in the PDF hides what that may differ by.

use super::LoadError;
use super::image::{
    Drawing, DrawingClip, DrawingFill, DrawingShape, DrawingStroke, LineCap, LineJoin,
};
use super::svg_scan;
use crate::base::{Abs, Path, Point, Ratio, Segment, Size};
use usvg::tiny_skia_path::{self, PathSegment, PathStroker, Transform};
use usvg::{BlendMode, ClipPath, FillRule, Group, Node, Paint, PaintOrder, roxmltree};

/// PDF points in a CSS pixel, of which an inch has 96.
const PT_PER_PX: f64 = 0.75;

fn corrupt(reason: impl Into<String>) -> LoadError {
    LoadError::Corrupt(reason.into())
}

fn unsupported(what: &str) -> LoadError {
    LoadError::Unsupported(what.to_owned())
}

/// Reads an SVG file.
///
/// # Errors
/// If it is damaged, or uses what is not supported.
pub(super) fn parse(bytes: &[u8]) -> Result<Drawing, LoadError> {
    let text = std::str::from_utf8(bytes).map_err(|_| corrupt("no image, and no text either"))?;
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let xml = roxmltree::Document::parse_with_options(text, options)
        .map_err(|e| corrupt(format!("no XML: {e}")))?;
    let root = xml.root_element().tag_name();
    if root.name() != "svg" || root.namespace() != Some("http://www.w3.org/2000/svg") {
        return Err(corrupt("no SVG: the first element is not <svg> of its name space"));
    }
    svg_scan::scan(&xml)?;
    let tree = usvg::Tree::from_xmltree(&xml, &usvg::Options::default()).map_err(|e| match e {
        usvg::Error::InvalidSize => corrupt("the SVG has no size"),
        other => corrupt(other.to_string()),
    })?;
    let length = |px: f32| Abs::pt(f64::from(px) * PT_PER_PX);
    let size = Size::new(length(tree.size().width()), length(tree.size().height()));
    if size.width <= Abs::ZERO || size.height <= Abs::ZERO {
        return Err(corrupt("the SVG has no size"));
    }
    let mut flat = Flat { shapes: Vec::new(), clips: Vec::new() };
    let start = Context { transform: Transform::identity(), opacity: 1.0, clips: Vec::new() };
    flat.group(tree.root(), &start)?;
    if flat.shapes.is_empty() {
        return Err(corrupt("the SVG draws nothing"));
    }
    Ok(Drawing { size, shapes: flat.shapes, clips: flat.clips })
}

/// What a group hands down to its children.
#[derive(Clone)]
struct Context {
    transform: Transform,
    opacity: f64,
    clips: Vec<usize>,
}

struct Flat {
    shapes: Vec<DrawingShape>,
    clips: Vec<DrawingClip>,
}

impl Flat {
    fn group(&mut self, group: &Group, outer: &Context) -> Result<(), LoadError> {
        if group.blend_mode() != BlendMode::Normal {
            return Err(unsupported("a blend mode"));
        }
        if group.mask().is_some() {
            return Err(unsupported("a mask"));
        }
        if !group.filters().is_empty() {
            return Err(unsupported("a filter"));
        }
        let mut context = Context {
            transform: outer.transform.pre_concat(group.transform()),
            opacity: outer.opacity * f64::from(group.opacity().get()),
            clips: outer.clips.clone(),
        };
        if let Some(clip) = group.clip_path()
            && !self.clip(clip, context.transform, &mut context.clips)?
        {
            // Clipped to nothing: not seen.
            return Ok(());
        }
        if group.opacity().get() < 1.0 && overlaps(&painted(group)) {
            return Err(unsupported("the opacity of a group whose shapes overlap"));
        }
        for node in group.children() {
            match node {
                Node::Group(group) => self.group(group, &context)?,
                Node::Path(path) => self.path(path, &context)?,
                Node::Image(_) => return Err(unsupported("an embedded image")),
                Node::Text(_) => return Err(unsupported("text")),
            }
        }
        Ok(())
    }

    fn path(&mut self, path: &usvg::Path, context: &Context) -> Result<(), LoadError> {
        if !path.is_visible() {
            return Ok(());
        }
        let fill = path
            .fill()
            .map(|fill| {
                Ok(DrawingFill {
                    color: color(fill.paint())?,
                    even_odd: fill.rule() == FillRule::EvenOdd,
                    opacity: Ratio::new(f64::from(fill.opacity().get()) * context.opacity),
                })
            })
            .transpose()?;
        let line = path.stroke().map(|stroke| line(path, stroke, context)).transpose()?;
        let outline = outline(path.data(), context.transform);
        let mut push = |path: Path, fill, stroke| {
            if !path.segments.is_empty() {
                let clips = context.clips.clone();
                self.shapes.push(DrawingShape { path, fill, stroke, clips });
            }
        };
        let fill_first = path.paint_order() == PaintOrder::FillAndStroke;
        match line {
            None if fill.is_none() => {}
            None => push(outline, fill, None),
            Some(Line::Stroke(stroke)) if fill_first => push(outline, fill, Some(stroke)),
            Some(Line::Stroke(stroke)) => {
                push(outline.clone(), None, Some(stroke));
                push(outline, fill, None);
            }
            Some(Line::Area(area, paint)) if fill_first => {
                push(outline, fill, None);
                push(area, Some(paint), None);
            }
            Some(Line::Area(area, paint)) => {
                push(area, Some(paint), None);
                push(outline, fill, None);
            }
        }
        Ok(())
    }

    /// Adds a clip path's outlines to `clips`; false if it hides everything.
    fn clip(
        &mut self,
        clip: &ClipPath,
        transform: Transform,
        clips: &mut Vec<usize>,
    ) -> Result<bool, LoadError> {
        if let Some(outer) = clip.clip_path()
            && !self.clip(outer, transform, clips)?
        {
            return Ok(false);
        }
        let mut parts = Vec::new();
        let inner = transform.pre_concat(clip.transform());
        self.clip_parts(clip.root(), inner, clips, &mut parts)?;
        let Some((first, rest)) = parts.split_first() else { return Ok(false) };
        let mut union =
            DrawingClip { path: outline(first.data, first.transform), even_odd: first.even_odd };
        // Several shapes let through what is inside any of them. One outline
        // says the same if they do not meet.
        let boxes: Vec<_> = parts.iter().map(|part| part.bounds()).collect();
        if overlaps(&boxes) || rest.iter().any(|part| part.even_odd != first.even_odd) {
            return Err(unsupported("a clip path of several shapes that overlap"));
        }
        for part in rest {
            union.path.segments.extend(outline(part.data, part.transform).segments);
        }
        let known = self.clips.iter().position(|clip| *clip == union);
        clips.push(known.unwrap_or_else(|| {
            self.clips.push(union);
            self.clips.len() - 1
        }));
        Ok(true)
    }

    fn clip_parts<'a>(
        &mut self,
        group: &'a Group,
        transform: Transform,
        clips: &mut Vec<usize>,
        parts: &mut Vec<ClipPart<'a>>,
    ) -> Result<(), LoadError> {
        let transform = transform.pre_concat(group.transform());
        for node in group.children() {
            match node {
                Node::Group(inner) => {
                    if let Some(clip) = inner.clip_path() {
                        // Only the same as clipping the whole if it is the whole.
                        if group.children().len() > 1 {
                            return Err(unsupported("a clipped shape in a clip path"));
                        }
                        let inner = transform.pre_concat(inner.transform());
                        if !self.clip(clip, inner, clips)? {
                            continue;
                        }
                    }
                    self.clip_parts(inner, transform, clips, parts)?;
                }
                Node::Path(path) => parts.push(ClipPart {
                    data: path.data(),
                    transform,
                    even_odd: path.fill().is_some_and(|fill| fill.rule() == FillRule::EvenOdd),
                }),
                Node::Image(_) | Node::Text(_) => {
                    return Err(unsupported("text or an image in a clip path"));
                }
            }
        }
        Ok(())
    }
}

struct ClipPart<'a> {
    data: &'a tiny_skia_path::Path,
    transform: Transform,
    even_odd: bool,
}

impl ClipPart<'_> {
    fn bounds(&self) -> tiny_skia_path::Rect {
        let bounds = self.data.bounds();
        bounds.transform(self.transform).unwrap_or(bounds)
    }
}

/// The areas that the fills and lines of a group cover, at most.
fn painted(group: &Group) -> Vec<tiny_skia_path::Rect> {
    let mut areas = Vec::new();
    for node in group.children() {
        match node {
            Node::Group(group) => areas.extend(painted(group)),
            Node::Path(path) => {
                let area = path.abs_stroke_bounding_box();
                let paints =
                    usize::from(path.fill().is_some()) + usize::from(path.stroke().is_some());
                areas.extend(std::iter::repeat_n(area, paints));
            }
            Node::Image(_) | Node::Text(_) => {}
        }
    }
    areas
}

/// Whether any two rectangles have an area in common.
fn overlaps(areas: &[tiny_skia_path::Rect]) -> bool {
    areas.iter().enumerate().any(|(index, a)| {
        areas[index + 1..].iter().any(|b| {
            a.left() < b.right()
                && b.left() < a.right()
                && a.top() < b.bottom()
                && b.top() < a.bottom()
        })
    })
}

fn color(paint: &Paint) -> Result<[u8; 3], LoadError> {
    match paint {
        Paint::Color(color) => Ok([color.red, color.green, color.blue]),
        Paint::LinearGradient(_) | Paint::RadialGradient(_) => Err(unsupported("a gradient")),
        Paint::Pattern(_) => Err(unsupported("a pattern")),
    }
}

/// A line, drawn by a round pen or, where a transform makes the pen an ellipse,
/// as the area it covers.
enum Line {
    Stroke(DrawingStroke),
    Area(Path, DrawingFill),
}

fn line(path: &usvg::Path, stroke: &usvg::Stroke, context: &Context) -> Result<Line, LoadError> {
    let color = color(stroke.paint())?;
    let opacity = Ratio::new(f64::from(stroke.opacity().get()) * context.opacity);
    let join = match stroke.linejoin() {
        usvg::LineJoin::Miter => LineJoin::Miter(f64::from(stroke.miterlimit().get())),
        usvg::LineJoin::Round => LineJoin::Round,
        usvg::LineJoin::Bevel => LineJoin::Bevel,
        usvg::LineJoin::MiterClip => return Err(unsupported("a clipped mitre at a line's corner")),
    };
    let Some(scale) = even_scale(context.transform) else {
        let area = area(path.data(), stroke, context.transform)
            .ok_or_else(|| unsupported("a line that is distorted to nothing"))?;
        return Ok(Line::Area(area, DrawingFill { color, even_odd: false, opacity }));
    };
    let length = |px: f32| Abs::pt(f64::from(px) * scale * PT_PER_PX);
    Ok(Line::Stroke(DrawingStroke {
        color,
        opacity,
        width: length(stroke.width().get()),
        cap: match stroke.linecap() {
            usvg::LineCap::Butt => LineCap::Butt,
            usvg::LineCap::Round => LineCap::Round,
            usvg::LineCap::Square => LineCap::Square,
        },
        join,
        dash: stroke.dasharray().unwrap_or_default().iter().map(|&px| length(px)).collect(),
        dash_phase: length(stroke.dashoffset()),
    }))
}

/// The scale of a transform, if it is the same in all directions.
fn even_scale(t: Transform) -> Option<f64> {
    let [a, b, c, d] = [t.sx, t.ky, t.kx, t.sy].map(f64::from);
    let (first, second) = ((a * a + b * b).sqrt(), (c * c + d * d).sqrt());
    let even = (first - second).abs() <= 1e-4 * first.max(second);
    let square = (a * c + b * d).abs() <= 1e-4 * first * second;
    (even && square).then(|| (first * second).sqrt())
}

/// The area of a line, computed before the transform distorts it.
fn area(data: &tiny_skia_path::Path, stroke: &usvg::Stroke, transform: Transform) -> Option<Path> {
    // Ten times finer than a pixel, since a page is seen at 300 dots an inch.
    let fineness = PathStroker::compute_resolution_scale(&transform) * 10.0;
    let pen = stroke.to_tiny_skia();
    let area = match &pen.dash {
        Some(dash) => data.dash(dash, fineness)?.stroke(&pen, fineness)?,
        None => data.stroke(&pen, fineness)?,
    };
    Some(outline(&area, transform))
}

/// An outline in points, transformed; quadratic curves become cubic ones.
fn outline(data: &tiny_skia_path::Path, transform: Transform) -> Path {
    let t = [transform.sx, transform.ky, transform.kx, transform.sy, transform.tx, transform.ty]
        .map(f64::from);
    let raw = |p: tiny_skia_path::Point| {
        let (x, y) = (f64::from(p.x), f64::from(p.y));
        (t[0] * x + t[2] * y + t[4], t[1] * x + t[3] * y + t[5])
    };
    let point = |(x, y): (f64, f64)| Point::new(Abs::pt(x * PT_PER_PX), Abs::pt(y * PT_PER_PX));
    let mut segments = Vec::with_capacity(data.len());
    let mut last = (0.0, 0.0);
    for segment in data.segments() {
        segments.push(match segment {
            PathSegment::MoveTo(p) => {
                last = raw(p);
                Segment::Move(point(last))
            }
            PathSegment::LineTo(p) => {
                last = raw(p);
                Segment::Line(point(last))
            }
            PathSegment::QuadTo(c, p) => {
                let (start, control, end) = (last, raw(c), raw(p));
                let near = |(x, y): (f64, f64)| {
                    point((x + (control.0 - x) * 2.0 / 3.0, y + (control.1 - y) * 2.0 / 3.0))
                };
                last = end;
                Segment::Cubic(near(start), near(end), point(end))
            }
            PathSegment::CubicTo(c1, c2, p) => {
                last = raw(p);
                Segment::Cubic(point(raw(c1)), point(raw(c2)), point(last))
            }
            PathSegment::Close => Segment::Close,
        });
    }
    Path { segments }
}
