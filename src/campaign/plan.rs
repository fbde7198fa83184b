//! From paths to jobs: which brochures are built, and into which files.

use super::Product;
use crate::assets::Assets;
use crate::diag::{Diagnostics, Files, nearest};
use crate::source::{self, FileKind};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io;
use std::path::{Component, Path, PathBuf};

/// What a plan is made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The folder that files are written to.
    pub out: PathBuf,
    /// What is made of each brochure.
    pub product: Product,
    /// The folder that layout reports are written to, if they are wanted.
    pub report: Option<PathBuf>,
}

/// A brochure to be built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The path of its files below the output folder, without suffix and with
    /// `/` between folders.
    pub name: String,
    /// The file, as given by the user.
    pub source: PathBuf,
    /// The path of the files to write, without suffix.
    pub stem: PathBuf,
    /// The layout report to write.
    pub report: Option<PathBuf>,
}

/// The brochures of a run, in the order in which they are reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The jobs.
    pub jobs: Vec<Job>,
    /// What is made of each brochure.
    pub product: Product,
}

/// Why a run cannot start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanError {
    /// There is no such file or folder; perhaps there is one by a like name.
    NotFound(PathBuf, Option<PathBuf>),
    /// The system refuses to read a file or folder, in its own words.
    Unreadable(PathBuf, String),
    /// A file that is no brochure was named.
    NotABrochure(PathBuf, FileKind),
    /// No brochure lies in a folder.
    NoBrochures(PathBuf),
    /// No brochure beside a campaign file extends it.
    NoneExtends(PathBuf),
    /// Two brochures would be written to the same file.
    Clash {
        /// The file.
        output: PathBuf,
        /// The brochure planned first.
        first: PathBuf,
        /// The brochure that comes in its way.
        second: PathBuf,
    },
}

impl PlanError {
    /// Whether the machine is to blame rather than the command line.
    pub fn is_machine(&self) -> bool {
        matches!(self, PlanError::Unreadable(..))
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            PlanError::NotFound(_, Some(like)) => Some(format!("did you mean `{}`?", show(like))),
            PlanError::NotFound(_, None) | PlanError::Unreadable(..) => None,
            PlanError::NotABrochure(..) => {
                Some("name a brochure, a campaign file or a folder that holds brochures".into())
            }
            PlanError::NoBrochures(_) => Some(
                "a brochure is a .toml file without `kind = \"campaign\"`, `\"theme\"` or `\"data\"`"
                    .into(),
            ),
            PlanError::NoneExtends(campaign) => Some(format!(
                "write `extends = \"{}\"` in the brochures beside it, or name a folder",
                campaign.file_name().unwrap_or_default().to_string_lossy()
            )),
            PlanError::Clash { .. } => {
                Some("rename one of them, or build them with different `--out` folders".into())
            }
        }
    }
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PlanError::NotFound(path, _) => write!(f, "no file or folder `{}`", show(path)),
            PlanError::Unreadable(path, why) => write!(f, "cannot read `{}`: {why}", show(path)),
            PlanError::NotABrochure(path, kind) => {
                let kind = match kind {
                    FileKind::Brochure => "brochure",
                    FileKind::Campaign => "campaign file",
                    FileKind::Theme => "theme",
                    FileKind::Data => "data table",
                };
                write!(f, "`{}` is a {kind}, not a brochure", show(path))
            }
            PlanError::NoBrochures(path) => write!(f, "no brochure in the folder `{}`", show(path)),
            PlanError::NoneExtends(path) => {
                write!(f, "no brochure beside the campaign file `{}` extends it", show(path))
            }
            PlanError::Clash { output, first, second } => write!(
                f,
                "`{}` and `{}` would both be written to `{}`",
                show(first),
                show(second),
                show(output)
            ),
        }
    }
}

impl std::error::Error for PlanError {}

/// A path as shown to the user, with `/` between folders on every system.
pub(crate) fn show(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace('\\', "/") }
}

