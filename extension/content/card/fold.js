/** The few shapes that the card's sections are made of. */
(() => {
  const {aftercare} = globalThis;
  const {el, say} = aftercare;
  let count = 0;

  /** A section with its question as a heading, which also names it for screen readers. */
  const section = (name, title, ...content) => {
    const id = `aftercare-h${++count}`;
    return el('section', {class: name, 'aria-labelledby': id}, el('h3', {id, tabindex: '-1', 'data-key': name}, title), ...content);
  };

  /** Something that can be opened to see more. */
  const fold = (summary, ...content) => el('details', {}, el('summary', {}, summary), ...content);

  /** A button; `key` lets focus find it again after its section was drawn anew. */
  const button = (text, press, {key, kind = '', label, off = false} = {}) => el('button', {
    type: 'button', class: kind, 'data-key': key, 'aria-label': label, 'aria-disabled': off ? 'true' : null,
    on: {click: event => event.isTrusted && press(event)},
  }, text);

  /** An address of Seller Central's that the server gave, or null: nothing else becomes a link. */
  const safe = address => {
    const url = address && URL.canParse(address) ? new URL(address) : null;
    return url?.protocol === 'https:' && /^sellercentral(-[a-z]+)?\.amazon\.[a-z.]+$/.test(url.hostname) ? url.href : null;
  };

  const away = (address, text) => {
    const href = safe(address);
    return href && el('a', {href, target: '_blank', rel: 'noopener noreferrer'}, text, el('span', {class: 'unseen'}, ` ${say('newTab')}`));
  };

  Object.assign(aftercare, {fold: {section, fold, button, away, safe}});
})();
