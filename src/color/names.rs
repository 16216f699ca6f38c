//! Names for colours, to be suggested and changed.
//!
//! The list `names.txt` is drawn from R. Munroe's colour survey (xkcd.com/color/rgb.txt, CC0): the
//! plainest names, far enough apart to be told from each other, and greys of our own. No licensed
//! colour system's names or values are among them.

use super::{Oklab, Rgb};

static NAMES: &str = include_str!("names.txt");

/// The name of the nearest colour in the list.
pub fn suggested_name(rgb: Rgb) -> &'static str {
    let lab = Oklab::from(rgb);
    let named = NAMES.lines().filter_map(|line| {
        let (hex, name) = line.split_once(' ')?;
        Some((lab.distance(hex.parse::<Rgb>().ok()?.into()), name))
    });
    named.min_by(|a, b| a.0.total_cmp(&b.0)).map_or("Ink", |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_read_and_found_by_its_own_colour() {
        for line in NAMES.lines() {
            let (hex, name) = line.split_once(' ').unwrap();
            assert_eq!(suggested_name(hex.parse().unwrap()), name);
        }
    }

    #[test]
    fn names_are_what_people_say() {
        for (hex, name) in
            [("#000", "Black"), ("#fff", "White"), ("#e50000", "Red"), ("#777", "Medium Grey")]
        {
            assert_eq!(suggested_name(hex.parse().unwrap()), name);
        }
    }
}
