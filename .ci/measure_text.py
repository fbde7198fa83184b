"""Finds lines, frames, paragraphs, bands and columns on pages, for
.ci/measure.py. Nothing but the places of glyphs and ink is known: the same
for every program that writes PDF.

Words used here:
  line       glyphs on one baseline without a gap as wide as a gutter
  stack      lines of one size below one another without a gap
  frame      the left edge, and if justified the right edge, of a stack
  fragment   the lines of one paragraph in one column
  spanner    something that crosses the page's gutters (title, wide image)
  band       what stands between two spanners, side by side in columns
"""

from collections import Counter
from dataclasses import dataclass, field
from statistics import median, median_high

HYPHENS = "-\u00ad\u2010"
BULLETS = set("•▸▹►▶‣◦·■□▪▫●○◆➤❯›*\uf0b7")
# Right edges that are this near are one edge.
EDGE = 1.0
# A glyph may hang out by this share of its advance.
HANG = 0.7
# Lines farther apart than this many leadings are two stacks.
APART = 1.35


@dataclass(eq=False)
class Line:
    """A line of text; x0 and x1 leave out a list's marker."""

    page: int
    glyphs: list
    base: float
    size: float
    font: str
    marker: bool = False
    gaps: list = field(default_factory=list)
    # Whether a larger text stands right above: a heading, a number.
    headed: bool = False
    # Set by frames().
    left: float = 0.0
    edge: float | None = None
    measure: float = 0.0
    last: bool = False
    # The left and right ends of rules right above, as in a table.
    rules: list = field(default_factory=list)

    @property
    def x0(self):
        """The origin of the first glyph."""
        return self.glyphs[0].x0

    @property
    def x1(self):
        """Where the last glyph's advance ends."""
        return self.glyphs[-1].x1

    @property
    def top(self):
        """About the height of ascenders."""
        return self.base - 0.75 * self.size

    @property
    def fonts(self):
        """The fonts used in it."""
        return {glyph.font for glyph in self.glyphs}

    @property
    def text(self):
        """Its text, with one space for each word gap."""
        starts = {gap.index for gap in self.gaps}
        return "".join(
            (" " if i in starts else "") + g.text for i, g in enumerate(self.glyphs))

    @property
    def hyphen(self):
        """Whether it ends with a hyphen."""
        return self.glyphs[-1].text[-1:] in HYPHENS and len(self.glyphs) > 1

    @property
    def justified(self):
        """Whether it reaches the right edge; the last glyph may hang."""
        return self.edge is not None and hangs(self, self.edge)

    @property
    def stretched(self):
        """Whether its gaps differ from the font's space, so that it cannot
        be a paragraph's last line that is full by chance."""
        return any(abs(gap.ratio - 1) > 0.02 for gap in self.gaps)


@dataclass
class Gap:
    """A word gap before the glyph at index, natural width 1."""

    index: int
    width: float
    ratio: float


@dataclass(eq=False)
class Fragment:
    """A paragraph's lines in one column, linked across columns."""

    lines: list
    before: "Fragment | None" = None
    after: "Fragment | None" = None
    slot: tuple = ()

    @property
    def measure(self):
        """The line length of its frame."""
        return self.lines[0].measure

    @property
    def paragraph(self):
        """All lines of the paragraph."""
        first = self
        while first.before:
            first = first.before
        lines = []
        while first:
            lines += first.lines
            first = first.after
        return lines


def clusters(glyphs, near=0.3):
    """Glyphs by baseline."""
    rows = []
    for glyph in sorted(glyphs, key=lambda g: g.base):
        if rows and glyph.base - rows[-1][0].base <= near:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return rows


def pieces(row):
    """Splits a row at gaps as wide as 1 em, and drops outer blanks."""
    found = []
    for glyph in sorted(row, key=lambda g: g.x0):
        if glyph.blank:
            if found:
                found[-1].append(glyph)
            continue
        inked = [g for g in found[-1] if not g.blank] if found else []
        if inked and glyph.x0 - inked[-1].x1 <= max(glyph.size, inked[-1].size):
            found[-1].append(glyph)
        else:
            found.append([glyph])
    for piece in found:
        while piece[-1].blank:
            piece.pop()
    return found


