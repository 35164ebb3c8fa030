/**
 * Holds Send while something stands against the text. It stops a person's press on its way to the button and says why;
 * it never presses anything itself.
 */
(() => {
  const {aftercare} = globalThis;
  const {box} = aftercare;
  const PAUSE = 150;

  const press = event => event.type === 'click' || event.type === 'pointerdown' || event.type === 'mousedown'
    || (event.type === 'keydown' && (event.key === 'Enter' || event.key === ' '));

  /**
   * Watches the text area until the signal aborts. `permitted` is the text that has passed already.
   * `told(state)` hears `{text, verdict, fault, pending}` at every change; `held()` when a press was stopped; `edited()` once.
   */
  aftercare.hold = (signal, permitted, {told, held, edited}) => {
    let judged = {text: permitted, verdict: {findings: []}};
    let fault = null, timer = 0, turn = 0, wasEdited = false, reported = 0;

    const text = () => box.area()?.value ?? '';
    const same = (one, other) => one.replace(/\r\n?/g, '\n') === other.replace(/\r\n?/g, '\n');
    const passes = current => !current.trim() || same(current, permitted)
      || (same(current, judged.text) && !judged.verdict.findings.some(each => each.severity === 'block'));
    const tell = () => told({...judged, fault, pending: !same(text(), judged.text)});

    const judge = async () => {
      const mine = ++turn, current = text();
      if (!current.trim() || same(current, permitted)) {
        judged = {text: current, verdict: {findings: []}};
        fault = null;
        return tell();
      }
      try {
        const verdict = await aftercare.ask('judge', {text: current});
        if (mine !== turn || signal.aborted) return;
        judged = {text: current, verdict};
        fault = null;
      } catch (error) {
        if (mine !== turn || signal.aborted) return;
        fault = error;
      }
      tell();
    };

    const changed = () => {
      const current = text();
      if (same(current, judged.text) && !fault) return;
      if (!wasEdited && current.trim() && !same(current, permitted)) {
        wasEdited = true;
        edited();
      }
      clearTimeout(timer);
      turn++;
      timer = setTimeout(judge, PAUSE);
      tell();
    };

    const guard = event => {
      if (!(box.isForm(event) || (press(event) && box.isSend(event))) || passes(text())) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      // One press is several events; it is told once.
      if (event.timeStamp - reported > 500) held();
      reported = event.timeStamp;
      judge();
    };

    const how = {signal, capture: true};
    for (const type of ['pointerdown', 'mousedown', 'click', 'keydown', 'submit']) window.addEventListener(type, guard, how);
    window.addEventListener('input', changed, how);
    window.addEventListener('change', changed, how);
    signal.addEventListener('abort', () => clearTimeout(timer));
    return {changed};
  };
})();
