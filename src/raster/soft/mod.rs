//! Soft shadows and glows: where they are, how strong, and how they run on below what hides them. Who
//! takes a ground away asks, and who traces.

mod border;
mod calm;
mod fade;
mod grid;
mod shadows;

pub(crate) use border::border;
pub(crate) use calm::{calmed, level};
pub(crate) use fade::Fade;
pub(crate) use grid::{Cell, Grid};
pub(crate) use shadows::{Scene, Shadows, Soft};

/// The pixels that share a side with one, of `all` in rows of `w`.
pub(crate) fn beside(at: usize, w: usize, all: usize) -> impl Iterator<Item = usize> {
    let x = at % w;
    let beside = [
        (x > 0).then(|| at - 1),
        (x + 1 < w).then(|| at + 1),
        at.checked_sub(w),
        (at + w < all).then(|| at + w),
    ];
    beside.into_iter().flatten()
}
