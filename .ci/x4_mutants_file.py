"""Ways to break a print file: its structure and metadata."""

import re
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from x4_mutants import first_page, mutant, packet, paint, raw_form, raw_image, replaced

# The document.


@mutant("header", "1.7")
def header_17(pdf):
    """the header says PDF 1.7"""
    return {"force_version": "1.7"}


@mutant("header", "1.4")
def header_14(pdf):
    """the header says PDF 1.4"""
    return replaced(rb"^%PDF-1.6", b"%PDF-1.4")


@mutant("header")
def header_late(pdf):
    """something stands before the header"""
    return lambda data: b"\n" + data


@mutant("version", "/Version")
def catalog_version(pdf):
    """the catalogue says PDF 1.7"""
    pdf.Root.Version = Name("/1.7")


@mutant("version", "extensions")
def extensions(pdf):
    """extensions of a vendor are declared"""
    pdf.Root.Extensions = Dictionary(VNDR=Dictionary(BaseVersion=Name("/1.7"), ExtensionLevel=3))


@mutant("trailer-id", also=["syntax"])
def no_id(pdf):
    """the trailer has no ID"""
    return replaced(rb"/ID(\s*\[)", rb"/Xd\1")


@mutant("encrypted")
def encrypted(pdf):
    """the file is encrypted, and opens without a password"""
    return {"encryption": pikepdf.Encryption(owner="owner", user="", R=4, metadata=False)}


@mutant("encrypted")
def locked(pdf):
    """the file does not open without a password"""
    return {"encryption": pikepdf.Encryption(owner="owner", user="user", R=4, metadata=False)}


@mutant("hybrid")
def hybrid(pdf):
    """a second table of objects for readers that know streams"""
    def alter(data):
        # Points to an empty table, so that readers agree about the rest.
        at = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
        head, tail = data[:at], data[at:]
        table = (b"9999 0 obj\n<</Type/XRef/W[1 1 1]/Size 1/Index[0 1]/Length 3>>stream\n"
                 b"\0\0\0\nendstream\nendobj\n")
        tail = re.sub(rb"trailer\s*<<", b"trailer <</XRefStm %d" % len(head), tail)
        tail = re.sub(rb"startxref\s+\d+", b"startxref\n%d" % (len(head) + len(table)), tail)
        return head + table + tail
    options = {"object_stream_mode": pikepdf.ObjectStreamMode.disable}
    return options, alter


@mutant("syntax", also=["hybrid"])
def cut_short(pdf):
    """the end of the file is missing"""
    return lambda data: data[:-40]


@mutant("action", "OpenAction")
def open_action(pdf):
    """opening the file goes to a page"""
    pdf.Root.OpenAction = Array([first_page(pdf).obj, Name.Fit])


@mutant("action", "OpenAction")
def later_revision(pdf):
    """a revision after the end of the file has an action"""
    def alter(data):
        number = int(re.findall(rb"/Root\s+(\d+) 0 R", data)[-1])
        body = re.search(rb"(?<!\d)%d 0 obj\s*<<(.*?)>>\s*endobj" % number, data, re.DOTALL)[1]
        size = re.findall(rb"/Size\s+(\d+)", data)[-1]
        before = re.findall(rb"startxref\s+(\d+)", data)[-1]
        trailer = data[data.rindex(b"trailer"):]
        kept = b" ".join(re.findall(rb"/(?:ID\s*\[.*?\]|Info \d+ 0 R)", trailer, re.DOTALL))
        made = b"%d 0 obj\n<<%s/OpenAction<</S/GoTo/D(a)>>>>\nendobj\n" % (number, body)
        table = b"xref\n%d 1\n%010d 00000 n \n" % (number, len(data))
        return data + made + table + (
            b"trailer\n<</Size %s/Root %d 0 R/Prev %s %s>>\nstartxref\n%d\n%%%%EOF\n"
            % (size, number, before, kept, len(data) + len(made)))
    return {"object_stream_mode": pikepdf.ObjectStreamMode.disable}, alter


@mutant("action", "additional")
def page_action(pdf):
    """a page does something when it is closed"""
    first_page(pdf).obj.AA = Dictionary(C=Dictionary(S=Name.Named, N=Name.NextPage))


@mutant("action", "URI")
def outline_link(pdf):
    """an entry of the outline goes to the web"""
    item = pdf.make_indirect(Dictionary(
        Title=String("web"), A=Dictionary(S=Name.URI, URI=String("https://example.org"))))
    outlines = pdf.make_indirect(Dictionary(Type=Name.Outlines, First=item, Last=item, Count=1))
    item.Parent = outlines
    pdf.Root.Outlines = outlines


