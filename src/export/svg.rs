//! SVG 1.1 (Second Edition): one element per shape, primitives as primitives, always a `viewBox`.

use kurbo::{Affine, BezPath, PathEl, Point};
use svg::Document;
use svg::node::Node;
use svg::node::element::{
    Circle, Definitions, Element, Ellipse, LinearGradient, Path, RadialGradient, Rectangle, Title,
};

use super::number::{push, text};
use crate::artwork::{Artwork, Geometry, Gradient, GradientKind, Paint, Shape, Spread};
use crate::color::Rgb;
use crate::error::Result;
use crate::options::{Options as _, options};

options! {
    /// Options of the SVG file.
    pub struct SvgOptions {
        /// Decimals of coordinates; two place a point within a two-hundredth of a pixel.
        decimals: u32 = 2, in 0..=6;
        /// A title for screen readers and tooltips; empty for none.
        title: String = String::new();
    }
}

/// Writes `artwork` as an SVG document.
pub fn svg(artwork: &Artwork, options: &SvgOptions) -> Result<String> {
    options.check()?;
    let decimals = options.decimals as usize;
    let num = |value: f64| text(value, decimals);
    let mut document = Document::new()
        .set("viewBox", format!("0 0 {} {}", num(artwork.width), num(artwork.height)));
    if !options.title.is_empty() {
        document = document.set("role", "img").add(Title::new(options.title.clone()));
    }
    if !artwork.gradients.is_empty() {
        let mut defs = Definitions::new();
        for (index, gradient) in artwork.gradients.iter().enumerate() {
            defs.append(gradient_element(gradient, index));
        }
        document.append(defs);
    }
    for shape in &artwork.shapes {
        document.append(shape_element(artwork, shape, decimals));
    }
    let mut out = document.to_string();
    out.push('\n');
    Ok(out)
}

fn shape_element(artwork: &Artwork, shape: &Shape, decimals: usize) -> Element {
    let num = |value: f64| text(value, decimals);
    let mut element: Element = match &shape.geometry {
        Geometry::Path(path) => Path::new().set("d", path_data(path, decimals)).into(),
        Geometry::Circle(circle) => Circle::new()
            .set("cx", num(circle.center.x))
            .set("cy", num(circle.center.y))
            .set("r", num(circle.radius))
            .into(),
        Geometry::Ellipse(ellipse) => {
            let (radii, angle) = (ellipse.radii(), ellipse.rotation());
            let center = ellipse.center();
            let element = Ellipse::new()
                .set("cx", num(center.x))
                .set("cy", num(center.y))
                .set("rx", num(radii.x))
                .set("ry", num(radii.y));
            if angle == 0.0 {
                element.into()
            } else {
                let turn = format!(
                    "rotate({} {} {})",
                    text(angle.to_degrees(), 3),
                    num(center.x),
                    num(center.y)
                );
                element.set("transform", turn).into()
            }
        }
        Geometry::Rect(rect) => rectangle(*rect, decimals).into(),
        Geometry::RoundedRect(rounded) => {
            rectangle(rounded.rect(), decimals).set("rx", num(rounded.radii().top_left)).into()
        }
    };
    match shape.paint {
        // Black is what a shape without a fill has.
        Paint::Ink(ink) if artwork.inks[ink].rgb == Rgb::BLACK => {}
        Paint::Ink(ink) => element.assign("fill", hex(artwork.inks[ink].rgb)),
        Paint::Gradient(index) => element.assign("fill", format!("url(#g{index})")),
    }
    if shape.opacity < 1.0 {
        element.assign("fill-opacity", text(shape.opacity, 3));
    }
    element
}

fn rectangle(rect: kurbo::Rect, decimals: usize) -> Rectangle {
    let num = |value: f64| text(value, decimals);
    let mut element =
        Rectangle::new().set("width", num(rect.width())).set("height", num(rect.height()));
    for (name, value) in [("x", num(rect.x0)), ("y", num(rect.y0))] {
        if value != "0" {
            element = element.set(name, value);
        }
    }
    element
}

