/** A text message at the border of the house. `id` is ours: the gateway must send one id once, however often it is handed over. */
export interface SmsMessage {
  readonly id: string;
  readonly phone: string;
  readonly text: string;
}

/** The way out for text messages: one adapter for each provider. */
export interface SmsGateway {
  /**
   * Hands a message over.
   *
   * @param signal - Ends when nobody waits any longer.
   * @returns The provider's own id.
   * @throws AppError `MESSAGES_NUMBER_REFUSED` (never tried again), `MESSAGES_GATEWAY_BUSY`, `MESSAGES_GATEWAY_DOWN`; anything else counts as down.
   */
  send(message: SmsMessage, signal: AbortSignal): Promise<{readonly gatewayId: string}>;
}
