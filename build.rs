//! Compresses the profile of the print condition once and for all: every print
//! file holds it, and compressing it takes longer than all the rest of a file.

use flate2::Compression;
use flate2::write::ZlibEncoder;
use std::io::{Error, Write};
use std::path::PathBuf;

const PROFILE: &str = "profiles/ISOcoated_v2_300_bas.icc";

fn main() -> Result<(), Error> {
    println!("cargo::rerun-if-changed={PROFILE}");
    println!("cargo::rerun-if-changed=build.rs");
    let folder = std::env::var_os("OUT_DIR").ok_or_else(|| Error::other("no OUT_DIR"))?;
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&std::fs::read(PROFILE)?)?;
    std::fs::write(PathBuf::from(folder).join("print.icc.z"), encoder.finish()?)
}
