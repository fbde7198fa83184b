//! Theme TOML to resolved looks.

use super::fonts::Families;
use super::looks::*;
use super::read_styles::StyleReader;
use super::styled::{BoxLook, Sign};
use crate::assets::Assets;
use crate::base::{Abs, Lang, Ratio, Sides, Size};
use crate::color::{Artwork, Color, SpotInk};
use crate::diag::{Code, Diagnostic, Diagnostics, Files, Span, nearest};
use crate::source::{Fields, Node, Table, Value};
use std::collections::BTreeMap;

/// Resolves a merged theme table. Returns nothing only if no font can be had.
pub(super) fn read(
    root: &Table,
    span: Span,
    lang: Lang,
    initialisms: bool,
    assets: &Assets,
    files: &Files,
    diags: &mut Diagnostics,
) -> Option<Looks> {
    let mut top = Fields::from_table(root, span, "a theme");
    top.allow(&["kind", "extends", "name"]);
    let mut page_fields = section(&mut top, "page", "the page", diags);
    let grid = section(&mut top, "grid", "the grid", diags);
    let colors = section(&mut top, "colors", "the colours", diags);
    let fonts = section(&mut top, "fonts", "the fonts", diags);
    let styles = section(&mut top, "styles", "the styles", diags);
    let print = section(&mut top, "print", "printing", diags);
    let mut preflight = section(&mut top, "preflight", "the checks before printing", diags);
    let mut reader = Reader::new(BTreeMap::new(), diags);
    reader.read_colors(&colors);
    // The bleed and its limit: the place is that of the one that the author gives.
    let bleeds =
        [page_fields.node("bleed"), preflight.node("bleed")].map(|node| node.map(|n| n.span));
    let mut limits = reader.limits(preflight, files);
    let own = |span: &Span| !files.get(span.file).is_built_in();
    limits.bleed_at = bleeds.into_iter().flatten().find(own).or(bleeds[0]);
    limits.swatches = reader.swatches(&colors);
    let families = Families::read(&fonts, assets, files, reader.diags);
    let page = reader.page(page_fields, grid);
    let spare = families.fallbacks().next().cloned().or_else(|| assets.any_font())?;
    let styles = StyleReader::read(&mut reader, &families, &styles, lang, initialisms, spare);
    let looks = Looks {
        page,
        styles,
        text: reader.text(&mut top),
        cover: reader.cover(&mut top),
        chapter: reader.chapter(&mut top),
        recommendations: reader.list_box(&mut top, "recommendations", "the recommendations box"),
        facts: reader.list_box(&mut top, "facts", "the facts box"),
        facts_reversed: reader.list_box(&mut top, "facts_reversed", "the reversed facts box"),
        callout: reader.list_box(&mut top, "callout", "the callout").look,
        stats: reader.rule(&mut top, "stats", "the stats"),
        quote: reader.rule(&mut top, "quote", "the pull quote"),
        table: reader.rule(&mut top, "table", "the tables"),
        chart: reader.chart(&mut top),
        back: reader.back(&mut top),
        print: reader.print(print, assets, files),
        library: families.library(assets),
        limits,
        lang,
    };
    top.finish(reader.diags);
    Some(looks)
}

/// A table of the theme; the default theme holds every one of them.
fn section<'a>(
    top: &mut Fields<'a>,
    key: &'static str,
    what: &'static str,
    diags: &mut Diagnostics,
) -> Fields<'a> {
    static EMPTY: Table = Table { entries: Vec::new() };
    let span = top.span();
    top.fields(key, what, diags).unwrap_or_else(|| Fields::from_table(&EMPTY, span, what))
}

/// The least width of the narrowest column, in mm; with less, hardly a word fits.
const MIN_COLUMN: f64 = 20.0;
/// The least height of a page's text, in mm.
const MIN_HEIGHT: f64 = 60.0;

/// Reads values of a theme; its colours are known by name once read.
pub(super) struct Reader<'d> {
    colors: BTreeMap<String, Color>,
    /// The spot inks so far, with the place of their name.
    pub(super) spots: Vec<(SpotInk, Span)>,
    /// What artwork is printed with instead of its own colours.
    pub(super) artwork: Artwork,
    /// The places of those colours.
    pub(super) artwork_spans: Vec<([u8; 3], Span)>,
    pub(super) diags: &'d mut Diagnostics,
}

