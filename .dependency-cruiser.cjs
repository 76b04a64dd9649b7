// The house: who may import whom (ARCHITECTURE.md, "The house"). One rule a room.
const room = (name) => `^src/${name}/`;
const rooms = ['core', 'contracts', 'engine', 'weights', 'interchange', 'export', 'report', 'import', 'audit', 'data', 'library', 'system', 'download', 'runtime', 'trainer', 'cli', 'main', 'preload', 'renderer'];

/** Which rooms each room may import besides itself. */
const allowed = {
  core: [],
  contracts: ['core'],
  engine: ['core', 'contracts', 'data', 'library', 'weights'],
  weights: ['core', 'contracts', 'library'],
  interchange: ['core', 'contracts', 'data', 'library', 'weights', 'engine', 'trainer', 'system'],
  export: ['core', 'contracts', 'engine', 'weights', 'data', 'library', 'system', 'trainer'],
  import: ['core', 'contracts', 'weights', 'data', 'library', 'system'],
  audit: ['core', 'contracts', 'data', 'library', 'system'],
  library: ['core', 'contracts'],
  download: ['core', 'contracts', 'library'],
  runtime: ['core', 'contracts', 'library', 'system', 'download'],
  data: ['core', 'contracts', 'library', 'weights', 'download'],
  system: ['core', 'contracts', 'library', 'data'],
  trainer: ['core', 'contracts', 'engine', 'data', 'library', 'system'],
  report: ['core', 'contracts', 'data', 'library'],
  cli: ['core', 'contracts', 'runtime', 'weights', 'interchange', 'export', 'report', 'import', 'audit', 'data', 'library', 'system', 'trainer'],
  main: ['core', 'contracts', 'runtime', 'weights', 'interchange', 'export', 'report', 'import', 'audit', 'data', 'library', 'system', 'trainer', 'preload'],
  preload: ['core', 'contracts'],
  renderer: ['core', 'contracts'],
};

module.exports = {
  forbidden: [
    ...rooms.map((name) => ({
      name: `${name}-imports`,
      severity: 'error',
      from: { path: room(name), pathNot: '\\.test\\.ts$' },
      to: { path: '^src/', pathNot: [name, ...allowed[name]].map(room) },
    })),
    {
      name: 'host-side-of-the-trainer-only',
      comment: 'main and cli talk to the trainer process; they never load the training code itself.',
      severity: 'error',
      from: { path: '^src/(main|cli|interchange)/', pathNot: '\\.test\\.ts$' },
      to: { path: room('trainer'), pathNot: '^src/trainer/host/' },
    },
    {
      name: 'host-stays-light',
      severity: 'error',
      from: { path: '^src/trainer/host/', pathNot: '\\.test\\.ts$' },
      to: { path: ['^src/(engine|data)/', '^src/trainer/(?!host/)'] },
    },
    {
      name: 'core-is-pure',
      severity: 'error',
      from: { path: room('core'), pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'electron-where-it-belongs',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main/', '^src/preload/'] },
      to: { path: 'node_modules/electron/' },
    },
    {
      name: 'tensorflow-behind-the-backend',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/engine/backend/', '^src/export/runtimes/tfjsRunner\\.ts$'] },
      to: { path: 'node_modules/@tensorflow/' },
    },
    {
      name: 'exports-check-without-the-native-library',
      comment: 'The export process runs TensorFlow.js itself; the native library stays in the trainer process.',
      severity: 'error',
      from: { path: '^src/export/', pathNot: '\\.test\\.ts$' },
      to: { path: ['node_modules/@tensorflow/tfjs-node', '^src/engine/(?!graph/|checkpoint/)', '^src/trainer/(?!host/)'] },
    },
    {
      name: 'export-runtimes-in-their-own-process',
      comment: 'main and cli start an export and read its manifest; the runtimes are loaded by the export process, and by predict.',
      severity: 'error',
      from: { path: '^src/main/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/export/(?!host\\.ts$|made\\.ts$)' },
    },
    { name: 'no-circular', severity: 'error', from: { path: '^src/' }, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.vue', '.mjs'] },
  },
};
