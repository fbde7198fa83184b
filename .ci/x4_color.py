"""What is painted in which colour, and with what: the sink of the walk."""

import re
import zlib

import pikepdf

from x4_base import get, is_array, is_dict, is_name, key_of, label, name, number, numbers
from x4_pages import blending, box, meet
from x4_spaces import function_outputs
from x4_walk import INTENTS

BLEND_MODES = {
    "Normal", "Compatible", "Multiply", "Screen", "Overlay", "Darken", "Lighten", "ColorDodge",
    "ColorBurn", "HardLight", "SoftLight", "Difference", "Exclusion", "Hue", "Saturation",
    "Color", "Luminosity",
}
BLEND_SPACES = {"DeviceGray", "DeviceCMYK", "ICCBased"}
# How dark and how neutral text of several inks is to pass for black.
DARK = 0.5
NEUTRAL = 0.3
# The thinnest line that prints, in points.
HAIRLINE = 0.099
# Where an image's size and number of components stand in a JPEG.
FRAME = re.compile(rb"\xff[\xc0-\xc3\xc5-\xc7\xc9-\xcb\xcd-\xcf]")
# The frames that PDF knows: baseline, extended sequential, progressive.
FRAMES = {0xC0, 0xC1, 0xC2}


class Colors:
    """The rules for colours; collects black text that knocks out."""

    def __init__(self, file, spaces, fonts):
        self.file, self.spaces, self.fonts = file, spaces, fonts
        self.seen = set()
        self.number, self.bleed, self.transparent = 0, None, ""
        self.knocked = []

    def begin(self, page, number_of):
        """A page begins."""
        self.number, self.transparent = number_of, ""
        self.bleed = (box(page.obj, "/BleedBox") or box(page.obj, "/TrimBox")
                      or box(page.obj, "/MediaBox"))
        self.group(page.obj.get("/Group"), f"page {number_of}")

    def end(self, page):
        """A page's content is through."""
        blending(self.file, page.obj, f"page {self.number}", self.transparent)

    def fresh(self, value):
        """Whether an object is met for the first time."""
        key = key_of(value)
        if key is None:
            return True
        new = key not in self.seen
        self.seen.add(key)
        return new

    def fault(self, rule, where, text):
        """Reports a fault."""
        self.file.fault(rule, where, text)

    def transparency(self, why):
        """Notes that the page has transparency."""
        self.transparent = self.transparent or why

    # Resources, whether they are used or not.

    def default(self, resources, where):
        """All that resources list."""
        if not is_dict(resources) or not self.fresh(resources):
            return
        spaces = resources.get("/ColorSpace")
        for key in spaces.keys() if is_dict(spaces) else ():
            if key in ("/DefaultGray", "/DefaultRGB", "/DefaultCMYK"):
                self.fault("default-space", where, f"the resources redefine {key[8:]}")
            self.spaces.read(spaces[key], resources, f"{where}, {key}")
        for key, value in entries(resources, "/ExtGState"):
            self.state_rules(value, f"{where}, state {key[1:]}")
        for _, value in entries(resources, "/Shading"):
            self.shading(value, resources, where)
        for _, value in entries(resources, "/Font"):
            self.fonts.read(value, where)
        for _, value in entries(resources, "/XObject"):
            if name(value.get("/Subtype")) == "Image":
                self.image_rules(value, resources, f"{where}, {label(value)}")
            elif name(value.get("/Subtype")) == "Form":
                self.group(value.get("/Group"), f"{where}, {label(value)}")
        for _, value in entries(resources, "/Pattern"):
            if "/Shading" in value:
                self.shading(value["/Shading"], resources, f"{where}, pattern {label(value)}")

    def state(self, value, where):
        """A graphics state in use."""
        self.state_rules(value, where)
        for key in ("/ca", "/CA"):
            if number(value.get(key), 1) < 1:
                self.transparency("opacity")
        modes = value.get("/BM")
        for mode in modes if is_array(modes) else [modes]:
            if mode is not None and name(mode) not in ("Normal", "Compatible"):
                self.transparency("a blend mode")
        if is_dict(value.get("/SMask")):
            self.transparency("a soft mask")

    def state_rules(self, value, where):
        """What a graphics state may not have."""
        if "/TR" in value:
            self.fault("transfer", where, "it has a transfer function, /TR")
        if "/TR2" in value and name(value["/TR2"]) != "Default":
            self.fault("transfer", where, f"/TR2 is {str(value['/TR2'])[:20]}, not /Default")
        if "/HTP" in value:
            self.fault("halftone", where, "it has a halftone phase, /HTP")
        self.halftone(value.get("/HT"), where)
        modes = value.get("/BM")
        for mode in modes if is_array(modes) else [modes]:
            if mode is not None and name(mode) not in BLEND_MODES:
                self.fault("blend-mode", where, f"there is no blend mode {mode}")
        if "/RI" in value and name(value["/RI"]) not in INTENTS:
            self.fault("rendering-intent", where, f"there is no intent {value['/RI']}")
        if number(value.get("/OPM"), 0) not in (0, 1):
            self.fault("overprint-mode", where, f"/OPM is {value['/OPM']}")
        mask = value.get("/SMask")
        if is_dict(mask):
            if name(mask.get("/TR", pikepdf.Name.Identity)) != "Identity":
                self.fault("transfer", where, "a soft mask has a transfer function")
            group = mask.get("/G")
            if not isinstance(group, pikepdf.Stream) or "/Group" not in group:
                self.fault("soft-mask", where, "a soft mask without a group")
            elif name(mask.get("/S")) == "Luminosity" and get(group["/Group"], "/CS") is None:
                self.fault("soft-mask", where, "a mask by lightness without a blending space")
            elif "/BC" in mask and len(mask["/BC"]) != self.spaces.read(
                    group["/Group"]["/CS"], group.get("/Resources"), where).count:
                self.fault("soft-mask", where, "its backdrop has other components than its group")
            else:
                self.group(group["/Group"], f"{where}, soft mask {label(group)}")

    def halftone(self, value, where):
        """Halftones of types 1 and 5, without names and transfer functions."""
        if value is None or (is_name(value) and name(value) == "Default"):
            return
        if not is_dict(value) or number(value.get("/HalftoneType")) not in (1, 5):
            self.fault("halftone", where, "a halftone is of neither type 1 nor 5")
            return
        for part in [value, *(value[key] for key in value.keys() if is_dict(value[key]))]:
            for key in ("/HalftoneName", "/TransferFunction"):
                if key in part:
                    self.fault("halftone", where, f"a halftone has {key}")

    def group(self, value, where):
        """A transparency group's blending space."""
        if not is_dict(value) or "/CS" not in value:
            return
        space = self.spaces.read(value["/CS"], None, f"{where}, group")
        if space.family not in BLEND_SPACES | {"unknown", "DeviceRGB", "CalRGB", "Lab", "CalGray"}:
            self.fault("group-space", where, f"a group is blended in {space.family}")

    def form(self, stream, where):
        """A form in use."""
        group = stream.get("/Group")
        self.group(group, where)
        if name(get(group, "/S")) == "Transparency":
            self.transparency("a group")

    def pattern(self, value, where):
        """A pattern in use."""
        if number(value.get("/PatternType")) not in (1, 2):
            self.fault("color-space", where, "a pattern is of neither type 1 nor 2")

    def shading(self, value, resources, where):
        """A shading's colours."""
        if not is_dict(value):
            self.fault("color-space", where, "a pattern without its shading")
            return None
        where = f"{where}, shading {label(value)}"
        space = self.spaces.read(value.get("/ColorSpace"), resources, where)
        if space.family == "Pattern":
            self.fault("color-space", where, "a shading of patterns")
        kind = number(value.get("/ShadingType"))
        if kind not in range(1, 8):
            self.fault("shading-type", where, f"there are no shadings of type {kind}")
        elif kind <= 3 and "/Function" not in value:
            self.fault("shading-function", where, "it has no function")
        if "/Background" in value and len(value["/Background"]) != space.count:
            self.fault("shading-function", where, "its background has other components")
        outputs = function_outputs(value.get("/Function"))
        if outputs is not None and space.count and outputs != space.count:
            self.fault("shading-function", where,
                       f"its function gives {outputs} numbers, its colours have {space.count}")
        return space

    def image(self, stream, resources, where):
        """An image in use."""
        self.image_rules(stream, resources, where)
        if "/SMask" in stream or number(stream.get("/SMaskInData"), 0):
            self.transparency("an image with a soft mask")
        if bool(stream.get("/ImageMask", False)) or "/ColorSpace" not in stream:
            return None
        return self.spaces.read(stream["/ColorSpace"], resources, where)

    def image_rules(self, stream, resources, where):
        """An image's colours, its masks and whether its data is all there."""
        if not self.fresh(stream):
            return
        if "/Intent" in stream and name(stream["/Intent"]) not in INTENTS:
            self.fault("rendering-intent", where, f"there is no intent {stream['/Intent']}")
        bits, count = int(stream.get("/BitsPerComponent", 1)), 1
        filters = [name(item) for item in listed(stream.get("/Filter"))]
        if not bool(stream.get("/ImageMask", False)):
            if "/ColorSpace" not in stream:
                self.fault("color-space", where, "an image without a colour space")
                return
            count = self.spaces.read(stream["/ColorSpace"], resources, where).count
        self.data(stream, filters, bits, count, where)
        for key in ("/Decode", "/Mask"):
            if is_array(stream.get(key)) and count and len(stream[key]) != 2 * count:
                self.fault("image-data", where, f"{key} has {len(stream[key])} numbers")
        mask = stream.get("/SMask")
        if isinstance(mask, pikepdf.Stream):
            if "/SMask" in mask or "/Mask" in mask:
                self.fault("soft-mask", where, "the mask has a mask")
            space = self.spaces.read(mask.get("/ColorSpace", pikepdf.Name.None_), None,
                                     f"{where}, soft mask")
            if space.family not in ("DeviceGray", "unknown", "DeviceRGB"):
                self.fault("soft-mask", where, f"the mask is {space.family}")
            matte = numbers(mask.get("/Matte"))
            if matte is not None and len(matte) != count:
                self.fault("soft-mask", where, f"/Matte has {len(matte)} numbers, not {count}")
            self.image_rules(mask, None, f"{where}, soft mask {label(mask)}")
        if isinstance(stream.get("/Mask"), pikepdf.Stream):
            self.image_rules(stream["/Mask"], None, f"{where}, mask {label(stream['/Mask'])}")

    def data(self, stream, filters, bits, count, where):
        """The data has as many components and bytes as the dictionary says."""
        if "JPXDecode" in filters:
            self.fault("jpeg-2000", where, "its colours would be those of the JPEG 2000 data")
        elif filters[-1:] == ["DCTDecode"]:
            self.jpeg(stream, filters, count, where)
        elif count and not set(filters) & {"JBIG2Decode", "CCITTFaxDecode"}:
            if bits not in (1, 2, 4, 8, 16):
                self.fault("image-data", where, f"{bits} bits a component")
            row = (int(stream["/Width"]) * bits * count + 7) // 8
            try:
                found = len(stream.read_bytes())
            except pikepdf.PdfError as error:
                self.fault("image-data", where, str(error))
                return
            if found < row * int(stream["/Height"]):
                self.fault("image-data", where,
                           f"{found} bytes instead of {row * int(stream['/Height'])}")

    def jpeg(self, stream, filters, count, where):
        """A JPEG is one that PDF knows, of the size that the dictionary says."""
        data = stream.read_raw_bytes()
        if filters == ["FlateDecode", "DCTDecode"]:
            data = zlib.decompress(data)
        elif len(filters) > 1:
            return
        frame = jpeg_frame(data)
        if frame is None:
            self.fault("image-data", where, "it is no JPEG")
            return
        kind, bits, size, found = frame
        if count and found != count:
            self.fault("image-data", where,
                       f"the JPEG has {found} components, its colour space {count}")
        if kind not in FRAMES or bits != 8:
            self.fault("image-data", where, f"a JPEG of kind {kind:02X} with {bits} bits")
        if size != (stream.get("/Width"), stream.get("/Height")):
            self.fault("image-data", where, f"the JPEG is {size[0]} × {size[1]} pixels")

    def inline(self, image, resources, where):
        """An image in the content."""
        if image.image_mask:
            return None
        value = image.obj.get("/ColorSpace", image.obj.get("/CS"))
        if value is None:
            self.fault("color-space", where, "an image without a colour space")
            return None
        return self.spaces.read(value, resources, where)

    # What is painted.

    def paint(self, paint):
        """The rules for overprint, registration colour and black text."""
        color = paint.color
        if color is None or paint.mask:
            return
        inside = self.bleed is None or any(meet(part, self.bleed) for part in paint.boxes)
        if "All" in color.space.inks and inside:
            self.fault("registration", paint.where,
                       f"{paint.kind} in registration colour inside the bleed, "
                       f"{told(paint.boxes)}")
        if not inside:
            return
        if paint.width is not None and paint.width < HAIRLINE:
            self.fault("hairline", paint.where,
                       f"a line is {paint.width:.2f} pt wide, {told(paint.boxes)}")
        if paint.over and color.space.family == "ICCBased" and color.space.count == 4 \
                and paint.mode == 1:
            self.fault("overprint-icc", paint.where, "ICCBased CMYK overprints in mode 1")
        if paint.over and white(color):
            self.fault("white-overprint", paint.where,
                       f"white {paint.kind} overprints, {told(paint.boxes)}")
        if paint.kind == "text":
            self.text(paint)

    def text(self, paint):
        """Black text has one ink, and overprints or is looked at once more."""
        color, where = paint.color, f"{paint.where}, {told(paint.boxes)}"
        family, values = color.space.family, color.values
        if rich(color):
            self.fault("black-text-plates", where, f"black text in {family} {values}")
        elif family == "ICCBased" and color.space.count == 1 and values[0] < 0.02:
            self.fault("black-text-plates", where, "black text by a gray profile")
        elif black(color):
            # Zeros of other inks stand aside in mode 1 only, and for CMYK only:
            # gray always knocks out, which does not matter over white.
            gray = family == "DeviceGray" and paint.over
            if not paint.over or gray or (family == "DeviceCMYK" and paint.mode != 1):
                self.knocked += [(self.number, part, where, gray) for part in paint.boxes]


