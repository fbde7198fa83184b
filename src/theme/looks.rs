//! The theme once it is resolved: geometry, type styles, box looks.

use super::styled::{BoxLook, Sign};
use super::{CharStyle, TextStyle};
use crate::assets::FontLibrary;
use crate::base::{Abs, Lang, Sides, Size};
use crate::color::{Artwork, Color, PrintCondition};
use crate::document::Limits;
use std::sync::Arc;

/// Everything a theme decides, with lengths and colours resolved.
#[derive(Debug, Clone)]
pub struct Looks {
    /// Page, margins and grid.
    pub page: PageLook,
    /// The type styles.
    pub styles: Styles,
    /// Running text.
    pub text: TextLook,
    /// The front page.
    pub cover: CoverLook,
    /// Chapter openings.
    pub chapter: ChapterLook,
    /// The box of recommendations.
    pub recommendations: ListBoxLook,
    /// The box of facts, framed.
    pub facts: ListBoxLook,
    /// The box of facts, reversed out of a colour.
    pub facts_reversed: ListBoxLook,
    /// The callout.
    pub callout: BoxLook,
    /// Big numbers.
    pub stats: RuleLook,
    /// The pull quote.
    pub quote: RuleLook,
    /// Tables.
    pub table: RuleLook,
    /// Charts.
    pub chart: ChartLook,
    /// The last page.
    pub back: BackLook,
    /// The press and its marks.
    pub print: PrintLook,
    /// The fonts that text in artwork may be set in.
    pub library: FontLibrary,
    /// What the file for the printer is held against.
    pub limits: Limits,
    /// The language of the brochure.
    pub lang: Lang,
}

/// How the printer's file is made.
#[derive(Debug, Clone)]
pub struct PrintLook {
    /// The press, its paper and its limits.
    pub condition: PrintCondition,
    /// What large black areas are printed with, instead of black ink alone.
    pub rich_black: Option<Color>,
    /// What artwork is printed with instead of its own colours.
    pub artwork: Artwork,
    /// Whether lines show where to cut.
    pub crop: bool,
    /// Whether lines show where the bleed ends.
    pub bleed: bool,
    /// Whether targets show how the plates lie on each other.
    pub registration: bool,
    /// Whether there are patches of each ink.
    pub color_bar: bool,
    /// Whether a line names file, page and date.
    pub slug: bool,
}

/// Page, margins and grid.
#[derive(Debug, Clone, Copy)]
pub struct PageLook {
    /// The size after trimming.
    pub trim: Size,
    /// How far artwork reaches past the trim.
    pub bleed: Abs,
    /// Margins of a right-hand page; left is towards the spine.
    pub margins: Sides,
    /// Between two columns.
    pub gutter: Abs,
    /// The distance of the lines of the baseline grid.
    pub leading: Abs,
    /// From the top of a grid row to its baseline.
    pub baseline: Abs,
    /// Whole grid rows between the margins.
    pub rows: i64,
}

impl PageLook {
    /// The width between the margins.
    pub fn text_width(&self) -> Abs {
        self.trim.width - self.margins.horizontal()
    }

    /// The width of each of `columns` columns.
    pub fn column_width(&self, columns: usize) -> Abs {
        let columns = columns.max(1) as i64;
        (self.text_width() - self.gutter * (columns - 1)) / columns
    }

    /// From the top of a row to where boxes and images start, so that they
    /// stand level with the capitals of a line beside them.
    pub fn inset(&self) -> Abs {
        self.leading / 4
    }
}

