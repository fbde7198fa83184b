"""Finds bands and columns of a page and their feet, for .ci/measure.py."""

from collections import Counter
from dataclasses import dataclass, field

import measure_text as text

# A column is at least this wide; narrower things stand inside one.
NARROW = 60.0
# Columns are told apart by a gutter of at least this width.
GUTTER = 8.0


@dataclass(eq=False)
class Column:
    """What one column of one band holds."""

    x0: float
    x1: float
    lines: list = field(default_factory=list)
    ink: list = field(default_factory=list)

    @property
    def text_foot(self):
        """The lowest baseline, or None."""
        return max((k.base for k in self.lines), default=None)

    @property
    def ink_foot(self):
        """The lowest of all: a baseline, a box's or an image's edge."""
        return max([k.base for k in self.lines] + [i.y1 for i in self.ink], default=None)


@dataclass(eq=False)
class Band:
    """What stands between two spanners."""

    page: int
    top: float
    foot: float
    columns: list = field(default_factory=list)


def running(pages, pages_lines, body):
    """Lines that are running heads, feet and page numbers: of another size
    than the body, on the same baseline on several pages, beyond all body
    lines. Also single numbers beyond all other lines."""
    where = Counter()
    for lines in pages_lines.values():
        where.update({round(k.base) for k in lines if abs(k.size - body) > 0.05})
    found = set()
    few = max(2, 0.3 * len(pages))
    for lines in pages_lines.values():
        own = [k.base for k in lines if abs(k.size - body) <= 0.05]
        for line in lines:
            near = sum(where[round(line.base) + d] for d in (-1, 0, 1))
            outside = not own or line.base < min(own) - 2 or line.base > max(own) + 2
            if abs(line.size - body) > 0.05 and line.size < 1.2 * body and near >= few and outside:
                found.add(line)
        others = [k for k in lines if k not in found]
        if others:
            low = max(others, key=lambda k: k.base)
            if low.text.isdigit() and len(low.text) < 4 and low.size <= body + 0.05 and \
                    all(k.base < low.base - 12 for k in others if k is not low):
                found.add(low)
    return found


def text_sides(stacks):
    """The left and right side of the text area of a document."""
    lines = [k for page in stacks.values() for stack in page for k in stack]
    lefts = Counter(round(k.left) for k in lines)
    rights = Counter(round(k.edge or k.left + k.measure) for k in lines)
    enough = 0.02 * len(lines)
    return (min(x for x, n in lefts.items() if n >= enough),
            max(x for x, n in rights.items() if n >= enough))


def spanners(page, lines, sides, body):
    """What crosses the columns: texts and ink wider than half the text area,
    large titles at its left that nothing stands beside, and the lines of the
    same text below one of those."""
    left, right = sides
    wide = 0.52 * (right - left)
    found = []
    for line in sorted(lines, key=lambda k: k.base):
        beside = [k for k in lines if k is not line and k.x0 > line.x1 + 4
                  and abs(k.base - line.base) < 0.6 * line.size]
        beside += [i for i in page.ink if i.x0 > line.x1 + 4 and i.y0 < line.base - 2
                   and i.y1 > line.top + 2 and i.height < 0.5 * page.height]
        title = line.size >= 1.9 * body and sum(c.isalpha() for c in line.text) >= 4 \
            and line.x0 < left + 0.2 * (right - left)
        follows = any(isinstance(k, text.Line) and abs(k.size - line.size) < 0.05
                      and abs(k.x0 - line.x0) < 3 and 0 < line.base - k.base < 1.8 * line.size
                      for k in found)
        if line.x1 - line.x0 > wide or (not beside and (title or follows)):
            found.append(line)
    for ink in page.ink:
        background = ink.height > 0.5 * page.height or ink.width > 0.97 * page.width
        if ink.width > wide and not background:
            found.append(ink)
    return found


def span_range(item):
    """The top and foot of a spanner."""
    if isinstance(item, text.Line):
        return item.top, item.base + 0.25 * item.size
    return item.y0, item.y1


