import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LOCALES, type Locale, type UserView } from '@ponte/contracts';
import { Repository } from 'typeorm';
import { hashPassword } from './passwords';
import { User } from './user.entity';

export interface NewUser {
  name: string;
  email: string;
  password: string;
  locale?: Locale | undefined;
}

/** People by id and by e-mail address. */
@Injectable()
export class Users {
  constructor(@InjectRepository(User) private readonly users: Repository<User>) {}

  find(id: number): Promise<User | null> {
    return this.users.findOneBy({ id });
  }

  /** E-mail addresses are compared without case. */
  findByEmail(email: string): Promise<User | null> {
    return this.users
      .createQueryBuilder('user')
      .where('lower(user.email) = lower(:email)', { email })
      .getOne();
  }

  /** The person with that e-mail address, made when there is nobody. Of several who ask at once, one makes them. */
  async findOrCreate(input: NewUser): Promise<{ user: User; isNew: boolean }> {
    const existing = await this.findByEmail(input.email);
    if (existing !== null) return { user: existing, isNew: false };
    const { name, email, password, locale = LOCALES[0] } = input;
    const values = { name, email, locale, passwordHash: await hashPassword(password) };
    const { raw } = await this.users.createQueryBuilder().insert().values(values).orIgnore().execute();
    const user = await this.findByEmail(email);
    if (user === null) throw new Error('The person was not written.');
    return { user, isNew: (raw as unknown[]).length > 0 };
  }

  async update(id: number, changes: Partial<Pick<User, 'name' | 'locale' | 'passwordHash'>>): Promise<void> {
    if (Object.keys(changes).length > 0) await this.users.update({ id }, changes);
  }
}

/** A user as the API shows one. */
export function userView({ id, name, email, locale, secondFactorSince }: User): UserView {
  return { id, name, email, locale, has_second_factor: secondFactorSince !== null };
}
