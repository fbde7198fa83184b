"""The file as a whole: version, trailer, encryption, actions, foreign parts."""

import re

import pikepdf

from x4_base import dictionaries, get, is_array, is_dict, label, name

ACTIONS = {
    "GoTo", "GoToR", "GoToE", "Launch", "Thread", "URI", "Sound", "Movie", "Hide", "Named",
    "SubmitForm", "ResetForm", "ImportData", "JavaScript", "SetOCGState", "Rendition",
    "GoTo3DView", "RichMediaExecute",
}
# What a viewer may be told to show and print: never less than the bleed.
AREAS = ("/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip")


def check(file):
    """All rules of this part."""
    header(file)
    trailer(file)
    syntax(file)
    catalog(file)
    optional_content(file)
    for where, value in dictionaries(file.pdf):
        foreign(file, where, value)
        action(file, where, value)


def header(file):
    """The file is PDF 1.6, from its first byte, and says nothing else later."""
    first = re.match(rb"%PDF-(\d\.\d)[\r\n]", file.data)
    if first is None:
        file.fault("header", "file", f"it begins with {file.data[:9]!r}")
    elif first[1] != b"1.6":
        file.fault("header", "file", f"it is PDF {first[1].decode()}, not 1.6")
    later = get(file.pdf.Root, "/Version")
    if later is not None and later != "/1.6":
        file.fault("version", "catalog", f"/Version is {later}, not 1.6")
    if "/Extensions" in file.pdf.Root:
        file.fault("version", "catalog", "it declares extensions to PDF 1.6")


def trailer(file):
    """An ID of two strings, no encryption, one reading of the table of objects."""
    ident = file.pdf.trailer.get("/ID")
    if not is_array(ident) or len(ident) != 2:
        file.fault("trailer-id", "trailer", "there is no /ID of two strings")
    elif any(len(bytes(part)) < 8 for part in ident):
        file.fault("trailer-id", "trailer", "/ID is shorter than 8 bytes")
    if file.pdf.is_encrypted or "/Encrypt" in file.pdf.trailer:
        file.fault("encrypted", "trailer", "the file is encrypted")
    if re.search(rb"/XRefStm\s+\d", file.data):
        file.fault("hybrid", "trailer", "two tables of objects, of which a reader takes one")
    if not file.data.rstrip(b"\r\n").endswith(b"%%EOF"):
        file.fault("syntax", "file", "it does not end with %%EOF")


def syntax(file):
    """qpdf's library reads the file and each stream without complaint."""
    for complaint in [*file.pdf.check_pdf_syntax(), *map(str, file.pdf.get_warnings())]:
        file.fault("syntax", "file", str(complaint).splitlines()[0])


def catalog(file):
    """Nothing in the catalogue acts, asks or brings other files along."""
    root = file.pdf.Root
    for key in ("/OpenAction", "/AA", "/URI"):
        if key in root:
            file.fault("action", "catalog", f"it has {key}")
    names = root.get("/Names")
    for key, rule in (("/JavaScript", "javascript"), ("/EmbeddedFiles", "embedded-file")):
        if key in (names.keys() if is_dict(names) else ()):
            file.fault(rule, "catalog", f"its names have {key}")
    for key in ("/AF", "/Collection"):
        if key in root:
            file.fault("embedded-file", "catalog", f"it has {key}")
    if "/AcroForm" in root:
        file.fault("form-fields", "catalog", "it has form fields")
    if is_dict(root.get("/Perms")):
        file.fault("signature", "catalog", "it has permissions of a signature")
    view = root.get("/ViewerPreferences")
    for key in AREAS:
        area = get(view, key)
        if area is not None and name(area) not in ("MediaBox", "BleedBox"):
            file.fault("viewer", "catalog", f"{key[1:]} is {area}")


def optional_content(file):
    """Each configuration of layers has a name, changes nothing by itself and
    hides nothing from the printer."""
    content = file.pdf.Root.get("/OCProperties")
    if content is None:
        return
    default = get(content, "/D")
    if not is_dict(default):
        file.fault("layers", "catalog", "the layers have no default configuration")
        return
    others = get(content, "/Configs")
    every = [default, *(others if is_array(others) else [])]
    named = []
    for config in every:
        title = get(config, "/Name")
        if title is None or not str(title):
            file.fault("layers", "catalog", "a configuration of layers has no /Name")
        named.append(str(title))
        if "/AS" in config:
            file.fault("layers", "catalog", "a configuration switches layers by itself (/AS)")
    if len(set(named)) != len(named):
        file.fault("layers", "catalog", "two configurations of layers have the same name")
    if name(get(default, "/BaseState")) not in (None, "ON") or len(get(default, "/OFF") or []):
        file.fault("layers", "catalog", "a layer is switched off")
    order = get(default, "/Order")
    if order is not None:
        listed = set(layers(order))
        for group in get(content, "/OCGs") or []:
            if group.objgen not in listed:
                file.fault("layers", label(group), "a layer is not in /Order")


def layers(order):
    """The layers in an /Order array."""
    for item in order:
        if is_array(item):
            yield from layers(item)
        elif is_dict(item):
            yield item.objgen


def foreign(file, where, value):
    """Nothing stands in another file, in another language, or as a choice."""
    stream = isinstance(value, pikepdf.Stream)
    if stream and any(key in value for key in ("/F", "/FFilter", "/FDecodeParms")):
        file.fault("external", where, "a stream's data is in another file")
    kind = name(value.get("/Type"))
    if kind in ("Filespec", "F") or "/EF" in value or kind == "EmbeddedFile":
        file.fault("embedded-file", where, "it is another file, or names one")
    if stream and "Crypt" in str(value.get("/Filter", "")):
        file.fault("encrypted", where, "a stream is encrypted")
    if "/OPI" in value:
        file.fault("opi", where, "it has OPI instructions")
    if "/Alternates" in value:
        file.fault("alternates", where, "an image has alternates")
    subtype = name(value.get("/Subtype"))
    if (stream and subtype == "PS") or name(value.get("/Subtype2")) == "PS":
        file.fault("postscript", where, "it is PostScript")
    if stream and subtype == "Form":
        if "/PS" in value:
            file.fault("postscript", where, "a form has a PostScript variant")
        if "/Ref" in value:
            file.fault("external", where, "a form stands for a page of another file")
    if "/JS" in value:
        file.fault("javascript", where, "it has JavaScript")
    if kind == "ObjStm" and "/Extends" in value and not is_dict(value["/Extends"]):
        file.fault("syntax", where, "an object stream extends nothing")


def action(file, where, value):
    """No dictionary does something when it is opened, shown or clicked."""
    if "/AA" in value:
        file.fault("action", where, "it has additional actions")
    if name(value.get("/Type")) == "StructElem" or "/Pg" in value:
        return
    kind = name(value.get("/S"))
    if name(value.get("/Type")) == "Action" or kind in ACTIONS:
        rule = "javascript" if kind == "JavaScript" else "action"
        file.fault(rule, where, f"it is an action, {kind}")
