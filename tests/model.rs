//! Reading of sound brochures: what is made of the words, and where they stand.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use drukklaar::assets::Assets;
use drukklaar::diag::{Diagnostics, Files};
use drukklaar::model::*;
use drukklaar::source;

struct Reading {
    files: Files,
    brochure: Brochure,
    diags: Diagnostics,
}

impl Reading {
    fn of(text: &str) -> Reading {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        std::fs::write(&path, text).unwrap();
        let mut files = Files::new();
        let mut diags = Diagnostics::new();
        let source = source::load(&path, &Assets::new(), &mut files, &mut diags).unwrap();
        let brochure = read(&source, false, &mut diags).unwrap();
        Reading { files, brochure, diags }
    }

    /// A brochure that lacks something still.
    fn draft(text: &str) -> Reading {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        std::fs::write(&path, text).unwrap();
        let (mut files, mut diags) = (Files::new(), Diagnostics::new());
        let source = source::load(&path, &Assets::new(), &mut files, &mut diags).unwrap();
        let brochure = read(&source, true, &mut diags).unwrap();
        assert!(brochure.draft && !diags.has_errors());
        Reading { files, brochure, diags }
    }

    /// A sound brochure.
    fn sound(text: &str) -> Reading {
        let reading = Reading::of(text);
        let found: Vec<_> = reading.diags.iter().map(|d| &d.message).collect();
        assert!(found.is_empty(), "{found:?}");
        reading
    }

    fn chapter(&self, number: usize) -> &Chapter {
        let mut chapters = self.brochure.sections.iter().filter_map(|section| match section {
            Section::Chapter(chapter) => Some(chapter),
            _ => None,
        });
        chapters.nth(number).unwrap()
    }

    fn block(&self, number: usize) -> &BlockKind {
        &self.chapter(0).blocks[number].kind
    }

    /// The runs as `line:column words`, with marks for their looks.
    fn runs(&self, rich: &Rich) -> Vec<String> {
        let run = |run: &RichRun| {
            let at = self.files.location(run.text.span());
            let marks = format!(
                "{}{}{}",
                if run.strong { "*" } else { "" },
                if run.emphasis { "/" } else { "" },
                run.link.as_ref().map(|l| format!("<{l}>")).unwrap_or_default()
            );
            format!("{}:{} {marks}{}", at.line, at.column, run.text.as_str())
        };
        rich.runs.iter().map(run).collect()
    }

    /// Running text as an outline.
    fn outline(&self, flow: &Flow, depth: usize, out: &mut Vec<String>) {
        for paragraph in flow {
            match paragraph {
                Paragraph::Text(rich) => out.push(format!("{depth} {}", rich.words())),
                Paragraph::List { start, entries } => {
                    for (i, entry) in entries.iter().enumerate() {
                        out.push(match start {
                            Some(first) => format!("{depth} {}.", first + i as u64),
                            None => format!("{depth} -"),
                        });
                        self.outline(entry, depth + 1, out);
                    }
                }
            }
        }
    }
}

const HEAD: &str = "[cover]\ntitle = \"T\"\n[[chapter]]\ntitle = \"K\"\n";

#[test]
fn runs_of_markdown_map_to_their_columns() {
    let reading = Reading::sound(&format!(
        "{HEAD}text = \"\"\"\nEerste *en* **vet**\nmet [een link](www.x.nl/a).\n\n\
         Tab\\t**\\u00e9\\u00e9n**, 3&nbsp;mm \\\\*ster* <info@x.nl>\"\"\"\n"
    ));
    let texts: Vec<_> = reading
        .chapter(0)
        .text
        .iter()
        .map(|p| match p {
            Paragraph::Text(rich) => reading.runs(rich),
            Paragraph::List { .. } => panic!(),
        })
        .collect();
    assert_eq!(
        texts[0],
        [
            "6:1 Eerste ",
            "6:9 /en",
            "6:12  ",
            "6:15 *vet",
            "6:20  met ",
            "7:6 <https://www.x.nl/a>een link",
            "7:27 .",
        ]
    );
    assert_eq!(
        texts[1],
        ["9:1 Tab\t", "9:8 *één", "9:23 , 3\u{a0}mm *ster* ", "9:45 <mailto:info@x.nl>info@x.nl",]
    );
    // Within a run each word keeps its own place.
    let Paragraph::Text(rich) = &reading.chapter(0).text[0] else { panic!() };
    let text = &rich.runs[4].text;
    let at = text.as_str().find("met").unwrap();
    let place = reading.files.location(text.span_of(at..at + 3));
    assert_eq!((place.line, place.column), (7, 1));
}

