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

  async create({ name, email, password, locale = LOCALES[0] }: NewUser): Promise<User> {
    return this.users.save({ name, email, locale, passwordHash: await hashPassword(password) });
  }

  async update(id: number, changes: Partial<Pick<User, 'name' | 'locale' | 'passwordHash'>>): Promise<void> {
    if (Object.keys(changes).length > 0) await this.users.update({ id }, changes);
  }
}

/** A user as the API shows one. */
export function userView({ id, name, email, locale }: User): UserView {
  return { id, name, email, locale };
}
