//! The parts of a brochure.

use super::{Block, Flow, Image, Rich};
use crate::base::{Date, Lang};
use crate::diag::Span;
use crate::source::Text;

/// A whole brochure.
#[derive(Debug, Clone)]
pub struct Brochure {
    /// Title, author and the like.
    pub meta: Meta,
    /// The theme file, as written; none for the built-in one.
    pub theme: Option<Text>,
    /// What runs at the head of pages.
    pub header: Running,
    /// What runs at the foot of pages.
    pub footer: Running,
    /// Who sends the brochure.
    pub organisation: Organisation,
    /// The sections in page order: the cover first, the back page last.
    pub sections: Vec<Section>,
    /// How many pages it shall have, if it is not to have as many as it needs.
    pub pages: Option<PageWish>,
    /// Pages that may stand before the last one, to reach that number.
    pub fillers: Vec<Filler>,
    /// Whether it is a draft: what is still to be supplied may be missing, and
    /// every page says so.
    pub draft: bool,
    /// Whether compounds of an initialism are broken at their own hyphen rather
    /// than at one beside it.
    pub initialisms: bool,
    /// The brochure's own file.
    pub span: Span,
}

/// What the document says of itself.
#[derive(Debug, Clone)]
pub struct Meta {
    /// The title; by default the cover's.
    pub title: String,
    /// Who publishes it; by default the organisation.
    pub author: String,
    /// What it is about.
    pub subject: String,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// The language of the text.
    pub lang: Lang,
    /// The day it is dated.
    pub date: Option<Date>,
}

/// A side of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Left on every page.
    Left,
    /// Right on every page.
    Right,
    /// Away from the spine.
    Outside,
    /// Towards the spine.
    Inside,
}

/// A running header or footer.
#[derive(Debug, Clone, Default)]
pub struct Running {
    /// Words at the left.
    pub left: Option<Text>,
    /// Words at the right.
    pub right: Option<Text>,
    /// Where the chapter's title runs, and where that is said.
    pub chapter: Option<(Side, Span)>,
    /// Where the page number stands, and where that is said.
    pub page_number: Option<(Side, Span)>,
}

/// The sender of the brochure.
#[derive(Debug, Clone, Default)]
pub struct Organisation {
    /// The name.
    pub name: Option<Text>,
    /// A line below the name.
    pub tagline: Option<Rich>,
    /// Lines of the postal address.
    pub address: Vec<Text>,
    /// E-mail address.
    pub email: Option<Text>,
    /// Web address, as shown.
    pub website: Option<Text>,
    /// Phone number, as shown.
    pub phone: Option<Text>,
    /// What the organisation is, in a few sentences.
    pub about: Flow,
}

/// A section of the brochure.
#[derive(Debug, Clone)]
pub enum Section {
    /// The front page.
    Cover(Cover),
    /// The table of contents.
    Contents(Contents),
    /// The opening text.
    Intro(Intro),
    /// A chapter.
    Chapter(Chapter),
    /// The last page.
    Back(Back),
}

/// The front page.
#[derive(Debug, Clone)]
pub struct Cover {
    /// The title.
    pub title: Rich,
    /// A line below or above the title.
    pub subtitle: Option<Rich>,
    /// Artwork over the whole page; without it a field of colour.
    pub image: Option<Image>,
    /// Where the section stands.
    pub span: Span,
}

/// The table of contents: what stands after it, by headings and page numbers.
#[derive(Debug, Clone)]
pub struct Contents {
    /// The heading.
    pub title: Rich,
    /// How many levels of headings it lists: 1 for chapters, 2 for their topics
    /// too.
    pub levels: u8,
    /// Whether what follows starts on a new page.
    pub own_page: bool,
    /// Where the section stands.
    pub span: Span,
}

/// The opening text, in lead style.
#[derive(Debug, Clone)]
pub struct Intro {
    /// A heading, if any.
    pub title: Option<Rich>,
    /// The text.
    pub text: Flow,
    /// How many columns: 1, 2 or 3.
    pub columns: u8,
    /// Further blocks below the text.
    pub blocks: Vec<Block>,
    /// Where the section stands.
    pub span: Span,
}

/// A chapter.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// The title, across both columns.
    pub title: Rich,
    /// A first paragraph in lead style.
    pub lead: Flow,
    /// Running text.
    pub text: Flow,
    /// What follows.
    pub blocks: Vec<Block>,
    /// Whether it starts on a new page; the theme decides if not given.
    pub new_page: Option<bool>,
    /// Where the section stands.
    pub span: Span,
}

/// The last page.
#[derive(Debug, Clone)]
pub struct Back {
    /// The heading above the contacts.
    pub title: Option<Rich>,
    /// The people to call.
    pub contacts: Vec<Contact>,
    /// Whether a QR code of the organisation's website stands there.
    pub qr: bool,
    /// Where the section stands.
    pub span: Span,
}

/// A person to call.
#[derive(Debug, Clone)]
pub struct Contact {
    /// The name.
    pub name: Text,
    /// What the person does.
    pub role: Option<Rich>,
    /// E-mail address.
    pub email: Option<Text>,
    /// Phone number, as shown.
    pub phone: Option<Text>,
    /// A portrait.
    pub portrait: Option<Image>,
    /// Where the entry stands.
    pub span: Span,
}

/// How many pages a brochure shall have, cover and last page included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageWish {
    /// The number.
    pub count: PageCount,
    /// Where it stands.
    pub span: Span,
}

/// A number of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageCount {
    /// Just so many.
    Exactly(usize),
    /// Any multiple of this.
    MultipleOf(usize),
}

impl PageCount {
    /// Whether a number of pages will do.
    pub fn allows(self, pages: usize) -> bool {
        match self {
            PageCount::Exactly(count) => pages == count,
            PageCount::MultipleOf(step) => pages.is_multiple_of(step),
        }
    }
}

/// A page that is there only to fill up.
#[derive(Debug, Clone)]
pub struct Filler {
    /// What is on it.
    pub kind: FillerKind,
    /// Where it stands.
    pub span: Span,
}

/// What a filler shows.
#[derive(Debug, Clone)]
pub enum FillerKind {
    /// An image over the whole page.
    Image(Image),
    /// A quote on a field of colour.
    Quote {
        /// The words.
        text: Rich,
        /// Who said them.
        by: Option<Rich>,
    },
    /// Lines to write on, below a heading.
    Notes(Rich),
}
