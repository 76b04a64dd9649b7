import { CultivarError } from '../../src/contracts/errors';
import { run } from '../setup/run';

/** "Name <mail@example.org>", as a Debian package's field takes it. */
const form = /^[^<>\n]*[^<>\s] <[^<>@\s]+@[^<>@\s]+>$/;
/** `.invalid` is no one's address, for good (RFC 2606). */
export const nobody = 'Cultivar maintainers <maintainers@cultivar.invalid>';

/**
 * Who answers for a package: CULTIVAR_MAINTAINER, else who builds it by git's settings of the project, else nobody in particular.
 * @throws CultivarError usage where the setting is no name with an address
 */
export async function maintainer(project: string, setting = process.env['CULTIVAR_MAINTAINER']): Promise<string> {
  if (setting !== undefined && setting !== '') {
    if (!form.test(setting)) throw new CultivarError({ code: 'usage', message: `CULTIVAR_MAINTAINER: a name with an address, "Name <mail@example.org>", not "${setting}".` });
    return setting;
  }
  const [name, mail] = await Promise.all(['user.name', 'user.email'].map(async (key) => {
    const end = await run('git', ['config', '--get', key], { cwd: project });
    return end?.code === 0 ? end.stdout.trim() : '';
  }));
  const builder = `${name} <${mail}>`;
  return form.test(builder) ? builder : nobody;
}
