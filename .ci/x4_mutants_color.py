"""Ways to break a print file: its colours, profiles, graphics states and images."""

import io

import pikepdf
from PIL import Image
from pikepdf import Array, Dictionary, Name, String

import made_x4
from x4_mutants import first_page, grouped, mutant, paint, raw_form, raw_image

BOX = "X Y 9 9 re f"


def srgb(pdf, count=3):
    """The colour space of sRGB."""
    data = (made_x4.ROOT / "profiles/sRGB.icc").read_bytes()
    return Array([Name.ICCBased, made_x4.stream(pdf, data, N=count)])


def rgb_function():
    """From black to red, in RGB."""
    return Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[0, 0, 0], C1=[1, 0, 0])


def rgb_shading():
    """A shading in RGB."""
    return Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 500, 0],
                      Function=rgb_function())


def place(pdf, image):
    """Draws an image."""
    paint(pdf, "q 9 0 0 9 X Y cm /X4 Do Q", XObject={"X4": image})


def space(pdf, value, components):
    """Fills with a colour of a space."""
    paint(pdf, f"q /X4 cs {components} scn {BOX} Q",
          ColorSpace={"X4": pdf.make_indirect(value)})


def masked(pdf, content, group_space=Name.DeviceGray):
    """Fills through a soft mask."""
    grouped(pdf)
    entries = Dictionary(Type=Name.Group, S=Name.Transparency)
    if group_space is not None:
        entries.CS = group_space
    form = raw_form(pdf, content, Group=entries)
    paint(pdf, f"q /X4 gs 0 0 0 0.1 k {BOX} Q", ExtGState={"X4": Dictionary(
        SMask=Dictionary(Type=Name.Mask, S=Name.Luminosity, G=form))})


def state(pdf, **entries):
    """Fills in a graphics state."""
    paint(pdf, f"q /X4 gs 0 0 0 0.1 k {BOX} Q", ExtGState={"X4": Dictionary(**entries)})


# RGB, wherever it may hide.


@mutant("color-space", "DeviceRGB")
def rgb_fill(pdf):
    """a fill in RGB"""
    paint(pdf, f"q 1 0 0 rg {BOX} Q")


@mutant("color-space", "DeviceRGB")
def rgb_stroke(pdf):
    """a stroke in RGB"""
    paint(pdf, "q 1 0 0 RG X Y 9 9 re S Q")


@mutant("color-space", "DeviceRGB")
def rgb_by_name(pdf):
    """a fill in RGB by the name of the space"""
    paint(pdf, f"q /DeviceRGB cs 1 0 0 sc {BOX} Q")


@mutant("color-space", "DeviceRGB")
def rgb_in_form(pdf):
    """a fill in RGB in a form in a form"""
    inner = raw_form(pdf, "1 0 0 rg 50 50 9 9 re f")
    paint(pdf, "/X4 Do", XObject={"X4": raw_form(pdf, "/In Do", Dictionary(
        XObject=Dictionary(In=inner)))})


@mutant("color-space", "soft mask")
def rgb_in_mask(pdf):
    """a fill in RGB in the group of a soft mask"""
    masked(pdf, "1 1 1 rg 0 0 9999 9999 re f")


@mutant("color-space", "soft mask")
def rgb_mask_group(pdf):
    """a soft mask is blended in RGB"""
    masked(pdf, "1 g 0 0 9999 9999 re f", Name.DeviceRGB)


@mutant("color-space", "shading")
def rgb_shading_fill(pdf):
    """a shading in RGB"""
    paint(pdf, "q X Y 9 9 re W n /X4 sh Q", Shading={"X4": pdf.make_indirect(rgb_shading())})


@mutant("color-space", "pattern")
def rgb_shading_pattern(pdf):
    """a shading in RGB in a pattern"""
    paint(pdf, f"q /Pattern cs /X4 scn {BOX} Q", Pattern={"X4": Dictionary(
        PatternType=2, Shading=pdf.make_indirect(rgb_shading()))})


