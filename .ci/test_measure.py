"""Proves that each figure of measure.py detects its fault.

    python3 .ci/test_measure.py

The PDFs are written by hand, by made_pdf.py.
"""

import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
sys.dont_write_bytecode = True

import measure  # noqa: E402
from made_pdf import (  # noqa: E402
    LEADING, LEFT, MEASURE, RIGHT, SHORT, SIZE, TOP, WORDS, Sheet, pdf, width)

def figures(*sheets, **options):
    """What measure.py finds."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "made.pdf"
        path.write_bytes(pdf(*sheets))
        return measure.measure(path, **options)


def sound(change=None):
    """Two pages of two level columns without a fault; change is called with
    the first page's sheet before its columns are filled."""
    sheets = []
    for _ in range(2):
        sheet = Sheet()
        for x in (LEFT, RIGHT):
            y = TOP
            for _ in range(4):
                y = sheet.paragraph(x, y, [WORDS] * 5) + LEADING
        sheets.append(sheet)
    if change:
        change(sheets[0])
    return sheets


class Sound(unittest.TestCase):
    """The page without a fault has none."""

    def test_no_fault(self):
        found = figures(*sound())
        for name in measure.LISTS:
            self.assertEqual([], found[name], name)
        self.assertEqual(found["pages"], 2)
        self.assertFalse(found["multiple_of_4"])
        self.assertEqual(found["body_size"], SIZE)
        self.assertEqual(found["leading"], LEADING)
        self.assertEqual(found["body_lines"], 2 * 2 * 24)
        self.assertEqual(found["justified_lines"], 2 * 2 * 20)
        self.assertEqual(found["justified_share"], 100)
        self.assertEqual(found["grid_share"], 100)
        self.assertEqual(found["level_share"], 100)
        self.assertEqual(found["foot_text"], 0)
        self.assertEqual(found["foot_ink"], 0)
        self.assertEqual(found["foot_full"], 0)
        self.assertEqual(found["hyphens"], 0)

    def test_four_pages(self):
        self.assertTrue(figures(*sound(), *sound())["multiple_of_4"])


