/** Which logo is open, and what there is to say about it in figures. */

import { h } from '../dom.js';
import { withoutThreads } from '../engine.js';
import { t } from '../i18n.js';

export class FileFacts extends HTMLElement {
  /** @param {import('../state.js').State} state */
  update({ file, size, traced, tookMs }) {
    this.hidden = !file;
    if (!file || !size) return;
    const facts = [t('pixels', { width: size.widthPx, height: size.heightPx })];
    if (traced) {
      facts.push(
        t('inkCount', { count: traced.inks.length }),
        t('shapeCount', { count: traced.shapes }),
        t('took', { ms: Math.round(tookMs) }),
      );
    }
    this.replaceChildren(
      h('span', { class: 'name', title: file.name }, file.name),
      ...facts.map((fact) => h('span', {}, fact)),
    );
  }
}

/** Which build of the engine runs, and on how many threads. */
export class EngineNote extends HTMLElement {
  /** @param {import('../state.js').State} state */
  update({ variant }) {
    this.textContent = !variant ? ''
      : withoutThreads() ? t('engine.left')
      : variant.name === 'mt' ? t('engine.mt', { count: variant.threads })
      : t('engine.st', { why: t(`engine.st.${variant.code}`) });
  }
}
