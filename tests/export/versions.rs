//! One-colour versions.

use logopress::artwork::{Paint, VersionOptions, version};
use logopress::{Artwork, Oklab, Rgb};

use crate::marks::{Mark, mark, marks, options};
use crate::render::render;

fn versioned(artwork: &Artwork, settings: &[(&str, &str)]) -> Artwork {
    version(artwork, &options(settings).version).unwrap()
}

#[test]
fn one_colour_versions_have_one_colour() {
    for Mark { name, artwork, .. } in marks() {
        for version_word in ["black", "white", "brand"] {
            let settings = options(&[("version", version_word), ("version_color", "#00a050")]);
            let options: &VersionOptions = &settings.version;
            let one = version(artwork, options).unwrap();
            assert_eq!(one.inks.len(), 1, "{name} {version_word}");
            let grounds = one.shapes.iter().filter(|s| matches!(s.paint, Paint::Gradient(_)));
            assert_eq!(grounds.count(), 0, "{name}");
        }
    }
}

/// The share of the page that is painted.
fn painted(artwork: &Artwork) -> f64 {
    let pixels = render(artwork, 512);
    let dark: f64 = pixels.pixels().iter().map(|pixel| 1.0 - f64::from(pixel.red()) / 255.0).sum();
    dark / pixels.pixels().len() as f64
}

#[test]
fn inner_detail_stays() {
    // A sail and a hull on a field: the field is open along both, and where the other sail is white.
    let harbour = mark("harbour");
    let mut silhouette = harbour.clone();
    for ink in &mut silhouette.inks {
        ink.rgb = Rgb::BLACK;
    }
    let gap =
        |percent| versioned(harbour, &[("version", "black"), ("version_gap_percent", percent)]);
    let [none, thin, wide] = ["0", "0.8", "1.6"].map(gap).map(|artwork| painted(&artwork));
    // The white sail.
    let sail = 150.0 * 190.0 / 2.0 / (640.0 * 400.0);
    assert!((painted(&silhouette) - none - sail).abs() < 0.002, "{none}");
    // Around both shapes and the water's ellipse there are some 1,500 px of edges.
    let hairline = 0.008 * 640.0 / (640.0 * 400.0);
    for (gap, hairlines) in [(none - thin, 1.0), (none - wide, 2.0)] {
        let length_px = gap / (hairlines * hairline);
        assert!((1000.0..2000.0).contains(&length_px), "{length_px}");
    }
}

#[test]
fn greys_are_as_light_as_the_colours() {
    for Mark { name, artwork, .. } in marks() {
        let grey = versioned(artwork, &[("version", "grey")]);
        for (shape, was) in grey.shapes.iter().zip(&artwork.shapes) {
            let (Paint::Ink(ink), Paint::Ink(before)) = (shape.paint, was.paint) else { continue };
            let (rgb, before) = (grey.inks[ink].rgb, artwork.inks[before].rgb);
            assert!(rgb.0[0] == rgb.0[1] && rgb.0[1] == rgb.0[2], "{name}: {rgb}");
            let lightness = [rgb, before].map(|rgb| Oklab::from(rgb).l);
            assert!((lightness[0] - lightness[1]).abs() < 0.004, "{name}: {before} became {rgb}");
        }
    }
}
