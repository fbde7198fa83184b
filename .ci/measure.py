#!/usr/bin/env python3
"""Measures how well a brochure is set, from the finished PDF alone.

    .ci/measure.py PDF... [--json] [--list] [--font-dir fonts]
                   [--leading 13] [--size 9.5] [--tolerance 0.2]

--json        all figures, and every fault with its page and text
--list        the faults below the table
--font-dir    where the width of U+0020 is read for fonts that come without
              (LaTeX writes no blanks); found by PostScript name
--leading     the grid's step in points; otherwise the usual distance of lines
--size        the body size in points; otherwise the most frequent size
--tolerance   how far a baseline may be off the grid, in points

The same rules hold for every PDF, whichever program wrote it. Needs Python
3.11 and pdfminer.six. It never fails a build: it exits with 0 unless a file
cannot be read. measure_text.py says what a line, stack, band … is.

A word gap runs from the end of one glyph's advance to the origin of the next
glyph; 1 is the width of U+0020 in the same font at the same size, without
horizontal scaling. A line is justified if it ends within 1 pt of its
frame's right edge or hangs out by no more than 0.7 of its last glyph. The last
line of a paragraph counts neither as justified nor as ragged.
"""

import argparse
import collections
import json
import math
import statistics
import sys

import measure_page
import measure_pdf
import measure_text

LOOSE, LOOSER, TIGHT = 1.7, 1.73, 0.75
WIDE = 70 * 72 / 25.4
# Below this measure a last line of 4 em is no runt: labels, cells of tables.
LABEL = 40 * 72 / 25.4


class Brochure:
    """A PDF taken apart into lines, fragments and bands."""

    def __init__(self, path, fonts=None, leading=None, size=None):
        reading = measure_pdf.read(path)
        self.pages = reading.pages
        spaces = dict(fonts or {})
        spaces.update(reading.spaces)
        self.spaces = spaces
        every = {p.number: measure_text.lines_of(p, spaces) for p in self.pages}
        self.body = size or measure_text.body_size([k for v in every.values() for k in v])
        found = [k for v in every.values() for k in v if abs(k.size - self.body) <= 0.05]
        self.leading = leading or measure_text.find_leading(found)
        running = measure_page.running(self.pages, every, self.body)
        self.lines = {n: [k for k in v if k not in running] for n, v in every.items()}
        self.stacks = measure_text.frames(self.lines, self.body, self.leading)
        self.sides = measure_page.text_sides(self.stacks)
        self.bands = [
            band for page in self.pages for band in measure_page.bands_of(
                page, self.lines[page.number], self.stacks[page.number], self.sides, self.body)]
        measure_page.complete(self.bands)
        self.fragments = self.in_order()
        measure_text.link(self.fragments)

    def in_order(self):
        """All fragments of body size in reading order."""
        slots = {}
        for number, band in enumerate(self.bands):
            for place, column in enumerate(band.columns):
                for line in column.lines:
                    slots[id(line)] = (number, place)
        found = []
        for page, stacks in self.stacks.items():
            for stack in stacks:
                # What stands in a spanner has a slot of its own.
                lone = (page, stack[0].base)
                for fragment in measure_text.fragments_of(stack, self.body):
                    fragment.slot = slots.get(id(fragment.lines[0]), lone)
                    found.append(fragment)
        # Bands are numbered from the document's start; a spanner's texts
        # stand before the first band below them.
        def key(fragment):
            line = fragment.lines[0]
            if isinstance(fragment.slot[1], int):
                return (*fragment.slot, line.base)
            below = [n for n, b in enumerate(self.bands)
                     if (b.page, b.top) > (line.page, line.base)]
            return (min(below, default=len(self.bands)) - 0.5, 0, line.base)
        return sorted(found, key=key)

    @property
    def body_lines(self):
        """All lines of body size."""
        return [k for f in self.fragments for k in f.lines]


def share(part, whole):
    """A share in per cent, or None of nothing."""
    return round(100 * part / whole, 1) if whole else None