@mutant("color-space", "pattern")
def rgb_cell(pdf):
    """a pattern's cell in RGB"""
    cell = raw_form(pdf, "1 0 0 rg 0 0 2 2 re f", PatternType=1, PaintType=1, TilingType=1,
                    XStep=4, YStep=4)
    cell.BBox = [0, 0, 4, 4]
    del cell["/Subtype"]
    cell.Type = Name.Pattern
    paint(pdf, f"q /Pattern cs /X4 scn {BOX} Q", Pattern={"X4": cell})


@mutant("color-space", "glyph")
def rgb_glyph(pdf):
    """a glyph of a drawn font in RGB"""
    font = made_x4.bullet(pdf)
    font.CharProcs.square = pdf.make_stream(b"600 0 d0 1 0 0 rg 0 0 500 500 re f")
    paint(pdf, "q 0 0 0 0.5 k BT /X4 9 Tf X Y Td (a) Tj ET Q", Font={"X4": font})


@mutant("color-space", "DeviceRGB")
def rgb_image(pdf):
    """an image in RGB"""
    place(pdf, raw_image(pdf, Name.DeviceRGB, [9] * 12))


@mutant("color-space", "ICCBased")
def rgb_profile_image(pdf):
    """an image in sRGB"""
    place(pdf, raw_image(pdf, srgb(pdf), [9] * 12))


@mutant("color-space", "base")
def rgb_palette(pdf):
    """an image with a palette in sRGB"""
    place(pdf, raw_image(pdf, Array([Name.Indexed, srgb(pdf), 1, String(b"\0\0\0\xff\0\0")]),
                         [0, 1, 0, 1]))


@mutant("color-space", "soft mask")
def rgb_image_mask(pdf):
    """the soft mask of an image in RGB"""
    grouped(pdf)
    place(pdf, raw_image(pdf, Name.DeviceGray, [9] * 4,
                         SMask=raw_image(pdf, Name.DeviceRGB, [200] * 12)))


@mutant("color-space", "inline image")
def rgb_inline(pdf):
    """an image in RGB in the content"""
    paint(pdf, "q 9 0 0 9 X Y cm BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI Q")


@mutant("color-space", "alternate")
def rgb_alternate(pdf):
    """a spot colour that is RGB elsewhere"""
    space(pdf, Array([Name.Separation, Name.Gold, Name.DeviceRGB, rgb_function()]), "0.5")


@mutant("color-space", "alternate")
def rgb_alternate_several(pdf):
    """two spot colours that are sRGB elsewhere"""
    function = pikepdf.Stream(pdf, b"{ pop dup dup }")
    function.update({"/FunctionType": 4, "/Domain": [0, 1, 0, 1], "/Range": [0, 1, 0, 1, 0, 1]})
    space(pdf, Array([Name.DeviceN, [Name.Gold, Name.Silver], srgb(pdf),
                      pdf.make_indirect(function)]), "0.5 0.5")


@mutant("color-space", "colorant")
def rgb_colorant(pdf):
    """a spot colour of several is RGB where it is described by itself"""
    function = pikepdf.Stream(pdf, b"{ pop dup dup dup }")
    function.update({"/FunctionType": 4, "/Domain": [0, 1, 0, 1],
                     "/Range": [0, 1, 0, 1, 0, 1, 0, 1]})
    single = Array([Name.Separation, Name.Gold, Name.DeviceRGB, rgb_function()])
    space(pdf, Array([Name.DeviceN, [Name.Gold, Name.Silver], Name.DeviceCMYK,
                      pdf.make_indirect(function), Dictionary(
                          Colorants=Dictionary(Gold=single))]), "0.1 0.1")


@mutant("color-space", "DeviceRGB")
def rgb_stencil_cell(pdf):
    """a pattern without a colour of its own is given one in RGB"""
    cell = raw_form(pdf, "0 0 2 2 re f", PatternType=1, PaintType=2, TilingType=1, XStep=4,
                    YStep=4)
    cell.BBox = [0, 0, 4, 4]
    del cell["/Subtype"]
    cell.Type = Name.Pattern
    paint(pdf, f"q /X4 cs 1 0 0 /X4 scn {BOX} Q", Pattern={"X4": cell},
          ColorSpace={"X4": Array([Name.Pattern, Name.DeviceRGB])})


