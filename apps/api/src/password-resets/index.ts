export { makeResetLink } from './make-reset-link';
export { PasswordResetsModule } from './password-resets.module';
