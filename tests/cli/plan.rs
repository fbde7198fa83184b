//! Which brochures a command line stands for.

use crate::harness::Folder;

#[test]
fn all_wrong_paths_are_told_at_once_with_hints() {
    let folder = Folder::new()
        .file("brochures/flevoland.toml", "")
        .file("brochures/themes/staal.toml", "kind = \"theme\"")
        .file("brochures/rows.csv", "province\n")
        .file("alone/campaign.toml", "kind = \"campaign\"")
        .file("empty/notes.txt", "");
    folder
        .run(&[
            "build",
            "brochures/flevolnd.toml",
            "nowhere",
            "brochures/themes/staal.toml",
            "brochures/rows.csv",
            "empty",
            "alone/campaign.toml",
        ])
        .status(2)
        .stdout("")
        .stderr(
            "error: no file or folder `brochures/flevolnd.toml`\n\
             \x20 = hint: did you mean `brochures/flevoland.toml`?\n\
             error: no file or folder `nowhere`\n\
             error: `brochures/themes/staal.toml` is a theme, not a brochure\n\
             \x20 = hint: name a brochure, a campaign file or a folder that holds brochures\n\
             error: `brochures/rows.csv` is a data table, not a brochure\n\
             \x20 = hint: name a brochure, a campaign file or a folder that holds brochures\n\
             error: no brochure in the folder `empty`\n\
             \x20 = hint: a brochure is a .toml file without `kind = \"campaign\"`, `\"theme\"` or \
             `\"data\"`\n\
             error: no brochure beside the campaign file `alone/campaign.toml` extends it\n\
             \x20 = hint: write `extends = \"campaign.toml\"` in the brochures beside it, or name a \
             folder\n",
        );
    assert!(folder.files("out").is_empty());
}

#[test]
fn two_brochures_for_one_file_are_wrong_use() {
    let folder = Folder::new().file("one/a.toml", "").file("two/a.toml", "");
    folder.run(&["build", "one/a.toml", "two", "--report", "facts"]).status(2).stdout("").stderr(
        "error: `one/a.toml` and `two/a.toml` would both be written to `out/a.print.pdf`\n\
         \x20 = hint: rename one of them, or build them with different `--out` folders\n",
    );
}
