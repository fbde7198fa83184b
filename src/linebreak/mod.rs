//! Optimal line breaks after Knuth and Plass, "Breaking Paragraphs into
//! Lines" (Software: Practice and Experience 11, 1981). Pure numbers: no fonts.
//!
//! A paragraph is a list of [`Item`]s, closed by [`finish`]. [`break_lines`]
//! finds its cheapest breaks, [`variants`] also the cheapest ones that take a
//! line less or one or two more, for a paginator to choose from. [`Params`]
//! lists what costs what.
//!
//! The search goes through the places where a line may end, from left to right,
//! and keeps for each the cheapest way there for every number of lines, tightness
//! of the last line and number of hyphens in a row. It runs in up to three
//! [`Pass`]es, each of which allows more. Lengths and costs are integers and
//! ratios take nothing but the four operations, so results are the same on every
//! machine.
//!
//! It differs from the article, and from TeX, in this:
//! - Some lines break a *limit*: spaces too wide, a hyphen too many in a row, a
//!   runt at the end. TeX weighs them against all else; here a paragraph has such
//!   a line only if it cannot be set without, and then the lightest ones. The
//!   search counts hyphens in a row, so it sees the third one coming.
//! - Limits take the place of TeX's tolerance and emergency stretch. Justified
//!   text has no pass without hyphens either: even spaces and few hyphens are
//!   weighed at once.
//! - Boxes may give a little, as glyphs scaled by a percent or two do. That is
//!   the font expansion of Hermann Zapf's hz-program and of pdfTeX (Hàn Thế Thành,
//!   "Micro-typographic extensions to the TeX typesetting system", Masaryk
//!   University Brno, 2000). pdfTeX widens letters in steps and fills up with the
//!   spaces; here both share one ratio up to the letters' limit.
//! - A line costs the same in every pass, so costs of variants compare.
//! - White before a break vanishes even if something invisible stands between.
//! - No break leaves a line without a box, unless between two forced breaks.
//! - Only what cannot be broken is wider than the measure.
//!
//! The ends of a line add fixed widths, [`Penalty::before`] and
//! [`Penalty::after`]; hanging punctuation can lower them. For that a penalty of
//! cost 0 may stand in front of glue: a break there is a break at the glue.

mod breakpoint;
mod breaks;
mod item;
mod params;
mod price;
mod search;
#[cfg(test)]
mod tests;

pub use breaks::{Breach, Breaks, Line, Pass};
pub use item::{Item, Penalty, finish};
pub use params::{MAX_HYPHENS, Measure, Params, WIDE_RATIO};

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
/// earliest pass that has them. None but the natural one breaks a limit: a
/// number of lines that only [`Pass::Rescue`] has does not exist here, unless it
/// is the natural one.
pub fn variants(items: &[Item], measure: Measure<'_>, params: &Params) -> Vec<Breaks> {
    let mut search = Search::new(items, measure, params);
    let (natural_pass, mut nodes) = natural(&mut search);
    let natural = trace_cheapest(&search, &nodes, natural_pass);
    let count = natural.lines.len();
    if count == 0 || natural_pass == Pass::Rescue {
        return vec![natural];
    }
    let mut wanted: Vec<usize> =
        [count - 1, count + 1, count + 2].into_iter().filter(|&lines| lines > 0).collect();
    let floor = natural.cost.saturating_add(1);
    let mut found = vec![natural];
    let mut pass = natural_pass;
    loop {
        for &node in &nodes {
            if let Some(at) = wanted.iter().position(|&lines| lines == search.lines_of(node)) {
                wanted.swap_remove(at);
                let mut breaks = search.trace(node, pass);
                if pass > natural_pass {
                    // Nobody needs its hyphens or its short lines but the paginator.
                    breaks.cost = breaks.cost.max(floor);
                }
                found.push(breaks);
            }
        }
        if wanted.is_empty() || pass == Pass::Normal {
            break;
        }
        pass = Pass::Normal;
        nodes = search.run(pass);
    }
    found.sort_by_key(|breaks| breaks.lines.len());
    found
}

/// Runs passes until one finds a break.
fn natural(search: &mut Search<'_>) -> (Pass, Vec<usize>) {
    for pass in [Pass::Unhyphenated, Pass::Normal] {
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
