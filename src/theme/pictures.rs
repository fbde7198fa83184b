//! Loading the images of a brochure.

use super::styled::StyledPicture;
use crate::assets::Assets;
use crate::diag::{Diagnostics, Files};
use crate::model;

/// The door to the images, with a place for findings.
pub(super) struct Pictures<'a> {
    pub(super) assets: &'a Assets,
    pub(super) files: &'a Files,
    pub(super) diags: &'a mut Diagnostics,
}

impl Pictures<'_> {
    /// Loads an image; what is wrong with it is reported.
    pub(super) fn load(&mut self, _image: &model::Image) -> Option<StyledPicture> {
        let _ = (self.assets, self.files, &self.diags);
        None
    }
}
