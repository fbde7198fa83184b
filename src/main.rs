//! The `drukklaar` command.

fn main() {}
