/**
 * `<logo-press>`: the press in any page by one script tag.
 *
 *     <script async src="https://SITE/embed/logo-press.js"></script>
 *     <logo-press formats="svg pdf"></logo-press>
 *
 * It makes a frame of the site that this script comes from, once it is nearly in view. The protocol
 * between the two is described in docs/embedding.md and typed in protocol.js, which a plain script
 * cannot import.
 */
(() => {
  const VERSION = 1;
  const THEME = ['page', 'panel', 'line', 'text', 'quiet', 'accent', 'on-accent', 'radius'];
  /** A frame can be no higher than this, whatever it says. */
  const MAX_HEIGHT_PX = 4000;
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  // The script may be there under its build's own address too; the frame's page has only one.
  const page = new URL(script.src.replace(/v\/\w+\/embed\/logo-press\.js.*$|embed\/logo-press\.js.*$/, 'embed/'));

  /** @typedef {{ resolve: (value: any) => void, reject: (fault: Error) => void }} Waiting */

  class LogoPress extends HTMLElement {
    static observedAttributes = ['formats', 'lang', 'preset', 'src'];
    #frame = document.createElement('iframe');
    #root = this.attachShadow({ mode: 'closed' });
    /** @type {Map<number, Waiting>} */
    #waiting = new Map();
    #next = 1;
    #welcome = () => {};
    /** Settles when the frame listens. @type {Promise<void>} */
    ready = new Promise((resolve) => {
      this.#welcome = resolve;
    });

    connectedCallback() {
      const frame = this.#frame;
      this.style.display ||= 'block';
      frame.style.cssText = 'display: block; width: 100%; height: 240px; border: 0';
      frame.title = 'Logopress';
      frame.loading = 'lazy';
      frame.allow = 'clipboard-write; cross-origin-isolated';
      frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-downloads');
      frame.src = `${page.href}#host=${encodeURIComponent(location.origin)}`;
      this.#root.append(frame);
      addEventListener('message', this.#hear);
    }

    disconnectedCallback() {
      removeEventListener('message', this.#hear);
      for (const { reject } of this.#waiting.values()) reject(new Error('The press was taken out of the page.'));
      this.#waiting.clear();
    }

    /** @param {string} name */
    attributeChangedCallback(name) {
      if (name === 'src') void this.ready.then(() => this.#openSource());
      else void this.ready.then(() => this.restyle());
    }

    /** Tells the frame again what attributes and custom properties say. */
    restyle() {
      const style = getComputedStyle(this);
      const theme = Object.fromEntries(THEME.map((key) => [key, style.getPropertyValue(`--logo-press-${key}`).trim()]));
      const formats = (this.getAttribute('formats') ?? '').split(/[\s,]+/).filter(Boolean);
      const preset = this.getAttribute('preset') ?? '';
      this.#say({ type: 'hello', theme, formats, preset, lang: this.lang || document.documentElement.lang.split('-')[0] });
    }

    /**
     * Opens a logo and traces it.
     * @param {Blob | ArrayBuffer | Uint8Array<ArrayBuffer>} logo
     * @param {string} [name]
     */
    async open(logo, name = logo instanceof File ? logo.name : 'logo') {
      const bytes = await new Blob([logo]).arrayBuffer();
      return this.#ask({ type: 'open', name, bytes }, [bytes]);
    }

    /** @param {object} [options] */
    trace(options) {
      return this.#ask({ type: 'trace', options });
    }

    /**
     * The logo as a file.
     * @param {string} format such as `pdf`
     * @param {object} [options]
     * @returns {Promise<Uint8Array<ArrayBuffer>>}
     */
    export(format, options) {
      return this.#ask({ type: 'export', format, options });
    }

    async #openSource() {
      const source = this.getAttribute('src');
      if (!source) return;
      try {
        const answer = await fetch(source);
        if (!answer.ok) throw new Error(`${source}: ${answer.status} ${answer.statusText}`);
        await this.open(await answer.blob(), source.split('/').at(-1));
      } catch (fault) {
        this.#tell('fault', fault);
      }
    }

    /**
     * @param {object} message
     * @param {Transferable[]} [transfer]
     * @returns {Promise<any>}
     */
    async #ask(message, transfer) {
      await this.ready;
      const id = this.#next++;
      return new Promise((resolve, reject) => {
        this.#waiting.set(id, { resolve, reject });
        this.#say({ id, ...message }, transfer);
      });
    }

    /**
     * @param {object} message
     * @param {Transferable[]} [transfer]
     */
    #say(message, transfer = []) {
      this.#frame.contentWindow?.postMessage({ logopress: VERSION, ...message }, page.origin, transfer);
    }

    /** @param {MessageEvent} event */
    #hear = ({ source, origin, data }) => {
      if (source !== this.#frame.contentWindow || origin !== page.origin || data?.logopress !== VERSION) return;
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if (data.type === 'ready') {
        this.restyle();
        this.#welcome();
        this.#tell('ready', { build: data.build, isolated: data.isolated });
      } else if (data.type === 'size') {
        this.#frame.style.height = `${Math.min(Math.max(Number(data.heightPx) || 0, 0), MAX_HEIGHT_PX)}px`;
      } else if (data.type === 'event') this.#tell(data.name, data.detail);
      else if (data.type === 'result') waiting?.resolve(data.value);
      else if (data.type === 'fault') waiting?.reject(Object.assign(new Error(data.fault.message), data.fault));
    };

    /** @param {string} name @param {unknown} detail */
    #tell(name, detail) {
      this.dispatchEvent(new CustomEvent(`logo-press-${name}`, { bubbles: true, detail }));
    }
  }

  customElements.define('logo-press', LogoPress);
})();
