/** The way out: "Open in Amazon messaging", shut as long as something stands against the message, and saying what. */
(() => {
  const {aftercare} = globalThis;
  const {el, say} = aftercare;

  /** Whether the message may go, and the sentence beside the button. */
  const standing = card => {
    const {message} = card;
    if (card.opened) return {ok: true, why: say(card.opened)};
    if (message.fault) return {ok: false, alarm: true, why: aftercare.explain(message.fault).title};
    const {blocks, unexplained} = aftercare.findings.against(message.verdict, message.reasons);
    if (message.pending()) return {ok: false, why: say('checking')};
    if (blocks) return {ok: false, alarm: true, why: say.count('blocking', blocks)};
    if (unexplained) return {ok: false, why: say.count('unexplained', unexplained)};
    if (!message.text().trim()) return {ok: false, why: say('nothingToSend')};
    return {ok: true, why: say('youSend')};
  };

  const footer = card => {
    const why = el('p', {id: 'aftercare-why', role: 'status'});
    const go = aftercare.fold.button(say('openMessaging'), () => press(), {key: 'open', kind: 'main'});
    go.setAttribute('aria-describedby', 'aftercare-why');
    const node = el('div', {class: 'foot'}, go, why);

    const update = () => {
      node.hidden = !card.message;
      node.style.display = card.message ? '' : 'none';
      if (!card.message) return;
      const {ok, alarm, why: text} = standing(card);
      if (ok && !card.busy) go.removeAttribute('aria-disabled');
      else go.setAttribute('aria-disabled', 'true');
      why.className = alarm ? 'alarm' : '';
      if (why.textContent !== text) why.textContent = text;
    };

    const press = async () => {
      if (go.getAttribute('aria-disabled') || !card.message) return;
      const {message} = card;
      const text = message.text();
      // Only the contact page can be filled; for a thread the text goes along on the clipboard, at this very click.
      const page = card.inv.routes.find(each => each.route === message.route)?.url;
      const copied = !/\/messaging\/contact/.test(page ?? '') && await navigator.clipboard.writeText(text).then(() => true, () => false);
      try {
        await card.ask('contact', {text, route: message.route, lang: message.lang, reasons: message.reasons});
        card.opened = copied ? 'openedCopied' : 'opened';
        if (copied) card.ask('copied').catch(() => {});
      } catch (fault) {
        if (fault.detail?.verdict) message.judge(fault.detail.verdict);
        else card.failed(fault);
      }
      update();
    };

    return {node, update};
  };

  Object.assign(aftercare, {footer});
})();