def rejoined(rows):
    """Puts together again what a very loose line's gap took apart: a piece
    that starts where nothing else on the page starts, within 4 em."""
    starts = [piece[0].x0 for row in rows for piece in row]
    for row in rows:
        joined = []
        for piece in row:
            gap = piece[0].x0 - joined[-1][-1].x1 if joined else 0
            size = piece[0].size
            alone = sum(abs(piece[0].x0 - x) <= 1 for x in starts) == 1
            if joined and alone and gap <= 4 * size and abs(joined[-1][0].size - size) < 0.05 \
                    and len(joined[-1]) > 1:
                joined[-1] += piece
            else:
                joined.append(piece)
        row[:] = joined
    return rows


def scripts(row_pieces):
    """Moves superscripts and subscripts into the line that they stand in."""
    pool = [piece for row in row_pieces for piece in row]
    pool.sort(key=lambda piece: piece[0].size)
    gone = set()
    for i, small in enumerate(pool):
        if len(small) > 6:
            continue
        for host in pool[i + 1:]:
            size = host[0].size
            if small[0].size <= 0.8 * size and abs(small[0].base - host[0].base) <= 0.5 * size \
                    and host[0].x0 < small[0].x0 <= host[-1].x1 + 0.3 * size:
                host += small
                host.sort(key=lambda g: g.x0)
                gone.add(id(small))
                break
    return [piece for piece in pool if id(piece) not in gone]


def make_line(page, piece, spaces):
    """A line with its word gaps, or None for a piece without ink."""
    inked = [g for g in piece if not g.blank]
    if not inked:
        return None
    size = Counter(round(g.size, 2) for g in inked).most_common(1)[0][0]
    font = Counter(g.font for g in inked).most_common(1)[0][0]
    base = median(g.base for g in inked if abs(g.size - size) < 0.05)
    gaps, glyphs, blanks = [], [], []
    for glyph in piece:
        if glyph.blank:
            blanks.append(glyph)
            continue
        if glyphs:
            width = glyph.x0 - glyphs[-1].x1
            of = blanks[0] if blanks else glyphs[-1]
            natural = spaces.get(of.font, 0.25) * of.size
            # Some programs write no blank: a gap is then what is far wider
            # than kerning. Thin and fixed blanks are not justified.
            fixed = any(b.text not in " \u00a0" for b in blanks)
            if not fixed and (blanks or width > 0.4 * natural):
                gaps.append(Gap(len(glyphs), width, width / natural))
        glyphs.append(glyph)
        blanks = []
    return Line(page, glyphs, base, size, font, gaps=gaps)


def enumerator(glyphs):
    """Whether glyphs are a list's marker: a bullet, or 1. or a)."""
    text = "".join(g.text for g in glyphs)
    return text in BULLETS or (
        len(text) in (2, 3) and text[-1] in ".)" and (text[:-1].isdigit() or text[0] in "abcdef")
        and len(text) == (2 if text[0].isalpha() else len(text)))


def strip_marker(line):
    """Takes a marker off a line's start."""
    if line.gaps and enumerator(line.glyphs[:line.gaps[0].index]):
        cut = line.gaps[0].index
        line.glyphs = line.glyphs[cut:]
        line.gaps = [Gap(g.index - cut, g.width, g.ratio) for g in line.gaps[1:]]
        line.marker = True


