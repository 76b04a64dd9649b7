/** Images that a trained network can be asked about. */
export type EvaluationSplit = 'validation' | 'test';
