//! Images have pixels enough for the size at which they are printed.

use super::scene::{Scene, What, decimal};
use crate::assets::{Image, Raster};
use crate::base::Abs;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::document::Picture;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An image where it is printed largest.
struct Placed<'a> {
    raster: &'a Arc<Raster>,
    picture: &'a Picture,
    ppi: f64,
    page: usize,
}

/// Counts pixels per inch after scaling and cropping: an image that fills its
/// frame is as coarse as the side that is scaled most.
pub(super) fn check(scene: &Scene<'_>, found: &mut Diagnostics) {
    let mut coarsest: BTreeMap<Span, Placed<'_>> = BTreeMap::new();
    for (sheet, art) in scene.art() {
        let What::Picture(picture) = art.what else { continue };
        let Image::Raster(raster) = &picture.source else { continue };
        let Some(ppi) = ppi(picture, raster) else { continue };
        let placed = Placed { raster, picture, ppi, page: sheet.number };
        match coarsest.get_mut(&art.span) {
            Some(known) if known.ppi <= ppi => {}
            Some(known) => *known = placed,
            None => drop(coarsest.insert(art.span, placed)),
        }
    }
    for (span, placed) in coarsest {
        found.extend(judge(scene, span, &placed));
    }
}

fn judge(scene: &Scene<'_>, span: Span, placed: &Placed<'_>) -> Option<Diagnostic> {
    let Placed { raster, picture, ppi, page } = placed;
    let limits = scene.limits;
    let (wished, what, key) = match raster.bilevel {
        true => (limits.line_art_ppi, "the image of black and white alone", "line_art_ppi"),
        false => (limits.image_ppi, "the image", "image_ppi"),
    };
    let wished = wished.max(limits.image_ppi_least);
    if *ppi >= wished {
        return None;
    }
    let (width, height) = (picture.size.width.to_mm(), picture.size.height.to_mm());
    let message = format!(
        "{what} has {:.0} pixels per inch at its size of {width:.0} × {height:.0} mm on page {page}",
        // Rounded down, but for what 64 bits leave out.
        (ppi + 0.001).floor()
    );
    let finding = match *ppi < limits.image_ppi_least {
        true => Diagnostic::error(Code::IMAGE_RESOLUTION, span, message),
        false => Diagnostic::warning(Code::IMAGE_RESOLUTION, span, message),
    };
    let more = wished / ppi;
    let pixels = |count: u32| (f64::from(count) * more).ceil();
    Some(
        finding
            .allowed(format!(
                "{} or more (`{key}`); below {} the image is refused (`image_ppi_least`)",
                decimal(wished),
                decimal(limits.image_ppi_least)
            ))
            .hint(format!(
                "take the original, with {} × {} pixels or more instead of {} × {}; enlarging the \
                 file on a computer does not help",
                pixels(raster.width),
                pixels(raster.height),
                raster.width,
                raster.height
            ))
            .hint(format!("or print it no wider than {:.0} mm", (width / more).floor())),
    )
}

/// Pixels per inch at size; none if it takes no room.
fn ppi(picture: &Picture, raster: &Raster) -> Option<f64> {
    let points = |length: Abs, pixels: u32| length.to_pt() / f64::from(pixels);
    let x = points(picture.size.width, raster.width);
    let y = points(picture.size.height, raster.height);
    // A pixel is as large as the scale makes it: that of the fuller side if the
    // image is cropped to its frame, the larger of both if it is stretched.
    let pixel = x.max(y);
    (pixel > 0.0).then(|| 72.0 / pixel)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Proof, line_art, raster};
    use super::*;
    use crate::diag::Severity;

    /// An image of 600 × 300 pixels at 72 points to `inches` across.
    fn placed(inches: f64, values: &[u8]) -> Proof {
        let side = 72.0 * inches;
        Proof::new().picture([50.0, 50.0, side, side / 2.0], raster(600, 300, values))
    }

    #[test]
    fn photographs_have_pixels_enough() {
        placed(2.6, &[1, 2]).clean();
        let warned = placed(3.0, &[1, 2]);
        let finding = warned.finding();
        assert_eq!((finding.code, finding.severity), (Code::IMAGE_RESOLUTION, Severity::Warning));
        assert_eq!(finding.span, warned.span(1));
        assert_eq!(
            finding.message,
            "the image has 200 pixels per inch at its size of 76 × 38 mm on page 1"
        );
        assert!(finding.hints[0].contains("675 × 338 pixels"), "{finding:?}");
        let refused = placed(4.5, &[1, 2]).finding();
        assert_eq!(refused.severity, Severity::Error);
        assert!(refused.message.contains("133 pixels per inch"), "{refused:?}");
    }

    #[test]
    fn limits_themselves_are_enough() {
        // 600 pixels in 192 points are 225 in an inch, in 288 points 150.
        placed(192.0 / 72.0, &[1, 2]).clean();
        let finding = placed(192.5 / 72.0, &[1, 2]).finding();
        // What is too coarse never reads as the limit.
        assert!(finding.message.contains("has 224 pixels"), "{finding:?}");
        assert_eq!(placed(4.0, &[1, 2]).finding().severity, Severity::Warning);
        assert_eq!(placed(4.01, &[1, 2]).finding().severity, Severity::Error);
        let mut proof = placed(4.0, &[1, 2]);
        proof.limits.image_ppi = 150.0;
        proof.clean();
        proof.limits.image_ppi_least = 151.0;
        assert_eq!(proof.finding().severity, Severity::Error);
    }

    #[test]
    fn cropping_costs_pixels() {
        // 300 pixels over 2 inches; the width has 300 in 1 inch of 600.
        let tall = Proof::new().picture([50.0, 50.0, 72.0, 144.0], raster(600, 300, &[9]));
        assert!(tall.finding().message.contains("150 pixels per inch"));
        Proof::new().picture([50.0, 50.0, 72.0, 90.0], raster(600, 300, &[9])).clean();
    }

    #[test]
    fn line_art_needs_more() {
        // 1000 × 600 pixels of one bit.
        let placed = |inches: f64| {
            let side = 72.0 * inches;
            Proof::new().picture([50.0, 50.0, side, side * 0.6], line_art())
        };
        let finding = placed(2.0).finding();
        assert_eq!(finding.severity, Severity::Warning);
        assert!(finding.message.contains("black and white alone has 500"), "{finding:?}");
        placed(1.6).clean();
    }

    #[test]
    fn an_image_placed_twice_is_found_once_at_its_largest() {
        let mut proof = placed(3.0, &[1, 2]);
        proof.pages = 4;
        assert!(proof.finding().message.contains("200 pixels"));
    }
}
