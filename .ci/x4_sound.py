"""Changes to a print file that look like faults, and are none."""

import io

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from pikepdf import Array, Dictionary, Name, String

import made_x4
from x4_mutants import first_page, inner_font, packet, paint, raw_form, raw_image, text, type0
from x4_mutants_color import place

SOUND = []


def sound(change):
    """Enters a function in the list of changes that break nothing."""
    SOUND.append(change)
    return change


@sound
def knocked_out(pdf):
    """black text knocks out of colours that it may not overprint"""
    text(pdf, "0.8 0.7 0.6 0 k X Y 40 30 re f /X4Knock gs 0 0 0 1 k")


@sound
def string_in_content(pdf):
    """what looks like operators stands in a string, and in a comment"""
    paint(pdf, "% 1 0 0 rg\nq /Span << /ActualText (1 0 0 rg \\) f) >> BDC EMC Q")


@sound
def clipped_mark(pdf):
    """a mark in registration colour is cut off outside the bleed"""
    paint(pdf, "q 0 0 20 20 re W n /X4 cs 1 scn 0 0 999 999 re f Q",
          ColorSpace={"X4": made_x4.separation("All", 1, 1, 1, 1)})


@sound
def printers_mark(pdf):
    """a mark of the printer's is an annotation"""
    first_page(pdf).obj.Annots = Array([pdf.make_indirect(Dictionary(
        Type=Name.Annot, Subtype=Name.PrinterMark, Rect=[0, 0, 9, 9], F=4,
        AP=Dictionary(N=raw_form(pdf, ""))))])


@sound
def lzw(pdf):
    """an image is compressed by LZW"""
    data = b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01"
    place(pdf, raw_image(pdf, Name.DeviceGray, data, 3, 3, Filter=Name.LZWDecode))
    return {"stream_decode_level": pikepdf.StreamDecodeLevel.none}


@sound
def zeros_of_black(pdf):
    """black overprints on the plate of black itself"""
    text(pdf, "/X4Mode0 gs /X4Black cs 1 scn")
    paint(pdf, "", ColorSpace={"X4Black": made_x4.separation("Black", 0, 0, 0, 1)})


@sound
def gray_over_white(pdf):
    """black text in gray knocks out of nothing"""
    text(pdf, "/X4Over gs 0 g")


@sound
def attributes(pdf):
    """the claim of the XMP is an attribute"""
    packet(pdf, r"<pdfxid:GTS_PDFXVersion>.*?</pdfxid:GTS_PDFXVersion>", "")
    return packet(pdf, "</rdf:RDF>", '<rdf:Description rdf:about="" '
                  'xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/" '
                  'pdfxid:GTS_PDFXVersion="PDF/X-4"/></rdf:RDF>')


@sound
def archive_too(pdf):
    """the file has an output intent of PDF/A as well"""
    other = Dictionary(pdf.Root.OutputIntents[0])
    other.S = Name.GTS_PDFA1
    pdf.Root.OutputIntents.append(pdf.make_indirect(other))


@sound
def outside_link(pdf):
    """a link stands outside the bleed"""
    first_page(pdf).obj.Annots = Array([pdf.make_indirect(Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 20, 20], Border=[0, 0, 0]))])


@sound
def mapped_glyphs(pdf):
    """a stream tells which glyph a character is"""
    table = b"".join(code.to_bytes(2, "big") for code in range(200))
    inner_font(pdf).CIDToGIDMap = pdf.make_stream(table)


@sound
def plain_tables(pdf):
    """the objects stand in the file one by one, as in old PDF"""
    return {"object_stream_mode": pikepdf.ObjectStreamMode.disable}


@sound
def inherited_entries(pdf):
    """pages have their medium and their resources from their parent"""
    page = first_page(pdf).obj
    for key in ("/MediaBox", "/Resources"):
        page.Parent[key] = page[key]
        del page[key]


@sound
def postscript_outlines(pdf):
    """a font has outlines of PostScript"""
    show_cff(pdf, 520)


def show_cff(pdf, width):
    """Shows a square of a font in CFF, 520 wide, but said to be otherwise."""
    pen = T2CharStringPen(520, None)
    pen.moveTo((0, 0))
    for point in ((0, 400), (400, 400), (400, 0)):
        pen.lineTo(point)
    pen.closePath()
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "square"])
    glyph = pen.getCharString()
    builder.setupCFF("Square", {}, {".notdef": glyph, "square": glyph}, {})
    data = io.BytesIO()
    font = builder.font["CFF "]
    font.cff.compile(data, builder.font, isCFF2=False)
    title = Name("/ABCDEF+Square")
    inner = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType0, BaseFont=title, W=[1, Array([width])],
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"),
                                 Supplement=0),
        FontDescriptor=pdf.make_indirect(Dictionary(
            Type=Name.FontDescriptor, FontName=title, Flags=4, FontBBox=[0, 0, 400, 400],
            ItalicAngle=0, Ascent=400, Descent=0, CapHeight=400, StemV=80,
            FontFile3=made_x4.stream(pdf, data.getvalue(), Subtype=Name.CIDFontType0C))))
    paint(pdf, "q 0 0 0 0.5 k BT /X4 9 Tf X Y Td <0001> Tj ET Q", Font={
        "X4": pdf.make_indirect(Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=title, Encoding=Name("/Identity-H"),
            DescendantFonts=[pdf.make_indirect(inner)],
            ToUnicode=type0(pdf).ToUnicode))})
