"""The words of a brochure that a reader must find, read from its TOML.

This is a second, much simpler reader of the language, on purpose: it shares
no code with the program, so that a word the program loses is missed here. It
merges `extends` and `use`, fills in `{{ ... }}` and strips Markdown. The
result is a list of groups in the order of the page; a group is a list of
phrases whose order among themselves is the layout's affair.
"""

import csv
import html
import pathlib
import re
import tomllib

# The keys whose words are read, for each kind of block. A list of keys in one
# group may come in any order, groups follow each other.
BLOCKS = {
    "topic": [["topic"], ["text"]],
    "recommendations": [["title"], ["recommendations"]],
    "stats": [["title", "stats", "source"]],
    "chart": [["title", "series", "data", "caption", "source"]],
    "facts": [["title"], ["facts"], ["source"]],
    "callout": [["title"], ["callout"]],
    "image": [["caption", "credit"]],
    "quote": [["quote"], ["by"]],
    "links": [["title", "links"]],
    "table": [["title"], ["table"], ["source"]],
    "text": [["text"]],
}
# Keys whose values are Markdown paragraphs and lists.
FLOWS = {"text", "lead", "callout", "about"}


def load(path):
    """A file merged with those that it extends; paths made absolute."""
    path = pathlib.Path(path)
    table = tomllib.loads(path.read_text("utf-8"))
    if "data" in table:
        table["data"] = str(path.parent / table["data"])
    if "extends" not in table:
        return table
    return merge(load(path.parent / table.pop("extends")), table)


def merge(base, over):
    """Tables merge key by key, everything else is replaced."""
    merged = dict(base)
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(base.get(key), dict)
        merged[key] = merge(base[key], value) if both else value
    return merged


def row(table):
    """The brochure's row of the data table."""
    name = table.get("province")
    if name is None or "data" not in table:
        return {}
    path = pathlib.Path(table["data"])
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        return next(r for r in rows if next(iter(r.values())) == name)
    return tomllib.loads(path.read_text("utf-8"))[name]


def number(value):
    """A number the Dutch way: 4179 is 4.179, and 12.5 is 12,5."""
    whole, _, fraction = str(value).partition(".")
    whole = re.sub(r"(?<=\d)(?=(\d{3})+$)", ".", whole)
    return whole + ("," + fraction if fraction not in ("", "0") else "")


def phone(value):
    """A Dutch phone number with its area code set apart."""
    digits = re.sub(r"\D", "", value)
    if digits.startswith("06"):
        return f"06 - {digits[2:5]} {digits[5:7]} {digits[7:]}"
    return f"{digits[:3]} - {digits[3:6]} {digits[6:8]} {digits[8:]}"


FILTERS = {
    "number": number,
    "euro": lambda value: value if isinstance(value, str) else "€ " + number(value),
    "percent": lambda value: number(value) + "%",
    "phone": phone,
    "upper": str.upper,
    "lower": str.lower,
}


class Reader:
    """Collects the words of one brochure."""

    def __init__(self, path):
        self.table = load(path)
        self.fields = {**self.table, "province": row(self.table)}
        self.groups = []

    def field(self, expression):
        """The value of what stands between {{ and }}."""
        name, *filters = [part.strip() for part in expression.split("|")]
        value = self.fields
        for key in name.split("."):
            value = value[key]
        if isinstance(value, str):
            value = self.fill(value)
        for name in filters:
            value = FILTERS[name](value)
        return value

    def fill(self, value):
        """A value with its templates filled in; a template alone keeps its type."""
        if not isinstance(value, str):
            return value
        alone = re.fullmatch(r"\{\{(.*?)\}\}", value.strip())
        if alone:
            return self.field(alone[1])
        return re.sub(r"\{\{(.*?)\}\}", lambda m: str(self.field(m[1])), value)

    def phrases(self, key, value):
        """The phrases of a value, in their order."""
        value = self.fill(value)
        if isinstance(value, bool) or value is None:
            return []
        if isinstance(value, int | float):
            return [number(value)]
        if isinstance(value, str) and key in ("links", "url"):
            return [re.sub(r"^https?://", "", value)]
        if isinstance(value, str):
            return flow(value) if key in FLOWS else [inline(value)]
        if isinstance(value, list):
            return [phrase for item in value for phrase in self.phrases(key, item)]
        kept = ("value", "values", "label", "url")
        return [p for k in kept if k in value for p in self.phrases(k, value[k])]

    def ordered(self, key, value):
        """Each phrase of a value in a group of its own."""
        self.groups += [[phrase] for phrase in self.phrases(key, value)]

    def loose(self, table, keys):
        """The phrases of some keys in one group."""
        group = [p for k in keys if k in table for p in self.phrases(k, table[k])]
        if group:
            self.groups.append(group)

    def block(self, block):
        """A block of a chapter."""
        if "use" in block:
            block = merge(self.table["shared"][block["use"]], block)
        kind = next(kind for kind in BLOCKS if kind in block)
        if kind == "recommendations":
            block = {"title": self.table.get("words", {}).get("recommendations"), **block}
        for keys in BLOCKS[kind]:
            if len(keys) == 1:
                if keys[0] in block:
                    self.ordered(keys[0], block[keys[0]])
            else:
                self.loose(block, keys)

    def section(self, section):
        """The intro or a chapter."""
        if "use" in section:
            section = merge(self.table["shared"][section["use"]], section)
        for key in ("title", "lead", "text"):
            if key in section:
                self.ordered(key, section[key])
        for block in section.get("block", []):
            self.block(block)

    def read(self):
        """All groups in the order of the page."""
        if "cover" in self.table:
            self.loose(self.table["cover"], ["title", "subtitle"])
        if "contents" in self.table:
            words = self.table.get("words", {}).get("contents")
            self.loose({"title": words, **self.table["contents"]}, ["title"])
        for key, value in self.table.items():
            if key == "intro":
                self.section(value)
            elif key == "chapter":
                for chapter in value:
                    self.section(chapter)
        if "back" in self.table:
            back = {**self.table.get("organisation", {}), "back": self.back()}
            keys = ["name", "tagline", "about", "address", "email", "website", "phone", "back"]
            self.loose(back, keys)
        return [group for group in self.groups if any(group)]

    def back(self):
        """The words of the back page beside those of the organisation."""
        back = self.table["back"]
        words = [back.get("title") or self.table.get("words", {}).get("contacts", "")]
        for contact in back.get("contact", []):
            words += [contact[k] for k in ("name", "role", "email", "phone") if k in contact]
        return words

    def running(self):
        """The words of the running header and footer."""
        found = []
        for place in ("header", "footer"):
            for side in ("left", "right"):
                found += self.phrases(side, self.table.get(place, {}).get(side))
        return found