@mutant("color-space", "annotation", also=["annotation"])
def rgb_mark(pdf):
    """a printer's mark in RGB"""
    first_page(pdf).obj.Annots = Array([pdf.make_indirect(Dictionary(
        Type=Name.Annot, Subtype=Name.PrinterMark, Rect=[0, 0, 9, 9], F=4,
        AP=Dictionary(N=raw_form(pdf, "1 0 0 rg 0 0 9 9 re f"))))])


@mutant("color-space", "CalRGB")
def calibrated(pdf):
    """a calibrated RGB"""
    space(pdf, Array([Name.CalRGB, Dictionary(WhitePoint=[0.95, 1, 1.09])]), "1 0 0")


@mutant("color-space", "Lab")
def lab(pdf):
    """a colour in Lab"""
    space(pdf, Array([Name.Lab, Dictionary(WhitePoint=[0.96, 1, 0.82])]), "50 20 20")


@mutant("color-space", "page 1, group")
def rgb_page_group(pdf):
    """a page is blended in RGB"""
    grouped(pdf)
    group = Dictionary(first_page(pdf).obj.Group)
    group.CS = Name.DeviceRGB
    first_page(pdf).obj.Group = group


@mutant("color-space", "group")
def rgb_form_group(pdf):
    """a form is blended in RGB"""
    grouped(pdf)
    paint(pdf, "/X4 Do", XObject={"X4": raw_form(pdf, "", Group=made_x4.group(Name.DeviceRGB))})


@mutant("group-space")
def spot_group(pdf):
    """a form is blended in a spot colour"""
    grouped(pdf)
    paint(pdf, "/X4 Do", XObject={"X4": raw_form(pdf, "", Group=made_x4.group(
        made_x4.separation("Gold", 0, 0.2, 0.8, 0.1)))})


@mutant("shading-function", also=["ghostscript"])
def short_shading(pdf):
    """a shading's function gives three numbers for four inks"""
    shading = made_x4.axial()
    shading.Function.C0 = [0, 0, 0]
    shading.Function.C1 = [0.5, 0, 0]
    paint(pdf, "q X Y 9 9 re W n /X4 sh Q", Shading={"X4": pdf.make_indirect(shading)})


@mutant("default-space", also=["color-space"])
def default_space(pdf):
    """the resources redefine CMYK"""
    paint(pdf, f"q 0 0 0 0.1 k {BOX} Q", ColorSpace={"DefaultCMYK": Name.DeviceCMYK})


# Profiles and spot colours.


@mutant("icc-n", also=["color-space", "ghostscript"])
def wrong_components(pdf):
    """a profile of RGB is said to have four components"""
    space(pdf, srgb(pdf, 4), "0 0 0 0.1")


@mutant("icc-damaged", also=["ghostscript"])
def cut_image_profile(pdf):
    """an image's profile is cut short"""
    data = pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes()[:-99]
    place(pdf, raw_image(pdf, Array([Name.ICCBased, made_x4.stream(pdf, data, N=4)]), [9] * 16))


@mutant("icc-intent")
def intent_profile(pdf):
    """colours are given in the profile of the output intent"""
    data = pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes()
    space(pdf, Array([Name.ICCBased, made_x4.stream(pdf, data, N=4)]), "0 0 0 0.1")


@mutant("spot-agrees")
def two_golds(pdf):
    """a spot colour has two looks"""
    first = made_x4.separation("Gold", 0, 0.2, 0.8, 0.1)
    second = made_x4.separation("Gold", 0, 0.3, 0.8, 0.1)
    paint(pdf, f"q /X4 cs 0.5 scn {BOX} /X5 cs 0.5 scn {BOX} Q",
          ColorSpace={"X4": first, "X5": second})


@mutant("spot-transform", also=["ghostscript"])
def short_transform(pdf):
    """a spot colour's look has too few components"""
    space(pdf, made_x4.separation("Gold", 0, 0.2, 0.8), "0.5")


@mutant("spot-name", "All", also=["registration", "ghostscript", "ink"])
def all_of_several(pdf):
    """registration colour among spot colours"""
    function = pikepdf.Stream(pdf, b"{ pop dup dup dup }")
    function.update({"/FunctionType": 4, "/Domain": [0, 1, 0, 1],
                     "/Range": [0, 1, 0, 1, 0, 1, 0, 1]})
    space(pdf, Array([Name.DeviceN, [Name.All, Name.Gold], Name.DeviceCMYK,
                      pdf.make_indirect(function)]), "0 0.5")


