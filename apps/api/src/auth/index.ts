export { AccessTokens } from './access-tokens';
export { AuthModule } from './auth.module';
export { hashSecret, newSecret } from './secrets';
export { Sessions } from './sessions';
