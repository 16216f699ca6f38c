//! The engine: one open [`Session`], asked by `pkg/worker.js`.

use js_sys::{Array, Function, Object, Reflect, Uint8Array, Uint8ClampedArray};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;
use web_sys::BroadcastChannel;

use super::{fields, from_js, read_into, text_of};
use crate::error::{Error, Result};
use crate::export::{ExportOptions, Format, export};
use crate::fidelity::HEAT_FULL_PX;
use crate::import::{IntakeOptions, pdf};
use crate::job::Stage;
use crate::kit::{Item, KitOptions, social::Slot};
use crate::options::{Options as _, Value};
use crate::raster::Raster;
use crate::separate::{Report, SeparateOptions, output};
use crate::session::Session;
use crate::trace::TraceOptions;

// Exports `initThreadPool`.
#[cfg(feature = "parallel")]
use wasm_bindgen_rayon as _;

/// From now on a panic is written to the console, and said on the broadcast channel of this name.
/// A panic in a thread of the pool ends that thread and leaves the one that waits for it blocked,
/// so that nobody else could say it.
#[wasm_bindgen(js_name = reportPanics)]
pub fn report_panics(channel: String) {
    std::panic::set_hook(Box::new(move |panic| {
        console_error_panic_hook::hook(panic);
        if let Ok(channel) = BroadcastChannel::new(&channel) {
            // The console has it already.
            let _ = channel.post_message(&panic.to_string().into());
        }
    }));
}

/// Fails if a file of this size is not read; asked before its bytes are.
#[wasm_bindgen(js_name = checkSize)]
pub fn check_size(bytes: f64) -> std::result::Result<(), JsValue> {
    Ok(crate::limits::check_bytes(bytes as u64)?)
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
    let specs = object(&[
        ("intake", to_js(&IntakeOptions::specs())?),
        ("trace", to_js(&TraceOptions::specs())?),
        ("separate", to_js(&SeparateOptions::specs())?),
        ("kit", to_js(&KitOptions::specs())?),
    ])?;
    for (name, group) in ExportOptions::default().groups() {
        Reflect::set(&specs, &name.into(), &to_js(&group.own_specs())?)?;
    }
    Ok(specs)
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
        kit: KitOptions,
    }
    to_js(&Groups::default())
}