macro_rules! styles {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        /// The type styles of a brochure.
        #[derive(Debug, Clone)]
        pub struct Styles {
            $($(#[$doc])* pub $name: TextStyle,)*
        }

        impl Styles {
            /// The names of all styles, as they stand in a theme.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name)),*];

            /// All styles, each made by `make` from its name.
            pub(super) fn build(mut make: impl FnMut(&'static str) -> TextStyle) -> Styles {
                Styles { $($name: make(stringify!($name)),)* }
            }
        }
    };
}

styles! {
    /// Running text.
    body;
    /// Running text in a narrow measure, ragged.
    narrow;
    /// The first paragraph of a chapter, across the page.
    lead;
    /// The intro.
    intro;
    /// Chapter titles.
    chapter;
    /// Headings above text.
    topic;
    /// Chapters in the table of contents.
    contents_chapter;
    /// Topics in the table of contents.
    contents_topic;
    /// Short words beside or below something: what labels are like.
    label;
    /// Headings of boxes.
    box_title;
    /// Text in boxes.
    box_text;
    /// Text reversed out of a colour.
    reversed;
    /// Headings reversed out of a colour.
    reversed_title;
    /// Callouts.
    callout;
    /// Captions and credits.
    caption;
    /// Source lines.
    source;
    /// The numerals of stats.
    stat_value;
    /// The words below them.
    stat_label;
    /// Headings of charts, tables and stats.
    figure_title;
    /// Labels in charts.
    chart_label;
    /// Values in charts.
    chart_value;
    /// Values on the brand colour in charts.
    chart_reversed;
    /// Column heads of tables.
    table_head;
    /// Cells of tables.
    table_cell;
    /// Pull quotes.
    quote;
    /// Who said it.
    quote_by;
    /// Lists of web addresses.
    links;
    /// Headers and footers.
    running;
    /// Page numbers.
    page_number;
    /// The title on the cover.
    cover_title;
    /// The line above it.
    cover_subtitle;
    /// The sender on the cover.
    cover_sender;
    /// Headings on the back page.
    back_title;
    /// The sender's name on the back page.
    back_name;
    /// Text on the back page.
    back_text;
    /// Names of contacts.
    contact_name;
    /// Roles, addresses and numbers of contacts.
    contact_text;
}

impl Styles {
    /// The look of words in a style's plain face.
    pub fn char_style(style: &TextStyle) -> &Arc<CharStyle> {
        &style.plain
    }
}

/// Running text.
#[derive(Debug, Clone, Copy)]
pub struct TextLook {
    /// What hangs before list entries.
    pub sign: Sign,
    /// Its colour.
    pub sign_color: Color,
    /// From the left edge to the words of list entries.
    pub list_indent: Abs,
}

/// The front page.
#[derive(Debug, Clone, Copy)]
pub struct CoverLook {
    /// The page behind the artwork.
    pub ground: Color,
    /// The panel that carries the title.
    pub panel: Color,
    /// A bar at the panel's upper edge.
    pub accent: Color,
    /// The panel's width from the left trim.
    pub panel_width: Abs,
    /// The panel's height from the bottom trim.
    pub panel_height: Abs,
}

/// Chapter openings.
#[derive(Debug, Clone, Copy)]
pub struct ChapterLook {
    /// Whether chapters start on a new page.
    pub new_page: bool,
    /// The rule above the title.
    pub rule: Color,
    /// The rule's width and height.
    pub rule_size: Size,
    /// Rows of air below the title.
    pub air: i64,
}

/// A box that holds a list.
#[derive(Debug, Clone)]
pub struct ListBoxLook {
    /// How the box is drawn.
    pub look: BoxLook,
    /// What hangs before the entries.
    pub sign: Sign,
    /// Its colour.
    pub sign_color: Color,
}

/// A block set off by rules.
#[derive(Debug, Clone, Copy)]
pub struct RuleLook {
    /// The rule's colour.
    pub color: Color,
    /// The rule's width.
    pub width: Abs,
}

/// Charts.
#[derive(Debug, Clone)]
pub struct ChartLook {
    /// Bars and sectors that matter.
    pub accent: Color,
    /// The others, from the first on.
    pub others: Vec<Color>,
    /// Between bars' parts and sectors.
    pub separator: RuleLook,
}

/// The last page.
#[derive(Debug, Clone, Copy)]
pub struct BackLook {
    /// The field behind the sender's address.
    pub panel: Color,
    /// Rules between contacts.
    pub rule: RuleLook,
}
