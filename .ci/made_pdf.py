"""Writes small PDFs by hand, for .ci/test_measure.py.

The font's letters are 0.5 em and its space is 0.25 em wide, so that every gap
is known beforehand.
"""

SIZE, LEADING = 10, 12
MEASURE = 240
LEFT, RIGHT = 50, 310
TOP = 100
HEIGHT = 800
# 44 letters and 7 gaps: 220 + 7 × 2.5 = 237.5 pt.
WORDS = "aanbod van de bouwbedrijven groeit sterk door jaren"
SHORT = "en dan nog een eind"


def width(text, size=SIZE):
    """The natural width of a line."""
    return sum(0.25 if c == " " else 0.5 for c in text) * size


class Sheet:
    """One page's content."""

    def __init__(self):
        self.parts = []

    def text(self, x, y, text, size=SIZE, ratio=1.0, font="F", blanks=True, scale=100.0,
             spacing=0):
        """Sets text; ratio is the gap's width, natural width 1."""
        gap = 250 * ratio
        words = text.split(" ")
        if blanks:
            run = f" ) {250 - gap:.4f} (".join(words)
        else:
            run = f") {-gap:.4f} (".join(words)
        self.parts.append(f"BT /{font} {size} Tf {scale} Tz {spacing} Tc 1 0 0 1 {x} {HEIGHT - y} Tm "
                          f"[({run})] TJ ET")

    def justified(self, x, y, text=WORDS, measure=MEASURE, **more):
        """Fills a measure, and tells the ratio that it took."""
        gaps = text.count(" ")
        ratio = 1 + (measure - width(text)) / (gaps * 0.25 * SIZE)
        self.text(x, y, text, ratio=ratio, **more)
        return ratio

    def paragraph(self, x, y, lines, last=SHORT, measure=MEASURE, leading=LEADING):
        """Justified lines and a last one; tells the next line's place."""
        for line in lines:
            self.justified(x, y, line, measure)
            y += leading
        if last:
            self.text(x, y, last)
            y += leading
        return y

    def rect(self, x0, y0, x1, y1):
        """A filled rectangle."""
        self.parts.append(f"{x0} {HEIGHT - y1} {x1 - x0} {y1 - y0} re f")


def pdf(*sheets):
    """The bytes of a PDF with these pages."""
    widths = " ".join(["250"] + ["500"] * 94)
    font = ("<< /Type /Font /Subtype /Type1 /BaseFont /ABCDEF+{0} /FirstChar 32 /LastChar 126 "
            "/Widths [" + widths + "] /Encoding /WinAnsiEncoding /FontDescriptor << "
            "/Type /FontDescriptor /FontName /ABCDEF+{0} /Flags 32 /FontBBox [0 -200 500 800] "
            "/Ascent 800 /Descent -200 /ItalicAngle 0 /CapHeight 700 /StemV 80 >> >>")
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", font.format("Plain"), font.format("Bold")]
    kids = []
    for sheet in sheets:
        content = "\n".join(sheet.parts)
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 {HEIGHT}] /Contents "
                       f"{len(objects)} 0 R /Resources << /Font << /F 3 0 R /B 4 0 R >> >> >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    out, places = b"%PDF-1.7\n", []
    for number, value in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{value}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return out + (f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
                  f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n"
                  f"{len(out)}\n%%EOF\n").encode("latin-1")
