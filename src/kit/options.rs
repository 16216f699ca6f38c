//! What a person may choose about a kit.

use crate::color::Rgb;
use crate::options::{choices, options};

choices! {
    /// What to do with a ground that fills the whole drawing.
    pub enum Ground {
        /// A white ground is taken away, any other kept.
        Auto = "auto",
        /// It belongs to the logo.
        Keep = "keep",
        /// It is taken away, whatever its colour.
        Drop = "drop",
    }
}

choices! {
    /// What small and round places show.
    pub enum Symbol {
        /// The symbol without the lettering, if the logo seems to have one.
        Auto = "auto",
        /// The whole logo.
        Whole = "whole",
    }
}

choices! {
    /// What lies behind the logo in covers, posts and stories.
    pub enum SocialGround {
        /// The brand's colour.
        Brand = "brand",
        /// White.
        White = "white",
        /// The dark colour.
        Dark = "dark",
        /// From the brand's colour to a darker one.
        Gradient = "gradient",
        /// The brand's colour with a faint pattern of the logo.
        Pattern = "pattern",
    }
}

options! {
    /// Options of the brand kit.
    ///
    /// ```
    /// use logopress::KitOptions;
    ///
    /// let options = KitOptions { name: "Heron".into(), social: false, ..KitOptions::default() };
    /// assert!(options.web);
    /// ```
    pub struct KitOptions {
        /// The brand's name, for file names and everywhere that a name is shown.
        name: String = "Brand".into();
        /// The brand's colour; none for the logo's most used vivid colour.
        brand_color: Option<Rgb> = None;
        /// The colour of dark grounds.
        dark_color: Rgb = Rgb([0x12, 0x14, 0x18]);
        /// What lies behind app icons and profile pictures; none for white, or the dark colour
        /// where the logo would be lost on white.
        icon_color: Option<Rgb> = None;
        /// What lies behind the logo in covers, posts and stories.
        social_ground: SocialGround = SocialGround::Brand;
        /// What to do with a ground that fills the whole drawing.
        ground: Ground = Ground::Auto;
        /// What small and round places show.
        symbol: Symbol = Symbol::Auto;
        /// One more transparent version, of this width.
        extra_width_px: Option<u32> = None, in 16..=8192;
        /// The logo on transparent, white, dark and brand grounds, and in one colour.
        versions: bool = true;
        /// Favicons and icons of a web site, its manifest, the HTML to paste.
        web: bool = true;
        /// Icons of an Android app.
        android: bool = true;
        /// Icons of iOS and macOS apps.
        apple: bool = true;
        /// Icons of a Windows app.
        windows: bool = true;
        /// Pictures for social networks.
        social: bool = true;
        /// E-mail header and signature.
        email: bool = true;
        /// The logo as a halftone, worn, in outline, as a sticker.
        effects: bool = true;
        /// A table of social pictures to use in place of the built-in one, as JSON; empty for the
        /// built-in one.
        social_table: String = String::new();
        /// Makes these files alone: paths, separated by commas, where * stands for anything and a
        /// folder for all that it holds; empty for all files.
        only: String = String::new();
    }
}
