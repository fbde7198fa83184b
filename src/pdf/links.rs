//! Areas to click.

use super::content::{LinkArea, PageContent};
use super::skeleton::{Skeleton, corners_object};
use super::strings::{name, text};
use super::unicode::clusters;
use super::{PdfError, destinations};
use crate::document::{Item, Link, LinkTarget};
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

/// A link annotation (ISO 32000-1, 12.5.6.5). Flag 4 is "print", which archives
/// ask for; an empty border shows nothing on the page.
fn annotation(link: &LinkArea, skeleton: &Skeleton, pages: &[PageContent]) -> Dictionary {
    let words = match &link.target {
        LinkTarget::Url(url) if link.words.is_empty() => url,
        _ => &link.words,
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

/// All words of a link by its items, if it has areas in several lines: each of
/// them leads on by itself, so that a part of the words would not describe it.
pub(super) fn words_of_several(items: &[&Item]) -> Option<String> {
    let areas = items.iter().filter_map(|item| match item {
        Item::Link(Link { target: LinkTarget::Url(_), .. }) => Some(()),
        _ => None,
    });
    if areas.count() < 2 {
        return None;
    }
    let mut words = String::new();
    for item in items {
        if let Item::Text(run) = item {
            words.extend(clusters(run).map(|(_, text)| text));
        }
    }
    // Hyphens that lines ask for are soft ones here.
    Some(words.replace('\u{AD}', "").trim().to_owned())
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