class Gaps(unittest.TestCase):
    """Word gaps, and which lines are justified."""

    # 40 letters: fills the measure at 2.29 times the natural space.
    LOOSE = WORDS[:-4]

    def test_gap_of_sound_lines(self):
        found = figures(*sound())
        natural = 1 + (MEASURE - width(WORDS)) / (WORDS.count(" ") * 2.5)
        self.assertAlmostEqual(found["gap_max"], natural, 2)
        self.assertAlmostEqual(found["gap_min"], natural, 2)
        self.assertAlmostEqual(found["gap_p95"], natural, 2)

    def test_loose_and_tight(self):
        tight = WORDS + "en"
        for blanks in (True, False):
            sheets = sound()
            loose = sheets[0].justified(LEFT, 600, self.LOOSE, blanks=blanks)
            close = sheets[0].justified(LEFT, 612, tight, blanks=blanks)
            sheets[0].text(LEFT, 624, SHORT)
            self.assertGreater(loose, 1.73)
            self.assertLess(close, 0.75)
            found = figures(*sheets)
            self.assertAlmostEqual(found["gap_max"], loose, 2)
            self.assertAlmostEqual(found["gap_min"], close, 2)
            self.assertEqual(found["looser_1.7"], 1)
            self.assertEqual(found["looser_1.73"], 1)
            self.assertEqual(found["tighter_0.75"], 1)

    def test_gaps_wider_than_an_em_stay_in_their_line(self):
        sheets = sound()
        sheets[0].justified(LEFT, 600)
        sheets[0].justified(LEFT, 600 + LEADING)
        few = "metaalbedrijvenindustrie en arbeidsmarkt"
        wide = sheets[0].justified(LEFT, 600 + 2 * LEADING, few)
        sheets[0].text(LEFT, 600 + 3 * LEADING, SHORT)
        self.assertGreater(wide * 2.5, SIZE)
        self.assertAlmostEqual(figures(*sheets)["gap_max"], wide, 2)

    def test_horizontal_scaling_changes_neither_natural_width(self):
        sheets = sound()
        scale = 0.98
        gaps = WORDS.count(" ")
        letters = width(WORDS) - gaps * 2.5
        ratio = (MEASURE - scale * letters) / (gaps * 2.5)
        sheets[0].text(LEFT, 600, WORDS, ratio=ratio / scale, scale=98)
        sheets[0].text(LEFT, 612, SHORT)
        found = figures(*sheets)
        self.assertAlmostEqual(found["gap_max"], ratio, 2)
        self.assertEqual(found["scaling"], [98, 100])
        self.assertEqual(found["justified_share"], 100)

    def test_full_columns_by_themselves(self):
        sheets = sound()
        sheets[0].paragraph(LEFT + 40, 600, [WORDS[:38]] * 4, measure=MEASURE - 40)
        found = figures(*sheets)
        self.assertGreater(found["gap_max"], 1.3)
        self.assertLess(found["gap_max_column"], 1.2)
        self.assertEqual(found["column_lines"], 80)

    def test_letter_spacing(self):
        sheets = sound()
        # 0.1 pt after each glyph but the last, taken from the gaps.
        wide = MEASURE - 0.1 * (len(WORDS) - 1)
        sheets[0].justified(LEFT, 600, measure=wide, spacing=0.1)
        sheets[0].text(LEFT, 612, SHORT)
        found = figures(*sheets)
        self.assertEqual(found["tracking"], [0, 10])
        self.assertEqual(found["justified_lines"], 81)

    def test_last_lines_do_not_count(self):
        sheets = sound()
        sheets[0].justified(LEFT, 600)
        sheets[0].text(LEFT, 612, SHORT, ratio=3)
        self.assertEqual(figures(*sheets)["looser_1.7"], 0)

    def test_ragged_lines(self):
        sheets = sound()
        for i in range(5):
            sheets[0].text(LEFT + 20, 600 + i * LEADING, WORDS[: -3 - 2 * i])
        found = figures(*sheets)
        # The last is a paragraph's last.
        self.assertEqual(len(found["ragged"]), 4)
        self.assertEqual(found["justified_share"], round(100 * 80 / 84, 1))

    def test_narrow_ragged_lines_do_not_count(self):
        sheets = sound()
        for i in range(5):
            sheets[0].text(LEFT + 20, 600 + i * LEADING, WORDS[: 24 - i])
        self.assertEqual(figures(*sheets)["justified_share"], 100)

    def test_hanging_punctuation(self):
        sheets = sound()
        # The hyphen of 5 pt hangs out by 3.4.
        sheets[0].justified(LEFT, 600, WORDS[:-1] + "-", MEASURE + 3.4)
        sheets[0].justified(LEFT, 612)
        sheets[0].text(LEFT, 624, SHORT)
        found = figures(*sheets)
        self.assertEqual(found["justified_lines"], 82)
        self.assertEqual(found["justified_share"], 100)

    def test_the_edge_is_not_where_hyphens_hang(self):
        sheet = Sheet()
        for i in range(9):
            hangs = i % 4 != 0
            sheet.justified(LEFT, TOP + i * LEADING, WORDS[:-1] + "-" if hangs else WORDS,
                            MEASURE + 2 * hangs)
        sheet.text(LEFT, TOP + 9 * LEADING, SHORT)
        found = figures(sheet)
        self.assertEqual(found["justified_lines"], 9)
        self.assertEqual(found["frames"][0]["measure"], MEASURE)

    def test_a_first_glyph_that_hangs(self):
        sheets = sound()
        for i, dx in enumerate((-3, 0, 0, -3, 0)):
            sheets[0].justified(LEFT + dx, 600 + i * LEADING, measure=MEASURE - dx)
        sheets[0].text(LEFT, 660, SHORT)
        found = figures(*sheets)
        self.assertEqual(found["justified_lines"], 85)
        self.assertEqual(found["justified_share"], 100)

    def test_fonts_without_a_blank(self):
        # Neither the file nor a folder knows the space: a quarter of an em.
        sheet = Sheet()
        for i in range(6):
            sheet.justified(LEFT, TOP + i * LEADING, blanks=False)
        sheet.text(LEFT, TOP + 6 * LEADING, SHORT, blanks=False)
        natural = 1 + (MEASURE - width(WORDS)) / (WORDS.count(" ") * 2.5)
        self.assertAlmostEqual(figures(sheet)["gap_max"], natural, 2)
        self.assertAlmostEqual(
            figures(sheet, fonts={"Plain": 0.2})["gap_max"], natural * 0.25 / 0.2, 2)


