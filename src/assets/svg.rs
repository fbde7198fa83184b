//! SVG files, flattened to shapes and text.
//!
//! What cannot be drawn exactly is an error that names it; nothing is dropped
//! in silence. usvg resolves styles, units, `use` and basic shapes. It computes
//! in 32-bit floats and takes the sine of a `rotate` from the platform; rounding
//! places to thousandths of a point in the PDF hides what that may differ by.

use super::cull::cull;
use super::drawing::{
    Drawing, DrawingClip, DrawingFill, DrawingGroup, DrawingNode, DrawingPaint, DrawingShape,
    DrawingStroke, LineCap, LineJoin,
};
use super::svg_paint::{Bounds, paint};
use super::svg_text::Faces;
use super::{FontLibrary, LoadError, svg_scan, svg_text};
use crate::base::{Abs, Path, Point, Ratio, Segment, Size, Transform};
use usvg::tiny_skia_path::{self, PathSegment};
use usvg::{BlendMode, ClipPath, FillRule, Group, Node, PaintOrder, roxmltree};

/// PDF points in a CSS pixel, of which an inch has 96.
const PT_PER_PX: f64 = 0.75;

pub(super) fn corrupt(reason: impl Into<String>) -> LoadError {
    LoadError::Corrupt(reason.into())
}

pub(super) fn unsupported(what: &str) -> LoadError {
    LoadError::Unsupported(what.to_owned())
}

/// Reads an SVG file; its text is set in these fonts.
///
/// # Errors
/// If it is damaged, or uses what is not supported or not there.
pub(super) fn parse(bytes: &[u8], fonts: &FontLibrary) -> Result<Drawing, LoadError> {
    let text = std::str::from_utf8(bytes).map_err(|_| corrupt("no image, and no text either"))?;
    let xml = read(text)?;
    let root = xml.root_element().tag_name();
    if root.name() != "svg" || root.namespace() != Some("http://www.w3.org/2000/svg") {
        return Err(corrupt("no SVG: the first element is not <svg> of its name space"));
    }
    svg_scan::scan(&xml)?;
    let quoted = svg_text::with_quotes(text, &xml);
    let xml = match &quoted {
        Some(text) => read(text)?,
        None => xml,
    };
    let faces = Faces::new(fonts);
    let tree = usvg::Tree::from_xmltree(&xml, &faces.options()).map_err(|e| match e {
        usvg::Error::InvalidSize => corrupt("the SVG has no size"),
        other => corrupt(other.to_string()),
    })?;
    faces.check(&xml)?;
    let length = |px: f32| Abs::pt(f64::from(px) * PT_PER_PX);
    let size = Size::new(length(tree.size().width()), length(tree.size().height()));
    if size.width <= Abs::ZERO || size.height <= Abs::ZERO {
        return Err(corrupt("the SVG has no size"));
    }
    let px = Transform::scale(PT_PER_PX, PT_PER_PX);
    let (group, view) = view(&tree);
    let outer = px.after(view);
    // Unless the view box turns or skews, its units become the drawing's.
    let straight = outer.b == 0.0 && outer.c == 0.0 && outer.a > 0.0 && outer.d > 0.0;
    let (base, start) = if straight { (outer, Transform::IDENTITY) } else { (px, view) };
    let mut flat = Flat { base, faces: &faces, nodes: Vec::new(), clips: Vec::new() };
    let context = Context { xml: &xml, transform: start, opacity: 1.0, clips: Vec::new() };
    flat.group(group, context)?;
    if flat.nodes.is_empty() {
        return Err(corrupt("the SVG draws nothing"));
    }
    let nodes = cull(flat.nodes, size, base, &flat.clips);
    Ok(Drawing { size, transform: base, nodes, clips: flat.clips })
}

fn read(text: &str) -> Result<roxmltree::Document<'_>, LoadError> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    roxmltree::Document::parse_with_options(text, options)
        .map_err(|e| corrupt(format!("no XML: {e}")))
}

