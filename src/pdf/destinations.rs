//! Places to go to: destinations, and the names of those that others may link to.

use super::PdfError;
use super::content::PageContent;
use super::number;
use super::skeleton::Skeleton;
use super::strings::name;
use crate::base::Point;
use crate::document::OutlineEntry;
use lopdf::{Object, dictionary};
use std::collections::{BTreeMap, BTreeSet};

/// A place on a page, at the zoom that the reader has (ISO 32000-1, 12.3.2.2);
/// none if there is no such page.
pub(super) fn place(
    skeleton: &Skeleton,
    pages: &[PageContent],
    page: usize,
    at: Point,
) -> Option<Object> {
    let (left, top) = pages.get(page)?.space.place(at);
    Some(Object::Array(vec![
        Object::Reference(*skeleton.pages.get(page)?),
        name("XYZ"),
        number::object(left),
        number::object(top),
        Object::Null,
    ]))
}

/// Names the places of the chapters (ISO 32000-1, 12.3.2.3), so that an address
/// such as `brochure.pdf#nameddest=werken-en-leren` (RFC 8118, 3) leads to them.
pub(super) fn add(
    skeleton: &mut Skeleton,
    pages: &[PageContent],
    outline: &[OutlineEntry],
) -> Result<(), PdfError> {
    // A name tree is in the order of the names' bytes (ISO 32000-1, 7.9.6).
    let mut named = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for entry in outline.iter().filter(|entry| entry.level <= 1) {
        if let Some(place) = place(skeleton, pages, entry.page, entry.at) {
            named.insert(unique(slug(&entry.title), &mut taken), place);
        }
    }
    if named.is_empty() {
        return Ok(());
    }
    let pairs = named.into_iter();
    let names = pairs.flat_map(|(name, place)| [Object::string_literal(name), place]).collect();
    let tree = dictionary! { "Names" => Object::Array(names) };
    let tree = skeleton.pdf.add_object(tree);
    skeleton.pdf.catalog_mut()?.set("Names", dictionary! { "Dests" => tree });
    Ok(())
}

/// A title as part of an address: small letters without accents and digits, with
/// a hyphen for all that lies between them.
fn slug(title: &str) -> String {
    let mut slug = String::with_capacity(title.len());
    for c in title.chars().flat_map(char::to_lowercase) {
        let plain = plain(c);
        match (plain, c) {
            ("", '0'..='9' | 'a'..='z') => slug.push(c),
            // They join what is on both sides.
            ("", '\'' | '\u{2019}' | '\u{ad}' | '\u{300}'..='\u{36f}') => {}
            ("", _) if slug.is_empty() || slug.ends_with('-') => {}
            ("", _) => slug.push('-'),
            (plain, _) => slug.push_str(plain),
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "chapter".to_owned() } else { slug.to_owned() }
}

/// A small letter of a western European language without what is above or below
/// it; empty if it is none of them.
fn plain(c: char) -> &'static str {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => "a",
        'ç' => "c",
        'è' | 'é' | 'ê' | 'ë' => "e",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'ñ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => "o",
        'ù' | 'ú' | 'û' | 'ü' => "u",
        'ý' | 'ÿ' => "y",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'ĳ' => "ij",
        '₂' | '²' => "2",
        '³' => "3",
        _ => "",
    }
}

/// A name that is not taken yet: with a number from 2 on if it is.
fn unique(slug: String, taken: &mut BTreeSet<String>) -> String {
    let mut name = slug.clone();
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("{slug}-{number}");
        number += 1;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_parts_of_addresses() {
        for (title, expected) in [
            ("Werken en leren", "werken-en-leren"),
            ("  Énergie & CO₂-uitstoot: één!  ", "energie-co2-uitstoot-een"),
            ("’s-Hertogenbosch, foto's", "s-hertogenbosch-fotos"),
            ("GROSSE Straße – Übung", "grosse-strasse-ubung"),
            ("2026", "2026"),
            ("§ …", "chapter"),
        ] {
            assert_eq!(slug(title), expected, "{title}");
        }
    }

    #[test]
    fn no_name_is_given_twice() {
        let mut taken = BTreeSet::new();
        let titles = ["Slot", "Slot", "Slot 2", "slot", "Slot"];
        let names = titles.map(|title| unique(slug(title), &mut taken));
        assert_eq!(names, ["slot", "slot-2", "slot-2-2", "slot-3", "slot-4"]);
    }
}
