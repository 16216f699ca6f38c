//! The brand kit, judged on the files that people get: decoded, measured, compared with the plan.

mod others;
mod pixels;
#[path = "../export/tools.rs"]
mod tools;

use std::io::{Cursor, Read as _};

use image::{DynamicImage, GenericImageView as _, ImageFormat, RgbaImage};
use kurbo::{BezPath, Circle, Rect};
use logopress::artwork::{Artwork, Geometry, Paint, Shape};
use logopress::import::{self, Drawing, IntakeOptions};
use logopress::kit::{Item, social};
use logopress::{Error, Kit, KitOptions, Rgb, unwatched};
use zip::ZipArchive;

const NAVY: Rgb = Rgb([0x14, 0x2a, 0x6b]);
const CORAL: Rgb = Rgb([0xf2, 0x5c, 0x54]);

fn fill(artwork: &mut Artwork, geometry: Geometry, rgb: Rgb) {
    let paint = Paint::Ink(artwork.ink(rgb));
    artwork.shapes.push(Shape { geometry, paint, opacity: 1.0 });
}

/// A disc with a square in it, as large as it goes, at an odd place of its drawing.
fn mark() -> Artwork {
    let mut artwork = Artwork::new(300.0, 260.0);
    fill(&mut artwork, Geometry::Circle(Circle::new((150.0, 120.0), 90.0)), CORAL);
    fill(&mut artwork, Geometry::Rect(Rect::new(90.0, 60.0, 210.0, 180.0)), NAVY);
    artwork
}

/// The mark with eight bars of "lettering" at its right.
fn wordmark() -> Artwork {
    let mut artwork = Artwork { width: 1000.0, ..mark() };
    for bar in 0..8 {
        let x = 300.0 + 80.0 * f64::from(bar);
        fill(&mut artwork, Geometry::Rect(Rect::new(x, 70.0, x + 40.0, 170.0)), NAVY);
    }
    artwork
}

/// A triangle, whose enclosing circle is not that of its box.
fn triangle(rgb: Rgb) -> Artwork {
    let mut artwork = Artwork::new(100.0, 100.0);
    let mut path = BezPath::new();
    path.move_to((10.0, 90.0));
    path.line_to((90.0, 90.0));
    path.line_to((50.0, 15.0));
    path.close_path();
    fill(&mut artwork, Geometry::Path(path), rgb);
    artwork
}

/// Options for a part of the kit alone.
fn only(part: &str) -> KitOptions {
    let on = |name| part == name;
    KitOptions {
        versions: on("versions"),
        web: on("web"),
        android: on("android"),
        apple: on("apple"),
        windows: on("windows"),
        social: on("social"),
        email: on("email"),
        effects: on("effects"),
        ..KitOptions::default()
    }
}

fn decode(item: &Item, bytes: &[u8]) -> DynamicImage {
    let format = match item.mime {
        "image/png" => ImageFormat::Png,
        "image/webp" => ImageFormat::WebP,
        "image/jpeg" => ImageFormat::Jpeg,
        other => panic!("{} has pixels but is {other}", item.path),
    };
    image::load_from_memory_with_format(bytes, format)
        .unwrap_or_else(|e| panic!("{}: {e}", item.path))
}

/// Pixels that differ from the picture's own corner: the logo's.
fn art(image: &RgbaImage) -> Vec<(f64, f64)> {
    let ground = image.get_pixel(0, 0);
    let differs = |p: &image::Rgba<u8>| p.0.iter().zip(ground.0).any(|(a, b)| a.abs_diff(b) > 24);
    let inside = image.enumerate_pixels().filter(|(_, _, p)| differs(p));
    inside.map(|(x, y, _)| (f64::from(x) + 0.5, f64::from(y) + 0.5)).collect()
}

fn picture(kit: &Kit, path: &str) -> RgbaImage {
    image::load_from_memory(&kit.file(path).unwrap()).unwrap().into_rgba8()
}

