/** The desktop around the window, what helps against errors, and what the app is made of. */
export const desktop = {
  notifications: 'Notifications', notify: 'Notify me of what ends while I look elsewhere', notifyNote: 'A run of its own, an experiment, an import, a failure, a queue that is held. A click leads there.',
  preventSleep: 'Keep the computer awake while a run trains', preventSleepNote: 'Not while it is paused, and never the screen.',
  remedy: { system: 'Open the checks', storage: 'Free disk space', library: 'Open the library', datasets: 'Open the data sets', folder: 'Show the folder', queue: 'Continue the queue' },
  fix: { batch: 'New run with batch {value}', rate: 'New run with learning rate {value}', float32: 'New run in float32', noXla: 'New run without XLA' },
  about: {
    tab: 'About', text: 'Cultivar is made of the parts below. Each keeps its own licence; the texts are part of the app and need no network.', own: 'Cultivar itself: Apache-2.0.', count: '{count} parts', search: 'Search the parts', none: 'No part has this name.', noText: 'The package has no licence text of its own; its licence is {licence}.',
    loading: 'Reading the licences', part: 'Part', version: 'Version', licence: 'Licence', copy: 'Copy the text',
    chromium: 'Electron brings Chromium, whose own parts and licences stand in LICENSES.chromium.html beside the program.', tensorflow: 'TensorFlow’s libraries (Apache-2.0) come with the native runtime; their licences lie in its folder.',
  },
};
