//! Windows: an .ico for programs and shortcuts, and the square icons of an app package
//! (Microsoft Learn, "Construct your Windows app's icon").

use super::picture::{Backdrop, Picture};
use super::{Art, Brief, Group, Item, Recipe, words};

/// Sizes inside the .ico, in px, largest last as Windows' own.
const ICO_SIDES_PX: [u32; 5] = [16, 24, 32, 48, 256];

/// Sizes that Windows asks an app for, over all its scale factors, in px.
const TARGET_SIDES_PX: [u32; 13] = [16, 20, 24, 30, 32, 36, 40, 48, 60, 64, 72, 96, 256];

pub fn plan(brief: &Brief, items: &mut Vec<Item>) {
    let stem = &brief.stem;
    let square = |side| Picture::square(side, 0.0, Backdrop::Clear);
    let pictures = ICO_SIDES_PX.map(square).to_vec();
    items.push(Item::other(
        Group::Windows,
        &format!("{stem}.ico"),
        "image/vnd.microsoft.icon",
        Recipe::Ico { pictures, art: Art::Symbol },
        words::ICO,
    ));
    for side in TARGET_SIDES_PX {
        let name = format!("Square44x44Logo.targetsize-{side}_altform-unplated.png");
        let purpose = words::TASK_BAR;
        items.push(Item::png(Group::Windows, &name, square(side), Art::Symbol, purpose));
    }
}
