import { describe, expect, it } from 'vitest';
import { defineAbility, type AccountRole, type Action, type Subject } from './define-ability';

// Written out by hand, cell by cell, so that a change of the matrix has to be made twice and on purpose.
const CELLS: [Subject, Action, administrator: boolean, agent: boolean][] = [
  ['Contact', 'read', true, true],
  ['Contact', 'create', true, true],
  ['Contact', 'update', true, true],
  ['Contact', 'delete', true, false],
  ['Import', 'read', true, false],
  ['Import', 'create', true, false],
  ['Import', 'update', true, false],
  ['Import', 'delete', true, false],
  ['Export', 'read', true, false],
  ['Export', 'create', true, false],
  ['Export', 'update', false, false],
  ['Export', 'delete', true, false],
  ['Member', 'read', true, true],
  ['Member', 'create', true, false],
  ['Member', 'update', true, false],
  ['Member', 'delete', true, false],
  ['Invitation', 'read', true, false],
  ['Invitation', 'create', false, false],
  ['Invitation', 'update', true, false],
  ['Invitation', 'delete', true, false],
  ['Membership', 'read', false, false],
  ['Membership', 'create', false, false],
  ['Membership', 'update', false, false],
  ['Membership', 'delete', true, true],
  ['Audit', 'read', true, false],
  ['Audit', 'create', false, false],
  ['Audit', 'update', false, false],
  ['Audit', 'delete', false, false],
  ['Erasure', 'read', true, false],
  ['Erasure', 'create', true, false],
  ['Erasure', 'update', false, false],
  ['Erasure', 'delete', true, false],
  ['Account', 'read', false, false],
  ['Account', 'create', false, false],
  ['Account', 'update', true, false],
  ['Account', 'delete', true, false],
];

describe('defineAbility', () => {
  for (const [subject, action, administrator, agent] of CELLS) {
    const answers: [AccountRole | null, boolean][] = [
      ['administrator', administrator],
      ['agent', agent],
      [null, false],
    ];
    it.each(answers)(`${action} ${subject} as %s: %s`, (role, allowed) => {
      expect(defineAbility(role).can(action, subject)).toBe(allowed);
    });
  }
});
