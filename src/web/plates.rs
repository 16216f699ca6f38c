//! What the engine is asked for plates.

use js_sys::{Function, Uint8Array};
use wasm_bindgen::prelude::*;

use super::engine::Engine;
use super::from_js;
use super::values::{Listener, object, to_js, watch};
use crate::job::Watch;
use crate::separate::{Report, Separation, output};

#[wasm_bindgen]
impl Engine {
    /// Separates the open logo and returns what a light table shows; see
    /// [`Report`](crate::separate::Report).
    pub fn separate(
        &mut self,
        trace: &JsValue,
        options: &JsValue,
        progress: &Function,
    ) -> Result<JsValue, JsValue> {
        let job = self.separated(trace, options, &watch(progress))?;
        to_js(&Report::from(job))
    }

    /// Calls `file(name, bytes)` with every file of the separation, one after the other.
    #[wasm_bindgen(js_name = separationFiles)]
    pub fn separation_files(
        &mut self,
        trace: &JsValue,
        options: &JsValue,
        progress: &Function,
        file: &Function,
    ) -> Result<(), JsValue> {
        let watch = watch(progress);
        let job = self.separated(trace, options, &watch)?;
        let mut listener = Listener::new(file);
        let made =
            output::everything(job, &watch, |made| listener.hear(&made.name, Ok(made.bytes)));
        listener.end(made)
    }

    /// One file of the separation, by a name that its report lists.
    #[wasm_bindgen(js_name = separationFile)]
    pub fn separation_file(
        &mut self,
        trace: &JsValue,
        options: &JsValue,
        name: &str,
        progress: &Function,
    ) -> Result<Uint8Array, JsValue> {
        let job = self.separated(trace, options, &watch(progress))?;
        let bytes = output::file(job, name)?;
        Ok(Uint8Array::new_from_slice(&bytes))
    }

    /// Part of a plate's film as a mask for a screen: `part_mm` is left, top, width and height on the
    /// sheet; the plate is one of the report's by index.
    #[wasm_bindgen(js_name = plateDots)]
    pub fn plate_dots(
        &mut self,
        trace: &JsValue,
        options: &JsValue,
        plate: usize,
        part_mm: &[f64],
        dpi: u32,
        progress: &Function,
    ) -> Result<JsValue, JsValue> {
        let job = self.separated(trace, options, &watch(progress))?;
        let mask = output::mask(job, plate, part_mm, dpi)?;
        object(&[
            ("widthPx", mask.width_px.into()),
            ("heightPx", mask.height_px.into()),
            ("data", Uint8Array::new_from_slice(&mask.alpha).into()),
        ])
    }
}

impl Engine {
    fn separated(
        &mut self,
        trace: &JsValue,
        options: &JsValue,
        watch: Watch,
    ) -> Result<&Separation, JsValue> {
        Ok(self.session.separation(&from_js(trace)?, &from_js(options)?, watch)?)
    }
}
