//! SVG path data (SVG 1.1, 8.3), as short as it can be for what it draws.
//!
//! Every point is rounded once, absolutely, to a whole number of units (a unit is one step of the
//! last decimal), and differences are taken between rounded points: errors do not add up along the
//! path, and edges that two shapes share stay identical. Each command is written relative or
//! absolute, whichever is shorter; curves that follow a circle become `a`, what is quadratic or
//! straight becomes `q` or a line, and curves that mirror the one before become `s` or `t`. Every
//! closed subpath ends in `z`, without which drawing programs and cutters take it for open.

use kurbo::{BezPath, CubicBez, ParamCurve as _, PathEl, PathSeg, Point, QuadBez};

use super::arcs;
use crate::export::number;

/// A point in units.
type Units = (i64, i64);

/// What [`path_data`] may write.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Decimals of coordinates.
    pub decimals: usize,
    /// Whether arcs are allowed; SVG Tiny 1.2 has none.
    pub arcs: bool,
}

/// The path as the value of a `d` attribute.
pub fn path_data(path: &BezPath, style: Style) -> String {
    let mut data = PathData {
        out: String::new(),
        style,
        scale: 10_f64.powi(style.decimals as i32),
        at: (0, 0),
        control: None,
        command: ' ',
    };
    let mut rest = path.elements();
    while !rest.is_empty() {
        let is_move = |el: &PathEl| matches!(el, PathEl::MoveTo(_));
        let len = rest.iter().skip(1).position(is_move).map_or(rest.len(), |n| n + 1);
        let (subpath, after) = rest.split_at(len);
        let segments: Vec<PathSeg> = kurbo::segments(subpath.iter().copied()).collect();
        let ends = segments.first().zip(segments.last());
        let closed = ends.is_some_and(|(first, last)| first.start() == last.end());
        data.subpath(segments, closed);
        rest = after;
    }
    data.out
}

struct PathData {
    out: String,
    style: Style,
    /// Units per pixel.
    scale: f64,
    /// The current point.
    at: Units,
    /// After a curve, its letter without shorthand and its last control point.
    control: Option<(char, Units)>,
    /// The letter that is understood where none is written.
    command: char,
}

impl PathData {
    fn units(&self, p: Point) -> Units {
        ((p.x * self.scale).round() as i64, (p.y * self.scale).round() as i64)
    }

    /// Writes one subpath.
    fn subpath(&mut self, mut segments: Vec<PathSeg>, closed: bool) {
        let Some(first) = segments.first() else { return };
        let start = self.units(first.start());
        // `z` draws the last line.
        while closed
            && segments.last().is_some_and(|s| self.is_line(s) && self.units(s.end()) == start)
        {
            segments.pop();
        }
        if segments.is_empty() {
            return;
        }
        self.points('m', &[start]);
        let mut rest = segments.as_slice();
        while let Some(segment) = rest.first() {
            let used = self.arc(rest).unwrap_or_else(|| {
                self.segment(segment);
                1
            });
            rest = &rest[used..];
        }
        if closed {
            self.out.push('z');
            (self.command, self.control, self.at) = ('z', None, start);
        }
    }

    /// Writes the arc that the next segments follow, if that is shorter than they are; returns how
    /// many of them it stands for.
    fn arc(&mut self, segments: &[PathSeg]) -> Option<usize> {
        if !self.style.arcs {
            return None;
        }
        let (arc, used) = arcs::arc(segments, 1.0 / self.scale)?;
        let before = (self.out.len(), self.command, self.at, self.control);
        for segment in &segments[..used] {
            self.segment(segment);
        }
        let curves = self.out.split_off(before.0);
        (_, self.command, self.at, self.control) = before;

        let end = self.units(arc.end);
        let radius = self.text((arc.radius * self.scale).round() as i64);
        let numbers = |to: Units| {
            let flag = |on: bool| String::from(if on { "1" } else { "0" });
            let (large, sweep) = (flag(arc.large), flag(arc.sweep));
            [
                radius.clone(),
                radius.clone(),
                flag(false),
                large,
                sweep,
                self.text(to.0),
                self.text(to.1),
            ]
        };
        let relative = numbers((end.0 - self.at.0, end.1 - self.at.1));
        self.write('a', &relative, &numbers(end));
        if self.out.len() - before.0 >= curves.len() {
            self.out.truncate(before.0);
            self.command = before.1;
            return None;
        }
        (self.at, self.control) = (end, None);
        Some(used)
    }

