import { Injectable } from '@nestjs/common';
import type { RememberedMapping, SaveMapping } from '@ponte/contracts';
import { DataSource } from 'typeorm';
import { recordAudit } from '../audit';
import { readIdentity, refuseErased } from '../erasures';
import type { AccountContext } from '../platform/http/caller';
import { RequestProblem } from '../platform/http/request-problem';
import { headerKey } from './header-key';
import { ImportMappingEntity } from './import-mapping.entity';

/** Kinds of files that an account's imports are recognised by; the ones that were used longest ago are forgotten. */
const MOST_MAPPINGS = 500;

const NOTHING: RememberedMapping = { mapping: null, used_at: null };

/** What the columns of an account's files were for, remembered by their header. */
@Injectable()
export class ImportMappings {
  constructor(private readonly dataSource: DataSource) {}

  async find({ accountId }: AccountContext, header: readonly string[]): Promise<RememberedMapping> {
    const headerSha256 = headerKey(header);
    if (headerSha256 === null) return NOTHING;
    const found = await this.dataSource.manager.findOneBy(ImportMappingEntity, { accountId, headerSha256 });
    if (found === null) return NOTHING;
    const { mapping, usedAt } = found;
    return { mapping: fitted(mapping, header.length), used_at: usedAt.toISOString() };
  }

  /**
   * Remembers the mapping in place of an earlier one. A header without titles is not remembered, and answered so. Throws
   * `person_erased` when a default is an erased person's.
   */
  async save(account: AccountContext, { header, mapping }: SaveMapping): Promise<RememberedMapping> {
    if (mapping.roles.length !== header.length) {
      throw new RequestProblem('request_invalid', { issues: [{ field: 'mapping.roles', code: 'invalid' }] });
    }
    const headerSha256 = headerKey(header);
    if (headerSha256 === null) return NOTHING;
    const { accountId, caller } = account;
    const { phone_number: phone = '', email = '' } = mapping.defaults;
    await this.dataSource.transaction(async (manager) => {
      await refuseErased(manager, accountId, readIdentity(phone, email));
      await manager.query(
        `INSERT INTO import_mappings (account_id, header_sha256, mapping, updated_by) VALUES ($1, $2, $3, $4)
         ON CONFLICT (account_id, header_sha256)
         DO UPDATE SET mapping = excluded.mapping, updated_by = excluded.updated_by, used_at = now()`,
        [accountId, headerSha256, JSON.stringify(mapping), caller.userId],
      );
      await manager.query(
        `DELETE FROM import_mappings WHERE account_id = $1 AND header_sha256 IN (
           SELECT header_sha256 FROM import_mappings WHERE account_id = $1 ORDER BY used_at DESC OFFSET $2)`,
        [accountId, MOST_MAPPINGS],
      );
      const event = { action: 'mapping_saved', accountId, userId: caller.userId } as const;
      await recordAudit(manager, { ...event, count: header.length });
    });
    return this.find(account, header);
  }
}

type Mapping = SaveMapping['mapping'];

/** With one role for each column: files of one kind differ in columns at their end that say nothing. */
function fitted({ roles, defaults }: Mapping, columns: number): Mapping {
  return { roles: Array.from({ length: columns }, (_, index) => roles[index] ?? null), defaults };
}
