/** The command line that a person can paste for `cultivar ARGUMENTS`, run from the project. */
export const cultivarCommand = (commandLine: string) => `npm run --silent cultivar -- ${commandLine}`;
