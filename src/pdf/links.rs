//! Areas to click.

use super::content::{LinkArea, PageContent};
use super::skeleton::{Skeleton, corners_object};
use super::strings::{name, text};
use super::{PdfError, destinations};
use crate::document::LinkTarget;
use lopdf::{Dictionary, Object, ObjectId, dictionary};

/// Adds the links of all pages as annotations; gives back their objects, page by
/// page.
pub(super) fn add(
    skeleton: &mut Skeleton,
    pages: &[PageContent],
) -> Result<Vec<Vec<ObjectId>>, PdfError> {
    let mut added = Vec::with_capacity(pages.len());
    for (index, page) in pages.iter().enumerate() {
        let dicts = page.links.iter().map(|link| annotation(link, skeleton, pages));
        let dicts: Vec<Dictionary> = dicts.collect();
        let links: Vec<ObjectId> =
            dicts.into_iter().map(|dict| skeleton.pdf.add_object(dict)).collect();
        if !links.is_empty() {
            let list = links.iter().map(|&link| Object::Reference(link)).collect();
            skeleton.page(index)?.set("Annots", Object::Array(list));
        }
        added.push(links);
    }
    Ok(added)
}

/// Gives all areas of a link that goes on in another line the words of the whole:
/// who goes from link to link hears no half of an address.
pub(super) fn name_whole(
    skeleton: &mut Skeleton,
    areas: &[(ObjectId, &LinkArea)],
) -> Result<(), PdfError> {
    if areas.len() > 1 {
        let words: String = areas.iter().map(|(_, area)| area.words.as_str()).collect();
        for (annotation, _) in areas {
            let dict = skeleton.pdf.get_dictionary_mut(*annotation)?;
            dict.set("Contents", text(words.trim()));
        }
    }
    Ok(())
}

/// A link annotation (ISO 32000-1, 12.5.6.5). Flag 4 is "print", which archives
/// ask for; an empty border shows nothing on the page.
fn annotation(link: &LinkArea, skeleton: &Skeleton, pages: &[PageContent]) -> Dictionary {
    let words = match &link.target {
        LinkTarget::Url(url) if link.words.is_empty() => url,
        _ => link.words.trim_end(),
    };
    let mut dict = dictionary! {
        "Type" => name("Annot"),
        "Subtype" => name("Link"),
        "Rect" => corners_object(link.area),
        "Border" => Object::Array(vec![0.into(), 0.into(), 0.into()]),
        "F" => 4,
        "Contents" => text(words),
    };
    match &link.target {
        LinkTarget::Url(url) => {
            let uri = Object::string_literal(ascii(url));
            dict.set("A", dictionary! { "S" => name("URI"), "URI" => uri });
        }
        LinkTarget::Place { page, at } => {
            if let Some(place) = destinations::place(skeleton, pages, *page, *at) {
                dict.set("Dest", place);
            }
        }
    }
    dict
}

/// A URI in 7-bit ASCII (ISO 32000-1, 12.6.4.7): other bytes percent-encoded.
fn ascii(url: &str) -> String {
    url.bytes()
        .map(|byte| match byte {
            b'!'..=b'~' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_ascii() {
        assert_eq!(ascii("https://a.nl/één b?c=(d)"), "https://a.nl/%C3%A9%C3%A9n%20b?c=(d)");
    }
}
