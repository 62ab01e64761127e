import { expect, test } from 'vitest';
import { contactSchema } from './contact-schema';

const { validate, vendor, version } = contactSchema['~standard'];

test('is a Standard Schema', () => {
  expect([vendor, version]).toEqual(['ponte', 1]);
});

test('gives the checked contact', () => {
  expect(validate({ name: ' Ana ', phone_number: '+55 11 98765-4321', id: 1 })).toEqual({
    value: { name: 'Ana', phone_number: '+5511987654321', email: null },
  });
});

test('gives codes and paths', () => {
  expect(validate({ name: 'Ana', phone_number: '11', email: 'x' })).toEqual({
    issues: [
      { message: 'phone_no_plus', path: ['phone_number'] },
      { message: 'email_invalid', path: ['email'] },
    ],
  });
});

test.each([undefined, null, 'text', 5, []])('rejects %j', (value) => {
  expect(validate(value).issues).toHaveLength(2);
});
