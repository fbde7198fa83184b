"""The XMP packet and the information dictionary, which must tell the same."""

import datetime
import re
import xml.etree.ElementTree as etree

import pikepdf

from x4_base import is_dict, name

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SPACES = {
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
}
# What the information dictionary and the packet both tell.
PAIRS = {
    "/Title": "dc:title", "/Author": "dc:creator", "/Subject": "dc:description",
    "/Keywords": "pdf:Keywords", "/Creator": "xmp:CreatorTool", "/Producer": "pdf:Producer",
}
DATES = {"/CreationDate": "xmp:CreateDate", "/ModDate": "xmp:ModifyDate"}


def check(file):
    """All rules of this part."""
    packet = read(file)
    if packet is None:
        return
    version(file, packet)
    identity(file, packet)
    trapped(file, packet)
    dates(file, packet)
    agreement(file, packet)


def read(file):
    """The properties of the packet: name to all its values."""
    stream = file.pdf.Root.get("/Metadata")
    if not isinstance(stream, pikepdf.Stream):
        file.fault("xmp-stream", "catalog", "there is no metadata stream")
        return None
    if name(stream.get("/Type")) != "Metadata" or name(stream.get("/Subtype")) != "XML":
        file.fault("xmp-stream", "metadata", "it is not of the type Metadata, XML")
    raw = stream.read_raw_bytes()
    if "/Filter" in stream:
        file.fault("xmp-compressed", "metadata", f"it has a filter, {stream['/Filter']}")
        raw = stream.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        file.fault("xmp-syntax", "metadata", "it is not UTF-8")
        return None
    head = re.match(r"\ufeff?\s*<\?xpacket begin=[\"'](.*?)[\"'] id=[\"'](.*?)[\"'](.*?)\?>", text)
    if head is None or head[2] != "W5M0MpCehiHzreSzNTczkc9d":
        file.fault("xmp-syntax", "metadata", "it does not begin with an xpacket")
    elif head[3].strip():
        file.fault("xmp-syntax", "metadata", f"the xpacket has old attributes:{head[3]}")
    if not re.search(r"<\?xpacket end=[\"'][rw][\"']\?>\s*$", text):
        file.fault("xmp-syntax", "metadata", "it does not end with an xpacket")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        file.fault("xmp-syntax", "metadata", "it declares a document type")
        return None
    try:
        root = etree.fromstring(text.lstrip("\ufeff").strip())
    except etree.ParseError as error:
        file.fault("xmp-syntax", "metadata", str(error))
        return None
    found = [root] if root.tag == RDF + "RDF" else root.findall(RDF + "RDF")
    if len(found) != 1:
        file.fault("xmp-syntax", "metadata", "there is not one rdf:RDF in it")
        return None
    return properties(file, found[0])


def properties(file, rdf):
    """The properties of all descriptions, as attributes and as elements."""
    prefixes = {uri: prefix for prefix, uri in SPACES.items()}
    packet, abouts = {}, set()

    def put(tag, value):
        uri, _, local = tag[1:].partition("}")
        if uri in prefixes:
            packet.setdefault(f"{prefixes[uri]}:{local}", []).append(value)

    for description in rdf:
        if description.tag != RDF + "Description":
            file.fault("xmp-syntax", "metadata", f"an element {description.tag} in rdf:RDF")
            continue
        abouts.add(description.get(RDF + "about", ""))
        for tag, value in description.attrib.items():
            if tag.startswith("{"):
                put(tag, value)
        for element in description:
            put(element.tag, value_of(element))
    if len(abouts) > 1:
        file.fault("xmp-syntax", "metadata", "its descriptions are about different things")
    for key, values in packet.items():
        if len(values) > 1:
            file.fault("xmp-syntax", "metadata", f"{key} is there {len(values)} times")
    return packet


def value_of(element):
    """The text of a property; that of its default language, or of a list."""
    items = element.findall(f".//{RDF}li")
    if not items:
        return (element.text or "").strip()
    default = [item for item in items if item.get(XML_LANG) == "x-default"]
    if default:
        return (default[0].text or "").strip()
    return ", ".join((item.text or "").strip() for item in items)


