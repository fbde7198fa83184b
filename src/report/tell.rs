//! Missed limits in words for the author: the figure, the limit, why nothing
//! better could be had, and what to change.

use super::faults::{Crowd, Fault};
use super::limits;
use super::survey::{Spot, Survey};
use crate::base::Abs;
use crate::diag::{Code, Diagnostic};

/// A warning at the author's line.
pub(super) fn warning(survey: &Survey<'_>, fault: Fault) -> Option<Diagnostic> {
    let line = |number: usize| survey.lines.get(number);
    Some(match fault {
        Fault::Loose(number) => loose(line(number)?),
        Fault::Wide(number, crowd) => wide(line(number)?, crowd),
        Fault::Tight(number) => tight(line(number)?),
        Fault::Short(number, by) => short(line(number)?, by),
        Fault::Hyphens(number, count) => hyphens(line(number)?, count),
        Fault::HyphenAtFoot(number) => hyphen_at_foot(line(number)?),
        Fault::Runt(number) => runt(line(number)?),
        Fault::Stub(number) => stub(line(number)?),
        Fault::Widow(number) => widow(line(number)?),
        Fault::Orphan(number) => orphan(line(number)?),
        Fault::Stranded(number) => {
            let heading = survey.outline.get(number)?;
            let message = format!(
                "fewer than {} lines stand below the heading “{}” on page {}; no better end of a \
                 column exists: every other one costs a worse fault",
                limits::LINES_TOGETHER,
                heading.title,
                heading.page + 1
            );
            Diagnostic::warning(Code::STRANDED_HEADING, heading.span, message)
                .label("parted from its text")
                .hint("shorten or lengthen the text before it by two or three lines")
        }
        Fault::Uneven(feet) => {
            let may = match feet.most {
                0 => "they should end level".to_owned(),
                most => format!("{} is the most where a text ends", count(most, "line")),
            };
            let message = format!(
                "columns side by side on page {} end {} apart, {may}; no better division exists: \
                 what stands in them cannot be parted elsewhere",
                feet.page + 1,
                count(feet.rows, "line"),
            );
            // Without anything in the columns they cannot differ.
            Diagnostic::warning(Code::UNEVEN_COLUMNS, feet.span?, message)
                .label("the longest column ends here")
                .hint(format!(
                    "shorten this column or lengthen the others by {}, let an image or chart \
                     float (`float = true`), or split a box into two",
                    count(feet.rows - feet.most, "line"),
                ))
        }
        Fault::Empty(page, share, span) => {
            let message = format!(
                "page {} is {:.0}% full, {:.0}% is the least; no fuller one exists: what follows \
                 does not fit on it",
                page + 1,
                share * 100.0,
                limits::FULL_SHARE * 100.0
            );
            Diagnostic::warning(Code::NEARLY_EMPTY_PAGE, span, message)
                .label("the page ends here")
                .hint("move a text before the block that follows, or make that block smaller")
        }
    })
}

fn at(code: Code, line: &Spot<'_>, message: String) -> Diagnostic {
    Diagnostic::warning(code, line.facts.span, message)
}

/// Where a line stands, for messages.
fn on_page(line: &Spot<'_>) -> String {
    format!("on page {}", line.page + 1)
}

fn loose(line: &Spot<'_>) -> Diagnostic {
    let most = format!("{:.2} is the most", limits::GAP_MOST);
    spaced_out(line, limits::GAP_MOST, &most).label("a loose line")
}

fn wide(line: &Spot<'_>, crowd: Crowd) -> Diagnostic {
    let Crowd { found, most, all } = crowd;
    let may = format!("{found} of {all} lines have more than {:.2}, {most} may", limits::GAP_P95);
    spaced_out(line, limits::GAP_P95, &may).label("a wide line")
}

/// A line whose gaps are wider than they may be.
fn spaced_out(line: &Spot<'_>, most: f64, may: &str) -> Diagnostic {
    let gap = line.facts.gap;
    let message = format!(
        "the word spaces of this line {} are {gap:.2} times as wide as usual, {may}; no better \
         break exists: no other word or syllable fits",
        on_page(line),
    );
    let excess = line.words.white * ((gap - most) / gap.max(1.0));
    at(Code::LOOSE_LINE, line, message).hint(format!(
        "lengthen the words of this line by about {}, shorten the word after it, or put a soft \
         hyphen (&shy;) into that",
        characters(line.words.chars_in(excess))
    ))
}

