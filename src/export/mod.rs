//! The artwork becomes files. Every exporter reads a `Job` and nothing that another exporter
//! wrote; the same artwork and options give the same bytes. Formats of pixels write what [`render()`]
//! made of an artwork.

mod beside;
mod bits;
mod cut;
mod document;
mod dxf;
mod eps;
mod icns;
mod ico;
mod idat;
mod ink;
pub(crate) mod intent;
mod jpeg;
pub(crate) mod number;
mod page;
mod palette;
mod pdf;
mod png;
mod render;
mod runs;
mod svg;
mod swatches;
mod webp;

use kurbo::{BezPath, Rect, Shape as _};
use serde::{Deserialize, Serialize};

use crate::artwork::{Artwork, VersionOptions, version};
use crate::effect::{self, EffectOptions};
use crate::error::Result;
use crate::options::{Options, choices};

pub(crate) use beside::{SAMPLE_PX, edge_share, meets_ground, paper};
pub(crate) use cut::contour as cut_contour;
pub use cut::{CutLine, CutOptions};
pub use document::DocumentOptions;
pub use dxf::DxfOptions;
pub use icns::{SIDES_PX as ICNS_SIDES_PX, icns};
pub use ico::ico;
pub(crate) use idat::ImageData;
pub use ink::{InkName, InkNames, PrintInk, print_inks};
pub use jpeg::jpeg;
pub use page::{ColorMode, PageOptions, Paper};
pub use png::png;
pub(crate) use render::render_finely;
pub use render::{render, render_through};
pub use svg::SvgOptions;
pub use webp::webp;

choices! {
    /// A kind of file.
    ///
    /// ```
    /// use logopress::Format;
    ///
    /// assert_eq!(Format::from_file_name("Logo.PDF"), Some(Format::Pdf));
    /// ```
    pub enum Format {
        /// Scalable vector graphics, for the web and for every drawing program.
        Svg = "svg",
        /// Portable document, for print and exchange.
        Pdf = "pdf",
        /// Illustrator's format as far as others read it: a PDF with a layer per ink.
        Ai = "ai",
        /// Encapsulated PostScript that is an Illustrator 7 file as well.
        Eps = "eps",
        /// Drawing exchange format, release 12, for cutters and plotters.
        Dxf = "dxf",
        /// SVG Tiny Portable/Secure, for the logo beside e-mails (BIMI).
        Bimi = "bimi",
        /// Swatches for Adobe's programs.
        Ase = "ase",
        /// Swatches for Photoshop.
        Aco = "aco",
        /// A palette for GIMP, Inkscape and Krita.
        Gpl = "gpl",
        /// The colours as CSS custom properties.
        Css = "css",
        /// The colours as JSON.
        Json = "json",
    }
}

impl Format {
    /// The formats, each with how the names of its files end; of two that fit, the first counts.
    pub const ALL: [(Self, &str); 11] = [
        (Self::Bimi, "bimi.svg"),
        (Self::Svg, "svg"),
        (Self::Pdf, "pdf"),
        (Self::Ai, "ai"),
        (Self::Eps, "eps"),
        (Self::Dxf, "dxf"),
        (Self::Ase, "ase"),
        (Self::Aco, "aco"),
        (Self::Gpl, "gpl"),
        (Self::Css, "css"),
        (Self::Json, "json"),
    ];

    /// How the names of its files end, without the dot before.
    pub fn suffix(self) -> &'static str {
        Self::ALL.iter().find(|(format, _)| *format == self).map_or("", |(_, suffix)| suffix)
    }

    /// The format of a file of this name; upper and lower case count alike.
    pub fn from_file_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let ends = |(_, suffix): &&(Self, &str)| {
            name.strip_suffix(suffix).is_some_and(|stem| stem.ends_with('.'))
        };
        Self::ALL.iter().find(ends).map(|(format, _)| *format)
    }
}

/// The options of every format; each reads its own groups.
///
/// ```
/// use logopress::{ExportOptions, export::{ColorMode, PageOptions}};
///
/// let page = PageOptions { color_mode: ColorMode::Spot, ..PageOptions::default() };
/// ExportOptions { page, ..ExportOptions::default() }.check()?;
/// # Ok::<(), logopress::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ExportOptions {
    /// What all files share.
    pub document: DocumentOptions,
    /// One-colour versions.
    pub version: VersionOptions,
    /// Effects.
    pub effect: EffectOptions,
    /// The cutting contour.
    pub cut: CutOptions,
    /// SVG files.
    pub svg: SvgOptions,
    /// Files that are pages: PDF, AI and EPS; swatches read the colour mode.
    pub page: PageOptions,
    /// DXF files.
    pub dxf: DxfOptions,
}

