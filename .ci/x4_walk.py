"""Runs the content of pages: what is painted, in which colour, and where."""

import math

import pikepdf

from x4_base import (
    get, inherited, is_array, is_dict, is_name, key_of, label, name, number, numbers)
from x4_spaces import DEVICE, Space
from x4_state import (
    EVERYWHERE, IDENTITY, NOWHERE, Color, Paint, Path, Spread, State, common, corners, hull,
    multiply)

GRAY = Space("DeviceGray", 1)
CMYK = Space("DeviceCMYK", 4)
PAINTS = {
    "S": "S", "s": "sS", "f": "F", "F": "F", "f*": "F", "B": "FS", "B*": "FS", "b": "sFS",
    "b*": "sFS", "n": "",
}
# Operators that paint nothing and change nothing that is looked at here.
SILENT = {
    "j", "M", "d", "i", "BX", "EX", "MP", "DP", "BMC", "BDC", "EMC", "d0", "d1",
}
# What may only stand in a text object, and what may not.
TEXT_ONLY = {"ET", "Td", "TD", "Tm", "T*", "Tj", "TJ", "'", '"'}
NO_TEXT = {
    "BT", "q", "Q", "cm", "m", "l", "c", "v", "y", "h", "re", "W", "W*", "Do", "sh", "BI",
    *PAINTS,
}
INTENTS = {"AbsoluteColorimetric", "RelativeColorimetric", "Saturation", "Perceptual"}


class Walker:
    """Goes through the content of pages and hands on what it finds: `sink`
    has paint(Paint), state(dictionary), form(stream), image(stream), inline(image),
    shading(value), pattern(value), font(value) and default(resources)."""

    def __init__(self, file, spaces, fonts, sink):
        self.file, self.spaces, self.fonts, self.sink = file, spaces, fonts, sink
        self.open = []
        self.once = set()

    def page(self, page, number_of):
        """A page, by all its streams as one."""
        where = f"page {number_of}"
        resources = inherited(page.obj, "/Resources")
        if not is_dict(resources):
            self.file.fault("resources", where, "a page has no resources")
            resources = pikepdf.Dictionary()
        try:
            content = pikepdf.parse_content_stream(page)
        except pikepdf.PdfError as error:
            self.file.fault("syntax", where, str(error))
            return
        self.run(content, resources, State(Color(GRAY, (0.0,)), Color(GRAY, (0.0,))), where)
        for annotation in page.obj.get("/Annots", []):
            self.appearance(get(annotation, "/AP"), f"{where}, annotation")

    def appearance(self, value, where):
        """The appearances of a printer's mark."""
        if isinstance(value, pikepdf.Stream):
            self.form(value, State(Color(GRAY, (0.0,)), Color(GRAY, (0.0,)),
                                   clip=NOWHERE), where, False)
        elif is_dict(value):
            for key in value.keys():
                self.appearance(value[key], where)

    def form(self, stream, state, where, mask):
        """The content of a form, a pattern's cell or a mask, in its own space."""
        where = f"{where}, {label(stream)}"
        key = key_of(stream)
        if key in self.open or len(self.open) > 40:
            self.file.fault("syntax", where, "a form draws itself")
            return
        state = state.copy()
        state.matrix = multiply(numbers(stream.get("/Matrix")) or IDENTITY, state.matrix)
        bounds = numbers(stream.get("/BBox"))
        if bounds is None or len(bounds) != 4:
            self.file.fault("form-box", where, "a form has no box")
        else:
            state.clip = common(state.clip, hull(corners(bounds), state.matrix))
        resources = stream.get("/Resources")
        if resources is None:
            self.file.fault("resources", where, "a form has no resources of its own")
            resources = pikepdf.Dictionary()
        try:
            content = pikepdf.parse_content_stream(stream)
        except pikepdf.PdfError as error:
            self.file.fault("syntax", where, str(error))
            return
        self.open.append(key)
        self.run(content, resources, state, where, mask)
        self.open.pop()

    def run(self, content, resources, state, where, mask=False):
        """The instructions of one stream."""
        self.sink.default(resources, where)
        run = Run(self, resources, state, where, mask)
        for instruction in content:
            run.step(instruction)
        run.end()

    def first(self, value, use):
        """Whether something is met for the first time in a use."""
        key = key_of(value)
        if key is None:
            return True
        fresh = (key, use) not in self.once
        self.once.add((key, use))
        return fresh


