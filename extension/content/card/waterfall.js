/** Why a candidate is as likely as it is: a small bar and a few words, and on request every step with its weight in bits. */
(() => {
  const {aftercare} = globalThis;
  const {el, say, words} = aftercare;

  const SMALL = 0.6; // Steps that say less are counted together.

  const heaviest = evidence => [...evidence].sort((a, b) => Math.abs(b.bits) - Math.abs(a.bits));
  const named = step => words.named('comparison', step.comparison);

  /** The bar of what speaks for it (three parts at most), and the same in words. */
  const brief = ({evidence = []}) => {
    const speaking = heaviest(evidence).slice(0, 3).filter(step => Math.abs(step.bits) >= 0.1);
    const positive = speaking.filter(step => step.bits > 0);
    const all = Math.max(12, evidence.reduce((sum, step) => sum + Math.max(0, step.bits), 0));
    const bar = positive.length > 0 && el('div', {class: 'bar', 'aria-hidden': 'true'}, positive.map(step => {
      const part = el('i');
      part.style.inlineSize = `${(100 * step.bits) / all}%`;
      return part;
    }));
    const text = speaking.map(step => `${named(step)} ${say.bits(step.bits)}`).join(' · ');
    return [bar, text && el('p', {class: 'quiet'}, text)];
  };

  /** Every step that says something, and the rest as one: what was compared, how it came out, its weight in bits. */
  const whole = ({evidence = []}) => {
    const small = evidence.filter(step => Math.abs(step.bits) < SMALL);
    const large = small.length > 1 ? evidence.filter(step => !small.includes(step)) : evidence;
    const rest = {words: say.count('smallSteps', small.length), bits: small.reduce((sum, step) => sum + step.bits, 0), rest: true};
    const steps = small.length > 1 ? [...large, rest] : large;
    const most = Math.max(1, ...steps.map(step => Math.abs(step.bits)));
    return el('ol', {class: 'falls'}, steps.map(step => {
      const bar = el('i', {class: step.bits < 0 ? 'less' : ''});
      bar.style.inlineSize = `${(50 * Math.abs(step.bits)) / most}%`;
      bar.style[step.bits < 0 ? 'insetInlineEnd' : 'insetInlineStart'] = '50%';
      return el('li', {},
        el('span', {class: 'fill', title: step.rest && small.map(each => each.words ?? named(each)).join(' ')},
          step.rest ? step.words : named(step), !step.rest && step.words ? el('span', {class: 'quiet'}, ' · ', aftercare.quoted(step.words)) : ''),
        el('span', {class: 'scale', 'aria-hidden': 'true'}, bar),
        el('span', {class: 'figure'}, say.bits(step.bits)));
    }));
  };

  Object.assign(aftercare, {waterfall: {brief, whole}});
})();