#[test]
fn lists_nest_and_lines_break() {
    let reading = Reading::sound(&format!(
        "{HEAD}text = '''\nVooraf:\n\n- een\n  - twee\n\n    drie\n- vier\n\n3. vijf\n4. zes\\\n   zeven  \n   acht\n'''\n"
    ));
    let mut outline = Vec::new();
    reading.outline(&reading.chapter(0).text, 0, &mut outline);
    assert_eq!(
        outline,
        [
            "0 Vooraf:",
            "0 -",
            "1 een",
            "1 -",
            "2 twee",
            "2 drie",
            "0 -",
            "1 vier",
            "0 3.",
            "1 vijf",
            "0 4.",
            "1 zes\u{2028}zeven\u{2028}acht",
        ]
    );
}

#[test]
fn inline_text_may_start_like_a_list() {
    let reading = Reading::sound(&format!(
        "{HEAD}[[chapter.block]]\nfacts = [\"1. Eén\", \"- *twee*\", \"# drie\", \"**\\\"vier\\\"**\", \"> 50%\", \"2024. Zo\"]\n"
    ));
    let BlockKind::Facts(facts) = reading.block(0) else { panic!() };
    let words: Vec<_> = facts.items.iter().map(Rich::words).collect();
    assert_eq!(words, ["1. Eén", "- twee", "# drie", "“vier”", "> 50%", "2024. Zo"]);
    assert!(facts.items[3].runs[0].strong);
}

#[test]
fn sections_stand_in_the_order_of_the_file() {
    let names = |text: &str| -> Vec<String> {
        let sections = Reading::sound(text).brochure.sections;
        let name = |section: &Section| match section {
            Section::Cover(cover) => cover.title.words(),
            Section::Contents(contents) => contents.title.words(),
            Section::Intro(_) => "intro".to_owned(),
            Section::Chapter(chapter) => chapter.title.words(),
            Section::Back(back) => back.title.as_ref().map(Rich::words).unwrap_or_default(),
        };
        sections.iter().map(name).collect()
    };
    let chapter = |title: &str| format!("[[chapter]]\ntitle = \"{title}\"\ntext = \"t\"\n");
    let back = "[back]\n[[back.contact]]\nname = \"N\"\n";
    let (cover, intro) = ("[cover]\ntitle = \"omslag\"\n", "[intro]\ntext = \"i\"\n");
    assert_eq!(
        names(&format!("{back}{}{intro}{}{cover}", chapter("a"), chapter("b"))),
        ["omslag", "a", "intro", "b", "Uw contactpersonen"]
    );
    assert_eq!(names(&format!("{cover}{intro}{}", chapter("a"))), ["omslag", "intro", "a"]);
}

