"""Ways to break how a screen file reads, and changes that do no harm."""

import re

from pikepdf import Array, Dictionary, Name

from ua_mutants import add, counting, elements, first, move, mutant, numbers_of, sound


@mutant("list-count")
def numbers_out_of_order(pdf):
    """The items of a list that counts are turned round."""
    items = counting(pdf)
    items.K = Array(reversed(list(items.K)))


@mutant("list-mixed")
def number_missing(pdf):
    """One item of a list that counts has no number."""
    item = [label.P for label in elements(pdf, "Lbl")][-1]
    item.K = Array(list(item.K)[1:])


@mutant("caption-alone")
def caption_without_figure(pdf):
    """A caption follows no figure."""
    move(pdf, first(pdf, "Caption"), elements(pdf, "Sect")[-1])


@mutant("link-split")
def link_in_two(pdf):
    """A link that goes on in the next line is said to be another one."""
    link = first(pdf, "Link")
    target = next(kid for kid in link.K if not isinstance(kid, int) and "/Obj" in kid).Obj
    other = Dictionary(target)
    page = link.Pg
    page.Annots.append(pdf.make_indirect(other))
    add(pdf, link.P, pdf.make_indirect(Dictionary(
        S=Name.Link, P=link.P, K=Array([Dictionary(Type=Name.OBJR, Pg=page, Obj=page.Annots[-1])]))))


@mutant("quotes")
def quotation_not_opened(pdf):
    """The mark that opens a quotation is drawn only."""
    changed = 0
    for font in pdf.objects:
        if isinstance(font, Dictionary) and "/ToUnicode" in font:
            data, count = re.subn(rb"(?i)<201c>", b"<0020>", font.ToUnicode.read_bytes())
            font.ToUnicode.write(data)
            changed += count
    for paragraph in elements(pdf, "P"):
        paragraph.S = Name.BlockQuote
    return None if changed else False


# What is right all the same.


@sound
def type_explained(pdf):
    """An element has a type of its own, which the role map explains."""
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(Alinea=Name.P)
    first(pdf, "P").S = Name.Alinea


@sound
def parent_tree_in_parts(pdf):
    """The parent tree is cut into two nodes."""
    entries = list(numbers_of(pdf))
    parts = [entries[:4], entries[4:]]
    pdf.Root.StructTreeRoot.ParentTree = pdf.make_indirect(Dictionary(Kids=Array([
        pdf.make_indirect(Dictionary(Nums=Array(part), Limits=Array([part[0], part[-2]])))
        for part in parts])))


@sound
def references_to_content(pdf):
    """An element refers to its content at length."""
    element = [p for p in elements(pdf, "P") if isinstance(p.get("/K"), int)][0]
    element.K = Array([Dictionary(Type=Name.MCR, Pg=element.Pg, MCID=element.K)])
    del element.Pg


@sound
def headings_back_up(pdf):
    """Headings go up as far as they like."""
    elements(pdf, "H2")[-1].S = Name.H1
