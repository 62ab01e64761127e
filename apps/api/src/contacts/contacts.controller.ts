import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import {
  contactBodySchema,
  filterContactsSchema,
  listContactsSchema,
  searchContactsSchema,
  type ContactBody,
  type ContactList,
  type ContactView,
  type FilterContacts,
  type ListContacts,
  type SearchContacts,
} from '@ponte/contracts';
import type { Response } from 'express';
import { Can } from '../platform/http/access';
import { InAccount, type AccountContext } from '../platform/http/caller';
import { callerGone } from '../platform/http/caller-gone';
import { IdPipe } from '../platform/http/id.pipe';
import { Contacts } from './contacts';

@Controller('accounts/:account_id/contacts')
export class ContactsController {
  constructor(private readonly contacts: Contacts) {}

  @Get()
  @Can('read', 'Contact')
  list(
    @InAccount() { accountId }: AccountContext,
    @Query({ schema: listContactsSchema }) { q, import_id: importId, ...page }: ListContacts,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContactList> {
    return this.contacts.list({ accountId, q, importId }, page, callerGone(response));
  }

  @Get('search')
  @Can('read', 'Contact')
  search(
    @InAccount() account: AccountContext,
    @Query({ schema: listContactsSchema }) query: ListContacts,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContactList> {
    return this.list(account, query, response);
  }

  @Post('search')
  @Can('read', 'Contact')
  @HttpCode(200)
  searchInBody(
    @InAccount() { accountId }: AccountContext,
    @Body({ schema: searchContactsSchema }) { q, import_id, payload: conditions, ...page }: SearchContacts,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContactList> {
    const query = { accountId, q, importId: import_id ?? undefined, conditions };
    return this.contacts.list(query, page, callerGone(response));
  }

  @Post('filter')
  @Can('read', 'Contact')
  @HttpCode(200)
  filter(
    @InAccount() { accountId }: AccountContext,
    @Query({ schema: listContactsSchema }) { q, import_id: importId, ...page }: ListContacts,
    @Body({ schema: filterContactsSchema }) { payload: conditions }: FilterContacts,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContactList> {
    return this.contacts.list({ accountId, q, importId, conditions }, page, callerGone(response));
  }

  @Post()
  @Can('create', 'Contact')
  @HttpCode(200)
  async create(
    @InAccount() account: AccountContext,
    @Body({ schema: contactBodySchema }) body: ContactBody,
  ): Promise<{ payload: { contact: ContactView } }> {
    return { payload: { contact: await this.contacts.create(account, body) } };
  }

  @Get(':id')
  @Can('read', 'Contact')
  async show(
    @InAccount() { accountId }: AccountContext,
    @Param('id', IdPipe) id: number,
  ): Promise<{ payload: ContactView }> {
    return { payload: await this.contacts.find(accountId, id) };
  }

  @Patch(':id')
  @Can('update', 'Contact')
  async update(
    @InAccount() account: AccountContext,
    @Param('id', IdPipe) id: number,
    @Body({ schema: contactBodySchema }) body: ContactBody,
  ): Promise<{ payload: ContactView }> {
    return { payload: await this.contacts.update(account, id, body) };
  }

  @Delete(':id')
  @Can('delete', 'Contact')
  @HttpCode(204)
  delete(@InAccount() account: AccountContext, @Param('id', IdPipe) id: number): Promise<void> {
    return this.contacts.delete(account, id);
  }
}
