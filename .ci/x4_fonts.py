"""Fonts: embedded, subset, with widths and glyphs as the file uses them."""

import io
import re

import pikepdf
from fontTools.cffLib import CFFFontSet
from fontTools.pens.basePen import NullPen
from fontTools.ttLib import TTFont

from x4_base import get, is_array, is_dict, key_of, label, name, number

SUBSET = re.compile(r"[A-Z]{6}\+.")
PROGRAMS = {
    "Type1": {"/FontFile": None, "/FontFile3": {"Type1C", "OpenType"}},
    "MMType1": {"/FontFile": None, "/FontFile3": {"Type1C", "OpenType"}},
    "TrueType": {"/FontFile2": None, "/FontFile3": {"OpenType"}},
    "CIDFontType0": {"/FontFile3": {"CIDFontType0C", "OpenType"}},
    "CIDFontType2": {"/FontFile2": None, "/FontFile3": {"OpenType"}},
}
# How far the two widths of a glyph may be apart, in thousandths of the size.
WIDTH_NEAR = 1.0


class Font:
    """A font as content uses it: its codes, their widths, and those shown."""

    def __init__(self, value, where):
        self.value, self.where = value, where
        self.kind = name(value.get("/Subtype"))
        self.shown = {}
        self.procs = value.get("/CharProcs") if self.kind == "Type3" else None
        inner = value.get("/DescendantFonts")
        self.inner = inner[0] if is_array(inner) and len(inner) else None
        self.composite = self.kind == "Type0"
        self.widths, self.default = {}, 0.0
        if self.composite and is_dict(self.inner):
            self.default = number(self.inner.get("/DW"), 1000)
            self.composite_widths(self.inner.get("/W"))
        else:
            first = int(value.get("/FirstChar", 0))
            for index, width in enumerate(value.get("/Widths", [])):
                self.widths[first + index] = float(width)
        self.unit = 1.0
        if self.kind == "Type3" and is_array(value.get("/FontMatrix")):
            self.unit = 1000 * float(value["/FontMatrix"][0])

    def composite_widths(self, table):
        """The table of a composite font: runs, and ranges of one width."""
        items = list(table) if is_array(table) else []
        while len(items) > 1:
            first = int(items.pop(0))
            then = items.pop(0)
            if is_array(then):
                for index, width in enumerate(then):
                    self.widths[first + index] = float(width)
            elif items:
                width = float(items.pop(0))
                for code in range(first, int(then) + 1):
                    self.widths[code] = width

    def glyphs(self, data):
        """Of each code in a string its width, and whether it is a blank."""
        if self.composite:
            for at in range(0, len(data) - 1, 2):
                code = data[at] << 8 | data[at + 1]
                yield code, self.widths.get(code, self.default), False
        else:
            for code in data:
                yield code, self.widths.get(code, self.default) * self.unit, code == 32


