/** What is still covered: each support programme with how much of its window is left, and until when. */
(() => {
  const {aftercare} = globalThis;
  const {el, say, words} = aftercare;
  const DAY = 86_400_000;

  const days = (from, to) => (Date.parse(to) - Date.parse(from)) / DAY;

  const programme = (each, today) => {
    const running = each.state === 'running';
    const bar = el('span', {class: 'left', 'aria-hidden': 'true'});
    if (running) {
      const left = el('i');
      left.style.inlineSize = `${Math.round(100 * Math.min(1, Math.max(0.02, days(today, each.until) / Math.max(1, days(each.starts, each.until)))))}%`;
      bar.append(left);
    }
    const until = each.state === 'not_offered' || !each.until ? say('notOffered')
      : running ? say(each.at_least ? 'untilAtLeast' : 'until', say.day(each.until))
      : each.state === 'not_started' ? say('starts', say.day(each.starts))
      : say('ended', say.day(each.until));
    return el('li', {}, el('span', {}, words.named('programme', each.programme)), bar,
      el('span', {class: running ? 'until' : 'until over', title: each.rests_on || null}, until));
  };

  const covered = ({coverage}) => {
    if (!coverage?.programmes?.length) return null;
    const {section, fold} = aftercare.fold;
    const offered = coverage.programmes.filter(each => each.state !== 'not_offered');
    const rest = coverage.programmes.filter(each => each.state === 'not_offered');
    return section('coverage', say('stillCovered'),
      offered.length > 0 && el('ul', {class: 'covered'}, offered.map(each => programme(each, coverage.today))),
      coverage.returns && el('p', {class: 'quiet'}, say(coverage.returns.at_least ? 'returnableAtLeast' : 'returnable', say.day(coverage.returns.until))),
      rest.length > 0 && el('p', {class: 'quiet'}, say('notOfferedHere', words.list(rest.map(each => ['programme', each.programme])))),
      offered.length > 0 && fold(say('restsOn'), el('ul', {}, offered.map(each =>
        el('li', {class: 'quiet'}, `${words.named('programme', each.programme)}: `, aftercare.quoted(each.rests_on))))));
  };

  Object.assign(aftercare, {covered});
})();
