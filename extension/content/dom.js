/** Builds nodes from plain values. Text only ever becomes text; nothing here reads markup. */
(() => {
  const {aftercare} = globalThis;

  /**
   * An element with attributes and children. An attribute that is `true` is set empty; `false`, `null`, and `undefined`
   * are left out; `on` holds listeners by event name. Children are nodes, texts, or lists of them.
   */
  const el = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === 'on') for (const [type, listener] of Object.entries(value)) node.addEventListener(type, listener);
      else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value === true ? '' : value);
    }
    node.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
    return node;
  };

  /** A host element with a closed shadow root that wears the given sheets. */
  const shell = (tag, ...sheets) => {
    const host = document.createElement(tag);
    const root = host.attachShadow({mode: 'closed'});
    root.adoptedStyleSheets = sheets;
    return {host, root};
  };

  /** A style sheet from its text. */
  const sheet = text => {
    const made = new CSSStyleSheet();
    made.replaceSync(text);
    return made;
  };

  /**
   * Shows the marks that turn the direction of text (U+202A to U+202E, U+2066 to U+2069) as boxes, one for one, so that
   * spans keep their places and no writer can make words look like other words.
   */
  const harmless = text => String(text ?? '').replace(/[\u202A-\u202E\u2066-\u2069]/g, '▯');

  /** Words someone else wrote: harmless, isolated, in their own direction. */
  const quoted = text => el('bdi', {dir: 'auto'}, harmless(text));

  /** Numbers and ids, which keep their order in any direction of text. */
  const figure = text => el('bdi', {class: 'figure', dir: 'ltr'}, harmless(text));

  Object.assign(aftercare, {el, shell, sheet, harmless, quoted, figure});
})();
