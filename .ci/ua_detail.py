"""Details of elements, artifacts and navigation for the tree check."""

from x4_base import get, is_array, is_dict, key_of, name, numbers

GROUPS = {"Document", "Part", "Art", "Sect"}
INLINE = {"Span", "Quote", "Link", "Reference", "Code"}
# ISO 32000-1, table 347; the second half counts.
SIGNS = {"Disc", "Circle", "Square"}
COUNTS = {"Decimal", "UpperRoman", "LowerRoman", "UpperAlpha", "LowerAlpha"}
# ISO 32000-1, table 330.
ARTIFACTS = {"Pagination", "Layout", "Page", "Background"}


def odd(text):
    """Whether words that stand for others are none: empty, or private characters."""
    if text is None:
        return False
    text = str(text)
    return not text.strip("\0") or any(
        0xE000 <= ord(c) <= 0xF8FF or ord(c) in (0, 0xFEFF, 0xFFFE) for c in text)


def check(tree, element, words, places):
    """What the rules for each type leave open. `places` has the page of each
    annotation."""
    for key in ("/Alt", "/ActualText", "/E"):
        if odd(element.value.get(key)):
            tree.fault("spelled", element.where, f"its {key[1:]} is no text")
    if element.kind not in ("Figure", "Formula", "Span", "Link") and words.strip():
        for key in ("/Alt", "/ActualText"):
            said = element.value.get(key)
            if said is not None and str(said).split() != words.split():
                tree.fault("other-words", element.where, f"its {key[1:]} hides its words")
    parent = element.parent.kind if element.parent else None
    if element.kind in INLINE and parent in GROUPS:
        tree.fault("nesting", element.where, f"it is in no paragraph, but in {parent}")
    match element.kind:
        case "L":
            labels(tree, element)
        case "LI":
            kinds = [child.kind for child in element.children]
            if "Lbl" in kinds[1:]:
                tree.fault("list-item", element.where, "its label is not the first in it")
        case "Figure":
            for inner in element.all():
                if inner.kind in ("P", "Table", "L", "Sect"):
                    tree.fault("figure-holds", element.where, f"its Alt hides {inner.where}")
        case "TR":
            heads(tree, element)
    for reference in element.objects:
        page = places.get(key_of(reference.get("/Obj")))
        if page is None:
            continue
        if key_of(reference.get("/Pg", element.value.get("/Pg"))) != key_of(page):
            tree.fault("objr-page", element.where, "its annotation is on another page")
        area, media = (numbers(each) for each in (
            get(reference.get("/Obj"), "/Rect"), page.get("/MediaBox")))
        if not area or area[0] >= area[2] or area[1] >= area[3] or (
                area[2] <= media[0] or area[0] >= media[2]
                or area[3] <= media[1] or area[1] >= media[3]):
            tree.fault("link-area", element.where, f"its area is {area}")


def labels(tree, element):
    """A list says how its items are labelled: by signs, or by what counts."""
    given = [child for item in element.children for child in item.children
             if child.kind == "Lbl"]
    numbering = name(element.attribute("List", "/ListNumbering"))
    if numbering not in {None, "None"} | SIGNS | COUNTS:
        tree.fault("list-numbering", element.where, f"its ListNumbering is {numbering}")
    if given and numbering in (None, "None"):
        tree.fault("list-numbering", element.where, "it has labels and does not tell which")
    # A label without words of its own is a sign, and must say so.
    drawn = [label for label in given if "/ActualText" in label.value]
    if drawn and numbering not in SIGNS:
        tree.fault("list-numbering", element.where, f"it has signs, and is {numbering}")


def heads(tree, row):
    """Heads that fill a row name columns; one before cells names its row."""
    scopes = [name(cell.attribute("Table", "/Scope")) for cell in row.children
              if cell.kind == "TH"]
    cells = [cell for cell in row.children if cell.kind == "TD"]
    filled = any(inner.marks for cell in cells for inner in cell.all())
    # A row of one head and empty cells may be either.
    wrong = "Column" if filled else None if cells else "Row"
    if len(row.children) > 1 and wrong in scopes:
        tree.fault("scope", row.where, f"a head is for its {wrong.lower()}, which it is not in")


def artifact(content, properties):
    """An artifact has a type that there is; one behind the page says where."""
    kind = name(get(properties, "/Type"))
    if kind is not None and kind not in ARTIFACTS:
        content.fault("artifact-type", f"an artifact is a {kind}")
    if kind == "Background" and len(numbers(get(properties, "/BBox")) or []) != 4:
        content.fault("artifact-type", "a background does not tell where it is")


def navigation(file):
    """Outline, page labels and named places lead somewhere."""
    root = file.pdf.Root
    pages = {key_of(page.obj) for page in file.pdf.pages}
    if not is_dict(root.get("/Outlines")):
        file.fault("outline", "catalog", "there is none")
    else:
        seen = set()
        shown = outline(file, root["/Outlines"], pages, seen)
        if get(root["/Outlines"], "/Count") != shown:
            file.fault("outline", "Outlines", f"{shown} entries are open, not its Count")
    if not is_dict(root.get("/PageLabels")):
        file.fault("page-labels", "catalog", "there are none")
    names = get(get(root.get("/Names"), "/Dests"), "/Names", [])
    keys = [bytes(key) for key in list(names)[::2]]
    if keys != sorted(set(keys)):
        file.fault("names", "Dests", "the names are not in order")
    for key, place in zip(keys, list(names)[1::2]):
        if not leads(place, pages):
            file.fault("names", "Dests", f"{key!r} leads nowhere")


def leads(place, pages):
    """Whether a destination is on a page of the file."""
    return is_array(place) and len(place) > 1 and is_dict(place[0]) and key_of(place[0]) in pages


def outline(file, parent, pages, seen):
    """Walks the entries below another one; how many are open to be seen."""
    shown, before, entry = 0, None, get(parent, "/First")
    while is_dict(entry):
        where = f"outline, {str(entry.get('/Title'))!r}"
        if key_of(entry) in seen:
            file.fault("outline", where, "it comes twice")
            return shown
        seen.add(key_of(entry))
        if not leads(entry.get("/Dest"), pages):
            file.fault("outline", where, "it leads nowhere")
        if key_of(entry.get("/Parent")) != key_of(parent) or key_of(
                entry.get("/Prev")) != key_of(before):
            file.fault("outline", where, "its Parent or Prev is another one")
        below = outline(file, entry, pages, seen) if "/First" in entry else 0
        count = int(entry.get("/Count", 0))
        if abs(count) < below or bool(count) != bool(below):
            file.fault("outline", where, f"{below} entries are below it, its Count is {count}")
        shown += 1 + (below if count > 0 else 0)
        before, entry = entry, entry.get("/Next")
    if before is not None and key_of(get(parent, "/Last")) != key_of(before):
        file.fault("outline", "outline", "the last entry is not the Last")
    return shown
