//! The validated brochure: sections, blocks and inline text; no style.

mod block;
mod brochure;
mod read;
mod rich;

pub use block::{
    Block, BlockKind, Callout, Chart, ChartKind, ChartRow, Facts, Image, ImageSource, ImageWidth,
    LinkEntry, Links, Placeholder, Quote, Recommendations, Stat, StatValue, Stats, Table,
    TableAlign, Topic,
};
pub use brochure::{
    Back, Brochure, Chapter, Contact, Contents, Cover, Filler, FillerKind, Intro, Meta,
    Organisation, PageCount, PageWish, Running, Section, Side,
};
pub use read::read;
pub use rich::{Flow, Paragraph, Rich, RichRun, Voice};
