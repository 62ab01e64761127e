import * as z from 'zod/mini';
import { idSchema, localeSchema, personSchema, roleSchema, timestampSchema } from './common';
import { requestObject } from './request';

/** What would break a line, turn the direction of the text around it, or is half a character. */
const MISLEADING = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/u;
/** A character that is seen: no blank, control, lone accent or filler. */
const VISIBLE = /[^\p{Z}\p{C}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u;
/** The name of a person, an account or a token, as others read it. */
const name = z.string().check(
  z.trim(),
  z.minLength(1),
  z.maxLength(255),
  z.refine((text) => VISIBLE.test(text) && !MISLEADING.test(text)),
);
const address = z.string().check(z.trim(), z.maxLength(254), z.email());
/** A password that is compared, not set: old ones may be shorter than new ones have to be. */
const presentPassword = z.string().check(z.maxLength(200));
/** Six digits of an authenticator, or a recovery code; blanks and hyphens do not count. */
const secondFactorCode = z.string().check(z.trim(), z.minLength(6), z.maxLength(40));
/** The secret part of a link that was sent by e-mail. It travels in bodies, never in addresses. */
const linkToken = z.string().check(z.trim(), z.minLength(20), z.maxLength(200));

/** Shortest and longest password that may be set. */
export const PASSWORD_LENGTH = { min: 12, max: 200 } as const;
/** A password that is set. Rules of composition do not exist; common and personal ones are refused as `password_weak`. */
const newPassword = z.string().check(z.minLength(PASSWORD_LENGTH.min), z.maxLength(PASSWORD_LENGTH.max));

export const signInSchema = requestObject({
  email: z.string().check(z.trim(), z.maxLength(254)),
  password: presentPassword,
  /** Needed by a person with a second factor; without it their right password answers `second_factor_needed`. */
  code: z.optional(secondFactorCode),
});
export type SignIn = z.infer<typeof signInSchema>;

export const userSchema = z.object({
  id: idSchema,
  name: z.string(),
  email: z.string(),
  locale: localeSchema,
  has_second_factor: z.boolean(),
});
export type UserView = z.infer<typeof userSchema>;

export const accountSchema = z.object({
  id: idSchema,
  name: z.string(),
  role: roleSchema,
  /** Its administrators need a second factor; those without one are answered `second_factor_required`. */
  requires_second_factor: z.boolean(),
});
export type AccountView = z.infer<typeof accountSchema>;

/** Who is signed in and where they belong: the answer of sign-in and of `GET /profile`. */
export const profileSchema = z.object({ user: userSchema, accounts: z.array(accountSchema) });
export type Profile = z.infer<typeof profileSchema>;

/** Whether a member that says how to change the password comes with a new one. */
function hasPasswordFor(member: 'current_password' | 'keep_tokens') {
  return (body: { password?: unknown; current_password?: unknown; keep_tokens?: unknown }): boolean =>
    body[member] === undefined || body.password !== undefined;
}

/** A new password needs the present one. It ends the other sessions and, unless `keep_tokens`, the access tokens. */
export const updateProfileSchema = requestObject({
  name: z.optional(name),
  locale: z.optional(localeSchema),
  password: z.optional(newPassword),
  current_password: z.optional(presentPassword),
  keep_tokens: z.optional(z.boolean()),
}).check(
  z.refine(hasPasswordFor('current_password'), { path: ['current_password'] }),
  z.refine(hasPasswordFor('keep_tokens'), { path: ['keep_tokens'] }),
);
export type UpdateProfile = z.infer<typeof updateProfileSchema>;

/** Deletes the signed-in person: sessions, tokens, memberships. */
export const deleteProfileSchema = requestObject({
  current_password: presentPassword,
  code: z.optional(secondFactorCode),
});
export type DeleteProfile = z.infer<typeof deleteProfileSchema>;

export const createAccountSchema = requestObject({ name });
export type CreateAccount = z.infer<typeof createAccountSchema>;

export const updateAccountSchema = requestObject({
  name: z.optional(name),
  requires_second_factor: z.optional(z.boolean()),
});
export type UpdateAccount = z.infer<typeof updateAccountSchema>;

/** Deletes an account with everything in it; its name has to be typed. */
export const deleteAccountSchema = requestObject({ name: z.string().check(z.maxLength(255)) });
export type DeleteAccount = z.infer<typeof deleteAccountSchema>;

/** Asks for a link by which a forgotten password is replaced. The answer is the same for every address. */
export const requestPasswordResetSchema = requestObject({
  email: z.string().check(z.trim(), z.maxLength(254)),
});
export type RequestPasswordReset = z.infer<typeof requestPasswordResetSchema>;

/** Names a link by the secret part of its address. */
export const linkSchema = requestObject({ token: linkToken });
export type Link = z.infer<typeof linkSchema>;

/** A link for a new password that still works. */
export const passwordResetSchema = z.object({
  email: z.string(),
  has_second_factor: z.boolean(),
  expires_at: timestampSchema,
});
export type PasswordResetView = z.infer<typeof passwordResetSchema>;

/** Sets the password, ends every session and every token of the person, and signs in. */
export const usePasswordResetSchema = requestObject({
  token: linkToken,
  password: newPassword,
  code: z.optional(secondFactorCode),
});
export type UsePasswordReset = z.infer<typeof usePasswordResetSchema>;

/** An invitation as its reader sees it. */
export const receivedInvitationSchema = z.object({
  account: z.object({ name: z.string() }),
  invited_by: z.nullable(z.object({ name: z.string() })),
  email: z.string(),
  name: z.string(),
  role: roleSchema,
  expires_at: timestampSchema,
  /** Whether this address signs in already: then it joins with its own password, or without one when it is signed in. */
  has_sign_in: z.boolean(),
});
export type ReceivedInvitation = z.infer<typeof receivedInvitationSchema>;

/**
 * Joins the account. A new person gives `name` and `password`, which becomes theirs. A known person who is not signed in
 * gives their own password (and `code`), which stays as it is.
 */
export const acceptInvitationSchema = requestObject({
  token: linkToken,
  name: z.optional(name),
  password: z.optional(presentPassword),
  code: z.optional(secondFactorCode),
  locale: z.optional(localeSchema),
});
export type AcceptInvitation = z.infer<typeof acceptInvitationSchema>;

/** What a token may do beside reading who it belongs to. Nothing lets a token change people, tokens or passwords. */
export const TOKEN_SCOPES = ['read', 'contacts', 'imports', 'exports'] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];
/** A token without scopes of its own reads, imports and exports. */
export const DEFAULT_TOKEN_SCOPES: readonly TokenScope[] = ['read', 'imports', 'exports'];
/** A token without a time of its own works for a year; no token works longer than two. */
export const TOKEN_DAYS = { default: 365, max: 730 } as const;
/** As many tokens may work for one person at a time. */
export const TOKENS_PER_PERSON = 50;

