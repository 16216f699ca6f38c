//! The one error type: what was wrong with a file or a request, and what to do about it.

use std::fmt;

use crate::job::Stage;

/// `Result` with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What can go wrong. [`Display`](fmt::Display) names the fault in one sentence;
/// [`advice`](Error::advice) says what to do about it.
///
/// ```
/// use logopress::{IntakeOptions, Session, unwatched};
///
/// let mut session = Session::new();
/// let error = session.open(b"", &IntakeOptions::default(), &unwatched).unwrap_err();
/// assert_eq!(error.code(), "empty");
/// println!("{error} {}", error.advice());
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// The file has no bytes.
    Empty,
    /// The file is larger than [`MAX_BYTES`](crate::limits::MAX_BYTES).
    TooManyBytes {
        /// Size of the file.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// The first bytes belong to no format that is read here.
    UnknownFormat {
        /// What the content looks like instead, such as "plain text".
        looks_like: &'static str,
    },
    /// The format is known but cannot be read here.
    Unsupported {
        /// Name of the format.
        format: &'static str,
        /// How to get a file that can be read.
        instead: &'static str,
    },
    /// The file ends before its content does.
    Truncated {
        /// Name of the format.
        format: &'static str,
    },
    /// The file breaks its format's rules.
    Damaged {
        /// Name of the format.
        format: &'static str,
        /// What the decoder said.
        detail: String,
    },
    /// The image has more pixels, or a longer side, than the limits allow.
    TooLarge {
        /// Width that the file claims, in pixels.
        width_px: u32,
        /// Height that the file claims, in pixels.
        height_px: u32,
    },
    /// The drawing would take more work than the limits allow.
    TooComplex {
        /// Name of the format.
        format: &'static str,
        /// What there is too much of.
        what: &'static str,
        /// How much of it is allowed.
        limit: usize,
    },
    /// The format cannot be read here, but a browser may be able to show it: the page then hands
    /// the pixels over.
    NeedsBrowser {
        /// Name of the format.
        format: &'static str,
        /// How to get a file that can be read here.
        instead: &'static str,
    },
    /// The format is read by a part that this build leaves out.
    NeedsReader {
        /// Name of the format.
        format: &'static str,
    },
    /// The file cannot be read without its password.
    Encrypted {
        /// Name of the format.
        format: &'static str,
    },
    /// The document has no page of this number.
    NoSuchPage {
        /// The number as given, from 1.
        page: u32,
        /// How many pages there are.
        pages: u32,
    },
    /// What is open is made of shapes, where pixels were asked for.
    NoPixels,
    /// Every pixel is transparent, so there is nothing to work on.
    Blank,
    /// No logo has been opened yet.
    NothingOpen,
    /// An option's value is outside its range, or of the wrong kind.
    Option {
        /// Name of the option.
        name: String,
        /// The value as given.
        value: String,
        /// What was expected instead.
        expected: String,
    },
    /// There is no option of this name.
    UnknownOption {
        /// The name as given.
        name: String,
    },
    /// Nothing would be printed: no ink is left.
    NoInks,
    /// There are more inks than a press has stations.
    TooManyInks {
        /// Inks that would be printed.
        count: usize,
        /// The limit.
        limit: usize,
    },
    /// Two inks have one name.
    DuplicateInk {
        /// The name.
        name: String,
    },
    /// There is no ink of this name.
    UnknownInk {
        /// The name as given.
        name: String,
    },
    /// Gradients cannot be printed with one plate per colour.
    GradientsInSpots,
    /// The outlines have too many corners.
    TooDetailed {
        /// Corners of all flattened outlines.
        corners: usize,
        /// The limit.
        limit: usize,
    },
    /// Art and marks do not fit on the sheet.
    DoesNotFit {
        /// Width that art and marks take, in mm.
        needs_width_mm: f64,
        /// Height that art and marks take, in mm.
        needs_height_mm: f64,
        /// Width of the sheet, in mm.
        sheet_width_mm: f64,
        /// Height of the sheet, in mm.
        sheet_height_mm: f64,
    },
    /// Halftone dots drawn as outlines would be too many.
    TooManyDots {
        /// The limit.
        limit: usize,
    },
    /// A film would have more dots than its format holds.
    FilmTooLarge {
        /// Width in dots.
        width_px: u32,
        /// Height in dots.
        height_px: u32,
    },
    /// The person or program that asked for the work took the request back.
    Cancelled,
    /// A stage took longer than it may.
    TimedOut {
        /// The stage that was running.
        stage: Stage,
        /// The limit, in seconds.
        limit_s: f64,
    },
    /// A file came out larger than those who read it accept.
    ResultTooLarge {
        /// Name of the format.
        format: &'static str,
        /// Size of the file.
        bytes: usize,
        /// What is accepted.
        limit: usize,
    },
    /// The tracing engine gave up; its own words follow.
    Engine {
        /// Name of the engine.
        engine: &'static str,
        /// What it said.
        detail: String,
    },
    /// The kit has no file of this path.
    NoSuchFile {
        /// The path as given.
        path: String,
    },
    /// A file could not be written; the encoder's own words follow.
    Encoder {
        /// Name of the format.
        format: &'static str,
        /// What it said.
        detail: String,
    },
}

