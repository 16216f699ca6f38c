//! The brand's name as part of a file name that every file system takes.

/// Longest name, in characters: with folders and endings, paths stay far below the 260 characters
/// that Windows allows.
const MAX_LEN: usize = 40;

/// Names of devices that Windows takes for no file, whatever their ending (Microsoft, "Naming
/// Files, Paths, and Namespaces").
const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];

/// What stands where nothing of a name is left.
const NAMELESS: &str = "brand";

/// Lower-case letters `a`–`z`, digits and single dashes, at least one and at most [`MAX_LEN`];
/// accents are dropped.
pub fn file_stem(name: &str) -> String {
    let mut stem = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        match plain(c) {
            "" if c.is_ascii_alphanumeric() => stem.push(c),
            "" if !stem.is_empty() && !stem.ends_with('-') => stem.push('-'),
            letters => stem.push_str(letters),
        }
        if stem.len() >= MAX_LEN {
            break;
        }
    }
    stem.truncate(MAX_LEN);
    let stem = stem.trim_end_matches('-');
    let port = |prefix| stem.strip_prefix(prefix).is_some_and(|n: &str| n.len() == 1);
    if stem.is_empty() {
        NAMELESS.into()
    } else if RESERVED.contains(&stem) || port("com") || port("lpt") {
        format!("{stem}-{NAMELESS}")
    } else {
        stem.into()
    }
}

/// The plain letters for an accented one; empty for all others.
fn plain(c: char) -> &'static str {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ä' | 'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => "i",
        'ł' | 'ľ' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ő' | 'ō' => "o",
        'ö' | 'ø' | 'œ' => "oe",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' => "t",
        'þ' => "th",
        'ù' | 'ú' | 'û' | 'ű' | 'ū' | 'ů' | 'ų' => "u",
        'ü' => "ue",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => "",
    }
}

/// The name as people read it: on one line, without control characters, cut to `max` characters;
/// "Brand" if nothing is left.
pub fn display_name(name: &str, max: usize) -> String {
    let clean: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let cut: String = clean.trim().chars().take(max).collect();
    let cut = cut.trim_end();
    if cut.is_empty() { "Brand".into() } else { cut.into() }
}

/// Whether one of `patterns`, which commas separate, stands for `path`.
pub fn matches(patterns: &str, path: &str) -> bool {
    patterns.split(',').map(str::trim).filter(|pattern| !pattern.is_empty()).any(|pattern| {
        let folder = pattern.trim_end_matches('/');
        fits(pattern, path) || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    })
}

/// Whether `text` is `pattern`, where `*` stands for any characters.
fn fits(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == text };
    let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    let inner = text.strip_prefix(first).and_then(|text| text.strip_suffix(last));
    inner.is_some_and(|mut inner| {
        middle.split('*').all(|part| match inner.find(part) {
            Some(at) => {
                inner = &inner[at + part.len()..];
                true
            }
            None => false,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_are_safe_on_every_file_system() {
        let long = "Ä".repeat(300);
        for (name, expected) in [
            ("Acme", "acme"),
            ("Café Müller & Söhne", "cafe-mueller-soehne"),
            ("", "brand"),
            ("🚀", "brand"),
            ("../../etc/passwd", "etc-passwd"),
            ("CON", "con-brand"),
            ("com1", "com1-brand"),
            ("company", "company"),
            ("a.b:c*d", "a-b-c-d"),
            (&long, &"ae".repeat(20)),
        ] {
            assert_eq!(file_stem(name), expected, "{name}");
        }
    }

    #[test]
    fn patterns_stand_for_paths() {
        for (patterns, path, expected) in [
            ("web", "web/favicon.ico", true),
            ("web/", "web/favicon.ico", true),
            ("web", "website/favicon.ico", false),
            ("social/*/x-*.png", "social/x/x-post.png", true),
            ("*.svg, *.ico", "web/favicon.ico", true),
            ("a*a", "a", false),
            ("*a*b*c", "xaybzc", true),
            ("*a*b*c", "xbyazc", false),
            ("", "web/favicon.ico", false),
        ] {
            assert_eq!(matches(patterns, path), expected, "{patterns} {path}");
        }
    }

    #[test]
    fn display_names_keep_what_people_wrote() {
        assert_eq!(display_name(" Café\n🚀 ", 30), "Café 🚀");
        assert_eq!(display_name("\u{7}", 30), "Brand");
        assert_eq!(display_name("Brand and Sons", 6), "Brand");
    }
}
