import { computed, inject, Injectable, signal } from '@angular/core';
import { AbilityServiceSignal } from '@casl/angular';
import type { AccountView, DeleteProfile, Locale, Profile, SignIn, UpdateProfile } from '@ponte/contracts';
import { defineAbility, type AccountAbility, type Action, type Subject } from '@ponte/permissions';
import { firstValueFrom } from 'rxjs';
import { type CallProblem, readProblem } from '../http/call-problem';
import { Texts } from '../i18n/texts';
import { forgetDraftsOf } from '../imports/forget-drafts';
import { SessionApi } from './session-api';

const ACCOUNT_KEY = 'ponte.account';

/** Whether we know who is here: not asked yet, nobody, somebody, or the server did not answer. */
export type SessionState = 'unknown' | 'signed_out' | 'signed_in' | 'unreachable';

/** Who is signed in, in which account they work, and what they may do there. */
@Injectable({ providedIn: 'root' })
export class SessionStore {
  private readonly api = inject(SessionApi);
  private readonly texts = inject(Texts);
  private readonly ability = inject<AbilityServiceSignal<AccountAbility>>(AbilityServiceSignal);

  private readonly profile = signal<Profile | null>(null);
  private readonly accountId = signal<number | null>(null);
  private readonly isKnown = signal(false);
  readonly problem = signal<CallProblem | null>(null);

  readonly user = computed(() => this.profile()?.user ?? null);
  readonly accounts = computed<readonly AccountView[]>(() => this.profile()?.accounts ?? []);
  readonly account = computed<AccountView | null>(() => {
    const accounts = this.accounts();
    return accounts.find(({ id }) => id === this.accountId()) ?? accounts[0] ?? null;
  });
  readonly state = computed<SessionState>(() => {
    if (this.profile()) return 'signed_in';
    if (this.problem()) return 'unreachable';
    return this.isKnown() ? 'signed_out' : 'unknown';
  });

  /** The account demands a second factor of its administrators, and this one has none: the server refuses what they ask. */
  readonly lacksSecondFactor = computed(() => {
    const account = this.account();
    const isDemanded = account?.role === 'administrator' && account.requires_second_factor;
    return isDemanded && this.user()?.has_second_factor === false;
  });

  /** Follows the account: the console hides what the role may not do; the server decides. */
  can(action: Action, subject: Subject): boolean {
    return this.ability.can(action, subject);
  }

  /** Asks once who is here; later calls answer from memory. */
  async load(): Promise<SessionState> {
    if (this.state() === 'unknown' || this.state() === 'unreachable') {
      try {
        await this.enter(await firstValueFrom(this.api.profile()));
      } catch (error) {
        const problem = readProblem(error);
        this.problem.set(problem.status === 401 ? null : problem);
        this.isKnown.set(true);
      }
    }
    return this.state();
  }

  async signIn(body: SignIn): Promise<void> {
    await this.enter(await firstValueFrom(this.api.signIn(body)));
  }

  async signOut(): Promise<void> {
    await firstValueFrom(this.api.signOut());
    await this.leaveNothing();
  }

  /** Deletes the person who is signed in, with sessions, tokens and memberships. */
  async deleteProfile(body: DeleteProfile): Promise<void> {
    await firstValueFrom(this.api.deleteProfile(body));
    await this.leaveNothing();
  }

  /** Nothing of this person stays behind in the browser: an unfinished import holds other people's numbers. */
  private async leaveNothing(): Promise<void> {
    const user = this.user();
    this.end();
    if (user) await forgetDraftsOf(user.id);
  }

  /** The session is over, here or on the server. */
  end(): void {
    this.profile.set(null);
    this.accountId.set(null);
    this.isKnown.set(true);
    this.ability.update([]);
  }

  async updateProfile(body: UpdateProfile): Promise<void> {
    await this.enter(await firstValueFrom(this.api.updateProfile(body)));
  }

  /** After something that may have changed one's own rights. */
  async refresh(): Promise<void> {
    await this.enter(await firstValueFrom(this.api.profile()));
  }

  /** Switches the texts at once, and remembers the choice with the user so that e-mails come in the same language. */
  async useLanguage(locale: Locale): Promise<void> {
    await this.texts.use(locale);
    if (this.user() && this.user()?.locale !== locale) await this.updateProfile({ locale });
  }

  /** False when this person does not belong to that account. */
  useAccount(id: number): boolean {
    const account = this.accounts().find((each) => each.id === id);
    if (!account) return false;
    this.accountId.set(id);
    this.follow(account);
    try {
      localStorage.setItem(ACCOUNT_KEY, String(id));
    } catch {
      // Storage is blocked: next time starts in the first account.
    }
    return true;
  }

  /** This person is signed in from here on: by a sign-in, or by a link that was sent to them. */
  async enter(profile: Profile): Promise<void> {
    await this.texts.use(profile.user.locale);
    this.problem.set(null);
    this.isKnown.set(true);
    this.profile.set(profile);
    if (this.accountId() === null) this.accountId.set(this.rememberedAccount());
    this.follow(this.account());
  }

  private follow(account: AccountView | null): void {
    this.ability.update(defineAbility(account?.role ?? null).rules);
  }

  private rememberedAccount(): number | null {
    try {
      return Number(localStorage.getItem(ACCOUNT_KEY)) || null;
    } catch {
      // Storage is blocked: the first account it is.
      return null;
    }
  }
}
