//! ICC profiles as they are kept: bytes, shared.

use flate2::Compression;
use flate2::write::ZlibEncoder;
use std::borrow::Cow;
use std::fmt;
use std::io::Write as _;
use std::sync::{Arc, OnceLock};

/// The length of a header, in bytes (ICC.1:2010, 7.2).
const HEADER: usize = 128;

/// How many of these bytes a profile has by its own word; all of them if that
/// is more than there are, or no profile's length.
fn stated(bytes: &[u8]) -> usize {
    let size = bytes.first_chunk().map_or(0, |size| u32::from_be_bytes(*size) as usize);
    if (HEADER..=bytes.len()).contains(&size) { size } else { bytes.len() }
}

/// The bytes of an ICC profile. What is in them is looked at by those who
/// convert colours.
#[derive(Clone)]
pub struct IccProfile(Arc<Shared>);

struct Shared {
    bytes: Cow<'static, [u8]>,
    /// The same, compressed by Deflate, once somebody wants it.
    deflated: OnceLock<Cow<'static, [u8]>>,
}

impl IccProfile {
    /// A profile of these bytes. Its header says how long it is (ICC.1:2010,
    /// 7.2.2); some tools pad the file, and what comes after is left out, since a
    /// preflight holds the length in a PDF against the header's.
    pub fn new(bytes: impl Into<Cow<'static, [u8]>>) -> IccProfile {
        let bytes = match bytes.into() {
            Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[..stated(bytes)]),
            Cow::Owned(mut bytes) => {
                bytes.truncate(stated(&bytes));
                Cow::Owned(bytes)
            }
        };
        IccProfile(Arc::new(Shared { bytes, deflated: OnceLock::new() }))
    }

    /// A profile that is part of the program, with its compressed bytes.
    pub(super) fn builtin(bytes: &'static [u8], deflated: &'static [u8]) -> IccProfile {
        let deflated = OnceLock::from(Cow::Borrowed(deflated));
        IccProfile(Arc::new(Shared { bytes: Cow::Borrowed(bytes), deflated }))
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0.bytes
    }

    /// The bytes in zlib's format. They are compressed once, however many files
    /// hold them.
    pub fn deflated(&self) -> &[u8] {
        self.0.deflated.get_or_init(|| {
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
            #[expect(clippy::expect_used, reason = "writing to a vector cannot fail")]
            let bytes = encoder
                .write_all(self.bytes())
                .and_then(|()| encoder.finish())
                .expect("memory to write to");
            Cow::Owned(bytes)
        })
    }
}

impl PartialEq for IccProfile {
    fn eq(&self, other: &IccProfile) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.bytes() == other.bytes()
    }
}

impl Eq for IccProfile {}

impl fmt::Debug for IccProfile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IccProfile({} bytes)", self.bytes().len())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Assets;
    use super::*;
    use std::io::Read as _;

    #[test]
    fn compressed_profiles_are_the_profiles() {
        let own = IccProfile::new(Assets::srgb_profile());
        for profile in [Assets::print_profile(), own] {
            let mut bytes = Vec::new();
            flate2::read::ZlibDecoder::new(profile.deflated()).read_to_end(&mut bytes).unwrap();
            assert!(bytes == profile.bytes());
        }
    }

    #[test]
    fn what_comes_after_a_profile_is_left_out() {
        let print = Assets::print_profile();
        let padded = [print.bytes(), b"\0\0\0"].concat();
        assert_eq!(IccProfile::new(padded), print);
        let torn = print.bytes()[..9_000].to_vec();
        assert_eq!(IccProfile::new(torn.clone()).bytes(), torn);
        for odd in [&[][..], &[0, 0], &[0, 0, 0, 1, 7]] {
            assert_eq!(IccProfile::new(odd.to_vec()).bytes(), odd);
        }
    }

    #[test]
    fn profiles_are_the_same_by_their_bytes() {
        let copy = IccProfile::new(Assets::print_profile().bytes().to_vec());
        assert_eq!(copy, Assets::print_profile());
        assert_ne!(copy, IccProfile::new(Assets::srgb_profile()));
    }
}