def first(packet, key):
    """A property's value; nothing if it is not there."""
    return packet.get(key, [""])[0]


def version(file, packet):
    """The packet says that the file is PDF/X-4; the dictionary says nothing else."""
    found = first(packet, "pdfxid:GTS_PDFXVersion")
    if found != "PDF/X-4":
        file.fault("xmp-version", "metadata", f"pdfxid:GTS_PDFXVersion is {found!r}, not 'PDF/X-4'")
    for key in ("/GTS_PDFXVersion", "/GTS_PDFXConformance"):
        other = file.pdf.trailer.get("/Info", {}).get(key)
        if other is not None and str(other) != "PDF/X-4":
            file.fault("info-agrees", "info", f"{key[1:]} is {str(other)!r}")


def identity(file, packet):
    """A title, and what tells this document and this version of it apart."""
    if not first(packet, "dc:title"):
        file.fault("xmp-title", "metadata", "there is no dc:title")
    for key in ("DocumentID", "VersionID", "RenditionClass"):
        if not first(packet, "xmpMM:" + key):
            file.fault("xmp-ids", "metadata", f"there is no xmpMM:{key}")


def trapped(file, packet):
    """It is known whether the file is trapped, and told once."""
    found = first(packet, "pdf:Trapped")
    if found not in ("True", "False"):
        file.fault("trapped", "metadata", f"pdf:Trapped is {found!r}, neither True nor False")
    other = info(file).get("/Trapped")
    if other is None:
        return
    if name(other) not in ("True", "False"):
        file.fault("trapped", "info", f"/Trapped is {other!r}, neither /True nor /False")
    elif found in ("True", "False") and name(other) != found:
        file.fault("trapped-agrees", "info", f"/Trapped is {name(other)}, pdf:Trapped {found}")


def info(file):
    """The information dictionary; an empty one if there is none."""
    found = file.pdf.trailer.get("/Info")
    return found if is_dict(found) else {}


def xmp_date(text):
    """A date of XMP, with its zone; None if it is none."""
    full = re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)", text)
    if full is None:
        return None
    try:
        return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None


def pdf_date(text):
    """A date of PDF, with its zone; None if it is none."""
    parts = re.fullmatch(
        r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(Z(?:00'?00'?)?|[+-]\d\d'?(?:\d\d)?'?)?", text)
    if parts is None:
        return None
    zone = parts[7] or "Z"
    offset = datetime.timedelta()
    if zone[0] != "Z":
        digits = re.sub(r"\D", "", zone).ljust(4, "0")
        offset = datetime.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        offset = -offset if zone[0] == "-" else offset
    try:
        return datetime.datetime(*map(int, parts.groups()[:6]), tzinfo=datetime.timezone(offset))
    except ValueError:
        return None


def dates(file, packet):
    """Three dates, each a moment, none before the making."""
    moments = {}
    for key in ("CreateDate", "ModifyDate", "MetadataDate"):
        found = first(packet, "xmp:" + key)
        moments[key] = xmp_date(found)
        if moments[key] is None:
            file.fault("xmp-dates", "metadata", f"xmp:{key} is {found!r}, no date with a zone")
    if None not in moments.values() and not (
            moments["CreateDate"] <= moments["ModifyDate"]):
        file.fault("xmp-dates", "metadata", "it was changed before it was made")


def agreement(file, packet):
    """Each entry of the information dictionary is in the packet, unchanged."""
    entries = info(file)
    for key, other in PAIRS.items():
        if key in entries and str(entries[key]) != first(packet, other):
            file.fault("info-agrees", "info",
                       f"{key} is {str(entries[key])!r}, {other} {first(packet, other)!r}")
    for key, other in DATES.items():
        if key not in entries:
            continue
        here, there = pdf_date(str(entries[key])), xmp_date(first(packet, other))
        if here is None:
            file.fault("info-agrees", "info", f"{key} is {str(entries[key])!r}, no date")
        elif there is not None and here != there:
            file.fault("info-agrees", "info",
                       f"{key} is {str(entries[key])}, {other} {first(packet, other)}")
