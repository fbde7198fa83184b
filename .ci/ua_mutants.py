"""Ways to break the tags of a screen file: structure, and the ways between
structure and content.

A mutant is a function that breaks one thing in an open document; it gives
False if there is nothing of that kind in the document, and may give options
for saving.
"""

import dataclasses
import re

from pikepdf import Array, Dictionary, Name, String

from x4_base import is_array, is_dict, key_of, name

MUTANTS = []
# Documents that look odd, but keep to the standards.
SOUND = []


@dataclasses.dataclass(frozen=True)
class Mutant:
    """A way to break a file, and the rules that must see it: those of veraPDF
    begin with the standard, the others are of the tree check."""

    change: object
    rules: tuple

    @property
    def title(self):
        """What is told of it."""
        return f"{self.change.__name__} ({self.change.__doc__})"


def mutant(*rules):
    """Enters a function in the list of mutants."""
    def enter(change):
        MUTANTS.append(Mutant(change, rules))
        return change
    return enter


def sound(change):
    """Enters a function in the list of harmless changes."""
    SOUND.append(Mutant(change, ()))
    return change


def elements(pdf, *kinds):
    """All elements of some types, in reading order."""
    waiting, found = [pdf.Root.StructTreeRoot.K], []
    while waiting:
        value = waiting.pop()
        if is_array(value):
            waiting += reversed(list(value))
        elif is_dict(value) and "/S" in value:
            if not kinds or name(value.S) in kinds:
                found.append(value)
            if "/K" in value:
                waiting.append(value.K)
    return found


def first(pdf, *kinds):
    """The first element of some types; a LookupError if there is none."""
    return elements(pdf, *kinds)[0]


def counting(pdf):
    """The first list with numbers; a LookupError if there is none."""
    return [found for found in elements(pdf, "L")
            if "/A" in found and name(found.A.get("/ListNumbering")) == "Decimal"][0]


def links(pdf):
    """All link annotations with their pages."""
    found = [(page, annotation) for page in pdf.pages
             for annotation in page.obj.get("/Annots", []) if annotation.Subtype == Name.Link]
    if not found:
        raise LookupError("no links")
    return found


def rewrite(pdf, pattern, by, page=0):
    """Changes the content of a page at the first place that fits."""
    stream = pdf.pages[page].obj.Contents
    content, count = re.subn(pattern, by, stream.read_bytes(), count=1, flags=re.S)
    if not count:
        return False
    stream.write(content)
    return None


def append(pdf, content, page=0):
    """Adds to the content of a page."""
    stream = pdf.pages[page].obj.Contents
    stream.write(stream.read_bytes() + content)


def numbers_of(pdf):
    """The array of the parent tree."""
    return pdf.Root.StructTreeRoot.ParentTree.Nums


def drop(pdf, element):
    """Takes an element out of the one it is in."""
    kids = element.P.K
    if not is_array(kids):
        del element.P.K
        return
    element.P.K = Array([kid for kid in kids
                         if not is_dict(kid) or key_of(kid) != key_of(element)])


def add(pdf, parent, kid):
    """Puts an element at the end of another one."""
    kids = parent.K
    parent.K = Array([*(kids if is_array(kids) else [kids]), kid])


def move(pdf, element, parent):
    """Puts an element into another one."""
    drop(pdf, element)
    add(pdf, parent, element)
    element.P = parent


# What the tree holds.


@mutant("tree", "PDF/UA-1 7.1-11", "PDF/A-2a 6.7.3.3-1")
def no_tree(pdf):
    """There is no structure tree."""
    del pdf.Root.StructTreeRoot


@mutant("alt", "PDF/UA-1 7.3-1")
def figure_without_alt(pdf):
    """A figure does not tell what it shows."""
    del first(pdf, "Figure").Alt


@mutant("alt", "PDF/UA-1 7.3-1")
def figure_with_empty_alt(pdf):
    """A figure tells nothing."""
    first(pdf, "Figure").Alt = String("")


@mutant("bbox")
def figure_without_bbox(pdf):
    """A figure does not tell where it is."""
    del first(pdf, "Figure").A["/BBox"]


@mutant("bbox")
def figure_with_bbox_inside_out(pdf):
    """The corners of a figure are exchanged."""
    box = list(first(pdf, "Figure").A["/BBox"])
    first(pdf, "Figure").A["/BBox"] = Array(box[2:] + box[:2])


@mutant("bbox")
def figure_off_the_page(pdf):
    """A figure is said to be where no page is."""
    first(pdf, "Figure").A["/BBox"] = Array([5000, 5000, 5100, 5100])


@mutant("headings", "PDF/UA-1 7.4.2-1")
def heading_gap(pdf):
    """An H3 follows an H1."""
    first(pdf, "H2").S = Name.H3


@mutant("headings", "PDF/UA-1 7.4.2-1")
def no_first_heading(pdf):
    """The first heading is an H2."""
    first(pdf, "H1").S = Name.H2


