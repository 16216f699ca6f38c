//! The planar map and its fitted edges become shapes.
//!
//! *Stacked*: an opaque face is painted whole, with all that lies inside it painted on top, so no
//! background can show through between them. *Cut out*: each face keeps its holes, whose outlines
//! are the very curves of what lies inside. Nothing is ever painted below a translucent face.
//!
//! Faces of one ink at one depth are one compound path; outer loops run clockwise and holes
//! counter-clockwise, so that the nonzero and the even-odd rule agree.

use std::collections::HashSet;

use kurbo::{BezPath, PathEl, Shape as _};

use super::{Artwork, Geometry, Paint, Shape};
use crate::color::Rgb;
use crate::trace::Layering;
use crate::trace::fit::Fitted;
use crate::trace::map::{Half, PlanarMap};

/// Builds the artwork of a map whose edges were `fitted`, with faces painted in `inks`.
pub(crate) fn build(
    map: &PlanarMap,
    fitted: &[Fitted],
    inks: &[[u8; 4]],
    layering: Layering,
    size_px: (f64, f64),
) -> Artwork {
    let mut artwork = Artwork::new(size_px.0, size_px.1);
    let nesting = Nesting::new(map);
    for faces in nesting.layers(map) {
        let [r, g, b, alpha] = inks[map.faces[faces[0] as usize].label as usize];
        let mut compound = BezPath::new();
        let mut single = Vec::new();
        for &face in &faces {
            let inside = if layering == Layering::Stacked {
                nesting.covered(map, inks, face)
            } else {
                HashSet::from([face])
            };
            let loops = outline(map, &inside);
            match (&loops[..], primitive(fitted, &loops)) {
                (_, Some(geometry)) => single.push(geometry),
                _ => loops.iter().for_each(|halves| append(&mut compound, fitted, halves, map)),
            }
        }
        let paint = Paint::Ink(artwork.ink(Rgb([r, g, b])));
        let opacity = f64::from(alpha) / 255.0;
        if !compound.is_empty() {
            single.push(Geometry::Path(compound));
        }
        let shapes = single.into_iter().map(|geometry| Shape { geometry, paint, opacity });
        artwork.shapes.extend(shapes);
    }
    artwork
}

/// Which faces lie inside which.
struct Nesting {
    /// Number of faces around each.
    depth: Vec<u32>,
    /// The faces directly inside each.
    inside: Vec<Vec<u32>>,
}

impl Nesting {
    fn new(map: &PlanarMap) -> Self {
        let mut depth = vec![u32::MAX; map.faces.len()];
        let mut inside = vec![Vec::new(); map.faces.len()];
        depth[0] = 0;
        let mut queue = vec![0];
        let mut next = 0;
        while let Some(&face) = queue.get(next) {
            next += 1;
            let beyond = |index: u32| {
                map.loops[index as usize].halves.iter().map(|half| map.face(half.reversed()))
            };
            // What borders a hole lies in it, and what borders that, and so on.
            let mut found: Vec<u32> =
                map.faces[face as usize].holes.iter().flat_map(|&hole| beyond(hole)).collect();
            while let Some(inner) = found.pop() {
                if depth[inner as usize] != u32::MAX {
                    continue;
                }
                depth[inner as usize] = depth[face as usize] + 1;
                inside[face as usize].push(inner);
                queue.push(inner);
                found.extend(map.faces[inner as usize].outer.into_iter().flat_map(beyond));
            }
        }
        Self { depth, inside }
    }

    /// The visible faces, those of one label at one depth together, from the bottom up.
    fn layers(&self, map: &PlanarMap) -> Vec<Vec<u32>> {
        let mut faces: Vec<u32> = (1..map.faces.len() as u32)
            .filter(|&face| map.faces[face as usize].label != 0)
            .collect();
        let key = |face: &u32| (self.depth[*face as usize], map.faces[*face as usize].label);
        faces.sort_by_key(|face| (key(face), *face));
        faces.chunk_by(|a, b| key(a) == key(b)).map(<[u32]>::to_vec).collect()
    }

    /// The face and all opaque faces that lie on it.
    fn covered(&self, map: &PlanarMap, inks: &[[u8; 4]], face: u32) -> HashSet<u32> {
        let opaque = |face: u32| inks[map.faces[face as usize].label as usize][3] == 255;
        let mut covered = HashSet::from([face]);
        let mut queue = vec![face];
        while let Some(face) = queue.pop() {
            if !opaque(face) {
                continue;
            }
            for &inner in self.inside[face as usize].iter().filter(|&&inner| opaque(inner)) {
                covered.insert(inner);
                queue.push(inner);
            }
        }
        covered
    }
}

/// The loops around a set of faces.
fn outline(map: &PlanarMap, inside: &HashSet<u32>) -> Vec<Vec<Half>> {
    let mut faces: Vec<u32> = inside.iter().copied().collect();
    faces.sort_unstable();
    let mut used = HashSet::new();
    let mut loops = Vec::new();
    for face in faces {
        let face = &map.faces[face as usize];
        for &index in face.outer.iter().chain(&face.holes) {
            for &start in &map.loops[index as usize].halves {
                let mut halves = Vec::new();
                let mut half = start;
                let ends_here = |half: Half| !inside.contains(&map.face(half.reversed()));
                while ends_here(half) && used.insert((half.edge, half.forward)) {
                    halves.push(half);
                    half = map.next(half, |face| inside.contains(&face));
                }
                if !halves.is_empty() {
                    loops.push(halves);
                }
            }
        }
    }
    loops
}

/// The primitive that a face is, if it is one.
fn primitive(fitted: &[Fitted], loops: &[Vec<Half>]) -> Option<Geometry> {
    let [halves] = loops else { return None };
    let [half] = halves[..] else { return None };
    Some(match &fitted[half.edge as usize] {
        Fitted::Path(_) => return None,
        Fitted::Circle(circle) => Geometry::Circle(*circle),
        Fitted::Ellipse(ellipse) => Geometry::Ellipse(*ellipse),
        Fitted::Rect(rect) => Geometry::Rect(*rect),
        Fitted::RoundedRect(rect) => Geometry::RoundedRect(*rect),
    })
}

/// Appends one loop as a closed subpath.
fn append(to: &mut BezPath, fitted: &[Fitted], halves: &[Half], map: &PlanarMap) {
    let closed = halves.len() == 1 && map.start(halves[0]).is_none();
    if closed {
        let edge = &fitted[halves[0].edge as usize];
        let clockwise = map.sweep(halves[0]) > 0;
        let path = closed_path(edge);
        let path = if (path.area() > 0.0) == clockwise { path } else { path.reverse_subpaths() };
        to.extend(path);
        return;
    }
    let start = to.elements().len();
    for half in halves {
        let Fitted::Path(path) = &fitted[half.edge as usize] else { continue };
        let path = if half.forward { path.clone() } else { path.reverse_subpaths() };
        let skip = usize::from(to.elements().len() > start);
        to.extend(path.elements().iter().skip(skip).copied());
    }
    if to.elements().len() > start {
        to.push(PathEl::ClosePath);
    }
}

/// A closed fit as a path.
fn closed_path(fitted: &Fitted) -> BezPath {
    let geometry = match fitted {
        Fitted::Path(path) => return path.clone(),
        Fitted::Circle(circle) => Geometry::Circle(*circle),
        Fitted::Ellipse(ellipse) => Geometry::Ellipse(*ellipse),
        Fitted::Rect(rect) => Geometry::Rect(*rect),
        Fitted::RoundedRect(rect) => Geometry::RoundedRect(*rect),
    };
    geometry.path()
}
