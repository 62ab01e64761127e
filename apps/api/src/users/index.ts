export { generatePassword, hashPassword, verifyPassword } from './passwords';
export { Users, userView, type NewUser } from './users';
export { UsersModule } from './users.module';
export type { User } from './user.entity';
