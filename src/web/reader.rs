//! The reader of PDF, which `pkg/worker.js` asks where the engine threw `pdf-reader`.

use wasm_bindgen::prelude::*;

use super::from_js;
use crate::import::{IntakeOptions, pdf};

/// Reads the page that `options` choose; the result goes to the engine's `openPage` as it is.
#[wasm_bindgen(js_name = readPage)]
pub fn read_page(bytes: &[u8], options: &JsValue) -> Result<String, JsValue> {
    let options: IntakeOptions = from_js(options)?;
    Ok(pdf::read(bytes, options.page)?.to_json())
}
