const BRAZILIAN = /^\+55(\d\d)(9?\d{4})(\d{4})$/;

/** Brazilian numbers as people read them; others as they are stored, which dials everywhere. */
export function formatPhone(e164: string): string {
  return e164.replace(BRAZILIAN, '+55 $1 $2-$3');
}
