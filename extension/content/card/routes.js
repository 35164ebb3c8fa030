/** What a person may do: the ways in their order, the first open one standing out, each with its reason. */
(() => {
  const {aftercare} = globalThis;
  const {el, say, words} = aftercare;
  // Longer forms of a reason first; one that would name a value nobody knows is passed over.
  const FORMS = ['', '_since', '_money', '_bare'];
  const UNKNOWN = '\u0000';
  const WRITING = new Set(['contact_buyer', 'answer_thread']);

  /** A reason in the person's language: days and money as they are written there; the server's words where it is new. */
  const because = ({code, words: english, values = {}}) => {
    const shown = name => (/^\d{4}-\d\d-\d\d/.test(values[name]) ? say.day(values[name]) : values[name]);
    const money = values.amount && say.money(values.amount, values.currency);
    const known = [shown('since'), shown('until'), shown('limit'), money, shown('days'), shown('stars')].map(value => value ?? UNKNOWN);
    for (const form of FORMS) {
      const text = say.maybe(`reason_${code}${form}`, ...known);
      if (text && !text.includes(UNKNOWN)) return text.replace(/\.\.$/, '.'); // "since Nov." ends a sentence by itself.
    }
    return english;
  };

  const route = (card, each, number, first) => {
    const {button, away} = aftercare.fold;
    const name = words.named('route', each.route);
    const writes = WRITING.has(each.route);
    const act = !each.open ? null
      : writes ? (card.inv.draft?.route !== each.route && button(say('write'), () => card.write(each.route), {key: `write ${each.route}`}))
      : away(each.url, say('openPage'));
    return el('li', {class: ['route', first && 'first', !each.open && 'shut'].filter(Boolean).join(' ')},
      el('span', {class: 'number', 'aria-hidden': 'true'}, String(number)),
      el('div', {}, el('strong', {}, name), first && el('span', {class: 'unseen'}, ` (${say('recommended')})`),
        !each.open && el('span', {class: 'unseen'}, ` (${say('notOpen')})`),
        el('p', {dir: 'auto'}, because(each.reason)),
        (each.warnings ?? []).map(warning => el('p', {dir: 'auto'}, because(warning)))),
      act && el('span', {class: 'act'}, act));
  };

  const routes = (card, inv) => {
    const {section, fold} = aftercare.fold;
    const all = inv.routes ?? [];
    const first = all.find(each => each.open);
    const undecided = !inv.case.order_id && !inv.case.none;
    // Before an order is confirmed, every way of contact waits for the same word; saying so once is enough.
    const waiting = all.filter(each => !each.open && ['unconfirmed', 'undecided'].includes(each.reason?.code));
    const shown = all.filter(each => each.open || (!waiting.includes(each) && WRITING.has(each.route)));
    const rest = all.filter(each => !shown.includes(each) && !waiting.includes(each));
    const item = (each, n) => route(card, each, n + 1, each === first);
    return section('routes', say('mayDo'),
      undecided && waiting.length > 0 && el('p', {class: 'quiet'}, say('reason_unconfirmed')),
      el('ol', {}, shown.map(item)),
      rest.length > 0 && fold(say.count('otherRoutes', rest.length), el('ol', {}, rest.map((each, n) => item(each, shown.length + n)))));
  };

  Object.assign(aftercare, {routes, because, WRITING});
})();