    fn segment(&mut self, segment: &PathSeg) {
        if self.is_line(segment) {
            return self.line(self.units(segment.end()));
        }
        let quad = match segment {
            PathSeg::Quad(quad) => Some(*quad),
            PathSeg::Cubic(cubic) => self.lowered(cubic),
            PathSeg::Line(_) => None,
        };
        if let Some(quad) = quad {
            return self.curve('q', 't', &[self.units(quad.p1), self.units(quad.p2)]);
        }
        let cubic = segment.to_cubic();
        self.curve('c', 's', &[cubic.p1, cubic.p2, cubic.p3].map(|p| self.units(p)));
    }

    /// Writes a curve, by its shorthand if its first control point is what that stands for: the last
    /// one before, mirrored, or the current point after anything but a curve of its kind.
    fn curve(&mut self, letter: char, shorthand: char, points: &[Units]) {
        let [controls @ .., _] = points else { return };
        let (at, last) = (self.at, controls.last().map(|control| (letter, *control)));
        let implied = match self.control {
            Some((kind, control)) if kind == letter => (2 * at.0 - control.0, 2 * at.1 - control.1),
            _ => at,
        };
        if points[0] == implied {
            self.points(shorthand, &points[1..]);
        } else {
            self.points(letter, points);
        }
        self.control = last;
    }

    fn line(&mut self, to: Units) {
        let (x, y) = (self.text(to.0), self.text(to.1));
        match (to.0 - self.at.0, to.1 - self.at.1) {
            (0, 0) => {}
            (dx, 0) => self.write('h', &[self.text(dx)], &[x]),
            (0, dy) => self.write('v', &[self.text(dy)], &[y]),
            (dx, dy) => self.write('l', &[self.text(dx), self.text(dy)], &[x, y]),
        }
        (self.at, self.control) = (to, None);
    }

    /// Writes a command whose last point becomes the current one.
    fn points(&mut self, letter: char, points: &[Units]) {
        let list = |from: Units| {
            let texts =
                points.iter().flat_map(|p| [self.text(p.0 - from.0), self.text(p.1 - from.1)]);
            texts.collect::<Vec<_>>()
        };
        self.write(letter, &list(self.at), &list((0, 0)));
        if let Some(last) = points.last() {
            (self.at, self.control) = (*last, None);
        }
    }

    /// Whether the segment is straight, to half a unit.
    fn is_line(&self, segment: &PathSeg) -> bool {
        let cubic = match segment {
            PathSeg::Line(_) => return true,
            curve => curve.to_cubic(),
        };
        let chord = cubic.p3 - cubic.p0;
        let length2 = chord.hypot2();
        let half_unit = 0.5 / self.scale;
        [cubic.p1, cubic.p2].iter().all(|p| {
            let v = *p - cubic.p0;
            let along = v.dot(chord);
            v.cross(chord).abs() <= half_unit * length2.sqrt() && along >= 0.0 && along <= length2
        })
    }

    /// The quadratic curve that a cubic one is, to half a unit.
    fn lowered(&self, cubic: &CubicBez) -> Option<QuadBez> {
        let from_start = (3.0 * cubic.p1.to_vec2() - cubic.p0.to_vec2()) / 2.0;
        let from_end = (3.0 * cubic.p2.to_vec2() - cubic.p3.to_vec2()) / 2.0;
        let near = (from_start - from_end).hypot2().sqrt() <= 0.5 / self.scale;
        let middle = ((from_start + from_end) / 2.0).to_point();
        near.then(|| QuadBez::new(cubic.p0, middle, cubic.p3))
    }

    fn text(&self, units: i64) -> String {
        number::text(units as f64 / self.scale, self.style.decimals)
    }

