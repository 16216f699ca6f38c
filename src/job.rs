//! How long work talks to whoever asked for it: it reports, and may be told to stop.

use crate::error::Result;

/// The stages of the pipeline, in order, as progress names them.
///
/// ```
/// use logopress::Stage;
///
/// assert_eq!((Stage::Curves.name(), Stage::Curves.label()), ("curves", "Fitting curves"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Bytes become a raster.
    Decode,
    /// Pixels become a palette and labels.
    Inks,
    /// Labels become boundaries.
    Edges,
    /// Boundaries become curves.
    Curves,
    /// The artwork is compared with the picture.
    Compare,
    /// The artwork becomes a file.
    Export,
}

impl Stage {
    /// A stable name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Decode => "decode",
            Self::Inks => "inks",
            Self::Edges => "edges",
            Self::Curves => "curves",
            Self::Compare => "compare",
            Self::Export => "export",
        }
    }

    /// What is happening, for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Decode => "Reading the file",
            Self::Inks => "Finding inks",
            Self::Edges => "Finding edges",
            Self::Curves => "Fitting curves",
            Self::Compare => "Comparing with the picture",
            Self::Export => "Writing files",
        }
    }
}

/// Called with the stage and the share of it that is done, 0 to 1, always from the thread that
/// started the work. An error returned here ([`Error::Cancelled`](crate::Error::Cancelled),
/// [`Error::TimedOut`](crate::Error::TimedOut)) stops the work and is passed on unchanged.
///
/// ```
/// use logopress::{Error, IntakeOptions, Session};
///
/// let refuse = |_, _| Err(Error::Cancelled);
/// let opened = Session::new().open(b"<svg/>", &IntakeOptions::default(), &refuse).map(|_| ());
/// assert_eq!(opened.map_err(|error| error.code()), Err("cancelled"));
/// ```
pub type Watch<'a> = &'a dyn Fn(Stage, f32) -> Result<()>;

/// A [`Watch`] that nobody watches.
///
/// ```
/// # use logopress::{IntakeOptions, Session};
/// use logopress::unwatched;
///
/// # let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="5" height="5"/></svg>"#;
/// let mut session = Session::new();
/// session.open(svg, &IntakeOptions::default(), &unwatched)?;
/// # Ok::<(), logopress::Error>(())
/// ```
pub fn unwatched(_: Stage, _: f32) -> Result<()> {
    Ok(())
}
