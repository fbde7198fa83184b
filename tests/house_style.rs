//! The house style of a campaign and its brochures: what each rule changes in
//! the author's words, wherever they stand.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use drukklaar::assets::Assets;
use drukklaar::diag::{Diagnostics, Files};
use drukklaar::model::*;
use drukklaar::source;

const TYPED: &str = "'Wij' -- de \\\"makers\\\"... kosten €40, € 4179 of 12500 km; \
    bel 06 - 531 03 896, 3439 NJ, o. a. dr. Vis";

/// Reads a brochure that extends a campaign.
fn read_both(campaign: &str, brochure: &str) -> Brochure {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("campaign.toml"), format!("kind = \"campaign\"\n{campaign}"))
        .unwrap();
    let path = folder.path().join("a.toml");
    std::fs::write(&path, format!("extends = \"campaign.toml\"\n{brochure}")).unwrap();
    let (mut files, mut diags) = (Files::new(), Diagnostics::new());
    let source = source::load(&path, &Assets::new(), &mut files, &mut diags).unwrap();
    let brochure = read(&source, false, &mut diags).unwrap();
    let found: Vec<_> = diags.iter().map(|d| &d.message).collect();
    assert!(found.is_empty(), "{found:?}");
    brochure
}

/// The text of the cover's title, a paragraph, a list entry, a caption and a
/// cell, which all hold [`TYPED`]; `~` for no-break spaces.
fn everywhere(campaign: &str, rules: &str) -> Vec<String> {
    let brochure = read_both(
        campaign,
        &format!(
            "{rules}\n[cover]\ntitle = \"{TYPED}\"\n[[chapter]]\ntitle = \"T\"\n\
             text = \"\"\"\n{}\n\n- {}\n\"\"\"\n\
             [[chapter.block]]\ntable = [[\"a\"], [\"{TYPED}\"]]\ntitle = \"{TYPED}\"\n",
            TYPED.replace("\\\"", "\""),
            TYPED.replace("\\\"", "\""),
        ),
    );
    let mut found = Vec::new();
    for section in &brochure.sections {
        match section {
            Section::Cover(cover) => found.push(cover.title.words()),
            Section::Chapter(chapter) => {
                for paragraph in &chapter.text {
                    match paragraph {
                        Paragraph::Text(rich) => found.push(rich.words()),
                        Paragraph::List { entries, .. } => {
                            let Paragraph::Text(rich) = &entries[0][0] else { panic!() };
                            found.push(rich.words());
                        }
                    }
                }
                let BlockKind::Table(table) = &chapter.blocks[0].kind else { panic!() };
                found.push(table.rows[0][0].words());
                found.push(table.title.as_ref().unwrap().words());
            }
            _ => panic!("{section:?}"),
        }
    }
    found.iter().map(|words| words.replace('\u{a0}', "~")).collect()
}

fn all_are(found: &[String], expected: &str) {
    assert_eq!(found.len(), 5);
    for words in found {
        assert_eq!(words, expected);
    }
}

#[test]
fn all_rules_are_on_wherever_words_stand() {
    let expected = "‘Wij’ – de “makers”… kosten €~40, €~4.179 of 12.500~km; \
        bel 06~-~531~03~896, 3439~NJ, o.~a. dr.~Vis";
    all_are(&everywhere("", ""), expected);
}

#[test]
fn all_rules_can_be_off() {
    let rules = "[house_style]\nquotes = \"straight\"\ndashes = false\nellipsis = false\n\
        numbers = false\neuro = false\nphone = false\npostcode = false\nabbreviations = false\n";
    all_are(&everywhere("", rules), &TYPED.replace("\\\"", "\""));
    all_are(&everywhere(rules, ""), &TYPED.replace("\\\"", "\""));
}

#[test]
fn a_brochure_overrides_its_campaign_key_by_key() {
    let campaign = "[house_style]\nquotes = \"double\"\neuro = false\ndashes = false\n";
    let found = everywhere(campaign, "[house_style]\ndashes = true\nquotes = \"single\"\n");
    let expected = "‘Wij’ – de ‘makers’… kosten €40, € 4.179 of 12.500~km; \
        bel 06~-~531~03~896, 3439~NJ, o.~a. dr.~Vis";
    all_are(&found, expected);
}

#[test]
fn other_languages_take_what_is_theirs() {
    let found = everywhere("language = \"en\"\n", "");
    let expected = "‘Wij’ – de “makers”… kosten €40, €~4179 of 12500~km; \
        bel 06 - 531 03 896, 3439 NJ, o.~a. dr. Vis";
    all_are(&found, expected);
}

#[test]
fn numbers_and_phone_keys_are_printed_the_way_of_the_house() {
    let brochure = |rules: &str| {
        read_both(
            rules,
            "[organisation]\nphone = \"0306053344\"\n[cover]\ntitle = \"T\"\n\
             [[chapter]]\ntitle = \"T\"\n[[chapter.block]]\n\
             stats = [{ value = 4179, label = \"a\" }]\n[back]\n\
             [[back.contact]]\nname = \"J. Vis\"\nphone = \"+31 6 53103896\"\n",
        )
    };
    let printed = |brochure: &Brochure| {
        let mut found = vec![brochure.organisation.phone.as_ref().unwrap().as_str().to_owned()];
        for section in &brochure.sections {
            match section {
                Section::Chapter(chapter) => {
                    let BlockKind::Stats(stats) = &chapter.blocks[0].kind else { panic!() };
                    found.push(stats.items[0].value.words());
                }
                Section::Back(back) => {
                    found.push(back.contacts[0].name.as_str().to_owned());
                    found.push(back.contacts[0].phone.as_ref().unwrap().as_str().to_owned());
                }
                _ => {}
            }
        }
        found.join("|").replace('\u{a0}', "~")
    };
    assert_eq!(printed(&brochure("")), "030~-~605~33~44|4.179|J.~Vis|+31~6~53103896");
    let off = "[house_style]\nnumbers = false\nphone = false\nabbreviations = false\n";
    assert_eq!(printed(&brochure(off)), "0306053344|4179|J. Vis|+31 6 53103896");
    let english = printed(&brochure("language = \"en\"\n"));
    assert_eq!(english, "0306053344|4,179|J.~Vis|+31~6~53103896");
}

#[test]
fn dutch_letters_and_initialisms_have_keys_of_their_own() {
    let brochure = |rules: &str| read_both(rules, "[cover]\ntitle = \"Aan het Ijsselmeer\"\n");
    let found = |brochure: &Brochure| {
        let Section::Cover(cover) = &brochure.sections[0] else { panic!() };
        (cover.title.words(), brochure.initialisms)
    };
    assert_eq!(found(&brochure("")), ("Aan het IJsselmeer".to_owned(), true));
    let off = brochure("[house_style]\nij = false\ninitialisms = false\n");
    assert_eq!(found(&off), ("Aan het Ijsselmeer".to_owned(), false));
    let german = brochure("language = \"de\"\n");
    assert_eq!(found(&german).0, "Aan het Ijsselmeer");
}
