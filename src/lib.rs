//! *drukklaar* ("print-ready") turns TOML into brochures.
//!
//! One way through the program: `source` reads TOML into a tree with places,
//! `model` makes a validated brochure of it, `theme` resolves its looks,
//! `text` and `layout` set it into a [`document::Document`], `preflight` holds
//! that against what printers accept, `pdf` writes it as a file for the printer
//! and one for the screen, and `report` tells how well it is set.

pub mod assets;
pub mod base;
pub mod campaign;
pub mod cli;
pub mod color;
mod compile;
pub mod diag;
pub mod document;
pub mod layout;
pub mod linebreak;
pub mod model;
pub mod pdf;
pub mod preflight;
pub mod preview;
pub mod report;
pub mod source;
pub mod text;
pub mod theme;

pub use compile::{CompileOptions, Compiled, compile};
