//! The page's content stream, and the names of what it uses.

use kurbo::{BezPath, PathEl, Point};
use pdf_writer::types::ColorSpaceOperand;
use pdf_writer::{Content as Stream, Name};

use super::rounded;
use crate::artwork::{Paint, Shape};
use crate::export::Job;
use crate::export::cut;
use crate::export::number::decimals;
use crate::export::page::{Color, ColorMode, PT_PER_MM, Page, PageOptions, share};

/// The name of the cutting contour's colour space.
pub const CUT: &str = "Cut";

/// The name of a spot colour's space.
pub fn spot(ink: usize) -> String {
    format!("S{ink}")
}

/// The name of a gradient's pattern.
pub fn pattern(gradient: usize) -> String {
    format!("P{gradient}")
}

/// The name of the graphics state with a gradient's soft mask.
pub fn mask(gradient: usize) -> String {
    format!("M{gradient}")
}

/// The name of a graphics state with constant opacity.
pub fn opacity(index: usize) -> String {
    format!("A{index}")
}

/// The name of a layer.
pub fn layer(index: usize) -> String {
    format!("L{index}")
}

/// The content and what it refers to.
pub struct Content {
    pub bytes: Vec<u8>,
    /// Names of layers, from the bottom up; empty without layers.
    pub layers: Vec<String>,
    /// The opacities in use below 1.
    pub opacities: Vec<f32>,
    masked: bool,
}

impl Content {
    pub fn new(job: &Job, options: &PageOptions, page: &Page) -> Self {
        let mut content =
            Self { bytes: Vec::new(), layers: Vec::new(), opacities: Vec::new(), masked: false };
        let mut stream = Stream::new();
        let coefficients = page.from_px.as_coeffs().map(|v| rounded(v, 6));
        stream.save_state().transform(coefficients);
        let decimals = decimals(job.artwork.width, job.artwork.height) as i32;
        for run in job.artwork.shapes.chunk_by(|a, b| a.paint == b.paint) {
            let layered =
                options.layers && content.begin_layer(layer_name(job, run[0].paint), &mut stream);
            stream.save_state();
            set_fill(job, options.color_mode, run[0].paint, &mut stream);
            for shape in run {
                content.shape(job, shape, decimals, &mut stream);
            }
            stream.restore_state();
            if layered {
                stream.end_marked_content();
            }
        }
        if let Some(contour) = &job.cut {
            let layered = options.layers && content.begin_layer(cut::NAME.into(), &mut stream);
            stream.set_stroke_color_space(Name(CUT.as_bytes())).set_stroke_color([1.0]);
            let width_pt = cut::WIDTH_MM * PT_PER_MM;
            stream.set_line_width(rounded(width_pt / page.scale(), 4));
            append(contour, decimals, &mut stream);
            stream.stroke();
            if layered {
                stream.end_marked_content();
            }
        }
        stream.restore_state();
        content.bytes = stream.finish().to_vec();
        content
    }

    /// Whether anything shows what is under it.
    pub fn is_translucent(&self) -> bool {
        self.masked || !self.opacities.is_empty()
    }

    fn begin_layer(&mut self, name: String, stream: &mut Stream) -> bool {
        let index = self.layers.iter().position(|known| *known == name).unwrap_or_else(|| {
            self.layers.push(name);
            self.layers.len() - 1
        });
        stream
            .begin_marked_content_with_properties(Name(b"OC"))
            .properties_named(Name(layer(index).as_bytes()));
        true
    }

    fn shape(&mut self, job: &Job, shape: &Shape, decimals: i32, stream: &mut Stream) {
        let mask_name = match shape.paint {
            Paint::Gradient(index) if job.artwork.gradients[index].is_translucent() => {
                Some(mask(index))
            }
            _ => None,
        };
        let translucent = shape.opacity < 1.0 || mask_name.is_some();
        if translucent {
            stream.save_state();
        }
        if let Some(name) = mask_name {
            self.masked = true;
            stream.set_parameters(Name(name.as_bytes()));
        }
        if shape.opacity < 1.0 {
            let value = rounded(shape.opacity, 3);
            let index = self.opacities.iter().position(|o| *o == value).unwrap_or_else(|| {
                self.opacities.push(value);
                self.opacities.len() - 1
            });
            stream.set_parameters(Name(opacity(index).as_bytes()));
        }
        append(&shape.geometry.path(), decimals, stream);
        stream.fill_nonzero();
        if translucent {
            stream.restore_state();
        }
    }
}

fn layer_name(job: &Job, paint: Paint) -> String {
    match paint {
        Paint::Ink(index) => job.inks[index].name.clone(),
        Paint::Gradient(index) => format!("Gradient {}", index + 1),
    }
}

fn set_fill(job: &Job, mode: ColorMode, paint: Paint, stream: &mut Stream) {
    match paint {
        Paint::Gradient(index) => {
            stream.set_fill_color_space(ColorSpaceOperand::Pattern);
            stream.set_fill_pattern([], Name(pattern(index).as_bytes()));
        }
        Paint::Ink(index) => match mode.ink(job, index) {
            Color::Rgb(rgb) => {
                let [r, g, b] = rgb.0.map(|channel| share(channel) as f32);
                stream.set_fill_rgb(r, g, b);
            }
            Color::Cmyk(cmyk) => {
                let [c, m, y, k] = cmyk.0.map(|percent| f32::from(percent) / 100.0);
                stream.set_fill_cmyk(c, m, y, k);
            }
            Color::Spot(ink) => {
                stream.set_fill_color_space(Name(spot(ink).as_bytes()));
                stream.set_fill_color([1.0]);
            }
        },
    }
}

fn append(path: &BezPath, decimals: i32, stream: &mut Stream) {
    let xy = |p: Point| (rounded(p.x, decimals), rounded(p.y, decimals));
    let mut at = Point::ZERO;
    for el in path.elements() {
        match *el {
            PathEl::MoveTo(p) => {
                let (x, y) = xy(p);
                stream.move_to(x, y);
            }
            PathEl::LineTo(p) => {
                let (x, y) = xy(p);
                stream.line_to(x, y);
            }
            PathEl::QuadTo(c, p) => {
                let cubic = kurbo::QuadBez::new(at, c, p).raise();
                cubic_to(xy(cubic.p1), xy(cubic.p2), xy(p), stream);
            }
            PathEl::CurveTo(a, b, p) => cubic_to(xy(a), xy(b), xy(p), stream),
            PathEl::ClosePath => {
                stream.close_path();
            }
        }
        at = el.end_point().unwrap_or(at);
    }
}

fn cubic_to(a: (f32, f32), b: (f32, f32), p: (f32, f32), stream: &mut Stream) {
    stream.cubic_to(a.0, a.1, b.0, b.1, p.0, p.1);
}
