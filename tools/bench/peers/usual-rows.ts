import type { Contact } from '@ponte/contacts';
import { plainToInstance, Transform } from 'class-transformer';
import {
  IsEmail,
  IsNotEmpty,
  IsOptional,
  IsPhoneNumber,
  IsString,
  Matches,
  MaxLength,
  validate,
} from 'class-validator';
import { parse } from 'csv-parse';
import { createReadStream } from 'node:fs';

const trim = ({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value);

/** A row as Nest's own guide would have it checked. */
class ContactDto {
  @Transform(trim)
  @IsString()
  @IsNotEmpty()
  @MaxLength(500)
  // The guide has nothing like this, but without it the first NUL ends the import: PostgreSQL refuses the chunk.
  @Matches(/^[^\0]*$/)
  name = '';

  @Transform(({ value }) => (typeof value === 'string' ? value.replace(/[\s().-]/g, '') : (value as unknown)))
  @Matches(/^\+/)
  @IsPhoneNumber()
  phone_number = '';

  @Transform(({ value }) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null))
  @IsOptional()
  @IsEmail()
  email: string | null = null;
}

/** The file through csv-parse, class-transformer and class-validator, row by row as the parser gives them. */
export async function* usualRows(file: string): AsyncGenerator<Contact | 'rejected'> {
  // Without these two it would end at the first malformed row.
  const relaxed = { relax_quotes: true, relax_column_count: true };
  const records: AsyncIterable<object> = createReadStream(file).pipe(
    parse({ columns: true, bom: true, ...relaxed }),
  );
  for await (const record of records) {
    const row = plainToInstance(ContactDto, record);
    const errors = await validate(row);
    yield errors.length === 0
      ? { name: row.name, phone_number: row.phone_number, email: row.email }
      : 'rejected';
  }
}
