//! Carries out a plan, job by job or in parallel.

use super::guard::guarded;
use super::write::{WriteError, replace_all};
use super::{CompileOptions, Compiled, Job, Part, Plan, Product, Rendered, Stages};
use crate::assets::{Assets, LoadError};
use crate::diag::{Diagnostics, Files};
use crate::report::Report;
use rayon::prelude::*;
use std::fmt;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;

/// How a plan is carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mode {
    /// Whether brochures are written, or only checked. Reports that are wanted
    /// are written either way.
    pub write: bool,
    /// Whether warnings forbid to write a brochure as errors do.
    pub deny_warnings: bool,
    /// How many brochures are made at the same time.
    pub jobs: NonZeroUsize,
    /// How each of them is made.
    pub options: CompileOptions,
}

/// What became of a job.
#[derive(Debug)]
pub struct Outcome {
    /// The job.
    pub job: Job,
    /// How it ended.
    pub status: Status,
    /// How many pages the brochure has, if it could be set.
    pub pages: Option<usize>,
    /// The files, in the order in which they were made; empty if nothing could
    /// be made of the brochure.
    pub made: Vec<Made>,
    /// The size of the layout report in bytes, if one was made.
    pub report_size: Option<usize>,
    /// The files that the diagnostics point into.
    pub files: Arc<Files>,
    /// What was found, in the order of the author's files.
    pub diagnostics: Diagnostics,
}

/// A file that was made of a brochure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// What it is.
    pub part: Part,
    /// Where it goes.
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: usize,
}

/// How a job ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// All files are written.
    Built,
    /// The brochure could be built; its report, if wanted, is written.
    Fine,
    /// The author has to mend something first. Nothing is written.
    Rejected,
    /// The machine or the program failed. Nothing is written.
    Failed(Failure),
}

/// Why a brochure could not be made, through no fault of its author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The system refuses to read the brochure, in its own words.
    Unreadable(String),
    /// A file cannot be written.
    Unwritable(WriteError),
    /// A fault of the program: what it said, and where.
    Internal(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Unreadable(why) => write!(f, "cannot read the file: {why}"),
            Failure::Unwritable(error) => error.fmt(f),
            Failure::Internal(words) => write!(f, "internal error, please report it: {words}"),
        }
    }
}

impl std::error::Error for Failure {}

/// Carries out all jobs; the outcomes stand in the order of the plan, whatever
/// the number of threads. `done` is called after each job, on its thread.
///
/// # Errors
/// If the system gives no threads, in its own words.
pub fn run(
    plan: &Plan,
    mode: Mode,
    stages: &impl Stages,
    assets: &Assets,
    done: &(dyn Fn(&Outcome) + Sync),
) -> Result<Vec<Outcome>, String> {
    let one = |job: &Job| {
        let outcome = carry_out(job, &plan.product, mode, stages, assets);
        done(&outcome);
        outcome
    };
    let threads = mode.jobs.get().min(plan.jobs.len());
    if threads <= 1 {
        // A single brochure does not pay for a thread.
        return Ok(plan.jobs.iter().map(one).collect());
    }
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|error| error.to_string())?;
    // Jobs are unlike in size, so each is handed out by itself.
    Ok(pool.install(|| plan.jobs.par_iter().with_max_len(1).map(one).collect()))
}

