//! Fonts and profiles that are part of the program, so that it works anywhere.

/// A font face inside the program: family, face name, file contents.
pub(super) struct BuiltinFont {
    pub(super) family: &'static str,
    pub(super) face: &'static str,
    pub(super) data: &'static [u8],
}

macro_rules! font {
    ($family:literal, $face:literal, $file:literal) => {
        BuiltinFont {
            family: $family,
            face: $face,
            data: include_bytes!(concat!("../../fonts/", $file)),
        }
    };
}

/// All faces inside the program.
pub(super) static FONTS: &[BuiltinFont] = &[
    font!("Source Sans 3", "regular", "source-sans-3/SourceSans3-Regular.ttf"),
    font!("Source Sans 3", "italic", "source-sans-3/SourceSans3-It.ttf"),
    font!("Source Sans 3", "semibold", "source-sans-3/SourceSans3-Semibold.ttf"),
    font!("Source Sans 3", "semibold italic", "source-sans-3/SourceSans3-SemiboldIt.ttf"),
    font!("Barlow", "medium", "barlow/Barlow-Medium.ttf"),
    font!("Barlow", "semibold", "barlow/Barlow-SemiBold.ttf"),
];

/// The print condition unless the user gives another: FOGRA39, 300 % ink.
pub(super) static PRINT_PROFILE: &[u8] = include_bytes!("../../profiles/ISOcoated_v2_300_bas.icc");

/// The same, compressed when the program was built.
pub(super) static PRINT_PROFILE_DEFLATED: &[u8] =
    include_bytes!(concat!(env!("OUT_DIR"), "/print.icc.z"));

/// The colour space of the screen file.
pub(super) static SRGB_PROFILE: &[u8] = include_bytes!("../../profiles/sRGB.icc");
