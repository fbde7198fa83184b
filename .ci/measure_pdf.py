"""Reads the glyphs and the ink of a PDF's pages, for .ci/measure.py.

Positions are in points from the upper left corner of the trimmed page, y
downwards, so that print and screen files of one brochure measure alike.
Needs pdfminer.six (made with release 20260107).
"""

import pathlib
import struct
from dataclasses import dataclass, field

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import list_value, resolve1
from pdfminer.utils import apply_matrix_pt, mult_matrix

NO_BREAK = "\u00a0"


@dataclass(slots=True)
class Glyph:
    """One glyph: x0 is its origin, x1 its origin plus its advance."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    font: str
    # The horizontal scaling, 1 for none.
    scale: float

    @property
    def blank(self):
        """A glyph that leaves no ink."""
        return self.text.isspace()


@dataclass(slots=True)
class Ink:
    """The extent of a painted path, image or shading, clipped to the page."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self):
        """Its horizontal extent."""
        return self.x1 - self.x0

    @property
    def height(self):
        """Its vertical extent."""
        return self.y1 - self.y0


@dataclass
class Page:
    """What one page shows."""

    number: int
    width: float
    height: float
    glyphs: list = field(default_factory=list)
    ink: list = field(default_factory=list)
    # The ink before what touches was joined.
    marks: list = field(default_factory=list)


@dataclass
class Reading:
    """A whole PDF, and the widths of its fonts' spaces in em."""

    pages: list
    spaces: dict


def cut(a, b):
    """What two rectangles share, or None."""
    shared = (max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3]))
    return shared if shared[0] <= shared[2] and shared[1] <= shared[3] else None


def extent(points):
    """The rectangle around points."""
    xs, ys = zip(*points)
    return (min(xs), min(ys), max(xs), max(ys))


class Device(PDFTextDevice):
    """Notes every glyph and every painted thing of a page."""

    def __init__(self, manager):
        super().__init__(manager)
        self.spaces = {}
        self.page = None
        self.clip = None
        self.clips = []

    def start(self, page, trim):
        """Makes ready for a page; trim is in the page's own space."""
        self.page, self.trim, self.clip = page, trim, trim

    def place(self, box):
        """From PDF's space to ours."""
        return (box[0] - self.trim[0], self.trim[3] - box[3],
                box[2] - self.trim[0], self.trim[3] - box[1])

    def note(self, box):
        """Notes ink inside the clip."""
        shown = cut(box, self.clip) if self.clip else None
        if shown:
            self.page.ink.append(Ink(*self.place(shown)))

    def around(self, box):
        """The rectangle around one in user space."""
        x0, y0, x1, y1 = box
        corners = ((x0, y0), (x1, y0), (x0, y1), (x1, y1))
        return extent([apply_matrix_pt(self.ctm, corner) for corner in corners])

    def begin_figure(self, name, bbox, matrix):
        self.clips.append(self.clip)
        outer, self.ctm = self.ctm, mult_matrix(matrix, self.ctm)
        self.clip = cut(self.around(bbox), self.clip) if self.clip else None
        self.ctm = outer

    def end_figure(self, name):
        self.clip = self.clips.pop()

    def render_image(self, name, stream):
        self.note(self.around((0, 0, 1, 1)))

    def points(self, path):
        """The end and control points of a path, on the page."""
        return [apply_matrix_pt(self.ctm, (float(step[i]), float(step[i + 1])))
                for step in path for i in range(1, len(step) - 1, 2)]

    def paint_path(self, graphicstate, stroke, fill, evenodd, path):
        # Subpaths are told apart: a dotted drawing is many small things.
        part = []
        for step in [*path, ("m",)]:
            if step[0] == "m" and part:
                points = self.points(part)
                if points:
                    x0, y0, x1, y1 = extent(points)
                    pen = 0.5 * graphicstate.linewidth if stroke else 0.0
                    # pdfminer scales line widths by itself.
                    self.note((x0 - pen, y0 - pen, x1 + pen, y1 + pen))
                part = []
            part.append(step)

    def render_string(self, textstate, seq, ncs, graphicstate):
        # pdfminer's own method adds character spacing before a leading
        # number of TJ and drops it after the last glyph; ISO 32000 9.4.4
        # adds it after every glyph.
        matrix = mult_matrix(textstate.matrix, self.ctm)
        font, size = textstate.font, textstate.fontsize
        scale = textstate.scaling * 0.01
        x, y = textstate.linematrix
        for item in seq:
            if isinstance(item, (int, float)):
                x -= item * 0.001 * size * scale
                continue
            for code in font.decode(item):
                advance = font.char_width(code) * size * scale
                self.glyph(matrix, font, code, size, scale, (x, y + textstate.rise), advance)
                x += advance + textstate.charspace * scale
                if code == 32 and not font.is_multibyte():
                    x += textstate.wordspace * scale
        textstate.linematrix = (x, y)

    def glyph(self, matrix, font, code, size, scale, at, advance):
        """Notes one glyph; text that does not stand upright is ink."""
        try:
            text = font.to_unichr(code)
        except PDFUnicodeNotDefined:
            text = "\ufffd"
        name = font.basefont if hasattr(font, "basefont") else font.fontname
        name = str(name).split("+", 1)[-1]
        if text in (" ", NO_BREAK) and name not in self.spaces:
            self.spaces[name] = font.char_width(code)
        x0, y0 = apply_matrix_pt(matrix, at)
        x1, y1 = apply_matrix_pt(matrix, (at[0] + advance, at[1]))
        a, b, c, d = matrix[:4]
        if abs(b) > 1e-4 or abs(c) > 1e-4 or a <= 0 or d <= 0:
            if not text.isspace():
                self.note(extent([(x0, y0), (x1, y1)]))
            return
        if not self.clip or x1 < self.clip[0] or x0 > self.clip[2]:
            return
        if y0 < self.clip[1] or y0 > self.clip[3]:
            return
        left, _, right, base = self.place((x0, y0, x1, y0))
        self.page.glyphs.append(
            Glyph(text, left, right, base, size * d, name, scale * a / d))


