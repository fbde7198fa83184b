//! Theme TOML and model to styled blocks: every length and colour resolved once.

mod apply;
mod contents;
mod draft;
mod fonts;
mod looks;
mod pictures;
mod read;
mod read_preflight;
mod read_print;
mod read_styles;
mod style;
mod styled;

pub use crate::model::{ChartKind, PageCount, PageWish, Side, Voice};
pub use draft::{FIELD as DRAFT_FIELD, INK as DRAFT_INK, MARKER as DRAFT_MARKER};
pub use looks::{
    BackLook, ChapterLook, ChartLook, CoverLook, ListBoxLook, Looks, PageLook, PrintLook, RuleLook,
    Styles, TextLook,
};
pub use style::{Align, CharStyle, Feature, ParaStyle, StyledRun, StyledText, TextStyle};
pub use styled::*;

use crate::assets::{Assets, LoadError};
use crate::diag::{Code, Diagnostic, Diagnostics, Files, SourceFile};
use crate::model::Brochure;
use crate::source::{self, FileKind, Source, Text};
use std::sync::{Arc, LazyLock};

/// What every theme starts from.
static DEFAULT: LazyLock<Arc<SourceFile>> = LazyLock::new(|| {
    Arc::new(SourceFile::built_in("(built-in theme)", include_str!("default.toml")))
});

/// Gives a brochure the looks of its theme, and loads its fonts and images.
/// What is wrong is reported; nothing comes back only if no font can be had.
pub fn dress(
    brochure: &Brochure,
    assets: &Assets,
    files: &mut Files,
    diags: &mut Diagnostics,
) -> Option<Styled> {
    let theme = load(brochure.theme.as_ref(), assets, files, diags);
    let mut found = Diagnostics::new();
    let lang = brochure.meta.lang;
    let initialisms = brochure.initialisms;
    let looks = read::read(&theme.root, theme.span, lang, initialisms, assets, files, &mut found);
    diags.append(of_the_author(found, files));
    let looks = looks.map(Arc::new)?;
    Some(apply::apply(brochure, looks, assets, files, diags))
}

/// Leaves out the findings about the built-in theme: it has no faults of its
/// own, so they follow from what the author's theme puts in its place.
fn of_the_author(mut found: Diagnostics, files: &Files) -> Diagnostics {
    let built_in = |finding: &Diagnostic| files.get(finding.span.file).is_built_in();
    if !found.iter().all(built_in) {
        found.retain(|finding| !built_in(finding));
    }
    found
}

/// The theme a brochure names, over the default one.
fn load(
    name: Option<&Text>,
    assets: &Assets,
    files: &mut Files,
    diags: &mut Diagnostics,
) -> Source {
    let own = name.and_then(|name| {
        let path = source::resolve(files.get(name.span().file), name.as_str());
        let report = |message: &str, hint: &str, diags: &mut Diagnostics| {
            let message = format!("the theme \"{}\" {message}", name.as_str());
            diags.push(Diagnostic::error(Code::FILE_UNREADABLE, name.span(), message).hint(hint));
        };
        match assets.text(&path) {
            Ok(_) => {}
            Err(LoadError::NotFound) => {
                let hint = "paths start from the folder of the file that names them";
                report("does not exist", hint, diags);
                return None;
            }
            Err(_) => {
                report("cannot be read", "a theme is a text file in TOML", diags);
                return None;
            }
        }
        if source::kind_of(&path, assets) != FileKind::Theme {
            let hint = "a theme starts with the line `kind = \"theme\"`";
            report("is none: it lacks `kind = \"theme\"`", hint, diags);
            return None;
        }
        source::load(&path, assets, files, diags)
    });
    match own {
        Some(own) => own.over(&DEFAULT, files, diags),
        None => Source::built_in(&DEFAULT, FileKind::Theme, files, diags),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Lang;
    use std::path::Path;

    fn resolve(theme: &str) -> (Option<Looks>, Vec<String>) {
        let mut files = Files::new();
        let mut diags = Diagnostics::new();
        let assets = Assets::new();
        let source = source::load(Path::new(theme), &assets, &mut files, &mut diags)
            .expect(theme)
            .over(&DEFAULT, &mut files, &mut diags);
        let looks =
            read::read(&source.root, source.span, Lang::Nl, true, &assets, &files, &mut diags);
        (looks, diags.iter().map(|d| crate::diag::render(&files, d)).collect())
    }

    /// A theme of this text, which has no faults.
    pub(super) fn looks_of(theme: &str) -> Looks {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("thema.toml");
        std::fs::write(&path, theme).expect("a file");
        let (looks, findings) = resolve(&path.to_string_lossy());
        assert_eq!(findings, [] as [String; 0]);
        looks.expect("a theme")
    }

    /// The built-in theme.
    pub(super) fn default_looks() -> Looks {
        let (mut files, mut diags) = (Files::new(), Diagnostics::new());
        let source = Source::built_in(&DEFAULT, FileKind::Theme, &mut files, &mut diags);
        let assets = Assets::new();
        let looks =
            read::read(&source.root, source.span, Lang::Nl, true, &assets, &files, &mut diags);
        assert!(diags.is_empty(), "{diags:?}");
        looks.expect("the built-in theme")
    }

    #[test]
    fn the_themes_that_ship_resolve_without_findings() {
        for theme in ["brochures/themes/staal.toml", "brochures/themes/vuur.toml"] {
            let (looks, findings) = resolve(theme);
            assert_eq!(findings, [] as [String; 0], "{theme}");
            assert!(looks.is_some_and(|looks| looks.page.rows > 50));
        }
    }
}
