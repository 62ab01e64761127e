import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LOCALES, type Locale, type UserView } from '@ponte/contracts';
import { Repository, type EntityManager } from 'typeorm';
import { recordAudit } from '../audit';
import { emailKey } from './email-key';
import { hashPassword } from './passwords';
import { User } from './user.entity';

export interface NewUser {
  name: string;
  email: string;
  password: string;
  locale?: Locale | undefined;
}

type HashedUser = Omit<NewUser, 'password'> & { passwordHash: string };

/** People by id and by e-mail address. */
@Injectable()
export class Users {
  constructor(@InjectRepository(User) private readonly users: Repository<User>) {}

  find(id: number): Promise<User | null> {
    return this.users.findOneBy({ id });
  }

  get(id: number): Promise<User> {
    return this.users.findOneByOrFail({ id });
  }

  /** E-mail addresses are compared by their `emailKey`. */
  findByEmail(email: string, manager = this.users.manager): Promise<User | null> {
    return manager.findOneBy(User, { emailKey: emailKey(email) });
  }

  /** The person with that e-mail address, made when there is nobody. Of several who ask at once, one makes them. */
  async findOrCreate(input: NewUser): Promise<User> {
    const existing = await this.findByEmail(input.email);
    if (existing !== null) return existing;
    await this.create(this.users.manager, { ...input, passwordHash: await hashPassword(input.password) });
    const user = await this.findByEmail(input.email);
    if (user === null) throw new Error('The person was not written.');
    return user;
  }

  /** Makes a person and answers their id; null when the address has a person already. */
  async create(manager: EntityManager, input: HashedUser): Promise<number | null> {
    const { name, email, passwordHash, locale = LOCALES[0] } = input;
    const rows = await manager.query<{ id: number }[]>(
      `INSERT INTO users (name, email, password_hash, locale) VALUES ($1, $2, $3, $4)
       ON CONFLICT (email_key) DO NOTHING RETURNING id`,
      [name, email, passwordHash, locale],
    );
    const id = rows[0]?.id ?? null;
    if (id !== null) await endResetLinks(manager, id);
    return id;
  }

  /** Links for a new password that were sent before stop working. */
  async setPassword(id: number, passwordHash: string, manager: EntityManager): Promise<void> {
    await manager.update(User, { id }, { passwordHash });
    await endResetLinks(manager, id);
  }

  /** Changes what differs, and writes the names of the changed members into the audit. */
  async update(
    id: number,
    changes: { name?: string | undefined; locale?: Locale | undefined },
  ): Promise<void> {
    await this.users.manager.transaction(async (manager) => {
      const lock = { mode: 'for_no_key_update' } as const;
      const user = await manager.findOneOrFail(User, { where: { id }, lock });
      const members = ['name', 'locale'] as const;
      const changed = members.filter((member) => (changes[member] ?? user[member]) !== user[member]);
      if (changed.length === 0) return;
      await manager.update(
        User,
        { id },
        Object.fromEntries(changed.map((member) => [member, changes[member]])),
      );
      const details = { changed };
      await recordAudit(manager, { action: 'profile_changed', userId: id, subjectId: id, details });
    });
  }
}

async function endResetLinks(manager: EntityManager, userId: number): Promise<void> {
  await manager.query(
    'DELETE FROM password_resets USING users WHERE users.id = $1 AND password_resets.email_key = users.email_key',
    [userId],
  );
}

/** A user as the API shows one. */
export function userView({ id, name, email, locale, secondFactorSince }: User): UserView {
  return { id, name, email, locale, has_second_factor: secondFactorSince !== null };
}
