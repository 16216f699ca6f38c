//! Counts crossings before they are solved: their number can grow with the square of the input, and
//! with it the memory that the answer takes.

use super::flatten::Piece;
use crate::limits::MAX_CROSSINGS;
use crate::order;

/// Fewer pieces than this cannot cross too often: n (n − 1) / 2 stays below the limit.
const ALWAYS_BEARABLE: usize = 600;

/// Pairs that are looked at before giving up, as a multiple of the crossings that are allowed.
const PAIRS_PER_CROSSING: usize = 200;

/// Whether the boxes of the pieces meet seldom enough; pieces whose boxes are apart cannot cross.
pub(super) fn are_bearable(pieces: &[Piece]) -> bool {
    if pieces.len() < ALWAYS_BEARABLE {
        return true;
    }
    let mut by_top: Vec<&Piece> = pieces.iter().collect();
    order::by_key(&mut by_top, |piece| order::int(piece.from.y.min(piece.to.y)));
    let mut active: Vec<&Piece> = Vec::new();
    let (mut pairs, mut crossings) = (0, 0);
    for piece in by_top {
        let top = piece.from.y.min(piece.to.y);
        active.retain(|other| other.from.y.max(other.to.y) > top);
        pairs += active.len();
        crossings += active.iter().filter(|other| cross(piece, other)).count();
        if crossings > MAX_CROSSINGS || pairs > MAX_CROSSINGS * PAIRS_PER_CROSSING {
            return false;
        }
        active.push(piece);
    }
    true
}

/// Whether the ends of each lie on both sides of the other.
fn cross(a: &Piece, b: &Piece) -> bool {
    apart(a, b) && apart(b, a)
}

fn apart(a: &Piece, b: &Piece) -> bool {
    let side = |x: i32, y: i32| {
        let (ax, ay) = (i64::from(a.from.x), i64::from(a.from.y));
        let (dx, dy) = (i64::from(a.to.x) - ax, i64::from(a.to.y) - ay);
        (dx * (i64::from(y) - ay) - dy * (i64::from(x) - ax)).signum()
    };
    side(b.from.x, b.from.y) * side(b.to.x, b.to.y) < 0
}
