//! What the engine says of itself, and what it is told before it is asked for anything.

use js_sys::Reflect;
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::BroadcastChannel;

use super::values::{object, to_js};
use crate::export::ExportOptions;
use crate::import::IntakeOptions;
use crate::kit::KitOptions;
use crate::options::Options as _;
use crate::separate::SeparateOptions;
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
pub fn check_size(bytes: f64) -> Result<(), JsValue> {
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
pub fn option_specs() -> Result<JsValue, JsValue> {
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
pub fn defaults() -> Result<JsValue, JsValue> {
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
