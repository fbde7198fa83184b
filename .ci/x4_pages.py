"""The boxes of pages, their annotations and their blending space."""

from x4_base import NEAR, get, inherited, is_array, is_dict, label, name, number, numbers

# The least bleed on each side, in points: 3 mm, but for rounding.
BLEED = 8.45


def box(page, key):
    """A box as (left, bottom, right, top); None if it is not there or no box."""
    found = numbers(inherited(page, key) if key in ("/MediaBox", "/CropBox") else page.get(key))
    if found is None or len(found) != 4:
        return None
    return (min(found[0], found[2]), min(found[1], found[3]),
            max(found[0], found[2]), max(found[1], found[3]))


def inside(inner, outer):
    """Whether a box does not reach out of another."""
    return (inner[0] >= outer[0] - NEAR and inner[1] >= outer[1] - NEAR
            and inner[2] <= outer[2] + NEAR and inner[3] <= outer[3] + NEAR)


def meet(part, area, margin=NEAR):
    """Whether a box, which may be a mere line, reaches into an area by more
    than a margin."""
    return (part[0] < area[2] - margin and part[2] > area[0] + margin
            and part[1] < area[3] - margin and part[3] > area[1] + margin)


def check(file):
    """All rules of this part, except those that need the content."""
    if not file.pdf.pages:
        file.fault("boxes", "file", "there are no pages")
    for index, page in enumerate(file.pdf.pages, 1):
        boxes(file, page.obj, f"page {index}")
        annotations(file, page.obj, f"page {index}")
        settings(file, page.obj, f"page {index}")


def boxes(file, page, where):
    """One trim box, in a bleed box, in a medium; the crop hides no bleed."""
    media = box(page, "/MediaBox")
    if media is None:
        file.fault("boxes", where, "there is no MediaBox")
        return
    finished = [key for key in ("/TrimBox", "/ArtBox") if key in page]
    if len(finished) != 1:
        file.fault("trim-or-art", where, f"it has {' and '.join(finished) or 'no TrimBox'}")
    found = {key: box(page, key) for key in ("/TrimBox", "/ArtBox", "/BleedBox", "/CropBox")}
    for key, value in found.items():
        if key in page and (value is None or value[2] - value[0] < 1 or value[3] - value[1] < 1):
            file.fault("boxes", where, f"{key[1:]} is no box")
            return
    trim = found["/TrimBox"] or found["/ArtBox"]
    bleed, crop = found["/BleedBox"], found["/CropBox"]
    if bleed is None:
        file.fault("bleed-box", where, "there is no BleedBox")
    elif not inside(bleed, media):
        file.fault("boxes-nest", where, "the BleedBox reaches out of the MediaBox")
    if trim and not inside(trim, bleed or media):
        file.fault("boxes-nest", where, "the TrimBox reaches out of the BleedBox")
    elif trim and bleed and min(trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2],
                                bleed[3] - trim[3]) < BLEED:
        file.fault("bleed-size", where, "there is less than 3 mm of bleed")
    if crop and not inside(crop, media):
        file.fault("crop-box", where, "the CropBox reaches out of the MediaBox")
    elif crop and not inside(bleed or trim or crop, crop):
        file.fault("crop-box", where, "the CropBox cuts into the BleedBox")


def annotations(file, page, where):
    """Annotations stand outside the bleed, but for traps."""
    found = page.get("/Annots")
    area = box(page, "/BleedBox") or box(page, "/TrimBox") or box(page, "/MediaBox")
    for annotation in found if is_array(found) else []:
        kind = name(get(annotation, "/Subtype"))
        if kind == "TrapNet":
            continue
        place = numbers(get(annotation, "/Rect"))
        if place is None or len(place) != 4:
            file.fault("annotation", where, f"a {kind} has no place")
            continue
        place = (min(place[0], place[2]), min(place[1], place[3]),
                 max(place[0], place[2]), max(place[1], place[3]))
        # An empty rectangle has no area to meet, but a place.
        if meet(place, area, -NEAR):
            file.fault("annotation", where, f"a {kind} inside the bleed, {label(annotation)}")


def settings(file, page, where):
    """A page is as large as its boxes say, and stands as it is printed."""
    if number(page.get("/UserUnit"), 1) != 1:
        file.fault("user-unit", where, f"/UserUnit is {page['/UserUnit']}")
    if number(inherited(page, "/Rotate"), 0) % 360:
        file.fault("rotated", where, f"/Rotate is {inherited(page, '/Rotate')}")
    if "/PresSteps" in page:
        file.fault("action", where, "it has steps of a presentation")


def blending(file, page, where, transparent):
    """A page with transparency says in which colours it is blended."""
    group = page.get("/Group")
    space = get(group, "/CS")
    if space is None and transparent:
        file.fault("page-group", where,
                   f"it has transparency ({transparent}), but no blending space")
    if is_dict(group) and name(group.get("/S")) != "Transparency":
        file.fault("page-group", where, "its group is not of transparency")
