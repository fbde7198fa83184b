//! TOML text to a tree with places: includes, merging and data rows; all
//! errors of a file at once.

mod fields;
mod literal;
mod parse;
mod patch;
pub mod read;
mod syntax;
mod text;
mod tree;

pub use fields::Fields;
pub use text::Text;
pub use tree::{Entry, Node, Table, Value};
