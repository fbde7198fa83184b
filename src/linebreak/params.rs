//! What a break costs.

use crate::base::{Abs, Em};

/// How many lines in a row may end with a hyphen.
pub const MAX_HYPHENS: usize = 2;

/// The ratio beyond which a line of justified text is wide: within the limits,
/// but one of few.
pub const WIDE_RATIO: f64 = 1.62;

/// The weights of the search for breaks.
///
/// A line costs (`line_cost` + badness + penalty)², where the penalty is that
/// of the item broken at; a negative penalty p takes p² off instead. To that
/// come demerits for what two neighbouring lines do to each other. Badness is
/// 100·|ratio|³ up to 10 000 and then rises ever more slowly towards 20 000. All
/// this is *quality*: a line of usual text costs less than 10⁶.
///
/// Four things break a *limit* and have a price, which is added. The search
/// takes such lines only where a paragraph cannot be set without, and then those
/// that cost the least together. Each price is that of several breaches of the
/// kind before, so limits yield in this order:
///
/// | limit | price of a breach | origin |
/// |---|---|---|
/// | `loose_ratio`, 3.02 | `loose_price`, 5·10⁸, rising with the excess x by 4x² ÷ (x² + 8) to five times that, so that two lines just beyond are better than one with holes; up to six times for a line without any glue, by the share of the measure that stays empty; and up to eight times more by that share's square, so that no word stands alone in a line | ours: with an ideal space of 0.94 and a stretch of 0.25 of the face's, it is at most 1.695 of that, so that the limit of 1.7 holds as it is read from a PDF, whose lengths are rounded |
/// | [`MAX_HYPHENS`] in a row, 2 | `third_hyphen_price`, 10¹⁰, for each further one | ours: the Chicago Manual of Style allows three |
/// | `runt`, 4 em | `runt_price`, 10¹¹ | ours: about a short word, twice a paragraph's usual indent |
/// | the measure | `overfull_price`, 10¹², rising to twice that by the share of the measure that sticks out | text beyond the margin is as good as lost |
///
/// | weight | justified | ragged | origin |
/// |---|---|---|---|
/// | `pretolerance` | none | 100 | plain TeX: a line that is short by its stretch. Justified text is set evenly first, with as few hyphens as that takes |
/// | `line_cost` | 1 | 1 | Knuth and Plass, section "Desirability"; TeX's 10 favours fewer lines, which here is for the paginator to decide |
/// | `hyphens_demerits` | 10 000 | 10 000 | plain TeX's `\doublehyphendemerits` |
/// | `final_hyphen_demerits` | 5 000 | 5 000 | plain TeX's `\finalhyphendemerits` |
/// | `fitness_demerits` | 10 000 | 0 | plain TeX's `\adjdemerits`; ragged lines should differ |
/// | `wide_demerits`, from `wide_ratio` on | 500 000 from [`WIDE_RATIO`], 1.62, on | 0 | ours: spaces wider than 1.345 by nature are to be few, whatever else it costs within the limits |
/// | `inset` | 0 | 0 | the caller's; a line that ends off its measure by all of it costs `wide_demerits`, others less in proportion |
/// | `max_ratio` | 6 | 3 | ours: a space of a fifth of an em is then 0.62 em, a ragged line 6 em short |
/// | `ragged_stretch` | – | 2 em | ragged2e's `\RaggedRight` |
///
/// The cost of a hyphen is the penalty's own, hence the caller's.
#[derive(Debug, Clone, PartialEq)]
pub struct Params {
    /// The badness that a line may have in a first pass, which adds no hyphens;
    /// `None` skips that pass.
    pub pretolerance: Option<u32>,
    /// The cost of a perfect line, before it is squared; at most 10 000 counts.
    pub line_cost: u32,
    /// Demerits for two lines in a row that end with a hyphen.
    pub hyphens_demerits: u32,
    /// Demerits for a hyphen at the end of the last line but one.
    pub final_hyphen_demerits: u32,
    /// Demerits for two lines in a row whose tightness differs by more than a
    /// class; the classes meet at the ratios –½, ½ and 1.
    pub fitness_demerits: u32,
    /// The ratio beyond which a line of justified text is wide: within the limit,
    /// but one of few.
    pub wide_ratio: f64,
    /// Demerits for a wide line.
    pub wide_demerits: u32,
    /// How far a line of justified text may end before its measure, so that it
    /// is not wide, or beyond it, so that one more syllable fits.
    pub inset: Abs,
    /// The ratio beyond which a line of justified text is loose.
    pub loose_ratio: f64,
    /// The price of a line that is just looser than that. Of this and the other
    /// prices at least 0 and at most 10¹⁵ counts.
    pub loose_price: i64,
    /// The price of each line that ends with a hyphen after [`MAX_HYPHENS`]
    /// lines that do. A hyphen that the word has anyway counts too.
    pub third_hyphen_price: i64,
    /// The length below which the line before a forced break is a runt, unless
    /// it is the only one since the last forced break. Whatever its length, it
    /// is a runt if it is nothing but the tail of a word that the line before
    /// ends with a hyphen.
    pub runt: Abs,
    /// The price of a runt.
    pub runt_price: i64,
    /// The price of a line that is wider than the measure.
    pub overfull_price: i64,
    /// The ratio beyond which glue is not stretched: the line stays short and
    /// is marked as underfull, which spares the reader the worst holes. In ragged
    /// text, the ratio beyond which a line is left to the last pass; that breaks
    /// no limit.
    pub max_ratio: f64,
    /// A line, counted from 0, that must not end with a hyphen, as it ends a
    /// column; the last pass pays no heed to it.
    pub unhyphenated_line: Option<u32>,
    /// In ragged text, the white at a line's end that counts as a ratio of 1;
    /// spaces and boxes are rigid then. `None` justifies.
    pub ragged_stretch: Option<Abs>,
}

impl Params {
    /// Weights for justified text of this type size.
    pub fn justified(size: Abs) -> Params {
        Params {
            pretolerance: None,
            line_cost: 1,
            hyphens_demerits: 10_000,
            final_hyphen_demerits: 5_000,
            fitness_demerits: 10_000,
            wide_ratio: WIDE_RATIO,
            wide_demerits: 500_000,
            inset: Abs::ZERO,
            loose_ratio: 3.02,
            loose_price: 500_000_000,
            third_hyphen_price: 10_000_000_000,
            runt: Em::new(4.0).at(size),
            runt_price: 100_000_000_000,
            overfull_price: 1_000_000_000_000,
            max_ratio: 3.02,
            unhyphenated_line: None,
            ragged_stretch: None,
        }
    }

    /// Weights for ragged text of this type size, whichever side is ragged.
    pub fn ragged(size: Abs) -> Params {
        Params {
            pretolerance: Some(100),
            fitness_demerits: 0,
            max_ratio: 3.0,
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
