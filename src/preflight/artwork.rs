//! What the rules ask of images: all that depends on how they are kept.

use crate::assets::{Drawing, DrawingShape, PixelSpace, Raster, RasterData};
use crate::base::Transform;
use crate::color::Color;
use crate::document::Picture;

/// Whether nothing behind an image shows through.
pub(super) fn is_opaque(raster: &Raster) -> bool {
    raster.alpha.is_none()
}

/// Whether all pixels are black or white. A JPEG file never is quite.
pub(super) fn is_line_art(raster: &Raster) -> bool {
    let RasterData::Pixels(pixels) = &raster.data else { return false };
    let pure = |value: &u8| matches!(value, 0 | 255);
    match raster.space {
        PixelSpace::Gray => pixels.iter().all(pure),
        PixelSpace::Rgb => {
            pixels.chunks_exact(3).all(|p| pure(&p[0]) && p[1] == p[0] && p[2] == p[0])
        }
        PixelSpace::Cmyk => false,
    }
}

/// From a drawing's units to points on the page, but for where it stands.
pub(super) fn placing(picture: &Picture, drawing: &Drawing) -> Transform {
    let mut x = picture.size.width / drawing.size.width;
    let mut y = picture.size.height / drawing.size.height;
    if picture.cover {
        x = x.max(y);
        y = x;
    }
    Transform::scale(x, y).after(drawing.transform)
}

/// The shapes of a drawing, from back to front.
pub(super) fn shapes(drawing: &Drawing) -> impl Iterator<Item = &DrawingShape> {
    drawing.shapes.iter()
}

/// The colours of a drawing, one as often as it is used.
pub(super) fn colors(drawing: &Drawing) -> impl Iterator<Item = Color> {
    shapes(drawing).flat_map(|shape| {
        let fill = shape.fill.as_ref().map(|fill| fill.color);
        let stroke = shape.stroke.as_ref().map(|stroke| stroke.color);
        fill.into_iter().chain(stroke).map(Color::Rgb)
    })
}
