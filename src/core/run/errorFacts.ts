/** An error as stored with a run; contracts/errors.ts lists the codes, which core need not know. */
export interface CultivarErrorFacts {
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
  readonly command?: string;
  readonly detail?: string;
}