#[test]
fn every_picture_is_what_the_plan_says() {
    for part in ["web", "android", "apple", "windows", "social", "email"] {
        for artwork in [wordmark(), triangle(Rgb::WHITE)] {
            let kit = Kit::new(&artwork, &only(part)).unwrap();
            for item in kit.items() {
                let bytes = kit.file(&item.path).unwrap();
                let Some(width) = item.width_px else { continue };
                let image = decode(item, &bytes);
                assert_eq!(image.dimensions(), (width, item.height_px.unwrap()), "{}", item.path);
                let alphas: Vec<u8> = image.to_rgba8().pixels().map(|p| p.0[3]).collect();
                let opaque = alphas.iter().all(|alpha| *alpha == 255);
                assert_eq!(Some(opaque), item.opaque, "{}", item.path);
                assert!(alphas.iter().any(|alpha| *alpha > 0), "{} shows nothing", item.path);
                assert!(!art(&image.to_rgba8()).is_empty(), "{} shows nothing", item.path);
                if let Some(max) = item.max_bytes {
                    assert!(bytes.len() <= max as usize, "{}", item.path);
                }
            }
        }
    }
}

#[test]
fn versions_are_as_wide_as_they_say() {
    let mut options = only("versions");
    options.extra_width_px = Some(333);
    let kit = Kit::new(&wordmark(), &options).unwrap();
    // The drawing is 840 wide and 180 high.
    for (path, size) in [
        ("logo/png/brand-512.png", (512, 110)),
        ("logo/webp/brand-512.webp", (512, 110)),
        ("logo/png/brand-333-wide.png", (333, 71)),
        ("logo/one-colour/brand-white-1024.png", (1024, 219)),
    ] {
        assert_eq!(picture(&kit, path).dimensions(), size, "{path}");
    }
    let white = picture(&kit, "logo/one-colour/brand-white-1024.png");
    assert!(white.pixels().all(|p| p.0[3] == 0 || p.0[..3] == [255; 3]));
    let png = picture(&kit, "logo/png/brand-512.png");
    assert_eq!(png, picture(&kit, "logo/webp/brand-512.webp"));
}

#[test]
fn the_whole_kit_is_a_zip_with_a_readme_and_a_true_manifest() {
    let options = KitOptions { name: "Café Zürich".into(), ..only("web") };
    let kit = Kit::new(&wordmark(), &options).unwrap();
    let bytes = kit.zip(&unwatched).unwrap();
    let mut zip = ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let mut read = |path: &str| {
        let mut bytes = Vec::new();
        let path = format!("cafe-zuerich-brand-kit/{path}");
        zip.by_name(&path).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    };
    let readme = String::from_utf8(read("README.txt")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&read("manifest.json")).unwrap();
    assert_eq!(manifest["brand"], "Café Zürich");
    assert_eq!(manifest["files"].as_array().unwrap().len(), kit.items().len());
    for (item, entry) in kit.items().iter().zip(manifest["files"].as_array().unwrap()) {
        assert!(readme.contains(&item.path), "{}", item.path);
        let file = read(&item.path);
        assert_eq!(entry["path"], item.path.as_str());
        assert_eq!(entry["bytes"], file.len());
        assert_eq!(file, kit.file(&item.path).unwrap());
    }
    // One by one, in any order, the files make the same zip.
    let mut files: Vec<(String, Vec<u8>)> =
        kit.items().iter().map(|item| (item.path.clone(), kit.file(&item.path).unwrap())).collect();
    files.reverse();
    assert_eq!(kit.zip_files(&files).unwrap(), bytes);
}

#[test]
fn the_default_kit_has_at_least_eighty_files_with_paths_of_their_own() {
    let kit = Kit::new(&wordmark(), &KitOptions::default()).unwrap();
    let mut paths: Vec<String> = kit.items().iter().map(|i| i.path.to_lowercase()).collect();
    assert!(paths.len() >= 80, "{}", paths.len());
    assert!(paths.iter().all(|path| path.len() < 120 && !path.contains("..")));
    paths.sort_unstable();
    paths.dedup();
    assert_eq!(paths.len(), kit.items().len());
}

#[test]
fn maskable_icons_stay_inside_the_safe_circle() {
    for artwork in [mark(), wordmark(), triangle(CORAL)] {
        let kit = Kit::new(&artwork, &only("web")).unwrap();
        for side in [192.0, 512.0] {
            let icon = picture(&kit, &format!("web/icon-maskable-{side}.png"));
            let farthest = art(&icon)
                .iter()
                .map(|(x, y)| (x - side / 2.0).hypot(y - side / 2.0))
                .fold(0.0, f64::max);
            assert!(farthest <= side * 0.4, "{farthest} of {}", side * 0.4);
            assert!(farthest > side * 0.37, "as large as goes: {farthest}");
        }
    }
}

