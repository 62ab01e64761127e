import { checkContact, type Contact, type ContactInput } from '@ponte/contacts';
import type { ContactBody, ContactList, ContactView, ListContacts } from '@ponte/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource, QueryFailedError, type EntityManager } from 'typeorm';
import { recordAudit } from '../audit';
import { refuseErased } from '../erasures';
import { InteractiveReads } from '../platform/database/interactive-reads';
import type { AccountContext } from '../platform/http/caller';
import { RequestProblem } from '../platform/http/request-problem';
import { readOrder } from './contact-order';
import type { ContactQuery } from './contact-query';
import { rowView } from './contact-view';
import { ContactEntity } from './contact.entity';
import { listContacts } from './list-contacts';

const UNIQUE_VIOLATION = '23505';

/** To go so far into a list is work, too. */
const FIRST_PLACES = 10_000;

type PageOfContacts = Pick<ListContacts, 'sort' | 'page' | 'per_page'>;

/** The contacts of an account, one at a time and page by page; `checkContact` judges every write. */
@Injectable()
export class Contacts {
  constructor(
    private readonly dataSource: DataSource,
    private readonly reads: InteractiveReads,
  ) {}

  /** One page. Ends early when its caller has `gone`; a search may be refused as `account_busy` or `search_too_slow`. */
  list(
    query: ContactQuery,
    { sort, page, per_page }: PageOfContacts,
    gone: AbortSignal,
  ): Promise<ContactList> {
    const order = readOrder(sort);
    // Count and page see one state of the database.
    const work = (manager: EntityManager) => listContacts(manager, query, { order, page, perPage: per_page });
    return isSearch(query, page * per_page)
      ? this.reads.search(query.accountId, gone, work)
      : this.reads.read(gone, work);
  }

  async find(accountId: number, id: number): Promise<ContactView> {
    return entityView(await this.entity(accountId, id));
  }

  async create({ accountId, caller }: AccountContext, body: ContactBody): Promise<ContactView> {
    const contact = judge(body);
    const { name, phone_number: phoneNumber, email } = contact;
    const id = await this.save(async (manager) => {
      await refuseErased(manager, accountId, contact);
      const values = { accountId, name, phoneNumber, email, lastImportId: null };
      const { id: subjectId } = await manager.save(ContactEntity, values);
      await recordAudit(manager, { action: 'contact_created', accountId, userId: caller.userId, subjectId });
      return subjectId;
    });
    return this.find(accountId, id);
  }

  /** Changes the fields that the body names to something else; a contact that stays as it is keeps its `updated_at`. */
  async update({ accountId, caller }: AccountContext, id: number, body: ContactBody): Promise<ContactView> {
    const stored = await this.entity(accountId, id);
    const contact = judge({
      name: body.name === undefined ? stored.name : body.name,
      phone_number: body.phone_number === undefined ? stored.phoneNumber : body.phone_number,
      email: body.email === undefined ? stored.email : body.email,
    });
    const { name, phone_number, email } = contact;
    const changes = {
      ...(name === stored.name ? {} : { name }),
      ...(phone_number === stored.phoneNumber ? {} : { phoneNumber: phone_number }),
      ...(email === stored.email ? {} : { email }),
    };
    const fields = (['name', 'phone_number', 'email'] as const).filter((field) => body[field] !== undefined);
    if (Object.keys(changes).length === 0) return entityView(stored);
    await this.save(async (manager) => {
      await refuseErased(manager, accountId, contact);
      await manager.update(ContactEntity, { id }, { ...changes, updatedAt: () => 'now()' });
      const event = { action: 'contact_changed', accountId, userId: caller.userId, subjectId: id } as const;
      await recordAudit(manager, { ...event, details: { fields } });
    });
    return this.find(accountId, id);
  }

  async delete({ accountId, caller }: AccountContext, id: number): Promise<void> {
    await this.entity(accountId, id);
    await this.dataSource.transaction(async (manager) => {
      const { affected } = await manager.delete(ContactEntity, { id });
      if (affected === 0) throw new RequestProblem('not_found');
      const event = { action: 'contact_deleted', accountId, userId: caller.userId, subjectId: id } as const;
      await recordAudit(manager, event);
    });
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

  private async save<Result>(write: (manager: EntityManager) => Promise<Result>): Promise<Result> {
    try {
      return await this.dataSource.transaction(write);
    } catch (error) {
      // Expected: the account has a contact with this number already.
      if (error instanceof QueryFailedError && 'code' in error && error.code === UNIQUE_VIOLATION) {
        throw new RequestProblem('phone_taken', { issues: [{ field: 'phone_number', code: 'phone_taken' }] });
      }
      throw error;
    }
  }
}

/** Whether a list may take long; what everyone sees first takes milliseconds and waits for no search. */
function isSearch({ q = '', conditions = [], importId }: ContactQuery, places: number): boolean {
  return q.trim() !== '' || conditions.length > 0 || importId !== undefined || places > FIRST_PLACES;
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
