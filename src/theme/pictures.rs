//! Loading the images of a brochure.

use super::draft;
use super::looks::Looks;
use super::styled::{StyledArt, StyledPicture};
use crate::assets::{Assets, Image, LoadError};
use crate::diag::{Code, Diagnostic, Diagnostics, Files};
use crate::model::{self, ImageSource};
use crate::source::{Text, resolve, todo};
use std::sync::Arc;

/// The door to the images, with a place for findings.
pub(super) struct Pictures<'a> {
    pub(super) looks: Arc<Looks>,
    pub(super) assets: &'a Assets,
    pub(super) files: &'a Files,
    /// Whether what is still to be written is let through.
    pub(super) draft: bool,
    pub(super) diags: &'a mut Diagnostics,
}

impl Pictures<'_> {
    /// Loads an image; what is wrong with it is reported.
    pub(super) fn load(&mut self, image: &model::Image) -> Option<StyledPicture> {
        let alt = (!image.alt.is_empty()).then(|| image.alt.as_str().to_owned());
        let path = match &image.source {
            ImageSource::File(path) => path,
            ImageSource::Placeholder(placeholder) => {
                let words = draft::placeholder(&placeholder.words, &self.looks.styles.figure_title);
                return Some(StyledPicture {
                    art: StyledArt::Placeholder(words),
                    aspect: 1.0 / placeholder.aspect,
                    alt,
                    span: placeholder.words.span(),
                });
            }
        };
        let span = path.span();
        match self
            .assets
            .image(&resolve(self.files.get(span.file), path.as_str()), &self.looks.library)
        {
            Ok(image) => {
                self.todos(&image, path);
                let aspect = 1.0 / image.aspect();
                Some(StyledPicture { art: StyledArt::Image(image), aspect, alt, span })
            }
            Err(error) => {
                self.diags.push(unusable(&error, path));
                None
            }
        }
    }
}

impl Pictures<'_> {
    /// Reports the marks in the text of a drawing. They stand on its pages as they
    /// are; nothing else is drawn behind them.
    fn todos(&mut self, image: &Image, path: &Text) {
        let Image::Drawing(drawing) = image else { return };
        let glyphs = drawing.texts().into_iter().flat_map(|text| &text.glyphs);
        let words: String = glyphs.map(|glyph| glyph.text.as_str()).collect();
        for mark in todo::marks(&words) {
            let message = format!("words of the drawing are still to be written: {}", &words[mark]);
            self.diags.push(match self.draft {
                true => Diagnostic::warning(Code::PLACEHOLDER, path.span(), message),
                false => Diagnostic::error(Code::PLACEHOLDER, path.span(), message).hint(
                    "write them in the SVG file, or use `--draft` to see the pages without them",
                ),
            });
        }
    }
}

fn unusable(error: &LoadError, path: &Text) -> Diagnostic {
    let file = path.as_str();
    let finding = |code, what: &str| {
        Diagnostic::error(code, path.span(), format!("the image \"{file}\" {what}"))
    };
    match error {
        LoadError::NotFound if file.contains("://") => {
            finding(Code::IMAGE_MISSING, "is an address, not a file")
                .hint("save the image beside the brochure and name that file")
        }
        LoadError::NotFound if todo::is_in(file) => finding(Code::IMAGE_MISSING, "does not exist")
            .hint("write `placeholder = \"…\"` in place of an image that is still to come"),
        LoadError::NotFound => finding(Code::IMAGE_MISSING, "does not exist")
            .hint("paths start from the folder of the file that names them"),
        LoadError::Unreadable(why) => finding(Code::IMAGE_MISSING, "cannot be read").hint(why),
        LoadError::Corrupt(how) => finding(Code::IMAGE_CORRUPT, &format!("is damaged: {how}"))
            .hint("save it anew from the program that made it"),
        LoadError::Unsupported(what) => {
            finding(Code::IMAGE_UNSUPPORTED, &format!("is or uses what is not supported: {what}"))
                .allowed("JPEG, PNG, TIFF, and SVG of shapes and text in colours and gradients")
        }
        LoadError::UnknownFont { what, known } => {
            finding(Code::UNKNOWN_FONT, &format!("has {what}; the project has no such font"))
                .allowed(known)
                .hint("set the text in one of these, or give the font to the theme in `[fonts]`")
        }
        LoadError::MissingGlyph(what) => {
            finding(Code::MISSING_GLYPH, &format!("has characters that its fonts lack: {what}"))
                .hint("set the text in another font, or write it with other characters")
        }
        LoadError::NotText(_) | LoadError::Font(_) => finding(Code::IMAGE_CORRUPT, "is damaged"),
    }
}
