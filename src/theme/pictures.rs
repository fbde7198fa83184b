//! Loading the images of a brochure.

use super::styled::StyledPicture;
use crate::assets::{Assets, FontLibrary, LoadError};
use crate::diag::{Code, Diagnostic, Diagnostics, Files};
use crate::model;
use crate::source::{Text, resolve};

/// The door to the images, with a place for findings.
pub(super) struct Pictures<'a> {
    pub(super) assets: &'a Assets,
    /// What text in artwork may be set in.
    pub(super) fonts: &'a FontLibrary,
    pub(super) files: &'a Files,
    pub(super) diags: &'a mut Diagnostics,
}

impl Pictures<'_> {
    /// Loads an image; what is wrong with it is reported.
    pub(super) fn load(&mut self, image: &model::Image) -> Option<StyledPicture> {
        let path = resolve(self.files.get(image.path.span().file), image.path.as_str());
        match self.assets.image(&path, self.fonts) {
            Ok(source) => Some(StyledPicture {
                aspect: 1.0 / source.aspect(),
                source,
                alt: (!image.alt.is_empty()).then(|| image.alt.as_str().to_owned()),
                span: image.path.span(),
            }),
            Err(error) => {
                self.diags.push(unusable(&error, &image.path));
                None
            }
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
        LoadError::NotFound => finding(Code::IMAGE_MISSING, "does not exist")
            .hint("paths start from the folder of the file that names them"),
        LoadError::Unreadable(why) => finding(Code::IMAGE_MISSING, "cannot be read").hint(why),
        LoadError::Corrupt(how) => finding(Code::IMAGE_CORRUPT, &format!("is damaged: {how}"))
            .hint("save it anew from the program that made it"),
        LoadError::Unsupported(what) => {
            finding(Code::IMAGE_UNSUPPORTED, &format!("is or uses what is not supported: {what}"))
                .allowed("JPEG, PNG, and SVG of shapes and text in colours and gradients")
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
