import { proposePhone } from '@ponte/contacts';
import { plainToInstance } from 'class-transformer';
import {
  IsEmail,
  IsNotEmpty,
  IsOptional,
  IsPhoneNumber,
  IsString,
  MaxLength,
  validateSync,
} from 'class-validator';
import { z } from 'zod';

/** Whether a row is a contact, by other people's means: name, phone and e-mail, required as ours. */
type IsContact = (cells: readonly string[]) => boolean;

const NOBODY = { areaCode: null };
const MAX_NAME = 500;

/** Zod knows no phones that deserve the name: it gets ours, which is good as it is when nothing needs repair. */
const CONTACT = z.object({
  name: z.string().trim().min(1).max(MAX_NAME),
  phone_number: z.string().refine((text) => {
    const found = proposePhone(text, NOBODY);
    return found.ok && found.mask === 0;
  }),
  email: z
    .string()
    .trim()
    .pipe(z.union([z.literal(''), z.email()])),
});

export const isContactForZod: IsContact = ([name, phone_number, email]) =>
  CONTACT.safeParse({ name, phone_number, email }).success;

class ContactRow {
  name!: string;
  phone_number!: string;
  email?: string;
}

/** What decorators do, without the compiler's help. */
function decorate(property: keyof ContactRow, ...decorators: readonly PropertyDecorator[]): void {
  for (const decorator of decorators) decorator(ContactRow.prototype, property);
}
decorate('name', IsString(), IsNotEmpty(), MaxLength(MAX_NAME));
decorate('phone_number', IsPhoneNumber());
decorate('email', IsOptional(), IsEmail());

/** As Nest's `ValidationPipe` does: an instance, then its decorators. Cells are trimmed, a blank e-mail is none. */
export const isContactForClassValidator: IsContact = ([name, phone, email]) => {
  const mail = email?.trim() === '' ? undefined : email?.trim();
  const row = plainToInstance(ContactRow, { name: name?.trim(), phone_number: phone?.trim(), email: mail });
  return validateSync(row).length === 0;
};