impl Plan {
    /// The jobs that the paths ask for: a brochure is built itself, a campaign
    /// file stands for the brochures beside it that extend it, and a folder
    /// for all brochures in it and below it, whose folders are mirrored under
    /// the output folder. Files and folders whose names start with a dot are
    /// left out, and links to folders are not followed.
    ///
    /// # Errors
    /// All reasons why the run cannot start.
    pub fn new(
        paths: &[PathBuf],
        settings: &Settings,
        assets: &Assets,
    ) -> Result<Plan, Vec<PlanError>> {
        let mut planner = Planner { settings, assets, jobs: Vec::new(), errors: Vec::new() };
        for path in paths {
            planner.add(path);
        }
        planner.finish()
    }
}

/// A plan in the making.
struct Planner<'a> {
    settings: &'a Settings,
    assets: &'a Assets,
    jobs: Vec<Job>,
    errors: Vec<PlanError>,
}

impl Planner<'_> {
    /// Plans what a path stands for.
    fn add(&mut self, path: &Path) {
        match std::fs::metadata(path) {
            Ok(found) if found.is_dir() => self.add_folder(path),
            Ok(_) => match source::kind_of(path, self.assets) {
                FileKind::Brochure => self.add_brochure(path, Path::new("")),
                FileKind::Campaign => self.add_campaign(path),
                kind => self.errors.push(PlanError::NotABrochure(path.to_owned(), kind)),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.errors.push(PlanError::NotFound(path.to_owned(), alike(path)));
            }
            Err(error) => self.unreadable(path, &error),
        }
    }

    /// Plans all brochures in a folder and below.
    fn add_folder(&mut self, folder: &Path) {
        let before = (self.jobs.len(), self.errors.len());
        self.walk(folder, Path::new(""));
        if (self.jobs.len(), self.errors.len()) == before {
            self.errors.push(PlanError::NoBrochures(folder.to_owned()));
        }
    }

    /// Plans the brochures of a folder that lies at `below` under the one named.
    fn walk(&mut self, folder: &Path, below: &Path) {
        let entries = match toml_files_and_folders(folder) {
            Ok(entries) => entries,
            Err(error) => return self.unreadable(folder, &error),
        };
        for entry in entries {
            match entry {
                Found::Folder(path) => {
                    let below = below.join(path.file_name().unwrap_or_default());
                    self.walk(&path, &below);
                }
                Found::File(path) => {
                    if source::kind_of(&path, self.assets) == FileKind::Brochure {
                        self.add_brochure(&path, below);
                    }
                }
            }
        }
    }

    /// Plans the brochures beside a campaign file that extend it.
    fn add_campaign(&mut self, campaign: &Path) {
        let folder = folder_of(campaign);
        let entries = match toml_files_and_folders(&folder) {
            Ok(entries) => entries,
            Err(error) => return self.unreadable(&folder, &error),
        };
        let mut found = false;
        for entry in entries {
            let Found::File(path) = entry else { continue };
            let kind = source::kind_of(&path, self.assets);
            if kind == FileKind::Brochure && self.extends(&path, campaign) {
                self.add_brochure(&path, Path::new(""));
                found = true;
            }
        }
        if !found {
            self.errors.push(PlanError::NoneExtends(campaign.to_owned()));
        }
    }

    /// Whether a file extends a campaign file, possibly through others. What
    /// is wrong with the files is told when they are built.
    fn extends(&self, file: &Path, campaign: &Path) -> bool {
        let mut files = Files::new();
        source::load(file, self.assets, &mut files, &mut Diagnostics::new());
        let wanted = plain(campaign);
        files.iter().any(|file| plain(Path::new(file.name())) == wanted)
    }

    /// Plans a brochure whose files go to `below` under the output folder.
    fn add_brochure(&mut self, source: &Path, below: &Path) {
        let stem = below.join(source.file_stem().unwrap_or_default());
        let report = self.settings.report.as_ref().map(|folder| {
            let mut path = folder.join(&stem).into_os_string();
            path.push(".layout.json");
            path.into()
        });
        self.jobs.push(Job {
            name: show(&stem),
            source: source.to_owned(),
            stem: self.settings.out.join(&stem),
            report,
        });
    }

    /// The plan without doubles, or what is wrong with it.
    fn finish(mut self) -> Result<Plan, Vec<PlanError>> {
        let mut jobs = Vec::new();
        let mut seen = BTreeSet::new();
        // Names that differ in case only clash on some systems, so they do on all.
        let mut taken: BTreeMap<String, PathBuf> = BTreeMap::new();
        for job in self.jobs {
            if !seen.insert((plain(&job.source), job.name.clone())) {
                continue;
            }
            let first = taken.entry(job.name.to_lowercase()).or_insert_with(|| job.source.clone());
            if *first == job.source {
                jobs.push(job);
            } else {
                self.errors.push(PlanError::Clash {
                    output: self.settings.product.first_file(&job.stem),
                    first: first.clone(),
                    second: job.source,
                });
            }
        }
        if !self.errors.is_empty() {
            return Err(self.errors);
        }
        Ok(Plan { jobs, product: self.settings.product.clone() })
    }

    fn unreadable(&mut self, path: &Path, error: &io::Error) {
        self.errors.push(PlanError::Unreadable(path.to_owned(), error.to_string()));
    }
}

