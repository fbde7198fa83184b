"""Makes small PDF/X-4 files with pikepdf, for .ci/test_x4.py: a document of
two pages with everything that print files have, and a sheet of its pages."""

import functools
import io
import pathlib
import zlib

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, String

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROFILE = ROOT / "profiles/ISOcoated_v2_300_bas.icc"
FACE = ROOT / "fonts/source-sans-3/SourceSans3-Regular.ttf"
LETTERS = "Drukwerk op vier platen 1234567890 mm"
TRIM = (40, 40, 240, 320)
BLEED = 8.504
MEDIA = (0, 0, 280, 360)
PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Proef &amp; pers</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>Drukkerij Voorbeeld</rdf:li></rdf:Seq></dc:creator>
<xmp:CreateDate>2026-11-01T10:00:00+01:00</xmp:CreateDate>
<xmp:ModifyDate>2026-11-01T10:00:00+01:00</xmp:ModifyDate>
<xmp:MetadataDate>2026-11-01T10:00:00+01:00</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:6f9619ff-8b86-d011-b42d-00c04fc964ff</xmpMM:DocumentID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdf:Trapped>False</pdf:Trapped>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""


def stream(pdf, data, **entries):
    """A stream, deflated, as an indirect object."""
    made = pikepdf.Stream(pdf, zlib.compress(data))
    made.Filter = Name.FlateDecode
    for key, value in entries.items():
        made["/" + key] = value
    return pdf.make_indirect(made)


@functools.cache
def subset_face():
    """A small font: its bytes, and of each letter its glyph and width."""
    options = subset.Options(notdef_outline=True, layout_features=[], name_IDs=[])
    cutter = subset.Subsetter(options)
    cutter.populate(text=LETTERS)
    font = TTFont(FACE)
    cutter.subset(font)
    out = io.BytesIO()
    font.save(out)
    font = TTFont(io.BytesIO(out.getvalue()))
    scale = 1000 / font["head"].unitsPerEm
    letters = {}
    for code, title in font.getBestCmap().items():
        letters[chr(code)] = (font.getGlyphID(title), round(font["hmtx"][title][0] * scale))
    return out.getvalue(), letters


def coded(text):
    """A string of the composite font, as it is written in content."""
    return "<" + "".join(f"{subset_face()[1][letter][0]:04X}" for letter in text) + ">"


def font(pdf):
    """The composite font."""
    data, letters = subset_face()
    title = Name("/ABCDEF+SourceSans3-Regular")
    descriptor = pdf.make_indirect(Dictionary(
        Type=Name.FontDescriptor, FontName=title, Flags=4, FontBBox=[-614, -295, 2159, 958],
        ItalicAngle=0, Ascent=1000, Descent=-326, CapHeight=660, StemV=95,
        FontFile2=stream(pdf, data, Length1=len(data))))
    widths = [[gid, Array([width])] for gid, width in sorted(letters.values())]
    inner = pdf.make_indirect(Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=title, FontDescriptor=descriptor,
        CIDToGIDMap=Name.Identity, W=Array([item for pair in widths for item in pair]), DW=1000,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"),
                                 Supplement=0)))
    lines = "\n".join(f"<{gid:04X}> <{ord(letter):04X}>" for letter, (gid, _) in letters.items())
    cmap = ("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def "
            "1 begincodespacerange <0000> <FFFF> endcodespacerange "
            f"{len(letters)} beginbfchar\n{lines}\nendbfchar endcmap end end")
    return pdf.make_indirect(Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=title, Encoding=Name("/Identity-H"),
        DescendantFonts=[inner], ToUnicode=stream(pdf, cmap.encode())))


def bullet(pdf):
    """A font of type 3 with one glyph, a square."""
    return pdf.make_indirect(Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 1000, 1000],
        FontMatrix=[0.001, 0, 0, 0.001, 0, 0], FirstChar=97, LastChar=97, Widths=[600],
        Encoding=Dictionary(Type=Name.Encoding, Differences=[97, Name("/square")]),
        Resources=Dictionary(),
        CharProcs=Dictionary(square=stream(pdf, b"600 0 0 0 500 500 d1 0 0 500 500 re f"))))


def tint(*inks):
    """The function from a tint to its process colours."""
    return Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[0] * len(inks), C1=list(inks))


def separation(title, *inks):
    """A spot colour with a CMYK alternate."""
    return Array([Name.Separation, Name("/" + title), Name.DeviceCMYK, tint(*inks)])


def image(pdf, space, samples, width, height, **entries):
    """An image of 8 bits."""
    return stream(pdf, bytes(samples), Type=Name.XObject, Subtype=Name.Image, Width=width,
                  Height=height, ColorSpace=space, BitsPerComponent=8, **entries)


def form(pdf, content, box, resources=None, **entries):
    """A form."""
    return stream(pdf, content.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=list(box),
                  Resources=resources or Dictionary(), **entries)


def group(space=Name.DeviceCMYK):
    """A transparency group."""
    return Dictionary(Type=Name.Group, S=Name.Transparency, CS=space, I=True)


