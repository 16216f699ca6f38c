//! Reads a page, with `hayro`: text becomes outlines, hidden layers stay hidden.
//!
//! Limits: annotations are left out; overprint is not simulated.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hayro_svg::hayro_interpret::hayro_syntax::object::Dict;
use hayro_svg::hayro_interpret::hayro_syntax::page;
use hayro_svg::hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_svg::hayro_interpret::{InterpreterSettings, RenderContent};
use hayro_svg::{RenderCache, SvgRenderSettings};

use super::{FORMAT, Page, SENSELESS, check, content, damaged, resources, spots};
use crate::error::{Error, Result};
use crate::limits::{MAX_PDF_PAGES, MAX_PDF_SIDE_PT};

const PAGELESS: &str = "no pages can be found in it";

/// Reads one page, counted from 1.
pub fn read(bytes: &[u8], number: u32) -> Result<Page> {
    check::streams(bytes)?;
    // The last line of defence: the reader is young, and a file must not end the program.
    catch_unwind(AssertUnwindSafe(|| page_of(bytes, number)))
        .unwrap_or_else(|_| Err(damaged(SENSELESS)))
}

fn page_of(bytes: &[u8], number: u32) -> Result<Page> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Error::Encrypted { format: FORMAT },
        LoadPdfError::Invalid if !bytes.trim_ascii_end().ends_with(b"%%EOF") => {
            Error::Truncated { format: FORMAT }
        }
        LoadPdfError::Invalid => damaged(PAGELESS),
    })?;
    let pages = pdf.pages();
    if pages.len() > MAX_PDF_PAGES {
        return Err(Error::TooComplex { format: FORMAT, what: "pages", limit: MAX_PDF_PAGES });
    }
    if pages.is_empty() {
        return Err(damaged(PAGELESS));
    }
    let count = pages.len() as u32;
    let page = (number as usize).checked_sub(1).and_then(|index| pages.get(index));
    let page = page.ok_or(Error::NoSuchPage { page: number, pages: count })?;
    let (width, height) = page.render_dimensions();
    if width.max(height) > MAX_PDF_SIDE_PT {
        let (width_px, height_px) = (width as u32, height as u32);
        return Err(Error::TooLarge { width_px, height_px });
    }
    resources::check(page)?;
    let content = content::content(page)?;
    let illustrator = is_illustrators(page);
    if illustrator && content.says(b"savedwithoutPDFContent") {
        return Err(Error::Unsupported {
            format: "An Illustrator file without PDF content",
            instead: "Open it in Illustrator and save it with “Create PDF Compatible File”.",
        });
    }
    let (settings, findings) = settings();
    let cache = RenderCache::new();
    let svg = hayro_svg::convert(page, &cache, &settings, &SvgRenderSettings::default());
    Ok(Page {
        svg,
        spots: spots::spots(page),
        pages: count,
        illustrator,
        cmyk: content.cmyk,
        substituted: findings.substituted.load(Ordering::Relaxed),
        incomplete: findings.incomplete.load(Ordering::Relaxed),
    })
}

/// Whether the page carries Illustrator's own data.
fn is_illustrators(page: &page::Page) -> bool {
    let own = page.raw().get::<Dict>("PieceInfo");
    own.is_some_and(|own| own.contains_key("Illustrator"))
}

/// What the reader finds missing on its way.
#[derive(Default)]
struct Findings {
    substituted: AtomicBool,
    incomplete: AtomicBool,
}

fn settings() -> (InterpreterSettings, Arc<Findings>) {
    let findings = Arc::new(Findings::default());
    let defaults = InterpreterSettings::default();
    let (fonts, asked, warned) = (defaults.font_resolver, findings.clone(), findings.clone());
    let settings = InterpreterSettings {
        font_resolver: Arc::new(move |query| {
            asked.substituted.store(true, Ordering::Relaxed);
            fonts(query)
        }),
        warning_sink: Arc::new(move |_| warned.incomplete.store(true, Ordering::Relaxed)),
        render_content: RenderContent::PAGE,
        ..defaults
    };
    (settings, findings)
}
