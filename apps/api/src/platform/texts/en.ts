import type { Texts } from './texts';

const UNTOUCHED = 'Nothing was imported.';
const CONVERTS = "Or use the console's importer, which converts it.";

export const en = {
  problems: {
    sign_in_required: {
      title: 'Sign in to go on',
      detail:
        'This address needs a sign-in. Sign in with your e-mail and password, or send a valid access token.',
    },
    credentials_wrong: {
      title: 'Wrong e-mail or password',
      detail: 'Nobody signs in with this e-mail and this password. Check both and try again.',
    },
    second_factor_needed: {
      title: 'Code needed',
      detail:
        'This person signs in with a second factor. Also send the code of the authenticator app, or a recovery code.',
    },
    second_factor_wrong: {
      title: 'Wrong code',
      detail: 'The code is not right or was used before. Wait for the next code of the app and try again.',
    },
    second_factor_required: {
      title: 'This account requires a second factor',
      detail:
        'Administrators of this account need a second factor. Turn yours on in your profile and try again.',
    },
    second_factor_on: {
      title: 'The second factor is already on',
      detail: 'The second factor of this person is already on. To change the app, turn it off first.',
    },
    second_factor_off: {
      title: 'The second factor is not on',
      detail: 'This person has no second factor. Begin by turning it on in the profile.',
    },
    not_allowed: {
      title: 'Not allowed',
      detail: 'Your role in this account does not allow this. Ask an administrator of the account.',
    },
    token_not_allowed: {
      title: 'Not possible with a token',
      detail:
        'An access token cannot change people, accounts, passwords or tokens. Sign in with e-mail and password to do this.',
    },
    token_scope_missing: {
      title: 'The token does not allow this',
      detail:
        'This access token does not have the scope [{scope}|that is needed]. Make a token with that scope.',
    },
    cross_site_request: {
      title: 'Request from another site',
      detail:
        "The request was refused because it did not come from Ponte's own page. Open Ponte directly and try again.",
    },
    not_found: {
      title: 'Not found',
      detail: 'There is nothing at this address, or it belongs to another account. Check the address.',
    },
    method_not_allowed: {
      title: 'Method not allowed',
      detail:
        'This address exists but does not take this HTTP method. Use one of these[: {methods}|, listed in the Allow header of the answer].',
    },
    request_invalid: {
      title: 'Invalid request',
      detail:
        '[The field {field} cannot be accepted as it is.|One or more fields cannot be accepted as they are.] Correct the request and send it again.',
    },
    contact_invalid: {
      title: 'The contact was not saved',
      detail:
        'One or more fields need a correction. Name and phone are required; the phone begins with + and the country code, like +55 11 98765-4321.',
    },
    phone_taken: {
      title: 'Phone already in use',
      detail: 'A contact of this account already has this phone. Edit that contact or use another phone.',
    },
    email_taken: {
      title: 'E-mail already in use',
      detail: 'This e-mail already belongs to somebody else. Use another address.',
    },
    member_exists: {
      title: 'Already a member',
      detail:
        'This person is already a member of the account. To change their role, edit them in the list of members.',
    },
    last_administrator: {
      title: 'The account needs an administrator',
      detail: 'This is the only administrator of the account. Make somebody else an administrator first.',
    },
    password_wrong: {
      title: 'Wrong current password',
      detail: 'The current password is not right. Type it again to save the change.',
    },
    password_weak: {
      title: 'Password too easy to guess',
      detail:
        'This password is well known, repetitive or similar to your own data. Put together a few words that only you would choose.',
    },
    link_invalid: {
      title: 'The link no longer works',
      detail: 'The link was used, has expired or is incomplete. Ask for a new one.',
    },
    invitation_not_yours: {
      title: 'The invitation is for another person',
      detail:
        'This invitation was sent to another e-mail address. Sign out and sign in with that address to accept it.',
    },
    account_limit_reached: {
      title: 'Too many accounts',
      detail:
        'You have already made as many accounts as one person may[, which is {limit}]. Delete one that you no longer use.',
    },
    token_limit_reached: {
      title: 'Too many tokens',
      detail:
        'You already have as many access tokens as one person may[, which is {limit}]. Revoke one that you no longer use.',
    },
    account_name_wrong: {
      title: 'The name does not match',
      detail:
        'The name that was typed is not the name of the account. Nothing was deleted; type the name exactly.',
    },
    too_many_requests: {
      title: 'Too many tries',
      detail: 'Wait [{seconds#second#seconds}|a few minutes] and try again.',
    },
    account_busy: {
      title: 'Your account has too many requests under way',
      detail:
        'This account already uses all of its share. Wait [{seconds#second#seconds}|a little] or until what is under way has ended, and try again.',
    },
    upload_no_file: {
      title: 'No file was sent',
      detail: 'The request came without a file[ in the field {field}]. Choose a CSV file and send it again.',
    },
    upload_malformed: {
      title: 'The upload arrived incomplete',
      detail: 'The upload was interrupted or is not multipart/form-data. Nothing was written; send it again.',
    },
    upload_too_slow: {
      title: 'The upload was too slow',
      detail:
        'Too little data arrived[ in {seconds#second#seconds}] and the upload was ended. Nothing was written; check the connection and send it again.',
    },
    idempotency_key_reused: {
      title: 'Idempotency-Key used before',
      detail:
        'This Idempotency-Key was already used for another file or with other options. Send this request with a new key.',
    },
    labels_unsupported: {
      title: 'There are no labels yet',
      detail: 'Contacts cannot be chosen by label yet. Send the request again without the field label.',
    },
    filter_invalid: {
      title: 'Invalid filter',
      detail:
        '[The condition on {field} cannot be understood.|A condition of the filter cannot be understood.] Check the field, the operator and the values.',
    },
    search_too_slow: {
      title: 'The search took too long',
      detail:
        'The search was stopped so that it does not delay others. Use fewer conditions or a longer part of the name.',
    },
    columns_unknown: {
      title: 'Unknown columns',
      detail:
        '[These columns do not exist: {columns}.|None of these columns exists.] Choose from name, phone_number, email, id, created_at and updated_at.',
    },
    run_already_ended: {
      title: 'Already ended',
      detail: 'This import or export has already ended and cannot be cancelled any more.',
    },
    run_not_ended: {
      title: 'Not ended yet',
      detail: 'This import or export has not ended yet. Wait for its end, or cancel it, and try again.',
    },
    person_erased: {
      title: "This person's data was erased",
      detail:
        "This person's data was erased at their request. An administrator can let them come back, in the settings.",
    },
    export_not_ready: {
      title: 'The file is not ready',
      detail: 'The file of this export does not exist yet. You get an e-mail when it is ready.',
    },
    export_expired: {
      title: 'The link has expired',
      detail: 'The time to download this file is over and it was deleted. Make a new export.',
    },
    unavailable: {
      title: 'The service is unavailable for a moment',
      detail:
        'The database or the queue does not answer now. Nothing was lost; try again in [{seconds#second#seconds}|a few seconds].',
    },
    storage_full: {
      title: 'The server has no space left',
      detail:
        'There is no space on the server to keep the file. Nothing was written; tell those who run the server.',
    },
    internal: {
      title: 'Our mistake',
      detail:
        'Something went wrong on the server and the request was not completed. Try again; if it stays, give support the request_id of this answer.',
    },
    import_empty_file: {
      title: 'Empty file',
      detail: 'The file has no content. Send a CSV with the header line and at least one contact.',
    },
    import_not_utf8: {
      title: 'The file is not UTF-8',
      detail: `[Line {line} is not UTF-8|The file is not UTF-8] and accents would be lost. ${UNTOUCHED} In Excel, save as CSV UTF-8 and send it again. ${CONVERTS}`,
    },
    import_not_csv: {
      title: 'This is not a CSV',
      detail: `The content is not text separated by commas. ${UNTOUCHED} Save the spreadsheet as CSV UTF-8 and send it again. ${CONVERTS}`,
    },
    import_malformed_csv: {
      title: 'A quote that does not close',
      detail: `[In line {line} a quote opens and does not close|A quote opens and does not close], so nobody can tell where the cell ends. ${UNTOUCHED} Correct the quotes and send it again.`,
    },
    import_wrong_delimiter: {
      title: 'Not separated by commas',
      detail: `The columns are separated by [{delimiter}|another sign], and the CSV needs commas (,). ${UNTOUCHED} Save it with commas and send it again. ${CONVERTS}`,
    },
    import_missing_column: {
      title: 'A required column is missing',
      detail: `[The header lacks {columns}.|The header lacks a required column.] ${UNTOUCHED} The first line needs name and phone_number, written like this; email is optional.`,
    },
    import_duplicate_column: {
      title: 'Column given twice',
      detail: `The header has [{columns}|a column] more than once, so nobody can tell which one counts. ${UNTOUCHED} Leave one and send it again.`,
    },
    import_no_rows: {
      title: 'No contact in the file',
      detail: 'The file has only the header. Add at least one contact below it and send it again.',
    },
    import_too_large: {
      title: 'The file is too large',
      detail: `The file is over the limit[ of {limit:bytes}]. ${UNTOUCHED} Split it into smaller files.`,
    },
    import_too_many_rows: {
      title: 'Too many rows',
      detail: `The file has more rows than the limit[, which is {limit}]. ${UNTOUCHED} Split it into smaller files.`,
    },
    import_too_many_columns: {
      title: 'Too many columns',
      detail: `[Line {line} has more columns than the limit|The file has more columns than the limit][, which is {limit}]. ${UNTOUCHED} Leave only name, phone_number and email.`,
    },
    import_cell_too_large: {
      title: 'Too much text in one line',
      detail: `[In line {line}|In one line] the text is over the limit[ of {limit:bytes}]. ${UNTOUCHED} It is nearly always a quote that opens and does not close: correct it and send it again.`,
    },
  },
  requestIssues: {
    unknown: 'The member {field} does not exist[; did you mean {nearest}?|.]',
    unsupported: 'The member {field} does not work here yet.',
    repeated: 'The member {field} takes one value and came more than once.',
    too_many: 'The member {field} has too many values in all.',
    invalid: 'The member {field} cannot be accepted as it is.',
    next: 'Correct the request and send it again.',
  },
  failures: {
    run_file_missing: {
      title: 'The file is no longer kept',
      detail: 'The file of this run was not found on the server. Start again.',
    },
    run_file_changed: {
      title: 'The stored file has changed',
      detail:
        'The file kept on the server is no longer the one that was sent. What was written before stays in the account; send the file again.',
    },
    run_permission_lost: {
      title: 'Permission taken away',
      detail:
        'Whoever asked for it stopped being an administrator of the account before it ended. Ask an administrator to start again.',
    },
    run_gave_up: {
      title: 'Several tries without success',
      detail: 'The server tried several times and could not go on. Start again later.',
    },
  },
  rejections: {
    name_missing: 'The name is missing.',
    name_too_long: 'The name has more than 500 characters.',
    phone_missing: 'The phone is missing.',
    phone_no_plus: 'The phone does not begin with + and the country code (+55 for Brazil).',
    phone_invalid: 'The phone does not exist: digits are missing or too many, or the area code is wrong.',
    phone_has_extension: 'The phone has an extension: leave only the number.',
    email_invalid: 'The e-mail is not a valid address.',
    invalid_character: 'There is a control character, which cannot be stored.',
    wrong_cell_count: 'The row has more or fewer cells than the header.',
    malformed_row: 'There is text after a quote that has closed.',
    row_refused: 'The row could not be stored: check its values.',
    person_erased:
      "This person's data was erased at their request: the phone or the e-mail does not come back by a file.",
  },
  delimiters: { ',': 'commas (,)', ';': 'semicolons (;)', '\t': 'tabs', '|': 'vertical bars (|)' },
  time: { zone: 'UTC', zoneName: 'UTC' },
  mail: {
    import_finished: {
      subject: 'Import finished: {total#row#rows}[, {failed} rejected]',
      title: 'The import has finished',
      lead: 'Every row of the file was counted exactly once:',
      next: "[{failed#row was left out#rows were left out}. The import's page shows each one with the reason and offers a CSV with only those rows: correct it and import it again.|Every row was accepted. There is nothing to correct.]",
      button: 'Open the import',
    },
    import_cancelled: {
      subject: 'Import cancelled',
      title: 'The import was cancelled',
      lead: 'What was already written stays in the account. Rows that were not reached count as skipped:',
      next: 'To import the rest, send the same file again: what is already there is not repeated.',
      button: 'Open the import',
    },
    import_failed: {
      subject: 'The import stopped before its end',
      title: 'The import stopped before its end',
      lead: 'What was already written stays in the account:',
      next: 'If you send the same file again, what is already there is not repeated.',
      button: 'Open the import',
    },
    import_refused: {
      subject: 'The file was not imported',
      title: 'The file was not imported',
      lead: 'The file was refused before its first row. No contact has changed.',
      next: 'When the file is corrected, import it again.',
      button: 'Open the imports',
    },
    export_ready: {
      subject: 'Export ready: {rows#contact#contacts}',
      title: 'The export is ready',
      lead: 'The file holds {rows#contact#contacts}.',
      next: 'The link works until {expires}. It asks you to sign in as an administrator of the account; after that time the file is deleted.',
      button: "Download on the export's page",
    },
    export_failed: {
      subject: 'The export stopped before its end',
      title: 'The export stopped before its end',
      lead: 'The file was not made. No contact has changed.',
      next: 'You can ask for a new export in the list of contacts.',
      button: 'Open the export',
    },
    invitation: {
      subject: 'Invitation to Ponte',
      title: 'Invitation to {account}',
      lead: '{inviter} invited you to join {account} in Ponte as {role}.',
      next: 'If you have no password in Ponte yet, you choose one on the next page. The invitation works once, until {expires}.',
      button: 'Open the invitation',
      footer:
        'You get this e-mail because your address was given in an invitation on {created}. If you do not know who invited you, do nothing: you belong to the account only if you accept.',
    },
    password_reset: {
      subject: 'New password for Ponte',
      title: 'Choose a new password',
      lead: 'A link to choose a new password was asked for on {created}. Your present password stays until you choose another one.',
      next: 'The link works once, until {expires}. The new password signs you out everywhere and ends your access tokens.',
      button: 'Choose a new password',
      footer: 'If you did not ask for this, do nothing: nobody can use the link without reading this e-mail.',
    },
    password_changed: {
      subject: 'Your Ponte password was changed',
      title: 'Your password was changed',
      lead: 'The password with which you sign in to Ponte was changed on {created}[, from the network address {address}].',
      next: 'If it was you, there is nothing to do. If it was not, ask for a new password now: it signs out whoever is signed in as you.',
      button: 'I did not do this',
      footer: 'Automatic e-mail from Ponte about the safety of your sign-in.',
    },
    codes_refused: {
      subject: 'Too many wrong codes for your Ponte sign-in',
      title: 'Too many wrong codes',
      lead: 'On {created} the right password or a link from an e-mail to you was given, and a wrong code of the second factor for the twentieth time.',
      next: 'Codes are compared again after an hour at most. If it was not you, choose a new password: who tries knows the present one or reads your e-mails.',
      button: 'Choose a new password',
      footer: 'Automatic e-mail from Ponte about the safety of your sign-in.',
    },
    roles: { administrator: 'administrator', agent: 'agent' },
    sum: {
      total: 'Rows in all',
      created: 'Created',
      updated: 'Updated',
      unchanged: 'Unchanged',
      skipped: 'Skipped',
      failed: 'Rejected',
    },
    reasons: 'Why rows were rejected',
    severalReasons: 'A row with two reasons is listed under both.',
    plainLink: 'If the button does not open, copy this address into the browser:',
    footer: 'Automatic e-mail from Ponte about a request made on {created}.',
  },
  template: {
    fileName: 'contacts-template.xlsx',
    contacts: 'Contacts',
    help: 'How to fill in',
    fields: [
      { title: 'Name', hint: 'Required. Up to 500 characters. Example: Ana Lima.' },
      { title: 'Phone', hint: 'Required. With area code. Examples: (11) 98765-4321 or +55 11 98765-4321.' },
      { title: 'Email', hint: 'Optional. Example: ana@example.com.' },
    ],
    notes: [
      'One contact a row, in the sheet Contacts, with no title rows above the header.',
      'The phone identifies the contact: one that the account has already is updated.',
      'Send the file in the console, at Import: before it writes, it shows what will change.',
    ],
  },
  caughtMail: {
    title: 'Caught e-mails',
    about: 'In this mode e-mails do not leave this machine: they are kept here to be read.',
    empty: 'No e-mail yet.',
    subject: 'Subject',
    from: 'From',
    to: 'To',
    time: 'Received on',
    back: 'All e-mails',
    asText: 'Text version',
    asPage: 'HTML version',
  },
} as const satisfies Texts;
