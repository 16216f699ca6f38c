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

const widgets = {
  'drop-zone': DropZone,
  'language-choice': LanguageChoice,
  'logo-canvas': LogoCanvas,
  'canvas-bar': CanvasBar,
  'error-note': ErrorNote,
  'status-line': StatusLine,
  'file-facts': FileFacts,
  'engine-note': EngineNote,
  'slot-switch': SlotSwitch,
  'shortcut-sheet': ShortcutSheet,
  'site-note': SiteNote,
  'tab-list': TabList,
};
for (const [name, widget] of Object.entries(widgets)) customElements.define(name, widget);

void new Controller().start();