#[test]
fn social_pictures_keep_the_logo_in_their_safe_areas() {
    let slots = social::table(social::TABLE).unwrap();
    for artwork in [mark(), wordmark()] {
        let kit = Kit::new(&artwork, &only("social")).unwrap();
        assert_eq!(kit.items().len(), slots.len());
        for (item, slot) in kit.items().iter().zip(&slots) {
            let image = decode(item, &kit.file(&item.path).unwrap()).into_rgba8();
            let [x, y, width, height] = slot.safe.map(f64::from);
            let radius = f64::from(slot.w.min(slot.h)) / 2.0;
            for (px, py) in art(&image) {
                let inside = px > x && px < x + width && py > y && py < y + height;
                let from_center =
                    (px - f64::from(slot.w) / 2.0).hypot(py - f64::from(slot.h) / 2.0);
                let shown = slot.mask == social::Mask::None || from_center < radius;
                assert!(inside && shown, "{}: {px}, {py}", item.path);
            }
        }
    }
}

#[test]
fn a_favicon_begins_with_its_largest_picture() {
    let kit = Kit::new(&mark(), &only("web")).unwrap();
    let ico = kit.file("web/favicon.ico").unwrap();
    let sides: Vec<u8> = ico[6..6 + 3 * 16].chunks(16).map(|entry| entry[0]).collect();
    assert_eq!(sides, [48, 32, 16]);
    let image = image::load_from_memory_with_format(&ico, ImageFormat::Ico).unwrap().into_rgba8();
    assert_eq!(image.dimensions(), (48, 48));
    assert_eq!(image.get_pixel(24, 24).0, [0x14, 0x2a, 0x6b, 255]);
    assert_eq!(image.get_pixel(0, 0).0[3], 0);
}

#[test]
fn small_places_show_the_symbol_alone_unless_told_otherwise() {
    let shown = |symbol| {
        let options = KitOptions { symbol, ..only("web") };
        let kit = Kit::new(&wordmark(), &options).unwrap();
        let icon = picture(&kit, "web/favicon-96x96.png");
        let opaque = icon.pixels().filter(|p| p.0[3] > 127).count();
        (kit.has_symbol(), opaque)
    };
    let (found, symbol) = shown(logopress::kit::Symbol::Auto);
    let (kept, whole) = shown(logopress::kit::Symbol::Whole);
    assert!(found && !kept);
    assert!(symbol > 96 * 96 * 7 / 10 && whole < 96 * 96 / 4, "{symbol} {whole}");
}

#[test]
fn a_white_logo_gets_a_ground_that_shows_it_and_a_warning() {
    let kit = Kit::new(&triangle(Rgb::WHITE), &only("web")).unwrap();
    assert!(
        kit.warnings().iter().any(|w| w.code == "hard-on-white" && w.text.contains("#000000")),
        "{:?}",
        kit.warnings()
    );
    let icon = picture(&kit, "web/apple-touch-icon.png");
    assert_ne!(icon.get_pixel(0, 0).0, [255; 4]);
    let options = KitOptions { icon_color: Some(Rgb::WHITE), ..only("web") };
    let kit = Kit::new(&triangle(Rgb::WHITE), &options).unwrap();
    assert!(kit.warnings().iter().any(|w| w.code == "hard-on-icons"), "{:?}", kit.warnings());
}

#[test]
fn a_white_ground_is_taken_away_and_any_other_kept() {
    for (rgb, clear) in [(Rgb::WHITE, true), (NAVY, false)] {
        let mut artwork = Artwork::new(300.0, 260.0);
        fill(&mut artwork, Geometry::Rect(Rect::new(0.0, 0.0, 300.0, 260.0)), rgb);
        fill(&mut artwork, Geometry::Circle(Circle::new((150.0, 120.0), 90.0)), CORAL);
        let kit = Kit::new(&artwork, &only("versions")).unwrap();
        let corner = picture(&kit, "logo/png/brand-512.png").get_pixel(0, 0).0[3];
        assert_eq!(corner == 0, clear, "{rgb}");
    }
}

