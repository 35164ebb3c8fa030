/** A text box with a mirror behind it, from which findings are underlined. The mirror never leaves our own closed root. */
(() => {
  const {aftercare} = globalThis;
  const {el, say} = aftercare;

  const SPACES = '\u00A0'.repeat(200);

  /**
   * Gives `{node, box, underline(findings)}`; findings carry spans in code points and their severity. What is written
   * since a verdict moves nothing: an underline is shown only where the words are still the ones that were found.
   */
  const mirror = (text, lang, changed) => {
    const back = el('div', {class: 'mirror', 'aria-hidden': 'true', dir: 'auto'});
    const lines = el('div', {class: 'lines', 'aria-hidden': 'true'});
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
      draw();
    };

    // The mirror itself is not seen, so that no text stands on the page twice; only lines are drawn where its words are.
    const draw = () => {
      const ground = back.getBoundingClientRect();
      lines.replaceChildren(...[...back.querySelectorAll('u')].flatMap(each => [...each.getClientRects()].map(({x, y, width, height}) => {
        const line = el('i', {class: each.className}, SPACES);
        Object.assign(line.style, {left: `${x - ground.x}px`, top: `${y - ground.y}px`, width: `${width}px`, height: `${height}px`});
        return line;
      })));
    };

    box.addEventListener('input', () => changed(box.value));
    new ResizeObserver(draw).observe(box);
    underline([]);
    return {node: el('div', {class: 'writing'}, back, lines, box), box, underline};
  };

  Object.assign(aftercare, {mirror});
})();
