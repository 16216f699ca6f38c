//! What lies beside an ink: seen in a small picture of a drawing, whatever lies over what.

use crate::color::Rgb;
use crate::raster::Raster;

/// Longest side of a picture that shows enough, in px.
pub(crate) const SAMPLE_PX: f64 = 160.0;

/// The share of an ink's edge, 0 to 1, beside which lies what is `wanted`: a colour, or none where the
/// picture is transparent or ends. What it cannot tell of does not count; if nothing does, there is no
/// share.
pub(crate) fn edge_share(
    picture: &Raster,
    ink: Rgb,
    wanted: &dyn Fn(Option<Rgb>) -> Option<bool>,
) -> Option<f64> {
    let width = picture.width_px() as usize;
    let pixels = picture.pixels();
    let solid = |pixel: [u8; 4]| {
        let [r, g, b, alpha] = pixel;
        (alpha == 255).then_some(Rgb([r, g, b]))
    };
    let (mut all, mut found) = (0, 0_usize);
    for (at, _) in pixels.iter().enumerate().filter(|(_, pixel)| solid(**pixel) == Some(ink)) {
        let x = at % width;
        // Two pixels on: between two colours lies one that is mixed of both.
        let places = [
            (x > 1).then(|| at - 2),
            (x + 2 < width).then_some(at + 2),
            at.checked_sub(2 * width),
            Some(at + 2 * width),
        ];
        for place in places {
            let beside = place.and_then(|at| pixels.get(at)).and_then(|pixel| solid(*pixel));
            if let Some(is_wanted) = wanted(beside).filter(|_| beside != Some(ink)) {
                all += 1;
                found += usize::from(is_wanted);
            }
        }
    }
    (all > 0).then(|| found as f64 / all as f64)
}

/// Whether some of an ink's edge lies on the ground: that which a drawing has none of, or its own
/// `paper`. Else other inks carry it.
pub(crate) fn meets_ground(picture: &Raster, ink: Rgb, paper: Option<Rgb>) -> bool {
    const LEAST: f64 = 0.05;
    let is_ground = |beside: Option<Rgb>| Some(beside.is_none() || beside == paper);
    edge_share(picture, ink, &is_ground).is_none_or(|share| share >= LEAST)
}

/// The one colour of all four corners, if it is one.
pub(crate) fn paper(picture: &Raster) -> Option<Rgb> {
    let (width, pixels) = (picture.width_px() as usize, picture.pixels());
    let [r, g, b, alpha] = pixels[0];
    let corners = [width - 1, pixels.len() - width, pixels.len() - 1];
    let alike = alpha == 255 && corners.iter().all(|corner| pixels[*corner] == pixels[0]);
    alike.then_some(Rgb([r, g, b]))
}