@mutant("javascript", also=["action"])
def script(pdf):
    """a script among the names of the document"""
    names = pdf.Root.get("/Names", Dictionary())
    names.JavaScript = Dictionary(Names=[String("a"), Dictionary(
        S=Name.JavaScript, JS=String("app.alert(1)"))])
    pdf.Root.Names = names


@mutant("embedded-file", "EmbeddedFiles")
def attachment(pdf):
    """a file is attached"""
    pdf.attachments["a.txt"] = b"text"


@mutant("embedded-file")
def associated(pdf):
    """a page has an associated file"""
    file = pikepdf.Stream(pdf, b"text")
    file.Type = Name.EmbeddedFile
    first_page(pdf).obj.AF = Array([Dictionary(
        Type=Name.Filespec, F=String("a.txt"), EF=Dictionary(F=pdf.make_indirect(file)))])


@mutant("external", "data is in another file", also=["ghostscript"])
def external_data(pdf):
    """an image's data is in another file"""
    paint(pdf, "q 10 0 0 10 X Y cm /X4 Do Q", XObject={
        "X4": raw_image(pdf, Name.DeviceGray, [0] * 4, F=String("photo.raw"))})


@mutant("external", "page of another file")
def reference(pdf):
    """a form stands for a page of another file"""
    paint(pdf, "/X4 Do", XObject={"X4": raw_form(pdf, "", Ref=Dictionary(
        F=String("other.pdf"), Page=0))})


@mutant("opi")
def opi(pdf):
    """an image is to be replaced by another when printed"""
    paint(pdf, "q 10 0 0 10 X Y cm /X4 Do Q", XObject={
        "X4": raw_image(pdf, Name.DeviceGray, [0] * 4, OPI=Dictionary())})


@mutant("alternates")
def alternates(pdf):
    """an image has another one for printing"""
    other = raw_image(pdf, Name.DeviceGray, [9] * 4)
    paint(pdf, "q 10 0 0 10 X Y cm /X4 Do Q", XObject={
        "X4": raw_image(pdf, Name.DeviceGray, [0] * 4, Alternates=Array([
            Dictionary(Image=other, DefaultForPrinting=True)]))})


@mutant("postscript", also=["ghostscript"])
def postscript(pdf):
    """a page draws a piece of PostScript"""
    code = pikepdf.Stream(pdf, b"showpage")
    code.update({"/Type": Name.XObject, "/Subtype": Name.PS})
    paint(pdf, "/X4 Do", XObject={"X4": pdf.make_indirect(code)})


@mutant("postscript")
def postscript_form(pdf):
    """a form is PostScript for printers that know it"""
    paint(pdf, "/X4 Do", XObject={"X4": raw_form(pdf, "", Subtype2=Name.PS)})


@mutant("form-fields")
def form_fields(pdf):
    """the document has a form to fill in"""
    pdf.Root.AcroForm = Dictionary(Fields=Array([]))


@mutant("signature")
def signed(pdf):
    """the file has the permissions of a signature"""
    pdf.Root.Perms = Dictionary(DocMDP=Dictionary(Type=Name.Sig))


@mutant("viewer")
def print_area(pdf):
    """viewers are told to print the trim only"""
    pdf.Root.ViewerPreferences = Dictionary(PrintArea=Name.TrimBox)


def layers(pdf, **entries):
    """A layer, with the entries of its configuration."""
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("layer")))
    default = {"Name": String("all"), "Order": Array([layer]), **entries}
    pdf.Root.OCProperties = Dictionary(
        OCGs=Array([layer]),
        D=Dictionary(**{key: value for key, value in default.items() if value is not None}))
    return layer


@mutant("layers", "no /Name")
def layers_unnamed(pdf):
    """the configuration of layers has no name"""
    layers(pdf, Name=None)


@mutant("layers", "/AS")
def layers_switched(pdf):
    """a layer is switched by its use"""
    layers(pdf, AS=Array([]))


@mutant("layers", "off")
def layers_off(pdf):
    """a layer is switched off"""
    layer = layers(pdf)
    pdf.Root.OCProperties.D.OFF = Array([layer])


@mutant("layers", "/Order")
def layers_unlisted(pdf):
    """a layer is not listed"""
    layers(pdf, Order=Array([]))


# The metadata.


