//! Gradients as PostScript level 3 shadings (PLRM 4.9.3).

use super::Writer;
use crate::artwork::{Gradient, GradientKind, Stop};
use crate::export::number::text;
use crate::export::page::{Color, ColorMode, share};

/// Paints the gradient over the clipping path.
pub fn shading(writer: &mut Writer, gradient: &Gradient) {
    let number = |v: f64| text(v, 6);
    let list = |values: &[f64]| values.iter().map(|v| number(*v)).collect::<Vec<_>>().join(" ");
    let matrix = (writer.from_px * gradient.transform).as_coeffs();
    let (kind, coordinates) = match gradient.kind {
        GradientKind::Linear { start, end } => (2, list(&[start.x, start.y, end.x, end.y])),
        GradientKind::Radial { center, radius, focus, focus_radius } => {
            (3, list(&[focus.x, focus.y, focus_radius, center.x, center.y, radius]))
        }
    };
    let space = match writer.mode {
        ColorMode::Rgb => "/DeviceRGB",
        ColorMode::Cmyk | ColorMode::Spot => "/DeviceCMYK",
    };
    let function = function(writer, &gradient.stops);
    writer.line(&format!(
        "[{}] concat\n<< /ShadingType {kind} /ColorSpace {space} /Coords [{coordinates}]\n\
         /Extend [true true] /Function {function} >> shfill",
        list(&matrix)
    ));
}

/// The colours along the gradient: a function of the offset, one piece between two stops.
fn function(writer: &Writer, stops: &[Stop]) -> String {
    let number = |v: f64| text(v, 5);
    let color = |stop: &Stop| {
        let values: Vec<String> = match writer.mode.stop(writer.job, stop.rgb) {
            Color::Rgb(rgb) => rgb.0.iter().map(|c| number(share(*c))).collect(),
            Color::Cmyk(cmyk) => cmyk.0.iter().map(|p| number(f64::from(*p) / 100.0)).collect(),
            // Stops are never spot colours.
            Color::Spot(_) => Vec::new(),
        };
        values.join(" ")
    };
    let at = |stop: &Stop, offset| Stop { offset, ..*stop };
    let first = stops.first().map(|stop| at(stop, 0.0));
    let last = stops.last().map(|stop| at(stop, 1.0));
    let stops: Vec<Stop> = first.into_iter().chain(stops.iter().copied()).chain(last).collect();
    let pieces = stops.windows(2).filter(|pair| number(pair[0].offset) != number(pair[1].offset));
    let (mut functions, mut bounds, mut encode) = (Vec::new(), Vec::new(), Vec::new());
    for pair in pieces {
        functions.push(format!(
            "<< /FunctionType 2 /Domain [0 1] /C0 [{}] /C1 [{}] /N 1 >>",
            color(&pair[0]),
            color(&pair[1])
        ));
        bounds.push(number(pair[0].offset));
        encode.push("0 1");
    }
    match functions.as_slice() {
        [only] => only.clone(),
        _ => format!(
            "<< /FunctionType 3 /Domain [0 1]\n/Functions [{}]\n/Bounds [{}] /Encode [{}] >>",
            functions.join("\n"),
            bounds.get(1..).unwrap_or_default().join(" "),
            encode.join(" ")
        ),
    }
}
