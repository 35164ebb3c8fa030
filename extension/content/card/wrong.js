/** What went wrong: the reviewer's own words with those marked that decided, then topics and risks. */
(() => {
  const {aftercare} = globalThis;
  const {el, say, words} = aftercare;
  const SHORT = 320; // Code points of the body that are shown before a person asks for more.
  const AROUND = 70;

  /** Text as nodes, with spans (code points) marked; `points` is the text as a list of code points. */
  const marked = (points, spans, from, to) => {
    const nodes = [];
    let at = from;
    for (const {start, end} of spans) {
      if (end <= at || start >= to) continue;
      const first = Math.max(at, start), last = Math.min(to, end);
      if (first > at) nodes.push(points.slice(at, first).join(''));
      nodes.push(el('mark', {}, points.slice(first, last).join('')));
      at = last;
    }
    if (at < to) nodes.push(points.slice(at, to).join(''));
    return nodes;
  };

  /** The part of a long text in which the marks lie, a little wider and cut between words. */
  const window = (points, spans) => {
    if (points.length <= SHORT) return [0, points.length];
    const first = spans[0]?.start ?? 0;
    let from = first > AROUND * 2 ? first - AROUND : 0;
    while (from > 0 && from < first && points[from - 1] !== ' ') from++;
    let to = Math.min(points.length, from + SHORT);
    while (to < points.length && to > from + SHORT / 2 && points[to] !== ' ') to--;
    return [from, to];
  };

  const quote = (text, evidence, whole) => {
    const points = Array.from(aftercare.harmless(text));
    const spans = evidence.filter(({start, end}) => Number.isInteger(start) && end > start).sort((a, b) => a.start - b.start);
    const [from, to] = whole ? [0, points.length] : window(points, spans);
    return {
      cut: from > 0 || to < points.length,
      nodes: [from > 0 && '… ', ...marked(points, spans, from, to), to < points.length && ' …'],
    };
  };

  const wrong = ({review, complaint}) => {
    const of = field => (complaint.evidence ?? []).filter(each => (each.field ?? 'body') === field);
    const lang = review.lang || null;
    const title = review.title && el('p', {class: 'fill', dir: 'auto', lang}, el('strong', {}, quote(review.title, of('title'), true).nodes));
    const text = el('blockquote', {dir: 'auto', lang});
    const short = quote(review.body ?? '', of('body'), false);
    text.append(...short.nodes.filter(Boolean));
    const more = short.cut && aftercare.fold.button(say('wholeReview'), () => {
      text.replaceChildren(...quote(review.body, of('body'), true).nodes.filter(Boolean));
      text.className = 'long';
      text.tabIndex = 0;
      text.focus();
      more.remove();
    }, {kind: 'link'});
    const topics = words.list((complaint.topics ?? []).map(topic => ['topic', topic]));
    const risks = words.list((complaint.risks ?? []).map(risk => ['risk', risk]));
    const about = [topics, risks && say('risks', risks)].filter(Boolean).join(' · ');
    return aftercare.fold.section('wrong', say(complaint.type === 'praise' ? 'whatWasSaid' : 'whatWentWrong'), title, text, more,
      el('p', {class: 'quiet'}, aftercare.quoted(review.reviewer_name || say('noName')), review.date ? ` · ${say.day(review.date)}` : '',
        review.stars ? ` · ${say.count('stars', review.stars)}` : '', about && ` · ${about}`));
  };

  Object.assign(aftercare, {wrong});
})();