def lines_of(page, spaces):
    """The lines of a page, from the top."""
    rows = rejoined([pieces(row) for row in clusters(page.glyphs)])
    lines = [make_line(page.number, piece, spaces) for piece in scripts([r for r in rows if r])]
    lines = sorted((line for line in lines if line), key=lambda k: (k.base, k.x0))
    alone = [k for k in lines if enumerator(k.glyphs)]
    for line in lines:
        strip_marker(line)
    for mark in alone:
        beside = [k for k in lines if k is not mark and abs(k.base - mark.base) <= 2.5
                  and 0 < k.x0 - mark.x1 <= 3 * k.size]
        if beside:
            min(beside, key=lambda k: k.x0).marker = True
            lines.remove(mark)
    for ink in page.marks:
        # A drawn bullet: small, left of a line, within its x-height.
        for line in lines:
            size = line.size
            if 0 < line.x0 - ink.x1 <= 2 * size and ink.width <= size and 1 < ink.height <= size \
                    and line.base - size < ink.y0 and ink.y1 < line.base + 0.3 * size:
                line.marker = True
    rules = [i for i in page.marks if i.height < 2 and i.width > 20]
    for line in lines:
        line.rules = [(i.x0, i.x1) for i in rules if line.base - 2 * line.size < i.y1
                      and i.y0 < line.base - 0.3 * line.size and i.x0 - 2 <= line.x0 < i.x1]
        line.headed = any(
            k.size > 1.08 * line.size and line.base - 2 * line.size - k.size < k.base < line.base
            and k.x0 < line.x1 and k.x1 > line.x0 for k in lines)
    return lines


def body_size(lines):
    """The size in which most glyphs are set."""
    count = Counter()
    for line in lines:
        count[line.size] += len(line.glyphs)
    return count.most_common(1)[0][0]


def stacks_of(lines, leading, apart=APART):
    """Lines of a page that stand below one another with the same left edge
    (the first glyph may hang, a first line may be indented)."""
    found = []
    for line in sorted(lines, key=lambda k: (k.base, k.x0)):
        best = None
        for stack in found:
            last = stack[-1]
            if not 0.4 * leading < line.base - last.base <= apart * leading:
                continue
            # A rule that is no longer than the text above underlines it.
            ruled = any(x0 < last.x0 - 2 or x1 > last.x1 + 2 for x0, x1 in line.rules)
            if abs(line.size - last.size) > 0.05 or ruled:
                continue
            hang = HANG * (line.glyphs[0].x1 - line.glyphs[0].x0) + 1
            above = HANG * (last.glyphs[0].x1 - last.glyphs[0].x0) + 1
            step = line.x0 - last.x0
            indented = len(stack) == 1 and not last.marker and -3 * line.size <= step < 0
            if -hang <= step <= above or indented:
                best = stack
        if best is None:
            found.append([line])
        else:
            best.append(line)
    return found


def find_leading(lines):
    """The most frequent distance of baselines one below another."""
    count = Counter()
    for page in {k.page for k in lines}:
        own = [k for k in lines if k.page == page]
        for a in own:
            below = [k.base - a.base for k in own if abs(k.x0 - a.x0) < 1 and k.base > a.base + 1]
            if below:
                count[round(min(below), 1)] += 1
    return float(count.most_common(1)[0][0]) if count else 0.0


def edges_of(stacks):
    """Right edges by left edge that lines are justified to. An edge is where
    a line that is not the last of a stack ends with a letter or digit, since
    those hang out little. At least three lines must end there, what hangs
    included, and a third of all those that end near there or farther in."""
    found = {}
    by_left = {}
    for stack in stacks:
        left = round(median_high(k.x0 for k in stack))
        by_left.setdefault(left, []).extend(stack[:-1])
    for left in by_left:
        lines = [k for near in (left - 1, left, left + 1) for k in by_left.get(near, [])]
        firm = [k.x1 for k in lines if k.glyphs[-1].text[-1:].isalnum()]
        good = []
        for end in firm or [k.x1 for k in lines]:
            near = [e for e in firm if abs(e - end) <= 0.25] or [end]
            count = len(near) + sum(hangs(k, end) for k in lines if k.x1 not in near)
            around = [k for k in lines if -0.15 * (end - left) <= k.x1 - end <= 5]
            if count >= 3 and count >= len(around) / 3:
                good.append((count, median(near)))
        kept = []
        for count, end in sorted(good, reverse=True):
            if all(abs(end - k) > 3 for k in kept):
                kept.append(end)
        found[left] = sorted(kept)
    return found


