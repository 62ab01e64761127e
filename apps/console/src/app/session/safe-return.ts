/** Pages that lead on to the return address themselves. */
const ON_THE_WAY = /^\/(sign-in|second-factor)(?![\w-])/;

/** An address inside the console; any other would let a link lead people elsewhere. */
export function safeReturn(address: string | undefined): string {
  return address && /^\/(?![/\\])/.test(address) && !ON_THE_WAY.test(address) ? address : '/';
}
