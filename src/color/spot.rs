//! Spot colours: inks of their own, each on a plate of its own.

use std::fmt;

/// The longest name of a spot ink, in bytes. A PDF allows 127; names of colour
/// systems have some twenty.
pub const MAX_SPOT_NAME: usize = 46;

/// The name of a spot ink, as it is printed on the plate.
///
/// It is kept in place, so that colours stay small values that are copied.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SpotName {
    bytes: [u8; MAX_SPOT_NAME],
    length: u8,
}

/// Why a text is no name of a spot ink.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpotNameError {
    /// There is nothing in it.
    Empty,
    /// It has more than [`MAX_SPOT_NAME`] bytes.
    TooLong,
    /// It is the name of a process ink, or one that PDF keeps for itself.
    Reserved,
    /// A character in it is for control and not for print.
    Control,
}

impl fmt::Display for SpotNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SpotNameError::Empty => write!(f, "it is empty"),
            SpotNameError::TooLong => write!(f, "it is longer than {MAX_SPOT_NAME} bytes"),
            SpotNameError::Reserved => write!(f, "the name belongs to another ink"),
            SpotNameError::Control => write!(f, "it has a control character"),
        }
    }
}

impl std::error::Error for SpotNameError {}

impl SpotName {
    /// A name.
    ///
    /// # Errors
    /// If it is empty, too long, has control characters, or is reserved: `All`
    /// and `None` (ISO 32000-1, 8.6.6.4) and the process inks would land on
    /// other plates than their own.
    pub fn new(name: &str) -> Result<SpotName, SpotNameError> {
        const RESERVED: [&str; 7] =
            ["all", "none", "cyan", "magenta", "yellow", "black", "registration"];
        let name = name.trim();
        if name.is_empty() {
            return Err(SpotNameError::Empty);
        }
        if name.len() > MAX_SPOT_NAME {
            return Err(SpotNameError::TooLong);
        }
        if name.chars().any(char::is_control) {
            return Err(SpotNameError::Control);
        }
        if RESERVED.contains(&name.to_lowercase().as_str()) {
            return Err(SpotNameError::Reserved);
        }
        let mut bytes = [0; MAX_SPOT_NAME];
        bytes[..name.len()].copy_from_slice(name.as_bytes());
        // The length has been held against a limit below 256.
        Ok(SpotName { bytes, length: name.len() as u8 })
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        // `new` copied a whole string.
        std::str::from_utf8(&self.bytes[..usize::from(self.length)]).unwrap_or_default()
    }
}

impl fmt::Debug for SpotName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for SpotName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A spot ink and the process inks that stand in for it where it is not printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SpotInk {
    /// The name of its plate.
    pub name: SpotName,
    /// The process inks that come nearest to it, in hundredths of a percent.
    pub alternate: [u16; 4],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_as_they_are() {
        for name in ["PANTONE 300 C", "Huisblauw", "HKS 43 K", "Cyaan é"] {
            assert_eq!(SpotName::new(name).map(|n| n.as_str().to_owned()), Ok(name.to_owned()));
        }
        assert_eq!(SpotName::new(" Goud ").unwrap().to_string(), "Goud");
    }

    #[test]
    fn names_that_would_land_on_another_plate_are_refused() {
        for (name, error) in [
            ("", SpotNameError::Empty),
            ("  ", SpotNameError::Empty),
            ("All", SpotNameError::Reserved),
            ("NONE", SpotNameError::Reserved),
            ("Black", SpotNameError::Reserved),
            ("a\u{7}b", SpotNameError::Control),
        ] {
            assert_eq!(SpotName::new(name), Err(error), "{name:?}");
        }
        assert_eq!(SpotName::new(&"x".repeat(MAX_SPOT_NAME + 1)), Err(SpotNameError::TooLong));
        assert!(SpotName::new(&"x".repeat(MAX_SPOT_NAME)).is_ok());
    }
}
