//! The program as its users run it: exact output, exit status and files.

#[expect(clippy::unwrap_used, reason = "a test whose result is no JSON has failed")]
mod build;
mod draft;
mod formats;
#[expect(clippy::unwrap_used, reason = "a test whose folder or program fails has failed")]
mod harness;
mod impose;
mod plan;
mod preview;
mod read;
#[expect(clippy::unwrap_used, reason = "a test whose result is no JSON has failed")]
mod result;
mod usage;

#[path = "../report_support/mod.rs"]
#[expect(clippy::expect_used, clippy::panic, reason = "helpers of tests may fail the test")]
mod report_support;
