/** The few signs Aftercare draws, as paths in a box of 16 by 16. Each has its own shape, so that color is never alone. */
(() => {
  const {aftercare} = globalThis;
  const SPACE = 'http://www.w3.org/2000/svg';

  const PATHS = {
    critical: 'M8 1.8 15 14.2H1z',
    high: 'M8 1.2 14.8 8 8 14.8 1.2 8z',
    normal: 'M8 2.4a5.6 5.6 0 1 1 0 11.2A5.6 5.6 0 0 1 8 2.4z',
    none: 'M2.5 7h11v2h-11z',
    close: 'm3.6 2.5 4.4 4.4 4.4-4.4 1.1 1.1L9.1 8l4.4 4.4-1.1 1.1L8 9.1l-4.4 4.4-1.1-1.1L6.9 8 2.5 3.6z',
    check: 'm6.4 12.9-4.6-4.6 1.4-1.4 3.2 3.2 6.6-6.6 1.4 1.4z',
    away: 'M9 2h5v5h-1.6V4.7L6.9 10.2 5.8 9.1l5.5-5.5H9zM3 4h4v1.6H4.6v5.8h5.8V9H12v4H3z',
  };

  /** A picture that screen readers pass over; the words beside it say the same. */
  aftercare.icon = name => {
    const svg = document.createElementNS(SPACE, 'svg');
    for (const [key, value] of Object.entries({viewBox: '0 0 16 16', 'aria-hidden': 'true', class: 'icon'})) {
      svg.setAttribute(key, value);
    }
    const path = document.createElementNS(SPACE, 'path');
    path.setAttribute('d', PATHS[name] ?? PATHS.none);
    svg.append(path);
    return svg;
  };
})();
