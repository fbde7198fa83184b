"""Reads the content of pages for the tree check: what is painted under which
tag, and what its letters mean."""

import re

import pikepdf

import ua_detail

from x4_base import get, is_array, is_dict, key_of, name

PATHS = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"}
TEXTS = {"Tj", "TJ", "'", '"'}
PAINTS = PATHS | TEXTS | {"sh", "Do", "INLINE IMAGE"}
# How deep forms may lie in forms before it must be a circle.
DEEPEST = 20


class Mark:
    """An open sequence of marked content."""

    def __init__(self, tag, properties, in_text):
        self.tag = tag
        self.mcid = get(properties, "/MCID")
        self.artifact = tag == "Artifact"
        self.actual = get(properties, "/ActualText")
        self.in_text = in_text


class Content:
    """What is on the pages: the marked sequences of each, with their words."""

    def __init__(self, file):
        self.file = file
        self.maps = {}
        # By page, or form with tags of its own, and number: the words.
        self.words = {}
        self.painted = 0

    def page(self, page, number):
        """Walks the content of a page."""
        self.where = f"page {number}"
        self.mode = 0
        self.walk(page, page.get("/Resources", pikepdf.Dictionary()), key_of(page), [], ())

    def walk(self, stream, resources, owner, outer, forms):
        """Walks one stream; `outer` is what was open where a form is painted."""
        open_marks, in_text, font, saved = list(outer), False, None, []
        for operands, operator in pikepdf.parse_content_stream(stream):
            operator = str(operator)
            match operator:
                case "BMC" | "BDC":
                    self.begin(operands, resources, owner, open_marks, in_text)
                case "EMC":
                    if len(open_marks) <= len(outer):
                        self.fault("marks-unbalanced", "EMC without BMC or BDC")
                    elif open_marks.pop().in_text != in_text:
                        self.fault("marks-unbalanced", "a sequence and a text object overlap")
                case "BT":
                    in_text = True
                case "ET":
                    in_text = False
                case "q":
                    saved.append(font)
                case "Q":
                    font = saved.pop() if saved else None
                case "Tr":
                    self.mode = int(operands[0])
                case "Tf":
                    font = get(get(resources, "/Font"), str(operands[0]))
                case "gs":
                    state = get(get(resources, "/ExtGState"), str(operands[0]))
                    chosen = get(state, "/Font")
                    font = chosen[0] if is_array(chosen) else font
            if operator in PAINTS:
                self.paint(operator, operands, resources, owner, open_marks, font, forms)
        if len(open_marks) > len(outer):
            self.fault("marks-unbalanced", "a sequence stays open")

    def begin(self, operands, resources, owner, open_marks, in_text):
        """A sequence opens."""
        properties = operands[1] if len(operands) > 1 else None
        if isinstance(properties, pikepdf.Name):
            properties = get(get(resources, "/Properties"), str(properties))
        mark = Mark(name(operands[0]), properties, in_text)
        if mark.artifact:
            ua_detail.artifact(self, properties)
        if ua_detail.odd(mark.actual):
            self.fault("spelled", f"{mark.tag} has the ActualText {str(mark.actual)!r}")
        tagged = any(outer.mcid is not None for outer in open_marks)
        if any(outer.artifact for outer in open_marks) and mark.mcid is not None:
            self.fault("tagged-in-artifact", f"{mark.tag} {mark.mcid}")
        if tagged and mark.artifact:
            self.fault("artifact-in-tagged", f"in {open_marks[-1].tag} {open_marks[-1].mcid}")
        if tagged and mark.mcid is not None:
            self.fault("tagged-in-tagged", f"{mark.tag} {mark.mcid}")
        if mark.mcid is not None and not mark.artifact:
            key = (owner, int(mark.mcid))
            if key in self.words:
                self.fault("mcid-twice", f"{mark.tag} {mark.mcid} is marked twice")
            self.words[key] = ""
        open_marks.append(mark)

    def paint(self, operator, operands, resources, owner, open_marks, font, forms):
        """Something is painted."""
        if operator == "Do":
            form = get(get(resources, "/XObject"), str(operands[0]))
            if name(get(form, "/Subtype")) == "Form":
                self.form(form, resources, owner, open_marks, forms)
                return
        artifact = any(mark.artifact for mark in open_marks)
        tag = next((m for m in reversed(open_marks) if m.mcid is not None), None)
        self.painted += 1
        if not artifact and tag is None:
            self.fault("untagged", f"{operator} is neither in a tag nor in an artifact")
        if operator in TEXTS:
            if self.mode == 3:
                self.fault("invisible", "text is shown and cannot be seen")
            words = self.text(operator, operands, font, open_marks, artifact)
            if tag is not None:
                key = (owner, int(tag.mcid))
                self.words[key] = self.words.get(key, "") + words

    def form(self, form, resources, owner, open_marks, forms):
        """A form is painted: a part of the page, or with tags of its own."""
        key = key_of(form)
        if key in forms or len(forms) > DEEPEST:
            self.fault("form-circle", f"form {key} paints itself")
            return
        inner = key if "/StructParents" in form else owner
        if inner == key and any(mark.mcid is not None or mark.artifact for mark in open_marks):
            self.fault("tagged-in-tagged", f"form {key} has tags and is painted in a tag")
        self.walk(form, form.get("/Resources", resources), inner, open_marks, (*forms, key))

    def text(self, operator, operands, font, open_marks, artifact):
        """Text is shown: each code must be a glyph with a meaning."""
        if not is_dict(font):
            self.fault("font-unknown", f"{operator} with a font that is not in the resources")
            return ""
        shown = operands[-1]
        pieces = [shown] if not is_array(shown) else [
            piece for piece in shown if isinstance(piece, pikepdf.String)]
        codes = b"".join(bytes(piece) for piece in pieces)
        map_ = self.map_of(font)
        size = 2 if name(font.get("/Subtype")) == "Type0" else 1
        words = []
        actual = any(mark.actual is not None for mark in open_marks)
        for at in range(0, len(codes), size):
            code = int.from_bytes(codes[at:at + size], "big")
            if map_.glyph(code) == 0:
                self.fault("notdef", f"{map_.name} shows .notdef for code {code}")
            letters = map_.letters.get(code)
            if map_.letters and not actual and not (artifact and letters is None):
                if not letters:
                    self.fault("to-unicode-gap", f"{map_.name} has no meaning for code {code}")
                elif any(ord(c) in (0, 0xFEFF, 0xFFFE) or 0xE000 <= ord(c) <= 0xF8FF
                         for c in letters):
                    self.fault("to-unicode-value", f"{map_.name}, code {code}: {letters!r}")
            words.append(letters or "")
        return "".join(words)

    def map_of(self, font):
        """The map of a font, read once; a font without one is a fault."""
        key = key_of(font) or id(font)
        if key not in self.maps:
            self.maps[key] = Map(font)
            if "/ToUnicode" not in font:
                self.fault("to-unicode", f"{self.maps[key].name} has no ToUnicode")
            elif not self.maps[key].letters:
                self.fault("to-unicode", f"the ToUnicode of {self.maps[key].name} is empty")
        return self.maps[key]

    def fault(self, rule, text):
        """Notes a fault on the page at hand."""
        self.file.fault(rule, self.where, text)


HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")


class Map:
    """From the codes of a font to letters and glyphs."""

    def __init__(self, font):
        self.name = name(font.get("/BaseFont"))
        self.letters = {}
        stream = font.get("/ToUnicode")
        if isinstance(stream, pikepdf.Stream):
            self.read(stream.read_bytes())
        inner = font.get("/DescendantFonts")
        inner = inner[0] if is_array(inner) and len(inner) else None
        self.composite = inner is not None
        gids = get(inner, "/CIDToGIDMap")
        self.gids = gids.read_bytes() if isinstance(gids, pikepdf.Stream) else None

    def glyph(self, code):
        """The number of a glyph; 1 where the font does not tell by itself."""
        if not self.composite:
            return 1
        if self.gids is None:
            return code
        return int.from_bytes(self.gids[2 * code:2 * code + 2], "big")

    def read(self, data):
        """Reads bfchar and bfrange (Adobe Technical Note 5411)."""
        for block in re.findall(rb"beginbfchar(.*?)endbfchar", data, re.S):
            values = [value for value, _, _ in HEX.findall(block)]
            for code, text in zip(values[::2], values[1::2]):
                self.letters[int(code, 16)] = utf16(text)
        for block in re.findall(rb"beginbfrange(.*?)endbfrange", data, re.S):
            found = iter(HEX.findall(block))
            for first, _, _ in found:
                first, last = int(first, 16), int(next(found)[0], 16)
                text, opens, _ = next(found)
                if opens:
                    listed = iter(lambda: next(found), (b"", b"", b"]"))
                    for code, item in enumerate(listed, first):
                        self.letters[code] = utf16(item[0])
                    continue
                start = utf16(text)
                for code in range(first, last + 1):
                    self.letters[code] = start[:-1] + chr(ord(start[-1]) + code - first)


def utf16(digits):
    """Hexadecimal digits of UTF-16 as text."""
    digits = re.sub(rb"\s", b"", digits).decode("ascii")
    return bytes.fromhex(digits).decode("utf-16-be", "replace")
