/**
 * The widgets of the panel and of batches, which nobody sees before a logo is open. They come with it,
 * so that the first screen stays light. A `Part`: see `desk.js`.
 */

import { BatchList } from './ui/batch-list.js';
import { FigureTable } from './ui/figure-table.js';
import { FileNotes } from './ui/file-notes.js';
import { FileProgress } from './ui/file-progress.js';
import { HistoryList } from './ui/history-list.js';
import { InkList } from './ui/ink-list.js';
import { KeptData } from './ui/kept-data.js';
import { OptionList } from './ui/option-list.js';
import { PresetPicker } from './ui/preset-picker.js';

export const widgets = {
  'ink-list': InkList,
  'option-list': OptionList,
  'preset-picker': PresetPicker,
  'history-list': HistoryList,
  'batch-list': BatchList,
  'file-notes': FileNotes,
  'kept-data': KeptData,
  'figure-table': FigureTable,
  'file-progress': FileProgress,
};

/** @returns {import('./desk.js').Part} */
export const make = () => ({});
