"""Ways to break a print file: overprint, lines, ink and bleed."""

import pikepdf
from pikepdf import Array, Dictionary, Name

import made_x4
from x4_mutants import grouped, middle, mutant, paint, raw_form, raw_image, text, trim
from x4_mutants_color import BOX, place

OVER = {"X4Over": Dictionary(OP=True, op=True, OPM=1)}

# Overprint.


@mutant("white-overprint", "fill")
def white_fill(pdf):
    """a white area overprints, and is not seen"""
    paint(pdf, f"q /X4Over gs 0 0 0 0 k {BOX} Q", ExtGState=OVER)


@mutant("white-overprint", "text")
def white_text(pdf):
    """white text overprints, and is not seen"""
    return text(pdf, "/X4Over gs 0 0 0 0 k")


@mutant("white-overprint", "stroke")
def white_stroke(pdf):
    """a white line overprints, in gray and the other mode"""
    paint(pdf, "q /X4 gs 1 G X Y 9 9 re S Q", ExtGState={"X4": Dictionary(OP=True, OPM=0)})


@mutant("black-overprint", ink=True)
def knocking_text(pdf):
    """black text knocks out"""
    return text(pdf, "/X4Knock gs 0 0 0 1 k")


@mutant("black-overprint", ink=True)
def mode_0_text(pdf):
    """black text overprints in the mode in which zeros knock out"""
    return text(pdf, "/X4Mode0 gs 0 0 0 1 k")


@mutant("black-overprint", ink=True)
def knocking_outline(pdf):
    """the outline of black text knocks out"""
    return text(pdf, "/X4Knock gs 0 0 0 1 K", render="1 Tr")


@mutant("black-text-plates")
def four_plates(pdf):
    """black text is on four plates"""
    return text(pdf, "/X4Over gs 0.6 0.5 0.5 1 k")


@mutant("black-text-plates")
def separated_black(pdf):
    """black text is what a profile makes of black in RGB"""
    return text(pdf, "/X4Over gs 0.78 0.68 0.6 0.88 k")


@mutant("black-text-plates")
def four_inks(pdf):
    """black text is on four plates, each called by its name"""
    function = pikepdf.Stream(pdf, b"{ }")
    function.update({"/FunctionType": 4, "/Domain": [0, 1] * 4, "/Range": [0, 1] * 4})
    inks = [Name.Cyan, Name.Magenta, Name.Yellow, Name.Black]
    paint(pdf, "", ColorSpace={"X4": pdf.make_indirect(Array([
        Name.DeviceN, inks, Name.DeviceCMYK, pdf.make_indirect(function)]))})
    return text(pdf, "/X4Over gs /X4 cs 0.6 0.5 0.5 0.9 scn")


@mutant("black-text-plates", also=["ink"])
def gray_profile(pdf):
    """black text is what a profile makes of gray"""
    data = bytearray((made_x4.ROOT / "profiles/sRGB.icc").read_bytes())
    data[16:20] = b"GRAY"
    paint(pdf, "", ColorSpace={"X4": pdf.make_indirect(Array([
        Name.ICCBased, made_x4.stream(pdf, bytes(data), N=1)]))})
    return text(pdf, "/X4Over gs /X4 cs 0 scn")


@mutant("black-overprint", ink=True)
def gray_text(pdf):
    """black text in gray knocks out of a tint, whatever it says"""
    return text(pdf, "0 0.4 0.2 0 k X Y 40 30 re f /X4Over gs 0 g")


@mutant("hairline")
def hairline(pdf):
    """a line as thin as the device can draw it"""
    paint(pdf, "q 0 w 0 0 0 0.5 K X Y 9 9 re S Q")


@mutant("hairline")
def scaled_line(pdf):
    """a line becomes thin by its scale"""
    paint(pdf, "q 0.1 0 0 0.1 X Y cm 0.5 w 0 0 0 0.5 K 0 0 90 90 re S Q")


@mutant("overprint-icc")
def icc_overprint(pdf):
    """colours by a profile overprint where they are zero"""
    data = bytearray(pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes())
    data[64:68] = b"\0\0\0\1"
    paint(pdf, f"q /X4Over gs /X4 cs 0 0 0 0.1 scn {BOX} Q", ExtGState=OVER,
          ColorSpace={"X4": pdf.make_indirect(Array([
              Name.ICCBased, made_x4.stream(pdf, bytes(data), N=4)]))})


# Ink.


@mutant("registration", also=["ink"])
def registration_inside(pdf):
    """a mark in registration colour reaches into the bleed"""
    left, _, _, top = trim(pdf)
    paint(pdf, f"q 0.25 w /X4 CS 1 SCN {left} {top + 30} m {left} {top + 4} l S Q",
          ColorSpace={"X4": made_x4.separation("All", 1, 1, 1, 1)})


@mutant("registration", also=["ink", "spot-agrees"])
def registration_form(pdf):
    """marks of a placed page are not clipped"""
    form = raw_form(pdf, "/All cs 1 scn 0 0 9 9 re f", Dictionary(ColorSpace=Dictionary(
        All=made_x4.separation("All", 1, 1, 1, 1))))
    paint(pdf, "q 1 0 0 1 X Y cm /X4 Do Q", XObject={"X4": form})


@mutant("registration", also=["ink"])
def registration_image(pdf):
    """an image in registration colour"""
    place(pdf, raw_image(pdf, pdf.make_indirect(made_x4.separation("All", 1, 1, 1, 1)), [200] * 4))


@mutant("ink", ink=True)
def much_ink(pdf):
    """an area has more ink than paper takes"""
    paint(pdf, f"q 1 0.9 0.9 0.4 k {BOX} Q")


@mutant("ink", ink=True)
def much_overprint(pdf):
    """black over dark colours has more ink than paper takes"""
    paint(pdf, f"q 0.9 0.8 0.8 0.3 k {BOX} /X4Over gs 0 0 0 1 k {BOX} Q", ExtGState=OVER)


@mutant("ink", ink=True)
def much_spot(pdf):
    """a spot colour over dark colours has more ink than paper takes"""
    paint(pdf, f"q 0.9 0.8 0.7 0.3 k {BOX} /X4Over gs /X4 cs 1 scn {BOX} Q", ExtGState=OVER,
          ColorSpace={"X4": made_x4.separation("Gold", 0, 0.2, 0.8, 0.1)})


@mutant("ink", ink=True)
def much_multiplied(pdf):
    """dark colours multiplied have more ink than paper takes"""
    grouped(pdf)
    paint(pdf, f"q 0.9 0.8 0.7 0.3 k {BOX} /X4 gs 0.9 0.8 0.7 0.4 k {BOX} Q",
          ExtGState={"X4": Dictionary(BM=Name.Multiply)})


@mutant("ink", ink=True)
def much_image(pdf):
    """an image has more ink than paper takes"""
    place(pdf, raw_image(pdf, Name.DeviceCMYK, [200] * 16))


def at_trim(pdf, depth):
    """An area at the left trim that bleeds by a depth, on white."""
    left = trim(pdf)[0]
    y = round(middle(pdf)[1] - 40, 2)
    paint(pdf, f"q 0 0 0 0 k {left - 8.504} {y} 40 80 re f "
               f"0 0.4 0.2 0 k {left - depth} {y} {30 + depth} 80 re f Q")


@mutant("bleed", "left", ink=True)
def no_bleed(pdf):
    """an area ends at the trim"""
    at_trim(pdf, 0)


@mutant("bleed", "left", ink=True)
def short_bleed(pdf):
    """an area bleeds by 2 mm"""
    at_trim(pdf, 5.67)