impl<'d> Reader<'d> {
    fn new(colors: BTreeMap<String, Color>, diags: &'d mut Diagnostics) -> Reader<'d> {
        let (spots, artwork_spans) = (Vec::new(), Vec::new());
        Reader { colors, spots, artwork: Artwork::new(), artwork_spans, diags }
    }
}

impl Reader<'_> {
    fn read_colors(&mut self, fields: &Fields<'_>) {
        // Colours may be made of others, in any order.
        let entries = &fields.table().entries;
        for _ in entries {
            let colors = self.colors.clone();
            let mut nowhere = Diagnostics::new();
            let mut quiet = Reader::new(colors, &mut nowhere);
            let known = quiet.colors.len();
            for entry in entries {
                if let Some(color) = quiet.named(&entry.node, &entry.key) {
                    quiet.colors.insert(entry.key.clone(), color);
                }
            }
            let settled = quiet.colors.len() == known;
            self.colors = quiet.colors;
            if settled {
                break;
            }
        }
        for entry in &fields.table().entries {
            // A colour that cannot be read still has its name, so that the
            // places that use it are not reported as well.
            let color = self.named(&entry.node, &entry.key).unwrap_or(Color::BLACK);
            self.colors.insert(entry.key.clone(), color);
        }
    }

    /// A colour of the theme, by its name.
    pub(super) fn color_by_name(&self, name: &str) -> Option<Color> {
        self.colors.get(name).copied()
    }

    /// A colour of `[colors]`: like any other, or a table.
    fn named(&mut self, node: &Node, key: &str) -> Option<Color> {
        match &node.value {
            Value::Table(_) => self.table_color(node),
            _ => self.color_of(node, key),
        }
    }

    /// A colour: a name of the theme or a literal, with an optional tint.
    pub(super) fn color_of(&mut self, node: &Node, key: &str) -> Option<Color> {
        let text = crate::source::read::text(node, key, self.diags)?;
        let words = text.as_str().trim();
        let (base, tint) = match words.strip_suffix('%').and_then(|w| w.rsplit_once(' ')) {
            Some((base, percent)) => (base.trim(), percent.parse::<f64>().ok()),
            None => (words, Some(100.0)),
        };
        let color = match self.colors.get(base) {
            Some(color) => Some(*color),
            None => base.parse().ok(),
        };
        match (color, tint.filter(|t| (0.0..=100.0).contains(t))) {
            (Some(color), Some(100.0)) => Some(color),
            (Some(color), Some(tint)) => Some(color.tint(Ratio::percent(tint))),
            _ => {
                let names = self.colors.keys().map(String::as_str);
                let mut finding = Diagnostic::error(
                    Code::BAD_COLOR,
                    text.span(),
                    format!("`{key}`: \"{words}\" is no colour"),
                )
                .allowed(format!(
                    "\"#00497a\", \"rgb(0, 73, 122)\", \"cmyk(100, 60, 10, 30)\", \
                     \"lab(30, -2, -35)\", or a colour of the theme ({}), each with a tint if wanted: \"brand 14%\"",
                    names.clone().collect::<Vec<_>>().join(", ")
                ));
                if color.is_some() {
                    finding = finding.hint("a tint is a number from 0% to 100%");
                } else if let Some(near) = nearest(base, names) {
                    finding = finding.hint(format!("did you mean \"{near}\"?"));
                }
                self.diags.push(finding);
                None
            }
        }
    }

    pub(super) fn color(&mut self, fields: &mut Fields<'_>, key: &'static str) -> Option<Color> {
        let node = fields.node(key)?;
        self.color_of(node, key)
    }

    /// The colour of something that a theme may leave out with `"none"`.
    pub(super) fn color_or_none(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
    ) -> Option<Color> {
        let node = fields.node(key)?;
        match &node.value {
            Value::Text(text) if text.as_str() == "none" => None,
            _ => self.color_of(node, key),
        }
    }

    /// A number within bounds.
    pub(super) fn number(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
        low: f64,
        high: f64,
    ) -> f64 {
        let Some(node) = fields.node(key) else { return low.max(0.0) };
        let Some(value) = crate::source::read::number(node, key, self.diags) else { return low };
        if (low..=high).contains(&value) {
            return value;
        }
        self.diags.push(
            Diagnostic::error(Code::BAD_VALUE, node.span, format!("`{key}` cannot be {value}"))
                .allowed(format!("{low} to {high}")),
        );
        low
    }

