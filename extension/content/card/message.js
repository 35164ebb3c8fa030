/** The message: its text, its language, and what the linter says of it while a person writes. */
(() => {
  const {aftercare} = globalThis;
  const {el, say} = aftercare;
  const LANGUAGES = ['en', 'fr', 'de', 'es', 'it']; // Those that templates and linter know.
  const PAUSE = 150;

  /**
   * The writing of one draft. `changed` is called whenever what stands against it may be different.
   * Gives `{node, text(), lang, route, kind, reasons, state(), judge(verdict)}`.
   */
  const message = (card, draft, verdict, changed) => {
    const made = {route: draft.route, kind: draft.kind, lang: draft.lang, reasons: {}, verdict, judged: draft.text, fault: null};
    let timer = 0, turn = 0, before = null;

    const list = el('div', {});
    const told = el('p', {class: 'unseen', role: 'status'});
    const gaps = el('p', {class: 'quiet'});
    const does = el('div', {class: 'does'});
    const back = aftercare.fold.button(say('backToMine'), () => {
      const mine = before;
      before = null;
      put(mine.text, mine.lang);
    }, {kind: 'link'});
    const {node: writing, box, underline} = aftercare.mirror(draft.text, draft.lang, () => later());

    const show = () => {
      const focused = card.focusKey();
      underline(made.verdict?.findings ?? []);
      list.replaceChildren(aftercare.findings.list(made.verdict, made.judged, {apply, reasons: made.reasons, changed}));
      card.focus(focused);
      const {blocks} = aftercare.findings.against(made.verdict, made.reasons);
      const news = blocks ? say.count('blocking', blocks) : say('allowed');
      if (told.textContent !== news) told.textContent = news;
      changed();
    };

    const ask = async () => {
      const mine = ++turn;
      const text = box.value;
      try {
        const found = await card.ask('lint', {text, lang: made.lang, kind: made.kind});
        if (mine !== turn) return; // A later text has been asked about meanwhile.
        Object.assign(made, {verdict: found, judged: text, fault: null});
      } catch (fault) {
        if (mine !== turn) return;
        made.fault = fault;
      }
      show();
    };

    const later = () => {
      clearTimeout(timer);
      turn++;
      timer = setTimeout(ask, PAUSE);
      underline(made.verdict?.findings ?? []);
      changed();
    };

    const put = (text, lang) => {
      made.lang = picker.value = lang;
      box.lang = lang;
      box.value = text;
      back.hidden = before === null;
      clearTimeout(timer);
      ask();
    };

    const apply = ({start, end, text, suggestion}) => {
      const points = Array.from(box.value);
      if (points.slice(start, end).join('') !== text) return;
      const at = points.slice(0, start).join('').length;
      box.focus();
      box.setSelectionRange(at, at + text.length);
      // As if typed, so that Ctrl+Z takes it back.
      document.execCommand('insertText', false, suggestion);
      if (!box.value.includes(suggestion)) box.setRangeText(suggestion, at, at + text.length, 'end');
      clearTimeout(timer);
      ask();
    };

    const picker = el('select', {'aria-label': say('language'), 'data-key': 'language', on: {change: async () => {
      const mine = {text: box.value, lang: made.lang};
      try {
        const other = await card.ask('draft', {route: made.route, lang: picker.value});
        before = mine.text === draft.text ? null : mine;
        draft = other;
        fillGaps();
        put(other.text, other.lang);
      } catch (fault) {
        picker.value = made.lang;
        card.failed(fault);
      }
    }}}, [...new Set([...LANGUAGES, draft.lang])].map(code => el('option', {value: code, selected: code === draft.lang}, say.languageName(code))));

    // What is not known, and what the person has to do for the text to be true.
    const fillGaps = () => {
      const names = (draft.gaps ?? []).map(gap => aftercare.words.named('gap', gap));
      gaps.textContent = names.length ? say('gaps', names.join(', ')) : '';
      const todo = (draft.confirm ?? []).map(({code, words}) => el('li', {}, say.maybe(`confirm_${code}`) || words));
      does.replaceChildren(...(todo.length ? [el('strong', {}, say('beforeSending')), el('ul', {}, todo)] : []));
    };

    back.hidden = true;
    fillGaps();
    Object.assign(made, {
      text: () => box.value,
      pending: () => box.value !== made.judged,
      judge: found => { Object.assign(made, {verdict: found, judged: box.value, fault: null}); show(); },
      stop: () => { clearTimeout(timer); turn++; },
      node: aftercare.fold.section('message', say('message'),
        el('div', {class: 'row', style: 'margin-block-end:8px'}, el('span', {class: 'quiet'}, aftercare.words.named('route', draft.route)), picker, back),
        writing, list, gaps, does, told),
    });
    show();
    return made;
  };

  Object.assign(aftercare, {message});
})();
