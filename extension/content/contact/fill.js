/** Puts a text into a text area as a person would, checks that it is there, and otherwise says so. */
(() => {
  const {aftercare} = globalThis;

  const plain = text => text.replace(/\r\n?/g, '\n');

  /** As typing: the page sees trusted input, and Ctrl+Z takes it back. */
  const type = (area, text) => {
    area.focus();
    area.select();
    document.execCommand('insertText', false, text);
  };

  /** As a program: the browser's own setter, then the events that frameworks wait for, through shadow roots. */
  const set = (area, text) => {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(area, text);
    area.dispatchEvent(new InputEvent('input', {bubbles: true, composed: true, inputType: 'insertText'}));
    area.dispatchEvent(new Event('change', {bubbles: true, composed: true}));
  };

  /** 'filled', 'too_long' (the page's own limit is not gone around), or 'failed'. */
  aftercare.fill = (area, text) => {
    if (area.maxLength >= 0 && plain(text).length > area.maxLength) return 'too_long';
    for (const way of [type, set]) {
      way(area, text);
      if (plain(area.value) === plain(text)) return 'filled';
    }
    return 'failed';
  };
})();