#[test]
fn the_contents_stand_after_the_cover() {
    let contents = |text: &str| -> (usize, Contents) {
        let toml = format!(
            "{text}\n[[chapter]]\ntitle = \"K\"\ntext = \"t\"\n[intro]\ntext = \"i\"\n[cover]\ntitle = \"T\"\n"
        );
        let sections = Reading::sound(&toml).brochure.sections;
        let found = sections.into_iter().enumerate().find_map(|(index, section)| match section {
            Section::Contents(contents) => Some((index, contents)),
            _ => None,
        });
        found.unwrap()
    };
    for (lang, title) in [("nl", "Inhoud"), ("en", "Contents"), ("de", "Inhalt")] {
        let (index, contents) = contents(&format!("language = \"{lang}\"\n[contents]"));
        assert_eq!((index, contents.title.words().as_str()), (1, title));
        assert_eq!((contents.levels, contents.own_page), (1, false));
    }
    let words = "[words]\ncontents = \"In dit *boekje*\"\n[contents]\nlevels = 2\nown_page = true";
    let (_, set) = contents(words);
    assert_eq!((set.title.words().as_str(), set.levels, set.own_page), ("In dit boekje", 2, true));
    let (_, own) = contents(&format!("{words}\ntitle = \"Wat waar staat\""));
    assert_eq!(own.title.words(), "Wat waar staat");
}

#[test]
fn a_title_without_its_line_breaks_names_the_document() {
    let reading = Reading::sound(
        "[cover]\ntitle = \"Ruimte\\\\\\nom te *maken*\"\n[[chapter]]\ntitle = \"K\"\ntext = \"t\"\n",
    );
    assert_eq!(reading.brochure.meta.title, "Ruimte om te maken");
}

#[test]
fn defaults_follow_the_language() {
    let body = "[cover]\ntitle = \"T\"\n[[chapter]]\ntitle = \"K\"\n[[chapter.block]]\nrecommendations = [\"a\"]\n\
                [[chapter.block]]\nstats = [{ value = 4179, label = \"a\" }, { value = 12.5, label = \"b\" }]\nsource = \"*CBS*\"\n";
    for (tag, heading, value, source) in [
        ("nl", "Wat kan de provincie doen", "4.179 12,5", "Bron: CBS"),
        ("en", "What the province can do", "4,179 12.5", "Source: CBS"),
        ("de", "Was die Provinz tun kann", "4.179 12,5", "Quelle: CBS"),
    ] {
        let reading = Reading::sound(&format!("language = \"{tag}\"\n{body}"));
        let BlockKind::Recommendations(list) = reading.block(0) else { panic!() };
        assert_eq!(list.title.words(), heading);
        let BlockKind::Stats(stats) = reading.block(1) else { panic!() };
        let values: Vec<_> = stats.items.iter().map(|stat| stat.value.words()).collect();
        assert_eq!(values.join(" "), value);
        assert_eq!(stats.source.as_ref().map(Rich::words).as_deref(), Some(source));
        assert!(stats.source.as_ref().unwrap().runs[1].emphasis);
    }
    let reading =
        Reading::sound(&format!("[words]\nrecommendations = \"Doen\"\nsource = \"Uit\"\n{body}"));
    let BlockKind::Recommendations(list) = reading.block(0) else { panic!() };
    assert_eq!(reading.runs(&list.title), ["2:20 Doen"]);
}

#[test]
fn charts_are_sorted_and_printed() {
    let reading = Reading::sound(&format!(
        "{HEAD}[[chapter.block]]\nchart = \"bar\"\nalt = \"a\"\nunit = \" mln\"\n\
         data = [{{ label = \"a\", value = 1.5 }}, {{ label = \"b\", value = 1000 }}, {{ label = \"c\", value = 1000, highlight = true }}]\n\
         [[chapter.block]]\nchart = \"stacked\"\nalt = \"a\"\nseries = [\"x\", \"y\"]\n\
         data = [{{ label = \"a\", values = [1, 2] }}, {{ label = \"b\", values = [3, 4] }}]\n"
    ));
    let BlockKind::Chart(bar) = reading.block(0) else { panic!() };
    let rows: Vec<_> =
        bar.rows.iter().map(|r| format!("{} {}", r.label.as_str(), r.printed.join(" "))).collect();
    assert_eq!(rows, ["b 1.000", "c 1.000", "a 1,5"]);
    assert!(bar.rows[1].highlight);
    assert_eq!(bar.unit, "\u{a0}mln");
    let BlockKind::Chart(stacked) = reading.block(1) else { panic!() };
    assert_eq!(stacked.rows[0].label.as_str(), "a");
    assert_eq!(stacked.rows[1].values, [3.0, 4.0]);
}

