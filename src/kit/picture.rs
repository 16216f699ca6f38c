//! One picture of the kit: a canvas, its backdrop, and the logo laid into an area of it.
//!
//! A picture is composed as an [`Artwork`] and rendered from that at its own size: nothing is
//! scaled from pixels.

use kurbo::{Affine, Circle, Point, Rect, Vec2};

use super::contrast::opposite;
use super::place::{recolored, reversed};
use super::subject::Subject;
use crate::artwork::{Artwork, Geometry, Gradient, GradientKind, Paint, Shape, Spread, Stop};
use crate::color::Rgb;
use crate::error::Result;
use crate::export::render;
use crate::raster::Raster;

/// What lies behind the logo.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Backdrop {
    /// Nothing: the picture is transparent.
    Clear,
    /// One colour.
    Flat(Rgb),
    /// From one colour, top left, to another.
    Gradient(Rgb, Rgb),
    /// The logo, small and again and again, hardly lighter or darker than the colour behind it.
    Pattern(Rgb),
}

/// How large the logo is in its area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fit {
    /// As large as goes.
    Fill,
    /// As large as goes into the circle inside the area.
    Circle,
    /// With room around it, so that wide and tall logos weigh the same.
    Weighed,
}

/// Which colours the logo has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tone {
    /// Its own; those that would be lost on the backdrop are changed.
    Color,
    /// Its own, changed where they would be lost on a ground of this colour that others will lay.
    For(Rgb),
    /// One colour, holes where the logo is white.
    One(Rgb),
    /// Greys.
    Grey,
}

/// A picture to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    pub width_px: u32,
    pub height_px: u32,
    /// Where the logo may be.
    pub area: Rect,
    pub fit: Fit,
    pub tone: Tone,
    pub backdrop: Backdrop,
}

/// Up to this side an icon's edges are laid onto its pixels.
const SNAPPED_SIDE_PX: u32 = 64;

/// With [`Fit::Weighed`]: the share of the area's surface whose root the logo's own surface gets, and
/// the room that stays free at the picture's edges, as a share of its short side.
const WEIGHED_SIDE: f64 = 0.58;
const WEIGHED_ROOM: f64 = 0.1;

impl Picture {
    /// A square with `margin` (a share of its side) left free all around.
    pub fn square(side_px: u32, margin: f64, backdrop: Backdrop) -> Self {
        let side = f64::from(side_px);
        Self {
            width_px: side_px,
            height_px: side_px,
            area: Rect::new(0.0, 0.0, side, side).inset(-side * margin),
            fit: Fit::Fill,
            tone: Tone::Color,
            backdrop,
        }
    }

    /// How many pixels it has.
    pub fn pixels(&self) -> u64 {
        u64::from(self.width_px) * u64::from(self.height_px)
    }

    /// Whether no pixel lets anything through: it has a backdrop, or the logo fills it all.
    pub fn is_opaque(&self, subject: &Subject) -> bool {
        // Coverage is rounded to less than this.
        const ROUNDING: f64 = 1.0 / 1024.0;
        if self.backdrop != Backdrop::Clear || !subject.is_solid_box() {
            return self.backdrop != Backdrop::Clear;
        }
        let (offset, scale) = self.placement(subject);
        let far = offset + Vec2::new(subject.artwork.width, subject.artwork.height) * scale;
        offset.x.max(offset.y) <= ROUNDING
            && far.x >= f64::from(self.width_px) - ROUNDING
            && far.y >= f64::from(self.height_px) - ROUNDING
    }

    /// Draws it.
    pub fn render(&self, subject: &Subject) -> Result<Raster> {
        let scene = self.compose(subject);
        render(&scene, self.width_px, self.height_px)
    }

    /// The picture as a drawing in its own pixels.
    pub fn compose(&self, subject: &Subject) -> Artwork {
        let logo = self.toned(subject);
        let mut scene = self.compose_backdrop(subject);
        let (offset, scale) = self.placement(subject);
        scene.draw(&logo, offset, scale);
        scene
    }

    fn toned(&self, subject: &Subject) -> Artwork {
        let ground = match self.backdrop {
            Backdrop::Clear => None,
            Backdrop::Flat(rgb) | Backdrop::Pattern(rgb) | Backdrop::Gradient(rgb, _) => Some(rgb),
        };
        match (self.tone, ground) {
            (Tone::Color, Some(ground)) | (Tone::For(ground), _) if !subject.reads_on(ground) => {
                reversed(&subject.artwork, &subject.sample, ground)
            }
            (Tone::Color | Tone::For(_), _) => subject.artwork.clone(),
            (Tone::Grey, _) => subject.grey.clone(),
            (Tone::One(ink), _) => recolored(&subject.solid, |_| ink),
        }
    }