export const createAccessTokenSchema = requestObject({
  name,
  scopes: z.optional(z.array(z.enum(TOKEN_SCOPES)).check(z.minLength(1), z.maxLength(TOKEN_SCOPES.length))),
  expires_at: z.optional(timestampSchema),
});
export type CreateAccessToken = z.infer<typeof createAccessTokenSchema>;

export const accessTokenSchema = z.object({
  id: idSchema,
  name: z.string(),
  /** The last four characters, to tell tokens apart. */
  hint: z.string(),
  scopes: z.array(z.enum(TOKEN_SCOPES)),
  created_at: timestampSchema,
  expires_at: timestampSchema,
  last_used_at: z.nullable(timestampSchema),
});
export type AccessTokenView = z.infer<typeof accessTokenSchema>;

/** The token itself is answered once, when it is made; only its hash is kept. */
export const newAccessTokenSchema = z.extend(accessTokenSchema, { token: z.string() });
export type NewAccessToken = z.infer<typeof newAccessTokenSchema>;

/** A browser that is signed in. */
export const sessionSchema = z.object({
  id: idSchema,
  created_at: timestampSchema,
  last_used_at: timestampSchema,
  /** When it ends if nothing more is asked. */
  expires_at: timestampSchema,
  /** Network address of the last request. */
  address: z.nullable(z.string()),
  /** What the browser says it is. */
  user_agent: z.nullable(z.string()),
  is_current: z.boolean(),
});
export type SessionView = z.infer<typeof sessionSchema>;

export const currentPasswordSchema = requestObject({ current_password: presentPassword });
export type CurrentPassword = z.infer<typeof currentPasswordSchema>;

/** The secret for an authenticator; it counts once a code of it is confirmed. */
export const secondFactorSetupSchema = z.object({
  /** Base32, to be typed. */
  secret: z.string(),
  /** `otpauth://` address, to be shown as a QR code. */
  uri: z.string(),
});
export type SecondFactorSetup = z.infer<typeof secondFactorSetupSchema>;

export const secondFactorCodeSchema = requestObject({ code: secondFactorCode });
export type SecondFactorCode = z.infer<typeof secondFactorCodeSchema>;

export const turnOffSecondFactorSchema = requestObject({
  current_password: presentPassword,
  code: secondFactorCode,
});
export type TurnOffSecondFactor = z.infer<typeof turnOffSecondFactorSchema>;

/** Each works once in place of a code; answered once. */
export const recoveryCodesSchema = z.object({ recovery_codes: z.array(z.string()) });
export type RecoveryCodes = z.infer<typeof recoveryCodesSchema>;

/** Invites a person. They set their own password; a known address joins once it accepts. */
export const createMemberSchema = requestObject({
  email: address,
  name,
  role: roleSchema,
  locale: z.optional(localeSchema),
});
export type CreateMember = z.infer<typeof createMemberSchema>;

/** An invitation that waits for its answer, as the account's administrators see it. Says nothing of other accounts. */
export const invitationSchema = z.object({
  id: idSchema,
  email: z.string(),
  /** As it was typed by who invited. */
  name: z.string(),
  role: roleSchema,
  invited_by: z.nullable(personSchema),
  created_at: timestampSchema,
  expires_at: timestampSchema,
  is_expired: z.boolean(),
  mail: z.nullable(
    z.object({
      state: z.enum(['waiting', 'sent', 'refused', 'given_up']),
      sent_at: z.nullable(timestampSchema),
    }),
  ),
});
export type InvitationView = z.infer<typeof invitationSchema>;

export const updateMemberSchema = requestObject({ role: z.optional(roleSchema) });
export type UpdateMember = z.infer<typeof updateMemberSchema>;

/** A member of an account. `id` is the user's id. */
export const memberSchema = z.object({
  id: idSchema,
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  has_second_factor: z.boolean(),
  created_at: timestampSchema,
});
export type MemberView = z.infer<typeof memberSchema>;