def openers(page, crossing):
    """Short rules that stand above a spanner as a part of it."""
    tops = [span_range(item)[0] for item in crossing]
    return [i for i in page.ink if i.height < 6 and i.width > 10
            and any(0 <= top - i.y1 < 45 for top in tops)]


def inside(item, ranges):
    """Whether an item stands within one of some vertical ranges."""
    top, foot = span_range(item)
    middle = (top + foot) / 2
    return any(a - 0.5 <= middle <= b + 0.5 for a, b in ranges)


def bands_of(page, lines, stacks, sides, body):
    """The bands of a page, each with columns of its own."""
    crossing = spanners(page, lines, sides, body)
    crossing += openers(page, crossing)
    ranges = []
    for top, foot in sorted(span_range(item) for item in crossing):
        if ranges and top <= ranges[-1][1] + 1:
            ranges[-1][1] = max(ranges[-1][1], foot)
        else:
            ranges.append([top, foot])
    crossed = set(map(id, crossing))
    items = [k for k in lines if id(k) not in crossed and not inside(k, ranges)]
    items += [i for i in page.ink if id(i) not in crossed and not inside(i, ranges)
              and i.height <= 0.5 * page.height and i.width <= 0.97 * page.width
              and i.x1 > sides[0] - 5 and i.x0 < sides[1] + 5
              and (i.width > 3 or i.height > 3)]
    bands = []
    cuts = [0.0] + [v for r in ranges for v in r] + [page.height]
    for top, foot in zip(cuts[::2], cuts[1::2]):
        own = [k for k in items if top <= sum(span_range(k)) / 2 < foot]
        if own:
            bands.append(Band(page.number, min(span_range(k)[0] for k in own), foot))
            bands[-1].items = own
            bands[-1].last = foot == page.height
            columns_of(bands[-1], stacks)
    return bands


def columns_of(band, stacks):
    """The columns of a band: the frames of its texts, its boxes and images,
    merged where they overlap."""
    spans = []
    own = {id(k) for k in band.items}
    for stack in stacks:
        if id(stack[0]) in own and len(stack) > 1:
            spans.append((stack[0].left, max(k.x1 for k in stack) if stack[0].edge is None
                          else stack[0].edge))
    spans += [(i.x0, i.x1) for i in band.items
              if not isinstance(i, text.Line) and i.width > NARROW]
    merged = []
    for x0, x1 in sorted(spans):
        if merged and x0 < merged[-1][1] + GUTTER:
            merged[-1][1] = max(merged[-1][1], x1)
        else:
            merged.append([x0, x1])
    band.spans = [m for m in merged if m[1] - m[0] > NARROW]


def complete(bands):
    """Adds to each band the columns that stand empty in it, after the other
    bands of the document, and puts its items into columns."""
    known = [b.spans for b in bands if len(b.spans) > 1]
    usual = Counter(tuple((round(a / 3), round(b / 3)) for a, b in s) for s in known)
    known.sort(key=lambda s: -usual[tuple((round(a / 3), round(b / 3)) for a, b in s)])
    for band in bands:
        for spans in known:
            if len(spans) > len(band.spans) and all(
                    any(a - 6 <= x0 and x1 <= b + 6 for a, b in spans) for x0, x1 in band.spans):
                band.spans = spans
                break
        band.columns = [Column(a, b) for a, b in band.spans]
        for item in band.items:
            middle = (item.x0 + item.x1) / 2
            if not band.columns:
                continue
            home = min(band.columns, key=lambda c: max(c.x0 - middle, middle - c.x1, 0))
            (home.lines if isinstance(item, text.Line) else home.ink).append(item)
        for column in band.columns:
            column.lines.sort(key=lambda k: k.base)


def widest_columns(pages_bands):
    """Two columns is what most bands have; used to tell a page with text."""
    return Counter(len(b.columns) for b in pages_bands).most_common(1)[0][0]
