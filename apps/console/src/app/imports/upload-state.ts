import type { CallProblem } from '../http/call-problem';

/** Where the chosen file is. The key belongs to the file: a second try with it cannot import twice. */
export type UploadState =
  | { step: 'idle' }
  | { step: 'chosen'; file: File; key: string }
  | { step: 'sending'; file: File; key: string; sent: number }
  | { step: 'sent'; file: File; key: string }
  | { step: 'refused'; file: File; key: string; problem: CallProblem };

/** After these the same file may be sent again as it is. */
export function canSendAgain({ code, status }: CallProblem): boolean {
  return code === 'network' || code === 'upload_too_slow' || code === 'too_many_requests' || status >= 500;
}

/** Something the browser itself sees in the file, in the words of the server. */
export function localProblem(file: File, maxBytes: number): CallProblem | null {
  const base = { status: 422, detail: '', line: null, issues: [], requestId: null, retryAfter: null };
  if (file.size === 0) return { ...base, code: 'import_empty_file', params: {} };
  if (file.size > maxBytes) return { ...base, code: 'import_too_large', params: { limit: maxBytes } };
  return null;
}
