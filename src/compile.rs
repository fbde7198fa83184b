//! The whole line of the pipeline for one brochure.

use crate::assets::Assets;
use crate::base::Lang;
use crate::diag::{Diagnostics, Files};
use crate::document::{Document, Marks, Meta, Print, Slug};
use crate::text::Typesetter;
use crate::theme::Styled;
use crate::{layout, model, report, source, theme};
use std::path::Path;
use std::sync::Arc;

/// A brochure as far as it could be made.
#[derive(Debug)]
pub struct Compiled {
    /// The files that findings and the document point into.
    pub files: Arc<Files>,
    /// The brochure; none if there are errors.
    pub document: Option<Document>,
    /// What was found, in the order of the files.
    pub diagnostics: Diagnostics,
}

/// How a brochure is made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CompileOptions {
    /// Whether images, figures and words may be missing that a placeholder or
    /// `[[TODO …]]` stands for. Each is then a warning instead of an error, and
    /// every page is stamped as a draft.
    pub draft: bool,
}

/// Makes the brochure of a file: reads, checks, dresses and sets it.
///
/// All stages run as far as they can, so that one run shows all faults. The
/// result depends on the files and the options alone.
pub fn compile(path: &Path, assets: &Assets, options: CompileOptions) -> Compiled {
    let mut files = Files::new();
    let mut diagnostics = Diagnostics::new();
    let laid_out = stages(path, assets, options, &mut files, &mut diagnostics);
    diagnostics.sort();
    let files = Arc::new(files);
    let document: Option<Document> = laid_out
        .filter(|_| !diagnostics.has_errors())
        .map(|document| Document { files: Arc::clone(&files), ..document });
    if let Some(document) = &document {
        // Stand-ins for what is faulty set badly, which would mislead.
        diagnostics.append(report::warnings(&document.pages, &document.outline));
        diagnostics.sort();
    }
    Compiled { files, document, diagnostics }
}

/// The stages one after the other; what follows from a fault that an earlier
/// stage reported is left out of the findings.
fn stages(
    path: &Path,
    assets: &Assets,
    options: CompileOptions,
    files: &mut Files,
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    let source = source::load(path, assets, files, diagnostics)?;
    let mut found = Diagnostics::new();
    let document = dress_and_set(&source, assets, options, files, &mut found);
    diagnostics.append(source.without_consequences(found));
    document
}

fn dress_and_set(
    source: &source::Source,
    assets: &Assets,
    options: CompileOptions,
    files: &mut Files,
    found: &mut Diagnostics,
) -> Option<Document> {
    let brochure = model::read(source, options.draft, found)?;
    let styled = theme::dress(&brochure, assets, files, found)?;
    let set = layout::lay_out(&styled, &mut Typesetter::new(), found);
    let meta = brochure.meta;
    let title = if options.draft {
        format!("{} ({})", meta.title, draft_word(meta.lang))
    } else {
        meta.title
    };
    Some(Document {
        meta: Meta {
            title,
            author: meta.author,
            subject: meta.subject,
            keywords: meta.keywords,
            lang: meta.lang,
            date: meta.date,
        },
        pages: set.pages,
        outline: set.outline,
        files: Arc::new(Files::new()),
        copyfit: set.copyfit,
        print: print(&styled, files),
        structure: set.structure,
    })
}

/// How a brochure is printed: as its theme says, with its own name on it.
fn print(styled: &Styled, files: &Files) -> Print {
    let look = &styled.looks.print;
    let file = files.get(styled.span.file).name();
    let file = file.rsplit('/').next().unwrap_or(file);
    let name = file.strip_suffix(".toml").unwrap_or(file).to_owned();
    let faces = &styled.looks.styles.running.plain.fonts;
    let slug = faces.first().filter(|_| look.slug);
    Print {
        condition: look.condition.clone(),
        rich_black: look.rich_black,
        artwork: look.artwork.clone(),
        marks: Marks {
            crop: look.crop,
            bleed: look.bleed,
            registration: look.registration,
            color_bar: look.color_bar,
            slug: slug.map(|font| Slug { font: Arc::clone(font), name, span: styled.span }),
        },
        limits: styled.looks.limits.clone(),
    }
}

/// What follows the title of a draft, so that its window and its place in a list
/// of files tell it from the brochure.
fn draft_word(lang: Lang) -> &'static str {
    match lang {
        Lang::Nl => "concept",
        Lang::En => "draft",
        Lang::De => "Entwurf",
    }
}
