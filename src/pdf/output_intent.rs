//! The device that a file is made for (ISO 32000-1, 14.11.5): the press of a print
//! file (ISO 15930-7, 6.2.2), sRGB for the screen (ISO 19005-2, 6.2.3).

use super::skeleton::Skeleton;
use super::strings::{deflate, deflated, name, text};
use super::{PdfError, Press};
use crate::assets::Assets;
use lopdf::{Object, Stream, dictionary};

/// The registry that the names of print conditions come from.
const REGISTRY: &str = "http://www.color.org";

/// Adds the print condition with its profile to the catalogue.
pub(super) fn add_press(skeleton: &mut Skeleton, press: &Press) -> Result<(), PdfError> {
    let condition = press.converter.condition();
    let words = (condition.identifier.as_str(), condition.info.as_str());
    let entries = dictionary! { "N" => 4, "Alternate" => name("DeviceCMYK") };
    add(skeleton, "GTS_PDFX", words, deflated(entries, condition.profile.deflated().to_vec()))
}

/// Adds sRGB to the catalogue.
pub(super) fn add_screen(skeleton: &mut Skeleton) -> Result<(), PdfError> {
    let words = ("sRGB IEC61966-2.1", "The colours of a screen, IEC 61966-2-1");
    let entries = dictionary! { "N" => 3, "Alternate" => name("DeviceRGB") };
    let profile = deflated(entries, deflate(Assets::srgb_profile()));
    add(skeleton, "GTS_PDFA1", words, profile)
}

fn add(
    skeleton: &mut Skeleton,
    kind: &str,
    (identifier, info): (&str, &str),
    profile: Stream,
) -> Result<(), PdfError> {
    let profile = skeleton.pdf.add_object(profile);
    let intent = skeleton.pdf.add_object(dictionary! {
        "Type" => name("OutputIntent"),
        "S" => name(kind),
        "OutputConditionIdentifier" => text(identifier),
        "OutputCondition" => text(info),
        "RegistryName" => text(REGISTRY),
        "Info" => text(info),
        "DestOutputProfile" => profile,
    });
    let intents = Object::Array(vec![Object::Reference(intent)]);
    skeleton.pdf.catalog_mut()?.set("OutputIntents", intents);
    Ok(())
}
