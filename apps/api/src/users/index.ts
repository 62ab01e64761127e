export { generatePassword, hashPassword, verifyPassword } from './passwords';
export type { User } from './user.entity';
export { Users, userView } from './users';
export { UsersModule } from './users.module';
