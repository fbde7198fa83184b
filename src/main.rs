//! The `drukklaar` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    drukklaar::cli::run()
}
