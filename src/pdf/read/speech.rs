//! Elements said in order.

use super::content::Piece;
use super::line::{Line, Voice};
use super::target::Target;
use super::tree::{Element, Kid, Kind};
use super::{Announcement, ReadError, What};

/// What has been said, and what is being said.
pub(super) struct Speaker {
    said: Vec<Announcement>,
    line: Line,
    /// What the next words are announced as.
    pending: Option<What>,
    depth: usize,
    voice: Voice,
    links: usize,
    spelled: bool,
}

impl Speaker {
    /// Nothing is said yet. `spelled` tells whether the file spells out the
    /// spaces at the ends of lines.
    pub(super) fn new(spelled: bool) -> Speaker {
        Speaker {
            said: Vec::new(),
            line: Line::default(),
            pending: None,
            depth: 0,
            voice: Voice::default(),
            links: 0,
            spelled,
        }
    }

    /// All that was said.
    pub(super) fn finish(mut self) -> Result<Vec<Announcement>, ReadError> {
        self.end_line();
        Ok(self.said)
    }

    /// Says an element and what is in it.
    pub(super) fn speak(&mut self, element: &Element) -> Result<(), ReadError> {
        let around = self.voice.lang.clone();
        self.voice.lang.clone_from(&element.lang);
        let result = self.speak_as(element);
        self.voice.lang = around;
        result
    }

    fn speak_as(&mut self, element: &Element) -> Result<(), ReadError> {
        match element.kind {
            Kind::Private => Ok(()),
            Kind::Inline | Kind::Label => self.content(element),
            Kind::Link => self.link(element),
            Kind::Group | Kind::Paragraph | Kind::Row | Kind::HeadCell | Kind::Cell => {
                self.block(element)
            }
            Kind::Heading(level) => self.announced(What::Heading { level }, element),
            Kind::Figure => self.announced(What::Figure, element),
            Kind::Caption => self.announced(What::Caption, element),
            Kind::Quote => self.announced(What::Quote, element),
            Kind::Note => self.announced(What::Note, element),
            Kind::ContentsEntry => self.announced(What::ContentsEntry, element),
            Kind::Entry => self.entry(element),
            Kind::List => {
                let entries = element.elements().filter(|kid| kid.kind == Kind::Entry).count();
                self.several(What::List { entries }, element, Speaker::content)
            }
            Kind::Contents => {
                let entries = element.elements().filter(|kid| kid.kind == Kind::ContentsEntry);
                let entries = entries.count();
                self.several(What::Contents { entries }, element, Speaker::content)
            }
            Kind::Table => {
                let rows = rows(element);
                let columns = rows.iter().map(|row| width(row)).max().unwrap_or_default();
                let what = What::Table { rows: rows.len(), columns };
                self.several(what, element, |speaker, table| speaker.table(table, &rows))
            }
        }
    }

    /// What is in an element, or what is read in its place.
    fn content(&mut self, element: &Element) -> Result<(), ReadError> {
        if let Some(words) = &element.instead {
            let first = first_piece(element);
            let page = first.map(|piece| piece.page).or(element.page);
            let place = first.and_then(|piece| piece.place);
            let piece = Piece {
                words: Ok(String::new()),
                lang: element.lang.clone(),
                place,
                page: page.unwrap_or_default(),
            };
            let printed = (element.kind == Kind::Inline).then(|| drawn(element));
            let printed = printed.filter(|printed| !printed.is_empty());
            let voice = Voice { printed, ..self.voice.clone() };
            self.line.piece(&piece, words, &voice, self.spelled || place.is_none());
            return Ok(());
        }
        for kid in &element.kids {
            match kid {
                Kid::Element(inner) => self.speak(inner)?,
                Kid::Words(pieces) => self.pieces(pieces)?,
                Kid::Annotation(None, Some(words)) if element.kind != Kind::Link => {
                    self.line.text(words, &self.voice);
                }
                Kid::Annotation(..) => {}
            }
        }
        Ok(())
    }

    fn pieces(&mut self, pieces: &[Piece]) -> Result<(), ReadError> {
        for piece in pieces {
            match &piece.words {
                Ok(words) => self.line.piece(piece, words, &self.voice, self.spelled),
                Err(font) => {
                    let (font, page) = (font.clone(), piece.page);
                    return Err(ReadError::UnknownText { font, page });
                }
            }
        }
        Ok(())
    }

    /// Words that lead somewhere; without words, what is said of the place.
    fn link(&mut self, element: &Element) -> Result<(), ReadError> {
        let annotation = element.kids.iter().find_map(|kid| match kid {
            Kid::Annotation(target, words) => Some((target.as_ref(), words.as_deref())),
            _ => None,
        });
        let (target, words) = annotation.unwrap_or_default();
        let address = match target {
            Some(Target::Address(address)) => address.clone(),
            Some(Target::Page(page)) => format!("#page={page}"),
            None => String::new(),
        };
        self.links += 1;
        let around = self.voice.link.replace((self.links, address.clone()));
        let before = std::mem::take(&mut self.line);
        self.content(element)?;
        if self.line.is_silent() {
            self.line.text(words.unwrap_or(&address), &self.voice);
        }
        let inner = std::mem::replace(&mut self.line, before);
        self.line.append(inner, self.spelled);
        self.voice.link = around;
        Ok(())
    }