    /// Writes the command relative or absolute, whichever is shorter.
    fn write(&mut self, letter: char, relative: &[String], absolute: &[String]) {
        let upper = letter.to_ascii_uppercase();
        let (a, b) = (self.command_text(letter, relative), self.command_text(upper, absolute));
        let (text, letter) = if b.len() < a.len() { (b, upper) } else { (a, letter) };
        self.out.push_str(&text);
        // After a move, coordinates alone mean lines.
        self.command = match letter {
            'm' => 'l',
            'M' => 'L',
            other => other,
        };
    }

    fn command_text(&self, letter: char, numbers: &[String]) -> String {
        let mut text = String::new();
        if letter != self.command {
            text.push(letter);
        }
        for digits in numbers {
            let before = if text.is_empty() { &self.out } else { &text };
            let after_digit = before.ends_with(|c: char| c.is_ascii_digit() || c == '.');
            // `1.5.5` reads as 1.5 and .5, and a minus separates as well.
            let separates =
                digits.starts_with('-') || digits.starts_with('.') && ends_in_decimals(before);
            if after_digit && !separates {
                text.push(' ');
            }
            text.push_str(digits);
        }
        text
    }
}

fn ends_in_decimals(text: &str) -> bool {
    text.bytes().rev().take_while(|b| b.is_ascii_digit() || *b == b'.').any(|b| b == b'.')
}

#[cfg(test)]
mod tests {
    use kurbo::Shape as _;

    use super::*;

    fn data(svg: &str, decimals: usize) -> String {
        path_data(&BezPath::from_svg(svg).unwrap(), Style { decimals, arcs: true })
    }

    #[test]
    fn points_are_rounded_once() {
        let path = "M.333 0L10.333 0L10.333 5.5L.6 6L.4 .5Z";
        assert_eq!(data(path, 1), "m.3 0h10v5.5L.6 6 .4.5z");
        assert_eq!(data("M0 0h.04h.04h.04h.04h.04v9z", 1), "m0 0h.1.1v9z");
    }

    #[test]
    fn the_last_line_is_left_to_z() {
        assert_eq!(data("M1 1H9V9L1 1Z", 0), "m1 1h8v8z");
        assert_eq!(data("M1 1H9V9Z", 0), "m1 1h8v8z");
        assert_eq!(data("M1 1H1Z", 0), "");
    }

    #[test]
    fn curves_take_the_shortest_command() {
        // A mirrored curve, a raised quadratic, a straight cubic.
        assert_eq!(data("M0 0C1 2 3 4 6 4C9 4 9 9 2 9Z", 0), "m0 0c1 2 3 4 6 4s3 5-4 5z");
        assert_eq!(data("M0 0C2 4 4 4 6 0L3 -9Z", 0), "m0 0q3 6 6 0L3-9z");
        assert_eq!(data("M0 0Q3 6 6 0Q9 -6 12 0L3 -9Z", 0), "m0 0q3 6 6 0t6 0L3-9z");
        assert_eq!(data("M0 0C2 0 4 0 6 0L3 9Z", 0), "m0 0h6L3 9z");
    }

    #[test]
    fn circles_become_arcs_and_read_back() {
        let circle = kurbo::Circle::new((50.0, 40.0), 30.0);
        let text = path_data(&circle.to_path(1e-3), Style { decimals: 2, arcs: true });
        assert!(text.contains(['a', 'A']) && !text.contains(['c', 's']), "{text}");
        let read = BezPath::from_svg(&text).unwrap();
        assert!((read.area().abs() - circle.area()).abs() < 2.0, "{text}");
        assert!((read.bounding_box().x0 - 20.0).abs() < 0.02, "{text}");
    }

    #[test]
    fn radii_take_no_more_digits_than_they_need() {
        // Flat: its height is the same to .01 whether its radius is 115.9 or 116.
        let flat = "M0 0C9.96 -1.3 20.04 -1.3 30 0V9H0Z";
        assert_eq!(data(flat, 2), "m0 0a116 116 0 0 1 30 0v9H0z");
        // Half a circle: each digit counts.
        let half = kurbo::Circle::new((50.0, 40.0), 30.37).to_path(1e-3);
        let text = path_data(&half, Style { decimals: 2, arcs: true });
        assert!(text.contains("a30.37 30.37"), "{text}");
    }
}
