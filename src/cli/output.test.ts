import { expect, it, vi } from 'vitest';
import { answer, answerJson, say, table } from './output';

const written = (stream: NodeJS.WriteStream, write: () => void): string => {
  const calls = vi.spyOn(stream, 'write').mockReturnValue(true);
  write();
  const text = calls.mock.calls.join('');
  calls.mockRestore();
  return text;
};
/** A run's name may come in an archive of another person's. */
const name = 'steers \u001b[2J\u009b2Ja terminal\r\nand breaks a row';

it('a name steers no terminal and breaks no table; JSON keeps it whole', () => {
  expect(written(process.stdout, () => { answer(table([['name', 'n'], [name, '1']])); })).toBe(`name${' '.repeat(35)}  n\nsteers [2J2Ja terminal and breaks a row  1\n`);
  expect(written(process.stderr, () => { say(name); })).toBe('steers [2J2Ja terminal\nand breaks a row\n');
  expect(JSON.parse(written(process.stdout, () => { answerJson({ name }); }))).toEqual({ name });
});