# The graphics state.


@mutant("transfer", "/TR")
def transfer(pdf):
    """a transfer function"""
    state(pdf, TR=Name.Identity)


@mutant("transfer", "/TR2")
def transfer_2(pdf):
    """a transfer function, by the other key"""
    state(pdf, TR2=Name.Identity)


@mutant("halftone", "HTP")
def halftone_phase(pdf):
    """the halftone is moved"""
    state(pdf, HTP=[1, 1])


@mutant("halftone", "TransferFunction")
def halftone_transfer(pdf):
    """a halftone with a transfer function"""
    state(pdf, HT=Dictionary(HalftoneType=1, Frequency=150, Angle=45, SpotFunction=Name.Round,
                             TransferFunction=Name.Identity))


@mutant("overprint-mode")
def overprint_mode(pdf):
    """a mode of overprinting that does not exist"""
    state(pdf, OPM=2)


@mutant("blend-mode")
def blend_mode(pdf):
    """a blend mode that does not exist"""
    grouped(pdf)
    state(pdf, BM=Name.Mix)


@mutant("rendering-intent")
def rendering_intent(pdf):
    """a rendering intent that does not exist"""
    paint(pdf, "q /Vivid ri Q")


@mutant("soft-mask", "blending space")
def mask_without_space(pdf):
    """a soft mask by lightness that is blended in nothing"""
    masked(pdf, "1 g 0 0 9999 9999 re f", None)


@mutant("operator", also=["ghostscript"])
def no_operator(pdf):
    """an operator that does not exist, excused"""
    paint(pdf, "q BX 1 2 xx EX Q")


@mutant("syntax", "q without Q", also=["ghostscript"])
def unbalanced(pdf):
    """a state is saved, but not brought back"""
    paint(pdf, "q")


# Images.


@mutant("image-data", "bytes", also=["ghostscript"])
def short_image(pdf):
    """an image's data ends early"""
    place(pdf, raw_image(pdf, Name.DeviceGray, [9] * 3))


@mutant("image-data", "JPEG", also=["ghostscript", "ink"])
def gray_jpeg(pdf):
    """a gray JPEG is said to be CMYK"""
    out = io.BytesIO()
    Image.new("L", (8, 8), 200).save(out, "JPEG")
    place(pdf, raw_image(pdf, Name.DeviceCMYK, out.getvalue(), 8, 8, Filter=Name.DCTDecode))


@mutant("resources", "not there")
def nothing_there(pdf):
    """a state is used that the resources do not have"""
    paint(pdf, "q /X4None gs Q")


@mutant("resources", "of its own")
def borrowed_resources(pdf):
    """a form takes its resources from where it is placed"""
    form = raw_form(pdf, "0 0 0 0.2 k 50 50 9 9 re f")
    del form["/Resources"]
    paint(pdf, "/X4 Do", XObject={"X4": form})


@mutant("malformed", also=["ghostscript", "syntax"])
def width_by_name(pdf):
    """an image's width is no number"""
    image = raw_image(pdf, Name.DeviceGray, [9] * 4)
    image.Width = Name.Wide
    place(pdf, image)


@mutant("form-box", also=["ghostscript"])
def form_without_box(pdf):
    """a form does not say how large it is"""
    form = raw_form(pdf, "0 0 0 0.2 k 50 50 9 9 re f")
    del form.BBox
    paint(pdf, "/X4 Do", XObject={"X4": form})


@mutant("jpeg-2000", also=["ghostscript", "syntax"])
def jpeg_2000(pdf):
    """an image in JPEG 2000"""
    out = io.BytesIO()
    Image.new("L", (8, 8), 200).save(out, "JPEG2000")
    place(pdf, raw_image(pdf, Name.DeviceGray, out.getvalue(), 8, 8, Filter=Name.JPXDecode))


@mutant("soft-mask", "Matte")
def short_matte(pdf):
    """the matte of a mask has too few components"""
    grouped(pdf)
    mask = raw_image(pdf, Name.DeviceGray, [200] * 4, Matte=[0, 0, 0])
    place(pdf, raw_image(pdf, Name.DeviceCMYK, [9] * 16, SMask=mask))