@mutant("headings", "PDF/UA-1 7.4.4-2")
def heading_without_level(pdf):
    """A heading among numbered ones does not tell its level."""
    first(pdf, "H2").S = Name.H


@mutant("role-unknown", "PDF/UA-1 7.1-5", "PDF/A-2a 6.7.3.4-1")
def unknown_type(pdf):
    """An element has a type of its own that no role map explains."""
    first(pdf, "P").S = Name.Alinea


@mutant("role-circle", "PDF/UA-1 7.1-6")
def role_circle(pdf):
    """Two types explain each other."""
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(Alinea=Name.Tekst, Tekst=Name.Alinea)
    first(pdf, "P").S = Name.Alinea


@mutant("role-remapped", "PDF/UA-1 7.1-7")
def role_remapped(pdf):
    """A standard type is explained as another one."""
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(P=Name.Span)


@mutant("scope", "PDF/UA-1 7.5-1")
def heads_without_scope(pdf):
    """The heads of a table do not tell their direction."""
    heads = elements(pdf, "TH")
    for head in heads:
        del head.A
    return None if heads else False


@mutant("table-heads")
def table_without_heads(pdf):
    """All heads are ordinary cells."""
    heads = elements(pdf, "TH")
    for head in heads:
        head.S = Name.TD
        del head.A
    return None if heads else False


@mutant("table-grid", "PDF/UA-1 7.2-43")
def short_row(pdf):
    """The last row has a cell too few."""
    row = elements(pdf, "TR")[-1]
    row.K = Array(list(row.K)[:-1])


@mutant("table-grid")
def cell_too_wide(pdf):
    """A cell reaches out of its table."""
    cell = elements(pdf, "TD")[-1]
    cell.A = Dictionary(O=Name.Table, ColSpan=2)


@mutant("nesting", "PDF/UA-1 7.2-3", "PDF/UA-1 7.2-9")
def cell_in_table(pdf):
    """A cell stands in the table, outside a row."""
    move(pdf, elements(pdf, "TD")[-1], first(pdf, "Table"))


@mutant("nesting", "PDF/UA-1 7.2-17")
def item_outside_list(pdf):
    """An item of a list stands in no list."""
    move(pdf, first(pdf, "LI"), first(pdf, "Sect"))


@mutant("nesting", "PDF/UA-1 7.2-18")
def body_outside_item(pdf):
    """The body of an item stands in no item."""
    move(pdf, first(pdf, "LBody"), first(pdf, "Sect"))


@mutant("nesting", "PDF/UA-1 7.2-19")
def paragraph_in_list(pdf):
    """A list holds a paragraph as it is."""
    first(pdf, "LI").S = Name.P


@mutant("list-item")
def item_with_two_bodies(pdf):
    """An item has two bodies."""
    items = elements(pdf, "LI")
    move(pdf, first(pdf, "LBody"), items[-1])


@mutant("list-numbering")
def counting_without_numbering(pdf):
    """A list with numbers does not tell that it counts."""
    del counting(pdf).A


@mutant("nesting")
def paragraph_in_paragraph(pdf):
    """A paragraph stands in another one."""
    one, other = [p for p in elements(pdf, "P") if name(p.P.S) == "Sect"][:2]
    move(pdf, other, one)


@mutant("empty")
def empty_element(pdf):
    """There is nothing in a paragraph."""
    section = first(pdf, "Sect")
    add(pdf, section, pdf.make_indirect(Dictionary(S=Name.P, P=section)))


@mutant("lang", "PDF/UA-1 7.2-29")
def element_in_no_language(pdf):
    """The language of an element is none."""
    first(pdf, "P").Lang = String("Nederlands, geloof ik")


@mutant("tree")
def wrong_parent(pdf):
    """An element says that it is in another one."""
    first(pdf, "P").P = elements(pdf, "Sect")[-1]


@mutant("tree")
def element_twice(pdf):
    """An element stands in two others."""
    add(pdf, elements(pdf, "Sect")[-1], first(pdf, "P"))


# The ways to content and back.


@mutant("parent-tree")
def no_parent_tree(pdf):
    """There is no way back from content to structure."""
    del pdf.Root.StructTreeRoot.ParentTree


@mutant("parent-tree")
def parent_tree_exchanged(pdf):
    """Two entries of the parent tree are exchanged."""
    entries = numbers_of(pdf)[1]
    entries[0], entries[1] = entries[1], entries[0]


@mutant("parent-tree")
def parent_tree_short(pdf):
    """The parent tree lacks the last sequence of a page."""
    numbers_of(pdf)[1] = Array(list(numbers_of(pdf)[1])[:-1])


@mutant("parent-tree")
def parent_tree_unordered(pdf):
    """The numbers of the parent tree do not ascend."""
    entries = list(numbers_of(pdf))
    pdf.Root.StructTreeRoot.ParentTree.Nums = Array(entries[2:] + entries[:2])


