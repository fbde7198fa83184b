//! The program as its users run it: exact output, exit status and files.

mod build;
#[expect(clippy::unwrap_used, reason = "a test whose folder or program fails has failed")]
mod harness;
mod plan;
mod usage;