    fn page(&mut self, mut page: Fields<'_>, mut grid: Fields<'_>) -> PageLook {
        let size = page.array("size", self.diags).and_then(|nodes| {
            let numbers: Vec<Option<f64>> = nodes
                .iter()
                .map(|node| crate::source::read::number(node, "size", self.diags))
                .collect();
            let numbers: Vec<f64> = numbers.into_iter().collect::<Option<_>>()?;
            Some(<[f64; 2]>::try_from(numbers).unwrap_or_default())
        });
        let (width, height) = match size {
            Some([w, h]) if (90.0..=1000.0).contains(&w) && (90.0..=1000.0).contains(&h) => (w, h),
            Some(_) => {
                let at = page.node("size").map_or(page.span(), |node| node.span);
                self.diags.push(
                    Diagnostic::error(Code::BAD_VALUE, at, "`size` must be width and height in mm")
                        .allowed("two numbers from 90 to 1000: [210, 297]"),
                );
                (210.0, 297.0)
            }
            // The value is of another type, which has been reported.
            None => (210.0, 297.0),
        };
        let mut mm = |key, low, high| Abs::mm(self.number(&mut page, key, low, high));
        let bleed = mm("bleed", 0.0, 20.0);
        let gutter = mm("gutter", 2.0, 40.0);
        let margins = Sides {
            top: mm("top", 5.0, 80.0),
            bottom: mm("bottom", 5.0, 80.0),
            left: mm("inner", 5.0, 80.0),
            right: mm("outer", 5.0, 80.0),
        };
        let leading = Abs::pt(self.number(&mut grid, "leading", 6.0, 40.0));
        let (margins, gutter) =
            self.room(&mut page, Size::new(Abs::mm(width), Abs::mm(height)), margins, gutter);
        page.finish(self.diags);
        grid.finish(self.diags);
        let trim = Size::new(Abs::mm(width), Abs::mm(height));
        let rows = (trim.height - margins.vertical()).to_sp() / leading.to_sp().max(1);
        PageLook {
            trim,
            bleed,
            margins,
            gutter,
            leading,
            baseline: leading * 3i64 / 4,
            rows: rows.max(1),
        }
    }

    /// Margins and gutter, if they leave room for text on the page.
    fn room(
        &mut self,
        page: &mut Fields<'_>,
        trim: Size,
        margins: Sides,
        gutter: Abs,
    ) -> (Sides, Abs) {
        let column = (trim.width - margins.horizontal() - gutter * 2i64) / 3;
        let height = trim.height - margins.vertical();
        if column >= Abs::mm(MIN_COLUMN) && height >= Abs::mm(MIN_HEIGHT) {
            return (margins, gutter);
        }
        let at = page.node("size").map_or(page.span(), |node| node.span);
        self.diags.push(
            Diagnostic::error(
                Code::BAD_VALUE,
                at,
                format!(
                    "the margins leave a third of {:.0} mm and a height of {:.0} mm for text",
                    column.to_mm(),
                    height.to_mm()
                ),
            )
            .allowed(format!(
                "three columns of {MIN_COLUMN} mm or more, {MIN_HEIGHT} mm or more high"
            ))
            .hint(
                "make the page larger, or `inner`, `outer`, `gutter`, `top` and `bottom` smaller",
            ),
        );
        // Goes on with a page on which the rest can be checked.
        let side = trim.width.min(trim.height) / 20;
        (Sides { top: side, bottom: side, left: side, right: side }, Abs::mm(2.0))
    }

    fn sign(&mut self, fields: &mut Fields<'_>) -> Sign {
        let signs = [("square", Sign::Square), ("arrow", Sign::Arrow), ("dash", Sign::Dash)];
        fields.choice("sign", &signs, self.diags).unwrap_or(Sign::Square)
    }

    fn text(&mut self, top: &mut Fields<'_>) -> TextLook {
        let mut fields = section(top, "text", "running text", self.diags);
        let look = TextLook {
            sign: self.sign(&mut fields),
            sign_color: self.color(&mut fields, "sign_color").unwrap_or(Color::BLACK),
            list_indent: Abs::pt(self.number(&mut fields, "list_indent", 4.0, 60.0)),
        };
        fields.finish(self.diags);
        look
    }

