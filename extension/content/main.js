/** The page side's beginning: switches everything on and off as the person set it, and opens the card when asked to. */
(() => {
  const {aftercare} = globalThis;
  if (aftercare.started) return;
  aftercare.started = true;

  let life = null; // What runs now; aborting it takes everything away at once.
  let flags = null;
  let settings = null;
  let pointed = null; // The review last clicked with the right button, for the menu.

  const open = (id, node, opener) => {
    if (!chrome.runtime?.id) return aftercare.status.show(new aftercare.Fault({code: 'extension_updated'}));
    return aftercare.card.open({
      id,
      asked: {url: location.href, asin: aftercare.find.asin(), snippet: aftercare.find.snippet(node)},
      // A page may have replaced the badge meanwhile; focus goes back to the one that is there.
      opener: () => flags?.button(id) ?? (opener?.isConnected ? opener : null),
    });
  };

  const begin = () => {
    life = new AbortController();
    const {signal} = life;
    flags = aftercare.flags.start(signal, settings, open);
    document.addEventListener('contextmenu', event => { pointed = aftercare.find.around(event.target); }, {signal, capture: true});
    signal.addEventListener('abort', () => aftercare.card.close());
  };

  const apply = next => {
    const wasOn = settings?.on ?? false;
    const paired = settings && next.token !== settings.token;
    settings = Object.assign(settings ?? {}, next); // The same object, which the flags look at.
    if (next.on && !wasOn) begin();
    else if (!next.on && wasOn) {
      life.abort();
      life = flags = pointed = null;
    } else if (next.on) {
      flags.refresh();
      if (paired || aftercare.status.code()) flags.again();
    }
  };

  const investigate = () => {
    if (!life) return;
    const id = pointed?.isConnected && aftercare.find.idOf(pointed);
    if (id) open(id, pointed, null);
    else aftercare.status.show(new aftercare.Fault({code: 'no_review_here', message: aftercare.say('noReviewHere')}));
  };

  chrome.runtime.onMessage.addListener(({tell, ...params}, sender, answer) => {
    if (sender.id !== chrome.runtime.id) return;
    if (tell === 'settings') apply(params.settings);
    else if (tell === 'investigate') investigate();
    else if (tell === 'site') answer({host: location.hostname});
  });

  aftercare.ask('settings').then(apply, fault => {
    if (fault.code !== 'extension_updated') aftercare.status.show(fault);
  });
})();
