//! The brand kit: from one logo, every file that a launch needs, in one zip.
//!
//! [`Kit::new`] makes the plan: what files there will be, how large, what for. [`Kit::file`] makes
//! one of them, by itself and in any order; [`Kit::zip`] puts files together, always to the same
//! bytes. What the platforms ask for stands in one file each, and for social networks in a table
//! ([`social`]).

mod android;
mod apple;
mod circle;
mod contrast;
mod email;
mod manifest;
mod names;
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
mod zip;

use serde::Serialize;

use crate::artwork::Artwork;
use crate::color::Rgb;
use crate::error::{Error, Result};
use crate::export::{self, DocumentOptions, ExportOptions, Format};
use crate::job::{Stage, Watch};
use crate::options::{Options as _, choices, options};
use crate::par;
use contrast::opposite;
use picture::Picture;
use subject::Subject;

choices! {
    /// What to do with a ground that fills the whole drawing.
    pub enum Ground {
        /// A white ground is taken away, any other kept.
        Auto = "auto",
        /// It belongs to the logo.
        Keep = "keep",
        /// It is taken away, whatever its colour.
        Drop = "drop",
    }
}

choices! {
    /// What small and round places show.
    pub enum Symbol {
        /// The symbol without the lettering, if the logo seems to have one.
        Auto = "auto",
        /// The whole logo.
        Whole = "whole",
    }
}

choices! {
    /// What lies behind the logo in covers, posts and stories.
    pub enum SocialGround {
        /// The brand's colour.
        Brand = "brand",
        /// White.
        White = "white",
        /// The dark colour.
        Dark = "dark",
        /// From the brand's colour to a darker one.
        Gradient = "gradient",
        /// The brand's colour with a faint pattern of the logo.
        Pattern = "pattern",
    }
}

options! {
    /// Options of the brand kit.
    pub struct KitOptions {
        /// The brand's name, for file names and everywhere that a name is shown.
        name: String = "Brand".into();
        /// The brand's colour; none for the logo's most used vivid colour.
        brand_color: Option<Rgb> = None;
        /// The colour of dark grounds.
        dark_color: Rgb = Rgb([0x12, 0x14, 0x18]);
        /// What lies behind app icons and profile pictures; none for white, or the dark colour
        /// where the logo would be lost on white.
        icon_color: Option<Rgb> = None;
        /// What lies behind the logo in covers, posts and stories.
        social_ground: SocialGround = SocialGround::Brand;
        /// What to do with a ground that fills the whole drawing.
        ground: Ground = Ground::Auto;
        /// What small and round places show.
        symbol: Symbol = Symbol::Auto;
        /// One more transparent version, of this width.
        extra_width_px: Option<u32> = None, in 16..=8192;
        /// The logo on transparent, white, dark and brand grounds, and in one colour.
        versions: bool = true;
        /// Favicons and icons of a web site, its manifest, the HTML to paste.
        web: bool = true;
        /// Icons of an Android app.
        android: bool = true;
        /// Icons of iOS and macOS apps.
        apple: bool = true;
        /// Icons of a Windows app.
        windows: bool = true;
        /// Pictures for social networks.
        social: bool = true;
        /// E-mail header and signature.
        email: bool = true;
        /// A table of social pictures to use in place of the built-in one, as JSON; empty for the
        /// built-in one.
        social_table: String = String::new();
    }
}

/// A part of the kit: a folder in the zip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    /// The logo itself.
    Versions,
    /// A web site's icons.
    Web,
    /// An Android app's icons.
    Android,
    /// iOS and macOS icons.
    Apple,
    /// Windows icons.
    Windows,
    /// Social networks.
    Social,
    /// E-mail.
    Email,
}

impl Group {
    /// Its folder in the zip.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Versions => "logo",
            Self::Web => "web",
            Self::Android => "android",
            Self::Apple => "apple",
            Self::Windows => "windows",
            Self::Social => "social",
            Self::Email => "email",
        }
    }
}

/// A file of the kit, before it is made.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    /// Its path in the zip.
    pub path: String,
    /// The part of the kit that it belongs to.
    pub group: Group,
    /// Its width in pixels; none if it has no pixels.
    pub width_px: Option<u32>,
    /// Its height in pixels.
    pub height_px: Option<u32>,
    /// Its media type.
    pub mime: &'static str,
    /// Whether every pixel is opaque; none if it has no pixels.
    pub opaque: Option<bool>,
    /// What the platform allows at most, in bytes.
    pub max_bytes: Option<u32>,
    /// What it is for, in a few words.
    pub purpose: String,
    #[serde(skip)]
    recipe: Recipe,
}

