/** The card's look: a quiet sheet beside the page, one accent, figures in their own face; a full sheet on small screens. */
(() => {
  const {aftercare} = globalThis;

  aftercare.cardLook = aftercare.sheet(`
    :host {
      all: initial !important; color-scheme: light dark !important; position: fixed !important; display: block !important;
      inset: 16px 16px auto auto !important; inline-size: min(440px, calc(100vw - 32px)) !important; z-index: 2147483647 !important;
      font: 14px/1.5 var(--words) !important; color: var(--ink) !important; text-align: start !important;
    }
    :host(:dir(rtl)) { inset: 16px auto auto 16px !important; }
    .card {
      display: flex; flex-direction: column; max-block-size: calc(100dvh - 32px); overflow: hidden;
      background: var(--ground); border: 1px solid var(--line); border-radius: 14px; box-shadow: 0 10px 40px rgb(0 0 0 / .22);
    }
    .head { display: flex; align-items: center; gap: 10px; padding: 10px 10px 10px 16px; border-block-end: 1px solid var(--line); }
    [dir=rtl] .head { padding: 10px 16px 10px 10px; }
    h2, h3, p, ul, ol, dl, dd { margin: 0; padding: 0; }
    ul, ol { list-style: none; }
    h2 { font-size: 15px; font-weight: 650; }
    h3 { font-size: 12px; font-weight: 600; color: var(--quiet); letter-spacing: .02em; margin-block-end: 8px; }
    h3:focus, h2:focus { outline: none; }
    h3:focus-visible, h2:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    .case { margin-inline-start: auto; color: var(--quiet); white-space: nowrap; }
    .body { overflow: auto; overscroll-behavior: contain; flex: 1 1 auto; min-block-size: 0; scrollbar-width: thin; }
    section { padding: 14px 16px; border-block-end: 1px solid var(--line); }
    .body > section:last-child { border-block-end: 0; }
    section > * + * { margin-block-start: 6px; }
    h3 .quiet { font-weight: 400; }
    .still { white-space: nowrap; }
    .quiet { color: var(--quiet); font-size: 13px; }
    .alarm { color: var(--critical); font-weight: 600; }
    .fill { overflow-wrap: anywhere; }
    .row { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
    button, select, textarea, input { font: inherit; color: var(--ink); }
    button {
      background: var(--soft); border: 1px solid var(--edge); border-radius: 9px; padding: 5px 12px; min-block-size: 34px; cursor: pointer;
    }
    button:hover:not([aria-disabled=true]) { border-color: var(--ink); }
    button.main { background: var(--accent); color: var(--on-accent); border-color: transparent; font-weight: 600; }
    button[aria-disabled=true] { background: var(--soft); color: var(--quiet); border: 1px dashed var(--edge); cursor: not-allowed; }
    button.bare { background: none; border: 0; padding: 4px; min-inline-size: 32px; min-block-size: 32px; }
    button.link { background: none; border: 0; padding: 0; min-block-size: 24px; text-decoration: underline; text-underline-offset: 3px; text-align: start; }
    a { color: var(--accent); text-underline-offset: 3px; }
    summary { cursor: pointer; color: var(--quiet); font-size: 13px; min-block-size: 24px; inline-size: fit-content; }
    summary:hover { color: var(--ink); }
    select, textarea, input { background: var(--ground); border: 1px solid var(--edge); border-radius: 9px; padding: 4px 8px; }
    blockquote { margin: 0; font-size: 15px; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
    blockquote.long { max-block-size: 40vh; overflow: auto; }
    mark { background: var(--mark); color: var(--ink); border-radius: 3px; padding-inline: 2px; }

    .candidate { display: grid; grid-template-columns: 46px 1fr auto; gap: 2px 12px; padding-block: 10px; align-items: start; }
    .candidate + .candidate { border-block-start: 1px dashed var(--line); }
    .odds { font: 600 16px/1.5 var(--figures); color: var(--quiet); }
    .strong .odds, .strong .id { color: var(--ink); font-weight: 700; }
    .candidate details { grid-column: 2 / -1; }
    .bar { display: flex; block-size: 6px; border-radius: 3px; overflow: hidden; background: var(--soft); margin-block: 5px 2px; max-inline-size: 200px; }
    .bar > i { background: var(--accent); } .bar > i:nth-child(2) { background: var(--mid); } .bar > i:nth-child(n+3) { background: var(--faint); }
    .falls { display: grid; grid-template-columns: 1fr 76px 44px; gap: 3px 10px; font-size: 13px; padding-block: 6px; align-items: center; }
    .falls > li { display: contents; }
    .scale { position: relative; block-size: 8px; background: var(--soft); border-radius: 2px; }
    .scale > i { position: absolute; inset-block: 0; background: var(--accent); border-radius: 2px; } .scale > i.less { background: var(--critical); }
    .falls .figure { text-align: end; }
    .decided { display: flex; gap: 10px; align-items: center; background: var(--accent-soft); border-radius: 10px; padding: 10px 12px; }
    .decided .icon { color: var(--accent); inline-size: 1em; block-size: 1em; } .decided > div { flex: 1; min-inline-size: 0; }

    section > .time { margin-block: 8px; }
    .time > li { display: grid; grid-template-columns: 14px 1fr auto; gap: 0 10px; position: relative; padding-block: 3px; }
    .time > li::before { content: ""; inline-size: 10px; block-size: 10px; border-radius: 50%; background: var(--accent); margin-block-start: 6px; margin-inline-start: 2px; border: 2px solid var(--accent); position: relative; z-index: 1; }
    .time > li.open::before { background: var(--ground); border-color: var(--critical); }
    .time > li:not(:last-child)::after { content: ""; position: absolute; inset-block: 12px -10px; inset-inline-start: 6px; inline-size: 2px; background: var(--line); }
    .time .open { color: var(--critical); font-weight: 600; }
    .time .when { text-align: end; color: var(--quiet); white-space: nowrap; } .time .open .when { color: var(--critical); }

    .covered { display: grid; grid-template-columns: minmax(110px, 1fr) minmax(50px, 110px) auto; gap: 6px 12px; align-items: center; }
    .covered > li { display: contents; }
    .left { block-size: 7px; border-radius: 4px; background: var(--soft); overflow: hidden; border: 1px solid var(--line); } .left > i { display: block; block-size: 100%; background: var(--accent); }
    .covered .until { text-align: end; } .covered .over { color: var(--quiet); }

    .route { display: grid; grid-template-columns: 24px 1fr auto; gap: 0 10px; padding-block: 7px; align-items: start; }
    .number { inline-size: 22px; block-size: 22px; border-radius: 50%; background: var(--soft); color: var(--quiet); font: 600 12px/22px var(--figures); text-align: center; }
    .route.first .number { background: var(--accent); color: var(--on-accent); } .route.first strong { font-weight: 650; }
    .route strong { font-weight: 400; } .route p { font-size: 13px; color: var(--quiet); }
    .route.shut strong { color: var(--quiet); }

    .writing { display: grid; border: 1px solid var(--edge); border-radius: 10px; background: var(--soft); }
    .writing:focus-within { outline: 2px solid var(--accent); outline-offset: 1px; }
    .writing > * {
      grid-area: 1 / 1; font: 14px/1.55 var(--words); padding: 10px 12px; margin: 0; border: 0; white-space: pre-wrap; overflow-wrap: anywhere;
      letter-spacing: normal; min-block-size: 120px; inline-size: 100%;
    }
    .writing textarea { position: relative; resize: none; background: none; field-sizing: content; outline: none; overflow: hidden; border-radius: 9px; }
    .mirror { visibility: hidden; } .mirror > u { text-decoration: none; }
    .writing > .lines { position: relative; padding: 0; pointer-events: none; }
    .lines > i { position: absolute; overflow: clip; overflow-clip-margin: 4px; white-space: nowrap; text-decoration: underline wavy var(--critical) 1.5px; text-underline-offset: 3px; }
    .lines > i.warn { text-decoration-color: var(--normal); }
    .finding { border-radius: 9px; padding: 8px 12px; margin-block-start: 8px; font-size: 13px; border-inline-start: 3px solid; }
    .finding.block { background: var(--critical-soft); border-color: var(--critical); } .finding.block b { color: var(--critical); }
    .finding.warn { background: var(--normal-soft); border-color: var(--normal); } .finding.warn b { color: var(--normal); }
    .finding button.link { color: var(--ink); } .finding label { display: block; margin-block-start: 6px; } .finding input { inline-size: 100%; min-block-size: 30px; }
    .does { font-size: 13px; margin-block-start: 8px; } .does:empty { display: none; } .does li { padding-inline-start: 1.1em; position: relative; }
    .does li::before { content: ""; position: absolute; inset-inline-start: 2px; inset-block-start: .6em; inline-size: 5px; block-size: 5px; border-radius: 50%; background: var(--quiet); }
    .note { padding-block: 6px; border-block-end: 1px dashed var(--line); } .note p { white-space: pre-wrap; overflow-wrap: anywhere; }
    .notes textarea { inline-size: 100%; field-sizing: content; min-block-size: 56px; resize: vertical; margin-block-start: 6px; }

    .foot { border-block-start: 1px solid var(--line); padding: 12px 16px; display: flex; gap: 8px 14px; align-items: center; flex-wrap: wrap; background: var(--ground); }
    .foot p { flex: 1 1 130px; text-align: end; font-size: 13px; color: var(--quiet); }
    .foot p.alarm { color: var(--critical); }
    .wait { padding: 28px 16px; color: var(--quiet); text-align: center; }
    .fault { background: var(--normal-soft); }

    @media (max-width: 480px) {
      :host { inset: auto 0 0 0 !important; inline-size: 100% !important; }
      .card { border-radius: 16px 16px 0 0; border-inline: 0; border-block-end: 0; max-block-size: 92dvh; }
      .candidate { grid-template-columns: 44px 1fr; } .candidate > button { grid-column: 2; justify-self: start; margin-block-start: 6px; }
      .route { grid-template-columns: 24px 1fr; } .route > .act { grid-column: 2; justify-self: start; margin-block-start: 4px; }
      .covered { grid-template-columns: 1fr auto; } .covered .left { grid-column: 1 / -1; order: 0; margin-block-end: 4px; }
      .covered > li { display: grid; grid-column: 1 / -1; grid-template-columns: subgrid; }
      .covered .left { grid-row: 2; }
      .foot button { flex: 1 1 100%; } .foot p { text-align: start; }
    }
    @media (max-height: 460px) {
      .card { overflow: auto; } .body { overflow: visible; flex: none; }
    }
    @media (prefers-reduced-motion: no-preference) {
      .card { animation: rise .14s ease-out; } @keyframes rise { from { transform: translateY(8px); } }
    }
    @media (forced-colors: active) {
      .bar > i, .left > i, .scale > i { background: Highlight; } mark { forced-color-adjust: none; background: Mark; color: MarkText; }
      .time > li::before { forced-color-adjust: none; background: CanvasText; border-color: CanvasText; } .time > li.open::before { background: Canvas; }
      .route.first .number { border: 2px solid; line-height: 18px; }
    }
    @media print { :host { display: none !important; } }
  `);
})();
