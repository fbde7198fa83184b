//! TOML text to a tree with places: includes, merging and data rows; all
//! errors of a file at once.

mod text;
mod tree;

pub use text::Text;
pub use tree::{Entry, Node, Table, Value};
