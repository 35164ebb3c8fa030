/** The customer behind the order: how many orders, since when, where else, by which identity, and the last refund. */
(() => {
  const {aftercare} = globalThis;
  const {el, say, figure} = aftercare;
  // Names of firms are the same in every language.
  const CHANNELS = {amazon: 'Amazon', ebay: 'eBay', walmart: 'Walmart', shopify: 'Shopify'};
  const SAME = {relay_key: 'sameRelay', email: 'sameEmail', username: 'sameMember', name_and_postcode: 'sameNamePostcode'};

  const channel = code => CHANNELS[code] ?? String(code);

  const same = ({identity, probability}) => (SAME[identity] ? say(SAME[identity], say.percent(probability)) : null);

  const other = each => el('li', {class: 'quiet'}, `${channel(each.channel)} `, figure(each.order_id.split(' ')[0]),
    [each.placed && say.day(each.placed), each.refunded && say.money(each.refunded, each.currency), say.percent(each.probability)]
      .filter(Boolean).map(part => ` · ${part}`).join(''));

  /** One line, with the orders behind it on request; nothing where this is the only order known. */
  const customer = ({customer: found}) => {
    if (!found?.others?.length) return null;
    const elsewhere = found.channels.map(each => each.channel).filter(code => code !== 'amazon').map(channel);
    const last = found.last_refund;
    const parts = [
      say.count('customerOrders', found.orders),
      found.since && say('since', say.day(found.since)),
      elsewhere.length > 0 && say('customerAlsoOn', elsewhere.join(', ')),
      ...found.identities.map(same),
      last && say('lastRefund', say.money(last.refunded, last.currency), say.day(last.refunded_on ?? last.placed) || channel(last.channel)),
    ].filter(Boolean);
    return el('div', {class: 'customer'}, el('p', {class: 'quiet fill'}, parts.join(' · ')),
      aftercare.fold.fold(say.count('customerOthers', found.others.length), el('ul', {}, found.others.map(other))));
  };

  Object.assign(aftercare, {customer});
})();
