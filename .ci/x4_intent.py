"""The output intent and its ICC profile, read byte by byte."""

import functools
import io
import struct

import pikepdf
from PIL import ImageCms

from x4_base import get, is_array, is_dict, label, name

# The components of the colour spaces that ICC profiles know.
COMPONENTS = {b"GRAY": 1, b"RGB ": 3, b"Lab ": 3, b"CMYK": 4}


class Profile:
    """The header and the table of tags of an ICC profile."""

    def __init__(self, data):
        self.data = data
        self.size = struct.unpack(">I", data[:4])[0] if len(data) >= 132 else -1
        self.major = data[8] if len(data) > 8 else 0
        self.device_class = data[12:16]
        self.space = data[16:20]
        self.connection = data[20:24]
        self.signature = data[36:40]
        self.tags = {}
        if len(data) >= 132:
            count = struct.unpack(">I", data[128:132])[0]
            for index in range(min(count, 200)):
                entry = data[132 + 12 * index:144 + 12 * index]
                if len(entry) == 12:
                    tag, start, length = struct.unpack(">4sII", entry)
                    self.tags[tag] = (start, length)

    def damage(self):
        """What is wrong with it whatever it is for."""
        if len(self.data) < 132 or self.signature != b"acsp":
            return "it is not an ICC profile"
        if self.size != len(self.data):
            return f"it says it has {self.size} bytes, but has {len(self.data)}"
        if not 2 <= self.major <= 4:
            return f"it is version {self.major} of the ICC format"
        for tag, (start, length) in self.tags.items():
            if start + length > len(self.data):
                return f"its tag {tag.decode('latin-1')} reaches out of it"
        return None


def check(file):
    """Exactly one output intent for PDF/X, complete and for four inks."""
    intents = file.pdf.Root.get("/OutputIntents")
    found = [intent for intent in (intents if is_array(intents) else [])
             if name(get(intent, "/S")) == "GTS_PDFX"]
    if len(found) != 1:
        file.fault("intent-count", "catalog", f"there are {len(found)} intents for PDF/X, not one")
    for intent in found:
        where = f"output intent, {label(intent)}"
        if name(intent.get("/Type", pikepdf.Name.OutputIntent)) != "OutputIntent":
            file.fault("intent-type", where, f"its type is {intent['/Type']}")
        if not text(intent, "/OutputConditionIdentifier"):
            file.fault("intent-condition", where, "there is no /OutputConditionIdentifier")
        if not text(intent, "/RegistryName") and not text(intent, "/Info"):
            file.fault("intent-registry", where, "neither a /RegistryName nor /Info")
        if "/DestOutputProfileRef" in intent:
            file.fault("intent-profile", where, "its profile is in another file")
        stream = intent.get("/DestOutputProfile")
        if not isinstance(stream, pikepdf.Stream):
            file.fault("intent-profile", where, "there is no /DestOutputProfile")
        else:
            profile(file, where, stream)
    for page in file.pdf.pages:
        if "/OutputIntents" in page.obj:
            file.fault("intent-count", f"page {page.index + 1}", "a page has its own intents")


def text(value, key):
    """A string's text; nothing if it is not there or no string."""
    found = value.get(key)
    return str(found).strip() if isinstance(found, pikepdf.String) else ""


def profile(file, where, stream):
    """The profile is whole, of an output device, and for CMYK."""
    found = Profile(stream.read_bytes())
    damage = found.damage()
    if damage:
        file.fault("intent-damaged", where, damage)
        return
    if found.device_class != b"prtr":
        file.fault("intent-class", where, f"its class is {found.device_class!r}, not b'prtr'")
    if found.space != b"CMYK":
        file.fault("intent-space", where, f"its space is {found.space!r}, not b'CMYK'")
    if found.connection not in (b"Lab ", b"XYZ "):
        file.fault("intent-damaged", where, f"it connects to {found.connection!r}")
    wanted = COMPONENTS.get(found.space)
    if stream.get("/N") != wanted:
        file.fault("intent-n", where, f"/N is {stream.get('/N')}, its space has {wanted}")
    other = stream.get("/Alternate")
    if found.space == b"CMYK" and other is not None and name(other) != "DeviceCMYK":
        file.fault("intent-n", where, f"/Alternate is {other}")
    if found.device_class != b"prtr" or found.space != b"CMYK":
        return
    missing = [tag.decode() for tag in (b"A2B0", b"B2A0") if tag not in found.tags]
    if missing:
        file.fault("intent-damaged", where, f"it has no table {missing[0]}")
    elif not works(found.data):
        file.fault("intent-damaged", where, "Little CMS cannot work with it")


@functools.lru_cache(8)
def works(data):
    """Whether Little CMS, by way of Pillow, turns colours into ink and back."""
    try:
        screen = ImageCms.createProfile("sRGB")
        press = ImageCms.ImageCmsProfile(io.BytesIO(data))
        ImageCms.buildTransform(screen, press, "RGB", "CMYK")
        ImageCms.buildTransform(press, screen, "CMYK", "RGB")
    except (ImageCms.PyCMSError, OSError):
        return False
    return True


def destination(file):
    """The bytes of the intent's profile; nothing if there is none."""
    intents = file.pdf.Root.get("/OutputIntents")
    for intent in intents if is_array(intents) else []:
        stream = get(intent, "/DestOutputProfile")
        if is_dict(intent) and isinstance(stream, pikepdf.Stream):
            return stream.read_bytes()
    return b""
