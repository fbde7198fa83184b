//! The author's files and places in them.

use std::sync::Arc;

/// A file among those of one job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A stretch of bytes in one of the job's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Which file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The bytes `start..end` of a file.
    pub fn new(file: FileId, start: usize, end: usize) -> Span {
        Span { file, start: start as u32, end: end as u32 }
    }

    /// From the start of this span to the end of another in the same file;
    /// this span if the other stands in another file.
    pub fn to(self, other: Span) -> Span {
        if self.file == other.file {
            Span {
                file: self.file,
                start: self.start.min(other.start),
                end: self.end.max(other.end),
            }
        } else {
            self
        }
    }
}

/// A text file as it was read.
#[derive(Debug)]
pub struct SourceFile {
    name: String,
    text: String,
    built_in: bool,
    /// The byte at which each line starts.
    line_starts: Vec<usize>,
}

impl SourceFile {
    /// A file by the name shown to the author and its text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> SourceFile {
        let text = text.into();
        let line_starts =
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        SourceFile { name: name.into(), text, built_in: false, line_starts }
    }

    /// A file that is part of the program, which no author can mend.
    pub fn built_in(name: impl Into<String>, text: impl Into<String>) -> SourceFile {
        SourceFile { built_in: true, ..SourceFile::new(name, text) }
    }

    /// Whether it is part of the program and on no disk.
    pub fn is_built_in(&self) -> bool {
        self.built_in
    }

    /// The name shown to the author, with `/` between folders.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// A place as an author counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Location {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

/// The files of one job, numbered in the order of reading.
#[derive(Debug, Clone, Default)]
pub struct Files {
    list: Vec<Arc<SourceFile>>,
}

impl Files {
    /// No files yet.
    pub fn new() -> Files {
        Files::default()
    }

    /// Adds a file; the same file twice gets the same number.
    pub fn add(&mut self, file: Arc<SourceFile>) -> FileId {
        let known = self.list.iter().position(|f| Arc::ptr_eq(f, &file));
        FileId(known.unwrap_or_else(|| {
            self.list.push(file);
            self.list.len() - 1
        }) as u32)
    }

    /// The file with this number.
    ///
    /// # Panics
    /// If the number comes from another job's files.
    pub fn get(&self, id: FileId) -> &Arc<SourceFile> {
        &self.list[id.0 as usize]
    }

    /// All files in the order of reading.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<SourceFile>> {
        self.list.iter()
    }

    /// The file of this name, if it has been read.
    pub fn find(&self, name: &str) -> Option<FileId> {
        self.list.iter().position(|file| file.name() == name).map(|index| FileId(index as u32))
    }

    /// Line and column at which a span starts.
    pub fn location(&self, span: Span) -> Location {
        let file = self.get(span.file);
        let at = (span.start as usize).min(file.text.len());
        let line = file.line_starts.partition_point(|&start| start <= at);
        let start = file.line_starts[line - 1];
        let before = file.text.get(start..at).unwrap_or_default();
        Location { line, column: before.chars().count() + 1 }
    }

    /// The words a span covers.
    pub fn snippet(&self, span: Span) -> &str {
        self.get(span.file).text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_characters() {
        let mut files = Files::new();
        let id = files.add(Arc::new(SourceFile::new("a.toml", "één = 1\ntwee = 2\n")));
        let at = |start| files.location(Span::new(id, start, start + 1));
        assert_eq!(at(0), Location { line: 1, column: 1 });
        assert_eq!(at(6), Location { line: 1, column: 5 });
        assert_eq!(at(10), Location { line: 2, column: 1 });
        assert_eq!(at(400), Location { line: 3, column: 1 });
    }
}