/// An entry of a folder.
enum Found {
    Folder(PathBuf),
    File(PathBuf),
}

/// The `.toml` files and the folders in a folder, by name.
fn toml_files_and_folders(folder: &Path) -> io::Result<Vec<Found>> {
    let mut names = std::fs::read_dir(folder)?
        .map(|entry| entry.map(|e| e.file_name()))
        .collect::<io::Result<Vec<_>>>()?;
    names.sort();
    let mut found = Vec::new();
    for name in names {
        if name.as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let path = if folder == Path::new("") { PathBuf::from(name) } else { folder.join(name) };
        if std::fs::symlink_metadata(&path).is_ok_and(|m| m.is_dir()) {
            found.push(Found::Folder(path));
        } else if path.extension().is_some_and(|e| e == "toml") && path.is_file() {
            found.push(Found::File(path));
        }
    }
    Ok(found)
}

/// The folder that a file lies in.
fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if folder != Path::new("") => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// A path by which the same file is always known: the system's canonical one,
/// or, where there is none, the path without `.`.
fn plain(path: &Path) -> PathBuf {
    std::fs::canonicalize(path)
        .unwrap_or_else(|_| path.components().filter(|c| *c != Component::CurDir).collect())
}

/// A path in the same folder with a name much like that of `path`.
fn alike(path: &Path) -> Option<PathBuf> {
    let wanted = path.file_name()?.to_str()?;
    let folder = folder_of(path);
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    let name = nearest(wanted, names.iter().map(String::as_str))?;
    Some(path.with_file_name(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::fake::folder;
    use crate::pdf::Profile;

    fn settings() -> Settings {
        let product = Product::Pdf(Profile::ALL.to_vec());
        Settings { out: PathBuf::from("out"), product, report: None }
    }

    /// Plans paths below a folder; names and sources, the latter below it too.
    fn plan(root: &Path, paths: &[&str]) -> Result<Vec<(String, String)>, Vec<PlanError>> {
        let paths: Vec<PathBuf> = paths.iter().map(|p| root.join(p)).collect();
        let plan = Plan::new(&paths, &settings(), &Assets::new())?;
        let below = |path: &Path| show(path.strip_prefix(root).unwrap());
        Ok(plan.jobs.iter().map(|job| (job.name.clone(), below(&job.source))).collect())
    }

    fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
        of.iter().map(|&(a, b)| (a.to_owned(), b.to_owned())).collect()
    }

    #[test]
    fn a_folder_gives_its_brochures_by_name_and_mirrors_folders() {
        let root = folder(&[
            ("in/b.toml", ""),
            ("in/a.toml", ""),
            ("in/deep/er/c.toml", ""),
            ("in/campaign.toml", "kind = \"campaign\""),
            ("in/themes/staal.toml", "kind = \"theme\""),
            ("in/rows.toml", "kind = \"data\""),
            ("in/rows.csv", "a,b"),
            ("in/notes.txt", ""),
            ("in/.hidden.toml", ""),
            ("in/.git/x.toml", ""),
        ]);
        assert_eq!(
            plan(root.path(), &["in"]).unwrap(),
            pairs(&[("a", "in/a.toml"), ("b", "in/b.toml"), ("deep/er/c", "in/deep/er/c.toml")])
        );
    }

    #[test]
    fn outputs_stand_below_the_output_folder() {
        let root = folder(&[("in/deep/c.toml", "")]);
        let paths = [root.path().join("in")];
        let plan = Plan::new(&paths, &settings(), &Assets::new()).unwrap();
        assert_eq!(show(&plan.jobs[0].stem), "out/deep/c");
    }

    #[test]
    fn paths_keep_their_order_and_a_brochure_named_twice_is_built_once() {
        let root = folder(&[("in/b.toml", ""), ("in/a.toml", "")]);
        assert_eq!(
            plan(root.path(), &["in/b.toml", "in", "in/./b.toml"]).unwrap(),
            pairs(&[("b", "in/b.toml"), ("a", "in/a.toml")])
        );
    }

    #[test]
    fn two_brochures_for_one_file_are_named_both() {
        let root = folder(&[("one/a.toml", ""), ("two/A.toml", ""), ("two/b.toml", "")]);
        let errors = plan(root.path(), &["one", "two"]).unwrap_err();
        assert_eq!(
            errors,
            [PlanError::Clash {
                output: PathBuf::from("out/A.print.pdf"),
                first: root.path().join("one/a.toml"),
                second: root.path().join("two/A.toml"),
            }]
        );
    }

    #[test]
    fn a_campaign_file_stands_for_the_brochures_that_extend_it() {
        let root = folder(&[
            ("in/campaign.toml", "kind = \"campaign\""),
            ("in/other.toml", "kind = \"campaign\""),
            ("in/middle.toml", "kind = \"campaign\"\nextends = \"campaign.toml\""),
            ("in/a.toml", "extends = \"campaign.toml\""),
            ("in/b.toml", "extends = \"./middle.toml\""),
            ("in/c.toml", "extends = \"other.toml\""),
            ("in/d.toml", ""),
            ("in/e.toml", "extends = \"e.toml\""),
            ("in/below/f.toml", "extends = \"../campaign.toml\""),
        ]);
        assert_eq!(
            plan(root.path(), &["in/campaign.toml"]).unwrap(),
            pairs(&[("a", "in/a.toml"), ("b", "in/b.toml")])
        );
    }

    #[test]
    fn all_reasons_are_told_at_once() {
        let root = folder(&[
            ("flevoland.toml", ""),
            ("alone/campaign.toml", "kind = \"campaign\""),
            ("staal.toml", "kind = \"theme\""),
            ("empty/notes.txt", ""),
        ]);
        let at = |path: &str| root.path().join(path);
        let errors = plan(
            root.path(),
            &["flevolnd.toml", "nowhere", "staal.toml", "empty", "alone/campaign.toml"],
        )
        .unwrap_err();
        assert_eq!(
            errors,
            [
                PlanError::NotFound(at("flevolnd.toml"), Some(at("flevoland.toml"))),
                PlanError::NotFound(at("nowhere"), None),
                PlanError::NotABrochure(at("staal.toml"), FileKind::Theme),
                PlanError::NoBrochures(at("empty")),
                PlanError::NoneExtends(at("alone/campaign.toml")),
            ]
        );
    }
}