class Run:
    """One stream being run."""

    def __init__(self, walker, resources, state, where, mask):
        self.walker, self.resources, self.state = walker, resources, state
        self.where, self.mask = where, mask
        self.saved = []
        # Whether a text object is open, and how many pieces of marked content.
        self.texting, self.marked = False, 0
        self.path, self.clipping = Path(), False
        self.text = self.line = IDENTITY

    def step(self, instruction):
        """One instruction."""
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            self.nest("BI")
            self.inline(instruction.iimage)
            return
        operator = str(instruction.operator)
        self.nest(operator)
        operands = list(instruction.operands)
        if operator in PAINTS:
            self.paint(PAINTS[operator])
            return
        method = METHODS.get(operator)
        try:
            if method is not None:
                method(self, *operands)
            elif operator in PENS:
                field, convert = PENS[operator]
                setattr(self.state, field, convert(operands[0]))
            elif operator not in SILENT:
                self.walker.file.fault("operator", self.where, f"there is no operator {operator}")
        except (TypeError, ValueError, IndexError, AttributeError, KeyError) as error:
            self.walker.file.fault("operator", self.where,
                                   f"{operator} with {len(operands)} operands: {error}")

    def nest(self, operator):
        """Text objects and marked content are opened and closed in turn, and only
        what may stand in a text object does (ISO 32000-1, figure 9, 14.6)."""
        if operator in TEXT_ONLY and not self.texting:
            self.fault(f"{operator} outside of a text object")
        elif operator in NO_TEXT and self.texting:
            self.fault(f"{operator} within a text object")
        self.texting = operator == "BT" or (self.texting and operator != "ET")
        self.marked += (operator in ("BMC", "BDC")) - (operator == "EMC")
        if self.marked < 0:
            self.marked = 0
            self.fault("EMC without BMC")

    def end(self):
        """The stream is through."""
        for left, what in ((self.saved, "q without Q"), (self.texting, "BT without ET"),
                           (self.marked, "BMC without EMC")):
            if left:
                self.fault(what)

    def fault(self, text):
        """Reports instructions in an order that has no meaning."""
        self.walker.file.fault("syntax", self.where, text)

    def resource(self, kind, title):
        """An entry of the resources; a fault if it is not there."""
        found = get(get(self.resources, kind), str(title))
        if not is_dict(found):
            self.walker.file.fault("resources", self.where, f"{kind[1:]} {title} is not there")
            return None
        return found

    # The state.

    def save(self):
        """q: keeps the state."""
        self.saved.append(self.state.copy())

    def restore(self):
        """Q: brings the state back."""
        if self.saved:
            self.state = self.saved.pop()
        else:
            self.fault("Q without q")

    def concat(self, *six):
        """cm: moves, scales and turns what follows."""
        self.state.matrix = multiply(tuple(map(float, six)), self.state.matrix)

    def intent(self, title):
        """ri: a rendering intent."""
        if name(title) not in INTENTS:
            self.walker.file.fault("rendering-intent", self.where, f"there is no intent {title}")

    def graphics(self, title):
        """gs: a graphics state of the resources."""
        value = self.resource("/ExtGState", title)
        if value is None:
            return
        state, walker = self.state, self.walker
        walker.sink.state(value, self.where)
        if "/OP" in value:
            state.stroke_over = bool(value["/OP"])
            if "/op" not in value:
                state.fill_over = state.stroke_over
        if "/op" in value:
            state.fill_over = bool(value["/op"])
        state.over_mode = int(value.get("/OPM", state.over_mode))
        state.width = number(value.get("/LW"), state.width)
        state.cap = int(value.get("/LC", state.cap))
        if is_array(value.get("/Font")):
            state.font = walker.fonts.read(value["/Font"][0], self.where)
            state.size = float(value["/Font"][1])
        group = get(value.get("/SMask"), "/G")
        if isinstance(group, pikepdf.Stream) and walker.first(group, "mask"):
            inner = state.copy()
            inner.clip, inner.fill_over, inner.stroke_over = EVERYWHERE, False, False
            walker.sink.form(group, f"{self.where}, soft mask")
            walker.form(group, inner, f"{self.where}, soft mask", True)

    # Colours.

    def space(self, title, stroke):
        """cs, CS: a colour space, with the colour it starts with."""
        space = self.walker.spaces.read(title, self.resources, self.where)
        start = (1.0,) * space.count if space.inks else (0.0,) * space.count
        if space.family == "DeviceCMYK":
            start = (0.0, 0.0, 0.0, 1.0)
        self.pen(stroke, Color(space, start))

    def pen(self, stroke, color):
        """Sets the colour of strokes or of fills."""
        setattr(self.state, "stroke" if stroke else "fill", color)

    def device(self, family, values, stroke):
        """g, rg, k and their like: a colour of the device's."""
        if len(values) != DEVICE[family]:
            raise ValueError(f"{family} has {DEVICE[family]} components")
        space = self.walker.spaces.named(family, None, self.where)
        self.pen(stroke, Color(space, tuple(map(float, values))))

    def color(self, values, stroke):
        """sc, scn and their like: a colour of the space that is set."""
        old = self.state.stroke if stroke else self.state.fill
        pattern = None
        if values and is_name(values[-1]):
            pattern = self.resource("/Pattern", values.pop())
        if old.space.family != "Pattern" and len(values) != old.space.count:
            raise ValueError(f"{old.space.family} has {old.space.count} components")
        self.pen(stroke, Color(old.space, tuple(map(float, values)), pattern))

    # Paths.

    def point(self, x, y):
        """A point on the page."""
        a, b, c, d, e, f = self.state.matrix
        x, y = float(x), float(y)
        return (a * x + c * y + e, b * x + d * y + f)

    def move(self, x, y):
        """m: begins a subpath."""
        self.path.move(self.point(x, y))

    def draw(self, *values):
        """l, c, v, y: a piece of the path."""
        self.path.draw(*(self.point(*values[i:i + 2]) for i in range(0, len(values), 2)))

    def rectangle(self, x, y, width, height):
        """re: a rectangle."""
        x, y, width, height = map(float, (x, y, width, height))
        self.path.move(self.point(x, y))
        self.path.draw(self.point(x + width, y))
        self.path.draw(self.point(x + width, y + height))
        self.path.draw(self.point(x, y + height))
        self.path.close()

    def clipper(self):
        """W: the path will clip."""
        self.clipping = True

    def scale(self):
        """How much longer a length becomes on the page."""
        a, b, c, d = self.state.matrix[:4]
        return math.sqrt(abs(a * d - b * c))

    def paint(self, how):
        """Fills and strokes the path, and clips with it if asked to."""
        state = self.state
        if "s" in how:
            self.path.close()
        areas = self.path.areas()
        if "F" in how and areas:
            self.tell("fill", state.fill, state.fill_over, areas)
        if "S" in how and self.path.pieces:
            self.tell("stroke", state.stroke, state.stroke_over,
                      self.path.lines(state.width * self.scale(), state.cap))
        if self.clipping:
            whole = hull([p for box in areas for p in corners(box)]) if areas else NOWHERE
            state.clip = common(state.clip, whole)
        self.path, self.clipping = Path(), False

    def tell(self, kind, color, over, boxes):
        """Hands on what is painted, cut to the clip."""
        seen = [box for box in (self.clipped(box) for box in boxes) if box]
        pattern = color.pattern if color else None
        # Glyphs and marks of annotations are run for their colours, without a place.
        if pattern is not None and (seen or self.state.clip == NOWHERE):
            self.pattern(pattern, color, seen)
        elif seen:
            width = self.state.width * self.scale() if kind == "stroke" else None
            self.walker.sink.paint(Paint(kind, color, over, self.state.over_mode, seen,
                                         self.where, self.mask, width))

    def clipped(self, box):
        """A box within the clip; a thin line keeps its length."""
        left, bottom, right, top = box
        cut = common((left, bottom, max(right, left + 1e-3), max(top, bottom + 1e-3)),
                     self.state.clip)
        return None if cut == NOWHERE else cut

    def pattern(self, value, color, boxes):
        """A pattern: its shading, or its cell wherever it is seen."""
        where = f"{self.where}, pattern {label(value)}"
        self.walker.sink.pattern(value, where)
        if number(value.get("/PatternType")) == 2:
            space = self.walker.sink.shading(value.get("/Shading"), self.resources, where)
            self.tell("shading", space and Color(space), False, boxes)
            if is_dict(value.get("/ExtGState")):
                self.walker.sink.state(value["/ExtGState"], where)
        elif isinstance(value, pikepdf.Stream) and self.walker.first(value, str(boxes)):
            own = Color(color.space.base or GRAY, color.values or (0.0,))
            # The cell is repeated: each part of it may be seen in every box.
            cell = State(own, own, fill_over=self.state.fill_over,
                         stroke_over=self.state.stroke_over, over_mode=self.state.over_mode)
            sink = self.walker.sink
            self.walker.sink = Spread(sink, boxes)
            self.walker.form(value, cell, where, self.mask)
            self.walker.sink = sink

    # Text.

    def begin(self):
        """BT: back to the origin."""
        self.text = self.line = IDENTITY

    def place(self, *six):
        """Tm: where text stands, and how."""
        self.text = self.line = tuple(map(float, six))

    def offset(self, x, y):
        """Td: the next line, by a step."""
        self.text = self.line = multiply((1, 0, 0, 1, float(x), float(y)), self.line)

    def offset_leading(self, x, y):
        """TD: the same, which then is the leading."""
        self.state.leading = -float(y)
        self.offset(x, y)

    def newline(self):
        """T*: the next line."""
        self.offset(0, -self.state.leading)

    def font(self, title, size):
        """Tf: a font and its size."""
        value = self.resource("/Font", title)
        self.state.font = None if value is None else self.walker.fonts.read(value, self.where)
        self.state.size = float(size)

    def show(self, string):
        """Tj: shows a string."""
        self.shows([string])

    def next_show(self, string):
        """': shows a string on the next line."""
        self.newline()
        self.shows([string])

    def spaced_show(self, word, spacing, string):
        """The operator of double quotes: shows a string on the next line, with other gaps."""
        self.state.word, self.state.spacing = float(word), float(spacing)
        self.next_show(string)

    def shows(self, items):
        """Shows strings, with steps between them."""
        state = self.state
        if state.font is None:
            raise ValueError("no font is set")
        start = 0.0
        width = 0.0
        for item in items:
            if isinstance(item, pikepdf.String):
                for code, advance, blank in state.font.glyphs(bytes(item)):
                    state.font.shown.setdefault(code, self.where)
                    width += (advance / 1000 * state.size + state.spacing
                              + (state.word if blank else 0)) * state.scale
            else:
                width -= float(item) / 1000 * state.size * state.scale
        box = (start, -0.25 * state.size + state.rise, width, 0.9 * state.size + state.rise)
        whole = hull(corners(box), multiply(self.text, state.matrix))
        self.text = multiply((1, 0, 0, 1, width, 0), self.text)
        if state.render in (0, 2, 4, 6):
            self.tell("text", state.fill, state.fill_over, [whole])
        if state.render in (1, 2, 5, 6):
            self.tell("text", state.stroke, state.stroke_over, [whole])
        if state.font.procs is not None and state.render != 3:
            self.type3(state.font)

    def type3(self, font):
        """The drawings of a font of type 3."""
        if not self.walker.first(font.value, "type3"):
            return
        for key in font.procs.keys():
            stream = font.procs[key]
            resources = font.value.get("/Resources", self.resources)
            inner = self.state.copy()
            inner.clip = NOWHERE
            self.walker.run(pikepdf.parse_content_stream(stream), resources, inner,
                            f"{self.where}, glyph {key[1:]}", self.mask)

    # Objects.

    def shading(self, title):
        """sh: fills all of the clip with a shading."""
        value = self.resource("/Shading", title)
        if value is not None:
            space = self.walker.sink.shading(value, self.resources, self.where)
            self.tell("shading", space and Color(space), False, [self.state.clip])

    def unit(self):
        """Where an image stands."""
        return hull(corners((0, 0, 1, 1)), self.state.matrix)

    def object(self, title):
        """Do: an image or a form."""
        value = self.resource("/XObject", title)
        if value is None:
            return
        kind = name(value.get("/Subtype"))
        where = f"{self.where}, {label(value)}"
        if kind == "Image":
            space = self.walker.sink.image(value, self.resources, where)
            self.image_paint(bool(value.get("/ImageMask", False)), space)
        elif kind == "Form":
            self.walker.sink.form(value, where)
            self.walker.form(value, self.state, self.where, self.mask)
        elif kind != "PS":
            self.walker.file.fault("resources", where, f"there are no objects of kind {kind}")

    def image_paint(self, stencil, space):
        """Paints an image: a stencil in the colour of fills, others in theirs."""
        if stencil:
            self.tell("fill", self.state.fill, self.state.fill_over, [self.unit()])
        else:
            self.tell("image", space and Color(space), False, [self.unit()])

    def inline(self, image):
        """BI: an image within the content."""
        space = self.walker.sink.inline(image, self.resources, f"{self.where}, inline image")
        self.image_paint(bool(image.image_mask), space)


