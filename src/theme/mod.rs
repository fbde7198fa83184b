//! Theme TOML and model to styled blocks: every length and colour resolved once.

mod apply;
mod fonts;
mod looks;
mod pictures;
mod read;
mod style;
mod styled;

pub use crate::model::{ChartKind, Side};
pub use looks::{
    BackLook, ChapterLook, ChartLook, CoverLook, ListBoxLook, Looks, PageLook, RuleLook, Styles,
    TextLook,
};
pub use style::{Align, CharStyle, Feature, ParaStyle, StyledRun, StyledText, TextStyle};
pub use styled::*;
