export { AccessTokens } from './access-tokens';
export { AuthModule } from './auth.module';
export { Credentials } from './credentials';
export { LiveAccess } from './live-access';
export { hashSecret, newSecret } from './secrets';
export { SecondFactor } from './second-factor/second-factor';
export { turnOffSecondFactor } from './second-factor/turn-off';
export { endSessions, Sessions } from './sessions';
