//! Optimal line breaks after Knuth and Plass, "Breaking Paragraphs into
//! Lines" (Software: Practice and Experience 11, 1981). Pure numbers: no fonts.

mod item;

pub use item::{Item, Penalty};
