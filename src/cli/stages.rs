//! The stages of the program, in the form that a campaign takes.

use crate::assets::Assets;
use crate::campaign::{Compiled, Stages};
use crate::diag::{Code, Diagnostic, Diagnostics, Files, Span};
use crate::document::Document;
use crate::pdf::Profile;
use std::path::Path;
use std::sync::Arc;

/// From TOML to PDF.
pub(super) struct Pipeline;

impl Stages for Pipeline {
    fn compile(&self, path: &Path, assets: &Assets) -> Compiled {
        let mut files = Files::new();
        let mut diagnostics = Diagnostics::new();
        if let Ok(file) = assets.text(path) {
            let span = Span::new(files.add(file), 0, 0);
            let message = "the stages are not joined yet";
            diagnostics.push(Diagnostic::error(Code::FILE_UNREADABLE, span, message));
        }
        Compiled { files: Arc::new(files), document: None, diagnostics }
    }

    fn render(
        &self,
        _document: &Document,
        _profiles: &[Profile],
        _assets: &Assets,
    ) -> Result<Vec<Vec<u8>>, String> {
        Ok(Vec::new())
    }
}
