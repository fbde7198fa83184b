"""The graphics state of a content stream, boxes and transforms."""

import copy
import dataclasses

EVERYWHERE = (-1e9, -1e9, 1e9, 1e9)
NOWHERE = (0.0, 0.0, 0.0, 0.0)
IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def multiply(first, then):
    """The transform that does one and then another."""
    a, b, c, d, e, f = first
    g, h, i, j, k, l = then  # noqa: E741
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
            e * g + f * i + k, e * h + f * j + l)


def hull(points, matrix=IDENTITY):
    """The box around points, transformed."""
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x, y in points]
    ys = [b * x + d * y + f for x, y in points]
    return (min(xs), min(ys), max(xs), max(ys))


def corners(box):
    """The corners of a box."""
    return [(box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3])]


def common(one, other):
    """What two boxes have in common; an empty box if nothing."""
    left, bottom = max(one[0], other[0]), max(one[1], other[1])
    right, top = min(one[2], other[2]), min(one[3], other[3])
    return (left, bottom, right, top) if left < right and bottom < top else NOWHERE


@dataclasses.dataclass
class Color:
    """A colour: its space, its components, and its pattern if it is one."""

    space: object
    values: tuple = ()
    pattern: object = None


@dataclasses.dataclass
class State:
    """What `q` saves and `Q` brings back."""

    fill: Color
    stroke: Color
    matrix: tuple = IDENTITY
    clip: tuple = EVERYWHERE
    fill_over: bool = False
    stroke_over: bool = False
    over_mode: int = 0
    width: float = 1.0
    cap: int = 0
    font: object = None
    size: float = 0.0
    spacing: float = 0.0
    word: float = 0.0
    scale: float = 1.0
    rise: float = 0.0
    leading: float = 0.0
    render: int = 0
    alpha: bool = False

    def copy(self):
        """A state that can change by itself."""
        return copy.copy(self)


@dataclasses.dataclass
class Paint:
    """Something painted: what, in which colour, how, and where."""

    kind: str
    color: object
    over: bool
    mode: int
    boxes: list
    where: str
    mask: bool
    # The pen's width in points, for strokes.
    width: float | None = None


class Path:
    """A path under construction, as boxes in the space of the page."""

    def __init__(self):
        self.start = self.at = None
        # Of each subpath the points that span it, of each piece its box.
        self.subpaths = []
        self.pieces = []

    def move(self, point):
        """Begins a subpath."""
        self.start = self.at = point
        self.subpaths.append([point])

    def draw(self, *points):
        """A line, or a curve, whose hull its points are."""
        if self.at is None:
            self.move(points[0])
        self.pieces.append(hull([self.at, *points]))
        self.subpaths[-1].extend(points)
        self.at = points[-1]

    def close(self):
        """A line back to the start."""
        if self.at is not None and self.at != self.start:
            self.draw(self.start)

    def areas(self):
        """The boxes of the subpaths, for filling and clipping."""
        return [hull(points) for points in self.subpaths if len(points) > 1]

    def lines(self, width, cap):
        """The boxes of the pieces, as wide as the pen. A straight piece with
        flat ends grows sideways only."""
        half = width / 2
        grown = []
        for left, bottom, right, top in self.pieces:
            along = cap == 0
            x = 0 if along and top - bottom < 1e-6 else half
            y = 0 if along and right - left < 1e-6 else half
            grown.append((left - x, bottom - y, right + x, top + y))
        return grown


class Spread:
    """Passes on what a pattern's cell paints, as if it stood wherever the
    pattern is seen."""

    def __init__(self, sink, boxes):
        self.sink, self.boxes = sink, boxes

    def __getattr__(self, what):
        return getattr(self.sink, what)

    def paint(self, paint):
        """Something that a cell paints."""
        paint.boxes = self.boxes
        self.sink.paint(paint)
