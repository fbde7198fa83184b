//! What colours show at places of a page, as the screen has them.
//!
//! A word over a photo or a drawing has no one ground. So places are looked up
//! one by one, through all that lies below them: fills and lines by their
//! outlines, pixels by their values, opacity mixed in sRGB as viewers do. The
//! opacity of a group counts for each shape in it.

use super::artwork;
use super::outline::Outline;
use super::scene::{Art, Sheet, What, holds, meet};
use crate::assets::{
    Drawing, DrawingGradient, DrawingNode, DrawingPaint, DrawingText, GradientLine, Image,
    PixelSpace, Pixels, Raster,
};
use crate::base::{Point, Rect, Transform};
use crate::color::{Artwork, Converter};
use crate::document::Picture;
use std::collections::BTreeMap;
use std::ptr;

/// Looks colours up; keeps the pixels of the images that were asked for.
pub(super) struct Backdrop<'a> {
    converter: &'a Converter,
    house: &'a Artwork,
    /// By the place of the image in memory, which decides nothing but what is
    /// decoded twice.
    pixels: BTreeMap<*const Raster, Option<Pixels>>,
}

/// sRGB values while they are mixed.
type Light = [f64; 3];

const PAPER: Light = [255.0; 3];

impl<'a> Backdrop<'a> {
    pub(super) fn new(converter: &'a Converter, house: &'a Artwork) -> Backdrop<'a> {
        Backdrop { converter, house, pixels: BTreeMap::new() }
    }

    /// The colours that the lowest `above` shapes and pictures of a page show at
    /// places inside an area; of the drawing that `until` belongs to, only what is
    /// painted before it.
    pub(super) fn colors(
        &mut self,
        sheet: &Sheet<'_>,
        above: usize,
        area: &Rect,
        places: &[Point],
        until: Option<&DrawingText>,
    ) -> Vec<[u8; 3]> {
        let art = &sheet.art[..above];
        // What a solid shape hides need not be looked at.
        let lowest = art.iter().rposition(|art| art.solid && holds(&art.area, area)).unwrap_or(0);
        let mut seen = vec![PAPER; places.len()];
        for art in art[lowest..].iter().filter(|art| meet(&art.area, area)) {
            self.paint(art, places, until, &mut seen);
        }
        seen.into_iter()
            .map(|light| light.map(|value| value.round().clamp(0.0, 255.0) as u8))
            .collect()
    }

    fn paint(
        &mut self,
        art: &Art<'_>,
        places: &[Point],
        until: Option<&DrawingText>,
        seen: &mut [Light],
    ) {
        match &art.what {
            What::Shape(shape) => {
                let outline = Outline::new(&shape.path);
                let light = |color| self.converter.to_rgb(color).map(f64::from);
                for (place, seen) in places.iter().zip(seen) {
                    let place = in_points(*place - art.at);
                    if let Some(fill) = shape.fill.filter(|f| outline.holds(place, f.even_odd)) {
                        *seen = light(fill.color);
                    }
                    let near = |width: f64| outline.passes(place, width / 2.0);
                    if let Some(stroke) = shape.stroke.filter(|s| near(s.width.to_pt())) {
                        *seen = light(stroke.color);
                    }
                }
            }
            What::Picture(picture) => match &picture.source {
                Image::Raster(raster) => self.paint_pixels(art, picture, raster, places, seen),
                Image::Drawing(drawing) => {
                    let to_page =
                        Transform::translate(art.at).after(artwork::placed(picture, drawing));
                    let mut brush = Brush { of: self, drawing, to_page, places, until, seen };
                    brush.nodes(&drawing.nodes, 1.0);
                }
            },
        }
    }

    fn paint_pixels(
        &mut self,
        art: &Art<'_>,
        picture: &Picture,
        raster: &Raster,
        places: &[Point],
        seen: &mut [Light],
    ) {
        let converter = self.converter;
        let kept = self.pixels.entry(ptr::from_ref(raster));
        // Loading has decoded it once; without pixels nothing can be said.
        let Some(pixels) = kept.or_insert_with(|| raster.pixels().ok()) else { return };
        let found = places.iter().enumerate().filter(|(_, place)| inside(&art.area, **place));
        let found: Vec<(usize, usize)> = found
            .map(|(index, place)| (index, pixel_at(picture, raster, pixels, *place - art.at)))
            .collect();
        let unit = pixels.space.components() * pixels.depth.bytes();
        let bytes = |pixel: usize| pixels.colors.get(pixel * unit..(pixel + 1) * unit);
        let picked = Pixels {
            width: found.len() as u32,
            height: 1,
            space: pixels.space,
            depth: pixels.depth,
            colors: found
                .iter()
                .filter_map(|(_, pixel)| bytes(*pixel))
                .flatten()
                .copied()
                .collect(),
            alpha: None,
        };
        let shown = converter.to_screen(raster.space, raster.profile.as_deref()).apply(picked);
        for (number, (index, pixel)) in found.into_iter().enumerate() {
            let value = |part: usize| f64::from(shown.colors.get(part).copied().unwrap_or(255));
            let light = match shown.space {
                PixelSpace::Gray => [value(number); 3],
                _ => [0, 1, 2].map(|part| value(number * 3 + part)),
            };
            let alpha = pixels.alpha.as_ref().and_then(|alpha| alpha.get(pixel)).copied();
            blend(&mut seen[index], light, alpha.map_or(1.0, |alpha| f64::from(alpha) / 255.0));
        }
    }
}

