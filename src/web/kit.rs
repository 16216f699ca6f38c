//! What the engine is asked for the brand kit and for a site's icons.

use js_sys::{Array, Function, Reflect, Uint8Array};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::engine::Engine;
use super::values::{Listener, to_js, watch};
use super::{from_js, text_of};
use crate::job::Watch;
use crate::kit::social::Slot;
use crate::kit::{Item, Kit, Warning};

#[wasm_bindgen]
impl Engine {
    /// The plan of the open logo's brand kit: its files before they are made, and what there is to
    /// say about them; see [`Kit`](crate::kit::Kit).
    pub fn kit(
        &mut self,
        trace: &JsValue,
        options: &JsValue,
        progress: &Function,
    ) -> Result<JsValue, JsValue> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Plan<'a> {
            items: &'a [Item],
            warnings: &'a [Warning],
            has_symbol: bool,
            brand_color: String,
            social_table: &'a [Slot],
        }
        let kit = self.planned(trace, options, &watch(progress))?;
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
    ) -> Result<Uint8Array, JsValue> {
        let kit = self.planned(trace, options, &watch(progress))?;
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
    ) -> Result<(), JsValue> {
        let watch = watch(progress);
        let kit = self.planned(trace, options, &watch)?;
        let mut listener = Listener::new(file);
        let path = |index: usize| kit.items()[index].path.as_str();
        let made = kit.make_all(&watch, |index, made| listener.hear(path(index), made));
        listener.end(made)
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
    ) -> Result<Uint8Array, JsValue> {
        let watch = watch(progress);
        let kit = self.planned(trace, options, &watch)?;
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
    pub fn check_site(&mut self, zip: &[u8]) -> Result<JsValue, JsValue> {
        to_js(&crate::check::check_zip(zip)?)
    }
}

impl Engine {
    fn planned(
        &mut self,
        trace: &JsValue,
        options: &JsValue,
        watch: Watch,
    ) -> Result<&Kit, JsValue> {
        Ok(self.session.kit(&from_js(trace)?, &from_js(options)?, watch)?)
    }
}

/// Reads `{ name, bytes }` objects.
fn named_files(files: &Array) -> Result<Vec<(String, Vec<u8>)>, JsValue> {
    let read = |file: JsValue| {
        let name = text_of(&Reflect::get(&file, &"name".into())?);
        let bytes: Uint8Array = Reflect::get(&file, &"bytes".into())?.dyn_into()?;
        Ok((name, bytes.to_vec()))
    };
    files.iter().map(read).collect()
}
