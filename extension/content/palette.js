/** The colors and letters that badge, card, chip, and bar share, in light and dark. One accent; red, amber, gray for urgency. */
(() => {
  const {aftercare} = globalThis;

  aftercare.palette = aftercare.sheet(`
    :host {
      --ground: light-dark(#ffffff, #14191e);
      --soft: light-dark(#f4f6f8, #1c232b);
      --ink: light-dark(#17222b, #eef2f5);
      --quiet: light-dark(#52616d, #a3afba);
      --line: light-dark(#e2e7eb, #2c353d);
      --edge: light-dark(#8492a0, #6f7d8a);
      --accent: light-dark(#0b6a5c, #4fc4b4);
      --on-accent: light-dark(#ffffff, #07211d);
      --accent-soft: light-dark(#e0f2ee, #12352f);
      --mid: light-dark(#62a79c, #33857a);
      --faint: light-dark(#a8cdc6, #24584f);
      --critical: light-dark(#ad1f18, #ff8f86);
      --critical-soft: light-dark(#fdecea, #3b1a19);
      --critical-edge: light-dark(#e3a29d, #8c3e39);
      --high: light-dark(#9a4a00, #ffb06b);
      --high-soft: light-dark(#fff0e0, #3a2411);
      --high-edge: light-dark(#e9c096, #7d5226);
      --normal: light-dark(#7c5600, #ffc766);
      --normal-soft: light-dark(#fff5da, #372a10);
      --normal-edge: light-dark(#e8d190, #71591d);
      --mark: light-dark(#f6cfcb, #5a2a28);
      --words: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
      --figures: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
    }
    *, *::before, *::after { box-sizing: border-box; }
    .icon { inline-size: .8em; block-size: .8em; fill: currentColor; flex: none; }
    .figure { font-family: var(--figures); font-variant-numeric: tabular-nums; unicode-bidi: isolate; }
    .unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    .pill {
      display: inline-flex; align-items: center; gap: .4em; border: 1px solid; border-radius: 999px;
      padding: .2em .75em; font-weight: 600; font-size: 12px; line-height: 1.4; white-space: nowrap;
    }
    .critical { color: var(--critical); background: var(--critical-soft); border-color: var(--critical-edge); }
    .high { color: var(--high); background: var(--high-soft); border-color: var(--high-edge); }
    .normal { color: var(--normal); background: var(--normal-soft); border-color: var(--normal-edge); }
    .none { color: var(--quiet); background: var(--soft); border-color: var(--line); }
    @media (forced-colors: active) { .pill { border-color: ButtonText; } }
  `);
})();
