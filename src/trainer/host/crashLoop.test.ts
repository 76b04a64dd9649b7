import { expect, it } from 'vitest';
import { CrashLoopGuard } from './crashLoop';

it('starts nothing after three crashes within two minutes, until a person asks', () => {
  const guard = new CrashLoopGuard();
  guard.crashed(0);
  guard.crashed(119_000);
  expect(guard.held()).toBeNull();
  guard.crashed(121_000); // the first lies too far back
  expect(guard.held()).toBeNull();
  guard.crashed(122_000);
  expect(guard.held()).toMatchObject({ code: 'trainer-crash-loop' });
  guard.forgive();
  expect(guard.held()).toBeNull();
});
