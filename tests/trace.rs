//! Tracing real files: what comes back is what was drawn.

use std::path::{Path, PathBuf};

use kurbo::{PathEl, Point, Shape as _};
use logopress::export::render;
use logopress::import::BackgroundChoice;
use logopress::trace::{Layering, Preset, Shadows, trace};
use logopress::{
    Artwork, ExportOptions, Format, IntakeOptions, Raster, Session, TraceOptions, unwatched,
};

/// A fixture, traced and as it is.
fn fixture(name: &str, intake: &IntakeOptions) -> (Artwork, Raster) {
    let file = format!("{}/tests/fixtures/logos/{name}", env!("CARGO_MANIFEST_DIR"));
    let mut session = Session::new();
    session.open(&std::fs::read(file).unwrap(), intake, &unwatched).unwrap();
    let artwork = session.artwork(&TraceOptions::default(), &unwatched).unwrap();
    (artwork.clone(), session.raster().unwrap().clone())
}

/// The inks of a traced fixture, sorted.
fn inks(name: &str) -> Vec<String> {
    let artwork = fixture(name, &IntakeOptions::default()).0;
    let mut inks: Vec<_> = artwork.inks.iter().map(|ink| ink.rgb.to_string()).collect();
    inks.sort();
    inks
}

/// The beak covers a part of the neck with the same edge, along which the neck shines through.
#[test]
fn the_fringe_of_a_hidden_shape_is_no_ink() {
    assert_eq!(inks("heron.png"), ["#0f4c5c", "#5fa8a0", "#e36414", "#f4efe6"]);
}

/// The fixtures and the page's examples that end in one of these.
fn logos(suffixes: &[&str]) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = ["tests/fixtures/logos", "www/examples"].map(|dir| root.join(dir));
    let mut logos: Vec<PathBuf> = files
        .iter()
        .flat_map(|dir| std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()))
        .filter(|path| suffixes.iter().any(|suffix| path.extension() == Some(suffix.as_ref())))
        .collect();
    logos.sort();
    assert!(logos.len() > suffixes.len(), "{logos:?}");
    logos
}

fn opened(file: &Path) -> Session {
    let mut session = Session::new();
    session.open(&std::fs::read(file).unwrap(), &IntakeOptions::default(), &unwatched).unwrap();
    session
}

/// What reaches under something else is never seen: all ways of layering are the same picture.
#[test]
fn every_layering_looks_the_same() {
    for file in logos(&["png"]) {
        let mut session = opened(&file);
        let [cut_out, others @ ..] = [Layering::CutOut, Layering::Stacked, Layering::Completed]
            .map(|layering| {
                let options = TraceOptions { layering, ..TraceOptions::default() };
                let artwork = session.artwork(&options, &unwatched).unwrap();
                let (w, h) = (artwork.width as u32, artwork.height as u32);
                render(artwork, 2 * w, 2 * h).unwrap()
            });
        let differ =
            |(a, b): (&[u8; 4], &[u8; 4])| a.iter().zip(b).any(|(a, b)| a.abs_diff(*b) > 8);
        for other in others {
            let pairs = other.pixels().iter().zip(cut_out.pixels());
            let differ = pairs.filter(|pair| differ(*pair)).count();
            // A few pixels of the picture at most, where three shapes meet.
            assert!(differ <= 16, "{}: {differ} pixels of half the size", file.display());
        }
    }
}

/// The same bytes with any number of threads.
#[cfg(feature = "parallel")]
#[test]
fn threads_change_nothing() {
    for file in logos(&["png", "jpg"]) {
        let svg = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| {
                let (trace, export) = (TraceOptions::default(), ExportOptions::default());
                opened(&file).export(Format::Svg, &trace, &export, &unwatched).unwrap()
            })
        };
        let one = svg(1);
        for threads in [2, 5] {
            assert!(svg(threads) == one, "{}: {threads} threads", file.display());
        }
    }
}