class Interpreter(PDFPageInterpreter):
    """pdfminer's interpreter, with clipping and shadings."""

    def init_state(self, ctm):
        super().init_state(ctm)
        self.clips = []
        self.pending = False

    def do_q(self):
        super().do_q()
        self.clips.append(self.device.clip)

    def do_Q(self):
        super().do_Q()
        if self.clips:
            self.device.clip = self.clips.pop()

    def do_W(self):
        self.pending = True

    do_W_a = do_W

    def do_sh(self, name):
        clip = self.device.clip
        if clip:
            self.device.note(clip)

    def clipped(self, paint):
        """Runs a painting operator, then narrows the clip if W came before."""
        path, pending = list(self.curpath), self.pending
        paint()
        self.pending = False
        points = self.device.points(path) if pending else []
        if points and self.device.clip:
            self.device.clip = cut(extent(points), self.device.clip)

    def do_n(self):
        self.clipped(super().do_n)

    def do_S(self):
        self.clipped(super().do_S)

    def do_f(self):
        self.clipped(super().do_f)

    def do_f_a(self):
        self.clipped(super().do_f_a)

    def do_B(self):
        self.clipped(super().do_B)

    def do_B_a(self):
        self.clipped(super().do_B_a)


def joined(ink, page, near=2.0):
    """Ink that touches as one thing: a drawing is not its strokes. What fills
    a page stays by itself."""
    def fills(i):
        return i.height > 0.5 * page.height or i.width > 0.97 * page.width

    alone = [i for i in ink if fills(i)]
    rest = sorted((i for i in ink if not fills(i)), key=lambda i: i.x0)
    while True:
        found = []
        for i in rest:
            for k in reversed(found):
                if i.x0 - near <= k.x1 and k.x0 - near <= i.x1 \
                        and i.y0 - near <= k.y1 and k.y0 - near <= i.y1:
                    k.x0, k.y0 = min(i.x0, k.x0), min(i.y0, k.y0)
                    k.x1, k.y1 = max(i.x1, k.x1), max(i.y1, k.y1)
                    break
            else:
                found.append(Ink(i.x0, i.y0, i.x1, i.y1))
        if len(found) == len(rest):
            return alone + found
        rest = sorted(found, key=lambda i: i.x0)


