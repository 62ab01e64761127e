import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LOCALES, type Locale, type UserView } from '@ponte/contracts';
import { Repository, type EntityManager } from 'typeorm';
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
    return rows[0]?.id ?? null;
  }

  async update(
    id: number,
    changes: Partial<Pick<User, 'name' | 'locale' | 'passwordHash'>>,
    manager = this.users.manager,
  ): Promise<void> {
    if (Object.keys(changes).length > 0) await manager.update(User, { id }, changes);
  }
}

/** A user as the API shows one. */
export function userView({ id, name, email, locale, secondFactorSince }: User): UserView {
  return { id, name, email, locale, has_second_factor: secondFactorSince !== null };
}
