//! The only file that speaks to JavaScript. It wraps [`Session`]; everything that it hands out is
//! plain data (described by the types in `pkg/protocol.js`).

use js_sys::{Error as JsError, Function, Reflect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

use crate::artwork::VersionOptions;
use crate::error::{Error, Result};
use crate::export::{
    CutOptions, DocumentOptions, DxfOptions, ExportOptions, Format, PageOptions, SvgOptions,
};
use crate::import::IntakeOptions;
use crate::job::Stage;
use crate::options::{Options, Spec, Value};
use crate::raster::Raster;
use crate::separate::{Report, SeparateOptions, Separation, output};
use crate::session::Session;
use crate::trace::TraceOptions;

#[cfg(feature = "parallel")]
pub use wasm_bindgen_rayon::init_thread_pool;

/// Runs once, when the module starts: a panic then reaches the console with its message.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// Number of threads that work is spread over.
#[wasm_bindgen]
pub fn threads() -> usize {
    crate::par::threads()
}

/// The version of this build.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").into()
}

/// Grows the memory by `bytes` now and keeps it, so that it need not grow while threads run:
/// engines have crashed on that (`WebKit`, winter 2025).
#[wasm_bindgen(js_name = reserveMemory)]
pub fn reserve_memory(bytes: usize) {
    let mut block: Vec<u8> = Vec::new();
    // Refusal is fine: then the memory grows when it must.
    let _ = block.try_reserve_exact(bytes);
    std::hint::black_box(&block);
}

/// All options with their documentation, kinds, ranges and defaults, by group.
#[wasm_bindgen(js_name = optionSpecs)]
pub fn option_specs() -> std::result::Result<JsValue, JsValue> {
    #[derive(Serialize)]
    struct Groups {
        intake: Vec<Spec>,
        trace: Vec<Spec>,
        document: Vec<Spec>,
        version: Vec<Spec>,
        cut: Vec<Spec>,
        svg: Vec<Spec>,
        page: Vec<Spec>,
        dxf: Vec<Spec>,
        separate: Vec<Spec>,
    }
    to_js(&Groups {
        intake: IntakeOptions::specs(),
        trace: TraceOptions::specs(),
        document: DocumentOptions::specs(),
        version: VersionOptions::specs(),
        cut: CutOptions::specs(),
        svg: SvgOptions::specs(),
        page: PageOptions::specs(),
        dxf: DxfOptions::specs(),
        separate: SeparateOptions::specs(),
    })
}

/// All options at their defaults, by group.
#[wasm_bindgen(js_name = defaults)]
pub fn defaults() -> std::result::Result<JsValue, JsValue> {
    #[derive(Default, Serialize)]
    struct Groups {
        intake: IntakeOptions,
        trace: TraceOptions,
        #[serde(flatten)]
        export: ExportOptions,
        separate: SeparateOptions,
    }
    to_js(&Groups::default())
}

/// One open logo; see [`Session`].
#[wasm_bindgen]
#[derive(Default)]
pub struct Engine {
    session: Session,
    separation: Option<Separation>,
}

#[wasm_bindgen]
impl Engine {
    /// An engine with nothing open.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Opens a picture; `progress(stage, label, fraction)` is called along the way. Returns
    /// what there is to say about the file; see [`Opened`](crate::import::Opened).
    pub fn open(
        &mut self,
        bytes: &[u8],
        options: JsValue,
        progress: &Function,
    ) -> std::result::Result<JsValue, JsValue> {
        let options = from_js(options)?;
        to_js(self.session.open(bytes, &options, &watch(progress)).map_err(|e| thrown(&e))?)
    }

    /// Opens pixels that the browser has decoded, where [`Engine::open`] threw `browser-decoder`.
    #[wasm_bindgen(js_name = openPixels)]
    pub fn open_pixels(
        &mut self,
        width_px: u32,
        height_px: u32,
        rgba: Vec<u8>,
        options: JsValue,
        progress: &Function,
    ) -> std::result::Result<JsValue, JsValue> {
        let options = from_js(options)?;
        let raster = Raster::new(width_px, height_px, rgba).map_err(|e| thrown(&e))?;
        let opened = self.session.open_pixels(raster, &options, &watch(progress));
        to_js(opened.map_err(|e| thrown(&e))?)
    }

    /// The open logo's pixels, straight-alpha RGBA.
    pub fn pixels(&self) -> std::result::Result<Vec<u8>, JsValue> {
        Ok(self.session.raster().map_err(|e| thrown(&e))?.rgba().to_vec())
    }

