//! The only folder that speaks to JavaScript; everything that it hands out is plain data (described
//! by the types in `pkg/protocol.js`). A build has one of two faces: the engine, or the reader of
//! PDF, which is loaded beside it when it is needed.

#[cfg(not(feature = "pdf"))]
mod about;
#[cfg(not(feature = "pdf"))]
mod engine;
#[cfg(not(feature = "pdf"))]
mod kit;
#[cfg(not(feature = "pdf"))]
mod plates;
#[cfg(feature = "pdf")]
mod reader;
#[cfg(not(feature = "pdf"))]
mod values;
#[cfg(not(feature = "pdf"))]
mod warm;

use js_sys::{Error as JsError, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::error::Error;
use crate::options::Options;

/// Reads options as the command line does, from each value's text: a list is joined with commas,
/// `null` is empty. `undefined` and what is left out mean the defaults.
fn from_js<T: Options + Default>(value: &JsValue) -> Result<T, JsValue> {
    let mut options = T::default();
    read_into(&mut options, value)?;
    Ok(options)
}

fn read_into(options: &mut dyn Options, value: &JsValue) -> Result<(), JsValue> {
    for (name, value) in fields(value)? {
        let text = if value.is_null() { String::new() } else { text_of(&value) };
        options.set(&name, &text)?;
    }
    Ok(())
}

/// The fields of an object that are not `undefined`; none if it is no object.
fn fields(value: &JsValue) -> Result<Vec<(String, JsValue)>, JsValue> {
    let Some(object) = value.dyn_ref::<Object>() else { return Ok(Vec::new()) };
    let mut fields = Vec::new();
    for name in Object::keys(object).iter() {
        let value = Reflect::get(object, &name)?;
        if !value.is_undefined() {
            fields.push((text_of(&name), value));
        }
    }
    Ok(fields)
}

/// What `String(value)` is in JavaScript.
fn text_of(value: &JsValue) -> String {
    Object::from(value.clone()).to_string().into()
}

/// A JavaScript `Error` with the fields `code` and `advice`.
impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        let thrown = JsError::new(&error.to_string());
        for (name, text) in [("code", error.code()), ("advice", &error.advice())] {
            // Setting a field of a fresh object cannot fail.
            let _ = Reflect::set(&thrown, &name.into(), &text.into());
        }
        thrown.into()
    }
}