/// The outermost group that means something, and the transform that holds in
/// it. usvg keeps the view box in a group of its own below the root.
fn view(tree: &usvg::Tree) -> (&Group, Transform) {
    let root = tree.root();
    let transform = convert(root.transform());
    let plain = root.opacity().get() >= 1.0
        && root.clip_path().is_none()
        && root.mask().is_none()
        && root.filters().is_empty()
        && root.blend_mode() == BlendMode::Normal;
    match root.children() {
        [Node::Group(inner)] if plain => (inner, transform.after(convert(inner.transform()))),
        _ => (root, transform),
    }
}

pub(super) fn convert(t: tiny_skia_path::Transform) -> Transform {
    let [a, b, c, d, e, f] = [t.sx, t.ky, t.kx, t.sy, t.tx, t.ty].map(f64::from);
    Transform { a, b, c, d, e, f }
}

/// What a group hands down to its children.
#[derive(Clone)]
struct Context<'a> {
    /// The file, for the lines of what cannot be drawn.
    xml: &'a roxmltree::Document<'a>,
    transform: Transform,
    opacity: f64,
    clips: Vec<usize>,
}

impl Context<'_> {
    /// A fault with the line of the element that has this id, if any has.
    fn at(&self, id: &str, fault: LoadError) -> LoadError {
        let place =
            self.xml.descendants().find(|node| !id.is_empty() && node.attribute("id") == Some(id));
        let Some(place) = place else { return fault };
        let line = self.xml.text_pos_at(place.range().start).row;
        match fault {
            LoadError::Unsupported(what) => LoadError::Unsupported(format!("{what} (line {line})")),
            LoadError::Corrupt(how) => LoadError::Corrupt(format!("{how} (line {line})")),
            other => other,
        }
    }
}

struct Flat<'a> {
    /// From the drawing's units to points.
    base: Transform,
    faces: &'a Faces<'a>,
    nodes: Vec<DrawingNode>,
    clips: Vec<DrawingClip>,
}

