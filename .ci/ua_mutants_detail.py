"""Ways to break details of a screen file: labels, words that stand for others,
areas of links, kinds of artifacts, navigation."""

from pikepdf import Array, Dictionary, Name, String

from ua_mutants import (counting, elements, first, links, move, mutant, numbers_of, rewrite, sound)
from ua_mutants_file import edit_xmp
from x4_base import name


def words_alone(pdf):
    """The paragraphs that hold one sequence and nothing else."""
    return [p for p in elements(pdf, "P") if isinstance(p.get("/K"), int)]


@mutant("list-numbering")
def signs_that_count(pdf):
    """A list with signs tells that it counts."""
    first(pdf, "L").A.ListNumbering = Name.Decimal


@mutant("list-numbering")
def unknown_numbering(pdf):
    """A list is labelled in a way that there is not."""
    first(pdf, "L").A.ListNumbering = Name.Stars


@mutant("list-numbering")
def signs_without_numbering(pdf):
    """A list with signs does not tell that it has labels."""
    del first(pdf, "L").A


@mutant("list-item")
def label_behind(pdf):
    """A label comes after what it labels."""
    item = first(pdf, "LI")
    item.K = Array(reversed(list(item.K)))


@mutant("spelled")
def empty_actual_text(pdf):
    """The words of a paragraph are said to be none."""
    first(pdf, "P").ActualText = String("")


@mutant("spelled")
def empty_expansion(pdf):
    """What a word is short for is nothing."""
    first(pdf, "P").E = String("")


@mutant("spelled")
def private_alt(pdf):
    """A figure is described in characters that mean nothing."""
    first(pdf, "Figure").Alt = String("\ue001\ue002")


@mutant("spelled")
def private_actual_text(pdf):
    """A sequence stands for characters that mean nothing."""
    return rewrite(pdf, rb"/P <</MCID (\d+)>> BDC", rb"/P <</MCID \1/ActualText<FEFFE001>>> BDC")


@mutant("other-words")
def other_words(pdf):
    """A paragraph says something else than it shows."""
    first(pdf, "P").ActualText = String("Iets heel anders")


@mutant("other-words")
def described_words(pdf):
    """A description hides the words of a paragraph."""
    first(pdf, "P").Alt = String("Een alinea")


@mutant("nesting")
def words_in_a_section(pdf):
    """Words stand in a section, in no paragraph."""
    next(p for p in words_alone(pdf) if name(p.P.S) == "Sect").S = Name.Span


@mutant("figure-holds")
def words_in_a_figure(pdf):
    """A paragraph stands in a figure, whose description hides it."""
    move(pdf, words_alone(pdf)[-1], first(pdf, "Figure"))


@mutant("scope")
def heads_for_the_wrong_direction(pdf):
    """Heads of columns name rows, and the other way round."""
    heads = elements(pdf, "TH")
    for head in heads:
        head.A.Scope = Name.Column if head.A.Scope == Name.Row else Name.Row
    return None if heads else False


@mutant("objr-page")
def link_said_to_be_elsewhere(pdf):
    """The element of a link finds its area on another page."""
    link = first(pdf, "Link")
    next(kid for kid in link.K if not isinstance(kid, int) and "/Obj" in kid).Pg = (
        pdf.pages[-1].obj if link.Pg != pdf.pages[-1].obj else pdf.pages[0].obj)


@mutant("link-area")
def link_off_the_page(pdf):
    """A link is where no page is."""
    links(pdf)[0][1].Rect = Array([5000, 5000, 5100, 5100])


@mutant("link-area")
def link_without_area(pdf):
    """A link is a point."""
    links(pdf)[0][1].Rect = Array([9, 9, 9, 9])


@mutant("parent-tree")
def parent_tree_too_long(pdf):
    """The parent tree lists a sequence that is not there."""
    listed = numbers_of(pdf)[1]
    listed.append(listed[0])


@mutant("invisible")
def invisible_words(pdf):
    """Words are read out that nobody sees."""
    return rewrite(pdf, rb"(/P <</MCID \d+>> BDC\nBT\n)", rb"\g<1>3 Tr\n")


@mutant("artifact-type")
def artifact_of_no_type(pdf):
    """An artifact is of a type that there is not."""
    return rewrite(pdf, rb"/Artifact <</Type/Layout>>", rb"/Artifact <</Type/Sierraad>>", 1)


@mutant("artifact-type")
def background_without_place(pdf):
    """A background does not tell where it is."""
    return any(rewrite(pdf, rb"/Type/Layout>>", rb"/Type/Background>>", page) is None
               for page in range(len(pdf.pages))) and None


@mutant("xmp-language")
def two_languages(pdf):
    """The metadata tell another language than the file."""
    return edit_xmp(pdf, r"(<dc:language>.*?<rdf:li>)nl", r"\1en")


@mutant("outline")
def no_outline(pdf):
    """There is no outline."""
    del pdf.Root.Outlines


@mutant("outline")
def outline_to_nowhere(pdf):
    """An entry of the outline leads to no page."""
    pdf.Root.Outlines.First.Dest = Array([Dictionary(), Name.XYZ, 0, 0, 0])


@mutant("outline")
def outline_in_a_circle(pdf):
    """An entry of the outline comes after itself."""
    pdf.Root.Outlines.First.Next = pdf.Root.Outlines.First


@mutant("outline")
def outline_miscounted(pdf):
    """The outline has not as many entries as it tells."""
    pdf.Root.Outlines.Count = 99


@mutant("page-labels")
def no_page_labels(pdf):
    """Pages have no labels."""
    del pdf.Root.PageLabels


@mutant("names")
def names_out_of_order(pdf):
    """Named places are not in the order of their names."""
    names = list(pdf.Root.Names.Dests.Names)
    pdf.Root.Names.Dests.Names = Array(names[2:4] + names[:2] + names[4:])


# What is right all the same.


@sound
def classes_of_attributes(pdf):
    """Heads have their scope from a class."""
    heads = elements(pdf, "TH")
    pdf.Root.StructTreeRoot.ClassMap = Dictionary(kop=Dictionary(O=Name.Table, Scope=Name.Column))
    for head in heads:
        if head.A.Scope == Name.Column:
            del head.A
            head.C = Name.kop
    return None if heads else False


@sound
def numbering_of_another_kind(pdf):
    """A list that counts does so in capitals of Rome."""
    counting(pdf).A.ListNumbering = Name.UpperRoman


@sound
def plain_artifact(pdf):
    """An artifact does not tell its type."""
    return rewrite(pdf, rb"/Artifact <</Type/Layout>> BDC", rb"/Artifact BMC", 1)


@sound
def rows_in_a_body(pdf):
    """The rows of a table stand in a body."""
    table = first(pdf, "Table")
    rows = [kid for kid in table.K if name(kid.S) == "TR"]
    body = pdf.make_indirect(Dictionary(S=Name.TBody, P=table, K=Array(rows)))
    for row in rows:
        row.P = body
    table.K = Array([*(kid for kid in table.K if name(kid.S) != "TR"), body])
