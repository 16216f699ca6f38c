//! The brand kit: from one logo, every file that a launch needs, in one zip.
//!
//! [`Kit::new`] makes the plan: what files there will be, how large, what for. [`Kit::file`] makes
//! one of them, by itself and in any order; [`Kit::zip`] puts files together, always to the same
//! bytes. What the platforms ask for stands in one file each, and for social networks in a table
//! ([`social`]).

mod android;
mod apple;
mod archive;
mod circle;
mod contrast;
mod effects;
mod email;
mod item;
mod make;
mod manifest;
mod names;
mod options;
mod picture;
mod pixel_grid;
mod place;
mod readme;
pub mod social;
mod subject;
mod symbol;
mod versions;
mod web;
mod windows;
mod words;

use std::iter::zip;

use crate::artwork::Artwork;
use crate::color::Rgb;
use crate::error::{Error, Result};
use crate::export::{DocumentOptions, ExportOptions};
use crate::job::Watch;
use crate::options::Options as _;
use contrast::opposite;
use item::{Art, Encoding, Recipe};
use social::Slot;
use subject::Subject;

pub use item::{Group, Item};
pub use options::{Ground, KitOptions, SocialGround, Symbol};
pub use words::Warning;

/// The plan of a kit.
///
/// ```
/// # use logopress::{Artwork, Rgb, artwork::{Geometry, Paint, Shape}, kurbo::Circle};
/// # let mut artwork = Artwork::new(40.0, 40.0);
/// # let paint = Paint::Ink(artwork.ink(Rgb([200, 16, 46])));
/// # let geometry = Geometry::Circle(Circle::new((20.0, 20.0), 15.0));
/// # artwork.shapes.push(Shape { geometry, paint, opacity: 1.0 });
/// use logopress::{Kit, KitOptions};
///
/// let options = KitOptions { name: "Heron".into(), only: "*favicon.ico".into(), ..KitOptions::default() };
/// let kit = Kit::new(&artwork, &options)?;
/// assert!(kit.items()[0].path.ends_with("favicon.ico"));
/// # Ok::<(), logopress::Error>(())
/// ```
#[derive(Debug)]
pub struct Kit {
    options: KitOptions,
    items: Vec<Item>,
    warnings: Vec<Warning>,
    brand: Rgb,
    slots: Vec<Slot>,
    whole: Subject,
    /// The symbol without the lettering; the whole logo if it has none.
    symbol: Option<Subject>,
}

/// Everything that the parts of the kit plan with.
struct Brief<'a> {
    options: &'a KitOptions,
    /// The name in file names.
    stem: String,
    whole: &'a Subject,
    symbol: &'a Subject,
    brand: Rgb,
    /// Behind icons and profile pictures.
    icon: Rgb,
    /// The table of social pictures.
    slots: Vec<Slot>,
}

impl Kit {
    /// Plans the kit of `artwork`.
    pub fn new(artwork: &Artwork, options: &KitOptions) -> Result<Self> {
        options.check()?;
        let whole = Subject::new(artwork, options.ground)?;
        let symbol = whole.symbol(options.symbol);
        let brand = options.brand_color.unwrap_or_else(|| whole.brand_color());
        let small = symbol.as_ref().unwrap_or(&whole);
        let icon = options.icon_color.unwrap_or_else(|| {
            let grounds = [Rgb::WHITE, options.dark_color, opposite(brand)];
            grounds.into_iter().find(|ground| small.reads_on(*ground)).unwrap_or(Rgb::WHITE)
        });
        let own = &options.social_table;
        let table = if own.is_empty() { social::TABLE } else { own };
        let brief = Brief {
            options,
            stem: names::file_stem(&options.name),
            whole: &whole,
            symbol: small,
            brand,
            icon,
            slots: social::table(table)?,
        };
        let mut items = Vec::new();
        let parts = [
            (options.versions, versions::plan as fn(&Brief, &mut Vec<Item>)),
            (options.web, web::plan),
            (options.android, android::plan),
            (options.apple, apple::plan),
            (options.windows, windows::plan),
            (options.social, social::plan),
            (options.email, email::plan),
            (options.effects, effects::plan),
        ];
        for (_, plan) in parts.iter().filter(|(wanted, _)| *wanted) {
            plan(&brief, &mut items);
        }
        if !options.only.trim().is_empty() {
            items.retain(|item| names::matches(&options.only, &item.path));
        }
        for item in &mut items {
            if let Recipe::Picture { picture, art, .. } = &item.recipe {
                let subject = if *art == Art::Whole { brief.whole } else { brief.symbol };
                item.opaque = Some(picture.is_opaque(subject));
            }
        }
        let (warnings, slots) = (warnings(&brief), brief.slots);
        Ok(Self { options: options.clone(), items, warnings, brand, slots, whole, symbol })
    }