#[test]
fn tables_align_figures_right_by_default() {
    let reading = Reading::sound(&format!(
        "{HEAD}[[chapter.block]]\ntable = [[\"Jaar\", \"Wie\"], [2023, \"a\"], [4179, \"\"]]\n"
    ));
    let BlockKind::Table(table) = reading.block(0) else { panic!() };
    assert_eq!(table.align, [TableAlign::Right, TableAlign::Left]);
    assert_eq!(table.rows[0][0].words(), "2023");
    assert_eq!(table.rows[1][0].words(), "4.179");
    assert_eq!(table.rows[1][1].words(), "");
}

#[test]
fn addresses_are_shown_without_scheme_and_called_with_it() {
    let reading = Reading::sound(&format!(
        "{HEAD}[[chapter.block]]\nlinks = [\"https://www.x.nl/\", {{ url = \"x.nl/a\", label = \"De 'a'\", qr = true }}]\n\
         [organisation]\nname = \"A 'b'\"\nphone = \"030 - 605 33 44\"\nwebsite = \"http://x.nl/\"\naddress = [\"Weg 1\", \"3439 NJ Plaats\"]\n"
    ));
    let BlockKind::Links(links) = reading.block(0) else { panic!() };
    assert_eq!(
        (links.items[0].shown.as_str(), &*links.items[0].url),
        ("www.x.nl", "https://www.x.nl/")
    );
    assert_eq!(reading.files.snippet(links.items[0].shown.span()), "www.x.nl");
    assert_eq!((links.items[1].shown.as_str(), &*links.items[1].url), ("x.nl/a", "https://x.nl/a"));
    assert_eq!(links.items[1].label.as_ref().unwrap().words(), "De ‘a’");
    let organisation = &reading.brochure.organisation;
    assert_eq!(organisation.name.as_ref().unwrap().as_str(), "A ‘b’");
    assert_eq!(organisation.website.as_ref().unwrap().as_str(), "x.nl");
    assert_eq!(
        organisation.phone.as_ref().unwrap().as_str(),
        "030\u{a0}-\u{a0}605\u{a0}33\u{a0}44"
    );
    assert_eq!(organisation.address[1].as_str(), "3439\u{a0}NJ Plaats");
    assert_eq!(reading.brochure.meta.title, "T");
    assert_eq!(reading.brochure.meta.author, "A ‘b’");
}

#[test]
fn quote_marks_around_a_quotation_are_left_out() {
    for written in ["'Zo is het.'", "\\\"Zo is het.\\\"", "“Zo is het.”", "Zo is het."] {
        let reading = Reading::sound(&format!("{HEAD}[[chapter.block]]\nquote = \"{written}\"\n"));
        let BlockKind::Quote(quote) = reading.block(0) else { panic!() };
        assert_eq!(quote.text.words(), "Zo is het.");
    }
}

#[test]
fn a_faulty_brochure_keeps_its_sound_parts() {
    let reading = Reading::of(&format!(
        "{HEAD}text = kaal\n[[chapter.block]]\nimage = \"x.svg\"\n[[chapter.block]]\nquot = \"x\"\n"
    ));
    let codes: Vec<_> = reading.diags.iter().map(|d| d.code.as_str()).collect();
    assert_eq!(codes, ["toml-syntax", "missing-alt", "unknown-block"]);
    assert!(matches!(reading.block(0), BlockKind::Image(image)
        if matches!(&image.source, ImageSource::File(path) if path.as_str() == "x.svg")));
}

