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


def seen(pdf, *pages):
    """The words on some pages, or on all, page by page."""
    with tempfile.TemporaryDirectory() as folder:
        for page in pages or [None]:
            only = ["-f", str(page), "-l", str(page)] if page else []
            subprocess.run(["pdftoppm", "-r", "150", "-gray", *only, pdf, f"{folder}/page"],
                           check=True)
        text = []
        for page in sorted(pathlib.Path(folder).iterdir()):
            # Several threads make Tesseract slower on so small pages.
            told = subprocess.run(
                ["tesseract", str(page), "stdout", "-l", "nld", "--psm", "1"],
                env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"},
                check=True, capture_output=True, text=True).stdout
            # Hyphens at the ends of lines.
            text.append(words(re.sub(r"(?<=[a-zé])[-‐]\n+(?=[a-zé])", "", told)))
    return text


def heard(program, pdf):
    """The words that are heard, but for descriptions of figures."""
    told = subprocess.run([program, "read", pdf, "--format", "json"],
                          check=True, capture_output=True, text=True).stdout
    said = json.loads(told)["announcements"]
    return words(" ".join("".join(part["printed"] or part["text"] for part in one["words"])
                          for one in said if one["what"] != "figure"))


def shares(on_page, in_speech):
    """Which share of the words heard is seen, and of those seen heard."""
    common = (on_page & in_speech).total()
    return common / max(in_speech.total(), 1), common / max(on_page.total(), 1)


def differ(on_page, in_speech):
    """Whether more words than may differ are not both seen and heard."""
    are_seen, are_heard = shares(on_page, in_speech)
    return are_seen < SEEN or are_heard < HEARD


def main():
    """Compares a file."""
    program, pdf = sys.argv[1:]
    on_page, in_speech = sum(seen(pdf), collections.Counter()), heard(program, pdf)
    are_seen, are_heard = shares(on_page, in_speech)
    print(f"{pdf}: {in_speech.total()} words heard, {are_seen:.1%} of them seen; "
          f"{on_page.total()} seen, {are_heard:.1%} of them heard")
    if differ(on_page, in_speech):
        print("  heard and not seen:", *sorted((in_speech - on_page).elements()), file=sys.stderr)
        print("  seen and not heard:", *sorted((on_page - in_speech).elements()), file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