PENS = {
    "w": ("width", float), "J": ("cap", int), "Tc": ("spacing", float), "Tw": ("word", float),
    "Tz": ("scale", lambda value: float(value) / 100), "TL": ("leading", float),
    "Tr": ("render", int), "Ts": ("rise", float),
}
METHODS = {
    "q": Run.save, "Q": Run.restore, "cm": Run.concat, "gs": Run.graphics, "ri": Run.intent,
    "cs": lambda run, title: run.space(title, False),
    "CS": lambda run, title: run.space(title, True),
    "g": lambda run, *values: run.device("DeviceGray", values, False),
    "G": lambda run, *values: run.device("DeviceGray", values, True),
    "rg": lambda run, *values: run.device("DeviceRGB", values, False),
    "RG": lambda run, *values: run.device("DeviceRGB", values, True),
    "k": lambda run, *values: run.device("DeviceCMYK", values, False),
    "K": lambda run, *values: run.device("DeviceCMYK", values, True),
    "sc": lambda run, *values: run.color(list(values), False),
    "scn": lambda run, *values: run.color(list(values), False),
    "SC": lambda run, *values: run.color(list(values), True),
    "SCN": lambda run, *values: run.color(list(values), True),
    "m": Run.move, "l": Run.draw, "c": Run.draw, "v": Run.draw, "y": Run.draw,
    "h": lambda run: run.path.close(), "re": Run.rectangle, "W": Run.clipper, "W*": Run.clipper,
    "BT": Run.begin, "ET": lambda run: None, "Tm": Run.place, "Td": Run.offset,
    "TD": Run.offset_leading, "T*": Run.newline, "Tf": Run.font, "Tj": Run.show,
    "TJ": lambda run, items: run.shows(list(items)), "'": Run.next_show, '"': Run.spaced_show,
    "sh": Run.shading, "Do": Run.object,
}
