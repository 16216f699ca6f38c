//! An artwork as pixels, straight from its definition: what the files of all formats must look like.

use logopress::Artwork;
use logopress::artwork::{Gradient, GradientKind, Paint, Spread};
use resvg::tiny_skia as skia;

/// The artwork on white, scaled to this width. It is drawn larger and averaged: `tiny-skia` alone
/// looks at four rows of an edge's pixel.
pub fn render(artwork: &Artwork, width_px: u32) -> skia::Pixmap {
    averaged(&drawn(artwork, 2 * width_px), 2)
}

fn drawn(artwork: &Artwork, width_px: u32) -> skia::Pixmap {
    let scale = width_px as f32 / artwork.width as f32;
    let height_px = (artwork.height as f32 * scale).round() as u32;
    let mut pixels = skia::Pixmap::new(width_px, height_px).unwrap();
    pixels.fill(skia::Color::WHITE);
    for shape in &artwork.shapes {
        let path = path(&shape.geometry.path());
        let shader = match shape.paint {
            Paint::Ink(index) => {
                let [r, g, b] = artwork.inks[index].rgb.0;
                let alpha = (shape.opacity * 255.0).round() as u8;
                skia::Shader::SolidColor(skia::Color::from_rgba8(r, g, b, alpha))
            }
            Paint::Gradient(index) => gradient(&artwork.gradients[index], shape.opacity),
        };
        let paint = skia::Paint { shader, anti_alias: true, ..skia::Paint::default() };
        let transform = skia::Transform::from_scale(scale, scale);
        pixels.fill_path(&path, &paint, skia::FillRule::Winding, transform, None);
    }
    pixels
}

fn path(path: &kurbo::BezPath) -> skia::Path {
    let mut out = skia::PathBuilder::new();
    let xy = |p: kurbo::Point| (p.x as f32, p.y as f32);
    for el in path.elements() {
        match *el {
            kurbo::PathEl::MoveTo(p) => out.move_to(xy(p).0, xy(p).1),
            kurbo::PathEl::LineTo(p) => out.line_to(xy(p).0, xy(p).1),
            kurbo::PathEl::QuadTo(a, p) => out.quad_to(xy(a).0, xy(a).1, xy(p).0, xy(p).1),
            kurbo::PathEl::CurveTo(a, b, p) => {
                out.cubic_to(xy(a).0, xy(a).1, xy(b).0, xy(b).1, xy(p).0, xy(p).1);
            }
            kurbo::PathEl::ClosePath => out.close(),
        }
    }
    out.finish().unwrap()
}

fn gradient(gradient: &Gradient, opacity: f64) -> skia::Shader<'static> {
    let stops = gradient.stops.iter().map(|stop| {
        let [r, g, b] = stop.rgb.0;
        let alpha = (stop.opacity * opacity * 255.0).round() as u8;
        skia::GradientStop::new(stop.offset as f32, skia::Color::from_rgba8(r, g, b, alpha))
    });
    let stops = stops.collect();
    let spread = match gradient.spread {
        Spread::Pad => skia::SpreadMode::Pad,
        Spread::Reflect => skia::SpreadMode::Reflect,
        Spread::Repeat => skia::SpreadMode::Repeat,
    };
    let [a, b, c, d, e, f] = gradient.transform.as_coeffs().map(|v| v as f32);
    let transform = skia::Transform::from_row(a, b, c, d, e, f);
    let at = |p: kurbo::Point| skia::Point::from_xy(p.x as f32, p.y as f32);
    match gradient.kind {
        GradientKind::Linear { start, end } => {
            skia::LinearGradient::new(at(start), at(end), stops, spread, transform)
        }
        GradientKind::Radial { center, radius, focus, focus_radius } => skia::RadialGradient::new(
            at(focus),
            focus_radius as f32,
            at(center),
            radius as f32,
            stops,
            spread,
            transform,
        ),
    }
    .unwrap()
}

/// The share of pixels in which any channel differs by more than 16.
pub fn difference(ours: &skia::Pixmap, theirs: &skia::Pixmap) -> f64 {
    assert!(
        ours.width().abs_diff(theirs.width()) <= 1 && ours.height().abs_diff(theirs.height()) <= 1,
        "{}×{} and {}×{}",
        ours.width(),
        ours.height(),
        theirs.width(),
        theirs.height()
    );
    let (width, height) = (ours.width().min(theirs.width()), ours.height().min(theirs.height()));
    let row = |map: &skia::Pixmap, y: u32| {
        let start = (y * map.width()) as usize;
        map.pixels()[start..start + width as usize].to_vec()
    };
    let differ = |(a, b): &(skia::PremultipliedColorU8, skia::PremultipliedColorU8)| {
        a.red().abs_diff(b.red()) > 16
            || a.green().abs_diff(b.green()) > 16
            || a.blue().abs_diff(b.blue()) > 16
    };
    let count = |y| row(ours, y).into_iter().zip(row(theirs, y)).filter(differ).count();
    let different: usize = (0..height).map(count).sum();
    different as f64 / f64::from(width * height)
}

/// A PNG file on white, at this width; a larger one is averaged.
pub fn read_png(path: &std::path::Path, width_px: u32) -> skia::Pixmap {
    let image = skia::Pixmap::load_png(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut out = skia::Pixmap::new(image.width(), image.height()).unwrap();
    out.fill(skia::Color::WHITE);
    let paint = skia::PixmapPaint::default();
    out.draw_pixmap(0, 0, image.as_ref(), &paint, skia::Transform::identity(), None);
    averaged(&out, image.width() / width_px)
}

fn averaged(image: &skia::Pixmap, side: u32) -> skia::Pixmap {
    let mut out = skia::Pixmap::new(image.width() / side, image.height() / side).unwrap();
    let width = out.width();
    for (at, pixel) in (0..).zip(out.pixels_mut()) {
        let (left, top) = (at % width * side, at / width * side);
        let mut sums = [0; 3];
        for pixel in (0..side * side).filter_map(|i| image.pixel(left + i % side, top + i / side)) {
            for (sum, value) in sums.iter_mut().zip([pixel.red(), pixel.green(), pixel.blue()]) {
                *sum += u32::from(value);
            }
        }
        let [r, g, b] = sums.map(|sum| (f64::from(sum) / f64::from(side * side)).round() as u8);
        *pixel = skia::PremultipliedColorU8::from_rgba(r, g, b, 255).unwrap();
    }
    out
}
