import { checkEmail, proposePhone } from '@ponte/contacts';
import type { FindPerson } from '@ponte/contracts';
import { RequestProblem } from '../platform/http/request-problem';
import type { Person } from './found';

/** Who is meant, as contacts are stored. Throws `request_invalid` for a phone or an address that is none, and for neither. */
export function readPerson({ phone_number: phone, email: address }: FindPerson): Person {
  if (phone === undefined && address === undefined) throw invalid('phone_number', 'missing');
  const proposal = phone === undefined ? null : proposePhone(phone, { areaCode: null });
  if (proposal !== null && (!proposal.ok || proposal.value === null || proposal.others !== null))
    throw invalid('phone_number', 'phone_invalid');
  const verdict = address === undefined ? null : checkEmail(address);
  if (verdict !== null && (!verdict.ok || verdict.value === null)) throw invalid('email', 'email_invalid');
  return {
    phones: proposal?.ok === true && proposal.value !== null ? [proposal.value] : [],
    email: verdict?.ok === true ? verdict.value : null,
  };
}

function invalid(field: string, code: string): RequestProblem {
  return new RequestProblem('request_invalid', { issues: [{ field, code }] });
}
