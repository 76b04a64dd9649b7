/** What is asked of a network before it trains, and of a trained one. */
export const tools = {
  cancel: 'Cancel', cancelling: 'Cancelling',
  range: {
    button: 'Find a rate…', title: 'Learning-rate range test', what: 'The network of this recipe trains from its start for a few steps while the learning rate grows. Nothing of the library\'s runs is touched.',
    from: 'From', to: 'To', steps: 'Steps', start: 'Start the test', invalid: 'The recipe has fields that are wrong.', badSettings: 'The last rate is at least ten times the first, and at most 1000; {fewest} to {most} steps.',
    axes: 'Loss of each step, against the learning rate', measuring: 'The range test runs.', step: 'Step {step} of {steps}', sentence: 'Loss of {steps} steps against the learning rate.',
    steepest: 'steepest descent', steepestNote: 'From {low} to {high} the loss falls no less fast, as far as this test tells.', tenth: 'a tenth of where it diverges', tenthNote: 'The loss had left at {rate}.',
    filters: 'The filters’ rate rises with it: {rate} there, and taken too.',
    take: 'Take this rate', none: 'At no rate did the loss fall by more than its noise. Try more steps, or other rates.',
    doubt: 'One pass of {steps} steps with seed {seed}, from new weights: an order of magnitude, and a peak rate to be reached by a warm-up.',
    cost: 'A step takes as long as a step of training with {batch} images.', earlier: 'Earlier tests of this network', keptOne: '{when}: steepest at {rate}',
  },
  batch: {
    button: 'Find the largest…', title: 'Largest batch that fits', what: 'The network of this recipe trains for a few real steps at growing batch sizes, each in a process of its own. Nothing is changed, and no run of the library is touched.',
    most: 'Up to', limit: 'Memory at most', free: 'what is free', start: 'Start the search', badSettings: 'A whole number from 2 to 65,536; memory is a number of gigabytes, or empty.',
    size: 'Batch size', rate: 'Images/s', rateDrawn: 'Images a second, as bars', memory: 'Memory', takeColumn: 'Take', trying: 'being tried', measuring: 'The search runs.', step: 'Trying {size}; {tried} tried',
    largest: 'largest', fastest: 'fastest', take: 'Take {size}', reason: { 'out-of-memory': 'memory ran out', 'over-limit': 'more than it may take', crashed: 'the process ended' },
    found: '{size} fits, {refused} does not.', all: 'Every size up to {size} fits.', none: 'No size fits, not even the smallest.',
    from: { person: 'A trial could take {bytes}, as you asked.', container: 'A trial could take {bytes}, what the container leaves.', machine: 'A trial could take {bytes}, what was free less a tenth.' },
    doubt: 'The fastest is rarely the largest. Another batch size is another experiment: the learning rate may want to change with it.', cost: 'Takes some minutes with a large network; what trains meanwhile goes on, more slowly.',
  },
  heat: {
    show: 'Where it looks', hide: 'Hide', asking: 'Computing', of: 'Grad-CAM of “{label}”: light where the logit comes from', onePixel: 'The last maps of this network are one pixel at this size: they say nothing of where.', nothing: 'Nothing speaks for “{label}” here.',
    input: 'What the network gets', pick: 'Show where the network looks: {name}', answer: 'for its answer, {label}', label: 'for the label, {label}', title: 'Where the network looks', before: 'Image before', next: 'Next image', place: 'image {at} of {of}, number {index} of the data set; by the last checkpoint. The arrow keys go on.', answers: 'Most probable classes',
  },
};
