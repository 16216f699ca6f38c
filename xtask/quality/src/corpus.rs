//! The logos, by what they demand of a tracer.

use resvg::usvg;

/// A logo whose drawing is known.
pub struct Logo {
    pub name: String,
    pub kind: Kind,
    pub tree: usvg::Tree,
}

/// What a logo demands of a tracer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One colour.
    Mono,
    /// Several flat colours.
    Flat,
    /// Much wider than high: mostly letters.
    Wordmark,
    /// With gradients.
    Gradient,
    /// With translucent fills.
    Opacity,
}

impl Kind {
    pub const ALL: [Self; 5] =
        [Self::Mono, Self::Flat, Self::Wordmark, Self::Gradient, Self::Opacity];

    pub fn word(self) -> &'static str {
        match self {
            Self::Mono => "mono",
            Self::Flat => "flat",
            Self::Wordmark => "wordmark",
            Self::Gradient => "gradient",
            Self::Opacity => "opacity",
        }
    }

    fn of(svg: &str, tree: &usvg::Tree) -> Self {
        let size = tree.size();
        if svg.contains("Gradient") {
            Self::Gradient
        } else if svg.contains("opacity") {
            Self::Opacity
        } else if size.width() > 3.0 * size.height() {
            Self::Wordmark
        } else if crate::score::complexity(tree).paints.len() <= 1 {
            Self::Mono
        } else {
            Self::Flat
        }
    }
}

/// Up to `per_kind` logos of each kind in `kinds`, spread evenly over the package's alphabet.
///
/// `start` shifts which ones: other numbers give other logos, to check that a change did not learn
/// the sample.
pub fn load(kinds: &[Kind], per_kind: usize, start: usize) -> Result<Vec<Logo>, String> {
    let mut logos = Vec::new();
    for logos::Logo { name, svg } in logos::all()? {
        let Ok(tree) = usvg::Tree::from_str(&svg, &usvg::Options::default()) else { continue };
        let kind = Kind::of(&svg, &tree);
        logos.push(Logo { name, kind, tree });
    }
    let mut chosen = Vec::new();
    for kind in kinds {
        let (of_kind, rest): (Vec<_>, _) = logos.into_iter().partition(|l| l.kind == *kind);
        logos = rest;
        let step = (of_kind.len() / per_kind).max(1);
        chosen.extend(of_kind.into_iter().skip(start % step).step_by(step).take(per_kind));
    }
    Ok(chosen)
}
