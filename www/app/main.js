/** Brings the page to life: defines its widgets and starts the controller. */

import { Controller } from './controller.js';
import { BatchList } from './ui/batch-list.js';
import { CanvasBar } from './ui/canvas-bar.js';
import { DropZone } from './ui/drop-zone.js';
import { ErrorNote } from './ui/error-note.js';
import { EngineNote, FileFacts } from './ui/file-facts.js';
import { FormatTiles } from './ui/format-tiles.js';
import { InkList } from './ui/ink-list.js';
import { LanguageChoice } from './ui/language-choice.js';
import { LogoCanvas } from './ui/logo-canvas.js';
import { OptionList } from './ui/option-list.js';
import { OutputCard } from './ui/output-card.js';
import { ShortcutSheet } from './ui/shortcut-sheet.js';
import { SlotSwitch } from './ui/slot-switch.js';
import { StatusLine } from './ui/status-line.js';

const widgets = {
  'drop-zone': DropZone,
  'language-choice': LanguageChoice,
  'logo-canvas': LogoCanvas,
  'canvas-bar': CanvasBar,
  'ink-list': InkList,
  'option-list': OptionList,
  'format-tiles': FormatTiles,
  'output-card': OutputCard,
  'error-note': ErrorNote,
  'status-line': StatusLine,
  'file-facts': FileFacts,
  'engine-note': EngineNote,
  'slot-switch': SlotSwitch,
  'batch-list': BatchList,
  'shortcut-sheet': ShortcutSheet,
};
for (const [name, widget] of Object.entries(widgets)) customElements.define(name, widget);

void new Controller().start();
