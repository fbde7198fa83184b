"""Looks at the PDFs of a run from outside: .ci/checks.py OUT.

Each check takes a file and gives a list of faults; none shares code with the
program. OUT is what .ci/artifacts leaves.
"""

import base64
import json
import pathlib
import re
import subprocess
import sys

import words

A4 = (595.276, 841.890)  # 210 by 297 mm, in points
BLEED = 8.504  # 3 mm
# pdfinfo prints hundredths of a point.
NEAR = 0.02
# How many faults of a kind are told for a file.
SHOWN = 10


def output(*command):
    """What a program prints; its complaints are part of it."""
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, encoding="utf-8"
    )
    return done.returncode, done.stdout


def sound(pdf):
    """qpdf finds neither errors nor warnings."""
    status, told = output("qpdf", "--check", str(pdf))
    if status == 0 and "WARNING" not in told:
        return []
    return [line for line in told.splitlines() if line] or [f"qpdf ends with {status}"]


def fonts(pdf):
    """Every font is embedded, a subset, and maps to Unicode."""
    status, told = output("pdffonts", str(pdf))
    if status != 0:
        return [f"pdffonts: {told.strip()}"]
    lines = told.splitlines()[2:]
    found = [] if lines else ["there are no fonts in it"]
    for line in lines:
        name = line.split()[0]
        embedded, subset, to_unicode = line.split()[-5:-2]
        if embedded != "yes":
            found.append(f"the font {name} is not embedded")
        if subset != "yes" or not re.match(r"[A-Z]{6}\+", name):
            found.append(f"the font {name} is not a subset")
        if to_unicode != "yes":
            found.append(f"the font {name} does not map to Unicode")
    return found


def boxes(pdf, profile):
    """Pages are A4; print files have 3 mm of bleed on all sides."""
    status, told = output("pdfinfo", "-box", "-f", "1", "-l", "99999", str(pdf))
    if status != 0:
        return [f"pdfinfo: {told.strip()}"]
    pages = {}
    for page, name, numbers in re.findall(r"Page +(\d+) (\w+Box): +([-\d. ]+)", told):
        pages.setdefault(page, {})[name] = tuple(map(float, numbers.split()))
    found = [] if pages else ["there are no pages in it"]
    for page, box in pages.items():
        trim, bleed, media = box["TrimBox"], box["BleedBox"], box["MediaBox"]
        size = (trim[2] - trim[0], trim[3] - trim[1])
        if not near(size, A4):
            found.append(f"page {page}: the trim box {trim} is not A4")
        margin = BLEED if profile == "print" else 0.0
        wanted = (trim[0] - margin, trim[1] - margin, trim[2] + margin, trim[3] + margin)
        if not near(bleed, wanted):
            found.append(f"page {page}: the bleed box {bleed} is not {margin} pt around the trim")
        if media[0] > bleed[0] + NEAR or media[2] < bleed[2] - NEAR:
            found.append(f"page {page}: the bleed box {bleed} reaches out of the medium {media}")
    return found


def near(numbers, wanted):
    """Whether numbers are equal but for the rounding of pdfinfo."""
    return all(abs(a - b) <= NEAR for a, b in zip(numbers, wanted, strict=True))


class Objects:
    """The objects of a PDF, as qpdf reads them."""

    def __init__(self, pdf):
        done = subprocess.run(
            ["qpdf", "--json-output=2", "--json-stream-data=inline",
             "--decode-level=generalized", str(pdf), "-"],
            capture_output=True, check=False, encoding="utf-8",
        )
        # 3 means warnings, which are the affair of another check.
        if done.returncode not in (0, 3):
            raise ValueError(done.stderr[-300:])
        self.json = json.loads(done.stdout)
        self.table = self.json["qpdf"][1]

    def get(self, value):
        """A value, or what a reference points to."""
        while isinstance(value, str) and re.fullmatch(r"\d+ \d+ R", value):
            found = self.table.get(f"obj:{value}", {})
            value = found.get("value") if "value" in found else found.get("stream", {}).get("dict")
        return value

    def dictionaries(self):
        """All dictionaries, wherever they stand."""
        waiting = [entry.get("value", entry.get("stream", {}).get("dict"))
                   for key, entry in self.table.items() if key != "trailer"]
        while waiting:
            value = waiting.pop()
            if isinstance(value, dict):
                yield value
                waiting += value.values()
            elif isinstance(value, list):
                waiting += value

    def contents(self):
        """The bytes of all content streams: of pages, forms and patterns."""
        named = set()
        for value in self.dictionaries():
            if value.get("/Type") == "/Page":
                of_page = value.get("/Contents", [])
                inner = self.get(of_page) if isinstance(of_page, str) else of_page
                named |= set(inner) if isinstance(inner, list) else {of_page}
        for key, entry in self.table.items():
            stream = entry.get("stream")
            if stream is None:
                continue
            kind = stream["dict"]
            if (key.removeprefix("obj:") in named or kind.get("/Subtype") == "/Form"
                    or kind.get("/PatternType") == 1):
                yield base64.b64decode(stream.get("data", ""))


