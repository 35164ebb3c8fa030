/** "Investigate this review" in the menu of the right mouse button, on the pages our scripts run on. */
import {all} from './settings.js';

const ID = 'investigate';

/** Puts the menu's entry in its place, or takes it away while Aftercare is switched off. */
export const place = async () => {
  const {enabled} = await all();
  await chrome.contextMenus.removeAll();
  if (!enabled) return;
  const [stores, brand] = chrome.runtime.getManifest().content_scripts;
  chrome.contextMenus.create({
    id: ID,
    title: chrome.i18n.getMessage('investigate'),
    contexts: ['page', 'selection', 'link', 'image'],
    documentUrlPatterns: [...stores.matches, ...brand.matches],
  }, () => chrome.runtime.lastError); // Two starts at once may both create it.
};

/** The page's own script knows which review was pointed at; it opens the card. */
export const investigate = ({menuItemId}, tab) => {
  if (menuItemId !== ID || !tab?.id) return;
  chrome.tabs.sendMessage(tab.id, {tell: 'investigate'}, {frameId: 0}).catch(() => {});
};
