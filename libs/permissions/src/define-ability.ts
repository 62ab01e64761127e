import { AbilityBuilder, createMongoAbility, type MongoAbility } from '@casl/ability';

/** What can be done. `manage` and `all` are CASL's wildcards and are not used: every permission is named. */
export type Action = 'read' | 'create' | 'update' | 'delete';

/** What it can be done to, inside one account. */
export type Subject =
  | 'Contact'
  | 'Import'
  | 'Export'
  | 'Member'
  /** A person who was invited and has not answered. */
  | 'Invitation'
  /** One's own belonging to the account. */
  | 'Membership'
  | 'Audit'
  | 'Erasure'
  /** The account itself: its name and its rules. */
  | 'Account';

/** The roles a person can have in an account. */
export type AccountRole = 'administrator' | 'agent';

export type AccountAbility = MongoAbility<[Action, Subject]>;

/** The one matrix: what each role may do to each subject. A right that is not named here does not exist. */
export const PERMISSIONS = {
  administrator: {
    Contact: ['read', 'create', 'update', 'delete'],
    Import: ['read', 'create', 'update', 'delete'],
    Export: ['read', 'create', 'delete'],
    Member: ['read', 'create', 'update', 'delete'],
    Invitation: ['read', 'update', 'delete'],
    Membership: ['delete'],
    Audit: ['read'],
    Erasure: ['read', 'create', 'delete'],
    Account: ['update', 'delete'],
  },
  agent: {
    Contact: ['read', 'create', 'update'],
    Import: [],
    Export: [],
    Member: ['read'],
    Invitation: [],
    Membership: ['delete'],
    Audit: [],
    Erasure: [],
    Account: [],
  },
} as const satisfies Record<AccountRole, Record<Subject, readonly Action[]>>;

/**
 * The CASL ability of a role inside its account; of nothing when there is no role. Tenancy is not part of it: every
 * query carries the account in its `where`, and this answers only "may this role do that at all".
 */
export function defineAbility(role: AccountRole | null): AccountAbility {
  const { can, build } = new AbilityBuilder<AccountAbility>(createMongoAbility);
  if (role !== null) {
    for (const [subject, actions] of Object.entries(PERMISSIONS[role]) as [Subject, readonly Action[]][]) {
      for (const action of actions) can(action, subject);
    }
  }
  return build();
}