def entries(resources, kind):
    """What resources list of a kind."""
    found = resources.get(kind)
    for key in found.keys() if is_dict(found) else ():
        if is_dict(found[key]):
            yield key, found[key]


def listed(value):
    """An array's items, a single item, or nothing."""
    if value is None:
        return []
    return list(value) if is_array(value) else [value]


def told(boxes):
    """Where boxes are, for a report."""
    x, y = boxes[0][:2]
    return f"at {x:.0f} {y:.0f}" if abs(x) < 1e6 else "everywhere"


def jpeg_frame(data):
    """The kind of a JPEG, its bits, size and components; None if it is none."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        if FRAME.match(data, at):
            return (data[at + 1], data[at + 4], (int.from_bytes(data[at + 7:at + 9], "big"),
                    int.from_bytes(data[at + 5:at + 7], "big")), data[at + 9])
        at += 2 + int.from_bytes(data[at + 2:at + 4], "big") if data[at + 1] != 0xFF else 1
    return None


def white(color):
    """Whether a colour is no ink at all."""
    space = color.space
    if not color.values:
        return False
    if space.family == "DeviceGray" or (space.family == "ICCBased" and space.count == 1):
        return color.values[0] >= 1
    if space.family in ("DeviceCMYK", "ICCBased") or space.inks:
        return max(color.values) <= 0
    return False


def black(color):
    """Whether a colour is full black, and nothing else."""
    family, values = color.space.family, color.values
    if family == "DeviceGray":
        return values[0] <= 0
    if family == "DeviceCMYK":
        return values == (0.0, 0.0, 0.0, 1.0)
    return color.space.inks == ("Black",) and values == (1.0,)


def rich(color):
    """Whether a colour looks black, but is of several inks."""
    values = color.values
    four = color.space.family in ("DeviceCMYK", "ICCBased") and color.space.count == 4
    if not four and color.space.inks != ("Cyan", "Magenta", "Yellow", "Black"):
        return False
    if not values:
        return False
    inks, key = values[:3], values[3]
    if key >= 0.9 and max(inks) > 0:
        return True
    neutral = max(inks) - min(inks) <= NEUTRAL
    return neutral and min(inks) >= 0.3 and key + min(inks) >= 2 * DARK
