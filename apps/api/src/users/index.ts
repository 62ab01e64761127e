export { emailKey, emailKeyOf } from './email-key';
export { assertGoodPassword, passwordFault, type PasswordOwner } from './password-policy';
export { generatePassword, hashPassword, verifyPassword } from './passwords';
export { tellCodesRefused } from './tell-codes-refused';
export { tellPasswordChanged } from './tell-password-changed';
export { Users, userView, type NewUser } from './users';
export { UsersModule } from './users.module';
export type { User } from './user.entity';
