#!/usr/bin/env python3
"""Holds what `drukklaar read` says against what is seen on the pages.

    .ci/seen.py PROGRAM PDF

Pages are drawn at 150 dpi and read by Tesseract in Dutch. Its order of columns
is its own and it misreads a letter here and there, so words are compared
without order, and a small part may differ: what matters is that nothing that
is seen is left out of the structure, and that nothing is heard that is not
there. Words in pictures and running heads are seen and not heard, so more may
be missing on that side.
"""

import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

# Which share of the words heard must be seen, and of those seen heard.
SEEN, HEARD = 0.97, 0.92


def words(text):
    """Words of three letters or more, in lower case; the rest is noise to OCR."""
    return collections.Counter(re.findall(r"[^\W\d_]{3,}", text.lower()))


def seen(pdf):
    """The words on the pages."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", "150", "-gray", pdf, f"{folder}/page"], check=True)
        text = []
        for page in sorted(pathlib.Path(folder).iterdir()):
            # Several threads make Tesseract slower on so small pages.
            told = subprocess.run(
                ["tesseract", str(page), "stdout", "-l", "nld", "--psm", "1"],
                env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"},
                check=True, capture_output=True, text=True).stdout
            text.append(told)
    # Hyphens at the ends of lines.
    return words(re.sub(r"(?<=[a-zé])[-‐]\n+(?=[a-zé])", "", "\n".join(text)))


def heard(program, pdf):
    """The words that are heard, but for descriptions of figures."""
    told = subprocess.run([program, "read", pdf, "--format", "json"],
                          check=True, capture_output=True, text=True).stdout
    said = json.loads(told)["announcements"]
    return words(" ".join("".join(part["printed"] or part["text"] for part in one["words"])
                          for one in said if one["what"] != "figure"))


def main():
    """Compares a file."""
    program, pdf = sys.argv[1:]
    on_page, in_speech = seen(pdf), heard(program, pdf)
    common = (on_page & in_speech).total()
    shares = common / in_speech.total(), common / on_page.total()
    print(f"{pdf}: {in_speech.total()} words heard, {shares[0]:.1%} of them seen; "
          f"{on_page.total()} seen, {shares[1]:.1%} of them heard")
    if shares[0] < SEEN or shares[1] < HEARD:
        print("  heard and not seen:", *sorted((in_speech - on_page).elements()), file=sys.stderr)
        print("  seen and not heard:", *sorted((on_page - in_speech).elements()), file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