fn gradient_element(gradient: &Gradient, index: usize) -> Element {
    // Four decimals: a gradient's transform multiplies what it is given.
    let num = |value: f64| text(value, 4);
    let mut element: Element = match gradient.kind {
        GradientKind::Linear { start, end } => LinearGradient::new()
            .set("x1", num(start.x))
            .set("y1", num(start.y))
            .set("x2", num(end.x))
            .set("y2", num(end.y))
            .into(),
        GradientKind::Radial { center, radius, focus, focus_radius } => {
            let mut element = RadialGradient::new()
                .set("cx", num(center.x))
                .set("cy", num(center.y))
                .set("r", num(radius));
            if focus != center {
                element = element.set("fx", num(focus.x)).set("fy", num(focus.y));
            }
            if focus_radius > 0.0 {
                element = element.set("fr", num(focus_radius));
            }
            element.into()
        }
    };
    element.assign("id", format!("g{index}"));
    element.assign("gradientUnits", "userSpaceOnUse");
    if gradient.transform != Affine::IDENTITY {
        let parts = gradient.transform.as_coeffs().map(num);
        element.assign("gradientTransform", format!("matrix({})", parts.join(" ")));
    }
    match gradient.spread {
        Spread::Pad => {}
        Spread::Reflect => element.assign("spreadMethod", "reflect"),
        Spread::Repeat => element.assign("spreadMethod", "repeat"),
    }
    for stop in &gradient.stops {
        let mut child = Element::new("stop");
        child.assign("offset", num(stop.offset));
        child.assign("stop-color", hex(stop.rgb));
        if stop.opacity < 1.0 {
            child.assign("stop-opacity", text(stop.opacity, 3));
        }
        element.append(child);
    }
    element
}

/// `#rrggbb`, or `#rgb` where that says the same.
fn hex(rgb: Rgb) -> String {
    let long = rgb.to_string();
    let short = rgb.0.iter().all(|channel| channel >> 4 == channel & 15);
    if short { [0, 1, 3, 5].map(|i| &long[i..=i]).concat() } else { long }
}

/// Path data (SVG 1.1, 8.3) with relative commands, each number as short as it can be.
///
/// Every point is rounded once, absolutely, and differences are taken between rounded points, so
/// errors do not add up along the path and shared edges stay identical.
pub(super) fn path_data(path: &BezPath, decimals: usize) -> String {
    let mut data = PathData { out: String::new(), decimals, at: Point::ZERO, command: ' ' };
    let mut start = Point::ZERO;
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(p) => {
                data.command('m', &[p]);
                start = data.at;
            }
            PathEl::LineTo(p) => data.line_to(p),
            PathEl::QuadTo(a, p) => data.command('q', &[a, p]),
            PathEl::CurveTo(a, b, p) => data.command('c', &[a, b, p]),
            PathEl::ClosePath => {
                data.out.push('z');
                data.command = 'z';
                data.at = start;
            }
        }
    }
    data.out
}

struct PathData {
    out: String,
    decimals: usize,
    /// The current point, as rounded.
    at: Point,
    /// The last command letter written.
    command: char,
}

impl PathData {
    fn round(&self, p: Point) -> Point {
        let scale = 10_f64.powi(self.decimals as i32);
        Point::new((p.x * scale).round() / scale, (p.y * scale).round() / scale)
    }

    fn line_to(&mut self, p: Point) {
        let to = self.round(p);
        let delta = to - self.at;
        if delta.y == 0.0 {
            self.letter('h');
            self.number(delta.x);
        } else if delta.x == 0.0 {
            self.letter('v');
            self.number(delta.y);
        } else {
            self.command('l', &[p]);
        }
        self.at = to;
    }

    /// Writes a relative command whose last point becomes the current one.
    fn command(&mut self, letter: char, points: &[Point]) {
        self.letter(letter);
        let mut to = self.at;
        for p in points {
            to = self.round(*p);
            let delta = to - self.at;
            self.number(delta.x);
            self.number(delta.y);
        }
        self.at = to;
    }

    fn letter(&mut self, letter: char) {
        // A command letter may be left out where it repeats; after `m` the default is `l`.
        let implied = if self.command == 'm' { 'l' } else { self.command };
        if implied != letter {
            self.out.push(letter);
        }
        self.command = letter;
    }

    fn number(&mut self, value: f64) {
        let mut digits = String::new();
        push(&mut digits, value, self.decimals);
        let after_digit = self.out.ends_with(|c: char| c.is_ascii_digit());
        // `1.5.5` reads as 1.5 and .5, and a minus separates as well.
        let dot_separates = digits.starts_with('.') && self.last_number_has_dot();
        if after_digit && !digits.starts_with('-') && !dot_separates {
            self.out.push(' ');
        }
        self.out.push_str(&digits);
    }

    fn last_number_has_dot(&self) -> bool {
        self.out.bytes().rev().take_while(|b| b.is_ascii_digit() || *b == b'.').any(|b| b == b'.')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_data_is_short_and_does_not_drift() {
        let mut path = BezPath::new();
        path.move_to((0.333, 0.0));
        path.line_to((10.333, 0.0));
        path.line_to((10.333, 5.5));
        path.line_to((0.6, 6.0));
        path.line_to((0.4, 0.5));
        path.close_path();
        assert_eq!(path_data(&path, 1), "m.3 0h10v5.5l-9.7.5-.2-5.5z");
    }

    #[test]
    fn hex_is_short_where_it_can_be() {
        assert_eq!(hex(Rgb([0xff, 0xaa, 0x00])), "#fa0");
        assert_eq!(hex(Rgb([0xff, 0xab, 0x00])), "#ffab00");
    }
}