    fn cover(&mut self, top: &mut Fields<'_>) -> CoverLook {
        let mut fields = section(top, "cover", "the cover", self.diags);
        let look = CoverLook {
            ground: self.color(&mut fields, "ground").unwrap_or(Color::WHITE),
            panel: self.color(&mut fields, "panel").unwrap_or(Color::WHITE),
            accent: self.color(&mut fields, "accent").unwrap_or(Color::BLACK),
            panel_width: Abs::mm(self.number(&mut fields, "panel_width", 40.0, 1000.0)),
            panel_height: Abs::mm(self.number(&mut fields, "panel_height", 40.0, 1000.0)),
        };
        fields.finish(self.diags);
        look
    }

    fn chapter(&mut self, top: &mut Fields<'_>) -> ChapterLook {
        let mut fields = section(top, "chapter", "chapter openings", self.diags);
        let look = ChapterLook {
            new_page: fields.bool("new_page", self.diags).unwrap_or(true),
            rule: self.color(&mut fields, "rule").unwrap_or(Color::BLACK),
            rule_size: Size::new(
                Abs::pt(self.number(&mut fields, "rule_width", 0.0, 1000.0)),
                Abs::pt(self.number(&mut fields, "rule_height", 0.0, 12.0)),
            ),
            air: self.number(&mut fields, "air", 0.0, 20.0) as i64,
        };
        fields.finish(self.diags);
        look
    }

    fn list_box(
        &mut self,
        top: &mut Fields<'_>,
        key: &'static str,
        what: &'static str,
    ) -> ListBoxLook {
        let mut fields = section(top, key, what, self.diags);
        let fill = self.color_or_none(&mut fields, "fill");
        let frame = self.color_or_none(&mut fields, "frame");
        let bar = self.color_or_none(&mut fields, "bar");
        let rules = self.color_or_none(&mut fields, "rules");
        let tab = self.color_or_none(&mut fields, "tab");
        let sign_color = self.color(&mut fields, "sign_color").unwrap_or(Color::BLACK);
        let mut pt = |key| Abs::pt(self.number(&mut fields, key, 0.0, 60.0));
        let (frame_width, bar_width) = (pt("frame_width"), pt("bar_width"));
        let (rule_width, padding) = (pt("rule_width"), pt("padding"));
        let has_sign = fields.has("sign");
        let sign = if has_sign { self.sign(&mut fields) } else { Sign::Square };
        fields.allow(&["sign"]);
        fields.finish(self.diags);
        ListBoxLook {
            look: BoxLook {
                fill,
                frame: frame.map(|color| (color, frame_width)),
                bar: bar.map(|color| (color, bar_width)),
                rules: rules.map(|color| (color, rule_width)),
                padding,
                tab,
            },
            sign,
            sign_color,
        }
    }

    fn rule(&mut self, top: &mut Fields<'_>, key: &'static str, what: &'static str) -> RuleLook {
        let mut fields = section(top, key, what, self.diags);
        let look = self.rule_in(&mut fields);
        fields.finish(self.diags);
        look
    }

    fn rule_in(&mut self, fields: &mut Fields<'_>) -> RuleLook {
        RuleLook {
            color: self.color(fields, "rule").unwrap_or(Color::BLACK),
            width: Abs::pt(self.number(fields, "rule_width", 0.0, 12.0)),
        }
    }

    fn chart(&mut self, top: &mut Fields<'_>) -> ChartLook {
        let mut fields = section(top, "chart", "the charts", self.diags);
        let accent = self.color(&mut fields, "accent").unwrap_or(Color::BLACK);
        let others = fields.array("others", self.diags).unwrap_or_default();
        let others = others.iter().filter_map(|node| self.color_of(node, "others")).collect();
        let separator = RuleLook {
            color: self.color(&mut fields, "separator").unwrap_or(Color::WHITE),
            width: Abs::pt(self.number(&mut fields, "separator_width", 0.0, 6.0)),
        };
        fields.finish(self.diags);
        ChartLook { accent, others, separator }
    }

    fn back(&mut self, top: &mut Fields<'_>) -> BackLook {
        let mut fields = section(top, "back", "the back page", self.diags);
        let panel = self.color(&mut fields, "panel").unwrap_or(Color::WHITE);
        let rule = self.rule_in(&mut fields);
        fields.finish(self.diags);
        BackLook { panel, rule }
    }
}