    /// Separates the open logo and returns what a light table shows; see
    /// [`Report`](crate::separate::Report).
    pub fn separate(
        &mut self,
        trace: JsValue,
        options: JsValue,
        progress: &Function,
    ) -> std::result::Result<JsValue, JsValue> {
        let (trace, options) = (from_js(trace)?, from_js(options)?);
        let job =
            self.session.separation(&trace, &options, &watch(progress)).map_err(|e| thrown(&e))?;
        to_js(&Report::from(&*self.separation.insert(job)))
    }

    /// Calls `each(name, bytes)` with every file of the last separation, one after the other.
    #[wasm_bindgen(js_name = separationFiles)]
    pub fn separation_files(
        &self,
        each: &Function,
        progress: &Function,
    ) -> std::result::Result<(), JsValue> {
        let job = self.separation.as_ref().ok_or_else(|| thrown(&Error::NothingOpen))?;
        let mut failed = Ok(());
        let made = output::everything(job, &watch(progress), |file| {
            let bytes = js_sys::Uint8Array::from(&file.bytes[..]);
            if let Err(error) = each.call2(&JsValue::NULL, &file.name.into(), &bytes) {
                failed = Err(error);
                return Err(Error::Cancelled);
            }
            Ok(())
        });
        failed.and_then(|()| made.map_err(|e| thrown(&e)))
    }

    /// Traces the open logo and returns what there is to say about the result.
    pub fn trace(
        &mut self,
        options: JsValue,
        progress: &Function,
    ) -> std::result::Result<JsValue, JsValue> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Traced {
            inks: Vec<String>,
            shapes: usize,
            segments: usize,
        }
        let options: TraceOptions = from_js(options)?;
        let artwork = self.session.artwork(&options, &watch(progress)).map_err(|e| thrown(&e))?;
        to_js(&Traced {
            inks: artwork.inks.iter().map(|ink| ink.rgb.to_string()).collect(),
            shapes: artwork.shapes.len(),
            segments: artwork.segments(),
        })
    }

    /// The open logo, traced, as an SVG document.
    pub fn svg(
        &mut self,
        trace: JsValue,
        svg: JsValue,
        progress: &Function,
    ) -> std::result::Result<String, JsValue> {
        let options = ExportOptions { svg: from_js(svg)?, ..ExportOptions::default() };
        let bytes = self
            .session
            .export(Format::Svg, &from_js(trace)?, &options, &watch(progress))
            .map_err(|e| thrown(&e))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The open logo, traced, as a file; `options` has a group for every kind of file.
    pub fn export(
        &mut self,
        format: &str,
        trace: JsValue,
        options: JsValue,
        progress: &Function,
    ) -> std::result::Result<Vec<u8>, JsValue> {
        let format = <Format as Value>::parse(format)
            .map_err(|expected| Error::Option {
                name: "format".into(),
                value: format.into(),
                expected,
            })
            .map_err(|e| thrown(&e))?;
        let options = if options.is_undefined() || options.is_null() {
            ExportOptions::default()
        } else {
            serde_wasm_bindgen::from_value(options)?
        };
        self.session
            .export(format, &from_js(trace)?, &options, &watch(progress))
            .map_err(|e| thrown(&e))
    }
}

fn watch(progress: &Function) -> impl Fn(Stage, f32) -> Result<()> {
    |stage, fraction| {
        // A fault in the listener must not stop the work.
        let _ = progress.call3(
            &JsValue::NULL,
            &stage.name().into(),
            &stage.label().into(),
            &fraction.into(),
        );
        Ok(())
    }
}

fn to_js<T: Serialize>(value: &T) -> std::result::Result<JsValue, JsValue> {
    Ok(serde_wasm_bindgen::to_value(value)?)
}

/// Reads options; `undefined` and missing fields mean the defaults.
fn from_js<T: DeserializeOwned + Options>(value: JsValue) -> std::result::Result<T, JsValue> {
    if value.is_undefined() || value.is_null() {
        return Ok(T::default());
    }
    let options: T = serde_wasm_bindgen::from_value(value)?;
    options.check().map_err(|e| thrown(&e))?;
    Ok(options)
}

/// A JavaScript `Error` with the fields `code` and `advice`.
fn thrown(error: &Error) -> JsValue {
    let thrown = JsError::new(&error.to_string());
    for (key, value) in [("code", error.code().into()), ("advice", error.advice())] {
        // Setting a field of a fresh object cannot fail.
        let _ = Reflect::set(&thrown, &key.into(), &JsValue::from(value as String));
    }
    thrown.into()
}
