import { RUN_END_STATES, type RunState } from '@ponte/contracts';

export function isEnded(state: RunState): boolean {
  return RUN_END_STATES.includes(state);
}
