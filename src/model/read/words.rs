//! Headings and words used again and again, by language.

use crate::base::Lang;
use crate::diag::Span;
use crate::model::Rich;
use crate::source::Text;

/// The words of a brochure's `[words]`, or those of its language.
pub(super) struct Words {
    lang: Lang,
    /// Heading above recommendations.
    pub(super) recommendations: Option<Rich>,
    /// Heading above the contacts.
    pub(super) contacts: Option<Rich>,
    /// Heading above the table of contents.
    pub(super) contents: Option<Rich>,
    /// Goes before a source line.
    pub(super) source: String,
}

impl Words {
    /// The words of a language.
    pub(super) fn of(lang: Lang) -> Words {
        let source = match lang {
            Lang::Nl => "Bron",
            Lang::En => "Source",
            Lang::De => "Quelle",
        };
        Words {
            lang,
            recommendations: None,
            contacts: None,
            contents: None,
            source: source.to_owned(),
        }
    }

    /// The heading above recommendations that stand at `span`.
    pub(super) fn recommendations(&self, span: Span) -> Rich {
        self.recommendations.clone().unwrap_or_else(|| {
            let words = match self.lang {
                Lang::Nl => "Wat kan de provincie doen",
                Lang::En => "What the province can do",
                Lang::De => "Was die Provinz tun kann",
            };
            Rich::plain(Text::made(words, span))
        })
    }

    /// The heading above the contacts of a back page that stands at `span`.
    pub(super) fn contacts(&self, span: Span) -> Rich {
        self.contacts.clone().unwrap_or_else(|| {
            let words = match self.lang {
                Lang::Nl => "Uw contactpersonen",
                Lang::En => "Your contacts",
                Lang::De => "Ihre Ansprechpersonen",
            };
            Rich::plain(Text::made(words, span))
        })
    }

    /// The heading above a table of contents that stands at `span`.
    pub(super) fn contents(&self, span: Span) -> Rich {
        self.contents.clone().unwrap_or_else(|| {
            let words = match self.lang {
                Lang::Nl => "Inhoud",
                Lang::En => "Contents",
                Lang::De => "Inhalt",
            };
            Rich::plain(Text::made(words, span))
        })
    }
}
