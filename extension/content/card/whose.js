/** Whose order it is: the candidates with their odds, "none of these" among them; or what a person decided, and a way back. */
(() => {
  const {aftercare} = globalThis;
  const {el, say, figure, quoted} = aftercare;
  const SHOWN = 3;
  const LEAST = 0.01; // A smaller chance is shown only on request.
  const STRONG = 0.5;

  const about = each => {
    const parts = [
      each.buyer || each.recipient ? quoted(each.buyer || each.recipient) : say('nameWithheld'),
      each.place && quoted(each.place),
      each.purchased && el('span', {class: 'still'}, say('bought', say.day(each.purchased))),
    ].filter(Boolean);
    return el('p', {class: 'quiet fill'}, parts.flatMap((part, n) => (n ? [' · ', part] : [part])));
  };

  const candidate = (card, each, best) => {
    const {brief, whole} = aftercare.waterfall;
    const strong = best && each.probability >= STRONG;
    const odds = say.percent(each.probability);
    const key = `confirm ${each.order_id} ${each.sku} ${each.line}`;
    return el('li', {class: strong ? 'candidate strong' : 'candidate'},
      el('span', {class: 'odds'}, odds),
      el('div', {}, el('div', {class: 'id'}, figure(each.order_id)), about(each), best && brief(each)),
      aftercare.fold.button(say('confirm'), () => card.decide({order_id: each.order_id, sku: each.sku, line: each.line}), {
        key, kind: strong ? 'main' : '', label: say('confirmOrder', each.order_id), off: card.busy,
      }),
      each.evidence?.length > 0 && aftercare.fold.fold(say('whyOdds', odds), whole(each)));
  };

  const none = (card, share) => el('li', {class: share >= STRONG ? 'candidate strong' : 'candidate'},
    el('span', {class: 'odds'}, say.percent(share)),
    el('div', {}, el('div', {class: 'id'}, say('noneOfThese')), el('p', {class: 'quiet'}, say('notInBook'))),
    aftercare.fold.button(say('none'), () => card.decide({none: true}), {key: 'none', label: say('noneLabel'), off: card.busy}));

  const decided = (card, ...words) => el('div', {class: 'decided'}, aftercare.icon('check'), el('div', {class: 'fill'}, ...words),
    aftercare.fold.button(say('undo'), () => card.decide({undo: true}), {key: 'undo', off: card.busy}));

  const whose = (card, {case: kase, match, order}) => {
    const {section, fold} = aftercare.fold;
    if (kase.order_id) {
      const found = match.candidates.find(each => each.order_id === kase.order_id) ?? order;
      return section('whose', say('whoseOrder'),
        decided(card, el('div', {}, figure(kase.order_id)), found && about(found)));
    }
    if (kase.none) return section('whose', say('whoseOrder'), decided(card, say('saidNone')));
    const {candidates} = match;
    const close = candidates.filter((each, n) => n < SHOWN && (n === 0 || each.probability >= LEAST));
    const rest = candidates.slice(close.length);
    const weak = candidates.length > 0 && candidates[0].probability < STRONG;
    const many = el('span', {class: 'quiet'}, ` (${say.count('worthShowing', close.length, match.considered)})`);
    return section('whose', [say('whoseOrder'), candidates.length > 0 && many],
      candidates.length === 0 && el('p', {class: 'quiet'}, say.count('noCandidate', match.considered)),
      weak && el('p', {class: 'quiet'}, say('noneStandsOut')),
      el('ol', {}, close.map((each, n) => candidate(card, each, n === 0)), none(card, match.none)),
      rest.length > 0 && fold(say.count('moreCandidates', rest.length), el('ol', {}, rest.map(each => candidate(card, each, false)))));
  };

  Object.assign(aftercare, {whose});
})();
