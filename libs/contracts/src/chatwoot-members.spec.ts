import { describe, expect, it } from 'vitest';
import { CHATWOOT_MEMBERS, membersAt, ROUTES } from './index';

const LISTED = CHATWOOT_MEMBERS.flatMap(({ routes, members, part }) =>
  routes.flatMap((key) => members.map((member) => [key, part, member] as const)),
);

describe('CHATWOOT_MEMBERS', () => {
  it.each(LISTED)(
    '%s, %s: %s is a member of an existing route that Ponte does not know',
    (key, part, member) => {
      const [method, path] = key.split(' ');
      const route = ROUTES.find(
        (each) => each.method === method && each.path === `/accounts/{account_id}${path}`,
      );
      expect(route).toBeDefined();
      const names = member.split('.');
      const schema = route?.[part];
      const path_ = names.slice(0, -1).flatMap((name) => [name, 0]);
      if (schema !== undefined) expect(membersAt(schema, path_)).not.toContain(names.at(-1));
      // Inside of something that is not there, nothing could be listed.
      if (names.length > 1) expect(schema && membersAt(schema, path_)).not.toEqual([]);
    },
  );

  it('lists nothing twice and gives every reason as a sentence', () => {
    expect(new Set(LISTED.map(String)).size).toBe(LISTED.length);
    for (const { reason } of CHATWOOT_MEMBERS) expect(reason).toMatch(/^[A-Z].{20,}\.$/);
  });
});
