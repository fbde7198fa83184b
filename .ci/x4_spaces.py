"""Colour spaces: which there are, how many components, and what they rest on."""

import dataclasses

import pikepdf

from x4_base import is_array, is_dict, is_name, key_of, label, name, number, numbers
from x4_intent import COMPONENTS, Profile, destination

SHORT = {"G": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK", "I": "Indexed"}
DEVICE = {"DeviceGray": 1, "DeviceRGB": 3, "DeviceCMYK": 4}
ALLOWED = {"DeviceGray", "DeviceCMYK", "ICCBased", "Indexed", "Separation", "DeviceN", "Pattern"}
PROCESS = {"Cyan", "Magenta", "Yellow", "Black"}
# The most inks of a DeviceN (ISO 32000-1, annex C).
MOST_INKS = 32


@dataclasses.dataclass(frozen=True)
class Space:
    """A colour space: its family, its components, its inks, what it is based on."""

    family: str
    count: int
    inks: tuple = ()
    base: object = None


UNKNOWN = Space("unknown", 0)


class Spaces:
    """Reads colour spaces and reports those that have no place in the file."""

    def __init__(self, file):
        self.file = file
        self.known = {}
        self.spots = {}
        self.intent = None

    def read(self, value, resources, where):
        """A colour space by its name or definition, checked."""
        if is_name(value):
            return self.named(name(value), resources, where)
        key = key_of(value)
        if key in self.known:
            return self.known[key]
        if not is_array(value) or not len(value):
            self.fault(where, f"{value!r} is no colour space")
            return UNKNOWN
        found = self.defined(value, resources, f"{where}, {label(value)}" if key else where)
        if key:
            self.known[key] = found
        return found

    def fault(self, where, text, rule="color-space"):
        """Reports a fault of a colour space."""
        self.file.fault(rule, where, text)

    def named(self, title, resources, where):
        """A space of the device, or one of the resources."""
        named = resources.get("/ColorSpace") if is_dict(resources) else None
        if is_dict(named) and "/" + title in named:
            found = named["/" + title]
            if is_name(found) and name(found) == title:
                return UNKNOWN
            return self.read(found, resources, f"{where}, /{title}")
        title = SHORT.get(title, title)
        if title == "Pattern":
            return Space("Pattern", 0)
        if title not in DEVICE:
            self.fault(where, f"there is no colour space {title}")
            return UNKNOWN
        if title not in ALLOWED:
            self.fault(where, f"{title}")
        return Space(title, DEVICE[title])

    def defined(self, value, resources, where):
        """A space given as an array."""
        family = SHORT.get(name(value[0]), name(value[0]))
        if family in DEVICE and len(value) == 1:
            return self.named(family, None, where)
        readers = {"ICCBased": self.icc, "Indexed": self.indexed, "Separation": self.inks,
                   "DeviceN": self.inks, "Pattern": self.pattern}
        if family not in readers:
            self.fault(where, f"{family}")
            return Space(family, {"CalGray": 1}.get(family, 3))
        try:
            return readers[family](value, resources, where)
        except (IndexError, TypeError, ValueError, AttributeError, pikepdf.PdfError) as error:
            self.fault(where, f"{family} is not complete: {error}")
            return UNKNOWN

    def icc(self, value, _resources, where):
        """A space by a profile, which may be neither RGB nor that of the intent."""
        stream = value[1]
        data = stream.read_bytes()
        profile = Profile(data)
        damage = profile.damage()
        if damage:
            self.fault(where, damage, "icc-damaged")
            return Space("ICCBased", int(stream.get("/N", 0)))
        count = int(stream.get("/N", 0))
        if COMPONENTS.get(profile.space) != count:
            self.fault(where, f"/N is {count}, the profile's space is {profile.space!r}", "icc-n")
        if profile.space not in (b"GRAY", b"CMYK"):
            self.fault(where, f"ICCBased of {profile.space!r}")
        if profile.device_class not in (b"prtr", b"mntr", b"scnr", b"spac"):
            self.fault(where, f"a profile of class {profile.device_class!r}", "icc-damaged")
        if "/Alternate" in stream:
            self.read(stream["/Alternate"], None, f"{where}, alternate")
        if self.intent is None:
            self.intent = destination(self.file)
        if data == self.intent:
            self.fault(where, "its profile is that of the output intent", "icc-intent")
        return Space("ICCBased", count)

    def indexed(self, value, resources, where):
        """A palette: its base, and as many entries as it says."""
        base = self.read(value[1], resources, f"{where}, base")
        if base.family in ("Indexed", "Pattern"):
            self.fault(where, f"a palette of {base.family}")
        table = value[3]
        table = table.read_bytes() if isinstance(table, pikepdf.Stream) else bytes(table)
        if not 0 <= int(value[2]) <= 255:
            self.fault(where, f"the palette has {int(value[2]) + 1} entries", "image-data")
        if len(table) < (int(value[2]) + 1) * base.count:
            self.fault(where, "the palette has too few entries", "image-data")
        return Space("Indexed", 1, base.inks, base)

    def inks(self, value, resources, where):
        """Spot colours: what they look like elsewhere, and always the same."""
        names = [name(value[1])] if is_name(value[1]) else [name(item) for item in value[1]]
        base = self.read(value[2], resources, f"{where}, alternate")
        if base.family in ("Separation", "DeviceN", "Indexed", "Pattern"):
            self.fault(where, f"the alternate space is {base.family}")
        several = name(value[0]) == "DeviceN"
        if several and ("All" in names or len(set(names) - {"None"}) != len(names)
                        - names.count("None")):
            self.fault(where, f"the inks {names}", "spot-name")
        if not all(names):
            self.fault(where, "an ink without a name", "spot-name")
        outputs = function_outputs(value[3])
        if outputs is not None and outputs != base.count:
            self.fault(where, f"the tint transform gives {outputs} numbers, the alternate space "
                       f"has {base.count}", "spot-transform")
        inputs = function_inputs(value[3])
        if inputs is not None and inputs != len(names):
            self.fault(where, f"the tint transform takes {inputs} numbers for {len(names)} inks",
                       "spot-transform")
        if len(names) > MOST_INKS:
            self.fault(where, f"it has {len(names)} inks", "spot-name")
        if not several:
            told = (value[2].unparse(resolved=True) if isinstance(value[2], pikepdf.Object)
                    else value[2], unparsed(value[3]))
            if self.spots.setdefault(names[0], told) != told:
                self.fault(where, f"{names[0]} is defined in two ways", "spot-agrees")
        elif len(value) > 4:
            self.attributes(value[4], names, resources, where)
        return Space(name(value[0]), len(names), tuple(names), base)

    def attributes(self, value, names, resources, where):
        """The colorants and the process space of a DeviceN."""
        colorants = value.get("/Colorants")
        if name(value.get("/Subtype")) == "NChannel":
            parts = value.get("/Process", {}).get("/Components", [])
            told = {*map(name, parts), *PROCESS, "None"}
            told |= {key[1:] for key in (colorants.keys() if is_dict(colorants) else ())}
            if set(names) - told:
                self.fault(where, f"{sorted(set(names) - told)} not described", "spot-channel")
        for key in colorants.keys() if is_dict(colorants) else ():
            self.read(colorants[key], resources, f"{where}, colorant {key[1:]}")
        process = value.get("/Process")
        if is_dict(process) and "/ColorSpace" in process:
            self.read(process["/ColorSpace"], resources, f"{where}, process space")

    def pattern(self, value, resources, where):
        """Patterns, coloured or with a colour of their own space."""
        base = self.read(value[1], resources, f"{where}, base") if len(value) > 1 else None
        return Space("Pattern", base.count if base else 0, (), base)


def unparsed(value):
    """A function as comparable text and bytes."""
    if is_array(value):
        return tuple(unparsed(item) for item in value)
    data = value.read_bytes() if isinstance(value, pikepdf.Stream) else b""
    entries = []
    for key in sorted(value.keys()):
        if key not in ("/Length", "/Filter", "/DecodeParms"):
            inner = numbers(value[key])
            entries.append((key, inner if inner is not None else str(value[key])))
    return (tuple(entries), data)


def function_inputs(value):
    """How many numbers a function takes; None if it cannot be told."""
    domain = value.get("/Domain") if is_dict(value) else None
    return len(domain) // 2 if is_array(domain) else None


def function_outputs(value):
    """How many numbers a function gives; None if it cannot be told."""
    if is_array(value):
        return len(value)
    if not is_dict(value):
        return None
    kind = number(value.get("/FunctionType"))
    if "/Range" in value:
        return len(value["/Range"]) // 2
    if kind == 2:
        return len(value.get("/C0", [0]))
    if kind == 3 and len(value.get("/Functions", [])):
        return function_outputs(value["/Functions"][0])
    return None
