//! Many brochures in one run: plan, parallel run, result.
//!
//! [`Plan::new`] turns paths into jobs, [`run`] carries them out over shared
//! [`Assets`] and gives one [`Outcome`] a job in the order of the plan, and
//! [`RunResult`] is the run as data. How a brochure is made is not known here:
//! the caller hands in the [`Stages`].

mod guard;
mod plan;
mod result;
mod run;
mod write;

#[cfg(test)]
pub(crate) mod fake;

pub(crate) use plan::show;
pub use plan::{Job, Output, Plan, PlanError, Settings};
pub use result::{
    BrochureResult, DiagnosticResult, OutputResult, PlaceResult, RelatedResult, RunResult, Totals,
};
pub(crate) use result::{count, counts};
pub use run::{Failure, Mode, Outcome, Status, run};
pub use write::WriteError;

use crate::assets::Assets;
use crate::diag::{Diagnostics, Files};
use crate::document::Document;
use std::path::Path;
use std::sync::Arc;

/// What a brochure is made for; each gives a file of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profile {
    /// For the printer: process inks, bleed.
    Print,
    /// For the screen: sRGB, links.
    Screen,
}

impl Profile {
    /// All profiles, in the order in which files are written and named.
    pub const ALL: [Profile; 2] = [Profile::Print, Profile::Screen];

    /// The name, as it stands in options, results and file names.
    pub const fn name(self) -> &'static str {
        match self {
            Profile::Print => "print",
            Profile::Screen => "screen",
        }
    }
}

/// What a TOML file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A brochure, which can be built.
    Brochure,
    /// What brochures share.
    Campaign,
    /// Looks.
    Theme,
    /// Rows that brochures take values from.
    Data,
}

/// What a file says of itself at its top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// What the file is; a file that cannot be told apart is a brochure, so
    /// that building it reports what is wrong with it.
    pub kind: Kind,
    /// The value of `extends`, as written.
    pub extends: Option<String>,
}

/// A brochure as far as it could be made.
#[derive(Debug)]
pub struct Compiled {
    /// The files that the diagnostics point into.
    pub files: Arc<Files>,
    /// The brochure; none if there are errors.
    pub document: Option<Document>,
    /// What was found, sorted.
    pub diagnostics: Diagnostics,
}

/// How a brochure is made; the same for all jobs, on all threads.
pub trait Stages: Sync {
    /// What a file is, without judging it.
    fn inspect(&self, path: &Path, assets: &Assets) -> Inspection;

    /// Makes the brochure of a file.
    fn compile(&self, path: &Path, assets: &Assets) -> Compiled;

    /// The bytes of a brochure's files, one for each of the profiles.
    ///
    /// # Errors
    /// What went wrong, in words. The author's errors are found before, so
    /// this is a fault of the program or of a font file.
    fn render(
        &self,
        document: &Document,
        profiles: &[Profile],
        assets: &Assets,
    ) -> Result<Vec<Vec<u8>>, String>;
}
