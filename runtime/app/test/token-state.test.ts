import test from 'ava';
import {tokenState} from '../src/tokens/token-state.js';

const day = 86_400_000;

test('a token is revoked before anything else, ends at its moment, and warns thirty days before', t => {
  const now = 1_000 * day;
  t.is(tokenState({revokedAt: 1, expiresAt: now - 1}, now), 'revoked');
  t.is(tokenState({revokedAt: null, expiresAt: now}, now), 'expired');
  t.is(tokenState({revokedAt: null, expiresAt: now + 30 * day}, now), 'soon');
  t.is(tokenState({revokedAt: null, expiresAt: now + 30 * day + 1}, now), 'valid');
});