def flow(text):
    """The paragraphs and list entries of Markdown, without their markup."""
    found, lines = [], []

    def end():
        if lines:
            found.append(inline("\n".join(lines)))
            lines.clear()

    for line in text.splitlines():
        entry = re.match(r"\s*([-*+]|\d+[.)])\s+(?=\S)", line)
        if entry or not line.strip():
            end()
        lines.append(line[entry.end():] if entry else line.lstrip())
        if not line.strip():
            lines.clear()
    end()
    return found


def inline(text):
    """Inline Markdown without its markup."""
    text = re.sub(r"\\\n", "\n", text)
    kept = []

    def keep(match):
        kept.append(match[1])
        return f"\0{len(kept) - 1}\0"

    text = re.sub(r"\\([!-/:-@\[-`{-~])", keep, text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\[([^\]]*)\]\{lang=\w+\}", r"\1", text)
    text = re.sub(r"<(https?://|mailto:)?([^<>\s]+)>", r"\2", text)
    text = re.sub(r"\*+", "", text)
    text = re.sub(r"\0(\d+)\0", lambda m: kept[int(m[1])], text)
    return html.unescape(text)


QUOTES = dict.fromkeys(map(ord, "\"'`´‘’‚‛“”„‟«»‹›′″"))
HYPHENS = "-\u2010\u2011"


def plain(text):
    """Text as it is compared: without quotes, case and soft hyphens."""
    text = text.replace("--", "–").replace("...", "…").replace("\u00ad", "")
    return text.translate(QUOTES).casefold()


def squeeze(text):
    """Plain text without blanks and hyphens, so that lines do not matter."""
    pages = plain(text).split("\f")
    return "\f".join(re.sub(r"[\s\-\u2010\u2011\u200b\u2060]+", "", page) for page in pages)


def locate(phrase, text, start=0):
    """Where a squeezed phrase ends in a squeezed text, or -1.

    A phrase may be interrupted where a page ends, by its footer and the next
    page's header.
    """
    whole = text.find(phrase, start)
    if whole >= 0:
        return whole + len(phrase)
    for cut in range(len(phrase) - 1, 0, -1):
        head = text.find(phrase[:cut], start)
        while head >= 0:
            rest = text.find(phrase[cut:], head + cut, head + cut + 400 + len(phrase))
            if rest >= 0 and "\f" in text[head + cut:rest]:
                return rest + len(phrase) - cut
            head = text.find(phrase[:cut], head + 1)
    return -1


EDGES = "".join(chr(c) for c in range(0x21, 0x7F) if not chr(c).isalnum()) + "…–—·•|©®„€"


def word(token):
    """A token without the punctuation around it."""
    return plain(token).strip(EDGES)


def tokens(text):
    """All words of an extracted text, those broken over lines whole again.

    A line end may have broken a word at a hyphen that is its own, at one that
    was added, or, in an address, at no hyphen at all; all three are offered.
    """
    lines = [line.split() for line in text.replace("\f", "\n\n").splitlines()]
    # What follows a page's last line may stand below the next page's header.
    following = [line for line in lines if line]
    found = {word(token) for line in lines for token in line}
    for index, line in enumerate(following):
        heads = {line[-1]}
        for step in range(1, 6):
            if index + step >= len(following):
                break
            after = following[index + step]
            joined = set()
            for head in heads:
                bare = head[:-1] if head[-1] in HYPHENS else head
                joined |= {head + after[0], bare + after[0]}
            found |= {word(token) for token in joined}
            # Only a line that is all one piece of a word goes on to the next.
            heads |= joined if len(after) == 1 else set()
    return found


def faults(path, text):
    """What of a brochure a reader does not find in the text of its PDF."""
    found = []
    for letter in sorted({c for c in text if "\ufb00" <= c <= "\ufb06"}):
        found.append(f"ligature {letter!r} instead of letters")
    for letter in sorted({c for c in text if c == "\ufffd" or "\ue000" <= c <= "\uf8ff"}):
        found.append(f"{letter!r} instead of a letter")
    reader = Reader(path)
    groups = reader.read()
    there = tokens(text)
    for phrase in [p for group in groups for p in group] + reader.running():
        for token in phrase.split():
            if word(token) and word(token) not in there:
                found.append(f"the word {token!r} of {phrase[:60]!r} is not there")
    squeezed = squeeze(text)
    position = 0
    for group in groups:
        ends = []
        for phrase in filter(None, map(squeeze, group)):
            end = locate(phrase, squeezed, position)
            if end >= 0:
                ends.append(end)
            elif locate(phrase, squeezed) >= 0:
                found.append(f"out of order: {phrase[:60]!r}")
            else:
                found.append(f"not there in one piece: {phrase[:60]!r}")
        position = max([position, *ends])
    return found
