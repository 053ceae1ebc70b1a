import type {AnswerOf, catalogLifeRoutes} from '@banli/api';

/** A change set as it is opened. */
export type OpenedChange = AnswerOf<typeof catalogLifeRoutes.open>;