impl Error {
    /// A stable name for programs: `empty`, `unknown-format`, `too-large`, …
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooManyBytes { .. } => "too-many-bytes",
            Self::UnknownFormat { .. } => "unknown-format",
            Self::Unsupported { .. } => "unsupported",
            Self::Truncated { .. } => "truncated",
            Self::Damaged { .. } => "damaged",
            Self::TooLarge { .. } => "too-large",
            Self::TooComplex { .. } => "too-complex",
            Self::NeedsBrowser { .. } => "browser-decoder",
            Self::NeedsReader { .. } => "pdf-reader",
            Self::Encrypted { .. } => "encrypted",
            Self::NoSuchPage { .. } => "no-such-page",
            Self::NoPixels => "no-pixels",
            Self::Blank => "blank",
            Self::NothingOpen => "nothing-open",
            Self::Option { .. } => "option",
            Self::UnknownOption { .. } => "unknown-option",
            Self::NoInks => "no-inks",
            Self::TooManyInks { .. } => "too-many-inks",
            Self::DuplicateInk { .. } => "duplicate-ink",
            Self::UnknownInk { .. } => "unknown-ink",
            Self::GradientsInSpots => "gradients-in-spots",
            Self::TooDetailed { .. } => "too-detailed",
            Self::DoesNotFit { .. } => "does-not-fit",
            Self::TooManyDots { .. } => "too-many-dots",
            Self::FilmTooLarge { .. } => "film-too-large",
            Self::Cancelled => "cancelled",
            Self::TimedOut { .. } => "timed-out",
            Self::ResultTooLarge { .. } => "result-too-large",
            Self::Engine { .. } => "engine",
            Self::NoSuchFile { .. } => "no-such-file",
            Self::Encoder { .. } => "encoder",
        }
    }

    /// What to do about it, in one sentence.
    pub fn advice(&self) -> String {
        match self {
            Self::Empty => "Save or download the file again; it may not have finished.".into(),
            Self::TooManyBytes { .. } => {
                "Export the logo alone, without the rest of the document.".into()
            }
            Self::UnknownFormat { .. } => {
                "Use SVG, PDF, PNG, JPEG, WebP, GIF, BMP, TIFF, ICO, PNM or QOI.".into()
            }
            Self::Unsupported { instead, .. } | Self::NeedsBrowser { instead, .. } => {
                (*instead).into()
            }
            Self::TooComplex { .. } => {
                "Simplify the drawing, or export it as PNG and open that.".into()
            }
            Self::NeedsReader { .. } => {
                "Save the page as SVG (Inkscape and Illustrator open PDF; or: pdftocairo -svg)."
                    .into()
            }
            Self::Encrypted { .. } => {
                "Open it with its password and save it without one; or ask whoever made it.".into()
            }
            Self::NoSuchPage { pages, .. } => format!("Choose a page from 1 to {pages}."),
            Self::NoPixels => "Use the shapes as they are.".into(),
            Self::Truncated { .. } => {
                "Download or copy the file again; this copy is incomplete.".into()
            }
            Self::Damaged { .. } => "Open it in an image editor and save it again as PNG.".into(),
            Self::TooLarge { .. } => format!(
                "Scale it down to at most {} px a side and {} megapixels.",
                crate::limits::MAX_SIDE_PX,
                crate::limits::MAX_PIXELS / 1_000_000
            ),
            Self::Blank => "Export the logo again with its layers visible.".into(),
            Self::NothingOpen => "Open a logo first.".into(),
            Self::Option { expected, .. } => format!("Give {expected}."),
            Self::UnknownOption { .. } => "See the list of options for the names in use.".into(),
            Self::NoInks => "Keep an ink, or leave the substrate's colour in.".into(),
            Self::TooManyInks { limit, .. } => {
                format!("Merge inks until {limit} are left, or separate by process or index.")
            }
            Self::DuplicateInk { .. } => "Give one another name, or merge the two.".into(),
            Self::UnknownInk { .. } => "Use a name from the list of inks.".into(),
            Self::GradientsInSpots => "Separate by process, simulated process or index.".into(),
            Self::TooDetailed { .. } => "Simplify the art, or separate by process or index.".into(),
            Self::DoesNotFit { .. } => {
                "Print smaller or on a larger sheet; art is not tiled over several sheets.".into()
            }
            Self::TooManyDots { .. } => "Use fewer lines per inch, or films instead.".into(),
            Self::FilmTooLarge { .. } => "Use fewer dots per inch or a smaller sheet.".into(),
            Self::Cancelled => "Start it again whenever you like.".into(),
            Self::TimedOut { .. } => "Try a smaller image or fewer details.".into(),
            Self::ResultTooLarge { .. } => "Use a simpler version of the logo.".into(),
            Self::Engine { .. } => "Try another preset.".into(),
            Self::NoSuchFile { .. } => "Ask for a path from the list of files.".into(),
            Self::Encoder { .. } => "Try a smaller size.".into(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "The file is empty."),
            Self::TooManyBytes { bytes, limit } => {
                write!(f, "The file has {} MB; the limit is {} MB.", bytes >> 20, limit >> 20)
            }
            Self::UnknownFormat { looks_like } => {
                write!(f, "This is not an image that can be read: it looks like {looks_like}.")
            }
            Self::Unsupported { format, .. } => write!(f, "{format} cannot be read here."),
            Self::Truncated { format } => {
                write!(f, "The {format} file ends before the picture does.")
            }
            Self::Damaged { format, detail } => {
                write!(f, "The {format} file is damaged: {detail}.")
            }
            Self::TooLarge { width_px, height_px } => {
                write!(f, "The image claims {width_px} × {height_px} px, which is too large.")
            }
            Self::TooComplex { format, what, limit } => {
                write!(f, "The {format} file has too much to draw: {what} (limit {limit}).")
            }
            Self::NeedsBrowser { format, .. } => {
                write!(f, "{format} cannot be read here without a browser's help.")
            }
            Self::NeedsReader { format } => {
                write!(f, "This build of Logopress leaves the reader for {format} out.")
            }
            Self::Encrypted { format } => {
                write!(f, "The {format} file is protected, and its password is not known here.")
            }
            Self::NoSuchPage { page, pages } => {
                write!(f, "The document has no page {page}: it has {pages}.")
            }
            Self::NoPixels => write!(f, "The open logo is made of shapes, not of pixels."),
            Self::Blank => write!(f, "The image is fully transparent: there is nothing to trace."),
            Self::NothingOpen => write!(f, "No logo is open."),
            Self::Option { name, value, .. } => write!(f, "{name} cannot be “{value}”."),
            Self::UnknownOption { name } => write!(f, "There is no option “{name}”."),
            Self::NoInks => write!(f, "No ink is left to print."),
            Self::TooManyInks { count, limit } => {
                write!(f, "The art has {count} inks; at most {limit} can be separated.")
            }
            Self::DuplicateInk { name } => write!(f, "Two inks are called “{name}”."),
            Self::UnknownInk { name } => write!(f, "There is no ink “{name}”."),
            Self::GradientsInSpots => {
                write!(f, "The art has gradients, which spot inks cannot print.")
            }
            Self::TooDetailed { corners, limit } => {
                write!(f, "The outlines have {corners} corners; the limit is {limit}.")
            }
            Self::DoesNotFit {
                needs_width_mm,
                needs_height_mm,
                sheet_width_mm,
                sheet_height_mm,
            } => write!(
                f,
                "Art and marks take {needs_width_mm:.1} × {needs_height_mm:.1} mm; the sheet has \
                 {sheet_width_mm:.1} × {sheet_height_mm:.1} mm."
            ),
            Self::TooManyDots { limit } => {
                write!(f, "A plate would have more than {limit} halftone dots.")
            }
            Self::FilmTooLarge { width_px, height_px } => {
                write!(f, "A film of {width_px} × {height_px} dots is too large.")
            }
            Self::Cancelled => write!(f, "Cancelled."),
            Self::TimedOut { stage, limit_s } => {
                write!(f, "{} took longer than {limit_s} s and was stopped.", stage.label())
            }
            Self::ResultTooLarge { format, bytes, limit } => {
                write!(
                    f,
                    "The {format} file would have {bytes} bytes; at most {limit} are accepted."
                )
            }
            Self::Engine { engine, detail } => {
                write!(f, "{engine} could not trace this: {detail}.")
            }
            Self::NoSuchFile { path } => write!(f, "There is no file “{path}”."),
            Self::Encoder { format, detail } => {
                write!(f, "The {format} file could not be written: {detail}.")
            }
        }
    }
}

impl std::error::Error for Error {}
