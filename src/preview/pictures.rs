//! Images where they are placed.

use super::canvas::{Canvas, PixelBox};
use super::resample::resample;
use super::{PreviewError, drawings};
use crate::assets::{Image, Pixels, Raster};
use crate::base::{Point, Rect, Transform};
use crate::document::Picture;
use tiny_skia::PixmapRef;

/// Draws an image whose top left corner comes to `at`.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    at: Point,
    picture: &Picture,
) -> Result<(), PreviewError> {
    let slot = canvas.pixel_box(Rect { origin: at, size: picture.size });
    let (width, height) = (slot[2] - slot[0], slot[3] - slot[1]);
    if width <= 0.0 || height <= 0.0 {
        return Ok(());
    }
    let area = if picture.cover { covering(slot, picture.source.aspect()) } else { slot };
    // What is seen of it: both are the same unless it covers.
    let visible = intersection(intersection(slot, area), canvas.bounds());
    match &picture.source {
        Image::Raster(raster) => draw_raster(canvas, raster, area, visible)?,
        Image::Drawing(drawing) => {
            let natural = (drawing.size.width.to_pt(), drawing.size.height.to_pt());
            let map = Transform {
                a: (area[2] - area[0]) / natural.0,
                d: (area[3] - area[1]) / natural.1,
                e: area[0],
                f: area[1],
                ..Transform::IDENTITY
            };
            drawings::draw(canvas, drawing, map, visible);
        }
    }
    Ok(())
}

/// The smallest area of these proportions, width by height, that fills a slot
/// and lies about the same middle.
fn covering(slot: PixelBox, aspect: f64) -> PixelBox {
    let (width, height) = (slot[2] - slot[0], slot[3] - slot[1]);
    let (full_width, full_height) = (width.max(height * aspect), height.max(width / aspect));
    let (left, top) =
        (slot[0] - (full_width - width) / 2.0, slot[1] - (full_height - height) / 2.0);
    [left, top, left + full_width, top + full_height]
}

fn intersection(a: PixelBox, b: PixelBox) -> PixelBox {
    [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])]
}

/// Draws pixels in the colours of the screen file: those that a viewer shows
/// for what the file holds, or has been converted to. They are scaled first, so
/// that few have to be converted.
fn draw_raster(
    canvas: &mut Canvas<'_>,
    raster: &Raster,
    area: PixelBox,
    visible: PixelBox,
) -> Result<(), PreviewError> {
    let stored = raster.pixels().map_err(PreviewError::Image)?;
    let Some(scaled) = resample(&stored, raster.orientation, area, visible) else { return Ok(()) };
    let conversion = canvas.converter.to_screen(raster.space, raster.profile.as_deref());
    let colors = conversion.apply(scaled.pixels);
    if let Some(pixels) =
        PixmapRef::from_bytes(&premultiplied(&colors), colors.width, colors.height)
    {
        canvas.paste(pixels, scaled.left, scaled.top);
    }
    Ok(())
}

/// Pixels of sRGB or gray as the rasteriser takes them: red, green, blue, with
/// the opacity multiplied into them, and opacity.
fn premultiplied(pixels: &Pixels) -> Vec<u8> {
    let mut out = Vec::with_capacity(pixels.count() * 4);
    for (index, color) in pixels.colors.chunks_exact(pixels.space.components()).enumerate() {
        let alpha = pixels.alpha.as_ref().and_then(|alpha| alpha.get(index)).copied();
        let alpha = u32::from(alpha.unwrap_or(255));
        let light = [color[0], color[color.len() / 2], color[color.len() - 1]];
        out.extend(light.map(|value| ((u32::from(value) * alpha + 127) / 255) as u8));
        out.push(alpha as u8);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_covering_area_fills_the_slot_about_its_middle() {
        assert_eq!(covering([10.0, 10.0, 20.0, 30.0], 1.0), [5.0, 10.0, 25.0, 30.0]);
        assert_eq!(covering([10.0, 10.0, 30.0, 20.0], 1.0), [10.0, 5.0, 30.0, 25.0]);
        assert_eq!(covering([0.0, 0.0, 4.0, 2.0], 2.0), [0.0, 0.0, 4.0, 2.0]);
    }
}