def read(path):
    """Reads all pages of a PDF."""
    manager = PDFResourceManager()
    device = Device(manager)
    interpreter = Interpreter(manager, device)
    pages = []
    with open(path, "rb") as file:
        for number, page in enumerate(PDFPage.get_pages(file), 1):
            media = [float(v) for v in page.mediabox]
            box = page.attrs.get("TrimBox")
            trim = [float(resolve1(v)) for v in list_value(box)] if box else media
            # pdfminer moves the media box to the origin.
            trim = (trim[0] - media[0], trim[1] - media[1],
                    trim[2] - media[0], trim[3] - media[1])
            shown = Page(number, trim[2] - trim[0], trim[3] - trim[1])
            device.start(shown, trim)
            interpreter.process_page(page)
            shown.marks, shown.ink = shown.ink, joined(shown.ink, shown)
            pages.append(shown)
    return Reading(pages, device.spaces)


def file_space(data):
    """The PostScript name and the space's width in em of a TrueType or
    OpenType font, by the tables name, cmap, hmtx and head."""
    count = struct.unpack(">H", data[4:6])[0]
    table = {}
    for i in range(count):
        tag, _, offset, length = struct.unpack(">4sLLL", data[12 + 16 * i:28 + 16 * i])
        table[tag] = data[offset:offset + length]
    em = struct.unpack(">H", table[b"head"][18:20])[0]
    long_metrics = struct.unpack(">H", table[b"hhea"][34:36])[0]
    glyph = space_glyph(table[b"cmap"])
    at = 4 * min(glyph, long_metrics - 1)
    width = struct.unpack(">H", table[b"hmtx"][at:at + 2])[0] / em
    names = table[b"name"]
    _, records, strings = struct.unpack(">HHH", names[:6])
    for i in range(records):
        record = struct.unpack(">HHHHHH", names[6 + 12 * i:18 + 12 * i])
        if record[3] == 6:
            raw = names[strings + record[5]:strings + record[5] + record[4]]
            coding = "utf-16-be" if record[0] in (0, 3) else "latin-1"
            return raw.decode(coding), width
    return None, width


def space_glyph(cmap):
    """The glyph of U+0020 in a cmap table of format 4 or 12."""
    for i in range(struct.unpack(">H", cmap[2:4])[0]):
        offset = struct.unpack(">L", cmap[8 + 8 * i:12 + 8 * i])[0]
        sub = cmap[offset:]
        shape = struct.unpack(">H", sub[:2])[0]
        if shape == 4:
            half = struct.unpack(">H", sub[6:8])[0] // 2
            word = lambda n: struct.unpack(">H", sub[n:n + 2])[0]
            for k in range(half):
                end, start = word(14 + 2 * k), word(16 + 2 * (half + k))
                if start <= 32 <= end:
                    delta = word(16 + 2 * (2 * half + k))
                    here = 16 + 2 * (3 * half + k)
                    if word(here) == 0:
                        return (32 + delta) & 0xFFFF
                    return (word(here + word(here) + 2 * (32 - start)) + delta) & 0xFFFF
        if shape == 12:
            for k in range(struct.unpack(">L", sub[12:16])[0]):
                start, end, first = struct.unpack(">LLL", sub[16 + 12 * k:28 + 12 * k])
                if start <= 32 <= end:
                    return first + 32 - start
    return 0


def folder_spaces(folder):
    """Space widths of all fonts under a folder, by PostScript name."""
    found = {}
    for path in sorted(pathlib.Path(folder).rglob("*")):
        if path.suffix.lower() in (".ttf", ".otf"):
            name, width = file_space(path.read_bytes())
            if name:
                found[name] = width
    return found