def axial():
    """A shading in CMYK from left to right."""
    return Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[60, 0, 120, 0], Extend=[True, True],
        Function=Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[0, 0, 0, 0],
                            C1=[1, 0.5, 0, 0]))


def resources(pdf):
    """All that the pages draw with."""
    mask = form(pdf, "0.5 g 40 40 200 280 re f", MEDIA, Group=group(Name.DeviceGray))
    cell = form(pdf, "0 0.4 0 0 k 0 0 3 3 re f", (0, 0, 6, 6))
    del cell["/Subtype"]
    cell.update({"/Type": Name.Pattern, "/PatternType": 1, "/PaintType": 1, "/TilingType": 1,
                 "/XStep": 6, "/YStep": 6})
    soft = image(pdf, Name.DeviceGray, range(0, 256, 16), 4, 4)
    palette = Array([Name.Indexed, Name.DeviceCMYK, 1, String(bytes([0, 0, 0, 0, 255, 0, 0, 0]))])
    duo = pdf.make_indirect(Array([
        Name.DeviceN, [Name("/PANTONE 286 C"), Name.Black], Name.DeviceCMYK,
        pikepdf.Stream(pdf, b"{ exch dup 1 mul exch 0.66 mul 3 -1 roll 0 exch }")]))
    duo[3].update({"/FunctionType": 4, "/Domain": [0, 1, 0, 1],
                   "/Range": [0, 1, 0, 1, 0, 1, 0, 1]})
    duo[3] = pdf.make_indirect(duo[3])
    return pdf.make_indirect(Dictionary(
        Font=Dictionary(F=font(pdf), B=bullet(pdf)),
        ColorSpace=Dictionary(All=pdf.make_indirect(separation("All", 1, 1, 1, 1)),
                              Spot=pdf.make_indirect(separation("PANTONE 286 C", 1, 0.66, 0, 0)),
                              Duo=duo),
        ExtGState=Dictionary(
            Over=pdf.make_indirect(Dictionary(OP=True, op=True, OPM=1)),
            Knock=pdf.make_indirect(Dictionary(OP=False, op=False, OPM=0)),
            Half=pdf.make_indirect(Dictionary(ca=0.5, CA=0.5, BM=Name.Multiply)),
            Mask=pdf.make_indirect(Dictionary(
                SMask=Dictionary(Type=Name.Mask, S=Name.Luminosity, G=mask))),
            Bare=pdf.make_indirect(Dictionary(ca=1, CA=1, BM=Name.Normal, SMask=Name.None_))),
        Shading=Dictionary(Axial=pdf.make_indirect(axial())),
        Pattern=Dictionary(
            Cell=cell, Axial=pdf.make_indirect(Dictionary(
                Type=Name.Pattern, PatternType=2, Shading=pdf.make_indirect(axial())))),
        XObject=Dictionary(
            Photo=image(pdf, Name.DeviceCMYK, [20, 40, 60, 0] * 16, 4, 4),
            Soft=image(pdf, Name.DeviceGray, [90] * 16, 4, 4, SMask=soft),
            Palette=image(pdf, palette, [0, 1] * 8, 4, 4),
            Group=form(pdf, "0 0.3 0.6 0 k 60 60 20 20 re f", MEDIA, Group=group()))))


def marks(media=MEDIA, trim=TRIM):
    """Crop marks and a line of text, in registration colour."""
    out = BLEED + 2
    lines = [f"{x} {media[1]} m {x} {trim[1] - out} l {x} {media[3]} m {x} {trim[3] + out} l"
             for x in (trim[0], trim[2])]
    lines += [f"{media[0]} {y} m {trim[0] - out} {y} l {media[2]} {y} m {trim[2] + out} {y} l"
              for y in (trim[1], trim[3])]
    return (f"q 0.25 w /All CS 1 SCN {' '.join(lines)} S /All cs 1 scn "
            f"BT /F 5 Tf {trim[0] + 20} {media[1] + 6} Td {coded('platen 1')} Tj ET Q")


def first_page():
    """Ground, photo, spot, text, masks, shadings, patterns and marks."""
    left, bottom, right, top = TRIM
    return f"""
q 0.1 0.5 0 0 k {left - BLEED} {bottom - BLEED} {right - left + 2 * BLEED}
{top - bottom + 2 * BLEED} re f Q
q 60 0 0 60 60 250 cm /Photo Do Q
q 30 0 0 30 130 250 cm /Soft Do Q
q 30 0 0 30 170 250 cm /Palette Do Q
q /Spot cs 0.7 scn 60 200 100 40 re f Q
q /Duo cs 0.5 0.2 scn 170 200 30 40 re f Q
q /Over gs 0 0 0 1 k BT /F 10 Tf 60 180 Td {coded('Drukwerk op')} Tj
0 -12 Td [{coded('vier')} -250 {coded('platen')}] TJ ET Q
q /Knock gs 0 0 0 0 k BT /F 10 Tf 70 215 Td {coded('op vier')} Tj ET Q
q 60 120 60 30 re W n /Axial sh Q
q /Pattern cs /Axial scn 130 120 40 30 re f Q
q /Pattern cs /Cell scn 180 120 40 30 re f Q
q /Half gs 1 0 0 0 k 60 90 40 20 re f Q
q /Mask gs 0 1 0 0 k 110 90 40 20 re f Q
q /Group Do Q
q 0 0.2 0.8 0 k BT /B 10 Tf 160 95 Td (a) Tj ET Q
q 10 0 0 10 180 90 cm BI /W 2 /H 2 /BPC 8 /CS /G ID \x01\x60\x60\x01 EI Q
{marks()}
"""


