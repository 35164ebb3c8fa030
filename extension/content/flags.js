/**
 * Keeps one badge beside each review that deserves one, as the page adds, re-uses, and removes reviews. Reads in
 * batches through the worker, asks once for each id and wording, and tries again by itself while the server is away.
 */
(() => {
  const {aftercare} = globalThis;
  const {find, badge, status} = aftercare;

  const BATCH = 20; // Reviews in one request; all of an ordinary page at once.
  const BATCH_SIZE = 2_000_000; // Characters in one request, far below the server's limit.
  const PAUSE = 8; // Milliseconds after the page's first change.
  const MOST_PAUSE = 2000; // A page that never rests is looked at this often.
  const BUDGET = 12; // Looking takes at most one part in twelve of the time.
  const PUT_BACK = 5; // Times that a badge is put back where the page takes it away.
  const RETRY = [1000, 2000, 4000, 8000];

  /** Starts flagging until the signal aborts. `settings` tells which badges are wanted; `open(id, node, button)` opens the card. */
  const start = (signal, settings, open) => {
    const answers = new Map(); // id -> {print, answer}; also of reviews that left the page, which may come back.
    const badges = new Map(); // id -> {made, node, lost}
    const prints = new WeakMap(); // node -> {id, print}
    const dirty = new Set();
    const wanted = new Map(); // id -> node, waiting to be read
    let timer = 0, retry = 0, failures = 0, reading = false, cost = 0, most = BATCH;

    const isWanted = ({complaint}) =>
      complaint.type === 'praise' ? settings.showPraise : complaint.type === 'product_only' ? settings.showOpinion : true;

    const look = () => {
      timer = 0;
      if (signal.aborted) return;
      const began = performance.now();
      const found = find.reviews();
      const present = new Map(found.map(({id, node}) => [id, node]));
      for (const [id, {made, node}] of badges) {
        if (present.get(id) !== node) {
          made.host.remove();
          badges.delete(id);
        }
      }
      const ready = [];
      for (const {id, node} of found) {
        const known = prints.get(node);
        if (!known || known.id !== id || dirty.has(node)) {
          const print = find.print(node);
          // A slot that got a new id and still shows the old words is about to change; its words are not this id's.
          if (known && known.id !== id && known.print === print) continue;
          prints.set(node, {id, print});
        }
        const {print} = prints.get(node);
        if (answers.get(id)?.print !== print) wanted.set(id, node);
        else ready.push({id, node});
      }
      dirty.clear();
      show(ready);
      cost = performance.now() - began;
      read();
    };

    const show = items => {
      const plans = [];
      for (const {id, node} of items) {
        const {answer} = answers.get(id);
        const there = badges.get(id);
        if (!answer || !isWanted(answer)) {
          there?.made.host.remove();
          badges.delete(id);
        } else if (!there || !there.made.host.isConnected) {
          if ((there?.lost ?? 0) < PUT_BACK) plans.push({id, node, answer, there, measured: badge.measure(node)});
        } else if (there.shown !== answer) {
          there.made.update(answer);
          there.shown = answer;
        }
      }
      for (const {id, node, answer, there, measured} of plans) {
        const made = there?.made ?? badge.make(answer, button => open(id, badges.get(id)?.node ?? node, button));
        made.update(answer);
        made.place(measured);
        badges.set(id, {made, node, shown: answer, lost: there ? there.lost + 1 : 0});
      }
    };

    const read = async () => {
      if (reading) return;
      reading = true;
      try {
        while (wanted.size && !signal.aborted) {
          const batch = nextBatch();
          if (batch.length) take(batch, await answersFor(batch));
        }
      } catch (fault) {
        failed(fault);
      } finally {
        reading = false;
      }
      if (dirty.size) soon();
    };

    /** One answer for each of the batch; null for a review that the server does not take. */
    const answersFor = async batch => {
      try {
        const snippets = batch.map(each => each.snippet);
        const {reviews} = await aftercare.ask('read', {url: location.href, asin: find.asin(), snippets});
        if (reviews?.length !== batch.length) throw new aftercare.Fault({code: 'bad_answer'});
        failures = 0;
        status.hide();
        return reviews;
      } catch (fault) {
        if (aftercare.isState(fault) || fault.code === 'off') throw fault;
        most = 1; // One of them is not taken; asked one by one, it costs the others nothing.
        return batch.length === 1 ? [null] : [];
      }
    };

    const take = (batch, reviews) => {
      if (signal.aborted) return;
      const ready = [];
      for (const [n, {id, node, print}] of batch.slice(0, reviews.length).entries()) {
        const answer = reviews[n]?.review && reviews[n].complaint ? reviews[n] : null; // An unreadable one gets no badge.
        answers.set(id, {print, answer});
        if (wanted.get(id) === node) wanted.delete(id);
        const known = prints.get(node);
        if (known?.id === id && known.print === print) ready.push({id, node});
        else dirty.add(node);
      }
      show(ready.filter(({node}) => node.isConnected));
    };

    const nextBatch = () => {
      const batch = [];
      let size = 0;
      for (const [id, node] of wanted) {
        if (batch.length === most || size > BATCH_SIZE) break;
        const known = prints.get(node);
        if (!node.isConnected || known?.id !== id) {
          wanted.delete(id);
          continue;
        }
        const snippet = find.snippet(node);
        size += snippet.length;
        batch.push({id, node, print: known.print, snippet});
      }
      return batch;
    };

    const failed = fault => {
      if (signal.aborted || fault.code === 'off') return;
      status.show(fault, fault.code === 'extension_updated' ? null : again);
      if (fault.code === 'extension_updated') {
        observer.disconnect(); // Nothing this script does can reach its extension any more.
        return;
      }
      clearTimeout(retry);
      // A hidden page waits until it is looked at again.
      retry = setTimeout(() => document.hidden || read(), RETRY[Math.min(failures++, RETRY.length - 1)]);
    };

    const again = () => {
      clearTimeout(retry);
      failures = 0;
      soon();
      read();
    };

    const soon = () => {
      timer ||= setTimeout(look, Math.min(MOST_PAUSE, Math.max(PAUSE, cost * BUDGET)));
    };

    const observer = new MutationObserver(records => {
      for (const {target} of records) {
        const node = find.around(target);
        if (node) dirty.add(node);
      }
      soon();
    });
    const recolor = () => {
      const all = [...badges.values()].map(({made, node}) => ({made, node, measured: badge.measure(node)}));
      for (const {made, measured} of all) made.color(measured);
    };
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => setTimeout(recolor, PAUSE), {signal});
    observer.observe(document.body, {
      childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['id', 'data-testid', 'data-hook'],
    });
    globalThis.navigation?.addEventListener('currententrychange', soon, {signal});
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && status.code() && again(), {signal});
    signal.addEventListener('abort', () => {
      observer.disconnect();
      clearTimeout(timer);
      clearTimeout(retry);
      for (const {made} of badges.values()) made.host.remove();
      badges.clear();
      status.hide();
    });
    look();

    return {
      again,
      /** Shows what is known anew, without asking again. */
      refresh: () => show(find.reviews().filter(({id}) => answers.has(id))),
      button: id => badges.get(id)?.made.button ?? null,
    };
  };

  Object.assign(aftercare, {flags: {start}});
})();
