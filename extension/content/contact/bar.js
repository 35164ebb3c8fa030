/** The bar on Amazon's page: whose message is waiting, the button that fills it in, and what stands against sending it. */
(() => {
  const {aftercare} = globalThis;
  const {el, icon, say, figure} = aftercare;

  const look = aftercare.sheet(`
    :host {
      all: initial !important; color-scheme: light dark !important; position: fixed !important; display: block !important;
      inset: auto 0 16px 0 !important; margin-inline: auto !important; inline-size: min(680px, calc(100vw - 24px)) !important;
      z-index: 2147483647 !important; font: 14px/1.5 var(--words) !important; color: var(--ink) !important;
    }
    .bar { background: var(--ground); border: 1px solid var(--line); border-block-start: 4px solid var(--accent); border-radius: 12px; padding: 12px 16px; box-shadow: 0 8px 32px rgb(0 0 0 / .24); }
    .bar.shut { border-block-start-color: var(--critical); }
    .row { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; }
    p { margin: 0; } .words { flex: 1 1 240px; min-inline-size: 0; } .quiet { color: var(--quiet); font-size: 13px; }
    ul { list-style: none; margin: 8px 0 0; padding: 0; max-block-size: 30vh; overflow: auto; }
    li { border-radius: 9px; padding: 6px 10px; margin-block-start: 6px; font-size: 13px; background: var(--critical-soft); border-inline-start: 3px solid var(--critical); overflow-wrap: anywhere; }
    li.warn { background: var(--normal-soft); border-color: var(--normal); } li b { color: var(--critical); } li.warn b { color: var(--normal); }
    button { font: inherit; color: var(--ink); background: var(--soft); border: 1px solid var(--edge); border-radius: 9px; padding: 5px 14px; min-block-size: 34px; cursor: pointer; }
    button.main { background: var(--accent); color: var(--on-accent); border-color: transparent; font-weight: 600; }
    button.bare { background: none; border: 0; padding: 4px; min-inline-size: 32px; }
    @media print { :host { display: none !important; } }
  `);

  /** The bar for an order's message. `hands` are `{fill, copy, close}`. Gives `{host, tell(words, {next, shut, findings, buttons})}`. */
  aftercare.bar = (order, hands) => {
    const {host, root} = aftercare.shell('aftercare-bar', aftercare.palette, look);
    for (const type of ['keydown', 'keyup', 'keypress', 'click', 'pointerdown', 'mousedown']) root.addEventListener(type, event => event.stopPropagation());
    const press = (name, kind) => el('button', {type: 'button', class: kind, on: {click: event => event.isTrusted && hands[name]()}}, say(`bar_${name}`));
    const buttons = {fill: press('fill', 'main'), copy: press('copy', '')};
    const words = el('p', {role: 'status'});
    const next = el('p', {class: 'quiet'});
    const list = el('ul', {'aria-label': say('findings')});
    const bar = el('section', {class: 'bar', dir: say.direction, lang: say.language, 'aria-label': say('name')},
      el('div', {class: 'row'},
        el('div', {class: 'words'}, el('p', {}, el('strong', {}, say('name')), order && [` · ${say('bar_for')} `, figure(order)]), words, next),
        buttons.fill, buttons.copy,
        el('button', {type: 'button', class: 'bare', 'aria-label': say('close'), on: {click: () => hands.close()}}, icon('close'))),
      list);
    root.append(bar);

    const tell = (line, {next: more = '', shut = false, findings = [], text = '', show = ['fill', 'copy']} = {}) => {
      if (words.textContent !== line) words.textContent = line;
      next.textContent = more;
      next.hidden = !more;
      bar.className = shut ? 'bar shut' : 'bar';
      list.hidden = findings.length === 0;
      list.replaceChildren(...findings.map(each => el('li', {class: each.severity === 'block' ? 'block' : 'warn'},
        el('b', {}, say(each.severity === 'block' ? 'blocks' : 'warns')), ' ',
        aftercare.finding.quote(each, text), aftercare.finding.reason(each))));
      for (const [name, button] of Object.entries(buttons)) button.hidden = !show.includes(name);
      // `hidden` loses against the sheet's own display, so it is said in the sheet's terms too.
      for (const node of [next, list, ...Object.values(buttons)]) node.style.display = node.hidden ? 'none' : '';
    };
    return {host, tell};
  };
})();
