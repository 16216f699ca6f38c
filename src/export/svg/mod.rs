//! SVG 1.1 (Second Edition): one element per shape, primitives as primitives, always a `viewBox`.
//!
//! Neighbours of one colour share it through a group. Ids and classes begin with a prefix that
//! depends on the drawing, so that several files can stand in one page.

mod arcs;
mod path_data;
mod style;
pub(super) mod tiny_ps;

use kurbo::{Affine, BezPath, Cap, Join, Shape as _};
use svg::Document;
use svg::node::Node;
use svg::node::element::{
    Circle, Definitions, Element, Ellipse, Group, LinearGradient, Path, RadialGradient, Rectangle,
    Title,
};

use super::Job;
use super::number::{decimals, text};
use crate::artwork::{Artwork, Geometry, Gradient, GradientKind, Paint, Shape, Spread, Stroke};
use crate::color::Rgb;
use crate::options::options;
use path_data::{Style, path_data};

options! {
    /// Options of the SVG file.
    pub struct SvgOptions {
        /// Decimals of coordinates; empty for as many as keep every point within 1/20000 of the
        /// drawing's longer side.
        decimals: Option<u32> = None, in 0..=6;
        /// Colours the inks by CSS classes, for pages that restyle the logo.
        classes: bool = false;
        /// Adds a variant for dark grounds, which browsers show in dark mode.
        dark_mode: bool = false;
        /// How ids and classes begin; empty for a prefix that is unique to the drawing.
        id_prefix: String = String::new();
    }
}

/// Writes the artwork as an SVG document.
pub(super) fn svg(job: &Job, options: &SvgOptions) -> String {
    let artwork = job.artwork;
    let writer = Writer {
        artwork,
        style: Style {
            decimals: options
                .decimals
                .map_or_else(|| decimals(artwork.width, artwork.height), |d| d as usize),
            arcs: true,
        },
        prefix: if options.id_prefix.is_empty() {
            prefix(artwork)
        } else {
            options.id_prefix.clone()
        },
        css: style::Css::new(artwork, options.classes, options.dark_mode),
    };
    let mut document = Document::new().set("viewBox", writer.view_box(job.canvas));
    if job.document.width_mm.is_some() {
        let mm = |px: f64| format!("{}mm", text(px * job.mm_per_px, 3));
        let (width, height) = (job.canvas.width(), job.canvas.height());
        document = document.set("width", mm(width)).set("height", mm(height));
    }
    if !job.document.title.is_empty() {
        let id = format!("{}title", writer.prefix);
        document = document.set("role", "img").set("aria-labelledby", id.as_str());
        document.append(Title::new(job.document.title.as_str()).set("id", id));
    }
    writer.content(&mut document);
    if let Some(cut) = &job.cut {
        document.append(
            Path::new()
                .set("id", super::cut::NAME)
                .set("d", path_data(cut, writer.style))
                .set("fill", "none")
                .set("stroke", hex(super::cut::RGB))
                .set("stroke-width", text(super::cut::WIDTH_MM / job.mm_per_px, 4)),
        );
    }
    finished(&document)
}

fn finished(document: &Document) -> String {
    // The `svg` crate begins a line with every tag; a `<` of a text is escaped.
    let mut out = document.to_string().replace("\n<", "<");
    out.push('\n');
    out
}

/// A prefix that depends on the drawing: FNV-1a (draft-eastlake-fnv) over its numbers.
fn prefix(artwork: &Artwork) -> String {
    let colors = artwork.inks.iter().flat_map(|ink| ink.rgb.0).map(u64::from);
    let boxes = artwork.shapes.iter().flat_map(|shape| {
        let bounds = shape.geometry.bounds();
        [bounds.x0, bounds.y0, bounds.x1, bounds.y1].map(f64::to_bits)
    });
    let hash = colors
        .chain(boxes)
        .flat_map(u64::to_le_bytes)
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    // A letter, then letters or digits.
    let digit = |place: u32, base: u32| char::from_digit(hash / place % base, 36);
    let letter = char::from(b'a' + (hash % 26) as u8);
    let rest = [26, 26 * 36, 26 * 36 * 36].map(|place| digit(place, 36).unwrap_or_default());
    std::iter::once(letter).chain(rest).collect()
}

/// Writes one artwork's content.
struct Writer<'a> {
    artwork: &'a Artwork,
    style: Style,
    prefix: String,
    css: style::Css,
}

