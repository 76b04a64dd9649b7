import { Notification, powerSaveBlocker, type BrowserWindow } from 'electron';
import type { Desktop } from './attention';

/** Clicks are lost with a notification that nothing refers to any more, so those that are shown are kept; the oldest go first. */
const keptNotifications = 20;

/** The real desktop. @param goTo shows the window with a place in it */
export function electronDesktop(window: () => BrowserWindow | null, goTo: (route: string) => void): Desktop {
  const shown: Notification[] = [];
  return {
    preventSleep: () => {
      const blocker = powerSaveBlocker.start('prevent-app-suspension');
      return () => { powerSaveBlocker.stop(blocker); };
    },
    setProgress: (part, mode) => {
      const now = window();
      if (now && !now.isDestroyed()) now.setProgressBar(part ?? -1, { mode });
    },
    notify: (text, onClick) => {
      if (!Notification.isSupported()) return;
      const notification = new Notification({ ...text, silent: true });
      notification.on('click', onClick);
      notification.show();
      shown.push(notification);
      shown.splice(0, shown.length - keptNotifications);
    },
    windowFocused: () => window()?.isFocused() ?? false,
    show: goTo,
  };
}
