/** A text message at the border of the house. */
export interface SmsMessage {
  /** Ours: the gateway must send one id once, however often it is handed over. */
  readonly id: string;
  readonly phone: string;
  /** The whole text, as we would write it. */
  readonly text: string;
  /** What it says, by name: for providers that fill templates of their own. */
  readonly params: Readonly<Record<string, string>>;
  /** `area.what`: which of the templates that the provider has approved it goes by. */
  readonly kind: string;
  /**
   * When the last hand-over ended without an answer, UTC milliseconds: a provider that does not look at our id must be asked first whether
   * it has it. `null`: it surely does not.
   */
  readonly doubtfulAt: number | null;
  /** When it was first due, UTC milliseconds. */
  readonly at: number;
}

/** What the network says of a message that the provider took. `code` is the provider's. */
export interface SmsReceipt {
  readonly arrived: boolean;
  readonly code: string;
  readonly at: number;
}

/** The way out for text messages: one adapter for each provider. */
export interface SmsGateway {
  /**
   * Hands a message over.
   *
   * @param signal - Ends when nobody waits any longer.
   * @returns The provider's own id.
   * @throws AppError never tried again: `MESSAGES_NUMBER_REFUSED`, `MESSAGES_NUMBER_BLOCKED`, `MESSAGES_TEMPLATE_REFUSED`, `MESSAGES_TEMPLATE_MISSING`,
   * `MESSAGES_CONTENT_REFUSED`, `MESSAGES_CHANNEL_NONE`; tried again, as it surely did not go: `MESSAGES_GATEWAY_BUSY`, `MESSAGES_GATEWAY_UNREACHED`,
   * `MESSAGES_NUMBER_LIMITED` (detail `notBefore`: a moment), `MESSAGES_ACCOUNT_REFUSED`; in doubt: `MESSAGES_GATEWAY_DOWN`, `MESSAGES_GATEWAY_UNSETTLED`; anything else counts as down.
   * The detail `reason` is the provider's own code.
   */
  send(message: SmsMessage, signal: AbortSignal): Promise<{readonly gatewayId: string}>;
  /** What became of a message it took at `at`; `null` while that is not known. Asking again gives the same. */
  receipt(message: {readonly id: string; readonly phone: string; readonly gatewayId: string; readonly at: number}, signal: AbortSignal): Promise<SmsReceipt | null>;
}
