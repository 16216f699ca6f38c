//! Letters for labels, drawn with a pen, so that no file needs a font.
//!
//! Each letter stands on a grid of 4 × 6 (capitals, from the top), as polylines of two-digit points
//! `xy`. Small letters are drawn as capitals; of accented Latin letters the base is drawn with its
//! accent left out; what there is no drawing for becomes a box.

use kurbo::{Point, Vec2};

use super::area::Area;

/// Columns from one letter to the next.
const ADVANCE: f64 = 5.6;
/// Width of the pen, in grid steps.
const PEN: f64 = 0.8;
const BOX: &str = "0040460600";

fn strokes(letter: char) -> &'static str {
    match base(letter).to_ascii_uppercase() {
        ' ' => "",
        'A' => "062046 1434",
        'B' => "03003041423303063645443303",
        'C' => "4130100105163645",
        'D' => "00063645413000",
        'E' => "40000646 0333",
        'F' => "400006 0333",
        'G' => "41301001051636454323",
        'H' => "0006 4046 0343",
        'I' => "1030 2026 1636",
        'J' => "404536160504",
        'K' => "0006 4003 0346",
        'L' => "000646",
        'M' => "0600234046",
        'N' => "06004640",
        'O' => "103041453616050110",
        'P' => "06003041423303",
        'Q' => "103041453616050110 2446",
        'R' => "06003041423303 2346",
        'S' => "413010010213334445361605",
        'T' => "0040 2026",
        'U' => "000516364540",
        'V' => "002640",
        'W' => "0016233640",
        'X' => "0046 4006",
        'Y' => "002340 2326",
        'Z' => "00400646",
        '0' => "103041453616050110 4105",
        '1' => "112026 1636",
        '2' => "01103041420646",
        '3' => "0110304142334445361605 1333",
        '4' => "36300444",
        '5' => "400003334445361605",
        '6' => "4130100105163645443303",
        '7' => "004016",
        '8' => "103041423313020110 1304051636454433",
        '9' => "0516364541301001021343",
        '.' => "1626",
        ',' => "2517",
        ':' => "1222 1525",
        '-' => "1333",
        '+' => "1333 2224",
        '/' => "4006",
        '%' => "4006 0010110100 3545463635",
        '#' => "1016 3036 0242 0444",
        '°' => "1020211110",
        '(' => "30212536",
        ')' => "10212516",
        '&' => "4611102021030516263443",
        '\'' => "2021",
        '_' => "0646",
        '=' => "0242 0444",
        '*' => "0145 4105 2026",
        '!' => "2024 2626",
        '?' => "01103041422324 2626",
        _ => BOX,
    }
}

/// The letter without its accent.
fn base(letter: char) -> char {
    match letter {
        'À'..='Å' | 'à'..='å' | 'Ā' | 'ā' | 'Ą' | 'ą' => 'A',
        'Ç' | 'ç' | 'Ć' | 'ć' | 'Č' | 'č' => 'C',
        'Ď' | 'ď' | 'Đ' | 'đ' | 'Ð' => 'D',
        'È'..='Ë' | 'è'..='ë' | 'Ē' | 'ē' | 'Ę' | 'ę' | 'Ě' | 'ě' => 'E',
        'Ğ' | 'ğ' => 'G',
        'Ì'..='Ï' | 'ì'..='ï' | 'İ' | 'ı' => 'I',
        'Ł' | 'ł' => 'L',
        'Ñ' | 'ñ' | 'Ń' | 'ń' | 'Ň' | 'ň' => 'N',
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ő' | 'ő' => 'O',
        'Ř' | 'ř' => 'R',
        'Ś' | 'ś' | 'Š' | 'š' | 'Ş' | 'ş' => 'S',
        'Ť' | 'ť' => 'T',
        'Ù'..='Ü' | 'ù'..='ü' | 'Ů' | 'ů' | 'Ű' | 'ű' => 'U',
        'Ý' | 'ý' | 'ÿ' => 'Y',
        'Ź' | 'ź' | 'Ż' | 'ż' | 'Ž' | 'ž' => 'Z',
        '–' | '—' => '-',
        '’' | '‘' => '\'',
        other => other,
    }
}

/// A line of text with its top left corner at `at`; letters are `advance_mm` apart.
pub(super) fn line(text: &[char], at: Point, advance_mm: f64) -> Area {
    let step = advance_mm / ADVANCE;
    let mut polylines = Vec::new();
    for (column, letter) in text.iter().enumerate() {
        let origin = at + Vec2::new(column as f64 * advance_mm, 0.0);
        for stroke in strokes(*letter).split_ascii_whitespace() {
            let points: Vec<Point> = stroke
                .as_bytes()
                .chunks_exact(2)
                .map(|xy| {
                    let digit = |byte: u8| f64::from(byte - b'0');
                    origin + Vec2::new(digit(xy[0]), digit(xy[1])) * step
                })
                .collect();
            polylines.push(points);
        }
    }
    let drawn: Vec<Area> = polylines
        .iter()
        .map(|stroke| Area::lines(std::slice::from_ref(stroke), PEN * step))
        .collect();
    Area::union_all(&drawn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strokes_are_pairs_of_digits_and_differ() {
        let letters: Vec<char> = (' '..='~').chain(['°']).filter(|c| strokes(*c) != BOX).collect();
        assert!(letters.len() > 60);
        for letter in &letters {
            for stroke in strokes(*letter).split_ascii_whitespace() {
                assert!(stroke.len() >= 4 && stroke.len() % 2 == 0, "{letter}: {stroke}");
                assert!(stroke.bytes().all(|b| b.is_ascii_digit()), "{letter}");
            }
        }
    }
}
