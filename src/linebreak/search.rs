//! The search for the cheapest breaks, by dynamic programming over breakpoints.

use super::breakpoint::{Breakpoint, Sums, breakpoints};
use super::breaks::{Breaks, Line, Pass};
use super::item::Item;
use super::params::{Measure, Params};
use super::price::{Fit, Fitness, Hyphens, Pricing};
use crate::base::Abs;

/// How far the number of lines up to a breakpoint may differ from that of the
/// cheapest way there. Variants differ by two lines in the end; four times as much
/// on the way is room enough, and keeps long paragraphs from growing quadratically.
const WINDOW: u32 = 8;

/// Beyond every sum.
const FAR: Abs = Abs::sp(i64::MAX);

/// The ratio up to which stretched sums stay within 64 bits.
const WIDEST_LIMIT: f64 = 8.0;

/// What two sums of two rounded products each may be off by, at least.
const ROUNDING: Abs = Abs::sp(4);

/// The cheapest way to a breakpoint with a number of lines, a tightness of the
/// last of them, and a number of hyphens in a row at its end.
#[derive(Debug, Clone, Copy)]
struct Node {
    cost: i64,
    /// The node at the start of the last line.
    previous: u32,
    /// The breakpoint.
    point: u32,
    /// The number of lines up to it.
    lines: u32,
    fitness: Fitness,
    hyphens: Hyphens,
}

impl Node {
    /// Whether no way on from the other node, which is at the same breakpoint
    /// and whose next lines are as long, can be cheaper than the same from this one. Tightness
    /// matters to one line more, and there at most by its demerits.
    fn beats(&self, other: &Node, fitness_demerits: i64) -> bool {
        let loss = if self.fitness == other.fitness { 0 } else { fitness_demerits };
        self.hyphens <= other.hyphens && self.cost.saturating_add(loss) <= other.cost
    }
}

/// A breakpoint at which a line may still begin.
#[derive(Debug, Clone, Copy)]
struct Active {
    point: usize,
    /// The first breakpoint that can end its line.
    next: usize,
    from: Sums,
    /// [`Sums::shrunk`] at `from`.
    low: Abs,
    /// Its nodes.
    nodes: (usize, usize),
}

/// One paragraph's search; the buffers serve all its passes.
pub(super) struct Search<'a> {
    measure: Measure<'a>,
    pricing: Pricing<'a>,
    points: Vec<Breakpoint>,
    nodes: Vec<Node>,
    actives: Vec<Active>,
    candidates: Vec<Node>,
    /// Whether the pass looks for the cheapest break alone, whatever its number
    /// of lines. It can if a line's number does not tell its length.
    pooled: bool,
    /// For each breakpoint, the least fully stretched sum at the start of a line
    /// from there or later on, up to the next forced break.
    reach: Vec<Abs>,
}