class Fonts:
    """All fonts of a file."""

    def __init__(self, file):
        self.file = file
        self.known = {}

    def read(self, value, where):
        """A font, the same one each time."""
        key = key_of(value) or id(value)
        if key not in self.known:
            self.known[key] = Font(value, where)
        return self.known[key]

    def check(self):
        """All rules, once all content is through."""
        for font in self.known.values():
            self.font(font, f"font {name(font.value.get('/BaseFont')) or label(font.value)}")

    def font(self, font, where):
        """One font."""
        value = font.value
        if font.kind == "Type3":
            missing = [code for code in font.shown if code not in font.widths]
            if missing:
                self.file.fault("font-widths", where, f"the code {missing[0]} has no width")
            return
        if font.kind not in (*PROGRAMS, "Type0"):
            self.file.fault("font-kind", where, f"there are no fonts of type {font.kind}")
            return
        if not isinstance(value.get("/ToUnicode"), pikepdf.Stream):
            self.file.fault("to-unicode", where, "it does not map to Unicode")
        holder = value
        if font.composite:
            holder = font.inner
            if not is_dict(holder):
                self.file.fault("font-kind", where, "it has no descendant")
                return
            if name(value.get("/Encoding")) not in ("Identity-H", "Identity-V"):
                self.file.fault("font-encoding", where, f"its encoding is {value.get('/Encoding')}")
        self.names(font, holder, where)
        stream = self.program(holder, where)
        if font.composite and name(holder.get("/Subtype")) == "CIDFontType2":
            self.gid_map(holder, where)
        if not font.composite:
            missing = [code for code in font.shown if code not in font.widths]
            if missing:
                self.file.fault("font-widths", where, f"the code {missing[0]} has no width")
        elif stream is not None:
            self.glyphs(font, holder, stream, where)

    def names(self, font, holder, where):
        """A subset is named as one, and by one name."""
        descriptor = holder.get("/FontDescriptor")
        title = name(holder.get("/BaseFont")) or ""
        if not SUBSET.match(title):
            self.file.fault("font-subset", where, "it is not named as a subset")
        if is_dict(descriptor) and name(descriptor.get("/FontName")) != title:
            self.file.fault("font-name", where,
                            f"its descriptor calls it {descriptor.get('/FontName')}")
        outer = name(font.value.get("/BaseFont")) or ""
        if font.composite and not outer.startswith(title):
            self.file.fault("font-name", where, f"its descendant is {title}")

    def program(self, holder, where):
        """The embedded program, of the kind that the font needs."""
        descriptor = holder.get("/FontDescriptor")
        wanted = PROGRAMS.get(name(holder.get("/Subtype")), {})
        for key, kinds in wanted.items():
            stream = get(descriptor, key)
            if isinstance(stream, pikepdf.Stream):
                if kinds and name(stream.get("/Subtype")) not in kinds:
                    self.file.fault("font-program", where,
                                    f"its program is {stream.get('/Subtype')}")
                return stream
        self.file.fault("font-embedded", where, "it is not embedded")
        return None

    def gid_map(self, holder, where):
        """From character to glyph, for TrueType in composite fonts."""
        found = holder.get("/CIDToGIDMap")
        if not isinstance(found, pikepdf.Stream) and name(found) != "Identity":
            self.file.fault("cid-to-gid", where, f"/CIDToGIDMap is {found}")

    def glyphs(self, font, holder, stream, where):
        """Each glyph shown is in the program, as wide as the file says."""
        try:
            width_of = outlines(holder, stream)
        except Exception as error:  # fontTools has no common error
            self.file.fault("font-program", where, f"its program cannot be read: {error!r}")
            return
        for code, place in sorted(font.shown.items()):
            if code == 0:
                self.file.fault("notdef", where, f"{place}: .notdef is shown")
                continue
            try:
                width = width_of(code)
            except Exception as error:  # as above, for a single glyph
                self.file.fault("font-program", where, f"the glyph {code}: {error!r}")
                continue
            told = font.widths.get(code, font.default)
            if width is None:
                self.file.fault("notdef", where, f"{place}: there is no glyph {code}")
            elif abs(width - told) > WIDTH_NEAR:
                self.file.fault("font-widths", where,
                                f"the glyph {code} is {width:.1f} wide, not {told:g}")


def outlines(holder, stream):
    """A function that gives a glyph's width in thousandths; None for none."""
    data = stream.read_bytes()
    if name(stream.get("/Subtype")) == "CIDFontType0C":
        return cff_widths(data)
    font = TTFont(io.BytesIO(data), lazy=True)
    if "glyf" not in font and "CFF " in font:
        return cff_widths(font.reader["CFF "])
    scale = 1000 / font["head"].unitsPerEm
    order, metrics = font.getGlyphOrder(), font["hmtx"].metrics
    # A program cut short shows when its outlines are read.
    glyf = font["glyf"]
    found = holder.get("/CIDToGIDMap")
    table = found.read_bytes() if isinstance(found, pikepdf.Stream) else None

    def width(code):
        gid = code if table is None else int.from_bytes(table[2 * code:2 * code + 2], "big")
        if not 0 < gid < len(order):
            return None
        glyf[order[gid]].expand(glyf)
        return metrics[order[gid]][0] * scale

    return width


def cff_widths(data):
    """The same for outlines of PostScript."""
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(data), None)
    top = fonts[fonts.fontNames[0]]
    scale = 1000 * (top.FontMatrix[0] if hasattr(top, "FontMatrix") else 0.001)
    strings, charset = top.CharStrings, top.charset
    keyed = hasattr(top, "ROS")

    def width(code):
        if keyed:
            title = f"cid{code:05d}"
            if title not in strings:
                return None
        elif 0 < code < len(charset):
            title = charset[code]
        else:
            return None
        glyph = strings[title]
        glyph.draw(NullPen())
        return glyph.width * scale

    return width
