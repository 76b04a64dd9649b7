interface Warning {
  readonly code: string;
  readonly count: number;
  readonly subject: string | null;
}

/** Warnings that each class can have; more than so many of one kind are told together. */
const ofClasses = new Set(['class-small', 'class-missing-in-test']);
const mostAlone = 4;

/** The same warnings, with those of one kind that many classes have in one, by the class with the smallest count. `more`: others that it stands for. */
export function foldedWarnings<W extends Warning>(warnings: readonly W[]): (W & { readonly more: number })[] {
  const counts = new Map<string, number>();
  for (const { code } of warnings) counts.set(code, (counts.get(code) ?? 0) + 1);
  const many = (code: string) => ofClasses.has(code) && counts.get(code)! > mostAlone;
  const told = new Set<string>();
  return warnings.flatMap((warning) => {
    const { code } = warning;
    if (!many(code)) return [{ ...warning, more: 0 }];
    if (told.has(code)) return [];
    told.add(code);
    const same = warnings.filter((one) => one.code === code);
    const least = same.reduce((low, one) => (one.count < low.count ? one : low));
    return [{ ...least, more: same.length - 1 }];
  });
}