#[test]
fn extreme_shapes_and_empty_drawings_are_handled() {
    let mut thread = Artwork::new(5000.0, 1.0);
    fill(&mut thread, Geometry::Rect(Rect::new(0.0, 0.0, 5000.0, 1.0)), NAVY);
    for part in ["web", "windows", "email", "social"] {
        let kit = Kit::new(&thread, &only(part)).unwrap();
        assert!(kit.warnings().iter().any(|w| w.code == "too-long"));
        for item in kit.items() {
            kit.file(&item.path).unwrap_or_else(|e| panic!("{}: {e}", item.path));
        }
    }
    let blank = Kit::new(&Artwork::new(10.0, 10.0), &KitOptions::default());
    assert_eq!(blank.unwrap_err(), Error::Blank);
}

#[test]
fn a_table_of_ones_own_is_checked() {
    let row = |safe: &str, w: u32| {
        format!(
            r#"[{{"platform":"../My Net","slot":"top","w":{w},"h":100,"safe":{safe},"mask":"none",
            "opaque":true,"max_bytes":null,"mime":"image/png","source":"","checked":"2026-11",
            "confidence":"unsure"}}]"#
        )
    };
    let with =
        |table: String| Kit::new(&mark(), &KitOptions { social_table: table, ..only("social") });
    let kit = with(row("[0,0,200,100]", 200)).unwrap();
    assert_eq!(kit.items()[0].path, "social/my-net/my-net-top-200x100.png");
    for bad in [
        "nonsense".to_owned(),
        row("[0,0,201,100]", 200),
        row("[0,0,0,0]", 200),
        row("[0,0,9,9]", 99_999),
        row("[4294967295,0,4294967295,1]", 200),
    ] {
        assert!(matches!(with(bad.clone()), Err(Error::Option { .. })), "{bad}");
    }
}

#[test]
fn names_are_shown_as_written_and_harmless_everywhere() {
    for name in ["", "🚀", "../..", "CON", "\"><script>", &"é".repeat(300)] {
        let kit = Kit::new(&mark(), &KitOptions { name: name.into(), ..only("web") }).unwrap();
        let html = String::from_utf8(kit.file("web/head.html").unwrap()).unwrap();
        assert!(!html.contains("<script"), "{html}");
        let manifest = kit.file("web/site.webmanifest").unwrap();
        let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
        assert!(!manifest["name"].as_str().unwrap().is_empty());
        assert!(manifest["short_name"].as_str().unwrap().chars().count() <= 12);
        let zip = kit.zip(&unwatched).unwrap();
        for path in ZipArchive::new(Cursor::new(zip)).unwrap().file_names().map(Result::unwrap) {
            assert!(path.is_ascii() && !path.contains("..") && path.len() < 160, "{path}");
        }
    }
}

#[test]
fn a_favicon_has_colours_for_dark_mode_and_one_flat_svg() {
    let kit = Kit::new(&triangle(Rgb([8, 8, 8])), &only("web")).unwrap();
    let svg = String::from_utf8(kit.file("web/favicon.svg").unwrap()).unwrap();
    assert_eq!(svg.matches("<svg").count(), 1, "{svg}");
    assert!(svg.contains("prefers-color-scheme:dark") && svg.contains("viewBox=\"0 0 64 64\""));
}

#[test]
fn art_on_a_plate_of_its_own_keeps_its_colours_on_any_ground() {
    let mut badge = Artwork::new(200.0, 200.0);
    fill(&mut badge, Geometry::Circle(Circle::new((100.0, 100.0), 100.0)), NAVY);
    fill(&mut badge, Geometry::Circle(Circle::new((100.0, 100.0), 40.0)), Rgb::WHITE);
    let kit = Kit::new(&badge, &only("social")).unwrap();
    assert_eq!(kit.brand_color(), NAVY);
    let cover = picture(&kit, "social/x/x-post-1600x900.png");
    assert_eq!(cover.get_pixel(0, 0).0[..3], NAVY.0);
    assert_eq!(cover.get_pixel(800, 450).0[..3], [255; 3]);
}

