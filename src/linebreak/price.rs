//! How well a line fits, and what that costs.

use super::breakpoint::{Breakpoint, Sums};
use super::params::Params;
use crate::base::Abs;

/// The badness of a line that cannot be stretched far enough (TeX's `inf_bad`).
const INFINITE: i64 = 10_000;

/// The badness of a line that cannot be shrunk far enough. Its square outweighs
/// a thousand lines of infinite badness, and millions of them still fit 64 bits.
const OVERFULL: i64 = 1_000_000;

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

/// A line between two breakpoints, set to a measure.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fit {
    /// The width before glue stretches or shrinks.
    pub(super) natural: Abs,
    /// What the glue must stretch or shrink by; infinite where there is none.
    pub(super) ratio: f64,
    /// 100 · |ratio|³.
    pub(super) badness: i64,
    /// The badness that counts. Beyond the tolerance the badness after the
    /// emergency stretch is added, which tells lines of infinite badness apart.
    /// A line costs the same in every pass.
    pub(super) priced: i64,
    /// Whether the line is within the tolerance after the emergency stretch.
    pub(super) tolerable: bool,
    /// Whether it cannot shrink to the measure.
    pub(super) overfull: bool,
    /// How tight it is.
    pub(super) fitness: Fitness,
}

/// The parameters as the search needs them.
pub(super) struct Pricing<'a> {
    pub(super) params: &'a Params,
    pub(super) pretolerance: i64,
    pub(super) tolerance: i64,
    /// Stretch of every line besides that of its glue.
    pub(super) end_stretch: Abs,
}

impl<'a> Pricing<'a> {
    pub(super) fn new(params: &'a Params) -> Pricing<'a> {
        // An infinitely bad line is never tolerable, as in TeX's `\sloppy`.
        let tolerance = i64::from(params.tolerance).min(INFINITE - 1);
        Pricing {
            params,
            pretolerance: i64::from(params.pretolerance.unwrap_or(0)).min(tolerance),
            tolerance,
            end_stretch: params.ragged_stretch.map_or(Abs::ZERO, length),
        }
    }

    pub(super) fn emergency_stretch(&self) -> Abs {
        length(self.params.emergency_stretch)
    }

    /// Sets the line from a breakpoint's `from` to another one.
    pub(super) fn fit(&self, from: &Sums, point: &Breakpoint, measure: Abs) -> Fit {
        let natural = point.to.width - from.width;
        let slack = measure - natural;
        let stretch = point.to.stretch - from.stretch + self.end_stretch;
        let ratio = if slack == Abs::ZERO || slack > Abs::ZERO && point.filled {
            0.0
        } else if slack > Abs::ZERO {
            if stretch > Abs::ZERO { slack / stretch } else { f64::INFINITY }
        } else {
            let shrink = point.to.shrink - from.shrink;
            if -slack > shrink {
                return self.overfull(natural, shrink);
            }
            slack / shrink
        };
        let badness = if ratio > 0.0 && stretch >= Abs::HUGE { 0 } else { badness(ratio) };
        let mut priced = badness;
        let mut tolerable = true;
        if badness > self.tolerance {
            let relieved = if ratio > 0.0 {
                let stretch = stretch + self.emergency_stretch();
                if stretch > Abs::ZERO { self::badness(slack / stretch) } else { INFINITE }
            } else {
                badness
            };
            priced += relieved;
            tolerable = relieved <= self.tolerance;
        }
        Fit {
            natural,
            ratio,
            badness,
            priced,
            tolerable,
            overfull: false,
            fitness: Fitness::of(ratio),
        }
    }

    fn overfull(&self, natural: Abs, shrink: Abs) -> Fit {
        Fit {
            natural,
            ratio: if shrink > Abs::ZERO { -1.0 } else { 0.0 },
            badness: OVERFULL,
            priced: OVERFULL,
            tolerable: false,
            overfull: true,
            fitness: Fitness::Tight,
        }
    }

    /// What the line costs, whatever the tightness of the one before.
    pub(super) fn cost(&self, start: &Breakpoint, end: &Breakpoint, fit: &Fit) -> i64 {
        let params = self.params;
        let base = i64::from(params.line_cost) + fit.priced;
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
        if end.forced {
            if start.hyphen {
                cost += i64::from(params.final_hyphen_demerits);
            }
            if !start.forced && fit.natural < params.runt {
                cost += i64::from(params.runt_demerits);
            }
        }
        cost
    }

    /// What the line costs besides because of the one before.
    pub(super) fn clash(&self, before: Fitness, line: Fitness) -> i64 {
        if before.clashes(line) { i64::from(self.params.fitness_demerits) } else { 0 }
    }

    /// A ratio that no line of this badness exceeds.
    pub(super) fn max_ratio(badness: i64) -> f64 {
        // The badness was rounded to a whole number; 1 % covers that and more,
        // since the bound only spares work.
        libm::cbrt((badness + 1) as f64 / 100.0) * 1.01
    }
}

fn length(length: Abs) -> Abs {
    length.clamp(Abs::ZERO, Abs::HUGE)
}

fn badness(ratio: f64) -> i64 {
    let cube = 100.0 * (ratio * ratio * ratio).abs();
    if cube < INFINITE as f64 { (cube + 0.5) as i64 } else { INFINITE }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn badness_is_cubic_and_capped() {
        assert_eq!(badness(0.0), 0);
        assert_eq!(badness(0.5), 13);
        assert_eq!(badness(-1.0), 100);
        assert_eq!(badness(2.0), 800);
        assert_eq!(badness(5.0), INFINITE);
        assert_eq!(badness(f64::INFINITY), INFINITE);
    }

    #[test]
    fn max_ratio_bounds_the_badness() {
        for limit in 0..INFINITE {
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
}