/// Paints a drawing over what is seen at places.
struct Brush<'a, 'b> {
    of: &'b Backdrop<'a>,
    drawing: &'b Drawing,
    to_page: Transform,
    places: &'b [Point],
    until: Option<&'b DrawingText>,
    seen: &'b mut [Light],
}

impl Brush<'_, '_> {
    /// Paints nodes; says whether to go on.
    fn nodes(&mut self, nodes: &[DrawingNode], opacity: f64) -> bool {
        nodes.iter().all(|node| match node {
            DrawingNode::Text(text) => self.until.is_none_or(|until| !ptr::eq(until, text)),
            DrawingNode::Group(group) => self.nodes(&group.nodes, opacity * group.opacity.get()),
            DrawingNode::Shape(shape) => {
                self.shape(shape, opacity);
                true
            }
        })
    }

    fn shape(&mut self, shape: &crate::assets::DrawingShape, opacity: f64) {
        let own = self.to_page.after(shape.transform).inverse();
        let (Some(own), Some(whole)) = (own, self.to_page.inverse()) else { return };
        let outline = Outline::new(&shape.path);
        let clips = shape.clips.iter().filter_map(|&clip| self.drawing.clips.get(clip));
        let clips: Vec<_> = clips.map(|clip| (Outline::new(&clip.path), clip.even_odd)).collect();
        for (place, seen) in self.places.iter().zip(self.seen.iter_mut()) {
            let (x, y) = in_points(*place);
            let place = own.apply(x, y);
            let shows = || {
                let place = whole.apply(x, y);
                clips.iter().all(|(clip, even_odd)| clip.holds(place, *even_odd))
            };
            if let Some(fill) = &shape.fill
                && outline.holds(place, fill.even_odd)
                && shows()
            {
                let (light, alpha) = self.of.paint_of(&fill.paint, place);
                blend(seen, light, alpha * fill.opacity.get() * opacity);
            }
            if let Some(stroke) = &shape.stroke
                && outline.passes(place, stroke.width.to_pt() / 2.0)
                && shows()
            {
                let (light, alpha) = self.of.paint_of(&stroke.paint, place);
                blend(seen, light, alpha * stroke.opacity.get() * opacity);
            }
        }
    }
}

