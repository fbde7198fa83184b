"""Reads a brochure's TOML into a flat story, and writes it as the source of
another program: story.py typst|latex BROCHURE.toml > SOURCE.

Only what the sample brochures use is understood. Looks are no matter of this
file: the two templates hold them, with the same names.
"""

import pathlib
import re
import sys
import tomllib


def merged(below, above):
    """A table over another one; what is above wins."""
    if isinstance(below, dict) and isinstance(above, dict):
        return {key: merged(below.get(key), above.get(key, below.get(key)))
                for key in {**below, **above}}
    return above if above is not None else below


def dutch(number):
    """180000 is 180.000."""
    return f"{number:,}".replace(",", ".") if isinstance(number, int) else str(number)


class Brochure:
    """A brochure with the campaign that it extends and its province's row."""

    def __init__(self, path):
        self.folder = path.parent
        self.table = tomllib.loads(path.read_text("utf-8"))
        if "extends" in self.table:
            below = tomllib.loads((self.folder / self.table["extends"]).read_text("utf-8"))
            self.table = merged(below, self.table)
        self.fields = {}
        if "data" in self.table:
            rows = tomllib.loads((self.folder / self.table["data"]).read_text("utf-8"))
            self.fields = rows.get(self.table.get("province"), {})

    def fill(self, text):
        """Puts the province's values into a text. Numbers are written in the
        Dutch way where they stand alone or the filter asks for it."""
        def value(field):
            alone = field[0] == text or field[2]
            return dutch(self.fields[field[1]]) if alone else str(self.fields[field[1]])

        text = dutch(text).strip()
        return re.sub(r"\{\{ *province\.(\w+) *(\|[^}]*)?\}\}", value, text)

    def paragraphs(self, text):
        """The paragraphs of a text, each as runs (style, text)."""
        return [runs(" ".join(part.split("\n"))) for part in self.fill(text).split("\n\n")]

    def line(self, text):
        """One paragraph."""
        return runs(self.fill(text).replace("\\\n", " ").replace("\n", " "))

    def shape(self, image):
        """An image's height over its width."""
        path = self.folder / image
        found = re.search(r'viewBox="[\d.-]+ [\d.-]+ ([\d.]+) ([\d.]+)"',
                          path.read_text("utf-8")[:500]) if path.suffix == ".svg" else None
        return float(found[2]) / float(found[1]) if found else 2 / 3

    def story(self):
        """(name, values) after one another."""
        table = self.table
        cover = table["cover"]
        yield "cover", [self.line(cover["title"]), self.line(cover["subtitle"]),
                        self.line(table["organisation"]["name"])]
        if "intro" in table:
            intro = table["intro"]
            yield "intro", [self.line(intro["title"])]
            yield from self.text(intro["text"])
            yield "endintro", []
            for block in intro.get("block", []):
                yield from self.block(block)
        for chapter in table["chapter"]:
            yield "chapter", [self.line(chapter["title"]), self.line(chapter.get("lead", ""))]
            if "text" in chapter:
                yield from self.text(chapter["text"])
            for block in chapter.get("block", []):
                yield from self.block(block)
            yield "endchapter", []
        yield "back", [self.line(table["words"]["contacts"])]
        for contact in table.get("back", {}).get("contact", []):
            yield "contact", [[self.line(contact[key]) for key in
                               ("name", "role", "email", "phone") if key in contact]]
        sender = table["organisation"]
        yield "sender", [self.line(sender["name"]), [self.line(v) for v in (
            sender["tagline"], *sender["address"], sender["phone"], sender["email"],
            sender["website"])], self.line(sender["about"])]

    def text(self, text):
        """A text's paragraphs."""
        for paragraph in self.paragraphs(text):
            yield "par", [paragraph]

    def block(self, block):
        """A block of any kind."""
        if "use" in block:
            block = merged(self.table["shared"][block["use"]],
                           {k: v for k, v in block.items() if k != "use"})
        title = self.line(block.get("title", ""))
        source = self.line(f"Bron: {block['source']}") if "source" in block else []
        caption = self.line(block.get("caption", ""))
        if "topic" in block:
            yield "topic", [self.line(block["topic"])]
        if "text" in block:
            yield from self.text(block["text"])
        if "recommendations" in block:
            head = self.line(block.get("title", self.table["words"]["recommendations"]))
            yield "advice", [head, [self.line(v) for v in block["recommendations"]]]
        if "facts" in block:
            facts = block["facts"]
            facts = [facts] if isinstance(facts, str) else facts
            yield "facts", [title, [self.line(v) for v in facts]]
        if "stats" in block:
            stats = [[self.line(s["value"]), self.line(s["label"])] for s in block["stats"]]
            wide = "widestats" if block.get("width") == "page" else "stats"
            yield wide, [title, stats, source]
        if "chart" in block:
            unit = block.get("unit", "")
            rows = [self.line(f"{row['label']} {dutch(row['value'])}{unit}")
                    for row in block["data"]]
            yield "chart", [title, rows, caption, source]
        if "image" in block:
            wide = "wideimage" if block.get("width") == "page" else "image"
            yield wide, [f"{self.shape(block['image']):.4f}", caption]
        if "callout" in block:
            yield "callout", [title, self.paragraphs(block["callout"])]
        if "quote" in block:
            yield "quote", [self.line("“" + block["quote"].strip() + "”")]
        if "links" in block:
            yield "links", [[self.line(v if isinstance(v, str) else f"{v['label']} {v['url']}")
                             for v in block["links"]]]