/// Closed faces that fill the same by either rule, in a document that another program reads.
#[test]
fn every_svg_is_sound() {
    for file in logos(&["png"]) {
        for layering in [Layering::Stacked, Layering::Completed, Layering::CutOut] {
            let mut session = opened(&file);
            let options = TraceOptions { layering, ..TraceOptions::default() };
            let svg = session
                .export(Format::Svg, &options, &ExportOptions::default(), &unwatched)
                .unwrap();
            let tree = usvg::Tree::from_data(&svg, &usvg::Options::default()).unwrap();
            assert!(tree.root().has_children(), "{}", file.display());
            let artwork = session.artwork(&options, &unwatched).unwrap();
            for shape in &artwork.shapes {
                let path = shape.geometry.path();
                let mut open = false;
                for element in path.elements() {
                    match element {
                        PathEl::MoveTo(_) => {
                            assert!(!open, "{}: an open path", file.display());
                            open = true;
                        }
                        PathEl::ClosePath => open = false,
                        _ => assert!(element.is_finite() && open),
                    }
                }
                assert!(!open, "{}: an open path", file.display());
                let bounds = path.bounding_box();
                for k in 0..400 {
                    // A spread of points that hits no edge of round numbers.
                    let share = |step: f64| (0.5 + f64::from(k) * step).fract();
                    let p = Point::new(
                        bounds.x0 + share(0.754_877_666) * bounds.width(),
                        bounds.y0 + share(0.569_840_291) * bounds.height(),
                    );
                    let winding = path.winding(p);
                    assert!((0..=1).contains(&winding), "{}: {winding} at {p}", file.display());
                }
            }
        }
    }
}

