/** Says what is wrong with a foreign file; its message completes "FILE cannot be read: …". */
export class FileProblem extends Error {}
