//! The marked content of pages (ISO 32000-1, 14.6): the words of each sequence
//! that the structure can refer to.

use super::ReadError;
use super::error::damaged;
use super::file::File;
use super::font::Font;
use super::geometry::{Matrix, Place};
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};

/// Words of one show, or what stands for those of a span.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    /// The words, or the name of the font that keeps them to itself.
    pub(super) words: Result<String, String>,
    /// The language of a span around them.
    pub(super) lang: Option<String>,
    /// Where they begin on the page, if they are drawn.
    pub(super) place: Option<Place>,
    /// The page, counted from 1.
    pub(super) page: usize,
}

/// A sequence: the page or form it stands in, and its number there (MCID).
pub(super) type Sequence = (ObjectId, i64);

/// The words of all sequences that were come across.
#[derive(Debug, Default)]
pub(super) struct Sequences {
    pages: BTreeSet<ObjectId>,
    pieces: BTreeMap<Sequence, Vec<Piece>>,
    /// Operators carried out in all.
    spent: usize,
}

/// Forms in forms in forms end here.
const DEEPEST: usize = 16;
/// No sound file takes more operators: each form may draw another one twice.
const MOST: usize = 20_000_000;

impl Sequences {
    /// The words of a sequence. `owner` is the form it stands in, or else the
    /// page itself.
    pub(super) fn get(
        &mut self,
        file: &File,
        page: ObjectId,
        owner: ObjectId,
        mark: i64,
    ) -> Result<&[Piece], ReadError> {
        if let Some(number) = file.page_number(page)
            && self.pages.insert(page)
        {
            self.read(file, page, number)?;
        }
        Ok(self.pieces.get(&(owner, mark)).map_or(&[], Vec::as_slice))
    }

    /// Whether the file spells out the space at the end of a line: if one line
    /// of a sequence ends or begins with white, those that do not are meant to
    /// go on without.
    pub(super) fn spell_spaces(&mut self, file: &File) -> Result<bool, ReadError> {
        for page in file.page_ids() {
            self.get(file, page, page, 0)?;
        }
        let spelled = |pair: &[Piece]| {
            let [before, after] = pair else { return false };
            let (Ok(first), Ok(second)) = (&before.words, &after.words) else { return false };
            let white =
                first.ends_with(char::is_whitespace) || second.starts_with(char::is_whitespace);
            white && before.place.zip(after.place).is_some_and(|(a, b)| a.leaves_line(&b))
        };
        Ok(self.pieces.values().any(|pieces| pieces.windows(2).any(spelled)))
    }

    fn read(&mut self, file: &File, id: ObjectId, number: usize) -> Result<(), ReadError> {
        let (page, content) = file.page(id)?;
        let mut reader = Reader {
            file,
            page: number,
            sequences: self,
            forms: BTreeSet::new(),
            fonts: BTreeMap::new(),
            marks: Vec::new(),
            states: Vec::new(),
            state: State::default(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
        };
        reader.run(&content, file.resources(page), id, 0)
    }
}

/// A marked-content sequence that has begun and not ended.
#[derive(Debug, Default)]
struct Mark {
    sequence: Option<Sequence>,
    artifact: bool,
    /// What is read in place of its content.
    instead: Option<String>,
    lang: Option<String>,
    /// Where its first words stand, if others are read in their place.
    place: Option<Place>,
}

/// What of the graphics state tells where words stand.
#[derive(Debug, Clone, Copy)]
struct State<'a> {
    matrix: Matrix,
    font: Option<(&'a Object, f64)>,
    leading: f64,
}

impl Default for State<'_> {
    fn default() -> Self {
        State { matrix: Matrix::IDENTITY, font: None, leading: 0.0 }
    }
}

struct Reader<'a, 's> {
    file: &'a File,
    page: usize,
    sequences: &'s mut Sequences,
    /// Forms of this page whose sequences are known; drawn again they say
    /// nothing new.
    forms: BTreeSet<ObjectId>,
    /// By the address of their object in the file, which stays where it is.
    fonts: BTreeMap<usize, Font<'a>>,
    marks: Vec<Mark>,
    states: Vec<State<'a>>,
    state: State<'a>,
    text: Matrix,
    line: Matrix,
}

