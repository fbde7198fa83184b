//! Theme TOML and model to styled blocks: every length and colour resolved once.

mod style;

pub use style::{Align, CharStyle, Feature, ParaStyle, StyledRun, StyledText};