/// How a file is made.
#[derive(Clone, Debug)]
enum Recipe {
    Picture {
        picture: Picture,
        art: Art,
        encoding: Encoding,
    },
    /// Pictures of one icon, in the order of the file.
    Ico {
        pictures: Vec<Picture>,
        art: Art,
    },
    Icns {
        pictures: Box<[Picture; 7]>,
        art: Art,
    },
    Vector {
        drawing: Box<Artwork>,
        format: Format,
        options: Box<ExportOptions>,
    },
    Text(String),
}

/// What a picture shows.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Art {
    Whole,
    Symbol,
}

/// How pixels are written.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Encoding {
    Png,
    Webp,
    Jpeg,
}

/// JPEG qualities, the best first, that are tried until the file is small enough.
const JPEG_QUALITIES: [u8; 8] = [95, 90, 85, 78, 70, 60, 50, 40];

/// The plan of a kit.
#[derive(Debug)]
pub struct Kit {
    options: KitOptions,
    items: Vec<Item>,
    warnings: Vec<String>,
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
    slots: Vec<social::Slot>,
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
        ];
        for (_, plan) in parts.iter().filter(|(wanted, _)| *wanted) {
            plan(&brief, &mut items);
        }
        let warnings = warnings(&brief);
        Ok(Self { options: options.clone(), items, warnings, whole, symbol })
    }

    /// The files, in the order of the zip.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// What a person should know before using the kit, each in one sentence with a suggestion.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// Whether small and round places show a symbol without the lettering.
    pub fn has_symbol(&self) -> bool {
        self.symbol.is_some()
    }

    /// Makes the file at `path`.
    pub fn file(&self, path: &str) -> Result<Vec<u8>> {
        let item = self.items.iter().find(|item| item.path == path);
        let item = item.ok_or_else(|| Error::NoSuchFile { path: path.into() })?;
        self.make(item)
    }

    fn make(&self, item: &Item) -> Result<Vec<u8>> {
        match &item.recipe {
            Recipe::Picture { picture, art, encoding } => {
                let raster = picture.render(self.subject(*art))?;
                match encoding {
                    Encoding::Png => export::png(&raster),
                    Encoding::Webp => export::webp(&raster),
                    Encoding::Jpeg => jpeg_within(&raster, item.max_bytes),
                }
            }
            Recipe::Ico { pictures, art } => {
                let subject = self.subject(*art);
                let rasters =
                    pictures.iter().map(|p| p.render(subject)).collect::<Result<Vec<_>>>()?;
                export::ico(&rasters)
            }
            Recipe::Icns { pictures, art } => {
                let subject = self.subject(*art);
                let [a, b, c, d, e, f, g] = pictures.each_ref().map(|p| p.render(subject));
                export::icns(&[a?, b?, c?, d?, e?, f?, g?])
            }
            Recipe::Vector { drawing, format, options } => {
                export::export(drawing, *format, options)
            }
            Recipe::Text(text) => Ok(text.clone().into_bytes()),
        }
    }

    fn subject(&self, art: Art) -> &Subject {
        match art {
            Art::Whole => &self.whole,
            Art::Symbol => self.symbol.as_ref().unwrap_or(&self.whole),
        }
    }

    /// Makes all files and puts them into a zip, together with a README and a manifest.
    pub fn zip(&self, watch: Watch) -> Result<Vec<u8>> {
        // In portions, so that whoever waits hears about it and can stop it.
        let portion = par::threads() * 4;
        let mut made = Vec::with_capacity(self.items.len());
        for start in (0..self.items.len()).step_by(portion) {
            watch(Stage::Export, start as f32 / self.items.len() as f32)?;
            let len = portion.min(self.items.len() - start);
            made.extend(par::map(len, |i| self.make(&self.items[start + i])));
        }
        let (mut files, mut notes) = (Vec::new(), Vec::new());
        for (item, made) in self.items.iter().zip(made) {
            match (made, &item.recipe) {
                (Ok(bytes), _) => files.push((item, bytes)),
                // A logo may be too complex for one kind of vector file and fine for all others.
                (Err(e), Recipe::Vector { .. }) => {
                    notes.push(format!("{} is left out. {e} {}", item.path, e.advice()));
                }
                (Err(e), _) => return Err(e),
            }
        }
        self.zip_of(&files, &notes)
    }

    /// Puts files that [`Kit::file`] made, by their paths, into a zip with a README and a manifest;
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
        let notes: Vec<&String> = self.warnings.iter().chain(notes).collect();
        let readme = readme::readme(&name, &items, &notes);
        let manifest = manifest::manifest(&name, &files)?;
        let folder = format!("{}-brand-kit", names::file_stem(&self.options.name));
        let texts = [("README.txt", readme.as_bytes()), ("manifest.json", manifest.as_bytes())];
        let all = files.iter().map(|(item, bytes)| (item.path.as_str(), *bytes));
        zip::zip(&folder, texts.into_iter().chain(all))
    }
}