def second_page():
    """White paper, a placed form, and an edge that bleeds at a slant."""
    left, bottom, right, top = TRIM
    return f"""
q 0 0.5 0.9 0 k {left - BLEED} {bottom - BLEED} m {left + 90} {bottom - BLEED} l
{left + 90 - BLEED} {bottom + 30} l {left - BLEED} {bottom + 30 + BLEED} l h f Q
q 60 100 90 90 re W n q 0.5 0 0 0.5 40 60 cm /Placed Do Q Q
q /Over gs 0 0 0 1 k BT /F 10 Tf 60 {top - 40} Td {coded('mm 1234567890')} Tj ET Q
{marks()}
"""


def new():
    """An empty document with all that PDF/X-4 asks for."""
    pdf = pikepdf.new()
    # Made without the compression that other streams get.
    packet = pikepdf.Stream(pdf, PACKET.encode("utf-8"))
    packet.update({"/Type": Name.Metadata, "/Subtype": Name.XML})
    pdf.Root.Metadata = pdf.make_indirect(packet)
    pdf.Root.OutputIntents = Array([pdf.make_indirect(Dictionary(
        Type=Name.OutputIntent, S=Name.GTS_PDFX, OutputConditionIdentifier=String("FOGRA39"),
        OutputCondition=String("Offset, coated paper"), RegistryName=String("http://www.color.org"),
        Info=String("Coated FOGRA39"),
        DestOutputProfile=stream(pdf, PROFILE.read_bytes(), N=4)))])
    pdf.trailer.Info = pdf.make_indirect(Dictionary(
        Title=String("Proef & pers"), Author=String("Drukkerij Voorbeeld"),
        CreationDate=String("D:20261101100000+01'00'"), ModDate=String("D:20261101090000Z"),
        Trapped=Name("/False")))
    return pdf


def add_page(pdf, content, used, media=MEDIA, trim=TRIM, **entries):
    """A page with its boxes."""
    grown = [trim[0] - BLEED, trim[1] - BLEED, trim[2] + BLEED, trim[3] + BLEED]
    page = pdf.make_indirect(Dictionary(
        Type=Name.Page, MediaBox=list(media), CropBox=list(media), BleedBox=grown,
        TrimBox=list(trim), Resources=used, Contents=stream(pdf, content.encode("latin-1")),
        **entries))
    pdf.pages.append(pikepdf.Page(page))


def document():
    """Two pages: one with all there is, one with little."""
    pdf = new()
    used = resources(pdf)
    inner = form(pdf, "0 0 0 0.4 k 0 0 300 300 re f", MEDIA)
    other = Dictionary(Font=used.Font, ColorSpace=used.ColorSpace, ExtGState=used.ExtGState,
                       XObject=Dictionary(Placed=form(pdf, "/In Do", MEDIA, Dictionary(
                           XObject=Dictionary(In=inner)))))
    add_page(pdf, first_page(), used, Group=group())
    add_page(pdf, second_page(), pdf.make_indirect(other))
    return pdf


def sheet():
    """The two pages side by side, each cut at its bleed, with marks of the sheet."""
    pdf = new()
    pages = document()
    forms = []
    for page in pages.pages:
        placed = pdf.copy_foreign(page.as_form_xobject())
        placed.BBox = [TRIM[0] - BLEED, TRIM[1] - BLEED, TRIM[2] + BLEED, TRIM[3] + BLEED]
        placed.Group = group()
        forms.append(placed)
    width = TRIM[2] - TRIM[0]
    trim = (40, 40, 40 + 2 * width, 320)
    media = (0, 0, 80 + 2 * width, 360)
    spine = 40 + width
    content = (
        f"q {40 - BLEED} 0 {width + BLEED} 360 re W n /P0 Do Q\n"
        f"q {spine} 0 {width + BLEED} 360 re W n 1 0 0 1 {width} 0 cm /P1 Do Q\n"
        + marks(media, trim))
    shared = forms[0].Resources
    add_page(pdf, content, pdf.make_indirect(Dictionary(
        Font=shared.Font, ColorSpace=shared.ColorSpace, ExtGState=shared.ExtGState,
        XObject=Dictionary(P0=forms[0], P1=forms[1]))), media, trim, Group=group())
    return pdf


def save(pdf, path, **options):
    """Writes a document as PDF 1.6, with nothing changed."""
    chosen = {"force_version": "1.6", "fix_metadata_version": False,
              "object_stream_mode": pikepdf.ObjectStreamMode.generate, "deterministic_id": True,
              **options}
    if "encryption" in chosen:
        del chosen["deterministic_id"]
    pdf.save(path, **chosen)