class Hyphens(unittest.TestCase):
    """Runs of hyphens, and hyphens at a column's end."""

    BROKEN = WORDS[:-1] + "-"

    def test_run(self):
        sheets = sound()
        sheets[0].paragraph(LEFT, 600, [self.BROKEN] * 3 + [WORDS])
        found = figures(*sheets)
        self.assertEqual(found["hyphens"], 3)
        self.assertEqual(found["hyphen_run"], 3)
        self.assertEqual(len(found["hyphen_runs"]), 1)
        self.assertEqual(found["hyphen_at_end"], 0)

    def test_runs_end_with_a_line_without(self):
        sheets = sound()
        sheets[0].paragraph(LEFT, 600, [self.BROKEN, self.BROKEN, WORDS, self.BROKEN, WORDS])
        self.assertEqual(figures(*sheets)["hyphen_run"], 2)

    def test_column_end(self):
        sheet = Sheet()
        sheet.paragraph(LEFT, TOP, [WORDS] * 9 + [self.BROKEN], last=None)
        sheet.paragraph(RIGHT, TOP, [WORDS] * 9)
        found = figures(sheet)
        self.assertEqual(found["hyphen_at_end"], 1)
        self.assertEqual(found["hyphen_run"], 1)

    def test_run_goes_on_in_the_next_column(self):
        sheet = Sheet()
        sheet.paragraph(LEFT, TOP, [WORDS] * 8 + [self.BROKEN] * 2, last=None)
        sheet.paragraph(RIGHT, TOP, [self.BROKEN] + [WORDS] * 8)
        self.assertEqual(figures(sheet)["hyphen_run"], 3)


