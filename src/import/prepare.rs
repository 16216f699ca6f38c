//! What is done to pixels before they are traced: the ground goes, margins go, as the options ask.
//! Drawings only lose their margins.

use kurbo::Rect;

use super::report::{Background, Warning};
use super::{BackgroundChoice, IntakeOptions};
use crate::artwork::Artwork;
use crate::error::{Error, Result};
use crate::raster::background::{self, Ground, Removal};
use crate::raster::{self, PixelBox, Raster, upscale};

/// What was found out about a raster.
#[derive(Default)]
pub(super) struct Facts {
    pub background: Option<Background>,
    pub content: Option<PixelBox>,
    pub upscaled_from_px: Option<u32>,
}

/// Prepares `raster` and describes it as it is afterwards.
pub(super) fn raster(
    raster: Raster,
    options: &IntakeOptions,
    warnings: &mut Vec<Warning>,
) -> Result<(Raster, Facts)> {
    if raster.is_blank() {
        return Err(Error::Blank);
    }
    let upscaled_from_px = upscale::original_side_px(&raster);
    if let Some(side_px) = upscaled_from_px {
        warnings.push(Warning::new(
            "upscaled",
            format!(
                "This looks like a {side_px} px logo scaled up; a larger original would give \
                 cleaner shapes."
            ),
        ));
    }
    let ground = options.background_color.map(Ground::flat).or_else(|| Ground::find(&raster));
    let remove = options.background == BackgroundChoice::Remove;
    let mut raster = raster;
    match &ground {
        Some(ground) if remove => {
            let removal = Removal {
                ground,
                tolerance: options.background_tolerance.map(|levels| levels as f32),
                enclosed: options.background_enclosed,
            };
            let without = background::remove(&raster, &removal);
            if without.is_blank() {
                warnings.push(Warning::new(
                    "all-background",
                    "All of the picture would have gone with its background, so it was kept.",
                ));
            } else {
                raster = without;
            }
        }
        None if remove && !raster.has_alpha() => warnings.push(Warning::new(
            "no-background",
            "No even background was found in this picture; choose its colour to remove it.",
        )),
        _ => {}
    }
    let content = raster::content(&raster, ground.as_ref());
    let mut facts = Facts {
        background: ground.as_ref().map(|ground| Background {
            kind: ground.kind,
            rgb: ground.rgb,
            removed: remove && raster.has_alpha(),
        }),
        content,
        upscaled_from_px,
    };
    if let Some(content) = content.filter(|_| options.trim) {
        let longer = content.width_px.max(content.height_px);
        let padding = padding(options, f64::from(longer)).round() as u32;
        let beyond = match &ground {
            Some(ground) if !raster.has_alpha() => {
                let [r, g, b] = ground.rgb.0;
                [r, g, b, 255]
            }
            _ => [0; 4],
        };
        raster = raster::crop(&raster, content, padding, beyond)?;
        facts.content = Some(PixelBox { x_px: padding, y_px: padding, ..content });
    }
    Ok((raster, facts))
}

/// Cuts margins off a drawing, as the options ask.
pub(super) fn artwork(artwork: Artwork, options: &IntakeOptions) -> Artwork {
    let page = Rect::new(0.0, 0.0, artwork.width, artwork.height);
    let shapes = artwork.shapes.iter().map(|shape| shape.geometry.bounds());
    let content = shapes.reduce(|all, bounds| all.union(bounds)).unwrap_or(page).intersect(page);
    if !options.trim || content.area() == 0.0 {
        return artwork;
    }
    let padding = padding(options, content.width().max(content.height()));
    artwork.framed(content.inflate(padding, padding))
}

/// Room around a logo of this longer side.
fn padding(options: &IntakeOptions, longer_px: f64) -> f64 {
    f64::from(options.padding_px) + longer_px * options.padding_percent / 100.0
}
