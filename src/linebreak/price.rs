//! How well a line fits, and what that costs.

use super::breakpoint::{Breakpoint, Sums};
use super::params::{MAX_HYPHENS, Params};
use crate::base::Abs;

/// The badness from which on it rises more slowly (TeX's `inf_bad`).
const HOPELESS: i64 = 10_000;

/// The ratio of that badness, the cube root of 100.
const HOPELESS_RATIO: f64 = 4.641_588_833_612_779;

/// What is added to the price of a loose line at most, as a multiple of it, as
/// long as the line has glue.
const LOOSEST: f64 = 4.0;

/// What is added for the square of the share of the measure that a loose line
/// leaves empty, as a multiple of its price: one short word alone in a line is
/// worse than several lines just beyond the limit. An empty line stays below the
/// price of a third hyphen.
const EMPTIEST: f64 = 8.0;

/// The excess of a ratio, or its square, at which what it adds is half of the
/// most that it can add.
const HALFWAY: f64 = 8.0;

/// How far below the ratio of a wide line one is set that ends before its
/// measure, so that rounding does not make it one.
const BELOW_WIDE: f64 = 0.005;

/// The most that a price counts, so that the sum over the lines of any
/// paragraph can be told from those of others.
const MAX_PRICE: i64 = 1_000_000_000_000_000;

/// How tight a line is, in Knuth and Plass's four classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fitness {
    Tight,
    Decent,
    Loose,
    VeryLoose,
}

impl Fitness {
    fn of(ratio: f64) -> Fitness {
        if ratio < -0.5 {
            Fitness::Tight
        } else if ratio <= 0.5 {
            Fitness::Decent
        } else if ratio <= 1.0 {
            Fitness::Loose
        } else {
            Fitness::VeryLoose
        }
    }

    /// Whether neighbouring lines of these classes look uneven.
    pub(super) fn clashes(self, other: Fitness) -> bool {
        (self as u8).abs_diff(other as u8) > 1
    }
}

/// How many lines in a row end with a hyphen, [`MAX_HYPHENS`] or more alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Hyphens(u8);

impl Hyphens {
    /// After a further line, which ends with a hyphen or does not.
    pub(super) fn after(self, hyphen: bool) -> Hyphens {
        Hyphens(if hyphen { (self.0 + 1).min(MAX_HYPHENS as u8) } else { 0 })
    }

    /// Whether a line with a hyphen would be one too many.
    pub(super) fn full(self) -> bool {
        usize::from(self.0) >= MAX_HYPHENS
    }
}

/// A line between two breakpoints, set to a measure.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fit {
    /// The width before anything stretches or shrinks.
    pub(super) natural: Abs,
    /// What glue and boxes must stretch or shrink by, as [`super::Line::ratio`]
    /// but without an upper bound; infinite where nothing stretches enough.
    pub(super) ratio: f64,
    /// See [`Params`].
    pub(super) badness: i64,
    /// What the line costs for being wide, loose or overfull.
    price: i64,
    /// See [`super::Line`].
    pub(super) inset: Abs,
    /// Whether the line is beyond the loose ratio.
    pub(super) loose: bool,
    /// Whether it cannot shrink to the measure.
    pub(super) overfull: bool,
    /// How tight it is.
    pub(super) fitness: Fitness,
}

/// The parameters as the search needs them.
pub(super) struct Pricing<'a> {
    pub(super) params: &'a Params,
    /// How far justified lines may end off their measure.
    pub(super) inset: Abs,
    /// Stretch of every line besides that of its glue.
    pub(super) end_stretch: Abs,
    /// The ratio beyond which only the last pass takes a line.
    pub(super) limit: f64,
    /// Whether a line beyond it is loose.
    pub(super) justified: bool,
}