/// The best JPEG of at most `max_bytes`; the smallest if none is small enough.
fn jpeg_within(raster: &crate::raster::Raster, max_bytes: Option<u32>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for quality in JPEG_QUALITIES {
        bytes = export::jpeg(raster, quality)?;
        if max_bytes.is_none_or(|max| bytes.len() <= max as usize) {
            break;
        }
    }
    Ok(bytes)
}

fn warnings(brief: &Brief) -> Vec<String> {
    let mut warnings = Vec::new();
    let grounds = [("white", Rgb::WHITE), ("the dark colour", brief.options.dark_color)];
    for (name, ground) in grounds {
        if !brief.whole.reads_on(ground) {
            warnings.push(format!(
                "The logo is hard to see on {name} ({ground}): there its faint colours were \
                 changed to {}. If that looks wrong, choose another colour.",
                if opposite(ground) == Rgb::WHITE { "white" } else { "black" }
            ));
        }
    }
    if let Some(icon) = brief.options.icon_color
        && !brief.symbol.reads_on(icon)
    {
        warnings.push(format!(
            "The logo is hard to see on the icons' colour {icon}; {} would show it best.",
            if brief.symbol.reads_on(Rgb::WHITE) { "white" } else { "a dark colour" }
        ));
    }
    let aspect = brief.symbol.aspect();
    if !(0.25..=4.0).contains(&aspect) {
        warnings.push(
            "The logo is too long for square icons; open its symbol alone to make them.".into(),
        );
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

impl Item {
    /// A picture of the kit.
    fn picture(
        group: Group,
        name: &str,
        picture: Picture,
        art: Art,
        encoding: Encoding,
        purpose: impl Into<String>,
    ) -> Self {
        Self {
            path: format!("{}/{name}", group.folder()),
            group,
            width_px: Some(picture.width_px),
            height_px: Some(picture.height_px),
            mime: match encoding {
                Encoding::Png => "image/png",
                Encoding::Webp => "image/webp",
                Encoding::Jpeg => "image/jpeg",
            },
            opaque: Some(picture.is_opaque()),
            max_bytes: None,
            purpose: purpose.into(),
            recipe: Recipe::Picture { picture, art, encoding },
        }
    }

    /// A PNG of the kit.
    fn png(
        group: Group,
        name: &str,
        picture: Picture,
        art: Art,
        purpose: impl Into<String>,
    ) -> Self {
        Self::picture(group, name, picture, art, Encoding::Png, purpose)
    }

    /// A file that is no single picture.
    fn other(
        group: Group,
        name: &str,
        mime: &'static str,
        recipe: Recipe,
        purpose: impl Into<String>,
    ) -> Self {
        Self {
            path: format!("{}/{name}", group.folder()),
            group,
            width_px: None,
            height_px: None,
            mime,
            opaque: None,
            max_bytes: None,
            purpose: purpose.into(),
            recipe,
        }
    }

    /// A vector file of the kit.
    fn vector(
        group: Group,
        name: &str,
        format: Format,
        drawing: Artwork,
        options: ExportOptions,
        purpose: &str,
    ) -> Self {
        let mime = match format {
            Format::Svg | Format::Bimi => "image/svg+xml",
            Format::Pdf | Format::Ai => "application/pdf",
            Format::Eps => "application/postscript",
            Format::Dxf => "image/vnd.dxf",
            Format::Css => "text/css",
            Format::Json => "application/json",
            Format::Gpl => "text/plain",
            Format::Ase | Format::Aco => "application/octet-stream",
        };
        let (drawing, options) = (Box::new(drawing), Box::new(options));
        Self::other(group, name, mime, Recipe::Vector { drawing, format, options }, purpose)
    }

    /// A text file of the kit.
    fn text(
        group: Group,
        name: &str,
        mime: &'static str,
        text: String,
        purpose: impl Into<String>,
    ) -> Self {
        Self::other(group, name, mime, Recipe::Text(text), purpose)
    }
}
