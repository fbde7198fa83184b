"""Ways to break a print file: content, images, masks and colour spaces that are
not what PDF says they must be."""

import io
import zlib

import pikepdf
from PIL import Image
from pikepdf import Array, Dictionary, Name, String

import made_x4
from x4_mutants import dictionaries, first_page, mutant, paint, raw_form, raw_image
from x4_mutants_color import BOX, masked, place, rgb_function, space

# Content.


@mutant("syntax", "BT within")
def text_in_text(pdf):
    """a text object within another"""
    paint(pdf, "BT BT ET")


@mutant("syntax", "re within", also=["hairline"])
def path_in_text(pdf):
    """a path within a text object"""
    paint(pdf, "BT 0 0 5 5 re n ET")


@mutant("syntax", "q within")
def state_in_text(pdf):
    """the state is saved within a text object"""
    paint(pdf, "BT q ET Q")


@mutant("syntax", "Td outside")
def place_without_text(pdf):
    """text is placed outside of a text object"""
    paint(pdf, "5 5 Td")


@mutant("syntax", "BT without ET")
def open_text(pdf):
    """a text object is not closed"""
    paint(pdf, "BT")


@mutant("syntax", "EMC without BMC")
def closed_twice(pdf):
    """marked content is closed, and was not opened"""
    paint(pdf, "EMC")


@mutant("syntax", "BMC without EMC")
def open_content(pdf):
    """marked content is not closed"""
    paint(pdf, "/Span BMC")


# Images.


def photo(mode="CMYK"):
    """A light JPEG of 16 × 16 pixels, and where its frame begins."""
    data = io.BytesIO()
    # Pillow stores inks upside down, as Adobe does.
    Image.new(mode, (16, 16), (230, 240, 250, 255) if mode == "CMYK" else 5).save(data, "JPEG")
    data = data.getvalue()
    return data, data.index(b"\xff\xc0")


def jpeg(pdf, data, side=16, filters=Name.DCTDecode):
    """Draws a JPEG in CMYK."""
    place(pdf, raw_image(pdf, Name.DeviceCMYK, data, side, side, Filter=filters))


@mutant("image-data", "12 bits", also=["syntax", "ghostscript", "ink"])
def deep_jpeg(pdf):
    """a JPEG has 12 bits a component"""
    data, frame = photo()
    jpeg(pdf, data[:frame + 4] + b"\x0c" + data[frame + 5:])


@mutant("image-data", "kind C9", also=["syntax", "ghostscript", "ink"])
def arithmetic_jpeg(pdf):
    """a JPEG is coded arithmetically"""
    data, frame = photo()
    jpeg(pdf, data[:frame + 1] + b"\xc9" + data[frame + 2:])


@mutant("image-data", "16 × 16", also=["ghostscript", "ink"])
def small_jpeg(pdf):
    """a JPEG has fewer pixels than is said"""
    jpeg(pdf, photo()[0], 32)


@mutant("image-data", "1 components", also=["ghostscript", "ink"])
def packed_jpeg(pdf):
    """a gray JPEG, deflated, is said to be CMYK"""
    jpeg(pdf, zlib.compress(photo("L")[0]), filters=Array([Name.FlateDecode, Name.DCTDecode]))


@mutant("image-data", "3 bits", also=["ghostscript"])
def three_bits(pdf):
    """an image has three bits a component"""
    place(pdf, raw_image(pdf, Name.DeviceGray, [250] * 16, 4, 4, BitsPerComponent=3))


@mutant("image-data", "Decode", also=["ghostscript"])
def short_decode(pdf):
    """an image says of two inks only how they are decoded"""
    place(pdf, raw_image(pdf, Name.DeviceCMYK, [9] * 16, Decode=[0, 1, 0, 1]))


@mutant("image-data", "Mask", also=["ghostscript"])
def short_key(pdf):
    """an image is transparent where two of its inks are"""
    place(pdf, raw_image(pdf, Name.DeviceCMYK, [9] * 16, Mask=[0, 1, 0, 1]))


@mutant("image-data", "301 entries", also=["ghostscript"])
def long_palette(pdf):
    """a palette has more entries than bytes tell apart"""
    place(pdf, raw_image(pdf, Array([Name.Indexed, Name.DeviceCMYK, 300, String(bytes(1204))]),
                         [0] * 4))


@mutant("soft-mask", "has a mask", also=["page-group"])
def masked_mask(pdf):
    """the soft mask of an image has a soft mask"""
    inner = raw_image(pdf, Name.DeviceGray, [9] * 4)
    mask = raw_image(pdf, Name.DeviceGray, [9] * 4, SMask=inner)
    place(pdf, raw_image(pdf, Name.DeviceGray, [200] * 4, SMask=mask))


