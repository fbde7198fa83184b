#!/usr/bin/env python3
"""Holds what `drukklaar read` says against what poppler finds in the structure.

    .ci/heard.py PROGRAM PDF...

Both walk the same tree, by code that has nothing in common. The words must be
the same, in the same order. Descriptions of figures are left out: poppler
shows the content of a figure and not its description. It exits with 1 if a
file differs, or if a change of its words goes unseen.
"""

import json
import re
import subprocess
import sys

import pikepdf


def clean(text):
    """Without soft hyphens and characters of no width."""
    return re.sub("[\u00ad\u200b-\u200d\u2060\ufeff]", "", text)


def expansions(pdf):
    """What each span of a file's structure is short for, or None, which poppler
    does not tell. Spans in figures are left out as their words are."""
    with pikepdf.open(pdf) as file:
        waiting, found = [file.Root.StructTreeRoot.K], []
        while waiting:
            value = waiting.pop()
            if isinstance(value, pikepdf.Array):
                waiting += reversed(list(value))
            elif isinstance(value, pikepdf.Dictionary) and value.get("/S") != "/Figure":
                if value.get("/S") == "/Span":
                    found.append(str(value.E) if "/E" in value else None)
                waiting += [value.K] if "/K" in value else []
    return found


def poppler(pdf):
    """The words of a file's structure by `pdfinfo -struct-text`."""
    told = subprocess.run(["pdfinfo", "-struct-text", pdf],
                          check=True, capture_output=True, text=True).stdout
    text, figure, span, full = [], None, None, iter(expansions(pdf))
    for line in told.split("\n"):
        inner = line.strip()
        depth = len(line) - len(line.lstrip())
        if figure is not None and inner and depth <= figure:
            figure = None
        if inner.startswith("Figure"):
            figure = depth
        if figure is not None:
            continue
        if span is not None and inner and depth <= span:
            span = None
        if inner.startswith("Span"):
            said = next(full)
            if said is not None:
                text.append(said)
                span = depth
        if span is not None:
            # The words are those that the span is short for.
            continue
        if inner.startswith('"') and inner.endswith('"') and len(inner) > 1:
            text.append(inner[1:-1])
        elif "(inline)" not in inner and not inner.startswith("Object "):
            # A block begins: its words are not those of the one before.
            text.append(" ")
    return clean("".join(text)).split()


def read_aloud(program, pdf):
    """The words that the program says."""
    told = subprocess.run([program, "read", pdf, "--format", "json"],
                          check=True, capture_output=True, text=True).stdout
    text = []
    for said in json.loads(told)["announcements"]:
        if said["what"] == "figure":
            continue
        # A drawn sign has words for listeners, and none that poppler could find.
        label = said.get("label") or ""
        text.append("" if label.strip() == "•" else label)
        text.append("".join(words["text"] for words in said["words"]))
    return clean(" ".join(text)).split()


def difference(one, other):
    """Where two lists of words part, or nothing."""
    for at, (left, right) in enumerate(zip(one, other)):
        if left != right:
            return f"after {' '.join(one[max(0, at - 6):at])!r}: {left!r}, {right!r}"
    if len(one) != len(other):
        return f"{len(one)} words, {len(other)} words"
    return None


def main():
    """Compares all files."""
    program, *pdfs = sys.argv[1:]
    faults = 0
    for pdf in pdfs:
        found, said = poppler(pdf), read_aloud(program, pdf)
        told = difference(found, said)
        if told or len(found) < 100:
            faults += 1
            print(f"{pdf}: poppler and `read` differ: {told}", file=sys.stderr)
            continue
        # A check that sees no change is none.
        middle = len(said) // 2
        for altered in (said[:middle] + said[middle + 1:], said[:middle] * 2, said[::-1]):
            if not difference(found, altered):
                raise SystemExit("the comparison does not see a change")
        print(f"{pdf}: {len(found)} words, the same in the same order")
    sys.exit(1 if faults or not pdfs else 0)


if __name__ == "__main__":
    main()
