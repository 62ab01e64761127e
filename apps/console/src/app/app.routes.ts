import type { Routes, UrlSegment } from '@angular/router';
import type { ImportWizard } from './imports/wizard/import-wizard';
import { may, ownAccount, signedIn, signedOut, toAccount } from './session/session-guards';
import type { TextKey } from './i18n/text-key';

/** Titles are text keys: `PageTitle` puts them into words. */
const title = (key: TextKey): string => key;

const exportsPage = () => import('./exports/exports-page').then((m) => m.ExportsPage);

const accountRoutes: Routes = [
  { path: '', pathMatch: 'full', redirectTo: 'contacts' },
  {
    path: 'contacts',
    title: title('contacts.title'),
    canActivate: [may('read', 'Contact')],
    loadComponent: () => import('./contacts/contacts-page').then((m) => m.ContactsPage),
  },
  {
    path: 'imports',
    canActivate: [may('read', 'Import')],
    children: [
      {
        path: '',
        title: title('imports.title'),
        loadComponent: () => import('./imports/imports-page').then((m) => m.ImportsPage),
      },
      {
        path: 'new',
        title: title('new_import.title'),
        canActivate: [may('create', 'Import')],
        canDeactivate: [(page: ImportWizard) => page.canLeave()],
        loadComponent: () => import('./imports/wizard/import-wizard').then((m) => m.ImportWizard),
      },
      {
        path: ':id',
        title: title('import.title'),
        loadComponent: () => import('./imports/import-page').then((m) => m.ImportPage),
      },
    ],
  },
  {
    path: 'exports',
    title: title('exports.title'),
    canActivate: [may('read', 'Export')],
    children: [
      { path: '', loadComponent: exportsPage },
      // The address in the e-mail: the same list, with that export marked.
      { path: ':id', loadComponent: exportsPage },
    ],
  },
  {
    path: 'settings/members',
    title: title('members.title'),
    canActivate: [may('read', 'Member')],
    loadComponent: () => import('./settings/members/members-page').then((m) => m.MembersPage),
  },
  {
    path: 'settings/account',
    title: title('account.title'),
    canActivate: [may('update', 'Account')],
    loadComponent: () => import('./settings/account/account-page').then((m) => m.AccountPage),
  },
  {
    path: 'settings/audit',
    title: title('audit.title'),
    canActivate: [may('read', 'Audit')],
    loadComponent: () => import('./settings/audit/audit-page').then((m) => m.AuditPage),
  },
  {
    path: 'settings/privacy',
    title: title('privacy.title'),
    canActivate: [may('read', 'Erasure')],
    loadComponent: () => import('./settings/privacy/privacy-page').then((m) => m.PrivacyPage),
  },
  {
    path: 'settings/tokens',
    title: title('tokens.title'),
    loadComponent: () => import('./settings/tokens/tokens-page').then((m) => m.TokensPage),
  },
];

/** The pages before the console share one frame. */
const entryRoutes: Routes = [
  {
    path: 'sign-in',
    title: title('sign_in.title'),
    canActivate: [signedOut],
    loadComponent: () => import('./sign-in/sign-in').then((m) => m.SignInPage),
  },
  {
    path: 'forgot-password',
    title: title('forgot.title'),
    loadComponent: () => import('./forgot-password/forgot-password').then((m) => m.ForgotPasswordPage),
  },
  {
    path: 'reset-password',
    title: title('reset.title'),
    loadComponent: () => import('./reset-password/reset-password').then((m) => m.ResetPasswordPage),
  },
  {
    path: 'invitation',
    title: title('invitation.title'),
    loadComponent: () => import('./invitation/invitation').then((m) => m.InvitationPage),
  },
];

export const routes: Routes = [
  {
    path: '',
    // Only these addresses: an empty one matches a frame without a page, and would show nothing.
    canMatch: [(_: unknown, [first]: UrlSegment[]) => entryRoutes.some(({ path }) => path === first?.path)],
    loadComponent: () => import('./entry/entry-frame').then((m) => m.EntryFrame),
    children: entryRoutes,
  },
  {
    path: 'unreachable',
    title: title('errors.unreachable.title'),
    loadComponent: () => import('./errors/unreachable').then((m) => m.Unreachable),
  },
  {
    path: '',
    canActivate: [signedIn],
    loadComponent: () => import('./shell/shell').then((m) => m.Shell),
    children: [
      { path: '', pathMatch: 'full', canActivate: [toAccount], children: [] },
      { path: 'accounts/:account_id', canActivate: [ownAccount], children: accountRoutes },
      {
        path: 'profile',
        title: title('profile.title'),
        loadComponent: () => import('./profile/profile-page').then((m) => m.ProfilePage),
      },
      {
        path: 'second-factor',
        title: title('second_factor.title'),
        loadComponent: () => import('./second-factor/second-factor-page').then((m) => m.SecondFactorPage),
      },
      {
        path: 'not-allowed',
        title: title('errors.not_allowed.title'),
        loadComponent: () => import('./errors/not-allowed').then((m) => m.NotAllowed),
      },
      {
        path: '**',
        title: title('errors.not_found.title'),
        loadComponent: () => import('./errors/not-found').then((m) => m.NotFound),
      },
    ],
  },
];
