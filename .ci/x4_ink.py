"""Plates and ink, as Ghostscript separates the pages."""

import math
import pathlib
import re
import subprocess
import tempfile
import urllib.parse

import numpy
from PIL import Image

from x4_pages import box

# The most ink at a point, in per cent, and what rounding may add to it.
LIMIT = 300.0
TOLERANCE = 2.0
DPI = 144
# What counts as ink at the trim, in per cent, and how long a stretch of it
# must be that bleeds, in points.
INKED = 8.0
STRETCH = 6.0
PLATE = re.compile(r"(\d+)\((.+)\)\.tif")


def separate(path, pages=None, more=()):
    """The plates of each page, {page: {ink: share per pixel}}, and the
    complaints of Ghostscript."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", f"-r{DPI}",
                   "-sCompression=none", "-dPDFSTOPONERROR", *more,
                   f"-sOutputFile={folder}/%04d.tif"]
        listed = sorted(pages) if pages else None
        if listed:
            command.append(f"-sPageList={','.join(map(str, listed))}")
        done = subprocess.run([*command, str(path)], capture_output=True, check=False,
                              encoding="utf-8", errors="replace")
        complaints = [line.strip() for line in (done.stdout + done.stderr).splitlines()
                      if line.strip()]
        found = {}
        for file in sorted(pathlib.Path(folder).iterdir()):
            plate = PLATE.fullmatch(file.name)
            if plate is None:
                continue
            page = int(plate[1])
            page = listed[page - 1] if listed else page
            with Image.open(file) as image:
                pixels = numpy.asarray(image.convert("L"))
            # Letters that no file name can have are written as in addresses.
            found.setdefault(page, {})[urllib.parse.unquote(plate[2])] = 255 - pixels
        if done.returncode != 0:
            complaints.insert(0, f"Ghostscript ends with {done.returncode}")
        return found, complaints


def total(plates):
    """The ink of all plates at each pixel, in per cent."""
    whole = None
    for plate in plates.values():
        whole = plate.astype(numpy.uint16) if whole is None else whole + plate
    return whole.astype(numpy.float32) * (100 / 255)


class Raster:
    """From the boxes of a page to its pixels."""

    def __init__(self, page, ink):
        self.media = box(page, "/MediaBox")
        self.ink = ink
        self.scale = DPI / 72

    def fits(self):
        """Whether the pixels are those of the medium; they are not if the page
        is turned or scaled, which is a fault already."""
        if self.media is None:
            return False
        height = (self.media[3] - self.media[1]) * self.scale
        width = (self.media[2] - self.media[0]) * self.scale
        return abs(self.ink.shape[0] - height) < 1 and abs(self.ink.shape[1] - width) < 1

    def spans(self, part):
        """The pixels wholly within a box: first row, last, first column, last."""
        left, bottom, right, top = part
        x0, y1 = self.media[0], self.media[3]
        # Numbers in files have three decimals: a box at 8.504 is at 8.504.
        near = 0.01
        height, width = self.ink.shape
        return (max(0, math.ceil((y1 - top) * self.scale - near)),
                min(height, math.floor((y1 - bottom) * self.scale + near)),
                max(0, math.ceil((left - x0) * self.scale - near)),
                min(width, math.floor((right - x0) * self.scale + near)))

    def part(self, area):
        """The ink within a box."""
        top, bottom, left, right = self.spans(area)
        return self.ink[top:bottom, left:right]


def check(file, knocked):
    """Ink within the limit, artwork to the end of the bleed, black text that
    overprints; gives the names of the plates and the most ink found."""
    pages = {index: page.obj for index, page in enumerate(file.pdf.pages, 1)}
    found, complaints = separate(file.path)
    for complaint in complaints[:3]:
        file.fault("ghostscript", "file", complaint)
    plates, most = set(), 0.0
    for index, page in pages.items():
        if index not in found:
            file.fault("ghostscript", f"page {index}", "it could not be separated")
            continue
        raster = Raster(page, total(found[index]))
        if not raster.fits():
            continue
        plates |= {ink for ink, pixels in found[index].items() if pixels.any()}
        bleed = box(page, "/BleedBox") or box(page, "/MediaBox")
        most = max(most, limit(file, f"page {index}", raster, bleed))
        trim = box(page, "/TrimBox") or box(page, "/ArtBox")
        if trim:
            reach(file, f"page {index}", raster, trim, bleed)
    if knocked:
        knockouts(file, pages, knocked)
    return plates, most


def limit(file, where, raster, bleed):
    """No point inside the bleed has more ink than the paper takes."""
    ink = raster.part(bleed)
    if not ink.size:
        return 0.0
    most = float(ink.max())
    if most > LIMIT + TOLERANCE:
        row, column = numpy.unravel_index(int(ink.argmax()), ink.shape)
        x = bleed[0] + column / raster.scale
        y = bleed[3] - row / raster.scale
        count = int((ink > LIMIT + TOLERANCE).sum())
        file.fault("ink", where, f"{most:.0f} % at {x:.0f} {y:.0f}, too much at {count} points")
    return most


def reach(file, where, raster, trim, bleed):
    """Where there is ink at the trim, there is ink at the end of the bleed."""
    top, bottom, left, right = raster.spans(trim)
    up, down, west, east = raster.spans(bleed)
    ink = raster.ink
    edges = {
        "left": (left - west, ink[up:down, left], ink[up:down, west], top - up, bottom - up),
        "right": (east - right, ink[up:down, right - 1], ink[up:down, east - 1], top - up,
                  bottom - up),
        "top": (top - up, ink[top, west:east], ink[up, west:east], left - west, right - west),
        "bottom": (down - bottom, ink[bottom - 1, west:east], ink[down - 1, west:east],
                   left - west, right - west),
    }
    for edge, (depth, inner, outer, first, last) in edges.items():
        if depth < 2:
            continue
        # An edge of artwork may run at a slant: the ink may have gone aside
        # by as much as the bleed is deep.
        reached = outer > 0
        wide = reached.copy()
        for step in range(1, depth + 2):
            wide[step:] |= reached[:-step]
            wide[:-step] |= reached[step:]
        lacking = (inner >= INKED) & ~wide
        lacking[:first] = lacking[last:] = False
        longest = longest_run(lacking) / raster.scale
        if longest >= STRETCH:
            file.fault("bleed", where, f"{longest:.0f} pt of ink at the {edge} trim do not reach "
                       "the end of the bleed")


def longest_run(flags):
    """The longest run of true values."""
    padded = numpy.concatenate(([0], flags.astype(numpy.int8), [0]))
    steps = numpy.flatnonzero(numpy.diff(padded))
    return int((steps[1::2] - steps[::2]).max()) if steps.size else 0


def knockouts(file, pages, knocked):
    """Black text may knock out only where overprinting it would be too much:
    looks at the pages without their text."""
    found, _ = separate(file.path, {index for index, *_ in knocked}, ["-dFILTERTEXT"])
    for index, area, where, gray in knocked:
        below = 0.0
        if index in found and box(pages[index], "/MediaBox"):
            raster = Raster(pages[index], total(found[index]))
            grown = (area[0] - 1, area[1] - 1, area[2] + 1, area[3] + 1)
            ink = raster.part(grown)
            below = float(ink.max()) if ink.size else 0.0
        if below + 100 <= LIMIT and not (gray and below == 0):
            file.fault("black-overprint", where,
                       f"black text knocks out, over {below:.0f} % of ink")