#[test]
fn placeholders_take_the_place_of_images_and_figures() {
    let reading = Reading::draft(&format!(
        "{HEAD}[[chapter.block]]\nplaceholder = \"een 'lasser'\"\n\
         [[chapter.block]]\nplaceholder = \"een lijn\"\ndecorative = true\naspect = \"16:9\"\n\
         [[chapter.block]]\nplaceholder = \"een hal\"\nalt = \"Een hal\"\nfloat = true\n\
         [[chapter.block]]\nchart = \"stacked\"\nplaceholder = \"omzet\"\nwidth = \"page\"\n\
         [[chapter.block]]\nstats = [{{ placeholder = \"aantal\", label = \"leden\" }}]\n"
    ));
    let image = |number: usize| {
        let BlockKind::Image(image) = reading.block(number) else { panic!() };
        let ImageSource::Placeholder(placeholder) = &image.source else { panic!() };
        (placeholder.words.as_str(), placeholder.aspect, image.alt.as_str())
    };
    assert_eq!(image(0), ("een ‘lasser’", 1.5, "een ‘lasser’"));
    assert_eq!(image(1), ("een lijn", 16.0 / 9.0, ""));
    assert_eq!(image(2), ("een hal", 1.5, "Een hal"));
    assert!(reading.chapter(0).blocks[2].float);
    let BlockKind::Chart(chart) = reading.block(3) else { panic!() };
    let placeholder = chart.placeholder.as_ref().unwrap();
    assert_eq!((placeholder.words.as_str(), placeholder.aspect), ("omzet", 3.0));
    assert_eq!((chart.alt.as_str(), chart.rows.len()), ("omzet", 0));
    let BlockKind::Stats(stats) = reading.block(4) else { panic!() };
    assert!(matches!(&stats.items[0].value, StatValue::Placeholder(w) if w.as_str() == "aantal"));
    assert_eq!(reading.diags.warnings(), 5);
}

#[test]
fn words_to_be_written_stay_in_the_text_as_they_are_typed() {
    let reading = Reading::draft(&format!(
        "{HEAD}text = \"Een [[TODO **vet** woord]] en [[TODO]].\"\n\
         [[chapter.block]]\ntable = [[\"Jaar\", \"Leden\"], [2024, \"[[TODO]]\"], [2025, 12]]\n"
    ));
    let Paragraph::Text(rich) = &reading.chapter(0).text[0] else { panic!() };
    assert_eq!(rich.words(), "Een [[TODO vet woord]] en [[TODO]].");
    assert!(rich.runs[1].strong);
    let found: Vec<_> = reading.diags.iter().map(|d| reading.files.snippet(d.span)).collect();
    assert_eq!(found, ["[[TODO **vet** woord]]", "[[TODO]]", "[[TODO]]"]);
    // A figure that is still to come stands with the others.
    let BlockKind::Table(table) = reading.block(0) else { panic!() };
    assert_eq!(table.align, [TableAlign::Right, TableAlign::Right]);
}

#[test]
fn roles_and_taglines_have_markup() {
    let reading = Reading::sound(
        "language = \"nl\"\n[document]\ntitle = \"t\"\n[organisation]\nname = \"n\"\n\
         tagline = \"voor **allen**\"\n[[back.contact]]\nname = \"Jan\"\n\
         role = \"[lobby]{lang=en} bij [ons](https://www.example.nl)\"\n",
    );
    let tagline = reading.brochure.organisation.tagline.as_ref().unwrap();
    assert_eq!(reading.runs(tagline), ["6:12 voor ", "6:19 *allen"]);
    let Some(Section::Back(back)) = reading.brochure.sections.last() else { panic!() };
    let role = back.contacts[0].role.as_ref().unwrap();
    assert_eq!(role.runs[0].voice.lang, Some(drukklaar::base::Lang::En));
    assert_eq!(reading.runs(role)[2], "9:31 <https://www.example.nl>ons");
}
