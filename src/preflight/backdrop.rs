//! What colours show at places of a page, as the screen has them.
//!
//! A word over a photo or a drawing has no one ground. So places are looked up
//! one by one, through all that lies below them: fills and lines by their
//! outlines, pixels by their values, opacity mixed in sRGB as viewers do. The
//! opacity of a group counts for each shape in it.

use super::artwork::{self, Lettering};
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
        seen.into_iter().map(bytes).collect()
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
    /// What the letters of a drawing's text show at a place of the page, on a
    /// ground.
    pub(super) fn lettering(
        &self,
        lettering: &Lettering<'_>,
        place: Point,
        ground: [u8; 3],
    ) -> [u8; 3] {
        let (x, y) = in_points(place);
        let own = lettering.to_page.after(lettering.text.space).inverse();
        let (x, y) = own.map_or((x, y), |own| own.apply(x, y));
        let (light, alpha) = self.paint_of(&lettering.text.fill.paint, (x, y));
        let mut seen = ground.map(f64::from);
        blend(&mut seen, light, alpha * lettering.opacity);
        bytes(seen)
    }

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

fn bytes(light: Light) -> [u8; 3] {
    light.map(|value| value.round().clamp(0.0, 255.0) as u8)
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

#[cfg(test)]
mod tests {
    use super::super::fixture::{Proof, cmyk, converter, raster};
    use super::super::scene::Scene;
    use super::*;
    use crate::assets::Orientation;
    use crate::base::{Abs, Size};
    use std::sync::Arc;

    fn at(x: f64, y: f64) -> Point {
        Point::new(Abs::pt(x), Abs::pt(y))
    }

    /// What a page shows at places.
    fn seen(proof: &Proof, places: &[Point]) -> Vec<[u8; 3]> {
        let document = proof.document();
        let scene = Scene::new(&document, converter());
        let sheet = &scene.pages[0];
        let area = Rect::new(Abs::ZERO, Abs::ZERO, Abs::pt(400.0), Abs::pt(600.0));
        let mut backdrop = Backdrop::new(converter(), &document.print.artwork);
        backdrop.colors(sheet, sheet.art.len(), &area, places, None)
    }

    fn drawn(body: &str) -> Proof {
        let svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="100pt" height="100pt"
            viewBox="0 0 100 100">{body}</svg>"#
        );
        Proof::new().picture([0.0, 0.0, 100.0, 100.0], Image::parse(svg.into_bytes()).unwrap())
    }

    #[test]
    fn images_are_cropped_alike_on_both_sides() {
        // Four columns, of which the middle two are seen in a square.
        let image = raster(400, 200, &[[0; 100], [50; 100], [200; 100], [255; 100]].concat());
        let proof = Proof::new().picture([100.0, 100.0, 100.0, 100.0], image);
        let found = seen(&proof, &[at(103.0, 150.0), at(197.0, 150.0), at(203.0, 150.0)]);
        assert_eq!(found, [[50; 3], [200; 3], [255; 3]]);
    }

    #[test]
    fn pixels_of_inks_are_brought_to_the_screen() {
        let proof = Proof::new().picture([0.0, 0.0, 100.0, 100.0], cmyk([0, 0, 0, 255]));
        let [rgb] = seen(&proof, &[at(50.0, 50.0)])[..] else { panic!("one place") };
        assert!(rgb.iter().all(|&value| value < 60), "{rgb:?}");
    }

    #[test]
    fn turned_images_are_seen_upright() {
        let Image::Raster(raster) = raster(2, 1, &[0, 255]) else { panic!("pixels") };
        let mut raster = Arc::into_inner(raster).unwrap();
        let pixels = raster.pixels().unwrap();
        let mut index = |mirrored, quarters, place| {
            raster.orientation = Orientation { mirrored, quarters };
            (raster.width, raster.height) = if quarters % 2 == 1 { (1, 2) } else { (2, 1) };
            let image = super::super::fixture::raster(1, 1, &[0]);
            let size = Size::new(Abs::pt(10.0), Abs::pt(10.0));
            let span = Proof::new().span(1);
            let picture = Picture { source: image, size, alt: None, cover: false, span };
            pixel_at(&picture, &raster, &pixels, place)
        };
        let (top, left) = (at(5.0, 1.0), at(1.0, 5.0));
        // A quarter clockwise brings what is stored at the left to the top.
        assert_eq!((index(false, 0, left), index(false, 2, left)), (0, 1));
        assert_eq!((index(false, 1, top), index(false, 3, top)), (0, 1));
        assert_eq!((index(true, 0, left), index(true, 1, top)), (1, 1));
    }

    #[test]
    fn opacity_mixes_and_clips_hide() {
        let half = drawn(r##"<rect width="100" height="100" fill="#000000" opacity="0.5"/>"##);
        assert_eq!(seen(&half, &[at(50.0, 50.0)]), [[128; 3]]);
        // What is drawn as a whole first keeps its opacity to itself.
        let group = drawn(
            r##"<g opacity="0.5"><rect width="100" height="100" fill="#000000"/><path
            d="M0 50H100" stroke="#000000" stroke-width="20"/></g>"##,
        );
        assert_eq!(seen(&group, &[at(50.0, 20.0)]), [[128; 3]]);
        let clipped = drawn(
            r##"<clipPath id="c"><rect width="50" height="100"/></clipPath>
            <rect width="100" height="100" fill="#101010" clip-path="url(#c)"/>"##,
        );
        assert_eq!(seen(&clipped, &[at(25.0, 50.0), at(75.0, 50.0)]), [[16; 3], [255; 3]]);
    }

    #[test]
    fn gradients_run() {
        let stops =
            r##"<stop offset="0" stop-color="#101010"/><stop offset="1" stop-color="#f0f0f0"/>"##;
        let linear = drawn(&format!(
            r##"<linearGradient id="g">{stops}</linearGradient>
            <rect width="100" height="100" fill="url(#g)"/>"##
        ));
        let found = seen(&linear, &[at(0.0, 50.0), at(50.0, 50.0), at(99.9, 50.0)]);
        assert!(
            found[0][0] <= 17 && found[1][0].abs_diff(128) <= 1 && found[2][0] >= 239,
            "{found:?}"
        );
        let radial = drawn(&format!(
            r##"<radialGradient id="g">{stops}</radialGradient>
            <rect width="100" height="100" fill="url(#g)"/>"##
        ));
        let found = seen(&radial, &[at(50.0, 50.0), at(75.0, 50.0), at(99.9, 50.0)]);
        assert!(
            found[0][0] <= 17 && found[1][0].abs_diff(128) <= 1 && found[2][0] >= 239,
            "{found:?}"
        );
    }

    #[test]
    fn lines_count_by_their_width() {
        let line =
            drawn(r##"<path d="M0 50 H100" stroke="#101010" stroke-width="4" fill="none"/>"##);
        let found = seen(&line, &[at(50.0, 51.0), at(50.0, 53.0)]);
        assert_eq!(found, [[16; 3], [255; 3]]);
    }
}
