//! CSS in the file: a class per ink, and the colours that browsers show in dark mode.

use std::fmt::Write as _;

use svg::node::element::Style;

use super::hex;
use crate::artwork::{Artwork, Ink};
use crate::color::{Oklab, Rgb, luminance};
use crate::export::{SAMPLE_PX, edge_share, meets_ground, paper, render};

/// Which inks have a class, and what they become on a dark ground.
pub struct Css {
    classes: bool,
    /// By ink; the colour on a dark ground where that differs.
    dark: Vec<Option<Rgb>>,
}

impl Css {
    pub fn new(artwork: &Artwork, classes: bool, dark_mode: bool) -> Self {
        let dark = if dark_mode { on_dark(artwork) } else { vec![None; artwork.inks.len()] };
        Self { classes, dark }
    }

    /// The number of the ink's class, if it has one.
    pub fn class(&self, ink: usize) -> Option<usize> {
        (self.classes || self.dark[ink].is_some()).then_some(ink + 1)
    }

    /// Whether the style sheet alone gives inks their colours.
    pub fn colors(&self) -> bool {
        self.classes
    }

    /// The style sheet, if any ink needs one.
    pub fn element(&self, artwork: &Artwork, prefix: &str) -> Option<Style> {
        let mut css = String::new();
        let rule = |css: &mut String, ink: usize, rgb: Rgb| {
            // Writing to a `String` cannot fail.
            let _ = write!(css, ".{prefix}{}{{fill:{}}}", ink + 1, hex(rgb));
        };
        if self.classes {
            artwork.inks.iter().enumerate().for_each(|(i, ink)| rule(&mut css, i, ink.rgb));
        }
        if self.dark.iter().any(Option::is_some) {
            css.push_str("@media(prefers-color-scheme:dark){");
            for (i, dark) in self.dark.iter().enumerate() {
                if let Some(rgb) = dark {
                    rule(&mut css, i, *rgb);
                }
            }
            css.push('}');
        }
        (!css.is_empty()).then(|| Style::new(css))
    }
}

/// The ground that browsers and systems show in dark mode, about.
const DARK_GROUND: Rgb = Rgb([18, 18, 18]);

/// Least contrast of a graphic with its ground (WCAG 2.2, success criterion 1.4.11).
const LEAST_CONTRAST: f64 = 3.0;

/// Least contrast of an ink with one around it.
const LEAST_INSIDE: f64 = 1.8;

/// What each ink becomes on a dark ground, if it changes. What stands out there stays as it is; of the
/// others colours become lighter, and greys swap light and dark unless something else carries them. Light
/// paper that fills the drawing is not such a thing: it becomes dark.
/// Light greys inside what thereby became light swap as well: white lettering on a black plate stays
/// lettering.
fn on_dark(artwork: &Artwork) -> Vec<Option<Rgb>> {
    let scale = SAMPLE_PX / artwork.width.max(artwork.height);
    let px = |length: f64| (length * scale).ceil().max(1.0) as u32;
    let picture = render(artwork, px(artwork.width), px(artwork.height)).ok();
    let paper = picture.as_ref().and_then(paper).filter(|rgb| is_grey(*rgb) && !is_faint(*rgb));
    let changed = |ink: &Ink| {
        let rgb = ink.rgb;
        let carried = || picture.as_ref().is_some_and(|p| !meets_ground(p, rgb, paper));
        match (is_faint(rgb), is_grey(rgb)) {
            (true, true) => (!carried()).then(|| swapped(rgb)),
            (true, false) => Some(lightened(rgb)),
            (false, _) => (paper == Some(rgb)).then(|| swapped(rgb)),
        }
    };
    let mut dark: Vec<Option<Rgb>> = artwork.inks.iter().map(changed).collect();
    // Mixtures at edges are no inks, and count for nothing.
    let hides = |rgb: Rgb, beside: Option<Rgb>| match beside {
        Some(beside) => {
            let ink = artwork.inks.iter().position(|ink| ink.rgb == beside)?;
            Some(dark[ink].is_some_and(|now| contrast(rgb, now) < LEAST_INSIDE))
        }
        None => Some(false),
    };
    let lost = |rgb: Rgb| {
        let picture = picture.as_ref().filter(|_| is_grey(rgb));
        let share = picture.and_then(|p| edge_share(p, rgb, &|beside| hides(rgb, beside)));
        share.is_some_and(|share| share > 0.5)
    };
    let lost: Vec<bool> = artwork.inks.iter().map(|ink| lost(ink.rgb)).collect();
    for (ink, dark) in
        dark.iter_mut().enumerate().filter(|(ink, dark)| lost[*ink] && dark.is_none())
    {
        *dark = Some(swapped(artwork.inks[ink].rgb));
    }
    dark
}

/// Whether it hardly shows on the dark ground.
fn is_faint(rgb: Rgb) -> bool {
    contrast(rgb, DARK_GROUND) < LEAST_CONTRAST
}

fn is_grey(rgb: Rgb) -> bool {
    Oklab::from(rgb).chroma() < 0.03
}

fn swapped(rgb: Rgb) -> Rgb {
    let lab = Oklab::from(rgb);
    Oklab { l: 1.0 - lab.l, ..lab }.into()
}

/// The colour, lighter by as much as it takes to stand out on the dark ground.
fn lightened(rgb: Rgb) -> Rgb {
    let lab = Oklab::from(rgb);
    (0..100)
        .map(|step| Rgb::from(Oklab { l: lab.l + f64::from(step) / 100.0, ..lab }))
        .find(|lighter| !is_faint(*lighter))
        .unwrap_or(rgb)
}

/// The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").
fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use kurbo::Rect;

    use super::*;
    use crate::artwork::{Geometry, Paint, Shape};

    /// What the inks of rectangles, each inside the one before, become.
    fn nested(inks: &[Rgb]) -> Vec<Option<Rgb>> {
        let mut artwork = Artwork::new(100.0, 100.0);
        for (inset, rgb) in inks.iter().enumerate() {
            let rect = Rect::new(0.0, 0.0, 100.0, 100.0).inset(-15.0 * inset as f64);
            let paint = Paint::Ink(artwork.ink(*rgb));
            artwork.shapes.push(Shape { geometry: Geometry::Rect(rect), paint, opacity: 1.0 });
        }
        on_dark(&artwork)
    }

    #[test]
    fn what_is_dark_becomes_light_and_what_stands_out_stays() {
        assert_eq!(nested(&[Rgb::BLACK]), [Some(Rgb::WHITE)]);
        assert_eq!(nested(&[Rgb([230, 30, 40])]), [None]);
        let navy = nested(&[Rgb([0, 0, 90])])[0].unwrap();
        assert!(luminance(navy) > 0.12, "{navy}");
    }

    #[test]
    fn light_greys_swap_only_inside_what_becomes_light() {
        let (teal, cream) = (Rgb([0x0f, 0x4c, 0x5c]), Rgb([0xf4, 0xef, 0xe6]));
        assert_eq!(nested(&[Rgb::BLACK, Rgb::WHITE]), [Some(Rgb::WHITE), Some(Rgb::BLACK)]);
        assert_eq!(nested(&[teal, cream])[1], None);
        // A light plate carries what is on it, paper becomes dark with it.
        assert_eq!(nested(&[teal, cream, Rgb::BLACK])[1..], [None, None]);
        assert_eq!(nested(&[Rgb::WHITE, Rgb::BLACK]), [Some(Rgb::BLACK), Some(Rgb::WHITE)]);
    }
}