/// Side by side nothing lies on anything else, and nothing is left out: the areas add up.
#[test]
fn cut_out_shapes_share_their_edges() {
    let mut session =
        opened(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/www/examples/marea.png")));
    let options = TraceOptions { layering: Layering::CutOut, ..TraceOptions::default() };
    let artwork = session.artwork(&options, &unwatched).unwrap();
    let area: f64 = artwork.shapes.iter().map(|shape| shape.geometry.path().area()).sum();
    assert!((area - artwork.width * artwork.height).abs() < 1e-6, "{area}");
}

/// A JPEG's ripples and smeared colours are noise, and its seams have no slivers.
#[test]
fn a_jpeg_has_the_inks_that_were_drawn() {
    let found = inks("loom.jpg");
    assert_eq!(found.len(), 4, "{found:?}");
    for (found, drawn) in found.iter().zip(["#2d2a32", "#c1292e", "#f1c40f", "#ffffff"]) {
        let [found, drawn] = [found, drawn].map(|hex| hex.parse::<logopress::Rgb>().unwrap());
        let off = (0..3).map(|i| found.0[i].abs_diff(drawn.0[i])).max();
        assert!(off <= Some(4), "{found} for {drawn}");
    }
}

/// An icon of lines, traced as line art, is lines again: in SVG and in DXF, and looks the same.
#[test]
fn line_art_is_lines() {
    let icon = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="480" height="480"
        fill="none" stroke="#123" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">
        <path d="M4 14 13 7l9 7v11a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2z"/><circle cx="35" cy="15" r="8"/>
        <path d="m41 21 4 4M6 36h16M6 42h16M44 34 33 44l-5-5"/></svg>"##;
    let mut drawn = Session::new();
    drawn.open(icon.as_bytes(), &IntakeOptions::default(), &unwatched).unwrap();
    let drawn = drawn.artwork(&TraceOptions::default(), &unwatched).unwrap().clone();
    let raster = render(&drawn, 480, 480).unwrap();

    let mut session = Session::new();
    session.open_pixels(raster.clone(), &IntakeOptions::default(), &unwatched).unwrap();
    let options = TraceOptions { preset: Preset::LineArt, ..TraceOptions::default() };
    let file = |session: &mut Session, format| {
        session.export(format, &options, &ExportOptions::default(), &unwatched).unwrap()
    };
    let svg = String::from_utf8(file(&mut session, Format::Svg)).unwrap();
    assert!(
        svg.contains(r#"stroke-linecap="round" stroke-linejoin="round" stroke-width="20""#),
        "{svg}"
    );
    assert!(!svg.contains("<rect") && svg.matches("<path").count() == 1, "{svg}");
    // Three bars are horizontal lines, the tick and the handle are open.
    let dxf = String::from_utf8(file(&mut session, Format::Dxf)).unwrap();
    let polylines = dxf.split("POLYLINE\n").skip(1);
    let open = polylines.filter(|polyline| polyline.contains("\n70\n0\n")).count();
    assert_eq!(open, 4);

    let mut again = Session::new();
    again.open(svg.as_bytes(), &IntakeOptions::default(), &unwatched).unwrap();
    let again = again.artwork(&TraceOptions::default(), &unwatched).unwrap();
    let again = render(again, 480, 480).unwrap();
    let alpha = |raster: &Raster| -> Vec<u8> { raster.pixels().iter().map(|p| p[3]).collect() };
    let off = alpha(&raster).iter().zip(alpha(&again)).filter(|(a, b)| a.abs_diff(*b) > 48).count();
    assert!(off < 60, "{off} pixels");
}

/// A drawing as resvg paints it, on nothing.
fn painted(svg: &str, side: u32) -> Raster {
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).unwrap();
    let mut pixmap = resvg::tiny_skia::Pixmap::new(side, side).unwrap();
    resvg::render(&tree, usvg::Transform::identity(), &mut pixmap.as_mut());
    let straight = |p: &resvg::tiny_skia::PremultipliedColorU8| {
        let p = p.demultiply();
        [p.red(), p.green(), p.blue(), p.alpha()]
    };
    Raster::new(side, side, pixmap.pixels().iter().flat_map(straight).collect()).unwrap()
}

/// A badge and a bar, all but one with a filter.
fn badge(filter: &str) -> Raster {
    let svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256">
        <filter id="f" x="-50%" y="-50%" width="200%" height="200%">{filter}</filter>
        <g filter="url(#f)"><path d="M70 60h90a30 30 0 0 1 30 30v60l-50 40H70z" fill="#d7263d"/>
        <circle cx="110" cy="120" r="24" fill="#1b998b"/></g></svg>"##
    );
    painted(&svg, 256)
}

/// The mean and the greatest difference of two pictures' alpha, in levels.
fn alpha_off(a: &Raster, b: &Raster) -> (f64, u8) {
    let off = || a.pixels().iter().zip(b.pixels()).map(|(a, b)| a[3].abs_diff(b[3]));
    let sum: f64 = off().map(f64::from).sum();
    (sum / a.pixels().len() as f64, off().max().unwrap())
}

