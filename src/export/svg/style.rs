//! CSS in the file: a class per ink, and the colours that browsers show in dark mode.

use std::fmt::Write as _;

use svg::node::element::Style;

use super::hex;
use crate::artwork::Artwork;
use crate::color::{Oklab, Rgb, luminance};

/// Which inks have a class, and what they become on a dark ground.
pub struct Css {
    classes: bool,
    /// By ink; the colour on a dark ground where that differs.
    dark: Vec<Option<Rgb>>,
}

impl Css {
    pub fn new(artwork: &Artwork, classes: bool, dark_mode: bool) -> Self {
        let dark = artwork.inks.iter().map(|ink| {
            let dark = on_dark(ink.rgb);
            (dark_mode && dark != ink.rgb).then_some(dark)
        });
        Self { classes, dark: dark.collect() }
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

/// What a colour becomes on a dark ground: greys swap light and dark, so that details inside them
/// stay; other colours become lighter, if they must, until they stand out.
fn on_dark(rgb: Rgb) -> Rgb {
    let lab = Oklab::from(rgb);
    if lab.chroma() < 0.03 {
        return Oklab { l: 1.0 - lab.l, ..lab }.into();
    }
    let contrast = |rgb: Rgb| (luminance(rgb) + 0.05) / (luminance(DARK_GROUND) + 0.05);
    (0..100)
        .map(|step| Rgb::from(Oklab { l: lab.l + f64::from(step) / 100.0, ..lab }))
        .find(|lighter| contrast(*lighter) >= LEAST_CONTRAST)
        .unwrap_or(rgb)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greys_swap_and_dark_colours_lighten() {
        assert_eq!(on_dark(Rgb::BLACK), Rgb::WHITE);
        assert_eq!(on_dark(Rgb::WHITE), Rgb::BLACK);
        let red = Rgb([230, 30, 40]);
        assert_eq!(on_dark(red), red);
        let navy = Rgb([0, 0, 90]);
        assert!(luminance(on_dark(navy)) > 0.12, "{}", on_dark(navy));
    }
}
