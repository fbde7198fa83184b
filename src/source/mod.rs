//! TOML text to a tree with places: includes, merging and data rows; all
//! errors of a file at once.

mod data;
mod fields;
mod filters;
pub mod format;
mod lines;
mod literal;
mod load;
mod merge;
mod parse;
mod patch;
pub mod read;
mod syntax;
mod template;
#[cfg(test)]
mod tests;
mod text;
pub mod todo;
mod tree;

pub use fields::Fields;
pub use load::{FileKind, Source, kind_of, load, resolve};
pub use text::Text;
pub use tree::{Entry, Node, Table, Value};
