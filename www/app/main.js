/** Brings the page to life: defines its widgets and starts the controller. */

import { Controller } from './controller.js';
import { CanvasBar } from './ui/canvas-bar.js';
import { DropZone } from './ui/drop-zone.js';
import { ErrorNote } from './ui/error-note.js';
import { EngineNote, FileFacts } from './ui/file-facts.js';
import { LanguageChoice } from './ui/language-choice.js';
import { LogoCanvas } from './ui/logo-canvas.js';
import { SiteNote } from './ui/site-note.js';
import { ShortcutSheet } from './ui/shortcut-sheet.js';
import { SlotSwitch } from './ui/slot-switch.js';
import { StatusLine } from './ui/status-line.js';
import { TabList } from './ui/tab-list.js';

/** Those of the first sight, which must not move one another. */
const seen = {
  'drop-zone': DropZone,
  'language-choice': LanguageChoice,
  'file-facts': FileFacts,
  'slot-switch': SlotSwitch,
  'site-note': SiteNote,
};
/** Those that nobody sees before there is a logo, or a reason. */
const later = {
  'logo-canvas': LogoCanvas,
  'canvas-bar': CanvasBar,
  'error-note': ErrorNote,
  'status-line': StatusLine,
  'engine-note': EngineNote,
  'shortcut-sheet': ShortcutSheet,
  'tab-list': TabList,
};
for (const [name, widget] of Object.entries(seen)) customElements.define(name, widget);
for (const [name, widget] of Object.entries(later)) {
  // One at a time: the page is painted, and answers, meanwhile.
  await new Promise((resolve) => setTimeout(resolve));
  customElements.define(name, widget);
}

void new Controller().start();