@mutant("soft-mask", "backdrop", also=["ghostscript", "page-group"])
def backdrop(pdf):
    """the backdrop of a gray mask has four components"""
    masked(pdf, "1 g 0 0 9999 9999 re f")
    for _, value in dictionaries(pdf):
        if value.get("/S") == Name.Luminosity:
            value.BC = [1, 0, 0, 0]


# Shadings and colour spaces.


def shade(pdf, **entries):
    """Fills with a shading that is changed."""
    shading = made_x4.axial()
    for key, value in entries.items():
        if value is None:
            del shading["/" + key]
        else:
            shading["/" + key] = value
    paint(pdf, f"q /Pattern cs /X4 scn {BOX} Q", Pattern={"X4": Dictionary(
        PatternType=2, Shading=pdf.make_indirect(shading))})


@mutant("shading-function", "background", also=["ghostscript"])
def short_background(pdf):
    """the background of a shading has three components"""
    shade(pdf, Background=[0, 0.2, 0])


@mutant("shading-type", also=["ghostscript"])
def shading_type(pdf):
    """a shading of a type that does not exist"""
    shade(pdf, ShadingType=9)


@mutant("shading-function", "no function", also=["ghostscript"])
def no_function(pdf):
    """a shading has no function"""
    shade(pdf, Function=None)


def several(pdf, count, inputs, **attributes):
    """Fills with inks of a DeviceN."""
    function = pikepdf.Stream(pdf, b"{ " + b"pop " * inputs + b"0 0 0 0 }")
    function.update({"/FunctionType": 4, "/Domain": [0, 1] * inputs, "/Range": [0, 1] * 4})
    names = [Name(f"/Ink{index}") for index in range(count)]
    value = [Name.DeviceN, names, Name.DeviceCMYK, pdf.make_indirect(function)]
    space(pdf, Array(value + ([Dictionary(**attributes)] if attributes else [])), "0.1 " * count)


@mutant("spot-transform", "takes 3", also=["ghostscript"])
def inputs_of_transform(pdf):
    """the look of two spot colours is computed from three"""
    several(pdf, 2, 3)


@mutant("spot-name", "33 inks", also=["ghostscript", "ink"])
def many_inks(pdf):
    """there are more inks in one colour space than PDF allows"""
    several(pdf, 33, 33)


@mutant("spot-channel")
def unknown_channels(pdf):
    """spot colours of an NChannel are not described"""
    several(pdf, 2, 2, Subtype=Name.NChannel)


@mutant("color-space", "alternate", also=["ghostscript"])
def rgb_spot_palette(pdf):
    """a palette of a spot colour that is RGB elsewhere"""
    gold = Array([Name.Separation, Name.Gold, Name.DeviceRGB, rgb_function()])
    place(pdf, raw_image(pdf, Array([Name.Indexed, gold, 1, String(b"\0\x20")]), [0] * 4))


@mutant("color-space", "DeviceRGB")
def rgb_cell_in_glyph(pdf):
    """a drawn glyph is filled with a pattern in RGB"""
    cell = raw_form(pdf, "1 0 0 rg 0 0 2 2 re f", PatternType=1, PaintType=1, TilingType=1,
                    XStep=4, YStep=4)
    cell.BBox = [0, 0, 4, 4]
    del cell["/Subtype"]
    cell.Type = Name.Pattern
    font = made_x4.bullet(pdf)
    font.CharProcs.square = pdf.make_stream(b"600 0 d0 /Pattern cs /P scn 0 0 500 500 re f")
    font.Resources = Dictionary(Pattern=Dictionary(P=cell))
    paint(pdf, "q 0 0 0 0.5 k BT /X4 9 Tf X Y Td (a) Tj ET Q", Font={"X4": font})


@mutant("font-widths", "no width")
def bullet_without_width(pdf):
    """a drawn glyph has no width"""
    font = made_x4.bullet(pdf)
    font.Widths = Array([])
    paint(pdf, "q 0 0 0 0.5 k BT /X4 9 Tf X Y Td (a) Tj ET Q", Font={"X4": font})


# The output intent, and marks.


@mutant("intent-n", "Alternate")
def intent_alternate(pdf):
    """the profile of the press is RGB for those who cannot read it"""
    pdf.Root.OutputIntents[0].DestOutputProfile.Alternate = Name.DeviceRGB


@mutant("intent-type")
def intent_type(pdf):
    """the output intent says that it is something else"""
    pdf.Root.OutputIntents[0].Type = Name.Other


@mutant("annotation", "PrinterMark")
def mark_on_page(pdf):
    """a mark of the printer's stands on the page"""
    first_page(pdf).obj.Annots = Array([pdf.make_indirect(Dictionary(
        Type=Name.Annot, Subtype=Name.PrinterMark, Rect=[100, 100, 120, 120], F=4,
        AP=Dictionary(N=raw_form(pdf, ""))))])
