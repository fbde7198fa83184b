"""Ways to break a print file: what they share.

A mutant is a function that breaks one thing in an open document. It gives
nothing, options for saving, or a function that alters the saved bytes; it
gives False if there is nothing to break.
"""

import dataclasses
import re

import pikepdf
from pikepdf import Dictionary, Name

from x4_base import dictionaries, is_dict, numbers

MUTANTS = []


@dataclasses.dataclass(frozen=True)
class Mutant:
    """A way to break a file, the rule that must see it, and what its report
    must tell; other rules that cannot but see it too."""

    change: object
    rule: str
    told: str
    also: frozenset
    # Whether it needs the plates, which take time.
    ink: bool

    @property
    def title(self):
        """What is told of it."""
        return f"{self.change.__name__} ({self.change.__doc__})"


def mutant(rule, told="", also=(), ink=False):
    """Enters a function in the list of mutants."""
    def enter(change):
        MUTANTS.append(Mutant(change, rule, told, frozenset(also), ink))
        return change
    return enter


def first_page(pdf):
    """The page that is broken."""
    return pdf.pages[0]


def trim(pdf):
    """The trim box of the page that is broken."""
    return numbers(first_page(pdf).obj.TrimBox)


def middle(pdf):
    """A place well within the page."""
    left, bottom, right, top = trim(pdf)
    return round((left + right) / 2 - 30, 2), round((bottom + top) / 2, 2)


def paint(pdf, content, **resources):
    """Adds to the end of a page's content, and to its resources. In the
    content, X and Y stand for a place within the page."""
    page = first_page(pdf)
    x, y = middle(pdf)
    content = re.sub(r"\bX\b", str(x), re.sub(r"\bY\b", str(y), content))
    # The page may share its resources with others.
    own = Dictionary()
    for key in page.resources.keys():
        own[key] = page.resources[key]
    for kind, entries in resources.items():
        merged = Dictionary()
        old = own.get("/" + kind)
        for key in old.keys() if is_dict(old) else ():
            merged[key] = old[key]
        for key, value in entries.items():
            merged["/" + key] = value
        own["/" + kind] = merged
    page.obj.Resources = pdf.make_indirect(own)
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"\nQ\n" + content.encode("latin-1") + b"\n")


def grouped(pdf):
    """Lets a page have transparency."""
    page = first_page(pdf).obj
    if "/Group" not in page:
        page.Group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK)


def text(pdf, before, after="", render=""):
    """Shows a glyph on white, with a state set before."""
    font = type0(pdf)
    if font is None:
        return False
    paint(pdf, f"q 0 0 0 0 k X Y 40 30 re f Q q {before} BT {render} /X4Font 12 Tf X Y Td "
          f"6 9 Td <0002> Tj ET {after} Q",
          Font={"X4Font": font},
          ExtGState={"X4Over": Dictionary(OP=True, op=True, OPM=1),
                     "X4Mode0": Dictionary(OP=True, op=True, OPM=0),
                     "X4Knock": Dictionary(OP=False, op=False)})
    return True


def each(pdf, wanted):
    """Every dictionary or stream that is wanted."""
    return [value for _, value in dictionaries(pdf) if wanted(value)]


def type0(pdf):
    """A composite font of the file."""
    found = each(pdf, lambda value: value.get("/Subtype") == "/Type0")
    return found[0] if found else None


def inner_font(pdf):
    """The descendant of a composite font."""
    font = type0(pdf)
    return None if font is None else font.DescendantFonts[0]


def packet(pdf, pattern, replacement):
    """Alters the XMP packet; False if there is nothing to alter."""
    stream = pdf.Root.get("/Metadata")
    if stream is None:
        return False
    old = stream.read_bytes().decode("utf-8")
    new = re.sub(pattern, replacement, old, count=1, flags=re.DOTALL)
    if new == old:
        return False
    stream.write(new.encode("utf-8"))
    return True


def replaced(pattern, replacement):
    """Alters the saved bytes, without moving any."""
    def alter(data):
        new, count = re.subn(pattern, replacement, data)
        if not count or len(new) != len(data):
            raise ValueError(f"{pattern} is not there, or moves bytes")
        return new
    return alter


def raw_image(pdf, space, data, width=2, height=2, **entries):
    """An image whose samples are not compressed."""
    made = pikepdf.Stream(pdf, bytes(data))
    made.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": width,
                 "/Height": height, "/BitsPerComponent": 8})
    if space is not None:
        made.ColorSpace = space
    for key, value in entries.items():
        made["/" + key] = value
    return pdf.make_indirect(made)


def raw_form(pdf, content, resources=None, **entries):
    """A form as large as any page."""
    made = pikepdf.Stream(pdf, content.encode("latin-1"))
    made.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": [0, 0, 9999, 9999],
                 "/Resources": resources or Dictionary()})
    for key, value in entries.items():
        made["/" + key] = value
    return pdf.make_indirect(made)
