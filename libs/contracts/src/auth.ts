import * as z from 'zod/mini';
import { idSchema, localeSchema, roleSchema, timestampSchema } from './common';

const trimmed = (max: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(max));
const password = z.string().check(z.minLength(10), z.maxLength(200));
const address = z.string().check(z.trim(), z.maxLength(254), z.email());

export const signInSchema = z.object({
  email: z.string().check(z.trim(), z.maxLength(254)),
  password: z.string().check(z.maxLength(200)),
});
export type SignIn = z.infer<typeof signInSchema>;

export const userSchema = z.object({
  id: idSchema,
  name: z.string(),
  email: z.string(),
  locale: localeSchema,
});
export type UserView = z.infer<typeof userSchema>;

export const accountSchema = z.object({ id: idSchema, name: z.string(), role: roleSchema });
export type AccountView = z.infer<typeof accountSchema>;

/** Who is signed in and where they belong: the answer of sign-in and of `GET /profile`. */
export const profileSchema = z.object({ user: userSchema, accounts: z.array(accountSchema) });
export type Profile = z.infer<typeof profileSchema>;

/** A new password needs the present one. */
export const updateProfileSchema = z.object({
  name: z.optional(trimmed(255)),
  locale: z.optional(localeSchema),
  password: z.optional(password),
  current_password: z.optional(z.string().check(z.maxLength(200))),
});
export type UpdateProfile = z.infer<typeof updateProfileSchema>;

export const createAccountSchema = z.object({ name: trimmed(255) });
export type CreateAccount = z.infer<typeof createAccountSchema>;

export const createAccessTokenSchema = z.object({ name: trimmed(255) });
export type CreateAccessToken = z.infer<typeof createAccessTokenSchema>;

export const accessTokenSchema = z.object({
  id: idSchema,
  name: z.string(),
  /** The last four characters, to tell tokens apart. */
  hint: z.string(),
  created_at: timestampSchema,
  last_used_at: z.nullable(timestampSchema),
});
export type AccessTokenView = z.infer<typeof accessTokenSchema>;

/** The token itself is answered once, when it is made; only its hash is kept. */
export const newAccessTokenSchema = z.extend(accessTokenSchema, { token: z.string() });
export type NewAccessToken = z.infer<typeof newAccessTokenSchema>;

/** `password` is for a person who has no sign-in yet; without it one is made and answered once. */
export const createMemberSchema = z.object({
  email: address,
  name: trimmed(255),
  role: roleSchema,
  password: z.optional(password),
  locale: z.optional(localeSchema),
});
export type CreateMember = z.infer<typeof createMemberSchema>;

export const updateMemberSchema = z.object({ role: roleSchema });
export type UpdateMember = z.infer<typeof updateMemberSchema>;

/** A member of an account. `id` is the user's id. */
export const memberSchema = z.object({
  id: idSchema,
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  created_at: timestampSchema,
});
export type MemberView = z.infer<typeof memberSchema>;

/** `password` is present once, when a sign-in was made for this person and no password was given. */
export const newMemberSchema = z.extend(memberSchema, { password: z.optional(z.string()) });
export type NewMember = z.infer<typeof newMemberSchema>;