class Ends(unittest.TestCase):
    """Runts, widows, orphans, stranded headings."""

    def test_runt(self):
        sheets = sound()
        # Seven letters are 3.5 em, eight are 4.
        sheets[0].paragraph(LEFT, 600, [WORDS] * 2, "gezegd.")
        sheets[0].paragraph(RIGHT, 600, [WORDS] * 2, "gezegde.")
        found = figures(*sheets)
        self.assertEqual(found["runts"], 1)
        self.assertFalse(found["runt_list"][0]["stub"])

    def test_stub(self):
        sheets = sound()
        sheets[0].paragraph(LEFT, 600, [WORDS, Hyphens.BROKEN], "verantwoordelijk.")
        sheets[0].paragraph(RIGHT, 600, [WORDS, WORDS], "verantwoordelijk.")
        found = figures(*sheets)
        self.assertEqual(found["runts"], 1)
        self.assertTrue(found["runt_list"][0]["stub"])

    def test_one_line_is_no_runt(self):
        sheets = sound()
        sheets[0].text(LEFT, 600, "Einde.")
        self.assertEqual(figures(*sheets)["runts"], 0)

    def test_text_below_a_heading_continues_nothing(self):
        sheet = Sheet()
        sheet.paragraph(LEFT, TOP, [WORDS] * 9, last=None)
        sheet.text(RIGHT, TOP, "18", size=30, font="B")
        sheet.text(RIGHT, TOP + LEADING, "gemeenten in het jaar")
        sheet.paragraph(RIGHT, TOP + 3 * LEADING, [WORDS] * 5)
        found = figures(sheet)
        self.assertEqual((found["widows"], found["orphans"]), (0, 0))

    def test_labels_and_cells_are_told_apart(self):
        sheets = sound()
        sheets[0].paragraph(LEFT, 600, [WORDS[:13]] * 4, "gezegd.", measure=66)
        for i in range(3):
            sheets[0].text(RIGHT, 600 + i * LEADING, ("Soort en het getal", "ja", "nee")[i])
            sheets[0].rect(RIGHT, 602 + i * LEADING, RIGHT + MEASURE, 602.5 + i * LEADING)
        found = figures(*sheets)
        self.assertEqual(found["runts"], 0)
        self.assertEqual(found["runts_in_labels"], 1)

    def split(self, before, after):
        """A paragraph with so many lines at the foot and at the head."""
        sheet = Sheet()
        y = sheet.paragraph(LEFT, TOP, [WORDS] * 5) + LEADING
        sheet.paragraph(LEFT, y, [WORDS] * before, last=None)
        y = sheet.paragraph(RIGHT, TOP, [WORDS] * (after - 1)) + LEADING
        sheet.paragraph(RIGHT, y, [WORDS] * 5)
        return figures(sheet)

    def test_split(self):
        found = self.split(2, 2)
        self.assertEqual((found["widows"], found["orphans"]), (0, 0))

    def test_widow(self):
        found = self.split(3, 1)
        self.assertEqual((found["widows"], found["orphans"]), (1, 0))

    def test_orphan(self):
        found = self.split(1, 3)
        self.assertEqual((found["widows"], found["orphans"]), (0, 1))

    def test_paragraphs_that_end_with_their_column(self):
        sheet = Sheet()
        y = sheet.paragraph(LEFT, TOP, [WORDS] * 5) + LEADING
        sheet.text(LEFT, y, SHORT + ".")
        y = sheet.paragraph(RIGHT, TOP, [WORDS]) + LEADING
        sheet.paragraph(RIGHT, y, [WORDS] * 5)
        found = figures(sheet)
        self.assertEqual((found["widows"], found["orphans"]), (0, 0))

    def heading(self, below):
        """A heading in the left column with so many lines below."""
        sheets = sound()
        sheets[0].text(LEFT, 600, "Innovatie", size=13, font="B")
        for i in range(below):
            sheets[0].justified(LEFT, 620 + i * LEADING)
        sheets[0].paragraph(RIGHT, 600, [WORDS] * 5)
        return figures(*sheets)

    def test_headings(self):
        self.assertEqual(self.heading(2)["headings"], 1)
        self.assertEqual(self.heading(2)["stranded"], 0)
        self.assertEqual(self.heading(1)["stranded"], 1)
        self.assertEqual(self.heading(0)["stranded"], 1)

    def test_a_title_below_does_not_count(self):
        sheets = sound()
        sheets[0].text(LEFT, 600, "Innovatie", size=13, font="B")
        sheets[0].text(LEFT, 630, "Een innovatief gewest", size=24, font="B")
        sheets[0].paragraph(LEFT, 650, [WORDS] * 5)
        self.assertEqual([f["text"] for f in figures(*sheets)["stranded_list"]], ["Innovatie"])

    def test_box_below_a_heading(self):
        sheets = sound()
        sheets[0].text(LEFT, 600, "Innovatie", size=13, font="B")
        sheets[0].rect(LEFT, 610, LEFT + MEASURE, 680)
        self.assertEqual(figures(*sheets)["stranded"], 0)


