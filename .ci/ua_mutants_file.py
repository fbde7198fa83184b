"""Ways to break a screen file as a whole: catalog, metadata, colours, fonts."""

import re

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from ua_mutants import append, links, mutant, rewrite
from x4_base import name


def fonts(pdf):
    """All composite fonts."""
    found = [value for value in pdf.objects
             if isinstance(value, Dictionary) and value.get("/Subtype") == Name.Type0]
    if not found:
        raise LookupError("no composite fonts")
    return found


def edit_xmp(pdf, pattern, by=""):
    """Changes the metadata at the first place that fits."""
    stream = pdf.Root.Metadata
    text, count = re.subn(pattern, by, stream.read_bytes().decode("utf-8"), count=1, flags=re.S)
    stream.write(text.encode("utf-8"))
    return None if count else False


def edit_map(pdf, change):
    """Changes the ToUnicode of the first font on the first page."""
    page = pdf.pages[0]
    used = re.search(rb"(/\S+) \S+ Tf", page.obj.Contents.read_bytes())[1].decode("ascii")
    stream = page.resources.Font[used].ToUnicode
    stream.write(change(stream.read_bytes()))


# What the file says of itself.


@mutant("lang", "PDF/UA-1 7.2-2", "PDF/UA-1 7.2-34")
def no_language(pdf):
    """The file does not tell its language."""
    del pdf.Root.Lang


@mutant("lang", "PDF/UA-1 7.2-29")
def wrong_language(pdf):
    """The language of the file is none."""
    pdf.Root.Lang = String("Nederlands, geloof ik")


@mutant("marked", "PDF/UA-1 6.2-1", "PDF/A-2a 6.7.2.2-1")
def not_marked(pdf):
    """The file says that it is not tagged."""
    pdf.Root.MarkInfo.Marked = False


@mutant("suspects", "PDF/UA-1 7.1-4")
def suspect(pdf):
    """The file doubts its own tags."""
    pdf.Root.MarkInfo.Suspects = True


@mutant("display-title", "PDF/UA-1 7.1-10")
def title_not_shown(pdf):
    """The window shows the name of the file."""
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


@mutant("xmp-stream", "PDF/UA-1 7.1-8", "PDF/A-2a 6.6.2.1-1")
def no_xmp(pdf):
    """There is no metadata stream."""
    del pdf.Root.Metadata


@mutant("xmp-title", "PDF/UA-1 7.1-9")
def no_title(pdf):
    """The metadata have no title."""
    return edit_xmp(pdf, r"<dc:title>.*?</dc:title>\n")


@mutant("pdfuaid", "PDF/UA-1 5-1")
def no_pdfuaid(pdf):
    """The file does not say that it is PDF/UA."""
    return edit_xmp(pdf, r"<pdfuaid:part>1</pdfuaid:part>\n")


@mutant("pdfaid", "PDF/A-2a 6.6.4-1")
def no_pdfaid(pdf):
    """The file does not say that it is PDF/A."""
    return edit_xmp(pdf, r"<pdfaid:part>.*?</pdfaid:conformance>\n")


@mutant("pdfaid", "PDF/A-2a 6.6.4-3")
def other_conformance(pdf):
    """The file says that it is PDF/A-2b."""
    return edit_xmp(pdf, "<pdfaid:conformance>A<", "<pdfaid:conformance>B<")


@mutant("extension-schema", "PDF/A-2a 6.6.2.3.1-1")
def no_extension_schema(pdf):
    """Nothing explains pdfuaid to archives."""
    return edit_xmp(pdf, r"<pdfaExtension:schemas>.*?</pdfaExtension:schemas>")


@mutant("extension-schema", "PDF/A-2a 6.6.2.3.1-1")
def extension_schema_of_another_property(pdf):
    """The schema of pdfuaid explains another property."""
    return edit_xmp(pdf, "<pdfaProperty:name>part<", "<pdfaProperty:name>deel<")


@mutant("info-agrees")
def two_titles(pdf):
    """The information dictionary has another title than the metadata."""
    pdf.trailer.Info.Title = String("Een andere titel")


# Archives.


@mutant("output-intent", "PDF/A-2a 6.2.4.3-2")
def no_output_intent(pdf):
    """Nothing tells what the colours mean."""
    del pdf.Root.OutputIntents


@mutant("output-intent", "PDF/A-2a 6.2.4.3-2")
def output_intent_for_print(pdf):
    """The output intent is that of another standard."""
    pdf.Root.OutputIntents[0].S = Name.GTS_PDFX


@mutant("output-intent")
def profile_of_four_inks(pdf):
    """The profile of the output intent is said to have four channels."""
    pdf.Root.OutputIntents[0].DestOutputProfile.N = 4


@mutant("PDF/A-2a 6.2.4.3-3")
def cmyk(pdf):
    """A shape has a colour of ink."""
    append(pdf, b"\n/Artifact BMC 0 1 0 0 k 0 0 9 9 re f EMC\n")


@mutant("PDF/A-2a 6.2.10-1")
def unknown_blending(pdf):
    """A shape blends in a way that the standard does not know."""
    resources = pdf.pages[0].resources
    resources.ExtGState = Dictionary(Odd=Dictionary(Type=Name.ExtGState, BM=Name.Dissolve))
    append(pdf, b"\n/Artifact BMC q /Odd gs 0 0 9 9 re f Q EMC\n")


