//! The font families of a theme.

use crate::assets::{Assets, Font, FontError, FontLibrary, LoadError};
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Files, Span, nearest};
use crate::source::{Fields, Text, Value, resolve};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The families of a theme by the names its styles use.
#[derive(Debug, Default)]
pub(super) struct Families {
    families: BTreeMap<String, Family>,
    /// The theme that is part of the program, where no author can mend anything.
    built_in: Option<FileId>,
}

#[derive(Debug)]
struct Family {
    /// The name shown to the author, where it stands.
    name: Text,
    /// The faces by name; none where the file cannot be used.
    faces: BTreeMap<String, Option<Arc<Font>>>,
}

impl Families {
    /// Reads the `[fonts]` table and loads every face of the theme's own files.
    pub(super) fn read(
        fonts: &Fields<'_>,
        assets: &Assets,
        files: &Files,
        diags: &mut Diagnostics,
    ) -> Families {
        let mut families = BTreeMap::new();
        for entry in &fonts.table().entries {
            let Some(mut fields) = Fields::of(&entry.node, "a font family", diags) else {
                continue;
            };
            let name = fields.required_text("family", diags);
            let own = fields.fields("files", "the files of a font family", diags);
            if let Some(own) = own.as_ref().filter(|own| own.table().entries.is_empty()) {
                let message = "a font family needs a file for its regular face";
                diags.push(
                    Diagnostic::error(Code::MISSING_KEY, own.span(), message)
                        .hint("write `files = { regular = \"…\" }`"),
                );
            }
            fields.finish(diags);
            let Some(name) = name else { continue };
            let faces = match own {
                Some(own) => own_faces(&own, assets, files, diags),
                None => builtin_faces(name, assets, diags),
            };
            families.insert(entry.key.clone(), Family { name: name.clone(), faces });
        }
        Families { families, built_in: files.find(super::DEFAULT.name()) }
    }

    /// A face by family and face name. What is wrong is reported once, where
    /// the author's own theme leads to it.
    pub(super) fn face(
        &self,
        family: &Text,
        wanted: &Text,
        diags: &mut Diagnostics,
    ) -> Option<Arc<Font>> {
        let Some(found) = self.families.get(family.as_str()) else {
            let names = self.families.keys().map(String::as_str);
            diags.push(unknown(
                format!("the theme has no font called `{}`", family.as_str()),
                family.as_str(),
                family.span(),
                names,
            ));
            return None;
        };
        let face = wanted.as_str();
        match found.faces.get(face) {
            Some(font) => font.clone(),
            None if found.faces.is_empty() => None,
            None => {
                let names = found.faces.keys().map(String::as_str);
                let message = format!("{} has no face `{face}`", found.name.as_str());
                let own = |text: &Text| Some(text.span().file) != self.built_in;
                let place = [wanted, family, &found.name].into_iter().find(|text| own(text));
                let span = place.unwrap_or(wanted).span();
                let finding = unknown(message, face, span, names);
                diags.push(if own(wanted) {
                    finding
                } else {
                    finding.hint(
                        "the built-in styles ask for it: add its file, or set `face`, `strong`, \
                         `emphasis` and `strong_emphasis` in the styles",
                    )
                });
                None
            }
        }
    }

    /// All faces, and those of the program, for text in artwork.
    pub(super) fn library(&self, assets: &Assets) -> FontLibrary {
        let mut library = FontLibrary::default();
        for family in self.families.values() {
            for font in family.faces.values().flatten() {
                library.add(family.name.as_str(), font);
            }
        }
        // The theme's own files take the place of a family that is part of the
        // program, not of some of its faces.
        let own: Vec<&str> = self.families.values().map(|family| family.name.as_str()).collect();
        for (family, face) in Assets::builtin_fonts().filter(|(family, _)| !own.contains(family)) {
            if let Some(font) = assets.builtin_font(family, face) {
                library.add(family, &font);
            }
        }
        library
    }

    /// The regular face of every family, to look in for missing characters.
    pub(super) fn fallbacks(&self) -> impl Iterator<Item = &Arc<Font>> {
        self.families.values().filter_map(|family| {
            let regular = family.faces.get("regular").or_else(|| family.faces.values().next());
            regular.and_then(Option::as_ref)
        })
    }
}

fn unknown<'a>(
    message: String,
    word: &str,
    span: Span,
    allowed: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let list = allowed.clone().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    let finding = Diagnostic::error(Code::UNKNOWN_FONT, span, message).allowed(list);
    match nearest(word, allowed) {
        Some(near) => finding.hint(format!("did you mean \"{near}\"?")),
        None => finding,
    }
}

fn builtin_faces(
    name: &Text,
    assets: &Assets,
    diags: &mut Diagnostics,
) -> BTreeMap<String, Option<Arc<Font>>> {
    let faces: BTreeMap<_, _> = Assets::builtin_fonts()
        .filter(|(family, _)| *family == name.as_str())
        .map(|(family, face)| (face.to_owned(), assets.builtin_font(family, face)))
        .collect();
    if faces.is_empty() {
        let mut families: Vec<&str> = Assets::builtin_fonts().map(|(family, _)| family).collect();
        families.dedup();
        let message = format!("no font family \"{}\" is built in", name.as_str());
        let finding = unknown(message, name.as_str(), name.span(), families.into_iter());
        diags.push(
            finding.hint("name the files of your own font with `files = { regular = \"…\" }`"),
        );
    }
    faces
}

fn own_faces(
    own: &Fields<'_>,
    assets: &Assets,
    files: &Files,
    diags: &mut Diagnostics,
) -> BTreeMap<String, Option<Arc<Font>>> {
    let mut faces = BTreeMap::new();
    for entry in &own.table().entries {
        let Value::Text(path) = &entry.node.value else {
            let message = format!("the file of face `{}` must be text", entry.key);
            diags.push(Diagnostic::error(Code::WRONG_TYPE, entry.node.span, message));
            continue;
        };
        let font = match assets.font(&resolve(files.get(path.span().file), path.as_str())) {
            Ok(font) => Some(font),
            Err(error) => {
                diags.push(unusable(&error, path));
                None
            }
        };
        faces.insert(entry.key.clone(), font);
    }
    faces
}

fn unusable(error: &LoadError, path: &Text) -> Diagnostic {
    let file = path.as_str();
    let finding = |code, what: &str| {
        Diagnostic::error(code, path.span(), format!("the font \"{file}\" {what}"))
    };
    match error {
        LoadError::NotFound => finding(Code::BAD_FONT, "does not exist")
            .hint("paths start from the folder of the file that names them"),
        LoadError::Font(FontError::EmbeddingForbidden) => finding(
            Code::FONT_EMBEDDING,
            "may not be embedded in a PDF (its fsType says restricted)",
        )
        .hint("ask the foundry for a licence, or choose another font"),
        LoadError::Font(FontError::SubsettingForbidden) => finding(
            Code::FONT_EMBEDDING,
            "may not be embedded in part (its fsType forbids subsets)",
        )
        .hint("ask the foundry for a licence, or choose another font"),
        LoadError::Font(FontError::Unreadable) => {
            finding(Code::BAD_FONT, "is no TrueType or OpenType font").allowed("TTF, OTF")
        }
        LoadError::Unreadable(reason) => finding(Code::BAD_FONT, "cannot be read").hint(reason),
        _ => finding(Code::BAD_FONT, "cannot be read"),
    }
}
