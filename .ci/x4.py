#!/usr/bin/env python3
"""Holds print files against PDF/X-4 and the rules of the printer.

    .ci/x4.py [-v] [--plate INK]... PDF...

Reads the bytes with pikepdf, fontTools and Ghostscript, and shares no code
with the program that wrote them. Prints each fault, and with -v a line on
each file; the exit status is 1 if there are faults. With --plate each file
must have ink on that plate, such as that of a spot colour.
"""

import argparse
import concurrent.futures
import functools
import os
import re
import subprocess
import sys

import x4_color
import x4_document
import x4_fonts
import x4_ink
import x4_intent
import x4_metadata
import x4_pages
import x4_spaces
import x4_walk
from x4_base import opened

# How many faults of a rule are told for a file.
SHOWN = 5


def check(path, ink=True, wanted=()):
    """The faults of a file, and a line about it. Ghostscript is asked for its
    ink, and for the plates that are wanted, unless that is not of interest."""
    file, shut = opened(path)
    if shut:
        return [shut], ""
    for what, part in (("document", x4_document), ("metadata", x4_metadata),
                       ("output intent", x4_intent), ("pages", x4_pages)):
        with file.reading(what):
            part.check(file)
    fonts, spaces = x4_fonts.Fonts(file), x4_spaces.Spaces(file)
    colors = x4_color.Colors(file, spaces, fonts)
    walker = x4_walk.Walker(file, spaces, fonts, colors)
    for number, page in enumerate(file.pdf.pages, 1):
        with file.reading(f"page {number}"):
            colors.begin(page, number)
            walker.page(page, number)
            colors.end(page)
    with file.reading("fonts"):
        fonts.check()
    about = f"{len(file.pdf.pages)} pages"
    if ink:
        plates, most = x4_ink.check(file, colors.knocked)
        for plate in wanted:
            if plate not in plates:
                file.fault("plate", "file", f"there is no ink on the plate {plate}")
        about += (f"; plates {', '.join(sorted(plates))}; ink at most {most:.0f} %; "
                  f"{resolution(path)}")
    return file.faults, about


def resolution(path):
    """The least and the most pixels per inch of a file's images."""
    done = subprocess.run(["pdfimages", "-list", str(path)], capture_output=True, check=False,
                          encoding="utf-8")
    found = [min(int(x), int(y)) for x, y in re.findall(
        r"^ *\d+ +\d+ image .* (\d+) +(\d+) +\S+ +\S+$", done.stdout, re.MULTILINE)]
    return f"images {min(found)} to {max(found)} ppi" if found else "no images"


def main(arguments):
    """Checks all files, as many at a time as there are cores."""
    parser = argparse.ArgumentParser(description="Checks print files against PDF/X-4.")
    parser.add_argument("-v", "--verbose", action="store_true", help="a line on each file")
    parser.add_argument("--plate", action="append", default=[], metavar="INK",
                        help="a plate that must have ink")
    parser.add_argument("paths", nargs="+", metavar="PDF")
    options = parser.parse_args(arguments)
    judge = functools.partial(check, wanted=tuple(options.plate))
    failed = False
    with concurrent.futures.ProcessPoolExecutor(os.cpu_count()) as pool:
        for path, (faults, about) in zip(options.paths, pool.map(judge, options.paths),
                                          strict=True):
            if options.verbose or faults:
                print(f"{os.path.basename(path)}: {about}")
            told = {}
            for fault in faults:
                told[fault.rule] = told.get(fault.rule, 0) + 1
                if told[fault.rule] <= SHOWN:
                    print(f"  FAILED {fault}")
            for rule, count in told.items():
                if count > SHOWN:
                    print(f"  FAILED {rule}: and {count - SHOWN} more")
            failed |= bool(faults)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
