//! The program as its users run it: exact output, exit status and files.

#[expect(clippy::unwrap_used, reason = "a test whose result is no JSON has failed")]
mod build;
mod draft;
#[expect(clippy::unwrap_used, reason = "a test whose folder or program fails has failed")]
mod harness;
mod impose;
mod plan;
mod preview;
mod read;
mod usage;