@mutant("PDF/A-2a 6.2.10-2")
def blending_without_space(pdf):
    """A shape shines through, and nothing tells in which colours to blend."""
    del pdf.Root.OutputIntents
    resources = pdf.pages[0].resources
    resources.ExtGState = Dictionary(Half=Dictionary(Type=Name.ExtGState, ca=0.5))
    append(pdf, b"\n/Artifact BMC q /Half gs 0 0 9 9 re f Q EMC\n")


@mutant("PDF/A-2a 6.2.8-1", "PDF/A-2a 6.2.8-3")
def interpolated_image(pdf):
    """An image is smoothed, and has another form for printers."""
    image = next(value for value in pdf.objects if isinstance(value, pikepdf.Stream)
                 and value.get("/Subtype") == Name.Image)
    image.Interpolate = True
    image.Alternates = Array([Dictionary(Image=image, DefaultForPrinting=True)])


@mutant("PDF/A-2a 6.5.1-1")
def script(pdf):
    """The file runs a script when it is opened."""
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('!')"))


@mutant("PDF/A-2a 6.5.1-1")
def program(pdf):
    """A link starts a program."""
    links(pdf)[0][1].A = Dictionary(S=Name.Launch, F=String("rekenen.exe"))


@mutant("PDF/A-2a 6.1.3-2", "PDF/UA-1 7.16-1", "encrypted")
def encrypted(_pdf):
    """The file is encrypted, and screen readers are kept out."""
    # Only this old way of encryption can keep them out.
    return {"encryption": pikepdf.Encryption(
        owner="eigenaar", user="", R=3, aes=False, metadata=False,
        allow=pikepdf.Permissions(accessibility=False, extract=False))}


@mutant("PDF/A-2a 6.8-5")
def embedded_file(pdf):
    """A file that is no PDF/A is embedded."""
    pdf.attachments["notitie.txt"] = pikepdf.AttachedFileSpec(pdf, b"een notitie")


@mutant("PDF/UA-1 7.18.1-1", "annotation-not-in-tree", "struct-parent")
def stray_annotation(pdf):
    """A page has an annotation that is in no element."""
    page = pdf.pages[0].obj
    page.Annots = Array([pdf.make_indirect(Dictionary(
        Type=Name.Annot, Subtype=Name.Square, Rect=Array([9, 9, 99, 99]), F=4,
        Contents=String("een vierkant")))])


@mutant("PDF/UA-1 7.20-2")
def form_with_tags_painted_twice(pdf):
    """A form with tags of its own is painted twice."""
    form = pdf.make_stream(b"/P <</MCID 0>> BDC 0 0 9 9 re f EMC")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    form.StructParents = 0
    pdf.pages[0].resources.XObject["/Twice"] = form
    append(pdf, b"\n/Twice Do /Twice Do\n")


# Fonts.


@mutant("to-unicode", "PDF/UA-1 7.21.7-1", "PDF/A-2a 6.2.11.7.2-1")
def no_to_unicode(pdf):
    """The letters of a font have no meaning."""
    for font in fonts(pdf):
        del font.ToUnicode


@mutant("to-unicode-gap", "PDF/UA-1 7.21.7-1")
def gap_in_to_unicode(pdf):
    """Some letters of a font have no meaning."""
    edit_map(pdf, lambda data: re.sub(rb"\d+ beginbf(char|range).*?endbf\1", b"", data, count=1,
                                      flags=re.S) if data.count(b" beginbf") > 1 else
             re.sub(rb"\n<[^\n]*\n<[^\n]*\n<[^\n]*\n(endbf)", rb"\n\1", data, count=1))


@mutant("to-unicode-value", "PDF/UA-1 7.21.7-2", "PDF/A-2a 6.2.11.7.2-2")
def zero_in_to_unicode(pdf):
    """Letters of a font mean nothing."""
    edit_map(pdf, lambda data: re.sub(rb"(beginbfchar\s+<[0-9A-Fa-f]+>\s*)<[0-9A-Fa-f]+>",
                                      rb"\1<0000>", data))


@mutant("PDF/UA-1 7.21.4.1-1", "PDF/A-2a 6.2.11.4.1-1")
def font_not_embedded(pdf):
    """A font is not in the file."""
    for font in fonts(pdf):
        descriptor = font.DescendantFonts[0].FontDescriptor
        for key in ("/FontFile2", "/FontFile3"):
            if key in descriptor:
                del descriptor[key]


@mutant("PDF/UA-1 7.21.3.2-1", "PDF/A-2a 6.2.11.3.2-1")
def no_cid_to_gid_map(pdf):
    """A font does not tell which glyph a number means."""
    for font in fonts(pdf):
        inner = font.DescendantFonts[0]
        if name(inner.Subtype) == "CIDFontType2":
            del inner.CIDToGIDMap


@mutant("PDF/UA-1 7.21.5-1", "PDF/A-2a 6.2.11.5-1")
def wrong_widths(pdf):
    """The widths of a font are not those of its glyphs."""
    for font in fonts(pdf):
        inner = font.DescendantFonts[0]
        del inner.W
        inner.DW = 123


@mutant("notdef", "PDF/UA-1 7.21.8-1", "PDF/A-2a 6.2.11.8-1")
def glyph_that_is_none(pdf):
    """Text shows .notdef."""
    return rewrite(pdf, rb"(\n[\d. -]+ Td\n)\[", rb"\1[<0000>")