def hangs(line, edge):
    """Whether a line ends at an edge or hangs out by a part of its last
    glyph."""
    last = line.glyphs[-1]
    return -EDGE <= line.x1 - edge <= HANG * (last.x1 - last.x0) + EDGE


def right_limit(stack, lines):
    """Where the next thing on the right begins."""
    top, foot = stack[0].base - stack[0].size, stack[-1].base + 2
    right = max(k.x1 for k in stack)
    starts = [k.x0 for k in lines if top < k.base < foot and k.x0 > right - 20 and k not in stack]
    return min(starts, default=float("inf"))


def frames(pages_lines, body, leading):
    """Gives each body line its frame; returns the stacks of each page."""
    stacks = {page: stacks_of([k for k in lines if abs(k.size - body) <= 0.05], leading)
              for page, lines in pages_lines.items()}
    edges = edges_of([stack for page in stacks.values() for stack in page])
    ragged = {}
    for page, own in stacks.items():
        for stack in own:
            left = median_high(k.x0 for k in stack)
            limit = right_limit(stack, pages_lines[page])
            inner = [k.x1 for k in stack]
            reach = max(k.x1 - HANG * (k.glyphs[-1].x1 - k.glyphs[-1].x0) for k in stack) - EDGE
            near = [e for e in edges.get(round(left), []) if reach <= e < limit]
            edge = near[0] if near else None
            if edge and len(stack) >= 3 and max(inner) < edge - 2.5 * body:
                edge = None
            for line in stack:
                line.left, line.edge = left, edge
            if edge is None:
                key = (page, round(left))
                ragged[key] = max(ragged.get(key, 0), max(inner))
    # A ragged frame is as wide as its widest line, on any page with that
    # left edge and no more than a tenth beyond the page's own.
    for page, own in stacks.items():
        for stack in own:
            left, edge = stack[0].left, stack[0].edge
            right = edge or ragged[(page, round(left))]
            for line in stack:
                line.measure = right - left
    return stacks


def ended(line, after, body):
    """Whether a paragraph ends with a line that has another right below."""
    if line.hyphen:
        return False
    if not line.fonts & after.fonts or after.marker:
        return True
    if after.x0 > after.left + 0.5 * body:
        return True
    if line.edge is not None:
        return line.x1 < line.edge - EDGE and not line.justified
    stop = line.text.rstrip("”’\"')")[-1:] in ".!?:"
    return stop and line.x1 - line.left < 0.6 * line.measure and after.text[:1].isupper()


def fragments_of(stack, body):
    """Splits a stack into paragraphs."""
    parts = [[stack[0]]]
    for line in stack[1:]:
        if ended(parts[-1][-1], line, body):
            parts.append([line])
        else:
            parts[-1].append(line)
    return [Fragment(lines) for lines in parts]


def is_open(fragment, following):
    """Whether a fragment goes on elsewhere, seen from its last line."""
    line = fragment.lines[-1]
    if line.hyphen:
        return True
    if line.edge is not None:
        return line.justified and (line.stretched or line.text[-1:] not in ".!?:")
    # A ragged line: only the words can tell.
    stop = line.text.rstrip("”’\"')")[-1:] in ".!?:"
    return not stop and following.lines[0].text[:1].islower() and len(line.gaps) > 2


def link(fragments):
    """Links fragments, in reading order, that are parts of one paragraph."""
    for i, one in enumerate(fragments):
        for other in fragments[i + 1:i + 12]:
            head = other.lines[0]
            if other.before or abs(other.measure - one.measure) > 1.5 or head.marker or head.headed:
                continue
            if other.slot != one.slot and is_open(one, other):
                one.after, other.before = other, one
            break
    for one in fragments:
        if not one.after:
            one.lines[-1].last = True
