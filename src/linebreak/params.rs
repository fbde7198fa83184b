//! What a break costs.

use crate::base::{Abs, Em};

/// The weights of the search for breaks.
///
/// A line costs (`line_cost` + badness + penalty)², where the penalty is that
/// of the item broken at; a negative penalty p takes p² off instead. To that
/// come demerits for what two neighbouring lines do to each other. Badness is
/// 100·|ratio|³, at most 10 000; if it is beyond `tolerance`, the badness after
/// the emergency stretch is added. An overfull line has a badness of 1 000 000.
///
/// | weight | justified | ragged | origin |
/// |---|---|---|---|
/// | `pretolerance` | 100 | 100 | plain TeX: a line stretched to ratio 1 |
/// | `tolerance` | 200 | 200 | plain TeX: ratio 1.26 |
/// | `emergency_stretch` | 3 em | 3 em | LaTeX's `\sloppy` |
/// | `line_cost` | 1 | 1 | Knuth and Plass, section "Desirability"; TeX's 10 favours fewer lines, which here is for the paginator to decide |
/// | `hyphens_demerits` | 10 000 | 10 000 | plain TeX's `\doublehyphendemerits` |
/// | `final_hyphen_demerits` | 5 000 | 5 000 | plain TeX's `\finalhyphendemerits` |
/// | `fitness_demerits` | 10 000 | 0 | plain TeX's `\adjdemerits`; ragged lines should differ |
/// | `runt` | 4 em | 4 em | ours: about a short word, twice a paragraph's usual indent |
/// | `runt_demerits` | 10 000 | 10 000 | ours: as bad as a line at ratio 1 |
/// | `max_ratio` | 6 | – | ours: a quarter-em space that stretches by half is then one em |
/// | `ragged_stretch` | – | 2 em | ragged2e's `\RaggedRight` |
///
/// The cost of a hyphen is the penalty's own, hence the caller's.
#[derive(Debug, Clone, PartialEq)]
pub struct Params {
    /// The badness that a line may have in the first pass, which adds no
    /// hyphens; `None` skips that pass. At most [`Params::tolerance`] counts.
    pub pretolerance: Option<u32>,
    /// The badness that a line may have in later passes. In the emergency pass
    /// that is badness after the emergency stretch.
    pub tolerance: u32,
    /// What each line may stretch beyond its glue before it is hopeless.
    pub emergency_stretch: Abs,
    /// The cost of a perfect line, before it is squared.
    pub line_cost: u32,
    /// Demerits for two lines in a row that end with a hyphen.
    pub hyphens_demerits: u32,
    /// Demerits for a hyphen at the end of the last line but one.
    pub final_hyphen_demerits: u32,
    /// Demerits for two lines in a row whose tightness differs by more than a
    /// class; the classes meet at the ratios –½, ½ and 1.
    pub fitness_demerits: u32,
    /// The length below which the line before a forced break is a runt, unless
    /// it is the only one since the last forced break.
    pub runt: Abs,
    /// Demerits for a runt.
    pub runt_demerits: u32,
    /// The ratio beyond which glue is not stretched: the line stays short and
    /// is marked as underfull.
    pub max_ratio: f64,
    /// In ragged text, the white at a line's end that counts as a ratio of 1;
    /// spaces are rigid then. `None` justifies.
    pub ragged_stretch: Option<Abs>,
}

impl Params {
    /// Weights for justified text of this type size.
    pub fn justified(size: Abs) -> Params {
        Params {
            pretolerance: Some(100),
            tolerance: 200,
            emergency_stretch: Em::new(3.0).at(size),
            line_cost: 1,
            hyphens_demerits: 10_000,
            final_hyphen_demerits: 5_000,
            fitness_demerits: 10_000,
            runt: Em::new(4.0).at(size),
            runt_demerits: 10_000,
            max_ratio: 6.0,
            ragged_stretch: None,
        }
    }

    /// Weights for ragged text of this type size, whichever side is ragged.
    pub fn ragged(size: Abs) -> Params {
        Params {
            fitness_demerits: 0,
            ragged_stretch: Some(Em::new(2.0).at(size)),
            ..Params::justified(size)
        }
    }
}

/// How long the lines of a paragraph are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Measure<'a> {
    /// All alike.
    Same(Abs),
    /// Line by line; the last one holds for all further lines. None at all
    /// leaves no room.
    PerLine(&'a [Abs]),
}

impl Measure<'_> {
    /// The length of a line, counted from 0.
    pub fn of(&self, line: usize) -> Abs {
        let length = match self {
            Measure::Same(length) => *length,
            Measure::PerLine(lengths) => {
                lengths.get(line).or(lengths.last()).copied().unwrap_or_default()
            }
        };
        length.clamp(-Abs::HUGE, Abs::HUGE)
    }

    /// The shortest and the longest line.
    pub(super) fn bounds(&self) -> (Abs, Abs) {
        let lines = match self {
            Measure::Same(_) => 1,
            Measure::PerLine(lengths) => lengths.len(),
        };
        let first = self.of(0);
        (1..lines)
            .map(|line| self.of(line))
            .fold((first, first), |(low, high), length| (low.min(length), high.max(length)))
    }
}
