/** Internal notes: what was written down before, and one proposed for the record, which a person may change. */
(() => {
  const {aftercare} = globalThis;
  const {el, say, quoted} = aftercare;

  const notes = (card, inv) => {
    const {section, button} = aftercare.fold;
    const written = new Set((inv.notes ?? []).map(note => note.text));
    const box = el('textarea', {'aria-label': say('newNote'), 'data-key': 'note', maxlength: 4000, dir: 'auto', rows: 2});
    box.value = card.noteText ?? (inv.proposed_note && !written.has(inv.proposed_note) ? inv.proposed_note : '');
    box.addEventListener('input', () => { card.noteText = box.value; });
    const save = async () => {
      const text = box.value.trim();
      if (!text) return box.focus();
      try {
        const {notes: all} = await card.ask('note', {text});
        card.noteText = '';
        card.update({...card.inv, notes: all});
      } catch (fault) {
        card.failed(fault);
      }
    };
    return section('notes', say('notes'),
      (inv.notes ?? []).map(note => el('div', {class: 'note'}, el('p', {}, quoted(note.text)),
        el('p', {class: 'quiet'}, say.day(note.at), ' · ', quoted(note.agent)))),
      box, el('div', {class: 'row', style: 'margin-block-start:6px'}, button(say('saveNote'), save, {key: 'save note'})));
  };

  Object.assign(aftercare, {notes});
})();