    /// The picture without its logo.
    pub fn compose_backdrop(&self, subject: &Subject) -> Artwork {
        let mut scene = Artwork::new(f64::from(self.width_px), f64::from(self.height_px));
        let whole = Rect::new(0.0, 0.0, scene.width, scene.height);
        let paint = match self.backdrop {
            Backdrop::Clear => return scene,
            Backdrop::Flat(rgb) | Backdrop::Pattern(rgb) => Paint::Ink(scene.ink(rgb)),
            Backdrop::Gradient(from, to) => {
                let stop = |offset, rgb| Stop { offset, rgb, opacity: 1.0 };
                scene.gradients.push(Gradient {
                    kind: GradientKind::Linear {
                        start: Point::ZERO,
                        end: Point::new(scene.width, scene.height),
                    },
                    transform: Affine::IDENTITY,
                    stops: vec![stop(0.0, from), stop(1.0, to)],
                    spread: Spread::Pad,
                });
                Paint::Gradient(scene.gradients.len() - 1)
            }
        };
        scene.shapes.push(Shape { geometry: Geometry::Rect(whole), paint, opacity: 1.0 });
        if let Backdrop::Pattern(rgb) = self.backdrop {
            lay_pattern(&mut scene, subject, rgb);
        }
        scene
    }

    /// The area without what is too near to the picture's edges.
    fn roomy(&self) -> Rect {
        let whole = Rect::new(0.0, 0.0, f64::from(self.width_px), f64::from(self.height_px));
        self.area.intersect(whole.inset(-WEIGHED_ROOM * whole.width().min(whole.height())))
    }

    /// Where the logo's origin goes, and its scale.
    fn placement(&self, subject: &Subject) -> (Vec2, f64) {
        let (width, height) = (subject.artwork.width, subject.artwork.height);
        let area = self.area;
        let contain = (area.width() / width).min(area.height() / height);
        match self.fit {
            Fit::Circle => {
                let Circle { center, radius } = subject.circle;
                let scale = area.width().min(area.height()) / 2.0 / radius;
                (area.center() - (center.to_vec2() * scale).to_point(), scale)
            }
            Fit::Fill if self.width_px.max(self.height_px) <= SNAPPED_SIDE_PX => {
                super::pixel_grid::placement(subject, area, contain)
            }
            Fit::Fill => (centered(subject, area, contain), contain),
            Fit::Weighed => {
                let weighed = (area.area() / (width * height)).sqrt() * WEIGHED_SIDE;
                let area = self.roomy();
                let most = (area.width() / width).min(area.height() / height);
                let scale = weighed.min(most);
                (centered(subject, area, scale), scale)
            }
        }
    }
}

/// The offset that puts the logo where it looks centred: between the middle of its box and that of
/// its mass, as far as the area leaves room.
pub fn centered(subject: &Subject, area: Rect, scale: f64) -> Vec2 {
    const TOWARDS_MASS: f64 = 0.35;
    let size = Vec2::new(subject.artwork.width, subject.artwork.height) * scale;
    let room = (Vec2::new(area.width(), area.height()) - size) / 2.0;
    let pull = (size / 2.0 - subject.mass.to_vec2() * scale) * TOWARDS_MASS;
    let held = |pull: f64, room: f64| pull.clamp(-room.max(0.0), room.max(0.0));
    area.center().to_vec2() - size / 2.0 + Vec2::new(held(pull.x, room.x), held(pull.y, room.y))
}

/// Rows of small logos, every second row moved by half a step.
fn lay_pattern(scene: &mut Artwork, subject: &Subject, ground: Rgb) {
    const ACROSS: f64 = 0.09;
    const STRENGTH: f64 = 0.08;
    let other = opposite(ground);
    let mix = |i: usize| {
        let (a, b) = (f64::from(ground.0[i]), f64::from(other.0[i]));
        (a + (b - a) * STRENGTH).round() as u8
    };
    let tint = Rgb([mix(0), mix(1), mix(2)]);
    let logo = recolored(&subject.solid, |_| tint);
    let side = scene.width.max(scene.height) * ACROSS;
    let scale = side / subject.circle.radius / 2.0;
    let (step_x, step_y) = (side * 1.6, side * 1.4);
    let rows = (scene.height / step_y).ceil() as i32;
    let columns = (scene.width / step_x).ceil() as i32;
    for row in -1..=rows {
        for column in -1..=columns {
            let shift = if row % 2 == 0 { 0.0 } else { step_x / 2.0 };
            let at = Vec2::new(f64::from(column) * step_x + shift, f64::from(row) * step_y);
            scene.draw(&logo, at, scale);
        }
    }
}