impl Backdrop<'_> {
    /// The light of a paint at a place in its shape's units, and its opacity.
    fn paint_of(&self, paint: &DrawingPaint, place: (f64, f64)) -> (Light, f64) {
        let light = |rgb| self.converter.to_rgb(self.house.color(rgb)).map(f64::from);
        match paint {
            DrawingPaint::Solid(rgb) => (light(*rgb), 1.0),
            DrawingPaint::Gradient(gradient) => {
                let offset = offset(gradient, place);
                let after = gradient.stops.partition_point(|stop| stop.offset <= offset);
                let stop = |index: usize| gradient.stops.get(index);
                let (Some(a), Some(b)) =
                    (stop(after.saturating_sub(1)), stop(after).or(gradient.stops.last()))
                else {
                    return (PAPER, 0.0);
                };
                let way = b.offset - a.offset;
                let part =
                    if way > 0.0 { ((offset - a.offset) / way).clamp(0.0, 1.0) } else { 0.0 };
                let mix = |a: f64, b: f64| a + (b - a) * part;
                let (from, to) = (light(a.color), light(b.color));
                let mixed = [0, 1, 2].map(|part| mix(from[part], to[part]));
                (mixed, mix(a.opacity.get(), b.opacity.get()))
            }
        }
    }
}

/// How far along a gradient a place is. Between circles with different middles
/// the way is measured from the inner middle, which is near enough.
fn offset(gradient: &DrawingGradient, (x, y): (f64, f64)) -> f64 {
    let Some(own) = gradient.transform.inverse() else { return 0.0 };
    let (x, y) = own.apply(x, y);
    let along = match gradient.line {
        GradientLine::Linear { from, to } => {
            let (dx, dy) = (to.0 - from.0, to.1 - from.1);
            ((x - from.0) * dx + (y - from.1) * dy) / (dx * dx + dy * dy)
        }
        GradientLine::Radial { focus, focus_radius, radius, .. } => {
            let (dx, dy) = (x - focus.0, y - focus.1);
            ((dx * dx + dy * dy).sqrt() - focus_radius) / (radius - focus_radius)
        }
    };
    if along.is_finite() { along.clamp(0.0, 1.0) } else { 0.0 }
}

fn blend(seen: &mut Light, over: Light, opacity: f64) {
    for (seen, over) in seen.iter_mut().zip(over) {
        *seen += (over - *seen) * opacity;
    }
}

pub(super) fn in_points(place: Point) -> (f64, f64) {
    (place.x.to_pt(), place.y.to_pt())
}

fn inside(area: &Rect, place: Point) -> bool {
    (area.left()..area.right()).contains(&place.x) && (area.top()..area.bottom()).contains(&place.y)
}

/// The stored pixel that shows at a place in a picture.
fn pixel_at(picture: &Picture, raster: &Raster, pixels: &Pixels, place: Point) -> usize {
    let (wide, high) = (f64::from(raster.width), f64::from(raster.height));
    let (mut x, mut y) = (wide / picture.size.width.to_pt(), high / picture.size.height.to_pt());
    if picture.cover {
        // Cropped alike on both sides.
        x = x.min(y);
        y = x;
    }
    let shown = |scale: f64, place: f64, size: f64, pixels: f64| {
        (0.5 + (place - size / 2.0) * scale / pixels).clamp(0.0, 1.0)
    };
    let mut u = shown(x, place.x.to_pt(), picture.size.width.to_pt(), wide);
    let mut v = shown(y, place.y.to_pt(), picture.size.height.to_pt(), high);
    for _ in 0..raster.orientation.quarters % 4 {
        (u, v) = (v, 1.0 - u);
    }
    if raster.orientation.mirrored {
        u = 1.0 - u;
    }
    let index = |part: f64, count: u32| {
        ((part * f64::from(count)) as usize).min(count.saturating_sub(1) as usize)
    };
    index(v, pixels.height) * pixels.width as usize + index(u, pixels.width)
}
