//! The commands and options, as typed.

use crate::pdf::{Blanks, PaperThickness, Profile, SheetSize};
use crate::preview::{Dpi, Overlay, PageRanges};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Turns TOML into brochures for the printer and the screen.
#[derive(Debug, Parser)]
#[command(
    name = "drukklaar",
    version,
    max_term_width = 100,
    after_help = "\
Exit status:
  0  all is well; there may be warnings
  1  a brochure or a PDF has errors; nothing of it is written, the others are
  2  the command line is wrong; nothing is done
  3  the machine or the program failed"
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make the PDF files of brochures
    ///
    /// Of `brochures/flevoland.toml` it makes `flevoland.print.pdf` and
    /// `flevoland.screen.pdf`. Of a brochure with errors it writes nothing,
    /// and an older PDF stays as it is.
    Build(Run),
    /// Look for errors in brochures without writing them
    ///
    /// Takes the options of `build`, so that a command line can be tried by
    /// changing one word.
    Check(Run),
    /// Draw the pages of brochures as pictures
    ///
    /// Of `brochures/flevoland.toml` it makes `flevoland.p01.png` and so on:
    /// the pages of the screen file, with marks for a proof if wanted. Of a
    /// brochure with errors it writes nothing.
    Preview(Preview),
    /// Lay the pages of a print PDF on sheets for a saddle stitch
    ///
    /// Of `out/flevoland.print.pdf` it makes `out/flevoland.imposed.pdf`: two
    /// pages side by side, front and back of each sheet in turn, from the
    /// outermost sheet inwards.
    Impose(Impose),
    /// Tell what a screen reader would say of a PDF
    ///
    /// Follows the structure of the file and nothing else: what is not in it
    /// cannot be heard. It is said in the language of the file, a line for each
    /// announcement.
    Read(Read),
}

/// What `build` and `check` take.
#[derive(Debug, Args)]
pub(super) struct Run {
    #[command(flatten)]
    pub(super) common: Common,

    /// What to make the files for
    #[arg(long, value_enum, default_value_t = ProfileChoice::All)]
    pub(super) profile: ProfileChoice,

    /// Folder for layout reports: how well each line and page is set, as JSON
    ///
    /// Of `brochures/flevoland.toml` it holds `flevoland.layout.json`. `check`
    /// writes them too, and nothing else.
    #[arg(long, value_name = "DIR")]
    pub(super) report: Option<PathBuf>,
}

/// What `preview` takes.
#[derive(Debug, Args)]
pub(super) struct Preview {
    #[command(flatten)]
    pub(super) common: Common,

    /// Pixels in an inch
    #[arg(long, value_name = "N", default_value_t)]
    pub(super) dpi: Dpi,

    /// Pages to draw, such as `1,3-5` or `6-` [default: all]
    ///
    /// Pages that a brochure does not have are left out.
    #[arg(long, value_name = "PAGES", allow_hyphen_values = true)]
    pub(super) pages: Option<PageRanges>,

    /// Marks to lay over the pages, with commas between them
    #[arg(long, value_enum, value_name = "MARKS", value_delimiter = ',')]
    pub(super) overlay: Vec<OverlayChoice>,
}

/// What `impose` takes.
#[derive(Debug, Args)]
pub(super) struct Impose {
    /// A PDF for the printer: pages of one size that say where they are cut
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,

    /// File for the sheets [default: beside FILE, with the ending `.imposed.pdf`]
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,

    /// Width and height of a sheet in mm
    #[arg(long, value_name = "WxH", default_value_t)]
    pub(super) sheet: SheetSize,

    /// Thickness of a leaf in mm: pages of inner sheets move towards the fold by
    /// as much for each sheet around them
    #[arg(long, value_name = "MM", default_value_t, allow_hyphen_values = true)]
    pub(super) paper: PaperThickness,

    /// Add blank pages if the pages do not fill sheets of four
    #[arg(
        long,
        value_enum,
        value_name = "WHERE",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "end"
    )]
    pub(super) blanks: Option<BlanksChoice>,

    /// Draw patches of ink above the right page
    #[arg(long)]
    pub(super) color_bar: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum BlanksChoice {
    /// After the last page
    End,
    /// Before the last page, which stays the back of the brochure
    BeforeLast,
}

impl BlanksChoice {
    /// The place chosen.
    pub(super) fn blanks(self) -> Blanks {
        match self {
            BlanksChoice::End => Blanks::End,
            BlanksChoice::BeforeLast => Blanks::BeforeLast,
        }
    }
}

/// What `read` takes.
#[derive(Debug, Args)]
pub(super) struct Read {
    /// A tagged PDF, such as one for the screen
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,

    /// How to tell it
    #[arg(long, value_enum, default_value_t = Telling::Human)]
    pub(super) format: Telling,
}

/// How announcements are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Telling {
    /// Lines to read
    Human,
    /// One JSON object, for programs
    Json,
}

/// What all commands but `impose` and `read` take.
#[derive(Debug, Args)]
pub(super) struct Common {
    /// Brochures, campaign files or folders
    ///
    /// A campaign file stands for the brochures beside it that extend it. A
    /// folder stands for all brochures in it and in its folders; campaign
    /// files, themes and data tables in it are left out.
    #[arg(value_name = "PATH", required = true)]
    pub(super) paths: Vec<PathBuf>,

    /// Folder for the files; made if it is not there
    #[arg(long, value_name = "DIR", default_value = "out")]
    pub(super) out: PathBuf,

    /// How many brochures to make at the same time [default: one a core]
    #[arg(long, value_name = "N")]
    pub(super) jobs: Option<NonZeroUsize>,

    /// Let placeholders and `[[TODO …]]` through, and stamp every page as a draft
    ///
    /// Each is marked on the page and gives a warning. Without this option each is
    /// an error.
    #[arg(long)]
    pub(super) draft: bool,

    /// How to tell the result
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(super) format: Format,

    /// Treat warnings as errors
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(super) deny: Option<Denied>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ProfileChoice {
    /// The printer: process inks and bleed
    Print,
    /// The screen: sRGB and links
    Screen,
    /// Both, a file each
    All,
}

impl ProfileChoice {
    /// The profiles chosen.
    pub(super) fn profiles(self) -> Vec<Profile> {
        match self {
            ProfileChoice::Print => vec![Profile::Print],
            ProfileChoice::Screen => vec![Profile::Screen],
            ProfileChoice::All => Profile::ALL.to_vec(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum OverlayChoice {
    /// The baseline grid
    Grid,
    /// The edges of columns, pictures and links, the text area and the page
    Frames,
    /// A band over each line: blue is tight, red is loose; hyphens and short
    /// last lines are marked
    Badness,
}

impl OverlayChoice {
    /// The overlay chosen.
    pub(super) fn overlay(self) -> Overlay {
        match self {
            OverlayChoice::Grid => Overlay::Grid,
            OverlayChoice::Frames => Overlay::Frames,
            OverlayChoice::Badness => Overlay::Badness,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Lines to read
    Human,
    /// One JSON object, for programs
    Json,
    /// SARIF 2.1.0, for code hosts and editors
    Sarif,
    /// Workflow commands of GitHub Actions, then the result in lines
    Github,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Denied {
    /// All warnings
    Warnings,
}
