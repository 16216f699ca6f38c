/** What is happening, in words and as a bar; spoken politely. The controller shows it only for slow work. */

import { h } from '../dom.js';
import { has, percent, t } from '../i18n.js';

export class StatusLine extends HTMLElement {
  #words = h('span');
  #bar = h('progress', { max: 1, 'aria-hidden': 'true' });
  #box = h('div', { class: 'work', hidden: true }, this.#words, this.#bar);
  #spoken = h('p', { class: 'spoken', role: 'status' });

  connectedCallback() {
    this.append(this.#box, this.#spoken);
  }

  /** @param {import('../state.js').State} state */
  update(state) {
    const { progress } = state;
    this.#box.hidden = !progress;
    if (progress) {
      const stage = has(`stage.${progress.stage}`) ? t(`stage.${progress.stage}`) : progress.label;
      this.#words.textContent = t('working', { stage, percent: percent(progress.fraction) });
      this.#bar.value = progress.fraction;
      // The stage is spoken once, without the percentage that changes all the time.
      this.#say(stage);
    } else if (state.phase === 'ready' && state.traced) {
      this.#say(t('done', {
        inks: t('inkCount', { count: state.traced.inks.length }),
        shapes: t('shapeCount', { count: state.traced.shapes }),
      }));
    }
  }

  /** @param {string} text */
  #say(text) {
    if (this.#spoken.textContent !== text) this.#spoken.textContent = text;
  }
}
