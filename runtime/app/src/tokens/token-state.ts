import type {AccessTokenView, accessTokenRoutes, AnswerOf} from '@banli/api';

/** A token that was just made, with its secret. */
export type MadeToken = AnswerOf<typeof accessTokenRoutes.create>;

/** How a token stands: it is looked at in this order. `soon`: it ends within 30 days. */
export type TokenState = 'revoked' | 'expired' | 'soon' | 'valid';

const soonMs = 30 * 86_400_000;

/** The state of a token at a moment, in UTC milliseconds of the server. */
export function tokenState({revokedAt, expiresAt}: Pick<AccessTokenView, 'revokedAt' | 'expiresAt'>, now: number): TokenState {
  if (revokedAt !== null) return 'revoked';
  if (expiresAt <= now) return 'expired';
  return expiresAt - now <= soonMs ? 'soon' : 'valid';
}