impl Flat<'_> {
    /// Adds a group's shapes. `context` is what holds inside the group, but for
    /// its clip path and opacity.
    fn group(&mut self, group: &Group, mut context: Context<'_>) -> Result<(), LoadError> {
        if group.blend_mode() != BlendMode::Normal {
            return Err(context.at(group.id(), unsupported("a blend mode")));
        }
        if group.mask().is_some() {
            return Err(context.at(group.id(), unsupported("a mask")));
        }
        if !group.filters().is_empty() {
            return Err(context.at(group.id(), unsupported("a filter")));
        }
        let opacity = context.opacity * f64::from(group.opacity().get());
        if let Some(clip) = group.clip_path()
            && !self
                .clip(clip, context.transform, &mut context.clips)
                .map_err(|fault| context.at(clip.id(), fault))?
        {
            // Clipped to nothing: not seen.
            return Ok(());
        }
        // Where nothing overlaps, each part takes the opacity by itself.
        if group.opacity().get() >= 1.0 || !overlaps(&painted(group)) {
            context.opacity = opacity;
            return self.children(group, &context);
        }
        context.opacity = 1.0;
        let behind = std::mem::take(&mut self.nodes);
        let done = self.children(group, &context);
        let nodes = std::mem::replace(&mut self.nodes, behind);
        if !nodes.is_empty() {
            let opacity = Ratio::new(opacity);
            self.nodes.push(DrawingNode::Group(DrawingGroup { nodes, opacity }));
        }
        done
    }

    fn children(&mut self, group: &Group, context: &Context<'_>) -> Result<(), LoadError> {
        for node in group.children() {
            match node {
                Node::Group(group) => {
                    let transform = context.transform.after(convert(group.transform()));
                    self.group(group, Context { transform, ..context.clone() })?;
                }
                Node::Path(path) => self.path(path, context)?,
                Node::Image(_) => return Err(unsupported("an embedded image")),
                Node::Text(text) => self.text(text, context)?,
            }
        }
        Ok(())
    }

    fn path(&mut self, path: &usvg::Path, context: &Context<'_>) -> Result<(), LoadError> {
        if !path.is_visible() {
            return Ok(());
        }
        let outline = outline(path.data(), Transform::IDENTITY);
        if outline.segments.is_empty() {
            return Ok(());
        }
        let bounds = path.data().bounds();
        let bounds = [bounds.left(), bounds.top(), bounds.right(), bounds.bottom()].map(f64::from);
        let fill = path.fill().map(|it| fill(it, context, bounds)).transpose()?;
        let stroke = path.stroke().map(|stroke| line(stroke, context, bounds)).transpose()?;
        let mut push = |path, fill, stroke| {
            let (transform, clips) = (context.transform, context.clips.clone());
            let shape = DrawingShape { transform, path, fill, stroke, clips };
            self.nodes.push(DrawingNode::Shape(shape));
        };
        if path.paint_order() == PaintOrder::StrokeAndFill && fill.is_some() && stroke.is_some() {
            push(outline.clone(), None, stroke);
            push(outline, fill, None);
        } else if fill.is_some() || stroke.is_some() {
            push(outline, fill, stroke);
        }
        Ok(())
    }

    /// Adds a text's glyphs, with the lines below, above and through them.
    fn text(&mut self, text: &usvg::Text, context: &Context<'_>) -> Result<(), LoadError> {
        let bounds = text.bounding_box();
        let bounds = [bounds.left(), bounds.top(), bounds.right(), bounds.bottom()].map(f64::from);
        for span in text.layouted().iter().filter(|span| span.visible) {
            for line in [&span.overline, &span.underline].into_iter().flatten() {
                self.path(line, context)?;
            }
            let stroke = span.stroke.as_ref().map(|stroke| line(stroke, context, bounds));
            let contour = stroke.transpose()?.map(|stroke| {
                DrawingNode::Shape(DrawingShape {
                    transform: context.transform,
                    path: self.faces.outline(span),
                    fill: None,
                    stroke: Some(stroke),
                    clips: context.clips.clone(),
                })
            });
            let letters = match &span.fill {
                Some(it) => {
                    let fill = fill(it, context, bounds)?;
                    let (transform, clips) = (context.transform, &context.clips);
                    self.faces.runs(span, transform, self.base, &fill, clips)?
                }
                // Nothing could be copied from lines alone.
                None if contour.is_some() => {
                    let fault = unsupported("text of lines alone, without a fill");
                    return Err(context.at(text.id(), fault));
                }
                None => Vec::new(),
            };
            let letters = letters.into_iter().map(DrawingNode::Text);
            if span.paint_order == PaintOrder::StrokeAndFill {
                self.nodes.extend(contour.into_iter().chain(letters));
            } else {
                self.nodes.extend(letters.chain(contour));
            }
            if let Some(line) = &span.line_through {
                self.path(line, context)?;
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
        let inner = transform.after(convert(clip.transform()));
        let inner = inner.after(convert(clip.root().transform()));
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
        for node in group.children() {
            match node {
                Node::Group(inner) => {
                    let transform = transform.after(convert(inner.transform()));
                    if let Some(clip) = inner.clip_path() {
                        // Only the same as clipping the whole if it is the whole.
                        if group.children().len() > 1 {
                            return Err(unsupported("a clipped shape in a clip path"));
                        }
                        if !self.clip(clip, transform, clips)? {
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
    /// The corners of the upright rectangle about it: left, top, right, bottom.
    fn bounds(&self) -> [f64; 4] {
        let bounds = self.data.bounds();
        let corner = |x: f32, y: f32| self.transform.apply(f64::from(x), f64::from(y));
        [
            corner(bounds.left(), bounds.top()),
            corner(bounds.right(), bounds.top()),
            corner(bounds.left(), bounds.bottom()),
            corner(bounds.right(), bounds.bottom()),
        ]
        .into_iter()
        .fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |[l, t, r, b], (x, y)| {
            [l.min(x), t.min(y), r.max(x), b.max(y)]
        })
    }
}

/// The areas that the fills and lines of a group cover at most, as
/// [`ClipPart::bounds`] gives them.
fn painted(group: &Group) -> Vec<[f64; 4]> {
    let mut areas = Vec::new();
    for node in group.children() {
        match node {
            Node::Group(group) => areas.extend(painted(group)),
            Node::Path(path) => {
                let area = path.abs_stroke_bounding_box();
                let area = [area.left(), area.top(), area.right(), area.bottom()].map(f64::from);
                let paints =
                    usize::from(path.fill().is_some()) + usize::from(path.stroke().is_some());
                areas.extend(std::iter::repeat_n(area, paints));
            }
            Node::Text(text) => {
                let area = text.abs_stroke_bounding_box();
                let area = [area.left(), area.top(), area.right(), area.bottom()].map(f64::from);
                let lines = text.layouted().iter().any(|span| span.stroke.is_some());
                areas.extend(std::iter::repeat_n(area, if lines { 2 } else { 1 }));
            }
            Node::Image(_) => {}
        }
    }
    areas
}

/// Whether any two rectangles have an area in common.
fn overlaps(areas: &[[f64; 4]]) -> bool {
    areas.iter().enumerate().any(|(index, a)| {
        areas[index + 1..].iter().any(|b| a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3])
    })
}

fn fill(fill: &usvg::Fill, context: &Context<'_>, area: Bounds) -> Result<DrawingFill, LoadError> {
    let (paint, opacity) = located(fill.paint(), area, context)?;
    Ok(DrawingFill {
        paint,
        even_odd: fill.rule() == FillRule::EvenOdd,
        opacity: Ratio::new(opacity * f64::from(fill.opacity().get()) * context.opacity),
    })
}

/// [`paint`], with the line of what cannot be painted.
fn located(
    it: &usvg::Paint,
    area: Bounds,
    context: &Context<'_>,
) -> Result<(DrawingPaint, f64), LoadError> {
    let id = match it {
        usvg::Paint::Color(_) => "",
        usvg::Paint::LinearGradient(gradient) => gradient.id(),
        usvg::Paint::RadialGradient(gradient) => gradient.id(),
        usvg::Paint::Pattern(pattern) => pattern.id(),
    };
    paint(it, area).map_err(|fault| context.at(id, fault))
}

/// How a line about an outline with these bounds is drawn.
fn line(
    stroke: &usvg::Stroke,
    context: &Context<'_>,
    [left, top, right, bottom]: Bounds,
) -> Result<DrawingStroke, LoadError> {
    let length = |units: f32| Abs::pt(f64::from(units));
    let mut line = DrawingStroke {
        paint: DrawingPaint::Solid([0; 3]),
        opacity: Ratio::ONE,
        width: length(stroke.width().get()),
        cap: match stroke.linecap() {
            usvg::LineCap::Butt => LineCap::Butt,
            usvg::LineCap::Round => LineCap::Round,
            usvg::LineCap::Square => LineCap::Square,
        },
        join: match stroke.linejoin() {
            usvg::LineJoin::Miter => LineJoin::Miter(f64::from(stroke.miterlimit().get())),
            usvg::LineJoin::Round => LineJoin::Round,
            usvg::LineJoin::Bevel => LineJoin::Bevel,
            usvg::LineJoin::MiterClip => {
                return Err(unsupported("a clipped mitre at a line's corner"));
            }
        },
        dash: stroke.dasharray().unwrap_or_default().iter().map(|&units| length(units)).collect(),
        dash_phase: length(stroke.dashoffset()),
    };
    let reach = line.reach();
    let area = [left - reach, top - reach, right + reach, bottom + reach];
    let (paint, opacity) = located(stroke.paint(), area, context)?;
    line.paint = paint;
    line.opacity = Ratio::new(opacity * f64::from(stroke.opacity().get()) * context.opacity);
    Ok(line)
}

/// An outline, transformed; quadratic curves become cubic ones.
fn outline(data: &tiny_skia_path::Path, transform: Transform) -> Path {
    let raw = |p: tiny_skia_path::Point| transform.apply(f64::from(p.x), f64::from(p.y));
    let point = |(x, y): (f64, f64)| Point::new(Abs::pt(x), Abs::pt(y));
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
