//! Many brochures in one run: plan, parallel run, result.
//!
//! [`Plan::new`] turns paths into jobs, [`run`] carries them out over shared
//! [`Assets`] and gives one [`Outcome`] a job in the order of the plan, and
//! [`RunResult`] is the run as data. How a brochure is made is not known here:
//! the caller hands in the [`Stages`].

mod guard;
mod plan;
mod product;
mod result;
mod run;
mod write;

#[cfg(test)]
pub(crate) mod fake;

pub(crate) use plan::show;
pub use plan::{Job, Plan, PlanError, Settings};
pub use product::{Part, Product, Rendered};
pub use result::{BrochureResult, OutputResult, ReportResult, RunResult, Totals};
pub(crate) use result::{count, counts};
pub use run::{Failure, Made, Mode, Outcome, Status, run};
pub use write::WriteError;
pub(crate) use write::replace_all;

use crate::assets::Assets;
pub use crate::compile::{CompileOptions, Compiled};
use crate::diag::Diagnostics;
use crate::document::Document;
use crate::pdf::Profile;
use std::path::Path;

/// How a brochure is made; the same for all jobs, on all threads.
pub trait Stages: Sync {
    /// Makes the brochure of a file.
    fn compile(&self, path: &Path, assets: &Assets, options: CompileOptions) -> Compiled;

    /// What readers and, if a file for the printer is made, printers would find
    /// fault with, in the order of the author's files. It is not asked for if no
    /// PDF is made.
    ///
    /// # Errors
    /// What went wrong, in words: a fault of the program.
    fn preflight(&self, document: &Document, profiles: &[Profile]) -> Result<Diagnostics, String>;

    /// The files of a brochure, in the order in which they are told.
    ///
    /// # Errors
    /// What went wrong, in words. The author's errors are found before, so
    /// this is a fault of the program or of a font file.
    fn render(
        &self,
        document: &Document,
        product: &Product,
        assets: &Assets,
    ) -> Result<Vec<Rendered>, String>;
}
