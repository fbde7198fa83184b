//! Blocks made of numbers: stats, charts and tables.

use super::{Reader, markdown};
use crate::diag::{Code, Diagnostic, Span};
use crate::model::{
    Chart, ChartKind, ChartRow, Placeholder, Rich, Stat, StatValue, Stats, Table, TableAlign,
};
use crate::source::{Fields, Node, Text, Value, read, todo};

const CHARTS: [(&str, ChartKind); 4] = [
    ("bar", ChartKind::Bar),
    ("stacked", ChartKind::Stacked),
    ("pie", ChartKind::Pie),
    ("donut", ChartKind::Donut),
];

const ALIGNS: [(&str, TableAlign); 3] =
    [("left", TableAlign::Left), ("right", TableAlign::Right), ("center", TableAlign::Center)];

/// The proportions of the placeholder of a chart in a column and of one across the
/// page: width to height.
const COLUMN_ASPECT: f64 = 3.0 / 2.0;
const PAGE_ASPECT: f64 = 3.0;

/// Beyond this sum percentages cannot be parts of one whole; half a percent
/// is left for rounding.
const MOST_PERCENT: f64 = 100.5;

impl Reader<'_> {
    pub(super) fn stats(&mut self, mut fields: Fields<'_>) -> Option<Stats> {
        fields = fields.named("a stats block");
        let title = self.inline(&mut fields, "title");
        let source = self.source(&mut fields);
        let wide = self.wide(&mut fields);
        let node = fields.node("stats");
        let list = fields.list("stats", "a stat", self.diags);
        fields.finish(self.diags);
        if let Some(node) = node
            && let Value::Array(nodes) = &node.value
        {
            self.not_empty(nodes.len(), node.span, "stats");
            if nodes.len() > 4 {
                let message = format!("a stats block holds 4 numbers, not {}", nodes.len());
                self.diags.push(
                    Diagnostic::error(Code::BAD_VALUE, nodes[4].span, message)
                        .label("the fifth number")
                        .allowed("1 to 4 numbers")
                        .hint("spread them over two blocks"),
                );
            }
        }
        let items = list.into_iter().filter_map(|fields| self.stat(fields)).collect();
        Some(Stats { title, items, source, wide })
    }

    fn stat(&mut self, mut fields: Fields<'_>) -> Option<Stat> {
        let stand_in = self.stand_in(&mut fields, "value", "a number");
        let node = match fields.has("placeholder") {
            true => fields.node("value"),
            false => fields.required("value"),
        };
        let value = node.and_then(|node| match &node.value {
            Value::Text(text) if self.not_blank(text, "value") => {
                Some(markdown::bare(text, "value", &self.house, self.diags))
            }
            Value::Text(_) => None,
            _ => self
                .number(node, "value", "a number or text")
                .map(|(_, printed)| Rich::plain(printed)),
        });
        let value = stand_in.map(StatValue::Placeholder).or(value.map(StatValue::Printed));
        let label = self.required_inline(&mut fields, "label");
        fields.finish(self.diags);
        Some(Stat { value: value?, label })
    }

    /// A number and how it is printed; reports any other value.
    fn number(&mut self, node: &Node, key: &str, takes: &str) -> Option<(f64, Text)> {
        let printed = match node.value {
            Value::Int(value) => self.house.integer(value),
            Value::Float(value) if value.is_finite() => self.house.number(value),
            Value::Text(ref text) if todo::is_in(text.as_str()) => {
                let message = format!("`{key}` must be {takes}, not one that is still to come");
                self.diags.push(
                    Diagnostic::error(Code::WRONG_TYPE, node.span, message).hint(
                        "until all are there, write `placeholder = \"…\"` in place of `data`",
                    ),
                );
                return None;
            }
            Value::Float(_) | Value::Text(_) => {
                read::number(node, key, self.diags)?;
                return None;
            }
            Value::Faulty => return None,
            _ => {
                let message = format!("`{key}` must be {takes}, not {}", node.value.kind());
                self.diags
                    .push(Diagnostic::error(Code::WRONG_TYPE, node.span, message).allowed(takes));
                return None;
            }
        };
        let value = match node.value {
            Value::Int(value) => value as f64,
            Value::Float(value) => value,
            _ => return None,
        };
        Some((value, Text::made(printed, node.span)))
    }

    pub(super) fn chart(&mut self, mut fields: Fields<'_>) -> Option<Chart> {
        fields = fields.named("a chart block");
        let kind = fields.choice("chart", &CHARTS, self.diags);
        let title = self.inline(&mut fields, "title");
        let caption = self.inline(&mut fields, "caption");
        let source = self.source(&mut fields);
        let wide = self.wide(&mut fields);
        let unit = fields.text("unit", self.diags);
        if let Some(unit) = unit {
            self.todo(unit);
        }
        let unit = unit.map(|unit| unit.as_str().to_owned());
        let sort = fields.bool("sort", self.diags);
        let words = self.stand_in(&mut fields, "data", "a chart");
        let default = if wide { PAGE_ASPECT } else { COLUMN_ASPECT };
        let aspect = self.aspect(&mut fields).unwrap_or(default);
        let placeholder = words.map(|words| Placeholder { words, aspect });
        let stands_in = fields.has("placeholder");
        let alt = if stands_in && !fields.has("alt") {
            fields.allow(&["alt"]);
            let words = placeholder.as_ref().map(|placeholder| placeholder.words.clone());
            words.unwrap_or_else(|| Text::empty(fields.span()))
        } else {
            self.chart_alt(&mut fields)
        };
        let series = self.series(&mut fields, kind, !stands_in);
        let data = if stands_in { fields.node("data") } else { fields.required("data") };
        let list = fields.list("data", "a row of the chart", self.diags);
        fields.finish(self.diags);
        if let Some(Node { value: Value::Array(nodes), span }) = data {
            self.not_empty(nodes.len(), *span, "data");
        }
        let mut rows = Vec::new();
        let mut sound = kind.is_some() && !stands_in;
        for fields in list {
            match self.chart_row(fields, kind, &series) {
                Some(row) => rows.push(row),
                None => sound = false,
            }
        }
        let unit = unit.unwrap_or_default().replace(' ', "\u{a0}");
        let kind = kind?;
        if sound && !rows.is_empty() {
            let span = data.map_or(rows[0].span, |node| node.span);
            self.sums(kind, &rows, &unit, span);
        }
        if sort.unwrap_or(kind != ChartKind::Stacked) {
            // By size, and in the order of the file among equals.
            let total = |row: &ChartRow| row.values.iter().sum::<f64>();
            rows.sort_by(|a, b| total(b).total_cmp(&total(a)));
        }
        Some(Chart { kind, title, series, rows, placeholder, unit, caption, source, alt, wide })
    }

    fn chart_alt(&mut self, fields: &mut Fields<'_>) -> Text {
        let span = fields.span();
        let alt = fields.text("alt", self.diags);
        let entry = fields.table().get("alt");
        match alt.filter(|alt| !alt.as_str().trim().is_empty()) {
            Some(alt) => markdown::plain(alt, "alt", &self.house, self.diags),
            None => {
                if entry.is_none_or(|entry| !entry.node.is_faulty() && alt.is_some()) {
                    let at = fields.table().get("chart").map_or(span, |entry| entry.node.span);
                    let at = entry.map_or(at, |entry| entry.node.span);
                    self.missing_alt("the chart", at, false);
                }
                Text::empty(span)
            }
        }
    }

    /// The names of the series, which stacked bars have and no other chart.
    fn series(
        &mut self,
        fields: &mut Fields<'_>,
        kind: Option<ChartKind>,
        required: bool,
    ) -> Vec<Text> {
        let entry = fields.entry("series");
        match (kind, entry) {
            (Some(ChartKind::Stacked), None) if required => fields.missing("series"),
            (Some(ChartKind::Bar | ChartKind::Pie | ChartKind::Donut), Some(entry)) => {
                self.diags.push(
                    Diagnostic::error(
                        Code::BAD_CHART,
                        entry.key_span,
                        "only stacked bars have series",
                    )
                    .hint("write `chart = \"stacked\"`, or leave `series` out"),
                );
                return Vec::new();
            }
            _ => {}
        }
        let names = self.lines(fields, "series");
        if let (Some(ChartKind::Stacked), Some(entry), true) = (kind, entry, names.is_empty())
            && matches!(&entry.node.value, Value::Array(nodes) if nodes.is_empty())
        {
            self.not_empty(0, entry.node.span, "series");
        }
        names
    }

    fn chart_row(
        &mut self,
        mut fields: Fields<'_>,
        kind: Option<ChartKind>,
        series: &[Text],
    ) -> Option<ChartRow> {
        let span = fields.span();
        let label = self.required_words(&mut fields, "label");
        let highlight = fields.bool("highlight", self.diags).unwrap_or(false);
        let stacked = kind == Some(ChartKind::Stacked);
        let (key, other) = if stacked { ("values", "value") } else { ("value", "values") };
        if let (Some(stray), false, true) =
            (fields.table().get(other), fields.has(key), kind.is_some())
        {
            fields.allow(&["value", "values"]);
            let message = if stacked {
                "stacked bars take `values`, one number a series"
            } else {
                "this chart takes one `value` a row"
            };
            self.diags.push(Diagnostic::error(Code::BAD_CHART, stray.key_span, message));
            fields.finish(self.diags);
            return None;
        }
        fields.allow(if kind.is_some() { &[] } else { &["value", "values"] });
        let node = if kind.is_some() { fields.required(key) } else { None };
        fields.finish(self.diags);
        let node = node?;
        let nodes = if stacked {
            read::array(node, "values", self.diags)?
        } else {
            std::slice::from_ref(node)
        };
        let mut values = Vec::new();
        let mut printed = Vec::new();
        for node in nodes {
            let (value, words) = self.number(node, key, "a number")?;
            if value < 0.0 {
                let message = format!("a chart cannot show the negative number {}", words.as_str());
                self.diags.push(
                    Diagnostic::error(Code::BAD_CHART, node.span, message)
                        .allowed("zero or more")
                        .hint("show a fall in a table, or say it in the text"),
                );
                return None;
            }
            values.push(value);
            printed.push(words.as_str().to_owned());
        }
        if stacked && !series.is_empty() && values.len() != series.len() {
            let message = format!(
                "the row has {} {}, but there are {} series",
                values.len(),
                if values.len() == 1 { "value" } else { "values" },
                series.len()
            );
            let first = series[0].span().to(series[series.len() - 1].span());
            self.diags.push(
                Diagnostic::error(Code::BAD_CHART, node.span, message).related(first, "the series"),
            );
            return None;
        }
        Some(ChartRow { label, values, printed, highlight, span })
    }

    /// Checks the numbers of a chart as a whole.
    fn sums(&mut self, kind: ChartKind, rows: &[ChartRow], unit: &str, span: Span) {
        let total: f64 = rows.iter().flat_map(|row| &row.values).sum();
        if total <= 0.0 {
            self.diags.push(Diagnostic::error(
                Code::BAD_CHART,
                span,
                "all numbers of the chart are zero",
            ));
        }
        let whole = matches!(kind, ChartKind::Pie | ChartKind::Donut);
        if whole && unit.trim() == "%" && total > MOST_PERCENT {
            let message = format!(
                "the parts come to {}%, more than the whole",
                self.house.number((total * 100.0).round() / 100.0)
            );
            self.diags.push(
                Diagnostic::error(Code::BAD_CHART, span, message)
                    .hint("use bars if the parts overlap: `chart = \"bar\"`"),
            );
        }
    }

    pub(super) fn table(&mut self, mut fields: Fields<'_>) -> Option<Table> {
        fields = fields.named("a table block");
        let title = self.inline(&mut fields, "title");
        let source = self.source(&mut fields);
        let wide = self.wide(&mut fields);
        let rows = fields.array("table", self.diags);
        let span = fields.table().get("table").map_or(fields.span(), |entry| entry.node.span);
        let align = fields.array("align", self.diags);
        let align_span = fields.table().get("align").map_or(span, |entry| entry.node.span);
        fields.finish(self.diags);
        let aligns: Option<Vec<TableAlign>> = align.map(|nodes| {
            nodes
                .iter()
                .map(|node| {
                    read::choice(node, "align", &ALIGNS, self.diags).unwrap_or(TableAlign::Left)
                })
                .collect()
        });
        let nodes = rows?;
        if nodes.len() < 2 {
            let message = if nodes.is_empty() {
                "the table is empty"
            } else {
                "the table has a head and no rows"
            };
            self.diags.push(
                Diagnostic::error(Code::BAD_TABLE, span, message)
                    .allowed("a row of heads, then one row or more"),
            );
            return None;
        }
        let rows: Vec<Option<Vec<Cell>>> = nodes.iter().map(|node| self.row(node)).collect();
        let mut rows = rows.into_iter().zip(nodes);
        let (head, head_node) = rows.next()?;
        let head = head?;
        let mut body = Vec::new();
        for (row, node) in rows {
            let Some(row) = row else { continue };
            if row.len() != head.len() {
                let message =
                    format!("the row has {} cells, but the head has {}", row.len(), head.len());
                self.diags.push(
                    Diagnostic::error(Code::BAD_TABLE, node.span, message)
                        .related(head_node.span, "the head"),
                );
                continue;
            }
            body.push(row);
        }
        let align = match aligns {
            Some(aligns) if aligns.len() == head.len() => aligns,
            Some(aligns) => {
                let message =
                    format!("`align` has {} entries for {} columns", aligns.len(), head.len());
                self.diags.push(
                    Diagnostic::error(Code::BAD_TABLE, align_span, message)
                        .related(head_node.span, "the head"),
                );
                return None;
            }
            // Columns of nothing but figures are set right by default.
            None => (0..head.len())
                .map(|column| match body.iter().all(|row: &Vec<Cell>| row[column].figure) {
                    true if !body.is_empty() => TableAlign::Right,
                    _ => TableAlign::Left,
                })
                .collect(),
        };
        let words = |row: Vec<Cell>| row.into_iter().map(|cell| cell.words).collect();
        let (head, rows) = (words(head), body.into_iter().map(words).collect());
        Some(Table { title, head, rows, align, source, wide })
    }

    fn row(&mut self, node: &Node) -> Option<Vec<Cell>> {
        let nodes = read::array(node, "a row of the table", self.diags)?;
        if nodes.is_empty() {
            let finding = Diagnostic::error(Code::BAD_TABLE, node.span, "the row has no cells");
            self.diags.push(finding);
            return None;
        }
        nodes.iter().map(|node| self.cell(node)).collect()
    }

    /// A cell: text, which may be empty, or a number.
    fn cell(&mut self, node: &Node) -> Option<Cell> {
        match &node.value {
            Value::Text(text) if text.as_str().trim().is_empty() => {
                Some(Cell { words: Rich::plain(text.clone()), figure: false })
            }
            Value::Text(text) => {
                let words = markdown::inline(text, "a cell", &self.house, self.diags);
                let figure = words
                    .words()
                    .chars()
                    .all(|c| c.is_ascii_digit() || " \u{a0}.,%€+-–".contains(c))
                    && words.words().contains(|c: char| c.is_ascii_digit());
                // What is still to be written may become a figure.
                let figure = figure || todo::is_in(&words.words());
                Some(Cell { words, figure })
            }
            // A year, which is more common in a table than such a count.
            Value::Int(year @ 1900..=2100) => {
                let words = Rich::plain(Text::made(year.to_string(), node.span));
                Some(Cell { words, figure: true })
            }
            _ => {
                let (_, printed) = self.number(node, "a cell", "text or a number")?;
                Some(Cell { words: Rich::plain(printed), figure: true })
            }
        }
    }
}

/// A cell of a table.
struct Cell {
    words: Rich,
    /// Whether it holds a figure rather than words.
    figure: bool,
}
