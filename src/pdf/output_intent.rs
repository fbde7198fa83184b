//! The print condition that a file is made for (ISO 15930-7, 6.2.2; ISO 32000-1,
//! 14.11.5).

use super::skeleton::Skeleton;
use super::strings::{deflated, name, text};
use super::{PdfError, Press};
use lopdf::{Object, dictionary};

/// The registry that the names of print conditions come from.
const REGISTRY: &str = "http://www.color.org";

/// Adds the condition with its profile to the catalogue.
pub(super) fn add(skeleton: &mut Skeleton, press: &Press) -> Result<(), PdfError> {
    let condition = press.converter.condition();
    let entries = dictionary! { "N" => 4, "Alternate" => name("DeviceCMYK") };
    let stream = deflated(entries, condition.profile.deflated().to_vec());
    let profile = skeleton.pdf.add_object(stream);
    let intent = skeleton.pdf.add_object(dictionary! {
        "Type" => name("OutputIntent"),
        "S" => name("GTS_PDFX"),
        "OutputConditionIdentifier" => text(&condition.identifier),
        "OutputCondition" => text(&condition.info),
        "RegistryName" => text(REGISTRY),
        "Info" => text(&condition.info),
        "DestOutputProfile" => profile,
    });
    let intents = Object::Array(vec![Object::Reference(intent)]);
    skeleton.pdf.catalog_mut()?.set("OutputIntents", intents);
    Ok(())
}
