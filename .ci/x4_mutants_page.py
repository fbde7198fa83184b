"""Ways to break a print file: its output intent, its pages, its fonts."""

import pikepdf
from pikepdf import Array, Dictionary, Name, String

import made_x4
from x4_mutants import each, first_page, inner_font, mutant, paint, text, trim, type0
from x4_sound import show_cff

# The output intent.


def intent(pdf):
    """The output intent."""
    return pdf.Root.OutputIntents[0]


def profile(pdf, alter, count=4):
    """Puts an altered profile in the place of the output intent's."""
    data = alter(bytearray(intent(pdf).DestOutputProfile.read_bytes()))
    intent(pdf).DestOutputProfile = made_x4.stream(pdf, bytes(data), N=count)


@mutant("intent-count", "0")
def no_intent(pdf):
    """there is no output intent"""
    del pdf.Root.OutputIntents


@mutant("intent-count", "0")
def archive_intent(pdf):
    """the output intent is one of PDF/A"""
    intent(pdf).S = Name.GTS_PDFA1


@mutant("intent-count", "2")
def two_intents(pdf):
    """there are two output intents"""
    other = Dictionary(intent(pdf))
    other.OutputConditionIdentifier = String("FOGRA51")
    pdf.Root.OutputIntents.append(pdf.make_indirect(other))


@mutant("intent-condition")
def no_condition(pdf):
    """the print condition has no identifier"""
    del intent(pdf).OutputConditionIdentifier


@mutant("intent-registry")
def no_registry(pdf):
    """nobody knows where the print condition is registered"""
    for key in ("/RegistryName", "/Info"):
        if key in intent(pdf):
            del intent(pdf)[key]


@mutant("intent-profile")
def no_profile(pdf):
    """the output intent has no profile"""
    del intent(pdf).DestOutputProfile


@mutant("intent-class", "mntr", also=["intent-space"])
def screen_profile(pdf):
    """the profile is sRGB"""
    data = (made_x4.ROOT / "profiles/sRGB.icc").read_bytes()
    profile(pdf, lambda _: data, 3)


@mutant("intent-class", "scnr")
def scanner_profile(pdf):
    """the profile is of a scanner"""
    profile(pdf, lambda data: data[:12] + b"scnr" + data[16:])


@mutant("intent-space", "RGB")
def rgb_printer(pdf):
    """the profile is of a printer for RGB"""
    profile(pdf, lambda data: data[:16] + b"RGB " + data[20:], 3)


@mutant("intent-n")
def wrong_count(pdf):
    """the profile is said to have three components"""
    profile(pdf, lambda data: data, 3)


@mutant("intent-damaged", "bytes")
def cut_profile(pdf):
    """the end of the profile is missing"""
    profile(pdf, lambda data: data[:-500])


@mutant("intent-damaged", "Little CMS")
def garbled_profile(pdf):
    """a table of the profile is of no known type"""
    def garble(data):
        start = int.from_bytes(data[data.index(b"A2B0") + 4:][:4], "big")
        return data[:start] + b"zzzz" + data[start + 4:]
    profile(pdf, garble)


@mutant("intent-damaged", "not an ICC profile")
def no_signature(pdf):
    """the profile is none"""
    profile(pdf, lambda data: data[:36] + b"nope" + data[40:])


@mutant("intent-damaged", "B2A0")
def one_way_profile(pdf):
    """the profile cannot turn colours into ink"""
    profile(pdf, lambda data: data.replace(b"B2A0", b"Z2A0", 1))


# The pages.


@mutant("trim-or-art", "/ArtBox")
def art_box(pdf):
    """a page has a TrimBox and an ArtBox"""
    first_page(pdf).obj.ArtBox = first_page(pdf).obj.TrimBox


@mutant("trim-or-art", "no TrimBox")
def no_trim_box(pdf):
    """a page has neither TrimBox nor ArtBox"""
    del first_page(pdf).obj.TrimBox


@mutant("bleed-box", also=["bleed", "registration", "ink"])
def no_bleed_box(pdf):
    """a page has no BleedBox"""
    del first_page(pdf).obj.BleedBox


@mutant("boxes", also=["bleed", "registration"])
def empty_bleed_box(pdf):
    """a BleedBox without area"""
    first_page(pdf).obj.BleedBox = [10, 10, 10, 90]


@mutant("boxes-nest", "TrimBox")
def trim_outside(pdf):
    """the trim reaches out of the bleed"""
    left, bottom, right, top = trim(pdf)
    first_page(pdf).obj.TrimBox = [left, bottom, right, top + 12]


@mutant("boxes-nest", "BleedBox", also=["crop-box", "registration", "bleed", "ink"])
def bleed_outside(pdf):
    """the bleed reaches out of the medium"""
    media = [float(value) for value in first_page(pdf).obj.MediaBox]
    left, bottom, right, top = map(float, first_page(pdf).obj.BleedBox)
    first_page(pdf).obj.BleedBox = [left, bottom, right, media[3] + 5]


@mutant("bleed-size", also=["bleed"])
def narrow_bleed(pdf):
    """there is 1 mm of bleed"""
    left, bottom, right, top = trim(pdf)
    first_page(pdf).obj.BleedBox = [left - 2.835, bottom - 2.835, right + 2.835, top + 2.835]


