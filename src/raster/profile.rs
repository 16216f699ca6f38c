//! Embedded ICC profiles: colours become sRGB, with `moxcms`.
//!
//! Limit: `moxcms` picks code for the processor it runs on, so a channel may come out one level
//! apart from machine to machine where a profile other than sRGB is embedded.

use image::DynamicImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use crate::par;

/// Pixels that are converted at once.
const CHUNK_PX: usize = 1 << 16;

/// What became of an embedded profile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Profile {
    /// There is none, or it says sRGB.
    #[default]
    Srgb,
    /// Colours were converted.
    Converted,
    /// It could not be used, so colours were taken for sRGB.
    Unusable,
}

/// Converts the picture's colours to sRGB as its profile says.
pub(crate) fn to_srgb(image: DynamicImage, icc: Option<&[u8]>) -> (DynamicImage, Profile) {
    let Some(icc) = icc else { return (image, Profile::Srgb) };
    let Ok(profile) = ColorProfile::new_from_slice(icc) else { return (image, Profile::Unusable) };
    let deep = image.color().bytes_per_pixel() / image.color().channel_count() > 1;
    // A grey profile speaks of one channel; all other pictures have three.
    let gray = profile.color_space == DataColorSpace::Gray;
    if gray && image.color().has_color() || !gray && profile.color_space != DataColorSpace::Rgb {
        return (image, Profile::Unusable);
    }
    let from = if gray { Layout::GrayAlpha } else { Layout::Rgba };
    let (srgb, options) = (ColorProfile::new_srgb(), TransformOptions::default());
    let Ok(eight) = profile.create_transform_8bit(from, &srgb, Layout::Rgba, options) else {
        return (image, Profile::Unusable);
    };
    if is_identity(gray, |from, to| eight.transform(from, to).is_ok()) {
        return (image, Profile::Srgb);
    }
    let converted = if deep {
        // All sixteen bits go through the conversion; the eight that are kept are then right.
        let Ok(sixteen) = profile.create_transform_16bit(from, &srgb, Layout::Rgba, options) else {
            return (image, Profile::Unusable);
        };
        let (width_px, height_px) = (image.width(), image.height());
        let run = |from: &[u16], to: &mut [u16]| sixteen.transform(from, to).is_ok();
        let converted = if gray {
            convert(image.to_luma_alpha16().as_raw(), 2, run)
        } else {
            convert(image.to_rgba16().as_raw(), 4, run)
        };
        converted
            .and_then(|raw| image::ImageBuffer::from_raw(width_px, height_px, raw))
            .map(DynamicImage::ImageRgba16)
    } else {
        let (width_px, height_px) = (image.width(), image.height());
        let run = |from: &[u8], to: &mut [u8]| eight.transform(from, to).is_ok();
        let converted = if gray {
            convert(image.to_luma_alpha8().as_raw(), 2, run)
        } else {
            convert(image.to_rgba8().as_raw(), 4, run)
        };
        converted
            .and_then(|raw| image::RgbaImage::from_raw(width_px, height_px, raw))
            .map(DynamicImage::ImageRgba8)
    };
    match converted {
        Some(converted) => (converted, Profile::Converted),
        None => (image, Profile::Unusable),
    }
}

/// Converts `CMYK` pixels (0 is no ink) to RGBA as their profile says.
pub(super) fn cmyk_to_rgba(cmyk: &[u8], icc: &[u8]) -> Option<Vec<u8>> {
    let profile = ColorProfile::new_from_slice(icc).ok()?;
    if profile.color_space != DataColorSpace::Cmyk {
        return None;
    }
    let (srgb, options) = (ColorProfile::new_srgb(), TransformOptions::default());
    // Four channels without a meaning of their own go by the name of Rgba.
    let transform =
        profile.create_transform_8bit(Layout::Rgba, &srgb, Layout::Rgba, options).ok()?;
    let mut rgba = convert(cmyk, 4, |from, to: &mut [u8]| transform.transform(from, to).is_ok())?;
    rgba.as_chunks_mut::<4>().0.iter_mut().for_each(|pixel| pixel[3] = 255);
    Some(rgba)
}

fn convert<T: Copy + Default + Send + Sync>(
    pixels: &[T],
    channels: usize,
    transform: impl Fn(&[T], &mut [T]) -> bool + Sync + Send,
) -> Option<Vec<T>> {
    let mut out = vec![T::default(); pixels.len() / channels * 4];
    let failed = std::sync::atomic::AtomicBool::new(false);
    par::for_each_chunk(&mut out, CHUNK_PX * 4, |index, to| {
        let start = index * CHUNK_PX * channels;
        let from = &pixels[start..start + to.len() / 4 * channels];
        if !transform(from, to) {
            failed.store(true, std::sync::atomic::Ordering::Relaxed);
        }
    });
    (!failed.into_inner()).then_some(out)
}

/// Whether sample colours stay what they are, give or take one level.
fn is_identity(gray: bool, transform: impl Fn(&[u8], &mut [u8]) -> bool) -> bool {
    const LEVELS: [u8; 6] = [0, 20, 70, 128, 200, 255];
    let samples: Vec<[u8; 3]> = if gray {
        LEVELS.map(|v| [v; 3]).to_vec()
    } else {
        let all = LEVELS.iter().flat_map(|&r| LEVELS.iter().map(move |&g| (r, g)));
        all.flat_map(|(r, g)| LEVELS.iter().map(move |&b| [r, g, b])).collect()
    };
    let from: Vec<u8> = samples
        .iter()
        .flat_map(|&[r, g, b]| if gray { vec![r, 255] } else { vec![r, g, b, 255] })
        .collect();
    let mut to = vec![0; samples.len() * 4];
    let near = |(sample, out): (&[u8; 3], &[u8; 4])| {
        sample.iter().zip(out).all(|(a, b)| a.abs_diff(*b) <= 1)
    };
    transform(&from, &mut to) && samples.iter().zip(to.as_chunks().0).all(near)
}
