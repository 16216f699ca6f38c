//! Chains that meet are joined: what goes straight on is one line, what turns is a corner, and the
//! rest ends where it meets a line.

use kurbo::{Point, Vec2};

use super::chain::{Chain, heading};

/// Ends of chains that meet are at most so many widths apart.
const MEET: f64 = 1.35;

/// Lines that turn less than this where they meet are one, in degrees.
const STRAIGHT_DEG: f64 = 28.0;

/// An end of a chain: the chain, and whether it is the last point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct End {
    pub chain: usize,
    pub last: bool,
}

impl End {
    /// Its place in lists of all ends.
    pub fn index(self) -> usize {
        2 * self.chain + usize::from(self.last)
    }

    /// The other end of its chain.
    pub fn across(self) -> Self {
        Self { last: !self.last, ..self }
    }
}

/// How a line goes on at an end of a chain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Link {
    /// It ends there, in the open.
    Cap,
    /// It ends at a point inside another line.
    Stop(Point),
    /// It goes on with another chain.
    Straight(End),
    /// It turns at a point, to go on with another chain.
    Corner(Point, End),
}

/// Where an end is and how it leaves.
#[derive(Clone, Copy)]
pub(super) struct Tip {
    pub at: Point,
    pub way: Vec2,
}

/// The tips of all ends, by [`End::index`].
pub(super) fn tips(chains: &[Chain], width_px: f64) -> Vec<Tip> {
    let length_px = (2.0 * width_px).max(4.0);
    chains
        .iter()
        .flat_map(|chain| {
            let back: Vec<Point> = chain.points.iter().rev().copied().collect();
            [back, chain.points.clone()].map(|points| Tip {
                at: points.last().copied().unwrap_or_default(),
                way: heading(&points, length_px),
            })
        })
        .collect()
}

/// How each end goes on, by [`End::index`].
pub(super) fn links(chains: &[Chain], tips: &[Tip], width_px: f64) -> Vec<Link> {
    let mut links = vec![Link::Cap; tips.len()];
    for node in nodes(chains, tips, width_px) {
        let mut free = node;
        let mut through = Vec::new();
        while let Some((a, b)) = straightest(&free, tips) {
            (links[a.index()], links[b.index()]) = (Link::Straight(b), Link::Straight(a));
            through.push((tips[a.index()].at, tips[b.index()].at));
            free.retain(|end| *end != a && *end != b);
        }
        let Some(common) = meeting(&free, tips) else {
            // One is left: it ends at the line that goes through, or in the open.
            for end in free {
                let tip = tips[end.index()];
                let stops = through.iter().filter_map(|(a, b)| crossing(tip, *a, *b));
                let nearest =
                    stops.reduce(
                        |a, b| {
                            if (b - tip.at).hypot2() < (a - tip.at).hypot2() { b } else { a }
                        },
                    );
                if let Some(stop) = nearest {
                    links[end.index()] = Link::Stop(stop);
                }
            }
            continue;
        };
        for end in &free {
            links[end.index()] = Link::Stop(common);
        }
        if let [a, b, ..] = free[..] {
            links[a.index()] = Link::Corner(common, b);
            links[b.index()] = Link::Corner(common, a);
        }
    }
    links
}

/// Ends that meet, in sets of two and more.
fn nodes(chains: &[Chain], tips: &[Tip], width_px: f64) -> Vec<Vec<End>> {
    let open = (0..chains.len()).filter(|&chain| !chains[chain].closed);
    let ends: Vec<End> =
        open.flat_map(|chain| [false, true].map(|last| End { chain, last })).collect();
    let meet = |a: End, b: End| {
        let (a, b) = (tips[a.index()], tips[b.index()]);
        let way = b.at - a.at;
        let behind = -0.3 * width_px;
        way.hypot() <= MEET * width_px + 1.0
            && way.dot(a.way) >= behind
            && -way.dot(b.way) >= behind
    };
    let mut nodes: Vec<Vec<End>> = Vec::new();
    for &end in &ends {
        let (mut joined, apart): (Vec<_>, Vec<_>) =
            nodes.into_iter().partition(|node| node.iter().any(|other| meet(end, *other)));
        nodes = apart;
        let mut node: Vec<End> = joined.drain(..).flatten().collect();
        node.push(end);
        nodes.push(node);
    }
    nodes.retain(|node| node.len() > 1);
    nodes
}

/// The two ends that go on into each other with the least turn, if that is little.
fn straightest(free: &[End], tips: &[Tip]) -> Option<(End, End)> {
    let turn = |a: End, b: End| {
        let (a, b) = (tips[a.index()], tips[b.index()]);
        let way = b.at - a.at;
        let bend = |v: Vec2, w: Vec2| libm::atan2(v.cross(w).abs(), v.dot(w)).to_degrees();
        // Side by side is not one after the other.
        bend(a.way, -b.way).max(if way.hypot() > 1.0 { bend(a.way, way) } else { 0.0 })
    };
    let pairs = free.iter().enumerate().flat_map(|(i, a)| free[i + 1..].iter().map(|b| (*a, *b)));
    let best = pairs.min_by(|a, b| turn(a.0, a.1).total_cmp(&turn(b.0, b.1)))?;
    (turn(best.0, best.1) < STRAIGHT_DEG).then_some(best)
}

/// The point nearest to the lines along which two ends or more leave.
fn meeting(ends: &[End], tips: &[Tip]) -> Option<Point> {
    if ends.len() < 2 {
        return None;
    }
    // The sum of squared distances to the lines is least where Σ(I − dd′)(x − p) = 0.
    let (mut a, mut b, mut c, mut right) = (0.0, 0.0, 0.0, Vec2::ZERO);
    for tip in ends.iter().map(|end| tips[end.index()]) {
        let across = Vec2::new(-tip.way.y, tip.way.x);
        a += across.x * across.x;
        b += across.x * across.y;
        c += across.y * across.y;
        right += across * across.dot(tip.at.to_vec2());
    }
    let determinant = a * c - b * b;
    if determinant < 1e-3 {
        return None;
    }
    let solved = Vec2::new(c * right.x - b * right.y, a * right.y - b * right.x);
    Some((solved / determinant).to_point())
}

/// Where the way from a tip crosses the line through two points.
fn crossing(tip: Tip, a: Point, b: Point) -> Option<Point> {
    let line = b - a;
    let across = tip.way.cross(line);
    (across.abs() > 0.2 * line.hypot())
        .then(|| tip.at + tip.way * ((a - tip.at).cross(line) / across))
}