def where(line, **more):
    """A place for people to find."""
    return {"page": line.page, "x": round(line.x0, 1), "y": round(line.base, 1),
            "text": line.text[-60:], **more}


def word_gaps(brochure, tolerance):
    """Gaps of justified lines, and how many body lines are justified."""
    wide = [k for k in brochure.body_lines if not k.last and k.measure >= WIDE - 1]
    ragged = [k for k in wide if not k.justified]
    set_lines = [k for k in brochure.body_lines if k.justified and not k.last]
    ratios = sorted(g.ratio for k in set_lines for g in k.gaps)
    most = {id(k): max((g.ratio for g in k.gaps), default=1) for k in set_lines}
    least = {id(k): min((g.ratio for g in k.gaps), default=1) for k in set_lines}
    usual = collections.Counter(round(k.measure) for k in set_lines)
    column = usual.most_common(1)[0][0] if usual else 0
    of_columns = [k for k in set_lines if abs(k.measure - column) < 1.5]
    column_ratios = sorted(g.ratio for k in of_columns for g in k.gaps)
    frames = {}
    for line in brochure.body_lines:
        key = (line.page, round(line.left), round(line.measure))
        frames.setdefault(key, []).append(line)
    return {
        "body_lines": len(brochure.body_lines),
        "justified_lines": len(set_lines),
        "justified_share": share(len(wide) - len(ragged), len(wide)),
        "wide_lines": len(wide),
        "ragged": [where(k, measure=round(k.measure, 1)) for k in ragged],
        "gap_p95": percentile(ratios, 0.95),
        "gap_max": round(ratios[-1], 3) if ratios else None,
        "gap_min": round(ratios[0], 3) if ratios else None,
        "gaps": len(ratios),
        "column_measure": column,
        "column_lines": len(of_columns),
        "gap_p95_column": percentile(column_ratios, 0.95),
        "gap_max_column": round(column_ratios[-1], 3) if column_ratios else None,
        "looser_1.7": sum(most[id(k)] > LOOSE + 0.0005 for k in set_lines),
        "looser_1.73": sum(most[id(k)] > LOOSER + 0.0005 for k in set_lines),
        "tighter_0.75": sum(least[id(k)] < TIGHT - 0.0005 for k in set_lines),
        "loose": [where(k, gap=round(most[id(k)], 3)) for k in set_lines
                  if most[id(k)] > LOOSE + 0.0005],
        "tight": [where(k, gap=round(least[id(k)], 3)) for k in set_lines
                  if least[id(k)] < TIGHT - 0.0005],
        "scaling": scaling(set_lines),
        "tracking": tracking(set_lines),
        "frames": [{"page": p, "left": x, "measure": m, "lines": len(v),
                    "justified": sum(k.justified and not k.last for k in v)}
                   for (p, x, m), v in sorted(frames.items())],
    }


def percentile(values, part):
    """The smallest value that at least this part of sorted values reach."""
    if not values:
        return None
    return round(values[max(0, math.ceil(part * len(values)) - 1)], 3)


def scaling(lines):
    """The least and greatest horizontal scaling in per cent."""
    scales = [g.scale for k in lines for g in k.glyphs]
    return [round(100 * min(scales), 2), round(100 * max(scales), 2)] if scales else None


def tracking(lines):
    """The least and greatest letter spacing of a line in thousandths of an em:
    the median of the space between letters, most of which have no kerning."""
    found = []
    for line in lines:
        starts = {gap.index for gap in line.gaps}
        pairs = zip(line.glyphs, line.glyphs[1:])
        between = [(b.x0 - a.x1) / line.size for i, (a, b) in enumerate(pairs, 1)
                   if i not in starts]
        if len(between) > 9:
            found.append(1000 * statistics.median(between))
    # Adding 0 makes a zero of a minus zero.
    return [round(min(found)) + 0, round(max(found)) + 0] if found else None


