/** One small chip at the page's edge that tells a state once: what is the matter and what to do about it. */
(() => {
  const {aftercare} = globalThis;
  const {el, icon, say} = aftercare;

  const look = aftercare.sheet(`
    :host {
      all: initial !important; color-scheme: light dark !important; position: fixed !important;
      inset: auto 16px 16px auto !important; z-index: 2147483646 !important; display: block !important;
    }
    .chip {
      display: grid; grid-template-columns: auto 1fr auto; gap: 2px 10px; inline-size: min(380px, calc(100vw - 32px));
      background: var(--ground); color: var(--ink); border: 1px solid var(--line); border-inline-start: 4px solid var(--normal);
      border-radius: 10px; padding: 12px 14px; box-shadow: 0 6px 24px rgb(0 0 0 / .18); font: 13px/1.45 var(--words);
    }
    strong { grid-column: 1 / 3; font-weight: 600; }
    p { grid-column: 1 / -1; margin: 0; color: var(--quiet); }
    .do { grid-column: 1 / -1; display: flex; gap: 8px; margin-block-start: 8px; }
    button {
      font: inherit; color: var(--ink); background: var(--soft); border: 1px solid var(--edge); border-radius: 8px;
      padding: 4px 12px; min-block-size: 28px; cursor: pointer;
    }
    button.close { border: 0; background: none; padding: 4px; min-inline-size: 28px; }
    @media print { :host { display: none !important; } }
  `);

  let shown = null;

  /** Shows a fault; the same state again changes nothing. `again` adds a button that tries once more. */
  const show = (fault, again) => {
    if (shown?.code === fault.code) return;
    hide();
    const {title, next} = aftercare.explain(fault);
    const {host, root} = aftercare.shell('aftercare-status', aftercare.palette, look);
    const close = el('button', {class: 'close', type: 'button', 'aria-label': say('close'), on: {click: () => host.remove()}}, icon('close'));
    const does = [
      again && el('button', {type: 'button', on: {click: again}}, say('tryAgain')),
      fault.code === 'not_paired' && el('button', {type: 'button', on: {click: () => aftercare.ask('options').catch(() => {})}}, say('openOptions')),
      fault.code === 'extension_updated' && el('button', {type: 'button', on: {click: () => location.reload()}}, say('reload')),
    ].filter(Boolean);
    const chip = el('section', {class: 'chip', dir: say.direction, 'aria-label': say('name')},
      el('strong', {}, `${say('name')}: ${title}`), close,
      el('p', {role: 'status'}, next),
      does.length > 0 && el('div', {class: 'do'}, does));
    root.append(chip);
    document.body.append(host);
    shown = {code: fault.code, host};
  };

  const hide = () => {
    shown?.host.remove();
    shown = null;
  };

  Object.assign(aftercare, {status: {show, hide, code: () => shown?.code ?? null}});
})();
