"""Proves that each check of checks.py, heard.py and seen.py can fail:
.ci/selftest.py OUT PROGRAM.

Takes a print and a screen file of a run, breaks a copy in one way at a time,
and sees that the check meant for it finds the fault, while it finds none in
the copy that was only taken apart and put together again.
"""

import base64
import collections
import copy
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import checks
import heard
import seen
import words


class Copy:
    """A PDF taken apart, to be changed and put together again."""

    def __init__(self, pdf):
        self.objects = checks.Objects(pdf)

    def altered(self, change):
        """A copy with a change made to it."""
        other = copy.copy(self)
        other.objects = copy.deepcopy(self.objects)
        if not change(other):
            raise SystemExit(f"nothing to break by {change.__name__}")
        return other

    def write(self, path):
        """Puts the copy together."""
        taken = path.with_suffix(".json")
        # PDF knows no exponents, which Python writes for small numbers.
        text = re.sub(
            r"(?<=[\[ ])-?\d[\d.]*e-\d+(?=[,\]}])",
            lambda number: f"{float(number[0]):.12f}",
            json.dumps(self.objects.json),
        )
        taken.write_text(text, "utf-8")
        subprocess.run(["qpdf", "--json-input", str(taken), str(path)], check=True)

    def each(self, wanted):
        """Every dictionary that has a key."""
        return [value for value in self.objects.dictionaries() if wanted in value]

    def append(self, operators, number=1):
        """Adds operators to a page's content."""
        pages = next(v for v in self.objects.dictionaries() if v.get("/Type") == "/Pages")
        page = self.objects.get(pages["/Kids"][number - 1])
        of_page = page["/Contents"]
        reference = of_page[0] if isinstance(of_page, list) else of_page
        stream = self.objects.table[f"obj:{reference}"]["stream"]
        data = base64.b64decode(stream["data"]) + b"\n" + operators
        stream["data"] = base64.b64encode(data).decode("ascii")
        return True


def without_font_file(pdf):
    """No font is embedded any more."""
    found = pdf.each("/FontFile2") + pdf.each("/FontFile3")
    for value in found:
        value.pop("/FontFile2", None)
        value.pop("/FontFile3", None)
    return found


def without_subset_tag(pdf):
    """Font names lose the tag that says they are subsets."""
    found = pdf.each("/BaseFont") + pdf.each("/FontName")
    for value in found:
        for key in ("/BaseFont", "/FontName"):
            if key in value:
                value[key] = re.sub(r"^/[A-Z]{6}\+", "/", value[key])
    return found


def without_unicode(pdf):
    """Glyphs no longer map to characters."""
    found = pdf.each("/ToUnicode")
    for value in found:
        del value["/ToUnicode"]
    return found


def wrong_unicode(pdf):
    """The glyphs of e read as x."""
    changed = False
    for value in pdf.each("/ToUnicode"):
        stream = pdf.objects.table[f"obj:{value['/ToUnicode']}"]["stream"]
        data = base64.b64decode(stream["data"])
        altered = data.replace(b"<0065>", b"<0078>")
        changed |= altered != data
        stream["data"] = base64.b64encode(altered).decode("ascii")
    return changed


def small_trim(pdf):
    """The trim box is a centimetre short."""
    found = pdf.each("/TrimBox")
    for value in found:
        value["/TrimBox"] = [*value["/TrimBox"][:3], value["/TrimBox"][3] - 28]
    return found


def no_bleed(pdf):
    """The bleed box ends at the trim."""
    found = [value for value in pdf.each("/BleedBox") if "/TrimBox" in value]
    for value in found:
        value["/BleedBox"] = value["/TrimBox"]
    return found


def narrow_screen(pdf):
    """The pages of the screen file are wider than A4."""
    found = pdf.each("/MediaBox")
    for value in found:
        value["/MediaBox"] = [0, 0, 700, 842]
        value.pop("/TrimBox", None)
        value.pop("/CropBox", None)
        value.pop("/BleedBox", None)
    return found


def rgb_operator(pdf):
    """A stroke in RGB."""
    return pdf.append(b"q 1 0 0 RG Q")


def cmyk_operator(pdf):
    """A fill in CMYK."""
    return pdf.append(b"q 0 0 0 1 k Q")


def hidden_operator(pdf):
    """What looks like operators, but stands in a string."""
    return pdf.append(rb"q BT (1 0 0 rg \) 0 0 0 1 k) pop ET Q")


def rgb_space(pdf):
    """The resources of a page name an RGB space."""
    return space(pdf, "/DeviceRGB")


def cmyk_space(pdf):
    """The resources of a page name a CMYK space."""
    return space(pdf, ["/Indexed", "/DeviceCMYK", 0, "b:00000000"])


def space(pdf, value):
    """Names a colour space in the resources of the first page."""
    page = next(v for v in pdf.objects.dictionaries() if v.get("/Type") == "/Page")
    resources = pdf.objects.get(page["/Resources"])
    resources["/ColorSpace"] = {"/Broken": value}
    return True


def last_chapters_untagged(pdf):
    """The last chapters are in no structure."""
    document = next(v for v in pdf.each("/S") if v["/S"] == "/Document")
    document["/K"] = document["/K"][:-2]
    return True


def chapters_exchanged(pdf):
    """Two chapters are said in the wrong order."""
    document = next(v for v in pdf.each("/S") if v["/S"] == "/Document")
    document["/K"][-3:-1] = reversed(document["/K"][-3:-1])
    return True


# The page that is covered to see whether its words are missed.
COVERED = 4


def covered_page(pdf):
    """A page is covered with white."""
    return pdf.append(b"1 g 0 0 999 999 re f", COVERED)