class Grid(unittest.TestCase):
    """The grid, feet and fill."""

    def test_off_grid(self):
        sheets = sound()
        sheets[0].paragraph(LEFT, 609, [WORDS] * 3)
        found = figures(*sheets)
        self.assertEqual(len(found["off_grid"]), 4)
        self.assertEqual(found["off_grid"][0]["off"], 5)
        self.assertEqual(found["grid_share"], 96)

    def test_facing_pages_share_a_grid(self):
        sheet = Sheet()
        sheet.paragraph(LEFT, TOP + 4, [WORDS] * 5)
        found = figures(*sound(), sheet)
        self.assertEqual(len(found["off_grid"]), 6)

    def test_columns_that_are_not_level(self):
        sheet = Sheet()
        sheet.paragraph(LEFT, TOP, [WORDS] * 5)
        sheet.paragraph(RIGHT, TOP + 3, [WORDS] * 5)
        found = figures(sheet)
        self.assertEqual(found["level_share"], 0)
        self.assertEqual(found["level_pairs"], 12)

    def test_feet(self):
        sheet = Sheet()
        sheet.paragraph(LEFT, TOP, [WORDS] * 9)
        sheet.paragraph(RIGHT, TOP, [WORDS] * 6)
        found = figures(sheet)
        self.assertEqual(found["foot_text"], 3 * LEADING)
        self.assertEqual(found["foot_ink"], 3 * LEADING)

    def test_feet_of_boxes(self):
        sheet = Sheet()
        sheet.paragraph(LEFT, TOP, [WORDS] * 9)
        y = sheet.paragraph(RIGHT, TOP, [WORDS] * 5)
        sheet.rect(RIGHT, y, RIGHT + MEASURE, 230)
        found = figures(sheet)
        self.assertEqual(found["foot_text"], 4 * LEADING)
        self.assertAlmostEqual(found["foot_ink"], 230 - (TOP + 9 * LEADING), 1)

    def test_an_empty_column(self):
        sheets = sound()
        sheet = Sheet()
        sheet.paragraph(LEFT, TOP, [WORDS] * 9)
        found = figures(*sheets, sheet)
        self.assertGreater(found["foot_text"], 9 * LEADING)

    def test_bands_are_told_apart_by_spanners(self):
        sheet = Sheet()
        sheet.paragraph(LEFT, TOP, [WORDS] * 9)
        sheet.paragraph(RIGHT, TOP, [WORDS] * 5)
        sheet.text(LEFT, 260, "Een innovatief en duurzaam gewest", size=24, font="B")
        for x in (LEFT, RIGHT):
            sheet.paragraph(x, 300, [WORDS] * 5)
        found = figures(sheet)
        bands = found["feet"][0]["bands"]
        self.assertEqual([b["text_difference"] for b in bands], [4 * LEADING, 0])
        self.assertEqual(found["foot_text"], 4 * LEADING)

    def test_a_drawing_is_one_thing(self):
        sheet = Sheet()
        for x in (LEFT, RIGHT):
            sheet.paragraph(x, TOP, [WORDS] * 5)
        # No stroke of it is wide, together they cross the gutter.
        for i in range(20):
            sheet.rect(LEFT + 25 * i, 200 + 3 * i, LEFT + 25 * (i + 1), 205 + 3 * i)
        for x in (LEFT, RIGHT):
            sheet.paragraph(x, 300, [WORDS] * 5)
        found = figures(sheet)
        self.assertEqual([b["ink_difference"] for b in found["feet"][0]["bands"]], [0, 0])

    def test_where_the_text_runs_on(self):
        first, second = sound()
        first.paragraph(LEFT, 600, [WORDS] * 3)
        self.assertGreater(figures(first, second)["foot_full"], 100)
        # A page that ends a segment is none of those.
        self.assertIsNone(figures(second, first)["foot_full"] or None)

    def test_fill(self):
        sheet = Sheet()
        for x in (LEFT, RIGHT):
            sheet.paragraph(x, TOP, [WORDS] * 4)
        found = figures(*sound(), sheet)
        # From the ascenders of the first line to the last baseline.
        area = 7.5 + 27 * LEADING - LEADING
        self.assertAlmostEqual(found["fill_least"], 100 * (7.5 + 4 * LEADING) / area, 0)


class Table(unittest.TestCase):
    """What is printed."""

    def test_each_row_has_a_figure(self):
        found = figures(*sound())
        for key, _, _ in measure.ROWS:
            self.assertIn(key, found)
        self.assertIn("| word gap, maximum", measure.table([found]))
        self.assertIn("fill: page 1", measure.faults(found))


if __name__ == "__main__":
    unittest.main()
