//! The logo with effects: as a halftone, worn, in outline, as a sticker.

use super::item::{self, Change, ChangedFile};
use super::{Brief, Group, Item, Recipe, words};
use crate::effect::{Dot, Effect, EffectOptions};
use crate::export::{CutLine, CutOptions, ExportOptions, Format};

/// Longest side of the pictures, in px.
const SIDE_PX: u32 = 2048;

/// Width that halftones are made for, in mm: that of a print on a shirt's breast.
const WIDTH_MM: f64 = 100.0;

pub fn plan(brief: &Brief, items: &mut Vec<Item>) {
    let of = |effect| EffectOptions { effect, ..EffectOptions::default() };
    let halftone = |halftone_dot, halftone_angle_deg| EffectOptions {
        halftone_dot,
        halftone_angle_deg,
        ..of(Effect::Halftone)
    };
    for (word, effect, purpose) in [
        ("halftone-round", halftone(Dot::Round, 45.0), words::HALFTONE_ROUND),
        ("halftone-ellipse", halftone(Dot::Ellipse, 30.0), words::HALFTONE_ELLIPSE),
        ("halftone-line", halftone(Dot::Line, 45.0), words::HALFTONE_LINE),
        ("distressed", of(Effect::Distressed), words::DISTRESSED),
        ("outline", of(Effect::Outline), words::OUTLINE),
        ("sticker", of(Effect::Sticker), words::STICKER),
    ] {
        let mut options = brief.titled();
        options.document.width_mm = Some(WIDTH_MM);
        // Cutters follow the sticker's own edge.
        let print = match effect.effect {
            Effect::Sticker => ExportOptions {
                cut: CutOptions {
                    cut_line: CutLine::Over,
                    cut_offset_mm: 0.0,
                    cut_smooth_mm: 0.0,
                    ..CutOptions::default()
                },
                ..options.clone()
            },
            _ => options.clone(),
        };
        let vector = |format, options| ChangedFile::Vector { format, options: Box::new(options) };
        for (suffix, ending, mime, file) in [
            ("svg", "", item::mime(Format::Svg), vector(Format::Svg, options)),
            ("pdf", "", item::mime(Format::Pdf), vector(Format::Pdf, print)),
            ("png", &format!("-{SIDE_PX}"), "image/png", ChangedFile::Png { side_px: SIDE_PX }),
        ] {
            let path = format!("{suffix}/{}-{word}{ending}.{suffix}", brief.stem);
            let change = Change::Effect(Box::new(effect.clone()), WIDTH_MM);
            let recipe = Recipe::Changed { change, file };
            items.push(Item::other(Group::Effects, &path, mime, recipe, purpose));
        }
    }
}