class Proof:
    """The run of the self-test."""

    def __init__(self, folder):
        self.folder = folder
        self.failed = False
        self.count = 0

    def see(self, what, faults, wanted):
        """Sees that there are faults, or none."""
        self.count += 1
        if bool(faults) != wanted:
            self.failed = True
            print(f"  FAILED {what}: {'nothing was found' if wanted else faults}")

    def file(self, pdf, change):
        """A broken copy, written."""
        path = self.folder / f"{change.__name__}.pdf"
        pdf.altered(change).write(path)
        return path

    def of_files(self, print_pdf, screen_pdf):
        """The checks that look at a PDF."""
        pages, screen = Copy(print_pdf), Copy(screen_pdf)
        for change in (without_font_file, without_subset_tag, without_unicode):
            self.see(change.__doc__, checks.fonts(self.file(pages, change)), True)
        for change in (small_trim, no_bleed):
            self.see(change.__doc__, checks.boxes(self.file(pages, change), "print"), True)
        found = checks.boxes(self.file(screen, narrow_screen), "screen")
        self.see(narrow_screen.__doc__, found, True)
        for change in (rgb_operator, rgb_space):
            self.see(change.__doc__, checks.colors(self.file(pages, change), "print"), True)
        for change in (cmyk_operator, cmyk_space):
            self.see(change.__doc__, checks.colors(self.file(screen, change), "screen"), True)
        hidden = self.file(pages, hidden_operator)
        self.see(hidden_operator.__doc__, checks.colors(hidden, "print"), False)
        self.see(hidden_operator.__doc__, checks.colors(self.file(screen, hidden_operator),
                                                        "screen"), False)
        whole = print_pdf.read_bytes()
        cut = self.folder / "cut.pdf"
        cut.write_bytes(whole[:-200])
        self.see("a file cut short", checks.sound(cut), True)
        same = self.folder / "same.pdf"
        pages.write(same)
        for name, found in (("sound", checks.sound(same)), ("fonts", checks.fonts(same)),
                            ("boxes", checks.boxes(same, "print")),
                            ("colours", checks.colors(same, "print"))):
            self.see(f"a file put together again, {name}", found, False)

    def of_speech(self, program, screen_pdf):
        """What is said, against poppler's structure and against the pages."""
        whole = Copy(screen_pdf)
        said = heard.read_aloud(program, screen_pdf)
        same = self.folder / "same.pdf"
        whole.write(same)
        self.see("the words of the structure", heard.difference(heard.poppler(same), said), False)
        pages = seen.seen(screen_pdf)
        on_page = sum(pages, collections.Counter())
        self.see("the words on the pages", seen.differ(on_page, seen.heard(program, same)), False)
        for change in (last_chapters_untagged, chapters_exchanged, wrong_unicode):
            broken = self.file(whole, change)
            self.see(f"{change.__doc__} (poppler)",
                     heard.difference(heard.poppler(broken), said), True)
            # Only what is missing is seen without an order.
            if change is not chapters_exchanged:
                self.see(f"{change.__doc__} (pages)",
                         seen.differ(on_page, seen.heard(program, broken)), True)
        [covered] = seen.seen(self.file(whole, covered_page), COVERED)
        on_page += covered
        on_page.subtract(pages[COVERED - 1])
        self.see(covered_page.__doc__, seen.differ(+on_page, seen.heard(program, same)), True)

    def of_words(self, source, screen_pdf):
        """The checks that look at the text."""
        whole = set(words.faults(source, checks.text(screen_pdf)))
        broken = checks.text(self.file(Copy(screen_pdf), wrong_unicode))
        self.see(wrong_unicode.__doc__, set(words.faults(source, broken)) - whole, True)
        reader = words.Reader(source)
        phrases = [p for group in reader.read() for p in group]
        text = "\n".join(phrases + reader.running())
        self.see("the words themselves", words.faults(source, text), False)
        longest = max(phrases, key=len)
        halves = longest.split()
        middle = len(halves) // 2
        first, last = " ".join(halves[:middle]), " ".join(halves[middle:])
        taken = max(halves, key=len)
        kept = halves[middle]
        for what, other, wanted in (
            ("a word left out", text.replace(taken, ""), True),
            ("a phrase left out", text.replace(longest, ""), True),
            ("a phrase set last", text.replace(longest, "") + "\n" + longest, True),
            ("two words run together", text.replace(f" {kept}", kept), True),
            ("a ligature for letters", text + " ef\ufb01cient", True),
            ("an unknown letter", text + " \ufffd", True),
            ("a page's end within a phrase",
             text.replace(longest, f"{first}\n12\n\fRunning head\n{last}"), False),
            ("strange words within a phrase",
             text.replace(longest, f"{first} strange words {last}"), True),
            ("a hyphen at a line's end",
             text.replace(taken, taken[:4] + "-\n" + taken[4:]), False),
            ("a hyphen within a line", text.replace(taken, taken[:4] + "- " + taken[4:]), True),
        ):
            self.see(what, words.faults(source, other), wanted)
        self.see("a fact that is there", checks.facts(first, text), False)
        self.see("a fact that is not there", checks.facts(first + " maar niet dit", text), True)


def main(out, program):
    """Breaks the files of the first brochure; the exit status is 1 if a check fails to see."""
    files = {}
    for source, profile, pdf in checks.brochures(out):
        files.setdefault(source, {})[profile] = pdf
    source, made = next(iter(files.items()))
    with tempfile.TemporaryDirectory() as folder:
        proof = Proof(pathlib.Path(folder))
        proof.of_files(made["print"], made["screen"])
        proof.of_words(source, made["screen"])
        proof.of_speech(program, made["screen"])
    print(f"{proof.count} proofs on the files of {source}")
    return int(proof.failed)


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), sys.argv[2]))
