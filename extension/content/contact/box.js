/** Where the message and the Send button are on Amazon's page, through shadow roots that are open or closed. */
(() => {
  const {aftercare} = globalThis;

  const AREAS = [
    '#ayb-contact-buyer kat-textarea', // The contact page, once a reason is chosen.
    '.contact-buyer-text-area textarea', // The same with a text area of the browser's own.
    'kat-textarea', // Threads, and the contact page under another name.
    'textarea',
  ];

  // The button's class is the same in every language; its label is not, and serves for the second dialog's button.
  const SEND = [
    'kat-button.ayb-contact-form-send-button', 'button.ayb-contact-form-send-button', 'kat-button[label="Send"]',
    '#ayb-contact-buyer kat-button[type="submit"]', '#ayb-contact-buyer button[type="submit"]',
    '[role="dialog"] kat-button[variant="primary"]', 'kat-modal kat-button[variant="primary"]',
  ].join();

  const SENT = '.kat-alert-success-content, kat-alert[variant="success"]';

  const visible = element => element.checkVisibility?.({visibilityProperty: true}) ?? true;

  /** The inner text area of an element of Amazon's own, or the element itself. */
  const inner = host => {
    if (host instanceof HTMLTextAreaElement) return host;
    const root = host.shadowRoot ?? chrome.dom.openOrClosedShadowRoot(host);
    return root?.querySelector('textarea') ?? host.querySelector('textarea');
  };

  /** The text area a message belongs into, or null while there is none. */
  const area = () => {
    for (const selector of AREAS) {
      for (const host of document.querySelectorAll(selector)) {
        const found = inner(host);
        if (found && !found.disabled && !found.readOnly && visible(host)) return found;
      }
    }
    return null;
  };

  /** Whether an event is on its way to a Send button. In a closed root the path begins at its host, which is enough. */
  const isSend = event => event.composedPath().some(each => each instanceof Element && each.matches(SEND));

  /** Whether the event would send the form the text area stands in. */
  const isForm = event => event.type === 'submit' && (event.target.matches('#ayb-contact-buyer form') || event.target.contains(area()?.getRootNode().host ?? area()));

  const sent = () => [...document.querySelectorAll(SENT)].some(visible);

  Object.assign(aftercare, {box: {area, isSend, isForm, sent}});
})();
