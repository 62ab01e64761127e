import { checkContact, type Contact, type ContactInput } from '@ponte/contacts';
import type { ContactBody, ContactList, ContactSort, ContactView } from '@ponte/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource, QueryFailedError } from 'typeorm';
import { RequestProblem } from '../platform/http/request-problem';
import { readOrder } from './contact-order';
import type { ContactQuery } from './contact-query';
import { rowView } from './contact-view';
import { ContactEntity } from './contact.entity';
import { listContacts } from './list-contacts';

const UNIQUE_VIOLATION = '23505';

/** The contacts of an account, one at a time and page by page; `checkContact` judges every write. */
@Injectable()
export class Contacts {
  constructor(private readonly dataSource: DataSource) {}

  async list(query: ContactQuery, sort: ContactSort, page: number, perPage: number): Promise<ContactList> {
    // One state of the database for count and page.
    return this.dataSource.transaction('REPEATABLE READ', (manager) =>
      listContacts(manager, query, { order: readOrder(sort), page, perPage }),
    );
  }

  async find(accountId: number, id: number): Promise<ContactView> {
    return entityView(await this.entity(accountId, id));
  }

  async create(accountId: number, body: ContactBody): Promise<ContactView> {
    const { name, phone_number: phoneNumber, email } = judge(body);
    const values = { accountId, name, phoneNumber, email, lastImportId: null };
    const { id } = await this.save(() => this.dataSource.manager.save(ContactEntity, values));
    return this.find(accountId, id);
  }

  /** Changes the fields that the body names and leaves the others. */
  async update(accountId: number, id: number, body: ContactBody): Promise<ContactView> {
    const stored = await this.entity(accountId, id);
    const {
      name,
      phone_number: phoneNumber,
      email,
    } = judge({
      name: body.name === undefined ? stored.name : body.name,
      phone_number: body.phone_number === undefined ? stored.phoneNumber : body.phone_number,
      email: body.email === undefined ? stored.email : body.email,
    });
    await this.save(() =>
      this.dataSource.manager.update(
        ContactEntity,
        { id },
        { name, phoneNumber, email, updatedAt: () => 'now()' },
      ),
    );
    return this.find(accountId, id);
  }

  async delete(accountId: number, id: number): Promise<void> {
    await this.entity(accountId, id);
    const { affected } = await this.dataSource.manager.delete(ContactEntity, { id });
    if (affected === 0) throw new RequestProblem('not_found');
  }

  /**
   * Asked for by the key alone, and no contact changes its account: of an account that PostgreSQL's statistics do not know
   * it believes that it is empty, and would rather look for the contact in all of it.
   */
  private async entity(accountId: number, id: number): Promise<ContactEntity> {
    const contact = await this.dataSource.manager.findOneBy(ContactEntity, { id });
    if (contact?.accountId !== accountId) throw new RequestProblem('not_found');
    return contact;
  }

  private async save<Result>(write: () => Promise<Result>): Promise<Result> {
    try {
      return await write();
    } catch (error) {
      // Expected: the account has a contact with this number already.
      if (error instanceof QueryFailedError && 'code' in error && error.code === UNIQUE_VIOLATION) {
        throw new RequestProblem('phone_taken', { issues: [{ field: 'phone_number', code: 'phone_taken' }] });
      }
      throw error;
    }
  }
}

function judge(input: ContactInput): Contact {
  const verdict = checkContact(input);
  if (!verdict.ok) {
    throw new RequestProblem('contact_invalid', {
      issues: verdict.issues.map(({ field, code }) => ({ field: field ?? 'name', code })),
    });
  }
  return verdict.contact;
}

function entityView(contact: ContactEntity): ContactView {
  const { id, name, phoneNumber, email, createdAt, updatedAt } = contact;
  return rowView({
    id,
    name,
    phone_number: phoneNumber,
    email,
    created_at: createdAt,
    updated_at: updatedAt,
  });
}
