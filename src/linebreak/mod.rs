//! Optimal line breaks after Knuth and Plass, "Breaking Paragraphs into
//! Lines" (Software: Practice and Experience 11, 1981). Pure numbers: no fonts.
//!
//! A paragraph is a list of [`Item`]s, closed by [`finish`]. [`break_lines`]
//! finds its cheapest breaks, [`variants`] also the cheapest ones that take a
//! line less or one or two more, for a paginator to choose from. [`Params`]
//! lists what costs what.
//!
//! The search goes through the places where a line may end, from left to right,
//! and keeps for each the cheapest way there for every number of lines and
//! tightness of the last line. It runs in up to four [`Pass`]es, each of which
//! allows more. Lengths and costs are integers and ratios take nothing but
//! division, so results are the same on every machine.
//!
//! It differs from the article, and from TeX, in this:
//! - A line costs the same in every pass, so costs of variants compare.
//! - White before a break vanishes even if something invisible stands between.
//! - No break leaves a line without a box, unless between two forced breaks.
//! - Where nothing is tolerable, loose lines are as full as can be, and only
//!   what cannot be broken is wider than the measure.
//!
//! The ends of a line add fixed widths, [`Penalty::before`] and
//! [`Penalty::after`]; hanging punctuation can lower them. Scaling of glyphs can
//! become stretch and shrink of boxes.

mod breakpoint;
mod breaks;
mod item;
mod params;
mod price;
mod search;
#[cfg(test)]
mod tests;

pub use breaks::{Breaks, Line, Pass};
pub use item::{Item, Penalty, finish};
pub use params::{Measure, Params};

use search::Search;

/// The cheapest way to break a paragraph into lines.
///
/// It always succeeds: a box wider than the measure makes an overfull line. A
/// paragraph that does not end with a forced break ends as if [`finish`]ed; one
/// without any box or forced break has no lines.
pub fn break_lines(items: &[Item], measure: Measure<'_>, params: &Params) -> Breaks {
    let mut search = Search::new(items, measure, params);
    let (pass, nodes) = natural(&mut search);
    trace_cheapest(&search, &nodes, pass)
}

/// The cheapest ways to break a paragraph into one line less than
/// [`break_lines`] does, as many, one and two more, as far as they exist, fewest
/// lines first.
///
/// The first of least cost is that of [`break_lines`]. Others come from the
/// earliest pass that has them, but only the natural one's can be
/// [`Pass::Rescue`].
pub fn variants(items: &[Item], measure: Measure<'_>, params: &Params) -> Vec<Breaks> {
    let mut search = Search::new(items, measure, params);
    let (natural_pass, nodes) = natural(&mut search);
    let natural = trace_cheapest(&search, &nodes, natural_pass);
    let count = natural.lines.len();
    let mut wanted: Vec<usize> = match count {
        0 => return vec![natural],
        _ => [count - 1, count + 1, count + 2].into_iter().filter(|&lines| lines > 0).collect(),
    };
    let floor = natural.cost + 1;
    let mut found = vec![natural];
    let mut pass = natural_pass;
    let mut nodes = nodes;
    loop {
        for &node in nodes.iter() {
            if let Some(at) = wanted.iter().position(|&lines| lines == search.lines_of(node)) {
                wanted.swap_remove(at);
                let mut breaks = search.trace(node, pass);
                if pass > natural_pass {
                    // Nobody needs its hyphens or its loose lines but the paginator.
                    breaks.cost = breaks.cost.max(floor);
                }
                found.push(breaks);
            }
        }
        pass = match pass {
            Pass::Unhyphenated => Pass::Hyphenated,
            Pass::Hyphenated => Pass::Emergency,
            Pass::Emergency | Pass::Rescue => break,
        };
        if wanted.is_empty() {
            break;
        }
        nodes = search.run(pass);
    }
    found.sort_by_key(|breaks| breaks.lines.len());
    found
}

/// Runs passes until one finds a break.
fn natural(search: &mut Search<'_>) -> (Pass, Vec<usize>) {
    for pass in [Pass::Unhyphenated, Pass::Hyphenated, Pass::Emergency] {
        if search.wants(pass) {
            let nodes = search.run(pass);
            if !nodes.is_empty() {
                return (pass, nodes);
            }
        }
    }
    (Pass::Rescue, search.run(Pass::Rescue))
}

fn trace_cheapest(search: &Search<'_>, nodes: &[usize], pass: Pass) -> Breaks {
    // Of equals the one with the fewest lines, which comes first. Node 0 is the
    // paragraph's start: no lines.
    let cheapest = nodes.iter().copied().min_by_key(|&node| search.cost_of(node));
    search.trace(cheapest.unwrap_or(0), pass)
}
