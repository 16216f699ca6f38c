/**
 * What the page's side (`index.js`, `host.js`) and the worker's side (`worker.js`, `load.js`) say to
 * each other, and what the engine hands out. A worker does one thing at a time, so messages need no
 * numbers: an answer belongs to the last question.
 */

/**
 * Which build of the engine runs, and why not the other: by a code that lasts, and in words.
 * @typedef {{ name: 'mt' | 'st', threads: number, code: VariantCode, why: string }} Variant
 */

/** @typedef {'isolated' | 'threads-failed' | import('./builds.js').Reason} VariantCode */

/**
 * How many threads to use: as many as are good, none beside the worker itself, or a number.
 * @typedef {'auto' | 'never' | number} Threads
 */

/**
 * Where the WebAssembly of either build, and of the reader of PDF, is, if not beside its script; or
 * what `WebAssembly.compile` has made of it.
 * @typedef {{ [build in 'st' | 'mt' | 'pdf']?: string | URL | WebAssembly.Module }} WasmUrl
 */

/**
 * Values by name; what is left out keeps its default. `specs` lists names, ranges and defaults.
 * @typedef {{ [name: string]: string | number | boolean | string[] | null | undefined }} Options
 */

/**
 * Options of files, by group: `document` for what all share, then one group for every kind of file.
 * @typedef {{ [group: string]: Options | undefined }} ExportOptions
 */

/**
 * What an option may be.
 * @typedef {(
 *   | { type: 'number', min: number, max: number, integer: boolean }
 *   | { type: 'choice', choices: { value: string, doc: string }[] }
 *   | { type: 'flag' | 'text' | 'color' | 'colors' }
 * )} Kind
 */

/**
 * What there is to know about one option; `default` is text, empty where there is none.
 * @typedef {{ name: string, doc: string, kind: Kind, optional: boolean, default: string }} Spec
 */

/**
 * What the engine says of itself when it has started; specs and defaults by group.
 * @typedef {object} About
 * @property {string} version
 * @property {{ [group: string]: Spec[] }} specs
 * @property {{ [group: string]: Options }} defaults
 */

/**
 * A file's description. Sizes are pixels of a raster, user units of a drawing; `pages` are those
 * that could have been chosen; warnings say what was left out or done differently.
 * @typedef {object} Opened
 * @property {string} format
 * @property {'raster' | 'vector'} kind
 * @property {number} widthPx
 * @property {number} heightPx
 * @property {number} pages
 * @property {{ code: string, text: string }[]} warnings
 */

/**
 * Straight-alpha sRGB, four bytes a pixel.
 * @typedef {{ widthPx: number, heightPx: number, data: Uint8ClampedArray<ArrayBuffer> }} Pixels
 */

/**
 * Inks as `#rrggbb`, the names that the file gave them, empty where it gave none, and how much
 * geometry there is.
 * @typedef {{ inks: string[], names: string[], shapes: number, segments: number }} Traced
 */

/**
 * How far a trace is off the pixels that it was made from: mean, 95th percentile and greatest
 * displacement of the boundaries, in pixels of the picture. `data` is a heat map of one byte a pixel,
 * row by row: the displacement of the boundary nearby, where 255 means `fullPx` or more.
 * @typedef {object} Fidelity
 * @property {number} meanPx
 * @property {number} p95Px
 * @property {number} maxPx
 * @property {number} widthPx
 * @property {number} heightPx
 * @property {number} fullPx
 * @property {Uint8ClampedArray<ArrayBuffer>} data
 */

/**
 * One of several files that are made together; the name may begin with folders.
 * @typedef {{ name: string, bytes: Uint8Array<ArrayBuffer> }} NamedFile
 */

/**
 * Somewhere on a sheet.
 * @typedef {{ xMm: number, yMm: number, widthMm: number, heightMm: number }} Place
 */

/**
 * One plate: its ink, what it is for, its screen, what it covers, and itself as an SVG of the
 * sheet's size, black on nothing.
 * @typedef {object} PlateReport
 * @property {string} name
 * @property {string} rgb
 * @property {'underbase' | 'spot' | 'highlight'} role
 * @property {number} mesh
 * @property {number} lpi
 * @property {number} angleDeg
 * @property {number} coverageMm2
 * @property {number} coveragePercent
 * @property {string} svg
 */

/**
 * What a light table shows of a separation: the plates in printing order and everything said about
 * them. `trimMm` is left, top, width, height; `inks` are those of the method before any edit.
 * @typedef {object} Separated
 * @property {number} widthMm
 * @property {number} heightMm
 * @property {[number, number, number, number]} trimMm
 * @property {string} substrate
 * @property {PlateReport[]} plates
 * @property {{ name: string, rgb: string }[]} inks
 * @property {string[]} files
 * @property {number} filmDpi
 * @property {{ code: string, ink: string | null, message: string, advice: string, places: Place[] }[]} warnings
 */

