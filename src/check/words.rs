//! What a check may find: how bad it is, what is wrong and what to do, each in one sentence. `{0}` and
//! `{1}` stand for what is particular to a finding. The page has the same in other languages, by code.

use super::Level::{Error, Note, Warning};
use super::Rule;

/// One rule a line: its name, level and code, what is wrong, what to do.
macro_rules! rules {
    ($($name:ident: $level:ident, $code:literal, $message:literal, $advice:literal;)*) => {
        $(pub const $name: Rule =
            Rule { level: $level, code: $code, message: $message, advice: $advice };)*
    };
}

rules! {
    NO_PAGE: Note, "no-page",
        "There is no page among the files.",
        "Add a page, so that its links can be checked.";
    NO_ICON_LINK: Warning, "no-icon-link",
        "No icon is linked; browsers then look for /favicon.ico alone.",
        "Add <link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\"> and one for the ICO.";
    SVG_LINKS: Warning, "svg-links",
        "More than one SVG icon is linked; browsers take the last.",
        "Keep one, with the colours for dark mode inside.";
    ICO_WITHOUT_SIZES: Warning, "ico-without-sizes",
        "The ICO is linked without sizes, so that Chrome prefers it to the SVG.",
        "Add sizes=\"32x32\" to the ICO's link.";
    TOUCH_DUPLICATE: Warning, "touch-duplicate",
        "Two apple-touch-icon links have the same size.",
        "Keep one link, to a picture of 180 × 180 px.";
    NO_TOUCH_LINK: Note, "no-touch-link",
        "No apple-touch-icon is linked; iPhones then look for /apple-touch-icon.png.",
        "Add <link rel=\"apple-touch-icon\" href=\"/apple-touch-icon.png\">.";
    NO_MANIFEST_LINK: Warning, "no-manifest-link",
        "No manifest is linked, so that Android and Chrome cannot install the site.",
        "Add <link rel=\"manifest\" href=\"/site.webmanifest\">.";
    NO_THEME_COLOR: Note, "no-theme-color",
        "No theme-color is set, so that browsers choose the colour around the page.",
        "Add <meta name=\"theme-color\" content=\"#ffffff\">, one each for light and dark.";
    LEGACY_MASK_ICON: Note, "legacy-mask-icon",
        "A mask-icon is linked, which Safari has not needed since version 12.",
        "Leave it out.";
    BROKEN_LINK: Error, "broken-link",
        "{0} is linked but not among the files.",
        "Add the file or correct the link.";
    LINK_SIZE: Warning, "link-size",
        "The page says {0}, but it has {1} px.",
        "Correct the sizes of the link.";
    NOT_SQUARE: Error, "not-square",
        "An icon has to be square; this one has {0} px.",
        "Put the logo on a square, with free room around it.";
    NO_ICO: Error, "no-ico",
        "There is no favicon.ico at the root, where search engines and feed readers look.",
        "Add one with 16, 32 and 48 px.";
    ICO_DAMAGED: Error, "ico-damaged",
        "This is no ICO file; perhaps a PNG was renamed.",
        "Write it anew as an ICO.";
    ICO_SIZES: Warning, "ico-sizes",
        "It has no picture of {0} px.",
        "Write it with 48, 32 and 16 px.";
    ICO_ORDER: Warning, "ico-order",
        "Its smallest picture comes first, which some versions of Chrome show enlarged.",
        "Write the largest first.";
    ICO_LARGE: Note, "ico-large",
        "It has pictures above 48 px, which browsers never ask for.",
        "Leave them out to save bytes.";
    NO_SVG: Note, "no-svg",
        "There is no SVG icon, which stays sharp at any size and can change in dark mode.",
        "Add one.";
    SVG_DAMAGED: Error, "svg-damaged",
        "Browsers cannot read this SVG.",
        "Export it again, with its xmlns attribute.";
    SVG_NO_SIZE: Warning, "svg-no-size",
        "The SVG has no viewBox, so that it is cut off where it is shown small.",
        "Add one.";
    SVG_BITMAP: Warning, "svg-bitmap",
        "The SVG holds a bitmap, which gets blurred or heavy.",
        "Trace the logo.";
    SVG_TEXT: Warning, "svg-text",
        "The SVG has text, which needs a font that others may not have.",
        "Turn text into paths.";
    SVG_NO_DARK: Note, "svg-no-dark",
        "The SVG has no colours for dark mode.",
        "If it is hard to see on a dark tab, add a style for prefers-color-scheme: dark.";
    NO_TOUCH_ICON: Warning, "no-touch-icon",
        "There is no icon for the home screen of iPhone and iPad.",
        "Add a PNG of 180 × 180 px.";
    TOUCH_DAMAGED: Error, "touch-damaged",
        "The home screen's icon is no PNG that can be read; SVG is not taken there.",
        "Write it as a PNG.";
    TOUCH_SIZE: Warning, "touch-size",
        "The home screen's icon has {0} px.",
        "Write it with 180 × 180 px.";
    TOUCH_TRANSPARENT: Error, "touch-transparent",
        "The home screen's icon is transparent; iPhones fill that with black.",
        "Put the logo on a colour.";
    ROBOTS: Warning, "robots",
        "Google may not fetch the icon, and then shows none in its results.",
        "Allow /favicon.ico.";
    NO_MANIFEST: Warning, "no-manifest",
        "There is no manifest.",
        "Add a site.webmanifest with the site's name, colours and icons.";
    MANIFEST_DAMAGED: Error, "manifest-damaged",
        "The manifest is not JSON: {0}.",
        "Correct it.";
    NO_NAME: Error, "no-name",
        "The manifest has no name.",
        "Add name and short_name.";
    NO_SHORT_NAME: Warning, "no-short-name",
        "The manifest has no short_name, so that home screens cut the name off.",
        "Add one of at most 12 characters.";
    LONG_SHORT_NAME: Note, "long-short-name",
        "The short_name has more than 12 characters, and home screens cut it off.",
        "Shorten it.";
    MANIFEST_MEMBER: Note, "manifest-member",
        "The manifest has no {0}.",
        "Add it, so that the site can be installed.";
    NO_MANIFEST_COLOR: Note, "no-manifest-color",
        "The manifest has no {0}.",
        "Add it.";
    MANIFEST_COLOR: Error, "manifest-color",
        "{0} is “{1}”, which is no colour.",
        "Write it as #rrggbb.";
    ANY_MASKABLE: Warning, "any-maskable",
        "{0} is for both “any” and “maskable”: too small for one or cut by the other.",
        "Use two pictures.";
    ICON_SIZE: Error, "icon-size",
        "The manifest says “{0}”, but it has {1} px.",
        "Correct the manifest's sizes.";
    MONOCHROME_OPAQUE: Error, "monochrome-opaque",
        "A monochrome icon is seen by its transparency alone; this one is a filled square.",
        "Leave its ground transparent.";
    MANIFEST_ICONS: Warning, "manifest-icons",
        "The manifest has no icon of {0} px for “{1}”.",
        "Add it.";
    NO_MONOCHROME: Note, "no-monochrome",
        "The manifest has no monochrome icon, which themed icons are made from.",
        "Add one.";
    MASKABLE_TRANSPARENT: Error, "maskable-transparent",
        "A maskable icon has to fill its square; this one is transparent in places.",
        "Put the logo on a colour.";
    MASKABLE_SAFE_ZONE: Warning, "maskable-safe-zone",
        "The logo reaches {0} % of the width from the middle; masks may cut beyond 40 %.",
        "Make the logo smaller, or its ground one colour.";
}
