//! The engine: one open [`Session`], asked by `pkg/worker.js`.

use js_sys::{Function, Reflect, Uint8Array, Uint8ClampedArray};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::from_js;
use super::values::{export_options, object, to_js, watch};
use crate::error::Error;
use crate::export::{Format, export};
use crate::fidelity::HEAT_FULL_PX;
use crate::import::pdf;
use crate::options::Value;
use crate::raster::Raster;
use crate::session::Session;
use crate::trace::TraceOptions;

/// One open logo; see [`Session`].
#[wasm_bindgen]
#[derive(Default)]
pub struct Engine {
    pub(super) session: Session,
}

#[wasm_bindgen]
impl Engine {
    /// An engine with nothing open.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Opens a logo; `progress(stage, label, fraction)` is called along the way. Returns what there
    /// is to say about the file; see [`Opened`](crate::import::Opened).
    pub fn open(
        &mut self,
        bytes: &[u8],
        options: &JsValue,
        progress: &Function,
    ) -> Result<JsValue, JsValue> {
        let options = from_js(options)?;
        to_js(self.session.open(bytes, &options, &watch(progress))?)
    }

    /// Opens pixels that the browser has decoded, where [`Engine::open`] threw `browser-decoder`;
    /// `drawn` says that they were an SVG's text.
    #[wasm_bindgen(js_name = openPixels)]
    pub fn open_pixels(
        &mut self,
        width_px: u32,
        height_px: u32,
        rgba: Vec<u8>,
        drawn: bool,
        options: &JsValue,
        progress: &Function,
    ) -> Result<JsValue, JsValue> {
        let options = from_js(options)?;
        let raster = Raster::new(width_px, height_px, rgba)?;
        let opened = if drawn {
            self.session.open_drawn(raster, &options, &watch(progress))
        } else {
            self.session.open_pixels(raster, &options, &watch(progress))
        };
        to_js(opened?)
    }

    /// Opens what the reader made of a file, where [`Engine::open`] threw `pdf-reader`.
    #[wasm_bindgen(js_name = openPage)]
    pub fn open_page(
        &mut self,
        page: &str,
        options: &JsValue,
        progress: &Function,
    ) -> Result<JsValue, JsValue> {
        let options = from_js(options)?;
        let page = pdf::Page::from_json(page)?;
        let opened = self.session.open_page(&page, &options, &watch(progress));
        to_js(opened?)
    }

    /// The open logo's pixels, straight-alpha RGBA.
    pub fn pixels(&self) -> Result<JsValue, JsValue> {
        let raster = self.session.raster()?;
        // A copy of its own, unshared: only such a buffer can be transferred or drawn.
        let data = Uint8ClampedArray::new_from_slice(raster.rgba());
        object(&[
            ("widthPx", raster.width_px().into()),
            ("heightPx", raster.height_px().into()),
            ("data", data.into()),
        ])
    }

    /// Traces the open logo and returns what there is to say about the result.
    pub fn trace(&mut self, options: &JsValue, progress: &Function) -> Result<JsValue, JsValue> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Traced<'a> {
            inks: Vec<String>,
            names: Vec<&'a str>,
            shapes: usize,
            segments: usize,
        }
        let options: TraceOptions = from_js(options)?;
        let artwork = self.session.artwork(&options, &watch(progress))?;
        to_js(&Traced {
            inks: artwork.inks.iter().map(|ink| ink.rgb.to_string()).collect(),
            names: artwork.inks.iter().map(|ink| ink.own_name().unwrap_or_default()).collect(),
            shapes: artwork.shapes.len(),
            segments: artwork.segments(),
        })
    }

    /// How far the trace of the open logo is off its pixels, and where.
    pub fn fidelity(&mut self, trace: &JsValue, progress: &Function) -> Result<JsValue, JsValue> {
        let options: TraceOptions = from_js(trace)?;
        let found = self.session.fidelity(&options, &watch(progress))?;
        let value = to_js(&found)?;
        let heat = Uint8ClampedArray::new_from_slice(&found.heat);
        Reflect::set(&value, &"data".into(), &heat)?;
        Reflect::set(&value, &"fullPx".into(), &HEAT_FULL_PX.into())?;
        Ok(value)
    }

    /// The open logo as an SVG file, at once; see [`Session::preview`].
    pub fn preview(
        &self,
        trace: &JsValue,
        options: &JsValue,
        progress: &Function,
    ) -> Result<Uint8Array, JsValue> {
        let (trace, options) = (from_js(trace)?, export_options(options)?);
        let artwork = self.session.preview(&trace, &watch(progress))?;
        let bytes = export(&artwork, Format::Svg, &options)?;
        Ok(Uint8Array::new_from_slice(&bytes))
    }

    /// The open logo, traced, as a file; `options` has a group for every kind of file.
    pub fn export(
        &mut self,
        format: &str,
        trace: &JsValue,
        options: &JsValue,
        progress: &Function,
    ) -> Result<Uint8Array, JsValue> {
        let format = <Format as Value>::parse(format).map_err(|expected| Error::Option {
            name: "format".into(),
            value: format.into(),
            expected,
        })?;
        let bytes = self.session.export(
            format,
            &from_js(trace)?,
            &export_options(options)?,
            &watch(progress),
        )?;
        Ok(Uint8Array::new_from_slice(&bytes))
    }
}
