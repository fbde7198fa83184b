//! The shared store of everything read from disk.

use super::builtin;
use super::{Font, FontError, FontLibrary, IccProfile, Image};
use crate::diag::SourceFile;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// Why a file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoadError {
    /// There is no such file.
    NotFound,
    /// The file cannot be read; the system's words.
    Unreadable(String),
    /// The file is no UTF-8 text; the byte of the first fault.
    NotText(usize),
    /// The file is no usable font.
    Font(FontError),
    /// The image is damaged; how, in a few words.
    Corrupt(String),
    /// The image is of a kind, or uses something, that is not supported; its name.
    Unsupported(String),
    /// Text in the image asks for a font that the project does not have, or for
    /// none.
    UnknownFont {
        /// The text, with what it asks for.
        what: String,
        /// The families and faces that there are.
        known: String,
    },
    /// Text in the image has characters that their fonts lack; both in words.
    MissingGlyph(String),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadError::NotFound => write!(f, "there is no such file"),
            LoadError::Unreadable(reason) => write!(f, "the file cannot be read: {reason}"),
            LoadError::NotText(byte) => write!(f, "the file is no UTF-8 text, from byte {byte} on"),
            LoadError::Font(FontError::Unreadable) => write!(f, "the file is no font"),
            LoadError::Font(FontError::EmbeddingForbidden) => {
                write!(f, "the font's licence forbids to embed it")
            }
            LoadError::Font(FontError::SubsettingForbidden) => {
                write!(f, "the font's licence forbids to embed a part of it")
            }
            LoadError::Corrupt(reason) => write!(f, "the image is damaged: {reason}"),
            LoadError::Unsupported(what) => write!(f, "{what} is not supported"),
            LoadError::UnknownFont { what, .. } => write!(f, "there is {what}"),
            LoadError::MissingGlyph(what) => {
                write!(f, "there are characters without a glyph: {what}")
            }
        }
    }
}

impl std::error::Error for LoadError {}

type Cache<T> = Mutex<BTreeMap<PathBuf, Result<Arc<T>, LoadError>>>;

/// An image file as far as it can be read without fonts.
enum Loaded {
    Ready(Image),
    /// Artwork with text, which is another image with other fonts.
    Text(Vec<u8>),
}

/// Artwork whose text is set in some fonts.
type Set = (FontLibrary, Result<Image, LoadError>);

/// Files loaded once and shared by all jobs and threads.
#[derive(Default)]
pub struct Assets {
    texts: Cache<SourceFile>,
    fonts: Cache<Font>,
    images: Cache<Loaded>,
    drawings: Mutex<BTreeMap<PathBuf, Vec<Set>>>,
    profiles: Cache<IccProfile>,
}

impl Assets {
    /// An empty store.
    pub fn new() -> Assets {
        Assets::default()
    }

    /// A text file by the path shown to the author.
    ///
    /// # Errors
    /// If it cannot be read or is no UTF-8.
    pub fn text(&self, path: &Path) -> Result<Arc<SourceFile>, LoadError> {
        cached(&self.texts, path, || {
            let bytes = read(path)?;
            let text = String::from_utf8(bytes)
                .map_err(|e| LoadError::NotText(e.utf8_error().valid_up_to()))?;
            let name = path.to_string_lossy().replace('\\', "/");
            Ok(SourceFile::new(name, text))
        })
    }

    /// A font file.
    ///
    /// # Errors
    /// If it cannot be read, is no font, or may not be embedded.
    pub fn font(&self, path: &Path) -> Result<Arc<Font>, LoadError> {
        cached(&self.fonts, path, || Font::parse(Cow::Owned(read(path)?)).map_err(LoadError::Font))
    }