/// A badge whose filter is `shadow` keeps that, has it as one shape, or loses it.
fn check_shadow(shadow: &str) {
    let plain = badge(r#"<feOffset dx="0" dy="0"/>"#);
    let drawn = badge(shadow);
    let traced = |shadows| {
        let options = TraceOptions { shadows, ..TraceOptions::default() };
        let art = trace(&drawn, &options, &unwatched).unwrap();
        let soft = art.shapes.iter().filter(|shape| shape.opacity < 1.0).count();
        (render(&art, 256, 256).unwrap(), soft, art)
    };
    let without = alpha_off(&plain, &drawn).0;
    let (soft, outlines, _) = traced(Shadows::Gradient);
    let off = alpha_off(&soft, &drawn);
    assert!(off.0 < 0.18 * without && off.1 < 40, "{shadow}: {off:?} of {without}");
    assert!((2..=12).contains(&outlines), "{shadow}: {outlines}");
    let (flat, outlines, _) = traced(Shadows::Flat);
    let off = alpha_off(&flat, &drawn).0;
    assert!(off < 0.7 * without && outlines == 1, "{shadow}: {off} of {without}, {outlines}");
    let (bare, outlines, art) = traced(Shadows::Drop);
    let off = alpha_off(&bare, &plain).0;
    assert!(off < 0.2 && outlines == 0, "{shadow}: {off}, {outlines}");
    assert_eq!((art.inks.len(), art.shapes.len()), (2, 2), "{shadow}");
}

#[test]
fn a_soft_shadow_stays_soft_is_one_shape_or_goes() {
    check_shadow(r#"<feDropShadow dx="0" dy="6" stdDeviation="6" flood-opacity="0.5"/>"#);
    check_shadow(r#"<feDropShadow dx="7" dy="9" stdDeviation="9" flood-opacity="0.6"/>"#);
}

#[test]
fn a_glow_stays_soft_is_one_shape_or_goes() {
    check_shadow(
        r##"<feDropShadow dx="0" dy="0" stdDeviation="8" flood-color="#2e86ff"
        color-interpolation-filters="sRGB"/>"##,
    );
}

/// A picture on an opaque ground, as it is or as a JPEG of some quality.
fn on_ground(raster: &Raster, ground: [u8; 3], quality: Option<u8>) -> Raster {
    let mixed = |&[r, g, b, a]: &[u8; 4]| {
        let mix = |c: u8, ground: u8| {
            let (c, ground, a) = (u32::from(c), u32::from(ground), u32::from(a));
            ((c * a + ground * (255 - a) + 127) / 255) as u8
        };
        [mix(r, ground[0]), mix(g, ground[1]), mix(b, ground[2])]
    };
    let rgb: Vec<u8> = raster.pixels().iter().flat_map(mixed).collect();
    let (width, height) = (raster.width_px(), raster.height_px());
    let rgb = match quality {
        None => rgb,
        Some(quality) => {
            let mut file = Vec::new();
            image::codecs::jpeg::JpegEncoder::new_with_quality(&mut file, quality)
                .encode(&rgb, width, height, image::ExtendedColorType::Rgb8)
                .unwrap();
            image::load_from_memory(&file).unwrap().to_rgb8().into_raw()
        }
    };
    let rgba = rgb.chunks(3).flat_map(|p| [p[0], p[1], p[2], 255]).collect();
    Raster::new(width, height, rgba).unwrap()
}

/// The mean difference of two opaque pictures, in levels.
fn off(a: &Raster, b: &Raster) -> f64 {
    let off = a.rgba().iter().zip(b.rgba()).map(|(a, b)| f64::from(a.abs_diff(*b)));
    off.sum::<f64>() / (a.pixels().len() * 3) as f64
}

/// A badge with a shadow on an opaque ground keeps that, lies on one shape of it, or loses it.
fn check_shadow_on(ground: [u8; 3], shadow: &str, quality: Option<u8>) {
    let clean = on_ground(&badge(shadow), ground, None);
    let drawn = on_ground(&badge(shadow), ground, quality);
    let plain = on_ground(&badge(r#"<feOffset dx="0" dy="0"/>"#), ground, None);
    let traced = |shadows| {
        let options = TraceOptions { shadows, ..TraceOptions::default() };
        let art = trace(&drawn, &options, &unwatched).unwrap();
        let soft = art.shapes.iter().filter(|shape| shape.opacity < 1.0).count();
        (render(&art, 256, 256).unwrap(), soft, art.inks.len())
    };
    let without = off(&plain, &clean);
    let (soft, outlines, _) = traced(Shadows::Gradient);
    let left = off(&soft, &clean);
    // Ripples alone are half of that at 75.
    let most = if quality.is_none() { 0.2 } else { 0.6 };
    assert!(left < most * without && outlines > 2, "{quality:?} {shadow}: {left} of {without}");
    let (_, outlines, _) = traced(Shadows::Flat);
    assert_eq!(outlines, 1, "{quality:?} {shadow}");
    let (bare, outlines, inks) = traced(Shadows::Drop);
    assert!(off(&bare, &plain) < most * without, "{quality:?} {shadow}: {}", off(&bare, &plain));
    assert_eq!((outlines, inks), (0, 3), "{quality:?} {shadow}");
}

#[test]
fn a_shadow_on_an_opaque_ground_is_told_from_it() {
    let shadow = r#"<feDropShadow dx="0" dy="6" stdDeviation="6" flood-opacity="0.5"/>"#;
    let glow = r##"<feDropShadow dx="0" dy="0" stdDeviation="8" flood-color="#fff"
        color-interpolation-filters="sRGB"/>"##;
    for quality in [None, Some(90), Some(75)] {
        check_shadow_on([255, 255, 255], shadow, quality);
        check_shadow_on([244, 239, 230], shadow, quality);
        check_shadow_on([20, 33, 61], glow, quality);
    }
}

#[test]
fn two_shadows_keep_their_colours() {
    let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256">
        <filter id="a" x="-50%" y="-50%" width="200%" height="200%">
        <feDropShadow dx="4" dy="5" stdDeviation="5" flood-opacity="0.4"/></filter>
        <filter id="b" x="-50%" y="-50%" width="200%" height="200%"><feDropShadow dx="-5" dy="5"
        stdDeviation="5" flood-color="#0040ff" color-interpolation-filters="sRGB"/></filter>
        <path d="M30 90h70v80H60z" fill="#fca311" filter="url(#a)"/>
        <path d="M150 90h70v50l-30 30h-40z" fill="#14213d" filter="url(#b)"/></svg>"##;
    let drawn = painted(svg, 256);
    for drawn in [&drawn, &on_ground(&drawn, [255, 255, 255], None)] {
        let art = trace(drawn, &TraceOptions::default(), &unwatched).unwrap();
        let soft = art.shapes.iter().filter(|shape| shape.opacity < 1.0);
        let mut colors: Vec<_> = soft.map(|shape| art.mean_color(shape.paint)).collect();
        colors.sort();
        colors.dedup();
        assert_eq!(colors.len(), 2, "{colors:?}");
    }
}

/// What is grey is not the shadow of what is black.
#[test]
fn a_flat_grey_is_no_shadow() {
    let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256">
        <rect width="256" height="256" fill="#fff"/><circle cx="90" cy="128" r="50"/>
        <circle cx="170" cy="128" r="60" fill="#e4e4e4"/><path d="M40 220h170v3H40z" fill="#ddd"/>
        </svg>"##;
    for quality in [None, Some(75)] {
        let drawn = on_ground(&painted(svg, 256), [255; 3], quality);
        let art = trace(&drawn, &TraceOptions::default(), &unwatched).unwrap();
        assert!(art.shapes.iter().all(|shape| shape.opacity == 1.0), "{quality:?}");
    }
}

#[test]
fn a_soft_edge_of_an_ink_is_no_shadow() {
    let blurred = badge(r#"<feGaussianBlur stdDeviation="1.2"/>"#);
    let [kept, dropped] = [Shadows::Gradient, Shadows::Drop].map(|shadows| {
        let options = TraceOptions { shadows, ..TraceOptions::default() };
        trace(&blurred, &options, &unwatched).unwrap()
    });
    assert_eq!(kept, dropped);
}

/// Compression exaggerates dark lines beside white, which looks like a darker ink.
#[test]
fn an_overshoot_is_no_ink() {
    assert_eq!(inks("rings.jpg"), ["#3c3835", "#f29400", "#ffffff"]);
}

/// How far a drawing on white is off a picture, in levels on the mean.
fn off_on_white(art: &Artwork, picture: &Raster) -> f64 {
    let again = render(art, picture.width_px(), picture.height_px()).unwrap();
    let off = |(again, there): (&[u8; 4], &[u8; 4])| {
        let [again, there] = [again, there].map(|pixel| {
            let alpha = f64::from(pixel[3]) / 255.0;
            [0, 1, 2].map(|i| 255.0 + (f64::from(pixel[i]) - 255.0) * alpha)
        });
        (0..3).map(|i| (again[i] - there[i]).abs()).fold(0.0, f64::max)
    };
    let off: f64 = again.pixels().iter().zip(picture.pixels()).map(off).sum();
    off / again.pixels().len() as f64
}

/// What a shadow fades into in a lossy file is its ground, not the light end of a gradient.
#[test]
fn a_shadow_in_a_jpeg_leaves_its_ground_flat() {
    let (art, picture) = fixture("shadow.jpg", &IntakeOptions::default());
    assert!(art.gradients.is_empty(), "{:?}", art.gradients);
    assert_eq!(art.shapes[0].geometry.bounds(), kurbo::Rect::new(0.0, 0.0, 512.0, 512.0));
    let off = off_on_white(&art, &picture);
    assert!(off < 1.0, "{off}");
}

/// It is there when the ground is not, on which compression left its luma.
#[test]
fn a_shadow_in_a_jpeg_stays_without_its_ground() {
    let remove = IntakeOptions { background: BackgroundChoice::Remove, ..Default::default() };
    let art = fixture("shadow.jpg", &remove).0;
    assert!(art.shapes.iter().any(|shape| shape.opacity < 0.2), "{:?}", art.shapes.len());
    assert_eq!(render(&art, 512, 512).unwrap().pixels()[0], [0; 4]);
    let off = off_on_white(&art, &fixture("shadow.jpg", &IntakeOptions::default()).1);
    assert!(off < 1.5, "{off}");
}

/// Strokes hardly wider than a pixel hang together.
#[test]
fn small_letters_stay_legible() {
    let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64">
        <g fill="none" stroke="#1b4965" stroke-width="1.4"><path d="M4.3 14.2h7.6l-7.6 9.6h7.6"/>
        <path d="M15.6 13.6v10.9M27.8 16.4a4.7 4.7 0 1 0 .4 4.6v-1.9h-3.6"/>
        <path d="M33.2 24.6v-10l7.4 8.8v-9.8M45.3 24.6v-10.2h4.1a2.7 2.7 0 0 1 0 5.4h-4.1l5.9 4.8"/>
        <path d="M5.3 46.6l3.9-10.4 4.1 10.4M6.7 43.1h5.2M17.9 35.7v9.9h5.3M28.4 35.5h5.6M31.2 35.5v11"/>
        </g><circle cx="50" cy="42" r="8.3" fill="#e36414"/></svg>"##;
    let drawn = painted(svg, 64);
    let art = trace(&drawn, &TraceOptions::default(), &unwatched).unwrap();
    let off = logopress::fidelity(&art, &drawn, &unwatched).unwrap();
    assert!(off.mean_px < 0.12 && off.p95_px < 0.25, "{} {}", off.mean_px, off.p95_px);
}

/// Scaling down leaves halos along edges, which are no inks.
#[test]
fn what_was_scaled_down_keeps_its_inks() {
    let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512">
        <rect width="512" height="512" fill="#fff"/><path d="M60 60h300l90 90v300H60z" fill="#0056d2"/>
        <circle cx="220" cy="260" r="90" fill="#e9c46a"/><circle cx="220" cy="260" r="40" fill="#fff"/>
        </svg>"##;
    let drawn = painted(svg, 512);
    let large = image::RgbaImage::from_raw(512, 512, drawn.rgba().to_vec()).unwrap();
    let small = image::imageops::resize(&large, 307, 307, image::imageops::FilterType::Lanczos3);
    let small = Raster::new(307, 307, small.into_raw()).unwrap();
    let art = trace(&small, &TraceOptions::default(), &unwatched).unwrap();
    let mut inks: Vec<_> = art.inks.iter().map(|ink| ink.rgb.to_string()).collect();
    inks.sort();
    assert_eq!(inks, ["#0056d2", "#e9c46a", "#ffffff"]);
}
