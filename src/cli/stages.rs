//! The stages of the program, in the form that a campaign takes.

use crate::assets::Assets;
use crate::base::Date;
use crate::campaign::{Part, Product, Rendered, Stages};
use crate::compile::{CompileOptions, Compiled, compile};
use crate::diag::Diagnostics;
use crate::document::Document;
use crate::pdf::{self, Cache, Profile};
use crate::{preflight, preview};
use std::path::Path;

/// From TOML to PDF or pictures.
pub(super) struct Pipeline {
    /// What all files share.
    cache: Cache,
    /// The date of brochures that have none of their own.
    date: Option<Date>,
}

impl Pipeline {
    /// For brochures that bear this date if they have none of their own.
    pub(super) fn new(date: Option<Date>) -> Pipeline {
        Pipeline { cache: Cache::default(), date }
    }
}

impl Stages for Pipeline {
    fn compile(&self, path: &Path, assets: &Assets, options: CompileOptions) -> Compiled {
        let mut compiled = compile(path, assets, options);
        if let Some(document) = &mut compiled.document {
            document.meta.date = document.meta.date.or(self.date);
        }
        compiled
    }

    fn preflight(&self, document: &Document, profiles: &[Profile]) -> Result<Diagnostics, String> {
        let press = self.cache.press(&document.print.condition);
        let press = press.map_err(|error| error.to_string())?;
        let rules = match profiles.contains(&Profile::Print) {
            true => preflight::run,
            false => preflight::reading,
        };
        Ok(rules(document, press.converter()))
    }

    fn render(
        &self,
        document: &Document,
        product: &Product,
        _assets: &Assets,
    ) -> Result<Vec<Rendered>, String> {
        let cache = &self.cache;
        match product {
            Product::Pdf(profiles) => {
                let files = pdf::write_all(document, profiles, cache);
                let files = files.map_err(|error| error.to_string())?.into_iter();
                let parts = profiles.iter().map(|&profile| Part::Pdf(profile));
                Ok(parts.zip(files).map(|(part, bytes)| Rendered { part, bytes }).collect())
            }
            Product::Pictures(settings) => {
                let press = cache.press(&document.print.condition);
                let press = press.map_err(|error| error.to_string())?;
                let files = preview::render(document, settings, press.converter());
                let files = files.map_err(|error| error.to_string())?.into_iter();
                let of = document.pages.len();
                let part = |number| Part::Page { number, of };
                Ok(files.map(|(number, bytes)| Rendered { part: part(number), bytes }).collect())
            }
        }
    }
}
