/** The card itself: one panel beside the page for one review. Opens at a person's word, closes with Escape, gives focus back. */
(() => {
  const {aftercare} = globalThis;
  const {el, icon, say, words} = aftercare;

  // Keys and text meant for the card must not reach the page, which may have shortcuts of its own.
  const OURS = ['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'change', 'copy', 'cut', 'paste', 'click', 'dblclick',
    'mousedown', 'mouseup', 'pointerdown', 'pointerup', 'contextmenu', 'focusin', 'focusout'];

  let now = null;

  const open = ({id, asked, opener}) => {
    if (now?.id === id) return now.heading.focus();
    close(false);
    const card = now = make(id, asked, opener);
    document.body.append(card.host);
    card.host.setAttribute('popover', 'manual'); // The top layer lies over everything the page has.
    card.host.showPopover();
    card.heading.focus();
    card.begin();
  };

  const close = (back = true) => {
    if (!now) return;
    const {host, opener, message} = now;
    const inside = document.activeElement === host;
    now = null;
    message?.stop();
    host.remove();
    if (back && inside) opener()?.focus();
  };

  const make = (id, asked, opener) => {
    const {host, root} = aftercare.shell('aftercare-card', aftercare.palette, aftercare.cardLook);
    for (const type of OURS) root.addEventListener(type, event => event.stopPropagation());
    const heading = el('h2', {id: 'aftercare-title', tabindex: '-1'}, say('name'));
    const level = el('span', {});
    const number = el('span', {class: 'case'});
    const body = el('div', {class: 'body'});
    const card = {id, host, opener, heading, inv: null, message: null, busy: false, opened: null, noteText: null};
    const footer = aftercare.footer(card);
    const panel = el('div', {class: 'card', role: 'dialog', 'aria-labelledby': 'aftercare-title', dir: say.direction, lang: say.language, on: {
      keydown: event => event.key === 'Escape' && !event.isComposing && close(),
    }}, el('div', {class: 'head'}, heading, level, number,
      el('button', {type: 'button', class: 'bare', 'aria-label': say('close'), 'data-key': 'close', on: {click: () => close()}}, icon('close'))), body, footer.node);
    root.append(panel);
    footer.update();

    const isNow = () => now === card;
    /** Asks the worker about this card's case; an answer for a card that is gone never arrives. */
    card.ask = async (name, params = {}) => {
      const answer = await aftercare.ask(name, {case: card.inv.case.id, ...params});
      return isNow() ? answer : new Promise(() => {});
    };
    card.focusKey = () => root.activeElement?.dataset?.key ?? null;
    card.focus = key => {
      const there = key && [...root.querySelectorAll('[data-key]')].find(each => each.dataset.key === key);
      if (there && there !== root.activeElement) there.focus({preventScroll: true});
      return Boolean(there);
    };

    card.failed = fault => {
      if (!isNow()) return;
      const {title, next} = aftercare.explain(fault);
      const retry = fault.code === 'extension_updated'
        ? aftercare.fold.button(say('reload'), () => location.reload())
        : aftercare.fold.button(say('tryAgain'), () => (card.inv ? reload() : card.begin()));
      body.querySelector('.fault')?.remove();
      body.querySelector('.wait')?.remove();
      body.prepend(el('section', {class: 'fault', role: 'alert'}, el('p', {}, el('strong', {}, title)), el('p', {}, next), el('p', {}, retry)));
      body.scrollTop = 0;
    };

    const show = async (asking, key) => {
      card.busy = true;
      panel.setAttribute('aria-busy', 'true');
      try {
        const inv = await asking;
        if (!isNow()) return;
        card.busy = false;
        card.update(inv);
        if (key) card.focus(key) || card.focus('whose');
      } catch (fault) {
        card.failed(fault);
      } finally {
        card.busy = false;
        panel.removeAttribute('aria-busy');
        footer.update();
      }
    };

    card.begin = () => {
      body.replaceChildren(el('p', {class: 'wait', role: 'status'}, say('looking')));
      return show(aftercare.ask('investigate', asked));
    };
    const reload = () => show(aftercare.ask('investigate', asked));
    card.decide = choice => !card.busy && show(card.ask('confirm', {choice}), choice.undo ? 'whose' : 'undo');
    card.write = async route => {
      try {
        const draft = await card.ask('draft', {route, lang: card.message?.lang ?? card.inv.draft?.lang ?? card.inv.review.lang ?? 'en'});
        card.message?.stop();
        card.message = null;
        card.update({...card.inv, draft: {route, ...draft}, verdict: draft.verdict});
        card.focus('text');
      } catch (fault) {
        card.failed(fault);
      }
    };

    /** Draws everything anew from an Investigation, but for a message that a person may be writing. */
    card.update = inv => {
      const key = card.focusKey();
      const top = body.scrollTop;
      const same = card.message && inv.draft && card.inv.case.order_id === inv.case.order_id && card.message.route === inv.draft.route;
      card.inv = inv;
      if (!same) {
        card.message?.stop();
        card.message = null;
        card.opened = null;
        card.noteText = null;
      }
      const urgency = words.urgency(inv.complaint);
      level.className = `pill ${urgency}`;
      level.replaceChildren(icon(urgency), urgency === 'none' ? words.named('typeShort', inv.complaint.type) : words.named('urgencyAlone', urgency));
      number.textContent = say('caseNumber', inv.case.id);
      if (inv.draft && !card.message) {
        card.message = aftercare.message(card, inv.draft, inv.verdict, () => { card.opened = null; footer.update(); });
      }
      body.replaceChildren(...[
        inv.case.contacted && el('section', {class: 'quiet'}, say('wasContacted')),
        aftercare.wrong(inv), aftercare.whose(card, inv), aftercare.says(inv), aftercare.covered(inv), aftercare.routes(card, inv),
        card.message?.node, inv.case.order_id && aftercare.notes(card, inv),
      ].filter(Boolean));
      body.scrollTop = top;
      card.focus(key);
      footer.update();
    };
    return card;
  };

  Object.assign(aftercare, {card: {open, close, isOpen: () => now !== null}});
})();
