/** What the order says: its days from top to bottom, so that any number of them, in any language, has room; what is open stands out. */
(() => {
  const {aftercare} = globalThis;
  const {el, say, words, figure, quoted} = aftercare;

  const event = (each, signals) => {
    const money = signals.find(signal => signal.kind === each.kind && signal.amount);
    const name = [words.named('event', each.kind), money && say.money(money.amount, money.currency)].filter(Boolean).join(' · ');
    const since = each.open && Number.isInteger(each.days) ? say.count('days', each.days) : null;
    return el('li', {class: each.open ? 'open' : ''}, el('span', {class: each.open ? 'open' : ''}, name),
      el('span', {class: 'when', title: each.open ? say('since', say.day(each.day)) : null}, since ?? say.day(each.day)));
  };

  const says = inv => {
    const {case: kase, order, signals = []} = inv;
    if (!order) return null;
    const {section, away} = aftercare.fold;
    const told = new Set(order.timeline.map(each => each.kind));
    const other = signals.filter(signal => !told.has(signal.kind)
      && !['shipped', 'delivered', 'refunded'].includes(signal.kind)).map(signal => words.named('event', signal.kind));
    const links = ['order', 'refund', 'returns', 'thread'].map(page => away(order.links?.[page], say(`link_${page}`))).filter(Boolean);
    const facts = [order.title && quoted(order.title), order.sku && figure(order.sku), order.fulfillment && say(`fulfillment_${order.fulfillment}`)].filter(Boolean);
    return section('says', say('orderSays'),
      !kase.order_id && el('p', {class: 'quiet'}, say('ofBestCandidate')),
      facts.length > 0 && el('p', {class: 'quiet fill'}, facts.flatMap((part, n) => (n ? [' · ', part] : [part]))),
      el('ol', {class: 'time'}, order.timeline.map(each => event(each, signals))),
      other.length > 0 && el('p', {class: 'quiet'}, other.join(' · ')),
      aftercare.customer(inv),
      kase.order_id && links.length > 0 && el('p', {class: 'row quiet'}, links));
  };

  Object.assign(aftercare, {says});
})();