def hyphens(brochure, tolerance):
    """Lines that end with a hyphen, in a row and at a column's end."""
    longest, run, count, ends, runs = 0, 0, 0, [], []
    previous = None
    for fragment in brochure.fragments:
        # A run ends with a paragraph, but not with a column.
        if fragment.before is not previous or previous is None:
            run = 0
        for line in fragment.lines:
            run = run + 1 if line.hyphen else 0
            count += line.hyphen
            longest = max(longest, run)
            if run > 2:
                runs.append(where(line, run=run))
        last = fragment.lines[-1]
        if last.hyphen:
            ends.append(where(last))
        previous = fragment
    return {"hyphens": count, "hyphen_run": longest, "hyphen_runs": runs,
            "hyphen_at_end": len(ends), "hyphen_ends": ends}


def paragraph_ends(brochure, tolerance):
    """Runts, widows and orphans."""
    runts, labels, widows, orphans = [], [], [], []
    for fragment in brochure.fragments:
        if fragment.before:
            if len(fragment.lines) == 1 and not fragment.after:
                widows.append(where(fragment.lines[0]))
        elif fragment.after and len(fragment.lines) == 1:
            orphans.append(where(fragment.lines[0]))
        lines = fragment.paragraph
        if fragment.after or len(lines) < 2:
            continue
        last = lines[-1]
        stub = lines[-2].hyphen and not last.gaps
        if last.x1 - last.x0 < 4 * brochure.body - 0.01 or stub:
            fault = where(last, em=round((last.x1 - last.x0) / brochure.body, 2), stub=stub)
            (runts if last.measure >= LABEL else labels).append(fault)
    return {"runts_in_labels": len(labels), "label_list": labels, "runts": len(runts), "runt_list": runts, "widows": len(widows),
            "widow_list": widows, "orphans": len(orphans), "orphan_list": orphans}


def headings(brochure, tolerance):
    """Headings with fewer than two lines below them in their column."""
    stranded, count = [], 0
    for page in brochure.pages:
        lines = brochure.lines[page.number]
        if not brochure.stacks[page.number]:
            continue
        big = [k for k in lines if k.size >= 1.08 * brochure.body]
        for stack in measure_text.stacks_of(big, 1.3 * brochure.body, 3.2):
            last = stack[-1]
            words = " ".join(k.text for k in stack)
            sentence = words[-1] in ".!?”’\"'," or words[0] in "“‘\"'"
            if len(stack) > 3 or sentence or not words[0].isalpha() \
                    or any(c.isdigit() for c in words):
                continue
            if max(k.fonts for k in stack) & plain_fonts(brochure):
                continue
            count += 1
            column = next((c for b in brochure.bands for c in b.columns if last in c.lines), None)
            x0, x1 = (column.x0, column.x1) if column else (last.x0, page.width)
            below = set()
            reach = last.base + 5 * brochure.leading + 2 * last.size
            for line in lines:
                if last.base + 2 < line.base < reach and line.x0 < x1 and line.x1 > x0:
                    if line.size >= 1.9 * brochure.body and sum(map(str.isalpha, line.text)) > 3:
                        break
                    below.add(round(line.base))
            room = any(last.base - 2 < i.y0 < last.base + 4 * brochure.leading
                       and i.height >= 2 * brochure.leading and i.x0 < x1 and i.x1 > x0
                       for i in page.ink)
            if len(below) < 2 and not room:
                stranded.append(where(last))
    return {"headings": count, "stranded": len(stranded), "stranded_list": stranded}


def plain_fonts(brochure):
    """The font that most body glyphs are set in; no heading is."""
    count = {}
    for line in brochure.body_lines:
        for glyph in line.glyphs:
            count[glyph.font] = count.get(glyph.font, 0) + 1
    return {max(count, key=count.get)} if count else set()