impl ExportOptions {
    /// The groups by name: whoever lists, sets or checks options goes through all of them.
    pub fn groups(&mut self) -> [(&'static str, &mut dyn Options); 7] {
        [
            ("document", &mut self.document),
            ("version", &mut self.version),
            ("effect", &mut self.effect),
            ("cut", &mut self.cut),
            ("svg", &mut self.svg),
            ("page", &mut self.page),
            ("dxf", &mut self.dxf),
        ]
    }

    /// Checks every value against its range.
    pub fn check(&self) -> Result<()> {
        self.clone().groups().iter().try_for_each(|(_, group)| group.check())
    }
}

/// What an exporter reads.
struct Job<'a> {
    artwork: &'a Artwork,
    /// What is shown: all of the artwork, and of the cutting contour around it; in px.
    canvas: Rect,
    /// Like the artwork's inks.
    inks: Vec<PrintInk>,
    /// The cutting contour, in px.
    cut: Option<BezPath>,
    document: &'a DocumentOptions,
    mm_per_px: f64,
}

/// Writes `artwork` as a file of the given format.
///
/// ```
/// # use logopress::{Artwork, Rgb, artwork::{Geometry, Paint, Shape}, kurbo::Circle};
/// # let mut artwork = Artwork::new(40.0, 40.0);
/// # let paint = Paint::Ink(artwork.ink(Rgb([200, 16, 46])));
/// # let geometry = Geometry::Circle(Circle::new((20.0, 20.0), 15.0));
/// # artwork.shapes.push(Shape { geometry, paint, opacity: 1.0 });
/// use logopress::{ExportOptions, Format, export};
///
/// let svg = export::export(&artwork, Format::Svg, &ExportOptions::default())?;
/// assert!(svg.starts_with(b"<svg"));
/// # Ok::<(), logopress::Error>(())
/// ```
pub fn export(artwork: &Artwork, format: Format, options: &ExportOptions) -> Result<Vec<u8>> {
    options.check()?;
    let document = &options.document;
    let artwork = &effect::apply(artwork, &options.effect, document.mm_per_px(artwork))?;
    let mm_per_px = document.mm_per_px(artwork);
    let cut = match options.cut.cut_line {
        CutLine::None => None,
        CutLine::Over | CutLine::Alone => Some(cut::contour(artwork, &options.cut, mm_per_px)?),
    };
    let mut artwork = match options.cut.cut_line {
        CutLine::Alone => Artwork::new(artwork.width, artwork.height),
        CutLine::None | CutLine::Over => version(artwork, &options.version)?,
    };
    if format == Format::Eps {
        artwork = artwork.opaque();
    }
    let mut canvas = Rect::new(0.0, 0.0, artwork.width, artwork.height);
    if let Some(contour) = &cut {
        let hairline = cut::WIDTH_MM / mm_per_px;
        canvas = canvas.union(contour.bounding_box().inflate(hairline, hairline));
    }
    let job = Job {
        artwork: &artwork,
        canvas,
        inks: print_inks(&artwork, &document.ink_names, document.ink_limit_percent)?,
        cut,
        document,
        mm_per_px,
    };
    let mode = options.page.color_mode;
    Ok(match format {
        Format::Svg => svg::svg(&job, &options.svg).into_bytes(),
        Format::Bimi => svg::tiny_ps::tiny_ps(&job)?.into_bytes(),
        Format::Pdf => pdf::pdf(&job, &options.page),
        Format::Ai => pdf::pdf(&job, &PageOptions { layers: true, ..options.page.clone() }),
        Format::Eps => eps::eps(&job, &options.page).into_bytes(),
        Format::Dxf => dxf::dxf(&job, &options.dxf).into_bytes(),
        Format::Ase => swatches::ase(&job, mode),
        Format::Aco => swatches::aco(&job, mode),
        Format::Gpl => swatches::gpl(&job).into_bytes(),
        Format::Css => swatches::css(&job).into_bytes(),
        Format::Json => swatches::json(&job).into_bytes(),
    })
}
