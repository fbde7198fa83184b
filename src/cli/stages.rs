//! The stages of the program, in the form that a campaign takes.

use crate::assets::Assets;
use crate::campaign::Stages;
use crate::compile::{Compiled, compile};
use crate::document::Document;
use crate::pdf::{self, Cache, Profile};
use std::path::Path;
use std::sync::OnceLock;

/// From TOML to PDF.
#[derive(Default)]
pub(super) struct Pipeline {
    /// What all files share; made for the first of them.
    cache: OnceLock<Cache>,
}

impl Stages for Pipeline {
    fn compile(&self, path: &Path, assets: &Assets) -> Compiled {
        compile(path, assets)
    }

    fn render(
        &self,
        document: &Document,
        profiles: &[Profile],
        assets: &Assets,
    ) -> Result<Vec<Vec<u8>>, String> {
        let cache = self.cache.get_or_init(|| Cache::with_defaults(assets));
        pdf::write_all(document, profiles, cache).map_err(|error| error.to_string())
    }
}