def grid(brochure, tolerance):
    """How many body lines stand on one grid, and how many stand level with
    their neighbours in the other columns."""
    step = brochure.leading
    lines = brochure.body_lines
    if not lines or not step:
        return {"grid_share": None}

    def off(line, offset):
        distance = (line.base - offset) % step
        return min(distance, step - distance)

    offset = max((k.base % step for k in lines),
                 key=lambda o: (sum(off(k, o) <= tolerance for k in lines), -o))
    on = [k for k in lines if off(k, offset) <= tolerance]
    beside = level = 0
    for page in brochure.pages:
        own = [k for k in lines if k.page == page.number]
        for line in own:
            others = [abs(k.base - line.base) for k in own
                      if k.x0 > line.left + line.measure or k.left + k.measure < line.x0]
            if others and min(others) <= step / 2:
                beside += 1
                level += min(others) <= tolerance
    return {
        "leading": step, "grid_offset": round(offset, 2),
        "grid_share": share(len(on), len(lines)),
        "off_grid": [where(k, off=round(off(k, offset), 2)) for k in lines
                     if off(k, offset) > tolerance],
        "level_share": share(level, beside), "level_pairs": beside,
    }


def runs_on(brochure, number):
    """Whether a page begins with columns, not with a spanner."""
    bands = [b for b in brochure.bands if b.page == number]
    first = min((k.top for k in brochure.lines[number]), default=0)
    return bool(bands) and len(bands[0].columns) > 1 and bands[0].top <= first + 1


def feet(brochure, tolerance):
    """Column feet, and how full pages are."""
    shown = []
    for page in brochure.pages:
        bands = [b for b in brochure.bands if b.page == page.number]
        # Cover, back page and the like do not count as pages of text.
        text_lines = [k for k in brochure.body_lines if k.page == page.number
                      and not k.last and (k.justified or k.measure >= WIDE)]
        lines = brochure.lines[page.number]
        ink = [i.y1 for b in bands for c in b.columns for i in c.ink]
        foot = max([k.base for k in lines] + ink, default=0)
        row = {"page": page.number, "foot": round(foot, 1), "text": len(text_lines) >= 4,
               "top": min((k.top for k in lines), default=0), "bands": []}
        for band in bands:
            if len(band.columns) < 2:
                continue
            texts = [c.text_foot if c.text_foot else band.top for c in band.columns]
            inks = [c.ink_foot if c.ink_foot else band.top for c in band.columns]
            row["bands"].append({
                "columns": len(band.columns), "last": band.last,
                "text_feet": [round(v, 1) for v in texts],
                "ink_feet": [round(v, 1) for v in inks],
                "text_difference": round(max(texts) - min(texts), 1),
                "ink_difference": round(max(inks) - min(inks), 1)})
        shown.append(row)
    counted = [b for row in shown if row["text"] for b in row["bands"]]
    # A page is full if its text runs on: the next page has text and does not
    # begin with a spanner.
    full = [row["bands"][-1] for row, after in zip(shown, shown[1:])
            if row["text"] and after["text"] and runs_on(brochure, after["page"])
            and row["bands"] and row["bands"][-1]["last"]]
    of_text = [row for row in shown if row["text"]]
    top = min((row["top"] for row in of_text), default=0)
    low = max((row["foot"] for row in of_text), default=1)
    for row in shown:
        row["fill"] = share(row["foot"] - top, low - top)
        row["top"] = round(row["top"], 1)
    return {
        "foot_text": max((b["text_difference"] for b in counted), default=None),
        "foot_full": max((b["ink_difference"] for b in full), default=None),
        "foot_ink": max((b["ink_difference"] for b in counted), default=None),
        "fill_least": min((row["fill"] for row in of_text), default=None),
        "feet": shown,
        "pages": len(brochure.pages),
        "multiple_of_4": len(brochure.pages) % 4 == 0,
    }