    /// An image file, told by its content: JPEG, PNG, TIFF or SVG. Text in an SVG is
    /// set in these fonts; one that has none is the same image whatever the fonts.
    ///
    /// # Errors
    /// If it cannot be read, is damaged, of a kind or with a feature that is not
    /// supported, or asks for a font that is not there.
    pub fn image(&self, path: &Path, fonts: &FontLibrary) -> Result<Image, LoadError> {
        let loaded = cached(&self.images, path, || {
            let bytes = read(path)?;
            if Image::may_have_text(&bytes) {
                return Ok(Loaded::Text(bytes));
            }
            Image::parse(bytes).map(Loaded::Ready)
        })?;
        let bytes = match &*loaded {
            Loaded::Ready(image) => return Ok(image.clone()),
            Loaded::Text(bytes) => bytes,
        };
        let lock = || self.drawings.lock().unwrap_or_else(PoisonError::into_inner);
        let known = |drawings: &BTreeMap<PathBuf, Vec<Set>>| {
            let set = drawings.get(path)?.iter().find(|(library, _)| library == fonts);
            set.map(|(_, image)| image.clone())
        };
        if let Some(image) = known(&lock()) {
            return image;
        }
        // As for `cached`: the first result of two threads stays.
        let image = Image::parse_with(bytes.clone(), fonts);
        let mut drawings = lock();
        known(&drawings).unwrap_or_else(|| {
            let sets = drawings.entry(path.to_owned()).or_default();
            sets.push((fonts.clone(), image.clone()));
            image
        })
    }

    /// A face that is part of the program, by family and face name
    /// (`Source Sans 3`, `semibold italic`).
    pub fn builtin_font(&self, family: &str, face: &str) -> Option<Arc<Font>> {
        let font = builtin::FONTS.iter().find(|f| f.family == family && f.face == face)?;
        let key = PathBuf::from(format!("builtin:{family}/{face}"));
        cached(&self.fonts, &key, || Font::parse(Cow::Borrowed(font.data)).map_err(LoadError::Font))
            .ok()
    }

    /// The first face that is part of the program, for going on without another.
    pub fn any_font(&self) -> Option<Arc<Font>> {
        let (family, face) = Assets::builtin_fonts().next()?;
        self.builtin_font(family, face)
    }

    /// Families and faces that are part of the program.
    pub fn builtin_fonts() -> impl Iterator<Item = (&'static str, &'static str)> {
        builtin::FONTS.iter().map(|f| (f.family, f.face))
    }

    /// An ICC profile; its content is not looked at.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn profile(&self, path: &Path) -> Result<IccProfile, LoadError> {
        cached(&self.profiles, path, || read(path).map(IccProfile::new))
            .map(|profile| IccProfile::clone(&profile))
    }

    /// The ICC profile of the print condition, FOGRA39 with 300 % ink.
    pub fn print_profile() -> IccProfile {
        static SHARED: LazyLock<IccProfile> = LazyLock::new(|| {
            IccProfile::builtin(builtin::PRINT_PROFILE, builtin::PRINT_PROFILE_DEFLATED)
        });
        SHARED.clone()
    }

    /// The ICC profile of the screen file, sRGB.
    pub fn srgb_profile() -> &'static [u8] {
        builtin::SRGB_PROFILE
    }
}

/// What the cache holds for a path, or what `load` makes of it.
///
/// The lock is not held while loading: two threads may load one file at the
/// same time, and the first result is kept.
fn cached<T>(
    cache: &Cache<T>,
    path: &Path,
    load: impl FnOnce() -> Result<T, LoadError>,
) -> Result<Arc<T>, LoadError> {
    let lock = || cache.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = lock().get(path) {
        return found.clone();
    }
    let loaded = load().map(Arc::new);
    lock().entry(path.to_owned()).or_insert(loaded).clone()
}

fn read(path: &Path) -> Result<Vec<u8>, LoadError> {
    let failed = |e: io::Error| match e.kind() {
        io::ErrorKind::NotFound => LoadError::NotFound,
        _ => LoadError::Unreadable(e.to_string()),
    };
    // Devices and pipes may never end.
    let kind = std::fs::metadata(path).map_err(failed)?;
    if !kind.is_file() {
        let what = if kind.is_dir() { "it is a folder" } else { "it is no ordinary file" };
        return Err(LoadError::Unreadable(what.to_owned()));
    }
    std::fs::read(path).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_builtin_face_parses_and_is_shared() {
        let assets = Assets::new();
        for (family, face) in Assets::builtin_fonts() {
            let font = assets.builtin_font(family, face).expect(face);
            assert!(font.cap_height.get() > 0.5, "{family} {face}");
            let again = assets.builtin_font(family, face).expect(face);
            assert!(Arc::ptr_eq(&font, &again));
        }
    }

    #[test]
    fn a_missing_file_is_not_found() {
        let assets = Assets::new();
        assert_eq!(assets.text(Path::new("no/such.toml")).err(), Some(LoadError::NotFound));
    }
}
