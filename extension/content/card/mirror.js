/** A text box with a mirror behind it, in which findings are underlined. The mirror never leaves our own closed root. */
(() => {
  const {aftercare} = globalThis;
  const {el, say} = aftercare;

  /**
   * Gives `{node, box, underline(findings)}`; findings carry spans in code points and their severity. What is written
   * since a verdict moves nothing: an underline is shown only where the words are still the ones that were found.
   */
  const mirror = (text, lang, changed) => {
    const back = el('div', {class: 'mirror', 'aria-hidden': 'true', dir: 'auto'});
    const box = el('textarea', {'aria-label': say('messageText'), 'data-key': 'text', spellcheck: 'true', lang, dir: 'auto'});
    box.value = text;

    const underline = findings => {
      const points = Array.from(box.value);
      const parts = [];
      let at = 0;
      for (const {start, end, severity, text: words} of [...findings].sort((a, b) => a.start - b.start)) {
        if (aftercare.finding.isWhole({start, end}, box.value) || start < at || end <= start || points.slice(start, end).join('') !== words) continue;
        parts.push(points.slice(at, start).join(''), el('u', {class: severity}, words));
        at = end;
      }
      // A mirror ends with a letter of no width, so that an empty last line has the height it has in the box.
      back.replaceChildren(...parts, points.slice(at).join(''), '\u200B');
    };

    box.addEventListener('input', () => changed(box.value));
    underline([]);
    return {node: el('div', {class: 'writing'}, back, box), box, underline};
  };

  Object.assign(aftercare, {mirror});
})();