@mutant("xmp-stream")
def no_packet(pdf):
    """there is no XMP"""
    del pdf.Root.Metadata


@mutant("xmp-compressed")
def compressed_packet(pdf):
    """the XMP is compressed"""
    def alter(data):
        # qpdf would never write it: the object is replaced, and stays as long.
        old = re.search(rb"<<[^<>]*/Subtype\s*/XML[^<>]*>>\s*stream\r?\n(.*?)\r?\n?endstream",
                        data, re.DOTALL)
        small = zlib.compress(old[1])
        new = (b"<</Type/Metadata/Subtype/XML/Filter/FlateDecode/Length %d>>stream\n" % len(small)
               + small + b"\nendstream")
        return data[:old.start()] + new.ljust(len(old[0])) + data[old.end():]
    return alter


@mutant("xmp-syntax")
def bad_packet(pdf):
    """the XMP is no XML"""
    return packet(pdf, r"</rdf:RDF>", "</rdf:RFD>")


@mutant("xmp-syntax")
def no_wrapper(pdf):
    """the XMP cannot be found by programs that know no PDF"""
    return packet(pdf, r"<\?xpacket begin.*?\?>", "")


@mutant("xmp-version", "PDF/X-3")
def other_standard(pdf):
    """the XMP claims PDF/X-3"""
    return packet(pdf, r"PDF/X-4", "PDF/X-3:2003")


@mutant("xmp-version", "''")
def no_standard(pdf):
    """the XMP claims no standard"""
    return packet(pdf, r"<pdfxid:GTS_PDFXVersion>.*?</pdfxid:GTS_PDFXVersion>", "")


@mutant("xmp-version", "''")
def other_namespace(pdf):
    """the claim stands in a namespace of somebody else"""
    return packet(pdf, r"http://www.npes.org/pdfx/ns/id/", "http://www.npes.org/pdfx/ns/ids/")


@mutant("xmp-version")
def exchange_profile(pdf):
    """the XMP claims a profile by reference, PDF/X-4p"""
    return packet(pdf, r"PDF/X-4<", "PDF/X-4p<")


@mutant("xmp-dates", "MetadataDate")
def no_metadata_date(pdf):
    """one date is missing"""
    return packet(pdf, r"<xmp:MetadataDate>.*?</xmp:MetadataDate>", "")


@mutant("xmp-dates", "MetadataDate")
def bad_date(pdf):
    """a date is none"""
    return packet(pdf, r"<xmp:MetadataDate>.*?</", "<xmp:MetadataDate>yesterday</")


@mutant("info-agrees", "CreationDate")
def other_date(pdf):
    """the two dates of making differ"""
    pdf.trailer.Info.CreationDate = String("D:20200101000000Z")


@mutant("info-agrees", "/Title")
def other_title(pdf):
    """the two titles differ"""
    pdf.trailer.Info.Title = String("Something else")


@mutant("xmp-title", also=["info-agrees"])
def no_title(pdf):
    """the XMP has no title"""
    return packet(pdf, r"<dc:title>.*?</dc:title>", "")


@mutant("xmp-ids", "DocumentID")
def no_document_id(pdf):
    """the XMP does not tell the document apart"""
    return packet(pdf, r"<xmpMM:DocumentID>.*?</xmpMM:DocumentID>", "")


@mutant("xmp-ids", "VersionID")
def no_version_id(pdf):
    """the XMP does not tell the version apart"""
    return packet(pdf, r"<xmpMM:VersionID>.*?</xmpMM:VersionID>", "")


@mutant("xmp-ids", "RenditionClass")
def no_rendition(pdf):
    """the XMP does not tell the rendition"""
    return packet(pdf, r"<xmpMM:RenditionClass>.*?</xmpMM:RenditionClass>", "")


@mutant("trapped", "metadata")
def trapped_unknown(pdf):
    """the XMP does not know whether the file is trapped"""
    return packet(pdf, r"<pdf:Trapped>.*?</", "<pdf:Trapped>Unknown</")


@mutant("trapped", "info")
def trapped_unknown_info(pdf):
    """the information dictionary does not know whether the file is trapped"""
    pdf.trailer.Info.Trapped = Name.Unknown


@mutant("trapped-agrees")
def trapped_twice(pdf):
    """the file is trapped here, and not trapped there"""
    told = re.search(rb"<pdf:Trapped>(True|False)<", pdf.Root.Metadata.read_bytes())
    if told is None:
        return False
    pdf.trailer.Info.Trapped = Name("/True") if told[1] == b"False" else Name("/False")
    return True
