"""Looks at imposed pages from outside: .ci/imposed.py PRINT IMPOSED.

Draws the pages of a print file and the sheets made of them with poppler, and
compares what stands where on each sheet with the page that folding needs
there. First it proves that it finds pages in a wrong order, a page that runs
onto its neighbour, pages out of place, and a sheet without bleed.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

# Pixels in a millimetre, and in an inch. Half a millimetre is a whole pixel.
SCALE = 2
DPI = SCALE * 25.4
MM = 72 / 25.4
BLEED = 3
# Mean difference of gray, of 255: what a shift by part of a pixel may give, and
# what is far less than that of two pages.
NEAR = 6.0
# The same for the strip beside the fold, where a neighbour would show.
NEAR_FOLD = 6.0
# Most that creep may take off a trim, in mm.
CREEP = 1.0


class Picture:
    """A gray picture of a page."""

    def __init__(self, path):
        data = path.read_bytes()
        head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
        self.width, self.height = int(head[1]), int(head[2])
        self.pixels = data[head.end():]

    def rows(self, left, top, width, height):
        """The rows of a part; white beyond the edges."""
        for y in range(top, top + height):
            yield bytes(
                self.pixels[y * self.width + x]
                if 0 <= x < self.width and 0 <= y < self.height else 255
                for x in range(left, left + width)
            )


def drawn(pdf, folder):
    """Pictures of all pages."""
    stem = folder / pdf.stem
    subprocess.run(["pdftoppm", "-gray", "-r", str(DPI), str(pdf), str(stem)], check=True)
    return [Picture(path) for path in sorted(folder.glob(f"{pdf.stem}-*.pgm"))]


def boxes(pdf):
    """The boxes of all pages, in mm from the upper left corner of the medium."""
    told = subprocess.run(
        ["pdfinfo", "-box", "-f", "1", "-l", "99999", str(pdf)],
        capture_output=True, check=True, encoding="utf-8",
    ).stdout
    pages = {}
    for page, name, numbers in re.findall(r"Page +(\d+) (\w+Box): +([-\d. ]+)", told):
        pages.setdefault(int(page), {})[name] = [float(n) / MM for n in numbers.split()]
    found = []
    for _, page in sorted(pages.items()):
        left, _, _, top = page["MediaBox"]
        found.append({
            name: (box[0] - left, top - box[3], box[2] - left, top - box[1])
            for name, box in page.items()
        })
    return found


def difference(first, second):
    """The mean difference of two lists of rows."""
    total = count = 0
    for a, b in zip(first, second, strict=True):
        total += sum(abs(x - y) for x, y in zip(a, b, strict=True))
        count += len(a)
    return total / count


def faults(printed, imposed):
    """What is wrong with the sheets made of a print file."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "p").mkdir()
        (folder / "s").mkdir()
        pages, sheets = drawn(printed, folder / "p"), drawn(imposed, folder / "s")
    page_boxes, sheet_boxes = boxes(printed), boxes(imposed)
    total = len(pages)
    if total % 4 or len(sheets) != total // 2:
        return [f"{total} pages stand on {len(sheets)} sides"]
    found = []
    for at, (sheet, box) in enumerate(zip(sheets, sheet_boxes, strict=True)):
        trim, bleed = box["TrimBox"], box["BleedBox"]
        wanted = (trim[0] - BLEED, trim[1] - BLEED, trim[2] + BLEED, trim[3] + BLEED)
        if any(abs(a - b) > 0.02 for a, b in zip(bleed, wanted, strict=True)):
            found.append(f"side {at + 1}: the bleed {bleed} is not {BLEED} mm around {trim}")
        low, high = at + 1, total - at
        left, right = (high, low) if at % 2 == 0 else (low, high)
        fold = (trim[0] + trim[2]) / 2
        for number, on_left in ((left, True), (right, False)):
            of_page = page_boxes[number - 1]["TrimBox"]
            width, height = of_page[2] - of_page[0], of_page[3] - of_page[1]
            creep = width - (fold - trim[0])
            if not -0.02 <= creep <= CREEP or abs(trim[3] - trim[1] - height) > 0.02:
                found.append(f"side {at + 1}: the trim {trim} does not hold two pages")
                break
            # The page's trim on the sheet, and the same place on the page.
            x = trim[0] if on_left else trim[2] - width
            sheet_at = (round(x * SCALE), round(trim[1] * SCALE))
            page_at = (round(of_page[0] * SCALE), round(of_page[1] * SCALE))
            outer, fold_px = BLEED * SCALE, round(fold * SCALE) - sheet_at[0]
            # The pixel at the fold may be half covered by the neighbour.
            end, start = fold_px - 1, fold_px + 1
            across = (-outer, end) if on_left else (start, round(width * SCALE) + outer)
            beside = (end - outer, end) if on_left else (start, start + outer)
            for (start, end), limit, what in (
                (across, NEAR, "shows something else than"),
                (beside, NEAR_FOLD, "shows beside the fold something else than"),
            ):
                size = (end - start, round(height * SCALE) + 2 * outer)
                parts = [
                    list(picture.rows(corner[0] + start, corner[1] - outer, *size))
                    for picture, corner in ((sheet, sheet_at), (pages[number - 1], page_at))
                ]
                # The outermost pixels may be half covered.
                unlike = difference(parts[0][1:-1], parts[1][1:-1])
                if unlike > limit:
                    found.append(f"side {at + 1} {what} page {number} ({unlike:.1f})")
    return found


def broken(imposed, folder):
    """Copies of the sheets with a fault each."""
    text = folder / "sheets.qdf"
    subprocess.run(
        ["qpdf", "--qdf", "--object-streams=disable", str(imposed), str(text)], check=True
    )
    sheets = text.read_bytes()
    swapped = re.sub(rb"/P1 Do", b"/P9 Do", sheets)
    swapped = re.sub(rb"/P1 (\d+ 0 R)", rb"/P9 \1", swapped)
    first = re.search(rb"/P9 (\d+ 0 R)", swapped)[1]
    third = re.search(rb"/P3 (\d+ 0 R)", swapped)[1]
    swapped = swapped.replace(b"/P9 " + first, b"/P9 " + third)
    clip = re.compile(rb"q\n([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re W n")
    spilt = clip.sub(rb"q\n0 0 2000 2000 re W n", sheets)
    moved = re.sub(rb"1 0 0 1 ([\d.]+) ([\d.]+) cm", rb"1 0 0 1 \g<1> 90 cm", sheets)
    unbled = re.sub(rb"/BleedBox \[.*?\]", b"", sheets, flags=re.DOTALL)
    for name, data in (
        ("a wrong order", swapped), ("a page on its neighbour", spilt),
        ("pages out of place", moved), ("no bleed", unbled),
    ):
        if data == sheets:
            raise SystemExit(f"nothing to break by {name}")
        path = folder / f"{name.replace(' ', '-')}.pdf"
        path.write_bytes(data)
        # qpdf mends the table of places.
        mended = path.with_suffix(".mended.pdf")
        subprocess.run(["qpdf", str(path), str(mended)], check=False, capture_output=True)
        yield name, mended


def main(printed, imposed):
    """Proves the check, then takes it; the exit status is 1 if there are faults."""
    failed = False
    with tempfile.TemporaryDirectory() as name:
        for fault, pdf in broken(imposed, pathlib.Path(name)):
            if not faults(printed, pdf):
                print(f"  FAILED the check does not see {fault}")
                failed = True
    found = faults(printed, imposed)
    for fault in found:
        print(f"  FAILED {fault}")
    print(f"{imposed.name}: each side compared with its pages")
    return int(failed or bool(found))


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])))