FIGURES = (word_gaps, hyphens, paragraph_ends, headings, grid, feet)
# Key, what the table says, what is wanted.
ROWS = (
    ("pages", "pages", ""),
    ("multiple_of_4", "pages are a multiple of 4", "yes"),
    ("body_size", "body size, pt", ""),
    ("leading", "grid step, pt", ""),
    ("body_lines", "body lines", ""),
    ("justified_lines", "justified lines", ""),
    ("justified_share", "justified in measures ≥ 70 mm, %", "≥ 90"),
    ("gap_p95", "word gap, 95th percentile", "≤ 1.35"),
    ("gap_max", "word gap, maximum", "≤ 1.7"),
    ("gap_min", "word gap, minimum", "≥ 0.75"),
    ("gap_p95_column", "95th percentile in full columns", "≤ 1.35"),
    ("gap_max_column", "maximum in full columns", "≤ 1.7"),
    ("looser_1.7", "lines looser than 1.7", "0"),
    ("looser_1.73", "lines looser than 1.73", "0"),
    ("tighter_0.75", "lines tighter than 0.75", "0"),
    ("scaling", "horizontal scaling, %", "98 to 102"),
    ("tracking", "letter spacing, 1/1000 em", ""),
    ("hyphens", "lines that end with a hyphen", ""),
    ("hyphen_run", "hyphens in a row", "≤ 2"),
    ("hyphen_at_end", "hyphens at a column's end", "0"),
    ("runts", "runts", "0"),
    ("runts_in_labels", "runts in measures below 40 mm", ""),
    ("widows", "widows", "0"),
    ("orphans", "orphans", "0"),
    ("stranded", "headings without two lines", "0"),
    ("grid_share", "body lines on the grid, %", "100"),
    ("level_share", "level with the next column, %", "100"),
    ("foot_text", "column feet differ, baselines, pt", ""),
    ("foot_ink", "column feet differ, all ink, pt", "≤ 13"),
    ("foot_full", "the same where the text runs on", "0"),
    ("fill_least", "least filled text page, %", "≥ 40"),
)
LISTS = ("ragged", "loose", "tight", "hyphen_runs", "hyphen_ends", "runt_list", "label_list",
         "widow_list",
         "orphan_list", "stranded_list", "off_grid")


def measure(path, fonts=None, leading=None, size=None, tolerance=0.2):
    """All figures of a PDF."""
    brochure = Brochure(path, fonts, leading, size)
    found = {"file": str(path), "body_size": brochure.body}
    for figure in FIGURES:
        found.update(figure(brochure, tolerance))
    return found


def shown(value):
    """A value as the table shows it."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " to ".join(f"{v:g}" for v in value)
    return f"{round(value, 3):g}"


def table(results, names=None):
    """Rows of figures, a column a file, in Markdown."""
    names = names or [str(r["file"]).rsplit("/", 1)[-1].removesuffix(".pdf") for r in results]
    rows = [["figure", "wanted", *names], None]
    rows += [[label, wanted, *(shown(r.get(key)) for r in results)] for key, label, wanted in ROWS]
    widths = [max(len(row[i]) for row in rows if row) for i in range(len(rows[0]))]
    rows[1] = ["-" * width for width in widths]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |"
        for row in rows)


def faults(result):
    """The faults of a file, and its feet, a line each."""
    told = [f"{result['file']}:"]
    for name in LISTS:
        for fault in result.get(name, []):
            more = {k: v for k, v in fault.items() if k not in ("page", "x", "y", "text")}
            told.append(f"  {name}: page {fault['page']} at {fault['x']}, {fault['y']}"
                        f" {more or ''} “{fault['text']}”")
    for row in result["feet"]:
        for band in row["bands"]:
            told.append(f"  feet: page {row['page']}{'' if row['text'] else ' (not counted)'}"
                        f" text {band['text_feet']} ink {band['ink_feet']}")
        told.append(f"  fill: page {row['page']} {row['fill']} %")
    return "\n".join(told)


def main(arguments=None):
    """The command line."""
    parser = argparse.ArgumentParser(
        description="Measures how well a brochure is set, from the finished PDF alone.")
    parser.add_argument("pdf", nargs="+")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--font-dir")
    parser.add_argument("--leading", type=float)
    parser.add_argument("--size", type=float)
    parser.add_argument("--tolerance", type=float, default=0.2)
    told = parser.parse_args(arguments)
    fonts = measure_pdf.folder_spaces(told.font_dir) if told.font_dir else None
    results = [measure(path, fonts, told.leading, told.size, told.tolerance) for path in told.pdf]
    if told.json:
        json.dump(results, sys.stdout, ensure_ascii=False, indent=1)
        print()
        return
    print(table(results))
    if told.list:
        print("\n" + "\n".join(faults(r) for r in results))


if __name__ == "__main__":
    main()
