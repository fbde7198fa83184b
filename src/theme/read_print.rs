//! What a theme says about printing: the press, spot inks, artwork, marks.

use super::looks::PrintLook;
use super::read::Reader;
use crate::assets::{Assets, IccProfile};
use crate::color::{Artwork, Color, Intent, PrintCondition, SpotInk, SpotName};
use crate::diag::{Code, Diagnostic, Files, Span};
use crate::source::{Fields, Node, Value, resolve};

/// The marks that a theme may ask for.
const MARKS: [&str; 5] = ["crop", "bleed", "registration", "color bar", "slug"];

impl Reader<'_> {
    /// The `[print]` table.
    pub(super) fn print(
        &mut self,
        mut fields: Fields<'_>,
        assets: &Assets,
        files: &Files,
    ) -> PrintLook {
        let own = self.profile(&mut fields, assets, files);
        let intent = fields.choice("intent", &Intent::NAMES, self.diags).unwrap_or_default();
        let percent = self.number(&mut fields, "ink_limit", 200.0, 400.0);
        let mut condition = PrintCondition { intent, ..PrintCondition::fogra39() };
        if percent > 0.0 {
            condition.ink_limit = (percent * 100.0).round() as u16;
        }
        fields.allow(&["condition"]);
        if let Some(profile) = own {
            let named = fields.required_text("condition", self.diags);
            if let Some(text) = named.filter(|text| text.as_str().trim().is_empty()) {
                self.diags.push(
                    Diagnostic::error(Code::BAD_VALUE, text.span(), "`condition` is empty")
                        .allowed("the name of the profile's print condition, such as \"FOGRA51\"")
                        .hint("the printer's preflight reads it from the PDF"),
                );
            }
            let named =
                named.map_or_else(|| "Custom".to_owned(), |text| text.as_str().trim().to_owned());
            condition.info.clone_from(&named);
            condition.identifier = named;
            condition.profile = profile;
        } else if let (Some(node), false) = (fields.node("condition"), fields.has("profile")) {
            self.diags.push(
                Diagnostic::error(
                    Code::BAD_VALUE,
                    node.span,
                    "`condition` names the print condition of a profile, and there is no `profile`",
                )
                .hint("give `profile` the path of the ICC profile, or leave `condition` out"),
            );
        }
        let rich_black = self.color_or_none(&mut fields, "rich_black");
        if let (Some(color), Some(node)) = (rich_black, fields.node("rich_black")) {
            self.rich_black(color, node, condition.ink_limit);
        }
        let artwork = self.artwork.clone();
        let mut look = PrintLook { condition, rich_black, artwork, ..PrintLook::default() };
        for text in fields.texts("marks", self.diags).unwrap_or_default() {
            match text.as_str() {
                "crop" => look.crop = true,
                "bleed" => look.bleed = true,
                "registration" => look.registration = true,
                "color bar" => look.color_bar = true,
                "slug" => look.slug = true,
                other => self.diags.push(
                    Diagnostic::error(
                        Code::BAD_VALUE,
                        text.span(),
                        format!("`marks` cannot have \"{other}\""),
                    )
                    .allowed(MARKS.join(", ")),
                ),
            }
        }
        fields.finish(self.diags);
        look
    }

    fn rich_black(&mut self, color: Color, node: &Node, limit: u16) {
        let fault = match color {
            Color::Cmyk(inks) if inks[3] < 10_000 => "has less than full black in it",
            Color::Cmyk(inks) if inks.iter().sum::<u16>() > limit => {
                "has more ink than `ink_limit`"
            }
            Color::Cmyk(_) => return,
            _ => "is not given in process inks",
        };
        self.diags.push(
            Diagnostic::error(Code::BAD_COLOR, node.span, format!("`rich_black` {fault}"))
                .allowed("full black over some of the other inks: \"cmyk(60, 40, 40, 100)\""),
        );
    }

    /// The profile that `profile` names, if it can be used.
    fn profile(
        &mut self,
        fields: &mut Fields<'_>,
        assets: &Assets,
        files: &Files,
    ) -> Option<IccProfile> {
        let name = fields.text("profile", self.diags)?;
        let path = resolve(files.get(name.span().file), name.as_str());
        let loaded = assets.profile(&path).map_err(|error| error.to_string());
        let checked = loaded.and_then(|profile| {
            PrintCondition::check(&profile).map(|()| profile).map_err(|error| error.to_string())
        });
        checked
            .map_err(|why| {
                let message = format!("the profile \"{}\" cannot be used: {why}", name.as_str());
                self.diags.push(
                    Diagnostic::error(Code::BAD_PROFILE, name.span(), message)
                        .allowed("the ICC profile of a press, for CMYK (class `prtr`)")
                        .hint(
                            "ask the printer for the profile, or leave `profile` out for FOGRA39",
                        ),
                );
            })
            .ok()
    }

    /// A colour given as a table, which may say what artwork it stands for: a spot
    /// colour `{ spot = "…", cmyk = "cmyk(…)" }`, process inks `{ cmyk = "cmyk(…)" }`,
    /// or any other colour, tints too, `{ color = "…" }`.
    pub(super) fn table_color(&mut self, node: &Node) -> Option<Color> {
        let spot = matches!(&node.value, Value::Table(table) if table.entries.iter().any(|e| e.key == "spot"));
        let what = if spot { "a spot colour" } else { "a colour" };
        let mut fields = Fields::of(node, what, self.diags)?;
        let color = if spot {
            self.spot(&mut fields)
        } else if fields.has("color") {
            self.color(&mut fields, "color")
        } else {
            self.process(&mut fields).map(Color::Cmyk)
        };
        let artwork = self.artwork_colors(&mut fields);
        fields.finish(self.diags);
        for (rgb, span) in artwork {
            // What cannot be read stands for nothing, and is reported already.
            let Some(color) = color else { continue };
            let first = self.artwork_spans.iter().find(|(other, _)| *other == rgb);
            match (self.artwork.color(rgb), first) {
                (known, Some((_, first))) if known != color => {
                    let [r, g, b] = rgb;
                    let message =
                        format!("artwork in #{r:02x}{g:02x}{b:02x} has another colour already");
                    self.diags.push(
                        Diagnostic::error(Code::BAD_COLOR, span, message)
                            .related(*first, "given here"),
                    );
                }
                (_, Some(_)) => {}
                (_, None) => {
                    self.artwork.set(rgb, color);
                    self.artwork_spans.push((rgb, span));
                }
            }
        }
        color
    }

    /// The sRGB colours of artwork that a colour stands for: one or a list.
    fn artwork_colors(&mut self, fields: &mut Fields<'_>) -> Vec<([u8; 3], Span)> {
        let Some(node) = fields.node("artwork") else { return Vec::new() };
        let nodes = match &node.value {
            Value::Array(nodes) => nodes.iter().collect(),
            _ => vec![node],
        };
        let mut found = Vec::new();
        for node in nodes {
            let Some(text) = crate::source::read::text(node, "artwork", self.diags) else {
                continue;
            };
            match text.as_str().trim().parse() {
                Ok(Color::Rgb(rgb)) => found.push((rgb, node.span)),
                _ => self.diags.push(
                    Diagnostic::error(
                        Code::BAD_COLOR,
                        node.span,
                        format!("`artwork`: \"{}\" is no sRGB colour", text.as_str()),
                    )
                    .allowed("the colour as it stands in the SVG, \"#005eb8\", or a list of such"),
                ),
            }
        }
        found
    }

    /// Process inks: `cmyk = "cmyk(…)"`.
    fn process(&mut self, fields: &mut Fields<'_>) -> Option<[u16; 4]> {
        fields.required("cmyk").and_then(|node| {
            let color = self.color_of(node, "cmyk")?;
            if let Color::Cmyk(inks) = color {
                return Some(inks);
            }
            self.diags.push(
                Diagnostic::error(Code::BAD_COLOR, node.span, "`cmyk` must be process inks")
                    .allowed("\"cmyk(100, 44, 0, 0)\""),
            );
            None
        })
    }

    /// A spot colour: `spot` names its ink, and `cmyk` what stands in for it.
    fn spot(&mut self, fields: &mut Fields<'_>) -> Option<Color> {
        let name = fields.required_text("spot", self.diags);
        let stand_in = self.process(fields);
        let name = name.and_then(|text| {
            SpotName::new(text.as_str())
                .map_err(|why| {
                    let message = format!("\"{}\" is no name of a spot ink: {why}", text.as_str());
                    self.diags.push(Diagnostic::error(Code::BAD_COLOR, text.span(), message));
                })
                .ok()
                .map(|name| (name, text.span()))
        });
        let ((name, span), alternate) = (name?, stand_in?);
        let ink = SpotInk { name, alternate };
        let twin = self.spots.iter().find(|(other, _)| other.name == name && *other != ink);
        if let Some((_, first)) = twin {
            self.diags.push(
                Diagnostic::error(
                    Code::BAD_COLOR,
                    span,
                    format!("the spot ink \"{name}\" has other stand-ins than before"),
                )
                .related(*first, "first given here")
                .hint("one ink is one plate: give it the same `cmyk` everywhere"),
            );
        } else if !self.spots.iter().any(|(other, _)| *other == ink) {
            self.spots.push((ink, span));
        }
        Some(Color::Spot { ink, tint: 10_000 })
    }
}

impl Default for PrintLook {
    fn default() -> PrintLook {
        PrintLook {
            condition: PrintCondition::fogra39(),
            rich_black: None,
            artwork: Artwork::new(),
            crop: false,
            bleed: false,
            registration: false,
            color_bar: false,
            slug: false,
        }
    }
}
