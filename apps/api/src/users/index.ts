export { generatePassword, hashPassword, verifyPassword } from './passwords';
export { Users, userView } from './users';
export { UsersModule } from './users.module';
