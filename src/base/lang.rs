//! The languages a brochure can be set in.

/// A language with hyphenation patterns, quotes and words of the layout.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Dutch.
    #[default]
    Nl,
    /// English.
    En,
    /// German.
    De,
}

impl Lang {
    /// All languages, for messages.
    pub const ALL: [Lang; 3] = [Lang::Nl, Lang::En, Lang::De];

    /// The language of a BCP 47 primary subtag: `nl`, `en` or `de`.
    pub fn parse(tag: &str) -> Option<Lang> {
        Lang::ALL.into_iter().find(|lang| lang.tag() == tag)
    }

    /// The BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Lang::Nl => "nl",
            Lang::En => "en",
            Lang::De => "de",
        }
    }
}
