/** The name of a test that may be skipped, with why it is: reporters print a skipped test's name alone. */
export const because = (problem: string | null, name: string): string => (problem === null ? name : `${name} (skipped: ${problem})`);
