//! The command line: arguments, the terminal and the exit status.
//!
//! Results go to standard output and findings to standard error. With
//! `--format json` the whole result is one JSON object on standard output
//! (see [`RunResult`]) and standard error stays empty, but for what is wrong
//! with the command line; `sarif` and `github` use standard output alone too. A progress bar shows only where standard error is a
//! terminal.

mod args;
mod fault;
mod github;
mod human;
mod impose;
mod read;
mod sarif;
mod stages;

#[cfg(test)]
mod tests;

use crate::assets::Assets;
use crate::base::Date;
use crate::campaign::{
    CompileOptions, Mode, Outcome, Plan, PlanError, Product, RunResult, Settings, Stages, Status,
    run as run_plan,
};
use crate::preview;
use args::{Arguments, Command, Denied, Format};
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use stages::Pipeline;
use std::ffi::OsStr;
use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::thread::available_parallelism;

/// The exit status of a run; their order is that of precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Exit {
    /// All is well.
    Fine = 0,
    /// The input has errors.
    Rejected = 1,
    /// The command line is wrong. The argument parser ends with it too.
    Usage = 2,
    /// The machine or the program failed.
    Failed = 3,
}

/// Does what the command line of this process asks for.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version come this way too. That nobody reads them any
            // more is no reason to fail.
            let _ = error.print();
            let wrong = error.exit_code() != 0;
            return code(if wrong { Exit::Usage } else { Exit::Fine });
        }
    };
    let date = match date_of(std::env::var_os("SOURCE_DATE_EPOCH").as_deref()) {
        Ok(date) => date,
        Err(words) => return code(told(Exit::Usage, [writeln!(io::stderr(), "error: {words}")])),
    };
    let terminal = io::stderr().is_terminal();
    // The streams are not locked here: the progress bar writes to standard
    // error from the threads of the run.
    code(execute(arguments, &Pipeline::new(date), terminal, &mut io::stdout(), &mut io::stderr()))
}

/// The date that the environment gives to brochures without one, as
/// <https://reproducible-builds.org/specs/source-date-epoch/> has it: in seconds
/// since the start of 1970. There is no other clock.
fn date_of(epoch: Option<&OsStr>) -> Result<Option<Date>, String> {
    let Some(epoch) = epoch else { return Ok(None) };
    let seconds = epoch.to_str().and_then(|text| text.parse().ok());
    match seconds.and_then(Date::from_epoch) {
        Some(date) => Ok(Some(date)),
        None => Err(format!(
            "SOURCE_DATE_EPOCH is `{}` and must be a number of seconds since 1970",
            epoch.to_string_lossy()
        )),
    }
}

fn code(exit: Exit) -> ExitCode {
    ExitCode::from(exit as u8)
}

/// Carries out a command with these stages and streams. `terminal` tells
/// whether somebody watches the standard error of the process.
fn execute(
    arguments: Arguments,
    stages: &impl Stages,
    terminal: bool,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Exit {
    let (run, product, report, write) = match arguments.command {
        Command::Build(run) => (run.common, Product::Pdf(run.profile.profiles()), run.report, true),
        Command::Check(run) => {
            (run.common, Product::Pdf(run.profile.profiles()), run.report, false)
        }
        Command::Preview(run) => {
            let settings = preview::Settings {
                dpi: run.dpi,
                pages: run.pages.unwrap_or_default(),
                overlays: run.overlay.iter().map(|choice| choice.overlay()).collect(),
            };
            (run.common, Product::Pictures(settings), None, true)
        }
        Command::Impose(words) => return impose::run(words, out, err),
        Command::Read(words) => return read::run(&words, out, err),
    };
    let settings = Settings { out: run.out, product, report };
    let mode = Mode {
        write,
        deny_warnings: run.deny == Some(Denied::Warnings),
        jobs: run.jobs.or_else(|| available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN),
        options: CompileOptions { draft: run.draft },
    };
    let assets = Assets::new();
    let plan = match Plan::new(&run.paths, &settings, &assets) {
        Ok(plan) => plan,
        Err(errors) => {
            let machine = errors.iter().any(PlanError::is_machine);
            let exit = if machine { Exit::Failed } else { Exit::Usage };
            return told(exit, [human::tell_plan_errors(&errors, err)]);
        }
    };
    let bar = progress(terminal && plan.jobs.len() > 1, plan.jobs.len());
    let done = |outcome: &Outcome| {
        bar.set_message(outcome.job.name.clone());
        bar.inc(1);
    };
    let outcomes = run_plan(&plan, mode, stages, &assets, &done);
    bar.finish_and_clear();
    let outcomes = match outcomes {
        Ok(outcomes) => outcomes,
        Err(why) => {
            return told(Exit::Failed, [writeln!(err, "error: cannot start threads: {why}")]);
        }
    };
    let exit = outcomes.iter().map(exit_of).max().unwrap_or(Exit::Fine);
    let telling = match run.format {
        Format::Human => told(
            exit,
            [human::tell_findings(&outcomes, err), human::tell_results(&outcomes, mode.write, out)],
        ),
        Format::Json => told(exit, [tell_json(&RunResult::new(&outcomes), out)]),
        Format::Sarif => told(exit, [sarif::tell(&outcomes, out)]),
        Format::Github => {
            let findings = github::tell_findings(&outcomes, out);
            told(exit, [findings, human::tell_results(&outcomes, mode.write, out)])
        }
    };
    if exit == Exit::Fine && outcomes.iter().all(|outcome| outcome.made.is_empty()) {
        let words = "error: `--pages` chooses no page of any brochure";
        return told(Exit::Usage, [writeln!(err, "{words}")]).max(telling);
    }
    telling
}

/// The exit status that a single brochure asks for.
fn exit_of(outcome: &Outcome) -> Exit {
    match outcome.status {
        Status::Built | Status::Fine => Exit::Fine,
        Status::Rejected => Exit::Rejected,
        Status::Failed(_) => Exit::Failed,
    }
}

/// The exit status after the telling. A reader who went away (`| head`) has
/// seen enough; any other fault of a stream is the machine's.
fn told<const N: usize>(exit: Exit, tellings: [io::Result<()>; N]) -> Exit {
    let heard = tellings.into_iter().all(|telling| match telling {
        Ok(()) => true,
        Err(error) => error.kind() == io::ErrorKind::BrokenPipe,
    });
    if heard { exit } else { Exit::Failed }
}

fn tell_json(result: &RunResult, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, result)?;
    writeln!(out)?;
    out.flush()
}

/// A bar over a number of brochures, or one that draws nothing.
fn progress(visible: bool, brochures: usize) -> ProgressBar {
    if !visible {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}");
    ProgressBar::new(brochures as u64)
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
