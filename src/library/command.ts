import { installedPackage } from './installed';

/** The command line that a person can paste for `cultivar ARGUMENTS`: once installed by name, else run from the project. */
export const cultivarCommand = (commandLine: string) => (installedPackage() ? `cultivar ${commandLine}` : `npm run --silent cultivar -- ${commandLine}`);

/** What sets up, or mends, the native runtime. */
export const setupCommand = () => (installedPackage() ? 'cultivar runtime fetch' : 'npm run setup');