#[test]
fn light_parts_of_a_badge_stay_light_in_the_dark_and_on_its_own_colour() {
    const CREAM: [u8; 3] = [0xf4, 0xef, 0xe6];
    let svg = std::fs::read("tests/fixtures/logos/heron.svg").unwrap();
    let drawing = import::open(&svg, &IntakeOptions::default());
    let Ok((Drawing::Vector(heron), _)) = drawing else { panic!("it is an SVG file") };
    let kit = Kit::new(&heron, &KitOptions::default()).unwrap();
    // Of four inks the plate alone is too dark.
    let favicon = String::from_utf8(kit.file("web/favicon.svg").unwrap()).unwrap();
    let dark = favicon.split("prefers-color-scheme:dark").nth(1).unwrap();
    let rules = dark.split("</style>").next().unwrap();
    assert_eq!(rules.matches("fill:").count(), 1, "{rules}");
    for path in [
        "apple/AppIcon.appiconset/AppIcon-dark.png",
        "logo/on-dark/brand-on-dark-1024.png",
        "logo/on-brand/brand-on-brand-1024.png",
    ] {
        let picture = picture(&kit, path);
        let cream = picture.pixels().filter(|p| p.0[..3] == CREAM).count();
        assert!(cream * 50 > picture.pixels().len(), "{path}: {cream} px");
    }
}

#[test]
fn a_logo_without_a_plate_keeps_its_light_parts_in_the_dark() {
    // A navy sign with a white spot that is its own, beside a pale one.
    let pale = Rgb([0xf4, 0xef, 0xe6]);
    let mut artwork = Artwork::new(300.0, 100.0);
    fill(&mut artwork, Geometry::Circle(Circle::new((50.0, 50.0), 50.0)), NAVY);
    fill(&mut artwork, Geometry::Circle(Circle::new((50.0, 50.0), 20.0)), Rgb::WHITE);
    fill(&mut artwork, Geometry::Rect(Rect::new(150.0, 0.0, 200.0, 100.0)), NAVY);
    fill(&mut artwork, Geometry::Circle(Circle::new((260.0, 50.0), 40.0)), pale);
    let kit = Kit::new(&artwork, &only("versions")).unwrap();
    let dark = picture(&kit, "logo/on-dark/brand-on-dark-1024.png");
    let ground = dark.get_pixel(0, 0).0;
    let count = |rgb: [u8; 3]| dark.pixels().filter(|p| p.0[..3] == rgb).count();
    // What was navy is white, the spot in it a hole, and what is pale stays.
    assert_eq!(count(NAVY.0), 0);
    assert!(count([255; 3]) > count(pale.0) && count(pale.0) > 1000, "{}", count(pale.0));
    let area = f64::from(dark.width()) / (1.24 * 300.0);
    let at = |x: f64, y: f64| {
        let margin = f64::from(dark.width()) * 0.12 / 1.24;
        dark.get_pixel((margin + x * area) as u32, (margin + y * area) as u32).0
    };
    assert_eq!(at(50.0, 50.0), ground);
}

#[test]
fn a_logo_that_fills_its_box_is_opaque_and_the_plan_says_so() {
    let mut plate = Artwork::new(200.0, 200.0);
    fill(&mut plate, Geometry::Rect(Rect::new(0.0, 0.0, 200.0, 200.0)), NAVY);
    fill(&mut plate, Geometry::Circle(Circle::new((100.0, 100.0), 60.0)), CORAL);
    for part in ["web", "windows", "apple", "email"] {
        let kit = Kit::new(&plate, &only(part)).unwrap();
        for item in kit.items().iter().filter(|item| item.width_px.is_some()) {
            let image = decode(item, &kit.file(&item.path).unwrap()).to_rgba8();
            let opaque = image.pixels().all(|p| p.0[3] == 255);
            assert_eq!(Some(opaque), item.opaque, "{}", item.path);
        }
    }
}

#[test]
fn a_kit_can_be_a_part_of_itself() {
    let only = |only: &str| {
        let options = KitOptions { only: only.into(), ..KitOptions::default() };
        let kit = Kit::new(&mark(), &options).unwrap();
        kit.items().iter().map(|item| item.path.clone()).collect::<Vec<_>>()
    };
    assert_eq!(only("web/favicon.*"), ["web/favicon.ico", "web/favicon.svg"]);
    assert!(only("social/x").iter().all(|path| path.starts_with("social/x/")));
    assert!(only("nothing").is_empty());
}
