"""What all parts of the PDF/X-4 check share: faults, and a file being read."""

import contextlib
import dataclasses
import pathlib

import pikepdf

# How far boxes may be apart and still touch, in points.
NEAR = 0.05


@dataclasses.dataclass(frozen=True, order=True)
class Fault:
    """A rule that is broken, by what and where."""

    rule: str
    where: str
    text: str

    def __str__(self):
        return f"{self.rule}: {self.where}: {self.text}"


class File:
    """A file, its objects, and the faults found in it so far."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.data = self.path.read_bytes()
        self.pdf = pikepdf.open(self.path)
        self._faults = {}

    def fault(self, rule, where, text):
        """Notes a fault, once."""
        self._faults.setdefault(Fault(rule, where, text))

    @contextlib.contextmanager
    def reading(self, where):
        """Reports an object of the wrong kind, which ends what is read here."""
        try:
            yield
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError,
                pikepdf.PdfError) as error:
            self.fault("malformed", where, f"{type(error).__name__}: {error}")

    @property
    def faults(self):
        """The faults, in the order in which they were found."""
        return list(self._faults)


def opened(path):
    """A file, or none and the fault that keeps it shut."""
    try:
        return File(path), None
    except pikepdf.PasswordError as error:
        return None, Fault("encrypted", "file", str(error))
    except pikepdf.PdfError as error:
        return None, Fault("syntax", "file", str(error))


def is_dict(value):
    """Whether a value is a dictionary or a stream, which has one."""
    return isinstance(value, (pikepdf.Dictionary, pikepdf.Stream))


def is_array(value):
    """Whether a value is an array."""
    return isinstance(value, pikepdf.Array)


def is_name(value):
    """Whether a value is a name."""
    return isinstance(value, pikepdf.Name)


def name(value):
    """A name as text, without its slash; nothing for other values."""
    return str(value)[1:] if is_name(value) else None


def get(value, key, default=None):
    """An entry of what may be no dictionary at all."""
    return value.get(key, default) if is_dict(value) else default


def numbers(value):
    """An array of numbers as a tuple, or None."""
    if not is_array(value):
        return None
    try:
        return tuple(float(item) for item in value)
    except (TypeError, ValueError):
        return None


def number(value, default=None):
    """A number, or a default for anything else."""
    if isinstance(value, bool):
        return default
    try:
        return float(value)
    except (TypeError, ValueError):
        return default


def label(value):
    """How a report names an object."""
    if isinstance(value, pikepdf.Object) and value.objgen[0]:
        return f"object {value.objgen[0]}"
    return "a direct object"


def key_of(value):
    """A key under which an object is known; None for direct objects."""
    if isinstance(value, pikepdf.Object) and value.objgen[0]:
        return value.objgen
    return None


def inherited(page, key):
    """An entry of a page, or of the first parent that has it."""
    node = page
    for _ in range(64):
        if not is_dict(node):
            return None
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None


def dictionaries(pdf):
    """All dictionaries and streams of a file, wherever they stand, with the
    number of the indirect object that holds them."""
    for top in pdf.objects:
        if top is None or not isinstance(top, pikepdf.Object):
            continue
        waiting = [top]
        while waiting:
            value = waiting.pop()
            if is_dict(value):
                yield label(top), value
                inner = [value[key] for key in value.keys()]
            elif is_array(value):
                inner = list(value)
            else:
                continue
            waiting += [item for item in inner
                        if isinstance(item, pikepdf.Object) and not item.objgen[0]]
