/** The badge beside one review: type and urgency in color, shape, and word. It lies over the page and moves nothing in it. */
(() => {
  const {aftercare} = globalThis;
  const {el, icon, say, words} = aftercare;

  // The host spans the review's width without height, so that the badge can sit in its corner in either direction of
  // text and knows how much room there is. `all: initial` must stand in the sheet: as an attribute it would win over
  // the color scheme. `!important` keeps the page's own rules off the host.
  const look = aftercare.sheet(`
    :host {
      all: initial !important; position: absolute !important; inset: 0 0 auto 0 !important; block-size: 0 !important;
      display: block !important; container-type: inline-size !important; pointer-events: none !important; z-index: 2 !important;
    }
    :host([data-flow]) { position: relative !important; }
    /* The page's direction of text decides on the corner, the person's language on the order within the badge. */
    .corner { position: absolute; inset-block-start: 10px; inset-inline-end: 6px; max-inline-size: calc(100% - 12px); display: flex; }
    button { pointer-events: auto; margin: 0; cursor: pointer; font-family: var(--words); min-block-size: 28px; }
    button:hover { box-shadow: 0 0 0 1px currentColor; }
    .pill { gap: .5em; } .icon { inline-size: .9em; block-size: .9em; }
    .name { font-weight: 400; font-size: 11px; } .name::before { content: "|"; opacity: .55; margin-inline: .1em .6em; }
    .brief { display: none; }
    @container (max-width: 430px) { .full { display: none; } .brief { display: inline; } }
    @media print { :host { display: none !important; } }
  `);

  /** Whether the page behind the node is dark, so that the badge follows the page and not the system. */
  const onDark = node => {
    for (let each = node; each; each = each.parentElement) {
      const [red, green, blue, alpha = 1] = getComputedStyle(each).backgroundColor.match(/[\d.]+/g)?.map(Number) ?? [];
      if (red !== undefined && alpha > 0.5) return red * 0.299 + green * 0.587 + blue * 0.114 < 110;
    }
    return matchMedia('(prefers-color-scheme: dark)').matches;
  };

  /** What must be measured before anything is put into the page: measuring after each would lay it out again and again. */
  const measure = node => {
    const box = roomIn(node);
    return {box, flow: getComputedStyle(box).position === 'static', dark: onDark(node)};
  };

  // In a grid or a flex box that is not positioned, a host in the flow would take a cell: it goes into the widest block
  // in there instead.
  const roomIn = node => {
    const {display, position} = getComputedStyle(node);
    if (position !== 'static' || !/flex|grid/.test(display)) return node;
    const blocks = [...node.children].filter(each => ['block', 'flow-root', 'list-item'].includes(getComputedStyle(each).display));
    return blocks.sort((a, b) => b.offsetWidth - a.offsetWidth)[0] ?? node;
  };

  /**
   * A badge for an answer of the server. `open` is called with the button when a person presses it.
   * Gives `{host, button, update(answer), place(measured), color(measured)}`; `host.remove()` takes it away without a trace.
   */
  const make = (answer, open) => {
    const {host, root} = aftercare.shell('aftercare-badge', aftercare.palette, look);
    const button = el('button', {type: 'button', 'aria-haspopup': 'dialog', dir: say.direction, on: {
      click: event => {
        if (!event.isTrusted) return; // The page may not press it in a person's place.
        event.stopPropagation();
        event.preventDefault();
        open(button);
      },
      keydown: event => event.stopPropagation(),
    }});
    root.append(el('div', {class: 'corner'}, button));

    const update = ({review, complaint}) => {
      const level = words.urgency(complaint);
      const line = words.complaintLine(complaint);
      const brief = level === 'critical' || level === 'high' ? words.named('urgencyAlone', level) : words.named('typeShort', complaint.type);
      const writer = aftercare.harmless(review.reviewer_name ?? '');
      button.className = `pill ${level}`;
      button.setAttribute('aria-label', `${line} ${say('name')}. ${writer ? say('badgeAction', writer) : say('badgeActionNameless')}`);
      button.replaceChildren(
        icon(level),
        el('span', {class: 'full'}, line),
        el('span', {class: 'brief'}, brief),
        el('span', {class: 'name'}, say('name')),
      );
    };

    const color = ({dark}) => host.style.setProperty('color-scheme', dark ? 'dark' : 'light', 'important');

    // A review that is not positioned itself gets a host of no height at its beginning; one that is gets it on top.
    const place = ({box, flow, dark}) => {
      host.toggleAttribute('data-flow', flow);
      color({dark});
      if (flow) box.prepend(host);
      else box.append(host);
    };

    update(answer);
    return {host, button, update, place, color};
  };

  Object.assign(aftercare, {badge: {make, measure}});
})();
