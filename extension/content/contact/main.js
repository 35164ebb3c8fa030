/**
 * A page of Amazon's messaging. Where the worker holds a message for this very tab, a bar offers to fill it in; from then
 * on the text is judged as the person edits, and Send is held while something blocks. The reason is the person's to
 * choose, and Send the person's to press.
 */
(() => {
  const {aftercare} = globalThis;
  if (aftercare.started) return;
  aftercare.started = true;
  const {say, box} = aftercare;

  let life = null;

  const start = async () => {
    const mine = (life = new AbortController());
    const {signal} = mine;
    let message;
    try {
      message = await aftercare.ask('message');
    } catch (fault) {
      if (!signal.aborted && fault.code !== 'extension_updated') tellFault(fault, signal);
      return;
    }
    if (message && !signal.aborted) serve(message, signal);
  };

  const tellFault = (fault, signal) => {
    const {title, next} = aftercare.explain(fault);
    const bar = aftercare.bar(null, {fill: () => {}, copy: () => {}, close: () => bar.host.remove()});
    bar.tell(title, {next, show: []});
    document.body.append(bar.host);
    signal.addEventListener('abort', () => bar.host.remove());
  };

  const serve = ({text, order_id: order}, signal) => {
    let waiting = false, filled = false, sure = false, sent = false, found = {text: '', verdict: {findings: []}};
    const record = (event, detail) => aftercare.ask('event', {event, detail}).catch(() => {}); // The page works without the record's answer.

    const fill = () => {
      const area = box.area();
      if (!area) {
        waiting = true; // The click was the person's word; the text follows as soon as there is a place for it.
        return bar.tell(say('bar_chooseReason'));
      }
      if (area.value.trim() && area.value !== text && !sure) {
        sure = true;
        return bar.tell(say('bar_replace'), {next: say('bar_replaceNext')});
      }
      waiting = sure = false;
      const how = aftercare.fill(area, text);
      if (how === 'filled') {
        filled = true;
        record('filled');
        return state();
      }
      return bar.tell(say(how === 'too_long' ? 'bar_tooLong' : 'bar_notFilled', area.maxLength), {next: say('bar_copyInstead'), show: ['copy']});
    };

    const copy = async () => {
      try {
        await navigator.clipboard.writeText(text);
        record('copied');
        bar.tell(say('bar_copied'));
      } catch {
        bar.tell(say('bar_copyFailed'));
      }
    };

    const state = () => {
      if (sent) return;
      const {text: judged, verdict, fault, pending} = found;
      const blocks = verdict.findings.filter(each => each.severity === 'block').length;
      if (fault) {
        const {title, next} = aftercare.explain(fault);
        return bar.tell(say('bar_cannotCheck', title), {next: `${next} ${say('bar_offSwitch')}`, shut: true, show: ['copy']});
      }
      if (blocks) return bar.tell(say.count('bar_held', blocks), {shut: true, findings: verdict.findings, text: judged, show: ['fill']});
      if (pending) return bar.tell(say('checking'), {show: []});
      if (filled) return bar.tell(say('bar_filled'), {findings: verdict.findings, text: judged, show: []});
      return bar.tell(say('bar_ready'));
    };

    const bar = aftercare.bar(order, {fill, copy, close: () => bar.host.remove()});
    const hold = aftercare.hold(signal, text, {
      told: next => { found = next; if (!waiting) state(); },
      held: () => {
        if (!bar.host.isConnected) document.body.append(bar.host);
        record('send_held', {rules: [...new Set(found.verdict.findings.map(each => each.rule))]});
      },
      edited: () => record('edited'),
    });

    const look = () => {
      if (waiting && box.area()) fill();
      if (!sent && box.sent()) {
        sent = true;
        record('sent_seen');
        bar.tell(say('bar_sent'), {show: []});
      } else if (filled) hold.changed();
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, {childList: true, subtree: true, attributes: true, attributeFilter: ['variant', 'class', 'hidden', 'style']});
    document.body.append(bar.host);
    state();
    record('opened');
    signal.addEventListener('abort', () => {
      observer.disconnect();
      bar.host.remove();
    });
  };

  const apply = ({on}) => {
    if (on && !life) start();
    else if (!on && life) {
      life.abort();
      life = null;
    }
  };

  chrome.runtime.onMessage.addListener(({tell, ...params}, sender, answer) => {
    if (sender.id !== chrome.runtime.id) return;
    if (tell === 'settings') apply(params.settings);
    else if (tell === 'site') answer({host: location.hostname});
  });

  aftercare.ask('settings').then(apply, () => {});
})();
