//! What pages are called.

use super::PdfError;
use super::skeleton::Skeleton;
use super::strings::name;
use lopdf::{Object, dictionary};

/// Labels the pages (ISO 32000-1, 12.4.2) by the numbers that stand on them: from
/// 1 on, with the cover as the first. Cover and last page bear no number, but they
/// are counted in those of the others, so theirs are 1 and the number of pages:
/// whoever types a number that is printed somewhere comes to that page.
pub(super) fn add(skeleton: &mut Skeleton) -> Result<(), PdfError> {
    let numbers = dictionary! { "S" => name("D") };
    let ranges = Object::Array(vec![0.into(), numbers.into()]);
    skeleton.pdf.catalog_mut()?.set("PageLabels", dictionary! { "Nums" => ranges });
    Ok(())
}