impl<'a> Reader<'a, '_> {
    /// Carries out a content stream whose sequences belong to `owner`.
    fn run(
        &mut self,
        content: &[u8],
        resources: &'a Dictionary,
        owner: ObjectId,
        depth: usize,
    ) -> Result<(), ReadError> {
        let content = Content::decode_strict(content.trim_ascii_end())
            .map_err(|_| damaged(format!("the content of page {} has bad operators", self.page)))?;
        let marks = self.marks.len();
        for operation in &content.operations {
            self.sequences.spent += 1;
            if self.sequences.spent > MOST {
                return Err(damaged("its forms draw each other without end"));
            }
            self.carry_out(operation, resources, owner, depth)?;
        }
        // Sequences end where their stream does (ISO 32000-1, 14.6.1).
        while self.marks.len() > marks {
            self.end_mark();
        }
        Ok(())
    }

    fn carry_out(
        &mut self,
        operation: &Operation,
        resources: &'a Dictionary,
        owner: ObjectId,
        depth: usize,
    ) -> Result<(), ReadError> {
        let operands = &operation.operands[..];
        let number = |at: usize| operands.get(at).and_then(number).unwrap_or_default();
        match operation.operator.as_str() {
            "q" => self.states.push(self.state),
            "Q" => self.state = self.states.pop().unwrap_or(self.state),
            "cm" => {
                self.state.matrix = Matrix::new(std::array::from_fn(number)) * self.state.matrix
            }
            "BT" => self.set_line(Matrix::IDENTITY),
            "Tm" => self.set_line(Matrix::new(std::array::from_fn(number))),
            "Td" => self.next_line(number(0), number(1)),
            "TD" => {
                self.state.leading = -number(1);
                self.next_line(number(0), number(1));
            }
            "TL" => self.state.leading = number(0),
            "T*" => self.next_line(0.0, -self.state.leading),
            "Tf" => {
                let name = operands.first().and_then(|name| name.as_name().ok());
                let fonts = self.file.dict(resources, b"Font");
                let font = name.and_then(|name| fonts.get(name).ok());
                self.state.font = font.map(|font| (self.file.resolve(font), number(1)));
            }
            "Tj" => self.show(operands),
            "TJ" => self.show(
                operands.first().map_or(&[], |array| array.as_array().map_or(&[], |list| list)),
            ),
            "'" => {
                self.next_line(0.0, -self.state.leading);
                self.show(operands);
            }
            "\"" => {
                self.next_line(0.0, -self.state.leading);
                self.show(operands.get(2..).unwrap_or_default());
            }
            "BMC" | "BDC" => self.begin_mark(operands, resources, owner),
            "EMC" => self.end_mark(),
            "Do" => self.draw(operands, resources, owner, depth)?,
            _ => {}
        }
        Ok(())
    }

    fn set_line(&mut self, matrix: Matrix) {
        self.line = matrix;
        self.text = matrix;
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.set_line(Matrix::new([1.0, 0.0, 0.0, 1.0, x, y]) * self.line);
    }

    fn begin_mark(&mut self, operands: &[Object], resources: &'a Dictionary, owner: ObjectId) {
        let tag = operands.first().and_then(|tag| tag.as_name().ok());
        let artifact = tag == Some(b"Artifact");
        let named = |name: &[u8]| self.file.dict(self.file.dict(resources, b"Properties"), name);
        let properties = match operands.get(1) {
            Some(Object::Dictionary(dict)) => dict,
            Some(Object::Name(name)) => named(name),
            _ => {
                self.marks.push(Mark { artifact, ..Mark::default() });
                return;
            }
        };
        let text = |key| self.file.text(properties, key);
        // Spans may be spelled out, be pictures, or be short for something
        // (ISO 32000-1, 14.9.3 to 14.9.5).
        let instead = text(b"ActualText").or_else(|| text(b"Alt")).or_else(|| text(b"E"));
        let mark = self.file.get(properties, b"MCID").as_i64().ok();
        self.marks.push(Mark {
            sequence: mark.map(|mark| (owner, mark)),
            artifact,
            instead,
            lang: self.file.lang(properties),
            place: None,
        });
    }

    fn end_mark(&mut self) {
        let Some(mark) = self.marks.pop() else { return };
        let Some(words) = mark.instead.clone() else { return };
        let lang = mark.lang.clone();
        let place = mark.place;
        // The mark itself may be what the structure refers to.
        self.marks.push(Mark { instead: None, ..mark });
        self.say(Ok(words), lang, place);
        self.marks.pop();
    }

    /// Shows strings, as one piece: they are a line of text or part of one.
    fn show(&mut self, strings: &[Object]) {
        let (object, size) = self.state.font.unwrap_or((&Object::Null, 0.0));
        let matrix = self.text * self.state.matrix;
        let place = Place::new(matrix, size);
        if let Some(mark) = self.marks.iter_mut().find(|mark| mark.instead.is_some()) {
            mark.place.get_or_insert(place);
            return;
        }
        if !self.marks.iter().any(|mark| mark.sequence.is_some()) {
            return;
        }
        let Some(dict) = self.file.as_dict(object) else {
            if strings.iter().any(|string| string.as_str().is_ok_and(|bytes| !bytes.is_empty())) {
                self.say(Err("?".to_owned()), None, Some(place));
            }
            return;
        };
        let key = std::ptr::from_ref(object) as usize;
        let file = self.file;
        let font = self.fonts.entry(key).or_insert_with(|| Font::new(file, dict));
        let mut words = Ok(String::new());
        for string in strings.iter().filter_map(|string| string.as_str().ok()) {
            match (font.decode(string), &mut words) {
                (Ok(more), Ok(words)) => words.push_str(&more),
                (Err(name), _) => words = Err(name.to_owned()),
                (_, Err(_)) => {}
            }
        }
        self.say(words, None, Some(place));
    }

    /// Adds words to the innermost sequence, unless they are an artifact.
    fn say(&mut self, words: Result<String, String>, lang: Option<String>, place: Option<Place>) {
        if let Some(outer) = self.marks.iter_mut().find(|mark| mark.instead.is_some()) {
            if outer.place.is_none() {
                outer.place = place;
            }
            return;
        }
        if self.marks.iter().any(|mark| mark.artifact) {
            return;
        }
        let innermost = self.marks.iter().rev().find_map(|mark| mark.sequence);
        let Some(sequence) = innermost else { return };
        let inside = self.marks.iter().rev().take_while(|mark| mark.sequence.is_none());
        let around = self.marks.iter().rev().find(|mark| mark.sequence.is_some());
        let lang = lang.or_else(|| inside.chain(around).find_map(|mark| mark.lang.clone()));
        let page = self.page;
        let pieces = self.sequences.pieces.entry(sequence).or_default();
        pieces.push(Piece { words, lang, place, page });
    }

    /// Carries out a form XObject. Without sequences of its own its words belong
    /// to those it is drawn in (ISO 32000-1, 14.7.4.2).
    fn draw(
        &mut self,
        operands: &[Object],
        resources: &'a Dictionary,
        owner: ObjectId,
        depth: usize,
    ) -> Result<(), ReadError> {
        let file = self.file;
        let Some(name) = operands.first().and_then(|name| name.as_name().ok()) else {
            return Ok(());
        };
        let Ok(object) = file.dict(resources, b"XObject").get(name) else { return Ok(()) };
        let Object::Stream(stream) = file.resolve(object) else { return Ok(()) };
        if file.name(&stream.dict, b"Subtype") != Some(b"Form") {
            return Ok(());
        }
        if depth >= DEEPEST {
            return Err(damaged("its forms draw each other without end"));
        }
        let form = object.as_reference().unwrap_or(owner);
        let own = stream.dict.has(b"StructParents");
        if own && !self.forms.insert(form) {
            return Ok(());
        }
        let (state, text, line) = (self.state, self.text, self.line);
        let states = std::mem::take(&mut self.states);
        let matrix = file.list(file.get(&stream.dict, b"Matrix"));
        if let [a, b, c, d, e, f] = matrix {
            let sides =
                [a, b, c, d, e, f].map(|side| number(file.resolve(side)).unwrap_or_default());
            self.state.matrix = Matrix::new(sides) * self.state.matrix;
        }
        let inner = file.dict(&stream.dict, b"Resources");
        let inner = if stream.dict.has(b"Resources") { inner } else { resources };
        let content = file.unpack(stream)?;
        self.run(&content, inner, form, depth + 1)?;
        (self.state, self.text, self.line, self.states) = (state, text, line, states);
        Ok(())
    }
}

fn number(object: &Object) -> Option<f64> {
    object.as_float().ok().map(f64::from)
}
