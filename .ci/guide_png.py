"""Pictures for the guide: reads what pdftoppm writes, cuts, joins, writes PNG."""

import struct
import zlib
from collections import Counter
from dataclasses import dataclass

WHITE = b"\xff\xff\xff"
GREY = b"\xcc\xcc\xcc"


@dataclass
class Picture:
    """Rows of RGB pixels, three bytes each."""

    width: int
    rows: list

    @property
    def height(self):
        return len(self.rows)

    def cut(self, left, top, right, bottom):
        """The part from (left, top) up to, not including, (right, bottom)."""
        return Picture(right - left, [row[3 * left : 3 * right] for row in self.rows[top:bottom]])

    def bands(self):
        """Runs of rows with ink on them, from the top: pairs of first and end."""
        found, start = [], None
        for y, row in enumerate(self.rows + [WHITE * self.width]):
            ink = row.strip(b"\xff") != b""
            if ink and start is None:
                start = y
            elif not ink and start is not None:
                found.append((start, y))
                start = None
        return found

    def trimmed(self, top=0, margin=8):
        """What has ink from the row `top` down, with a white margin around it."""
        bands = [band for band in self.bands() if band[0] >= top]
        if not bands:
            raise ValueError("nothing is printed there")
        first, end = bands[0][0], bands[-1][1]
        inked = [row for row in self.rows[first:end] if row.strip(b"\xff")]
        left = min((len(row) - len(row.lstrip(b"\xff"))) // 3 for row in inked)
        right = max(-(-len(row.rstrip(b"\xff")) // 3) for row in inked)
        return self.cut(left, first, right, end).framed(WHITE, margin)

    def framed(self, color, width):
        """The picture with a border."""
        side, line = color * width, color * (self.width + 2 * width)
        rows = [line] * width + [side + row + side for row in self.rows] + [line] * width
        return Picture(self.width + 2 * width, rows)


def beside(pictures, gap):
    """Pictures from left to right, level at the top."""
    height = max(picture.height for picture in pictures)
    rows = []
    for y in range(height):
        parts = [p.rows[y] if y < p.height else WHITE * p.width for p in pictures]
        rows.append((WHITE * gap).join(parts))
    return Picture(sum(p.width for p in pictures) + gap * (len(pictures) - 1), rows)


def below(pictures, gap):
    """Pictures from top to bottom, level at the left."""
    width = max(picture.width for picture in pictures)
    rows = []
    for n, picture in enumerate(pictures):
        rows += [WHITE * width] * (gap if n else 0)
        rows += [row + WHITE * (width - picture.width) for row in picture.rows]
    return Picture(width, rows)


def read_ppm(data):
    """A picture in the form that pdftoppm writes: binary PPM, 8 bits a value."""
    magic, width, height, most = data.split(maxsplit=4)[:4]
    if magic != b"P6" or most != b"255":
        raise ValueError("not a PPM file of 8 bits")
    width, height = int(width), int(height)
    # The pixels are the last bytes; the head has no fixed length.
    pixels = data[-3 * width * height :]
    return Picture(width, [pixels[3 * width * y : 3 * width * (y + 1)] for y in range(height)])


def png(picture):
    """The picture as a PNG with a palette of at most 256 colours.

    Colours that differ little are made one, as little as it takes; the most
    frequent one stands for them, so that flat colours stay what they are.
    """
    pixels = [[row[x : x + 3] for x in range(0, len(row), 3)] for row in picture.rows]
    counts = Counter(pixel for row in pixels for pixel in row)
    for lost in range(7):
        chosen = {}
        for color, _ in counts.most_common():
            chosen.setdefault(tuple(value >> lost for value in color), color)
        if len(chosen) <= 256:
            break
    palette = sorted(chosen.values())
    number = {color: n for n, color in enumerate(palette)}
    index = {c: number[chosen[tuple(v >> lost for v in c)]] for c in counts}
    raw = b"".join(b"\0" + bytes(index[pixel] for pixel in row) for row in pixels)
    head = struct.pack(">IIBBBBB", picture.width, picture.height, 8, 3, 0, 0, 0)
    parts = [(b"IHDR", head), (b"PLTE", b"".join(palette)), (b"IDAT", zlib.compress(raw, 9))]
    chunks = [
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts + [(b"IEND", b"")]
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
