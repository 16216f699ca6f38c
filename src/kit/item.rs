//! A file of the kit, before it is made: what it will be, and how.

use serde::Serialize;

use super::picture::Picture;
use super::words::Purpose;
use crate::artwork::{Artwork, VersionOptions};
use crate::effect::EffectOptions;
use crate::export::{ExportOptions, Format};

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
    /// The logo with effects.
    Effects,
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
            Self::Effects => "effects",
        }
    }
}

/// A file of the kit, before it is made.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
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
    /// What it is for, by a stable name.
    pub purpose_code: &'static str,
    /// The same in a few words.
    pub purpose: String,
    #[serde(skip)]
    pub(super) recipe: Recipe,
}

/// How a file is made.
#[derive(Clone, Debug)]
pub enum Recipe {
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
    /// The whole logo changed.
    Changed {
        change: Change,
        file: ChangedFile,
    },
    Text(String),
}

/// How a logo is changed.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    Version(VersionOptions),
    /// An effect on a logo that is printed this wide, in mm.
    Effect(Box<EffectOptions>, f64),
}

/// What is written of a changed logo.
#[derive(Clone, Debug)]
pub enum ChangedFile {
    Vector {
        format: Format,
        options: Box<ExportOptions>,
    },
    /// As large as the change makes it.
    Png {
        side_px: u32,
    },
}

/// What a picture shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Art {
    Whole,
    Symbol,
}

/// How pixels are written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Encoding {
    Png,
    Webp,
    Jpeg,
}

impl Item {
    /// A picture of the kit.
    pub(super) fn picture(
        group: Group,
        name: &str,
        picture: Picture,
        art: Art,
        encoding: Encoding,
        purpose: Purpose,
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
            // Said when it is known what the picture shows.
            opaque: None,
            max_bytes: None,
            purpose_code: purpose.code,
            purpose: purpose.text.into(),
            recipe: Recipe::Picture { picture, art, encoding },
        }
    }

    /// A PNG of the kit.
    pub(super) fn png(
        group: Group,
        name: &str,
        picture: Picture,
        art: Art,
        purpose: Purpose,
    ) -> Self {
        Self::picture(group, name, picture, art, Encoding::Png, purpose)
    }

    /// A file that is no single picture.
    pub(super) fn other(
        group: Group,
        name: &str,
        mime: &'static str,
        recipe: Recipe,
        purpose: Purpose,
    ) -> Self {
        Self {
            path: format!("{}/{name}", group.folder()),
            group,
            width_px: None,
            height_px: None,
            mime,
            opaque: None,
            max_bytes: None,
            purpose_code: purpose.code,
            purpose: purpose.text.into(),
            recipe,
        }
    }

    /// A vector file of the kit.
    pub(super) fn vector(
        group: Group,
        name: &str,
        format: Format,
        drawing: Artwork,
        options: ExportOptions,
        purpose: Purpose,
    ) -> Self {
        let (drawing, options) = (Box::new(drawing), Box::new(options));
        let recipe = Recipe::Vector { drawing, format, options };
        Self::other(group, name, mime(format), recipe, purpose)
    }

    /// A text file of the kit.
    pub(super) fn text(
        group: Group,
        name: &str,
        mime: &'static str,
        text: String,
        purpose: Purpose,
    ) -> Self {
        Self::other(group, name, mime, Recipe::Text(text), purpose)
    }
}

/// The media type of a vector file.
pub fn mime(format: Format) -> &'static str {
    match format {
        Format::Svg | Format::Bimi => "image/svg+xml",
        Format::Pdf | Format::Ai => "application/pdf",
        Format::Eps => "application/postscript",
        Format::Dxf => "image/vnd.dxf",
        Format::Css => "text/css",
        Format::Json => "application/json",
        Format::Gpl => "text/plain",
        Format::Ase | Format::Aco => "application/octet-stream",
    }
}