/// Makes one brochure and writes it if nothing stands in the way.
fn carry_out(
    job: &Job,
    product: &Product,
    mode: Mode,
    stages: &impl Stages,
    assets: &Assets,
) -> Outcome {
    let mut outcome = Outcome {
        job: job.clone(),
        status: Status::Rejected,
        pages: None,
        made: Vec::new(),
        report_size: None,
        files: Arc::new(Files::new()),
        diagnostics: Diagnostics::new(),
    };
    if let Err(LoadError::Unreadable(why)) = assets.text(&job.source) {
        outcome.status = Status::Failed(Failure::Unreadable(why));
        return outcome;
    }
    let rendered = guarded(|| {
        let Compiled { files, document, diagnostics } =
            stages.compile(&job.source, assets, mode.options);
        outcome.files = files;
        outcome.diagnostics = diagnostics;
        let Some(document) = document.filter(|_| !outcome.diagnostics.has_errors()) else {
            return Ok(None);
        };
        outcome.pages = Some(document.pages.len());
        if let Product::Pdf(profiles) = product {
            outcome.diagnostics.append(stages.preflight(&document, profiles)?);
            if outcome.diagnostics.has_errors() {
                return Ok(None);
            }
        }
        let rendered = stages.render(&document, product, assets)?;
        let report = job.report.as_ref().map(|_| Report::new(&document).to_json());
        Ok(Some((rendered, report.transpose()?)))
    });
    outcome.diagnostics.sort();
    let denied = mode.deny_warnings && outcome.diagnostics.warnings() > 0;
    outcome.status = match rendered.and_then(|rendered| rendered) {
        Err(words) => Status::Failed(Failure::Internal(words)),
        Ok(None) if !outcome.diagnostics.has_errors() => {
            Status::Failed(Failure::Internal("no brochure, and no error that says why".into()))
        }
        Ok(None) => Status::Rejected,
        Ok(Some(_)) if denied => Status::Rejected,
        Ok(Some((rendered, report))) => {
            let made = |Rendered { part, bytes }: &Rendered| Made {
                part: *part,
                path: part.file(&job.stem),
                bytes: bytes.len(),
            };
            outcome.made = rendered.iter().map(made).collect();
            outcome.report_size = report.as_ref().map(Vec::len);
            let files = outcome.made.iter().zip(&rendered).filter(|_| mode.write);
            let files = files.map(|(made, file)| (made.path.as_path(), file.bytes.as_slice()));
            let report = job.report.as_deref().zip(report.as_deref());
            match replace_all(files.chain(report)) {
                Ok(()) if mode.write => Status::Built,
                Ok(()) => Status::Fine,
                Err(error) => {
                    outcome.made.clear();
                    outcome.report_size = None;
                    Status::Failed(Failure::Unwritable(error))
                }
            }
        }
    };
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::Settings;
    use crate::campaign::fake::{Fake, folder};
    use crate::pdf::Profile;
    use std::path::Path;
    use std::sync::atomic::{AtomicUsize, Ordering};

    const MODE: Mode = Mode {
        write: true,
        deny_warnings: false,
        jobs: NonZeroUsize::MIN,
        options: CompileOptions { draft: false },
    };

    fn build(root: &Path, mode: Mode) -> Vec<Outcome> {
        let product = Product::Pdf(Profile::ALL.to_vec());
        let (out, report) = (root.join("out"), Some(root.join("report")));
        let settings = Settings { out, product, report };
        let (fake, assets) = (Fake, Assets::new());
        let plan = Plan::new(&[root.join("in")], &settings, &assets).unwrap();
        let calls = AtomicUsize::new(0);
        let count = |_: &Outcome| {
            calls.fetch_add(1, Ordering::Relaxed);
        };
        let outcomes = run(&plan, mode, &fake, &assets, &count).unwrap();
        assert_eq!(calls.into_inner(), outcomes.len());
        outcomes
    }

    fn statuses(outcomes: &[Outcome]) -> Vec<(&str, &Status)> {
        outcomes.iter().map(|o| (o.job.name.as_str(), &o.status)).collect()
    }

    fn written(root: &Path, name: &str) -> Option<String> {
        std::fs::read_to_string(root.join("out").join(name)).ok()
    }

    #[test]
    fn both_profiles_are_written() {
        let root = folder(&[("in/a.toml", "# pages 3")]);
        let outcomes = build(root.path(), MODE);
        assert_eq!(statuses(&outcomes), [("a", &Status::Built)]);
        assert_eq!(outcomes[0].pages, Some(3));
        let print = written(root.path(), "a.print.pdf").unwrap();
        assert_eq!(print, "print 3 pages\n");
        assert_eq!(written(root.path(), "a.screen.pdf").unwrap(), "screen 3 pages\n");
        let sizes: Vec<_> = outcomes[0].made.iter().map(|made| made.bytes).collect();
        assert_eq!(sizes, [14, 15]);
        let report = std::fs::read(root.path().join("report/a.layout.json")).unwrap();
        assert_eq!(outcomes[0].report_size, Some(report.len()));
    }

    #[test]
    fn errors_leave_the_older_files_and_the_other_brochures() {
        let root = folder(&[
            ("in/a.toml", "bad\nalso bad"),
            ("in/b.toml", ""),
            ("in/c.toml", "# unwritable"),
            ("out/a.print.pdf", "old"),
            ("out/c.screen.pdf", "old"),
        ]);
        let outcomes = build(root.path(), MODE);
        assert_eq!(
            statuses(&outcomes),
            [
                ("a", &Status::Rejected),
                ("b", &Status::Built),
                ("c", &Status::Failed(Failure::Internal("no screen file".to_owned())))
            ]
        );
        assert_eq!(outcomes[0].diagnostics.errors(), 2);
        assert_eq!(written(root.path(), "a.print.pdf").as_deref(), Some("old"));
        assert_eq!(written(root.path(), "a.screen.pdf"), None);
        assert_eq!(written(root.path(), "c.screen.pdf").as_deref(), Some("old"));
        assert_eq!(written(root.path(), "c.print.pdf"), None);
        assert!(written(root.path(), "b.print.pdf").is_some());
        let report = |name: &str| root.path().join("report").join(name).exists();
        assert!(!report("a.layout.json") && report("b.layout.json") && !report("c.layout.json"));
    }

    #[test]
    fn what_cannot_be_printed_is_looked_for_only_in_print() {
        let root = folder(&[("in/a.toml", "# unprintable")]);
        let outcomes = build(root.path(), MODE);
        assert_eq!(statuses(&outcomes), [("a", &Status::Rejected)]);
        assert_eq!((outcomes[0].diagnostics.errors(), outcomes[0].pages), (1, Some(1)));
        assert!(!root.path().join("out").exists());
        let product = Product::Pdf(vec![Profile::Screen]);
        let settings = Settings { out: root.path().join("out"), product, report: None };
        let (fake, assets) = (Fake, Assets::new());
        let plan = Plan::new(&[root.path().join("in")], &settings, &assets).unwrap();
        let outcomes = run(&plan, MODE, &fake, &assets, &|_| ()).unwrap();
        assert_eq!(statuses(&outcomes), [("a", &Status::Built)]);
    }

    #[test]
    fn a_panic_is_told_for_its_brochure_only() {
        let root = folder(&[("in/a.toml", ""), ("in/b.toml", "panic"), ("in/c.toml", "")]);
        for jobs in [1, 3] {
            let mode = Mode { jobs: NonZeroUsize::new(jobs).unwrap(), ..MODE };
            let outcomes = build(root.path(), mode);
            let Status::Failed(Failure::Internal(words)) = &outcomes[1].status else {
                panic!("{outcomes:?}")
            };
            assert!(words.starts_with("the author wrote panic (src/campaign/fake.rs:"), "{words}");
            assert_eq!(outcomes[0].status, Status::Built);
            assert_eq!(outcomes[2].status, Status::Built);
            assert_eq!(written(root.path(), "b.print.pdf"), None);
        }
    }

    #[test]
    fn denied_warnings_forbid_to_write() {
        let root = folder(&[("in/a.toml", "poor"), ("in/b.toml", "")]);
        let outcomes = build(root.path(), Mode { deny_warnings: true, ..MODE });
        assert_eq!(statuses(&outcomes), [("a", &Status::Rejected), ("b", &Status::Built)]);
        assert_eq!(written(root.path(), "a.print.pdf"), None);
        let outcomes = build(root.path(), MODE);
        assert_eq!(statuses(&outcomes), [("a", &Status::Built), ("b", &Status::Built)]);
    }

    #[test]
    fn a_check_writes_reports_only() {
        let root = folder(&[("in/a.toml", ""), ("in/b.toml", "bad")]);
        let outcomes = build(root.path(), Mode { write: false, ..MODE });
        assert_eq!(statuses(&outcomes), [("a", &Status::Fine), ("b", &Status::Rejected)]);
        assert!(!root.path().join("out").exists());
        assert!(root.path().join("report/a.layout.json").exists());
        assert!(!root.path().join("report/b.layout.json").exists());
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_the_machines_fault() {
        let root = folder(&[("in/a.toml", ""), ("out", "a file in the way")]);
        let outcomes = build(root.path(), MODE);
        let Status::Failed(Failure::Unwritable(error)) = &outcomes[0].status else {
            panic!("{outcomes:?}")
        };
        assert_eq!(error.path, root.path().join("out/a.print.pdf"));
        assert!(outcomes[0].made.is_empty());
    }

    #[test]
    fn the_order_of_outcomes_is_that_of_the_plan() {
        let names: Vec<_> = (0..40).map(|i| format!("in/{i:02}.toml")).collect();
        let files: Vec<_> = names.iter().map(|n| (n.as_str(), "")).collect();
        let root = folder(&files);
        let outcomes = build(root.path(), Mode { jobs: NonZeroUsize::new(4).unwrap(), ..MODE });
        let order: Vec<_> = outcomes.iter().map(|o| format!("in/{}.toml", o.job.name)).collect();
        assert_eq!(order, names);
    }
}
