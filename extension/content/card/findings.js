/** What the linter found, in words: what blocks, what warns and asks for a reason, and a better wording where there is one. */
(() => {
  const {aftercare} = globalThis;
  const {el, say} = aftercare;

  /** One finding. `apply` replaces its words by the suggestion; `reasons` keeps a person's reason for each rule that warns. */
  const finding = (each, text, {apply, reasons, changed}) => {
    const blocks = each.severity === 'block';
    const why = !blocks && el('input', {value: reasons[each.rule] ?? '', maxlength: 1000, 'data-key': `reason ${each.rule}`, on: {
      input: event => { reasons[each.rule] = event.target.value; changed(); },
    }});
    return el('li', {class: `finding ${blocks ? 'block' : 'warn'}`},
      el('p', {class: 'fill'}, el('b', {}, say(blocks ? 'blocks' : 'warns')), ' ',
        aftercare.finding.quote(each, text), el('span', {dir: 'auto'}, aftercare.finding.reason(each)), ' ',
        each.suggestion && aftercare.fold.button(say('useSuggestion', aftercare.harmless(each.suggestion)), () => apply(each), {kind: 'link', key: `use ${each.start}`})),
      why && el('label', {}, say('whyAllRight'), why),
      each.source && el('p', {class: 'unseen'}, say('source', each.source)));
  };

  /** The list for the verdict on a text; a rule that warns twice asks for one reason, at its first finding. */
  const findings = (verdict, text, hands) => {
    const asked = new Set();
    const all = (verdict?.findings ?? []).filter(each => {
      if (each.severity === 'block' || !asked.has(each.rule)) return asked.add(each.rule);
      return false;
    });
    return el('ul', {'aria-label': say('findings')}, all.map(each => finding(each, text, hands)));
  };

  /** What still stands against the message: how many findings block, and which warnings have no reason. */
  const against = (verdict, reasons) => {
    const all = verdict?.findings ?? [];
    const warned = new Set(all.filter(each => each.severity !== 'block').map(each => each.rule));
    return {
      blocks: all.filter(each => each.severity === 'block').length,
      unexplained: [...warned].filter(rule => !reasons[rule]?.trim()).length,
    };
  };

  Object.assign(aftercare, {findings: {list: findings, against}});
})();