fn tight(line: &Spot<'_>) -> Diagnostic {
    let facts = line.facts;
    let lack = line.words.white * ((limits::GAP_LEAST - facts.gap) / facts.gap.max(0.1));
    at(
        Code::LOOSE_LINE,
        line,
        format!(
            "the word spaces of this line {} are {:.2} times as wide as usual, {:.2} is the \
             least; no better break exists: its words cannot be parted elsewhere",
            on_page(line),
            facts.gap,
            limits::GAP_LEAST
        ),
    )
    .label("a tight line")
    .hint(format!(
        "shorten the words of this line by about {}",
        characters(line.words.chars_in(lack))
    ))
}

fn short(line: &Spot<'_>, by: Abs) -> Diagnostic {
    at(
        Code::LOOSE_LINE,
        line,
        format!(
            "this line {} ends {:.1} mm before the column's edge, as its word spaces would be \
             more than {:.2} times as wide as usual; no better break exists: no other word or \
             syllable fits",
            on_page(line),
            by.to_mm(),
            limits::GAP_MOST
        ),
    )
    .label("a line that stays short")
    .hint(format!(
        "lengthen the words of this line by about {}, or put a soft hyphen (&shy;) into the word \
         after it",
        characters(line.words.chars_in(by))
    ))
}

fn hyphens(line: &Spot<'_>, run: usize) -> Diagnostic {
    at(
        Code::HYPHENS_IN_A_ROW,
        line,
        format!(
            "{run} lines in a row {} end with a hyphen, {} is the most; no better break exists: \
             without them a line would be too wide or a last one too short",
            on_page(line),
            limits::HYPHENS_IN_A_ROW
        ),
    )
    .label("one hyphen too many")
    .hint("shorten or lengthen the paragraph by a word before this line")
}

fn hyphen_at_foot(line: &Spot<'_>) -> Diagnostic {
    at(
        Code::HYPHEN_AT_COLUMN_END,
        line,
        format!(
            "the last line of a column {} ends with a hyphen; no better end of the column exists: \
             every other one costs a worse fault, such as a single line or uneven columns",
            on_page(line)
        ),
    )
    .label("this word goes on in the next column")
    .hint("shorten or lengthen this paragraph by a word before this line")
}

fn runt(line: &Spot<'_>) -> Diagnostic {
    let facts = line.facts;
    let least = limits::RUNT.at(facts.size);
    let more = line.words.chars_in(least - facts.width);
    at(
        Code::RUNT,
        line,
        format!(
            "the last line of this paragraph {} is {:.1} em long, {:.1} em is the least; no better \
             break exists: the words before it fill whole lines",
            on_page(line),
            facts.width / facts.size.max(Abs::sp(1)),
            limits::RUNT.get()
        ),
    )
    .label("a very short last line")
    .hint(advice(line.words.len(), more))
}

fn stub(line: &Spot<'_>) -> Diagnostic {
    let more = line.words.chars_in(limits::RUNT.at(line.facts.size));
    at(
        Code::RUNT,
        line,
        format!(
            "the last line of this paragraph {} is only the end of a hyphenated word; no better \
             break exists: the words before it fill whole lines",
            on_page(line)
        ),
    )
    .label("half a word for a last line")
    .hint(advice(line.words.len(), more))
}

fn advice(less: i64, more: i64) -> String {
    format!(
        "shorten the paragraph by about {}, or lengthen it by about {}",
        characters(less),
        characters(more)
    )
}

fn widow(line: &Spot<'_>) -> Diagnostic {
    let hint = format!(
        "shorten the paragraph by about {}, or lengthen it by a line",
        characters(line.words.len())
    );
    alone(Code::WIDOW, line, "the last line of a paragraph stands alone at the head", hint)
        .label("a widow")
}

fn orphan(line: &Spot<'_>) -> Diagnostic {
    let hint = "shorten the text before it by a line or two, or lengthen it by a line";
    alone(Code::ORPHAN, line, "the first line of a paragraph stands alone at the foot", hint)
        .label("an orphan")
}

/// A line that stands alone where a column starts or ends.
fn alone(code: Code, line: &Spot<'_>, what: &str, hint: impl Into<String>) -> Diagnostic {
    let why = "no better end of a column exists: every other one costs a worse fault";
    at(code, line, format!("{what} of a column {}; {why}", on_page(line))).hint(hint)
}

fn characters(number: i64) -> String {
    count(number, "character")
}

fn count(number: i64, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}