/// One open logo; see [`Session`].
#[wasm_bindgen]
#[derive(Default)]
pub struct Engine {
    session: Session,
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
    ) -> std::result::Result<JsValue, JsValue> {
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
    ) -> std::result::Result<JsValue, JsValue> {
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
    ) -> std::result::Result<JsValue, JsValue> {
        let options = from_js(options)?;
        let page = pdf::Page::from_json(page)?;
        let opened = self.session.open_page(&page, &options, &watch(progress));
        to_js(opened?)
    }

    /// The open logo's pixels, straight-alpha RGBA.
    pub fn pixels(&self) -> std::result::Result<JsValue, JsValue> {
        let raster = self.session.raster()?;
        // A copy of its own, unshared: only such a buffer can be transferred or drawn.
        let data = Uint8ClampedArray::new_from_slice(raster.rgba());
        object(&[
            ("widthPx", raster.width_px().into()),
            ("heightPx", raster.height_px().into()),
            ("data", data.into()),
        ])
    }

    /// Separates the open logo and returns what a light table shows; see
    /// [`Report`](crate::separate::Report).
    pub fn separate(
        &mut self,
        trace: &JsValue,
        options: &JsValue,
        progress: &Function,
    ) -> std::result::Result<JsValue, JsValue> {
        let (trace, options) = (from_js(trace)?, from_js(options)?);
        let job = self.session.separation(&trace, &options, &watch(progress))?;
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
    ) -> std::result::Result<(), JsValue> {
        let (trace, options) = (from_js(trace)?, from_js(options)?);
        let watch = watch(progress);
        let job = self.session.separation(&trace, &options, &watch)?;
        let mut failed = Ok(());
        let made = output::everything(job, &watch, |made| {
            let bytes = Uint8Array::new_from_slice(&made.bytes);
            if let Err(error) = file.call2(&JsValue::NULL, &made.name.into(), &bytes) {
                failed = Err(error);
                return Err(Error::Cancelled);
            }
            Ok(())
        });
        failed.and_then(|()| made.map_err(JsValue::from))
    }

    /// One file of the separation, by a name that its report lists.
    #[wasm_bindgen(js_name = separationFile)]
    pub fn separation_file(
        &mut self,
        trace: &JsValue,
        options: &JsValue,
        name: &str,
        progress: &Function,
    ) -> std::result::Result<Uint8Array, JsValue> {
        let (trace, options) = (from_js(trace)?, from_js(options)?);
        let job = self.session.separation(&trace, &options, &watch(progress))?;
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
    ) -> std::result::Result<JsValue, JsValue> {
        let (trace, options) = (from_js(trace)?, from_js(options)?);
        let job = self.session.separation(&trace, &options, &watch(progress))?;
        let mask = output::mask(job, plate, part_mm, dpi)?;
        object(&[
            ("widthPx", mask.width_px.into()),
            ("heightPx", mask.height_px.into()),
            ("data", Uint8Array::new_from_slice(&mask.alpha).into()),
        ])
    }

    /// The plan of the open logo's brand kit: its files before they are made, and what there is to
    /// say about them; see [`Kit`](crate::kit::Kit).
    pub fn kit(
        &mut self,
        trace: &JsValue,
        options: &JsValue,
        progress: &Function,
    ) -> std::result::Result<JsValue, JsValue> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Plan<'a> {
            items: &'a [Item],
            warnings: &'a [String],
            has_symbol: bool,
            brand_color: String,
            social_table: &'a [Slot],
        }
        let (trace, options) = (from_js(trace)?, from_js(options)?);
        let kit = self.session.kit(&trace, &options, &watch(progress))?;
        to_js(&Plan {
            items: kit.items(),
            warnings: kit.warnings(),
            has_symbol: kit.has_symbol(),
            brand_color: kit.brand_color().to_string(),
            social_table: kit.social_table(),
        })
    }

    /// One file of the kit, by its path in the plan.
    #[wasm_bindgen(js_name = kitFile)]
    pub fn kit_file(
        &mut self,
        path: &str,
        trace: &JsValue,
        options: &JsValue,
        progress: &Function,
    ) -> std::result::Result<Uint8Array, JsValue> {
        let (trace, options) = (from_js(trace)?, from_js(options)?);
        let kit = self.session.kit(&trace, &options, &watch(progress))?;
        let bytes = kit.file(path)?;
        Ok(Uint8Array::new_from_slice(&bytes))
    }

    /// Makes every file of the kit and calls `file(path, bytes)` with each as soon as it is made;
    /// with an error in place of the bytes if it cannot be.
    #[wasm_bindgen(js_name = kitFiles)]
    pub fn kit_files(
        &mut self,
        trace: &JsValue,
        options: &JsValue,
        progress: &Function,
        file: &Function,
    ) -> std::result::Result<(), JsValue> {
        let (trace, options) = (from_js(trace)?, from_js(options)?);
        let watch = watch(progress);
        let kit = self.session.kit(&trace, &options, &watch)?;
        let mut failed = Ok(());
        let made = kit.make_all(&watch, |index, made| {
            let made = match made {
                Ok(bytes) => Uint8Array::new_from_slice(&bytes).into(),
                Err(error) => error.into(),
            };
            let path = kit.items()[index].path.as_str().into();
            if let Err(error) = file.call2(&JsValue::NULL, &path, &made) {
                failed = Err(error);
                return Err(Error::Cancelled);
            }
            Ok(())
        });
        failed.and_then(|()| made.map_err(JsValue::from))
    }

    /// The kit as a zip: of `files`, an array of `{ name, bytes }` that were made before, or of all
    /// files if that is `undefined`.
    #[wasm_bindgen(js_name = kitZip)]
    pub fn kit_zip(
        &mut self,
        files: &JsValue,
        trace: &JsValue,
        options: &JsValue,
        progress: &Function,
    ) -> std::result::Result<Uint8Array, JsValue> {
        let (trace, options) = (from_js(trace)?, from_js(options)?);
        let watch = watch(progress);
        let kit = self.session.kit(&trace, &options, &watch)?;
        let zip = match files.dyn_ref::<Array>() {
            Some(files) => kit.zip_files(&named_files(files)?),
            None => kit.zip(&watch),
        };
        Ok(Uint8Array::new_from_slice(&zip?))
    }

    /// What is missing or wrong with the icons of a site, given as a zip, whatever logo is open; see
    /// [`check`](crate::check).
    #[wasm_bindgen(js_name = checkSite)]
    #[expect(clippy::unused_self, reason = "asked for as everything else is")]
    pub fn check_site(&mut self, zip: &[u8]) -> std::result::Result<JsValue, JsValue> {
        to_js(&crate::check::check_zip(zip)?)
    }

    /// Traces the open logo and returns what there is to say about the result.
    pub fn trace(
        &mut self,
        options: &JsValue,
        progress: &Function,
    ) -> std::result::Result<JsValue, JsValue> {
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
    pub fn fidelity(
        &mut self,
        trace: &JsValue,
        progress: &Function,
    ) -> std::result::Result<JsValue, JsValue> {
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
    ) -> std::result::Result<Uint8Array, JsValue> {
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
    ) -> std::result::Result<Uint8Array, JsValue> {
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

/// Reads `{ name, bytes }` objects.
fn named_files(files: &Array) -> std::result::Result<Vec<(String, Vec<u8>)>, JsValue> {
    let read = |file: JsValue| {
        let name = text_of(&Reflect::get(&file, &"name".into())?);
        let bytes: Uint8Array = Reflect::get(&file, &"bytes".into())?.dyn_into()?;
        Ok((name, bytes.to_vec()))
    };
    files.iter().map(read).collect()
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

/// Plain data: maps are objects, and what there is none of is `null`.
fn to_js<T: Serialize>(value: &T) -> std::result::Result<JsValue, JsValue> {
    let serializer =
        Serializer::new().serialize_maps_as_objects(true).serialize_missing_as_null(true);
    Ok(value.serialize(&serializer)?)
}

/// Reads every group of `value` as [`from_js`] does.
fn export_options(value: &JsValue) -> std::result::Result<ExportOptions, JsValue> {
    let mut options = ExportOptions::default();
    for (name, value) in fields(value)? {
        let group = options.groups().into_iter().find(|(group, _)| *group == name);
        let (_, group) = group.ok_or(Error::UnknownOption { name })?;
        read_into(group, &value)?;
    }
    Ok(options)
}

fn object(fields: &[(&str, JsValue)]) -> std::result::Result<JsValue, JsValue> {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &(*name).into(), value)?;
    }
    Ok(object.into())
}