/**
 * Part of a film: a byte a dot, 255 where it is black.
 * @typedef {{ widthPx: number, heightPx: number, data: Uint8Array<ArrayBuffer> }} Mask
 */

/**
 * A file of the brand kit, before it is made; `null` where there are no pixels or no limit.
 * @typedef {object} KitItem
 * @property {string} path its place in the zip, such as `web/favicon.ico`
 * @property {'versions' | 'web' | 'android' | 'apple' | 'windows' | 'social' | 'email' | 'effects'} group
 * @property {number | null} widthPx
 * @property {number | null} heightPx
 * @property {string} mime
 * @property {boolean | null} opaque whether every pixel is
 * @property {number | null} maxBytes what the platform allows at most
 * @property {string} purposeCode what it is for, by a stable name
 * @property {string} purpose the same in words
 */

/**
 * A picture of a social network: what the option `social_table` is a JSON list of. `safe` is x, y,
 * width, height of what is never covered or cut off, in px.
 * @typedef {object} SocialSlot
 * @property {string} platform
 * @property {string} slot
 * @property {number} w
 * @property {number} h
 * @property {[number, number, number, number]} safe
 * @property {'none' | 'circle'} mask
 * @property {boolean} opaque
 * @property {number | null} max_bytes
 * @property {'image/png' | 'image/jpeg' | 'image/webp'} mime
 * @property {string} source
 * @property {string} checked year and month
 * @property {'official' | 'practice' | 'unsure'} confidence
 */

/**
 * What a person should know before using a kit: `{0}` and so on of its words in other languages stand
 * for the values.
 * @typedef {{ code: string, values: string[], text: string }} KitWarning
 */

/**
 * The plan of a brand kit; `brandColor` is the one chosen or found.
 * @typedef {object} KitPlan
 * @property {KitItem[]} items
 * @property {KitWarning[]} warnings
 * @property {boolean} hasSymbol whether small and round places show a symbol without the lettering
 * @property {string} brandColor
 * @property {SocialSlot[]} socialTable
 */

/**
 * Something that is missing or wrong with a site's icons.
 * @typedef {object} Finding
 * @property {'error' | 'warning' | 'note'} level
 * @property {string} code a stable name, such as `ico-sizes`
 * @property {string} file
 * @property {string[]} values what is particular, for words in other languages
 * @property {string} message
 * @property {string} advice
 */

/**
 * @callback OnProgress
 * @param {string} stage a stable name, such as `curves`
 * @param {string} label the same for people, such as “Fitting curves”
 * @param {number} fraction of the stage that is done, 0 to 1
 * @returns {void}
 */

/**
 * Hears of a file as soon as it is made, or of why it cannot be.
 * @callback OnFile
 * @param {string} name
 * @param {Uint8Array<ArrayBuffer> | Fault} made
 * @returns {void}
 */

/**
 * What went wrong, and what to do about it.
 * @typedef {{ code: string, message: string, advice: string }} Fault
 */

/**
 * What the engine can be asked, by the names of its methods in Rust.
 * @typedef {(
 *   | 'open' | 'openPixels' | 'pixels' | 'trace' | 'fidelity' | 'preview' | 'export' | 'separate' | 'separationFiles'
 *   | 'separationFile' | 'plateDots'
 *   | 'kit' | 'kitFile' | 'kitFiles' | 'kitZip' | 'checkSite' | 'warmUp'
 * )} Method
 */

/**
 * `alarm` names the broadcast channel on which a thread that dies says so, and the lock that the
 * worker holds for as long as it lives.
 * @typedef {(
 *   | { type: 'start', threads: Threads, wasmUrl?: WasmUrl, alarm: string }
 *   | { type: 'call', method: Method, args: unknown[] }
 * )} ToWorker
 */

/**
 * `alive`: the worker's script runs, and from now on its lock tells if it is gone. `starting`: threads
 * are about to start, which some browsers never finish. `broken`: this worker cannot go on.
 * `memoryBytes`: how much the engine has taken, none of which it ever gives back.
 * @typedef {(
 *   | { type: 'alive', locked: boolean }
 *   | { type: 'starting' }
 *   | { type: 'ready', variant: Variant, about: About }
 *   | { type: 'progress', stage: string, label: string, fraction: number }
 *   | { type: 'file', name: string, made: Uint8Array<ArrayBuffer> | Fault }
 *   | { type: 'result', value: unknown, memoryBytes: number }
 *   | { type: 'fault', fault: Fault }
 *   | { type: 'broken', why: string }
 * )} FromWorker
 */

export {};
