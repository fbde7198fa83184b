//! Loading the images of a brochure.

use super::styled::StyledPicture;
use crate::assets::{Assets, LoadError};
use crate::diag::{Code, Diagnostic, Diagnostics, Files};
use crate::model;
use crate::source::{Text, resolve};

/// The door to the images, with a place for findings.
pub(super) struct Pictures<'a> {
    pub(super) assets: &'a Assets,
    pub(super) files: &'a Files,
    pub(super) diags: &'a mut Diagnostics,
}

impl Pictures<'_> {
    /// Loads an image; what is wrong with it is reported.
    pub(super) fn load(&mut self, image: &model::Image) -> Option<StyledPicture> {
        let path = resolve(self.files.get(image.path.span().file), image.path.as_str());
        match self.assets.image(&path) {
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
                .allowed("JPEG, PNG, TIFF, and SVG of plain shapes in plain colours")
        }
        LoadError::NotText(_) | LoadError::Font(_) => finding(Code::IMAGE_CORRUPT, "is damaged"),
    }
}
