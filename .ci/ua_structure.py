"""Reads the structure tree for the tree check: its types, its ways to content
and back, and the parts that must have a form of their own."""

import re

import ua_detail
from x4_base import get, is_array, is_dict, key_of, label, name, numbers

# ISO 32000-1, 14.8.4.
GROUPS = {"Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI",
          "Index", "NonStruct", "Private"}
HEADINGS = {f"H{level}": level for level in range(1, 7)}
BLOCKS = {"P", "H", *HEADINGS, "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead",
          "TBody", "TFoot"}
INLINE = {"Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "RB",
          "RT", "RP", "Warichu", "WT", "WP"}
STANDARD = GROUPS | BLOCKS | INLINE | {"Figure", "Formula", "Form"}
# In what some types must be.
PARENTS = {
    "LI": {"L"}, "LBody": {"LI"}, "Lbl": {"LI", "Note", "BibEntry", "TOCI", "L"},
    "TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"}, "TD": {"TR"},
    "THead": {"Table"}, "TBody": {"Table"}, "TFoot": {"Table"}, "TOCI": {"TOC"},
    "Document": {None},
}
# What some types may hold, apart from content.
KIDS = {
    "L": {"LI", "L", "Caption"}, "LI": {"Lbl", "LBody"}, "TR": {"TH", "TD"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"}, "TBody": {"TR"}, "TFoot": {"TR"}, "TOC": {"TOCI", "TOC", "Caption"},
}
# These hold words, so no blocks.
WORDS = {"P", "H", *HEADINGS, "Span", "Link", "Lbl"}
NO_WORDS = {"P", "H", *HEADINGS, "L", "Table", "Sect", "Part", "Art", "BlockQuote", "Caption"}
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def listed(value):
    """One or many, as many."""
    return list(value) if is_array(value) else [value]


class Element:
    """An element with what it holds, in order."""

    def __init__(self, value, parent):
        self.value, self.parent = value, parent
        self.kind = None
        self.children, self.marks, self.objects = [], [], []
        self.attributes = listed(value.get("/A"))

    @property
    def where(self):
        """How a report names it."""
        return f"{self.kind} ({label(self.value)})"

    def all(self):
        """It and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.all()

    def attribute(self, owner, key):
        """An attribute for which an owner stands."""
        for each in self.attributes:
            if name(get(each, "/O")) == owner and key in each:
                return each[key]
        return None


class Tree:
    """The structure of a file."""

    def __init__(self, file):
        self.file = file
        self.root = file.pdf.Root.get("/StructTreeRoot")
        self.roles = get(self.root, "/RoleMap") or {}
        self.known, self.by_mark, self.by_object = {}, {}, {}
        self.top = []
        if not is_dict(self.root):
            self.fault("tree", "catalog", "there is no structure tree")
            return
        self.role_map()
        given = self.root.get("/K")
        for value in given if is_array(given) else [given]:
            if is_dict(value):
                self.top.append(self.read(value, None))
        if [element.kind for element in self.top] != ["Document"]:
            self.fault("tree", "root", "its only kid is not a Document")

    def fault(self, rule, where, text):
        """Notes a fault."""
        self.file.fault(rule, where, text)

    def elements(self):
        """All elements in reading order."""
        for element in self.top:
            yield from element.all()

    def role_map(self):
        """Types of the file's own lead to standard ones, which stay themselves."""
        for own in dict(self.roles):
            if own[1:] in STANDARD:
                self.fault("role-remapped", "RoleMap", f"{own[1:]} is a standard type")
            self.standard(own[1:])

    def standard(self, kind):
        """The standard type of a type."""
        seen = [kind]
        while kind not in STANDARD:
            kind = name(get(self.roles, f"/{kind}"))
            if kind is None:
                self.fault("role-unknown", "RoleMap", f"{seen[-1]} is not a standard type")
                return seen[-1]
            if kind in seen:
                self.fault("role-circle", "RoleMap", " to ".join([*seen, kind]))
                return seen[0]
            seen.append(kind)
        return kind

    def read(self, value, parent):
        """Reads an element and all below it."""
        element = Element(value, parent)
        element.kind = self.standard(name(value.get("/S")))
        # Classes of attributes count after the element's own (ISO 32000-1, 14.7.5.2).
        classes = get(self.root, "/ClassMap")
        for kind in listed(value.get("/C")):
            element.attributes += listed(get(classes, str(kind)))
        key = key_of(value)
        if key in self.known:
            self.fault("tree", element.where, "it stands twice in the tree")
            return element
        self.known[key] = element
        above = self.root if parent is None else parent.value
        if key_of(value.get("/P")) != key_of(above):
            self.fault("tree", element.where, "its P is not the element it is in")
        given = value.get("/K")
        for kid in (given if is_array(given) else [given]):
            self.kid(element, kid)
        return element

    def kid(self, element, kid):
        """One kid: a number, a reference to content or an object, an element."""
        page = element.value.get("/Pg")
        if kid is None:
            return
        if isinstance(kid, int):
            self.mark(element, page, kid)
        elif not is_dict(kid):
            self.fault("tree", element.where, f"a kid is neither content nor element: {kid!r}")
        elif name(kid.get("/Type")) == "MCR":
            owner = kid.get("/Stm", kid.get("/Pg", page))
            self.mark(element, owner, kid.get("/MCID"))
        elif name(kid.get("/Type")) == "OBJR":
            target = key_of(kid.get("/Obj"))
            element.objects.append(kid)
            if target in self.by_object:
                self.fault("objr-twice", element.where, f"object {target} is in another element")
            self.by_object[target] = element
        else:
            element.children.append(self.read(kid, element))

    def mark(self, element, owner, mcid):
        """Marked content belongs to an element."""
        if key_of(owner) is None or not isinstance(mcid, int):
            self.fault("tree", element.where, f"content {mcid!r} is on no page")
            return
        element.marks.append((key_of(owner), mcid))
        self.by_mark.setdefault((key_of(owner), mcid), []).append(element)


def check(tree, content, pages):
    """All rules of this part."""
    ways(tree, content, pages)
    places = {key_of(annotation): page for _, page in pages
              for annotation in page.get("/Annots", [])}
    for element in tree.elements():
        with tree.file.reading(element.where):
            nesting(tree, element)
            match element.kind:
                case "Figure" | "Formula":
                    figure(tree, element)
                case "Table":
                    table(tree, element)
                case "L":
                    items(tree, element, content)
                case "Link":
                    link(tree, element)
                case "Caption":
                    caption(tree, element)
                case "BlockQuote" | "Quote":
                    quote(tree, element, content)
            ua_detail.check(tree, element, words(element, content), places)
            language = element.value.get("/Lang")
            if language is not None and not LANGUAGE.fullmatch(str(language)):
                tree.fault("lang", element.where, f"{str(language)!r} is no language")
    headings(tree, content)


def ways(tree, content, pages):
    """Content, tree and parent tree tell the same."""
    back = parent_tree(tree)
    places = {key_of(page): f"page {number}" for number, page in pages}
    for owner, mcid in content.words:
        where = places.get(owner, f"form {owner}")
        owners = tree.by_mark.get((owner, mcid), [])
        if len(owners) != 1:
            rule = "mcid-in-tree-twice" if owners else "mcid-not-in-tree"
            tree.fault(rule, where, f"MCID {mcid} is in {len(owners)} elements")
    for (owner, mcid), owners in tree.by_mark.items():
        if (owner, mcid) not in content.words:
            tree.fault("mcid-not-in-content", owners[0].where,
                       f"MCID {mcid} is not on {places.get(owner, owner)}")
    for owner in {owner for owner, _ in content.words}:
        holder = tree.file.pdf.get_object(owner)
        listed = back.get(holder.get("/StructParents"))
        where = places.get(owner, f"form {owner}")
        if not is_array(listed):
            tree.fault("parent-tree", where, "its StructParents leads to no array")
            continue
        numbers_here = {mcid for page, mcid in content.words if page == owner}
        for mcid, entry in enumerate(listed):
            if mcid not in numbers_here:
                tree.fault("parent-tree", where, f"there is no MCID {mcid} that it lists")
        for mcid in sorted(numbers_here):
            owners = tree.by_mark.get((owner, mcid), [])
            entry = listed[mcid] if mcid < len(listed) else None
            if owners and key_of(entry) != key_of(owners[0].value):
                tree.fault("parent-tree", where, f"MCID {mcid} leads to another element")
    seen = {}
    for number, page in pages:
        key = page.get("/StructParents")
        if key in seen and key is not None:
            tree.fault("parent-tree", f"page {number}", f"page {seen[key]} has its key {key}")
        seen[key] = number
        annotations(tree, page, number, back)


def parent_tree(tree):
    """The parent tree as a map."""
    found, waiting = {}, [get(tree.root, "/ParentTree")]
    if not is_dict(waiting[0]):
        tree.fault("parent-tree", "root", "there is no ParentTree")
        return found
    while waiting:
        node = waiting.pop()
        listed = get(node, "/Nums", [])
        if len(listed) % 2 or [*listed[::2]] != sorted({*listed[::2]}):
            tree.fault("parent-tree", label(node), "its numbers do not ascend")
        found.update(zip(listed[::2], listed[1::2]))
        waiting += list(get(node, "/Kids", []))
    after = get(tree.root, "/ParentTreeNextKey")
    if after is not None and found and int(after) <= max(found):
        tree.fault("parent-tree", "root", f"ParentTreeNextKey {after} is in use")
    return found


def annotations(tree, page, number, back):
    """Each annotation is in the tree and finds its way back."""
    for annotation in page.get("/Annots", []):
        where = f"page {number}, {label(annotation)}"
        kind = name(annotation.get("/Subtype"))
        element = tree.by_object.get(key_of(annotation))
        if element is None:
            tree.fault("annotation-not-in-tree", where, f"no element holds this {kind}")
        elif (element.kind == "Link") != (kind == "Link"):
            tree.fault("link-element", where, f"this {kind} is in a {element.kind}")
        parent = annotation.get("/StructParent")
        if parent is None:
            tree.fault("struct-parent", where, "it has no StructParent")
        elif element is not None and key_of(back.get(parent)) != key_of(element.value):
            tree.fault("struct-parent", where, "its StructParent leads to another element")
        if not str(annotation.get("/Contents", "")).strip():
            tree.fault("contents", where, "it has no Contents")
        # Hidden, Invisible, NoView must be off, Print on (ISO 19005-2, 6.3.2).
        if int(annotation.get("/F", 0)) & 0b100111 != 0b100:
            tree.fault("annotation-flags", where, f"F is {annotation.get('/F')}")
        action = annotation.get("/A")
        uri = name(get(action, "/S")) == "URI" and str(get(action, "/URI", ""))
        inside = annotation.get("/Dest") is not None or name(get(action, "/S")) == "GoTo"
        if kind == "Link" and not uri and not inside:
            tree.fault("link-target", where, "it leads nowhere")


def nesting(tree, element):
    """Each type stands where it may."""
    parent = element.parent.kind if element.parent else None
    if element.kind in PARENTS and parent not in PARENTS[element.kind]:
        tree.fault("nesting", element.where, f"it is in {parent}")
    if element.kind in NO_WORDS:
        above = element.parent
        while above is not None and above.kind not in WORDS:
            above = above.parent
        if above is not None:
            tree.fault("nesting", element.where, f"it is within {above.kind}")
    allowed = KIDS.get(element.kind)
    for child in element.children:
        if allowed is not None and child.kind not in allowed:
            tree.fault("nesting", element.where, f"it holds {child.kind}")
    if allowed is not None and (element.marks or element.objects):
        tree.fault("nesting", element.where, "it holds content itself")
    captions = [n for n, child in enumerate(element.children) if child.kind == "Caption"]
    if element.kind in ("Table", "L") and (
            len(captions) > 1 or captions and captions[0] not in (0, len(element.children) - 1)):
        tree.fault("nesting", element.where, "its Caption is neither first nor last")
    if not (element.children or element.marks or element.objects) and element.kind != "TD":
        tree.fault("empty", element.where, "there is nothing in it")


def figure(tree, element):
    """Figures tell what they show, and where they are."""
    if not str(element.value.get("/Alt", element.value.get("/ActualText", ""))).strip():
        tree.fault("alt", element.where, "it has no Alt")
    box = numbers(element.attribute("Layout", "/BBox"))
    pages = {owner for inner in element.all() for owner, _ in inner.marks}
    if not pages:
        return
    if box is None or len(box) != 4 or box[0] >= box[2] or box[1] >= box[3]:
        tree.fault("bbox", element.where, f"its BBox is {box}")
        return
    media = numbers(tree.file.pdf.get_object(min(pages)).get("/MediaBox"))
    if media and (box[2] <= media[0] or box[0] >= media[2] or box[3] <= media[1]
                  or box[1] >= media[3]):
        tree.fault("bbox", element.where, f"its BBox {box} is off the page")


def table(tree, element):
    """Tables are regular grids with heads that tell their direction."""
    rows = [row for row in element.all() if row.kind == "TR" and table_of(row) is element]
    grid, heads = {}, 0
    for y, row in enumerate(rows):
        x = 0
        for cell in row.children:
            while (x, y) in grid:
                x += 1
            wide = int(cell.attribute("Table", "/ColSpan") or 1)
            tall = int(cell.attribute("Table", "/RowSpan") or 1)
            for place in ((x + i, y + j) for i in range(wide) for j in range(tall)):
                if place in grid:
                    tree.fault("table-grid", cell.where, "two cells lie over each other")
                grid[place] = cell
            x += wide
            if cell.kind == "TH":
                heads += 1
                scope = name(cell.attribute("Table", "/Scope"))
                if scope not in ("Row", "Column", "Both") and "/Headers" not in cell.value:
                    tree.fault("scope", cell.where, f"its Scope is {scope}")
    width = max((x + 1 for x, _ in grid), default=0)
    height = max((y + 1 for _, y in grid), default=0)
    if height != len(rows) or len(grid) != width * height:
        tree.fault("table-grid", element.where, "its rows are not of one length")
    if rows and not heads:
        tree.fault("table-heads", element.where, "no cell is a TH")


def table_of(element):
    """The table that an element is in."""
    while element is not None and element.kind != "Table":
        element = element.parent
    return element


def items(tree, element, content):
    """Items have one body; a list that counts says how (ISO 32000-1, 14.8.5.5)."""
    labels, unlabelled = [], 0
    for item in element.children:
        bodies = [child.kind for child in item.children]
        if item.kind == "LI" and (bodies.count("LBody") != 1 or bodies.count("Lbl") > 1):
            tree.fault("list-item", item.where, f"it holds {bodies}")
        labels += [words(child, content) for child in item.children if child.kind == "Lbl"]
        unlabelled += item.kind == "LI" and "Lbl" not in bodies
    if labels and unlabelled:
        tree.fault("list-mixed", element.where, f"{unlabelled} items have no label, others do")
    counted = [int(text.strip(" .()")) for text in labels if text.strip(" .()").isdigit()]
    if counted and counted != list(range(counted[0], counted[0] + len(labels))):
        tree.fault("list-count", element.where, f"its labels are {[t.strip() for t in labels]}")
    counts = any(re.match(r"\(?[0-9A-Za-z]", text.strip()) for text in labels)
    numbering = name(element.attribute("List", "/ListNumbering"))
    if counts and numbering in (None, "None", "Disc", "Circle", "Square"):
        tree.fault("list-numbering", element.where,
                   f"its labels count ({labels[0].strip()}), its ListNumbering is {numbering}")


def link(tree, element):
    """A link has words or a picture, and its annotation."""
    listed = [key_of(annotation) for page in tree.file.pdf.pages
              for annotation in page.get("/Annots", [])]
    if not element.objects:
        tree.fault("link-objr", element.where, "it has no OBJR")
    for reference in element.objects:
        if key_of(reference.get("/Obj")) not in listed:
            tree.fault("link-objr", element.where, "its annotation is on no page")
    if not any(inner.marks for inner in element.all()):
        tree.fault("empty", element.where, "the link has nothing to read")


    around = element.parent.value.get("/K") if element.parent else None
    kids = list(around) if is_array(around) else [around]
    at = [n for n, kid in enumerate(kids) if is_dict(kid) and key_of(kid) == key_of(element.value)]
    after = tree.known.get(key_of(kids[at[0] + 1])) if at and at[0] + 1 < len(kids) and is_dict(
        kids[at[0] + 1]) else None
    if after is not None and after.kind == "Link" and target(after) == target(element):
        tree.fault("link-split", element.where, f"{after.where} goes on with the same link")


def target(element):
    """Where the first annotation of a link leads."""
    annotation = get(element.objects[0], "/Obj") if element.objects else None
    return str(get(get(annotation, "/A"), "/URI")), str(get(annotation, "/Dest"))


def caption(tree, element):
    """A caption is in what it is about, or follows it, maybe after another one."""
    parent = element.parent
    if parent is None or parent.kind in ("Figure", "Formula", "Table", "L", "TOC"):
        return
    at = next(n for n, child in enumerate(parent.children) if child is element)
    before = [child.kind for child in parent.children[:at] if child.kind != "Caption"]
    if before[-1:] not in (["Figure"], ["Formula"], ["Table"]):
        tree.fault("caption-alone", element.where, "it is about no figure or table")


def quote(tree, element, content):
    """The marks of a quotation come in pairs, in the text as on the page."""
    text = words(element, content)
    for closes, opens in (("”", "“„"), ("»", "«")):
        if closes in text and not any(mark in text for mark in opens):
            tree.fault("quotes", element.where, f"{closes} closes what nothing opens")


def words(element, content):
    """The words of an element and all below it."""
    return "".join(content.words.get(mark, "") for inner in element.all() for mark in inner.marks)


def headings(tree, content):
    """Headings begin at H1 and go down one step at a time."""
    level = 0
    found = [element for element in tree.elements() if element.kind in {"H", *HEADINGS}]
    for element in found:
        if element.kind == "H":
            tree.fault("headings", element.where, "it does not tell its level")
            continue
        if HEADINGS[element.kind] > level + 1:
            tree.fault("headings", element.where, f"it follows H{level}" if level else "it is first")
        level = HEADINGS[element.kind]
        if not words(element, content).strip() and "/ActualText" not in element.value:
            tree.fault("empty", element.where, "the heading has no words")
    if not found:
        tree.fault("headings", "tree", "there are none")
