"""Checks a tagged PDF by walking it: catalog, metadata, structure and content.

What it looks at is in part beyond what veraPDF tests: that parent tree, tree
and content tell the same, that no sequence is tagged twice, the form of lists
and tables, headings, and the values of ToUnicode.
"""

import xml.etree.ElementTree as etree

import ua_content
import ua_detail
import ua_structure
import x4_metadata
from x4_base import get, is_dict, name, opened

EXTENSION = "{http://www.aiim.org/pdfa/ns/extension/}"
SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"
PROPERTY = "{http://www.aiim.org/pdfa/ns/property#}"
# What the schema of pdfuaid must tell (ISO 19005-2, 6.6.2.3.3).
EXPLAINED = {"name": "part", "valueType": "Integer", "category": "internal"}


def check(path):
    """The faults of a file, and a line about it."""
    file, shut = opened(path)
    if shut:
        return [shut], ""
    content = ua_content.Content(file)
    pages = list(enumerate(file.pdf.pages, 1))
    about = ""
    for what, part in (("catalog", catalog), ("metadata", metadata), ("output intent", intent),
                       ("navigation", ua_detail.navigation)):
        with file.reading(what):
            part(file)
    for number, page in pages:
        with file.reading(f"page {number}"):
            if name(page.get("/Tabs")) != "S":
                file.fault("tabs", f"page {number}", f"Tabs is {page.get('/Tabs')}, not S")
            content.page(page.obj, number)
    with file.reading("structure"):
        tree = ua_structure.Tree(file)
        ua_structure.check(tree, content, [(number, page.obj) for number, page in pages])
        about = f"{len(tree.known)} elements, {len(content.words)} sequences"
    return file.faults, about


def catalog(file):
    """What the file says of itself as a whole."""
    if file.pdf.is_encrypted:
        file.fault("encrypted", "file", "it is encrypted")
    root = file.pdf.Root
    language = str(root.get("/Lang", ""))
    if not ua_structure.LANGUAGE.fullmatch(language):
        file.fault("lang", "catalog", f"Lang is {language!r}")
    marks = root.get("/MarkInfo")
    if get(marks, "/Marked") is not True:
        file.fault("marked", "catalog", f"Marked is {get(marks, '/Marked')}")
    if get(marks, "/Suspects", False) is not False:
        file.fault("suspects", "catalog", f"Suspects is {get(marks, '/Suspects')}")
    if get(root.get("/ViewerPreferences"), "/DisplayDocTitle") is not True:
        file.fault("display-title", "catalog", "DisplayDocTitle is not true")


def metadata(file):
    """The XMP packet names both standards, and agrees with Info."""
    packet = x4_metadata.read(file)
    if packet is None:
        return
    for rule, key, wanted in (("pdfaid", "pdfaid:part", "2"), ("pdfaid", "pdfaid:conformance", "A"),
                              ("pdfuaid", "pdfuaid:part", "1")):
        found = x4_metadata.first(packet, key)
        if found != wanted:
            file.fault(rule, "metadata", f"{key} is {found!r}, not {wanted!r}")
    if not x4_metadata.first(packet, "dc:title"):
        file.fault("xmp-title", "metadata", "there is no dc:title")
    language = x4_metadata.first(packet, "dc:language")
    if language != str(file.pdf.Root.get("/Lang", "")):
        file.fault("xmp-language", "metadata", f"dc:language is {language!r}")
    if "/Title" not in x4_metadata.info(file):
        file.fault("info-title", "info", "there is no Title")
    x4_metadata.agreement(file, packet)
    text = file.pdf.Root["/Metadata"].read_bytes().decode("utf-8")
    schemas = etree.fromstring(text.lstrip("\ufeff").strip()).findall(f".//{EXTENSION}schemas//*")
    for schema in schemas:
        uri = schema.findtext(f"{SCHEMA}namespaceURI")
        if uri != x4_metadata.SPACES["pdfuaid"]:
            continue
        if schema.findtext(f"{SCHEMA}prefix") != "pdfuaid":
            file.fault("extension-schema", "metadata", "its prefix is not pdfuaid")
        told = [{key: entry.findtext(PROPERTY + key) for key in EXPLAINED}
                for entry in schema.findall(f"{SCHEMA}property//*")]
        if EXPLAINED not in told:
            file.fault("extension-schema", "metadata", "pdfuaid:part is not explained in it")
        return
    file.fault("extension-schema", "metadata", "there is none for pdfuaid")


def intent(file):
    """One output intent for PDF/A, whose profile is that of an RGB device."""
    found = [each for each in file.pdf.Root.get("/OutputIntents", [])
             if name(get(each, "/S")) == "GTS_PDFA1"]
    if len(found) != 1:
        file.fault("output-intent", "catalog", f"{len(found)} output intents are GTS_PDFA1")
        return
    profile = found[0].get("/DestOutputProfile")
    if not is_dict(profile):
        file.fault("output-intent", "catalog", "there is no DestOutputProfile")
        return
    data = profile.read_bytes()
    if data[16:20] != b"RGB " or data[36:40] != b"acsp" or data[12:16] not in (b"mntr", b"prtr"):
        file.fault("output-intent", "profile", f"its space is {data[16:20]!r}, not RGB")
    if profile.get("/N") != 3:
        file.fault("output-intent", "profile", f"N is {profile.get('/N')}, not 3")
    if len(data) < 128 or int.from_bytes(data[:4], "big") != len(data):
        file.fault("output-intent", "profile", "its length is not the one it tells")
