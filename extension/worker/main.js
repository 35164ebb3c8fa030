/**
 * The worker: registrations and nothing else. It may be stopped at any moment and started again for the next event, so
 * every listener is registered here, at once, and whatever must be remembered lies in storage.
 */
import {answer} from './messages.js';
import {investigate, place} from './menu.js';
import {forgetTab} from './contact.js';
import {broadcast, lock} from './settings.js';

lock();
chrome.runtime.onMessage.addListener(answer);
chrome.runtime.onInstalled.addListener(place);
chrome.runtime.onStartup.addListener(place);
chrome.contextMenus.onClicked.addListener(investigate);
chrome.tabs.onRemoved.addListener(forgetTab);
chrome.storage.onChanged.addListener(broadcast);