    /// An element that begins and ends a line.
    fn block(&mut self, element: &Element) -> Result<(), ReadError> {
        self.end_line();
        self.content(element)?;
        self.end_line();
        Ok(())
    }

    /// A block whose first line is announced.
    fn announced(&mut self, what: What, element: &Element) -> Result<(), ReadError> {
        self.begin(what);
        self.block(element)?;
        // That there is something without words is worth hearing; a caption, a note
        // or a quotation without any is nothing.
        let worth = |what: &What| {
            !matches!(what, What::Caption | What::Quote | What::Note | What::ContentsEntry)
        };
        if let Some(what) = self.pending.take().filter(worth) {
            self.say(what, element.page, Line::default());
        }
        Ok(())
    }

    /// Announces something with parts, then says them.
    fn several(
        &mut self,
        what: What,
        element: &Element,
        parts: impl FnOnce(&mut Speaker, &Element) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        self.begin(what);
        if let Some(what) = self.pending.take() {
            let page = element.page.or_else(|| first_piece(element).map(|piece| piece.page));
            self.say(what, page, Line::default());
        }
        self.depth += 1;
        let result = match &element.instead {
            Some(_) => self.block(element),
            None => parts(self, element),
        };
        self.end_line();
        self.depth -= 1;
        result
    }

    fn entry(&mut self, element: &Element) -> Result<(), ReadError> {
        self.begin(What::Entry { label: None });
        let outer = std::mem::take(&mut self.line);
        for kid in element.elements().filter(|kid| kid.kind == Kind::Label) {
            self.speak(kid)?;
        }
        let label = std::mem::replace(&mut self.line, outer);
        let page = label.page;
        let label: String = label.finish().into_iter().map(|words| words.text).collect();
        let label = (!label.is_empty()).then_some(label);
        self.pending = Some(What::Entry { label });
        match &element.instead {
            Some(_) => self.block(element)?,
            None => {
                for kid in &element.kids {
                    match kid {
                        Kid::Element(inner) if inner.kind == Kind::Label => {}
                        Kid::Element(inner) => self.speak(inner)?,
                        Kid::Words(pieces) => self.pieces(pieces)?,
                        Kid::Annotation(..) => {}
                    }
                }
                self.end_line();
            }
        }
        if let Some(what) = self.pending.take() {
            self.say(what, page.or(element.page), Line::default());
        }
        Ok(())
    }

    /// What stands in a table outside its rows, then its cells.
    fn table(&mut self, table: &Element, rows: &[&Element]) -> Result<(), ReadError> {
        for kid in table.elements().filter(|kid| kid.kind == Kind::Caption) {
            self.speak(kid)?;
        }
        // How many rows each column is still taken by a cell from above.
        let mut taken: Vec<usize> = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let mut column = 0;
            for cell in cells(row) {
                while taken.get(column).is_some_and(|rows| *rows > 0) {
                    column += 1;
                }
                let head = cell.kind == Kind::HeadCell;
                let what = What::Cell { row: at + 1, column: column + 1, head };
                let around = self.voice.lang.clone();
                self.voice.lang.clone_from(&cell.lang);
                self.announced(what, cell)?;
                self.voice.lang = around;
                taken.resize(taken.len().max(column + cell.columns), 0);
                taken[column..column + cell.columns].fill(cell.rows);
                column += cell.columns;
            }
            taken.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        }
        Ok(())
    }

    /// Ends the line before something that is announced. What was to be announced
    /// and has no words of its own is heard first.
    fn begin(&mut self, what: What) {
        self.end_line();
        if let Some(before) = self.pending.replace(what) {
            self.say(before, None, Line::default());
        }
    }

    fn end_line(&mut self) {
        if self.line.is_silent() {
            return;
        }
        let line = std::mem::take(&mut self.line);
        let what = self.pending.take().unwrap_or(What::Paragraph);
        self.say(what, line.page, line);
    }

    fn say(&mut self, what: What, page: Option<usize>, line: Line) {
        let page = page.filter(|page| *page > 0);
        self.said.push(Announcement { what, depth: self.depth, page, words: line.finish() });
    }
}

/// The words in an element that are drawn.
fn drawn(element: &Element) -> String {
    let mut words = String::new();
    for kid in &element.kids {
        match kid {
            Kid::Element(inner) => words.push_str(&drawn(inner)),
            Kid::Words(pieces) => {
                words.extend(pieces.iter().filter_map(|piece| piece.words.as_deref().ok()));
            }
            Kid::Annotation(..) => {}
        }
    }
    words
}

/// The first words in an element that are drawn.
fn first_piece(element: &Element) -> Option<&Piece> {
    element.kids.iter().find_map(|kid| match kid {
        Kid::Element(inner) => first_piece(inner),
        Kid::Words(pieces) => pieces.first(),
        Kid::Annotation(..) => None,
    })
}

/// The rows of a table, also those in its head, body and foot.
fn rows(table: &Element) -> Vec<&Element> {
    let mut found = Vec::new();
    for kid in table.elements() {
        match kid.kind {
            Kind::Row => found.push(kid),
            Kind::Group => found.extend(rows(kid)),
            _ => {}
        }
    }
    found
}

fn cells(row: &Element) -> impl Iterator<Item = &Element> {
    row.elements().filter(|kid| matches!(kid.kind, Kind::HeadCell | Kind::Cell))
}

fn width(row: &Element) -> usize {
    cells(row).map(|cell| cell.columns).sum()
}