    /// The files, in the order of the zip.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// What a person should know before using the kit.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// The brand's colour: as chosen, or as found in the logo.
    pub fn brand_color(&self) -> Rgb {
        self.brand
    }

    /// The table of social pictures: the built-in one, or the one that was given.
    pub fn social_table(&self) -> &[Slot] {
        &self.slots
    }

    /// Whether small and round places show a symbol without the lettering.
    pub fn has_symbol(&self) -> bool {
        self.symbol.is_some()
    }

    /// Makes all files and puts them into a zip, together with a README and a manifest.
    pub fn zip(&self, watch: Watch) -> Result<Vec<u8>> {
        let mut made: Vec<Option<Result<Vec<u8>>>> = self.items.iter().map(|_| None).collect();
        self.make_all(watch, |index, bytes| {
            made[index] = Some(bytes);
            Ok(())
        })?;
        let (mut files, mut notes) = (Vec::new(), Vec::new());
        for (item, made) in zip(&self.items, made) {
            match (made.unwrap_or(Err(Error::Cancelled)), &item.recipe) {
                (Ok(bytes), _) => files.push((item, bytes)),
                // A logo may be too complex for one kind of vector file and fine for all others.
                (Err(e), Recipe::Vector { .. } | Recipe::Changed { .. }) => {
                    notes.push(format!("{} is left out. {e} {}", item.path, e.advice()));
                }
                (Err(e), _) => return Err(e),
            }
        }
        self.zip_of(&files, &notes)
    }

    /// Puts files that were made before, by their paths, into a zip with a README and a manifest;
    /// in the order of the plan, whatever the order here.
    pub fn zip_files(&self, files: &[(String, Vec<u8>)]) -> Result<Vec<u8>> {
        let given = |item: &Item| files.iter().find(|(path, _)| *path == item.path);
        let made: Vec<(&Item, &[u8])> = self
            .items
            .iter()
            .filter_map(|item| given(item).map(|(_, bytes)| (item, bytes.as_slice())))
            .collect();
        self.zip_of(&made, &[])
    }

    fn zip_of<B: AsRef<[u8]>>(&self, files: &[(&Item, B)], notes: &[String]) -> Result<Vec<u8>> {
        let name = names::display_name(&self.options.name, 80);
        let files: Vec<(&Item, &[u8])> =
            files.iter().map(|(item, bytes)| (*item, bytes.as_ref())).collect();
        let items: Vec<&Item> = files.iter().map(|(item, _)| *item).collect();
        let warned = self.warnings.iter().map(|warning| &warning.text);
        let notes: Vec<&String> = warned.chain(notes).collect();
        let readme = readme::readme(&name, &items, &notes);
        let manifest = manifest::manifest(&name, &files)?;
        let folder = format!("{}-brand-kit", names::file_stem(&self.options.name));
        let texts = [("README.txt", readme.as_bytes()), ("manifest.json", manifest.as_bytes())];
        let all = files.iter().map(|(item, bytes)| (item.path.as_str(), *bytes));
        archive::pack(&folder, texts.into_iter().chain(all))
    }
}

fn warnings(brief: &Brief) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let dark = brief.options.dark_color;
    for (code, ground, text) in [
        (
            "hard-on-white",
            Rgb::WHITE,
            "The logo is hard to see on white: there its faint colours were changed to {1}. If that \
             looks wrong, choose another colour.",
        ),
        (
            "hard-on-dark",
            dark,
            "The logo is hard to see on the dark colour {0}: there its faint colours were changed to \
             {1}. If that looks wrong, choose another colour.",
        ),
    ] {
        if !brief.whole.reads_on(ground) {
            let values = [ground, opposite(ground)].map(|rgb| rgb.to_string());
            warnings.push(Warning::new(code, text, values.into()));
        }
    }
    if let Some(icon) = brief.options.icon_color
        && !brief.symbol.reads_on(icon)
    {
        let better = if brief.symbol.reads_on(Rgb::WHITE) { Rgb::WHITE } else { dark };
        warnings.push(Warning::new(
            "hard-on-icons",
            "The logo is hard to see on the icons' colour {0}; {1} would show it best.",
            [icon, better].map(|rgb| rgb.to_string()).into(),
        ));
    }
    if !(0.25..=4.0).contains(&brief.symbol.aspect()) {
        warnings.push(Warning::new(
            "too-long",
            "The logo is too long for square icons; open its symbol alone to make them.",
            Vec::new(),
        ));
    }
    warnings
}

impl Brief<'_> {
    /// Options of a file with the brand's name as its title.
    fn titled(&self) -> ExportOptions {
        let title = names::display_name(&self.options.name, 80);
        ExportOptions {
            document: DocumentOptions { title, ..DocumentOptions::default() },
            ..ExportOptions::default()
        }
    }
}
