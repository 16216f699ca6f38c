//! What a kit says to people: what its files are for, and what to know before using it. Each has a
//! stable code, by which the page has it in other languages.

use serde::Serialize;

/// What a file is for.
#[derive(Clone, Copy)]
pub struct Purpose {
    /// A stable name.
    pub code: &'static str,
    /// The same in a few words.
    pub text: &'static str,
}

/// One purpose a line: its name, code and words.
macro_rules! purposes {
    ($($name:ident: $code:literal, $text:literal;)*) => {
        $(pub const $name: Purpose = Purpose { code: $code, text: $text };)*
    };
}

purposes! {
    SVG: "svg", "The logo as a vector file: for any size, on screen";
    PDF: "pdf", "The logo as a vector file, for print";
    EPS: "eps", "The logo as a vector file, for older print programs";
    ASE: "ase", "The colours, for Adobe's programs";
    GPL: "gpl", "The colours, for GIMP, Inkscape and Krita";
    CSS: "css", "The colours, for web sites";
    CLEAR: "clear", "On a transparent ground";
    ON_WHITE: "on-white", "On white";
    ON_DARK: "on-dark", "On the dark colour";
    ON_BLACK: "on-black", "On black";
    ON_BRAND: "on-brand", "On the brand's colour";
    BLACK: "black", "In black, on a transparent ground";
    WHITE: "white", "In white, for dark grounds";
    BRAND: "brand", "In the brand's colour alone";
    GREY: "grey", "In greys";
    FAVICON_ICO: "favicon-ico", "Icon in tabs and bookmarks: 48, 32, 16 px. Goes to the site's root";
    FAVICON_SVG: "favicon-svg", "Icon in tabs, any size, with colours for dark mode";
    FAVICON_PNG: "favicon-png", "Icon in tabs and search results";
    TOUCH_ICON: "touch-icon", "Icon on the home screen of iPhone and iPad";
    SITE_ICON: "site-icon", "Icon of the installed site";
    MASKABLE: "maskable", "Icon of the installed site that the system may cut to any shape";
    MONOCHROME: "monochrome", "Icon that the system paints in its own colour";
    MANIFEST: "manifest", "Says which icon is which to Android, Chrome and Edge";
    HEAD: "head", "What to paste into the <head> of every page";
    ADAPTIVE: "adaptive", "Adaptive icon, upper layer";
    THEMED: "themed", "Themed icon";
    FLAT_ICON: "flat-icon", "Icon before Android 8";
    ADAPTIVE_XML: "adaptive-xml", "Puts the layers together";
    LAYER_COLOR: "layer-color", "The colour of the lower layer";
    PLAY_STORE: "play-store", "Google Play's icon";
    APP_ICON: "app-icon", "App icon, opaque as Apple asks";
    APP_ICON_DARK: "app-icon-dark", "App icon in dark mode; the system lays a ground";
    APP_ICON_TINTED: "app-icon-tinted", "App icon that the system tints: greys on black";
    CONTENTS: "contents", "Tells Xcode which icon is which";
    FOREGROUND: "foreground", "The logo as a layer for Icon Composer";
    BACKGROUND: "background", "The ground as a layer for Icon Composer";
    ICNS: "icns", "Icon of a macOS program, 16 to 1024 px";
    ICO: "ico", "Icon of a program or a shortcut: 16, 24, 32, 48, 256 px";
    TASK_BAR: "task-bar", "Icon of an app in the task bar and Start";
    HEADER: "header", "E-mail header";
    HEADER_SHARP: "header-sharp", "E-mail header, sharp screens";
    SIGNATURE: "signature", "E-mail signature";
    BIMI: "bimi", "Logo beside e-mails (BIMI), published in the DNS";
    HALFTONE_ROUND: "halftone-round", "As a halftone of round dots";
    HALFTONE_ELLIPSE: "halftone-ellipse", "As a halftone of elliptical dots";
    HALFTONE_LINE: "halftone-line", "As a halftone of lines";
    DISTRESSED: "distressed", "Worn, as an old print";
    OUTLINE: "outline", "In outline";
    STICKER: "sticker", "On a border, as a sticker";
    // Which network and which of its pictures stand in the file's name.
    SOCIAL: "social", "";
}

/// What a person should know before using a kit: one sentence, with a suggestion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// A stable name for programs, such as `too-long`.
    pub code: &'static str,
    /// What is particular about it, such as colours.
    pub values: Vec<String>,
    /// The sentence.
    pub text: String,
}

impl Warning {
    /// `{0}` and `{1}` of `text` stand for `values`.
    pub(super) fn new(code: &'static str, text: &str, values: Vec<String>) -> Self {
        let fill =
            |text: String, (i, value): (usize, &String)| text.replace(&format!("{{{i}}}"), value);
        let text = values.iter().enumerate().fold(text.to_owned(), fill);
        Self { code, values, text }
    }
}
