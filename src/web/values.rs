//! Values on their way between Rust and JavaScript, and whoever listens there.

use js_sys::{Function, Object, Reflect, Uint8Array};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use super::{fields, read_into};
use crate::error::{Error, Result};
use crate::export::ExportOptions;
use crate::job::Stage;

/// Who is told of files as soon as they are made, by `file(name, made)`: their bytes, or the error
/// that is there in their place.
pub struct Listener<'a> {
    file: &'a Function,
    /// What the listener itself has thrown.
    thrown: Option<JsValue>,
}

impl<'a> Listener<'a> {
    pub fn new(file: &'a Function) -> Self {
        Self { file, thrown: None }
    }

    /// Tells of one file; an error stops the work.
    pub fn hear(&mut self, name: &str, made: Result<Vec<u8>>) -> Result<()> {
        let made = match made {
            Ok(bytes) => Uint8Array::new_from_slice(&bytes).into(),
            Err(error) => error.into(),
        };
        self.file.call2(&JsValue::NULL, &name.into(), &made).map(drop).map_err(|thrown| {
            self.thrown = Some(thrown);
            Error::Cancelled
        })
    }

    /// How the work has ended.
    pub fn end(self, made: Result<()>) -> std::result::Result<(), JsValue> {
        self.thrown.map_or(Ok(()), Err)?;
        Ok(made?)
    }
}

pub fn watch(progress: &Function) -> impl Fn(Stage, f32) -> Result<()> {
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
pub fn to_js<T: Serialize>(value: &T) -> std::result::Result<JsValue, JsValue> {
    let serializer =
        Serializer::new().serialize_maps_as_objects(true).serialize_missing_as_null(true);
    Ok(value.serialize(&serializer)?)
}

/// Reads every group of `value` as [`from_js`] does.
pub fn export_options(value: &JsValue) -> std::result::Result<ExportOptions, JsValue> {
    let mut options = ExportOptions::default();
    for (name, value) in fields(value)? {
        let group = options.groups().into_iter().find(|(group, _)| *group == name);
        let (_, group) = group.ok_or(Error::UnknownOption { name })?;
        read_into(group, &value)?;
    }
    Ok(options)
}

pub fn object(fields: &[(&str, JsValue)]) -> std::result::Result<JsValue, JsValue> {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &(*name).into(), value)?;
    }
    Ok(object.into())
}
