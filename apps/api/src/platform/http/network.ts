import ipaddr from 'ipaddr.js';

/**
 * The network that an address belongs to, for limits: an IPv4 address is its own, also when it is written as IPv6; of
 * IPv6 the first 64 bits, because whoever has one address has all of those behind it.
 */
export function networkOf(address: string | undefined): string {
  if (address === undefined || !ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (!('parts' in parsed)) return parsed.toString();
  const network = parsed.parts.slice(0, 4).map((part) => part.toString(16));
  return `${network.join(':')}::/64`;
}