@mutant("crop-box", "out of the MediaBox")
def crop_outside(pdf):
    """the crop reaches out of the medium"""
    left, bottom, right, top = map(float, first_page(pdf).obj.MediaBox)
    first_page(pdf).obj.CropBox = [left, bottom, right + 40, top]


@mutant("crop-box", "cuts", also=["bleed"])
def crop_inside(pdf):
    """the crop hides the bleed"""
    first_page(pdf).obj.CropBox = list(trim(pdf))


def annotate(pdf, place, **entries):
    """Puts an annotation on a page."""
    first_page(pdf).obj.Annots = Array([pdf.make_indirect(Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=list(place), Border=[0, 0, 0], **entries))])


@mutant("annotation", "Link")
def link(pdf):
    """a link within the page"""
    left, bottom = trim(pdf)[:2]
    annotate(pdf, (left + 20, bottom + 20, left + 90, bottom + 40),
             Dest=Array([first_page(pdf).obj, Name.Fit]))


@mutant("annotation", "Link")
def empty_link(pdf):
    """a link without area within the page"""
    left, bottom = trim(pdf)[:2]
    annotate(pdf, (left + 20, bottom + 20, left + 20, bottom + 20))


@mutant("annotation", "Link")
def bleeding_link(pdf):
    """a link in the bleed"""
    left, bottom = trim(pdf)[:2]
    annotate(pdf, (left - 7, bottom + 20, left - 2, bottom + 40))


@mutant("user-unit")
def user_unit(pdf):
    """a page is twice as large as its boxes"""
    first_page(pdf).obj.UserUnit = 2


@mutant("rotated")
def rotated(pdf):
    """a page lies on its side"""
    first_page(pdf).obj.Rotate = 90


@mutant("page-group")
def no_blending_space(pdf):
    """a page with transparency does not say how it is blended"""
    page = first_page(pdf).obj
    if "/Group" in page:
        del page.Group
    paint(pdf, "q /X4 gs 0 0 0 0.2 k X Y 9 9 re f Q", ExtGState={"X4": Dictionary(ca=0.5)})


# The fonts.


@mutant("font-embedded")
def not_embedded(pdf):
    """a font is not embedded"""
    font = inner_font(pdf)
    if font is None:
        return False
    for key in ("/FontFile", "/FontFile2", "/FontFile3"):
        if key in font.FontDescriptor:
            del font.FontDescriptor[key]
    return True


@mutant("font-embedded", also=["font-subset", "to-unicode", "font-widths"])
def standard_font(pdf):
    """a font that every reader is thought to have"""
    paint(pdf, "q 0 0 0 0.5 k BT /X4 9 Tf X Y Td (a) Tj ET Q", Font={"X4": Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)})


@mutant("font-kind")
def no_descendant(pdf):
    """a composite font has no descendant"""
    font = Dictionary(type0(pdf))
    font.DescendantFonts = Array([])
    paint(pdf, "", Font={"X4": pdf.make_indirect(font)})


@mutant("font-encoding")
def other_encoding(pdf):
    """a composite font has codes of another writing system"""
    font = Dictionary(type0(pdf))
    font.Encoding = Name("/UniJIS-UTF16-H")
    paint(pdf, "", Font={"X4": pdf.make_indirect(font)})


@mutant("font-subset")
def no_subset(pdf):
    """a font is not named as a subset"""
    font = type0(pdf)
    if font is None:
        return False
    plain = Name("/" + str(font.BaseFont).split("+")[-1])
    font.BaseFont = font.DescendantFonts[0].BaseFont = plain
    font.DescendantFonts[0].FontDescriptor.FontName = plain
    return True


@mutant("font-name")
def other_name(pdf):
    """a font and its descriptor have two names"""
    inner_font(pdf).FontDescriptor.FontName = Name("/ABCDEF+Other")


@mutant("to-unicode")
def no_unicode(pdf):
    """a font does not map to Unicode"""
    del type0(pdf).ToUnicode


@mutant("font-widths")
def wrong_widths(pdf):
    """a font's glyphs are said to be narrower than they are"""
    widths = inner_font(pdf).W
    for entry in widths:
        if isinstance(entry, pikepdf.Array):
            for index, value in enumerate(entry):
                entry[index] = float(value) - 20


@mutant("font-widths", "520")
def wrong_cff_widths(pdf):
    """a glyph of PostScript outlines is wider than is said"""
    show_cff(pdf, 480)


@mutant("cid-to-gid")
def no_gid_map(pdf):
    """it is not told which glyph a character is"""
    font = inner_font(pdf)
    if font.get("/Subtype") != "/CIDFontType2":
        return False
    del font.CIDToGIDMap
    return True


@mutant("notdef", ".notdef")
def notdef(pdf):
    """a character is shown that the font does not have"""
    text(pdf, "0 0 0 0.5 k")
    first_page(pdf).contents_coalesce()
    content = first_page(pdf).obj.Contents
    content.write(content.read_bytes().replace(b"<0002>", b"<0000>"))


@mutant("font-program", also=["ghostscript"])
def damaged_font(pdf):
    """a font's program is cut short"""
    descriptor = inner_font(pdf).FontDescriptor
    for key in ("/FontFile2", "/FontFile3"):
        if key in descriptor:
            data = descriptor[key].read_bytes()
            descriptor[key].write(data[:len(data) // 3])
    return bool(each(pdf, lambda value: "/FontFile2" in value))
