//! Gradients as shading patterns (ISO 32000-1, 8.7.4.5.3 and .4), their alpha as soft masks (11.6.5.3).

use kurbo::Affine;
use pdf_writer::types::{FunctionShadingType, MaskType};
use pdf_writer::writers::FunctionShading;
use pdf_writer::{Content, Finish as _, Name, Pdf, Ref};

use super::{Ids, rect, rounded};
use crate::artwork::{Gradient, GradientKind, Paint, Stop};
use crate::export::Job;
use crate::export::page::{Color, ColorMode, Page, share};

/// The objects that a gradient became.
pub struct Refs {
    pub pattern: Ref,
    /// A graphics state, if any stop is translucent.
    pub mask: Option<Ref>,
}

/// Writes the gradient with this index.
pub fn write(
    pdf: &mut Pdf,
    ids: &mut Ids,
    job: &Job,
    mode: ColorMode,
    page: &Page,
    index: usize,
) -> Refs {
    let area = job.artwork.painted_area(Paint::Gradient(index));
    let gradient = job.artwork.gradients[index].padded(area);
    let color = |stop: &Stop| match mode.stop(job, stop.rgb) {
        Color::Rgb(rgb) => rgb.0.iter().map(|c| share(*c) as f32).collect(),
        Color::Cmyk(cmyk) => cmyk.0.iter().map(|p| f32::from(*p) / 100.0).collect(),
        // Stops are never spot colours.
        Color::Spot(_) => Vec::new(),
    };
    let function = function(pdf, ids, &gradient.stops, &color);
    let pattern = ids.next();
    let mut writer = pdf.shading_pattern(pattern);
    // A pattern's matrix leads to the page, whatever else is in force.
    writer.matrix((page.from_px * gradient.transform).as_coeffs().map(|v| rounded(v, 6)));
    let mut shading = writer.function_shading();
    match mode {
        ColorMode::Rgb => shading.color_space().device_rgb(),
        ColorMode::Cmyk | ColorMode::Spot => shading.color_space().device_cmyk(),
    }
    geometry(&mut shading, &gradient, function);
    shading.finish();
    writer.finish();
    let mask = gradient.is_translucent().then(|| mask(pdf, ids, &gradient, area));
    Refs { pattern, mask }
}

/// A graphics state whose soft mask is the gradient's alpha.
fn mask(pdf: &mut Pdf, ids: &mut Ids, gradient: &Gradient, area: kurbo::Rect) -> Ref {
    let function = function(pdf, ids, &gradient.stops, &|stop| vec![rounded(stop.opacity, 5)]);
    let [group, state] = std::array::from_fn(|_| ids.next());
    let mut content = Content::new();
    if gradient.transform != Affine::IDENTITY {
        content.transform(gradient.transform.as_coeffs().map(|v| rounded(v, 6)));
    }
    content.shading(Name(b"Sh"));
    let bytes = content.finish();
    let mut form = pdf.form_xobject(group, &bytes);
    form.bbox(rect(area.inflate(1.0, 1.0)));
    let mut transparency = form.group();
    transparency.transparency().isolated(true);
    transparency.color_space().device_gray();
    transparency.finish();
    let mut resources = form.resources();
    let mut shadings = resources.shadings();
    let mut shading: FunctionShading = shadings.insert(Name(b"Sh")).start();
    shading.color_space().device_gray();
    geometry(&mut shading, gradient, function);
    shading.finish();
    shadings.finish();
    resources.finish();
    form.finish();
    let mut writer = pdf.ext_graphics(state);
    writer.soft_mask().subtype(MaskType::Luminosity).group(group);
    writer.finish();
    state
}

fn geometry(shading: &mut FunctionShading, gradient: &Gradient, function: Ref) {
    let coordinates: &[f64] = match gradient.kind {
        GradientKind::Linear { start, end } => {
            shading.shading_type(FunctionShadingType::Axial);
            &[start.x, start.y, end.x, end.y]
        }
        GradientKind::Radial { center, radius, focus, focus_radius } => {
            shading.shading_type(FunctionShadingType::Radial);
            &[focus.x, focus.y, focus_radius, center.x, center.y, radius]
        }
    };
    shading.coords(coordinates.iter().map(|v| rounded(*v, 4)));
    shading.extend([true, true]).function(function);
}

/// The colours along the gradient: a function of the offset, one piece between two stops.
fn function(
    pdf: &mut Pdf,
    ids: &mut Ids,
    stops: &[Stop],
    values: &dyn Fn(&Stop) -> Vec<f32>,
) -> Ref {
    // The ends' colours go on to 0 and 1.
    let at = |stop: &Stop, offset| Stop { offset, ..*stop };
    let first = stops.first().map(|stop| at(stop, 0.0));
    let last = stops.last().map(|stop| at(stop, 1.0));
    let stops: Vec<Stop> = first.into_iter().chain(stops.iter().copied()).chain(last).collect();
    // Two stops in one place are a jump, which lies between pieces.
    let pieces: Vec<(&Stop, &Stop)> = stops
        .windows(2)
        .map(|pair| (&pair[0], &pair[1]))
        .filter(|(from, to)| rounded(from.offset, 5) < rounded(to.offset, 5))
        .collect();
    let functions = ids.some(pieces.len());
    for (id, (from, to)) in functions.iter().zip(&pieces) {
        pdf.exponential_function(*id).domain([0.0, 1.0]).c0(values(from)).c1(values(to)).n(1.0);
    }
    if let [only] = functions.as_slice() {
        return *only;
    }
    let id = ids.next();
    let bounds = pieces.iter().skip(1).map(|(from, _)| rounded(from.offset, 5));
    let encode = pieces.iter().flat_map(|_| [0.0, 1.0]);
    let mut stitching = pdf.stitching_function(id);
    stitching.domain([0.0, 1.0]).functions(functions.iter().copied()).bounds(bounds).encode(encode);
    id
}