impl<'a> Pricing<'a> {
    pub(super) fn new(params: &'a Params) -> Pricing<'a> {
        let within = |length: Abs| length.clamp(Abs::ZERO, Abs::HUGE);
        let (inset, end_stretch, limit) = match params.ragged_stretch {
            Some(stretch) => (Abs::ZERO, within(stretch), params.max_ratio),
            None => (within(params.inset), Abs::ZERO, params.loose_ratio),
        };
        Pricing { params, inset, end_stretch, limit, justified: params.ragged_stretch.is_none() }
    }

    /// The badness that the first pass takes.
    pub(super) fn pretolerance(&self) -> i64 {
        i64::from(self.params.pretolerance.unwrap_or(0))
    }

    /// Sets the line from a breakpoint's `from` to another one.
    pub(super) fn fit(&self, from: &Sums, point: &Breakpoint, measure: Abs) -> Fit {
        let natural = point.to.width - from.width;
        let slack = measure - natural;
        let glue = point.to.stretch - from.stretch + self.end_stretch;
        let (inset, ratio) = if slack == Abs::ZERO || slack > Abs::ZERO && point.filled {
            (Abs::ZERO, 0.0)
        } else if slack > Abs::ZERO {
            let both = glue + point.to.widen - from.widen;
            let inset = self.inset(slack, both, glue);
            (inset, stretched(slack - inset, both, glue))
        } else {
            let both = point.to.shrink - from.shrink + point.to.narrow - from.narrow;
            let excess = -slack - both;
            if excess <= Abs::ZERO {
                (Abs::ZERO, slack / both)
            } else if excess <= self.inset && both > Abs::ZERO {
                (-excess, -1.0)
            } else {
                return self.overfull(natural, both, excess, measure);
            }
        };
        let loose = self.justified && ratio > self.limit;
        Fit {
            natural,
            ratio,
            badness: if ratio > 0.0 && glue >= Abs::HUGE { 0 } else { badness(ratio) },
            price: if loose {
                self.loose_price(ratio, share(slack, measure))
            } else if self.justified && ratio > self.params.wide_ratio {
                i64::from(self.params.wide_demerits)
            } else if inset == Abs::ZERO {
                0
            } else {
                (f64::from(self.params.wide_demerits) * (inset.abs() / self.inset)) as i64
            },
            inset,
            loose,
            overfull: false,
            fitness: Fitness::of(ratio),
        }
    }

    /// How far a line ends before its measure so that its spaces need not be
    /// wide.
    fn inset(&self, slack: Abs, both: Abs, glue: Abs) -> Abs {
        if glue <= Abs::ZERO {
            return Abs::ZERO;
        }
        let even = both + glue * (self.params.wide_ratio - BELOW_WIDE - 1.0);
        (slack - even).clamp(Abs::ZERO, self.inset)
    }

    fn loose_price(&self, ratio: f64, short: f64) -> i64 {
        let rise = if ratio.is_finite() { loose_rise(ratio - self.limit) } else { LOOSEST + short };
        risen(self.params.loose_price, rise + EMPTIEST * short * short)
    }

    fn overfull(&self, natural: Abs, give: Abs, excess: Abs, measure: Abs) -> Fit {
        Fit {
            natural,
            ratio: if give > Abs::ZERO { -1.0 } else { 0.0 },
            badness: HOPELESS,
            price: risen(self.params.overfull_price, share(excess, measure)),
            inset: Abs::ZERO,
            loose: false,
            overfull: true,
            fitness: Fitness::Tight,
        }
    }

    /// Whether a line is a runt.
    pub(super) fn is_runt(&self, start: &Breakpoint, end: &Breakpoint, natural: Abs) -> bool {
        end.forced
            && !start.forced
            && (natural < self.params.runt || start.hyphen && !end.has_glue_since(start))
    }

    /// What the line costs, whatever the lines before.
    pub(super) fn cost(&self, start: &Breakpoint, end: &Breakpoint, fit: &Fit) -> i64 {
        let params = self.params;
        let base = i64::from(params.line_cost.min(10_000)) + fit.badness;
        let penalty = i64::from(end.cost);
        let mut cost = if end.forced {
            base * base
        } else if penalty >= 0 {
            (base + penalty) * (base + penalty)
        } else {
            base * base - penalty * penalty
        };
        if start.hyphen && end.hyphen {
            cost += i64::from(params.hyphens_demerits);
        }
        if start.hyphen && end.forced {
            cost += i64::from(params.final_hyphen_demerits);
        }
        if self.is_runt(start, end, fit.natural) {
            cost += price(params.runt_price);
        }
        cost + fit.price
    }

    /// What the line costs besides because its tightness differs from that of
    /// the one before.
    pub(super) fn clash(&self, before: Fitness, line: Fitness) -> i64 {
        if before.clashes(line) { i64::from(self.params.fitness_demerits) } else { 0 }
    }

    /// What the line costs besides if it has a hyphen too many.
    pub(super) fn third_hyphen(&self) -> i64 {
        price(self.params.third_hyphen_price)
    }

    /// A ratio that no line of this badness exceeds.
    pub(super) fn max_ratio(badness: i64) -> f64 {
        if badness >= HOPELESS {
            return f64::INFINITY;
        }
        // The badness was rounded to a whole number; 1 % covers that and more,
        // since the bound only spares work.
        libm::cbrt((badness + 1) as f64 / 100.0) * 1.01
    }
}

/// The ratio at which glue and boxes take up so much, of what they `both`
/// stretch by at a ratio of 1 and the glue alone. Boxes stretch no further.
fn stretched(slack: Abs, both: Abs, glue: Abs) -> f64 {
    if slack <= both {
        slack / both
    } else if glue > Abs::ZERO {
        1.0 + (slack - both) / glue
    } else {
        f64::INFINITY
    }
}

fn price(price: i64) -> i64 {
    price.clamp(0, MAX_PRICE)
}

/// A price raised by a part of it.
fn risen(base: i64, rise: f64) -> i64 {
    let base = price(base);
    base + (base as f64 * rise) as i64
}

/// The part of a measure that a length takes, at most 1.
fn share(length: Abs, measure: Abs) -> f64 {
    if length < measure { length / measure } else { 1.0 }
}

/// From 0 for no excess towards 1, so that a worse line always costs more and
/// none costs without bound.
fn rise(excess: f64) -> f64 {
    excess / (excess + HALFWAY)
}

/// From 0 for no excess towards [`LOOSEST`], slowly at first: two lines just
/// beyond the limit are better than one with holes.
fn loose_rise(excess: f64) -> f64 {
    let square = excess * excess;
    if square.is_finite() { LOOSEST * (square / (square + HALFWAY)) } else { LOOSEST }
}

fn badness(ratio: f64) -> i64 {
    let ratio = ratio.abs();
    if ratio < HOPELESS_RATIO {
        (100.0 * (ratio * ratio * ratio) + 0.5) as i64
    } else if ratio.is_finite() {
        HOPELESS + (HOPELESS as f64 * rise(ratio - HOPELESS_RATIO)) as i64
    } else {
        2 * HOPELESS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn badness_is_cubic_and_bounded() {
        assert_eq!(badness(0.0), 0);
        assert_eq!(badness(0.5), 13);
        assert_eq!(badness(-1.0), 100);
        assert_eq!(badness(2.0), 800);
        assert_eq!(badness(HOPELESS_RATIO), HOPELESS);
        assert_eq!(badness(HOPELESS_RATIO + HALFWAY), 15_000);
        assert_eq!(badness(f64::INFINITY), 20_000);
    }

    #[test]
    fn badness_never_falls() {
        let all: Vec<i64> = (0..4_000).map(|step| badness(f64::from(step) / 100.0)).collect();
        assert!(all.is_sorted());
    }

    #[test]
    fn max_ratio_bounds_the_badness() {
        for limit in 0..HOPELESS {
            assert!(badness(Pricing::max_ratio(limit)) > limit, "badness {limit}");
        }
    }

    #[test]
    fn only_distant_classes_clash() {
        assert!(!Fitness::of(-0.6).clashes(Fitness::of(0.0)));
        assert!(Fitness::of(-0.6).clashes(Fitness::of(0.7)));
        assert!(Fitness::of(0.0).clashes(Fitness::of(1.1)));
        assert!(!Fitness::of(0.7).clashes(Fitness::of(1.1)));
    }

    #[test]
    fn hyphens_count_to_the_limit() {
        let one = Hyphens::default().after(true);
        let two = one.after(true);
        assert!(!one.full() && two.full());
        assert_eq!(two.after(true), two);
        assert_eq!(two.after(false), Hyphens::default());
    }
}
