//! Where a link leads.

use super::file::File;
use lopdf::{Dictionary, Object};

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// Out of the file.
    Address(String),
    /// To a page, counted from 1.
    Page(usize),
}

/// Where a link annotation leads (ISO 32000-1, 12.5.6.5), if it is known.
pub(super) fn target(file: &File, annotation: &Dictionary) -> Option<Target> {
    let action = file.dict(annotation, b"A");
    match file.name(action, b"S") {
        Some(b"URI") => {
            let address = file.get(action, b"URI").as_str().ok()?;
            Some(Target::Address(String::from_utf8_lossy(address).into_owned()))
        }
        Some(b"GoTo") => page(file, file.get(action, b"D")),
        Some(_) => None,
        None => page(file, file.get(annotation, b"Dest")),
    }
}

/// The page of a destination, which may have a name (ISO 32000-1, 12.3.2).
fn page(file: &File, destination: &Object) -> Option<Target> {
    let explicit = match destination {
        Object::Name(name) => named(file, name)?,
        Object::String(name, _) => named(file, name)?,
        other => other,
    };
    let array = match explicit {
        Object::Dictionary(dict) => file.get(dict, b"D"),
        other => other,
    };
    let page = array.as_array().ok()?.first()?.as_reference().ok()?;
    file.page_number(page).map(Target::Page)
}

fn named<'a>(file: &'a File, name: &[u8]) -> Option<&'a Object> {
    let catalog = file.catalog().ok()?;
    if let Ok(found) = file.dict(catalog, b"Dests").get(name) {
        return Some(file.resolve(found));
    }
    in_tree(file, file.dict(file.dict(catalog, b"Names"), b"Dests"), name, 0)
}

/// Looks up a name in a name tree (ISO 32000-1, 7.9.6).
fn in_tree<'a>(
    file: &'a File,
    node: &'a Dictionary,
    name: &[u8],
    depth: usize,
) -> Option<&'a Object> {
    let leaves = file.list(file.get(node, b"Names"));
    for pair in leaves.chunks_exact(2) {
        if file.resolve(&pair[0]).as_str().ok() == Some(name) {
            return Some(file.resolve(&pair[1]));
        }
    }
    // A sound tree is not deeper; one that runs in circles ends here.
    let below = if depth < 16 { file.list(file.get(node, b"Kids")) } else { &[] };
    below.iter().filter_map(|kid| file.as_dict(kid)).find_map(|kid| {
        let limits = file.list(file.get(kid, b"Limits"));
        let inside = match limits {
            [low, high] => {
                let [low, high] = [low, high].map(|end| file.resolve(end).as_str().ok());
                low.is_some_and(|low| low <= name) && high.is_some_and(|high| name <= high)
            }
            _ => true,
        };
        if inside { in_tree(file, kid, name, depth + 1) } else { None }
    })
}