def colors(pdf, profile):
    """Print files hold no RGB, screen files no CMYK, in drawings and images."""
    try:
        objects = Objects(pdf)
    except ValueError as error:
        return [f"qpdf cannot read it: {error}"]
    foreign = "RGB" if profile == "print" else "CMYK"
    found = set()
    for content in objects.contents():
        for operator in operators(content):
            space = {"rg": "RGB", "RG": "RGB", "k": "CMYK", "K": "CMYK"}.get(operator)
            if space == foreign:
                found.add(f"the operator {operator} sets {space}")
    for value in objects.dictionaries():
        for key in ("/ColorSpace", "/CS"):
            spaces = objects.get(value.get(key))
            # The resources name their spaces; an image has just one.
            for space in spaces.values() if isinstance(spaces, dict) else [spaces]:
                if family(objects, space) == foreign:
                    found.add(f"a {key[1:]} is {foreign}")
    return sorted(found)


def family(objects, space):
    """RGB, CMYK or nothing of either, for a colour space."""
    space = objects.get(space)
    if isinstance(space, str):
        return {"/DeviceRGB": "RGB", "/CalRGB": "RGB", "/DeviceCMYK": "CMYK"}.get(space)
    if not isinstance(space, list) or not space:
        return None
    match space[0]:
        case "/ICCBased":
            return {3: "RGB", 4: "CMYK"}.get(objects.get(space[1]).get("/N"))
        case "/Indexed" | "/Pattern":
            return family(objects, space[1]) if len(space) > 1 else None
        case "/Separation" | "/DeviceN":
            return family(objects, space[2])
        case _:
            return family(objects, space[0])


TOKEN = re.compile(
    rb"%[^\r\n]*|<<|>>|<[0-9A-Fa-f\s]*>|/[^\s()<>\[\]{}/%]*|[\[\]{}]|\(|[^\s()<>\[\]{}/%]+"
)


def operators(content):
    """The operators of a content stream; strings and inline images left out."""
    at = 0
    while match := TOKEN.search(content, at):
        at = match.end()
        token = match[0]
        if token == b"(":
            at = after_string(content, at)
        elif token == b"ID":
            end = re.compile(rb"\sEI(?=\s|$)").search(content, at)
            at = end.end() if end else len(content)
        elif re.fullmatch(rb"[A-Za-z'\"][A-Za-z0-9*'\"]*", token):
            yield token.decode("ascii")


def after_string(content, at):
    """The byte after a string that opened before `at`."""
    depth = 1
    while depth and at < len(content):
        byte = content[at:at + 1]
        at += 2 if byte == b"\\" else 1
        depth += {b"(": 1, b")": -1}.get(byte, 0)
    return at


def text(pdf):
    """The text of a PDF in the order of its content."""
    return output("pdftotext", "-raw", "-enc", "UTF-8", str(pdf), "-")[1]


def facts(listed, extracted):
    """Every line of a list of facts is in the text."""
    squeezed = words.squeeze(extracted)
    lines = [line.strip() for line in listed.splitlines() if line.strip()]
    return [f"not there: {line}" for line in lines
            if words.locate(words.squeeze(line), squeezed) < 0]


def brochures(out):
    """Source, profile and file of all that a run wrote."""
    result = json.loads((out / "result.json").read_text("utf-8"))
    for brochure in result["brochures"]:
        if brochure["status"] != "built":
            raise SystemExit(f"{brochure['source']} is not built, but {brochure['status']}")
        for made in brochure["outputs"]:
            yield brochure["source"], made["profile"], pathlib.Path(made["path"])


def main(out):
    """Checks all files; the exit status is 1 if there are faults."""
    failed = False
    here = pathlib.Path(__file__).parent
    for source, profile, pdf in brochures(out):
        extracted = text(pdf)
        found = {
            "qpdf finds nothing": sound(pdf),
            "fonts embedded, subset, with Unicode map": fonts(pdf),
            "boxes": boxes(pdf, profile),
            "no RGB" if profile == "print" else "no CMYK": colors(pdf, profile),
            "every word, in order": words.faults(source, extracted),
        }
        listed = here / "facts" / (pathlib.Path(source).stem + ".txt")
        if listed.exists():
            found["every fact"] = facts(listed.read_text("utf-8"), extracted)
        print(f"{pdf.name}: {len(found)} checks")
        for check, faults in found.items():
            for fault in faults[:SHOWN]:
                print(f"  FAILED {check}: {fault}")
            if len(faults) > SHOWN:
                print(f"  FAILED {check}: and {len(faults) - SHOWN} more")
            failed |= bool(faults)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
