//! The stages of the program, in the form that a campaign takes.

use crate::assets::Assets;
use crate::campaign::{Compiled, Inspection, Kind, Profile, Stages};
use crate::diag::{Code, Diagnostic, Diagnostics, Files, Span};
use crate::document::Document;
use std::path::Path;
use std::sync::Arc;

/// From TOML to PDF.
pub(super) struct Pipeline;

impl Stages for Pipeline {
    fn inspect(&self, path: &Path, assets: &Assets) -> Inspection {
        if path.extension().is_some_and(|e| e == "csv") {
            return Inspection { kind: Kind::Data, extends: None };
        }
        let table = assets.text(path).ok().and_then(|f| f.text().parse::<toml::Table>().ok());
        let value = |key: &str| table.as_ref()?.get(key)?.as_str().map(str::to_owned);
        let kind = match value("kind").as_deref() {
            Some("campaign") => Kind::Campaign,
            Some("theme") => Kind::Theme,
            Some("data") => Kind::Data,
            _ => Kind::Brochure,
        };
        Inspection { kind, extends: value("extends") }
    }

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
