//! Lines of an even width.

use kurbo::{Affine, BezPath, Cap, Join, StrokeOpts};

use crate::region::{self, FillRule};

/// Lines of an even width along paths, which may be open; joints run out at most twice the width
/// (a miter limit of 4).
///
/// What the lines cover is kept as an outline beside them, so that only who wants lines need know.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// The middle of the lines.
    pub path: BezPath,
    /// How they are drawn.
    pub pen: Pen,
    outline: BezPath,
}

/// How lines are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pen {
    /// Width, in px.
    pub width: f64,
    /// How open ends look.
    pub cap: Cap,
    /// How corners look.
    pub join: Join,
}

/// How far the outline may be from the true one, in px.
const TOLERANCE_PX: f64 = 1e-3;

impl Stroke {
    /// Draws along `path`. `None` if the outline would be too complex.
    pub fn new(path: BezPath, pen: Pen) -> Option<Self> {
        let style = kurbo::Stroke::new(pen.width).with_caps(pen.cap).with_join(pen.join);
        let outline = kurbo::stroke(&path, &style, &StrokeOpts::default(), TOLERANCE_PX);
        let outline = region::simplify(&outline, FillRule::NonZero)?;
        Some(Self { path, pen, outline })
    }

    /// What the lines cover; it fills the same under either rule.
    pub fn outline(&self) -> &BezPath {
        &self.outline
    }

    /// The lines scaled and moved; `view` must not turn or stretch.
    pub(super) fn placed(&self, view: Affine) -> Self {
        let pen = Pen { width: self.pen.width * view.as_coeffs()[0], ..self.pen };
        Self { path: view * &self.path, pen, outline: view * &self.outline }
    }
}