impl<'a> Search<'a> {
    pub(super) fn new(items: &[Item], measure: Measure<'a>, params: &'a Params) -> Search<'a> {
        let points = breakpoints(items, params.ragged_stretch.is_some());
        Search {
            measure,
            pricing: Pricing::new(params),
            nodes: Vec::with_capacity(points.len()),
            actives: Vec::with_capacity(points.len()),
            candidates: Vec::with_capacity(16),
            pooled: false,
            reach: Vec::with_capacity(points.len()),
            points,
        }
    }

    /// Whether a pass is to be run at all.
    pub(super) fn wants(&self, pass: Pass) -> bool {
        pass != Pass::Unhyphenated || self.pricing.params.pretolerance.is_some()
    }

    /// Runs a pass, and returns the last node of the cheapest break for each
    /// number of lines, fewest first. Empty if the pass finds no break. The last
    /// pass may leave out all numbers but that of the cheapest.
    pub(super) fn run(&mut self, pass: Pass) -> Vec<usize> {
        self.nodes.clear();
        self.actives.clear();
        self.candidates.clear();
        self.pooled = pass == Pass::Rescue && matches!(self.measure, Measure::Same(_));
        self.nodes.push(Node {
            cost: 0,
            previous: 0,
            point: 0,
            lines: 0,
            fitness: Fitness::Decent,
            hyphens: Hyphens::default(),
        });
        self.activate(0, 0);
        let limit = self.prepare_reach(pass);
        let (shortest, longest) = self.measure.bounds();
        let inset = self.pricing.inset;
        let (shortest, longest) = (shortest - inset, longest + inset);
        let mut first = 0;
        for index in 1..self.points.len() {
            let point = self.points[index];
            if pass == Pass::Unhyphenated && point.hyphenates {
                continue;
            }
            while self.actives.get(first).is_some_and(|active| {
                point.low - active.low > longest && (pass != Pass::Rescue || active.next < index)
            }) {
                first += 1;
            }
            // Lines that begin where the reach is beyond this are too loose.
            let horizon = if point.filled || limit == f64::INFINITY {
                FAR
            } else {
                point.to.stretched(limit) + self.pricing.end_stretch * limit - shortest + ROUNDING
            };
            for at in first..self.actives.len() {
                let active = self.actives[at];
                if active.next > index || self.reach[active.point] > horizon {
                    break;
                }
                self.try_lines(&active, index, &point, pass);
            }
            if point.forced {
                self.actives.clear();
                first = 0;
            }
            self.keep(index);
            if first == self.actives.len() {
                return Vec::new();
            }
        }
        self.finals()
    }

    /// Fills `reach`, and returns the ratio beyond which the pass takes no line.
    /// It is infinite, and `reach` empty, if there is none.
    fn prepare_reach(&mut self, pass: Pass) -> f64 {
        let limit = match pass {
            Pass::Unhyphenated => Pricing::max_ratio(self.pricing.pretolerance()),
            Pass::Normal => self.pricing.limit,
            Pass::Rescue => f64::INFINITY,
        };
        // Large sums are rounded when they are multiplied, and the bound only
        // spares work. A wide one spares none, and its products could overflow.
        let limit = match limit.max(0.0) * 1.01 {
            limit if limit < WIDEST_LIMIT => limit,
            _ => f64::INFINITY,
        };
        let mut least = FAR;
        self.reach.clear();
        if limit == f64::INFINITY {
            self.reach.resize(self.points.len(), -FAR);
            return limit;
        }
        self.reach.extend(self.points.iter().rev().map(|point| {
            let here = least.min(point.from.stretched(limit));
            least = if point.forced { FAR } else { here };
            here
        }));
        self.reach.reverse();
        limit
    }

    /// Makes candidates of the lines between two breakpoints, one for each node
    /// at the first.
    fn try_lines(&mut self, active: &Active, index: usize, point: &Breakpoint, pass: Pass) {
        let mut known: Option<(Abs, Option<(Fit, i64)>)> = None;
        for node in active.nodes.0..active.nodes.1 {
            let Node { cost: cost_before, lines, fitness, hyphens, .. } = self.nodes[node];
            let measure = self.measure.of(lines as usize);
            let line = match known {
                Some((same, line)) if same == measure => line,
                _ => {
                    let fit = self.pricing.fit(&active.from, point, measure);
                    let line = self
                        .admits(pass, active, index, point, &fit)
                        .then(|| (fit, self.pricing.cost(&self.points[active.point], point, &fit)));
                    known = Some((measure, line));
                    line
                }
            };
            let Some((fit, mut cost)) = line else { continue };
            let forbidden = self.pricing.params.unhyphenated_line == Some(lines);
            if point.hyphen && forbidden && pass != Pass::Rescue {
                continue;
            }
            if point.hyphen && hyphens.full() {
                if pass != Pass::Rescue {
                    continue;
                }
                cost += self.pricing.third_hyphen();
            }
            cost += self.pricing.clash(fitness, fit.fitness);
            self.offer(Node {
                cost: cost_before.saturating_add(cost),
                // The number of nodes is at most a few dozen a breakpoint.
                previous: node as u32,
                point: index as u32,
                lines: lines + 1,
                fitness: fit.fitness,
                hyphens: hyphens.after(point.hyphen),
            });
        }
    }

    /// Whether a pass takes this line, its hyphen aside.
    fn admits(
        &self,
        pass: Pass,
        active: &Active,
        index: usize,
        point: &Breakpoint,
        fit: &Fit,
    ) -> bool {
        if pass == Pass::Rescue {
            return !fit.overfull || active.next == index;
        }
        let start = &self.points[active.point];
        let even = match pass {
            Pass::Unhyphenated => !fit.loose && fit.badness <= self.pricing.pretolerance(),
            _ => fit.ratio <= self.pricing.limit,
        };
        even && !fit.overfull && !self.pricing.is_runt(start, point, fit.natural)
    }

    /// Keeps the candidate if it is the cheapest of its kind. Of equals the
    /// first one stays, whose last line is longest.
    fn offer(&mut self, new: Node) {
        let alike = |old: &&mut Node| {
            (self.pooled || old.lines == new.lines)
                && old.fitness == new.fitness
                && old.hyphens == new.hyphens
        };
        match self.candidates.iter_mut().find(alike) {
            Some(old) if (new.cost, new.lines) < (old.cost, old.lines) => *old = new,
            Some(_) => {}
            None => self.candidates.push(new),
        }
    }

    /// Turns the candidates for a breakpoint into nodes, less those that cannot
    /// become the best, and lets lines begin there.
    fn keep(&mut self, index: usize) {
        let Some(best) = self.candidates.iter().min_by_key(|node| (node.cost, node.lines)) else {
            return;
        };
        let best_lines = best.lines;
        let pooled = self.pooled;
        self.candidates.retain(|node| pooled || node.lines.abs_diff(best_lines) <= WINDOW);
        self.candidates.sort_unstable_by_key(|node| {
            let group = if pooled { 0 } else { node.lines };
            (group, node.cost, node.lines, node.hyphens, node.fitness)
        });
        let begin = self.nodes.len();
        let demerits = i64::from(self.pricing.params.fitness_demerits);
        for group in self.candidates.chunk_by(|a, b| pooled || a.lines == b.lines) {
            let kept = self.nodes.len();
            for node in group {
                if !self.nodes[kept..].iter().any(|other| other.beats(node, demerits)) {
                    self.nodes.push(*node);
                }
            }
        }
        self.candidates.clear();
        self.activate(index, begin);
    }

    fn activate(&mut self, point: usize, first_node: usize) {
        let Breakpoint { next, from, .. } = self.points[point];
        self.actives.push(Active {
            point,
            next,
            from,
            low: from.shrunk(),
            nodes: (first_node, self.nodes.len()),
        });
    }

    /// The cheapest node for each number of lines among those of the last
    /// breakpoint, which alone is active after a forced break.
    fn finals(&self) -> Vec<usize> {
        let Some(active) = self.actives.last() else {
            return Vec::new();
        };
        let (begin, end) = active.nodes;
        // Nodes stand by number of lines, the cheapest of each first.
        (begin..end)
            .filter(|&node| node == begin || self.nodes[node - 1].lines != self.nodes[node].lines)
            .collect()
    }

    pub(super) fn lines_of(&self, node: usize) -> usize {
        self.nodes[node].lines as usize
    }

    pub(super) fn cost_of(&self, node: usize) -> i64 {
        self.nodes[node].cost
    }

    /// The lines on the way to a node.
    pub(super) fn trace(&self, last: usize, pass: Pass) -> Breaks {
        let mut lines = Vec::with_capacity(self.lines_of(last));
        let mut node = self.nodes[last];
        while node.lines > 0 {
            let previous = self.nodes[node.previous as usize];
            lines.push(self.line(&previous, &node));
            node = previous;
        }
        lines.reverse();
        Breaks { lines, cost: self.cost_of(last), pass }
    }

    fn line(&self, previous: &Node, node: &Node) -> Line {
        let start = &self.points[previous.point as usize];
        let end = &self.points[node.point as usize];
        let params = self.pricing.params;
        let fit = self.pricing.fit(&start.from, end, self.measure.of(previous.lines as usize));
        let justified = self.pricing.justified;
        Line {
            start: start.start,
            end: end.end,
            break_at: end.at,
            ratio: match fit.ratio {
                _ if !justified => 0.0,
                // No ratio helps a line without glue.
                f64::INFINITY => 0.0,
                ratio => ratio.min(params.max_ratio),
            },
            natural: fit.natural,
            inset: fit.inset,
            hyphen: end.hyphen,
            cost: node.cost.saturating_sub(previous.cost),
            overfull: fit.overfull,
            underfull: justified && fit.ratio > params.max_ratio,
            loose: fit.loose,
            third_hyphen: end.hyphen && previous.hyphens.full(),
            runt: self.pricing.is_runt(start, end, fit.natural),
        }
    }
}