def runs(text):
    """Inline markup as runs (style, text)."""
    found = []
    pattern = (r"\*\*(?P<strong>.+?)\*\*|\*(?P<emph>.+?)\*|\[(?P<link>.+?)\]\(.+?\)"
               r"|\[(?P<words>.+?)\]\{lang=(?P<lang>en)\}")
    end = 0
    for match in re.finditer(pattern, text):
        found.append(("plain", text[end:match.start()]))
        style = match["lang"] or match.lastgroup
        found.append((style, match["words"] or match[style]))
        end = match.end()
    found.append(("plain", text[end:]))
    for _, words in found:
        # What is not understood must not be printed as words.
        if re.search(r"\]\{|\]\(|\[\[|\{\{|\*|&\w+;", words):
            sys.exit(f"story.py does not understand the markup in: {words.strip()}")
    return [run for run in found if run[1]]


def typst_text(text):
    """Text for Typst's markup."""
    text = re.sub(r"([\\\[\]#*_`<>@$=~/+-])", r"\\\1", text)
    return text.replace("\u00ad", "\\u{ad}")


def latex_text(text):
    """Text for LaTeX. A compound's hyphen leaves its parts to hyphenation."""
    special = {"\\": r"\textbackslash{}", "\u00ad": r"\-", "-": r"\compound{}",
               "/": r"/\allowbreak{}", "\u00a0": "~"}
    return "".join(special.get(c, "\\" + c if c in "&%$#_{}" else c) for c in text)


def typst(value):
    """A value as Typst code."""
    if isinstance(value, str):
        return value
    if not value:
        return "none"
    if isinstance(value[0], list):
        return "(" + "".join(typst(part) + ", " for part in value) + ")"
    signs = {"plain": "{}", "strong": "#strong[{}]", "emph": "#emph[{}]", "link": "#ref[{}]",
             "en": '#text(lang: "en")[{}]'}
    return "[" + "".join(signs[style].format(typst_text(text)) for style, text in value) + "]"


def latex(value):
    """A value as LaTeX: a list is its parts, each as \\item{…}."""
    if isinstance(value, str):
        return "{" + value + "}"
    if value and isinstance(value[0], list):
        return "{" + "".join(f"\\piece{latex(part)}" for part in value) + "}"
    signs = {"plain": "{}", "strong": "\\textbf{{{}}}", "emph": "\\emph{{{}}}",
             "link": "\\textlink{{{}}}", "en": "\\foreignlanguage{{english}}{{{}}}"}
    return "{" + "".join(signs[style].format(latex_text(text)) for style, text in value) + "}"


def write(form, brochure):
    """The whole source."""
    if form == "typst":
        # A chapter and the intro hold what is between their start and end.
        yield '#import "template.typ": *\n#show: brochure'
        for name, values in brochure.story():
            if name in ("intro", "chapter"):
                yield f"#{name}({', '.join(map(typst, values))})["
            elif name in ("endintro", "endchapter"):
                yield "]"
            elif name == "par":
                yield f"#par{typst(values[0])}\n"
            else:
                yield f"#{name}({', '.join(map(typst, values))})"
        return
    yield "\\documentclass{article}\n\\usepackage{template}\n\\begin{document}"
    for name, values in brochure.story():
        yield f"\\story{name}{''.join(map(latex, values))}"
    yield "\\end{document}"


def main():
    """The command line."""
    form, path = sys.argv[1:]
    print("\n".join(write(form, Brochure(pathlib.Path(path)))))


if __name__ == "__main__":
    main()
