//! Stages for tests that make a brochure of almost nothing: each line of the
//! file that starts with `bad` is an error, with `poor` a warning, with
//! `panic` a fault of the program; `# pages N` sets the number of pages, and
//! `# unwritable` makes the writing of the screen file fail; `# unprintable` at the
//! start is an error that only the file for the printer has.

use super::{CompileOptions, Compiled, Part, Product, Rendered, Stages};
use crate::assets::Assets;
use crate::base::{Abs, Size};
use crate::diag::{Code, Diagnostic, Diagnostics, Files, SourceFile, Span};
use crate::document::{Copyfit, Document, Element, Frame, Meta, Page, Role};
use crate::pdf::Profile;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

/// Stages that write a line of text in place of a PDF or a picture.
pub(crate) struct Fake;

impl Stages for Fake {
    fn compile(&self, path: &Path, assets: &Assets, _options: CompileOptions) -> Compiled {
        let mut files = Files::new();
        let mut diagnostics = Diagnostics::new();
        let file = assets.text(path).unwrap_or_else(|_| Arc::new(SourceFile::new("none", "")));
        let id = files.add(file.clone());
        let mut pages = 1;
        let mut start = 0;
        for line in file.text().split_inclusive('\n') {
            let span = Span::new(id, start, start + line.trim_end().len());
            start += line.len();
            if let Some(count) = line.strip_prefix("# pages ") {
                pages = count.trim_end().parse().unwrap();
            } else if line.starts_with("bad") || line.starts_with("also bad") {
                diagnostics.push(
                    Diagnostic::error(Code::BAD_VALUE, span, "this is bad")
                        .label("here")
                        .allowed("anything else")
                        .hint("leave it out"),
                );
            } else if line.starts_with("poor") {
                diagnostics.push(Diagnostic::warning(Code::LOOSE_LINE, span, "this is poor"));
            }
            assert!(!line.starts_with("panic"), "the author wrote {}", line.trim_end());
        }
        let files = Arc::new(files);
        let page = Page {
            trim: Size::new(Abs::mm(210.0), Abs::mm(297.0)),
            bleed: Abs::mm(3.0),
            frame: Frame::default(),
            grid: None,
            columns: Vec::new(),
            stamp: None,
        };
        let document = (!diagnostics.has_errors()).then(|| Document {
            meta: Meta::default(),
            pages: vec![page; pages],
            outline: Vec::new(),
            files: files.clone(),
            copyfit: Copyfit::default(),
            print: Default::default(),
            structure: Element::new(Role::Document),
        });
        Compiled { files, document, diagnostics }
    }

    fn preflight(&self, document: &Document, profiles: &[Profile]) -> Result<Diagnostics, String> {
        let mut found = Diagnostics::new();
        if !profiles.contains(&Profile::Print) {
            return Ok(found);
        }
        for file in document.files.iter() {
            let id = document.files.find(file.name()).ok_or("a file without a number")?;
            if file.text().starts_with("# unprintable") {
                let message = "this cannot be printed";
                found.push(Diagnostic::error(Code::INK_LIMIT, Span::new(id, 0, 13), message));
            }
        }
        Ok(found)
    }

    fn render(
        &self,
        document: &Document,
        product: &Product,
        _assets: &Assets,
    ) -> Result<Vec<Rendered>, String> {
        let refuses = document.files.iter().any(|file| file.text().contains("# unwritable"));
        let pages = document.pages.len();
        let write = |&profile: &Profile| match (profile, refuses) {
            (Profile::Screen, true) => Err("no screen file".to_owned()),
            _ => Ok(Rendered {
                part: Part::Pdf(profile),
                bytes: format!("{} {pages} pages\n", profile.name()).into_bytes(),
            }),
        };
        match product {
            Product::Pdf(profiles) => profiles.iter().map(write).collect(),
            Product::Pictures(settings) => {
                let wanted = (1..=pages).filter(|&number| settings.pages.contains(number));
                let picture = |number| Rendered {
                    part: Part::Page { number, of: pages },
                    bytes: format!("page {number} at {}\n", settings.dpi).into_bytes(),
                };
                Ok(wanted.map(picture).collect())
            }
        }
    }
}

/// A temporary folder that holds these files.
pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = root.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    root
}