impl Writer<'_> {
    fn view_box(&self, canvas: kurbo::Rect) -> String {
        let [x, y] = [canvas.x0, canvas.y0].map(|v| self.num(v));
        format!("{x} {y} {} {}", self.num(canvas.width()), self.num(canvas.height()))
    }

    /// Appends styles, gradients and shapes.
    fn content(&self, document: &mut Document) {
        if let Some(style) = self.css.element(self.artwork, &self.prefix) {
            document.append(style);
        }
        if !self.artwork.gradients.is_empty() {
            let mut defs = Definitions::new();
            for (index, gradient) in self.artwork.gradients.iter().enumerate() {
                defs.append(self.gradient(gradient, format!("{}g{index}", self.prefix)));
            }
            document.append(defs);
        }
        for neighbours in self.artwork.shapes.chunk_by(|a, b| a.paint == b.paint) {
            let fill = self.fill(neighbours[0].paint);
            let assign = |element: &mut Element| {
                for (name, value) in &fill {
                    // Lines say themselves that nothing fills them.
                    if !element.get_attributes().contains_key(*name) {
                        element.assign(*name, value.as_str());
                    }
                }
            };
            let mut elements = neighbours.iter().map(|shape| self.shape(shape));
            // A group costs more than it saves for one shape, or for what is black anyway.
            if neighbours.len() > 1 && !fill.is_empty() {
                let mut group = Group::new().into();
                assign(&mut group);
                elements.for_each(|element| group.append(element));
                document.append(group);
            } else {
                for mut element in elements.by_ref() {
                    assign(&mut element);
                    document.append(element);
                }
            }
        }
    }

    /// The attributes that colour a shape.
    fn fill(&self, paint: Paint) -> Vec<(&'static str, String)> {
        match paint {
            Paint::Gradient(index) => vec![("fill", format!("url(#{}g{index})", self.prefix))],
            Paint::Ink(index) => {
                let rgb = self.artwork.inks[index].rgb;
                let class = self.css.class(index).map(|n| ("class", format!("{}{n}", self.prefix)));
                // Black is what a shape without a fill has.
                let fill = (rgb != Rgb::BLACK && !self.css.colors()).then(|| ("fill", hex(rgb)));
                class.into_iter().chain(fill).collect()
            }
        }
    }

    fn shape(&self, shape: &Shape) -> Element {
        let num = |value: f64| self.num(value);
        let mut element: Element = match &shape.geometry {
            Geometry::Path(path) => self.path(path),
            Geometry::Circle(circle) => Circle::new()
                .set("cx", num(circle.center.x))
                .set("cy", num(circle.center.y))
                .set("r", num(circle.radius))
                .into(),
            // A turned element would turn its gradient as well.
            Geometry::Ellipse(ellipse)
                if turn(ellipse) != 0.0 && matches!(shape.paint, Paint::Gradient(_)) =>
            {
                self.path(&shape.geometry.path())
            }
            Geometry::Ellipse(ellipse) => self.ellipse(ellipse),
            Geometry::Rect(rect) => self.rectangle(*rect).into(),
            Geometry::RoundedRect(rounded) => {
                self.rectangle(rounded.rect()).set("rx", num(rounded.radii().top_left)).into()
            }
            Geometry::Stroke(stroke) => self.stroke(stroke, shape.paint),
        };
        if shape.opacity < 1.0 {
            let is_line = element.get_attributes().contains_key("stroke");
            let name = if is_line { "stroke-opacity" } else { "fill-opacity" };
            element.assign(name, text(shape.opacity, 3));
        }
        element
    }

    /// Lines as lines; as outlines where a style sheet colours them, or a gradient, whose box would be
    /// another.
    fn stroke(&self, stroke: &Stroke, paint: Paint) -> Element {
        let Paint::Ink(index) = paint else { return self.path(stroke.outline()) };
        if self.css.class(index).is_some() {
            return self.path(stroke.outline());
        }
        let mut element = self.path(&stroke.path);
        element.assign("fill", "none");
        element.assign("stroke", hex(self.artwork.inks[index].rgb));
        element.assign("stroke-width", text(stroke.pen.width, self.style.decimals + 1));
        match stroke.pen.cap {
            Cap::Butt => {}
            Cap::Round => element.assign("stroke-linecap", "round"),
            Cap::Square => element.assign("stroke-linecap", "square"),
        }
        match stroke.pen.join {
            Join::Miter => {}
            Join::Round => element.assign("stroke-linejoin", "round"),
            Join::Bevel => element.assign("stroke-linejoin", "bevel"),
        }
        element
    }

    fn path(&self, path: &BezPath) -> Element {
        Path::new().set("d", path_data(path, self.style)).into()
    }

    fn ellipse(&self, ellipse: &kurbo::Ellipse) -> Element {
        let (center, angle) = (ellipse.center(), turn(ellipse));
        let radii = if angle == 0.0 {
            ellipse.bounding_box().size().to_vec2() / 2.0
        } else {
            ellipse.radii()
        };
        let num = |value: f64| self.num(value);
        let element = Ellipse::new()
            .set("cx", num(center.x))
            .set("cy", num(center.y))
            .set("rx", num(radii.x))
            .set("ry", num(radii.y));
        if angle == 0.0 {
            return element.into();
        }
        let turn = text(angle.to_degrees(), 3);
        element
            .set("transform", format!("rotate({turn} {} {})", num(center.x), num(center.y)))
            .into()
    }

    fn rectangle(&self, rect: kurbo::Rect) -> Rectangle {
        let mut element = Rectangle::new()
            .set("width", self.num(rect.width()))
            .set("height", self.num(rect.height()));
        for (name, value) in [("x", self.num(rect.x0)), ("y", self.num(rect.y0))] {
            if value != "0" {
                element = element.set(name, value);
            }
        }
        element
    }

    fn gradient(&self, gradient: &Gradient, id: String) -> Element {
        let gradient = gradient.simplified();
        // One decimal more than points have: colours vary over the whole run.
        let decimals = self.style.decimals + 1;
        let num = |value: f64| text(value, decimals);
        let (mut element, reach): (Element, f64) = match gradient.kind {
            GradientKind::Linear { start, end } => {
                let element = LinearGradient::new()
                    .set("x1", num(start.x))
                    .set("y1", num(start.y))
                    .set("x2", num(end.x))
                    .set("y2", num(end.y));
                (element.into(), start.to_vec2().length().max(end.to_vec2().length()))
            }
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
                (element.into(), center.to_vec2().length() + radius)
            }
        };
        element.assign("id", id);
        element.assign("gradientUnits", "userSpaceOnUse");
        if gradient.transform != Affine::IDENTITY {
            let [a, b, c, d, e, f] = gradient.transform.as_coeffs();
            let factors = decimals + libm::log10(reach.max(1.0)).ceil() as usize;
            let parts = [a, b, c, d].map(|v| text(v, factors)).into_iter().chain([e, f].map(num));
            let matrix = parts.collect::<Vec<_>>().join(" ");
            element.assign("gradientTransform", format!("matrix({matrix})"));
        }
        match gradient.spread {
            Spread::Pad => {}
            Spread::Reflect => element.assign("spreadMethod", "reflect"),
            Spread::Repeat => element.assign("spreadMethod", "repeat"),
        }
        for stop in &gradient.stops {
            let mut child = Element::new("stop");
            child.assign("offset", text(stop.offset, 3));
            if stop.rgb != Rgb::BLACK {
                child.assign("stop-color", hex(stop.rgb));
            }
            if stop.opacity < 1.0 {
                child.assign("stop-opacity", text(stop.opacity, 3));
            }
            element.append(child);
        }
        element
    }

    fn num(&self, value: f64) -> String {
        text(value, self.style.decimals)
    }
}

/// How far an ellipse's axes are turned from the coordinates', in radians; kurbo gives the greater
/// radius first, so that an upright ellipse may call itself turned by 90°.
fn turn(ellipse: &kurbo::Ellipse) -> f64 {
    let quarters = ellipse.rotation() / std::f64::consts::FRAC_PI_2;
    if (quarters - quarters.round()).abs() < 1e-9 { 0.0 } else { ellipse.rotation() }
}

/// `#rrggbb`, or `#rgb` where that says the same.
fn hex(rgb: Rgb) -> String {
    let long = rgb.to_string();
    let short = rgb.0.iter().all(|channel| channel >> 4 == channel & 15);
    if short { [0, 1, 3, 5].map(|i| &long[i..=i]).concat() } else { long }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_is_short_where_it_can_be() {
        assert_eq!(hex(Rgb([0xff, 0xaa, 0x00])), "#fa0");
        assert_eq!(hex(Rgb([0xff, 0xab, 0x00])), "#ffab00");
    }
}
