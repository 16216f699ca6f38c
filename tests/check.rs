//! The check of a site's icons: our own kit passes; each mistake that people make is found and named.

use kurbo::{Circle, Rect};
use logopress::artwork::{Artwork, Geometry, Paint, Shape};
use logopress::check::{Finding, Level, Site, check, check_zip};
use logopress::{Error, Kit, KitOptions, Rgb, unwatched};

fn mark() -> Artwork {
    let mut artwork = Artwork::new(300.0, 260.0);
    for (geometry, rgb) in [
        (Geometry::Circle(Circle::new((150.0, 120.0), 90.0)), Rgb([0xf2, 0x5c, 0x54])),
        (Geometry::Rect(Rect::new(110.0, 80.0, 190.0, 160.0)), Rgb([0x14, 0x2a, 0x6b])),
    ] {
        let paint = Paint::Ink(artwork.ink(rgb));
        artwork.shapes.push(Shape { geometry, paint, opacity: 1.0 });
    }
    artwork
}

fn kit() -> Kit {
    Kit::new(&mark(), &KitOptions { only: "web".into(), ..KitOptions::default() }).unwrap()
}

/// The kit's site, with its files by name.
fn files() -> Vec<(String, Vec<u8>)> {
    let kit = kit();
    let named = |path: &str| path.strip_prefix("web/").unwrap().to_owned();
    kit.items().iter().map(|item| (named(&item.path), kit.file(&item.path).unwrap())).collect()
}

/// What is found once `change` has been done to a good site.
fn found(change: impl FnOnce(&mut Vec<(String, Vec<u8>)>)) -> Vec<Finding> {
    let mut files = files();
    change(&mut files);
    check(&Site::new(files))
}

fn replace(files: &mut [(String, Vec<u8>)], name: &str, bytes: Vec<u8>) {
    files.iter_mut().find(|(known, _)| known == name).unwrap().1 = bytes;
}

fn bytes<'a>(files: &'a [(String, Vec<u8>)], name: &str) -> &'a [u8] {
    &files.iter().find(|(known, _)| known == name).unwrap().1
}

#[test]
fn our_own_kit_has_nothing_missing_as_a_zip_or_a_folder() {
    assert_eq!(check_zip(&kit().zip(&unwatched).unwrap()).unwrap(), []);
    assert_eq!(found(|_| ()), []);
}

#[test]
fn each_mistake_is_named() {
    type Change = fn(&mut Vec<(String, Vec<u8>)>);
    let mistakes: [(&str, Level, Change); 11] = [
        ("no-ico", Level::Error, |files| files.retain(|(name, _)| name != "favicon.ico")),
        ("ico-damaged", Level::Error, |files| {
            let png = bytes(files, "favicon-96x96.png").to_vec();
            replace(files, "favicon.ico", png);
        }),
        ("ico-order", Level::Warning, |files| {
            let mut ico = bytes(files, "favicon.ico").to_vec();
            // The first and the last of three entries change places.
            for at in 6..22 {
                ico.swap(at, at + 32);
            }
            replace(files, "favicon.ico", ico);
        }),
        ("touch-transparent", Level::Error, |files| {
            let clear = bytes(files, "icon-192.png").to_vec();
            replace(files, "apple-touch-icon.png", clear);
        }),
        ("touch-size", Level::Warning, |files| {
            let large = bytes(files, "icon-maskable-512.png").to_vec();
            replace(files, "apple-touch-icon.png", large);
        }),
        ("maskable-transparent", Level::Error, |files| {
            let clear = bytes(files, "icon-512.png").to_vec();
            replace(files, "icon-maskable-512.png", clear);
        }),
        ("monochrome-opaque", Level::Error, |files| {
            let opaque = bytes(files, "icon-maskable-512.png").to_vec();
            replace(files, "icon-monochrome-512.png", opaque);
        }),
        ("icon-size", Level::Error, |files| {
            let small = bytes(files, "icon-192.png").to_vec();
            replace(files, "icon-512.png", small);
        }),
        ("broken-link", Level::Error, |files| files.retain(|(name, _)| name != "icon-512.png")),
        ("svg-no-size", Level::Warning, |files| {
            let svg = br#"<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/></svg>"#;
            replace(files, "favicon.svg", svg.to_vec());
        }),
        ("any-maskable", Level::Warning, |files| {
            let text = String::from_utf8(bytes(files, "site.webmanifest").to_vec()).unwrap();
            let text = text.replace("\"maskable\"", "\"any maskable\"");
            replace(files, "site.webmanifest", text.into_bytes());
        }),
    ];
    for (code, level, change) in mistakes {
        let findings = found(change);
        let named = findings.iter().any(|f| f.code == code && f.level == level);
        assert!(named, "{code}: {findings:?}");
        assert!(findings.iter().all(|f| f.message.ends_with('.') && f.advice.ends_with('.')));
    }
}

#[test]
fn pages_are_read_as_browsers_read_them() {
    let page = r#"<!-- <link rel="icon" href="gone.svg"> --><LINK REL='icon' HREF=favicon.ico>
        <link rel="icon" href="/favicon.svg?v=2"><link href="https://cdn.example/x.png" rel="icon">"#;
    let findings = found(|files| replace(files, "head.html", page.into()));
    let codes: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
    assert!(
        codes.contains(&"ico-without-sizes") && codes.contains(&"no-manifest-link"),
        "{codes:?}"
    );
    assert!(!codes.contains(&"broken-link"), "{codes:?}");
}

#[test]
fn robots_that_keep_google_away_are_noticed() {
    let with = |robots: &str| {
        let findings = found(|files| files.push(("robots.txt".into(), robots.into())));
        findings.iter().any(|finding| finding.code == "robots")
    };
    assert!(with("User-agent: *\nDisallow: /\n"));
    assert!(with("User-agent: Bingbot\nUser-agent: Googlebot-Image\nDisallow: /favicon.ico\n"));
    assert!(!with("User-agent: Bingbot\nDisallow: /\n"));
    assert!(!with("User-agent: *\nDisallow: /private\n"));
}

#[test]
fn what_is_no_zip_or_cut_short_is_refused() {
    let zip = kit().zip(&unwatched).unwrap();
    for bytes in [&b"no zip"[..], &zip[..zip.len() / 2], &[]] {
        assert!(matches!(check_zip(bytes), Err(Error::Damaged { .. })));
    }
}