@mutant("parent-tree")
def page_without_key(pdf):
    """A page does not tell its place in the parent tree."""
    del pdf.pages[0].obj.StructParents


@mutant("parent-tree")
def two_pages_with_one_key(pdf):
    """Two pages tell the same place in the parent tree."""
    pdf.pages[1].obj.StructParents = pdf.pages[0].obj.StructParents


@mutant("mcid-in-tree-twice")
def content_in_two_elements(pdf):
    """A sequence belongs to two elements."""
    one, other = [p for p in elements(pdf, "P") if isinstance(p.get("/K"), int)][:2]
    other.K = Array([other.K, Dictionary(Type=Name.MCR, Pg=one.Pg, MCID=one.K)])


@mutant("mcid-twice")
def content_marked_twice(pdf):
    """Two sequences of a page have one number."""
    return rewrite(pdf, rb"(/P <</MCID )\d+(>> BDC.*?EMC\n/P <</MCID )(\d+)",
                   rb"\g<1>\g<3>\g<2>\g<3>")


@mutant("mcid-not-in-tree", "mcid-not-in-content", "PDF/UA-1 7.1-3")
def number_of_nothing(pdf):
    """A sequence has a number that the tree does not know."""
    return rewrite(pdf, rb"(/P <</MCID )\d+", rb"\g<1>9999")


@mutant("untagged", "PDF/UA-1 7.1-3", "mcid-not-in-content")
def untagged_text(pdf):
    """Words are in no tag."""
    return rewrite(pdf, rb"/P <</MCID \d+>> BDC\n(.*?)EMC\n", rb"\1")


@mutant("untagged", "PDF/UA-1 7.1-3")
def untagged_path(pdf):
    """A shape is neither in a tag nor an artifact."""
    append(pdf, b"\n0 0 9 9 re f\n")


@mutant("artifact-in-tagged", "PDF/UA-1 7.1-1")
def artifact_in_tag(pdf):
    """An artifact lies within a tag."""
    return rewrite(pdf, rb"(/P <</MCID \d+>> BDC\n)", rb"\1/Artifact BMC\n0 0 1 1 re f\nEMC\n")


@mutant("tagged-in-artifact", "PDF/UA-1 7.1-2")
def tag_in_artifact(pdf):
    """A tag lies within an artifact."""
    return rewrite(pdf, rb"(/P <</MCID \d+>> BDC\n.*?EMC\n)", rb"/Artifact BMC\n\1EMC\n")


@mutant("tagged-in-tagged")
def tag_in_tag(pdf):
    """A tag lies within another one."""
    return rewrite(pdf, rb"(/P <</MCID \d+>> BDC\n.*?)EMC\n(/P <</MCID \d+>> BDC\n.*?EMC\n)",
                   rb"\1\2EMC\n")


@mutant("marks-unbalanced")
def tag_left_open(pdf):
    """A sequence does not end."""
    append(pdf, b"\n/Artifact BMC\n")


@mutant("marks-unbalanced")
def tag_across_text_object(pdf):
    """A sequence ends within a text object."""
    return rewrite(pdf, rb"ET\nEMC\n", rb"EMC\nET\n")


# Links.


@mutant("contents", "PDF/UA-1 7.18.5-2")
def link_without_contents(pdf):
    """A link does not describe itself."""
    del links(pdf)[0][1].Contents


@mutant("struct-parent", "PDF/UA-1 7.18.5-1")
def link_without_struct_parent(pdf):
    """An annotation knows no way to its element."""
    del links(pdf)[0][1].StructParent


@mutant("struct-parent")
def link_with_wrong_struct_parent(pdf):
    """An annotation leads to the element of another one."""
    (_, one), *_, (_, other) = links(pdf)
    one.StructParent = other.StructParent


@mutant("annotation-not-in-tree", "link-objr")
def link_without_objr(pdf):
    """The element of a link does not hold the annotation."""
    element = first(pdf, "Link")
    element.K = Array([kid for kid in element.K if not is_dict(kid) or "/Obj" not in kid])


@mutant("link-element", "PDF/UA-1 7.18.5-1")
def link_in_span(pdf):
    """An annotation is in an element that is no link."""
    first(pdf, "Link").S = Name.Span


@mutant("link-target")
def link_to_nowhere(pdf):
    """A link leads nowhere."""
    annotation = links(pdf)[0][1]
    for key in ("/A", "/Dest"):
        if key in annotation:
            del annotation[key]


@mutant("annotation-flags", "PDF/A-2a 6.3.2-2")
def link_not_printed(pdf):
    """An annotation is left out in print."""
    links(pdf)[0][1].F = 0


@mutant("annotation-flags", "PDF/A-2a 6.3.2-2")
def link_hidden(pdf):
    """An annotation is hidden."""
    links(pdf)[0][1].F = 6


@mutant("tabs", "PDF/UA-1 7.18.3-1")
def page_without_tabs(pdf):
    """A page with links does not tell in which order they come."""
    del links(pdf)[0][0].obj.Tabs
