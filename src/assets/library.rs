//! The fonts that text in artwork may be set in.

use super::Font;
use skrifa::raw::TableProvider;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The families of a project: those of its theme and those of the program.
///
/// Two libraries are equal if they hold the same loaded fonts under the same
/// names, so that what was made with one is good for the other.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FontLibrary {
    faces: Vec<LibraryFace>,
}

/// A face as CSS tells it from its siblings.
#[derive(Debug, Clone)]
pub struct LibraryFace {
    /// The family, as the project calls it.
    pub family: String,
    /// From 1 to 1000; 400 is regular and 700 bold (OpenType 1.9, OS/2
    /// usWeightClass).
    pub weight: u16,
    /// Whether its letters are slanted.
    pub italic: bool,
    /// The font.
    pub font: Arc<Font>,
}

impl PartialEq for LibraryFace {
    fn eq(&self, other: &LibraryFace) -> bool {
        Arc::ptr_eq(&self.font, &other.font) && self.family == other.family
    }
}

impl FontLibrary {
    /// Adds a face, if it is not there yet. Of faces alike in family, weight and
    /// slant the first is taken.
    pub fn add(&mut self, family: &str, font: &Arc<Font>) {
        let weight = font.tables().os2().map_or(400, |os2| os2.us_weight_class());
        let face = LibraryFace {
            family: family.to_owned(),
            weight,
            italic: font.italic,
            font: Arc::clone(font),
        };
        if !self.faces.contains(&face) {
            self.faces.push(face);
        }
    }

    /// All faces, in the order in which they were added.
    pub fn faces(&self) -> &[LibraryFace] {
        &self.faces
    }

    /// The faces of a family; its name is compared as CSS does, without regard
    /// to case.
    pub fn family(&self, name: &str) -> impl Iterator<Item = &LibraryFace> {
        let name = name.to_lowercase();
        self.faces.iter().filter(move |face| face.family.to_lowercase() == name)
    }

    /// The families with their faces, for a message.
    pub fn list(&self) -> String {
        let mut families: BTreeMap<&str, BTreeSet<(u16, bool)>> = BTreeMap::new();
        for face in &self.faces {
            families.entry(&face.family).or_default().insert((face.weight, face.italic));
        }
        let list = families.iter().map(|(name, faces)| {
            let faces = faces.iter().map(|&(weight, italic)| face_words(weight, italic));
            format!("\"{name}\" ({})", faces.collect::<Vec<_>>().join(", "))
        });
        list.collect::<Vec<_>>().join("; ")
    }
}

impl LibraryFace {
    /// The face without its family: `600 italic`.
    pub fn words(&self) -> String {
        face_words(self.weight, self.italic)
    }
}

/// A weight and a slant in words.
pub(super) fn face_words(weight: u16, italic: bool) -> String {
    format!("{weight}{}", if italic { " italic" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets::Assets;

    #[test]
    fn faces_are_told_apart_and_listed() {
        let assets = Assets::new();
        let mut library = FontLibrary::default();
        for face in ["regular", "italic", "semibold", "regular"] {
            library.add("Source Sans 3", &assets.builtin_font("Source Sans 3", face).unwrap());
        }
        library.add("Barlow", &assets.builtin_font("Barlow", "medium").unwrap());
        assert_eq!(library.list(), "\"Barlow\" (500); \"Source Sans 3\" (400, 400 italic, 600)");
        assert_eq!(library.family("SOURCE sans 3").count(), 3);
        assert_eq!(library, library.clone());
        assert_ne!(library, FontLibrary::default());
    }
}
